#include "suche/aehnlich.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "sql/liste.h"
#include "text/analyser.h"

namespace suche {
namespace {

// Chosen on paragraphs of federal law, of which each was to find its own law (bench/run vorschlaege).
constexpr std::size_t textBytes = 20'000;  ///< of the letter
constexpr std::size_t mostTerms = 40;      ///< rarest words that are compared
constexpr std::size_t mostAsked = 90;      ///< words whose Dokumente are asked for, longest first
constexpr std::int64_t tooCommon = 1'000;  ///< a word in more Dokumente tells little
constexpr std::size_t firstDokumente = 200, mostDokumente = 2'000, enoughDokumente = 60;
constexpr std::size_t mostVorgaenge = 20;
constexpr std::int64_t ofOneVorgang = 300;  ///< newest Dokumente by which a Vorgang is judged
constexpr double fade = 0.7;                ///< what each further Dokument of a Vorgang adds, against the one before it

struct Term {
  std::string stamm{}, wort{};
  double anzahl = 0, idf = 0, gewicht = 0;
  std::vector<std::int64_t> dokumente{};  ///< ascending
};

struct Nummer {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Nummer, (), (id))

struct DokumentOrt {
  std::int64_t dokument = 0, vorgang = 0;
};
BOOST_DESCRIBE_STRUCT(DokumentOrt, (), (dokument, vorgang))

/// The tsquery for one term.
std::string tsquery(text::Leaf::Stream stream, const std::string& term) {
  text::Leaf leaf;
  leaf.stream = stream;
  leaf.terms = {term};
  return text::toTsquery(leaf);
}

/// Dokumente, seen or not, that hold all these terms of one stream, in their text or above it.
sql::Query holding(const sql::ReadTx& tx, std::int64_t mandant, text::Leaf::Stream stream,
                   const std::vector<std::string>& terms) {
  std::string match;
  if (tx.engine() == sql::Engine::postgres) {
    for (const auto& term : terms) match += (match.empty() ? "" : " & ") + tsquery(stream, term);
    return sql::Query(
        "SELECT s.objekt FROM suche s WHERE s.mandant = :mandant AND s.art = 'dokument' AND s.woerter @@ CAST(:frage "
        "AS tsquery)",
        mandant, match);
  }
  for (const auto& term : terms) match += (match.empty() ? "" : " AND ") + fmt::format("\"{}\"", term);
  const std::int64_t base = mandant << 40;
  const auto* columns = stream == text::Leaf::Stream::stamm ? "{stamm kopfstamm}" : "{wort kopfwort}";
  return sql::Query(
      "SELECT rowid - :basis FROM suche_wort WHERE suche_wort MATCH :frage AND rowid BETWEEN :von AND :bis", base,
      fmt::format("{} : ({})", columns, match), base, base + (std::int64_t{1} << 40) - 1);
}

/// Words that can tell one thing from another: not single letters, not short numbers.
bool tells(const std::string& stamm) {
  const bool number = std::ranges::all_of(stamm, [](char c) { return c >= '0' && c <= '9'; });
  return number ? stamm.size() >= 4 : stamm.size() >= 3;
}

/// Nouns and names begin with a capital in German, and numbers are as good; of other words few tell anything.
bool names(std::string_view wort) {
  const auto first = static_cast<unsigned char>(wort.front());
  if (first == 0xC3 && wort.size() > 1) return static_cast<unsigned char>(wort[1]) < 0x9F;
  return (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9') || first > 0xC3;
}
constexpr double otherWords = 0.5;  ///< what a word without a capital weighs against one with

}  // namespace

/// One question, step by step.
class Aehnlichkeit::Lauf {
 public:
  Lauf(Aehnlichkeit& haus, const sql::ReadTx& tx, const Berechtigung& wer, std::int64_t ausser)
      : haus_(haus), tx_(tx), wer_(wer), ausser_(ausser) {}

  std::vector<Aehnlich> run(std::string_view utf8) {
    collectTerms(utf8);
    askTerms();
    const auto orte = bestDokumente();
    if (orte.empty()) return {};
    return judge(orte);
  }

