// Slips of Vorgänge and Dokumente, played by several people on both engines.
#include "geschaeftsgang/geschaeftsgang.h"

#include <algorithm>
#include <array>
#include <map>
#include <type_traits>

#include "support/property.h"
#include "support/world.h"

namespace engines {
namespace {

using akte::Schrittstatus;
using geschaeftsgang::Geschaeftsgang;
using geschaeftsgang::LaufwegZeile;
using geschaeftsgang::Schritte;
using geschaeftsgang::SchrittHandeln;
using geschaeftsgang::Schritthandlung;

class Laufwege : public OnBothEngines {
 protected:
  void SetUp() override {
    akte_ = town_.akte(town_.bernd, blatt_);
    vorgang_ = town_.vorgang(town_.bernd, akte_);
    dokument_ = town_.dokument(town_.bernd, vorgang_, "bescheid.txt", "Der Antrag wird genehmigt.");
  }
  LaufwegZeile start(const PersonZeile& by, const std::string& zeile, bool dokument = false) {
    return must(tryStart(by, zeile, dokument));
  }
  base::Result<LaufwegZeile> tryStart(const PersonZeile& by, const std::string& zeile, bool dokument = false) {
    const auto mit = town_.see(by, vorgang_);
    return town_.as(by, [&](Change& c, const Berechtigung& w) {
      return gang_.starte(c, w, mit, {{zeile}, dokument ? std::optional(dokument_.uuid) : std::nullopt, {}});
    });
  }
  Schritte steps(const LaufwegZeile& laufweg) {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return geschaeftsgang::schritteOf(tx, town_.mandant, laufweg.id);
    });
  }
  std::string states(const LaufwegZeile& laufweg) {
    std::string out;
    for (const auto& s : steps(laufweg)) out += "zaeu"[static_cast<int>(s.status)];
    return out;
  }
  std::optional<Code> act(const PersonZeile& by, const LaufwegZeile& laufweg, std::size_t i, SchrittHandeln what) {
    what.schritt = steps(laufweg).at(i).uuid;
    const auto mit = town_.see(by, vorgang_);
    return refusal(town_.as(by, [&](Change& c, const Berechtigung& w) { return gang_.handle(c, w, mit, what); }));
  }
  std::optional<Code> act(const PersonZeile& by, const LaufwegZeile& laufweg, std::size_t i,
                          Schritthandlung handlung = Schritthandlung::erledigen, const char* vermerk = nullptr) {
    SchrittHandeln what;
    what.handlung = handlung;
    if (vermerk != nullptr) what.vermerk = {vermerk};
    return act(by, laufweg, i, what);
  }
  std::vector<akte::ZeichnungZeile> marks() {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return mandant::allRows<akte::ZeichnungZeile>(tx, town_.mandant);
    });
  }

  World world_{GetParam()};
  Town town_{world_};
  Geschaeftsgang gang_{world_.schriftgut};
  AktenplaneinheitZeile blatt_ = town_.entry("632");
  AkteZeile akte_;
  VorgangZeile vorgang_;
  DokumentZeile dokument_;
};
ON_BOTH_ENGINES(Laufwege);

