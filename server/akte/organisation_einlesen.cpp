// People, units and Stellen from a table: each row names a person, or only a Stelle or a unit. It is told row by row
// what would happen by doing it all and taking it back with the transaction.
#include <fmt/format.h>

#include <algorithm>

#include "akte/registratur.h"
#include "akte/warum.h"
#include "routen.h"

namespace akte {
namespace {

using base::Code;
using base::fail;
using mandant::OrganisationseinheitZeile;
using mandant::PersonZeile;
using mandant::StelleZeile;

struct OrganisationZeile {
  std::int64_t zeile = 0;
  std::string name{};
  ZeilenArt art{};
  std::vector<std::string> hinweise{};  ///< what happens, or the reason of an error
};
BOOST_DESCRIBE_STRUCT(OrganisationZeile, (), (zeile, name, art, hinweise))

struct OrganisationBericht {
  std::int64_t neu = 0, geaendert = 0, gleich = 0, fehler = 0;
  std::vector<OrganisationZeile> zeilen{};
  OptId eintrag{};
};
BOOST_DESCRIBE_STRUCT(OrganisationBericht, (), (neu, geaendert, gleich, fehler, zeilen, eintrag))

struct OrganisationAngaben {
  base::Line<300> dateiname{};
  std::optional<bool> anwenden{};
};
BOOST_DESCRIBE_STRUCT(OrganisationAngaben, (), (dateiname, anwenden))

/// The columns, by the key of their names.
constexpr std::string_view spalten[] = {"anmeldename", "vorname",       "nachname", "email",   "organisationseinheit",
                                        "bezeichnung", "uebergeordnet", "stelle",   "leitung", "rollen"};

class Einleser {
 public:
  Einleser(Change& change, const std::vector<TabellenZeile>& tabelle) : change_(change), tabelle_(tabelle) {}

  Result<OrganisationBericht> run() {
    AKTENLOTSE_TRY(findColumns());
    for (std::size_t i = 1; i < tabelle_.size(); ++i) {
      OrganisationZeile out;
      out.zeile = static_cast<std::int64_t>(tabelle_[i].nummer);
      row_ = &tabelle_[i];
      // All that can be refused is asked before the first row is written.
      out.name = cell("nachname").empty() ? cell("stelle").empty() ? cell("organisationseinheit") : cell("stelle")
                                          : cell("vorname") + " " + cell("nachname");
      const auto done = check();
      if (!done) {
        out.art = ZeilenArt::fehler;
        out.hinweise = {done.error().detail.empty() ? std::string(base::info(done.error().code).titelDe)
                                                    : done.error().detail};
      } else {
        AKTENLOTSE_TRY(one(out));
        out.art = made_ ? ZeilenArt::neu : out.hinweise.empty() ? ZeilenArt::gleich : ZeilenArt::geaendert;
      }
      ++(out.art == ZeilenArt::fehler      ? bericht_.fehler
         : out.art == ZeilenArt::neu       ? bericht_.neu
         : out.art == ZeilenArt::geaendert ? bericht_.geaendert
                                           : bericht_.gleich);
      bericht_.zeilen.push_back(std::move(out));
    }
    mandant::recomputeReach(change_.tx(), change_.mandant());
    return bericht_;
  }

 private:
  Result<void> findColumns() {
    if (tabelle_.empty()) return fail(Code::EingabeUngueltig, "In der Datei steht keine Tabelle.", "dateiname");
    for (std::size_t i = 0; i < tabelle_[0].zellen.size(); ++i) {
      auto key = columnKey(tabelle_[0].zellen[i]);
      if (key == "oe" || key == "kurzzeichen") key = "organisationseinheit";
      if (key == "rolle") key = "rollen";
      const auto* const found = std::ranges::find(spalten, key);
      if (found != std::end(spalten)) at_[static_cast<std::size_t>(found - std::begin(spalten))] = i;
    }
    if (!at_[4])
      return fail(Code::EingabeUngueltig,
                  "Die Kopfzeile nennt keine Spalte „Organisationseinheit“. Erwartet werden Anmeldename, Vorname, "
                  "Nachname, E-Mail, Organisationseinheit, Bezeichnung, Übergeordnet, Stelle, Leitung, Rollen.",
                  "dateiname");
    return {};
  }

  [[nodiscard]] std::string cell(std::string_view name) const {
    const auto index = static_cast<std::size_t>(std::ranges::find(spalten, name) - std::begin(spalten));
    if (!at_[index] || *at_[index] >= row_->zellen.size()) return "";
    auto text = row_->zellen[*at_[index]];
    std::ranges::replace(text, '\n', ' ');
    return text;
  }

