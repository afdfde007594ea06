#include "akte/reorganisation.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <type_traits>

#include "akte/post.h"
#include "sql/liste.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::allRows;
using mandant::OrganisationseinheitZeile;
using mandant::rowById;
using mandant::rowByUuid;
using mandant::StelleZeile;
using mandant::TraegerArt;
using mandant::ZugriffseintragZeile;

namespace {

constexpr std::string_view artName = "organisation.reorganisieren";
/// Akten in one transaction, so that others write in between.
constexpr std::int64_t jeSchritt = 50;

struct ReorganisationAuftrag {
  std::int64_t reorganisation = 0;
};
BOOST_DESCRIBE_STRUCT(ReorganisationAuftrag, (), (reorganisation))

std::string joined(const std::vector<std::int64_t>& ids) {
  std::string out;
  for (const auto id : ids) (out += out.empty() ? "" : ",") += std::to_string(id);
  return out;
}

std::vector<std::int64_t> parted(std::string_view text) {
  std::vector<std::int64_t> out;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(','));
    std::int64_t id = 0;
    std::from_chars(part.data(), part.data() + part.size(), id);
    out.push_back(id);
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
  return out;
}

/// The entries and all that lie below them.
std::vector<std::int64_t> withBelow(const sql::ReadTx& tx, std::int64_t mandant, std::vector<std::int64_t> ids) {
  if (ids.empty()) return ids;
  const auto rows = allRows<AktenplaneinheitZeile>(tx, mandant);
  for (std::size_t i = 0; i < ids.size(); ++i)
    for (const auto& row : rows)
      if (row.ueber == ids[i] && std::ranges::find(ids, row.id) == ids.end()) ids.push_back(row.id);
  return ids;
}

bool liesUnder(const sql::ReadTx& tx, OrganisationseinheitZeile below, std::int64_t above) {
  while (below.id != above) {
    if (!below.ueber) return false;
    below = rowById<OrganisationseinheitZeile>(tx, below.mandant, *below.ueber).value();
  }
  return true;
}

/// The first moment of a day.
base::Zeitpunkt beginOf(const base::Datum& day) {
  const auto noonBefore = base::endOfDay(day).plusSeconds(-36 * 3600);
  return {base::endOfDay(base::Datum::of(noonBefore)).micros + 1};
}

/// The Akten that go along, as the rest of a statement over `akte x`.
sql::Query akten(const sql::ReadTx& tx, const ReorganisationZeile& row) {
  sql::Query out(" FROM akte x WHERE x.mandant = :mandant AND x.organisationseinheit = :einheit", row.mandant,
                 row.einheit);
  if (row.art == Reorganisationsart::teilen) {
    const auto eintraege = withBelow(tx, row.mandant, parted(row.eintraege));
    out.add(" AND x.aktenplaneinheit").add(sql::in(tx, eintraege));
  }
  return out;
}

sql::Query posteingang(const ReorganisationZeile& row) {
  return sql::Query(
      " FROM dokument x WHERE x.mandant = :mandant AND x.organisationseinheit = :einheit AND x.vorgang IS NULL AND "
      "x.ueber IS NULL",
      row.mandant, row.einheit);
}

std::vector<StelleZeile> stellenOf(const sql::ReadTx& tx, const ReorganisationZeile& row) {
  auto out = allRows<StelleZeile>(tx, row.mandant);
  const auto some = parted(row.stellen);
  std::erase_if(out, [&](const auto& stelle) {
    return stelle.organisationseinheit != row.einheit || row.art == Reorganisationsart::verschieben ||
           (row.art == Reorganisationsart::teilen && std::ranges::find(some, stelle.id) == some.end());
  });
  return out;
}

std::vector<AktenplaneinheitZeile> eintraegeOf(const sql::ReadTx& tx, const ReorganisationZeile& row) {
  auto out = allRows<AktenplaneinheitZeile>(tx, row.mandant);
  const auto some = withBelow(tx, row.mandant, parted(row.eintraege));
  std::erase_if(out, [&](const auto& eintrag) {
    return eintrag.organisationseinheit != row.einheit || row.art == Reorganisationsart::verschieben ||
           (row.art == Reorganisationsart::teilen && std::ranges::find(some, eintrag.id) == some.end());
  });
  return out;
}

