#include "mandant/ereignisse.h"

#include <algorithm>

#include "mandant/vertretung.h"

namespace mandant {
namespace {

using namespace std::chrono_literals;

constexpr auto pause = 300ms;
constexpr auto pauseSitzungen = 5s;
constexpr std::size_t mostStreams = 8;     ///< of a session
constexpr std::int64_t mostEntries = 500;  ///< more at once are not read one by one

/// What decides whose something is. It changes seldom, and then anything may have changed.
bool istOrganisation(const journal::Beruehrt& row) {
  static const std::string_view tables[] = {PersonZeile::tabelle,      StelleZeile::tabelle,
                                            StelleRolleZeile::tabelle, BesetzungZeile::tabelle,
                                            VertretungZeile::tabelle,  OrganisationseinheitZeile::tabelle,
                                            ZugriffZeile::tabelle,     ZugriffseintragZeile::tabelle};
  return std::ranges::find(tables, row.tabelle) != std::end(tables);
}

std::int64_t newest(const sql::ReadTx& tx, std::int64_t mandant) {
  return tx.value<std::int64_t>("SELECT nr FROM journal WHERE mandant = :mandant ORDER BY nr DESC LIMIT 1", mandant)
      .value_or(0);
}

/// Sessions and tokens of a tenant that are good now.
std::set<std::string> gueltige(const sql::ReadTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt) {
  static const sql::Table shape{"sitzung", {{"geheimnis_hash", sql::Kind::text, false}}};
  std::set<std::string> out;
  tx.eachValues(shape,
                sql::Query("SELECT s.geheimnis_hash FROM sitzung s JOIN person p ON p.mandant = s.mandant AND p.id = "
                           "s.person AND p.aktiv = 1 WHERE s.mandant = :m1 AND s.ende > :jetzt1 UNION ALL SELECT "
                           "t.geheimnis_hash FROM api_token t JOIN person q ON q.mandant = t.mandant AND q.id = "
                           "t.person AND q.aktiv = 1 WHERE t.mandant = :m2 AND t.ende > :jetzt2",
                           mandant, jetzt, mandant, jetzt),
                [&](std::vector<sql::Value>&& row) { out.insert(std::get<std::string>(row[0])); });
  return out;
}

}  // namespace

void Ereignisse::start() {
  faden_ = std::jthread([this] {
    for (;;) {
      {
        auto staedte = staedte_.lock();
        if (staedte->empty() && !haelt_) geaendert_.wait(staedte.mutex());
        if (!haelt_) geaendert_.wait_for(staedte.mutex(), pause, [this] { return haelt_; });
        if (haelt_) return;
      }
      schau();
    }
  });
}

void Ereignisse::stop() {
  {
    auto staedte = staedte_.lock();
    haelt_ = true;
  }
  geaendert_.notify_all();
  if (faden_.joinable()) faden_.join();
}

base::Result<std::shared_ptr<http::EventStream>> Ereignisse::hoere(const Berechtigung& wer) {
  // Read before it listens: what comes afterwards is told, what came before the window reads itself.
  const auto nr = database_.read(wer.mandant, [&](const sql::ReadTx& tx) { return newest(tx, wer.mandant); });
  auto stream = std::make_shared<http::EventStream>();
  {
    auto staedte = staedte_.lock();
    auto [at, fresh] = staedte->try_emplace(wer.mandant);
    auto& stadt = at->second;
    if (fresh) {
      stadt.gesehen = nr;
      stadt.tag = base::Datum::of(clock_.now());
    }
    const auto open = std::ranges::count_if(stadt.hoerer, [&](const Hoerer& one) {
      return one.wer.geheimnisHash == wer.geheimnisHash && !one.strom.expired();
    });
    if (open >= static_cast<std::ptrdiff_t>(mostStreams))
      return base::fail(base::Code::ZuVieleVersuche,
                        "Diese Anmeldung hört schon in acht Fenstern zu. Schließen Sie eines.");
    stadt.hoerer.push_back({wer, stream});
  }
  geaendert_.notify_all();
  return stream;
}

void Ereignisse::beende(const Berechtigung& wer, bool everywhere) {
  auto staedte = staedte_.lock();
  const auto stadt = staedte->find(wer.mandant);
  if (stadt == staedte->end()) return;
  for (const auto& one : stadt->second.hoerer) {
    const bool mine = everywhere ? one.wer.person == wer.person : one.wer.geheimnisHash == wer.geheimnisHash;
    if (const auto stream = mine ? one.strom.lock() : nullptr) stream->end();
  }
}

void Ereignisse::raeumeAuf() {
  auto staedte = staedte_.lock();
  for (auto& [mandant, stadt] : *staedte)
    std::erase_if(stadt.hoerer, [](const Hoerer& one) { return one.strom.expired(); });
  std::erase_if(*staedte, [](const auto& one) { return one.second.hoerer.empty(); });
}

void Ereignisse::schau() {
  raeumeAuf();
  std::vector<std::int64_t> towns;
  {
    auto staedte = staedte_.lock();
    for (const auto& [mandant, stadt] : *staedte) towns.push_back(mandant);
  }
  const auto now = std::chrono::steady_clock::now();
  const bool sitzungen = now - sitzungenGeprueft_ >= pauseSitzungen;
  if (sitzungen) sitzungenGeprueft_ = now;
  for (const auto mandant : towns) {
    try {
      schau(mandant, sitzungen);
    } catch (const std::exception&) {  // the database is away: the next look finds the same entries
    }
  }
}

void Ereignisse::schau(std::int64_t mandant, bool sitzungen) {
  const auto jetzt = clock_.now();
  const auto heute = base::Datum::of(jetzt);
  std::map<std::int64_t, Berechtigung> leute;
  std::set<std::string> anmeldungen;
  std::int64_t gesehen = 0;
  bool neuerTag = false;
  {
    auto staedte = staedte_.lock();
    auto& stadt = staedte->at(mandant);
    for (const auto& one : stadt.hoerer) {
      leute.try_emplace(one.wer.person, one.wer);
      anmeldungen.insert(one.wer.geheimnisHash);
    }
    gesehen = stadt.gesehen;
    neuerTag = stadt.tag != heute;
  }
  Hoererschaft hoerer(std::move(leute));
  std::set<std::string> gut;
  bool neuGeordnet = false;
  database_.read(mandant, [&](const sql::ReadTx& tx) {
    if (sitzungen) gut = gueltige(tx, mandant, jetzt);
    const auto last = newest(tx, mandant);
    if (last == gesehen) return;
    const bool many = last - gesehen > mostEntries;
    Neues neues;
    if (!many)
      neues.eintraege = tx.query<journal::Eintrag>(sql::Query::select<journal::Eintrag>().add(
          " FROM journal WHERE mandant = :mandant AND nr > :nr ORDER BY nr", mandant, gesehen));
    for (const auto& entry : neues.eintraege)
      for (auto& row : journal::rowsOf(entry)) neues.zeilen.push_back(std::move(row));
    neuGeordnet = std::ranges::any_of(neues.zeilen, istOrganisation);
    // Told to all, it tells nobody anything.
    if (many || neuGeordnet) {
      for (const auto one : {Ereignis::postkorb, Ereignis::posteingang, Ereignis::abonnement}) hoerer.meldeAllen(one);
    } else {
      for (const auto& deute : deuter_) deute(tx, mandant, neues, heute, hoerer);
    }
    gesehen = last;
  });
  // What comes back on its day is there now.
  if (neuerTag) hoerer.meldeAllen(Ereignis::postkorb);
  std::map<std::int64_t, Berechtigung> neue;
  if (neuGeordnet)
    database_.read(mandant, [&](const sql::ReadTx& tx) {
      for (const auto& [person, wer] : hoerer.leute()) neue.emplace(person, berechtigungOf(tx, mandant, person));
    });
  auto staedte = staedte_.lock();
  auto& stadt = staedte->at(mandant);
  stadt.gesehen = gesehen;
  stadt.tag = heute;
  for (auto& one : stadt.hoerer) {
    const auto stream = one.strom.lock();
    if (!stream) continue;
    if (const auto found = neue.find(one.wer.person); found != neue.end()) {
      one.wer.rollen = found->second.rollen;
      one.wer.rechte = found->second.rechte;
    }
    if (sitzungen && anmeldungen.contains(one.wer.geheimnisHash) && !gut.contains(one.wer.geheimnisHash)) stream->end();
    for (auto at = hoerer.gemeldet().lower_bound({one.wer.person, Ereignis{}});
         at != hoerer.gemeldet().end() && at->first == one.wer.person; ++at)
      stream->send(base::enumName(at->second));
  }
}

}  // namespace mandant
