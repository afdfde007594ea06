// Archives of every kind that libarchive reads: their members become parts.
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

#include "charset.h"
#include "read.h"

namespace extractor {
namespace {

/// What an archive may always unpack to, and how much more than its own size beyond that; as for office documents.
constexpr std::size_t kFree = std::size_t{32} << 20, kRatio = 200;
constexpr std::size_t kMember = std::size_t{128} << 20;
constexpr std::size_t kEntries = 100'000;

/// What programs store beside the files of a person.
bool isClutter(std::string_view path) {
  return path.starts_with("__MACOSX/") || path.ends_with(".DS_Store") || path.ends_with("Thumbs.db");
}

std::string utf8Of(const char* text) {
  if (text == nullptr) return {};
  const std::string_view raw(text);
  return decodeText(raw).value_or(std::string());
}

class Archiv {
 public:
  Archiv(Bytes bytes, Budget& budget, Result& result)
      : archive_(archive_read_new(), &archive_read_free),
        budget_(budget),
        result_(result),
        sink_(budget),
        limit_(std::min(budget.inflated, std::max(kFree, bytes.size() * kRatio))) {
    for (const auto support :
         {archive_read_support_format_zip, archive_read_support_format_tar, archive_read_support_format_gnutar,
          archive_read_support_format_7zip, archive_read_support_format_rar, archive_read_support_format_rar5,
          archive_read_support_format_cab, archive_read_support_format_raw, archive_read_support_filter_gzip,
          archive_read_support_filter_bzip2, archive_read_support_filter_xz})
      support(archive_.get());
    if (archive_read_open_memory(archive_.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
      throw Unreadable{"fehler", "beschaedigt"};
  }

  void run() {
    std::size_t members = 0;
    bool broken = false;
    for (std::size_t i = 0; i < kEntries && !budget_.spent(); ++i) {
      archive_entry* entry = nullptr;
      const int rc = archive_read_next_header(archive_.get(), &entry);
      broken = rc != ARCHIVE_EOF && rc < ARCHIVE_WARN;
      if (rc == ARCHIVE_EOF || broken) break;
      if (archive_entry_filetype(entry) != AE_IFREG) continue;
      ++members;
      member(entry);
    }
    result_.seiten.push_back(sink_.take());
    if (locked_ && result_.teile.empty()) throw Unreadable{"gesperrt", "kennwort"};
    if (members == 0) throw broken ? Unreadable{"fehler", "beschaedigt"} : Unreadable{"leer", "archiv_leer"};
    if (broken || broken_) result_.grund = "teilweise";
    if (locked_) result_.grund = "teile_gesperrt";
  }

 private:
  void member(archive_entry* entry) {
    std::string path = utf8Of(archive_entry_pathname(entry));
    // A single packed file has no name of its own.
    if (path.empty() || path == "data") path = "Inhalt";
    if (isClutter(path)) return;
    sink_.add(path + "\n");
    if (archive_entry_is_data_encrypted(entry) != 0) {
      locked_ = true;
      return;
    }
    if (!roomForTeil(result_, budget_)) return;
    const auto bytes = contentOf();
    if (!bytes) return;
    addTeil(result_, budget_, {path.substr(path.find_last_of("/\\") + 1), "", path}, *bytes);
  }

  std::optional<std::string> contentOf() {
    std::string bytes;
    for (;;) {
      const void* data = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      const int rc = archive_read_data_block(archive_.get(), &data, &size, &offset);
      if (rc == ARCHIVE_EOF) return bytes;
      if (rc < ARCHIVE_WARN) {
        broken_ = true;
        return std::nullopt;
      }
      // Holes of sparse members count as what they unpack to.
      const auto end = static_cast<std::size_t>(std::max<la_int64_t>(offset, 0)) + size;
      if (end > kMember) {
        budget_.teileFehlen = true;
        return std::nullopt;
      }
      const std::size_t grown = end > bytes.size() ? end - bytes.size() : 0;
      if (grown > limit_) throw Unreadable{"fehler", "bombe"};
      limit_ -= grown;
      budget_.inflated -= std::min(budget_.inflated, grown);
      bytes.resize(std::max(bytes.size(), end));
      std::copy_n(static_cast<const char*>(data), size, bytes.begin() + static_cast<std::ptrdiff_t>(end - size));
      if (budget_.spent()) return std::nullopt;
    }
  }

  std::unique_ptr<archive, decltype(&archive_read_free)> archive_;
  Budget& budget_;
  Result& result_;
  TextSink sink_;
  std::size_t limit_;
  bool locked_ = false, broken_ = false;
};

}  // namespace

void readArchiv(Bytes bytes, Budget& budget, Result& result) { Archiv(bytes, budget, result).run(); }

}  // namespace extractor
