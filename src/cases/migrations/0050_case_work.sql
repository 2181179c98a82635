-- What worklists look for, one narrow row a case, so that an act need not write to every index of case_file. No row for what
-- somebody still writes at home. `name` in bytes, which sort the same way in every database. Made from case_file, and no evidence.
CREATE TABLE case_work (
    division BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    authority BIGINT NOT NULL,
    state TEXT NOT NULL,
    due TEXT NOT NULL,
    name BLOB NOT NULL,
    PRIMARY KEY (division, case_id),
    FOREIGN KEY (division, case_id) REFERENCES case_file (division, id)
);
--postgresql INSERT INTO case_work SELECT division, id, authority, state, coalesce(promised_due, acceptance_due, '9999-12-31'), convert_to(applicant_name, 'UTF8') FROM case_file WHERE state <> 'draft' OR helped_by <> 0;
--sqlite INSERT INTO case_work SELECT division, id, authority, state, coalesce(promised_due, acceptance_due, '9999-12-31'), CAST(applicant_name AS BLOB) FROM case_file WHERE state <> 'draft' OR helped_by <> 0;
CREATE INDEX case_work_due ON case_work (division, state, due, case_id);
CREATE INDEX case_work_due_of ON case_work (division, authority, state, due, case_id);
CREATE INDEX case_work_name ON case_work (division, state, name, case_id);
CREATE INDEX case_work_name_of ON case_work (division, authority, state, name, case_id);

DROP TABLE case_applicant;
DROP INDEX case_file_work;
DROP INDEX case_file_work_of;
DROP INDEX case_file_helped;
DROP INDEX case_file_stands;

-- Room beside a row for its next version: what no index knows of is then changed in place.
--postgresql ALTER TABLE case_file SET (fillfactor = 70);
