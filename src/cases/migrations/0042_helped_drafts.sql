-- Drafts begun at windows are few beside those that people keep at home: they have an index of their own.
CREATE INDEX case_file_helped ON case_file (division, changed_at) WHERE state = 'draft' AND helped_by <> 0;
