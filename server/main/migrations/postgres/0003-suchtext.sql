-- The vectors have other lexemes than before (parts of compounds, weights for what stands above a text), so
-- `aktenlotse reindex` makes them anew.

-- The words of a tenant's documents that the program does not know as German words, with the number of documents that hold
-- each; and keys by which the words near another are found without reading all (server/text/include/text/forgive.h).
CREATE TABLE suche_wortschatz (
  mandant BIGINT NOT NULL,
  wort TEXT COLLATE "C" NOT NULL,
  dokumente BIGINT NOT NULL,
  PRIMARY KEY (mandant, wort)
);
CREATE TABLE suche_schluessel (
  mandant BIGINT NOT NULL,
  schluessel BIGINT NOT NULL,
  wort TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (mandant, schluessel, wort)
);

DO $$
DECLARE
  tabelle text;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['suche_wortschatz', 'suche_schluessel']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
