-- Letters and dispatch: templates with their versions, text blocks, letter head; fair copies, what was sent, redacted
-- copies, and what was handed over for an Akteneinsicht. Files lie in the blob store under their SHA-256.
CREATE TABLE dokumentvorlage (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  bezeichnung TEXT NOT NULL,
  art TEXT NOT NULL,
  aktiv BIGINT NOT NULL,
  fassung BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);

CREATE TABLE vorlagenfassung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  dokumentvorlage BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  groesse BIGINT NOT NULL,
  dateiname TEXT NOT NULL,
  format TEXT NOT NULL,
  felder TEXT NOT NULL,
  angelegt BIGINT NOT NULL,
  ersteller BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, dokumentvorlage, nr),
  FOREIGN KEY (mandant, dokumentvorlage) REFERENCES dokumentvorlage (mandant, id)
);

CREATE TABLE textbaustein (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  bezeichnung TEXT NOT NULL,
  text TEXT NOT NULL,
  aktiv BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);

CREATE TABLE briefkopf (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
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
);

CREATE TABLE reinschrift (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  dokument BIGINT NOT NULL,
  version BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  groesse BIGINT NOT NULL,
  seiten BIGINT NOT NULL,
  form TEXT NOT NULL,
  person BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, dokument),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
);
CREATE INDEX reinschrift_version ON reinschrift (mandant, version);

CREATE TABLE versand (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  dokument BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  art TEXT NOT NULL,
  empfaenger TEXT NOT NULL,
  anschrift TEXT,
  email TEXT,
  -- A person's contact data go elsewhere; who got it stays as it was written.
  kontakt BIGINT,
  ausgangsdatum TEXT NOT NULL,
  person BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  nachricht_id TEXT,
  sha256 TEXT,
  groesse BIGINT,
  mime TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, dokument, nr),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, kontakt) REFERENCES kontakt (mandant, id)
);
CREATE INDEX versand_nachricht ON versand (mandant, nachricht_id) WHERE nachricht_id IS NOT NULL;
CREATE INDEX versand_kontakt ON versand (mandant, kontakt) WHERE kontakt IS NOT NULL;

CREATE TABLE schwaerzung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  dokument BIGINT NOT NULL,
  version BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  bezeichnung TEXT NOT NULL,
  grund TEXT NOT NULL,
  stellen TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  groesse BIGINT NOT NULL,
  seiten BIGINT NOT NULL,
  person BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, dokument, nr),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
);
CREATE INDEX schwaerzung_version ON schwaerzung (mandant, version);

CREATE TABLE akteneinsicht (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  akte BIGINT NOT NULL,
  vorgang BIGINT,
  nr BIGINT NOT NULL,
  antragsteller TEXT NOT NULL,
  grundlage TEXT NOT NULL,
  metadaten BIGINT NOT NULL,
  person BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  sha256 TEXT,
  groesse BIGINT,
  seiten BIGINT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, akte, nr),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id)
);
CREATE INDEX akteneinsicht_vorgang ON akteneinsicht (mandant, vorgang) WHERE vorgang IS NOT NULL;

CREATE TABLE akteneinsicht_teil (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  akteneinsicht BIGINT NOT NULL,
  dokument BIGINT NOT NULL,
  version BIGINT NOT NULL,
  schwaerzung BIGINT,
  platz BIGINT NOT NULL,
  weggelassen TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, akteneinsicht, platz),
  FOREIGN KEY (mandant, akteneinsicht) REFERENCES akteneinsicht (mandant, id),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
);
CREATE INDEX akteneinsicht_teil_dokument ON akteneinsicht_teil (mandant, dokument);
CREATE INDEX akteneinsicht_teil_version ON akteneinsicht_teil (mandant, version);

-- What the Personalrat has agreed to: whether reports name people. One row, made when it is first set.
CREATE TABLE auswertungsregel (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  personen BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);
-- What a report asks for.
CREATE INDEX vorgang_zda ON vorgang (mandant, zda_datum) WHERE zda_datum IS NOT NULL;
CREATE INDEX dokument_ungelegt ON dokument (mandant, angelegt) WHERE vorgang IS NULL;

DO $$
DECLARE
  tabelle text;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['dokumentvorlage', 'vorlagenfassung', 'textbaustein', 'briefkopf', 'reinschrift', 'versand', 'schwaerzung', 'akteneinsicht', 'akteneinsicht_teil', 'auswertungsregel']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
