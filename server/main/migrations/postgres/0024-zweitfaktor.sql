-- The second factor (docs/decisions/0035). Technical tables, as passwords and sessions are: what of it has weight of its
-- own is how often it was changed, and what the tenant asks for.
ALTER TABLE person ADD COLUMN faktor_stand BIGINT;
ALTER TABLE mandant ADD COLUMN zweiter_faktor TEXT;

-- What is still missing before a session is one, and what was asked of the browser last.
ALTER TABLE sitzung ADD COLUMN offen TEXT;
ALTER TABLE sitzung ADD COLUMN aufgabe TEXT;
ALTER TABLE sitzung ADD COLUMN aufgabe_ende BIGINT;

-- `geheimnis` is the key of TOTP (hex) or the public key of a security key; `zaehler` the last time step that was used, or
-- the key's own count.
CREATE TABLE zweitfaktor (
  mandant BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  person BIGINT NOT NULL,
  art TEXT NOT NULL,
  bezeichnung TEXT NOT NULL,
  kennung TEXT NOT NULL,
  geheimnis TEXT NOT NULL,
  verfahren BIGINT NOT NULL,
  zaehler BIGINT NOT NULL,
  erstellt BIGINT NOT NULL,
  benutzt BIGINT,
  PRIMARY KEY (mandant, uuid)
);
CREATE INDEX zweitfaktor_person ON zweitfaktor (mandant, person);
CREATE UNIQUE INDEX zweitfaktor_kennung ON zweitfaktor (mandant, kennung) WHERE kennung <> '';

CREATE TABLE wiederherstellungscode (
  mandant BIGINT NOT NULL,
  person BIGINT NOT NULL,
  code_hash TEXT NOT NULL,
  PRIMARY KEY (mandant, person, code_hash)
);

DO $$
DECLARE tabelle TEXT;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['zweitfaktor', 'wiederherstellungscode']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
