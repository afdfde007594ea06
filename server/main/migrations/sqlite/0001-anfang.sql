-- Every table of a tenant leads with its tenant key. Journalled tables have (mandant, id) as their key; ids come from one
-- counter for each tenant. Moments are microseconds since 1970 UTC, days are text. The xdomea element that a column
-- carries is named where the word differs.

CREATE TABLE zaehler (
  mandant INTEGER NOT NULL PRIMARY KEY,
  wert INTEGER NOT NULL
) STRICT;

CREATE TABLE journal (
  mandant INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  kette INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  person INTEGER NOT NULL,
  fuer INTEGER NOT NULL,
  aktion TEXT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  oberobjekt INTEGER NOT NULL,
  aenderungen TEXT NOT NULL,
  vorher TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (mandant, nr)
) STRICT;
CREATE INDEX journal_objekt ON journal (mandant, objekt, nr);
CREATE INDEX journal_oberobjekt ON journal (mandant, oberobjekt, nr);
CREATE INDEX journal_kette ON journal (mandant, kette, nr);

CREATE TABLE journal_kopf (
  mandant INTEGER NOT NULL,
  kette INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (mandant, kette)
) STRICT;

-- Tenants, organisation, people ---------------------------------------------------------------------------------------

-- The one list of tenants: how a name typed at the login becomes a tenant. It has no tenant itself and stays small.
CREATE TABLE mandant_verzeichnis (
  mandant INTEGER NOT NULL PRIMARY KEY,
  schluessel TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE mandant (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  schluessel TEXT NOT NULL,
  name TEXT NOT NULL,
  gebietsschluessel TEXT,
  land TEXT NOT NULL,
  zeichen_akte TEXT NOT NULL,
  zeichen_vorgang TEXT NOT NULL,
  zeichen_dokument TEXT NOT NULL,
  frist_ab_jahresende INTEGER NOT NULL,
  PRIMARY KEY (mandant, id)
) STRICT;

CREATE TABLE zugriff (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  bezeichnung TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;

CREATE TABLE organisationseinheit (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  kurzzeichen TEXT NOT NULL,
  bezeichnung TEXT NOT NULL,
  ueber INTEGER,
  zugriff INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, ueber) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
) STRICT;

CREATE TABLE stelle (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  bezeichnung TEXT NOT NULL,
  organisationseinheit INTEGER NOT NULL,
  leitung INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id)
) STRICT;

CREATE TABLE stelle_rolle (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  stelle INTEGER NOT NULL,
  rolle TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, stelle, rolle),
  FOREIGN KEY (mandant, stelle) REFERENCES stelle (mandant, id)
) STRICT;

CREATE TABLE person (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  vorname TEXT NOT NULL,
  nachname TEXT NOT NULL,
  anmeldename TEXT NOT NULL,
  email TEXT,
  aktiv INTEGER NOT NULL,
  kennwort_stand INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, anmeldename)
) STRICT;

CREATE TABLE besetzung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  stelle INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, stelle, person),
  FOREIGN KEY (mandant, stelle) REFERENCES stelle (mandant, id),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
) STRICT;
CREATE INDEX besetzung_person ON besetzung (mandant, person);

-- Who an access definition names: everybody, a unit (not those below it), a Stelle, a person, or a role.
CREATE TABLE zugriffseintrag (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  zugriff INTEGER NOT NULL,
  traeger_art TEXT NOT NULL,
  traeger INTEGER NOT NULL,
  rolle TEXT,
  stufe TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
) STRICT;
CREATE INDEX zugriffseintrag_zugriff ON zugriffseintrag (mandant, zugriff);

CREATE TABLE api_token (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  person INTEGER NOT NULL,
  bezeichnung TEXT NOT NULL,
  umfang TEXT NOT NULL,
  ende INTEGER NOT NULL,
  erstellt INTEGER NOT NULL,
  geheimnis_hash TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
) STRICT;
CREATE INDEX api_token_geheimnis ON api_token (mandant, geheimnis_hash);

