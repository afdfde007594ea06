-- What an entry of the plan is for, where its place does not say so: Haupteinheit, Obereinheit, Untereinheit,
-- Betreffseinheit. Added columns are empty in older entries of the journal, so they may be empty here.
ALTER TABLE aktenplaneinheit ADD COLUMN art TEXT;
-- Of a sign that was given up: the Akte or Vorgang that it names.
ALTER TABLE zeichen ADD COLUMN darin INTEGER;

-- Around Akte, Vorgang and Dokument. `objekt` is of the kind that `objekt_art` names; ids are unique within a tenant.
CREATE TABLE schlagwort (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  wort TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, objekt, wort)
) STRICT;
CREATE INDEX schlagwort_wort ON schlagwort (mandant, wort);

CREATE TABLE verweis (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  von_art TEXT NOT NULL,
  von INTEGER NOT NULL,
  nach_art TEXT NOT NULL,
  nach INTEGER NOT NULL,
  art TEXT NOT NULL,
  bemerkung TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, von, nach, art)
) STRICT;
CREATE INDEX verweis_nach ON verweis (mandant, nach);

CREATE TABLE kontakt (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  art TEXT NOT NULL,
  anrede TEXT,
  vorname TEXT,
  nachname TEXT,
  organisation TEXT,
  strasse TEXT,
  plz TEXT,
  ort TEXT,
  email TEXT,
  telefon TEXT,
  bemerkung TEXT,
  suchname TEXT NOT NULL,          -- DIN 91379, search form
  vereint_in INTEGER,
  zugriff INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, vereint_in) REFERENCES kontakt (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
) STRICT;
CREATE INDEX kontakt_suchname ON kontakt (mandant, suchname, id);

CREATE TABLE beteiligung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  kontakt INTEGER NOT NULL,
  rolle TEXT NOT NULL,
  bemerkung TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, objekt, kontakt, rolle),
  FOREIGN KEY (mandant, kontakt) REFERENCES kontakt (mandant, id)
) STRICT;
CREATE INDEX beteiligung_kontakt ON beteiligung (mandant, kontakt);

-- What new Akten and Vorgaenge are begun from: an object like any other, under a name.
CREATE TABLE vorlage (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  bezeichnung TEXT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, objekt)
) STRICT;

-- Work on many objects at once. The objects and what became of each are technical; each change has its own entry in the
-- journal, by whose number it is taken back.
CREATE TABLE stapel (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  person INTEGER NOT NULL,
  handlung TEXT NOT NULL,
  angaben TEXT NOT NULL,
  status TEXT NOT NULL,
  angelegt INTEGER NOT NULL,
  gesamt INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;
CREATE TABLE stapel_objekt (
  mandant INTEGER NOT NULL,
  stapel INTEGER NOT NULL,
  platz INTEGER NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  status TEXT NOT NULL,
  hinweis TEXT,
  eintrag INTEGER,
  PRIMARY KEY (mandant, stapel, platz)
) STRICT;

-- What a person keeps for himself; no part of the files, so outside the journal.
CREATE TABLE merkliste (
  mandant INTEGER NOT NULL,
  person INTEGER NOT NULL,
  art TEXT NOT NULL,               -- favorit, zuletzt, abonnement
  objekt_art TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  gelesen INTEGER NOT NULL,             -- of an abonnement: the last entry of the journal that was seen
  PRIMARY KEY (mandant, person, art, objekt)
) STRICT;
CREATE INDEX merkliste_zeit ON merkliste (mandant, person, art, zeit);

-- Fields of its own for each kind of Vorgang. `zahl` orders what has an order: thousandths, a day as 20261123, 0 or 1.
CREATE TABLE feldart (
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
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, typ, bezeichnung)
) STRICT;
CREATE TABLE feldwert (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  vorgang INTEGER NOT NULL,
  feld INTEGER NOT NULL,
  wert TEXT NOT NULL,
  suchwert TEXT NOT NULL,
  zahl INTEGER,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, vorgang, feld),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, feld) REFERENCES feldart (mandant, id)
) STRICT;
CREATE INDEX feldwert_zahl ON feldwert (mandant, feld, zahl);

CREATE TABLE ausleihe (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  akte INTEGER NOT NULL,
  person INTEGER NOT NULL,
  seit TEXT NOT NULL,
  bis TEXT,
  zurueck TEXT,
  bemerkung TEXT,
  PRIMARY KEY (mandant, id),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
) STRICT;
CREATE INDEX ausleihe_akte ON ausleihe (mandant, akte);

CREATE TABLE vertretung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  person INTEGER NOT NULL,
  vertreter INTEGER NOT NULL,
  von TEXT NOT NULL,
  bis TEXT,
  bemerkung TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id),
  FOREIGN KEY (mandant, vertreter) REFERENCES person (mandant, id)
) STRICT;
CREATE INDEX vertretung_person ON vertretung (mandant, person);
