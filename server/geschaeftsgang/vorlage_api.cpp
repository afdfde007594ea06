// Templates of slips, and slips as BPMN.
#include <algorithm>

#include "geschaeftsgang/bpmn.h"
#include "geschaeftsgang/frist.h"
#include "routen.h"

namespace geschaeftsgang {
namespace {

using akte::LaufwegvorlageZeile;
using base::Code;
using base::fail;

struct LaufwegvorlageAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string name{}, zeile{};
  std::optional<akte::EinheitKurz> aktenplaneinheit{};
  OptText typ{};
};
BOOST_DESCRIBE_STRUCT(LaufwegvorlageAusgabe, (), (id, stand, name, zeile, aktenplaneinheit, typ))
struct LaufwegvorlageListe {
  std::vector<LaufwegvorlageAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(LaufwegvorlageListe, (), (eintraege))

LaufwegvorlageAusgabe show(Tx tx, const LaufwegvorlageZeile& row) {
  LaufwegvorlageAusgabe out{row.uuid, row.stand, row.name, row.zeile, {}, row.typ};
  if (row.aktenplaneinheit)
    if (const auto entry = mandant::rowById<akte::AktenplaneinheitZeile>(tx, row.mandant, *row.aktenplaneinheit))
      out.aktenplaneinheit = akte::EinheitKurz{entry->uuid, entry->kennzeichen, entry->titel};
  return out;
}

}  // namespace

Result<void> pruefeZeile(const sql::ReadTx& tx, const Berechtigung& wer, const std::string& zeile,
                         const base::Datum& heute) {
  const auto entwurf = verstehe(zeile, verzeichnisOf(tx, wer.mandant), {TraegerArt::person, wer.person, {}}, heute);
  if (!entwurf.hinweise.empty()) return fail(Code::EingabeUngueltig, entwurf.hinweise.front().text, "zeile");
  if (entwurf.schritte.empty()) return fail(Code::EingabeUngueltig, "Der Laufweg hat keinen Schritt.", "zeile");
  return {};
}

namespace {

/// A line is kept when it is understood now; days in it ("in 3 Tagen") count from when it is started.
Result<void> fill(Change& change, const Berechtigung& wer, const VorlageNeu& input, LaufwegvorlageZeile& row) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(pruefeZeile(tx, wer, input.zeile.value, base::Datum::of(change.zeit())));
  if (tx.value<std::int64_t>("SELECT id FROM laufwegvorlage WHERE mandant = :mandant AND name = :name AND id <> :id",
                             wer.mandant, input.name.value, row.id))
    return fail(Code::Vergeben, "Eine Vorlage mit diesem Namen gibt es schon.", "name");
  row.name = input.name.value;
  row.zeile = input.zeile.value;
  row.typ = input.typ ? OptText(input.typ->value) : OptText();
  row.aktenplaneinheit.reset();
  if (input.aktenplaneinheit) {
    const auto entry = mandant::rowByUuid<akte::AktenplaneinheitZeile>(tx, wer.mandant, *input.aktenplaneinheit);
    if (!entry) return fail(Code::EingabeUngueltig, "Diesen Eintrag im Aktenplan gibt es nicht.", "aktenplaneinheit");
    row.aktenplaneinheit = entry->id;
  }
  return {};
}

}  // namespace

Result<LaufwegvorlageZeile> createVorlage(Change& change, const Berechtigung& wer, const VorlageNeu& input) {
  LaufwegvorlageZeile row;
  AKTENLOTSE_TRY(fill(change, wer, input, row));
  row.uuid = change.newUuid();
  change.insert(row);
  change.about({"laufwegvorlage.angelegt", LaufwegvorlageZeile::tabelle, row.id, 0, 0});
  return row;
}

