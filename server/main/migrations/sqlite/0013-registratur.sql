-- Fields of their own for Akten and Dokumente too, Registerblätter, and Dokumente that are narrowed on their own.
-- What is added may be empty: older entries of the journal do not have it.

-- A field is for Vorgänge where `fuer` is empty. Its values hang on one object each.
CREATE TABLE feldart_neu (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  typ TEXT NOT NULL,
  bezeichnung TEXT NOT NULL,
  art TEXT NOT NULL,
  auswahl TEXT,
  pflicht INTEGER NOT NULL,
  reihenfolge INTEGER NOT NULL,
  aktiv INTEGER NOT NULL,
  fuer TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;
INSERT INTO feldart_neu SELECT mandant, id, uuid, stand, typ, bezeichnung, art, auswahl, pflicht, reihenfolge, aktiv, NULL
  FROM feldart;
CREATE TABLE feldwert_neu (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  vorgang INTEGER,
  akte INTEGER,
  dokument INTEGER,
  feld INTEGER NOT NULL,
  wert TEXT NOT NULL,
  suchwert TEXT NOT NULL,
  zahl INTEGER,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, vorgang, feld),
  UNIQUE (mandant, akte, feld),
  UNIQUE (mandant, dokument, feld),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, feld) REFERENCES feldart_neu (mandant, id)
) STRICT;
INSERT INTO feldwert_neu SELECT mandant, id, vorgang, NULL, NULL, feld, wert, suchwert, zahl FROM feldwert;
DROP TABLE feldwert;
DROP TABLE feldart;
ALTER TABLE feldart_neu RENAME TO feldart;
ALTER TABLE feldwert_neu RENAME TO feldwert;
CREATE UNIQUE INDEX feldart_name ON feldart (mandant, COALESCE(fuer, ''), typ, bezeichnung);
CREATE INDEX feldwert_zahl ON feldwert (mandant, feld, zahl);

-- What parts an Akte (Registerblatt, Teilakte, Band) or a Vorgang (Registerblatt). It lies in the one or the other, one in
-- a Teilakte or a Band also below that.
CREATE TABLE registerblatt (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  art TEXT NOT NULL,
  akte INTEGER,
  vorgang INTEGER,
  ueber INTEGER,
  bezeichnung TEXT NOT NULL,
  platz INTEGER NOT NULL,          -- NummerImUebergeordnetenContainer
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, ueber) REFERENCES registerblatt (mandant, id)
) STRICT;
CREATE INDEX registerblatt_akte ON registerblatt (mandant, akte);
CREATE INDEX registerblatt_vorgang ON registerblatt (mandant, vorgang);
ALTER TABLE vorgang ADD COLUMN registerblatt INTEGER;
ALTER TABLE dokument ADD COLUMN registerblatt INTEGER;
CREATE INDEX vorgang_registerblatt ON vorgang (mandant, registerblatt, id);
CREATE INDEX dokument_registerblatt ON dokument (mandant, registerblatt, id);

-- Set here, so it does not follow the Vorgang.
ALTER TABLE dokument ADD COLUMN eigener_zugriff INTEGER;

-- Units that move, merge or part as of a day; the day of a unit that was merged into another.
CREATE TABLE reorganisation (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  art TEXT NOT NULL,
  einheit INTEGER NOT NULL,
  ziel INTEGER,
  stellen TEXT NOT NULL,           -- ids, with commas
  eintraege TEXT NOT NULL,
  stichtag TEXT NOT NULL,
  person INTEGER NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;
ALTER TABLE organisationseinheit ADD COLUMN aufgeloest TEXT;
CREATE INDEX akte_organisationseinheit ON akte (mandant, organisationseinheit, id);
