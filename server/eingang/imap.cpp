// Fetching by IMAP with libcurl. A mail is marked or moved only after it is filed, and one that is filed already is
// known by its Message-ID, so a fetch that breaks anywhere loses nothing and doubles nothing.
#include <curl/curl.h>
#include <fmt/format.h>

#include <charconv>

#include "postweg.h"

namespace eingang {
namespace {

/// Flags what was filed where no folder is named for it. Not \Seen alone: a person may have read a mail before.
constexpr std::string_view mark = "Aktenlotse";

class Verbindung {
 public:
  Verbindung(const PostfachZeile& postfach, const std::string& passwort) : curl_(curl_easy_init(), curl_easy_cleanup) {
    const bool tls = postfach.verschluesselung == jobs::Verschluesselung::tls;
    char* folder = curl_easy_escape(curl_.get(), postfach.ordner.c_str(), static_cast<int>(postfach.ordner.size()));
    url_ = fmt::format("{}://{}:{}/{}", tls ? "imaps" : "imap", postfach.host, postfach.port, folder);
    curl_free(folder);
    auto* c = curl_.get();
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "imap,imaps");
    curl_easy_setopt(c, CURLOPT_USE_SSL,
                     static_cast<long>(postfach.verschluesselung == jobs::Verschluesselung::keine ? CURLUSESSL_NONE
                                                                                                  : CURLUSESSL_ALL));
    curl_easy_setopt(c, CURLOPT_USERNAME, postfach.benutzer.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, passwort.c_str());
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 15L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, 60L);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
  }

  using Ziel = std::function<bool(std::string_view)>;

  /// Nothing when the command succeeded, else why not.
  [[nodiscard]] std::optional<std::string> befehl(const std::string& text, const Ziel& ziel) {
    return run(url_, &text, ziel);
  }
  [[nodiscard]] std::optional<std::string> nachricht(std::uint32_t uid, const Ziel& ziel) {
    return run(fmt::format("{}/;UID={}", url_, uid), nullptr, ziel);
  }

 private:
  std::optional<std::string> run(const std::string& url, const std::string* command, const Ziel& ziel) {
    auto* c = curl_.get();
    char reason[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(c, CURLOPT_URL, url.c_str());
    curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, command == nullptr ? nullptr : command->c_str());
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &ziel);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, reason);
    const auto code = curl_easy_perform(c);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, nullptr);
    if (code == CURLE_OK) return std::nullopt;
    return *reason == '\0' ? curl_easy_strerror(code) : reason;
  }
  static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
    return (*static_cast<const Ziel*>(into))({bytes, size * count}) ? size * count : 0;
  }

  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
  std::string url_;
};

std::vector<std::uint32_t> uidsOf(std::string_view answer) {
  std::vector<std::uint32_t> out;
  const auto found = answer.find("* SEARCH");
  if (found == std::string_view::npos) return out;
  auto rest = answer.substr(found + 8);
  rest = rest.substr(0, rest.find('\r'));
  for (const char* at = rest.data(); at < rest.data() + rest.size();) {
    std::uint32_t uid = 0;
    const auto [end, error] = std::from_chars(at, rest.data() + rest.size(), uid);
    if (error == std::errc() && uid > 0) out.push_back(uid);
    at = error == std::errc() ? end : at + 1;
  }
  return out;
}

/// A folder's name as IMAP wants it quoted.
std::string quoted(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// The messages that wait in the folder.
tl::expected<std::vector<std::uint32_t>, std::string> wartende(Verbindung& imap, const PostfachZeile& postfach) {
  std::string answer;
  const auto search = postfach.zielordner ? std::string("UID SEARCH UNDELETED")
                                          : fmt::format("UID SEARCH UNDELETED UNKEYWORD {}", mark);
  if (const auto wrong = imap.befehl(search, [&](std::string_view text) { return answer.append(text), true; }))
    return tl::unexpected(*wrong);
  return uidsOf(answer);
}

}  // namespace

jobs::Ergebnis pruefePostfach(jobs::Lauf& lauf, const PostfachZeile& postfach, const std::string& passwort) {
  Verbindung imap(postfach, passwort);
  const auto uids = wartende(imap, postfach);
  if (!uids) return jobs::nie(fmt::format("Das Postfach „{}“ antwortet nicht: {}", postfach.bezeichnung, uids.error()));
  (void)lauf.fortschritt(1, 1, fmt::format("Die Anmeldung gelingt; {} Nachrichten warten.", uids->size()));
  return {};
}

jobs::Ergebnis holeAb(jobs::Lauf& lauf, Mailannahme& annahme, const PostfachZeile& postfach,
                      const std::string& passwort, std::uint64_t maxBytes) {
  Verbindung imap(postfach, passwort);
  const auto found = wartende(imap, postfach);
  if (!found)
    return jobs::spaeter(fmt::format("Das Postfach „{}“ antwortet nicht: {}", postfach.bezeichnung, found.error()));
  const auto& uids = *found;
  const auto total = static_cast<std::int64_t>(uids.size());
  std::int64_t done = 0, failed = 0;
  std::string reason;
  for (const auto uid : uids) {
    if (!lauf.fortschritt(done, total, fmt::format("{} von {} Nachrichten", done, total))) return {};
    ++done;
    const auto writer = annahme.schriftgut().blobs().writer();
    std::uint64_t size = 0;
    auto wrong = imap.nachricht(uid, [&](std::string_view bytes) {
      size += bytes.size();
      if (size > maxBytes) return false;
      writer->write(bytes);
      return true;
    });
    if (!wrong && size == 0) wrong = "leer";
    if (!wrong) {
      const auto filed = annahme.lege({postfach.mandant, postfach.organisationseinheit, {}}, annahme.lies(*writer));
      if (!filed) wrong = filed.error().detail.empty() ? base::info(filed.error().code).titelDe : filed.error().detail;
    }
    if (!wrong)
      wrong = imap.befehl(postfach.zielordner ? fmt::format("UID MOVE {} {}", uid, quoted(*postfach.zielordner))
                                              : fmt::format("UID STORE {} +FLAGS (\\Seen {})", uid, mark),
                          [](std::string_view) { return true; });
    if (wrong) {
      ++failed;
      reason = *wrong;
    }
  }
  if (failed > 0)
    return jobs::spaeter(fmt::format("{} von {} Nachrichten bleiben im Postfach: {}", failed, total, reason));
  (void)lauf.fortschritt(done, total, fmt::format("{} Nachrichten", total));
  return {};
}

}  // namespace eingang