  [[nodiscard]] std::optional<OrganisationseinheitZeile> unitNamed(const std::string& kurzzeichen) const {
    return change_.tx().one<OrganisationseinheitZeile>(sql::Query::select<OrganisationseinheitZeile>().add(
        " FROM organisationseinheit WHERE mandant = :mandant AND kurzzeichen = :kurzzeichen", change_.mandant(),
        kurzzeichen));
  }

  [[nodiscard]] bool namesPerson() const { return !cell("nachname").empty() || !cell("anmeldename").empty(); }

  Result<void> check() {
    const auto sign = cell("organisationseinheit");
    if (sign.empty()) return fail(Code::EingabeUngueltig, "Die Organisationseinheit fehlt.");
    if (base::countCodePoints(sign) > 20)
      return fail(Code::EingabeUngueltig, "Das Kurzzeichen ist länger als 20 Zeichen.");
    if (const auto ueber = cell("uebergeordnet"); !ueber.empty() && !unitNamed(ueber))
      return fail(Code::EingabeUngueltig, fmt::format("Die Organisationseinheit {} gibt es nicht.", ueber));
    for (const auto* name : {"bezeichnung", "stelle"})
      if (base::countCodePoints(cell(name)) > 200)
        return fail(Code::EingabeUngueltig, "Eine Bezeichnung ist länger als 200 Zeichen.");
    AKTENLOTSE_TRY(rollen());
    if (!namesPerson()) return {};
    if (cell("stelle").empty()) return fail(Code::EingabeUngueltig, "Der Person fehlt eine Stelle.");
    const auto length = base::countCodePoints(cell("anmeldename"));
    if (length < 2 || length > 60) return fail(Code::EingabeUngueltig, "Der Anmeldename hat 2 bis 60 Zeichen.");
    if (cell("vorname").empty() || cell("nachname").empty())
      return fail(Code::EingabeUngueltig, "Vorname und Nachname werden gebraucht.");
    return {};
  }

  [[nodiscard]] Result<std::vector<mandant::Rolle>> rollen() const {
    std::vector<mandant::Rolle> out;
    std::string rolle;
    for (const char c : cell("rollen") + ",") {
      if (c != ',' && c != ' ' && c != '/') {
        rolle += c;
        continue;
      }
      if (rolle.empty()) continue;
      const auto known = base::enumFrom<mandant::Rolle>(rolle);
      if (!known) return fail(Code::EingabeUngueltig, fmt::format("Die Rolle {} gibt es nicht.", rolle));
      out.push_back(*known);
      rolle.clear();
    }
    return out;
  }

  Result<void> one(OrganisationZeile& out) {
    made_ = false;
    AKTENLOTSE_GET(unit, unitOf(out));
    if (cell("stelle").empty()) return {};
    AKTENLOTSE_GET(stelle, stelleOf(out, unit));
    if (!namesPerson()) return {};
    return place(out, stelle);
  }

  Result<OrganisationseinheitZeile> unitOf(OrganisationZeile& out) {
    const auto sign = cell("organisationseinheit");
    if (const auto found = unitNamed(sign)) return *found;
    mandant::OrganisationseinheitNeu neu{{sign}, {cell("bezeichnung").empty() ? sign : cell("bezeichnung")}, {}};
    if (const auto above = unitNamed(cell("uebergeordnet"))) neu.ueber = above->uuid;
    made_ = true;
    out.hinweise.push_back(fmt::format("Neue Organisationseinheit {}.", sign));
    return mandant::createOrganisationseinheit(change_, neu);
  }

  Result<StelleZeile> stelleOf(OrganisationZeile& out, const OrganisationseinheitZeile& unit) {
    const auto name = cell("stelle");
    if (const auto found = change_.tx().one<StelleZeile>(sql::Query::select<StelleZeile>().add(
            " FROM stelle WHERE mandant = :mandant AND organisationseinheit = :oe AND bezeichnung = :name ORDER BY id",
            change_.mandant(), unit.id, name)))
      return *found;
    const auto leitung = columnKey(cell("leitung"));
    AKTENLOTSE_GET(wanted, rollen());
    const mandant::StelleNeu neu{{name}, unit.uuid, leitung == "ja" || leitung == "x", wanted};
    made_ = true;
    out.hinweise.push_back(fmt::format("Neue Stelle {}.", name));
    return mandant::createStelle(change_, neu);
  }

