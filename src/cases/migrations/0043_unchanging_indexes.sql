-- An index over changed_at, even one of a few rows, makes PostgreSQL write to every index of the table with each act.
DROP INDEX case_file_helped;
CREATE INDEX case_file_helped ON case_file (division, id) WHERE state = 'draft' AND helped_by <> 0;
