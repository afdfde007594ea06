// The way back of a reorganisation, as one step (docs/decisions/0029).
#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "akte/post.h"
#include "akte/reorganisation.h"
#include "haengend.h"

namespace akte {

using base::Code;
using base::fail;
using journal::Beruehrt;
using journal::Eintrag;
using mandant::OrganisationseinheitZeile;
using mandant::rowById;

namespace {

/// Entries looked at in one transaction, so that others write in between.
constexpr std::int64_t jeSchritt = 50;
/// What the row of the plan itself says is not taken back, it goes on.
constexpr std::string_view bleibend[] = {ReorganisationZeile::tabelle};

/// The entry in which the organisation itself was changed.
std::optional<Eintrag> vollzug(const sql::ReadTx& tx, const ReorganisationZeile& row) {
  for (auto& eintrag : tx.query<Eintrag>(sql::Query::select<Eintrag>().add(
           " FROM journal WHERE mandant = :mandant AND objekt = :einheit AND aktion = 'reorganisation.vollzogen' ORDER "
           "BY nr DESC",
           row.mandant, row.einheit)))
    if (std::ranges::any_of(journal::rowsOf(eintrag), [&](const Beruehrt& touched) {
          return touched.tabelle == ReorganisationZeile::tabelle && touched.id == row.id;
        }))
      return std::move(eintrag);
  return std::nullopt;
}

/// The entry after which nothing was handed over any more.
std::int64_t ende(const sql::ReadTx& tx, const ReorganisationZeile& row, std::int64_t vollzogen) {
  return tx
      .value<std::int64_t>(
          "SELECT nr FROM journal WHERE mandant = :mandant AND objekt = :einheit AND nr > :nr AND aktion = "
          "'reorganisation.fertig' ORDER BY nr LIMIT 1",
          row.mandant, row.einheit, vollzogen)
      .value_or(vollzogen);
}

std::vector<Eintrag> uebergaben(const sql::ReadTx& tx, const ReorganisationZeile& row, std::int64_t nach,
                                std::int64_t bis, std::int64_t grenze) {
  return tx.query<Eintrag>(sql::Query::select<Eintrag>().add(
      " FROM journal WHERE mandant = :mandant AND nr > :nach AND nr < :bis AND aktion IN ('akte.uebergeben', "
      "'vorgang.uebergeben', 'dokument.uebergeben') ORDER BY nr LIMIT :grenze",
      row.mandant, nach, bis, grenze));
}

/// Calls `f(row)` for each object that the entry handed over and that there is still.
template <class F>
void eachObject(const sql::ReadTx& tx, const Eintrag& eintrag, F f) {
  const auto one = [&]<class Row>(std::int64_t id, std::type_identity<Row>) {
    if (const auto object = rowById<Row>(tx, eintrag.mandant, id)) f(*object);
  };
  for (const auto& touched : journal::rowsOf(eintrag)) {
    if (touched.tabelle == AkteZeile::tabelle) one(touched.id, std::type_identity<AkteZeile>());
    if (touched.tabelle == VorgangZeile::tabelle) one(touched.id, std::type_identity<VorgangZeile>());
    if (touched.tabelle == DokumentZeile::tabelle) one(touched.id, std::type_identity<DokumentZeile>());
  }
}

/// Whether the entry handed over from the one unit to the other: two reorganisations may run side by side.
bool fits(const Eintrag& eintrag, const ReorganisationZeile& row) {
  const auto json = boost::json::parse(eintrag.aenderungen);
  for (const auto& item : json.as_array()) {
    const auto* alt = item.as_object().if_contains("alt");
    const auto* neu = item.as_object().if_contains("neu");
    const auto* from = alt == nullptr ? nullptr : alt->as_object().if_contains("organisationseinheit");
    const auto* to = neu == nullptr ? nullptr : neu->as_object().if_contains("organisationseinheit");
    if (from != nullptr && to != nullptr) return *from == row.einheit && *to == row.ziel.value_or(0);
  }
  return false;
}

std::string nameOf(const sql::ReadTx& tx, std::int64_t mandant, const Beruehrt& touched) {
  const auto named = [&](std::string_view what, std::optional<std::string> name) {
    return name ? fmt::format("{} „{}“ ist seitdem geändert worden.", what, *name)
                : fmt::format("{} gibt es nicht mehr.", what);
  };
  const auto bezeichnung = [](const auto& row) {
    return row ? std::optional(row->bezeichnung) : std::optional<std::string>();
  };
  if (touched.tabelle == OrganisationseinheitZeile::tabelle)
    return named("Die Organisationseinheit", bezeichnung(rowById<OrganisationseinheitZeile>(tx, mandant, touched.id)));
  if (touched.tabelle == mandant::StelleZeile::tabelle)
    return named("Die Stelle", bezeichnung(rowById<mandant::StelleZeile>(tx, mandant, touched.id)));
  if (touched.tabelle == AktenplaneinheitZeile::tabelle) {
    const auto row = rowById<AktenplaneinheitZeile>(tx, mandant, touched.id);
    return named("Der Eintrag des Aktenplans", row ? std::optional(row->kennzeichen) : std::optional<std::string>());
  }
  if (touched.tabelle == EingangsadresseZeile::tabelle) {
    const auto row = rowById<EingangsadresseZeile>(tx, mandant, touched.id);
    return named("Die Eingangsadresse", row ? std::optional(row->adresse) : std::optional<std::string>());
  }
  if (touched.tabelle == PostfachZeile::tabelle)
    return named("Das Postfach", bezeichnung(rowById<PostfachZeile>(tx, mandant, touched.id)));
  return "Ein Zugriff, der die Organisationseinheit nennt, ist seitdem geändert worden.";
}

/// What stands against it, in sentences.
std::vector<std::string> hindernisseOf(const sql::ReadTx& tx, const ReorganisationZeile& row,
                                       const std::optional<Eintrag>& eintrag) {
  std::vector<std::string> out;
  if (row.status != Reorganisationsstatus::fertig || !eintrag)
    return {"Zurücknehmen lässt sich nur, was vollzogen und erledigt ist."};
  for (const auto& touched : journal::geaendertSeit(tx, *eintrag, alleTabellen(), bleibend)) {
    auto text = nameOf(tx, row.mandant, touched);
    if (std::ranges::find(out, text) == out.end()) out.push_back(std::move(text));
  }
  const auto later = tx.value<std::int64_t>(
      "SELECT id FROM reorganisation WHERE mandant = :mandant AND id <> :id AND status IN ('geplant', 'laeuft', "
      "'nimmtZurueck') AND (einheit = :e1 OR ziel = :e2 OR einheit = :z1 OR ziel = :z2) LIMIT 1",
      row.mandant, row.id, row.einheit, row.einheit, row.ziel.value_or(0), row.ziel.value_or(0));
  if (later) out.push_back("Für eine der Einheiten ist eine weitere Änderung geplant oder im Gange.");
  return out;
}

}  // namespace

RuecknahmeVorschau Reorganisation::ruecknahme(const sql::ReadTx& tx, const Berechtigung& wer,
                                              const ReorganisationZeile& row) const {
  const auto eintrag = vollzug(tx, row);
  RuecknahmeVorschau out;
  out.hindernisse = hindernisseOf(tx, row, eintrag);
  if (!eintrag) return out;
  const auto bis = ende(tx, row, eintrag->nr);
  for (auto nach = eintrag->nr;;) {
    const auto some = uebergaben(tx, row, nach, bis, jeSchritt);
    if (some.empty()) return out;
    nach = some.back().nr;
    for (const auto& uebergabe : some) {
      if (!fits(uebergabe, row)) continue;
      eachObject(tx, uebergabe, [&](const auto& object) {
        if (!mandant::stufeFor(tx, wer, object.zugriff))
          out.mehr = true;
        else
          ++(object.organisationseinheit == row.ziel ? out.zurueck : out.bleiben);
      });
    }
  }
}

base::Result<ReorganisationZeile> Reorganisation::nimmZurueck(Change& change, const ReorganisationZeile& before) {
  auto& tx = change.tx();
  const auto eintrag = vollzug(tx, before);
  const auto against = hindernisseOf(tx, before, eintrag);
  if (!against.empty()) return fail(Code::Konflikt, fmt::format("{}", fmt::join(against, " ")));
  AKTENLOTSE_TRY(change.takeBack(*eintrag, alleTabellen(), bleibend));
  mandant::recomputeReach(tx, before.mandant);
  folgePost(tx, before.mandant, change.zeit());
  auto after = before;
  after.status = before.art == Reorganisationsart::verschieben ? Reorganisationsstatus::zurueckgenommen
                                                               : Reorganisationsstatus::nimmtZurueck;
  change.update(before, after);
  if (after.status == Reorganisationsstatus::nimmtZurueck) bestelle(change, after, change.zeit());
  change.about(
      {"reorganisation.zurueckgenommen", OrganisationseinheitZeile::tabelle, after.einheit, 0, after.ziel.value_or(0)});
  return after;
}

base::Result<void> Reorganisation::gibZurueck(Change& change, const ReorganisationZeile& row, const Eintrag& eintrag) {
  auto& tx = change.tx();
  const auto units = std::pair(rowById<OrganisationseinheitZeile>(tx, row.mandant, row.einheit).value(),
                               rowById<OrganisationseinheitZeile>(tx, row.mandant, row.ziel.value()).value());
  eachObject(tx, eintrag, [&]<class Row>(const Row& object) {
    // What went on to yet another unit stays there.
    if (object.organisationseinheit != row.ziel) return;
    auto after = object;
    after.organisationseinheit = row.einheit;
    if constexpr (std::is_same_v<Row, DokumentZeile>) {
      // What waited in the one Posteingang waits there again.
      const bool waits = !after.vorgang && !after.hatEigenenZugriff() && after.zugriff == units.second.zugriff;
      if (waits) after.zugriff = units.first.zugriff;
    }
    change.update(object, after);
    schriftgut_.index().refresh(tx, row.mandant, base::enumFrom<SuchArt>(Row::tabelle).value(), after.id);
  });
  static constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {AkteZeile::tabelle, "akte.uebergeben"},
      {VorgangZeile::tabelle, "vorgang.uebergeben"},
      {DokumentZeile::tabelle, "dokument.uebergeben"}};
  const auto* const kind =
      std::ranges::find(kinds, std::string_view(eintrag.objektArt), [](auto& k) { return k.first; });
  change.about({kind->second, kind->first, eintrag.objekt, eintrag.kette, eintrag.oberobjekt});
  return {};
}

