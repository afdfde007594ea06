// How well the search finds what was meant: nDCG beside plain FTS5, and recall over scans with and without forgiveness.
#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include "bench.h"
#include "suche/suche.h"
#include "suche/wortschatz.h"
#include "text/analyser.h"

namespace bench {
namespace {

constexpr std::size_t places = 10;

struct Document {
  std::int64_t id = 0;
  std::string betreff{}, text{};
};

/// The current texts of the tenant that has most of them.
std::vector<Document> documentsOf(const fs::path& path, std::int64_t& mandant) {
  const auto database = openDatabase(path);
  Statement most(database.get(), "SELECT mandant FROM dokument GROUP BY mandant ORDER BY COUNT(*) DESC LIMIT 1");
  if (!most.step()) throw std::runtime_error("no documents");
  mandant = most.number(0);
  Statement read(
      database.get(),
      "SELECT d.id, d.betreff, t.text FROM dokument d JOIN version v ON v.mandant = d.mandant AND v.dokument = "
      "d.id AND v.nr = d.version JOIN volltext t ON t.mandant = v.mandant AND t.version = v.id "
      "WHERE d.mandant = ? ORDER BY d.id");
  read.bind(1, mandant);
  std::vector<Document> out;
  while (read.step()) out.push_back({read.number(0), std::string(read.text(1)), std::string(read.text(2))});
  return out;
}

struct Question {
  std::vector<std::string> words{};
  std::set<std::int64_t> wanted{};
  [[nodiscard]] std::string typed() const { return fmt::format("{}", fmt::join(words, " ")); }
};

using Ids = std::vector<std::int64_t>;

/// 1 where all that is wanted stands first, less where it stands lower.
double ndcg(const Ids& found, const std::set<std::int64_t>& wanted) {
  double sum = 0, best = 0;
  for (std::size_t i = 0; i < places; ++i) {
    const double gain = 1 / std::log2(static_cast<double>(i) + 2);
    if (i < found.size() && wanted.contains(found[i])) sum += gain;
    if (i < wanted.size()) best += gain;
  }
  return sum / best;
}

/// The search of the program, as it stands behind the API.
class Ours {
 public:
  Ours(const fs::path& path, std::int64_t mandant)
      : database_(sql::Address{sql::Engine::sqlite, path.string()}, {.connections = 1}) {
    wer_.mandant = mandant;
  }
  Ids find(const std::string& typed, bool forgiving) {
    return database_.read(wer_.mandant, [&](const sql::ReadTx& tx) {
      const auto query = text::parseQuery(typed);
      auto out = first(tx, query);
      if (!forgiving || out.size() == places) return out;
      const auto near =
          suche::vergeben(tx, wer_, query, out.empty() ? suche::Nachsicht::vertippt : suche::Nachsicht::verlesen);
      for (const auto id : first(tx, near.frage))
        if (out.size() < places && std::ranges::find(out, id) == out.end()) out.push_back(id);
      return out;
    });
  }

 private:
  Ids first(const sql::ReadTx& tx, const text::Query& query) {
    Ids out;
    for (const auto& hit : suche::find(tx, wer_, query, 2 * places, 0).treffer) out.push_back(hit.dokument);
    return out;
  }
  sql::Database database_;
  mandant::Berechtigung wer_{};
};

/// FTS5 with its own tokenizer over the same Betreff and text.
class Plain {
 public:
  explicit Plain(const std::vector<Document>& documents) : database_(openDatabase(":memory:")) {
    execute(database_.get(),
            "CREATE VIRTUAL TABLE plain USING fts5(betreff, text, tokenize = 'unicode61 remove_diacritics 2')");
    execute(database_.get(), "BEGIN");
    Statement insert(database_.get(), "INSERT INTO plain (rowid, betreff, text) VALUES (?, ?, ?)");
    for (const auto& document : documents) {
      insert.bind(1, document.id);
      insert.bind(2, document.betreff);
      insert.bind(3, document.text);
      insert.step();
    }
    execute(database_.get(), "COMMIT");
  }
  Ids find(const Question& question, std::string_view sign) {
    std::string match;
    for (const auto& word : question.words) (match += match.empty() ? "\"" : fmt::format(" {} \"", sign)) += word + '"';
    Statement select(database_.get(), "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10");
    select.bind(1, match);
    Ids out;
    while (select.step()) out.push_back(select.number(0));
    return out;
  }