/// Lines that name the unit, in definitions that go along: all when it is merged, else those of the files that go.
std::vector<ZugriffseintragZeile> zugriffeOf(const sql::ReadTx& tx, const ReorganisationZeile& row) {
  auto out = allRows<ZugriffseintragZeile>(tx, row.mandant);
  std::set<std::int64_t> used;
  if (row.art == Reorganisationsart::teilen) {
    for (const auto& eintrag : eintraegeOf(tx, row)) used.insert(eintrag.zugriff);
    for (const auto& akte : tx.query<AkteZeile>(sql::Query::select<AkteZeile>("x").add(akten(tx, row))))
      used.insert(akte.zugriff);
  }
  std::erase_if(out, [&](const auto& line) {
    return line.traegerArt != TraegerArt::organisationseinheit || line.traeger != row.einheit ||
           row.art == Reorganisationsart::verschieben ||
           (row.art == Reorganisationsart::teilen && !used.contains(line.zugriff));
  });
  return out;
}

std::vector<OrganisationseinheitZeile> darunter(const sql::ReadTx& tx, const ReorganisationZeile& row) {
  auto out = allRows<OrganisationseinheitZeile>(tx, row.mandant);
  std::erase_if(
      out, [&](const auto& unit) { return row.art != Reorganisationsart::zusammenlegen || unit.ueber != row.einheit; });
  return out;
}

/// Mail of a unit that is merged goes on to the other; of one that gives away a part it stays.
template <class Row>
std::vector<Row> postOf(const sql::ReadTx& tx, const ReorganisationZeile& row) {
  auto out = allRows<Row>(tx, row.mandant);
  std::erase_if(out, [&](const auto& post) {
    return row.art != Reorganisationsart::zusammenlegen || post.organisationseinheit != row.einheit;
  });
  return out;
}

}  // namespace

base::Result<ReorganisationZeile> Reorganisation::check(const sql::ReadTx& tx, const Berechtigung& wer,
                                                        base::Zeitpunkt jetzt, const ReorganisationNeu& input) const {
  const auto unit = rowByUuid<OrganisationseinheitZeile>(tx, wer.mandant, input.einheit);
  if (!unit || unit->aufgeloest)
    return fail(Code::EingabeUngueltig, "Diese Organisationseinheit gibt es nicht, oder sie ist aufgelöst.", "einheit");
  ReorganisationZeile row;
  row.mandant = wer.mandant;
  row.art = input.art;
  row.einheit = unit->id;
  row.stichtag = input.stichtag;
  row.person = wer.person;
  if (input.stichtag < base::Datum::of(jetzt))
    return fail(Code::EingabeUngueltig, "Der Stichtag liegt in der Vergangenheit.", "stichtag");
  if (input.ziel) {
    const auto ziel = rowByUuid<OrganisationseinheitZeile>(tx, wer.mandant, *input.ziel);
    if (!ziel || ziel->aufgeloest)
      return fail(Code::EingabeUngueltig, "Dieses Ziel gibt es nicht, oder es ist aufgelöst.", "ziel");
    if (ziel->id == unit->id) return fail(Code::EingabeUngueltig, "Ziel und Einheit sind dieselbe.", "ziel");
    if (input.art != Reorganisationsart::teilen && liesUnder(tx, *ziel, unit->id))
      return fail(Code::Konflikt, "Das Ziel liegt unter der Einheit. Verschieben Sie es zuerst.", "ziel");
    row.ziel = ziel->id;
  } else if (input.art != Reorganisationsart::verschieben) {
    return fail(Code::EingabeUngueltig, "Das Ziel fehlt.", "ziel");
  }
  if (input.art != Reorganisationsart::teilen) return row;
  std::vector<std::int64_t> stellen, eintraege;
  for (const auto& uuid : input.stellen.value_or(std::vector<base::Uuid>())) {
    const auto stelle = rowByUuid<StelleZeile>(tx, wer.mandant, uuid);
    if (!stelle || stelle->organisationseinheit != unit->id)
      return fail(Code::EingabeUngueltig, "Eine der Stellen gibt es in dieser Einheit nicht.", "stellen");
    stellen.push_back(stelle->id);
  }
  for (const auto& uuid : input.aktenplaneinheiten.value_or(std::vector<base::Uuid>())) {
    const auto eintrag = rowByUuid<AktenplaneinheitZeile>(tx, wer.mandant, uuid);
    if (!eintrag) return fail(Code::EingabeUngueltig, "Einen der Einträge gibt es nicht.", "aktenplaneinheiten");
    eintraege.push_back(eintrag->id);
  }
  if (stellen.empty() && eintraege.empty())
    return fail(Code::EingabeUngueltig, "Nennen Sie Stellen oder Einträge des Aktenplans, die mitgehen.", "stellen");
  row.stellen = joined(stellen);
  row.eintraege = joined(eintraege);
  return row;
}

