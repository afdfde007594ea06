-- Vertretung for parts; templates of slips; what the Postkorb asks for, answered from one index.
ALTER TABLE vertretung ADD COLUMN organisationseinheit BIGINT;
ALTER TABLE vertretung ADD COLUMN aufgabe TEXT;
CREATE INDEX vertretung_vertreter ON vertretung (mandant, vertreter);

-- In order of what is due, with all that is asked of a step before its row is needed.
DROP INDEX schritt_an;
CREATE INDEX schritt_an ON schritt (mandant, an, faellig, id, vorgang, art) WHERE status = 'aktuell' AND bearbeiter IS NULL;
DROP INDEX schritt_bearbeiter;
CREATE INDEX schritt_bearbeiter ON schritt (mandant, bearbeiter, faellig, id, vorgang, art) WHERE status = 'aktuell' AND bearbeiter IS NOT NULL;
CREATE INDEX schritt_vertretene ON schritt (mandant, vertretene) WHERE status = 'erledigt' AND art = 'mitzeichnung' AND vertretene IS NOT NULL;

CREATE TABLE laufwegvorlage (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  name TEXT NOT NULL,
  zeile TEXT NOT NULL,
  aktenplaneinheit BIGINT,
  typ TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, name)
);

-- Conveniences of a person, without legal weight, so outside the journal: the secret address of his calendar, and whether
-- he is told by mail (taeglich where there is no row).
CREATE TABLE kalender (
  mandant BIGINT NOT NULL,
  person BIGINT NOT NULL,
  geheimnis_hash TEXT NOT NULL,
  angelegt BIGINT NOT NULL,
  PRIMARY KEY (mandant, person),
  UNIQUE (mandant, geheimnis_hash),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
);

CREATE TABLE benachrichtigung (
  mandant BIGINT NOT NULL,
  person BIGINT NOT NULL,
  wahl TEXT NOT NULL,
  gesehen BIGINT NOT NULL,                  -- steps that came after this moment are still to be told, where told at once
  PRIMARY KEY (mandant, person),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
);

-- Dokumente that go round together; and what is written on pages, on a layer of its own.
CREATE TABLE umlaufmappe (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  vorgang BIGINT NOT NULL,
  titel TEXT NOT NULL,
  ersteller BIGINT NOT NULL,
  angelegt BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id)
);
CREATE INDEX umlaufmappe_vorgang ON umlaufmappe (mandant, vorgang);

CREATE TABLE mappenstueck (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  umlaufmappe BIGINT NOT NULL,
  dokument BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, umlaufmappe, dokument),
  FOREIGN KEY (mandant, umlaufmappe) REFERENCES umlaufmappe (mandant, id),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
);
CREATE INDEX mappenstueck_dokument ON mappenstueck (mandant, dokument);

ALTER TABLE laufweg ADD COLUMN umlaufmappe BIGINT;
CREATE INDEX laufweg_umlaufmappe ON laufweg (mandant, umlaufmappe) WHERE umlaufmappe IS NOT NULL;

CREATE TABLE anmerkung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  dokument BIGINT NOT NULL,
  version_nr BIGINT NOT NULL,
  seite BIGINT NOT NULL,
  x BIGINT NOT NULL,
  y BIGINT NOT NULL,
  breite BIGINT NOT NULL,
  hoehe BIGINT NOT NULL,
  text TEXT NOT NULL,
  person BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
);
CREATE INDEX anmerkung_dokument ON anmerkung (mandant, dokument);

DO $$
DECLARE
  tabelle text;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['laufwegvorlage', 'kalender', 'benachrichtigung',
    'umlaufmappe', 'mappenstueck', 'anmerkung']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
