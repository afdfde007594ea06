-- Derived from the bytes of a version, and can be made anew from them.

-- What was recognised on a page that had no text of its own.
CREATE TABLE seite (
  mandant INTEGER NOT NULL,
  version INTEGER NOT NULL,
  seite INTEGER NOT NULL,                 -- from 1
  drehung INTEGER NOT NULL,               -- quarters of a turn, clockwise, that set it upright
  sicherheit INTEGER NOT NULL,            -- percent
  fehler TEXT,                            -- why nothing could be read, as a code
  codes TEXT NOT NULL,                    -- of separator sheets, one a line
  text TEXT NOT NULL,
  worte TEXT NOT NULL,                    -- JSON: [[text, x, y, width, height, percent, line], …] in 10,000ths of the page
  PRIMARY KEY (mandant, version, seite),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;

-- Other forms of a version: durchsuchbar (picture with words), vorschau (page pictures; page 0 is the small one), pdf.
CREATE TABLE rendition (
  mandant INTEGER NOT NULL,
  version INTEGER NOT NULL,
  art TEXT NOT NULL,
  seite INTEGER NOT NULL,                 -- 0 = the whole
  sha256 TEXT NOT NULL,
  groesse INTEGER NOT NULL,
  mime TEXT NOT NULL,
  programm TEXT NOT NULL,
  erzeugt INTEGER NOT NULL,
  PRIMARY KEY (mandant, version, art, seite),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;
CREATE INDEX rendition_sha256 ON rendition (mandant, sha256);
