#pragma once
// Random valid work of a town: every use case of mandant and akte, by several people.
#include "support/world.h"

namespace engines {

/// One step. `kind` says which use case, the numbers which of the objects there and with what.
struct Step {
  unsigned kind = 0, a = 0, b = 0, c = 0;
};
std::ostream& operator<<(std::ostream& out, const Step& step);

/// Plays on a town. Steps that find no object to work on, or that the rules refuse, change nothing.
class Play {
 public:
  explicit Play(Town& town);
  /// Whether the step changed something. Throws when it did and did not write exactly one entry, or did not and wrote.
  bool step(const Step& step);
  static constexpr unsigned kinds = 51;
  /// From this kind on, the work of the Registratur.
  static constexpr unsigned registratur = 29;
  /// From this kind on, what parts and joins: Vorgänge, Registerblätter, access of its own, fields.
  static constexpr unsigned gliederung = 39;
  /// From this kind on, transitions of the table.
  static constexpr unsigned uebergaenge = 45;

 private:
  bool organisation(const Step& step);
  bool plan(const Step& step);
  bool akte(const Step& step);
  bool vorgang(const Step& step);
  bool zustand(const Step& step);
  bool dokument(const Step& step);
  bool umfeld(const Step& step);
  bool umschreiben(const Step& step);
  bool gliedern(const Step& step);
  bool felder(const Step& step);
  base::Result<void> blatt(Change& c, const Step& step, const VorgangZeile& row);

  template <class Row>
  std::optional<Row> pick(unsigned which);
  template <typename F>
  bool done(F&& f);

  Town& town_;
  StelleZeile pruefung_;
  Berechtigung wer_{};
  PersonZeile person_{};
};

}  // namespace engines
