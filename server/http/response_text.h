#pragma once
// The response as it goes over the wire.
#include "http/message.h"

namespace http {

/// Adds what every response needs (guards for browsers, no caching unless the handler said so) and packs long texts if
/// the client takes it.
void complete(const Request& request, Response& response);

/// Status line and fields. Control characters in values are dropped, so that none can begin a field of its own.
[[nodiscard]] std::string responseHead(const Response& response, bool keepAlive, bool tls = false);

}  // namespace http