TEST_P(Laufwege, runFromOneLineToZda) {
  const auto laufweg = start(town_.bernd, "@bernd mz, @anna mz, dann @anna sz, Versand, zdA", true);
  EXPECT_EQ(states(laufweg), "aazzz");
  EXPECT_EQ(act(town_.anna, laufweg, 0), Code::NichtErlaubt);  // not hers
  EXPECT_EQ(act(town_.anna, laufweg, 2), Code::Konflikt);      // not yet
  EXPECT_EQ(act(town_.bernd, laufweg, 0), std::nullopt);
  EXPECT_EQ(act(town_.bernd, laufweg, 0), Code::Konflikt);  // not twice
  EXPECT_EQ(act(town_.anna, laufweg, 1), std::nullopt);
  EXPECT_EQ(act(town_.anna, laufweg, 2), std::nullopt);
  EXPECT_EQ(act(town_.bernd, laufweg, 3), std::nullopt);
  EXPECT_EQ(act(town_.bernd, laufweg, 4), std::nullopt);
  EXPECT_EQ(states(laufweg), "eeeee");
  EXPECT_EQ(town_.now(laufweg).status, akte::Laufwegstatus::beendet);
  EXPECT_EQ(town_.now(vorgang_).status, akte::Status::abgeschlossen);
  EXPECT_EQ(refusal(tryStart(town_.bernd, "@anna mz")), Code::Abgeschlossen);  // nothing below a closed node
  ASSERT_EQ(marks().size(), 3U);
  EXPECT_EQ(marks()[2].art, akte::Schrittart::schlusszeichnung);
  EXPECT_EQ(marks()[2].versionNr, 1);
  EXPECT_EQ(marks()[2].sha256.size(), 64U);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Laufwege, aNewVersionMakesMitzeichnungenStaleAndAsksAgain) {
  const auto laufweg = start(town_.bernd, "@bernd mz, dann @anna sz", true);
  EXPECT_EQ(act(town_.bernd, laufweg, 0), std::nullopt);
  town_.version(town_.bernd, dokument_, "Der Antrag wird abgelehnt.", 1);
  EXPECT_EQ(act(town_.anna, laufweg, 1), Code::NochOffen);
  EXPECT_EQ(act(town_.anna, laufweg, 0), Code::NichtErlaubt);
  EXPECT_EQ(act(town_.bernd, laufweg, 0), std::nullopt);  // the same step, another mark
  EXPECT_EQ(states(laufweg), "ea");
  ASSERT_EQ(marks().size(), 2U);
  EXPECT_NE(marks()[0].sha256, marks()[1].sha256);
  EXPECT_EQ(marks()[1].versionNr, 2);
  EXPECT_EQ(act(town_.bernd, laufweg, 0), Code::Konflikt);
  EXPECT_EQ(act(town_.anna, laufweg, 1), std::nullopt);
}

TEST_P(Laufwege, mitzeichnungenAreOverruledOnlyWithAReason) {
  const auto laufweg = start(town_.bernd, "@bernd mz, dann @anna sz", true);
  EXPECT_EQ(act(town_.bernd, laufweg, 0, Schritthandlung::ueberspringen), Code::EingabeUngueltig);
  EXPECT_EQ(act(town_.bernd, laufweg, 0, Schritthandlung::ueberspringen, "krank"), std::nullopt);
  EXPECT_EQ(act(town_.anna, laufweg, 1), Code::NochOffen);
  SchrittHandeln what;
  what.handlung = Schritthandlung::erledigen;
  what.uebergehen = {"Eilt"};
  EXPECT_EQ(act(town_.anna, laufweg, 1, what), std::nullopt);
  EXPECT_EQ(marks().at(0).uebergangen, "Eilt");
  // What is finally signed is not cancelled any more.
  const auto mit = town_.see(town_.bernd, dokument_);
  EXPECT_EQ(refusal(town_.as(town_.bernd,
                             [&](Change& c, const Berechtigung& w) {
                               return world_.schriftgut.wechsle(c, w, mit, akte::Uebergang::stornieren);
                             })),
            Code::Konflikt);
}

TEST_P(Laufwege, whoLacksTheRightIsNotNamed) {
  EXPECT_EQ(tryStart(town_.bernd, "@bernd sz").error().detail, "Vor bernd hat kein Zeichnungsrecht.");
  const auto fremd = town_.person("fremd", {town_.post(town_.unit("20"), {Rolle::SB})});
  const auto nurWir = town_.access(
      "Nur wir", {{TraegerArt::organisationseinheit, base::Line<40>{town_.amt.uuid.text()}, Stufe::bearbeiten}});
  const auto mit = town_.see(town_.anna, vorgang_);
  vorgang_ = must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.setZugriff(c, w, mit, {nurWir.uuid});
  }));
  EXPECT_EQ(tryStart(town_.bernd, "@fremd mz").error().detail,
            "Vor fremd erreicht diesen Vorgang nicht. Weiten Sie zuerst den Zugriff.");
  EXPECT_EQ(tryStart(town_.bernd, "@niemand mz").error().feld, "zeile");
  EXPECT_EQ(tryStart(town_.bernd, " , ").error().code, Code::EingabeUngueltig);
}

