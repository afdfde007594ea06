-- What an entry of the plan is for, where its place does not say so: Haupteinheit, Obereinheit, Untereinheit,
-- Betreffseinheit. Added columns are empty in older entries of the journal, so they may be empty here.
ALTER TABLE aktenplaneinheit ADD COLUMN art TEXT;
-- Of a sign that was given up: the Akte or Vorgang that it names.
ALTER TABLE zeichen ADD COLUMN darin BIGINT;

-- Around Akte, Vorgang and Dokument. `objekt` is of the kind that `objekt_art` names; ids are unique within a tenant.
CREATE TABLE schlagwort (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt BIGINT NOT NULL,
  wort TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, objekt, wort)
);
CREATE INDEX schlagwort_wort ON schlagwort (mandant, wort);

CREATE TABLE verweis (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  von_art TEXT NOT NULL,
  von BIGINT NOT NULL,
  nach_art TEXT NOT NULL,
  nach BIGINT NOT NULL,
  art TEXT NOT NULL,
  bemerkung TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, von, nach, art)
);
CREATE INDEX verweis_nach ON verweis (mandant, nach);

CREATE TABLE kontakt (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
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
  vereint_in BIGINT,
  zugriff BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, vereint_in) REFERENCES kontakt (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
);
CREATE INDEX kontakt_suchname ON kontakt (mandant, suchname, id);

CREATE TABLE beteiligung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt BIGINT NOT NULL,
  kontakt BIGINT NOT NULL,
  rolle TEXT NOT NULL,
  bemerkung TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, objekt, kontakt, rolle),
  FOREIGN KEY (mandant, kontakt) REFERENCES kontakt (mandant, id)
);
CREATE INDEX beteiligung_kontakt ON beteiligung (mandant, kontakt);

-- What new Akten and Vorgaenge are begun from: an object like any other, under a name.
CREATE TABLE vorlage (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  bezeichnung TEXT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, objekt)
);

-- Work on many objects at once. The objects and what became of each are technical; each change has its own entry in the
-- journal, by whose number it is taken back.
CREATE TABLE stapel (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  person BIGINT NOT NULL,
  handlung TEXT NOT NULL,
  angaben TEXT NOT NULL,
  status TEXT NOT NULL,
  angelegt BIGINT NOT NULL,
  gesamt BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);
CREATE TABLE stapel_objekt (
  mandant BIGINT NOT NULL,
  stapel BIGINT NOT NULL,
  platz BIGINT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt BIGINT NOT NULL,
  status TEXT NOT NULL,
  hinweis TEXT,
  eintrag BIGINT,
  PRIMARY KEY (mandant, stapel, platz)
);

-- What a person keeps for himself; no part of the files, so outside the journal.
CREATE TABLE merkliste (
  mandant BIGINT NOT NULL,
  person BIGINT NOT NULL,
  art TEXT NOT NULL,               -- favorit, zuletzt, abonnement
  objekt_art TEXT NOT NULL,
  objekt BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  gelesen BIGINT NOT NULL,             -- of an abonnement: the last entry of the journal that was seen
  PRIMARY KEY (mandant, person, art, objekt)
);
CREATE INDEX merkliste_zeit ON merkliste (mandant, person, art, zeit);

-- Fields of its own for each kind of Vorgang. `zahl` orders what has an order: thousandths, a day as 20261123, 0 or 1.
CREATE TABLE feldart (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  typ TEXT NOT NULL,
  bezeichnung TEXT NOT NULL,
  art TEXT NOT NULL,
  auswahl TEXT,
  pflicht BIGINT NOT NULL,
  reihenfolge BIGINT NOT NULL,
  aktiv BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, typ, bezeichnung)
);
CREATE TABLE feldwert (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  vorgang BIGINT NOT NULL,
  feld BIGINT NOT NULL,
  wert TEXT NOT NULL,
  suchwert TEXT NOT NULL,
  zahl BIGINT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, vorgang, feld),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, feld) REFERENCES feldart (mandant, id)
);
CREATE INDEX feldwert_zahl ON feldwert (mandant, feld, zahl);

CREATE TABLE ausleihe (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  akte BIGINT NOT NULL,
  person BIGINT NOT NULL,
  seit TEXT NOT NULL,
  bis TEXT,
  zurueck TEXT,
  bemerkung TEXT,
  PRIMARY KEY (mandant, id),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
);
CREATE INDEX ausleihe_akte ON ausleihe (mandant, akte);

CREATE TABLE vertretung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  person BIGINT NOT NULL,
  vertreter BIGINT NOT NULL,
  von TEXT NOT NULL,
  bis TEXT,
  bemerkung TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id),
  FOREIGN KEY (mandant, vertreter) REFERENCES person (mandant, id)
);
CREATE INDEX vertretung_person ON vertretung (mandant, person);

DO $$
DECLARE
  tabelle text;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['schlagwort', 'verweis', 'kontakt', 'beteiligung', 'vorlage', 'stapel', 'stapel_objekt',
    'merkliste', 'feldart', 'feldwert', 'ausleihe', 'vertretung']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
