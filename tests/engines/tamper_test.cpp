// Whoever changes one value past the door is found out: every column of every table that carries weight, rows taken
// away, and bytes of files.
#include <fstream>
#include <random>

#include "akte/ausleihe.h"
#include "akte/post.h"
#include "akte/register.h"
#include "akte/reorganisation.h"
#include "akte/schreiben_zeilen.h"
#include "akte/schutz.h"
#include "akte/uebernahme.h"
#include "eingang/vorschlag.h"
#include "geschaeftsgang/geschaeftsgang.h"
#include "mandant/vertretung.h"
#include "support/play.h"
#include "support/property.h"

namespace engines {
namespace {

using testing_support::Raw;
using testing_support::sqlLiteral;

/// A table with its key, and the columns that are derived or journalled.
struct Watched {
  std::string name;
  std::vector<std::string> key, columns;
};

std::vector<Watched> watched(Raw& raw) {
  std::vector<Watched> out;
  for (const auto* table : suche::journalTabellen()) out.push_back({std::string(table->name), {"mandant", "id"}, {}});
  out.push_back({"journal", {"mandant", "nr"}, {}});
  out.push_back({"journal_kopf", {"mandant", "kette"}, {}});
  out.push_back({"zaehler", {"mandant"}, {}});
  out.push_back({"person_zugriff", {"mandant", "person", "zugriff"}, {}});
  out.push_back({"volltext", {"mandant", "version"}, {}});
  out.push_back({"suche", {"mandant", "objekt"}, {}});
  out.push_back({"suche_wortschatz", {"mandant", "wort"}, {}});
  out.push_back({"suche_schluessel", {"mandant", "schluessel", "wort"}, {}});
  out.push_back({"mandant_verzeichnis", {"mandant"}, {}});
  if (!raw.isPostgres()) out.push_back({"suche_schluessel_neu", {"mandant", "schluessel", "wort"}, {}});
  if (raw.isPostgres()) out.push_back({"suche_abschnitt", {"mandant", "objekt", "abschnitt"}, {}});
  for (auto& table : out) {
    const auto rows = raw(raw.isPostgres() ? "SELECT attname FROM pg_attribute WHERE attrelid = '" + table.name +
                                                 "'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
                                           : "SELECT name FROM pragma_table_info('" + table.name + "')");
    for (const auto& row : rows) table.columns.push_back(*row[0]);
  }
  return out;
}

/// The value with one byte changed, as an SQL literal; a number is one more, nothing becomes something.
std::string changed(const std::optional<std::string>& value, const std::string& column, unsigned where) {
  if (!value) return "'1'";  // both engines make the number of it that the column asks for
  if (column == "woerter") return "''";
  const bool number =
      !value->empty() && value->find_first_not_of("-0123456789") == std::string::npos && value->size() < 19;
  if (number) return sqlLiteral(std::to_string(std::stoll(*value) + 1));
  std::string text = *value;
  if (text.empty()) return "'x'";
  auto& byte = text[where % text.size()];
  byte = static_cast<unsigned char>(byte) >= 0x80 ? '?' : byte == 'e' ? 'f' : 'e';
  // A whole character goes, so that the text stays UTF-8: PostgreSQL takes nothing else.
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0x80) != 0) text[i] = '?';
  return sqlLiteral(text);
}