 private:
  void collectTerms(std::string_view utf8) {
    std::unordered_map<std::string, std::size_t> known;
    for (const auto& token : text::analyse(utf8)) {
      if (!tells(token.stamm)) continue;
      const auto [entry, added] = known.try_emplace(token.stamm, terms_.size());
      if (added)
        terms_.push_back({token.stamm, std::string(utf8.substr(token.begin, token.end - token.begin)), 0, 0, 0, {}});
      ++terms_[entry->second].anzahl;
    }
    auto common = haus_.haeufig_.lock();
    const auto& mine = (*common)[wer_.mandant];
    std::erase_if(terms_, [&](const Term& term) { return mine.contains(term.stamm); });
    std::ranges::stable_sort(terms_, std::greater{}, [](const Term& term) { return term.stamm.size(); });
    if (terms_.size() > mostAsked) terms_.resize(mostAsked);
  }

  void askTerms() {
    // Dokumente take about a third of the numbers that a tenant gives.
    const auto highest = tx_.value<std::int64_t>(
        "SELECT objekt FROM suche WHERE mandant = :mandant ORDER BY objekt DESC LIMIT 1", wer_.mandant);
    alle_ = static_cast<double>(highest.value_or(0)) / 3 + 1;
    std::set<std::string, std::less<>> common;
    for (auto& term : terms_) {
      auto query = holding(tx_, wer_.mandant, text::Leaf::Stream::stamm, {term.stamm});
      query.add(" LIMIT :grenze", tooCommon + 1);
      tx_.each<Nummer>(query, [&](Nummer&& row) { term.dokumente.push_back(row.id); });
      if (static_cast<std::int64_t>(term.dokumente.size()) > tooCommon) {
        common.insert(term.stamm);
        term.dokumente.clear();
      }
      std::erase(term.dokumente, ausser_);
      std::ranges::sort(term.dokumente);
      const auto df = static_cast<double>(term.dokumente.size());
      term.idf = std::log(1 + (std::max(alle_, df) - df + 0.5) / (df + 0.5));
      term.gewicht = term.idf * (1 + std::log(term.anzahl)) * (names(term.wort) ? 1 : otherWords);
    }
    if (auto known = haus_.haeufig_.lock(); !common.empty()) (*known)[wer_.mandant].merge(common);
    std::erase_if(terms_, [](const Term& term) { return term.dokumente.empty(); });
    std::ranges::sort(terms_, [](const Term& a, const Term& b) {
      return a.gewicht != b.gewicht ? a.gewicht > b.gewicht : a.stamm < b.stamm;
    });
    if (terms_.size() > mostTerms) terms_.resize(mostTerms);
    for (const auto& term : terms_) gewicht_ += term.gewicht;
  }

  /// Those with most in common that the person may see and that are filed, best first.
  std::vector<DokumentOrt> bestDokumente() {
    for (const auto& term : terms_)
      for (const auto id : term.dokumente) score_[id] += term.gewicht * term.idf;
    std::vector<std::pair<double, std::int64_t>> order;
    order.reserve(score_.size());
    for (const auto& [id, points] : score_) order.emplace_back(points, id);
    const auto most = std::min(order.size(), mostDokumente);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end(), std::greater{});
    std::vector<DokumentOrt> out;
    for (std::size_t begin = 0; begin < most && out.size() < enoughDokumente; begin += firstDokumente) {
      std::vector<std::int64_t> ids;
      for (std::size_t i = begin; i < std::min(begin + firstDokumente, most); ++i) ids.push_back(order[i].second);
      sql::Query query(
          "SELECT d.id, d.vorgang FROM dokument d WHERE d.mandant = :mandant AND d.vorgang IS NOT NULL AND ",
          wer_.mandant);
      query.add(mandant::sichtbar("d.zugriff", wer_)).add(" AND d.id").add(sql::in(tx_, ids));
      std::unordered_map<std::int64_t, std::int64_t> filed;
      tx_.each<DokumentOrt>(query, [&](DokumentOrt&& row) { filed[row.dokument] = row.vorgang; });
      for (const auto id : ids)
        if (const auto found = filed.find(id); found != filed.end()) out.push_back({id, found->second});
    }
    return out;
  }