namespace {

/// Nearest first: of the kind of the Vorgang and its entry of the plan, then of entries above it; those for something
/// else are left out, those for anything come last.
LaufwegvorlageListe fitting(Tx tx, const Berechtigung& wer, const VorgangMit& mit) {
  std::vector<std::int64_t> entries;
  for (akte::OptId at = mit.akte.aktenplaneinheit; at && entries.size() < 50;) {
    entries.push_back(*at);
    const auto entry = mandant::rowById<akte::AktenplaneinheitZeile>(tx, wer.mandant, *at);
    at = entry ? entry->ueber : akte::OptId{};
  }
  std::vector<std::pair<std::size_t, LaufwegvorlageZeile>> found;
  for (auto& row : mandant::allRows<LaufwegvorlageZeile>(tx, wer.mandant)) {
    if (row.typ && row.typ != mit.vorgang.typ) continue;
    auto far = entries.size();
    if (row.aktenplaneinheit) {
      const auto at = std::ranges::find(entries, *row.aktenplaneinheit);
      if (at == entries.end()) continue;
      far = static_cast<std::size_t>(at - entries.begin());
    }
    found.emplace_back(far * 2 + (row.typ ? 0 : 1), std::move(row));
  }
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) {
    return std::pair(a.first, a.second.name) < std::pair(b.first, b.second.name);
  });
  LaufwegvorlageListe out;
  for (const auto& [far, row] : found) out.eintraege.push_back(show(tx, row));
  return out;
}

// ---- BPMN
// ------------------------------------------------------------------------------------------------------------

struct BpmnNeu {
  base::Prose<1'000'000, 1> xml{};
};
BOOST_DESCRIBE_STRUCT(BpmnNeu, (), (xml))
struct BpmnGelesen {
  std::string name{}, zeile{};
  std::vector<std::string> hinweise{};  ///< what of the model a slip does not say
  std::vector<std::string> offen{};     ///< what of the line is to be mended
};
BOOST_DESCRIBE_STRUCT(BpmnGelesen, (), (name, zeile, hinweise, offen))

