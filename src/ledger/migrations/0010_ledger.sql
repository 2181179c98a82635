-- Every act, chained per subject. Rows are only ever added. The columns are those of the canonical encoding (README.md).
CREATE TABLE ledger_entry (
    division BIGINT NOT NULL,
    chain BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT NOT NULL,
    actor_role TEXT NOT NULL,
    actor_session TEXT NOT NULL,
    act TEXT NOT NULL,
    at BIGINT NOT NULL,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL,
    subject_digest BLOB NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (division, chain, seq)
);

-- Entries not yet in a checkpoint: written with the entry, taken away with the checkpoint that gathers it.
CREATE TABLE ledger_pending (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    chain BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (division, id)
);

-- Signed roots, numbered from 1 in each division. `leaves` packs {id, chain, seq, hash} of each entry in order of id.
CREATE TABLE ledger_checkpoint (
    division BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    first_id BIGINT NOT NULL,
    last_id BIGINT NOT NULL,
    root BLOB NOT NULL,
    previous BLOB NOT NULL,
    signature BLOB NOT NULL,
    leaves BLOB NOT NULL,
    PRIMARY KEY (division, number)
);
CREATE INDEX ledger_checkpoint_by_id ON ledger_checkpoint (division, last_id, first_id);

-- Lets one gatherer at a time into a division. Not evidence: it may be emptied at any time.
CREATE TABLE ledger_gathering (
    division BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (division)
);
