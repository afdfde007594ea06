#pragma once
// Slips as BPMN 2.0: user tasks, gateways, timers, lanes as those who act. What a slip cannot say is named, not
// guessed. Pure: no tables, no clock.
#include "geschaeftsgang/laufzeile.h"

namespace geschaeftsgang {

/// A step as a model has it.
struct Modellschritt {
  std::int64_t stufe = 1;
  Quorum quorum = Quorum::alle;
  Schrittart art = Schrittart::bearbeitung;
  std::string wer{};      ///< the lane's name; empty where there is none
  std::string nennung{};  ///< with the @, as a line names him; empty where the model says a name only
  std::string text{};
  std::optional<int> tage{};         ///< due so many days after it starts
  std::optional<base::Datum> tag{};  ///< due on this day
  friend bool operator==(const Modellschritt&, const Modellschritt&) = default;
};

struct Modell {
  std::string name{};
  std::vector<Modellschritt> schritte{};
  std::vector<std::string> hinweise{};  ///< what of the model is not in the steps, in German sentences
};

/// Reads a model of at most 2 MB, without a DTD. Refused where it is no BPMN 2.0, or has nothing that people do.
[[nodiscard]] Result<Modell> liesBpmn(std::string_view xml);
/// The line that starts these steps; whom it cannot name it names as the model does, for the reader to mend.
[[nodiscard]] std::string zeileOf(const Modell& modell, const Verzeichnis& verzeichnis);
/// With a picture (BPMN DI). The step at place i has the id Schritt_(i + 1).
[[nodiscard]] std::string schreibeBpmn(const Modell& modell);

}  // namespace geschaeftsgang