std::int64_t Reorganisation::schrittZurueck(sql::WriteTx& tx, const ReorganisationZeile& row, std::int64_t nach) {
  const auto eintrag = vollzug(tx, row).value();
  const auto some = uebergaben(tx, row, std::max(nach, eintrag.nr), ende(tx, row, eintrag.nr), jeSchritt);
  for (const auto& uebergabe : some) {
    if (!fits(uebergabe, row)) continue;
    const auto done = schriftgut_.journal().one(tx, row.mandant, [&](Change& change) {
      change.by({row.person, 0});
      return gibZurueck(change, row, uebergabe);
    });
    if (!done) throw base::Failure("an object of a unit that could not be given back");
  }
  return some.empty() ? 0 : some.back().nr;
}

jobs::Ergebnis Reorganisation::laufeZurueck(jobs::Lauf& lauf, const ReorganisationZeile& row) {
  auto& journal = schriftgut_.journal();
  std::int64_t nach = 0, count = 0;
  for (;;) {
    const auto next =
        journal.database().write(row.mandant, [&](sql::WriteTx& tx) { return schrittZurueck(tx, row, nach); });
    if (next == 0) break;
    nach = next;
    count += jeSchritt;
    if (!lauf.fortschritt(count, count)) return {};
  }
  const auto ended = journal.change(row.mandant, [&](Change& change) -> base::Result<void> {
    change.by({row.person, 0});
    const auto before = rowById<ReorganisationZeile>(change.tx(), row.mandant, row.id).value();
    auto after = before;
    after.status = Reorganisationsstatus::zurueckgenommen;
    change.update(before, after);
    change.about(
        {"reorganisation.zurueck_fertig", OrganisationseinheitZeile::tabelle, row.einheit, 0, row.ziel.value_or(0)});
    return {};
  });
  if (!ended) return jobs::nie(ended.error());
  return {};
}

}  // namespace akte
