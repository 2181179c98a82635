-- An officer searches among the cases of their own department: half the names of a district begin alike.
CREATE INDEX case_applicant_of ON case_applicant (division, authority, name, case_id);

-- How a case stands, without reading its row: a search within one state looks at a thousand of them.
CREATE INDEX case_file_stands ON case_file (division, id, state);
