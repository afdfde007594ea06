-- Tools that a town writes itself, or has by a Baustein (docs/decisions/0040). `versionen` is JSON, the newest first; `schluessel`
-- is the same in every town that has the tool by a package.
CREATE TABLE netz_werkzeug (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  schluessel TEXT NOT NULL,
  art TEXT NOT NULL,
  titel TEXT NOT NULL,
  kurz TEXT NOT NULL,
  fuer TEXT NOT NULL,
  lizenz TEXT NOT NULL,
  bereitschaft BIGINT NOT NULL,
  sichtbarkeit TEXT NOT NULL,
  versionen TEXT NOT NULL,
  baustein TEXT,
  person BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, schluessel)
);

-- What a checklist of such a tool asks, as it was when it was begun: it goes on when its author takes the tool back.
ALTER TABLE netz_checkliste ADD COLUMN abbild TEXT;

ALTER TABLE netz_werkzeug ENABLE ROW LEVEL SECURITY;
ALTER TABLE netz_werkzeug FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON netz_werkzeug USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);
