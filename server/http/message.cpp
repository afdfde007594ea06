#include "http/message.h"

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "weighted_list.h"

namespace http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool sameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> find(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (sameWord(key, name)) return value;
  return std::nullopt;
}

std::string_view Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return {};
}

std::optional<std::string_view> Request::query(std::string_view name) const {
  for (const auto& [key, value] : queryFields)
    if (key == name) return value;
  return std::nullopt;
}

std::optional<std::string_view> Request::header(std::string_view name) const { return find(headers, name); }

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (!sameWord(key, "cookie")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const auto pair = trim(rest.substr(0, rest.find(';')));
      rest = rest.substr(
          std::min(rest.size(), rest.find(';') == std::string_view::npos ? rest.size() : rest.find(';') + 1));
      const auto equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

bool Request::english() const {
  const auto languages = header("accept-language");
  if (!languages) return false;
  int german = 0, englishWeight = 0;
  bool englishFirst = false;
  forEachWeighted(*languages, [&](std::string_view language, int weight) {
    const auto primary = language.substr(0, language.find('-'));
    if (sameWord(primary, "de")) german = std::max(german, weight);
    if (sameWord(primary, "en")) {
      englishFirst = englishFirst || german == 0;
      englishWeight = std::max(englishWeight, weight);
    }
  });
  return englishWeight > german || (englishFirst && englishWeight == german && englishWeight > 0);
}

bool Request::accepts(std::string_view coding) const {
  int weight = 0;
  if (const auto codings = header("accept-encoding"))
    forEachWeighted(*codings, [&](std::string_view item, int itemWeight) {
      if (sameWord(item, coding)) weight = itemWeight;
    });
  return weight > 0;
}

FileSlice FileSlice::part(std::uint64_t begin, std::uint64_t end) && {
  return {std::move(reader_), begin_ + begin, begin_ + end};
}

void FileSlice::readNext(std::string& into, std::size_t bytes) {
  into = reader_(begin_, static_cast<std::size_t>(std::min<std::uint64_t>(bytes, size())));
  begin_ += into.size();
}

void Response::set(std::string_view name, std::string value) {
  std::erase_if(headers, [&](const auto& field) { return sameWord(field.first, name); });
  headers.emplace_back(name, std::move(value));
}

std::optional<std::string_view> Response::header(std::string_view name) const { return find(headers, name); }

std::uint64_t Response::size() const {
  return std::visit(
      [](const auto& content) -> std::uint64_t {
        if constexpr (requires { content.size(); })
          return content.size();
        else
          return 0;  // a stream has no end
      },
      body);
}

void EventStream::send(std::string_view event) {
  change([&](State& state) {
    if (std::ranges::find(state.waiting, event) == state.waiting.end()) state.waiting.emplace_back(event);
  });
}

void EventStream::end() {
  change([](State& state) { state.ended = true; });
}

void EventStream::change(const std::function<void(State&)>& f) {
  auto state = state_.lock();
  f(*state);
  if (state->wake) state->wake();
}

Response events(std::shared_ptr<EventStream> stream) {
  Response response{.body = std::move(stream)};
  response.set("Content-Type", "text/event-stream");
  response.set("X-Accel-Buffering", "no");  // proxies are not to wait until there is more
  return response;
}

Response text(unsigned status, std::string_view type, std::string body) {
  Response response{.status = status, .body = std::move(body)};
  response.set("Content-Type", std::string(type));
  return response;
}

Response problem(const base::Error& error, bool english, unsigned status) {
  const auto& row = base::info(error.code);
  if (status == 0) status = row.httpStatus;
  std::string json = "{\"type\":\"urn:aktenlotse:fehler:";
  json += row.key;
  json += "\",\"title\":";
  base::appendJsonString(json, english ? row.titelEn : row.titelDe);
  json += ",\"status\":" + std::to_string(status) + ",\"code\":";
  base::appendJsonString(json, row.key);
  if (!error.detail.empty()) {
    json += ",\"detail\":";
    base::appendJsonString(json, error.detail);
  }
  json += ",\"hinweis\":";
  base::appendJsonString(json, !error.hinweis.empty() ? std::string_view(error.hinweis)
                               : english              ? row.hinweisEn
                                                      : row.hinweisDe);
  if (!error.feld.empty()) {
    json += ",\"feld\":";
    base::appendJsonString(json, error.feld);
  }
  json += '}';
  auto response = text(status, "application/problem+json", std::move(json));
  if (status == 503) response.set("Retry-After", "1");
  return response;
}

}  // namespace http