class Tamper : public OnBothEngines {
 protected:
  void SetUp() override {
    raw_(raw_.isPostgres() ? "SET session_replication_role = replica" : "PRAGMA foreign_keys = OFF");
    std::mt19937 random(11);  // NOLINT(cert-msc51-cpp): the same town every time
    Play play(town_);
    for (int i = 0; i < 400; ++i) {
      const auto next = [&] { return static_cast<unsigned>(random() % 5040); };
      const auto kind = next(), x = next(), y = next(), z = next();
      play.step({kind % Play::uebergaenge, x, y, z});
    }
    const auto brief =  // words that are no German
        town_.eingang(town_.bernd, "quastenflosser.txt", "Der Quastenflosser im Zwiebelturm");
    if (!raw_.isPostgres()) {
      // As if these had been many enough to go over.
      raw_("INSERT INTO suche_schluessel SELECT mandant, schluessel, wort FROM suche_schluessel_neu");
      raw_("DELETE FROM suche_schluessel_neu");
      town_.eingang(town_.bernd, "flossenquaster.txt", "Der Flossenquaster in der Turmzwiebel");
    }
    town_.rechnungsmail(town_.bernd);
    auto fund = world_.file("fund.txt", "nicht geöffnet");
    fund.sperre = akte::Sperre{akte::Pruefstatus::befund, "Probe", true};
    must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.createEingang(c, w, {}, fund, {.kanal = akte::Kanal::scan, .geraet = "Scanplatz"});
    }));
    const auto akte = town_.akte(town_.anna, town_.entry("77"));
    const auto vorgang = town_.see(town_.anna, town_.vorgang(town_.anna, akte));
    // Of each table a row, whatever chance has made, and whatever it has hidden.
    for (const auto& [kind, b] : {std::pair(8U, 1U), {31U, 1U}, {29U, 1U}, {32U, 1U}, {34U, 1U}, {35U, 3U}, {35U, 1U}})
      for (unsigned x = 0; x < 200; ++x)
        if (play.step({kind, x, b, x + 1})) break;
    must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
      return eingang::createRegel(c, w, {{{"Simone Schröder"}}, {}, {}, vorgang.vorgang.uuid, {}});
    }));
    const auto other = town_.vorgang(town_.anna, akte);
    must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
      return world_.umfeld.addVerweis(c, w, akte::objektOf(vorgang),
                                      {akte::SuchArt::vorgang, other.uuid, akte::Verweisart::siehe, {}});
    }));
    const auto dokument = town_.dokument(town_.anna, vorgang.vorgang, "bescheid.txt", "Bescheid");
    geschaeftsgang::Geschaeftsgang gang(world_.schriftgut);
    must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) -> base::Result<void> {
      AKTENLOTSE_GET(laufweg,
                     gang.starte(c, w, vorgang, {{"@anna mz bis morgen \"Bitte\", dann @anna sz"}, dokument.uuid}));
      geschaeftsgang::SchrittHandeln sign;
      sign.schritt = geschaeftsgang::schritteOf(c.tx(), w.mandant, laufweg.id).at(0).uuid;
      return gang.handle(c, w, vorgang, sign);
    }));
    akte::MandantAendern change;
    change.loeschfrist = {true, 0};
    must(world_.change(town_.mandant, 0, [&](Change& c) {
      return world_.schriftgut.changeMandant(c, mandant::allRows<mandant::MandantZeile>(c.tx(), town_.mandant).at(0),
                                             change);
    }));
    must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.wechsle(c, w, vorgang, akte::Uebergang::loeschmarkierung, {{{"Irrtum"}}});
    }));
    must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
      return mandant::setVertretung(c, w, {{}, town_.bernd.uuid, base::Datum::of(2099, 1, 1), {}, {}});
    }));
    must(town_.as(town_.anna, [&](Change& c, const Berechtigung&) -> base::Result<void> {
      akte::AusleiheZeile loan;
      loan.akte = akte.id;
      loan.person = town_.bernd.id;
      loan.seit = base::Datum::of(2026, 1, 2);
      c.insert(loan);
      c.about({"akte.ausgeliehen", akte.tabelle, akte.id, akte.id, 0});
      return {};
    }));
    must(town_.as(town_.anna, [&](Change& c, const Berechtigung&) -> base::Result<void> {
      akte::RegisterblattZeile blatt;
      blatt.uuid = c.newUuid();
      blatt.akte = akte.id;
      blatt.bezeichnung = "Pläne";
      blatt.platz = 1;
      c.insert(blatt);
      akte::ReorganisationZeile plan;
      plan.uuid = c.newUuid();
      plan.einheit = town_.amt.id;
      plan.stichtag = base::Datum::of(2099, 1, 1);
      c.insert(plan);
      akte::EingangsadresseZeile adresse;
      adresse.uuid = c.newUuid();
      adresse.adresse = "amt@stadt.example";
      adresse.organisationseinheit = town_.amt.id;
      c.insert(adresse);
      akte::PostfachZeile postfach;
      postfach.uuid = c.newUuid();
      postfach.bezeichnung = "Amt";
      postfach.organisationseinheit = town_.amt.id;
      c.insert(postfach);
      akte::LoeschsperreZeile sperre;
      sperre.uuid = c.newUuid();
      sperre.akte = akte.id;
      sperre.grund = "Klage";
      sperre.person = town_.anna.id;
      sperre.seit = c.zeit();
      c.insert(sperre);
      akte::UebernahmeZeile genommen;
      genommen.dokument = brief.id;
      genommen.organisationseinheit = town_.amt.id;
      genommen.bearbeitung = town_.bernd.id;
      genommen.seit = c.zeit();
      c.insert(genommen);
      c.about({"registerblatt.angelegt", akte.tabelle, akte.id, akte.id, 0});
      return {};
    }));
    must(town_.as(town_.anna, [&](Change& c, const Berechtigung&) -> base::Result<void> {
      insertOfTheGeschaeftsgang(c, vorgang, dokument);
      insertLetters(c, akte, dokument);
      c.about({"umlaufmappe.angelegt", akte.tabelle, akte.id, akte.id, 0});
      return {};
    }));
    ASSERT_EQ(world_.check(), Findings());
  }

  void insertOfTheGeschaeftsgang(Change& c, const akte::VorgangMit& vorgang, const akte::DokumentZeile& dokument) {
    akte::UmlaufmappeZeile mappe;
    mappe.uuid = c.newUuid();
    mappe.vorgang = vorgang.vorgang.id;
    mappe.titel = "Zur Unterschrift";
    mappe.ersteller = town_.anna.id;
    mappe.angelegt = c.zeit();
    c.insert(mappe);
    akte::MappenstueckZeile stueck{0, 0, mappe.id, dokument.id};
    c.insert(stueck);
    akte::AnmerkungZeile anmerkung;
    anmerkung.uuid = c.newUuid();
    anmerkung.dokument = dokument.id;
    anmerkung.versionNr = 1;
    anmerkung.text = "Bitte prüfen";
    anmerkung.person = town_.anna.id;
    anmerkung.zeit = c.zeit();
    c.insert(anmerkung);
    akte::LaufwegvorlageZeile vorlage;
    vorlage.uuid = c.newUuid();
    vorlage.name = "Bauantrag";
    vorlage.zeile = "@anna mz";
    c.insert(vorlage);
  }

  void insertLetters(Change& c, const akte::AkteZeile& akte, const akte::DokumentZeile& dokument) {
    const auto version = c.tx().one<akte::VersionZeile>(sql::Query::select<akte::VersionZeile>().add(
        " FROM version WHERE mandant = :mandant AND dokument = :dokument", c.mandant(), dokument.id));
    akte::DokumentvorlageZeile vorlage;
    vorlage.uuid = c.newUuid();
    vorlage.bezeichnung = "Bescheid";
    vorlage.fassung = 1;
    c.insert(vorlage);
    akte::VorlagenfassungZeile fassung;
    fassung.dokumentvorlage = vorlage.id;
    fassung.nr = 1;
    fassung.sha256 = version->sha256;
    fassung.dateiname = "bescheid.odt";
    fassung.format = "odt";
    fassung.angelegt = c.zeit();
    fassung.ersteller = town_.anna.id;
    c.insert(fassung);
    akte::TextbausteinZeile baustein;
    baustein.uuid = c.newUuid();
    baustein.bezeichnung = "Gruß";
    baustein.text = "Mit freundlichen Grüßen";
    c.insert(baustein);
    akte::BriefkopfZeile kopf;
    kopf.uuid = c.newUuid();
    kopf.name = "Stadt";
    c.insert(kopf);
    akte::ReinschriftZeile reinschrift;
    reinschrift.uuid = c.newUuid();
    reinschrift.dokument = dokument.id;
    reinschrift.version = version->id;
    reinschrift.sha256 = version->sha256;
    reinschrift.form = "PDF";
    reinschrift.person = town_.anna.id;
    reinschrift.zeit = c.zeit();
    c.insert(reinschrift);
    akte::VersandZeile versand;
    versand.uuid = c.newUuid();
    versand.dokument = dokument.id;
    versand.nr = 1;
    versand.empfaenger = "Erika Beispiel";
    versand.ausgangsdatum = base::Datum::of(2026, 1, 2);
    versand.person = town_.anna.id;
    versand.zeit = c.zeit();
    c.insert(versand);
    akte::SchwaerzungZeile schwaerzung;
    schwaerzung.uuid = c.newUuid();
    schwaerzung.dokument = dokument.id;
    schwaerzung.version = version->id;
    schwaerzung.nr = 1;
    schwaerzung.bezeichnung = "ohne Namen";
    schwaerzung.grund = "Datenschutz";
    schwaerzung.stellen = "[]";
    schwaerzung.sha256 = version->sha256;
    schwaerzung.person = town_.anna.id;
    schwaerzung.zeit = c.zeit();
    c.insert(schwaerzung);
    akte::AkteneinsichtZeile einsicht;
    einsicht.uuid = c.newUuid();
    einsicht.akte = akte.id;
    einsicht.nr = 1;
    einsicht.antragsteller = "Erika Beispiel";
    einsicht.grundlage = "§ 29 VwVfG";
    einsicht.person = town_.anna.id;
    einsicht.zeit = c.zeit();
    c.insert(einsicht);
    akte::AkteneinsichtTeilZeile teil;
    teil.akteneinsicht = einsicht.id;
    teil.dokument = dokument.id;
    teil.version = version->id;
    teil.platz = 1;
    c.insert(teil);
  }

  std::string whereOf(const Watched& table, const Raw::Row& row) {
    std::string where;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (std::ranges::find(table.key, table.columns[i]) != table.key.end())
        where += (where.empty() ? " WHERE " : " AND ") + table.columns[i] + " = " + literal(row[i]);
    return where;
  }
  std::string list(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
  }
  static std::string literal(const std::optional<std::string>& value) { return value ? sqlLiteral(*value) : "NULL"; }

  /// Damages, expects to be told, and puts right again.
  void expectNamed(const std::string& what, const std::string& damage, const std::string& repair) {
    try {
      raw_(damage);
    } catch (const std::exception&) {
      return;  // a key that is taken: the database itself does not have it
    }
    EXPECT_NE(world_.check(), Findings()) << what << ": " << damage;
    raw_(repair);
    ASSERT_EQ(world_.check(), Findings()) << "the test did not put it right: " << repair;
  }

  World world_{GetParam()};
  Town town_{world_};
  Raw raw_ = world_.fresh.raw();
};
ON_BOTH_ENGINES(Tamper);

