// Umschreiben (M3.12): another place in the plan, another unit, another Akte. The sign becomes another, the old one
// stays with the object. What is closed keeps its sign and content; only where it lies changes with what it lies in.
#include <algorithm>

#include "akte/registratur.h"
#include "akte/schutz.h"
#include "zeichen_ziehen.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;

namespace {

template <class Row>
std::vector<Row> rowsIn(const sql::ReadTx& tx, std::int64_t mandant, sql::Sql column, std::int64_t parent) {
  auto query = sql::Query::select<Row>();
  query.add(" FROM ").add(sql::Query::tableName<Row>()).add(" WHERE mandant = :mandant AND ", mandant);
  return tx.query<Row>(query.add(column).add(" = :darin ORDER BY id", parent));
}

/// M3.12: the right on everything that lies in it. Says nothing of what it is that is missing.
template <class Row>
base::Result<void> mayAll(const sql::ReadTx& tx, const Berechtigung& wer, const std::vector<Row>& rows) {
  for (const auto& row : rows)
    if (mandant::stufeFor(tx, wer, row.zugriff) != mandant::Stufe::bearbeiten)
      return fail(Code::NichtErlaubt, "Dazu müssen Sie alles bearbeiten dürfen, was darin liegt.");
  return {};
}

/// A leaf that takes Akten, with the right to open one there.
base::Result<AktenplaneinheitZeile> chooseBlatt(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid,
                                                base::Zeitpunkt zeit) {
  AKTENLOTSE_GET(blatt, findEinheit(tx, wer, uuid));
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::akteAnlegen, {mandant::stufeFor(tx, wer, blatt.zugriff), true}));
  if (auto grund = sperrgrund(tx, blatt, base::Datum::of(zeit)))
    return fail(Code::Gesperrt, *std::move(grund), "aktenplaneinheit");
  if (blatt.art && *blatt.art != Einheitart::Betreffseinheit) return fail(Code::KeinBlatt);
  if (tx.value<std::int64_t>("SELECT id FROM aktenplaneinheit WHERE mandant = :mandant AND ueber = :ueber LIMIT 1",
                             wer.mandant, blatt.id))
    return fail(Code::KeinBlatt);
  return blatt;
}

}  // namespace

void Registratur::resignDokumente(Change& change, const AktenplaneinheitZeile& blatt, const AkteZeile& akte,
                                  const VorgangZeile& vorgang, OptId zugriff) {
  for (const auto& old : rowsIn<DokumentZeile>(change.tx(), change.mandant(), "vorgang", vorgang.id)) {
    auto after = old;
    if (zugriff && !after.hatEigenenZugriff()) after.zugriff = *zugriff;
    if (!after.ueber && after.status == Status::inBearbeitung) {
      after.organisationseinheit = vorgang.organisationseinheit;
      zieheNeu(change, blatt, akte, vorgang, after);
      if (old.zeichen && old.zeichen != after.zeichen) gibZeichenAuf(change, *old.zeichen, vorgang.id);
    }
    change.update(old, after);
    schriftgut_.index_.refresh(change.tx(), change.mandant(), SuchArt::dokument, after.id);
  }
}

base::Result<AkteZeile> Registratur::umschreiben(Change& change, const Berechtigung& wer, const AkteMit& before,
                                                 const AkteUmschreiben& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::akteAendern, before.gegenstand));
  auto after = before.akte;
  auto blatt = rowById<AktenplaneinheitZeile>(tx, wer.mandant, after.aktenplaneinheit).value();
  const auto alt = blatt;
  if (input.aktenplaneinheit) {
    AKTENLOTSE_GET(ziel, chooseBlatt(tx, wer, *input.aktenplaneinheit, change.zeit()));
    blatt = ziel;
  }
  if (input.organisationseinheit) {
    AKTENLOTSE_GET(oe, schriftgut_.chooseOe(tx, wer, input.organisationseinheit, {}));
    after.organisationseinheit = oe;
  }
  if (blatt.id == alt.id && after.organisationseinheit == before.akte.organisationseinheit)
    return fail(Code::Konflikt, "Die Akte liegt schon dort.", "aktenplaneinheit");
  auto vorgaenge = rowsIn<VorgangZeile>(tx, wer.mandant, "akte", after.id);
  // The sign of a Teilvorgang is made of that of its Vorgang.
  std::ranges::stable_partition(vorgaenge, [](const auto& row) { return !row.ueber; });
  AKTENLOTSE_TRY(mayAll(tx, wer, vorgaenge));
  for (const auto& vorgang : vorgaenge)
    AKTENLOTSE_TRY(mayAll(tx, wer, rowsIn<DokumentZeile>(tx, wer.mandant, "vorgang", vorgang.id)));
  after.aktenplaneinheit = blatt.id;
  // What was appraised for this Akte alone stays; what it had from the plan comes from the new place.
  if (after.aufbewahrungsdauer == alt.aufbewahrungsdauer && after.aussonderungsart == alt.aussonderungsart) {
    after.aufbewahrungsdauer = blatt.aufbewahrungsdauer;
    after.aussonderungsart = blatt.aussonderungsart;
  }
  if (!after.eigenerZugriff) after.zugriff = blatt.zugriff;
  gibZeichenAuf(change, before.akte.zeichen, 0);
  zieheZeichen(change, blatt, after, base::Datum::of(after.angelegt).year());
  registerZeichen(change, after.zeichen, after.tabelle, after.id);
  change.update(before.akte, after);
  schriftgut_.index_.refresh(tx, wer.mandant, SuchArt::akte, after.id);
  for (const auto& old : vorgaenge) {
    if (old.status != Status::inBearbeitung) continue;
    if (old.ueber && rowById<VorgangZeile>(tx, wer.mandant, *old.ueber).value().status != Status::inBearbeitung)
      continue;
    auto vorgang = old;
    if (vorgang.organisationseinheit == before.akte.organisationseinheit)
      vorgang.organisationseinheit = after.organisationseinheit;
    zieheNeu(change, blatt, after, vorgang);
    if (old.zeichen != vorgang.zeichen) gibZeichenAuf(change, old.zeichen, after.id);
    change.update(old, vorgang);
    schriftgut_.index_.refresh(tx, wer.mandant, SuchArt::vorgang, vorgang.id);
    resignDokumente(change, blatt, after, vorgang, {});
  }
  if (after.zugriff != before.akte.zugriff) schriftgut_.spreadToVorgaenge(change, after.id, after.zugriff);
  change.about({"akte.umgeschrieben", after.tabelle, after.id, after.id, blatt.id});
  return after;
}

