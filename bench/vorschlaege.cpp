// Where a letter belongs: paragraphs that arrive, each of which is to find its own law, as a clerk through HTTP and by
// the bare full-text table.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "bench.h"
#include "text/analyser.h"

namespace bench {
namespace {

constexpr std::size_t longEnough = 40;  // words; below, there is little to go by
constexpr std::size_t plainTerms = 25, plainHits = 50;

struct Letter {
  std::string id, law, text;
  std::size_t words = 0;
};

struct Score {
  std::size_t letters = 0, first = 0, three = 0;
  void add(const std::vector<std::string>& laws, const std::string& law) {
    ++letters;
    if (!laws.empty() && laws[0] == law) ++first;
    if (std::find(laws.begin(), laws.end(), law) != laws.end()) ++three;
  }
};

/// The law that a Vorgang holds: the last part of its Betreff, which import takes from the folder.
std::string lawOf(std::string_view betreff) { return std::string(betreff.substr(betreff.rfind('/') + 1)); }

std::vector<Letter> upload(Client& client, const fs::path& folder, std::size_t count) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Letter> out;
  for (std::size_t i = 0; i < count && i < files.size(); ++i) {
    const auto& file = files[i * files.size() / std::min(count, files.size())];
    Letter letter{{}, file.parent_path().filename().string(), readFile(file), 0};
    letter.words = text::analyse(letter.text).size();
    const auto reply =
        client.request("POST", "/api/posteingang?dateiname=" + base::percentEncode(file.filename().string()),
                       letter.text, "application/octet-stream");
    if (reply.status != 201)
      throw std::runtime_error("upload answers " + std::to_string(reply.status) + " " + reply.body);
    letter.id = std::string(boost::json::parse(reply.body).at("id").as_string());
    out.push_back(std::move(letter));
  }
  return out;
}

/// BM25 over the rarest words of a letter, each law at the place of its best paragraph.
class Plain {
 public:
  explicit Plain(const fs::path& path)
      : database_(openDatabase(path)),
        vocabulary_(
            (execute(database_.get(), "CREATE VIRTUAL TABLE temp.stammzahl USING fts5vocab(main, suche_wort, col)"),
             database_.get()),
            "SELECT doc FROM stammzahl WHERE term = ? AND col = 'stamm'"),
        hits_(database_.get(),
              "SELECT v.betreff FROM suche_wort JOIN dokument d ON d.mandant = suche_wort.rowid >> 40 AND d.id = "
              "suche_wort.rowid & 1099511627775 "
              "JOIN vorgang v ON v.mandant = d.mandant AND v.id = d.vorgang WHERE suche_wort MATCH ? ORDER BY "
              "bm25(suche_wort) LIMIT ?") {}

  /// Choosing the words is not timed.
  std::string question(const Letter& letter) {
    std::set<std::string> seen;
    std::vector<std::pair<std::int64_t, std::string>> rare;
    for (const auto& token : text::analyse(letter.text)) {
      if (!seen.insert(token.stamm).second) continue;
      vocabulary_.bind(1, token.stamm);
      while (vocabulary_.step()) rare.emplace_back(vocabulary_.number(0), token.stamm);
    }
    std::ranges::sort(rare);
    std::string match;
    for (std::size_t i = 0; i < std::min(plainTerms, rare.size()); ++i)
      match += (i == 0 ? "stamm : (\"" : " OR \"") + rare[i].second + "\"";
    return match.empty() ? match : match + ")";
  }
  std::vector<std::string> ask(const std::string& question) {
    std::vector<std::string> laws;
    if (question.empty()) return laws;
    hits_.bind(1, question);
    hits_.bind(2, static_cast<std::int64_t>(plainHits));
    while (hits_.step()) {
      auto law = lawOf(hits_.text(0));
      if (laws.size() < 3 && std::find(laws.begin(), laws.end(), law) == laws.end()) laws.push_back(std::move(law));
    }
    return laws;
  }

 private:
  Database database_;
  Statement vocabulary_, hits_;
};

void row(std::string_view name, const Score& all, const Score& full, std::vector<double>& times) {
  const auto share = [](std::size_t part, const Score& of) {
    return static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(of.letters, 1));
  };
  std::cout << fmt::format("| {} | {:.3f} | {:.3f} | {:.3f} | {:.3f} | {:.1f} | {:.1f} |\n", name,
                           share(all.first, all), share(all.three, all), share(full.first, full),
                           share(full.three, full), percentile(times, 0.5), percentile(times, 0.99));
}

}  // namespace

void vorschlaege(Arguments arguments) {
  const auto session = login(arguments[0]);
  Client client(arguments[0]);
  client.cookie = session.cookie;
  client.csrf = session.csrf;
  const auto letters = upload(client, arguments[2], std::stoul(arguments[3]));
  std::cerr << letters.size() << " letters arrived\n";
  Plain plain(arguments[1]);
  Score ours, oursFull, bare, bareFull;
  std::vector<double> oursTimes, bareTimes;
  for (int round = 0; round < 2; ++round)  // the first warms both up
    for (const auto& letter : letters) {
      const auto question = plain.question(letter);
      auto start = Clock::now();
      const auto found = plain.ask(question);
      const double bareTime = since(start) * 1000;
      start = Clock::now();
      const auto answer = client.get("/api/dokumente/" + letter.id + "/vorschlaege");
      const double oursTime = since(start) * 1000;
      if (round == 0) continue;
      bareTimes.push_back(bareTime);
      oursTimes.push_back(oursTime);
      std::vector<std::string> laws;
      for (const auto& one : answer.at("eintraege").as_array())
        laws.push_back(lawOf(std::string(one.at("betreff").as_string())));
      ours.add(laws, letter.law);
      bare.add(found, letter.law);
      if (letter.words < longEnough) continue;
      oursFull.add(laws, letter.law);
      bareFull.add(found, letter.law);
    }
  std::cout << fmt::format("\n{} letters, {} of them with at least {} words:\n\n", ours.letters, oursFull.letters,
                           longEnough)
            << "| | right first | right in three | first, long ones | in three, long ones | p50, ms | p99, ms "
               "|\n|---|---:|---:|---:|---:|---:|---:|\n";
  row("proposals", ours, oursFull, oursTimes);
  row("plain BM25", bare, bareFull, bareTimes);
}

}  // namespace bench
