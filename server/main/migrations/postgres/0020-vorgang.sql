-- A redacted copy is made by a job: its file comes later.
ALTER TABLE schwaerzung ALTER COLUMN sha256 DROP NOT NULL;
ALTER TABLE schwaerzung ALTER COLUMN groesse DROP NOT NULL;
ALTER TABLE schwaerzung ALTER COLUMN seiten DROP NOT NULL;

-- What a Postkorb asks of the marks that somebody gave in all years, answered from the index alone.
DROP INDEX schritt_gezeichnet;
CREATE INDEX schritt_gezeichnet ON schritt (mandant, bearbeiter, laufweg, vertretene, ergebnis, vorgang, dokument, id, status, art) WHERE status = 'erledigt' AND art = 'mitzeichnung';
DROP INDEX schritt_vertretene;
CREATE INDEX schritt_vertretene ON schritt (mandant, vertretene, laufweg, ergebnis, vorgang, dokument, id, status, art) WHERE status = 'erledigt' AND art = 'mitzeichnung' AND vertretene IS NOT NULL;
