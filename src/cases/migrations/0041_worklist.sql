-- Exact counts without a row that every act would have to lock: an act only adds to case_move; now and then somebody folds moves
-- into case_tally and case_day, in one transaction, so that the sum of both is right at every moment. Made from case_file, and no evidence.
CREATE TABLE case_move (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    authority BIGINT NOT NULL,
    item TEXT NOT NULL,
    channel TEXT NOT NULL,
    event TEXT NOT NULL,
    day TEXT NOT NULL,
    was TEXT NOT NULL,
    was_due TEXT NOT NULL,
    became TEXT NOT NULL,
    became_due TEXT NOT NULL,
    days BIGINT NOT NULL,
    late BIGINT NOT NULL,
    PRIMARY KEY (division, id)
);

-- How many cases of an authority (0: of all) stand in a state, by the day they are due; `due` is empty where no clock runs.
CREATE TABLE case_tally (
    division BIGINT NOT NULL,
    authority BIGINT NOT NULL,
    state TEXT NOT NULL,
    due TEXT NOT NULL,
    cases BIGINT NOT NULL,
    PRIMARY KEY (division, authority, state, due)
);

-- What happened on a day: how often, and of decisions the working days they took and how many came after the promised day.
CREATE TABLE case_day (
    division BIGINT NOT NULL,
    day TEXT NOT NULL,
    event TEXT NOT NULL,
    authority BIGINT NOT NULL,
    item TEXT NOT NULL,
    channel TEXT NOT NULL,
    cases BIGINT NOT NULL,
    days BIGINT NOT NULL,
    late BIGINT NOT NULL,
    PRIMARY KEY (division, day, event, authority, item, channel)
);

-- Submitted cases by the beginning of the applicant's name: bytes sort the same way in every database. Written once a case.
CREATE TABLE case_applicant (
    division BIGINT NOT NULL,
    name BLOB NOT NULL,
    case_id BIGINT NOT NULL,
    authority BIGINT NOT NULL,
    PRIMARY KEY (division, name, case_id),
    FOREIGN KEY (division, case_id) REFERENCES case_file (division, id)
);

-- A worklist is read in this order, of one department or of all.
DROP INDEX case_file_work;
CREATE INDEX case_file_work ON case_file (division, state, coalesce(promised_due, acceptance_due, '9999-12-31'), id);
CREATE INDEX case_file_work_of ON case_file (division, authority, state, coalesce(promised_due, acceptance_due, '9999-12-31'), id);
