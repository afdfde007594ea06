-- Work in the background. Technical: not in the journal. A job waits, runs under a lease, and ends.
CREATE TABLE auftrag (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  art TEXT NOT NULL,
  fassung INTEGER NOT NULL,
  nutzlast TEXT NOT NULL,
  schluessel TEXT,
  status TEXT NOT NULL,
  vorrang INTEGER NOT NULL,
  versuch INTEGER NOT NULL,
  ab INTEGER NOT NULL,
  pacht TEXT,
  pacht_bis INTEGER,
  abbruch INTEGER NOT NULL,
  fortschritt INTEGER NOT NULL,
  gesamt INTEGER NOT NULL,
  hinweis TEXT NOT NULL,
  person INTEGER NOT NULL,
  objekt TEXT,
  angelegt INTEGER NOT NULL,
  begonnen INTEGER,
  beendet INTEGER,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;
CREATE INDEX auftrag_wartet ON auftrag (mandant, vorrang DESC, ab, id) WHERE status = 'wartet';
CREATE INDEX auftrag_ab ON auftrag (mandant, ab) WHERE status = 'wartet';
CREATE INDEX auftrag_laeuft ON auftrag (mandant, pacht_bis) WHERE status = 'laeuft';
CREATE UNIQUE INDEX auftrag_schluessel ON auftrag (mandant, art, schluessel) WHERE status = 'wartet';
CREATE INDEX auftrag_person ON auftrag (mandant, person, id);
CREATE INDEX auftrag_objekt ON auftrag (mandant, objekt, id);

-- Recurring jobs.
CREATE TABLE auftrag_plan (
  mandant INTEGER NOT NULL,
  schluessel TEXT NOT NULL,
  art TEXT NOT NULL,
  nutzlast TEXT NOT NULL,
  sekunden INTEGER NOT NULL,
  naechster INTEGER NOT NULL,
  PRIMARY KEY (mandant, schluessel)
) STRICT;

-- When each tenant has work next: one row for each, so that a worker asks one small table.
CREATE TABLE auftrag_wecker (
  mandant INTEGER NOT NULL PRIMARY KEY,
  ab INTEGER NOT NULL
) STRICT;

-- Uploads under way (tus). Technical; only the person who began one knows of it.
CREATE TABLE upload (
  mandant INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  person INTEGER NOT NULL,
  ziel TEXT NOT NULL,
  objekt TEXT,
  basis INTEGER,
  organisationseinheit TEXT,
  art TEXT,
  dateiname TEXT NOT NULL,
  laenge INTEGER NOT NULL,
  ende INTEGER NOT NULL,
  dokument TEXT,
  PRIMARY KEY (mandant, uuid)
) STRICT;
CREATE INDEX upload_ende ON upload (mandant, ende);

-- Mail: which address means which unit (journalled), found without a tenant by the directory; and the mailboxes that are
-- fetched (journalled).
CREATE TABLE mailadresse_verzeichnis (
  adresse TEXT NOT NULL PRIMARY KEY,
  mandant INTEGER NOT NULL,
  organisationseinheit INTEGER NOT NULL
) STRICT;

CREATE TABLE eingangsadresse (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  adresse TEXT NOT NULL,
  organisationseinheit INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, adresse),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id)
) STRICT;

CREATE TABLE postfach (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  bezeichnung TEXT NOT NULL,
  organisationseinheit INTEGER NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  verschluesselung TEXT NOT NULL,
  benutzer TEXT NOT NULL,
  passwort_datei TEXT NOT NULL,
  ordner TEXT NOT NULL,
  zielordner TEXT,
  minuten INTEGER NOT NULL,
  aktiv INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id)
) STRICT;

-- Mail that was taken: the same is not filed twice for a unit. Technical.
CREATE TABLE mail_bekannt (
  mandant INTEGER NOT NULL,
  schluessel TEXT NOT NULL,
  organisationseinheit INTEGER NOT NULL,
  dokument TEXT NOT NULL,
  zeit INTEGER NOT NULL,
  PRIMARY KEY (mandant, schluessel, organisationseinheit)
) STRICT;
