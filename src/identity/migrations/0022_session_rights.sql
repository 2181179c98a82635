-- Raised by whatever changes who a session stands for or what they may do: who finds it as it was need not look again.
ALTER TABLE session ADD COLUMN rights BIGINT NOT NULL DEFAULT 0;
CREATE INDEX mandate_organisation ON mandate (division, organisation, person);
