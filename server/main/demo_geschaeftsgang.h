#pragma once
// Slips, deputies and templates of the demo, from demo/geschaeftsgang.json.
#include <functional>
#include <map>

#include "app.h"

namespace app {

class DemoGeschaeftsgang {
 public:
  DemoGeschaeftsgang(journal::Journal& journal, akte::Schriftgut& schriftgut, std::int64_t mandant, base::Datum heute)
      : journal_(journal),
        gang_(std::make_shared<geschaeftsgang::Geschaeftsgang>(schriftgut)),
        mandant_(mandant),
        heute_(std::move(heute)) {}

  struct Act {
    std::string day;
    std::function<void()> run;
  };
  using People = std::map<std::string, mandant::PersonZeile>;
  using Plan = std::map<std::string, akte::AktenplaneinheitZeile>;
  using Names = std::map<std::string, base::Uuid>;
  /// Each on its day; they look into the maps only then, and throw base::Failure where somebody may not do what is told
  /// of him.
  [[nodiscard]] std::vector<Act> acts(const boost::json::object& json, const People& people, const Plan& plan,
                                      const Names& vorgaenge, const Names& dokumente);

 private:
  journal::Journal& journal_;
  std::shared_ptr<geschaeftsgang::Geschaeftsgang> gang_;  ///< the acts share it
  std::int64_t mandant_;
  base::Datum heute_;
};

}  // namespace app