base::Result<Registratur::Ort> Registratur::ortIn(const sql::ReadTx& tx, const Berechtigung& wer,
                                                  const base::Uuid& akte,
                                                  const std::optional<base::Uuid>& ueber) const {
  AKTENLOTSE_GET(ziel, findAkte(tx, wer, akte));
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAnlegen, ziel.gegenstand));
  Ort out{ziel.akte, rowById<AktenplaneinheitZeile>(tx, wer.mandant, ziel.akte.aktenplaneinheit).value(), {}};
  if (ueber) {
    AKTENLOTSE_GET(oben, schriftgut_.findUeber(tx, wer, ziel.akte, *ueber));
    out.ueber = oben.vorgang;
  }
  return out;
}

/// The row of a Vorgang at another place, with what it has from there and all its Dokumente.
VorgangZeile Registratur::zieheUm(Change& change, const Ort& von, const Ort& nach, const VorgangZeile& before) {
  auto after = before;
  after.akte = nach.akte.id;
  after.ueber = nach.ueber ? OptId(nach.ueber->id) : OptId();
  after.registerblatt.reset();
  if (!after.eigenerZugriff) after.zugriff = nach.zugriff();
  if (after.status == Status::inBearbeitung) {
    after.organisationseinheit = nach.akte.organisationseinheit;
    if (after.aufbewahrungsdauer == von.dauer() && after.aussonderungsart == von.art()) {
      after.aufbewahrungsdauer = nach.dauer();
      after.aussonderungsart = nach.art();
    }
    if (before.ueber && after.ueber == before.ueber) {
      // It goes along with its Vorgang, and keeps its number there.
      zieheNeu(change, nach.blatt, nach.akte, after);
    } else {
      zieheZeichen(change, nach.blatt, nach.akte, after, base::Datum::of(after.angelegt).year());
      registerZeichen(change, after.zeichen, after.tabelle, after.id);
    }
    if (before.zeichen != after.zeichen) gibZeichenAuf(change, before.zeichen, before.akte);
  }
  change.update(before, after);
  schriftgut_.index_.refresh(change.tx(), change.mandant(), SuchArt::vorgang, after.id);
  const auto zugriff = after.zugriff == before.zugriff ? OptId() : OptId(after.zugriff);
  if (after.status == Status::inBearbeitung)
    resignDokumente(change, nach.blatt, nach.akte, after, zugriff);
  else if (zugriff)
    schriftgut_.spreadToDokumente(change, after.id, *zugriff);
  return after;
}

base::Result<VorgangZeile> Registratur::umschreiben(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                                    const VorgangUmschreiben& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAendern, before.gegenstand));
  AKTENLOTSE_GET(ziel, ortIn(tx, wer, input.akte, input.ueber));
  const auto ueber = ziel.ueber ? OptId(ziel.ueber->id) : OptId();
  if (ziel.akte.id == before.akte.id && ueber == before.vorgang.ueber)
    return fail(Code::Konflikt, ueber ? "Der Teilvorgang liegt schon dort." : "Der Vorgang liegt schon in dieser Akte.",
                ueber ? "ueber" : "akte");
  if (ziel.akte.id != before.akte.id) AKTENLOTSE_TRY(ohneLoeschsperre(tx, wer.mandant, before.akte.id));
  const auto teile = rowsIn<VorgangZeile>(tx, wer.mandant, "ueber", before.vorgang.id);
  if (ueber == before.vorgang.id || (ueber && !teile.empty()))
    return fail(Code::Konflikt, "Was selbst Teilvorgänge enthält, kann kein Teilvorgang werden.", "ueber");
  AKTENLOTSE_TRY(mayAll(tx, wer, rowsIn<DokumentZeile>(tx, wer.mandant, "vorgang", before.vorgang.id)));
  AKTENLOTSE_TRY(mayAll(tx, wer, teile));
  for (const auto& teil : teile)
    AKTENLOTSE_TRY(mayAll(tx, wer, rowsIn<DokumentZeile>(tx, wer.mandant, "vorgang", teil.id)));
  const auto after = zieheUm(change, {before.akte, {}, before.ueber}, ziel, before.vorgang);
  for (const auto& teil : teile)
    zieheUm(change, {before.akte, {}, before.vorgang}, {ziel.akte, ziel.blatt, after}, teil);
  change.about({"vorgang.umgeschrieben", after.tabelle, after.id, ziel.akte.id, after.darin()});
  return after;
}

}  // namespace akte
