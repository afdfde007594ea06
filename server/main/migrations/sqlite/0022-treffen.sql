-- Meeting, coaching and telling in the Lotsennetz (docs/decisions/0032). What several tenants share of it hangs out as before.

-- The town says yes to a Lotse, who then sees what it keeps for coaching. `lotse` is his membership, of whichever tenant.
CREATE TABLE netz_einwilligung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  lotse TEXT NOT NULL,
  status TEXT NOT NULL,
  seit TEXT NOT NULL,
  bis TEXT,
  person INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, lotse)
) STRICT;

-- The confidential log of a Lotse and a town; each side keeps what it wrote. `begleitung` is the uuid of the consent.
CREATE TABLE netz_coaching (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  begleitung TEXT NOT NULL,
  tag TEXT NOT NULL,
  thema TEXT NOT NULL,
  inhalt TEXT NOT NULL,
  schritt TEXT,
  faellig TEXT,
  erledigt INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;

-- What a town adds to a checklist of its own, such as a next step of coaching. Its state lies in netz_punkt.
CREATE TABLE netz_zusatzpunkt (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  checkliste INTEGER NOT NULL,
  schluessel TEXT NOT NULL,
  inhalt TEXT NOT NULL,
  quelle TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, checkliste, schluessel),
  FOREIGN KEY (mandant, checkliste) REFERENCES netz_checkliste (mandant, id)
) STRICT;

CREATE TABLE netz_termin (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  art TEXT NOT NULL,
  status TEXT NOT NULL,
  titel TEXT NOT NULL,
  beschreibung TEXT,
  beginn INTEGER NOT NULL,
  ende INTEGER NOT NULL,
  ort TEXT,
  link TEXT,
  plaetze INTEGER,
  modul TEXT,
  reihe TEXT,
  regel TEXT,
  tagesordnung TEXT NOT NULL,
  material TEXT NOT NULL,
  protokoll TEXT,
  sichtbarkeit TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;

-- Who takes part, of whichever tenant: kept by the tenant that invites, so that its writers, who go one after the other,
-- never give more seats than there are.
CREATE TABLE netz_anmeldung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  termin INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  kommune TEXT NOT NULL,
  status TEXT NOT NULL,
  dabei INTEGER,
  rueckmeldung INTEGER NOT NULL,
  zeit INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, termin, person),
  UNIQUE (mandant, termin, nr),
  FOREIGN KEY (mandant, termin) REFERENCES netz_termin (mandant, id)
) STRICT;

-- What people thought of it, without a name.
CREATE TABLE netz_rueckmeldung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  termin INTEGER NOT NULL,
  note INTEGER NOT NULL,
  inhalt TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, termin) REFERENCES netz_termin (mandant, id)
) STRICT;

-- What came out of a meeting, and what people add to a Praxis. `bezug` is what it is about, `zu` what it answers.
CREATE TABLE netz_beitrag (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  art TEXT NOT NULL,
  bezug TEXT NOT NULL,
  zu TEXT,
  titel TEXT NOT NULL,
  inhalt TEXT,
  status TEXT NOT NULL,
  verantwortlich TEXT,
  faellig TEXT,
  sichtbarkeit TEXT NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;

-- Circulars, newsletters and press releases.
CREATE TABLE netz_schreiben (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  art TEXT NOT NULL,
  status TEXT NOT NULL,
  titel TEXT NOT NULL,
  inhalt TEXT NOT NULL,
  ort TEXT,
  tag TEXT NOT NULL,
  empfaenger INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
) STRICT;

-- Who wants which mail. Technical, so that an address is gone when it is taken back. `schluessel` stands in the links.
CREATE TABLE netz_abo (
  mandant INTEGER NOT NULL,
  schluessel TEXT NOT NULL,
  liste TEXT NOT NULL,
  email TEXT NOT NULL,
  bestaetigt INTEGER,
  gefragt INTEGER NOT NULL,
  PRIMARY KEY (mandant, schluessel),
  UNIQUE (mandant, liste, email)
) STRICT;

-- The figures of a town that agrees, before and after it adopted a Baustein: shown as sums of several towns alone.
CREATE TABLE netz_wirkung (
  mandant INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  stand INTEGER NOT NULL,
  uebernahme INTEGER NOT NULL,
  einverstanden INTEGER NOT NULL,
  faelle_vorher INTEGER NOT NULL,
  tage_vorher INTEGER NOT NULL,
  faelle_nachher INTEGER NOT NULL,
  tage_nachher INTEGER NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, uebernahme),
  FOREIGN KEY (mandant, uebernahme) REFERENCES netz_uebernahme (mandant, id)
) STRICT;

-- Associations that the town says it is a member of, by their keys in the register.
ALTER TABLE netz_profil ADD COLUMN mitglied_in TEXT;

-- What lists of its kind are ordered by: the beginning of an event, the day of a press release.
ALTER TABLE netz_aushang ADD COLUMN ordnung TEXT NOT NULL DEFAULT '';
CREATE INDEX netz_aushang_ordnung ON netz_aushang (art, ordnung) WHERE ordnung <> '';
