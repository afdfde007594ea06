-- A file that versions of a tool carry, such as a template or slides: which version carries it says the tool itself.
CREATE TABLE netz_werkzeugdatei (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  werkzeug INTEGER NOT NULL,
  dateiname TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  groesse INTEGER NOT NULL,
  person INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;
