#include "jobs/mail.h"

#include <curl/curl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <ctime>
#include <fstream>

namespace jobs {
namespace {

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

/// RFC 2047: encoded words of at most 75 characters, none of which cuts a letter.
std::string encodedWords(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto piece = base::cutUtf8(text, 42);
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(piece) + "?=";
    text.remove_prefix(piece.size());
  }
  return out;
}

/// Lines of base64 that mail allows.
std::string folded(std::string_view bytes) {
  constexpr std::size_t width = 76;
  const auto body = base64(bytes);
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += width) out += body.substr(at, width) + "\r\n";
  return out;
}

std::string withLineEnds(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
  return out;
}

std::string address(const std::string& name, const std::string& adresse) {
  return name.empty() ? adresse : encodedWords(name) + " <" + adresse + ">";
}

std::string mailDate(base::Zeitpunkt zeit) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(static_cast<std::time_t>(zeit.millis() / 1000)));
}

std::size_t give(char* into, std::size_t size, std::size_t count, void* from) {
  auto& rest = *static_cast<std::string_view*>(from);
  const auto bytes = std::min(size * count, rest.size());
  std::copy_n(rest.data(), bytes, into);
  rest.remove_prefix(bytes);
  return bytes;
}

}  // namespace

Ergebnis uebergib(const Postausgang& zu, const std::string& von, const std::string& an, const std::string& message) {
  static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) return spaeter("libcurl startet nicht.");
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> to(
      curl_slist_append(nullptr, ("<" + an + ">").c_str()), curl_slist_free_all);
  const bool tls = zu.verschluesselung == Verschluesselung::tls;
  const auto url = fmt::format("{}://{}:{}", tls ? "smtps" : "smtp", zu.host, zu.port);
  const auto from = "<" + von + ">";
  std::string_view rest = message;
  std::string passwort;
  char reason[CURL_ERROR_SIZE] = "";
  auto* c = curl.get();
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(
      c, CURLOPT_USE_SSL,
      static_cast<long>(zu.verschluesselung == Verschluesselung::keine ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  if (!zu.benutzer.empty()) {
    std::ifstream file(zu.passwortDatei);
    if (!std::getline(file, passwort)) return spaeter("Die Passwortdatei des Postausgangs ist nicht lesbar.");
    curl_easy_setopt(c, CURLOPT_USERNAME, zu.benutzer.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, passwort.c_str());
  }
  curl_easy_setopt(c, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to.get());
  curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(c, CURLOPT_READDATA, &rest);
  curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 15L);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, 60L);
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, reason);
  const auto code = curl_easy_perform(c);
  if (code == CURLE_OK) return {};
  long answer = 0;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &answer);
  const auto text =
      fmt::format("Der Mailserver nahm die Mail nicht an ({}{}).", *reason == '\0' ? curl_easy_strerror(code) : reason,
                  answer > 0 ? fmt::format(", Antwort {}", answer) : "");
  // 55x speaks of this mail; all else (no connection, wrong password) can be mended.
  if (answer >= 550 && answer <= 559) return nie(text);
  return spaeter(text);
}

bool istAdresse(std::string_view text) {
  const auto at = text.find('@');
  return text.size() <= 254 && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) <= ' ' ||
                  std::string_view("<>()[],;:\\\"\x7f").find(c) != std::string_view::npos;
         });
}

std::string nachricht(const Mail& mail, const std::string& absender, const base::Uuid& id, base::Zeitpunkt zeit) {
  const auto ende = mail.abmelden
                        ? fmt::format("List-Unsubscribe: <{}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                                      *mail.abmelden)
                        : std::string();
  std::string out = fmt::format(
      "From: {0}\r\nTo: {1}\r\nSubject: {2}\r\nDate: {3}\r\nMessage-ID: <{4}@{5}>\r\n{6}Auto-Submitted: "
      "auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n",
      absender, mail.an, encodedWords(mail.betreff), mailDate(zeit), id.text(), absender.substr(absender.find('@') + 1),
      ende);
  return out + folded(withLineEnds(mail.text));
}

std::string nachricht(const Brief& brief, base::Zeitpunkt zeit) {
  // The id is known to nobody before, so no text holds this line.
  const auto border = "=_" + brief.nachrichtId.substr(0, brief.nachrichtId.find('@'));
  std::string out = fmt::format("From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}>\r\n",
                                address(brief.vonName, brief.von), address(brief.anName, brief.an),
                                encodedWords(brief.betreff), mailDate(zeit), brief.nachrichtId);
  if (!brief.antwortAn.empty()) out += fmt::format("Reply-To: {}\r\n", brief.antwortAn);
  if (!brief.bezug.empty()) {
    out += fmt::format("In-Reply-To: <{}>\r\nReferences:", brief.bezug.back());
    for (const auto& id : brief.bezug) out += fmt::format("\r\n <{}>", id);
    out += "\r\n";
  }
  out += fmt::format(
      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{0}\"\r\n\r\n--{0}\r\nContent-Type: text/plain; "
      "charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{1}",
      border, folded(withLineEnds(brief.text)));
  for (const auto& anhang : brief.anhaenge)
    out += fmt::format(
        "--{}\r\nContent-Type: {}\r\nContent-Disposition: attachment; filename*=UTF-8''{}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n{}",
        border, anhang.mime, base::percentEncode(anhang.dateiname), folded(anhang.bytes));
  return out + "--" + border + "--\r\n";
}

void sende(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt, const Mail& mail,
           std::optional<std::string> schluessel) {
  stelleEin(tx, mandant, jetzt, {.art = "mail", .nutzlast = base::toJson(mail), .schluessel = std::move(schluessel)});
}

Art mailArt(Postausgang postausgang) {
  Art art;
  art.name = "mail";
  art.bezeichnungDe = "Mail senden";
  art.bezeichnungEn = "Send mail";
  art.versuche = 10;
  art.erstePause = 30;
  art.ausfuehren = [zu = std::move(postausgang)](Lauf& lauf) -> Ergebnis {
    const auto mail = lauf.nutzlast<Mail>();
    if (!mail) return nie(mail.error());
    if (zu.host.empty()) return nie("Es ist kein Postausgang eingerichtet (--smtp-host).");
    if (!istAdresse(mail->an)) return nie("Das ist keine Mailadresse.");
    if (!istAdresse(zu.absender)) return nie("Die Absenderadresse des Postausgangs fehlt (--smtp-absender).");
    return uebergib(zu, zu.absender, mail->an,
                    nachricht(*mail, zu.absender, lauf.auftrag().uuid, lauf.auftrag().angelegt));
  };
  return art;
}

}  // namespace jobs
