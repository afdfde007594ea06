#pragma once
// Search: the index in the transaction of the write, the question with the rights inside, and suggestions while typing.
#include "akte/ausgabe.h"
#include "text/query.h"

namespace suche {

using mandant::Berechtigung;

class Index : public akte::SuchIndex {
 public:
  void refresh(sql::WriteTx& tx, std::int64_t mandant, akte::SuchArt art, std::int64_t id) override;
  /// Throws the whole index away and makes it anew from the tables, for these tenants, which must be all. Returns how
  /// many objects it holds. Searches meanwhile find what is there already.
  std::int64_t rebuild(sql::Database& database, const std::vector<std::int64_t>& mandanten);
};

/// What is wrong with the index, in German sentences: rows that are missing, too many, or not as the tables say.
[[nodiscard]] std::vector<std::string> check(const sql::ReadTx& tx, std::int64_t mandant);

struct Treffer {
  std::int64_t dokument = 0;
};
BOOST_DESCRIBE_STRUCT(Treffer, (), (dokument))

struct Ergebnis {
  std::vector<Treffer> treffer{};
  std::int64_t anzahl = 0;  ///< exact, of what the person may see
};

/// Dokumente for a query, best first. Both engines find the same; among hits of like worth the newer comes first.
[[nodiscard]] Ergebnis find(const sql::ReadTx& tx, const Berechtigung& wer, const text::Query& query,
                            std::int64_t limit, std::int64_t offset);

void addRoutes(http::Routes& routes, mandant::Zugang& zugang);

}  // namespace suche
