-- The Lotsennetz. What a town says of itself is its own, in its journal; what others may see of it hangs in netz_aushang,
-- which belongs to the installation (docs/decisions/0027) and can be made anew from the tables of the tenants.
CREATE TABLE netz_profil (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  ags TEXT NOT NULL,
  einwohner BIGINT,
  einfuehrung TEXT NOT NULL,
  produkte TEXT,
  bietet TEXT,
  sucht TEXT,
  sichtbarkeit TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, ags)
);

-- A person in a programme. What is known of the person lies in netz_angabe alone, so that it goes when the person leaves.
CREATE TABLE netz_mitglied (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  programm TEXT NOT NULL,
  rolle TEXT NOT NULL,
  status TEXT NOT NULL,
  ags TEXT NOT NULL,
  person BIGINT,
  eingeladen_von BIGINT NOT NULL,
  seit TEXT NOT NULL,
  bis TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
);
CREATE INDEX netz_mitglied_person ON netz_mitglied (mandant, person) WHERE person IS NOT NULL;

CREATE TABLE netz_angabe (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  mitglied BIGINT NOT NULL,
  feld TEXT NOT NULL,
  wert TEXT NOT NULL,
  sichtbarkeit TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, mitglied, feld),
  FOREIGN KEY (mandant, mitglied) REFERENCES netz_mitglied (mandant, id)
);

-- Which towns a Lotse coaches.
CREATE TABLE netz_betreuung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  mitglied BIGINT NOT NULL,
  ags TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, mitglied, ags),
  FOREIGN KEY (mandant, mitglied) REFERENCES netz_mitglied (mandant, id)
);

-- A checklist of the Werkzeugkoffer as a town works through it: its version then, and what was said to each point.
CREATE TABLE netz_checkliste (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  werkzeug TEXT NOT NULL,
  version TEXT NOT NULL,
  bezeichnung TEXT NOT NULL,
  status TEXT NOT NULL,
  begonnen TEXT NOT NULL,
  begonnen_von BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);

CREATE TABLE netz_punkt (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  checkliste BIGINT NOT NULL,
  schluessel TEXT NOT NULL,
  status TEXT NOT NULL,
  notiz TEXT,
  person BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, checkliste, schluessel),
  FOREIGN KEY (mandant, checkliste) REFERENCES netz_checkliste (mandant, id)
);

CREATE TABLE netz_praxis (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  status TEXT NOT NULL,
  titel TEXT NOT NULL,
  problem TEXT NOT NULL,
  rahmen TEXT,
  schritte TEXT,
  aufwand TEXT,
  wirkung TEXT,
  erfolgsfaktoren TEXT,
  kontakt BIGINT,
  lizenz TEXT NOT NULL,
  bestaetigt_am TEXT,
  sichtbarkeit TEXT NOT NULL,
  baustein TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, kontakt) REFERENCES netz_mitglied (mandant, id)
);

-- A Baustein that a town runs: the package as it was adopted, which a newer version is compared with, and the rows it made.
CREATE TABLE netz_uebernahme (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  baustein TEXT NOT NULL,
  version TEXT NOT NULL,
  titel TEXT NOT NULL,
  von TEXT NOT NULL,
  schluessel TEXT NOT NULL,
  paket TEXT NOT NULL,
  namen TEXT NOT NULL,
  laufwege TEXT NOT NULL,
  status TEXT NOT NULL,
  eintrag BIGINT NOT NULL,
  uebernommen TEXT NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);
CREATE INDEX netz_uebernahme_baustein ON netz_uebernahme (mandant, baustein, id);

-- Keys of others whose packages a town takes.
CREATE TABLE netz_vertrauen (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  schluessel TEXT NOT NULL,
  name TEXT NOT NULL,
  aktiv BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, schluessel)
);

-- What hangs out in the network: of all tenants here (herkunft is empty), and of installations that were joined with.
-- `ober` is what it hangs on: the member of a detail. Who may see it say sichtbarkeit, land and ags.
CREATE TABLE netz_aushang (
  herkunft TEXT NOT NULL,
  uuid TEXT NOT NULL,
  eigner BIGINT NOT NULL,
  art TEXT NOT NULL,
  ober TEXT NOT NULL,
  land TEXT NOT NULL,
  ags TEXT NOT NULL,
  sichtbarkeit TEXT NOT NULL,
  titel TEXT NOT NULL,
  suche TEXT NOT NULL,
  inhalt TEXT NOT NULL,
  PRIMARY KEY (uuid)
);
CREATE INDEX netz_aushang_art ON netz_aushang (art, uuid);
CREATE INDEX netz_aushang_ags ON netz_aushang (ags, art);
CREATE INDEX netz_aushang_ober ON netz_aushang (ober, art) WHERE ober <> '';
CREATE INDEX netz_aushang_eigner ON netz_aushang (eigner) WHERE eigner <> 0;

-- The key that this installation signs with; one row.
CREATE TABLE netz_schluessel (
  id BIGINT NOT NULL PRIMARY KEY,
  oeffentlich TEXT NOT NULL,
  geheim TEXT NOT NULL
);

DO $$
DECLARE tabelle TEXT;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['netz_profil', 'netz_mitglied', 'netz_angabe', 'netz_betreuung', 'netz_checkliste',
    'netz_punkt', 'netz_praxis', 'netz_uebernahme', 'netz_vertrauen']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
