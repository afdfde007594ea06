// The history of every object, in words for people.
#include <fmt/format.h>

#include "akte/registratur.h"
#include "akte/schutz.h"
#include "saetze.h"
#include "stand.h"

namespace akte {
namespace {

using base::Result;
using http::None;
using http::Verb;
using mandant::rowById;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

struct HistorieEintrag {
  std::int64_t nr = 0;
  base::Zeitpunkt zeit{};
  std::optional<PersonKurz> person{}, vertretungFuer{};
  std::string aktion{}, satz{};
  std::vector<AenderungAusgabe> aenderungen{};
  bool umkehrbar = false;  ///< one's own, of a kind that can be taken back
};
BOOST_DESCRIBE_STRUCT(HistorieEintrag, (), (nr, zeit, person, vertretungFuer, aktion, satz, aenderungen, umkehrbar))

struct HistorieAusgabe {
  std::vector<HistorieEintrag> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(HistorieAusgabe, (), (eintraege, nach))

/// Fields that people know, with their words; others (keys, counters) are not shown.
struct Feld {
  std::string_view spalte, de, en;
};
constexpr Feld felder[] = {
    {"betreff", "Betreff", "Subject"},
    {"bemerkung", "Bemerkung", "Remark"},
    {"absender", "Absender", "Sender"},
    {"art", "Art", "Kind"},
    {"datum", "Datum des Schreibens", "Date of the letter"},
    {"eingangsdatum", "Eingangsdatum", "Received on"},
    {"ausgangsdatum", "Postausgangsdatum", "Sent on"},
    {"fremdes_geschaeftszeichen", "Fremdes Geschäftszeichen", "Foreign sign"},
    {"zeichen", "Geschäftszeichen", "Sign"},
    {"status", "Status", "Status"},
    {"zda_datum", "zdA am", "Closed on"},
    {"aufbewahrung_bis", "Aufbewahrung bis", "Kept until"},
    {"bearbeitung", "Bearbeitung", "In the hands of"},
    {"vorgang", "Vorgang", "Vorgang"},
    {"zugriff", "Zugriff", "Access"},
    {"geheimhaltung", "Geheimhaltung", "Secrecy"},
    {"version", "Version", "Version"},
    {"titel", "Titel", "Title"},
    {"beschreibung", "Beschreibung", "Description"},
    {"aufbewahrungsdauer", "Aufbewahrungsdauer (Jahre)", "Retention (years)"},
    {"aussonderungsart", "Aussonderungsart", "Kind of disposal"},
    {"gesperrt", "Gesperrt", "Locked"},
    {"stillgelegt", "Stillgelegt", "Retired"},
    {"gueltig_von", "Gültig von", "Valid from"},
    {"gueltig_bis", "Gültig bis", "Valid until"},
    {"kennzeichen", "Kennzeichen", "Key"},
    {"ueber", "Liegt unter", "Lies under"},
    {"kurzzeichen", "Kurzzeichen", "Short sign"},
    {"bezeichnung", "Bezeichnung", "Name"},
    {"organisationseinheit", "Organisationseinheit", "Unit"},
    {"vorname", "Vorname", "Given name"},
    {"nachname", "Nachname", "Family name"},
    {"email", "E-Mail", "E-mail"},
    {"aktiv", "Aktiv", "Active"},
    {"leitung", "Leitung", "Head"},
    {"zweiter_faktor", "Zweiter Faktor", "Second factor"},
};

class Teller {
 public:
  Teller(Tx tx, const Berechtigung& wer, bool english) : tx_(tx), wer_(wer), english_(english) {}

