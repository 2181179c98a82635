-- The library of electronic licences (证照库). Facts never change; `status` does, with an entry in the ledger.
CREATE TABLE licence (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    identifier TEXT NOT NULL,
    type TEXT NOT NULL,
    number TEXT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    holder_name TEXT NOT NULL,
    holder_code_masked TEXT NOT NULL,
    authority BIGINT NOT NULL,
    authority_name TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    token TEXT NOT NULL,
    facts TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (division, id)
);
CREATE UNIQUE INDEX licence_identifier ON licence (division, identifier);
CREATE UNIQUE INDEX licence_token ON licence (division, token);
CREATE UNIQUE INDEX licence_case ON licence (division, case_id);
CREATE INDEX licence_person ON licence (division, person, id);
CREATE INDEX licence_organisation ON licence (division, organisation, id);

-- The signed PDF, kept from the first time it is asked for.
CREATE TABLE licence_pdf (
    division BIGINT NOT NULL,
    licence BIGINT NOT NULL,
    content BLOB NOT NULL,
    size BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (division, licence),
    FOREIGN KEY (division, licence) REFERENCES licence (division, id)
);
