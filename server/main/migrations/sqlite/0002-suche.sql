-- What the search knows of each object beside its words: small, all numbers, so that a server holds it in memory and rights,
-- filters, counts and dates are answered there. `stand` grows with every change of the tenant's index.
CREATE TABLE suche_stand (
  mandant INTEGER NOT NULL PRIMARY KEY,
  epoche INTEGER NOT NULL,                -- a new one when the index is made anew
  stand INTEGER NOT NULL,
  fassung INTEGER NOT NULL                -- of the program that made the index; another asks for a new index
) STRICT;

CREATE TABLE suche_merkmal (
  mandant INTEGER NOT NULL,
  objekt INTEGER NOT NULL,
  stand INTEGER NOT NULL,
  art INTEGER NOT NULL,                   -- 0 Akte, 1 Vorgang, 2 Dokument, 3 gone
  zugriff INTEGER NOT NULL,
  akte INTEGER NOT NULL,                  -- 0 = none, as in all that follow
  vorgang INTEGER NOT NULL,
  organisationseinheit INTEGER NOT NULL,
  tag INTEGER NOT NULL,                   -- 20251127
  dokumentart INTEGER NOT NULL,           -- 1 Eingang, 2 Ausgang, 3 Intern
  format INTEGER NOT NULL,                -- suche_begriff
  absender INTEGER NOT NULL,              -- suche_begriff
  PRIMARY KEY (mandant, objekt)
) STRICT, WITHOUT ROWID;
CREATE INDEX suche_merkmal_stand ON suche_merkmal (mandant, stand);

-- Senders and formats, each once.
CREATE TABLE suche_begriff (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  art TEXT NOT NULL,
  wort TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, art, wort)
) STRICT, WITHOUT ROWID;

-- Every sign by its parts, folded and each followed by a point (632.10.4.2026.), however it was written: own signs, old
-- ones, and those of others.
CREATE TABLE suche_zeichen (
  mandant INTEGER NOT NULL,
  form TEXT NOT NULL,
  objekt INTEGER NOT NULL,
  PRIMARY KEY (mandant, form, objekt)
) STRICT, WITHOUT ROWID;
CREATE INDEX suche_zeichen_objekt ON suche_zeichen (mandant, objekt);

-- Searches that a person keeps. A convenience of his own, without legal weight, so outside the journal.
CREATE TABLE suche_gemerkt (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  person INTEGER NOT NULL,
  name TEXT NOT NULL,
  frage TEXT NOT NULL,
  ordnung TEXT NOT NULL,
  angelegt INTEGER NOT NULL,
  gesehen INTEGER NOT NULL,               -- the newest object when its hits were last looked at
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, person, name),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
) STRICT;