base::Result<ReorganisationVorschau> Reorganisation::vorschau(const sql::ReadTx& tx, const Berechtigung& wer,
                                                              base::Zeitpunkt jetzt, const ReorganisationNeu& input) {
  AKTENLOTSE_GET(row, check(tx, wer, jetzt, input));
  ReorganisationVorschau out;
  for (const auto& stelle : stellenOf(tx, row)) out.stellen.push_back(stelle.bezeichnung);
  for (const auto& unit : darunter(tx, row)) out.einheiten.push_back(unit.kurzzeichen + " " + unit.bezeichnung);
  for (const auto& eintrag : eintraegeOf(tx, row)) out.eintraege.push_back(eintrag.kennzeichen + " " + eintrag.titel);
  std::set<std::int64_t> named;
  for (const auto& line : zugriffeOf(tx, row))
    if (named.insert(line.zugriff).second)
      out.zugriffe.push_back(rowById<mandant::ZugriffZeile>(tx, row.mandant, line.zugriff).value().bezeichnung);
  for (const auto& post : postOf<EingangsadresseZeile>(tx, row)) out.adressen.push_back(post.adresse);
  for (const auto& post : postOf<PostfachZeile>(tx, row)) out.postfaecher.push_back(post.bezeichnung);
  if (row.art == Reorganisationsart::verschieben) return out;
  const auto count = [&](const sql::Query& from, bool visible) {
    auto query = sql::Query("SELECT COUNT(*)").add(from);
    if (visible) query.add(" AND ").add(mandant::sichtbar("x.zugriff", wer));
    return tx.value<std::int64_t>(query).value();
  };
  out.akten = count(akten(tx, row), true);
  sql::Query vorgaenge(
      " FROM vorgang x WHERE x.mandant = :v_mandant AND x.organisationseinheit = :v_einheit AND x.akte "
      "IN (SELECT x.id",
      row.mandant, row.einheit);
  vorgaenge.add(akten(tx, row)).add(")");
  out.vorgaenge = count(vorgaenge, true);
  out.mehr = count(akten(tx, row), false) > out.akten || count(vorgaenge, false) > out.vorgaenge;
  if (row.art != Reorganisationsart::zusammenlegen) return out;
  out.posteingang = count(posteingang(row), true);
  out.mehr = out.mehr || count(posteingang(row), false) > out.posteingang;
  return out;
}

void Reorganisation::bestelle(Change& change, const ReorganisationZeile& row, base::Zeitpunkt ab) {
  jobs::stelleEin(
      change.tx(), change.mandant(), change.zeit(),
      {.art = artName, .nutzlast = base::toJson(ReorganisationAuftrag{row.id}), .ab = ab, .person = row.person});
}

base::Result<ReorganisationZeile> Reorganisation::plane(Change& change, const Berechtigung& wer,
                                                        const ReorganisationNeu& input) {
  AKTENLOTSE_GET(row, check(change.tx(), wer, change.zeit(), input));
  row.uuid = change.newUuid();
  change.insert(row);
  bestelle(change, row, std::max(change.zeit(), beginOf(row.stichtag)));
  change.about({"reorganisation.geplant", OrganisationseinheitZeile::tabelle, row.einheit, 0, row.ziel.value_or(0)});
  return row;
}

base::Result<ReorganisationZeile> Reorganisation::sageAb(Change& change, const ReorganisationZeile& before) {
  if (before.status != Reorganisationsstatus::geplant)
    return fail(Code::Konflikt, "Das ist nicht mehr geplant; es läuft schon, oder es ist erledigt.");
  auto after = before;
  after.status = Reorganisationsstatus::abgesagt;
  change.update(before, after);
  change.about(
      {"reorganisation.abgesagt", OrganisationseinheitZeile::tabelle, after.einheit, 0, after.ziel.value_or(0)});
  return after;
}

