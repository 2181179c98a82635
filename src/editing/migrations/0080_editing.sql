-- The draft of an item's next version, one an item. `content` is JSON as in item_version; `revision` counts the changes, so that
-- nobody overwrites what they have not seen. The row stays after publishing and is begun anew with the next draft.
CREATE TABLE item_draft (
    division BIGINT NOT NULL,
    item TEXT NOT NULL,
    id BIGINT NOT NULL,
    based_on BIGINT NOT NULL,
    content TEXT NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    edited_by BIGINT NOT NULL,
    edited_by_name TEXT NOT NULL,
    edited_at BIGINT NOT NULL,
    checked_by BIGINT NOT NULL,
    checked_by_name TEXT NOT NULL,
    checked_at BIGINT,
    published_version BIGINT NOT NULL,
    published_from TEXT,
    PRIMARY KEY (division, item)
);
CREATE UNIQUE INDEX item_draft_id ON item_draft (division, id);

-- What somebody has typed into one form of a draft and not saved yet. Theirs alone, and gone with the saving.
CREATE TABLE item_typing (
    division BIGINT NOT NULL,
    item TEXT NOT NULL,
    staff BIGINT NOT NULL,
    part TEXT NOT NULL,
    seen TEXT NOT NULL,
    fields TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (division, item, staff, part)
);

-- Who had an item open last, and where: a note for colleagues, no evidence.
CREATE TABLE item_presence (
    division BIGINT NOT NULL,
    item TEXT NOT NULL,
    staff BIGINT NOT NULL,
    name TEXT NOT NULL,
    part TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (division, item, staff)
);

-- One row an item for the analysts' list, made from what is published and drafted: it can be thrown away and made again.
CREATE TABLE item_row (
    division BIGINT NOT NULL,
    item TEXT NOT NULL,
    department TEXT NOT NULL,
    department_zh TEXT NOT NULL,
    department_en TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    search TEXT NOT NULL,
    version BIGINT NOT NULL,
    in_force_from TEXT NOT NULL,
    PRIMARY KEY (division, item)
);
CREATE INDEX item_row_department ON item_row (division, department, item);
CREATE TABLE item_row_stamp (
    division BIGINT NOT NULL,
    stamp BIGINT NOT NULL,
    PRIMARY KEY (division)
);
