-- What comes in is checked: by a malware scanner before it is opened, and scans of paper for what they show.

-- A version that is not offered, or was not for a while: it waits for the scanner, or the scanner found something.
CREATE TABLE virenpruefung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  dokument BIGINT NOT NULL,
  version BIGINT NOT NULL,
  status TEXT NOT NULL,                   -- wartet, befund, sauber, freigegeben, kassiert
  befund TEXT,                            -- what the scanner called it
  angelegt BIGINT NOT NULL,
  entscheider BIGINT,
  entschieden_am BIGINT,
  grund TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, version),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id),
  FOREIGN KEY (mandant, entscheider) REFERENCES person (mandant, id)
);
CREATE INDEX virenpruefung_offen ON virenpruefung (mandant, status, id) WHERE status IN ('wartet', 'befund');
CREATE INDEX virenpruefung_dokument ON virenpruefung (mandant, dokument);

-- How a sheet of paper became a Dokument (TR-RESISCAN): the scan, its sample, and what becomes of the paper.
CREATE TABLE scanprotokoll (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  dokument BIGINT NOT NULL,
  nummer BIGINT NOT NULL,                -- of the tenant's scans, from 1
  geraet TEXT NOT NULL,                   -- the folder that the scanner writes into, or what the person named
  person BIGINT,                         -- who scanned, where somebody was signed in
  gescannt BIGINT NOT NULL,
  stichprobe TEXT,                        -- offen, gut, neuScannen; NULL = not in the sample
  pruefer BIGINT,
  geprueft_am BIGINT,
  bemerkung TEXT,
  original_bis TEXT,                      -- the paper is kept up to this day; NULL = for good
  vernichtet_am TEXT,
  vernichtet_von BIGINT,
  vernichtung TEXT,                       -- by whom and how, in words
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, dokument),
  UNIQUE (mandant, nummer),
  FOREIGN KEY (mandant, dokument) REFERENCES dokument (mandant, id),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id),
  FOREIGN KEY (mandant, pruefer) REFERENCES person (mandant, id),
  FOREIGN KEY (mandant, vernichtet_von) REFERENCES person (mandant, id)
);
CREATE INDEX scanprotokoll_stichprobe ON scanprotokoll (mandant, id) WHERE stichprobe IN ('offen', 'neuScannen');
CREATE INDEX scanprotokoll_papier ON scanprotokoll (mandant, original_bis) WHERE vernichtet_am IS NULL;

ALTER TABLE mandant ADD COLUMN stichprobe BIGINT;     -- every nth scan is looked at; NULL = none
ALTER TABLE mandant ADD COLUMN originaltage BIGINT;   -- days that paper is kept after its scan; NULL = for good

ALTER TABLE seite ADD COLUMN aufloesung BIGINT;      -- dots per inch of the scan, where it says so

-- Derived from mails: their own Message-ID, and those that they answer.
CREATE TABLE mail_kennung (
  mandant BIGINT NOT NULL,
  version BIGINT NOT NULL,
  kennung TEXT NOT NULL,
  bezug BIGINT NOT NULL,                 -- 1: it answers that one; 0: it is that one
  PRIMARY KEY (mandant, version, bezug, kennung),
  FOREIGN KEY (mandant, version) REFERENCES version (mandant, id)
);
CREATE INDEX mail_kennung_kennung ON mail_kennung (mandant, kennung);

ALTER TABLE virenpruefung ENABLE ROW LEVEL SECURITY;
ALTER TABLE virenpruefung FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON virenpruefung USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);

ALTER TABLE scanprotokoll ENABLE ROW LEVEL SECURITY;
ALTER TABLE scanprotokoll FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON scanprotokoll USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);

ALTER TABLE mail_kennung ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_kennung FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON mail_kennung USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);
