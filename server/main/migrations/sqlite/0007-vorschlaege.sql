-- Signs in the form in which a letter is compared with them (eingang/erkennung.h): groups of letters and digits in small
-- letters, parted by dots.
ALTER TABLE zeichen ADD COLUMN form TEXT GENERATED ALWAYS AS (lower(replace(replace(replace(replace(replace(replace(replace(
  zeichen, '-', '.'), '/', '.'), '_', '.'), ' ', '.'), 'Ä', 'ä'), 'Ö', 'ö'), 'Ü', 'ü'))) VIRTUAL;
CREATE INDEX zeichen_form ON zeichen (mandant, form);
ALTER TABLE vorgang ADD COLUMN fremd_form TEXT GENERATED ALWAYS AS (lower(replace(replace(replace(replace(replace(replace(replace(
  fremdes_geschaeftszeichen, '-', '.'), '/', '.'), '_', '.'), ' ', '.'), 'Ä', 'ä'), 'Ö', 'ö'), 'Ü', 'ü'))) VIRTUAL;
CREATE INDEX vorgang_fremd_form ON vorgang (mandant, fremd_form) WHERE fremd_form IS NOT NULL;
ALTER TABLE dokument ADD COLUMN fremd_form TEXT GENERATED ALWAYS AS (lower(replace(replace(replace(replace(replace(replace(replace(
  fremdes_geschaeftszeichen, '-', '.'), '/', '.'), '_', '.'), ' ', '.'), 'Ä', 'ä'), 'Ö', 'ö'), 'Ü', 'ü'))) VIRTUAL;
CREATE INDEX dokument_fremd_form ON dokument (mandant, fremd_form) WHERE fremd_form IS NOT NULL;

-- What goes out on a day, for letters that answer it.
CREATE INDEX dokument_ausgang ON dokument (mandant, datum, id) WHERE art = 'Ausgang';

-- A rule that somebody made from a correction: letters of a sender, or with words in their Betreff, belong there.
CREATE TABLE ablageregel (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  absender TEXT,                          -- the key of a sender, see absenderSchluessel
  absender_name TEXT,                     -- as written in the letter that the rule was made from
  worte TEXT,                             -- all of them in the Betreff
  organisationseinheit INTEGER,           -- whose Posteingang; empty for any
  akte INTEGER NOT NULL,
  vorgang INTEGER,                        -- empty: a new Vorgang in the Akte
  person INTEGER NOT NULL,
  angelegt INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, organisationseinheit) REFERENCES organisationseinheit (mandant, id),
  FOREIGN KEY (mandant, akte) REFERENCES akte (mandant, id),
  FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, id),
  FOREIGN KEY (mandant, person) REFERENCES person (mandant, id),
  CHECK (absender IS NOT NULL OR worte IS NOT NULL)
) STRICT;
