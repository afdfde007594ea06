-- What the search knows of each object beside its words: small, all numbers, so that a server holds it in memory and rights,
-- filters, counts and dates are answered there. `stand` grows with every change of the tenant's index.
CREATE TABLE suche_stand (
  mandant BIGINT NOT NULL PRIMARY KEY,
  epoche BIGINT NOT NULL,                -- a new one when the index is made anew
  stand BIGINT NOT NULL,
  fassung BIGINT NOT NULL                -- of the program that made the index; another asks for a new index
);

CREATE TABLE suche_merkmal (
  mandant BIGINT NOT NULL,
  objekt BIGINT NOT NULL,
  stand BIGINT NOT NULL,
  art BIGINT NOT NULL,                   -- 0 Akte, 1 Vorgang, 2 Dokument, 3 gone
  zugriff BIGINT NOT NULL,
  akte BIGINT NOT NULL,                  -- 0 = none, as in all that follow
  vorgang BIGINT NOT NULL,
  organisationseinheit BIGINT NOT NULL,
  tag BIGINT NOT NULL,                   -- 20251127
  dokumentart BIGINT NOT NULL,           -- 1 Eingang, 2 Ausgang, 3 Intern
  format BIGINT NOT NULL,                -- suche_begriff
  absender BIGINT NOT NULL,              -- suche_begriff
  PRIMARY KEY (mandant, objekt)
);
CREATE INDEX suche_merkmal_stand ON suche_merkmal (mandant, stand);

-- Senders and formats, each once.
CREATE TABLE suche_begriff (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  art TEXT NOT NULL,
  wort TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, art, wort)
);

-- Every sign by its parts, folded and each followed by a point (632.10.4.2026.), however it was written: own signs, old
-- ones, and those of others.
CREATE TABLE suche_zeichen (
  mandant BIGINT NOT NULL,
  form TEXT COLLATE "C" NOT NULL,
  objekt BIGINT NOT NULL,
  PRIMARY KEY (mandant, form, objekt)
);
CREATE INDEX suche_zeichen_objekt ON suche_zeichen (mandant, objekt);

-- Searches that a person keeps. A convenience of his own, without legal weight, so outside the journal.
CREATE TABLE suche_gemerkt (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  person BIGINT NOT NULL,
  name TEXT NOT NULL,
  frage TEXT NOT NULL,
  ordnung TEXT NOT NULL,
  angelegt BIGINT NOT NULL,
  gesehen BIGINT NOT NULL,               -- the newest object when its hits were last looked at
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, person, name),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
);

DO $$
DECLARE
  tabelle text;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['suche_stand', 'suche_merkmal', 'suche_begriff', 'suche_zeichen', 'suche_gemerkt']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;

-- Signs and Betreffe of Akten and Vorgänge by the beginnings of their words, without the Dokumente.
CREATE INDEX suche_vorschlag ON suche USING gin (woerter) WHERE art <> 'dokument';
