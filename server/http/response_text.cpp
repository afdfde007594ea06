#include "response_text.h"

#include <fmt/format.h>
#include <zlib.h>

#include <boost/beast/http/status.hpp>
#include <ctime>

namespace http {
namespace {

constexpr std::size_t worthPacking = 1024;

bool isText(std::string_view type) {
  return type.starts_with("application/json") || type.starts_with("application/problem+json") ||
         type.starts_with("text/");
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  constexpr int level = 1, gzipWindow = 15 + 16, memory = 8;
  if (deflateInit2(&stream, level, Z_DEFLATED, gzipWindow, memory, Z_DEFAULT_STRATEGY) != Z_OK)
    throw base::Failure("zlib");
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (done != Z_STREAM_END) throw base::Failure("zlib could not pack a reply");
  return out;
}

void setDefault(Response& response, std::string_view name, std::string_view value) {
  if (!response.header(name)) response.headers.emplace_back(name, value);
}

/// IMF-fixdate of now, made once a second.
const std::string& httpDate() {
  thread_local std::time_t made = 0;
  thread_local std::string text;
  const auto now = std::time(nullptr);
  if (now == made) return text;
  made = now;
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  text = fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days.at(static_cast<std::size_t>(utc.tm_wday)),
                     utc.tm_mday, months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                     utc.tm_min, utc.tm_sec);
  return text;
}

void appendClean(std::string& out, std::string_view value) {
  for (const char c : value)
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
}

}  // namespace

void complete(const Request& request, Response& response) {
  setDefault(response, "X-Content-Type-Options", "nosniff");
  setDefault(response, "Cache-Control", "no-store");
  // What users have filed may be shown, but never runs as a page of ours.
  setDefault(response, "Content-Security-Policy",
             "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'self'");
  setDefault(response, "Referrer-Policy", "same-origin");
  setDefault(response, "Cross-Origin-Resource-Policy", "same-origin");
  auto* body = std::get_if<std::string>(&response.body);
  if (body == nullptr || body->size() <= worthPacking || response.header("Content-Encoding") ||
      !isText(response.header("Content-Type").value_or("")))
    return;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!request.accepts("gzip")) return;
  *body = gzip(*body);
  response.headers.emplace_back("Content-Encoding", "gzip");
}

std::string responseHead(const Response& response, bool keepAlive, bool tls) {
  std::string out;
  out.reserve(512);
  const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                 std::string_view(reason.data(), reason.size()), httpDate());
  const bool endless = std::holds_alternative<std::shared_ptr<EventStream>>(response.body);
  if (response.status != 204 && response.status != 304 && !endless)
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.size());
  if (!keepAlive) out += "Connection: close\r\n";
  if (tls) out += "Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n";
  for (const auto& [name, value] : response.headers) {
    appendClean(out, name);
    out += ": ";
    appendClean(out, value);
    out += "\r\n";
  }
  out += "\r\n";
  return out;
}

}  // namespace http
