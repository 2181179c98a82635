-- What lists and search need of a version, so that a node starts without reading every version whole. Made from the version, and
-- made anew where `format` is not the program's.
CREATE TABLE item_summary (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    stamp BIGINT NOT NULL,
    format BIGINT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (division, id),
    FOREIGN KEY (division, id) REFERENCES item_version (division, id)
);
CREATE INDEX item_summary_stamp ON item_summary (division, stamp, id);

-- Which files of the program were published last: the same ones need not be read again.
CREATE TABLE catalogue_source (
    division BIGINT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (division)
);
