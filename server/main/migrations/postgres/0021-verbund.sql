-- Installations that join (docs/decisions/0031). Whom the operator joins with is a row of the tenant that keeps it, in its
-- journal; what the line needs belongs to the installation and can be made anew by asking from the beginning.
CREATE TABLE netz_partner (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  name TEXT NOT NULL,
  land TEXT NOT NULL,
  adresse TEXT NOT NULL,
  schluessel TEXT NOT NULL,
  status TEXT NOT NULL,
  seit TEXT NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, name),
  UNIQUE (mandant, schluessel)
);

-- How far the line to one of them is. `aktiv` says whether its key counts here.
CREATE TABLE netz_verbindung (
  partner TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  schluessel TEXT NOT NULL UNIQUE,
  aktiv BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  kette TEXT NOT NULL,
  gefragt BIGINT NOT NULL,
  kontakt BIGINT,
  versuch BIGINT,
  naechster BIGINT NOT NULL,
  fehler BIGINT NOT NULL,
  hinweis TEXT NOT NULL
);

-- What was published for one of them, in order. What is no longer current keeps its hash and loses its content.
CREATE TABLE netz_abgabe (
  partner TEXT NOT NULL,
  nr BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  version BIGINT NOT NULL,
  art TEXT NOT NULL,
  weg BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  hash TEXT NOT NULL,
  vorher TEXT NOT NULL,
  signatur TEXT NOT NULL,
  aktuell BIGINT NOT NULL,
  was TEXT,
  PRIMARY KEY (partner, nr)
);
CREATE INDEX netz_abgabe_uuid ON netz_abgabe (partner, uuid) WHERE aktuell = 1;

-- What came, by the name that it has there; what was withdrawn stays as a mark, so that nothing old comes again.
CREATE TABLE netz_empfang (
  partner TEXT NOT NULL,
  fremd TEXT NOT NULL,
  uuid TEXT NOT NULL,
  art TEXT NOT NULL,
  version BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  hash TEXT NOT NULL,
  signatur TEXT NOT NULL,
  zeit BIGINT NOT NULL,
  empfangen BIGINT NOT NULL,
  weg BIGINT NOT NULL,
  PRIMARY KEY (partner, fremd)
);
CREATE INDEX netz_empfang_fremd ON netz_empfang (fremd);

-- What was refused: the reason, never the content.
CREATE TABLE netz_ablehnung (
  partner TEXT NOT NULL,
  grund TEXT NOT NULL,
  text TEXT NOT NULL,
  zuerst BIGINT NOT NULL,
  zuletzt BIGINT NOT NULL,
  anzahl BIGINT NOT NULL,
  PRIMARY KEY (partner, grund, text)
);

ALTER TABLE netz_aushang ADD COLUMN ort TEXT NOT NULL DEFAULT '';
CREATE INDEX netz_aushang_herkunft ON netz_aushang (herkunft) WHERE herkunft <> '';

-- Offers and requests to do something together. `gegenueber` is what the other side hangs out about it.
CREATE TABLE netz_kooperation (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  richtung TEXT NOT NULL,
  thema TEXT NOT NULL,
  beschreibung TEXT,
  laender TEXT NOT NULL,
  rechtsform TEXT NOT NULL,
  groesse_von TEXT,
  groesse_bis TEXT,
  status TEXT NOT NULL,
  gegenueber TEXT,
  kontakt BIGINT,
  sichtbarkeit TEXT NOT NULL,
  angelegt TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, kontakt) REFERENCES netz_mitglied (mandant, id)
);

-- A shared room: the Vorgang that a tenant has for it. The other has its own, and neither reads the other's.
CREATE TABLE netz_raum (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  raum TEXT NOT NULL,
  kooperation BIGINT NOT NULL,
  vorgang BIGINT NOT NULL,
  gegen BIGINT NOT NULL,
  person BIGINT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, raum),
  FOREIGN KEY (mandant, kooperation) REFERENCES netz_kooperation (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id)
);

-- What was given into a shared room or came from it, as this tenant keeps it.
CREATE TABLE netz_raumstueck (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  raum BIGINT NOT NULL,
  gegeben BIGINT NOT NULL,
  dokument BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  uebergabe TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, uebergabe),
  FOREIGN KEY (mandant, raum) REFERENCES netz_raum (mandant, id)
);

-- What one tenant hands to another in a shared room, and the history that both see.
CREATE TABLE netz_uebergabe (
  uuid TEXT NOT NULL PRIMARY KEY,
  raum TEXT NOT NULL,
  art TEXT NOT NULL,
  von BIGINT NOT NULL,
  an BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  zeichen TEXT NOT NULL,
  betreff TEXT NOT NULL,
  dateiname TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  abgeholt BIGINT,
  hinweis TEXT NOT NULL
);
CREATE INDEX netz_uebergabe_raum ON netz_uebergabe (raum, zeit);
CREATE INDEX netz_uebergabe_offen ON netz_uebergabe (an) WHERE abgeholt IS NULL;

DO $$
DECLARE tabelle TEXT;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['netz_partner', 'netz_kooperation', 'netz_raum', 'netz_raumstueck']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
