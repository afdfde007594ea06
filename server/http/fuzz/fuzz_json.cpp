// Whatever a client sends as JSON gives a struct or a refusal, and a struct that was accepted survives the way out and
// in.
#include <cstdint>

#include "base/json.h"

namespace {

enum class Art { Eingang, Ausgang, Intern };
BOOST_DESCRIBE_ENUM(Art, Eingang, Ausgang, Intern)

struct Teil {
  base::Line<20> name{};
  std::int64_t zahl = 0;
};
BOOST_DESCRIBE_STRUCT(Teil, (), (name, zahl))

struct Kopf {
  base::Uuid id{};
  bool offen = false;
};
BOOST_DESCRIBE_STRUCT(Kopf, (), (id, offen))

struct Alles : Kopf {
  std::optional<base::Datum> datum{};
  std::optional<Art> art{};
  base::Prose<100> text{};
  std::string frei{};
  int klein = 0;
  std::vector<Teil> teile{};
  std::optional<std::vector<std::optional<std::int64_t>>> zahlen{};
};
BOOST_DESCRIBE_STRUCT(Alles, (Kopf), (datum, art, text, frei, klein, teile, zahlen))

struct Aenderung {
  base::Patch<base::Line<20>> betreff{};
  base::Patch<Art> art{};
  base::Patch<base::Datum> datum{};
};
BOOST_DESCRIBE_STRUCT(Aenderung, (), (betreff, art, datum))

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)base::readJson<Aenderung>(text);
  const auto read = base::readJson<Alles>(text);
  if (!read) return 0;
  const auto out = base::toJson(*read);
  const auto again = base::readJson<Alles>(out);
  if (!again || base::toJson(*again) != out) __builtin_trap();
  return 0;
}
