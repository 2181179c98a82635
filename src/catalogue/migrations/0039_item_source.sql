-- Over the rows of the interchange tables that a version was made of: rows that say the same again need not be read again. No evidence,
-- and may be thrown away.
CREATE TABLE item_source (
    division BIGINT NOT NULL,
    item TEXT NOT NULL,
    version BIGINT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (division, item, version)
);
