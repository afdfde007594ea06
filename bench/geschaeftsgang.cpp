// Many slips under way, and many people at work: each looks into his Postkorb and does what lies first, through HTTP.
// The yardstick are the bare writes of the same, one transaction each, on a copy of the same database.
#include "geschaeftsgang/geschaeftsgang.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <random>
#include <stdexcept>
#include <thread>

#include "base/hash.h"
#include "bench.h"

namespace bench {
namespace {

using boost::json::object;

std::string serialized(const object& json) { return boost::json::serialize(json); }

std::string text(const boost::json::value& json, std::string_view key) { return std::string(json.at(key).as_string()); }

boost::json::value answer(const Client::Reply& reply, const std::string& what) {
  if (reply.status / 100 != 2) throw std::runtime_error(what + " answers " + std::to_string(reply.status) + reply.body);
  return boost::json::parse(reply.body);
}

/// So many clerks of the Bauamt, each with a session.
class Leute {
 public:
  Leute(std::string_view port, std::size_t count) : port_(port) {
    Client admin(port);
    signIn(admin, "nguyen", "lotse-demo");
    std::string post;
    boost::json::value stelle;
    const auto stellen = admin.get("/api/stellen");
    for (const auto& one : stellen.at("eintraege").as_array())
      if (text(one, "bezeichnung").starts_with("Sachbearbeitung Tiefbau")) stelle = one;
    boost::json::array holders;
    for (const auto& one : stelle.at("personen").as_array()) holders.push_back(one.at("id"));
    for (std::size_t i = 0; i < count; ++i) {
      const auto name = fmt::format("bench{}", i);
      const auto made =
          answer(admin.request(
                     "POST", "/api/personen",
                     serialized({{"vorname", "B"}, {"nachname", name}, {"anmeldename", name}, {"passwort", passwort}})),
                 "a person");
      holders.push_back(made.at("id"));
    }
    admin.stand = stelle.at("stand").as_int64();
    answer(
        admin.request("PUT", "/api/stellen/" + text(stelle, "id") + "/besetzung", serialized({{"personen", holders}})),
        "besetzen");
    for (std::size_t i = 0; i < count; ++i) {
      clients_.emplace_back(port);
      signIn(clients_.back(), fmt::format("bench{}", i), passwort);
      // What the administration set is good for one login only.
      const auto changed = clients_.back().request("PUT", "/api/anmeldung/passwort",
                                                   serialized({{"alt", passwort}, {"neu", ownPasswort}}));
      if (changed.status / 100 != 2) throw std::runtime_error("a password of one's own: " + changed.body);
      signIn(clients_.back(), fmt::format("bench{}", i), ownPasswort);
    }
  }
  [[nodiscard]] std::vector<Client>& clients() { return clients_; }

