#pragma once
// The typed line of a slip: `@bauamt mz bis Fr, @kämmerei mz, dann @bürgermeister sz, Versand, zdA`. What may be
// written stands in docs/laufweg.md. Pure: names come from a directory, today's date from the caller.
#include "geschaeftsgang/laufweg.h"

namespace geschaeftsgang {

/// Somebody who can be named in a line.
struct Eintrag {
  Adressat adressat{};
  base::Uuid uuid{};
  std::string name{};                     ///< as it is shown
  std::vector<std::string> schluessel{};  ///< by which it is found, shortest first
};

/// Whom a town's lines can name.
class Verzeichnis {
 public:
  explicit Verzeichnis(std::vector<Eintrag> eintraege);

  struct Fund {
    const Eintrag* eintrag = nullptr;           ///< nothing: nobody, or several
    std::vector<const Eintrag*> vorschlaege{};  ///< who may be meant, nearest first
  };
  /// Who is meant by what stands behind the @. A name letter by letter goes before a similar one, a whole name before
  /// the beginning of one; a person before a Stelle, this before a unit and a role.
  [[nodiscard]] Fund finde(std::string_view genannt) const;
  /// What begins so, for completion.
  [[nodiscard]] std::vector<const Eintrag*> beginnend(std::string_view genannt, std::size_t hoechstens) const;
  [[nodiscard]] const Eintrag* eintragOf(const Adressat& adressat) const;
  /// With the @, so that `finde` finds exactly it again.
  [[nodiscard]] std::string nennung(const Eintrag& eintrag) const;

 private:
  struct Name {
    std::string genau{}, gefaltet{};
    std::size_t eintrag = 0;
  };
  std::vector<Eintrag> eintraege_;
  std::vector<Name> namen_;
};

struct Schrittentwurf {
  std::int64_t stufe = 1;
  Quorum quorum = Quorum::alle;
  Schrittart art = Schrittart::bearbeitung;
  Adressat adressat{};
  std::optional<base::Datum> termin{};
  std::optional<std::string> text{};
  std::size_t von = 0, bis = 0;  ///< bytes of the line
};

/// What was not understood, or is missing: where, why, and what could stand there.
struct Hinweis {
  std::size_t von = 0, bis = 0;
  std::string text{};
  std::vector<std::string> vorschlaege{};
};

struct Entwurf {
  std::vector<Schrittentwurf> schritte{};
  std::vector<Hinweis> hinweise{};  ///< a line with one of these is not started
};

/// `selbst` is for whom steps are that name nobody (Versand, zdA, Wiedervorlage, Bearbeitung, Rücksprache).
[[nodiscard]] Entwurf verstehe(std::string_view zeile, const Verzeichnis& verzeichnis, const Adressat& selbst,
                               const base::Datum& heute);
/// The line that gives these steps again.
[[nodiscard]] std::string schreibe(const std::vector<Schrittentwurf>& schritte, const Verzeichnis& verzeichnis,
                                   const Adressat& selbst);

/// What could stand at a place of the line, while one types.
struct Ergaenzung {
  std::size_t von = 0, bis = 0;
  std::string text{}, anzeige{};
};
[[nodiscard]] std::vector<Ergaenzung> ergaenze(std::string_view zeile, std::size_t stelle,
                                               const Verzeichnis& verzeichnis, const base::Datum& heute);

/// The short word for a kind of step: "Mz".
[[nodiscard]] std::string_view kuerzel(Schrittart art);
/// Lower case without accents, ä as ae, ß as ss: how names and words are compared.
[[nodiscard]] std::string gefaltet(std::string_view text);

}  // namespace geschaeftsgang
