#pragma once
// A small town whose names are hard to tell apart.
#include "geschaeftsgang/laufzeile.h"

namespace geschaeftsgang {

inline std::vector<Eintrag> leute() {
  const auto uuid = [](int n) {
    auto text = std::to_string(n);
    return base::Uuid::parse("01900000-0000-7000-8000-" + std::string(12 - text.size(), '0') + text).value();
  };
  using T = TraegerArt;
  return {
      {{T::person, 1, {}}, uuid(1), "Sabine Großmann", {"grossmann", "Großmann", "Sabine Großmann"}},
      {{T::person, 2, {}}, uuid(2), "Hańža Wićazowa", {"wicazowa", "Wićazowa", "Hańža Wićazowa"}},
      {{T::person, 3, {}}, uuid(3), "Jan Müller", {"mueller", "Müller", "Jan Müller"}},
      {{T::person, 4, {}}, uuid(4), "Jan Müller", {"jmueller", "Müller", "Jan Müller"}},
      {{T::person, 5, {}}, uuid(5), "Kurt O\"Neill, gen. Bauamt", {"o'neill", "O\"Neill, gen. Bauamt"}},
      {{T::stelle, 11, {}}, uuid(11), "Bürgermeisterin", {"Bürgermeisterin"}},
      {{T::stelle, 12, {}}, uuid(12), "Sachbearbeitung", {"Sachbearbeitung"}},
      {{T::stelle, 13, {}}, uuid(13), "Sachbearbeitung", {"Sachbearbeitung"}},
      {{T::stelle, 14, {}}, uuid(14), "Leitung Bauamt", {"Leitung Bauamt"}},
      {{T::organisationseinheit, 21, {}}, uuid(21), "Bauamt", {"BA", "Bauamt"}},
      {{T::organisationseinheit, 22, {}}, uuid(22), "Kämmerei", {"FI", "Kämmerei"}},
      {{T::organisationseinheit, 23, {}}, uuid(23), "Bürgermeisterin", {"BM", "Bürgermeisterin"}},
      {{T::organisationseinheit, 24, {}}, uuid(24), "mz", {"mz", "zdA"}},
      {{T::rolle, 0, Rolle::LT}, uuid(31), "Leitung", {"Leitung", "LT"}},
  };
}
inline const Verzeichnis& verzeichnis() {
  static const Verzeichnis made(leute());
  return made;
}
inline const Adressat ich{TraegerArt::person, 1, {}};
inline const base::Datum heute = base::Datum::of(2026, 11, 27);  // a Friday

}  // namespace geschaeftsgang
