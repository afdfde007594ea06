#include "http/range.h"

#include <charconv>

#include "weighted_list.h"

namespace http {
namespace {

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || failure != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::string_view withoutWeakness(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

}  // namespace

RangeAnswer parseRange(std::string_view field, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!sameWord(field.substr(0, unit.size()), unit)) return {};
  const auto spec = trim(field.substr(unit.size()));
  const auto dash = spec.find('-');
  if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) return {};
  const auto from = spec.substr(0, dash), to = spec.substr(dash + 1);
  const auto first = number(from), last = number(to);
  if ((!first && !from.empty()) || (!last && !to.empty()) || (!first && !last)) return {};
  if (!first) {
    if (*last == 0 || size == 0) return {RangeKind::unsatisfiable, {}};
    return {RangeKind::part, {*last < size ? size - *last : 0, size}};
  }
  if (last && *last < *first) return {};
  if (*first >= size) return {RangeKind::unsatisfiable, {}};
  return {RangeKind::part, {*first, last && *last < size ? *last + 1 : size}};
}

bool matchesTag(std::string_view list, std::string_view etag) {
  bool found = false;
  forEachWeighted(list, [&](std::string_view item, int) {
    found = found || item == "*" || withoutWeakness(item) == withoutWeakness(etag);
  });
  return found;
}

base::Result<Response> fileResponse(const Request& request, FileSlice whole, std::string_view etag,
                                    std::string_view contentType) {
  const std::string tag = '"' + std::string(etag) + '"';
  Response response{.headers = {{"ETag", tag}, {"Accept-Ranges", "bytes"}}};
  if (const auto known = request.header("if-none-match"); known && matchesTag(*known, tag)) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", std::string(contentType));
  const auto size = whole.size();
  const auto condition = request.header("if-range");
  const auto field = request.header("range");
  RangeAnswer answer;
  // If-Range compares strongly, and never matches a date, as no file here has one.
  if (field && (!condition || *condition == tag)) answer = parseRange(*field, size);
  if (answer.kind == RangeKind::unsatisfiable) {
    auto refused = problem(base::Code::BereichUngueltig, request.english());
    refused.set("Content-Range", "bytes */" + std::to_string(size));
    return refused;
  }
  if (answer.kind == RangeKind::whole) {
    response.body = std::move(whole);
    return response;
  }
  response.status = 206;
  response.set("Content-Range", "bytes " + std::to_string(answer.range.begin) + '-' +
                                    std::to_string(answer.range.end - 1) + '/' + std::to_string(size));
  response.body = std::move(whole).part(answer.range.begin, answer.range.end);
  return response;
}

}  // namespace http
