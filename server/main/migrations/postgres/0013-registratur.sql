-- Fields of their own for Akten and Dokumente too, Registerblätter, and Dokumente that are narrowed on their own.
-- What is added may be empty: older entries of the journal do not have it.

-- A field is for Vorgänge where `fuer` is empty. Its values hang on one object each.
ALTER TABLE feldart ADD COLUMN fuer TEXT;
ALTER TABLE feldart DROP CONSTRAINT feldart_mandant_typ_bezeichnung_key;
CREATE UNIQUE INDEX feldart_name ON feldart (mandant, COALESCE(fuer, ''), typ, bezeichnung);
ALTER TABLE feldwert ALTER COLUMN vorgang DROP NOT NULL;
ALTER TABLE feldwert ADD COLUMN akte BIGINT;
ALTER TABLE feldwert ADD COLUMN dokument BIGINT;
ALTER TABLE feldwert ADD UNIQUE (mandant, akte, feld);
ALTER TABLE feldwert ADD UNIQUE (mandant, dokument, feld);
ALTER TABLE feldwert ADD FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id);
ALTER TABLE feldwert ADD FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id);

-- What parts an Akte (Registerblatt, Teilakte, Band) or a Vorgang (Registerblatt). It lies in the one or the other, one in
-- a Teilakte or a Band also below that.
CREATE TABLE registerblatt (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  art TEXT NOT NULL,
  akte BIGINT,
  vorgang BIGINT,
  ueber BIGINT,
  bezeichnung TEXT NOT NULL,
  platz BIGINT NOT NULL,          -- NummerImUebergeordnetenContainer
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, ueber) REFERENCES registerblatt (mandant, id)
);
CREATE INDEX registerblatt_akte ON registerblatt (mandant, akte);
CREATE INDEX registerblatt_vorgang ON registerblatt (mandant, vorgang);
ALTER TABLE vorgang ADD COLUMN registerblatt BIGINT;
ALTER TABLE dokument ADD COLUMN registerblatt BIGINT;
CREATE INDEX vorgang_registerblatt ON vorgang (mandant, registerblatt, id);
CREATE INDEX dokument_registerblatt ON dokument (mandant, registerblatt, id);

-- Set here, so it does not follow the Vorgang.
ALTER TABLE dokument ADD COLUMN eigener_zugriff BIGINT;

-- Units that move, merge or part as of a day; the day of a unit that was merged into another.
CREATE TABLE reorganisation (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  art TEXT NOT NULL,
  einheit BIGINT NOT NULL,
  ziel BIGINT,
  stellen TEXT NOT NULL,           -- ids, with commas
  eintraege TEXT NOT NULL,
  stichtag TEXT NOT NULL,
  person BIGINT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);
ALTER TABLE organisationseinheit ADD COLUMN aufgeloest TEXT;
CREATE INDEX akte_organisationseinheit ON akte (mandant, organisationseinheit, id);

DO $$
DECLARE
  tabelle text;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['registerblatt', 'reorganisation']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
