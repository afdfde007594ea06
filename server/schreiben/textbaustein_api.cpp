// Text blocks and the letter head.
#include "routen.h"

namespace schreiben {
namespace {

using base::Code;
using base::fail;
using mandant::rowByUuid;

struct BausteinAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string bezeichnung{}, text{};
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(BausteinAusgabe, (), (id, stand, bezeichnung, text, aktiv))
struct BausteinListe {
  std::vector<BausteinAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(BausteinListe, (), (eintraege))

struct BausteinNeu {
  base::Line<200> bezeichnung{};
  base::Prose<20000, 1> text{};
};
BOOST_DESCRIBE_STRUCT(BausteinNeu, (), (bezeichnung, text))
struct BausteinAendern {
  std::optional<base::Line<200>> bezeichnung{};
  std::optional<base::Prose<20000, 1>> text{};
  std::optional<bool> aktiv{};
};
BOOST_DESCRIBE_STRUCT(BausteinAendern, (), (bezeichnung, text, aktiv))

BausteinAusgabe show(const TextbausteinZeile& row) {
  return {row.uuid, row.stand, row.bezeichnung, row.text, row.aktiv};
}

Result<TextbausteinZeile> find(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = rowByUuid<TextbausteinZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

struct BriefkopfAusgabe {
  std::int64_t stand = 0;
  OptText name{}, zusatz{}, strasse{}, plz{}, ort{}, telefon{}, email{}, internet{}, bank{};
};
BOOST_DESCRIBE_STRUCT(BriefkopfAusgabe, (), (stand, name, zusatz, strasse, plz, ort, telefon, email, internet, bank))

struct BriefkopfSetzen {
  base::Patch<base::Line<200>> name{}, zusatz{}, strasse{};
  base::Patch<base::Line<20>> plz{};
  base::Patch<base::Line<200>> ort{};
  base::Patch<base::Line<60>> telefon{};
  base::Patch<base::Line<200>> email{}, internet{}, bank{};
};
BOOST_DESCRIBE_STRUCT(BriefkopfSetzen, (), (name, zusatz, strasse, plz, ort, telefon, email, internet, bank))

/// One that was never set stands at 0.
BriefkopfZeile kopfOf(Tx tx, std::int64_t mandant) {
  const auto rows = mandant::allRows<BriefkopfZeile>(tx, mandant);
  if (!rows.empty()) return rows.front();
  BriefkopfZeile none;
  none.stand = 0;
  return none;
}

BriefkopfAusgabe show(const BriefkopfZeile& row) {
  return {row.stand, row.name,    row.zusatz, row.strasse,  row.plz,
          row.ort,   row.telefon, row.email,  row.internet, row.bank};
}

void addBriefkopf(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, BriefkopfAusgabe>(
      Verb::get, "/api/briefkopf", {"briefkopf", "Schreiben", "What stands at the head of the tenant's letters"},
      [&](const auto& call) {
        return zugang.read<BriefkopfAusgabe>(call, [](Tx tx, const Berechtigung& wer) -> Result<BriefkopfAusgabe> {
          return show(kopfOf(tx, wer.mandant));
        });
      });
  routes.add<BriefkopfSetzen, None, BriefkopfAusgabe>(
      Verb::patch, "/api/briefkopf",
      {.id = "briefkopfSetzen",
       .tag = "Schreiben",
       .summary = "Change the letter head",
       .recht = "aktenplanPflegen",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<BriefkopfAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<BriefkopfAusgabe> {
              const auto before = kopfOf(change.tx(), wer.mandant);
              AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
              auto after = before;
              const auto set = [](OptText& member, const auto& patch) {
                if (patch.present) member = patch.value ? OptText(patch.value->value) : OptText();
              };
              set(after.name, call.body.name);
              set(after.zusatz, call.body.zusatz);
              set(after.strasse, call.body.strasse);
              set(after.plz, call.body.plz);
              set(after.ort, call.body.ort);
              set(after.telefon, call.body.telefon);
              set(after.email, call.body.email);
              set(after.internet, call.body.internet);
              set(after.bank, call.body.bank);
              if (before.id == 0) {
                after.uuid = change.newUuid();
                after.stand = 1;
                change.insert(after);
              } else {
                change.update(before, after);
              }
              change.about({"briefkopf.geaendert", after.tabelle, after.id, 0, 0});
              return show(after);
            });
      });
}

}  // namespace

void addTextbausteinRoutes(http::Routes& routes, Zugang& zugang) {
  addBriefkopf(routes, zugang);
  routes.add<None, None, BausteinListe>(
      Verb::get, "/api/textbausteine", {"textbausteine", "Schreiben", "Texts that letters are put together from"},
      [&](const auto& call) {
        return zugang.read<BausteinListe>(call, [](Tx tx, const Berechtigung& wer) -> Result<BausteinListe> {
          BausteinListe out;
          for (const auto& row : mandant::allRows<TextbausteinZeile>(tx, wer.mandant))
            out.eintraege.push_back(show(row));
          return out;
        });
      });
  routes.add<BausteinNeu, None, BausteinAusgabe>(
      Verb::post, "/api/textbausteine",
      {.id = "textbausteinAnlegen",
       .tag = "Schreiben",
       .summary = "Add a text block",
       .recht = "aktenplanPflegen",
       .create = true},
      [&](const auto& call) {
        return zugang.create<BausteinAusgabe>(
            call,
            [&](Change& change, const Berechtigung&) -> Result<base::Uuid> {
              TextbausteinZeile row;
              row.uuid = change.newUuid();
              row.bezeichnung = call.body.bezeichnung.value;
              row.text = call.body.text.value;
              change.insert(row);
              change.about({"textbaustein.angelegt", row.tabelle, row.id, 0, 0});
              return row.uuid;
            },
            [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<BausteinAusgabe> {
              AKTENLOTSE_GET(row, find(tx, wer, uuid));
              return show(row);
            });
      });
  routes.add<BausteinAendern, None, BausteinAusgabe>(
      Verb::patch, "/api/textbausteine/{id}",
      {.id = "textbausteinAendern",
       .tag = "Schreiben",
       .summary = "Change a text block, or take it out of use",
       .recht = "aktenplanPflegen",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<BausteinAusgabe>(call,
                                              [&](Change& change, const Berechtigung& wer) -> Result<BausteinAusgabe> {
                                                AKTENLOTSE_GET(before, find(change.tx(), wer, call.id));
                                                AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
                                                auto after = before;
                                                if (call.body.bezeichnung)
                                                  after.bezeichnung = call.body.bezeichnung->value;
                                                if (call.body.text) after.text = call.body.text->value;
                                                if (call.body.aktiv) after.aktiv = *call.body.aktiv;
                                                change.update(before, after);
                                                change.about({"textbaustein.geaendert", after.tabelle, after.id, 0, 0});
                                                return show(after);
                                              });
      });
}

}  // namespace schreiben
