#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "office.h"
#include "read.h"

namespace extractor {
namespace {

constexpr std::size_t kEntries = 10'000;
/// What an archive may always unpack to, and how much more than its own size beyond that: real documents stay below
/// 100 to 1, bombs go beyond 1000 to 1.
constexpr std::size_t kFree = std::size_t{16} << 20;
constexpr std::size_t kRatio = 200;

struct Format {
  std::string_view witness, format, mime;
};

constexpr std::array kOoxml = {
    Format{"word/document", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    Format{"xl/workbook", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    Format{"ppt/presentation", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
};
constexpr std::string_view kOdf = "application/vnd.oasis.opendocument.";
constexpr std::array kOdfKinds = {
    Format{"text", "odt", "application/vnd.oasis.opendocument.text"},
    Format{"spreadsheet", "ods", "application/vnd.oasis.opendocument.spreadsheet"},
    Format{"presentation", "odp", "application/vnd.oasis.opendocument.presentation"},
};

/// Parts with text, in the order in which a reader of the document meets them.
constexpr std::array<std::string_view, 9> kTextParts = {
    "word/header",         "word/document",    "word/footnotes",
    "word/endnotes",       "word/comments",    "word/footer",
    "xl/worksheets/sheet", "ppt/slides/slide", "ppt/notesSlides/notesSlide"};
constexpr std::size_t kSheets = 6, kSlides = 7;

class Zip {
 public:
  explicit Zip(Bytes bytes) : archive_(archive_read_new(), &archive_read_free) {
    archive_read_support_format_zip_seekable(archive_.get());
    if (archive_read_open_memory(archive_.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
      throw Unreadable{"fehler", "beschaedigt"};
  }

  /// Moves to the next entry; false at the end, or where the archive is broken.
  bool next() { return ++count_ <= kEntries && archive_read_next_header(archive_.get(), &entry_) >= ARCHIVE_WARN; }

  [[nodiscard]] std::string name() const {
    const char* text = archive_entry_pathname(entry_);
    return text == nullptr ? std::string() : text;
  }

  [[nodiscard]] bool encrypted() const { return archive_entry_is_data_encrypted(entry_) != 0; }

  /// Gives the next piece of the entry; empty at its end. Throws when the data is broken.
  Bytes block() {
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int rc = archive_read_data_block(archive_.get(), &data, &size, &offset);
    if (rc == ARCHIVE_EOF) return {};
    if (rc < ARCHIVE_WARN) throw Unreadable{"fehler", "beschaedigt"};
    return {static_cast<const char*>(data), size};
  }

 private:
  std::unique_ptr<archive, decltype(&archive_read_free)> archive_;
  archive_entry* entry_ = nullptr;
  std::size_t count_ = 0;
};

class Office {
 public:
  Office(Bytes bytes, Budget& budget, Result& result)
      : bytes_(bytes),
        budget_(budget),
        result_(result),
        limit_(std::min(budget.inflated, std::max(kFree, bytes.size() * kRatio))) {}

  /// Sets format and mime of an office document; leaves them for any other archive.
  void identify() {
    std::size_t entries = 0;
    for (Zip zip(bytes_); zip.next(); ++entries) {
      const std::string name = zip.name();
      for (const auto& format : kOoxml)
        if (name.starts_with(format.witness)) become(format);
      if (name == "mimetype" && !zip.encrypted()) identifyOdf(read(zip, 256));
      // The sheets may come before the strings that they refer to.
      if (name == "xl/sharedStrings.xml") stream(zip, *sharedStringsVisitor(shared_, budget_));
      if (name == "xl/workbook.xml") stream(zip, *workbookVisitor(sheetNames_));
    }
    if (entries == 0) throw Unreadable{"fehler", "beschaedigt"};
  }

  void run() {
    for (Zip zip(bytes_); zip.next() && !budget_.spent();) part(zip);
    pages();
    const bool empty = std::all_of(result_.seiten.begin(), result_.seiten.end(), [](auto& one) { return one.empty(); });
    if (empty && broken_) throw Unreadable{"fehler", "beschaedigt"};
    if (broken_) result_.grund = "teilweise";
    if (result_.format != "docx" && result_.format != "odt")
      result_.seitenzahl = static_cast<std::uint32_t>(result_.seiten.size());
    result_.seitenzahl = std::max(result_.seitenzahl, 1U);
  }

 private:
  // The order of the parts: rank, then slide2 before slide10.
  using Key = std::tuple<std::size_t, std::size_t, std::string>;

  /// Each sheet and each slide is a page of its own; notes follow their slides at the end. All else is one page.
  void pages() {
    std::string all;
    std::size_t sheet = 0;
    for (auto& [key, sink] : texts_) {
      const std::size_t rank = std::get<0>(key);
      std::string text = sink.take();
      if (rank == kSheets && sheet < sheetNames_.size()) text = sheetNames_[sheet++] + "\n" + text;
      if (rank == kSheets || rank == kSlides)
        result_.seiten.push_back(std::move(text));
      else
        all += text;
    }
    const bool paged = result_.format == "ods" || result_.format == "odp";
    for (std::size_t end = all.find('\f'); paged && end != all.npos; end = all.find('\f')) {
      result_.seiten.push_back(all.substr(0, end));
      all.erase(0, end + 1);
    }
    if (!all.empty() || result_.seiten.empty()) result_.seiten.push_back(std::move(all));
  }

  void identifyOdf(std::string_view mime) {
    if (!mime.starts_with(kOdf)) return;
    for (const auto& format : kOdfKinds)
      if (mime.substr(kOdf.size()).starts_with(format.witness)) become(format);
  }

  void become(const Format& format) {
    result_.format = format.format;
    result_.mime = format.mime;
  }

  void part(Zip& zip) {
    const std::string name = zip.name();
    if (name == "META-INF/manifest.xml") {
      bool encrypted = false;
      stream(zip, *manifestVisitor(encrypted));
      if (encrypted) throw Unreadable{"gesperrt", "kennwort"};
    } else if (name == "docProps/core.xml" || name == "docProps/app.xml" || name == "meta.xml") {
      stream(zip, *propertiesVisitor(result_));
    } else if (name == "content.xml" || name == "styles.xml") {
      auto& into = sink(name == "styles.xml", name);
      stream(zip, result_.format == "ods" && name == "content.xml" ? *odfSheetVisitor(into) : *odfVisitor(into));
    } else if (const std::size_t rank = rankOf(name); rank < kTextParts.size()) {
      auto& into = sink(rank, name);
      stream(zip, rank == kSheets ? *sheetVisitor(into, shared_) : *ooxmlVisitor(into));
    }
  }

  static std::size_t rankOf(std::string_view name) {
    const auto* const found =
        std::find_if(kTextParts.begin(), kTextParts.end(), [&](auto prefix) { return name.starts_with(prefix); });
    return name.ends_with(".xml") ? static_cast<std::size_t>(found - kTextParts.begin()) : kTextParts.size();
  }

  TextSink& sink(std::size_t rank, const std::string& name) {
    return texts_.try_emplace(Key{rank, name.size(), name}, budget_).first->second;
  }

  void stream(Zip& zip, XmlVisitor& visitor) {
    if (zip.encrypted()) throw Unreadable{"gesperrt", "kennwort"};
    try {
      XmlStream xml(visitor);
      for (Bytes piece = next(zip); !piece.empty() && !budget_.spent(); piece = next(zip))
        if (!xml.feed(piece)) throw Unreadable{"fehler", "beschaedigt"};
      if (!budget_.exhausted && !xml.finish()) broken_ = true;
    } catch (const Unreadable& reason) {
      if (reason.grund != "beschaedigt") throw;
      broken_ = true;
    }
  }

  std::string read(Zip& zip, std::size_t most) {
    const Bytes piece = next(zip);
    return {piece.data(), std::min(piece.size(), most)};
  }

  Bytes next(Zip& zip) {
    const Bytes piece = zip.block();
    if (piece.size() > limit_) throw Unreadable{"fehler", "bombe"};
    limit_ -= piece.size();
    budget_.inflated -= piece.size();
    return piece;
  }

  Bytes bytes_;
  Budget& budget_;
  Result& result_;
  std::size_t limit_;
  bool broken_ = false;
  std::vector<std::string> shared_, sheetNames_;
  std::map<Key, TextSink> texts_;
};

}  // namespace

void readZip(Bytes bytes, Budget& budget, Result& result) {
  if (std::string_view(bytes.data(), bytes.size()).starts_with("PK\x05\x06")) throw Unreadable{"leer", "archiv_leer"};
  Office office(bytes, budget, result);
  office.identify();
  if (result.format == "zip") return readArchiv(bytes, budget, result);
  office.run();
}

}  // namespace extractor
