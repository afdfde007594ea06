-- The Geschäftsgang: slips of a Vorgang or a Dokument, their steps, and marks on versions (xdomea Geschaeftsgang,
-- Beteiligungsschritt). What hangs on a Vorgang or Dokument names it, so that a lawful deletion takes it along.
CREATE TABLE laufweg (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  vorgang BIGINT NOT NULL,
  dokument BIGINT,
  ersteller BIGINT NOT NULL,
  angelegt BIGINT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
);
CREATE INDEX laufweg_vorgang ON laufweg (mandant, vorgang, id);
CREATE INDEX laufweg_dokument ON laufweg (mandant, dokument) WHERE dokument IS NOT NULL;

CREATE TABLE schritt (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  laufweg BIGINT NOT NULL,
  vorgang BIGINT NOT NULL,
  dokument BIGINT,
  nr BIGINT NOT NULL,
  stufe BIGINT NOT NULL,
  quorum TEXT NOT NULL,
  art TEXT NOT NULL,
  adressat_art TEXT NOT NULL,
  adressat BIGINT NOT NULL,
  rolle TEXT,
  termin TEXT,
  text TEXT,
  ersteller BIGINT NOT NULL,
  status TEXT NOT NULL,
  aktuell_seit BIGINT,
  bearbeiter BIGINT,
  vertretene BIGINT,
  erledigt_am BIGINT,
  ergebnis TEXT,
  vermerk TEXT,
  -- Whose it is, as one key: what a Postkorb asks for.
  an TEXT GENERATED ALWAYS AS (adressat_art || ':' || COALESCE(rolle, CAST(adressat AS TEXT))) STORED,
  faellig TEXT GENERATED ALWAYS AS (COALESCE(termin, '9999-12-31')) STORED,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, laufweg) REFERENCES laufweg (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
);
CREATE INDEX schritt_laufweg ON schritt (mandant, laufweg, nr);
CREATE INDEX schritt_vorgang ON schritt (mandant, vorgang);
CREATE INDEX schritt_dokument ON schritt (mandant, dokument) WHERE dokument IS NOT NULL;
CREATE INDEX schritt_an ON schritt (mandant, an, faellig, id) WHERE status = 'aktuell' AND bearbeiter IS NULL;
CREATE INDEX schritt_bearbeiter ON schritt (mandant, bearbeiter, faellig, id) WHERE status = 'aktuell' AND bearbeiter IS NOT NULL;
-- Mitzeichnungen that a new version may ask for again.
CREATE INDEX schritt_gezeichnet ON schritt (mandant, bearbeiter) WHERE status = 'erledigt' AND art = 'mitzeichnung';

CREATE TABLE zeichnung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  dokument BIGINT NOT NULL,
  schritt BIGINT NOT NULL,
  art TEXT NOT NULL,
  version_nr BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  person BIGINT NOT NULL,
  vertretene BIGINT,
  zeit BIGINT NOT NULL,
  uebergangen TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, schritt) REFERENCES schritt (mandant, id)
);
CREATE INDEX zeichnung_dokument ON zeichnung (mandant, dokument, version_nr);
CREATE INDEX zeichnung_schritt ON zeichnung (mandant, schritt);

ALTER TABLE laufweg ENABLE ROW LEVEL SECURITY;
ALTER TABLE laufweg FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON laufweg USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);

ALTER TABLE schritt ENABLE ROW LEVEL SECURITY;
ALTER TABLE schritt FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON schritt USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);

ALTER TABLE zeichnung ENABLE ROW LEVEL SECURITY;
ALTER TABLE zeichnung FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON zeichnung USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);
