#pragma once
// Search that forgives what a scanner misread and a person mistyped (text/forgive.h), over the words of a tenant.
#include <map>
#include <unordered_map>

#include "mandant/rechte.h"
#include "sql/database.h"
#include "text/query.h"

namespace suche {

/// By how many documents more (or less) an entry (text::Terms::vokabeln) is in use.
using Wortzahlen = std::unordered_map<std::string, std::int64_t>;

/// Counts the vocabulary on, in the transaction that changes the index.
void zaehleWorte(sql::WriteTx& tx, std::int64_t mandant, const Wortzahlen& worte);

struct Vergebung {
  text::Query frage{};                      ///< as asked, and near words beside it: leaves with `forgiven`
  std::vector<std::string> auchGefunden{};  ///< these words, as folded, in the order of the question
};

/// How far a question is forgiven.
enum class Nachsicht : std::uint8_t {
  verlesen,  ///< only words that are no German words: what a scanner made of one, names in another spelling
  vertippt,  ///< other German words too, for what was typed is found nowhere
};

/// The question with near words beside it. Each of them stands in a document that the person may see; so nothing is
/// suggested from others. Finding exactly what was asked comes first: `text::exactly` takes the near words away again.
/// A word that is found nowhere is always forgiven as `vertippt`.
[[nodiscard]] Vergebung vergeben(const sql::ReadTx& tx, const mandant::Berechtigung& wer, const text::Query& frage,
                                 Nachsicht nachsicht);

/// What is wrong with the vocabulary, in German sentences. `dokumente` says in how many documents each entry should be.
[[nodiscard]] std::vector<std::string> checkWortschatz(const sql::ReadTx& tx, std::int64_t mandant,
                                                       const std::map<std::string, std::int64_t>& dokumente);

}  // namespace suche
