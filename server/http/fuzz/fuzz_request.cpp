// Any bytes, cut anywhere, give requests or one refusal; where they are cut makes no difference.
#include <cstdint>

#include "../request_reader.h"

namespace {

using State = http::RequestReader::State;

/// What the first request of `bytes` comes to if they arrive `piece` at a time.
std::string readIn(std::string_view bytes, std::size_t piece) {
  http::RequestReader reader(1'000);
  std::string held;
  for (bool limited = false; !bytes.empty() && (reader.state() == State::header || reader.state() == State::body);) {
    held += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    for (std::size_t used = 1; used != 0 && (reader.state() == State::header || reader.state() == State::body);) {
      used = reader.put(held);
      held.erase(0, used);
      if (!limited && reader.state() == State::body) {
        reader.limitBody(500);
        limited = true;
      }
    }
  }
  auto& request = reader.request();
  std::string out = std::to_string(static_cast<int>(reader.state()));
  if (reader.state() == State::done) out += request.method + request.path + request.queryString + request.body;
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4'000) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = readIn(bytes, size);
  const auto pieces = readIn(bytes, 1);
  // Limits on what is held back may speak earlier or later; a request that is understood is understood the same way.
  if (whole[0] == '2' && pieces[0] == '2' && whole != pieces) __builtin_trap();
  return 0;
}