struct BpmnFrage {
  std::optional<base::Uuid> laufweg{};  ///< by default all of them
};
BOOST_DESCRIBE_STRUCT(BpmnFrage, (), (laufweg))
/// The step at place i of a slip has the id Schritt_(i + 1) in its model.
struct BpmnAusgabe {
  base::Uuid laufweg{};
  std::string xml{};
};
BOOST_DESCRIBE_STRUCT(BpmnAusgabe, (), (laufweg, xml))
struct BpmnListe {
  std::vector<BpmnAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(BpmnListe, (), (eintraege))

Modellschritt modellschritt(Tx tx, const Berechtigung& wer, const Verzeichnis& verzeichnis, const Adressat& an) {
  Modellschritt out;
  out.wer = nameOf(tx, wer.mandant, an);
  if (const auto* entry = verzeichnis.eintragOf(an)) out.nennung = verzeichnis.nennung(*entry);
  return out;
}

BpmnListe running(Tx tx, const Berechtigung& wer, const VorgangMit& vorgang, const BpmnFrage& frage) {
  BpmnListe out;
  const auto verzeichnis = verzeichnisOf(tx, wer.mandant);
  for (const auto& row : tx.query<LaufwegZeile>(sql::Query::select<LaufwegZeile>().add(
           " FROM laufweg WHERE mandant = :mandant AND vorgang = :vorgang ORDER BY id DESC LIMIT 200", wer.mandant,
           vorgang.vorgang.id))) {
    if (frage.laufweg && row.uuid != *frage.laufweg) continue;
    Modell modell;
    modell.name = vorgang.vorgang.zeichen + " " + vorgang.vorgang.betreff;
    for (const auto& s : schritteOf(tx, wer.mandant, row.id)) {
      auto one = modellschritt(tx, wer, verzeichnis, adressatOf(s));
      one.stufe = s.stufe;
      one.quorum = s.quorum;
      one.art = s.art;
      one.text = s.text.value_or("");
      one.tag = s.termin;
      modell.schritte.push_back(std::move(one));
    }
    out.eintraege.push_back({row.uuid, schreibeBpmn(modell)});
  }
  return out;
}

/// Days stay days: a template has no calendar.
std::string modelOf(Tx tx, const Berechtigung& wer, const LaufwegvorlageZeile& row) {
  const auto verzeichnis = verzeichnisOf(tx, wer.mandant);
  const auto first = base::Datum::of(2026, 1, 1), second = base::Datum::of(2026, 1, 2);
  const Adressat selbst{TraegerArt::person, wer.person, {}};
  const auto entwurf = verstehe(row.zeile, verzeichnis, selbst, first);
  const auto later = verstehe(row.zeile, verzeichnis, selbst, second);
  Modell modell;
  modell.name = row.name;
  for (std::size_t i = 0; i < entwurf.schritte.size(); ++i) {
    const auto& s = entwurf.schritte[i];
    auto one = modellschritt(tx, wer, verzeichnis, s.adressat);
    if (s.adressat == selbst) one = {};
    one.stufe = s.stufe;
    one.quorum = s.quorum;
    one.art = s.art;
    one.text = s.text.value_or("");
    if (s.termin && i < later.schritte.size() && later.schritte[i].termin != s.termin) {
      int tage = 0;
      while (plusTage(first, tage) < *s.termin && tage < 1000) ++tage;
      one.tage = std::max(tage, 1);
    } else {
      one.tag = s.termin;
    }
    modell.schritte.push_back(std::move(one));
  }
  return schreibeBpmn(modell);
}

Result<LaufwegvorlageAusgabe> load(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = mandant::rowByUuid<LaufwegvorlageZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return show(tx, *row);
}

void addKeeping(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, LaufwegvorlageListe>(
      Verb::get, "/api/laufwegvorlagen", {"laufwegvorlagen", "Geschaeftsgang", "Slips by name"},
      [&zugang](const auto& call) {
        return zugang.read<LaufwegvorlageListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<LaufwegvorlageListe> {
              LaufwegvorlageListe out;
              for (const auto& row : tx.query<LaufwegvorlageZeile>(sql::Query::select<LaufwegvorlageZeile>().add(
                       " FROM laufwegvorlage WHERE mandant = :mandant ORDER BY name", wer.mandant)))
                out.eintraege.push_back(show(tx, row));
              return out;
            });
      });
  routes.add<VorlageNeu, None, LaufwegvorlageAusgabe>(
      Verb::post, "/api/laufwegvorlagen",
      {.id = "laufwegvorlageAnlegen",
       .tag = "Geschaeftsgang",
       .summary = "Keep a slip by name; its line must be understood",
       .recht = "aktenplanPflegen",
       .create = true},
      [&zugang](const auto& call) {
        return zugang.create<LaufwegvorlageAusgabe>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, createVorlage(change, wer, call.body));
              return row.uuid;
            },
            load);
      });
  routes.add<VorlageNeu, None, LaufwegvorlageAusgabe>(
      Verb::put, "/api/laufwegvorlagen/{id}",
      {.id = "laufwegvorlageAendern",
       .tag = "Geschaeftsgang",
       .summary = "Change a slip that is kept",
       .recht = "aktenplanPflegen",
       .changesExisting = true},
      [&zugang](const auto& call) {
        return zugang.change<LaufwegvorlageAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<LaufwegvorlageAusgabe> {
              const auto before = mandant::rowByUuid<LaufwegvorlageZeile>(change.tx(), wer.mandant, call.id);
              if (!before) return fail(Code::NichtGefunden);
              AKTENLOTSE_TRY(mandant::checkStand(call, before->stand));
              auto after = *before;
              AKTENLOTSE_TRY(fill(change, wer, call.body, after));
              change.update(*before, after);
              change.about({"laufwegvorlage.geaendert", LaufwegvorlageZeile::tabelle, after.id, 0, 0});
              return show(change.tx(), after);
            });
      });
  routes.add<None, None, None>(
      Verb::post, "/api/laufwegvorlagen/{id}/entfernen",
      {.id = "laufwegvorlageEntfernen",
       .tag = "Geschaeftsgang",
       .summary = "Remove a slip that is kept; those that were started with it go on",
       .recht = "aktenplanPflegen",
       .changesExisting = true},
      [&zugang](const auto& call) {
        return zugang.change<None>(call, [&](Change& change, const Berechtigung& wer) -> Result<None> {
          const auto row = mandant::rowByUuid<LaufwegvorlageZeile>(change.tx(), wer.mandant, call.id);
          if (!row) return fail(Code::NichtGefunden);
          AKTENLOTSE_TRY(mandant::checkStand(call, row->stand));
          change.erase(*row);
          change.about({"laufwegvorlage.entfernt", LaufwegvorlageZeile::tabelle, row->id, 0, 0});
          return None{};
        });
      });
}

}  // namespace

