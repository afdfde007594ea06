-- How long a Dokument is, so that ranking need not look it up for each row.

ALTER TABLE suche_merkmal ADD COLUMN laenge BIGINT NOT NULL DEFAULT 0; -- terms in all columns of the full-text table
