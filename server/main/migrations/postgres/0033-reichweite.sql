-- Grows whenever person_zugriff changes, so that what is held in memory of a person's reach can tell whether it still holds.
CREATE TABLE reichweite_stand (
  mandant BIGINT NOT NULL PRIMARY KEY,
  stand BIGINT NOT NULL
);
ALTER TABLE reichweite_stand ENABLE ROW LEVEL SECURITY;
ALTER TABLE reichweite_stand FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON reichweite_stand USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);

-- What a person did last, without reading what all others did since.
CREATE INDEX journal_person ON journal (mandant, person, nr);