TEST_P(Laufwege, comeBackAreDelegatedTakenInsertedRecalled) {
  const auto laufweg = start(town_.bernd, "@oe:10 stn, dann @anna pr");
  EXPECT_EQ(act(town_.anna, laufweg, 0, Schritthandlung::uebernehmen), std::nullopt);
  EXPECT_EQ(act(town_.bernd, laufweg, 0, Schritthandlung::uebernehmen), Code::NichtErlaubt);  // she has it
  SchrittHandeln an;
  an.handlung = Schritthandlung::delegieren;
  an.an = {"@bernd"};
  EXPECT_EQ(act(town_.anna, laufweg, 0, an), std::nullopt);
  EXPECT_EQ(states(laufweg), "uaz");
  EXPECT_EQ(act(town_.bernd, laufweg, 1, Schritthandlung::zurueckgeben), Code::EingabeUngueltig);
  EXPECT_EQ(act(town_.bernd, laufweg, 1, Schritthandlung::zurueckgeben, "Unterlagen fehlen"), std::nullopt);
  EXPECT_EQ(states(laufweg), "ueazz");
  EXPECT_EQ(steps(laufweg).at(2).adressat, town_.bernd.id);
  const auto mit = town_.see(town_.bernd, vorgang_);
  const auto third = steps(laufweg).at(2).uuid;
  must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    return gang_.fuegeEin(c, w, mit, {third, {"@anna z.K."}});
  }));
  EXPECT_EQ(states(laufweg), "ueazzz");
  EXPECT_EQ(act(town_.bernd, laufweg, 2), std::nullopt);
  EXPECT_EQ(states(laufweg), "ueeaaz");  // Kenntnis keeps nothing
  must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    return gang_.holeZurueck(c, w, mit, {laufweg.uuid, {"Irrtum"}});
  }));
  EXPECT_EQ(states(laufweg), "ueeuuu");
  EXPECT_EQ(town_.now(laufweg).status, akte::Laufwegstatus::zurueckgeholt);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Laufwege, openStepsKeepFromZda) {
  const auto close = [&] {
    const auto mit = town_.see(town_.bernd, vorgang_);
    return refusal(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.wechsle(c, w, mit, akte::Uebergang::zda);
    }));
  };
  const auto laufweg = start(town_.bernd, "Wv in 2 Wochen \"Antwort da?\"");
  start(town_.bernd, "@anna zur Kenntnis");
  EXPECT_EQ(close(), Code::NochOffen);
  EXPECT_EQ(act(town_.bernd, laufweg, 0), std::nullopt);
  EXPECT_EQ(close(), std::nullopt);
}

TEST_P(Laufwege, aDeputyActsForAnotherAndBothAreNamed) {
  const auto clara = town_.person("clara", {town_.post(town_.amt, {Rolle::SB})});
  const auto other = town_.unit("20");
  const auto today = base::Datum::of(world_.clock.now());
  const auto stands = [&](const PersonZeile& for_, const PersonZeile& deputy, std::optional<Uuid> unit = {},
                          std::optional<mandant::Aufgabe> aufgabe = {}) {
    return town_.as(for_, [&](Change& c, const Berechtigung& w) {
      return mandant::setVertretung(c, w, {{}, deputy.uuid, today, {}, {}, unit, aufgabe});
    });
  };
  const auto laufweg = start(town_.bernd, "@bernd mz, dann @bernd pr, dann @anna sz", true);
  EXPECT_EQ(act(clara, laufweg, 0), Code::NichtErlaubt);
  // For another unit, or another kind of work: not this step.
  must(stands(town_.bernd, clara, other.uuid));
  EXPECT_EQ(act(clara, laufweg, 0), Code::NichtErlaubt);
  const auto signs = must(stands(town_.bernd, clara, town_.amt.uuid, mandant::Aufgabe::zeichnung));
  EXPECT_EQ(act(clara, laufweg, 0), std::nullopt);
  EXPECT_EQ(act(clara, laufweg, 1), Code::NichtErlaubt);  // only what is to be signed
  EXPECT_EQ(steps(laufweg).at(0).bearbeiter, clara.id);
  EXPECT_EQ(steps(laufweg).at(0).vertretene, town_.bernd.id);
  EXPECT_EQ(marks().at(0).person, clara.id);
  EXPECT_EQ(marks().at(0).vertretene, town_.bernd.id);
  const auto said = world_.read(
      town_.mandant, [&](const sql::ReadTx& tx) { return journal::history(tx, town_.mandant, dokument_.id, 0, 0, 1); });
  EXPECT_EQ(said.at(0).person, clara.id);
  EXPECT_EQ(said.at(0).fuer, town_.bernd.id);
  // No ring, and not the same twice.
  EXPECT_EQ(refusal(stands(clara, town_.bernd)), Code::EingabeUngueltig);
  EXPECT_EQ(refusal(stands(town_.bernd, clara, town_.amt.uuid, mandant::Aufgabe::zeichnung)), Code::Vergeben);
  // Over two levels, and never more than the deputy himself may do: Clara has no Zeichnungsrecht.
  must(stands(town_.bernd, clara));
  EXPECT_EQ(act(clara, laufweg, 1), std::nullopt);
  must(stands(town_.anna, town_.bernd));
  EXPECT_EQ(act(clara, laufweg, 2), Code::NichtErlaubt);
  EXPECT_EQ(act(clara, laufweg, 2, Schritthandlung::zurueckgeben, "Das kann ich nicht zeichnen"), std::nullopt);
  EXPECT_EQ(steps(laufweg).at(2).vertretene, town_.anna.id);
  // A newer version asks for the Mitzeichnung again: of Bernd, and of whoever stands in for him now.
  town_.version(town_.bernd, dokument_, "Zweite Fassung", 1);
  EXPECT_EQ(act(town_.anna, laufweg, 0), Code::NichtErlaubt);
  EXPECT_EQ(act(town_.bernd, laufweg, 0), std::nullopt);
  EXPECT_EQ(marks().back().person, town_.bernd.id);
  EXPECT_EQ(marks().back().vertretene, std::nullopt);
  must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    return mandant::endVertretung(c, w, signs, base::Datum::of(2020, 1, 1));
  }));
  EXPECT_EQ(world_.check(), Findings());
}

