-- A case (办件) from draft to closed. `form` is sealed as a whole, since it holds personal data. Dates are ISO days.
CREATE TABLE case_file (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    number TEXT,
    item TEXT NOT NULL,
    item_version BIGINT NOT NULL,
    situation TEXT NOT NULL,
    answers TEXT NOT NULL,
    form BLOB NOT NULL,
    state TEXT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    applicant_name TEXT NOT NULL,
    authority BIGINT NOT NULL,
    channel TEXT NOT NULL,
    helped_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    submitted_at BIGINT,
    accepted_on TEXT,
    acceptance_due TEXT,
    promised_due TEXT,
    statutory_due TEXT,
    extension_days BIGINT NOT NULL,
    decided_at BIGINT,
    delivered_at BIGINT,
    documents_digest BLOB NOT NULL,
    notices_digest BLOB NOT NULL,
    suspensions_digest BLOB NOT NULL,
    PRIMARY KEY (division, id)
);
CREATE UNIQUE INDEX case_file_number ON case_file (division, number);
CREATE INDEX case_file_person ON case_file (division, person, id);
CREATE INDEX case_file_organisation ON case_file (division, organisation, id);
CREATE INDEX case_file_work ON case_file (division, state, authority, promised_due, id);

-- A document attached to a case for one material. The bytes are in document_part, found by their SM3.
CREATE TABLE case_document (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    material TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    content BLOB NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (division, id),
    FOREIGN KEY (division, case_id) REFERENCES case_file (division, id)
);
CREATE INDEX case_document_case ON case_document (division, case_id, id);

-- Sealed pieces of 256 KiB. `content` is a keyed hash of the whole, so that equal files are kept once and none can be guessed.
CREATE TABLE document_part (
    division BIGINT NOT NULL,
    content BLOB NOT NULL,
    part BIGINT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (division, content, part)
);

-- What was said to the applicant in writing; the PDF is made from `content` whenever it is asked for.
CREATE TABLE case_notice (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    content TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ledger_seq BIGINT NOT NULL,
    PRIMARY KEY (division, id),
    FOREIGN KEY (division, case_id) REFERENCES case_file (division, id)
);
CREATE INDEX case_notice_case ON case_notice (division, case_id, id);

-- Time that does not count (Administrative License Law art. 45).
CREATE TABLE case_suspension (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT,
    PRIMARY KEY (division, id),
    FOREIGN KEY (division, case_id) REFERENCES case_file (division, id)
);
CREATE INDEX case_suspension_case ON case_suspension (division, case_id, id);

CREATE TABLE notification (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    item TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (division, id)
);
CREATE INDEX notification_person ON notification (division, person, id);

-- Nodes lease blocks of case numbers here, so that no submission waits for another.
CREATE TABLE case_number_block (
    division BIGINT NOT NULL,
    day TEXT NOT NULL,
    next BIGINT NOT NULL,
    PRIMARY KEY (division, day)
);
