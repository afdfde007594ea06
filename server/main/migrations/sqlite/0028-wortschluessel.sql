-- Keys of new words lie anywhere in suche_schluessel, so a transaction that brings a thousand of them would write nearly
-- all of its pages again. They are gathered here and go over together, in their order.

CREATE TABLE suche_schluessel_neu (
  mandant INTEGER NOT NULL,
  schluessel INTEGER NOT NULL,
  wort TEXT NOT NULL,
  PRIMARY KEY (mandant, schluessel, wort)
) STRICT;
