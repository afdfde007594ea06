-- Einsichten: who opened an object that is not for everybody, once a day. A technical table.
CREATE TABLE einsicht (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  person INTEGER NOT NULL,
  tag TEXT NOT NULL,
  seit INTEGER NOT NULL,                   -- the first time on that day
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, objekt, person, tag)
) STRICT;
CREATE INDEX einsicht_tag ON einsicht (mandant, tag);

-- Löschsperre: nothing in the Akte goes for good while one stands (invariant I8).
CREATE TABLE loeschsperre (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  akte INTEGER NOT NULL,
  grund TEXT NOT NULL,
  person INTEGER NOT NULL,
  seit INTEGER NOT NULL,
  aufgehoben_von INTEGER,
  aufgehoben_am INTEGER,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id)
) STRICT;
CREATE INDEX loeschsperre_akte ON loeschsperre (mandant, akte);

-- Who has taken a letter of the Posteingang; it holds while the letter lies in the Posteingang of that unit.
CREATE TABLE uebernahme (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  dokument INTEGER NOT NULL,
  organisationseinheit INTEGER NOT NULL,
  bearbeitung INTEGER,                     -- nothing: given back
  seit INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, dokument),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
) STRICT;
CREATE INDEX uebernahme_bearbeitung ON uebernahme (mandant, bearbeitung);
