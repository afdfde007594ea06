// Kontakte: people and organisations outside, kept once for the whole tenant.
#include "akte/umfeld.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowByUuid;

base::Result<KontaktZeile> findKontakt(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = rowByUuid<KontaktZeile>(tx, wer.mandant, uuid);
  if (!row || !mandant::stufeFor(tx, wer, row->zugriff)) return fail(Code::NichtGefunden);
  return *std::move(row);
}

namespace {

base::Result<void> mayKontakt(const sql::ReadTx& tx, const Berechtigung& wer, const KontaktZeile& row) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::kontaktPflegen, {mandant::stufeFor(tx, wer, row.zugriff), true}));
  if (row.vereintIn) return fail(Code::Konflikt, "Dieser Kontakt wurde mit einem anderen vereint.");
  return {};
}

template <typename T>
OptText textOf(const std::optional<T>& text) {
  return text && !text->value.empty() ? OptText(text->value) : OptText();
}

base::Result<void> fill(Change& change, KontaktZeile& row, const KontaktNeu& input) {
  row.art = input.art;
  row.anrede = textOf(input.anrede);
  row.vorname = textOf(input.vorname);
  row.nachname = textOf(input.nachname);
  row.organisation = textOf(input.organisation);
  row.strasse = textOf(input.strasse);
  row.plz = textOf(input.plz);
  row.ort = textOf(input.ort);
  row.email = textOf(input.email);
  row.telefon = textOf(input.telefon);
  row.bemerkung = textOf(input.bemerkung);
  if (row.art == Kontaktart::person && !row.nachname)
    return fail(Code::EingabeUngueltig, "Der Nachname fehlt.", "nachname");
  if (row.art == Kontaktart::organisation && !row.organisation)
    return fail(Code::EingabeUngueltig, "Der Name der Organisation fehlt.", "organisation");
  row.suchname = row.art == Kontaktart::person ? suchform(row.nachname.value_or("") + " " + row.vorname.value_or(""))
                                               : suchform(*row.organisation);
  if (input.zugriff) {
    const auto zugriff = rowByUuid<mandant::ZugriffZeile>(change.tx(), change.mandant(), *input.zugriff);
    if (!zugriff) return fail(Code::EingabeUngueltig, "Diesen Zugriff gibt es nicht.", "zugriff");
    row.zugriff = zugriff->id;
  }
  return {};
}

}  // namespace

base::Result<KontaktZeile> Umfeld::createKontakt(Change& change, const Berechtigung& wer, const KontaktNeu& input) {
  if (wer.nurLesen || !wer.hat(Recht::kontaktPflegen)) return fail(Code::NichtErlaubt);
  KontaktZeile row;
  row.uuid = change.newUuid();
  AKTENLOTSE_TRY(fill(change, row, input));
  if (row.zugriff == 0) row.zugriff = standardZugriff(change);
  change.insert(row);
  change.about({"kontakt.angelegt", row.tabelle, row.id, 0, 0});
  return row;
}

base::Result<KontaktZeile> Umfeld::changeKontakt(Change& change, const Berechtigung& wer, const KontaktZeile& before,
                                                 const KontaktNeu& input) {
  AKTENLOTSE_TRY(mayKontakt(change.tx(), wer, before));
  auto after = before;
  AKTENLOTSE_TRY(fill(change, after, input));
  change.update(before, after);
  change.about({"kontakt.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

base::Result<KontaktZeile> Umfeld::vereine(Change& change, const Berechtigung& wer, const KontaktZeile& bleibt,
                                           const KontaktVereinen& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mayKontakt(tx, wer, bleibt));
  const auto doppelt = findKontakt(tx, wer, input.doppelt);
  if (!doppelt) return fail(Code::EingabeUngueltig, "Diesen Kontakt gibt es nicht.", "doppelt");
  if (doppelt->id == bleibt.id) return fail(Code::EingabeUngueltig, "Das ist derselbe Kontakt.", "doppelt");
  AKTENLOTSE_TRY(mayKontakt(tx, wer, *doppelt));
  auto after = bleibt;
  const auto keep = [&](auto member) {
    if (!(after.*member)) after.*member = (*doppelt).*member;
  };
  for (auto member : {&KontaktZeile::anrede, &KontaktZeile::vorname, &KontaktZeile::nachname,
                      &KontaktZeile::organisation, &KontaktZeile::strasse, &KontaktZeile::plz, &KontaktZeile::ort,
                      &KontaktZeile::email, &KontaktZeile::telefon, &KontaktZeile::bemerkung})
    keep(member);
  change.update(bleibt, after);
  auto gone = *doppelt;
  gone.vereintIn = bleibt.id;
  change.update(*doppelt, gone);
  // Who takes part in what is no content of the object, so closed ones follow too.
  for (const auto& old : tx.query<BeteiligungZeile>(sql::Query::select<BeteiligungZeile>().add(
           " FROM beteiligung WHERE mandant = :mandant AND kontakt = :kontakt ORDER BY id", wer.mandant,
           doppelt->id))) {
    if (tx.value<std::int64_t>(
            "SELECT id FROM beteiligung WHERE mandant = :mandant AND objekt = :objekt AND kontakt = :kontakt AND "
            "rolle = :rolle",
            wer.mandant, old.objekt, bleibt.id, old.rolle)) {
      change.erase(old);
      continue;
    }
    auto moved = old;
    moved.kontakt = bleibt.id;
    change.update(old, moved);
  }
  change.about({"kontakt.vereint", after.tabelle, after.id, 0, 0});
  return after;
}

std::string nameOf(const KontaktZeile& kontakt) {
  if (kontakt.art == Kontaktart::organisation) return kontakt.organisation.value_or("");
  return kontakt.nachname.value_or("") + (kontakt.vorname ? ", " + *kontakt.vorname : "");
}

std::vector<KontaktZeile> doppelte(const sql::ReadTx& tx, const Berechtigung& wer, const KontaktZeile& kontakt) {
  auto query = sql::Query::select<KontaktZeile>("k");
  query.add(
      " FROM kontakt k WHERE k.mandant = :mandant AND k.id <> :selbst AND k.vereint_in IS NULL AND (k.suchname = "
      ":name OR (k.email IS NOT NULL AND LOWER(k.email) = LOWER(:email))) AND ",
      wer.mandant, kontakt.id, kontakt.suchname, kontakt.email);
  query.add(mandant::sichtbar("k.zugriff", wer)).add(" ORDER BY k.id LIMIT 20");
  return tx.query<KontaktZeile>(query);
}

}  // namespace akte