  Result<void> place(OrganisationZeile& out, const StelleZeile& stelle) {
    const auto login = cell("anmeldename");
    auto person = change_.tx().one<PersonZeile>(sql::Query::select<PersonZeile>().add(
        " FROM person WHERE mandant = :mandant AND anmeldename = :name", change_.mandant(), login));
    PersonZeile row = person.value_or(PersonZeile{});
    row.vorname = std::string(base::cutUtf8(cell("vorname"), 100));
    row.nachname = std::string(base::cutUtf8(cell("nachname"), 100));
    if (!cell("email").empty()) row.email = std::string(base::cutUtf8(cell("email"), 200));
    if (!person) {
      // Nobody can sign in with it before the administration has set a password.
      row.uuid = change_.newUuid();
      row.anmeldename = login;
      row.aktiv = true;
      row.kennwortStand = 0;
      change_.insert(row);
      made_ = true;
      out.hinweise.push_back(fmt::format("Neue Person {}; das Passwort setzt die Administration.", login));
    } else if (row.vorname != person->vorname || row.nachname != person->nachname || row.email != person->email) {
      change_.update(*person, row);
      out.hinweise.emplace_back("Name oder E-Mail geändert.");
    }
    if (change_.tx().value<std::int64_t>(
            "SELECT id FROM besetzung WHERE mandant = :mandant AND stelle = :stelle AND person = :person",
            change_.mandant(), stelle.id, row.id))
      return {};
    mandant::BesetzungZeile sitz{0, 0, stelle.id, row.id};
    change_.insert(sitz);
    out.hinweise.push_back(fmt::format("Besetzt die Stelle {}.", stelle.bezeichnung));
    return {};
  }

  Change& change_;
  const std::vector<TabellenZeile>& tabelle_;
  const TabellenZeile* row_ = nullptr;
  std::optional<std::size_t> at_[std::size(spalten)];
  OrganisationBericht bericht_;
  bool made_ = false;
};

Result<OrganisationBericht> readIn(Change& change, const std::vector<TabellenZeile>& tabelle) {
  AKTENLOTSE_GET(bericht, Einleser(change, tabelle).run());
  const auto town = mandant::allRows<mandant::MandantZeile>(change.tx(), change.mandant()).at(0);
  change.about({"organisation.eingelesen", town.tabelle, town.id, 0, 0});
  if (!change.empty()) bericht.eintrag = change.nr();
  return std::move(bericht);
}

}  // namespace

Result<std::vector<TabellenZeile>> tabelleAus(Schriftgut& schriftgut, int descriptor, std::string_view dateiname) {
  const auto text = Registratur(schriftgut).liesTabelle(descriptor, dateiname);
  if (text.status == extract::Status::Fehler || text.status == extract::Status::Gesperrt)
    return fail(Code::EingabeUngueltig, text.hinweis, "dateiname");
  if (text.format != "xlsx" && text.format != "ods") return readCsv(text.gesamt());
  return readBlatt(text.seiten.empty() ? "" : text.seiten.front());
}

void addOrganisationEinlesenRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.addUpload<OrganisationAngaben, OrganisationBericht, DateiSink>(
      Verb::post, "/api/organisation/einlesen",
      {.id = "organisationEinlesen",
       .tag = "Organisation",
       .summary = "Tell what a table of people, units and Stellen would change; with anwenden, do it",
       .recht = "personPflegen",
       .maxBody = 8U << 20U},
      [&](const auto&) -> Result<std::unique_ptr<DateiSink>> {
        return std::make_unique<DateiSink>(schriftgut.blobs());
      },
      [&](const auto& call, DateiSink& sink) -> Result<http::Reply<OrganisationBericht>> {
        AKTENLOTSE_GET(table, tabelleAus(schriftgut, sink.writer().descriptor(), call.query.dateiname.value));
        if (table.size() > 5'000) return fail(Code::ZuGross, "Die Tabelle hat mehr als 5.000 Zeilen.", "dateiname");
        const auto& wer = Zugang::who(call);
        if (!wer.hat(Recht::organisationPflegen)) return fail(Code::NichtErlaubt);
        if (call.query.anwenden.value_or(false))
          return zugang.change<OrganisationBericht>(
              call, [&](Change& change, const Berechtigung&) { return readIn(change, table); });
        std::optional<Result<OrganisationBericht>> preview;
        auto tried = zugang.change<OrganisationBericht>(
            call, [&](Change& change, const Berechtigung&) -> Result<OrganisationBericht> {
              preview = readIn(change, table);
              return fail(Code::Konflikt);
            });
        (void)tried;
        if (!*preview) return tl::unexpected<base::Error>(preview->error());
        http::Reply<OrganisationBericht> reply;
        reply.value = **preview;
        reply.value.eintrag.reset();
        return reply;
      });
}

}  // namespace akte
