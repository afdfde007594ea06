// The one place where this program asks another installation: only at the address that the operator set, no further
// than there, with limits on size and time.
#include <curl/curl.h>
#include <fmt/format.h>

#include "netz/verbund.h"

namespace netz {
namespace {

struct Ziel {
  std::string bytes{};
  bool zuGross = false;
};

std::size_t nimm(char* from, std::size_t size, std::size_t count, void* into) {
  auto& ziel = *static_cast<Ziel*>(into);
  if (ziel.bytes.size() + size * count > feedMax) {
    ziel.zuGross = true;
    return 0;
  }
  ziel.bytes.append(from, size * count);
  return size * count;
}

/// What the other side said, where it said something that is meant for people.
std::string grundOf(const std::string& bytes) {
  const auto json = bytes.size() > 10'000 ? base::Result<boost::json::value>() : base::parseJson(bytes);
  if (!json || !json->is_object()) return {};
  for (const auto* name : {"detail", "title"})
    if (const auto* text = json->get_object().if_contains(name); text != nullptr && text->is_string())
      if (const auto clean = base::cleanText(std::string_view(text->get_string()), false);
          clean && !clean->empty() && base::countCodePoints(*clean) <= 300)
        return *clean;
  return {};
}

}  // namespace

bool istAdresse(std::string_view adresse) {
  const bool tls = adresse.starts_with("https://");
  if (!tls && !adresse.starts_with("http://")) return false;
  const auto rest = adresse.substr(tls ? 8 : 7);
  const auto colon = rest.starts_with('[') ? rest.find("]:") : rest.find(':');
  const auto end = colon == std::string_view::npos ? rest.size() : colon + (rest.starts_with('[') ? 1 : 0);
  const auto host = rest.substr(0, end);
  const auto port = colon == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  const bool here = host == "127.0.0.1" || host == "localhost" || host == "[::1]";
  return !host.empty() && (tls || here) && port.size() <= 5 && (colon == std::string_view::npos || !port.empty()) &&
         port.find_first_not_of("0123456789") == std::string_view::npos &&
         std::ranges::all_of(host, [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '[' || c == ']' || c == ':';
         });
}

tl::expected<std::string, Holfehler> hole(const std::string& adresse, const std::string& frage) {
  const auto refuse = [](std::string text) { return tl::unexpected<Holfehler>({std::move(text)}); };
  static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK || !istAdresse(adresse)) return refuse("Die Adresse ist keine, an der gefragt werden kann.");
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> header(
      curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
  const auto url = adresse + "/api/verbund/feed";
  Ziel ziel;
  char reason[CURL_ERROR_SIZE] = "";
  auto* c = curl.get();
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, header.get());
  curl_easy_setopt(c, CURLOPT_POSTFIELDS, frage.c_str());
  curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, static_cast<long>(frage.size()));
  curl_easy_setopt(c, CURLOPT_MAXFILESIZE, static_cast<long>(feedMax));
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 15L);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, 60L);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, nimm);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &ziel);
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, reason);
  const auto code = curl_easy_perform(c);
  if (ziel.zuGross || code == CURLE_FILESIZE_EXCEEDED)
    return tl::unexpected<Holfehler>({fmt::format("Die Antwort hat mehr als {} MiB.", feedMax >> 20U), true});
  if (code != CURLE_OK)
    return refuse(fmt::format("Die andere Installation ist nicht zu erreichen ({}).",
                              *reason == '\0' ? curl_easy_strerror(code) : reason));
  long status = 0;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
  if (status == 200) return std::move(ziel.bytes);
  const auto why = grundOf(ziel.bytes);
  return refuse(why.empty() ? fmt::format("Die andere Installation antwortet mit {}.", status)
                            : fmt::format("Die andere Installation antwortet: {}", why));
}

}  // namespace netz
