// The network of the demo: what each of the two towns says of itself, through the same use cases as everybody.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>

#include "app.h"
#include "geschaeftsgang/frist.h"
#include "netz/begleitung.h"
#include "netz/beitrag.h"
#include "netz/checkliste.h"
#include "netz/eigenwerkzeug.h"
#include "netz/kooperation.h"
#include "netz/praxis.h"
#include "netz/rundschreiben.h"
#include "netz/termin.h"

namespace app {
namespace {

using boost::json::object;

class Uhr : public base::Clock {
 public:
  explicit Uhr(const std::string& tag)
      : moment_(base::endOfDay(base::Datum::parse(tag).value()).plusSeconds(-8 * 3600)) {}
  [[nodiscard]] base::Zeitpunkt now() const override { return {moment_.micros + 1'000'000 * tick_++}; }

 private:
  base::Zeitpunkt moment_;
  mutable std::int64_t tick_ = 0;
};

template <typename T>
T need(base::Result<T> result) {
  if (!result)
    throw base::Failure(
        fmt::format("Demo: {} {}", base::info(result.error().code).key, result.error().detail + result.error().feld));
  return *std::move(result);
}

/// One town; members of the file that only the demo knows are taken out before a struct is read.
class Netzstadt {
 public:
  Netzstadt(App& app, std::int64_t mandant, object json)
      : app_(app),
        mandant_(mandant),
        json_(std::move(json)),
        uhr_(std::string(json_.at("tag").as_string())),
        journal_(app.database(), uhr_),
        schluessel_(app.verbund().schluessel()) {
    system_ = mandant::systemBerechtigung(mandant);
    app.database().read(mandant, [&](const sql::ReadTx& tx) {
      for (const auto& one : mandant::allRows<mandant::PersonZeile>(tx, mandant)) people_[one.anmeldename] = one;
      ortsname_ = mandant::allRows<mandant::MandantZeile>(tx, mandant).at(0).name;
    });
  }

 private:
  template <class T>
  static T read(const boost::json::value& json) {
    return need(base::fromJson<T>(json));
  }
  static boost::json::value taken(object& from, std::string_view name) {
    boost::json::value out;
    if (const auto* found = from.if_contains(name)) out = *found;
    from.erase(name);
    return out;
  }
  template <typename F>
  auto change(F f, std::int64_t person = 0) {
    return need(journal_.change(mandant_, [&](journal::Change& change) {
      change.by({person, 0});
      return f(change);
    }));
  }

 public:
  void load() {
    change([&](auto& c) { return netz::setzeProfil(c, system_, read<netz::ProfilSetzen>(json_.at("profil"))); });
    for (const auto& one : json_.at("mitglieder").as_array()) mitglied(one.as_object());
    if (json_.contains("praxis")) praxis(json_.at("praxis").as_object());
    for (const auto& one : json_.at("checklisten").as_array()) checkliste(one.as_object());
    if (const auto* own = json_.if_contains("werkzeuge"))
      for (const auto& one : own->as_array()) werkzeug(read<netz::WerkzeugNeu>(one));
    for (const auto& one : json_.at("kooperationen").as_array())
      change([&](auto& c) { return netz::createKooperation(c, system_, read<netz::KooperationNeu>(one)); });
    for (const auto& one : json_.at("termine").as_array()) termin(one.as_object());
    for (const auto& one : json_.at("schreiben").as_array()) schreiben(one.as_object());
  }

  /// What needs the other town to be there: a Lotse asks it, and it agrees.
  void frage() {
    if (const auto* asks = json_.if_contains("fragt"))
      for (const auto& one : asks->as_array()) {
        auto wer = system_;
        wer.person = people_.at(std::string(one.at("person").as_string())).id;
        change([&](auto& c) { return netz::frageAn(c, wer, {{std::string(one.at("ags").as_string())}}); }, wer.person);
      }
  }
  void willige() {
    if (const auto* lotsen = json_.if_contains("willigtEin"))
      for (const auto& name : lotsen->as_array()) {
        const auto lotse = app_.database().read(mandant_, [&](const sql::ReadTx& tx) {
          return tx.value<std::string>(
              "SELECT ober FROM netz_aushang WHERE art = 'angabe' AND titel = 'name' AND suche = :name",
              base::foldCase(std::string_view(name.as_string())));
        });
        change([&](auto& c) { return netz::willigeEin(c, system_, base::Uuid::parse(lotse.value()).value(), true); });
      }
  }

 private:
  void mitglied(object json) {
    const auto person = taken(json, "person"), betreut = taken(json, "betreut");
    auto input = read<netz::MitgliedNeu>(json);
    const auto angaben = input.angaben;
    auto wer = system_;
    if (person.is_string()) {
      const auto& known = people_.at(std::string(person.as_string()));
      input.person = known.uuid;
      wer.person = known.id;
    }
    auto row = change([&](auto& c) { return netz::ladeEin(c, system_, input); });
    row = change([&](auto& c) { return netz::wechsle(c, wer, row, netz::Mitgliedstatus::aktiv); }, wer.person);
    if (person.is_string()) {
      row = change([&](auto& c) { return netz::setzeAngaben(c, wer, row, {angaben}); }, wer.person);
      kontakte_[std::string(person.as_string())] = row.uuid;
    }
    if (betreut.is_array())
      change([&](auto& c) {
        return netz::setzeBetreuung(c, system_, row, {read<std::vector<base::Line<8, 5>>>(betreut)});
      });
  }

