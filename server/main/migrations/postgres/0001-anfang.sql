-- Every table of a tenant leads with its tenant key. Journalled tables have (mandant, id) as their key; ids come from one
-- counter for each tenant. Moments are microseconds since 1970 UTC, days are text. The xdomea element that a column
-- carries is named where the word differs.

CREATE TABLE zaehler (
  mandant BIGINT NOT NULL PRIMARY KEY,
  wert BIGINT NOT NULL
);

CREATE TABLE journal (
  mandant BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  kette BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  person BIGINT NOT NULL,
  fuer BIGINT NOT NULL,
  aktion TEXT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt BIGINT NOT NULL,
  oberobjekt BIGINT NOT NULL,
  aenderungen TEXT NOT NULL,
  vorher TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (mandant, nr)
);
CREATE INDEX journal_objekt ON journal (mandant, objekt, nr);
CREATE INDEX journal_oberobjekt ON journal (mandant, oberobjekt, nr);
CREATE INDEX journal_kette ON journal (mandant, kette, nr);

CREATE TABLE journal_kopf (
  mandant BIGINT NOT NULL,
  kette BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (mandant, kette)
);

-- Tenants, organisation, people ---------------------------------------------------------------------------------------

-- The one list of tenants: how a name typed at the login becomes a tenant. It has no tenant itself and stays small.
CREATE TABLE mandant_verzeichnis (
  mandant BIGINT NOT NULL PRIMARY KEY,
  schluessel TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);

CREATE TABLE mandant (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  schluessel TEXT NOT NULL,
  name TEXT NOT NULL,
  gebietsschluessel TEXT,
  land TEXT NOT NULL,
  zeichen_akte TEXT NOT NULL,
  zeichen_vorgang TEXT NOT NULL,
  zeichen_dokument TEXT NOT NULL,
  frist_ab_jahresende BIGINT NOT NULL,
  PRIMARY KEY (mandant, id)
);

CREATE TABLE zugriff (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  bezeichnung TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);

CREATE TABLE organisationseinheit (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  kurzzeichen TEXT NOT NULL,
  bezeichnung TEXT NOT NULL,
  ueber BIGINT,
  zugriff BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, ueber) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
);

CREATE TABLE stelle (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  bezeichnung TEXT NOT NULL,
  organisationseinheit BIGINT NOT NULL,
  leitung BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id)
);

CREATE TABLE stelle_rolle (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  stelle BIGINT NOT NULL,
  rolle TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, stelle, rolle),
  FOREIGN KEY (mandant, stelle) REFERENCES stelle (mandant, id)
);

CREATE TABLE person (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  vorname TEXT NOT NULL,
  nachname TEXT NOT NULL,
  anmeldename TEXT NOT NULL,
  email TEXT,
  aktiv BIGINT NOT NULL,
  kennwort_stand BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, anmeldename)
);

CREATE TABLE besetzung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  stelle BIGINT NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, stelle, person),
  FOREIGN KEY (mandant, stelle) REFERENCES stelle (mandant, id),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
);
CREATE INDEX besetzung_person ON besetzung (mandant, person);

-- Who an access definition names: everybody, a unit (not those below it), a Stelle, a person, or a role.
CREATE TABLE zugriffseintrag (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  zugriff BIGINT NOT NULL,
  traeger_art TEXT NOT NULL,
  traeger BIGINT NOT NULL,
  rolle TEXT,
  stufe TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
);
CREATE INDEX zugriffseintrag_zugriff ON zugriffseintrag (mandant, zugriff);

CREATE TABLE api_token (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  person BIGINT NOT NULL,
  bezeichnung TEXT NOT NULL,
  umfang TEXT NOT NULL,
  ende BIGINT NOT NULL,
  erstellt BIGINT NOT NULL,
  geheimnis_hash TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
);
CREATE INDEX api_token_geheimnis ON api_token (mandant, geheimnis_hash);

-- Derived from organisation and access definitions, in the transaction that changes them: who may reach what.
CREATE TABLE person_zugriff (
  mandant BIGINT NOT NULL,
  person BIGINT NOT NULL,
  zugriff BIGINT NOT NULL,
  stufe TEXT NOT NULL,
  PRIMARY KEY (mandant, person, zugriff)
);

-- Technical: secrets and sessions stay outside the journal.
CREATE TABLE kennwort (
  mandant BIGINT NOT NULL,
  person BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (mandant, person)
);

