-- The register of towns that the operator read in beside the one of the program (docs/decisions/0042). It belongs to the
-- installation, as what hangs out does, and to no tenant; nothing is ever taken away from it.
CREATE TABLE netz_kommune (
  ags TEXT NOT NULL,
  ars TEXT NOT NULL,
  name TEXT NOT NULL,
  art TEXT NOT NULL,
  verband TEXT NOT NULL,
  plz TEXT NOT NULL,
  einwohner BIGINT NOT NULL,
  lesung BIGINT NOT NULL,
  PRIMARY KEY (ags)
);

-- Each time that a table was read in: where it comes from, who did it (0: the operator), how much it brought.
CREATE TABLE netz_kommunenlesung (
  nr BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  zeit BIGINT NOT NULL,
  quelle TEXT NOT NULL,
  eigner BIGINT NOT NULL,
  person BIGINT NOT NULL,
  neu BIGINT NOT NULL,
  geaendert BIGINT NOT NULL,
  PRIMARY KEY (nr)
);

-- Whose tenant for practice it is: of the town whose people may try Bausteine there, both by their numbers. One that
-- nobody was given is of the only town there is.
CREATE TABLE netz_uebung (
  uebung BIGINT NOT NULL PRIMARY KEY,
  stadt BIGINT NOT NULL
);
