-- A version of an item as published: never changed afterwards. `content` is JSON (department, item, form); `stamp` orders what
-- was published, so that a node reads only what is new to it.
CREATE TABLE item_version (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    item TEXT NOT NULL,
    version BIGINT NOT NULL,
    in_force_from TEXT NOT NULL,
    content TEXT NOT NULL,
    stamp BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    published_by_kind TEXT NOT NULL,
    published_by BIGINT NOT NULL,
    PRIMARY KEY (division, id)
);
CREATE UNIQUE INDEX item_version_once ON item_version (division, item, version);
CREATE INDEX item_version_stamp ON item_version (division, stamp, id);

-- Raised by each publishing, whose row lock also makes publishings follow one another.
CREATE TABLE catalogue_stamp (
    division BIGINT NOT NULL,
    stamp BIGINT NOT NULL,
    PRIMARY KEY (division)
);
