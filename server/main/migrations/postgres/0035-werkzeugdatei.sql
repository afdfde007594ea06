-- A file that versions of a tool carry, such as a template or slides: which version carries it says the tool itself.
CREATE TABLE netz_werkzeugdatei (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  werkzeug BIGINT NOT NULL,
  dateiname TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  groesse BIGINT NOT NULL,
  person BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);

ALTER TABLE netz_werkzeugdatei ENABLE ROW LEVEL SECURITY;
ALTER TABLE netz_werkzeugdatei FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON netz_werkzeugdatei USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);