/// Random work on slips of one Dokument, by three people of whom one is the deputy of another.
TEST_P(Laufwege, marksAndStepsStayWhateverHappens) {
  forAll(12, 60, [&](const std::vector<std::array<std::uint8_t, 3>>& picks) {
    World world(GetParam());
    Town town(world);
    Geschaeftsgang gang(world.schriftgut);
    const auto clara = town.person("clara", {town.post(town.amt, {Rolle::SB})});
    must(town.as(town.bernd, [&](Change& c, const Berechtigung& w) {
      return mandant::setVertretung(c, w, {{}, clara.uuid, base::Datum::of(world.clock.now()), {}, {}, {}, {}});
    }));
    const auto vorgang = town.vorgang(town.bernd, town.akte(town.bernd, town.entry("632")));
    const auto dokument = town.dokument(town.bernd, vorgang, "bescheid.txt", "Fassung 1");
    const PersonZeile people[] = {town.anna, town.bernd, clara};
    const char* lines[] = {"@bernd mz, dann @anna sz", "@bernd mz, @anna mz, dann @anna sz, Versand", "@oe:10 stn",
                           "@anna z.K.", "@bernd pr, dann @anna sz"};
    const auto all = [&]<class Row>(std::type_identity<Row>) {
      return world.read(town.mandant, [&](const sql::ReadTx& tx) { return mandant::allRows<Row>(tx, town.mandant); });
    };
    std::map<std::int64_t, akte::ZeichnungZeile> marked;
    std::map<std::int64_t, akte::SchrittZeile> known;
    int changed = 0, skipped = 0;
    for (const auto& [kind, a, b] : picks) {
      const auto& by = people[a % 3];
      const auto mit = town.see(by, vorgang);
      const auto steps = all(std::type_identity<akte::SchrittZeile>());
      SchrittHandeln what;
      if (!steps.empty()) what.schritt = steps[b % steps.size()].uuid;
      if (b % 3 != 0) what.vermerk = {"Grund"};
      if (b % 5 == 0) what.uebergehen = {"Eilt"};
      if (kind % 8 == 3) what.an = {"@bernd"};
      const Schritthandlung handlungen[] = {Schritthandlung::erledigen,     Schritthandlung::erledigen,
                                            Schritthandlung::zurueckgeben,  Schritthandlung::delegieren,
                                            Schritthandlung::ueberspringen, Schritthandlung::uebernehmen};
      bool done = false;
      if (kind % 8 == 6) {
        const auto text = "Fassung " + std::to_string(changed + 2);
        const auto datei = world.file("bescheid.txt", text);
        done = town.as(by,
                       [&](Change& c, const Berechtigung& w) -> base::Result<DokumentZeile> {
                         AKTENLOTSE_GET(found, akte::findDokument(c.tx(), w, dokument.uuid));
                         return world.schriftgut.addVersion(c, w, found, datei, found.dokument.version);
                       })
                   .has_value();
      } else if (kind % 8 == 7 || steps.empty()) {
        done = town.as(by,
                       [&](Change& c, const Berechtigung& w) {
                         return gang.starte(c, w, mit, {{lines[b % 5]}, dokument.uuid, {}});
                       })
                   .has_value();
      } else {
        what.handlung = handlungen[kind % 8];
        done = town.as(by, [&](Change& c, const Berechtigung& w) { return gang.handle(c, w, mit, what); }).has_value();
      }
      changed += done ? 1 : 0;
      world.read(town.mandant, [&](const sql::ReadTx& tx) {
        // I5: a mark is of a version that is there, with these bytes, and it never changes.
        for (const auto& mark : mandant::allRows<akte::ZeichnungZeile>(tx, town.mandant)) {
          const auto sha256 =
              tx.value<std::string>("SELECT sha256 FROM version WHERE mandant = :m AND dokument = :d AND nr = :nr",
                                    town.mandant, mark.dokument, mark.versionNr);
          RC_ASSERT(sha256 == mark.sha256);
          const auto before = marked.try_emplace(mark.id, mark).first;
          RC_ASSERT(sql::valuesOf(before->second) == sql::valuesOf(mark));
          // I9: who signs for another is named with him, in the mark and in the journal.
          if (mark.vertretene)
            RC_ASSERT(tx.value<std::int64_t>("SELECT COUNT(*) FROM journal WHERE mandant = :m AND person = :p AND fuer "
                                             "= :f AND zeit = :zeit",
                                             town.mandant, mark.person, *mark.vertretene, mark.zeit)
                          .value() > 0);
        }
        // I10: no step ever goes; a skipped one stays skipped, with its reason where one was asked for.
        const auto now = mandant::allRows<akte::SchrittZeile>(tx, town.mandant);
        for (const auto& [id, step] : known) {
          const auto found = std::ranges::find(now, id, &akte::SchrittZeile::id);
          RC_ASSERT(found != now.end());
          if (step.status == Schrittstatus::uebersprungen) RC_ASSERT(found->status == Schrittstatus::uebersprungen);
        }
        skipped = 0;
        for (const auto& step : now) {
          known[step.id] = step;
          skipped += step.status == Schrittstatus::uebersprungen ? 1 : 0;
          if (step.vertretene) RC_ASSERT(step.bearbeiter && step.bearbeiter != step.vertretene);  // I9
        }
      });
      world.clock.moveSeconds(1);
    }
    RC_ASSERT(marked.size() == all(std::type_identity<akte::ZeichnungZeile>()).size());
    RC_TAG(changed / 10 * 10);
    RC_ASSERT(world.check() == Findings());
  });
}