 private:
  static constexpr const char *passwort = "zum Messen da", *ownPasswort = "auch zum Messen da";
  static void signIn(Client& client, const std::string& name, const std::string& secret) {
    const auto reply = client.request("POST", "/api/anmeldung",
                                      serialized({{"mandant", "auenbrueck"}, {"name", name}, {"passwort", secret}}));
    const auto session = answer(reply, "login");
    client.cookie = reply.cookie;
    client.csrf = text(session, "csrf");
  }
  std::string port_;
  std::vector<Client> clients_;
};

/// So many Vorgänge, and in the first of them slips of three steps, each of another person; not in the journal, as if
/// long ago.
void grow(const fs::path& path, std::size_t vorgaenge, std::size_t slips) {
  sql::Database database(sql::Address::parse(path.string()), {});
  const auto mandant =
      database.read(0, [](const sql::ReadTx& tx) { return mandant::mandantByKey(tx, "auenbrueck").value(); });
  std::vector<std::int64_t> people;
  akte::VorgangZeile model;
  std::int64_t next = 0;
  database.read(mandant, [&](const sql::ReadTx& tx) {
    for (const auto& row : mandant::allRows<mandant::PersonZeile>(tx, mandant))
      if (row.anmeldename.starts_with("bench")) people.push_back(row.id);
    for (const auto& row : mandant::allRows<akte::VorgangZeile>(tx, mandant))
      if (row.zeichen == "632-1/2026-2") model = row;
  });
  using geschaeftsgang::Schrittart;
  using geschaeftsgang::Schrittstatus;
  for (std::size_t made = 0; made < vorgaenge;)
    database.write(mandant, [&](sql::WriteTx& tx) {
      next = tx.value<std::int64_t>("SELECT wert FROM zaehler WHERE mandant = :mandant", mandant).value();
      const auto insert = [&](auto& row) {
        row.mandant = mandant;
        row.id = ++next;
        row.uuid = base::Uuid::make(1'700'000'000'000 + next);
        tx.exec(sql::Query::insertInto(sql::tableOf<std::decay_t<decltype(row)>>(), sql::valuesOf(row)));
      };
      for (const auto end = std::min(made + 1000, vorgaenge); made < end; ++made) {
        auto vorgang = model;
        vorgang.nummer = 1'000'000 + static_cast<std::int64_t>(made);
        vorgang.zeichen = fmt::format("{}-{}", model.zeichen, made);
        insert(vorgang);
        if (made >= slips) continue;
        geschaeftsgang::LaufwegZeile slip;
        slip.vorgang = vorgang.id;
        slip.ersteller = people[made % people.size()];
        slip.angelegt = vorgang.angelegt;
        insert(slip);
        std::int64_t nr = 0;
        for (const auto art : {Schrittart::mitzeichnung, Schrittart::pruefung, Schrittart::versand}) {
          geschaeftsgang::SchrittZeile step;
          step.laufweg = slip.id;
          step.vorgang = vorgang.id;
          step.nr = step.stufe = ++nr;
          step.art = art;
          step.adressatArt = mandant::TraegerArt::person;
          step.adressat = people[(made + static_cast<std::size_t>(nr)) % people.size()];
          step.termin = base::Datum::of(2026 + static_cast<int>(made % 3), 1 + static_cast<int>(made % 12), 1);
          step.ersteller = slip.ersteller;
          step.status = nr == 1 ? Schrittstatus::aktuell : Schrittstatus::zukuenftig;
          if (nr == 1) step.aktuellSeit = vorgang.angelegt;
          insert(step);
        }
      }
      tx.exec("UPDATE zaehler SET wert = :wert WHERE mandant = :mandant", next, mandant);
      if (made % 100'000 == 0) std::cerr << made << " Vorgänge\n";
    });
}

/// The same rows written with nothing else: a step done, the next one current, an entry with its hash, its chain's
/// head.
double bare(const fs::path& path, std::size_t count) {
  const auto copy = path.parent_path() / "bare.db";
  fs::remove(copy);
  {
    const auto database = openDatabase(path);
    execute(database.get(), ("VACUUM INTO '" + copy.string() + "'").c_str());
  }
  const auto database = openDatabase(copy);
  std::vector<std::pair<std::int64_t, std::int64_t>> steps;
  Statement open(
      database.get(),
      "SELECT s.id, n.id FROM schritt s JOIN schritt n ON n.mandant = s.mandant AND n.laufweg = s.laufweg AND "
      "n.nr = s.nr + 1 WHERE s.mandant = 1 AND s.status = 'aktuell' AND s.nr = 1 LIMIT ?");
  open.bind(1, static_cast<std::int64_t>(count));
  while (open.step()) steps.emplace_back(open.number(0), open.number(1));
  Statement done(database.get(),
                 "UPDATE schritt SET stand = stand + 1, status = 'erledigt', ergebnis = 'erledigt', bearbeiter = 1, "
                 "erledigt_am = 1 WHERE mandant = 1 AND id = ?");
  Statement now(
      database.get(),
      "UPDATE schritt SET stand = stand + 1, status = 'aktuell', aktuell_seit = 1 WHERE mandant = 1 AND id = ?");
  Statement entry(
      database.get(),
      "INSERT INTO journal (mandant, nr, kette, zeit, person, fuer, aktion, objekt_art, objekt, oberobjekt, "
      "aenderungen, vorher, hash) SELECT 1, MAX(nr) + 1, 1, 1, 1, 0, 'schritt.mitzeichnung', 'vorgang', 1, 0, "
      "?, '', ? FROM journal WHERE mandant = 1");
  Statement head(
      database.get(),
      "INSERT INTO journal_kopf (mandant, kette, nr, hash) VALUES (1, 1, ?, ?) ON CONFLICT (mandant, kette) DO "
      "UPDATE SET nr = excluded.nr, hash = excluded.hash");
  std::string hash;
  const auto start = Clock::now();
  for (const auto& [first, second] : steps) {
    execute(database.get(), "BEGIN IMMEDIATE");
    done.bind(1, first);
    while (done.step()) {
    }
    now.bind(1, second);
    while (now.step()) {
    }
    const auto changes = fmt::format(
        R"([{{"t":"schritt","id":{},"alt":{{"stand":1,"status":"aktuell","bearbeiter":null,"erledigt_am":null,"ergebnis":null}},"neu":{{"stand":2,"status":"erledigt","bearbeiter":1,"erledigt_am":1,"ergebnis":"erledigt"}}}},{{"t":"schritt","id":{},"alt":{{"stand":1,"status":"zukuenftig","aktuell_seit":null}},"neu":{{"stand":2,"status":"aktuell","aktuell_seit":1}}}}])",
        first, second);
    hash = base::Sha256().add(changes).add(hash).hex();
    entry.bind(1, changes);
    entry.bind(2, hash);
    while (entry.step()) {
    }
    head.bind(1, first);
    head.bind(2, hash);
    while (head.step()) {
    }
    execute(database.get(), "COMMIT");
  }
  const auto seconds = since(start);
  fs::remove(copy);
  return static_cast<double>(steps.size()) / seconds;
}

struct Times {
  std::vector<double> baskets, acts;
  void add(const Times& other) {
    baskets.insert(baskets.end(), other.baskets.begin(), other.baskets.end());
    acts.insert(acts.end(), other.acts.begin(), other.acts.end());
  }
};

/// Looks into the Postkorb and does what lies first, so many steps of it.
void work(Client& client, std::size_t steps, Clock::time_point end, Times& out) {
  auto start = Clock::now();
  client.stand.reset();
  const auto basket = client.get("/api/postkorb?limit=20");
  out.baskets.push_back(since(start) * 1000);
  for (const auto& one : basket.at("eintraege").as_array()) {
    if (steps-- == 0 || Clock::now() >= end) return;
    client.stand = one.at("vorgang").at("stand").as_int64();
    start = Clock::now();
    const auto reply = client.request("POST", "/api/vorgaenge/" + text(one.at("vorgang"), "id") + "/schritt",
                                      serialized({{"schritt", one.at("id")}, {"handlung", "erledigen"}}));
    if (reply.status != 200) throw std::runtime_error("a step answers " + std::to_string(reply.status) + reply.body);
    out.acts.push_back(since(start) * 1000);
  }
}

/// Runs `f(i, times)` on so many threads at once.
template <class F>
Times together(std::size_t count, F f) {
  std::vector<Times> times(count);
  std::vector<std::string> failures(count);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < count; ++i)
      threads.emplace_back([&, i] {
        try {
          f(i, times[i]);
        } catch (const std::exception& error) {
          failures[i] = error.what();
        }
      });
  }
  Times all;
  for (std::size_t i = 0; i < count; ++i) {
    if (!failures[i].empty()) throw std::runtime_error(failures[i]);
    all.add(times[i]);
  }
  return all;
}

}  // namespace