-- Derived from organisation and access definitions, in the transaction that changes them: who may reach what.
CREATE TABLE person_zugriff (
  mandant INTEGER NOT NULL,
  person INTEGER NOT NULL,
  zugriff INTEGER NOT NULL,
  stufe TEXT NOT NULL,
  PRIMARY KEY (mandant, person, zugriff)
) STRICT, WITHOUT ROWID;

-- Technical: secrets and sessions stay outside the journal.
CREATE TABLE kennwort (
  mandant INTEGER NOT NULL,
  person INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (mandant, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE sitzung (
  mandant INTEGER NOT NULL,
  geheimnis_hash TEXT NOT NULL,
  person INTEGER NOT NULL,
  csrf TEXT NOT NULL,
  begonnen INTEGER NOT NULL,
  ende INTEGER NOT NULL,
  PRIMARY KEY (mandant, geheimnis_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX sitzung_person ON sitzung (mandant, person);

CREATE TABLE anmeldeversuch (
  mandant INTEGER NOT NULL,
  quelle TEXT NOT NULL,
  anzahl INTEGER NOT NULL,
  gesperrt_bis INTEGER NOT NULL,
  PRIMARY KEY (mandant, quelle)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotenz (
  mandant INTEGER NOT NULL,
  person INTEGER NOT NULL,
  schluessel TEXT NOT NULL,
  anfrage_hash TEXT NOT NULL,
  antwort TEXT NOT NULL,
  zeit INTEGER NOT NULL,
  PRIMARY KEY (mandant, person, schluessel)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotenz_zeit ON idempotenz (mandant, zeit);

-- Schriftgut ----------------------------------------------------------------------------------------------------------

CREATE TABLE aktenplaneinheit (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  ueber INTEGER,
  kennzeichen TEXT NOT NULL,
  titel TEXT NOT NULL,             -- Inhaltsangabe
  beschreibung TEXT,
  aufbewahrungsdauer INTEGER,      -- years; empty = unbefristet
  aussonderungsart TEXT NOT NULL,
  gesperrt INTEGER NOT NULL,
  stillgelegt INTEGER NOT NULL,
  gueltig_von TEXT,
  gueltig_bis TEXT,
  zeichen_akte TEXT,
  zeichen_vorgang TEXT,
  zeichen_dokument TEXT,
  organisationseinheit INTEGER,
  zugriff INTEGER NOT NULL,
  eigener_zugriff INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, kennzeichen),
  FOREIGN KEY (mandant, ueber) REFERENCES aktenplaneinheit (mandant, id),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
) STRICT;
CREATE INDEX aktenplaneinheit_ueber ON aktenplaneinheit (mandant, ueber);

-- Running numbers of signs, by scope. They only grow, so a number is never given twice.
CREATE TABLE zeichen_zaehler (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  bereich TEXT NOT NULL,
  wert INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, bereich)
) STRICT;

-- Every sign that was ever given, so that it is never given again and stays findable.
CREATE TABLE zeichen (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  zeichen TEXT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, zeichen)
) STRICT;
CREATE INDEX zeichen_objekt ON zeichen (mandant, objekt);

CREATE TABLE akte (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  aktenplaneinheit INTEGER NOT NULL,
  organisationseinheit INTEGER NOT NULL,  -- Aktenfuehrung
  zeichen TEXT NOT NULL,                  -- Kennzeichen
  nummer INTEGER NOT NULL,
  betreff TEXT NOT NULL,
  bemerkung TEXT,
  typ TEXT,
  standort TEXT,
  medium TEXT NOT NULL,
  geheimhaltung TEXT NOT NULL,            -- Vertraulichkeitsstufe
  datenschutzstufe TEXT,
  status TEXT NOT NULL,
  angelegt INTEGER NOT NULL,
  laufzeit_beginn TEXT,
  laufzeit_ende TEXT,
  zda_datum TEXT,
  aufbewahrungsdauer INTEGER,
  aussonderungsart TEXT NOT NULL,
  transferfrist_ende TEXT,
  aufbewahrung_bis TEXT,
  zugriff INTEGER NOT NULL,
  eigener_zugriff INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, zeichen),
  FOREIGN KEY (mandant, aktenplaneinheit) REFERENCES aktenplaneinheit (mandant, id),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
) STRICT;
CREATE INDEX akte_plan ON akte (mandant, aktenplaneinheit, id);

CREATE TABLE vorgang (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  akte INTEGER NOT NULL,
  organisationseinheit INTEGER NOT NULL,  -- Federfuehrung
  bearbeitung INTEGER,
  zeichen TEXT NOT NULL,
  nummer INTEGER NOT NULL,
  betreff TEXT NOT NULL,
  bemerkung TEXT,
  typ TEXT,
  fremdes_geschaeftszeichen TEXT,
  medium TEXT NOT NULL,
  geheimhaltung TEXT NOT NULL,
  datenschutzstufe TEXT,
  status TEXT NOT NULL,
  angelegt INTEGER NOT NULL,
  laufzeit_beginn TEXT,
  laufzeit_ende TEXT,
  zda_datum TEXT,
  aufbewahrungsdauer INTEGER,
  aussonderungsart TEXT NOT NULL,
  transferfrist_ende TEXT,
  aufbewahrung_bis TEXT,
  zugriff INTEGER NOT NULL,
  eigener_zugriff INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, zeichen),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, bearbeitung) REFERENCES person (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
) STRICT;
CREATE INDEX vorgang_akte ON vorgang (mandant, akte, id);
CREATE INDEX vorgang_bearbeitung ON vorgang (mandant, bearbeitung, status, id);

-- A Dokument without a Vorgang lies in the Posteingang of its Organisationseinheit; one with `ueber` is an Anlage.
CREATE TABLE dokument (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  vorgang INTEGER,
  ueber INTEGER,
  organisationseinheit INTEGER NOT NULL,
  zeichen TEXT,
  nummer INTEGER NOT NULL,
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
  angelegt INTEGER NOT NULL,
  ersteller INTEGER NOT NULL,
  version INTEGER NOT NULL,
  zugriff INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, ueber) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
) STRICT;
CREATE INDEX dokument_vorgang ON dokument (mandant, vorgang, id);
CREATE INDEX dokument_ueber ON dokument (mandant, ueber, id);