/// The organisation itself: one entry.
base::Result<void> Reorganisation::ordne(Change& change, const ReorganisationZeile& row) {
  auto& tx = change.tx();
  const auto unit = rowById<OrganisationseinheitZeile>(tx, row.mandant, row.einheit);
  const auto ziel = row.ziel ? rowById<OrganisationseinheitZeile>(tx, row.mandant, *row.ziel) : std::nullopt;
  if (!unit || unit->aufgeloest || (row.ziel && (!ziel || ziel->aufgeloest)))
    return fail(Code::Konflikt, "Eine der Einheiten gibt es nicht mehr.");
  if (ziel && row.art != Reorganisationsart::teilen && liesUnder(tx, *ziel, unit->id))
    return fail(Code::Konflikt, "Das Ziel liegt inzwischen unter der Einheit.");
  auto after = *unit;
  if (row.art == Reorganisationsart::verschieben) after.ueber = row.ziel;
  if (row.art == Reorganisationsart::zusammenlegen) after.aufgeloest = row.stichtag;
  change.update(*unit, after);
  for (const auto& below : darunter(tx, row)) {
    auto moved = below;
    moved.ueber = row.ziel;
    change.update(below, moved);
  }
  const auto lines = allRows<ZugriffseintragZeile>(tx, row.mandant);
  for (const auto& line : zugriffeOf(tx, row)) {
    const bool known = std::ranges::any_of(lines, [&](const auto& other) {
      return other.zugriff == line.zugriff && other.traegerArt == line.traegerArt && other.traeger == row.ziel &&
             other.stufe == line.stufe;
    });
    auto named = line;
    named.traeger = row.ziel.value();
    if (row.art == Reorganisationsart::teilen) {
      // Those who stay keep what they reach.
      if (!known) change.insert(named);
    } else if (known) {
      change.erase(line);
    } else {
      change.update(line, named);
    }
  }
  for (const auto& eintrag : eintraegeOf(tx, row)) {
    auto moved = eintrag;
    moved.organisationseinheit = row.ziel;
    change.update(eintrag, moved);
  }
  for (const auto& stelle : stellenOf(tx, row)) {
    auto moved = stelle;
    moved.organisationseinheit = row.ziel.value();
    change.update(stelle, moved);
  }
  const auto move = [&]<class Row>(std::type_identity<Row>) {
    for (const auto& post : postOf<Row>(tx, row)) {
      auto moved = post;
      moved.organisationseinheit = row.ziel.value();
      change.update(post, moved);
    }
  };
  move(std::type_identity<EingangsadresseZeile>());
  move(std::type_identity<PostfachZeile>());
  folgePost(tx, row.mandant, change.zeit());
  mandant::recomputeReach(tx, row.mandant);
  auto next = row;
  next.status =
      row.art == Reorganisationsart::verschieben ? Reorganisationsstatus::fertig : Reorganisationsstatus::laeuft;
  change.update(row, next);
  change.about({"reorganisation.vollzogen", OrganisationseinheitZeile::tabelle, row.einheit, 0, row.ziel.value_or(0)});
  return {};
}

/// Who leads an Akte is no content, as access is none: closed ones go along.
base::Result<void> Reorganisation::uebergib(Change& change, const ReorganisationZeile& row, const AkteZeile& akte) {
  auto& tx = change.tx();
  const auto move = [&](const auto& before, SuchArt art) {
    auto after = before;
    after.organisationseinheit = row.ziel.value();
    change.update(before, after);
    schriftgut_.index().refresh(tx, row.mandant, art, after.id);
  };
  move(akte, SuchArt::akte);
  for (const auto& vorgang : tx.query<VorgangZeile>(sql::Query::select<VorgangZeile>().add(
           " FROM vorgang WHERE mandant = :mandant AND akte = :akte AND organisationseinheit = :einheit ORDER BY id",
           row.mandant, akte.id, row.einheit)))
    move(vorgang, SuchArt::vorgang);
  for (const auto& dokument : tx.query<DokumentZeile>(sql::Query::select<DokumentZeile>("d").add(
           " FROM dokument d JOIN vorgang v ON v.mandant = d.mandant AND v.id = d.vorgang WHERE d.mandant = :mandant "
           "AND "
           "v.akte = :akte AND d.organisationseinheit = :einheit ORDER BY d.id",
           row.mandant, akte.id, row.einheit)))
    move(dokument, SuchArt::dokument);
  change.about({"akte.uebergeben", akte.tabelle, akte.id, akte.id, 0});
  return {};
}

/// One in an Akte that another unit leads.
base::Result<void> Reorganisation::uebergib(Change& change, const ReorganisationZeile& row,
                                            const VorgangZeile& vorgang) {
  auto after = vorgang;
  after.organisationseinheit = row.ziel.value();
  change.update(vorgang, after);
  schriftgut_.index().refresh(change.tx(), row.mandant, SuchArt::vorgang, after.id);
  change.about({"vorgang.uebergeben", after.tabelle, after.id, after.akte, after.darin()});
  return {};
}

