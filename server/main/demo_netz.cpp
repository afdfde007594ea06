// The network of the demo: what each of the two towns says of itself, through the same use cases as everybody.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "app.h"
#include "netz/checkliste.h"
#include "netz/kooperation.h"
#include "netz/praxis.h"

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
      : mandant_(mandant),
        json_(std::move(json)),
        uhr_(std::string(json_.at("tag").as_string())),
        journal_(app.database(), uhr_),
        app_(app),
        schluessel_(app.verbund().schluessel()) {
    system_ = mandant::systemBerechtigung(mandant);
    app.database().read(mandant, [&](const sql::ReadTx& tx) {
      for (const auto& one : mandant::allRows<mandant::PersonZeile>(tx, mandant)) people_[one.anmeldename] = one;
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
    for (const auto& one : json_.at("kooperationen").as_array())
      change([&](auto& c) { return netz::createKooperation(c, system_, read<netz::KooperationNeu>(one)); });
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

  void checkliste(object json) {
    const auto erledigt = taken(json, "erledigt");
    auto row = change([&](auto& c) { return netz::beginne(c, system_, read<netz::ChecklisteNeu>(json)); });
    for (const auto& punkt : erledigt.as_array())
      row = change([&](auto& c) {
        return netz::setzePunkt(c, system_, row, {{std::string(punkt.as_string())}, netz::Punktstatus::erledigt, {}});
      });
  }

  std::int64_t mandant_;
  object json_;
  Uhr uhr_;
  journal::Journal journal_;
  App& app_;
  netz::Schluesselbund& schluessel_;
  mandant::Berechtigung system_{};
  std::map<std::string, mandant::PersonZeile> people_{};
  std::map<std::string, base::Uuid> kontakte_{};
};

}  // namespace

void loadDemoNetz(App& app, const std::filesystem::path& folder) {
  std::ifstream in(folder / "netz.json", std::ios::binary);
  if (!in) throw base::Failure("Demo: nicht lesbar: netz.json");
  std::ostringstream text;
  text << in.rdbuf();
  const auto json = boost::json::parse(text.str());
  for (const auto& town : json.as_object())
    Netzstadt(app, app.mandant(std::string(town.key())), town.value().as_object()).load();
}

}  // namespace app
