-- Files are read again in the course of days, and what is damaged is kept until it is whole again. Technical tables.

-- How far the reading is, one row for each tenant. Checksums spread evenly, so a place among them is a share of all.
CREATE TABLE dateipruefung (
  mandant BIGINT NOT NULL PRIMARY KEY,
  stelle BIGINT NOT NULL,               -- files with smaller first 32 bits of their checksum are read in this round
  runde_seit BIGINT NOT NULL,
  gelesen BIGINT NOT NULL,              -- files in this round
  vollstaendig BIGINT,                  -- when the last whole round ended
  zuletzt BIGINT NOT NULL
);

CREATE TABLE dateischaden (
  mandant BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  schaden TEXT NOT NULL,
  entdeckt BIGINT NOT NULL,
  behoben BIGINT,
  PRIMARY KEY (mandant, sha256)
);

ALTER TABLE dateipruefung ENABLE ROW LEVEL SECURITY;
ALTER TABLE dateipruefung FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON dateipruefung USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);

ALTER TABLE dateischaden ENABLE ROW LEVEL SECURITY;
ALTER TABLE dateischaden FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON dateischaden USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);
