// A Baustein tried in a tenant for practice, and the Bausteine that a Vorgang began with (docs/decisions/0041).
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "netz/praxis.h"
#include "routen.h"

namespace netz {

using base::Code;
using base::fail;
using mandant::allRows;

namespace {

struct Uebungsmandant {
  std::int64_t mandant = 0;
  std::string schluessel{}, name{};
  OptId stadt{};
};
BOOST_DESCRIBE_STRUCT(Uebungsmandant, (), (mandant, schluessel, name, stadt))

struct NetzUebungsmandant {
  std::string schluessel{}, name{};
};
BOOST_DESCRIBE_STRUCT(NetzUebungsmandant, (), (schluessel, name))
struct NetzUebungsmandanten {
  std::vector<NetzUebungsmandant> eintraege{};
};
BOOST_DESCRIBE_STRUCT(NetzUebungsmandanten, (), (eintraege))

struct ProbelaufFrage {
  base::Line<60> uebung{};
};
BOOST_DESCRIBE_STRUCT(ProbelaufFrage, (), (uebung))

struct NetzProbelauf {
  NetzUebungsmandant uebung{};
  std::string titel{}, version{};
  std::vector<std::string> hindernisse{};
  std::vector<Probenergebnis> proben{};
  std::int64_t neu = 0, geaendert = 0;  ///< values that came there, and that changed
  bool uebernommen = false;
};
BOOST_DESCRIBE_STRUCT(NetzProbelauf, (), (uebung, titel, version, hindernisse, proben, neu, geaendert, uebernommen))

bool istUebung(sql::Database& database, std::int64_t mandant) {
  return database.read(mandant, [&](Tx tx) {
    const auto rows = allRows<mandant::MandantZeile>(tx, mandant);
    return !rows.empty() && rows.front().uebung.value_or(false);
  });
}

/// Tenants for practice of this town; of the only town, all that nobody was given. One that is just being put back has
/// a key that nobody is offered.
std::vector<Uebungsmandant> uebungsmandanten(sql::Database& database, std::int64_t stadt) {
  auto all = database.read(0, [&](Tx tx) {
    return tx.query<Uebungsmandant>(
        "SELECT v.mandant, v.schluessel, v.name, u.stadt FROM mandant_verzeichnis v LEFT JOIN netz_uebung u ON "
        "u.uebung = "
        "v.mandant WHERE v.schluessel NOT LIKE '~%' ORDER BY v.schluessel");
  });
  const auto zahl = all.size();
  std::erase_if(all, [&](const Uebungsmandant& one) { return !istUebung(database, one.mandant); });
  const bool einzige = zahl == all.size() + 1 && std::ranges::find(all, stadt, &Uebungsmandant::mandant) == all.end();
  std::erase_if(all, [&](const Uebungsmandant& one) { return one.stadt ? *one.stadt != stadt : !einzige; });
  return all;
}

Result<NetzProbelauf> probiere(Zugang& zugang, const Berechtigung& wer, akte::Schriftgut& schriftgut,
                               const Vorlagenwerk& werk, const std::string& schluessel, const BausteinAnnehmen& input) {
  if (wer.nurLesen || !wer.hat(Recht::netzMitmachen)) return fail(Code::NichtErlaubt);
  auto& journal = zugang.journal();
  const auto all = uebungsmandanten(journal.database(), wer.mandant);
  const auto there = std::ranges::find(all, schluessel, &Uebungsmandant::schluessel);
  if (there == all.end())
    return fail(Code::NichtGefunden, "Einen solchen Übungsmandanten Ihrer Kommune gibt es nicht.");
  // What may be tried is what this person sees here; there it is a file.
  AKTENLOTSE_GET(text, journal.database().read(wer.mandant, [&](Tx tx) { return paketOf(tx, wer, input); }));
  const auto dort = mandant::systemBerechtigung(there->mandant);
  const auto heute = base::Datum::of(journal.clock().now());
  auto ask = input;
  ask.praxis.reset();
  ask.datei = base::Prose<400'000>{text};
  AKTENLOTSE_GET(vorschau,
                 journal.database().read(there->mandant, [&](Tx tx) { return schaueVor(tx, dort, ask, heute); }));
  NetzProbelauf out;
  out.uebung = {there->schluessel, there->name};
  out.titel = vorschau.baustein.titel.value;
  out.version = vorschau.baustein.version.value;
  out.hindernisse = vorschau.hindernisse;
  out.proben = vorschau.proben;
  for (const auto& one : vorschau.zeilen) {
    out.neu += one.was == Mischung::neu ? 1 : 0;
    out.geaendert += one.was == Mischung::aendern ? 1 : 0;
  }
  if (!out.hindernisse.empty()) return out;
  Vorlagendateien dateien;
  AKTENLOTSE_GET(vorlagen, journal.database().read(there->mandant, [&](Tx tx) { return vorlagenOf(tx, dort, ask); }));
  for (const auto& one : vorlagen) {
    AKTENLOTSE_GET(datei, werk.lies(bytesOf(one).value(), one.dateiname.value));
    dateien[one.bezeichnung.value] = std::move(datei);
  }
  const auto done = journal.change(
      there->mandant, [&](Change& change) { return uebernimm(change, dort, schriftgut, ask, werk, dateien); });
  if (!done) return tl::unexpected(done.error());
  out.uebernommen = true;
  return out;
}

// ---- what a Vorgang began with

struct VorgangFrage {
  base::Uuid vorgang{};
};
BOOST_DESCRIBE_STRUCT(VorgangFrage, (), (vorgang))

struct NetzVorgangBaustein {
  base::Uuid baustein{};
  std::string titel{}, version{}, von{};
  base::Datum uebernommen{};
  OptText jetzt{};  ///< the version that cases begin with now, where it is another
};
BOOST_DESCRIBE_STRUCT(NetzVorgangBaustein, (), (baustein, titel, version, von, uebernommen, jetzt))
struct NetzVorgangBausteine {
  std::vector<NetzVorgangBaustein> eintraege{};
};
BOOST_DESCRIBE_STRUCT(NetzVorgangBausteine, (), (eintraege))

/// When an adoption was taken back; nothing while it was not.
std::optional<base::Zeitpunkt> endeOf(Tx tx, const UebernahmeZeile& row) {
  if (row.status != Uebernahmestatus::zurueckgenommen) return std::nullopt;
  return tx.value<base::Zeitpunkt>(
      "SELECT zeit FROM journal WHERE mandant = :mandant AND objekt = :objekt AND aktion = "
      "'netzbaustein.zurueckgenommen' ORDER BY nr LIMIT 1",
      row.mandant, row.id);
}

/// Whether the Vorgang is of a kind that the package brought, or lies under one of its entries of the plan.
bool betrifft(const UebernahmeZeile& row, const akte::VorgangZeile& vorgang, const std::string& kennzeichen) {
  const auto baustein = liesBaustein(row.paket);
  if (!baustein) return false;
  const auto& inhalt = baustein->inhalt;
  if (vorgang.typ &&
      std::ranges::any_of(inhalt.felder, [&](const BausteinFeld& one) { return one.typ.value == *vorgang.typ; }))
    return true;
  const auto namen = namenOf(row);
  return std::ranges::any_of(inhalt.aktenplan, [&](const BausteinEinheit& one) {
    const auto here = namen.find(one.kennzeichen.value);
    return (here == namen.end() ? one.kennzeichen.value : here->second) == kennzeichen;
  });
}

NetzVorgangBausteine bausteineOf(Tx tx, const Berechtigung& wer, const akte::VorgangMit& mit) {
  const auto kennzeichen =
      mandant::rowById<akte::AktenplaneinheitZeile>(tx, wer.mandant, mit.akte.aktenplaneinheit).value().kennzeichen;
  // Of each Baustein the last that was adopted before the Vorgang began, and held then.
  std::map<std::string, std::pair<base::Zeitpunkt, UebernahmeZeile>> began;
  std::map<std::string, std::string> now;
  for (const auto& row : allRows<UebernahmeZeile>(tx, wer.mandant)) {
    if (row.status == Uebernahmestatus::aktiv) now[row.baustein] = row.version;
    const auto von = journal::entry(tx, wer.mandant, row.eintrag).value().zeit;
    const auto bis = endeOf(tx, row);
    if (von > mit.vorgang.angelegt || (bis && *bis <= mit.vorgang.angelegt)) continue;
    if (!betrifft(row, mit.vorgang, kennzeichen)) continue;
    const auto found = began.find(row.baustein);
    if (found == began.end() || found->second.first <= von) began.insert_or_assign(row.baustein, std::pair(von, row));
  }
  NetzVorgangBausteine out;
  for (const auto& [baustein, pair] : began) {
    const auto& row = pair.second;
    NetzVorgangBaustein one{base::Uuid::parse(baustein).value(), row.titel, row.version, row.von, row.uebernommen, {}};
    if (const auto found = now.find(baustein); found != now.end() && found->second != row.version)
      one.jetzt = found->second;
    out.eintraege.push_back(std::move(one));
  }
  return out;
}

}  // namespace

void addProbelaufRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut, const Vorlagenwerk& werk) {
  routes.add<None, None, NetzUebungsmandanten>(
      Verb::get, "/api/netz/uebungsmandanten",
      {.id = "netzUebungsmandanten",
       .tag = "Netz",
       .summary = "The tenants for practice of the own town, in which a Baustein may be tried",
       .recht = "netzMitmachen"},
      [&zugang](const auto& call) -> Result<http::Reply<NetzUebungsmandanten>> {
        http::Reply<NetzUebungsmandanten> reply;
        for (const auto& one : uebungsmandanten(zugang.journal().database(), Zugang::who(call).mandant))
          reply.value.eintraege.push_back({one.schluessel, one.name});
        return reply;
      });
  routes.add<BausteinAnnehmen, ProbelaufFrage, NetzProbelauf>(
      Verb::post, "/api/netz/bausteine/probelauf",
      {.id = "netzBausteinProbelauf",
       .tag = "Netz",
       .summary = "Adopt a Baustein in a tenant for practice, among its sample data",
       .recht = "netzMitmachen"},
      [&zugang, &schriftgut, werk](const auto& call) -> Result<http::Reply<NetzProbelauf>> {
        AKTENLOTSE_GET(done, probiere(zugang, Zugang::who(call), schriftgut, werk, call.query.uebung.value, call.body));
        http::Reply<NetzProbelauf> reply;
        reply.value = std::move(done);
        return reply;
      });
  routes.add<None, VorgangFrage, NetzVorgangBausteine>(
      Verb::get, "/api/netz/vorgangsbausteine",
      {"netzVorgangBausteine", "Netz", "The Bausteine that a Vorgang began with, in the version of that time"},
      [&zugang](const auto& call) {
        return zugang.read<NetzVorgangBausteine>(
            call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzVorgangBausteine> {
              AKTENLOTSE_GET(vorgang, akte::findVorgang(tx, wer, call.query.vorgang));
              return bausteineOf(tx, wer, vorgang);
            });
      });
}

}  // namespace netz
