// Fills an empty database with the demo's two towns, through the same services as everybody, each act at its moment.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "app.h"
#include "demo_geschaeftsgang.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using base::Failure;
using boost::json::object;

std::string readFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure("Demo: nicht lesbar: " + path.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

boost::json::value readJson(const fs::path& path) { return boost::json::parse(readFile(path)); }

std::string textOf(const object& json, std::string_view key) {
  const auto* value = json.if_contains(key);
  return value == nullptr || value->is_null() ? "" : std::string(value->as_string());
}

template <typename T>
T need(base::Result<T> result) {
  if (!result)
    throw Failure("Demo: " + std::string(base::info(result.error().code).key) + " " + result.error().detail + " " +
                  result.error().feld);
  return *std::move(result);
}

class DemoClock : public base::Clock {
 public:
  [[nodiscard]] base::Zeitpunkt now() const override { return {moment_.micros + 1'000'000 * tick_++}; }
  /// Office hours: each day begins at 08:00 in Germany, and every act is a second later.
  void set(const std::string& day) {
    moment_ = base::endOfDay(base::Datum::parse(day).value()).plusSeconds(-16 * 3600);
    tick_ = 0;
  }

 private:
  base::Zeitpunkt moment_{};
  mutable std::int64_t tick_ = 0;
};

class Stadt {
 public:
  Stadt(App& app, const fs::path& folder, const object& town, const object& bestand, const object& geschaeftsgang)
      : app_(app),
        folder_(folder),
        town_(town),
        bestand_(bestand),
        geschaeftsgang_(geschaeftsgang),
        journal_(app.database(), clock_),
        schriftgut_(journal_, app.blobs(), app.extractor(), app.index()) {}

  /// A town under another key and name, for practice.
  void fuerUebung(std::string schluessel, std::string name, std::string passwort) {
    schluessel_ = std::move(schluessel);
    name_ = std::move(name);
    passwort_ = std::move(passwort);
    uebung_ = true;
  }

  std::int64_t load() {
    clock_.set("2026-01-05");
    const auto& zeichen = town_.at("geschaeftszeichen").as_object();
    mandant_ = need(mandant::createMandant(journal_, {{schluessel_},
                                                      {name_},
                                                      base::Line<12>{textOf(town_, "ags")},
                                                      {textOf(town_, "land")},
                                                      base::Line<200>{textOf(zeichen, "akte")},
                                                      base::Line<200>{textOf(zeichen, "vorgang")},
                                                      base::Line<200>{textOf(zeichen, "dokument")},
                                                      uebung_}));
    system_ = mandant::systemBerechtigung(mandant_);
    loadOrganisation();
    loadPlan();
    loadVorlagen();
    for (const auto& akte : bestand_.at("akten").as_array()) plan(akte.as_object());
    for (const auto& eingang : bestand_.at("posteingang").as_array()) {
      const auto& item = eingang.as_object();
      events_.push_back({textOf(item, "eingangsdatum"), [this, &item] { receive(item); }});
    }
    planLaufwege();
    play();
    return mandant_;
  }

 private:
  struct Event {
    std::string day;
    std::function<void()> act;
  };

  void play() {
    std::ranges::stable_sort(events_, {}, &Event::day);
    for (const auto& event : events_) {
      if (event.day != today_) clock_.set(event.day);
      today_ = event.day;
      event.act();
    }
  }

  /// What is on its way. It goes by the rights of those who act.
  void planLaufwege() {
    for (auto& act : DemoGeschaeftsgang(journal_, schriftgut_, mandant_, base::Datum::of(app_.clock().now()))
                         .acts(geschaeftsgang_, people_, entries_, vorgaenge_, dokumente_))
      events_.push_back({act.day, std::move(act.run)});
  }

  template <typename F>
  auto change(F f, std::int64_t person = 0) {
    return need(journal_.change(mandant_, [&](journal::Change& change) {
      change.by({person, 0});
      return f(change);
    }));
  }

  void loadOrganisation() {
    for (const auto& json : town_.at("organisationseinheiten").as_array()) {
      const auto& item = json.as_object();
      mandant::OrganisationseinheitNeu input{{textOf(item, "kurzzeichen")}, {textOf(item, "bezeichnung")}, {}};
      if (const auto ueber = textOf(item, "ueber"); !ueber.empty()) input.ueber = units_.at(ueber).uuid;
      units_[textOf(item, "kurzzeichen")] =
          change([&](auto& c) { return mandant::createOrganisationseinheit(c, input); });
    }
    for (const auto& json : town_.at("personen").as_array()) {
      const auto& item = json.as_object();
      const auto name = textOf(item, "anmeldename");
      mandant::PersonNeu input{{textOf(item, "vorname")},
                               {textOf(item, "nachname")},
                               {name},
                               base::Line<200>{name + "@" + textOf(town_, "maildomain")},
                               {passwort_}};
      people_[name] = change([&](auto& c) { return mandant::createPerson(c, input); });
    }
    for (const auto& json : town_.at("stellen").as_array()) loadStelle(json.as_object());
    std::map<std::string, mandant::OrganisationseinheitZeile> inboxes;
    for (const auto& json : town_.at("organisationseinheiten").as_array())
      inboxes[textOf(json.as_object(), "posteingang")] = units_.at(textOf(json.as_object(), "kurzzeichen"));
    for (const auto& json : town_.at("zugriffe").as_array()) {
      const auto input = zugriffFrom(json.as_object());
      const auto inbox = inboxes.find(input.bezeichnung.value);
      zugriffe_[input.bezeichnung.value] = change([&](auto& c) {
        if (inbox == inboxes.end()) return mandant::createZugriff(c, input);
        return mandant::changeZugriff(
            c, mandant::rowById<mandant::ZugriffZeile>(c.tx(), mandant_, inbox->second.zugriff).value(), input);
      });
    }
  }

  /// Letter head, templates and text blocks; the templates need the program that fills them.
  void loadVorlagen() {
    const auto* kopf = town_.if_contains("briefkopf");
    if (kopf == nullptr) return;
    const auto& item = kopf->as_object();
    akte::BriefkopfZeile head;
    head.name = name_;
    head.zusatz = textOf(item, "zusatz");
    head.strasse = textOf(item, "strasse");
    head.plz = textOf(item, "plz");
    head.ort = textOf(item, "ort");
    head.telefon = textOf(item, "telefon");
    head.email = textOf(item, "email");
    head.internet = textOf(item, "internet");
    head.bank = textOf(item, "bank");
    change([&](journal::Change& c) -> base::Result<int> {
      head.uuid = c.newUuid();
      c.insert(head);
      c.about({"briefkopf.geaendert", head.tabelle, head.id, 0, 0});
      return 0;
    });
    for (const auto& json : item.at("textbausteine").as_array()) {
      akte::TextbausteinZeile row;
      row.bezeichnung = textOf(json.as_object(), "bezeichnung");
      row.text = textOf(json.as_object(), "text");
      change([&](journal::Change& c) -> base::Result<int> {
        row.uuid = c.newUuid();
        c.insert(row);
        c.about({"textbaustein.angelegt", row.tabelle, row.id, 0, 0});
        return 0;
      });
    }
    if (!app_.kanzlei().bilder().vorhanden()) return;
    for (const auto& json : item.at("vorlagen").as_array()) {
      const auto& vorlage = json.as_object();
      const auto writer = app_.blobs().writer();
      writer->write(readFile(folder_ / "vorlagen" / textOf(vorlage, "datei")));
      const auto gelesen = need(app_.kanzlei().pruefeVorlage(writer->descriptor()));
      const auto datei = schriftgut_.einlagern(*writer, textOf(vorlage, "datei"));
      change([&](journal::Change& c) -> base::Result<int> {
        schreiben::Kanzlei::legeVorlage(c, 0, textOf(vorlage, "bezeichnung"),
                                        base::enumFrom<akte::Dokumentart>(textOf(vorlage, "art")).value(), datei,
                                        gelesen);
        return 0;
      });
    }
  }

  void loadStelle(const object& item) {
    mandant::StelleNeu input{{textOf(item, "bezeichnung")},
                             units_.at(textOf(item, "organisationseinheit")).uuid,
                             item.at("leitung").as_bool(),
                             {}};
    for (const auto& rolle : item.at("rollen").as_array())
      input.rollen.push_back(base::enumFrom<mandant::Rolle>(rolle.as_string()).value());
    const auto stelle = change([&](auto& c) { return mandant::createStelle(c, input); });
    stellen_[input.bezeichnung.value] = stelle;
    std::vector<base::Uuid> holders;
    for (const auto& name : item.at("personen").as_array())
      holders.push_back(people_.at(std::string(name.as_string())).uuid);
    if (!holders.empty()) change([&](auto& c) { return mandant::besetzen(c, stelle, holders); });
  }

  mandant::ZugriffNeu zugriffFrom(const object& json) {
    mandant::ZugriffNeu input{{textOf(json, "bezeichnung")}, {}};
    for (const auto& entry : json.at("eintraege").as_array()) {
      const auto& item = entry.as_object();
      const auto traeger = textOf(item, "traeger");
      mandant::EintragNeu line{base::enumFrom<mandant::TraegerArt>(textOf(item, "traegerArt")).value(),
                               {},
                               base::enumFrom<mandant::Stufe>(textOf(item, "stufe")).value()};
      using mandant::TraegerArt;
      if (line.traegerArt == TraegerArt::organisationseinheit) line.traeger = {units_.at(traeger).uuid.text()};
      if (line.traegerArt == TraegerArt::stelle) line.traeger = {stellen_.at(traeger).uuid.text()};
      if (line.traegerArt == TraegerArt::person) line.traeger = {people_.at(traeger).uuid.text()};
      if (line.traegerArt == TraegerArt::rolle) line.traeger = {traeger};
      input.eintraege.push_back(std::move(line));
    }
    return input;
  }

  /// kennzeichen;titel;beschreibung;aufbewahrungsdauer;aussonderungsart;organisationseinheit;zugriff. An entry's parent
  /// is what is left of its sign without `.nn`, or without the last digit.
  void loadPlan() {
    std::istringstream lines(readFile(folder_ / "aktenplan.csv"));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
      std::vector<std::string> cells(1);
      for (const char c : line) {
        if (c == ';')
          cells.emplace_back();
        else if (c != '\r')
          cells.back().push_back(c);
      }
      if (cells.size() != 7) throw Failure("Demo: Aktenplan: " + line);
      akte::AktenplaneinheitNeu input{
          {}, {cells[0]}, {cells[1]}, {}, {}, base::enumFrom<akte::Aussonderungsart>(cells[4]).value(), {}, {}};
      const auto dot = cells[0].find('.');
      const std::string ueber = cells[0].substr(0, dot == std::string::npos ? cells[0].size() - 1 : dot);
      if (!ueber.empty()) input.ueber = entries_.at(ueber).uuid;
      if (!cells[2].empty()) input.beschreibung = {cells[2]};
      if (!cells[3].empty()) input.aufbewahrungsdauer = std::stoll(cells[3]);
      if (const auto unit = units_.find(cells[5]); unit != units_.end()) input.organisationseinheit = unit->second.uuid;
      if (!cells[6].empty()) input.zugriff = zugriffe_.at(cells[6]).uuid;
      entries_[cells[0]] = change([&](auto& c) { return schriftgut_.createEinheit(c, system_, input); });
    }
  }

  /// The acts of one Akte, each on its day.
  void plan(const object& akte) {
    events_.push_back({textOf(akte, "angelegt"), [this, &akte] {
                         const auto row = change([&](auto& c) {
                           return schriftgut_.createAkte(c, system_,
                                                         {entries_.at(textOf(akte, "aktenplan")).uuid,
                                                          {textOf(akte, "betreff")},
                                                          units_.at(textOf(akte, "organisationseinheit")).uuid});
                         });
                         expect(textOf(akte, "zeichen"), row.zeichen);
                         akten_[row.zeichen] = row.uuid;
                       }});
    for (const auto& json : akte.at("vorgaenge").as_array()) {
      const auto& vorgang = json.as_object();
      events_.push_back({textOf(vorgang, "angelegt"), [this, &akte, &vorgang] {
                           const auto& person = people_.at(textOf(vorgang, "bearbeitung"));
                           const auto row = change(
                               [&](auto& c) {
                                 return schriftgut_.createVorgang(
                                     c, system_,
                                     {akten_.at(textOf(akte, "zeichen")), {textOf(vorgang, "betreff")}, person.uuid});
                               },
                               person.id);
                           expect(textOf(vorgang, "zeichen"), row.zeichen);
                           vorgaenge_[row.zeichen] = row.uuid;
                         }});
      for (const auto& dokument : vorgang.at("dokumente").as_array()) planDokument(vorgang, dokument.as_object());
      if (const auto day = textOf(vorgang, "zdaDatum"); !day.empty())
        events_.push_back(
            {day, [this, &vorgang] {
               change(
                   [&](auto& c) {
                     return schriftgut_.zda(
                         c, system_,
                         akte::findVorgang(c.tx(), system_, vorgaenge_.at(textOf(vorgang, "zeichen"))).value());
                   },
                   people_.at(textOf(vorgang, "bearbeitung")).id);
             }});
    }
  }

  void planDokument(const object& vorgang, const object& dokument) {
    auto day = textOf(dokument, "eingangsdatum");
    if (day.empty()) day = textOf(dokument, "datum");
    day = std::max(day, textOf(vorgang, "angelegt"));
    events_.push_back({day, [this, &vorgang, &dokument] { file(vorgang, dokument); }});
    if (const auto* versions = dokument.if_contains("versionen"))
      for (const auto& version : versions->as_array())
        events_.push_back(
            {std::max(day, textOf(version.as_object(), "datum")), [this, &dokument, &version] {
               const auto& item = version.as_object();
               const auto datei = store(item);
               change(
                   [&](auto& c) {
                     const auto mit =
                         akte::findDokument(c.tx(), system_, dokumente_.at(textOf(dokument, "datei"))).value();
                     return schriftgut_.addVersion(c, system_, mit, datei, mit.dokument.version);
                   },
                   people_.at(textOf(item, "bearbeitung")).id);
             }});
  }

  akte::Datei store(const object& item) {
    const auto path = folder_ / textOf(item, "datei");
    const auto writer = app_.blobs().writer();
    writer->write(readFile(path));
    const auto name = textOf(item, "dateiname");
    return schriftgut_.einlagern(*writer, name.empty() ? path.filename().string() : name);
  }

  static akte::OptDatum dayOf(const object& item, std::string_view key) {
    const auto text = textOf(item, key);
    return text.empty() ? std::nullopt : base::Datum::parse(text);
  }

  void file(const object& vorgang, const object& item) {
    const auto datei = store(item);
    const auto person = people_.at(textOf(vorgang, "bearbeitung")).id;
    akte::DokumentNeu input{base::enumFrom<akte::Dokumentart>(textOf(item, "art")),
                            akte::Kanal::upload,
                            textOf(item, "betreff"),
                            {},
                            dayOf(item, "datum"),
                            dayOf(item, "eingangsdatum")};
    if (const auto absender = textOf(item, "absender"); !absender.empty()) input.absender = absender;
    const auto row = change(
        [&](auto& c) {
          return schriftgut_.createDokument(c, system_, vorgaenge_.at(textOf(vorgang, "zeichen")), datei, input);
        },
        person);
    dokumente_[textOf(item, "datei")] = row.uuid;
    const auto find = [&](journal::Change& c) { return akte::findDokument(c.tx(), system_, row.uuid).value(); };
    if (const auto fremd = textOf(item, "fremdesGeschaeftszeichen"); !fremd.empty())
      change(
          [&](auto& c) {
            akte::DokumentAendern aendern;
            aendern.fremdesGeschaeftszeichen = {true, base::Line<200>{fremd}};
            return schriftgut_.changeDokument(c, system_, find(c), aendern);
          },
          person);
    if (const auto* anlagen = item.if_contains("anlagen"))
      for (const auto& json : anlagen->as_array()) {
        const auto anlage = store(json.as_object());
        const auto made =
            change([&](auto& c) { return schriftgut_.createAnlage(c, system_, find(c), anlage); }, person);
        change(
            [&](auto& c) {
              akte::DokumentAendern aendern;
              aendern.betreff = base::Line<500>{textOf(json.as_object(), "betreff")};
              return schriftgut_.changeDokument(c, system_, akte::findDokument(c.tx(), system_, made.uuid).value(),
                                                aendern);
            },
            person);
      }
  }

  void receive(const object& item) {
    const auto datei = store(item);
    const auto kanal = textOf(item, "kanal");
    const auto as = kanal == "Scan"     ? akte::Kanal::scan
                    : kanal == "E-Mail" ? akte::Kanal::mail
                    : kanal == "Portal" ? akte::Kanal::portal
                                        : akte::Kanal::upload;
    change([&](auto& c) {
      return schriftgut_.createEingang(
          c, system_, units_.at(textOf(item, "organisationseinheit")).uuid, datei,
          {akte::Dokumentart::Eingang, as, {}, {}, {}, dayOf(item, "eingangsdatum"), "Scanner Poststelle"});
    });
  }

  static void expect(const std::string& wanted, const std::string& given) {
    if (wanted != given) throw Failure(fmt::format("Demo: das Zeichen {} wurde {}", wanted, given));
  }

  App& app_;
  const fs::path& folder_;
  const object& town_;
  const object& bestand_;
  const object& geschaeftsgang_;
  DemoClock clock_;
  journal::Journal journal_;
  akte::Schriftgut schriftgut_;
  std::int64_t mandant_ = 0;
  mandant::Berechtigung system_{};
  std::string schluessel_ = textOf(town_, "schluessel"), name_ = textOf(town_, "name"), passwort_ = "lotse-demo";
  bool uebung_ = false;
  std::string today_{};
  std::vector<Event> events_{};
  std::map<std::string, mandant::OrganisationseinheitZeile> units_{};
  std::map<std::string, mandant::StelleZeile> stellen_{};
  std::map<std::string, mandant::PersonZeile> people_{};
  std::map<std::string, mandant::ZugriffZeile> zugriffe_{};
  std::map<std::string, akte::AktenplaneinheitZeile> entries_{};
  std::map<std::string, base::Uuid> akten_{}, vorgaenge_{}, dokumente_{};
};

}  // namespace

