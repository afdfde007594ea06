-- The register of towns that the operator read in beside the one of the program (docs/decisions/0042). It belongs to the
-- installation, as what hangs out does, and to no tenant; nothing is ever taken away from it.
CREATE TABLE netz_kommune (
  ags TEXT NOT NULL,
  ars TEXT NOT NULL,
  name TEXT NOT NULL,
  art TEXT NOT NULL,
  verband TEXT NOT NULL,
  plz TEXT NOT NULL,
  einwohner INTEGER NOT NULL,
  lesung INTEGER NOT NULL,
  PRIMARY KEY (ags)
) STRICT, WITHOUT ROWID;

-- Each time that a table was read in: where it comes from, who did it (0: the operator), how much it brought.
CREATE TABLE netz_kommunenlesung (
  nr INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  zeit INTEGER NOT NULL,
  quelle TEXT NOT NULL,
  eigner INTEGER NOT NULL,
  person INTEGER NOT NULL,
  neu INTEGER NOT NULL,
  geaendert INTEGER NOT NULL,
  PRIMARY KEY (nr)
) STRICT, WITHOUT ROWID;

-- Whose tenant for practice it is: of the town whose people may try Bausteine there, both by their numbers. One that
-- nobody was given is of the only town there is.
CREATE TABLE netz_uebung (
  uebung INTEGER NOT NULL PRIMARY KEY,
  stadt INTEGER NOT NULL
) STRICT;
