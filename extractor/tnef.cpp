// TNEF ([MS-OXTNEF]), the winmail.dat of Outlook: attributes of the message, then of each attachment.
#include <algorithm>
#include <charconv>
#include <map>

#include "charset.h"
#include "nachricht.h"
#include "ole.h"
#include "read.h"

namespace extractor {
namespace {

enum Attribute : std::uint16_t {
  kSubject = 0x8004,
  kMessageId = 0x8009,
  kBody = 0x800C,
  kAttachData = 0x800F,
  kAttachTitle = 0x8010,
  kRenderData = 0x9002,
  kMapi = 0x9003,
  kAttachMapi = 0x9005,
  kCodepage = 0x9007,
};

/// A string of one byte for a letter, up to the zero that ends it.
std::string narrow(std::string_view bytes, std::string_view charset) {
  return decodeText(bytes.substr(0, bytes.find('\0')), charset).value_or("");
}

/// The properties of an attribute of MAPI properties, by their id: strings as UTF-8, others as they are.
std::map<std::uint16_t, std::string> mapiOf(std::string_view bytes, std::string_view charset) {
  std::map<std::uint16_t, std::string> out;
  std::size_t pos = 4;
  const auto padded = [](std::size_t size) { return (size + 3) / 4 * 4; };
  for (std::uint32_t left = at<std::uint32_t>(bytes, 0); left > 0 && pos + 4 <= bytes.size(); --left) {
    const auto type = at<std::uint16_t>(bytes, pos), id = at<std::uint16_t>(bytes, pos + 2);
    pos += 4;
    if (id >= 0x8000) {
      // A named property: GUID, then a number or a name.
      const bool byName = at<std::uint32_t>(bytes, pos + 16) == 1;
      pos += 20 + (byName ? 4 + padded(at<std::uint32_t>(bytes, pos + 20)) : 4);
    }
    const bool multiple = (type & 0x1000U) != 0;
    const std::uint16_t kind = type & 0x0FFFU;
    const bool variable = kind == 0x1E || kind == 0x1F || kind == 0x102 || kind == 0x0D;
    std::uint32_t count = 1;
    if (multiple || variable) {
      count = at<std::uint32_t>(bytes, pos);
      pos += 4;
    }
    for (std::uint32_t i = 0; i < count && pos < bytes.size(); ++i) {
      std::size_t size = kind == 0x05 || kind == 0x06 || kind == 0x07 || kind == 0x14 || kind == 0x40 ? 8
                         : kind == 0x48                                                               ? 16
                                                                                                      : 4;
      if (variable) {
        size = at<std::uint32_t>(bytes, pos);
        pos += 4;
      }
      if (pos > bytes.size()) return out;
      const std::string_view value = bytes.substr(pos, size);
      if (kind == 0x1F)
        out[id] = fromUtf16Bytes(value);
      else if (kind == 0x1E)
        out[id] = narrow(value, charset);
      else
        out[id] = std::string(value);
      pos += padded(size);
    }
  }
  return out;
}

std::string line(std::string text) {
  text.erase(std::find(text.begin(), text.end(), '\0'), text.end());
  return text;
}

class Tnef {
 public:
  Tnef(Bytes bytes, Budget& budget, Result& result)
      : bytes_(bytes.data(), bytes.size()), budget_(budget), result_(result) {}

  void run() {
    constexpr std::size_t kHeader = 6;
    bool whole = true;
    for (std::size_t pos = kHeader; pos + 9 <= bytes_.size() && !budget_.spent();) {
      const bool attachment = bytes_[pos] == 2;
      const auto id = at<std::uint16_t>(bytes_, pos + 1);
      const std::size_t size = at<std::uint32_t>(bytes_, pos + 5);
      const std::string_view value = bytes_.substr(pos + 9, size);
      whole = value.size() == size;
      if ((bytes_[pos] != 1 && !attachment) || (!whole && value.empty())) break;
      if (attachment)
        ofAttachment(id, value);
      else
        ofMessage(id, value);
      pos += 9 + value.size() + 2;
    }
    endAttachment();
    showNachricht(message_, budget_, result_);
    if (!whole) result_.grund = "teilweise";
  }

 private:
  void ofMessage(std::uint16_t id, std::string_view value) {
    const auto text = [&] { return narrow(value, charset_); };
    if (id == kCodepage) {
      charset_ = "windows-" + std::to_string(at<std::uint32_t>(value, 0));
    } else if (id == kSubject) {
      message_.betreff = text();
    } else if (id == kBody) {
      message_.text = text();
    } else if (id == kMessageId) {
      message_.id = text();
    } else if (id == kMapi) {
      auto mapi = mapiOf(value, charset_);
      const auto take = [&](std::uint16_t property, std::string& into) {
        if (const auto found = mapi.find(property); found != mapi.end() && !found->second.empty()) into = found->second;
      };
      take(0x0037, message_.betreff);
      take(0x0C1A, message_.absender);
      take(0x0E04, message_.an);
      take(0x1000, message_.text);
      take(0x1009, message_.rtf);
      take(0x1013, message_.html);
      message_.betreff = line(message_.betreff);
      message_.absender = line(message_.absender);
      if (const auto sent = mapi.find(0x0039); sent != mapi.end())
        message_.datum = momentOf(at<std::uint64_t>(sent->second, 0));
    }
  }

  void ofAttachment(std::uint16_t id, std::string_view value) {
    if (id == kRenderData) {
      endAttachment();
      open_ = true;
    } else if (id == kAttachTitle) {
      open_ = true;
      if (name_.empty()) name_ = narrow(value, charset_);
    } else if (id == kAttachData) {
      open_ = true;
      data_ = value;
    } else if (id == kAttachMapi) {
      auto mapi = mapiOf(value, charset_);
      if (auto longName = line(mapi[0x3707]); !longName.empty()) name_ = std::move(longName);
      if (auto mime = line(mapi[0x370E]); !mime.empty()) mime_ = std::move(mime);
      object_ = std::move(mapi[0x3701]);
    }
  }

  void endAttachment() {
    if (!open_) return;
    open_ = false;
    // A message in the message is TNEF again, behind the 16 bytes of its interface's name.
    if (data_.empty() && object_.size() > 16) {
      data_ = std::string_view(object_).substr(16);
      if (data_.starts_with("\x78\x9F\x3E\x22")) name_ = (name_.empty() ? "Nachricht" : name_) + ".tnef";
    }
    if (name_.empty()) name_ = "Anlage " + std::to_string(result_.teile.size() + 1);
    std::replace(name_.begin(), name_.end(), '/', '_');
    addTeil(result_, budget_, {name_, mime_}, data_);
    name_.clear();
    mime_.clear();
    object_.clear();
    data_ = {};
  }

  std::string_view bytes_, data_;
  Budget& budget_;
  Result& result_;
  Nachricht message_;
  std::string charset_ = "windows-1252", name_, mime_, object_;
  bool open_ = false;
};

}  // namespace

void readTnef(Bytes bytes, Budget& budget, Result& result) { Tnef(bytes, budget, result).run(); }

}  // namespace extractor
