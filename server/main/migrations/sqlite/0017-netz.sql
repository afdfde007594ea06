-- The Lotsennetz. What a town says of itself is its own, in its journal; what others may see of it hangs in netz_aushang,
-- which belongs to the installation (docs/decisions/0027) and can be made anew from the tables of the tenants.
CREATE TABLE netz_profil (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  ags TEXT NOT NULL,
  einwohner INTEGER,
  einfuehrung TEXT NOT NULL,
  produkte TEXT,
  bietet TEXT,
  sucht TEXT,
  sichtbarkeit TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, ags)
) STRICT;

-- A person in a programme. What is known of the person lies in netz_angabe alone, so that it goes when the person leaves.
CREATE TABLE netz_mitglied (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  programm TEXT NOT NULL,
  rolle TEXT NOT NULL,
  status TEXT NOT NULL,
  ags TEXT NOT NULL,
  person INTEGER,
  eingeladen_von INTEGER NOT NULL,
  seit TEXT NOT NULL,
  bis TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
) STRICT;
CREATE INDEX netz_mitglied_person ON netz_mitglied (mandant, person) WHERE person IS NOT NULL;

CREATE TABLE netz_angabe (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  mitglied INTEGER NOT NULL,
  feld TEXT NOT NULL,
  wert TEXT NOT NULL,
  sichtbarkeit TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, mitglied, feld),
  FOREIGN KEY (mandant, mitglied) REFERENCES netz_mitglied (mandant, id)
) STRICT;

-- Which towns a Lotse coaches.
CREATE TABLE netz_betreuung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  mitglied INTEGER NOT NULL,
  ags TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, mitglied, ags),
  FOREIGN KEY (mandant, mitglied) REFERENCES netz_mitglied (mandant, id)
) STRICT;

-- A checklist of the Werkzeugkoffer as a town works through it: its version then, and what was said to each point.
CREATE TABLE netz_checkliste (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  werkzeug TEXT NOT NULL,
  version TEXT NOT NULL,
  bezeichnung TEXT NOT NULL,
  status TEXT NOT NULL,
  begonnen TEXT NOT NULL,
  begonnen_von INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;

CREATE TABLE netz_punkt (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  checkliste INTEGER NOT NULL,
  schluessel TEXT NOT NULL,
  status TEXT NOT NULL,
  notiz TEXT,
  person INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, checkliste, schluessel),
  FOREIGN KEY (mandant, checkliste) REFERENCES netz_checkliste (mandant, id)
) STRICT;

CREATE TABLE netz_praxis (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  status TEXT NOT NULL,
  titel TEXT NOT NULL,
  problem TEXT NOT NULL,
  rahmen TEXT,
  schritte TEXT,
  aufwand TEXT,
  wirkung TEXT,
  erfolgsfaktoren TEXT,
  kontakt INTEGER,
  lizenz TEXT NOT NULL,
  bestaetigt_am TEXT,
  sichtbarkeit TEXT NOT NULL,
  baustein TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, kontakt) REFERENCES netz_mitglied (mandant, id)
) STRICT;

-- A Baustein that a town runs: the package as it was adopted, which a newer version is compared with, and the rows it made.
CREATE TABLE netz_uebernahme (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  baustein TEXT NOT NULL,
  version TEXT NOT NULL,
  titel TEXT NOT NULL,
  von TEXT NOT NULL,
  schluessel TEXT NOT NULL,
  paket TEXT NOT NULL,
  namen TEXT NOT NULL,
  laufwege TEXT NOT NULL,
  status TEXT NOT NULL,
  eintrag INTEGER NOT NULL,
  uebernommen TEXT NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;
CREATE INDEX netz_uebernahme_baustein ON netz_uebernahme (mandant, baustein, id);

-- Keys of others whose packages a town takes.
CREATE TABLE netz_vertrauen (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  schluessel TEXT NOT NULL,
  name TEXT NOT NULL,
  aktiv INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, schluessel)
) STRICT;

-- What hangs out in the network: of all tenants here (herkunft is empty), and of installations that were joined with.
-- `ober` is what it hangs on: the member of a detail. Who may see it say sichtbarkeit, land and ags.
CREATE TABLE netz_aushang (
  herkunft TEXT NOT NULL,
  uuid TEXT NOT NULL,
  eigner INTEGER NOT NULL,
  art TEXT NOT NULL,
  ober TEXT NOT NULL,
  land TEXT NOT NULL,
  ags TEXT NOT NULL,
  sichtbarkeit TEXT NOT NULL,
  titel TEXT NOT NULL,
  suche TEXT NOT NULL,
  inhalt TEXT NOT NULL,
  PRIMARY KEY (uuid)
) STRICT;
CREATE INDEX netz_aushang_art ON netz_aushang (art, uuid);
CREATE INDEX netz_aushang_ags ON netz_aushang (ags, art);
CREATE INDEX netz_aushang_ober ON netz_aushang (ober, art) WHERE ober <> '';
CREATE INDEX netz_aushang_eigner ON netz_aushang (eigner) WHERE eigner <> 0;

-- The key that this installation signs with; one row.
CREATE TABLE netz_schluessel (
  id INTEGER NOT NULL PRIMARY KEY,
  oeffentlich TEXT NOT NULL,
  geheim TEXT NOT NULL
) STRICT;