  [[nodiscard]] HistorieEintrag tell(const journal::Eintrag& eintrag) const {
    HistorieEintrag out;
    out.nr = eintrag.nr;
    out.zeit = eintrag.zeit;
    if (eintrag.person != 0) out.person = mandant::personKurz(tx_, wer_.mandant, eintrag.person);
    if (eintrag.fuer != 0) out.vertretungFuer = mandant::personKurz(tx_, wer_.mandant, eintrag.fuer);
    out.aktion = eintrag.aktion;
    std::string who = out.person ? out.person->name : "Aktenlotse";
    if (out.vertretungFuer) who += (english_ ? " (for " : " (i. V. für ") + out.vertretungFuer->name + ")";
    for (const auto& satz : saetze)
      if (satz.aktion == eintrag.aktion)
        out.satz = fmt::format(fmt::runtime(english_ ? satz.en : satz.de), who, nameOf(eintrag));
    out.aenderungen = changes(eintrag);
    out.umkehrbar = eintrag.person == wer_.person && umkehrbar(eintrag.aktion);
    return out;
  }

  /// An entry in an Akte's chain may be about a Dokument or Vorgang that was narrowed: then it is not told.
  [[nodiscard]] bool visible(const journal::Eintrag& eintrag) const {
    if (eintrag.objektArt == DokumentZeile::tabelle) return reaches<DokumentZeile>(eintrag.objekt);
    if (eintrag.objektArt == VorgangZeile::tabelle) return reaches<VorgangZeile>(eintrag.objekt);
    if (eintrag.objektArt == AkteZeile::tabelle) return reaches<AkteZeile>(eintrag.objekt);
    if (eintrag.objektArt == LoeschungZeile::tabelle) return reaches<LoeschungZeile>(eintrag.objekt);
    return true;
  }

  template <class Row>
  [[nodiscard]] bool reaches(std::int64_t id) const {
    const auto row = rowById<Row>(tx_, wer_.mandant, id);
    return row && mandant::stufeFor(tx_, wer_, row->zugriff);
  }

  template <class Row, class Name>
  [[nodiscard]] std::string named(std::int64_t id, Name name) const {
    const auto row = rowById<Row>(tx_, wer_.mandant, id);
    return row ? name(*row) : std::string(english_ ? "(removed)" : "(entfernt)");
  }

  [[nodiscard]] std::string nameOf(const journal::Eintrag& e) const {
    const auto quoted = [](const auto& text) { return "„" + text + "“"; };
    if (e.objektArt == "dokument")
      return named<DokumentZeile>(e.objekt, [&](const auto& row) { return quoted(row.betreff); });
    if (e.objektArt == "vorgang")
      return named<VorgangZeile>(e.objekt, [&](const auto& row) { return row.zeichen + " " + quoted(row.betreff); });
    if (e.objektArt == "akte")
      return named<AkteZeile>(e.objekt, [&](const auto& row) { return row.zeichen + " " + quoted(row.betreff); });
    if (e.objektArt == "aktenplaneinheit")
      return named<AktenplaneinheitZeile>(e.objekt,
                                          [&](const auto& row) { return row.kennzeichen + " " + quoted(row.titel); });
    if (e.objektArt == KontaktZeile::tabelle)
      return named<KontaktZeile>(e.objekt, [](const auto& row) { return akte::nameOf(row); });
    if (e.objektArt == "ablageregel")
      return named<AblageregelZeile>(
          e.objekt, [&](const auto& row) { return quoted(row.absenderName.value_or(row.worte.value_or(""))); });
    if (e.objektArt == "loeschung")
      return named<LoeschungZeile>(e.objekt, [](const auto& row) { return row.zeichen.value_or(""); });
    if (e.objektArt == "person") return named<mandant::PersonZeile>(e.objekt, mandant::nameOf);
    if (e.objektArt == "organisationseinheit")
      return named<mandant::OrganisationseinheitZeile>(e.objekt,
                                                       [&](const auto& row) { return quoted(row.bezeichnung); });
    if (e.objektArt == "stelle")
      return named<mandant::StelleZeile>(e.objekt, [&](const auto& row) { return quoted(row.bezeichnung); });
    if (e.objektArt == "zugriff")
      return named<mandant::ZugriffZeile>(e.objekt, [&](const auto& row) { return quoted(row.bezeichnung); });
    if (e.objektArt == "mandant")
      return named<mandant::MandantZeile>(e.objekt, [&](const auto& row) { return quoted(row.name); });
    return "";
  }