  /// A Vorgang by its Dokumente, the best most; then by how much the words are its own.
  std::vector<Aehnlich> judge(const std::vector<DokumentOrt>& orte) {
    std::unordered_map<std::int64_t, std::size_t> placeOf;
    std::unordered_map<std::int64_t, double> factor;
    std::vector<Aehnlich> out;
    for (const auto& ort : orte) {
      const auto [place, added] = placeOf.try_emplace(ort.vorgang, out.size());
      if (added) out.push_back({ort.vorgang, ort.dokument, 0, 0, shareOf(ort.dokument), {}});
      auto& weight = factor.try_emplace(ort.vorgang, 1).first->second;
      out[place->second].punkte += score_[ort.dokument] * weight;
      weight *= fade;
    }
    best(out);
    weigh(out);
    best(out);
    return out;
  }

  double shareOf(std::int64_t dokument) const {
    double share = 0;
    for (const auto& term : terms_)
      if (std::ranges::binary_search(term.dokumente, dokument)) share += term.gewicht;
    return share / gewicht_;
  }

  static void best(std::vector<Aehnlich>& list) {
    std::ranges::sort(list, [](const Aehnlich& a, const Aehnlich& b) {
      return a.punkte != b.punkte ? a.punkte > b.punkte : a.vorgang > b.vorgang;
    });
    if (list.size() > mostVorgaenge) list.resize(mostVorgaenge);
  }

  /// How much more often each word stands in the Vorgang than anywhere, most for words that few of these Vorgänge have.
  void weigh(std::vector<Aehnlich>& list) {
    std::vector<std::vector<double>> shares;  // [Vorgang][term]
    std::vector<double> with(terms_.size()), sizes;
    for (const auto& one : list) {
      const auto ids = dokumenteOf(one.vorgang);
      sizes.push_back(static_cast<double>(std::max<std::size_t>(ids.size(), 1)));
      auto& row = shares.emplace_back(terms_.size());
      for (std::size_t i = 0; i < terms_.size(); ++i) {
        const auto& other = terms_[i].dokumente;
        double both = 0;
        for (const auto id : ids) both += std::ranges::binary_search(other, id) ? 1 : 0;
        row[i] = both / sizes.back();
        if (both > 0) ++with[i];
      }
    }
    const auto all = static_cast<double>(list.size());
    for (std::size_t v = 0; v < list.size(); ++v) {
      double sum = 0, share = 0;
      std::vector<GemeinsamesWort> worte;
      for (std::size_t i = 0; i < terms_.size(); ++i) {
        if (shares[v][i] == 0) continue;
        const double usual = static_cast<double>(terms_[i].dokumente.size()) / alle_;
        const double part = terms_[i].gewicht * std::log(1 + 0.1 * shares[v][i] / usual) * std::log(1 + all / with[i]);
        sum += part;
        share += terms_[i].gewicht;
        if (names(terms_[i].wort)) worte.push_back({terms_[i].wort, part});
      }
      list[v].punkte *= sum * std::pow(sizes[v], 0.1);
      list[v].anteil = share / gewicht_;
      std::ranges::stable_sort(worte, std::greater{}, &GemeinsamesWort::gewicht);
      if (worte.size() > 5) worte.resize(5);
      list[v].worte = std::move(worte);
    }
  }

  std::vector<std::int64_t> dokumenteOf(std::int64_t vorgang) {
    sql::Query query("SELECT d.id FROM dokument d WHERE d.mandant = :mandant AND d.vorgang = :vorgang AND ",
                     wer_.mandant, vorgang);
    query.add(mandant::sichtbar("d.zugriff", wer_)).add(" ORDER BY d.id DESC LIMIT :grenze", ofOneVorgang);
    std::vector<std::int64_t> out;
    tx_.each<Nummer>(query, [&](Nummer&& row) { out.push_back(row.id); });
    return out;
  }

