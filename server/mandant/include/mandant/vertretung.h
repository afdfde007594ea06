#pragma once
// Vertretung: who stands in for whom, from when until when, for all or for parts. Over several levels, never in a ring.
#include <span>

#include "mandant/organisation.h"

namespace mandant {

/// Kinds of work that a Vertretung may be narrowed to.
enum class Aufgabe : std::uint8_t {
  zeichnung,    ///< Mitzeichnung and Schlusszeichnung
  bearbeitung,  ///< what is to be done: Bearbeitung, Stellungnahme, Prüfung, Rücksprache, Wiedervorlage, Versand, zdA
  kenntnis,
};
BOOST_DESCRIBE_ENUM(Aufgabe, zeichnung, bearbeitung, kenntnis)

struct VertretungZeile {
  static constexpr std::string_view tabelle = "vertretung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1, person = 0, vertreter = 0;
  base::Datum von{};
  std::optional<base::Datum> bis{};
  std::optional<std::string> bemerkung{};
  std::optional<std::int64_t> organisationseinheit{};  ///< only for Akten of this unit
  std::optional<Aufgabe> aufgabe{};                    ///< only for this kind of work
};
BOOST_DESCRIBE_STRUCT(VertretungZeile, (),
                      (mandant, id, uuid, stand, person, vertreter, von, bis, bemerkung, organisationseinheit, aufgabe))

/// What a Vertretung is for; nothing set is everything.
struct Bereich {
  std::optional<std::int64_t> organisationseinheit{};
  std::optional<Aufgabe> aufgabe{};
  friend auto operator<=>(const Bereich&, const Bereich&) = default;

  [[nodiscard]] bool umfasst(std::int64_t einheit, Aufgabe was) const {
    return (!organisationseinheit || *organisationseinheit == einheit) && (!aufgabe || *aufgabe == was);
  }
};
[[nodiscard]] Bereich bereichOf(const VertretungZeile& row);
/// What lies in both; nothing where they exclude each other.
[[nodiscard]] std::optional<Bereich> schnitt(const Bereich& a, const Bereich& b);

/// Somebody for whom a person stands in.
struct Vertretener {
  std::int64_t person = 0;
  Bereich bereich{};
  friend auto operator<=>(const Vertretener&, const Vertretener&) = default;
};
/// Everybody for whom this person stands in on a day: also for whom those stand in who have named him, each as far as
/// all between them reach. In order of person; one person may be there more than once, for different parts.
[[nodiscard]] std::vector<Vertretener> vertreteneOf(std::span<const VertretungZeile> all, std::int64_t vertreter,
                                                    const base::Datum& tag);
/// The people of a ring that `neu` would close at some time, from the one who is stood in for; empty when it closes
/// none.
[[nodiscard]] std::vector<std::int64_t> ringMit(std::span<const VertretungZeile> all, const VertretungZeile& neu);

struct VertretungNeu {
  std::optional<base::Uuid> person{};  ///< who is stood in for; by default oneself
  base::Uuid vertreter{};
  base::Datum von{};
  std::optional<base::Datum> bis{};
  std::optional<base::Line<300>> bemerkung{};
  std::optional<base::Uuid> organisationseinheit{};
  std::optional<Aufgabe> aufgabe{};
};
BOOST_DESCRIBE_STRUCT(VertretungNeu, (), (person, vertreter, von, bis, bemerkung, organisationseinheit, aufgabe))

/// For oneself, or for anybody with personPflegen. Refused for oneself by oneself, where it would close a ring, and
/// where the same two have the same at that time.
[[nodiscard]] base::Result<VertretungZeile> setVertretung(Change& change, const Berechtigung& wer,
                                                          const VertretungNeu& input);
/// Ends it with the given day, or takes it away where it has not begun.
[[nodiscard]] base::Result<void> endVertretung(Change& change, const Berechtigung& wer, const VertretungZeile& before,
                                               const base::Datum& bis);
/// Who stands in for this person on a day, by the order in which they were named.
[[nodiscard]] std::vector<std::int64_t> vertreterOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person,
                                                    const base::Datum& tag);
/// `vertreteneOf` over the rows of a tenant that reach this person.
[[nodiscard]] std::vector<Vertretener> vertreteneOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t vertreter,
                                                    const base::Datum& tag);

void addVertretungRoutes(http::Routes& routes, Zugang& zugang);

}  // namespace mandant
