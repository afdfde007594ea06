-- Storno, Weglegen, lawful deletion, what made a version. Added columns are empty in older entries of the journal, so they
-- may be empty here.

-- Days between asking for a deletion and confirming it; empty = the tenant deletes nothing.
ALTER TABLE mandant ADD COLUMN loeschfrist BIGINT;
-- Years after the zdA within which it may be taken back; empty = always.
ALTER TABLE mandant ADD COLUMN transferfrist BIGINT;
ALTER TABLE mandant ADD COLUMN nebenversionen BIGINT;

-- Of what was put aside (weggelegt).
ALTER TABLE dokument ADD COLUMN aufbewahrung_bis TEXT;

ALTER TABLE version ADD COLUMN anlass TEXT;
ALTER TABLE version ADD COLUMN haupt BIGINT;
ALTER TABLE version ADD COLUMN neben BIGINT;

-- Each deletion that somebody asked for, and what became of it. It stays when the object has gone: the Löschprotokoll.
CREATE TABLE loeschung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt BIGINT NOT NULL,
  zeichen TEXT,
  zugriff BIGINT NOT NULL,                -- of the object, as it was when the deletion was asked for
  grund TEXT NOT NULL,
  antragsteller BIGINT NOT NULL,
  beantragt_am BIGINT NOT NULL,
  fruehestens TEXT NOT NULL,
  ergebnis TEXT NOT NULL,
  entscheider BIGINT,
  entschieden_am BIGINT,
  vorgaenge BIGINT,
  dokumente BIGINT,
  versionen BIGINT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
);
CREATE INDEX loeschung_objekt ON loeschung (mandant, objekt);

-- For the plan and the lists of rights as they stood on a day.
CREATE INDEX journal_ordnung ON journal (mandant, nr) WHERE objekt_art IN ('aktenplaneinheit', 'zugriff', 'stelle',
  'person', 'organisationseinheit', 'mandant');

ALTER TABLE loeschung ENABLE ROW LEVEL SECURITY;
ALTER TABLE loeschung FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON loeschung USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);
