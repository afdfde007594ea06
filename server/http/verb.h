#pragma once
#include "http/message.h"

namespace http {

[[nodiscard]] std::string_view verbName(Verb verb);
/// HEAD is a get.
[[nodiscard]] Verb verbFrom(std::string_view method);

}  // namespace http
