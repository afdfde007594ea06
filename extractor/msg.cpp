// Outlook messages ([MS-OXMSG]): a compound file with a stream for each MAPI property, a folder for each attachment.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "charset.h"
#include "nachricht.h"
#include "ole.h"
#include "read.h"
#include "rtf.h"

namespace extractor {
namespace {

constexpr int kDepth = 8;

enum Property : std::uint16_t {
  kSubject = 0x0037,
  kSubmitted = 0x0039,
  kHeaders = 0x007D,
  kSenderName = 0x0C1A,
  kSenderAddress = 0x0C1F,
  kDisplayCc = 0x0E03,
  kDisplayTo = 0x0E04,
  kDelivered = 0x0E06,
  kBody = 0x1000,
  kRtf = 0x1009,
  kHtml = 0x1013,
  kMessageId = 0x1035,
  kAttachData = 0x3701,
  kAttachName = 0x3704,
  kAttachLongName = 0x3707,
  kAttachMime = 0x370E,
  kDisplayName = 0x3001,
  kLocale = 0x3FF1,
  kCodepage = 0x3FFD,
  kInternetCodepage = 0x3FDE,
  kSenderSmtp = 0x5D01,
};

/// The properties of a message or an attachment.
class Properties {
 public:
  /// `head` is what stands before the fixed properties: 32 bytes in a message, 24 in one inside, 8 in an attachment.
  Properties(const Ole& ole, std::size_t head) : ole_(ole), fixed_(ole.stream("__properties_version1.0").value_or("")) {
    head_ = head;
  }

  [[nodiscard]] std::string text(Property id, std::string_view charset) const {
    if (const auto wide = ole_.stream(name(id, 0x001F).c_str())) return trimmed(fromUtf16Bytes(*wide));
    if (const auto narrow = ole_.stream(name(id, 0x001E).c_str()))
      return decodeText(narrow->substr(0, narrow->find('\0')), charset).value_or("");
    return {};
  }
  [[nodiscard]] std::optional<std::string> bytes(Property id) const { return ole_.stream(name(id, 0x0102).c_str()); }
  [[nodiscard]] std::optional<Ole> object(Property id) const { return ole_.folder(name(id, 0x000D).c_str()); }

  [[nodiscard]] std::uint64_t number(Property id) const {
    for (std::size_t pos = head_; pos + 16 <= fixed_.size(); pos += 16)
      if (at<std::uint16_t>(fixed_, pos + 2) == id) return at<std::uint64_t>(fixed_, pos + 8);
    return 0;
  }

 private:
  static std::string name(Property id, unsigned type) {
    return fmt::format("__substg1.0_{:04X}{:04X}", static_cast<unsigned>(id), type);
  }
  static std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
  }

  const Ole& ole_;
  std::string fixed_;
  std::size_t head_;
};

/// The charset of strings that are not Unicode: as it is said, else that of the sender's language.
std::string charsetOf(const Properties& properties) {
  auto codepage = static_cast<unsigned>(properties.number(kCodepage) & 0xFFFFU);
  static constexpr std::array<std::pair<unsigned, unsigned>, 10> kLanguages = {{{0x04, 936},
                                                                                {0x05, 1250},
                                                                                {0x08, 1253},
                                                                                {0x0E, 1250},
                                                                                {0x11, 932},
                                                                                {0x12, 949},
                                                                                {0x15, 1250},
                                                                                {0x19, 1251},
                                                                                {0x1F, 1254},
                                                                                {0x22, 1251}}};
  const auto locale = static_cast<unsigned>(properties.number(kLocale) & 0xFFFFU);
  if (codepage == 0 && locale == 0x0404) codepage = 950;
  for (const auto& [language, page] : kLanguages)
    if (codepage == 0 && (locale & 0x3FFU) == language) codepage = page;
  return codepage == 0 ? "" : codepage == 65001 ? "utf-8" : fmt::format("windows-{}", codepage);
}

class Message {
 public:
  Message(Budget& budget, Result& result) : budget_(budget), result_(result) {}

  void read(const Ole& ole) {
    showNachricht(of(ole, 32), budget_, result_);
    attachments(ole, "", 0);
  }

