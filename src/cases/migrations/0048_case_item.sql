-- The newest cases of one item, for trying a new version of it on them.
CREATE INDEX case_file_item ON case_file (division, item, id);