TEST_P(Laufwege, goWithWhatIsLawfullyDeleted) {
  const auto laufweg = start(town_.bernd, "@bernd mz \"Geheimwort Zwiebelturm\", dann @anna sz", true);
  start(town_.bernd, "Wv in 1 Woche");
  EXPECT_EQ(act(town_.bernd, laufweg, 0, Schritthandlung::erledigen, "Geheimwort Zwiebelturm"), std::nullopt);
  town_.person("pruefer", {town_.post(town_.amt, {Rolle::LP})});
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    akte::MandantAendern input;
    input.loeschfrist = {true, 0};
    return world_.schriftgut.changeMandant(c, mandant::allRows<mandant::MandantZeile>(c.tx(), town_.mandant).at(0),
                                           input);
  }));
  const auto pruefer = town_.person("zweite", {town_.post(town_.amt, {Rolle::LP})});
  const auto mit = town_.see(town_.anna, vorgang_);
  must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.wechsle(c, w, mit, akte::Uebergang::loeschmarkierung, {{{"Doppelt"}}});
  }));
  const auto marked = town_.see(pruefer, vorgang_);
  must(town_.as(pruefer, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.loesche(c, w, akte::lageOf(marked), marked.gegenstand);
  }));
  EXPECT_TRUE(marks().empty());
  EXPECT_TRUE(steps(laufweg).empty());
  auto raw = world_.fresh.raw();
  for (const auto& row : raw("SELECT aenderungen FROM journal"))
    EXPECT_EQ(row[0].value_or("").find("Zwiebelturm"), std::string::npos);
  EXPECT_EQ(world_.check(), Findings());
}

}  // namespace
}  // namespace engines
