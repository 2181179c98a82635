-- The last day of an organisation that was taken off the register (注销): from that day on nobody acts for it.
ALTER TABLE organisation ADD COLUMN ended_on TEXT;
