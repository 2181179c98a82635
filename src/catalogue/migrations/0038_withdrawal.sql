-- An item that is no longer offered from a day on. A version whose own first day is that day or later offers it again.
CREATE TABLE item_withdrawal (
    division BIGINT NOT NULL,
    item TEXT NOT NULL,
    from_day TEXT NOT NULL,
    reason TEXT NOT NULL,
    stamp BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    withdrawn_by BIGINT NOT NULL,
    PRIMARY KEY (division, item)
);
