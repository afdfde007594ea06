#pragma once
// Vertretung as data: who stands in for whom, from when until when.
#include "mandant/organisation.h"

namespace mandant {

struct VertretungZeile {
  static constexpr std::string_view tabelle = "vertretung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1, person = 0, vertreter = 0;
  base::Datum von{};
  std::optional<base::Datum> bis{};
  std::optional<std::string> bemerkung{};
};
BOOST_DESCRIBE_STRUCT(VertretungZeile, (), (mandant, id, uuid, stand, person, vertreter, von, bis, bemerkung))

struct VertretungNeu {
  std::optional<base::Uuid> person{};  ///< who is stood in for; by default oneself
  base::Uuid vertreter{};
  base::Datum von{};
  std::optional<base::Datum> bis{};
  std::optional<base::Line<300>> bemerkung{};
};
BOOST_DESCRIBE_STRUCT(VertretungNeu, (), (person, vertreter, von, bis, bemerkung))

/// For oneself, or for anybody with personPflegen. Refused for oneself by oneself, and where the same two overlap.
[[nodiscard]] base::Result<VertretungZeile> setVertretung(Change& change, const Berechtigung& wer,
                                                          const VertretungNeu& input);
/// Ends it with the given day, or takes it away where it has not begun.
[[nodiscard]] base::Result<void> endVertretung(Change& change, const Berechtigung& wer, const VertretungZeile& before,
                                               const base::Datum& bis);
/// Who stands in for this person on a day, by the order in which they were named.
[[nodiscard]] std::vector<std::int64_t> vertreterOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person,
                                                    const base::Datum& tag);

void addVertretungRoutes(http::Routes& routes, Zugang& zugang);

}  // namespace mandant
