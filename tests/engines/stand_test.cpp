// Random trees: what is closed stays as it is, whatever is tried, and every past moment can be shown as it was.
#include <map>

#include "support/play.h"
#include "support/property.h"

namespace rc {
template <>
struct Arbitrary<engines::Step> {
  static Gen<engines::Step> arbitrary() {
    const auto small = gen::inRange(0U, 5040U);
    return gen::build<engines::Step>(gen::set(&engines::Step::kind, gen::inRange(0U, engines::Play::kinds)),
                                     gen::set(&engines::Step::a, small), gen::set(&engines::Step::b, small),
                                     gen::set(&engines::Step::c, small));
  }
};
}  // namespace rc

namespace engines {
namespace {

using akte::Status;

/// Steps that do not touch organisation, plan and access: their names and reach are told as of today.
unsigned filework(unsigned kind) {
  static const std::vector<unsigned> kinds{12, 13, 15, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32};
  return kinds[kind % kinds.size()];
}

/// One object: its values by column, and whether something above it is closed.
struct Zustandsbild {
  std::map<std::string, std::string> werte{};
  bool darueberGeschlossen = false;
};
using Bild = std::map<std::pair<std::string, std::int64_t>, Zustandsbild>;

std::string textOf(const sql::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr ? "-" : "'" + *text + "'";
}

class Baum : public OnBothEngines {
 protected:
  template <class Row, class Above>
  static void add(Bild& out, const sql::ReadTx& tx, std::int64_t mandant, Above above) {
    for (const auto& row : mandant::allRows<Row>(tx, mandant)) {
      auto& one = out[{std::string(Row::tabelle), row.id}];
      const auto values = sql::valuesOf(row);
      for (std::size_t i = 2; i < values.size(); ++i)
        one.werte[sql::tableOf<Row>().columns[i].name] = textOf(values[i]);
      one.darueberGeschlossen = above(row);
    }
  }
  static Bild picture(Town& town) {
    return town.world.read(town.mandant, [&](const sql::ReadTx& tx) {
      Bild out;
      const auto closed = [&](const char* table, const akte::OptId& id) {
        if (!id) return false;
        const auto& one = out.at({table, *id});
        return one.darueberGeschlossen || one.werte.at("status") != "'inBearbeitung'";
      };
      add<AkteZeile>(out, tx, town.mandant, [](const auto&) { return false; });
      add<VorgangZeile>(out, tx, town.mandant, [&](const auto& row) { return closed("akte", row.akte); });
      add<VorgangZeile>(out, tx, town.mandant,
                        [&](const auto& row) { return closed("akte", row.akte) || closed("vorgang", row.ueber); });
      add<DokumentZeile>(out, tx, town.mandant, [&](const auto& row) {
        return closed("vorgang", row.vorgang) || closed("dokument", row.ueber);
      });
      add<akte::VersionZeile>(out, tx, town.mandant, [&](const auto& row) { return closed("dokument", row.dokument); });
      return out;
    });
  }
  /// I1: below a closed node nothing changes but who reaches it; of the node itself only what a transition sets.
  static void holds(const Bild& before, const Bild& after) {
    static const std::set<std::string> access{"zugriff", "eigener_zugriff", "stand"};
    static const std::set<std::string> transition{"status", "zda_datum", "transferfrist_ende", "aufbewahrung_bis"};
    for (const auto& [key, now] : after) {
      const auto was = before.find(key);
      if (was == before.end()) {
        RC_ASSERT(!now.darueberGeschlossen);  // nothing new in what is closed
        continue;
      }
      const bool closed = was->second.darueberGeschlossen;
      const bool itself = was->second.werte.contains("status") && was->second.werte.at("status") != "'inBearbeitung'";
      if (!closed && !itself) continue;
      // A Teilvorgang goes along with its open Vorgang.
      const bool along = !closed && now.werte.contains("zda_datum") && now.werte.contains("akte") &&
                         now.werte.at("ueber") != "-" && was->second.werte.at("ueber") == now.werte.at("ueber");
      for (const auto& [column, value] : now.werte)
        if (!(along && column == "akte") && !access.contains(column) &&
            !(itself && !closed && transition.contains(column)))
          RC_ASSERT(value == was->second.werte.at(column));
    }
  }
  /// I7 and I8: what is kept for a period, and what lies in it, never goes; what goes was asked for before.
  static void goesLawfully(const Bild& before, const Bild& after, const std::set<std::string>& asked) {
    static const std::set<std::string> kept{"'abgeschlossen'", "'weggelegt'", "'aussonderungsreif'"};
    for (const auto& [key, was] : before) {
      if (after.contains(key) || !was.werte.contains("status")) continue;
      RC_ASSERT(!kept.contains(was.werte.at("status")));
      RC_ASSERT(!asked.empty());
    }
  }
  /// The counters of signs, by their scope.
  static std::map<std::string, std::int64_t> counters(Town& town) {
    return town.world.read(town.mandant, [&](const sql::ReadTx& tx) {
      std::map<std::string, std::int64_t> out;
      for (const auto& row : mandant::allRows<akte::ZeichenZaehlerZeile>(tx, town.mandant)) out[row.bereich] = row.wert;
      return out;
    });
  }
  /// I4, and what the table says of days.
  static void daysFit(const Bild& bild) {
    for (const auto& [key, one] : bild) {
      if (!one.werte.contains("status")) continue;
      const auto& status = one.werte.at("status");
      for (const auto* column : {"zda_datum", "transferfrist_ende", "aufbewahrung_bis"})
        if (one.werte.contains(column) && (status == "'inBearbeitung'" || status == "'storniert'"))
          RC_ASSERT(one.werte.at(column) == "-");
      if (one.werte.contains("zda_datum") && status == "'abgeschlossen'") RC_ASSERT(one.werte.at("zda_datum") != "-");
      if (status == "'weggelegt'") RC_ASSERT(one.werte.at("aufbewahrung_bis") != "-");
    }
  }
};
ON_BOTH_ENGINES(Baum);

TEST_P(Baum, whatIsClosedStaysAsItIs) {
  forAll(8, 120, [&](const std::vector<Step>& steps) {
    World world(GetParam());
    Town town(world);
    Play play(town);
    auto before = picture(town);
    auto counted = counters(town);
    int closed = 0;
    for (const auto& step : steps) {
      const auto entries = town.entries();
      play.step(step);
      auto after = picture(town);
      holds(before, after);
      daysFit(after);
      // What is taken back (copies, merged shells) is no deletion: it was open, and its entry says so.
      const auto aktion =
          world.fresh.raw()("SELECT aktion FROM journal WHERE mandant = " + std::to_string(town.mandant) +
                            " AND nr = " + std::to_string(entries + 1));
      std::set<std::string> asked;
      for (const auto& row : aktion)
        if (row[0]->ends_with(".geloescht") || *row[0] == "zurueckgenommen") asked.insert(*row[0]);
      goesLawfully(before, after, asked);
      // I3: within its scope a number only grows.
      const auto counts = counters(town);
      for (const auto& [bereich, wert] : counted) RC_ASSERT(counts.contains(bereich) && counts.at(bereich) >= wert);
      counted = counts;
      // I2: each change of status is in the entry of the step, with who did it.
      for (const auto& [key, now] : after) {
        const auto was = before.find(key);
        if (was == before.end() || !now.werte.contains("status") ||
            now.werte.at("status") == was->second.werte.at("status"))
          continue;
        ++closed;
        auto raw = world.fresh.raw();
        const auto row = raw("SELECT person, aenderungen FROM journal WHERE nr = " + std::to_string(entries + 1) +
                             " AND mandant = " + std::to_string(town.mandant))
                             .at(0);
        RC_ASSERT(*row[0] != "0");
        RC_ASSERT(row[1]->find("\"t\":\"" + key.first + "\",\"id\":" + std::to_string(key.second)) !=
                  std::string::npos);
        RC_ASSERT(row[1]->find("\"status\":") != std::string::npos);
      }
      before = std::move(after);
    }
    RC_TAG(closed / 5 * 5);
    // I3: no sign twice, also not of what was deleted.
    RC_ASSERT(world.fresh.raw().value("SELECT COUNT(*) - COUNT(DISTINCT zeichen) FROM zeichen") == "0");
    RC_ASSERT(world.check() == Findings());
  });
}

/// I6: lists, counts, search and single objects give exactly what the person reaches, and of the rest not even that it
/// is there.
TEST_P(Baum, nothingIsShownThatIsNotReached) {
  forAll(6, 90, [&](const std::vector<Step>& steps) {
    World world(GetParam());
    Town town(world);
    town.person("carla", {});
    town.person("dora", {town.post(town.unit("20"), {Rolle::SB})});
    Play play(town);
    for (const auto& step : steps) play.step(step);
    int hidden = 0;
    const auto people = world.read(
        town.mandant, [&](const sql::ReadTx& tx) { return mandant::allRows<PersonZeile>(tx, town.mandant); });
    for (const auto& person : people) {
      const auto in = world.zugang.anmelden("stadt", person.anmeldename, password);
      if (!in) continue;  // the play made it inactive, or gave it another password
      const http::Fields headers{{"Cookie", in->cookie.substr(0, in->cookie.find(';'))}};
      const auto ask = [&](const std::string& target) { return world.request("GET", target, headers); };
      const auto reaches = [&](const sql::ReadTx& tx, std::int64_t zugriff) {
        return tx.value<std::int64_t>(
                     "SELECT COUNT(*) FROM person_zugriff WHERE mandant = :m AND person = :p AND zugriff = :z",
                     town.mandant, person.id, zugriff)
                   .value() > 0;
      };
      std::map<std::string, std::set<std::string>> seen, unseen;
      world.read(town.mandant, [&](const sql::ReadTx& tx) {
        const auto sort = [&](const char* kind, const auto& rows) {
          for (const auto& row : rows) (reaches(tx, row.zugriff) ? seen : unseen)[kind].insert(row.uuid.text());
        };
        sort("akten", mandant::allRows<AkteZeile>(tx, town.mandant));
        sort("vorgaenge", mandant::allRows<VorgangZeile>(tx, town.mandant));
        sort("dokumente", mandant::allRows<DokumentZeile>(tx, town.mandant));
      });
      for (const auto* kind : {"akten", "vorgaenge"}) {
        std::set<std::string> listed;
        std::string nach;
        do {
          const auto page = ask("/api/" + std::string(kind) + "?limit=7" + (nach.empty() ? "" : "&nach=" + nach));
          RC_ASSERT(page.status == 200U);
          for (const auto& one : page.json.at("eintraege").as_array())
            listed.insert(std::string(one.at("id").as_string()));
          const auto* more = page.json.as_object().if_contains("nach");
          nach = more == nullptr ? "" : std::string(more->as_string());
        } while (!nach.empty());
        RC_ASSERT(listed == seen[kind]);
      }
      for (const auto& [kind, ids] : unseen)
        for (const auto& id : ids) {
          const auto answer = ask("/api/" + kind + "/" + id);
          RC_ASSERT(answer.status == 404U);
          RC_ASSERT(answer.text.find(id) == std::string::npos);
          ++hidden;
        }
      for (const auto& [kind, ids] : seen)
        for (const auto& id : ids) RC_ASSERT(ask("/api/" + kind + "/" + id).status == 200U);
      for (const auto* target :
           {"/api/heute", "/api/posteingang", "/api/aktenplan", "/api/suche?q=a*", "/api/suche?q=e*"}) {
        const auto answer = ask(target);
        RC_ASSERT(answer.status == 200U);
        for (const auto& [kind, ids] : unseen)
          for (const auto& id : ids) RC_ASSERT(answer.text.find(id) == std::string::npos);
      }
      RC_ASSERT(ask("/api/suche?q=a*").json.at("anzahl").as_int64() <=
                static_cast<std::int64_t>(seen["dokumente"].size()));
    }
    RC_TAG(hidden / 20 * 20);
  });
}

/// What was shown at a moment is shown of that moment for ever.
TEST_P(Baum, everyPastMomentIsShownAsItWas) {
  forAll(5, 90, [&](std::vector<Step> steps) {
    World world(GetParam());
    Town town(world);
    Play play(town);
    // What is deleted for good is not shown of the past either, nor counted.
    must(world.change(town.mandant, 0, [&](Change& c) {
      akte::MandantAendern change;
      change.loeschfrist = {true, std::nullopt};
      return world.schriftgut.changeMandant(c, mandant::allRows<mandant::MandantZeile>(c.tx(), town.mandant).at(0),
                                            change);
    }));
    // Sessions end within the months that the play takes.
    http::Fields headers;
    const auto login = [&] {
      const auto cookie = must(world.zugang.anmelden("stadt", "anna", password)).cookie;
      headers = {{"Cookie", cookie.substr(0, cookie.find(';'))}};
    };
    const auto ask = [&](const std::string& target) { return world.request("GET", target, headers); };
    const auto plain = [](boost::json::value json) {
      const auto strip = [](boost::json::object& object) {
        // Who reaches it is told as of today, and filing a letter changes that.
        for (const auto* name : {"stand", "darf", "uebergaenge", "zugriff"}) object.erase(name);
      };
      strip(json.as_object());
      if (auto* list = json.as_object().if_contains("eintraege"))
        for (auto& one : list->as_array()) strip(one.as_object());
      if (auto* list = json.as_object().if_contains("anlagenListe"))
        for (auto& one : list->as_array()) strip(one.as_object());
      return json;
    };
    struct Gesehen {
      std::string damals, am;
      boost::json::value json;
    };
    std::vector<Gesehen> seen;
    unsigned number = 0;
    for (auto step : steps) {
      step.kind = filework(step.kind);
      play.step(step);
      if (++number % 30 != 0) continue;
      login();
      const auto am = world.clock.now().iso();
      const auto note = [&](const std::string& path, const std::string& below, const std::string& pastBelow) {
        const auto today = ask(path + below);
        if (today.status == 200) seen.push_back({path + "/stand" + pastBelow, am, plain(today.json)});
      };
      const auto uuids = [&]<class Row>() {
        std::vector<std::string> out;
        for (const auto& row :
             world.read(town.mandant, [&](const sql::ReadTx& tx) { return mandant::allRows<Row>(tx, town.mandant); }))
          out.push_back(row.uuid.text());
        return out;
      };
      for (const auto& id : uuids.operator()<AkteZeile>()) note("/api/akten/" + id, "", "");
      for (const auto& id : uuids.operator()<VorgangZeile>()) {
        note("/api/vorgaenge/" + id, "", "");
        note("/api/vorgaenge/" + id, "/dokumente", "/dokumente");
        const auto teile = ask("/api/vorgaenge?ueber=" + id);
        if (teile.status == 200)
          seen.push_back({"/api/vorgaenge/" + id + "/stand/teilvorgaenge", am, plain(teile.json)});
      }
      for (const auto& id : uuids.operator()<DokumentZeile>()) note("/api/dokumente/" + id, "", "");
    }
    login();
    int compared = 0;
    for (const auto& one : seen) {
      const auto past = ask(one.damals + "?am=" + one.am);
      if (past.status == 404) continue;  // deleted since
      RC_ASSERT(past.status == 200U);
      const auto json = plain(past.json);
      if (json != one.json)
        RC_LOG(one.damals + "\nthen: " + boost::json::serialize(one.json) + "\nnow:  " + boost::json::serialize(json));
      RC_ASSERT(json == one.json);
      ++compared;
    }
    RC_TAG(compared / 10 * 10);
  });
}

}  // namespace
}  // namespace engines
