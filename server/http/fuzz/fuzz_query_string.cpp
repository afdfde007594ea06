// Whatever stands behind the question mark gives a struct or a refusal.
#include <cstdint>

#include "http/query.h"

namespace {

enum class Art { akte, vorgang };
BOOST_DESCRIBE_ENUM(Art, akte, vorgang)

struct Suche {
  std::optional<base::Line<200>> q{};
  std::optional<int> limit{};
  std::optional<bool> alle{};
  std::optional<base::Uuid> akte{};
  std::optional<base::Datum> seit{};
  std::optional<std::vector<Art>> arten{};
  std::optional<std::string> nach{};
};
BOOST_DESCRIBE_STRUCT(Suche, (), (q, limit, alle, akte, seit, arten, nach))

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto fields = http::splitQuery({reinterpret_cast<const char*>(data), size});
  if (!fields) return 0;
  const auto query = http::readQuery<Suche>(*fields);
  // What was accepted can be written, and what was written is JSON.
  if (query && !base::parseJson(base::toJson(*query))) __builtin_trap();
  return 0;
}
