-- The licence that a case is about (change, renewal, replacement, cancellation); 0: none.
ALTER TABLE case_file ADD COLUMN licence BIGINT NOT NULL DEFAULT 0;
CREATE INDEX case_file_licence ON case_file (division, licence) WHERE licence <> 0;
