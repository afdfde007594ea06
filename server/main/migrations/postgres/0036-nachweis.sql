-- What proves that a point of a checklist is done: a file, case or document of the town, by its key and kind.
ALTER TABLE netz_punkt ADD COLUMN nachweis TEXT;
ALTER TABLE netz_punkt ADD COLUMN nachweis_art TEXT;
