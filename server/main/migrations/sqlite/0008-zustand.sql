-- Storno, Weglegen, lawful deletion, what made a version. Added columns are empty in older entries of the journal, so they
-- may be empty here.

-- Days between asking for a deletion and confirming it; empty = the tenant deletes nothing.
ALTER TABLE mandant ADD COLUMN loeschfrist INTEGER;
-- Years after the zdA within which it may be taken back; empty = always.
ALTER TABLE mandant ADD COLUMN transferfrist INTEGER;
ALTER TABLE mandant ADD COLUMN nebenversionen INTEGER;

-- Of what was put aside (weggelegt).
ALTER TABLE dokument ADD COLUMN aufbewahrung_bis TEXT;

ALTER TABLE version ADD COLUMN anlass TEXT;
ALTER TABLE version ADD COLUMN haupt INTEGER;
ALTER TABLE version ADD COLUMN neben INTEGER;

-- Each deletion that somebody asked for, and what became of it. It stays when the object has gone: the Löschprotokoll.
CREATE TABLE loeschung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  objekt_art TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  zeichen TEXT,
  zugriff INTEGER NOT NULL,                -- of the object, as it was when the deletion was asked for
  grund TEXT NOT NULL,
  antragsteller INTEGER NOT NULL,
  beantragt_am INTEGER NOT NULL,
  fruehestens TEXT NOT NULL,
  ergebnis TEXT NOT NULL,
  entscheider INTEGER,
  entschieden_am INTEGER,
  vorgaenge INTEGER,
  dokumente INTEGER,
  versionen INTEGER,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, zugriff) REFERENCES zugriff (mandant, id)
) STRICT;
CREATE INDEX loeschung_objekt ON loeschung (mandant, objekt);

-- For the plan and the lists of rights as they stood on a day.
CREATE INDEX journal_ordnung ON journal (mandant, nr) WHERE objekt_art IN ('aktenplaneinheit', 'zugriff', 'stelle',
  'person', 'organisationseinheit', 'mandant');