 private:
  Database database_;
};

std::string folded(const std::string& word) {
  const auto tokens = text::analyse(word);
  return tokens.size() == 1 ? tokens[0].wort : std::string();
}

/// German nouns, folded, as a dictionary writes them (not the list that the program has).
std::unordered_map<std::string, std::string> nounsOf(const fs::path& path) {
  std::unordered_map<std::string, std::string> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto fold = folded(line);
    if (fold.size() >= 4 && !line.empty() && (line[0] < 'a' || line[0] > 'z')) out.emplace(fold, line);
  }
  return out;
}

/// Two nouns that make this word, with what joins them.
std::vector<std::string> twoNouns(const std::string& wort, const std::unordered_map<std::string, std::string>& nouns) {
  for (std::size_t at = wort.size() - 5; at >= 5; --at) {
    const auto second = nouns.find(wort.substr(at));
    if (second == nouns.end()) continue;
    for (const std::string_view joint : {"", "s", "es", "n", "en"}) {
      const auto head = std::string_view(wort).substr(0, at);
      if (!head.ends_with(joint)) continue;
      const auto first = nouns.find(std::string(head.substr(0, head.size() - joint.size())));
      if (first != nouns.end() && first->first.size() >= 5) return {first->second, second->second};
    }
  }
  return {};
}

/// Words of the heading: four or more of at least four letters, of a heading that only one document has.
std::vector<Question> titleQuestions(const std::vector<Document>& documents, std::size_t count) {
  std::map<std::string, int> headings;
  for (const auto& document : documents) ++headings[document.text.substr(0, document.text.find('\n'))];
  std::vector<Question> out;
  for (std::size_t i = 0; i < documents.size() && out.size() < count; ++i) {
    const auto& document = documents[i * 7919 % documents.size()];
    const auto heading = document.text.substr(0, document.text.find('\n'));
    if (headings[heading] != 1) continue;
    Question question{{}, {document.id}};
    for (const auto& token : text::analyse(heading))
      if (token.wort.size() >= 4 && token.wort[0] >= 'a' && question.words.size() < 4)
        question.words.push_back(heading.substr(token.begin, token.end - token.begin));
    if (question.words.size() >= 3) out.push_back(std::move(question));
  }
  return out;
}

/// The two nouns of a compound that stands in one to five documents.
std::vector<Question> partQuestions(const std::vector<Document>& documents, const fs::path& dictionary,
                                    std::size_t count) {
  const auto nouns = nounsOf(dictionary);
  std::unordered_map<std::string, std::set<std::int64_t>> compounds;
  for (const auto& document : documents)
    for (const auto& token : text::analyse(document.text))
      if (token.wort.size() >= 14 && token.wort.size() <= 40) compounds[token.wort].insert(document.id);
  const std::map<std::string, std::set<std::int64_t>> ordered(compounds.begin(), compounds.end());
  std::vector<const std::pair<const std::string, std::set<std::int64_t>>*> rare;
  for (const auto& entry : ordered)
    if (entry.second.size() <= 5) rare.push_back(&entry);
  std::vector<Question> out;
  for (std::size_t i = 0; i < rare.size() && out.size() < count; ++i) {
    const auto& [wort, wanted] = *rare[i * 7919 % rare.size()];
    if (auto words = twoNouns(wort, nouns); !words.empty()) out.push_back({std::move(words), wanted});
  }
  return out;
}

void row(std::string_view name, const std::vector<Question>& questions, Ours& ours, Plain& plain) {
  double sum = 0, all = 0, any = 0;
  for (const auto& question : questions) {
    sum += ndcg(ours.find(question.typed(), true), question.wanted);
    all += ndcg(plain.find(question, "AND"), question.wanted);
    any += ndcg(plain.find(question, "OR"), question.wanted);
  }
  const auto n = static_cast<double>(questions.size());
  std::cout << fmt::format("| {} {} | {:.3f} | {:.3f} | {:.3f} |\n", questions.size(), name, sum / n, all / n, any / n);
}

}  // namespace

void quality(Arguments arguments) {
  std::int64_t mandant = 0;
  const auto documents = documentsOf(arguments[0], mandant);
  Ours ours(arguments[0], mandant);
  Plain plain(documents);
  const auto titles = titleQuestions(documents, 100);
  const auto parts = partQuestions(documents, arguments[1], 100);
  std::cout << "\n| nDCG@10 | Aktenlotse | plain, all words | plain, any word |\n|---|---:|---:|---:|\n";
  row("headings", titles, ours, plain);
  row("compounds by their parts", parts, ours, plain);
  auto all = titles;
  all.insert(all.end(), parts.begin(), parts.end());
  row("in all", all, ours, plain);
}

void misread(Arguments arguments) {
  std::int64_t mandant = 0;
  std::map<std::string, std::int64_t> ids;
  for (const auto& document : documentsOf(arguments[0], mandant)) ids[document.betreff] = document.id;
  Ours ours(arguments[0], mandant);
  // A line: the name of the scan, and what is asked.
  std::ifstream in(arguments[1]);
  std::map<std::string, std::array<int, 3>> sums;
  for (std::string name, kind, typed;
       std::getline(in, name, '\t') && std::getline(in, kind, '\t') && std::getline(in, typed);) {
    const auto id = ids.find(name);
    if (id == ids.end()) throw std::runtime_error("the scan " + name + " was not imported");
    auto& [asked, exact, forgiven] = sums[kind];
    const auto has = [&](bool forgiving) {
      const auto found = ours.find(typed, forgiving);
      return std::ranges::find(found, id->second) != found.end() ? 1 : 0;
    };
    ++asked;
    exact += has(false);
    forgiven += has(true);
  }
  std::cout << "\n| questions | recall at 10, exact | with forgiveness |\n|---|---:|---:|\n";
  for (const auto& [kind, sum] : sums)
    std::cout << fmt::format("| {} {} | {:.3f} | {:.3f} |\n", sum[0], kind, 1.0 * sum[1] / sum[0],
                             1.0 * sum[2] / sum[0]);
}

}  // namespace bench