  /// Written and released.
  void werkzeug(const netz::WerkzeugNeu& input) {
    const auto row = change([&](auto& c) { return netz::createWerkzeug(c, system_, input); });
    change([&](auto& c) {
      return netz::wechsle(c, system_, row, {input.fassung.value().version, netz::Werkzeugzustand::freigegeben});
    });
  }

  void praxis(object json) {
    auto baustein = taken(json, "baustein").as_object();
    const auto kontakt = taken(json, "kontakt");
    auto input = read<netz::PraxisNeu>(json);
    input.kontakt = kontakte_.at(std::string(kontakt.as_string()));
    auto row = change([&](auto& c) { return netz::createPraxis(c, system_, input); });
    const auto felder = taken(baustein, "felder");
    for (const auto& feld : felder.as_array())
      change([&](auto& c) { return akte::createFeldart(c, system_, read<akte::FeldartNeu>(feld)); });
    row = change([&](auto& c) {
      return netz::schnuere(c, system_, row, read<netz::BausteinSchnueren>(baustein), schluessel_, app_.blobs());
    });
    change([&](auto& c) { return netz::wechsle(c, system_, row, netz::Praxisstatus::veroeffentlicht); });
  }

  void termin(object json) {
    const auto format = taken(json, "format"), offen = taken(json, "offen"), protokoll = taken(json, "protokoll"),
               angemeldet = taken(json, "angemeldet"), beitraege = taken(json, "beitraege");
    // "+40" is so many days from today, so that the demo always has something to come.
    if (const auto tag = std::string(json.at("tag").as_string()); tag.starts_with('+'))
      json["tag"] = geschaeftsgang::plusTage(base::Datum::of(app_.clock().now()), std::stoi(tag.substr(1))).text();
    auto input = read<netz::TerminNeu>(json);
    if (format.is_string()) {
      const auto& all = netz::formate().formate;
      const auto found = std::ranges::find(all, std::string_view(format.as_string()), &netz::Format::schluessel);
      input.beschreibung = base::Prose<5000>{found->beschreibung};
      for (const auto& one : found->tagesordnung)
        input.tagesordnung.push_back(
            {{one.titel}, one.minuten, one.ergebnis ? std::optional(base::Line<20>{*one.ergebnis}) : std::nullopt});
    }
    auto row = change([&](auto& c) { return netz::createTermin(c, system_, input); });
    if (!offen.is_bool() || !offen.as_bool()) return;
    row = change([&](auto& c) { return netz::wechsle(c, system_, row, netz::Terminstatus::offen); });
    if (angemeldet.is_array())
      for (const auto& one : angemeldet.as_array()) {
        const auto& person = people_.at(std::string(one.as_string()));
        row = change([&](auto& c) {
          return netz::meldeAn(c, row.uuid,
                               {person.uuid, person.vorname + " " + person.nachname, person.email, ortsname_});
        });
      }
    if (protokoll.is_string()) {
      netz::TerminNachlese after;
      after.protokoll = base::Prose<10000>{std::string(protokoll.as_string())};
      row = change([&](auto& c) { return netz::liesNach(c, system_, row, after); });
      row = change([&](auto& c) { return netz::wechsle(c, system_, row, netz::Terminstatus::durchgefuehrt); });
    }
    if (beitraege.is_array()) beitrag(row.uuid, std::nullopt, beitraege.as_array());
  }

  void beitrag(const base::Uuid& bezug, const std::optional<base::Uuid>& zu, const boost::json::array& list) {
    for (const auto& one : list) {
      auto json = one.as_object();
      const auto antworten = taken(json, "dazu");
      const auto row =
          change([&](auto& c) { return netz::createBeitrag(c, system_, bezug, zu, read<netz::BeitragNeu>(json)); });
      if (antworten.is_array()) beitrag(bezug, row.uuid, antworten.as_array());
    }
  }

  void schreiben(object json) {
    const auto offen = taken(json, "offen");
    auto row = change([&](auto& c) { return netz::createSchreiben(c, system_, read<netz::SchreibenNeu>(json)); });
    if (offen.is_bool() && offen.as_bool())
      change([&](auto& c) { return netz::veroeffentliche(c, system_, row, app_.adresse()); });
  }

  void checkliste(object json) {
    const auto erledigt = taken(json, "erledigt");
    auto row = change([&](auto& c) { return netz::beginne(c, system_, read<netz::ChecklisteNeu>(json)); });
    for (const auto& punkt : erledigt.as_array())
      row = change([&](auto& c) {
        return netz::setzePunkt(c, system_, row, {{std::string(punkt.as_string())}, netz::Punktstatus::erledigt, {}});
      });
  }

  App& app_;
  std::int64_t mandant_;
  object json_;
  Uhr uhr_;
  journal::Journal journal_;
  netz::Schluesselbund& schluessel_;
  mandant::Berechtigung system_{};
  std::map<std::string, mandant::PersonZeile> people_{};
  std::map<std::string, base::Uuid> kontakte_{};
  std::string ortsname_{};
};

}  // namespace

void loadDemoNetz(App& app, const std::filesystem::path& folder) {
  std::ifstream in(folder / "netz.json", std::ios::binary);
  if (!in) throw base::Failure("Demo: nicht lesbar: netz.json");
  std::ostringstream text;
  text << in.rdbuf();
  const auto json = boost::json::parse(text.str());
  std::vector<std::unique_ptr<Netzstadt>> towns;
  for (const auto& town : json.as_object())
    towns.push_back(std::make_unique<Netzstadt>(app, app.mandant(std::string(town.key())), town.value().as_object()));
  for (auto& town : towns) town->load();
  for (auto& town : towns) town->frage();
  for (auto& town : towns) town->willige();
}

}  // namespace app