 private:
  static Nachricht of(const Ole& ole, std::size_t head) {
    const Properties properties(ole, head);
    const std::string charset = charsetOf(properties);
    Nachricht out;
    out.betreff = properties.text(kSubject, charset);
    out.absender = properties.text(kSenderName, charset);
    std::string address = properties.text(kSenderSmtp, charset);
    if (address.empty()) address = properties.text(kSenderAddress, charset);
    if (address.find('@') != std::string::npos && address != out.absender)
      out.absender += (out.absender.empty() ? "" : " ") + ("<" + address + ">");
    out.an = properties.text(kDisplayTo, charset);
    out.kopie = properties.text(kDisplayCc, charset);
    out.id = properties.text(kMessageId, charset);
    out.datum = momentOf(properties.number(kSubmitted));
    if (out.datum.empty()) out.datum = momentOf(properties.number(kDelivered));
    out.text = properties.text(kBody, charset);
    out.html = properties.bytes(kHtml).value_or(properties.text(kHtml, charset));
    const auto internet = static_cast<unsigned>(properties.number(kInternetCodepage) & 0xFFFFU);
    out.htmlCharset = internet == 65001                    ? "utf-8"
                      : internet == 20127 || internet == 0 ? ""
                                                           : fmt::format("cp{}", internet);
    out.rtf = properties.bytes(kRtf).value_or("");
    return out;
  }

  void attachments(const Ole& ole, const std::string& pfad, int depth) {
    for (const auto& name : ole.names()) {
      if (!name.starts_with("__attach_version1.0_") || !roomForTeil(result_, budget_)) continue;
      if (const auto folder = ole.folder(name.c_str())) attachment(*folder, pfad, depth);
    }
  }

  void attachment(const Ole& folder, const std::string& pfad, int depth) {
    const Properties properties(folder, 8);
    std::string name = properties.text(kAttachLongName, "");
    if (name.empty()) name = properties.text(kAttachName, "");
    if (name.empty()) name = properties.text(kDisplayName, "");
    if (name.empty()) name = "Anlage " + std::to_string(result_.teile.size() + 1);
    if (const auto inner = properties.object(kAttachData)) return object(*inner, name, pfad, depth);
    const auto bytes = properties.bytes(kAttachData);
    add(name, properties.text(kAttachMime, ""), pfad, bytes.value_or(""));
  }

  /// A message in the message has no bytes of its own: its text becomes a part, its attachments lie below.
  void object(const Ole& inner, const std::string& name, const std::string& pfad, int depth) {
    if (!inner.has("__properties_version1.0") || depth >= kDepth) {
      budget_.teileFehlen = true;
      return;
    }
    Result shown;
    const auto nachricht = of(inner, 24);
    showNachricht(nachricht, budget_, shown);
    const std::string title = nachricht.betreff.empty() ? name : nachricht.betreff;
    add(title + ".txt", "text/plain", pfad, shown.seiten.empty() ? std::string() : clean(shown.seiten[0]));
    attachments(inner, pfad + title + "/", depth + 1);
  }

  void add(std::string name, const std::string& mime, const std::string& pfad, const std::string& bytes) {
    std::replace(name.begin(), name.end(), '/', '_');
    addTeil(result_, budget_, {name, mime, pfad + name}, bytes);
  }

  Budget& budget_;
  Result& result_;
};

}  // namespace

std::string momentOf(std::uint64_t filetime) {
  constexpr std::uint64_t kPerSecond = 10'000'000, kEpoch = 11'644'473'600;
  if (filetime / kPerSecond < kEpoch) return {};
  const auto seconds = static_cast<std::time_t>(filetime / kPerSecond - kEpoch);
  std::tm utc{};
  if (gmtime_r(&seconds, &utc) == nullptr || utc.tm_year > 8000) return {};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                     utc.tm_hour, utc.tm_min, utc.tm_sec);
}

void showNachricht(const Nachricht& nachricht, Budget& budget, Result& result) {
  result.metadaten = {nachricht.absender, nachricht.betreff, nachricht.datum, nachricht.id};
  result.titel = nachricht.betreff;
  TextSink sink(budget);
  for (const auto& [label, value] :
       {std::pair("Von: ", &nachricht.absender), std::pair("An: ", &nachricht.an),
        std::pair("Kopie: ", &nachricht.kopie), std::pair("Betreff: ", &nachricht.betreff)}) {
    if (value->empty()) continue;
    sink.add(label + *value + "\n");
  }
  sink.add("\n");
  std::string body = nachricht.text;
  if (clean(body).empty() && !nachricht.html.empty()) {
    try {
      Result html;
      readHtml(nachricht.html, nachricht.htmlCharset, budget, html);
      for (const auto& seite : html.seiten) body += seite;
    } catch (const Unreadable&) {
      result.grund = "teilweise";
    }
  }
  if (clean(body).empty() && !nachricht.rtf.empty()) {
    std::string titel;
    if (const auto rtf = unpackRtf(nachricht.rtf, budget)) body = rtfText(*rtf, budget, titel);
  }
  sink.add(body);
  result.seiten.push_back(sink.take());
  result.seitenzahl = 1;
}

void readMsg(const Ole& ole, Budget& budget, Result& result) { Message(budget, result).read(ole); }

}  // namespace extractor
