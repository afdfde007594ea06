-- Signs in the form in which a letter is compared with them (eingang/erkennung.h): groups of letters and digits in small
-- letters, parted by dots.
ALTER TABLE zeichen ADD COLUMN form TEXT GENERATED ALWAYS AS (lower(replace(replace(replace(replace(replace(replace(replace(
  zeichen, '-', '.'), '/', '.'), '_', '.'), ' ', '.'), 'Ä', 'ä'), 'Ö', 'ö'), 'Ü', 'ü') COLLATE "C")) STORED;
CREATE INDEX zeichen_form ON zeichen (mandant, form);
ALTER TABLE vorgang ADD COLUMN fremd_form TEXT GENERATED ALWAYS AS (lower(replace(replace(replace(replace(replace(replace(replace(
  fremdes_geschaeftszeichen, '-', '.'), '/', '.'), '_', '.'), ' ', '.'), 'Ä', 'ä'), 'Ö', 'ö'), 'Ü', 'ü') COLLATE "C")) STORED;
CREATE INDEX vorgang_fremd_form ON vorgang (mandant, fremd_form) WHERE fremd_form IS NOT NULL;
ALTER TABLE dokument ADD COLUMN fremd_form TEXT GENERATED ALWAYS AS (lower(replace(replace(replace(replace(replace(replace(replace(
  fremdes_geschaeftszeichen, '-', '.'), '/', '.'), '_', '.'), ' ', '.'), 'Ä', 'ä'), 'Ö', 'ö'), 'Ü', 'ü') COLLATE "C")) STORED;
CREATE INDEX dokument_fremd_form ON dokument (mandant, fremd_form) WHERE fremd_form IS NOT NULL;

-- What goes out on a day, for letters that answer it.
CREATE INDEX dokument_ausgang ON dokument (mandant, datum, id) WHERE art = 'Ausgang';

-- A rule that somebody made from a correction: letters of a sender, or with words in their Betreff, belong there.
CREATE TABLE ablageregel (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  absender TEXT,                          -- the key of a sender, see absenderSchluessel
  absender_name TEXT,                     -- as written in the letter that the rule was made from
  worte TEXT,                             -- all of them in the Betreff
  organisationseinheit BIGINT,           -- whose Posteingang; empty for any
  akte BIGINT NOT NULL,
  vorgang BIGINT,                        -- empty: a new Vorgang in the Akte
  person BIGINT NOT NULL,
  angelegt BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id),
  CHECK (absender IS NOT NULL OR worte IS NOT NULL)
);

ALTER TABLE ablageregel ENABLE ROW LEVEL SECURITY;
ALTER TABLE ablageregel FORCE ROW LEVEL SECURITY;
CREATE POLICY mandant ON ablageregel USING (mandant = nullif(current_setting('aktenlotse.mandant', true), '')::bigint);
