#include "s3_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

#include "base/guarded.h"
#include "base/result.h"
#include "base/text.h"

namespace blob {
namespace {

constexpr int attempts = 4;
constexpr std::chrono::milliseconds firstPause{150};
constexpr long connectSeconds = 5, silentSeconds = 20, slowestBytesPerSecond = 200;
/// One PUT takes no more; larger files have no place in such a store.
constexpr std::uint64_t mostBytes = std::uint64_t{5} << 30;

[[noreturn]] void fail(const std::string& doing, const std::string& why, base::Code code = base::Code::SpeicherFehlt) {
  throw base::Failure(fmt::format("S3: {}: {}", doing, why), code);
}

std::size_t take(const char* data, std::size_t size, std::size_t count, void* into) {
  static_cast<std::string*>(into)->append(data, size * count);
  return size * count;
}

std::size_t takeHeader(const char* data, std::size_t size, std::size_t count, void* into) {
  auto& answer = *static_cast<S3Store::Client::Answer*>(into);
  const std::string_view line(data, size * count);
  const auto colon = line.find(':');
  if (colon == line.npos) return line.size();
  std::string name(line.substr(0, colon)), value(line.substr(colon + 1));
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  while (!value.empty() && std::isspace(static_cast<unsigned char>(value.back())) != 0) value.pop_back();
  value.erase(0, value.find_first_not_of(' '));
  if (name == "last-modified") answer.lastModified = value;
  if (name == "content-length") answer.length = std::strtoull(value.c_str(), nullptr, 10);
  return line.size();
}

struct Sending {
  const S3Store::Client::Body* body;
  std::uint64_t at = 0;
};

std::size_t give(char* into, std::size_t size, std::size_t count, void* from) {
  auto& sending = *static_cast<Sending*>(from);
  const auto length = std::min<std::uint64_t>(size * count, sending.body->size - sending.at);
  if (length == 0) return 0;
  try {
    const auto piece = sending.body->bytes->read(sending.at, static_cast<std::size_t>(length));
    piece.copy(into, piece.size());
    sending.at += piece.size();
    return piece.size();
  } catch (const base::Failure&) {
    return CURL_READFUNC_ABORT;
  }
}

int rewindTo(void* from, curl_off_t offset, int origin) {
  if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
  static_cast<Sending*>(from)->at = static_cast<std::uint64_t>(offset);
  return CURL_SEEKFUNC_OK;
}

struct FreeHeaders {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// Whether asking again may help.
bool passing(long status) { return status == 0 || status == 408 || status == 429 || status >= 500; }

}  // namespace

struct S3Store::Client::Call {
  std::string method{}, url{}, range{};
  const Body* body = nullptr;
};

/// Handles keep their connection, so they are used again.
struct S3Store::Client::Pool {
  base::Guarded<std::vector<CURL*>> idle{};
  ~Pool() {
    auto list = idle.lock();
    for (auto* handle : *list) curl_easy_cleanup(handle);
  }
  CURL* take() {
    {
      auto list = idle.lock();
      if (!list->empty()) {
        auto* handle = list->back();
        list->pop_back();
        return handle;
      }
    }
    auto* handle = curl_easy_init();
    if (handle == nullptr) fail("libcurl", "no handle", base::Code::Ueberlastet);
    return handle;
  }
  void give(CURL* handle) {
    auto list = idle.lock();
    list->push_back(handle);
  }
};

bool isS3(std::string_view url) { return url.starts_with("s3://"); }

S3Address S3Address::parse(std::string_view url, const std::filesystem::path& accessFile) {
  S3Address out;
  auto rest = url.substr(std::string_view("s3://").size());
  const auto question = rest.find('?');
  for (auto query = question == rest.npos ? std::string_view() : rest.substr(question + 1); !query.empty();) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const auto value = pair.substr(std::min(pair.size(), pair.find('=') + 1));
    if (pair.starts_with("endpoint="))
      out.endpoint = value;
    else if (pair.starts_with("region="))
      out.region = value;
    else
      throw base::Failure(
          fmt::format("„{}“ ist keine Angabe zu einem S3-Speicher; es gibt endpoint und region.", pair));
  }
  rest = rest.substr(0, question);
  out.bucket = rest.substr(0, rest.find('/'));
  out.prefix = rest.substr(std::min(rest.size(), out.bucket.size() + 1));
  if (!out.prefix.empty() && !out.prefix.ends_with('/')) out.prefix += '/';
  while (out.endpoint.ends_with('/')) out.endpoint.pop_back();
  const auto plain = [](std::string_view text) {
    return std::ranges::all_of(
        text, [](unsigned char c) { return std::isalnum(c) != 0 || std::strchr("-._/", c) != nullptr; });
  };
  if (out.bucket.empty() || !plain(out.bucket) || !plain(out.prefix) ||
      !(out.endpoint.starts_with("http://") || out.endpoint.starts_with("https://")))
    throw base::Failure("Ein S3-Speicher heißt s3://BUCKET?endpoint=https://RECHNER&region=REGION.");
  std::ifstream file(accessFile);
  if (accessFile.empty() || !std::getline(file, out.accessKey) || !std::getline(file, out.secretKey))
    throw base::Failure(
        "Zu einem S3-Speicher gehört --s3-zugang: eine Datei, deren erste Zeile der Zugangsschlüssel ist und deren "
        "zweite das Geheimnis dazu.");
  return out;
}

S3Store::Client::Client(S3Address address) : address_(std::move(address)), pool_(std::make_unique<Pool>()) {
  static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw base::Failure("libcurl cannot start");
}
S3Store::Client::~Client() = default;

std::string S3Store::Client::urlOf(const std::string& name) const {
  return address_.endpoint + "/" + address_.bucket + "/" + address_.prefix + name;
}

S3Store::Client::Answer S3Store::Client::once(const Call& call) const {
  CURL* c = pool_->take();
  const auto back = std::shared_ptr<void>(nullptr, [&](void*) { pool_->give(c); });
  curl_easy_reset(c);
  Answer answer;
  Sending sending{call.body};
  std::array<char, CURL_ERROR_SIZE> reason{};
  const auto login = address_.accessKey + ":" + address_.secretKey;
  const auto signing = fmt::format("aws:amz:{}:s3", address_.region);
  // SHA-256 of nothing, for requests without a body.
  const auto sum = call.body != nullptr
                       ? call.body->sha256
                       : std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  std::unique_ptr<curl_slist, FreeHeaders> headers(
      curl_slist_append(nullptr, ("x-amz-content-sha256: " + sum).c_str()));
  const auto add = [&](const std::string& line) { headers.reset(curl_slist_append(headers.release(), line.c_str())); };
  add("Expect:");
  if (!call.range.empty()) add("Range: bytes=" + call.range);
  curl_easy_setopt(c, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(c, CURLOPT_AWS_SIGV4, signing.c_str());
  curl_easy_setopt(c, CURLOPT_USERPWD, login.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, connectSeconds);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, silentSeconds);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, slowestBytesPerSecond);
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, reason.data());
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, takeHeader);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, &answer);
  if (call.method == "HEAD") curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
  if (call.method == "DELETE") curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, "DELETE");
  if (call.body != nullptr) {
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(call.body->size));
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(c, CURLOPT_READDATA, &sending);
    curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, rewindTo);
    curl_easy_setopt(c, CURLOPT_SEEKDATA, &sending);
  }
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
  const auto result = curl_easy_perform(c);
  if (result != CURLE_OK) {
    answer = {};
    answer.body = reason[0] != '\0' ? reason.data() : curl_easy_strerror(result);
    return answer;
  }
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