namespace {

/// The files of the demo, with what each town has of them.
struct Demo {
  explicit Demo(const fs::path& folder)
      : staedte(readJson(folder / "staedte.json")),
        bestand(readJson(folder / "bestand.json")),
        gang(readJson(folder / "geschaeftsgang.json")) {}
  [[nodiscard]] static const object& of(const boost::json::value& all, const std::string& town) {
    return all.as_object().at("staedte").as_object().at(town).as_object();
  }
  [[nodiscard]] const boost::json::array& towns() const { return staedte.as_object().at("staedte").as_array(); }
  [[nodiscard]] Stadt stadt(App& app, const fs::path& folder, const object& town) const {
    const auto name = textOf(town, "schluessel");
    return {app, folder, town, of(bestand, name), of(gang, name)};
  }
  boost::json::value staedte, bestand, gang;
};

/// What is to be made of all that yields to whoever tries it out.
void yield(App& app, std::int64_t mandant) {
  app.database().write(mandant, [&](sql::WriteTx& tx) {
    tx.exec("UPDATE auftrag SET vorrang = vorrang - 20 WHERE mandant = :mandant AND status = 'wartet'", mandant);
  });
}

}  // namespace

void loadDemo(App& app, const fs::path& folder) {
  const Demo demo(folder);
  for (const auto& town : demo.towns()) demo.stadt(app, folder, town.as_object()).load();
  loadDemoNetz(app, folder);
  for (const auto mandant : app.database().read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx); }))
    yield(app, mandant);
}

std::int64_t loadBeispiel(App& app, const fs::path& folder, const std::string& schluessel, const std::string& name,
                          const std::string& passwort) {
  const Demo demo(folder);
  auto town = demo.stadt(app, folder, demo.towns().at(0).as_object());
  town.fuerUebung(schluessel, name, passwort);
  const auto mandant = town.load();
  yield(app, mandant);
  return mandant;
}

std::vector<DemoLogin> demoLogins(const fs::path& folder) {
  std::vector<DemoLogin> out;
  const auto staedte = readJson(folder / "staedte.json");
  for (const auto& town : staedte.as_object().at("staedte").as_array())
    for (const auto& login : town.as_object().at("demoLogins").as_array())
      out.push_back({textOf(town.as_object(), "schluessel"), textOf(login.as_object(), "anmeldename"),
                     textOf(staedte.as_object(), "passwort"), textOf(login.as_object(), "beschreibung")});
  return out;
}

}  // namespace app
