#include "akte/stapel.h"

#include <fmt/format.h>

#include <algorithm>

#include "akte/register.h"
#include "akte/schutz.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;

namespace {

constexpr std::size_t amMeisten = 10'000;
constexpr std::string_view artName = "akte.stapel";
/// In one transaction: few enough that others write in between, and that the screen sees it go on.
constexpr std::int64_t jeSchritt = 100;

struct StapelAuftrag {
  std::int64_t stapel = 0;
};
BOOST_DESCRIBE_STRUCT(StapelAuftrag, (), (stapel))

/// Somebody looks at it.
constexpr std::int64_t vorrang = 6;

void bestelle(Change& change, std::int64_t person, std::int64_t stapel) {
  jobs::stelleEin(change.tx(), change.mandant(), change.zeit(),
                  {.art = artName,
                   .nutzlast = base::toJson(StapelAuftrag{stapel}),
                   .schluessel = fmt::format("{}:{}", artName, stapel),
                   .vorrang = vorrang,
                   .person = person});
}

StapelZeile rowOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id) {
  return tx.one<StapelZeile>(sql::Query::selectRow(sql::tableOf<StapelZeile>(), mandant, id)).value();
}

std::vector<StapelPlatz> places(const sql::ReadTx& tx, const StapelZeile& stapel, ObjektStatus status, bool newestFirst,
                                std::int64_t limit) {
  sql::Query query(
      "SELECT platz, objekt_art, objekt, status, hinweis, eintrag FROM stapel_objekt WHERE mandant = :mandant AND "
      "stapel = "
      ":stapel AND status = :status ORDER BY platz",
      stapel.mandant, stapel.id, status);
  return tx.query<StapelPlatz>(query.add(newestFirst ? sql::Sql(" DESC") : sql::Sql("")).add(" LIMIT :grenze", limit));
}

std::int64_t countOf(const sql::ReadTx& tx, const StapelZeile& stapel, ObjektStatus status) {
  return tx
      .value<std::int64_t>(
          "SELECT COUNT(*) FROM stapel_objekt WHERE mandant = :mandant AND stapel = :stapel AND status = :status",
          stapel.mandant, stapel.id, status)
      .value();
}

void note(sql::WriteTx& tx, const StapelZeile& stapel, std::int64_t platz, ObjektStatus status, const OptText& hinweis,
          OptId eintrag) {
  tx.exec(
      "UPDATE stapel_objekt SET status = :status, hinweis = :hinweis, eintrag = :eintrag WHERE mandant = :mandant AND "
      "stapel = :stapel AND platz = :platz",
      status, hinweis, eintrag, stapel.mandant, stapel.id, platz);
}

void setStatus(sql::WriteTx& tx, const StapelZeile& stapel, StapelStatus status) {
  tx.exec("UPDATE stapel SET status = :status WHERE mandant = :mandant AND id = :id", status, stapel.mandant,
          stapel.id);
}

Gliedern blattAus(const StapelAngaben& angaben) { return {{true, angaben.ziel}}; }

std::string saying(const base::Error& error) {
  return error.detail.empty() ? std::string(base::info(error.code).titelDe) : error.detail;
}

}  // namespace

base::Result<StapelZeile> findStapel(const sql::ReadTx& tx, const Berechtigung& wer, std::int64_t id) {
  auto row = tx.one<StapelZeile>(sql::Query::selectRow(sql::tableOf<StapelZeile>(), wer.mandant, id));
  if (!row || row->person != wer.person) return fail(Code::NichtGefunden);
  return *std::move(row);
}

