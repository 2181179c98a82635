-- Node numbers leased by running programs, so that the ids they make never meet.
CREATE TABLE node (
    number BIGINT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL
);