S3Store::Client::Answer S3Store::Client::run(const Call& call) const {
  auto pause = firstPause;
  for (int attempt = 1;; ++attempt) {
    auto answer = once(call);
    if (!passing(answer.status)) return answer;
    if (attempt == attempts)
      fail(call.method, answer.status == 0 ? answer.body : fmt::format("status {}", answer.status));
    std::this_thread::sleep_for(pause);
    pause *= 3;
  }
}

namespace {

/// Found, or not there; everything else is a failure.
void check(const std::string& doing, const S3Store::Client::Answer& answer) {
  if (answer.status >= 200 && answer.status < 300) return;
  if (answer.status == 404 || answer.status == 416) return;
  const auto full = answer.body.find("Quota") != std::string::npos;
  fail(doing, fmt::format("status {} {}", answer.status, base::cutUtf8(answer.body, 300)),
       full ? base::Code::KeinPlatz : base::Code::SpeicherFehlt);
}

}  // namespace

S3Store::Client::Answer S3Store::Client::get(const std::string& name, const std::string& range) const {
  auto answer = run({"GET", urlOf(name), range, nullptr});
  check("GET", answer);
  return answer;
}

S3Store::Client::Answer S3Store::Client::head(const std::string& name) const {
  auto answer = run({"HEAD", urlOf(name), {}, nullptr});
  check("HEAD", answer);
  return answer;
}

void S3Store::Client::put(const std::string& name, const Body& body) const {
  if (body.size > mostBytes) fail("PUT", "the file is larger than one object may be", base::Code::ZuGross);
  const auto answer = run({"PUT", urlOf(name), {}, &body});
  check("PUT", answer);
  if (answer.status == 404) fail("PUT", fmt::format("the bucket {} is not there", address_.bucket));
}

void S3Store::Client::del(const std::string& name) const { check("DELETE", run({"DELETE", urlOf(name), {}, nullptr})); }

std::string S3Store::Client::list(const std::string& after) const {
  auto url = address_.endpoint + "/" + address_.bucket + "?";
  // In the order of their names, as the signature wants them.
  if (!after.empty()) url += "continuation-token=" + base::percentEncode(after) + "&";
  url += "list-type=2";
  if (!address_.prefix.empty()) url += "&prefix=" + base::percentEncode(address_.prefix);
  auto answer = run({"GET", url, {}, nullptr});
  check("LIST", answer);
  if (answer.status == 404) fail("LIST", fmt::format("the bucket {} is not there", address_.bucket));
  return std::move(answer.body);
}

std::optional<std::string> nextTag(std::string_view xml, std::string_view tag, std::size_t& at) {
  const auto open = fmt::format("<{}>", tag), close = fmt::format("</{}>", tag);
  const auto begin = xml.find(open, at);
  if (begin == xml.npos) return std::nullopt;
  const auto end = xml.find(close, begin);
  if (end == xml.npos) return std::nullopt;
  at = end + close.size();
  return std::string(xml.substr(begin + open.size(), end - begin - open.size()));
}

}  // namespace blob
