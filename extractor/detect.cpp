#include "detect.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace extractor {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  Kind kind;
};

constexpr std::array kMagic = {
    Magic{0, "PK\x03\x04"sv, {"zip", "application/zip", Reader::Zip}},
    Magic{0, "PK\x05\x06"sv, {"zip", "application/zip", Reader::Zip}},
    Magic{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, {"ole", "application/x-ole-storage", Reader::Ole}},
    Magic{0, "\x89PNG\r\n\x1a\n"sv, {"png", "image/png", Reader::None}},
    Magic{0, "\xFF\xD8\xFF"sv, {"jpeg", "image/jpeg", Reader::None}},
    Magic{0, "II*\0"sv, {"tiff", "image/tiff", Reader::None}},
    Magic{0, "MM\0*"sv, {"tiff", "image/tiff", Reader::None}},
    Magic{0, "II+\0\x08\0"sv, {"tiff", "image/tiff", Reader::None}},
    Magic{0, "MM\0+\0\x08"sv, {"tiff", "image/tiff", Reader::None}},
    Magic{0, "GIF8"sv, {"gif", "image/gif", Reader::None}},
    Magic{8, "WEBP"sv, {"webp", "image/webp", Reader::None}},
    Magic{4, "ftypheic"sv, {"heic", "image/heic", Reader::None}},
    Magic{0, "{\\rtf"sv, {"rtf", "application/rtf", Reader::Rtf}},
    Magic{0, "\x1F\x8B"sv, {"gz", "application/gzip", Reader::Archiv}},
    Magic{0, "BZh"sv, {"bz2", "application/x-bzip2", Reader::Archiv}},
    Magic{0,
          "\xFD"
          "7zXZ\0"sv,
          {"xz", "application/x-xz", Reader::Archiv}},
    Magic{0, "MSCF\0"sv, {"cab", "application/vnd.ms-cab-compressed", Reader::Archiv}},
    Magic{0, "7z\xBC\xAF\x27\x1C"sv, {"7z", "application/x-7z-compressed", Reader::Archiv}},
    Magic{0, "Rar!\x1A\x07"sv, {"rar", "application/vnd.rar", Reader::Archiv}},
    Magic{257, "ustar"sv, {"tar", "application/x-tar", Reader::Archiv}},
    Magic{0, "\x78\x9F\x3E\x22"sv, {"tnef", "application/vnd.ms-tnef", Reader::Tnef}},
    Magic{0, "\x30\x82"sv, {"p7m", "application/pkcs7-mime", Reader::None}},
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

bool looksHtml(const std::string& head) {
  const std::size_t start = head.find_first_not_of(" \t\r\n");
  if (start == std::string::npos || head[start] != '<') return false;
  const std::string_view first = std::string_view(head).substr(0, 4096);
  return first.find("<!doctype html") != first.npos || first.find("<html") != first.npos ||
         first.find("<body") != first.npos;
}

/// With a declaration, or as an invoice that goes without one.
bool looksXml(std::string_view head) {
  const std::size_t start = head.find_first_not_of(" \t\r\n");
  if (start == head.npos) return false;
  head.remove_prefix(start);
  if (head.starts_with("<?xml")) return true;
  if (!head.starts_with('<')) return false;
  const std::string_view root = head.substr(1, head.find_first_of(" \t\r\n/>") - 1);
  const std::string_view local = root.substr(root.find(':') == root.npos ? 0 : root.find(':') + 1);
  return local == "invoice" || local == "creditnote" || local == "crossindustryinvoice";
}

/// Counts known header fields before the first line that is none.
int mailHeaders(std::string_view head) {
  static constexpr std::array kKnown = {"from"sv,        "to"sv,           "subject"sv,  "date"sv,
                                        "received"sv,    "message-id"sv,   "cc"sv,       "mime-version"sv,
                                        "return-path"sv, "content-type"sv, "reply-to"sv, "delivered-to"sv};
  int known = 0;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    std::string_view line = head.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return known;
    head.remove_prefix(std::min(end + 1, head.size()));
    if (line[0] == ' ' || line[0] == '\t') continue;
    std::string_view field = line.substr(0, line.find(':'));
    if (field.size() == line.size()) return known;
    field = field.substr(0, field.find_last_not_of(" \t") + 1);
    if (field.find(' ') != field.npos) return known;
    known += std::find(kKnown.begin(), kKnown.end(), field) != kKnown.end();
  }
  return known;
}

}  // namespace

Kind detect(Bytes bytes, std::string_view endung) {
  std::string_view head(bytes.data(), std::min<std::size_t>(bytes.size(), 16 << 10));
  for (const auto& magic : kMagic)
    if (head.size() >= magic.offset + magic.bytes.size() && head.substr(magic.offset).starts_with(magic.bytes))
      return magic.kind;
  if (head.starts_with("BM") && head.size() > 26 && head.substr(6, 4) == "\0\0\0\0"sv)
    return {"bmp", "image/bmp", Reader::None};
  if (head.substr(0, 1024).find("%PDF-") != head.npos) return {"pdf", "application/pdf", Reader::Pdf};
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (head.starts_with("From ")) {
    const std::size_t line = head.find('\n');
    if (line != head.npos && mailHeaders(lower(head.substr(line + 1))) >= 2)
      return {"mbox", "application/mbox", Reader::Mail};
  }
  const std::string text = lower(head);
  if (mailHeaders(text) >= (endung == "eml" ? 1 : 3)) return {"eml", "message/rfc822", Reader::Mail};
  if (looksHtml(text)) return {"html", "text/html", Reader::Html};
  if (looksXml(text)) return {"xml", "application/xml", Reader::Xml};
  if (endung == "md" || endung == "markdown") return {"md", "text/markdown", Reader::Text};
  if (endung == "csv") return {"csv", "text/csv", Reader::Text};
  return {"txt", "text/plain", Reader::Text};
}

}  // namespace extractor