  /// A value in words: names for keys, yes and no for truth values.
  [[nodiscard]] OptText value(std::string_view tabelle, std::string_view spalte,
                              const boost::json::object* side) const {
    const auto* json = side == nullptr ? nullptr : side->if_contains(spalte);
    if (json == nullptr || json->is_null()) return std::nullopt;
    const auto hidden = [&] { return std::string(english_ ? "(not visible to you)" : "(für Sie nicht sichtbar)"); };
    if (spalte == "zeichen") {
      // A Dokument's sign is made from that of the Vorgang in which it lies, or lay.
      const auto* vorgang = side->if_contains("vorgang");
      if (vorgang != nullptr && vorgang->is_int64() && !reaches<VorgangZeile>(vorgang->get_int64())) return hidden();
    }
    if (spalte == "geheimhaltung")
      if (const auto grad = base::enumFrom<Geheimhaltung>(std::string_view(json->as_string())))
        return std::string(wort(*grad, english_));
    if (json->is_string()) return std::string(json->get_string());
    const auto number = json->to_number<std::int64_t>();
    if (spalte == "bearbeitung") return named<mandant::PersonZeile>(number, mandant::nameOf);
    if (spalte == "zugriff")
      return named<mandant::ZugriffZeile>(number, [](const auto& row) { return row.bezeichnung; });
    if (spalte == "organisationseinheit")
      return named<mandant::OrganisationseinheitZeile>(number, [](const auto& row) { return row.bezeichnung; });
    if (spalte == "vorgang") {
      if (!reaches<VorgangZeile>(number)) return hidden();
      return named<VorgangZeile>(number, [](const auto& row) { return row.zeichen; });
    }
    if (spalte == "ueber" && tabelle == VorgangZeile::tabelle) {
      if (!reaches<VorgangZeile>(number)) return hidden();
      return named<VorgangZeile>(number, [](const auto& row) { return row.zeichen; });
    }
    if (spalte == "ueber") return named<AktenplaneinheitZeile>(number, [](const auto& row) { return row.kennzeichen; });
    if (spalte == "gesperrt" || spalte == "stillgelegt" || spalte == "aktiv" || spalte == "leitung")
      return std::string(number != 0 ? (english_ ? "yes" : "ja") : (english_ ? "no" : "nein"));
    return std::to_string(number);
  }

  /// The fields that people know in which two states of a row of `tabelle` differ.
  void differences(std::string_view tabelle, const boost::json::object& alt, const boost::json::object& neu,
                   std::vector<AenderungAusgabe>& out) const {
    for (const auto& feld : felder)
      if ((feld.spalte != "ueber" || tabelle != DokumentZeile::tabelle) && neu.contains(feld.spalte) &&
          (!alt.contains(feld.spalte) || alt.at(feld.spalte) != neu.at(feld.spalte)))
        out.push_back({std::string(english_ ? feld.en : feld.de), value(tabelle, feld.spalte, &alt),
                       value(tabelle, feld.spalte, &neu)});
  }

 private:
  [[nodiscard]] std::vector<AenderungAusgabe> changes(const journal::Eintrag& eintrag) const {
    std::vector<AenderungAusgabe> out;
    const auto json = boost::json::parse(eintrag.aenderungen);
    for (const auto& step : json.as_array()) {
      const auto& object = step.as_object();
      const auto* alt = object.if_contains("alt");
      const auto* neu = object.if_contains("neu");
      // Only changed values of the object itself: what came with its making is told by the sentence.
      if (alt == nullptr || neu == nullptr || std::string_view(object.at("t").as_string()) != eintrag.objektArt ||
          object.at("id").as_int64() != eintrag.objekt)
        continue;
      differences(eintrag.objektArt, alt->as_object(), neu->as_object(), out);
    }
    return out;
  }

