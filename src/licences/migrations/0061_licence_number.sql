-- Whoever holds a licence in hand looks it up by the number printed on it.
CREATE INDEX licence_number ON licence (division, number, id);
