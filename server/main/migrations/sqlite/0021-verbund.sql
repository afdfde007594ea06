-- Installations that join (docs/decisions/0031). Whom the operator joins with is a row of the tenant that keeps it, in its
-- journal; what the line needs belongs to the installation and can be made anew by asking from the beginning.
CREATE TABLE netz_partner (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  name TEXT NOT NULL,
  land TEXT NOT NULL,
  adresse TEXT NOT NULL,
  schluessel TEXT NOT NULL,
  status TEXT NOT NULL,
  seit TEXT NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, name),
  UNIQUE (mandant, schluessel)
) STRICT;

-- How far the line to one of them is. `aktiv` says whether its key counts here.
CREATE TABLE netz_verbindung (
  partner TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  schluessel TEXT NOT NULL UNIQUE,
  aktiv INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  kette TEXT NOT NULL,
  gefragt INTEGER NOT NULL,
  kontakt INTEGER,
  versuch INTEGER,
  naechster INTEGER NOT NULL,
  fehler INTEGER NOT NULL,
  hinweis TEXT NOT NULL
) STRICT;

-- What was published for one of them, in order. What is no longer current keeps its hash and loses its content.
CREATE TABLE netz_abgabe (
  partner TEXT NOT NULL,
  nr INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  version INTEGER NOT NULL,
  art TEXT NOT NULL,
  weg INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  hash TEXT NOT NULL,
  vorher TEXT NOT NULL,
  signatur TEXT NOT NULL,
  aktuell INTEGER NOT NULL,
  was TEXT,
  PRIMARY KEY (partner, nr)
) STRICT;
CREATE INDEX netz_abgabe_uuid ON netz_abgabe (partner, uuid) WHERE aktuell = 1;

-- What came, by the name that it has there; what was withdrawn stays as a mark, so that nothing old comes again.
CREATE TABLE netz_empfang (
  partner TEXT NOT NULL,
  fremd TEXT NOT NULL,
  uuid TEXT NOT NULL,
  art TEXT NOT NULL,
  version INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  hash TEXT NOT NULL,
  signatur TEXT NOT NULL,
  zeit INTEGER NOT NULL,
  empfangen INTEGER NOT NULL,
  weg INTEGER NOT NULL,
  PRIMARY KEY (partner, fremd)
) STRICT;
CREATE INDEX netz_empfang_fremd ON netz_empfang (fremd);

-- What was refused: the reason, never the content.
CREATE TABLE netz_ablehnung (
  partner TEXT NOT NULL,
  grund TEXT NOT NULL,
  text TEXT NOT NULL,
  zuerst INTEGER NOT NULL,
  zuletzt INTEGER NOT NULL,
  anzahl INTEGER NOT NULL,
  PRIMARY KEY (partner, grund, text)
) STRICT;

ALTER TABLE netz_aushang ADD COLUMN ort TEXT NOT NULL DEFAULT '';
CREATE INDEX netz_aushang_herkunft ON netz_aushang (herkunft) WHERE herkunft <> '';

-- Offers and requests to do something together. `gegenueber` is what the other side hangs out about it.
CREATE TABLE netz_kooperation (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  richtung TEXT NOT NULL,
  thema TEXT NOT NULL,
  beschreibung TEXT,
  laender TEXT NOT NULL,
  rechtsform TEXT NOT NULL,
  groesse_von TEXT,
  groesse_bis TEXT,
  status TEXT NOT NULL,
  gegenueber TEXT,
  kontakt INTEGER,
  sichtbarkeit TEXT NOT NULL,
  angelegt TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, kontakt) REFERENCES netz_mitglied (mandant, id)
) STRICT;

-- A shared room: the Vorgang that a tenant has for it. The other has its own, and neither reads the other's.
CREATE TABLE netz_raum (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  raum TEXT NOT NULL,
  kooperation INTEGER NOT NULL,
  vorgang INTEGER NOT NULL,
  gegen INTEGER NOT NULL,
  person INTEGER NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, raum),
  FOREIGN KEY (mandant, kooperation) REFERENCES netz_kooperation (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id)
) STRICT;

-- What was given into a shared room or came from it, as this tenant keeps it.
CREATE TABLE netz_raumstueck (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  raum INTEGER NOT NULL,
  gegeben INTEGER NOT NULL,
  dokument INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  uebergabe TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, uebergabe),
  FOREIGN KEY (mandant, raum) REFERENCES netz_raum (mandant, id)
) STRICT;

-- What one tenant hands to another in a shared room, and the history that both see.
CREATE TABLE netz_uebergabe (
  uuid TEXT NOT NULL PRIMARY KEY,
  raum TEXT NOT NULL,
  art TEXT NOT NULL,
  von INTEGER NOT NULL,
  an INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  zeichen TEXT NOT NULL,
  betreff TEXT NOT NULL,
  dateiname TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  abgeholt INTEGER,
  hinweis TEXT NOT NULL
) STRICT;
CREATE INDEX netz_uebergabe_raum ON netz_uebergabe (raum, zeit);
CREATE INDEX netz_uebergabe_offen ON netz_uebergabe (an) WHERE abgeholt IS NULL;
