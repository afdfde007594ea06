-- What stands above a text (sign, Betreff, sender) weighs more than the text, so it has columns of its own; `teil` holds the
-- parts of compounds. The index is empty afterwards: `aktenlotse reindex` fills it.
DROP TABLE suche_wort;
CREATE VIRTUAL TABLE suche_wort USING fts5 (wort, stamm, teil, kopfwort, kopfstamm, content = '', tokenize = 'ascii');
INSERT INTO suche_wort (suche_wort, rank) VALUES ('rank', 'bm25(1.0, 1.0, 0.4, 3.0, 3.0)');
INSERT INTO vorschlag_wort (vorschlag_wort) VALUES ('delete-all');
DELETE FROM suche;

-- The words of a tenant's documents that the program does not know as German words, with the number of documents that hold
-- each; and keys by which the words near another are found without reading all (server/text/include/text/forgive.h).
CREATE TABLE suche_wortschatz (
  mandant INTEGER NOT NULL,
  wort TEXT NOT NULL,
  dokumente INTEGER NOT NULL,
  PRIMARY KEY (mandant, wort)
) STRICT, WITHOUT ROWID;
CREATE TABLE suche_schluessel (
  mandant INTEGER NOT NULL,
  schluessel INTEGER NOT NULL,
  wort TEXT NOT NULL,
  PRIMARY KEY (mandant, schluessel, wort)
) STRICT, WITHOUT ROWID;
