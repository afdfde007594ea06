-- Letters and dispatch: templates with their versions, text blocks, letter head; fair copies, what was sent, redacted
-- copies, and what was handed over for an Akteneinsicht. Files lie in the blob store under their SHA-256.
CREATE TABLE dokumentvorlage (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  bezeichnung TEXT NOT NULL,
  art TEXT NOT NULL,
  aktiv INTEGER NOT NULL,
  fassung INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;

CREATE TABLE vorlagenfassung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  dokumentvorlage INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  groesse INTEGER NOT NULL,
  dateiname TEXT NOT NULL,
  format TEXT NOT NULL,
  felder TEXT NOT NULL,
  angelegt INTEGER NOT NULL,
  ersteller INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, dokumentvorlage, nr),
  FOREIGN KEY (mandant, dokumentvorlage) REFERENCES dokumentvorlage (mandant, id)
) STRICT;

CREATE TABLE textbaustein (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  bezeichnung TEXT NOT NULL,
  text TEXT NOT NULL,
  aktiv INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;

CREATE TABLE briefkopf (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  name TEXT,
  zusatz TEXT,
  strasse TEXT,
  plz TEXT,
  ort TEXT,
  telefon TEXT,
  email TEXT,
  internet TEXT,
  bank TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;

CREATE TABLE reinschrift (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  dokument INTEGER NOT NULL,
  version INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  groesse INTEGER NOT NULL,
  seiten INTEGER NOT NULL,
  form TEXT NOT NULL,
  person INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, dokument),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;
CREATE INDEX reinschrift_version ON reinschrift (mandant, version);

CREATE TABLE versand (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  dokument INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  art TEXT NOT NULL,
  empfaenger TEXT NOT NULL,
  anschrift TEXT,
  email TEXT,
  -- A person's contact data go elsewhere; who got it stays as it was written.
  kontakt INTEGER,
  ausgangsdatum TEXT NOT NULL,
  person INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  nachricht_id TEXT,
  sha256 TEXT,
  groesse INTEGER,
  mime TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, dokument, nr),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, kontakt) REFERENCES kontakt (mandant, id)
) STRICT;
CREATE INDEX versand_nachricht ON versand (mandant, nachricht_id) WHERE nachricht_id IS NOT NULL;
CREATE INDEX versand_kontakt ON versand (mandant, kontakt) WHERE kontakt IS NOT NULL;

CREATE TABLE schwaerzung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  dokument INTEGER NOT NULL,
  version INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  bezeichnung TEXT NOT NULL,
  grund TEXT NOT NULL,
  stellen TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  groesse INTEGER NOT NULL,
  seiten INTEGER NOT NULL,
  person INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, dokument, nr),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;
CREATE INDEX schwaerzung_version ON schwaerzung (mandant, version);

CREATE TABLE akteneinsicht (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  akte INTEGER NOT NULL,
  vorgang INTEGER,
  nr INTEGER NOT NULL,
  antragsteller TEXT NOT NULL,
  grundlage TEXT NOT NULL,
  metadaten INTEGER NOT NULL,
  person INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  sha256 TEXT,
  groesse INTEGER,
  seiten INTEGER,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, akte, nr),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id)
) STRICT;
CREATE INDEX akteneinsicht_vorgang ON akteneinsicht (mandant, vorgang) WHERE vorgang IS NOT NULL;

CREATE TABLE akteneinsicht_teil (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  akteneinsicht INTEGER NOT NULL,
  dokument INTEGER NOT NULL,
  version INTEGER NOT NULL,
  schwaerzung INTEGER,
  platz INTEGER NOT NULL,
  weggelassen TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, akteneinsicht, platz),
  FOREIGN KEY (mandant, akteneinsicht) REFERENCES akteneinsicht (mandant, id),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;
CREATE INDEX akteneinsicht_teil_dokument ON akteneinsicht_teil (mandant, dokument);
CREATE INDEX akteneinsicht_teil_version ON akteneinsicht_teil (mandant, version);

-- What the Personalrat has agreed to: whether reports name people. One row, made when it is first set.
CREATE TABLE auswertungsregel (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  personen INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;
-- What a report asks for.
CREATE INDEX vorgang_zda ON vorgang (mandant, zda_datum) WHERE zda_datum IS NOT NULL;
CREATE INDEX dokument_ungelegt ON dokument (mandant, angelegt) WHERE vorgang IS NULL;
