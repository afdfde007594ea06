-- Derived from the bytes of a version, and can be made anew from them.

-- What was recognised on a page that had no text of its own.
CREATE TABLE seite (
  mandant BIGINT NOT NULL,
  version BIGINT NOT NULL,
  seite BIGINT NOT NULL,                 -- from 1
  drehung BIGINT NOT NULL,               -- quarters of a turn, clockwise, that set it upright
  sicherheit BIGINT NOT NULL,            -- percent
  fehler TEXT,                            -- why nothing could be read, as a code
  codes TEXT NOT NULL,                    -- of separator sheets, one a line
  text TEXT NOT NULL,
  worte TEXT NOT NULL,                    -- JSON: [[text, x, y, width, height, percent, line], …] in 10,000ths of the page
  PRIMARY KEY (mandant, version, seite),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
);

-- Other forms of a version: durchsuchbar (picture with words), vorschau (page pictures; page 0 is the small one), pdf.
CREATE TABLE rendition (
  mandant BIGINT NOT NULL,
  version BIGINT NOT NULL,
  art TEXT NOT NULL,
  seite BIGINT NOT NULL,                 -- 0 = the whole
  sha256 TEXT NOT NULL,
  groesse BIGINT NOT NULL,
  mime TEXT NOT NULL,
  programm TEXT NOT NULL,
  erzeugt BIGINT NOT NULL,
  PRIMARY KEY (mandant, version, art, seite),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
);
CREATE INDEX rendition_sha256 ON rendition (mandant, sha256);

DO $$
DECLARE
  tabelle text;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['seite', 'rendition']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
