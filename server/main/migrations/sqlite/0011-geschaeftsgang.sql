-- The Geschäftsgang: slips of a Vorgang or a Dokument, their steps, and marks on versions (xdomea Geschaeftsgang,
-- Beteiligungsschritt). What hangs on a Vorgang or Dokument names it, so that a lawful deletion takes it along.
CREATE TABLE laufweg (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  vorgang INTEGER NOT NULL,
  dokument INTEGER,
  ersteller INTEGER NOT NULL,
  angelegt INTEGER NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
) STRICT;
CREATE INDEX laufweg_vorgang ON laufweg (mandant, vorgang, id);
CREATE INDEX laufweg_dokument ON laufweg (mandant, dokument) WHERE dokument IS NOT NULL;

CREATE TABLE schritt (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  laufweg INTEGER NOT NULL,
  vorgang INTEGER NOT NULL,
  dokument INTEGER,
  nr INTEGER NOT NULL,
  stufe INTEGER NOT NULL,
  quorum TEXT NOT NULL,
  art TEXT NOT NULL,
  adressat_art TEXT NOT NULL,
  adressat INTEGER NOT NULL,
  rolle TEXT,
  termin TEXT,
  text TEXT,
  ersteller INTEGER NOT NULL,
  status TEXT NOT NULL,
  aktuell_seit INTEGER,
  bearbeiter INTEGER,
  vertretene INTEGER,
  erledigt_am INTEGER,
  ergebnis TEXT,
  vermerk TEXT,
  -- Whose it is, as one key: what a Postkorb asks for.
  an TEXT GENERATED ALWAYS AS (adressat_art || ':' || COALESCE(rolle, CAST(adressat AS TEXT))) VIRTUAL,
  faellig TEXT GENERATED ALWAYS AS (COALESCE(termin, '9999-12-31')) VIRTUAL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, laufweg) REFERENCES laufweg (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
) STRICT;
CREATE INDEX schritt_laufweg ON schritt (mandant, laufweg, nr);
CREATE INDEX schritt_vorgang ON schritt (mandant, vorgang);
CREATE INDEX schritt_dokument ON schritt (mandant, dokument) WHERE dokument IS NOT NULL;
CREATE INDEX schritt_an ON schritt (mandant, an, faellig, id) WHERE status = 'aktuell' AND bearbeiter IS NULL;
CREATE INDEX schritt_bearbeiter ON schritt (mandant, bearbeiter, faellig, id) WHERE status = 'aktuell' AND bearbeiter IS NOT NULL;
-- Mitzeichnungen that a new version may ask for again.
CREATE INDEX schritt_gezeichnet ON schritt (mandant, bearbeiter) WHERE status = 'erledigt' AND art = 'mitzeichnung';

CREATE TABLE zeichnung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  dokument INTEGER NOT NULL,
  schritt INTEGER NOT NULL,
  art TEXT NOT NULL,
  version_nr INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  person INTEGER NOT NULL,
  vertretene INTEGER,
  zeit INTEGER NOT NULL,
  uebergangen TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, schritt) REFERENCES schritt (mandant, id)
) STRICT;
CREATE INDEX zeichnung_dokument ON zeichnung (mandant, dokument, version_nr);
CREATE INDEX zeichnung_schritt ON zeichnung (mandant, schritt);
