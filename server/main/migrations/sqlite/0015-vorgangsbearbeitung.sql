-- Vertretung for parts; templates of slips; what the Postkorb asks for, answered from one index.
ALTER TABLE vertretung ADD COLUMN organisationseinheit INTEGER;
ALTER TABLE vertretung ADD COLUMN aufgabe TEXT;
CREATE INDEX vertretung_vertreter ON vertretung (mandant, vertreter);

-- In order of what is due, with all that is asked of a step before its row is needed.
DROP INDEX schritt_an;
CREATE INDEX schritt_an ON schritt (mandant, an, faellig, id, vorgang, art) WHERE status = 'aktuell' AND bearbeiter IS NULL;
DROP INDEX schritt_bearbeiter;
CREATE INDEX schritt_bearbeiter ON schritt (mandant, bearbeiter, faellig, id, vorgang, art) WHERE status = 'aktuell' AND bearbeiter IS NOT NULL;
CREATE INDEX schritt_vertretene ON schritt (mandant, vertretene) WHERE status = 'erledigt' AND art = 'mitzeichnung' AND vertretene IS NOT NULL;

CREATE TABLE laufwegvorlage (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  name TEXT NOT NULL,
  zeile TEXT NOT NULL,
  aktenplaneinheit INTEGER,
  typ TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, name)
) STRICT;

-- Conveniences of a person, without legal weight, so outside the journal: the secret address of his calendar, and whether
-- he is told by mail (taeglich where there is no row).
CREATE TABLE kalender (
  mandant INTEGER NOT NULL,
  person INTEGER NOT NULL,
  geheimnis_hash TEXT NOT NULL,
  angelegt INTEGER NOT NULL,
  PRIMARY KEY (mandant, person),
  UNIQUE (mandant, geheimnis_hash),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
) STRICT;

CREATE TABLE benachrichtigung (
  mandant INTEGER NOT NULL,
  person INTEGER NOT NULL,
  wahl TEXT NOT NULL,
  gesehen INTEGER NOT NULL,                  -- steps that came after this moment are still to be told, where told at once
  PRIMARY KEY (mandant, person),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id)
) STRICT;

-- Dokumente that go round together; and what is written on pages, on a layer of its own.
CREATE TABLE umlaufmappe (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  vorgang INTEGER NOT NULL,
  titel TEXT NOT NULL,
  ersteller INTEGER NOT NULL,
  angelegt INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id)
) STRICT;
CREATE INDEX umlaufmappe_vorgang ON umlaufmappe (mandant, vorgang);

CREATE TABLE mappenstueck (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  umlaufmappe INTEGER NOT NULL,
  dokument INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, umlaufmappe, dokument),
  FOREIGN KEY (mandant, umlaufmappe) REFERENCES umlaufmappe (mandant, id),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
) STRICT;
CREATE INDEX mappenstueck_dokument ON mappenstueck (mandant, dokument);

ALTER TABLE laufweg ADD COLUMN umlaufmappe INTEGER;
CREATE INDEX laufweg_umlaufmappe ON laufweg (mandant, umlaufmappe) WHERE umlaufmappe IS NOT NULL;

CREATE TABLE anmerkung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  dokument INTEGER NOT NULL,
  version_nr INTEGER NOT NULL,
  seite INTEGER NOT NULL,
  x INTEGER NOT NULL,
  y INTEGER NOT NULL,
  breite INTEGER NOT NULL,
  hoehe INTEGER NOT NULL,
  text TEXT NOT NULL,
  person INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id)
) STRICT;
CREATE INDEX anmerkung_dokument ON anmerkung (mandant, dokument);
