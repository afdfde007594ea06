// Questions drawn from the imported text, asked through HTTP as a clerk and of the bare full-text table.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <stdexcept>
#include <thread>

#include "base/text.h"
#include "bench.h"
#include "text/analyser.h"
#include "text/query.h"

namespace bench {
namespace {

enum class Kind : std::uint8_t { rare, common, everywhere, phrase, prefix, twoWords, facets, mistyped };
constexpr std::array<std::pair<std::string_view, std::size_t>, 8> kinds{{{"rare words", 40},
                                                                         {"common words", 50},
                                                                         {"words that are everywhere", 20},
                                                                         {"phrases of three words", 30},
                                                                         {"beginnings of five letters", 30},
                                                                         {"two words", 30},
                                                                         {"words with a period and facets", 30},
                                                                         {"mistyped words", 20}}};
constexpr int rounds = 5;
constexpr unsigned manyConnections = 16;

struct Question {
  Kind kind{};
  std::string target;  ///< of the request
  std::string match;   ///< the same for FTS5
};

/// Takes documents in a fixed order that jumps about, and from each what is still wanted.
class Draw {
 public:
  explicit Draw(sqlite3* database)
      : database_(database), documents_(database, "SELECT doc FROM temp.woerter WHERE term = ? AND col = 'stamm'") {}

  std::vector<Question> all() {
    std::vector<std::int64_t> ids;
    Statement list(database_, "SELECT rowid FROM volltext ORDER BY rowid");
    while (list.step()) ids.push_back(list.number(0));
    total_ = static_cast<std::int64_t>(ids.size());
    Statement read(database_, "SELECT text FROM volltext WHERE rowid = ?");
    for (std::size_t i = 0; i < ids.size() && out_.size() < wanted(); ++i) {
      read.bind(1, ids[i * 7919 % ids.size()]);
      if (!read.step()) continue;
      const std::string text(read.text(0));
      while (read.step()) {
      }
      from(text, i);
    }
    if (out_.size() < wanted()) throw std::runtime_error("too little text for the questions");
    return std::move(out_);
  }

 private:
  static std::size_t wanted() {
    std::size_t sum = 0;
    for (const auto& kind : kinds) sum += kind.second;
    return sum;
  }

  void from(const std::string& text, std::size_t round) {
    const auto tokens = text::analyse(text);
    if (tokens.size() < 20) return;
    const auto at = 5 + round % (tokens.size() - 15);
    const auto word = [&](std::size_t i) { return text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin); };
    const auto isPlain = [&](std::size_t i) { return tokens[i].wort.size() >= 4 && tokens[i].wort[0] >= 'a'; };
    if (isPlain(at)) {
      documents_.bind(1, tokens[at].stamm);
      const auto found = documents_.step() ? documents_.number(0) : 0;
      while (documents_.step()) {
      }
      if (found > 0 && found <= 20) add(Kind::rare, word(at));
      if (found >= total_ / 500 && found <= total_ / 50) add(Kind::facets, word(at), " datum:2000..2019");
      if (tokens[at].wort.size() >= 7) add(Kind::mistyped, tokens[at].wort.substr(0, 3) + tokens[at].wort.substr(4));
      if (found >= total_ / 500 && found <= total_ / 50) add(Kind::common, word(at));
      if (tokens[at].wort.size() >= 8) add(Kind::prefix, tokens[at].wort.substr(0, 5) + "*");
      if (isPlain(at + 4)) add(Kind::twoWords, word(at) + " " + word(at + 4));
    }
    for (const auto i : {at, at + 1}) {
      documents_.bind(1, tokens[i].stamm);
      const auto found = documents_.step() ? documents_.number(0) : 0;
      while (documents_.step()) {
      }
      if (found >= total_ / 8) add(Kind::everywhere, word(i));
    }
    add(Kind::phrase, '"' + word(at) + " " + word(at + 1) + " " + word(at + 2) + '"');
  }

  void add(Kind kind, const std::string& typed, const std::string& fields = {}) {
    auto& count = counts_[kind];
    const auto query = text::parseQuery(typed);
    if (count == kinds.at(static_cast<std::size_t>(kind)).second || !query.root || !query.hints.empty()) return;
    auto match = text::toFts5(query);
    if (std::ranges::any_of(out_, [&](const auto& one) { return one.match == match; })) return;
    ++count;
    out_.push_back({kind,
                    "/api/suche?q=" + base::percentEncode(typed + fields) + (fields.empty() ? "" : "&facetten=true"),
                    std::move(match)});
  }

