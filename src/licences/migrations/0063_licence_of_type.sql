-- What somebody holds of one type: asked with every application that a licence could spare them a paper for.
CREATE INDEX licence_organisation_type ON licence (division, organisation, type, id);
CREATE INDEX licence_person_type ON licence (division, person, type, id) WHERE organisation = 0;
