#pragma once
// "More like this": the Vorgänge whose Dokumente share the rare words of a text, by the search index itself.
#include <map>
#include <set>

#include "base/guarded.h"
#include "suche/suche.h"

namespace suche {

/// A word of the text that a Vorgang has too.
struct GemeinsamesWort {
  std::string wort{};  ///< as the text writes it
  double gewicht = 0;
};

struct Aehnlich {
  std::int64_t vorgang = 0;
  std::int64_t dokument = 0;             ///< the one that is most like the text
  double punkte = 0;                     ///< for the order among Vorgänge of one answer only
  double anteil = 0;                     ///< 0 to 1: how much of the weight of the text's rare words the Vorgang has
  double naehe = 0;                      ///< 0 to 1: the same of its best Dokument
  std::vector<GemeinsamesWort> worte{};  ///< those that counted most, at most five
};

/// Thread-safe; both engines give the same. Remembers which words are too common to tell anything, which changes no
/// answer: a word that was too common once is not asked for again.
class Aehnlichkeit {
 public:
  /// The best Vorgänge first, at most 20. Only Dokumente that the person may see count, nothing of `ausser`.
  [[nodiscard]] std::vector<Aehnlich> find(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view text,
                                           std::int64_t ausser);

 private:
  class Lauf;
  base::Guarded<std::map<std::int64_t, std::set<std::string, std::less<>>>> haeufig_;
};

/// Filed Dokumente that the person may see and that hold all these words, newest first.
[[nodiscard]] std::vector<std::int64_t> dokumenteMit(const sql::ReadTx& tx, const Berechtigung& wer,
                                                     const std::vector<std::string>& worte, std::int64_t limit);

/// An Akte or a Vorgang whose sign or Betreff has words of a line.
struct Kopf {
  akte::SuchArt art{};
  std::int64_t objekt = 0;
  double anteil = 0;                 ///< 0 to 1: how much of the line's weight it has
  std::vector<std::string> worte{};  ///< as the line writes them
};

/// Those with most in common first, at most ten; only what the person may see.
[[nodiscard]] std::vector<Kopf> koepfeMit(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view zeile);

}  // namespace suche
