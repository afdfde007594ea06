// The reply of a child that an attacker has taken over.
#include <cstdint>

#include "../reply.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = extract::parseReply({reinterpret_cast<const char*>(data), size});
  if (text && text->text.hinweis.empty() != text->text.hinweisCode.empty()) __builtin_trap();
  return 0;
}