  sqlite3* database_;
  Statement documents_;
  std::int64_t total_ = 0;
  std::map<Kind, std::size_t> counts_;
  std::vector<Question> out_;
};

/// Milliseconds of each answer, by kind of question.
using Times = std::map<Kind, std::vector<double>>;

struct Measured {
  Times ours, few, bare;
  void add(const Measured& other) {
    for (const auto& [kind, list] : other.few) few[kind].insert(few[kind].end(), list.begin(), list.end());
    for (const auto& [kind, list] : other.ours) ours[kind].insert(ours[kind].end(), list.begin(), list.end());
    for (const auto& [kind, list] : other.bare) bare[kind].insert(bare[kind].end(), list.begin(), list.end());
  }
};

/// Asks the server and the table in turn, so that whatever disturbs the machine disturbs both.
class Asker {
 public:
  Asker(std::string_view port, const std::string& cookie, const std::string& fewCookie, const fs::path& path)
      : client_(port),
        few_(port),
        database_(openDatabase(path)),
        bare_(database_.get(), "SELECT rowid FROM suche_wort WHERE suche_wort MATCH ? ORDER BY rank LIMIT 20") {
    client_.cookie = cookie;
    few_.cookie = fewCookie;
  }

  void askOurs(const Question& question, Measured& into) { ask(client_, question, into.ours); }
  void askFew(const Question& question, Measured& into) { ask(few_, question, into.few); }

  static void ask(Client& client, const Question& question, Times& into) {
    const auto start = Clock::now();
    const auto reply = client.request("GET", question.target);
    into[question.kind].push_back(since(start) * 1000);
    if (reply.status != 200) throw std::runtime_error(question.target + " answers " + std::to_string(reply.status));
  }

  void askBare(const Question& question, Measured& into) {
    const auto start = Clock::now();
    bare_.bind(1, question.match);
    while (bare_.step()) {
    }
    into.bare[question.kind].push_back(since(start) * 1000);
  }

 private:
  Client client_, few_;
  Database database_;
  Statement bare_;
};

void row(std::string_view name, std::vector<double> ours, std::vector<double> few, std::vector<double> bare) {
  const double ours50 = percentile(ours, 0.5), few50 = percentile(few, 0.5), bare50 = percentile(bare, 0.5);
  const double ours99 = percentile(ours, 0.99), few99 = percentile(few, 0.99), bare99 = percentile(bare, 0.99);
  std::cout << fmt::format("| {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} |\n", name,
                           ours50, few50, bare50, ours50 / bare50, ours99, few99, bare99, ours99 / bare99);
}

void table(const Measured& measured, unsigned connections) {
  std::cout << fmt::format(
      "\n{} connection{}, ms; “few” is the person with rights on every tenth file:\n\n| questions | p50 | few p50 | "
      "bare "
      "p50 | p50/bare | p99 | few p99 | bare p99 | p99/bare |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
      connections, connections == 1 ? "" : "s");
  std::vector<double> ours, few, bare;
  const auto append = [](std::vector<double>& to, const std::vector<double>& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  for (const auto& [kind, list] : measured.ours) {
    const auto& [name, count] = kinds.at(static_cast<std::size_t>(kind));
    row(fmt::format("{} {}", count, name), list, measured.few.at(kind), measured.bare.at(kind));
    append(ours, list);
    append(few, measured.few.at(kind));
    append(bare, measured.bare.at(kind));
  }
  row("**all**", ours, few, bare);
}

}  // namespace

void search(Arguments arguments) {
  const auto all = loginAs(arguments[0], arguments[2]), few = loginAs(arguments[0], arguments[3]);
  const fs::path path = arguments[1];
  const auto database = openDatabase(path);
  execute(database.get(), "CREATE VIRTUAL TABLE temp.woerter USING fts5vocab(main, suche_wort, col)");
  const auto questions = Draw(database.get()).all();

  Measured one;
  Asker asker(arguments[0], all, few, path);
  for (int round = -1; round < rounds; ++round) {
    if (round == 0) one = {};  // the first round warms both up
    for (const auto& question : questions) {
      asker.askOurs(question, one);
      asker.askFew(question, one);
      asker.askBare(question, one);
    }
    std::cerr << "1 connection: round " << round + 1 << " of " << rounds << '\n';
  }
  table(one, 1);

  std::vector<Measured> parts(manyConnections);
  for (const bool ours : {true, false}) {
    std::cerr << manyConnections << (ours ? " connections\n" : " bare\n");
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < manyConnections; ++i)
      threads.emplace_back([&, i] {
        Asker mine(arguments[0], all, few, path);
        for (std::size_t q = 0; q < questions.size(); ++q) {
          const auto& question = questions[(q + i * questions.size() / manyConnections) % questions.size()];
          if (ours) {
            mine.askOurs(question, parts[i]);
            mine.askFew(question, parts[i]);
          } else {
            mine.askBare(question, parts[i]);
          }
        }
      });
  }
  Measured many;
  for (const auto& part : parts) many.add(part);
  table(many, manyConnections);
}

}  // namespace bench