base::Result<void> Stapel::tu(Change& change, const Berechtigung& wer, Handlung handlung, const StapelAngaben& angaben,
                              const Objekt& objekt) {
  auto& tx = change.tx();
  Registratur registratur(schriftgut_);
  const auto unfit = [] { return fail(Code::Konflikt, "Das geht mit dieser Art von Objekt nicht."); };
  if (handlung == Handlung::verschlagworten) {
    SchlagworteSetzen worte;
    for (const auto& row : tx.query<SchlagwortZeile>(sql::Query::select<SchlagwortZeile>().add(
             " FROM schlagwort WHERE mandant = :mandant AND objekt = :objekt ORDER BY id", wer.mandant, objekt.id)))
      worte.worte.push_back({row.wort});
    worte.worte.push_back(angaben.wort.value());
    return umfeld_.setSchlagworte(change, wer, objekt, worte);
  }
  if (objekt.art == SuchArt::akte) {
    AKTENLOTSE_GET(mit, findAkte(tx, wer, objekt.uuid));
    if (handlung == Handlung::zda)
      AKTENLOTSE_TRY(schriftgut_.zda(change, wer, mit));
    else if (handlung == Handlung::stornieren)
      AKTENLOTSE_TRY(schriftgut_.wechsle(change, wer, mit, Uebergang::stornieren));
    else if (handlung == Handlung::umschreiben)
      AKTENLOTSE_TRY(registratur.umschreiben(change, wer, mit, {angaben.ziel, {}}));
    else
      return unfit();
    return {};
  }
  if (objekt.art == SuchArt::vorgang) {
    AKTENLOTSE_GET(mit, findVorgang(tx, wer, objekt.uuid));
    if (handlung == Handlung::zda)
      AKTENLOTSE_TRY(schriftgut_.zda(change, wer, mit));
    else if (handlung == Handlung::stornieren)
      AKTENLOTSE_TRY(schriftgut_.wechsle(change, wer, mit, Uebergang::stornieren));
    else if (handlung == Handlung::gliedern)
      AKTENLOTSE_TRY(gliedern(change, wer, mit, blattAus(angaben)));
    else if (handlung == Handlung::umschreiben)
      AKTENLOTSE_TRY(registratur.umschreiben(change, wer, mit, {angaben.ziel.value()}));
    else
      return unfit();
    return {};
  }
  AKTENLOTSE_GET(mit, findDokument(tx, wer, objekt.uuid));
  if (handlung == Handlung::stornieren) {
    AKTENLOTSE_TRY(schriftgut_.wechsle(change, wer, mit, Uebergang::stornieren));
    return {};
  }
  if (handlung == Handlung::gliedern) {
    AKTENLOTSE_TRY(gliedern(change, wer, mit, blattAus(angaben)));
    return {};
  }
  if (handlung != Handlung::ablegen) return unfit();
  DokumentAblegen ablage;
  ablage.vorgang = angaben.ziel.value();
  AKTENLOTSE_TRY(schriftgut_.ablegen(change, wer, mit, ablage));
  return {};
}

base::Result<void> Stapel::zurueck(Change& change, const Berechtigung& wer, Handlung handlung, const Objekt& objekt,
                                   std::int64_t eintrag) {
  if (handlung != Handlung::zda && handlung != Handlung::stornieren)
    return Registratur(schriftgut_).rueckgaengig(change, wer, eintrag);
  const auto uebergang = handlung == Handlung::zda ? Uebergang::zdaAufheben : Uebergang::stornoAufheben;
  const auto back = [&](auto find) -> base::Result<void> {
    AKTENLOTSE_GET(mit, find(change.tx(), wer, objekt.uuid));
    AKTENLOTSE_TRY(schriftgut_.wechsle(change, wer, mit, uebergang));
    return {};
  };
  if (objekt.art == SuchArt::akte) return back(&findAkte);
  return objekt.art == SuchArt::vorgang ? back(&findVorgang) : back(&findDokument);
}

namespace {

base::Result<void> checkAngaben(const StapelNeu& input) {
  const bool needsZiel = input.handlung == Handlung::ablegen || input.handlung == Handlung::umschreiben;
  if (needsZiel && !input.angaben.ziel) return fail(Code::EingabeUngueltig, "Das Ziel fehlt.", "angaben.ziel");
  if (input.handlung == Handlung::verschlagworten && !input.angaben.wort)
    return fail(Code::EingabeUngueltig, "Das Schlagwort fehlt.", "angaben.wort");
  if (input.objekte.empty() || input.objekte.size() > amMeisten)
    return fail(Code::EingabeUngueltig, fmt::format("Wählen Sie 1 bis {} Objekte.", amMeisten), "objekte");
  return {};
}

}  // namespace

base::Result<std::vector<StapelVorschau>> Stapel::vorschau(std::int64_t mandant, std::int64_t person,
                                                           const StapelNeu& input) {
  AKTENLOTSE_TRY(checkAngaben(input));
  std::vector<StapelVorschau> out;
  // Everything is done as it would be, and then all of it is taken back with the transaction.
  auto tried = schriftgut_.journal().database().write(mandant, [&](sql::WriteTx& tx) -> base::Result<void> {
    out.clear();
    const auto wer = mandant::berechtigungOf(tx, mandant, person);
    for (const auto& wanted : input.objekte) {
      const auto objekt = findObjekt(tx, wer, wanted.art, wanted.id);
      if (!objekt) continue;
      auto& row =
          out.emplace_back(StapelVorschau{objekt->art, objekt->uuid, objekt->zeichen, objekt->betreff, true, {}});
      const auto done = schriftgut_.journal().one(tx, mandant, [&](Change& change) {
        change.by({person, 0});
        return tu(change, wer, input.handlung, input.angaben, *objekt);
      });
      if (done) continue;
      row.geht = false;
      row.hinweis = saying(done.error());
    }
    return fail(Code::Konflikt);
  });
  (void)tried;
  return out;
}