CREATE TABLE sitzung (
  mandant BIGINT NOT NULL,
  geheimnis_hash TEXT NOT NULL,
  person BIGINT NOT NULL,
  csrf TEXT NOT NULL,
  begonnen BIGINT NOT NULL,
  ende BIGINT NOT NULL,
  PRIMARY KEY (mandant, geheimnis_hash)
);
CREATE INDEX sitzung_person ON sitzung (mandant, person);

CREATE TABLE anmeldeversuch (
  mandant BIGINT NOT NULL,
  quelle TEXT NOT NULL,
  anzahl BIGINT NOT NULL,
  gesperrt_bis BIGINT NOT NULL,
  PRIMARY KEY (mandant, quelle)
);

CREATE TABLE idempotenz (
  mandant BIGINT NOT NULL,
  person BIGINT NOT NULL,
  schluessel TEXT NOT NULL,
  anfrage_hash TEXT NOT NULL,
  antwort TEXT NOT NULL,
  zeit BIGINT NOT NULL,
  PRIMARY KEY (mandant, person, schluessel)
);
CREATE INDEX idempotenz_zeit ON idempotenz (mandant, zeit);

-- Schriftgut ----------------------------------------------------------------------------------------------------------

CREATE TABLE aktenplaneinheit (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  ueber BIGINT,
  kennzeichen TEXT NOT NULL,
  titel TEXT NOT NULL,             -- Inhaltsangabe
  beschreibung TEXT,
  aufbewahrungsdauer BIGINT,      -- years; empty = unbefristet
  aussonderungsart TEXT NOT NULL,
  gesperrt BIGINT NOT NULL,
  stillgelegt BIGINT NOT NULL,
  gueltig_von TEXT,
  gueltig_bis TEXT,
  zeichen_akte TEXT,
  zeichen_vorgang TEXT,
  zeichen_dokument TEXT,
  organisationseinheit BIGINT,
  zugriff BIGINT NOT NULL,
  eigener_zugriff BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, kennzeichen),
  FOREIGN KEY (mandant, ueber) REFERENCES aktenplaneinheit (mandant, id),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
);
CREATE INDEX aktenplaneinheit_ueber ON aktenplaneinheit (mandant, ueber);

-- Running numbers of signs, by scope. They only grow, so a number is never given twice.
CREATE TABLE zeichen_zaehler (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  bereich TEXT NOT NULL,
  wert BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, bereich)
);

-- Every sign that was ever given, so that it is never given again and stays findable.
CREATE TABLE zeichen (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  zeichen TEXT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, zeichen)
);
CREATE INDEX zeichen_objekt ON zeichen (mandant, objekt);

CREATE TABLE akte (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  aktenplaneinheit BIGINT NOT NULL,
  organisationseinheit BIGINT NOT NULL,  -- Aktenfuehrung
  zeichen TEXT NOT NULL,                  -- Kennzeichen
  nummer BIGINT NOT NULL,
  betreff TEXT NOT NULL,
  bemerkung TEXT,
  typ TEXT,
  standort TEXT,
  medium TEXT NOT NULL,
  geheimhaltung TEXT NOT NULL,            -- Vertraulichkeitsstufe
  datenschutzstufe TEXT,
  status TEXT NOT NULL,
  angelegt BIGINT NOT NULL,
  laufzeit_beginn TEXT,
  laufzeit_ende TEXT,
  zda_datum TEXT,
  aufbewahrungsdauer BIGINT,
  aussonderungsart TEXT NOT NULL,
  transferfrist_ende TEXT,
  aufbewahrung_bis TEXT,
  zugriff BIGINT NOT NULL,
  eigener_zugriff BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, zeichen),
  FOREIGN KEY (mandant, aktenplaneinheit) REFERENCES aktenplaneinheit (mandant, id),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
);
CREATE INDEX akte_plan ON akte (mandant, aktenplaneinheit, id);

CREATE TABLE vorgang (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  akte BIGINT NOT NULL,
  organisationseinheit BIGINT NOT NULL,  -- Federfuehrung
  bearbeitung BIGINT,
  zeichen TEXT NOT NULL,
  nummer BIGINT NOT NULL,
  betreff TEXT NOT NULL,
  bemerkung TEXT,
  typ TEXT,
  fremdes_geschaeftszeichen TEXT,
  medium TEXT NOT NULL,
  geheimhaltung TEXT NOT NULL,
  datenschutzstufe TEXT,
  status TEXT NOT NULL,
  angelegt BIGINT NOT NULL,
  laufzeit_beginn TEXT,
  laufzeit_ende TEXT,
  zda_datum TEXT,
  aufbewahrungsdauer BIGINT,
  aussonderungsart TEXT NOT NULL,
  transferfrist_ende TEXT,
  aufbewahrung_bis TEXT,
  zugriff BIGINT NOT NULL,
  eigener_zugriff BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, zeichen),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, bearbeitung) REFERENCES person (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
);
CREATE INDEX vorgang_akte ON vorgang (mandant, akte, id);
CREATE INDEX vorgang_bearbeitung ON vorgang (mandant, bearbeitung, status, id);

