#pragma once
// Geschäftszeichen from a template (domain chapter 2.5): tokens {OE} {Aktenplan} {Akte} {Vorgang} {Dokument} {Jahr} and
// {Lfd:n}, a running number of n digits. Counters only grow, so a sign is never given twice.
#include "akte/zeilen.h"
#include "journal/journal.h"

namespace akte {

enum class Ebene : std::uint8_t { akte, vorgang, dokument };

/// What the tokens stand for. Numbers that the level does not have yet are 0.
struct ZeichenTeile {
  std::string oe{}, aktenplan{};
  int jahr = 0;
  std::int64_t akte = 0, vorgang = 0, dokument = 0, lfd = 0;
  std::int64_t ueber = 0;  ///< of a Teilvorgang: the number of its Vorgang; {Vorgang} is "3.1" then
};

/// Whether a template is well formed and can give each object of its level a sign of its own.
[[nodiscard]] base::Result<void> checkVorlage(std::string_view vorlage, Ebene ebene);
/// Fills a template that passed `checkVorlage`.
[[nodiscard]] std::string render(std::string_view vorlage, const ZeichenTeile& teile);
[[nodiscard]] bool hasToken(std::string_view vorlage, std::string_view token);

/// The next number of a scope, from 1; written with the change.
[[nodiscard]] std::int64_t nextNumber(journal::Change& change, const std::string& bereich);

struct NeuesZeichen {
  std::string zeichen{};
  std::int64_t nummer = 0;
};
/// Draws the next free sign of a level; `bereich` is the scope of its own number ("vorgang:17"). Register it with
/// `registerZeichen` once the object has its id.
[[nodiscard]] NeuesZeichen drawZeichen(journal::Change& change, std::string_view vorlage, Ebene ebene,
                                       ZeichenTeile teile, const std::string& bereich);
void registerZeichen(journal::Change& change, const std::string& zeichen, std::string_view objektArt,
                     std::int64_t objekt);

/// Notes of a sign that is given up where it came from: who does not see that place is not told the sign.
void gibZeichenAuf(journal::Change& change, const std::string& zeichen, std::int64_t darin);

}  // namespace akte