/// What waits in the Posteingang of the unit waits in that of the other, for those who reach it.
base::Result<void> Reorganisation::uebergib(Change& change, const ReorganisationZeile& row,
                                            const DokumentZeile& dokument) {
  const auto ziel = rowById<OrganisationseinheitZeile>(change.tx(), row.mandant, row.ziel.value()).value();
  auto after = dokument;
  after.organisationseinheit = ziel.id;
  if (!after.vorgang && !after.hatEigenenZugriff()) after.zugriff = ziel.zugriff;
  schriftgut_.moveWithAnlagen(change, dokument, after);
  const auto vorgang = after.vorgang ? rowById<VorgangZeile>(change.tx(), row.mandant, *after.vorgang) : std::nullopt;
  change.about({"dokument.uebergeben", after.tabelle, after.id, vorgang ? vorgang->akte : 0,
                after.ueber ? *after.ueber : after.vorgang.value_or(0)});
  return {};
}

std::int64_t Reorganisation::schritt(sql::WriteTx& tx, const ReorganisationZeile& row) {
  auto& journal = schriftgut_.journal();
  std::int64_t done = 0;
  const auto give = [&](const auto& object) {
    const auto given = journal.one(tx, row.mandant, [&](Change& change) {
      change.by({row.person, 0});
      return uebergib(change, row, object);
    });
    if (!given) throw base::Failure("an object of a unit that could not be handed over");
    ++done;
  };
  auto query = sql::Query::select<AkteZeile>("x").add(akten(tx, row)).add(" ORDER BY x.id LIMIT :grenze", jeSchritt);
  for (const auto& akte : tx.query<AkteZeile>(query)) give(akte);
  if (done > 0 || row.art != Reorganisationsart::zusammenlegen) return done;
  for (const auto& vorgang : tx.query<VorgangZeile>(sql::Query::select<VorgangZeile>().add(
           " FROM vorgang WHERE mandant = :mandant AND organisationseinheit = :einheit ORDER BY id LIMIT :grenze",
           row.mandant, row.einheit, jeSchritt)))
    give(vorgang);
  if (done > 0) return done;
  // One whose original went before it has gone with it.
  for (const auto& dokument : tx.query<DokumentZeile>(sql::Query::select<DokumentZeile>().add(
           " FROM dokument WHERE mandant = :mandant AND organisationseinheit = :einheit ORDER BY id LIMIT :grenze",
           row.mandant, row.einheit, jeSchritt)))
    if (rowById<DokumentZeile>(tx, row.mandant, dokument.id)->organisationseinheit == row.einheit) give(dokument);
  return done;
}

jobs::Ergebnis Reorganisation::laufe(jobs::Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<ReorganisationAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  auto& journal = schriftgut_.journal();
  const auto mandant = lauf.mandant();
  const auto now = [&](const sql::ReadTx& tx) {
    return rowById<ReorganisationZeile>(tx, mandant, auftrag->reorganisation).value();
  };
  auto row = journal.database().read(mandant, now);
  if (row.status == Reorganisationsstatus::nimmtZurueck) return laufeZurueck(lauf, row);
  if (row.status == Reorganisationsstatus::geplant) {
    const auto done = journal.change(mandant, [&](Change& change) {
      change.by({row.person, 0});
      return ordne(change, now(change.tx()));
    });
    if (!done) return jobs::nie(done.error());
    row = journal.database().read(mandant, now);
  }
  std::int64_t count = 0;
  while (row.status == Reorganisationsstatus::laeuft) {
    const auto done = journal.database().write(mandant, [&](sql::WriteTx& tx) { return schritt(tx, row); });
    if (done == 0) break;
    count += done;
    if (!lauf.fortschritt(count, count)) return {};
  }
  if (row.status != Reorganisationsstatus::laeuft) return {};
  const auto ended = journal.change(mandant, [&](Change& change) -> base::Result<void> {
    change.by({row.person, 0});
    const auto before = now(change.tx());
    auto after = before;
    after.status = Reorganisationsstatus::fertig;
    change.update(before, after);
    change.about({"reorganisation.fertig", OrganisationseinheitZeile::tabelle, row.einheit, 0, row.ziel.value_or(0)});
    return {};
  });
  if (!ended) return jobs::nie(ended.error());
  return {};
}

void addReorganisationAuftrag(jobs::Werk& werk, Reorganisation& reorganisation) {
  werk.art({.name = std::string(artName),
            .bezeichnungDe = "Organisation ändern",
            .bezeichnungEn = "Reorganise units",
            .ausfuehren = [&reorganisation](jobs::Lauf& lauf) { return reorganisation.laufe(lauf); }});
}

}  // namespace akte
