-- A Vorgang in another of the same Akte is a Teilvorgang; nothing but Dokumente lies in one.

ALTER TABLE vorgang ADD COLUMN ueber BIGINT;
CREATE INDEX vorgang_ueber ON vorgang (mandant, ueber, id);