TEST_P(Tamper, everyValueThatIsChangedIsNamed) {
  forAll(2, 100, [&](unsigned which, unsigned where) {
    for (const auto& table : watched(raw_)) {
      const auto rows = raw_("SELECT " + list(table.columns) + " FROM " + table.name);
      ASSERT_FALSE(rows.empty()) << table.name;
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const auto& row = rows[(which + c) % rows.size()];
        const auto& column = table.columns[c];
        const auto value = changed(row[c], column, where);
        auto moved = row;  // where the row is afterwards, should a part of its key have changed
        if (std::ranges::find(table.key, column) != table.key.end()) moved[c] = value.substr(1, value.size() - 2);
        expectNamed(table.name + "." + column,
                    "UPDATE " + table.name + " SET " + column + " = " + value + whereOf(table, row),
                    "UPDATE " + table.name + " SET " + column + " = " + literal(row[c]) + whereOf(table, moved));
      }
    }
  });
}

TEST_P(Tamper, everyRowThatIsTakenAwayIsNamed) {
  forAll(2, 100, [&](unsigned which) {
    for (const auto& table : watched(raw_)) {
      const auto rows = raw_("SELECT " + list(table.columns) + " FROM " + table.name);
      ASSERT_FALSE(rows.empty()) << table.name;
      const auto& row = rows[which % rows.size()];
      std::vector<std::string> values;
      for (const auto& value : row) values.push_back(literal(value));
      expectNamed(table.name, "DELETE FROM " + table.name + whereOf(table, row),
                  "INSERT INTO " + table.name + " (" + list(table.columns) + ") VALUES (" + list(values) + ")");
    }
  });
}

