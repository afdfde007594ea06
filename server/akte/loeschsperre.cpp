// The Löschsperre (legal hold): while one stands on an Akte, nothing in it goes for good, whoever asks (invariant I8).
#include "akte/schutz.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;

namespace {

/// Closed Akten are held too; nothing is written at the Akte itself.
base::Result<void> mayHold(const sql::ReadTx& tx, const Berechtigung& wer, const AkteZeile& akte) {
  return mandant::darf(wer, Recht::aussonderungPflegen, {mandant::stufeFor(tx, wer, akte.zugriff), true});
}

}  // namespace

std::vector<LoeschsperreZeile> offeneLoeschsperren(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t akte) {
  return tx.query<LoeschsperreZeile>(sql::Query::select<LoeschsperreZeile>().add(
      " FROM loeschsperre WHERE mandant = :mandant AND akte = :akte AND aufgehoben_am IS NULL ORDER BY id", mandant,
      akte));
}

base::Result<void> ohneLoeschsperre(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t akte) {
  if (offeneLoeschsperren(tx, mandant, akte).empty()) return {};
  return fail(
      Code::Konflikt,
      "Auf der Akte liegt eine Löschsperre. Bis sie aufgehoben ist, bleibt alles in der Akte, was darin liegt.");
}

base::Result<LoeschsperreZeile> setzeLoeschsperre(Change& change, const Berechtigung& wer, const AkteMit& mit,
                                                  const SperreSetzen& input) {
  AKTENLOTSE_TRY(mayHold(change.tx(), wer, mit.akte));
  LoeschsperreZeile row;
  row.uuid = change.newUuid();
  row.akte = mit.akte.id;
  row.grund = input.grund.value;
  row.person = wer.person;
  row.seit = change.zeit();
  change.insert(row);
  change.about({"akte.loeschsperre_gesetzt", AkteZeile::tabelle, row.akte, row.akte, 0});
  return row;
}

base::Result<LoeschsperreZeile> hebeLoeschsperreAuf(Change& change, const Berechtigung& wer,
                                                    const LoeschsperreZeile& before) {
  AKTENLOTSE_TRY(mayHold(change.tx(), wer, rowById<AkteZeile>(change.tx(), wer.mandant, before.akte).value()));
  if (before.aufgehobenAm) return fail(Code::Konflikt, "Die Löschsperre ist schon aufgehoben.");
  auto after = before;
  after.aufgehobenVon = wer.person;
  after.aufgehobenAm = change.zeit();
  change.update(before, after);
  change.about({"akte.loeschsperre_aufgehoben", AkteZeile::tabelle, after.akte, after.akte, 0});
  return after;
}

}  // namespace akte