-- A Dokument without a Vorgang lies in the Posteingang of its Organisationseinheit; one with `ueber` is an Anlage.
CREATE TABLE dokument (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  vorgang BIGINT,
  ueber BIGINT,
  organisationseinheit BIGINT NOT NULL,
  zeichen TEXT,
  nummer BIGINT NOT NULL,
  art TEXT NOT NULL,
  typ TEXT,
  betreff TEXT NOT NULL,
  hier TEXT,
  bezug TEXT,
  bemerkung TEXT,
  absender TEXT,
  empfaenger TEXT,
  fremdes_geschaeftszeichen TEXT,
  datum TEXT,                             -- DatumDesSchreibens
  eingangsdatum TEXT,                     -- Posteingangsdatum
  ausgangsdatum TEXT,                     -- Postausgangsdatum
  kanal TEXT NOT NULL,
  medium TEXT NOT NULL,
  geheimhaltung TEXT NOT NULL,
  datenschutzstufe TEXT,
  status TEXT NOT NULL,
  angelegt BIGINT NOT NULL,
  ersteller BIGINT NOT NULL,
  version BIGINT NOT NULL,
  zugriff BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, ueber) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
);
CREATE INDEX dokument_vorgang ON dokument (mandant, vorgang, id);
CREATE INDEX dokument_ueber ON dokument (mandant, ueber, id);

CREATE TABLE version (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  dokument BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  groesse BIGINT NOT NULL,
  dateiname TEXT NOT NULL,                -- DateinameOriginal
  format TEXT NOT NULL,
  mime TEXT NOT NULL,
  angelegt BIGINT NOT NULL,
  ersteller BIGINT NOT NULL,
  basis BIGINT,
  konflikt BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, dokument, nr),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
);
CREATE INDEX version_sha256 ON version (mandant, sha256);

-- Derived from the bytes of a version by the extractor.
CREATE TABLE volltext (
  mandant BIGINT NOT NULL,
  version BIGINT NOT NULL,
  status TEXT NOT NULL,
  hinweis TEXT,
  seiten BIGINT,
  text TEXT NOT NULL,                     -- pages are parted by form feeds
  pruefsumme TEXT NOT NULL,
  PRIMARY KEY (mandant, version),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
);

-- Search, derived: one row for each Akte, Vorgang and Dokument.
CREATE TABLE suche (
  mandant BIGINT NOT NULL,
  objekt BIGINT NOT NULL,
  art TEXT NOT NULL,
  zugriff BIGINT NOT NULL,
  version BIGINT NOT NULL,
  kopf TEXT NOT NULL,
  pruefsumme TEXT NOT NULL,
  woerter tsvector NOT NULL,
  PRIMARY KEY (mandant, objekt)
);
-- Lexemes carry a letter for their stream (w = word as written, s = stem). The document's vector has no positions, which
-- PostgreSQL limits; phrases are looked up again in segments that hold them.
CREATE INDEX suche_woerter ON suche USING gin (woerter);
CREATE TABLE suche_abschnitt (
  mandant BIGINT NOT NULL,
  objekt BIGINT NOT NULL,
  abschnitt BIGINT NOT NULL,
  woerter tsvector NOT NULL,
  PRIMARY KEY (mandant, objekt, abschnitt),
  FOREIGN KEY (mandant, objekt) REFERENCES suche (mandant, objekt) ON DELETE CASCADE
);

-- The server shows its tenant with each transaction; without it no row of any tenant can be seen or written.
DO $$
DECLARE
  tabelle text;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['zaehler', 'journal', 'journal_kopf', 'mandant', 'zugriff', 'organisationseinheit', 'stelle',
    'stelle_rolle', 'person', 'besetzung', 'zugriffseintrag', 'api_token', 'person_zugriff', 'kennwort', 'sitzung',
    'anmeldeversuch', 'idempotenz', 'aktenplaneinheit', 'zeichen_zaehler', 'zeichen', 'akte', 'vorgang', 'dokument',
    'version', 'volltext', 'suche', 'suche_abschnitt']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
