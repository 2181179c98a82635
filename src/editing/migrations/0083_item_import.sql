-- A list handed in to be imported: tried first, published after a second person's confirmation of the very same bytes. `held_until`
-- tells which program works on it; `done` of `total` is a note for whoever watches, no evidence.
CREATE TABLE item_import (
    division BIGINT NOT NULL,
    id BIGINT NOT NULL,
    state TEXT NOT NULL,
    files TEXT NOT NULL,
    digest TEXT NOT NULL,
    uploaded_by BIGINT NOT NULL,
    uploaded_by_name TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    plan TEXT NOT NULL,
    added BIGINT NOT NULL,
    next_versions BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    fault_count BIGINT NOT NULL,
    confirmed_by BIGINT NOT NULL,
    confirmed_by_name TEXT NOT NULL,
    confirmed_at BIGINT,
    ended_at BIGINT,
    held_until BIGINT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (division, id)
);

-- The bytes handed in, a megabyte a row.
CREATE TABLE item_import_piece (
    division BIGINT NOT NULL,
    import BIGINT NOT NULL,
    file BIGINT NOT NULL,
    place BIGINT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (division, import, file, place)
);

-- What the trial found: faults ("fault": table, row, column, value, what to do), and what would be published ("new" and "next":
-- the item, its version, its first day, its name).
CREATE TABLE item_import_line (
    division BIGINT NOT NULL,
    import BIGINT NOT NULL,
    kind TEXT NOT NULL,
    place BIGINT NOT NULL,
    subject TEXT NOT NULL,
    number BIGINT NOT NULL,
    part TEXT NOT NULL,
    value TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    PRIMARY KEY (division, import, kind, place)
);
