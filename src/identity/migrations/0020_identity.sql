-- People who apply. Numbers, phones and addresses are sealed; the keyed hash beside a number finds it.
CREATE TABLE person (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    number_sealed BLOB NOT NULL,
    number_lookup BLOB NOT NULL,
    number_masked TEXT NOT NULL,
    phone_sealed BLOB NOT NULL,
    phone_masked TEXT NOT NULL,
    address_sealed BLOB NOT NULL,
    PRIMARY KEY (division, id)
);
CREATE UNIQUE INDEX person_number ON person (division, number_lookup);

CREATE TABLE organisation (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    credit_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    legal_representative TEXT NOT NULL,
    address TEXT NOT NULL,
    phone_sealed BLOB NOT NULL,
    phone_masked TEXT NOT NULL,
    PRIMARY KEY (division, id)
);
CREATE UNIQUE INDEX organisation_code ON organisation (division, credit_code);

-- Who may act for whom, and from when to when.
CREATE TABLE mandate (
    division BIGINT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    kind TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    PRIMARY KEY (division, person, organisation)
);

CREATE TABLE authority (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    credit_code TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    PRIMARY KEY (division, id)
);
CREATE UNIQUE INDEX authority_code ON authority (division, credit_code);

-- `posts` holds the roles as bits (policy.h). authority 0: the centre itself.
CREATE TABLE staff (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    posts BIGINT NOT NULL,
    authority BIGINT NOT NULL,
    active BIGINT NOT NULL,
    PRIMARY KEY (division, id)
);

CREATE TABLE authorisation (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    act TEXT NOT NULL,
    item TEXT NOT NULL,
    situation TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    PRIMARY KEY (division, id),
    FOREIGN KEY (division, staff) REFERENCES staff (division, id)
);
CREATE INDEX authorisation_staff ON authorisation (division, staff);

-- A name and password; belongs to a person or a member of staff. Failures lock it for a while.
CREATE TABLE account (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    sign_in_name TEXT NOT NULL,
    password TEXT NOT NULL,
    person BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    locked_until BIGINT,
    PRIMARY KEY (division, id)
);
CREATE UNIQUE INDEX account_name ON account (division, sign_in_name);

-- Found by the SM3 of its token; the token itself is only with the browser.
CREATE TABLE session (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    token_hash BLOB NOT NULL,
    person BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    acting_for BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    ended_at BIGINT,
    device TEXT NOT NULL,
    notice TEXT NOT NULL,
    PRIMARY KEY (division, id)
);
CREATE UNIQUE INDEX session_token ON session (division, token_hash);
CREATE INDEX session_person ON session (division, person, id);
CREATE INDEX session_staff ON session (division, staff, id);

-- What government already holds of somebody: "organisation:business-licence". Decides exemptions.
CREATE TABLE held_document (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    valid_to TEXT,
    PRIMARY KEY (division, id)
);
CREATE INDEX held_document_person ON held_document (division, person);
CREATE INDEX held_document_organisation ON held_document (division, organisation);

-- The first answer to a request with this key; whoever sends it again gets the same.
CREATE TABLE idempotency (
    division BIGINT NOT NULL,
    key_hash BLOB NOT NULL,
    status BIGINT NOT NULL,
    location TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (division, key_hash)
);
CREATE INDEX idempotency_age ON idempotency (division, made_at);