CREATE TABLE version (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  dokument INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  groesse INTEGER NOT NULL,
  dateiname TEXT NOT NULL,                -- DateinameOriginal
  format TEXT NOT NULL,
  mime TEXT NOT NULL,
  angelegt INTEGER NOT NULL,
  ersteller INTEGER NOT NULL,
  basis INTEGER,
  konflikt INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, dokument, nr),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
) STRICT;
CREATE INDEX version_sha256 ON version (mandant, sha256);

-- Derived from the bytes of a version by the extractor.
CREATE TABLE volltext (
  mandant INTEGER NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  hinweis TEXT,
  seiten INTEGER,
  text TEXT NOT NULL,                     -- pages are parted by form feeds
  pruefsumme TEXT NOT NULL,
  PRIMARY KEY (mandant, version),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;

-- Search, derived: one row for each Akte, Vorgang and Dokument. Its row number in the full-text tables, which hold terms and
-- nothing else, is mandant * 2^40 + objekt. What was indexed is `kopf` and the text of `version`: FTS5 needs to be told the
-- old terms when they go.
CREATE TABLE suche (
  mandant INTEGER NOT NULL,
  objekt INTEGER NOT NULL,
  art TEXT NOT NULL,
  zugriff INTEGER NOT NULL,
  version INTEGER NOT NULL,
  kopf TEXT NOT NULL,
  pruefsumme TEXT NOT NULL,
  PRIMARY KEY (mandant, objekt)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE suche_wort USING fts5 (wort, stamm, content = '', tokenize = 'ascii');
-- Akten and Vorgänge by the beginnings of their words, for suggestions.
CREATE VIRTUAL TABLE vorschlag_wort USING fts5 (wort, stamm, content = '', tokenize = 'ascii', prefix = '2 3');
