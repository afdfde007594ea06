-- Grows whenever person_zugriff changes, so that what is held in memory of a person's reach can tell whether it still holds.
CREATE TABLE reichweite_stand (
  mandant INTEGER NOT NULL PRIMARY KEY,
  stand INTEGER NOT NULL
) STRICT;

-- What a person did last, without reading what all others did since.
CREATE INDEX journal_person ON journal (mandant, person, nr);
