-- Files are read again in the course of days, and what is damaged is kept until it is whole again. Technical tables.

-- How far the reading is, one row for each tenant. Checksums spread evenly, so a place among them is a share of all.
CREATE TABLE dateipruefung (
  mandant INTEGER NOT NULL PRIMARY KEY,
  stelle INTEGER NOT NULL,               -- files with smaller first 32 bits of their checksum are read in this round
  runde_seit INTEGER NOT NULL,
  gelesen INTEGER NOT NULL,              -- files in this round
  vollstaendig INTEGER,                  -- when the last whole round ended
  zuletzt INTEGER NOT NULL
) STRICT;

CREATE TABLE dateischaden (
  mandant INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  schaden TEXT NOT NULL,
  entdeckt INTEGER NOT NULL,
  behoben INTEGER,
  PRIMARY KEY (mandant, sha256)
) STRICT;
