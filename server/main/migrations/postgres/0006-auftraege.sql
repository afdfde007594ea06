-- Work in the background. Technical: not in the journal. A job waits, runs under a lease, and ends.
CREATE TABLE auftrag (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  art TEXT NOT NULL,
  fassung BIGINT NOT NULL,
  nutzlast TEXT NOT NULL,
  schluessel TEXT,
  status TEXT NOT NULL,
  vorrang BIGINT NOT NULL,
  versuch BIGINT NOT NULL,
  ab BIGINT NOT NULL,
  pacht TEXT,
  pacht_bis BIGINT,
  abbruch BIGINT NOT NULL,
  fortschritt BIGINT NOT NULL,
  gesamt BIGINT NOT NULL,
  hinweis TEXT NOT NULL,
  person BIGINT NOT NULL,
  objekt TEXT,
  angelegt BIGINT NOT NULL,
  begonnen BIGINT,
  beendet BIGINT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);
CREATE INDEX auftrag_wartet ON auftrag (mandant, vorrang DESC, ab, id) WHERE status = 'wartet';
CREATE INDEX auftrag_ab ON auftrag (mandant, ab) WHERE status = 'wartet';
CREATE INDEX auftrag_laeuft ON auftrag (mandant, pacht_bis) WHERE status = 'laeuft';
CREATE UNIQUE INDEX auftrag_schluessel ON auftrag (mandant, art, schluessel) WHERE status = 'wartet';
CREATE INDEX auftrag_person ON auftrag (mandant, person, id);
CREATE INDEX auftrag_objekt ON auftrag (mandant, objekt, id);

-- Recurring jobs.
CREATE TABLE auftrag_plan (
  mandant BIGINT NOT NULL,
  schluessel TEXT NOT NULL,
  art TEXT NOT NULL,
  nutzlast TEXT NOT NULL,
  sekunden BIGINT NOT NULL,
  naechster BIGINT NOT NULL,
  PRIMARY KEY (mandant, schluessel)
);

-- When each tenant has work next: one row for each, so that a worker asks one small table.
CREATE TABLE auftrag_wecker (
  mandant BIGINT NOT NULL PRIMARY KEY,
  ab BIGINT NOT NULL
);

-- Uploads under way (tus). Technical; only the person who began one knows of it.
CREATE TABLE upload (
  mandant BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  person BIGINT NOT NULL,
  ziel TEXT NOT NULL,
  objekt TEXT,
  basis BIGINT,
  organisationseinheit TEXT,
  art TEXT,
  dateiname TEXT NOT NULL,
  laenge BIGINT NOT NULL,
  ende BIGINT NOT NULL,
  dokument TEXT,
  PRIMARY KEY (mandant, uuid)
);
CREATE INDEX upload_ende ON upload (mandant, ende);

-- Mail: which address means which unit (journalled), found without a tenant by the directory; and the mailboxes that are
-- fetched (journalled).
CREATE TABLE mailadresse_verzeichnis (
  adresse TEXT NOT NULL PRIMARY KEY,
  mandant BIGINT NOT NULL,
  organisationseinheit BIGINT NOT NULL
);

CREATE TABLE eingangsadresse (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  adresse TEXT NOT NULL,
  organisationseinheit BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, adresse),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id)
);

CREATE TABLE postfach (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  bezeichnung TEXT NOT NULL,
  organisationseinheit BIGINT NOT NULL,
  host TEXT NOT NULL,
  port BIGINT NOT NULL,
  verschluesselung TEXT NOT NULL,
  benutzer TEXT NOT NULL,
  passwort_datei TEXT NOT NULL,
  ordner TEXT NOT NULL,
  zielordner TEXT,
  minuten BIGINT NOT NULL,
  aktiv BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id)
);

-- Mail that was taken: the same is not filed twice for a unit. Technical.
CREATE TABLE mail_bekannt (
  mandant BIGINT NOT NULL,
  schluessel TEXT NOT NULL,
  organisationseinheit BIGINT NOT NULL,
  dokument TEXT NOT NULL,
  zeit BIGINT NOT NULL,
  PRIMARY KEY (mandant, schluessel, organisationseinheit)
);

-- auftrag_wecker has none: it tells of a tenant only that it has work; nor has mailadresse_verzeichnis, which finds the tenant.
DO $$
DECLARE
  tabelle text;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['auftrag', 'auftrag_plan', 'upload', 'eingangsadresse', 'postfach',
    'mail_bekannt']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
