// Row-level security of PostgreSQL: without its tenant shown, a connection sees and writes nothing, whatever the
// program above it got wrong.
#include "jobs/jobs.h"
#include "support/world.h"
#include "testing/raw.h"

namespace engines {
namespace {

using testing_support::Raw;

class Abschottung : public testing::Test {
 protected:
  World world_{Engine::postgres};
  Town town_{world_};
  Raw raw_ = Raw(world_.fresh.address().target);  // as the server connects
};

TEST_F(Abschottung, isForcedOnEveryTableOfATenant) {
  const auto rows = world_.fresh.raw()(
      "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c JOIN pg_attribute a ON a.attrelid "
      "= c.oid "
      "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attname = "
      "'mandant' ORDER BY 1");
  EXPECT_GE(rows.size(), 28U);
  for (const auto& row : rows) {
    if (row[0] != "mandant_verzeichnis" && row[0] != "auftrag_wecker" && row[0] != "mailadresse_verzeichnis") {
      EXPECT_EQ(row[1], "t") << *row[0];
    }
  }
  EXPECT_EQ(raw_.value("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"), "f")
      << "else the test shows nothing";
}

TEST_F(Abschottung, hidesAndRefusesTheRowsOfOtherTenants) {
  const auto vorgang = town_.vorgang(town_.bernd, town_.akte(town_.bernd, town_.entry("1")));
  town_.dokument(town_.bernd, vorgang, "a.txt", "Wort");
  (void)must(world_.zugang.anmelden("stadt", "anna", password));
  (void)world_.zugang.anmelden("stadt", "anna", "falsch");
  world_.database.write(town_.mandant, [&](sql::WriteTx& tx) {
    jobs::stelleEin(tx, town_.mandant, world_.clock.now(), {.art = "probe"});
    jobs::plane(tx, town_.mandant, "probe", "probe", "{}", 60, world_.clock.now());
  });
  town_.rechnungsmail(town_.bernd);
  auto all = world_.fresh.raw();
  all("INSERT INTO idempotenz VALUES (1, 1, 'x', 'x', 'x', 1)");
  all("INSERT INTO seite SELECT 1, id, 1, 0, 0, NULL, '', '', '' FROM version");
  all("INSERT INTO rendition SELECT 1, id, 'vorschau', 0, 'x', 1, 'x', 'x', 1 FROM version");
  const auto amt = std::to_string(town_.amt.id);
  all("INSERT INTO upload VALUES (1, 'x', 1, 'posteingang', NULL, NULL, NULL, NULL, 'x', 1, 1, NULL)");
  all("INSERT INTO eingangsadresse VALUES (1, 99998, 'x', 1, 'x', " + amt + ")");
  all("INSERT INTO postfach VALUES (1, 99997, 'x', 1, 'x', " + amt + ", 'x', 1, 'tls', 'x', 'x', 'x', NULL, 1, 0)");
  all("INSERT INTO mail_bekannt VALUES (1, 'x', 1, 'x', 1)");
  all("INSERT INTO api_token VALUES (1, 99999, 'x', " + std::to_string(town_.anna.id) + ", 'x', 'lesen', 1, 1, 'x')");
  all("INSERT INTO schlagwort VALUES (1, 1, 'akte', 1, 'x')");
  all("INSERT INTO verweis VALUES (1, 1, 'x', 'akte', 1, 'akte', 2, 'siehe', NULL)");
  all("INSERT INTO kontakt SELECT 1, 1, 'x', 1, 'person', NULL, NULL, 'x', NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
      "'X', "
      "NULL, MIN(id) FROM zugriff WHERE mandant = 1");
  all("INSERT INTO beteiligung VALUES (1, 1, 'x', 'akte', 1, 1, 'x', NULL)");
  all("INSERT INTO vorlage VALUES (1, 1, 'x', 1, 'x', 'akte', 1)");
  all("INSERT INTO stapel VALUES (1, 1, 'x', 1, 'zda', '{}', 'fertig', 1, 1)");
  all("INSERT INTO stapel_objekt VALUES (1, 1, 1, 'akte', 1, 'wartet', NULL, NULL)");
  all("INSERT INTO merkliste VALUES (1, 1, 'favorit', 'akte', 1, 1, 1)");
  all("INSERT INTO feldart VALUES (1, 1, 'x', 1, 'x', 'x', 'text', NULL, 0, 0, 1)");
  all("INSERT INTO feldwert VALUES (1, 1, " + std::to_string(vorgang.id) + ", 1, 'x', 'x', NULL)");
  all("INSERT INTO reorganisation VALUES (1, 1, 'x', 1, 'verschieben', 1, NULL, '', '', '2026-01-01', 1, 'geplant')");
  all("INSERT INTO registerblatt VALUES (1, 1, 'x', 1, 'band', " + std::to_string(vorgang.akte) +
      ", NULL, NULL, 'x', 1)");
  all("INSERT INTO ausleihe VALUES (1, 1, " + std::to_string(vorgang.akte) + ", " + std::to_string(town_.anna.id) +
      ", '2026-01-01', NULL, NULL, NULL)");
  all("INSERT INTO vertretung VALUES (1, 1, 'x', 1, " + std::to_string(town_.anna.id) + ", " +
      std::to_string(town_.bernd.id) + ", '2026-01-01', NULL, NULL, NULL, NULL)");
  all("INSERT INTO ablageregel (mandant, id, uuid, stand, absender, akte, person, angelegt) VALUES (1, 99998, 'x', 1, "
      "'x', " +
      std::to_string(vorgang.akte) + ", " + std::to_string(town_.anna.id) + ", 1)");
  all("INSERT INTO loeschung (mandant, id, uuid, stand, objekt_art, objekt, zugriff, grund, antragsteller, "
      "beantragt_am, "
      "fruehestens, ergebnis) VALUES (1, 99996, 'x', 1, 'vorgang', 1, " +
      std::to_string(vorgang.zugriff) + ", 'x', 1, 1, 'x', 'x')");
  all("INSERT INTO laufweg (mandant, id, uuid, stand, vorgang, ersteller, angelegt, status) VALUES (1, 99990, 'x', "
      "1, " +
      std::to_string(vorgang.id) + ", 1, 1, 'laeuft')");
  all("INSERT INTO schritt (mandant, id, uuid, stand, laufweg, vorgang, nr, stufe, quorum, art, adressat_art, "
      "adressat, "
      "ersteller, status) VALUES (1, 99991, 'x', 1, 99990, " +
      std::to_string(vorgang.id) + ", 1, 1, 'alle', 'kenntnis', 'person', 1, 1, 'aktuell')");
  all("INSERT INTO zeichnung (mandant, id, uuid, dokument, schritt, art, version_nr, sha256, person, zeit) SELECT 1, "
      "99992, "
      "'x', MIN(id), 99991, 'kenntnis', 1, 'x', 1, 1 FROM dokument WHERE mandant = 1");
  all("INSERT INTO suche_gemerkt VALUES (1, 1, 'x', " + std::to_string(town_.anna.id) + ", 'x', 'x', 'x', 1, 1)");
  all("INSERT INTO laufwegvorlage VALUES (1, 1, 'x', 1, 'x', 'x', NULL, NULL)");
  all("INSERT INTO kalender VALUES (1, " + std::to_string(town_.anna.id) + ", 'x', 1)");
  all("INSERT INTO benachrichtigung VALUES (1, " + std::to_string(town_.anna.id) + ", 'keine', 1)");
  all("INSERT INTO umlaufmappe VALUES (1, 1, 'x', 1, " + std::to_string(vorgang.id) + ", 'x', 1, 1)");
  all("INSERT INTO mappenstueck SELECT 1, 1, 1, MIN(id) FROM dokument WHERE mandant = 1");
  all("INSERT INTO anmerkung SELECT 1, 1, 'x', MIN(id), 1, 1, 0, 0, 0, 0, 'x', 1, 1 FROM dokument WHERE mandant = 1");
  all("INSERT INTO netz_profil (mandant, id, uuid, stand, ags, einfuehrung, sichtbarkeit) VALUES (1, 1, 'x', 1, 'x', "
      "'x', "
      "'x')");
  all("INSERT INTO netz_mitglied (mandant, id, uuid, stand, programm, rolle, status, ags, eingeladen_von, seit) VALUES "
      "(1, 1, 'x', 1, 'x', 'x', 'x', '', 1, 'x')");
  all("INSERT INTO netz_angabe VALUES (1, 1, 'x', 1, 'x', 'x', 'x')");
  all("INSERT INTO netz_betreuung VALUES (1, 1, 'x', 1, 'x')");
  all("INSERT INTO netz_checkliste VALUES (1, 1, 'x', 1, 'x', 'x', 'x', 'x', 'x', 1, NULL)");
  all("INSERT INTO netz_werkzeug VALUES (1, 1, 'x', 1, 'x', 'x', 'x', 'x', 'x', 'x', 0, 'x', '[]', NULL, 1)");
  all("INSERT INTO netz_werkzeugdatei VALUES (1, 1, 'x', 1, 'x', 'pdf', 'x', 1, 1, 1)");
  all("INSERT INTO netz_punkt VALUES (1, 1, 1, 'x', 'x', NULL, 1, 1, NULL, NULL)");
  all("INSERT INTO netz_praxis (mandant, id, uuid, stand, status, titel, problem, lizenz, sichtbarkeit) VALUES (1, 1, "
      "'x', 1, 'x', 'x', 'x', 'x', 'x')");
  all("INSERT INTO netz_uebernahme VALUES (1, 1, 'x', 1, 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 1, 'x', 1)");
  all("INSERT INTO netz_einwilligung VALUES (1, 1, 'x', 1, 'x', 'x', 'x', NULL, 1)");
  all("INSERT INTO netz_coaching VALUES (1, 1, 'x', 1, 'x', 'x', 'x', 'x', NULL, NULL, 0, 1)");
  all("INSERT INTO netz_zusatzpunkt VALUES (1, 1, 1, 'x', 'x', NULL)");
  all("INSERT INTO netz_termin VALUES (1, 1, 'x', 1, 'x', 'x', 'x', NULL, 1, 2, 'x', NULL, 1, NULL, NULL, NULL, '[]', "
      "'[]', NULL, 'x')");
  all("INSERT INTO netz_anmeldung VALUES (1, 1, 'x', 1, 1, 'x', 'x', NULL, 'x', 'x', NULL, 0, 1)");
  all("INSERT INTO netz_rueckmeldung VALUES (1, 1, 'x', 1, 5, NULL)");
  all("INSERT INTO netz_beitrag VALUES (1, 1, 'x', 1, 'x', 'x', NULL, 'x', NULL, 'x', NULL, NULL, 'x', 1, NULL)");
  all("INSERT INTO netz_schreiben VALUES (1, 1, 'x', 1, 'x', 'x', 'x', 'x', NULL, 'x', 0, 1)");
  all("INSERT INTO netz_abo VALUES (1, 'x', 'x', 'x', NULL, 1)");
  all("INSERT INTO netz_wirkung VALUES (1, 1, 'x', 1, 1, 1, 0, 0, 0, 0, 'x', NULL)");
  all("INSERT INTO netz_vertrauen VALUES (1, 1, 'x', 1, 'x', 'x', 1)");
  all("INSERT INTO netz_partner VALUES (1, 1, 'x', 1, 'x', 'x', 'x', 'x', 'x', 'x', 1)");
  all("INSERT INTO netz_kooperation (mandant, id, uuid, stand, richtung, thema, laender, rechtsform, status, "
      "sichtbarkeit, angelegt) VALUES (1, 1, 'x', 1, 'x', 'x', '', 'x', 'x', 'x', 'x')");
  all("INSERT INTO netz_raum VALUES (1, 1, 'x', 1, 'x', 1, " + std::to_string(vorgang.id) + ", 2, 1, 'x')");
  all("INSERT INTO netz_raumstueck VALUES (1, 1, 'x', 1, 1, 1, 1, 'x', 'x')");
  all("INSERT INTO virenpruefung SELECT 1, 99989, 'x', 1, dokument, id, 'wartet', NULL, 1, NULL, NULL, NULL FROM "
      "version "
      "ORDER BY id LIMIT 1");
  all("INSERT INTO scanprotokoll (mandant, id, uuid, stand, dokument, nummer, geraet, gescannt) SELECT 1, 99988, 'x', "
      "1, "
      "MIN(id), 1, 'x', 1 FROM dokument WHERE mandant = 1");
  all("INSERT INTO mail_kennung SELECT 1, MIN(id), 'x', 0 FROM version");
  all("INSERT INTO dokumentvorlage VALUES (1, 1, 'x', 1, 'x', 'Ausgang', 1, 1)");
  all("INSERT INTO vorlagenfassung VALUES (1, 1, 1, 1, 'x', 1, 'x', 'odt', '', 1, 1)");
  all("INSERT INTO textbaustein VALUES (1, 1, 'x', 1, 'x', 'x', 1)");
  all("INSERT INTO briefkopf (mandant, id, uuid, stand) VALUES (1, 1, 'x', 1)");
  all("INSERT INTO auswertungsregel VALUES (1, 1, 'x', 1, 0)");
  const std::string newest = " FROM version WHERE mandant = 1 ORDER BY id LIMIT 1";
  all("INSERT INTO reinschrift SELECT 1, 1, 'x', dokument, id, 'x', 1, 1, 'pdfa', 1, 1" + newest);
  all("INSERT INTO versand (mandant, id, uuid, stand, dokument, nr, art, empfaenger, ausgangsdatum, person, zeit) "
      "SELECT 1, 1, 'x', 1, dokument, 1, 'post', 'x', '2026-01-01', 1, 1" +
      newest);
  all("INSERT INTO schwaerzung SELECT 1, 1, 'x', dokument, id, 1, 'x', 'x', '[]', 'x', 1, 1, 1, 1" + newest);
  all("INSERT INTO akteneinsicht (mandant, id, uuid, stand, akte, nr, antragsteller, grundlage, metadaten, person, "
      "zeit) VALUES (1, 1, 'x', 1, " +
      std::to_string(vorgang.akte) + ", 1, 'x', 'x', 0, 1, 1)");
  all("INSERT INTO akteneinsicht_teil SELECT 1, 1, 1, dokument, id, NULL, 1, NULL" + newest);
  all("INSERT INTO zweitfaktor VALUES (1, 'x', 1, 'totp', 'x', '', 'x', 0, 0, 1, NULL)");
  all("INSERT INTO wiederherstellungscode VALUES (1, 1, 'x')");
  all("INSERT INTO dateipruefung VALUES (1, 0, 1, 0, NULL, 1)");
  all("INSERT INTO dateischaden VALUES (1, 'x', 'x', 1, NULL)");
  all("INSERT INTO einsicht VALUES (1, 1, 'dokument', 1, 1, 'x', 1)");
  all("INSERT INTO uebernahme SELECT 1, 1, id, 1, NULL, 1 FROM dokument LIMIT 1");
  all("INSERT INTO loeschsperre VALUES (1, 1, 'x', 1, " + std::to_string(vorgang.akte) + ", 'x', 1, 1, NULL, NULL)");
  const auto tables = all("SELECT c.relname FROM pg_class c WHERE c.relrowsecurity ORDER BY 1");
  ASSERT_GE(tables.size(), 27U);
  for (const auto& row : tables) {
    const std::string& table = *row[0];
    ASSERT_NE(all.value("SELECT COUNT(*) FROM " + table), "0") << table << ": nothing there to hide";
    for (const auto* shown : {"", "2", "-1"}) {
      raw_(std::string("SELECT set_config('aktenlotse.mandant', '") + shown + "', false)");
      EXPECT_EQ(raw_.value("SELECT COUNT(*) FROM " + table), "0") << table;
      EXPECT_TRUE(raw_("UPDATE " + table + " SET mandant = mandant RETURNING 1").empty()) << table;
      EXPECT_TRUE(raw_("DELETE FROM " + table + " RETURNING 1").empty()) << table;
      EXPECT_THROW(raw_("INSERT INTO " + table + " (mandant) VALUES (1)"), std::runtime_error);
    }
    raw_("SELECT set_config('aktenlotse.mandant', '1', false)");
    EXPECT_NE(raw_.value("SELECT COUNT(*) FROM " + table), "0") << table;
    try {
      raw_("INSERT INTO " + table + " (mandant) VALUES (2)");
      ADD_FAILURE() << table << " took a row of another tenant";
    } catch (const std::runtime_error& error) {
      EXPECT_NE(std::string(error.what()).find("row-level security"), std::string::npos)
          << table << ": " << error.what();
    }
  }
}

TEST_F(Abschottung, aConnectionForgetsItsTenantWithTheTransaction) {
  (void)town_.entries();
  sql::Database one(world_.fresh.address(), {.connections = 1});
  EXPECT_GT(
      one.read(town_.mandant,
               [](const sql::ReadTx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM person").value(); }),
      0);
  EXPECT_EQ(
      one.read(0, [](const sql::ReadTx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM person").value(); }),
      0);
  EXPECT_EQ(
      one.read(town_.mandant + 1,
               [](const sql::ReadTx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM person").value(); }),
      0);
}

}  // namespace
}  // namespace engines
