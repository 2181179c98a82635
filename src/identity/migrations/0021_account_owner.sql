-- An account is looked up by whom it belongs to when they change their password; one person or member of staff has one account.
CREATE UNIQUE INDEX account_owner ON account (division, person, staff);
