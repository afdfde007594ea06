-- Kept searches of which their owner is told by mail.

ALTER TABLE suche_gemerkt ADD COLUMN melden BIGINT NOT NULL DEFAULT 0;
ALTER TABLE suche_gemerkt ADD COLUMN gemeldet BIGINT NOT NULL DEFAULT 0; -- the newest object when the last mail went out