  Aehnlichkeit& haus_;
  const sql::ReadTx& tx_;
  const Berechtigung& wer_;
  std::int64_t ausser_;
  std::vector<Term> terms_;
  std::unordered_map<std::int64_t, double> score_;
  double alle_ = 1, gewicht_ = 1e-9;
};

std::vector<Aehnlich> Aehnlichkeit::find(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view text,
                                         std::int64_t ausser) {
  return Lauf(*this, tx, wer, ausser).run(base::cutUtf8(text, textBytes));
}

std::vector<std::int64_t> dokumenteMit(const sql::ReadTx& tx, const Berechtigung& wer,
                                       const std::vector<std::string>& worte, std::int64_t limit) {
  if (worte.empty()) return {};
  sql::Query query("SELECT d.id FROM dokument d WHERE d.mandant = :d_mandant AND d.vorgang IS NOT NULL AND ",
                   wer.mandant);
  query.add(mandant::sichtbar("d.zugriff", wer)).add(" AND d.id IN (");
  query.add(holding(tx, wer.mandant, text::Leaf::Stream::wort, worte)).add(") ORDER BY d.id DESC LIMIT :grenze", limit);
  std::vector<std::int64_t> out;
  tx.each<Nummer>(query, [&](Nummer&& row) { out.push_back(row.id); });
  return out;
}

namespace {

struct KopfZeile {
  akte::SuchArt art{};
  std::int64_t objekt = 0;
};
BOOST_DESCRIBE_STRUCT(KopfZeile, (), (art, objekt))

constexpr std::int64_t headsOfWord = 200;
constexpr std::size_t wordsOfLine = 12, mostHeads = 10;
constexpr double telling = 5;  ///< the weight of a word that one head or two have

/// Akten and Vorgänge with this word in their head, newest first.
std::vector<KopfZeile> headsWith(const sql::ReadTx& tx, const Berechtigung& wer, const std::string& stamm) {
  sql::Query query("SELECT s.art, s.objekt");
  if (tx.engine() == sql::Engine::postgres) {
    query.add(
        " FROM suche s WHERE s.mandant = :mandant AND s.art <> 'dokument' AND s.woerter @@ CAST(:frage AS tsquery) "
        "AND ",
        wer.mandant, tsquery(text::Leaf::Stream::stamm, stamm));
  } else {
    const std::int64_t base = wer.mandant << 40;
    query.add(
        " FROM vorschlag_wort JOIN suche s ON s.mandant = :mandant AND s.objekt = vorschlag_wort.rowid - :basis "
        "WHERE vorschlag_wort MATCH :frage AND vorschlag_wort.rowid BETWEEN :von AND :bis AND ",
        wer.mandant, base, fmt::format("stamm : \"{}\"", stamm), base, base + (std::int64_t{1} << 40) - 1);
  }
  query.add(mandant::sichtbar("s.zugriff", wer)).add(" ORDER BY s.objekt DESC LIMIT :grenze", headsOfWord);
  return tx.query<KopfZeile>(query);
}

}  // namespace

std::vector<Kopf> koepfeMit(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view zeile) {
  std::map<std::int64_t, Kopf> found;
  std::set<std::string> asked;
  double all = 0;
  for (const auto& token : text::analyse(zeile)) {
    const auto wort = zeile.substr(token.begin, token.end - token.begin);
    const bool year = token.stamm.size() == 4 && token.stamm.find_first_not_of("0123456789") == std::string::npos;
    if (!tells(token.stamm) || !names(wort) || year) continue;
    if (asked.size() >= wordsOfLine || !asked.insert(token.stamm).second) continue;
    const auto heads = headsWith(tx, wer, token.stamm);
    if (heads.empty()) continue;  // what no head says cannot tell one from another
    const double weight =
        std::log(1 + 2.0 * static_cast<double>(headsOfWord) / (1 + static_cast<double>(heads.size())));
    all += weight;
    for (const auto& head : heads) {
      auto& kopf = found.try_emplace(head.objekt, Kopf{head.art, head.objekt, 0, {}}).first->second;
      kopf.anteil += weight;
      kopf.worte.emplace_back(wort);
    }
  }
  std::vector<Kopf> out;
  for (auto& [id, kopf] : found) {
    // One common word is no sign of anything, however short the line.
    kopf.anteil *= std::min(1.0, kopf.anteil * kopf.anteil / (telling * telling)) / all;
    out.push_back(std::move(kopf));
  }
  std::ranges::sort(out, [](const Kopf& a, const Kopf& b) {
    return a.anteil != b.anteil ? a.anteil > b.anteil : a.objekt > b.objekt;
  });
  if (out.size() > mostHeads) out.resize(mostHeads);
  return out;
}

}  // namespace suche
