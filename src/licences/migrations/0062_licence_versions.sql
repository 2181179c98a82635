-- A licence that was changed, renewed or replaced has a next version of the same number, which names the one it replaces. `entries`
-- holds what the form had, by the names of the type's values: forms about the licence are filled in from it.
ALTER TABLE licence ADD COLUMN replaces BIGINT NOT NULL DEFAULT 0;
ALTER TABLE licence ADD COLUMN entries TEXT NOT NULL DEFAULT '{}';
CREATE UNIQUE INDEX licence_replaces ON licence (division, replaces) WHERE replaces <> 0;
