-- What comes in is checked: by a malware scanner before it is opened, and scans of paper for what they show.

-- A version that is not offered, or was not for a while: it waits for the scanner, or the scanner found something.
CREATE TABLE virenpruefung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  dokument INTEGER NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,                   -- wartet, befund, sauber, freigegeben, kassiert
  befund TEXT,                            -- what the scanner called it
  angelegt INTEGER NOT NULL,
  entscheider INTEGER,
  entschieden_am INTEGER,
  grund TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, version),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id),
  FOREIGN KEY (mandant, entscheider) REFERENCES person (mandant, id)
) STRICT;
CREATE INDEX virenpruefung_offen ON virenpruefung (mandant, status, id) WHERE status IN ('wartet', 'befund');
CREATE INDEX virenpruefung_dokument ON virenpruefung (mandant, dokument);

-- How a sheet of paper became a Dokument (TR-RESISCAN): the scan, its sample, and what becomes of the paper.
CREATE TABLE scanprotokoll (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  dokument INTEGER NOT NULL,
  nummer INTEGER NOT NULL,                -- of the tenant's scans, from 1
  geraet TEXT NOT NULL,                   -- the folder that the scanner writes into, or what the person named
  person INTEGER,                         -- who scanned, where somebody was signed in
  gescannt INTEGER NOT NULL,
  stichprobe TEXT,                        -- offen, gut, neuScannen; NULL = not in the sample
  pruefer INTEGER,
  geprueft_am INTEGER,
  bemerkung TEXT,
  original_bis TEXT,                      -- the paper is kept up to this day; NULL = for good
  vernichtet_am TEXT,
  vernichtet_von INTEGER,
  vernichtung TEXT,                       -- by whom and how, in words
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, dokument),
  UNIQUE (mandant, nummer),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id),
  FOREIGN KEY (mandant, pruefer) REFERENCES person (mandant, id),
  FOREIGN KEY (mandant, vernichtet_von) REFERENCES person (mandant, id)
) STRICT;
CREATE INDEX scanprotokoll_stichprobe ON scanprotokoll (mandant, id) WHERE stichprobe IN ('offen', 'neuScannen');
CREATE INDEX scanprotokoll_papier ON scanprotokoll (mandant, original_bis) WHERE vernichtet_am IS NULL;

ALTER TABLE mandant ADD COLUMN stichprobe INTEGER;     -- every nth scan is looked at; NULL = none
ALTER TABLE mandant ADD COLUMN originaltage INTEGER;   -- days that paper is kept after its scan; NULL = for good

ALTER TABLE seite ADD COLUMN aufloesung INTEGER;      -- dots per inch of the scan, where it says so

-- Derived from mails: their own Message-ID, and those that they answer.
CREATE TABLE mail_kennung (
  mandant INTEGER NOT NULL,
  version INTEGER NOT NULL,
  kennung TEXT NOT NULL,
  bezug INTEGER NOT NULL,                 -- 1: it answers that one; 0: it is that one
  PRIMARY KEY (mandant, version, bezug, kennung),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
) STRICT;
CREATE INDEX mail_kennung_kennung ON mail_kennung (mandant, kennung);