void addVorlageRoutes(http::Routes& routes, Zugang& zugang) {
  addKeeping(routes, zugang);
  routes.add<None, None, LaufwegvorlageListe>(
      Verb::get, "/api/vorgaenge/{id}/laufwegvorlagen",
      {"vorgangLaufwegvorlagen", "Geschaeftsgang", "Slips that are proposed for a Vorgang, nearest first"},
      [&zugang](const auto& call) {
        return zugang.read<LaufwegvorlageListe>(call,
                                                [&](Tx tx, const Berechtigung& wer) -> Result<LaufwegvorlageListe> {
                                                  AKTENLOTSE_GET(mit, akte::findVorgang(tx, wer, call.id));
                                                  return fitting(tx, wer, mit);
                                                });
      });
  routes.add<BpmnNeu, None, BpmnGelesen>(
      Verb::post, "/api/bpmn",
      {.id = "bpmnLesen",
       .tag = "Geschaeftsgang",
       .summary = "Read a model in BPMN 2.0 as a line, and say what of it a slip does not say",
       .recht = "aktenplanPflegen",
       .maxBody = 4'000'000},
      [&zugang](const auto& call) {
        return zugang.read<BpmnGelesen>(call, [&](Tx tx, const Berechtigung& wer) -> Result<BpmnGelesen> {
          AKTENLOTSE_GET(modell, liesBpmn(call.body.xml.value));
          const auto verzeichnis = verzeichnisOf(tx, wer.mandant);
          BpmnGelesen out{modell.name, zeileOf(modell, verzeichnis), modell.hinweise, {}};
          for (const auto& hint : verstehe(out.zeile, verzeichnis, {TraegerArt::person, wer.person, {}},
                                           base::Datum::of(zugang.journal().clock().now()))
                                      .hinweise)
            out.offen.push_back(hint.text);
          return out;
        });
      });
  routes.addRaw<None>(Verb::get, "/api/laufwegvorlagen/{id}/bpmn",
                      {.id = "laufwegvorlageBpmn",
                       .tag = "Geschaeftsgang",
                       .summary = "A slip that is kept, as BPMN 2.0 with a picture",
                       .produces = "application/xml"},
                      [&zugang](const auto& call) -> Result<http::Response> {
                        const auto& wer = Zugang::who(call);
                        return zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<http::Response> {
                          const auto row = mandant::rowByUuid<LaufwegvorlageZeile>(tx, wer.mandant, call.id);
                          if (!row) return fail(Code::NichtGefunden);
                          auto response = http::text(200, "application/xml", modelOf(tx, wer, *row));
                          response.set("Content-Disposition", "attachment; filename=\"laufweg.bpmn\"");
                          return response;
                        });
                      });
  routes.add<None, BpmnFrage, BpmnListe>(
      Verb::get, "/api/vorgaenge/{id}/laufwege-bpmn",
      {"laufwegeBpmn", "Geschaeftsgang", "The slips of a Vorgang as BPMN 2.0 with pictures, newest first"},
      [&zugang](const auto& call) {
        return zugang.read<BpmnListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<BpmnListe> {
          AKTENLOTSE_GET(mit, akte::findVorgang(tx, wer, call.id));
          return running(tx, wer, mit, call.query);
        });
      });
}

}  // namespace geschaeftsgang