base::Result<StapelZeile> Stapel::stelleEin(Change& change, const Berechtigung& wer, const StapelNeu& input) {
  AKTENLOTSE_TRY(checkAngaben(input));
  if (wer.nurLesen) return fail(Code::NichtErlaubt);
  auto& tx = change.tx();
  StapelZeile row{
      wer.mandant,
      tx.value<std::int64_t>("SELECT COALESCE(MAX(id), 0) FROM stapel WHERE mandant = :mandant", wer.mandant).value() +
          1,
      change.newUuid(),
      wer.person,
      input.handlung,
      base::toJson(input.angaben),
      StapelStatus::laeuft,
      change.zeit(),
      static_cast<std::int64_t>(input.objekte.size())};
  tx.exec(sql::Query::insertInto(sql::tableOf<StapelZeile>(), sql::valuesOf(row)));
  std::int64_t platz = 0;
  for (const auto& wanted : input.objekte) {
    const auto objekt = findObjekt(tx, wer, wanted.art, wanted.id);
    if (!objekt) return fail(Code::EingabeUngueltig, "Eines der Objekte gibt es nicht.", "objekte");
    tx.exec(
        "INSERT INTO stapel_objekt (mandant, stapel, platz, objekt_art, objekt, status) VALUES (:mandant, :stapel, "
        ":platz, :art, :objekt, :status)",
        wer.mandant, row.id, ++platz, objekt->art, objekt->id, ObjektStatus::wartet);
  }
  bestelle(change, wer.person, row.id);
  return row;
}

std::int64_t Stapel::schritt(std::int64_t mandant, std::int64_t id, std::int64_t hoechstens) {
  auto& journal = schriftgut_.journal();
  return journal.database().write(mandant, [&](sql::WriteTx& tx) -> std::int64_t {
    const auto stapel = rowOf(tx, mandant, id);
    const bool back = stapel.status == StapelStatus::nimmtZurueck;
    if (!back && stapel.status != StapelStatus::laeuft) return 0;
    const auto wer = mandant::berechtigungOf(tx, mandant, stapel.person);
    const auto angaben = base::readJson<StapelAngaben>(stapel.angaben).value();
    const auto from = back ? ObjektStatus::erledigt : ObjektStatus::wartet;
    for (const auto& platz : places(tx, stapel, from, back, hoechstens)) {
      std::int64_t nr = 0;
      const auto done = journal.one(tx, mandant, [&](Change& change) -> base::Result<void> {
        change.by({stapel.person, 0});
        const auto objekt = objektById(tx, wer, platz.objektArt, platz.objekt);
        if (!objekt) return fail(Code::NichtGefunden);
        nr = change.nr();
        return back ? zurueck(change, wer, stapel.handlung, *objekt, platz.eintrag.value_or(0))
                    : tu(change, wer, stapel.handlung, angaben, *objekt);
      });
      if (done)
        note(tx, stapel, platz.platz, back ? ObjektStatus::zurueck : ObjektStatus::erledigt, {}, nr);
      else
        note(tx, stapel, platz.platz, ObjektStatus::abgelehnt, saying(done.error()), platz.eintrag);
    }
    const auto left = countOf(tx, stapel, from);
    if (left == 0) setStatus(tx, stapel, back ? StapelStatus::zurueckgenommen : StapelStatus::fertig);
    return left;
  });
}

base::Result<StapelZeile> Stapel::nimmZurueck(Change& change, const Berechtigung& wer, std::int64_t id) {
  auto& tx = change.tx();
  AKTENLOTSE_GET(row, findStapel(tx, wer, id));
  if (row.status != StapelStatus::fertig && row.status != StapelStatus::laeuft)
    return fail(Code::Konflikt, "Das ist schon zurückgenommen.");
  // What still waits is not begun any more.
  tx.exec("UPDATE stapel_objekt SET status = :neu WHERE mandant = :mandant AND stapel = :stapel AND status = :alt",
          ObjektStatus::zurueck, wer.mandant, id, ObjektStatus::wartet);
  setStatus(tx, row, StapelStatus::nimmtZurueck);
  row.status = StapelStatus::nimmtZurueck;
  bestelle(change, wer.person, row.id);
  return std::move(row);
}

jobs::Ergebnis Stapel::laufe(jobs::Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<StapelAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  std::int64_t gesamt = 0;
  for (;;) {
    const auto left = schritt(lauf.mandant(), auftrag->stapel, jeSchritt);
    gesamt = std::max(gesamt, left);
    if (left == 0 || !lauf.fortschritt(gesamt - left, gesamt)) return {};
  }
}

void addStapelAuftrag(jobs::Werk& werk, Stapel& stapel) {
  werk.art({.name = std::string(artName),
            .bezeichnungDe = "Stapel bearbeiten",
            .bezeichnungEn = "Work on many objects",
            .ausfuehren = [&stapel](jobs::Lauf& lauf) { return stapel.laufe(lauf); }});
}

}  // namespace akte
