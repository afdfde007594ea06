-- Tools that a town writes itself, or has by a Baustein (docs/decisions/0040). `versionen` is JSON, the newest first; `schluessel`
-- is the same in every town that has the tool by a package.
CREATE TABLE netz_werkzeug (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  schluessel TEXT NOT NULL,
  art TEXT NOT NULL,
  titel TEXT NOT NULL,
  kurz TEXT NOT NULL,
  fuer TEXT NOT NULL,
  lizenz TEXT NOT NULL,
  bereitschaft INTEGER NOT NULL,
  sichtbarkeit TEXT NOT NULL,
  versionen TEXT NOT NULL,
  baustein TEXT,
  person INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, schluessel)
) STRICT;

-- What a checklist of such a tool asks, as it was when it was begun: it goes on when its author takes the tool back.
ALTER TABLE netz_checkliste ADD COLUMN abbild TEXT;
