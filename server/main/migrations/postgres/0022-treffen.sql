-- Meeting, coaching and telling in the Lotsennetz (docs/decisions/0032). What several tenants share of it hangs out as before.

-- The town says yes to a Lotse, who then sees what it keeps for coaching. `lotse` is his membership, of whichever tenant.
CREATE TABLE netz_einwilligung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  lotse TEXT NOT NULL,
  status TEXT NOT NULL,
  seit TEXT NOT NULL,
  bis TEXT,
  person BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, lotse)
);

-- The confidential log of a Lotse and a town; each side keeps what it wrote. `begleitung` is the uuid of the consent.
CREATE TABLE netz_coaching (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  begleitung TEXT NOT NULL,
  tag TEXT NOT NULL,
  thema TEXT NOT NULL,
  inhalt TEXT NOT NULL,
  schritt TEXT,
  faellig TEXT,
  erledigt BIGINT NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);

-- What a town adds to a checklist of its own, such as a next step of coaching. Its state lies in netz_punkt.
CREATE TABLE netz_zusatzpunkt (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  checkliste BIGINT NOT NULL,
  schluessel TEXT NOT NULL,
  inhalt TEXT NOT NULL,
  quelle TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, checkliste, schluessel),
  FOREIGN KEY (mandant, checkliste) REFERENCES netz_checkliste (mandant, id)
);

CREATE TABLE netz_termin (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  art TEXT NOT NULL,
  status TEXT NOT NULL,
  titel TEXT NOT NULL,
  beschreibung TEXT,
  beginn BIGINT NOT NULL,
  ende BIGINT NOT NULL,
  ort TEXT,
  link TEXT,
  plaetze BIGINT,
  modul TEXT,
  reihe TEXT,
  regel TEXT,
  tagesordnung TEXT NOT NULL,
  material TEXT NOT NULL,
  protokoll TEXT,
  sichtbarkeit TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);

-- Who takes part, of whichever tenant: kept by the tenant that invites, so that its writers, who go one after the other,
-- never give more seats than there are.
CREATE TABLE netz_anmeldung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  termin BIGINT NOT NULL,
  nr BIGINT NOT NULL,
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  kommune TEXT NOT NULL,
  status TEXT NOT NULL,
  dabei BIGINT,
  rueckmeldung BIGINT NOT NULL,
  zeit BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, termin, person),
  UNIQUE (mandant, termin, nr),
  FOREIGN KEY (mandant, termin) REFERENCES netz_termin (mandant, id)
);

-- What people thought of it, without a name.
CREATE TABLE netz_rueckmeldung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  termin BIGINT NOT NULL,
  note BIGINT NOT NULL,
  inhalt TEXT,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  FOREIGN KEY (mandant, termin) REFERENCES netz_termin (mandant, id)
);

-- What came out of a meeting, and what people add to a Praxis. `bezug` is what it is about, `zu` what it answers.
CREATE TABLE netz_beitrag (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  art TEXT NOT NULL,
  bezug TEXT NOT NULL,
  zu TEXT,
  titel TEXT NOT NULL,
  inhalt TEXT,
  status TEXT NOT NULL,
  verantwortlich TEXT,
  faellig TEXT,
  sichtbarkeit TEXT NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);

-- Circulars, newsletters and press releases.
CREATE TABLE netz_schreiben (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  art TEXT NOT NULL,
  status TEXT NOT NULL,
  titel TEXT NOT NULL,
  inhalt TEXT NOT NULL,
  ort TEXT,
  tag TEXT NOT NULL,
  empfaenger BIGINT NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid)
);

-- Who wants which mail. Technical, so that an address is gone when it is taken back. `schluessel` stands in the links.
CREATE TABLE netz_abo (
  mandant BIGINT NOT NULL,
  schluessel TEXT NOT NULL,
  liste TEXT NOT NULL,
  email TEXT NOT NULL,
  bestaetigt BIGINT,
  gefragt BIGINT NOT NULL,
  PRIMARY KEY (mandant, schluessel),
  UNIQUE (mandant, liste, email)
);

-- The figures of a town that agrees, before and after it adopted a Baustein: shown as sums of several towns alone.
CREATE TABLE netz_wirkung (
  mandant BIGINT NOT NULL,
  id BIGINT NOT NULL,
  uuid TEXT NOT NULL,
  stand BIGINT NOT NULL,
  uebernahme BIGINT NOT NULL,
  einverstanden BIGINT NOT NULL,
  faelle_vorher BIGINT NOT NULL,
  tage_vorher BIGINT NOT NULL,
  faelle_nachher BIGINT NOT NULL,
  tage_nachher BIGINT NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (mandant, id),
  UNIQUE (mandant, uuid),
  UNIQUE (mandant, uebernahme),
  FOREIGN KEY (mandant, uebernahme) REFERENCES netz_uebernahme (mandant, id)
);

-- Associations that the town says it is a member of, by their keys in the register.
ALTER TABLE netz_profil ADD COLUMN mitglied_in TEXT;

-- What lists of its kind are ordered by: the beginning of an event, the day of a press release.
ALTER TABLE netz_aushang ADD COLUMN ordnung TEXT NOT NULL DEFAULT '';
CREATE INDEX netz_aushang_ordnung ON netz_aushang (art, ordnung) WHERE ordnung <> '';

DO $$
DECLARE tabelle TEXT;
BEGIN
  FOREACH tabelle IN ARRAY ARRAY['netz_einwilligung', 'netz_coaching', 'netz_zusatzpunkt', 'netz_termin', 'netz_anmeldung',
    'netz_rueckmeldung', 'netz_beitrag', 'netz_schreiben', 'netz_abo', 'netz_wirkung']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %I USING (mandant = '
      'nullif(current_setting(''aktenlotse.mandant'', true), '''')::bigint)', tabelle);
  END LOOP;
END $$;
