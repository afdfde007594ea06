-- What lies in a received file (attachments of a mail, members of an archive) becomes an Anlage of its Dokument. This ties
-- the Anlage to the original that it came in, and to its place there.
CREATE TABLE teil (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  dokument INTEGER NOT NULL,              -- the Anlage
  version INTEGER NOT NULL,               -- the original
  nr INTEGER NOT NULL,
  pfad TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, dokument),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;
CREATE INDEX teil_version ON teil (mandant, version, nr);

-- What an electronic invoice says of itself (EN 16931; ZUGFeRD 1.0), as it was read in a version.
CREATE TABLE rechnung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  dokument INTEGER NOT NULL,
  version INTEGER NOT NULL,
  syntax TEXT NOT NULL,                   -- cii, ubl
  art TEXT NOT NULL,                      -- rechnung, gutschrift
  nummer TEXT NOT NULL,                   -- BT-1
  absender TEXT,                          -- BT-27
  datum TEXT,                             -- BT-2
  betrag TEXT,                            -- BT-115, a decimal number
  waehrung TEXT,                          -- BT-5
  faellig TEXT,                           -- BT-9
  iban TEXT,                              -- BT-84
  leitweg_id TEXT,                        -- BT-10
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, version),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;
CREATE INDEX rechnung_dokument ON rechnung (mandant, dokument);
CREATE INDEX rechnung_nummer ON rechnung (mandant, nummer);
