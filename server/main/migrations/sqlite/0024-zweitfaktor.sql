-- The second factor (docs/decisions/0035). Technical tables, as passwords and sessions are: what of it has weight of its
-- own is how often it was changed, and what the tenant asks for.
ALTER TABLE person ADD COLUMN faktor_stand INTEGER;
ALTER TABLE mandant ADD COLUMN zweiter_faktor TEXT;

-- What is still missing before a session is one, and what was asked of the browser last.
ALTER TABLE sitzung ADD COLUMN offen TEXT;
ALTER TABLE sitzung ADD COLUMN aufgabe TEXT;
ALTER TABLE sitzung ADD COLUMN aufgabe_ende INTEGER;

-- `geheimnis` is the key of TOTP (hex) or the public key of a security key; `zaehler` the last time step that was used, or
-- the key's own count.
CREATE TABLE zweitfaktor (
  mandant INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  person INTEGER NOT NULL,
  art TEXT NOT NULL,
  bezeichnung TEXT NOT NULL,
  kennung TEXT NOT NULL,
  geheimnis TEXT NOT NULL,
  verfahren INTEGER NOT NULL,
  zaehler INTEGER NOT NULL,
  erstellt INTEGER NOT NULL,
  benutzt INTEGER,
  PRIMARY KEY (mandant, uuid)
) STRICT, WITHOUT ROWID;
CREATE INDEX zweitfaktor_person ON zweitfaktor (mandant, person);
CREATE UNIQUE INDEX zweitfaktor_kennung ON zweitfaktor (mandant, kennung) WHERE kennung <> '';

CREATE TABLE wiederherstellungscode (
  mandant INTEGER NOT NULL,
  person INTEGER NOT NULL,
  code_hash TEXT NOT NULL,
  PRIMARY KEY (mandant, person, code_hash)
) STRICT, WITHOUT ROWID;