TEST_P(Tamper, everyByteOfAFileThatIsChangedIsNamed) {
  std::vector<std::string> names;
  world_.blobs.each([&](const std::string& sha256, base::Zeitpunkt) { names.push_back(sha256); });
  std::erase_if(names,
                [&](const auto& name) { return raw_("SELECT 1 FROM version WHERE sha256 = '" + name + "'").empty(); });
  ASSERT_FALSE(names.empty());
  const auto folder = world_.fresh.folder().path() / "blobs";
  forAll(20, 100, [&](unsigned which, unsigned where, unsigned char by) {
    const auto& name = names[which % names.size()];
    const auto path = folder / name.substr(0, 2) / name.substr(2, 2) / name;
    std::ifstream in(path);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    auto damaged = whole;
    damaged[where % damaged.size()] = static_cast<char>(damaged[where % damaged.size()] ^ (by == 0 ? 1 : by));
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    std::ofstream(path, std::ios::binary) << damaged;
    RC_ASSERT(world_.check() != Findings());
    std::ofstream(path, std::ios::binary) << whole;
    RC_ASSERT(world_.check() == Findings());
    std::filesystem::rename(path, folder / "weg");
    RC_ASSERT(world_.check() != Findings());
    std::filesystem::rename(folder / "weg", path);
  });
}

}  // namespace
}  // namespace engines