void geschaeftsgang(Arguments arguments) {
  const auto vorgaenge = std::stoul(arguments[2]), slips = std::stoul(arguments[3]), people = std::stoul(arguments[4]);
  const auto length = std::chrono::seconds(std::stol(arguments[5]));
  Leute leute(arguments[0], people);
  auto& clients = leute.clients();
  std::cerr << people << " people\n";
  auto start = Clock::now();
  grow(arguments[1], vorgaenge, slips);
  std::cerr << fmt::format("{} Vorgänge, {} slips in {:.1f} s\n", vorgaenge, slips, since(start));
  const auto plain = bare(arguments[1], std::min<std::size_t>(slips, 3000));
  std::cerr << fmt::format("bare writes: {:.0f}/s\n", plain);
  // As fast as it goes: a few at a time, each for one person after another.
  constexpr std::size_t atOnce = 8;
  start = Clock::now();
  const auto fast = together(atOnce, [&, end = start + length](std::size_t i, Times& out) {
    for (std::size_t k = i; Clock::now() < end; k = k + atOnce < people ? k + atOnce : i)
      work(clients[k], 20, end, out);
  });
  const auto seconds = since(start);
  // As people work: each looks and does one thing, then reads for some seconds.
  const auto begin = Clock::now();
  const auto calm = together(people, [&, end = begin + length](std::size_t i, Times& out) {
    std::mt19937 chance(static_cast<std::uint32_t>(i + 1));  // a simpler one would begin with nearly the same for all
    std::uniform_int_distribution<int> pause(500, 3'500);
    for (;;) {
      std::this_thread::sleep_for(std::chrono::milliseconds(pause(chance)));
      if (Clock::now() >= end) return;
      work(clients[i], 1, end, out);
    }
  });
  const auto calmSeconds = since(begin);
  const auto rate = static_cast<double>(fast.acts.size()) / seconds;
  const auto row = [](const char* name, std::vector<double> times, double time) {
    return fmt::format("| {} | {:.0f} | {:.1f} | {:.1f} |\n", name, static_cast<double>(times.size()) / time,
                       percentile(times, 0.5), percentile(times, 0.99));
  };
  std::cout << fmt::format(
                   "\n{} Vorgänge, {} slips under way, {:.0f} s each:\n\n| | per second | p50, ms | p99, ms "
                   "|\n|---|---:|---:|---:|\n",
                   vorgaenge, slips, seconds)
            << row("steps done as fast as it goes, 8 at a time (rules, write, journal, through HTTP)", fast.acts,
                   seconds)
            << row("beside them the Postkorb of 20 items with counts", fast.baskets, seconds)
            << fmt::format("| the bare writes, one after the other | {:.0f} | | |\n| ratio | {:.2f} | | |\n", plain,
                           rate / plain)
            << row(fmt::format("steps done by {} people at work, one every 0.5 to 3.5 s", people).c_str(), calm.acts,
                   calmSeconds)
            << row("beside them the Postkorb of 20 items with counts", calm.baskets, calmSeconds);
  // One person alone, when nobody else works.
  std::vector<double> alone;
  auto& client = clients.front();
  client.stand.reset();
  for (int i = 0; i < 50; ++i) {
    start = Clock::now();
    (void)client.get("/api/postkorb?limit=100");
    alone.push_back(since(start) * 1000);
  }
  std::cout << fmt::format("\nThe Postkorb of 100 items, asked by one person alone: p50 {:.1f} ms, p99 {:.1f} ms.\n",
                           percentile(alone, 0.5), percentile(alone, 0.99));
}

}  // namespace bench
