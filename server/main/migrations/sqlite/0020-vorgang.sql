-- A redacted copy is made by a job: its file comes later.
CREATE TABLE schwaerzung_neu (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  dokument INTEGER NOT NULL,
  version INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  bezeichnung TEXT NOT NULL,
  grund TEXT NOT NULL,
  stellen TEXT NOT NULL,
  sha256 TEXT,
  groesse INTEGER,
  seiten INTEGER,
  person INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, dokument, nr),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;
INSERT INTO schwaerzung_neu SELECT mandant, id, uuid, dokument, version, nr, bezeichnung, grund, stellen, sha256, groesse, seiten, person, zeit FROM schwaerzung;
DROP TABLE schwaerzung;
ALTER TABLE schwaerzung_neu RENAME TO schwaerzung;
CREATE INDEX schwaerzung_version ON schwaerzung (mandant, version);

-- What a Postkorb asks of the marks that somebody gave in all years, answered from the index alone.
DROP INDEX schritt_gezeichnet;
CREATE INDEX schritt_gezeichnet ON schritt (mandant, bearbeiter, laufweg, vertretene, ergebnis, vorgang, dokument, id, status, art) WHERE status = 'erledigt' AND art = 'mitzeichnung';
DROP INDEX schritt_vertretene;
CREATE INDEX schritt_vertretene ON schritt (mandant, vertretene, laufweg, ergebnis, vorgang, dokument, id, status, art) WHERE status = 'erledigt' AND art = 'mitzeichnung' AND vertretene IS NOT NULL;