  Tx tx_;
  const Berechtigung& wer_;
  bool english_;
};

struct Ziel {
  std::int64_t objekt = 0, kette = 0;
};

Result<HistorieAusgabe> historie(Tx tx, const Berechtigung& wer, const Ziel& ziel, const Seite& seite, bool english) {
  AKTENLOTSE_GET(limit, limitOf(seite.limit));
  AKTENLOTSE_GET(before, cursorOf(seite.nach));
  const Teller teller(tx, wer, english);
  HistorieAusgabe out;
  // Pages are filled with what is visible: a short one, or one more, would tell that something lies between.
  for (std::int64_t at = before;;) {
    const auto entries = journal::history(tx, wer.mandant, ziel.objekt, ziel.kette, at, limit);
    for (const auto& entry : entries) {
      at = entry.nr;
      if (!teller.visible(entry)) continue;
      if (static_cast<std::int64_t>(out.eintraege.size()) == limit) {
        out.nach = std::to_string(out.eintraege.back().nr);
        return out;
      }
      out.eintraege.push_back(teller.tell(entry));
    }
    if (static_cast<std::int64_t>(entries.size()) < limit) return out;
  }
}

/// A history route; `find` gives the object for those who may see it.
template <class Find>
void addHistorie(http::Routes& routes, Zugang& zugang, std::string pattern, std::string_view id, std::string_view recht,
                 Find find) {
  routes.add<None, Seite, HistorieAusgabe>(
      Verb::get, std::move(pattern),
      {.id = id, .tag = "Historie", .summary = "Who did what to it, newest first", .recht = recht},
      [&zugang, find](const auto& call) {
        return zugang.read<HistorieAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<HistorieAusgabe> {
          AKTENLOTSE_GET(ziel, find(tx, wer, call.id));
          return historie(tx, wer, ziel, call.query, call.request.english());
        });
      });
}

template <class Row>
Result<Ziel> plainRow(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = mandant::rowByUuid<Row>(tx, wer.mandant, uuid);
  if (!row) return base::fail(base::Code::NichtGefunden);
  return Ziel{row->id, 0};
}

}  // namespace

std::vector<AenderungAusgabe> unterschiede(const sql::ReadTx& tx, const Berechtigung& wer, bool english,
                                           std::string_view tabelle, const boost::json::object& alt,
                                           const boost::json::object& neu) {
  std::vector<AenderungAusgabe> out;
  Teller(tx, wer, english).differences(tabelle, alt, neu, out);
  return out;
}

void addHistorieRoutes(http::Routes& routes, Zugang& zugang) {
  addHistorie(routes, zugang, "/api/akten/{id}/historie", "akteHistorie", "",
              [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Ziel> {
                AKTENLOTSE_GET(mit, findAkte(tx, wer, uuid));
                return Ziel{mit.akte.id, mit.akte.id};
              });
  addHistorie(routes, zugang, "/api/vorgaenge/{id}/historie", "vorgangHistorie", "",
              [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Ziel> {
                AKTENLOTSE_GET(mit, findVorgang(tx, wer, uuid));
                return Ziel{mit.vorgang.id, 0};
              });
  addHistorie(routes, zugang, "/api/dokumente/{id}/historie", "dokumentHistorie", "",
              [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Ziel> {
                AKTENLOTSE_GET(mit, findDokument(tx, wer, uuid));
                return Ziel{mit.dokument.id, 0};
              });
  addHistorie(routes, zugang, "/api/aktenplaneinheiten/{id}/historie", "aktenplaneinheitHistorie", "",
              plainRow<AktenplaneinheitZeile>);
  addHistorie(routes, zugang, "/api/personen/{id}/historie", "personHistorie", "personPflegen",
              plainRow<mandant::PersonZeile>);
  addHistorie(routes, zugang, "/api/stellen/{id}/historie", "stelleHistorie", "organisationPflegen",
              plainRow<mandant::StelleZeile>);
  addHistorie(routes, zugang, "/api/organisationseinheiten/{id}/historie", "organisationseinheitHistorie",
              "organisationPflegen", plainRow<mandant::OrganisationseinheitZeile>);
  addHistorie(routes, zugang, "/api/kontakte/{id}/historie", "kontaktHistorie", "",
              [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Ziel> {
                AKTENLOTSE_GET(row, findKontakt(tx, wer, uuid));
                return Ziel{row.id, 0};
              });
  addHistorie(routes, zugang, "/api/zugriffe/{id}/historie", "zugriffHistorie", "zugriffPflegen",
              plainRow<mandant::ZugriffZeile>);
}

}  // namespace akte
