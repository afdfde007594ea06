#include <algorithm>

#include "akte/schutz.h"
#include "auswahl.h"
#include "routen.h"
#include "worte.h"

namespace suche {
namespace {

using Tx = const sql::ReadTx&;

constexpr std::size_t most = 10;

struct VorschlagFrage {
  base::Line<200, 0> q{};
  std::optional<std::vector<VorschlagArt>> arten{};
};
BOOST_DESCRIBE_STRUCT(VorschlagFrage, (), (q, arten))

struct VorschlagListe {
  std::vector<VorschlagAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(VorschlagListe, (), (eintraege))

struct PlanStand {
  std::int64_t anzahl = 0, summe = 0;
};
BOOST_DESCRIBE_STRUCT(PlanStand, (), (anzahl, summe))

struct PlanEintrag {
  std::int64_t id = 0;
  std::string kennzeichen{}, titel{};
};
BOOST_DESCRIBE_STRUCT(PlanEintrag, (), (id, kennzeichen, titel))

/// The words of the plan, read anew when an entry changed: each change counts up its `stand`.
std::shared_ptr<const Plan> planOf(Tx tx, std::int64_t mandant, Ort& ort) {
  const auto now =
      tx.one<PlanStand>("SELECT COUNT(*), COALESCE(SUM(stand), 0) FROM aktenplaneinheit WHERE mandant = :mandant",
                        mandant)
          .value();
  {
    const std::lock_guard lock(ort.mutex);
    if (ort.plan && ort.plan->anzahl == now.anzahl && ort.plan->summe == now.summe) return ort.plan;
  }
  auto plan = std::make_shared<Plan>();
  plan->anzahl = now.anzahl;
  plan->summe = now.summe;
  tx.each<PlanEintrag>(
      sql::Query("SELECT id, kennzeichen, titel FROM aktenplaneinheit WHERE mandant = :mandant ORDER BY id", mandant),
      [&](PlanEintrag&& row) {
        std::string words = " ";
        for (const auto& token : text::analyse(row.kennzeichen + " " + row.titel)) (words += token.wort) += ' ';
        plan->eintraege.emplace_back(row.id, std::move(words));
      });
  const std::lock_guard lock(ort.mutex);
  ort.plan = plan;
  return plan;
}

void suggestPlan(Tx tx, const Berechtigung& wer, const Sicht& sicht, const std::vector<std::string>& words,
                 VorschlagListe& out) {
  const auto plan = planOf(tx, wer.mandant, *sicht.ort);
  for (const auto& [id, text] : plan->eintraege) {
    if (out.eintraege.size() >= most) return;
    if (!std::ranges::all_of(words, [&](const auto& word) { return text.find(" " + word) != std::string::npos; }))
      continue;
    const auto row = mandant::rowById<akte::AktenplaneinheitZeile>(tx, wer.mandant, id).value();
    out.eintraege.push_back(
        {VorschlagArt::aktenplaneinheit, row.uuid, row.kennzeichen, row.titel, "Aktenplan", !row.gesperrt});
  }
}

/// Every word typed is the beginning of a word of the sign or the Betreff; the newest come first, so that ten are found
/// without ranking all.
VorschlagListe suggest(Tx tx, const Berechtigung& wer, Bestand& bestand, const VorschlagFrage& frage) {
  VorschlagListe out;
  std::vector<std::string> words;
  for (auto& token : text::analyse(frage.q.value)) words.push_back(std::move(token.wort));
  if (words.empty()) return out;
  const auto wanted =
      frage.arten.value_or(std::vector{VorschlagArt::vorgang, VorschlagArt::akte, VorschlagArt::aktenplaneinheit});
  const auto sicht = bestand.sicht(tx, wer.mandant);
  std::vector<text::Hint> hints;
  const Auswahl auswahl(tx, wer, sicht, {}, hints);
  for (const auto art : wanted) {
    if (art == VorschlagArt::aktenplaneinheit) {
      suggestPlan(tx, wer, sicht, words, out);
      continue;
    }
    std::vector<std::int64_t> found;
    eachMitWorten(
        tx, wer.mandant, words,
        [&](std::int64_t objekt) {
          const auto* row = sicht.spalten->find(objekt);
          return row != nullptr && row->art == (art == VorschlagArt::akte ? 0 : 1) && auswahl.sichtbar(*row);
        },
        [&](std::int64_t objekt) {
          found.push_back(objekt);
          return found.size() < most;
        });
    for (const auto objekt : found) out.eintraege.push_back(showVorschlag(tx, wer, art, objekt));
  }
  if (out.eintraege.size() > most) out.eintraege.resize(most);
  return out;
}

}  // namespace

VorschlagAusgabe showVorschlag(Tx tx, const Berechtigung& wer, VorschlagArt art, std::int64_t id) {
  if (art == VorschlagArt::akte) {
    const auto row = mandant::rowById<akte::AkteZeile>(tx, wer.mandant, id).value();
    const auto blatt = mandant::rowById<akte::AktenplaneinheitZeile>(tx, wer.mandant, row.aktenplaneinheit).value();
    return {art,
            row.uuid,
            row.zeichen,
            row.betreff,
            blatt.kennzeichen + " " + blatt.titel,
            row.status == akte::Status::inBearbeitung,
            row.geheimhaltung};
  }
  const auto row = mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, id).value();
  const auto mit = akte::findVorgang(tx, wer, row.uuid);
  if (!mit) throw base::Failure("a suggestion of what the person may not see");
  const bool seen = mandant::stufeFor(tx, wer, mit->akte.zugriff).has_value();
  return {art,
          row.uuid,
          row.zeichen,
          row.betreff,
          seen ? mit->akte.zeichen + " " + mit->akte.betreff : "",
          mit->gegenstand.offen,
          akte::geheimhaltungOf(*mit)};
}

void addVorschlagRoute(http::Routes& routes, mandant::Zugang& zugang, Bestand& bestand) {
  routes.add<http::None, VorschlagFrage, VorschlagListe>(
      http::Verb::get, "/api/vorschlaege",
      {"vorschlaege", "Suche", "Akten, Vorgänge and plan entries by the beginnings of words"}, [&](const auto& call) {
        return zugang.read<VorschlagListe>(call, [&](Tx tx, const Berechtigung& wer) -> base::Result<VorschlagListe> {
          return suggest(tx, wer, bestand, call.query);
        });
      });
}

}  // namespace suche
