-- Einsichten: who opened an object that is not for everybody, once a day. A technical table.
CREATE TABLE einsicht (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt BIGINT NOT NULL,
  person BIGINT NOT NULL,
  tag TEXT NOT NULL,
  seit BIGINT NOT NULL,                    -- the first time on that day
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, objekt, person, tag)
);
CREATE INDEX einsicht_tag ON einsicht (mandant, tag);

-- Löschsperre: nothing in the Akte goes for good while one stands (invariant I8).
CREATE TABLE loeschsperre (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  akte BIGINT NOT NULL,
  grund TEXT NOT NULL,
  person BIGINT NOT NULL,
  seit BIGINT NOT NULL,
  aufgehoben_von BIGINT,
  aufgehoben_am BIGINT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id)
);
CREATE INDEX loeschsperre_akte ON loeschsperre (mandant, akte);

-- Who has taken a letter of the Posteingang; it holds while the letter lies in the Posteingang of that unit.
CREATE TABLE uebernahme (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  dokument BIGINT NOT NULL,
  organisationseinheit BIGINT NOT NULL,
  bearbeitung BIGINT,                     -- nothing: given back
  seit BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, dokument),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
);
CREATE INDEX uebernahme_bearbeitung ON uebernahme (mandant, bearbeitung);

ALTER TABLE einsicht ENABLE ROW LEVEL SECURITY;
ALTER TABLE einsicht FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON einsicht USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);

ALTER TABLE loeschsperre ENABLE ROW LEVEL SECURITY;
ALTER TABLE loeschsperre FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON loeschsperre USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);

ALTER TABLE uebernahme ENABLE ROW LEVEL SECURITY;
ALTER TABLE uebernahme FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON uebernahme USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);
