-- The list finds and orders by what stands in its own rows, each way with an index of its own. `offered`: '' where nothing is
-- published, 'published' or 'withdrawn'; `drafted`: '' or the state of the open draft.
ALTER TABLE item_row ADD COLUMN offered TEXT NOT NULL DEFAULT '';
ALTER TABLE item_row ADD COLUMN withdrawn_from TEXT NOT NULL DEFAULT '';
ALTER TABLE item_row ADD COLUMN drafted TEXT NOT NULL DEFAULT '';
ALTER TABLE item_row ADD COLUMN edited_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE item_row ADD COLUMN edited_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE item_row ADD COLUMN edited_at BIGINT NOT NULL DEFAULT 0;
UPDATE item_row SET offered = 'published' WHERE version > 0;
UPDATE item_row SET offered = 'withdrawn', withdrawn_from = (SELECT w.from_day FROM item_withdrawal w WHERE w.division = item_row.division AND w.item = item_row.item)
    WHERE version > 0 AND EXISTS (SELECT 1 FROM item_withdrawal w WHERE w.division = item_row.division AND w.item = item_row.item AND w.from_day > item_row.in_force_from);
UPDATE item_row SET drafted = (SELECT d.state FROM item_draft d WHERE d.division = item_row.division AND d.item = item_row.item),
    edited_by = (SELECT d.edited_by FROM item_draft d WHERE d.division = item_row.division AND d.item = item_row.item),
    edited_by_name = (SELECT d.edited_by_name FROM item_draft d WHERE d.division = item_row.division AND d.item = item_row.item),
    edited_at = (SELECT d.edited_at FROM item_draft d WHERE d.division = item_row.division AND d.item = item_row.item)
    WHERE EXISTS (SELECT 1 FROM item_draft d WHERE d.division = item_row.division AND d.item = item_row.item AND d.state <> 'published');
CREATE INDEX item_row_order ON item_row (division, edited_at DESC, item, search);
CREATE INDEX item_row_department_order ON item_row (division, department, edited_at DESC, item);
CREATE INDEX item_row_offered ON item_row (division, offered, edited_at DESC, item);
CREATE INDEX item_row_drafted ON item_row (division, drafted, edited_at DESC, item);
CREATE INDEX item_row_mine ON item_row (division, edited_by, edited_at DESC, item);

-- Departments by name, so that a page need not count through every item for them.
DROP INDEX item_row_department;
CREATE TABLE item_department_row (
    division BIGINT NOT NULL,
    department TEXT NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    PRIMARY KEY (division, department)
);
INSERT INTO item_department_row (division, department, zh, en)
    SELECT division, department, min(department_zh), min(department_en) FROM item_row GROUP BY division, department;

-- How far the list has got within a publishing of many items.
ALTER TABLE item_row_stamp ADD COLUMN id BIGINT NOT NULL DEFAULT 9223372036854775807;
