// Compound files (OLE2): which kind it is, by the streams in it.
#include "ole.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>

#include <algorithm>

#include "charset.h"
#include "read.h"

namespace extractor {
namespace {

constexpr std::size_t kStream = std::size_t{256} << 20;
constexpr int kEntries = 20'000;

/// Title and number of pages, as the writing program noted them ([MS-OLEPS]). libgsf's own reader of these leaks.
void readProperties(const Ole& ole, Result& result) {
  const auto stream = ole.stream("\005SummaryInformation");
  if (!stream || stream->size() < 48) return;
  const std::string_view bytes = *stream;
  const std::string_view section = bytes.substr(std::min<std::size_t>(at<std::uint32_t>(bytes, 44), bytes.size()));
  const auto count = std::min<std::uint32_t>(at<std::uint32_t>(section, 4), 1000);
  enum Property : std::uint32_t { kCodepage = 1, kTitle = 2, kPages = 14 };
  const auto place = [&](Property id) -> std::size_t {
    for (std::size_t i = 0; i < count; ++i)
      if (at<std::uint32_t>(section, 8 + i * 8) == id) return at<std::uint32_t>(section, 12 + i * 8);
    return section.size();
  };
  const std::size_t title = place(kTitle);
  const auto type = at<std::uint32_t>(section, title), length = at<std::uint32_t>(section, title + 4);
  const std::string_view text = section.substr(std::min(title + 8, section.size()));
  if (type == 0x1F) {
    result.titel = fromUtf16Bytes(text.substr(0, std::size_t{length} * 2));
  } else if (type == 0x1E) {
    const auto codepage = at<std::uint16_t>(section, place(kCodepage) + 4);
    const std::string charset = codepage == 65001 ? "utf-8" : "windows-" + std::to_string(codepage);
    const std::string_view narrow = text.substr(0, length);
    result.titel = decodeText(narrow.substr(0, narrow.find('\0')), charset).value_or("");
  }
  const auto pages = at<std::uint32_t>(section, place(kPages) + 4);
  if (pages < 100'000) result.seitenzahl = pages;
}

void become(Result& result, const char* format, const char* mime) {
  result.format = format;
  result.mime = mime;
}

}  // namespace

Ole::Ole(Bytes bytes) {
  const std::unique_ptr<GsfInput, GUnref> input(gsf_input_memory_new(
      reinterpret_cast<const guint8*>(bytes.data()), static_cast<gsf_off_t>(bytes.size()), /*needs_free=*/FALSE));
  GError* error = nullptr;
  root_.reset(gsf_infile_msole_new(input.get(), &error));
  if (error != nullptr) g_error_free(error);
  if (!root_) throw Unreadable{"fehler", "beschaedigt"};
}

bool Ole::has(const char* name) const {
  return std::unique_ptr<GsfInput, GUnref>(gsf_infile_child_by_name(root_.get(), name)) != nullptr;
}

std::optional<std::string> Ole::stream(const char* name) const {
  const std::unique_ptr<GsfInput, GUnref> input(gsf_infile_child_by_name(root_.get(), name));
  if (!input) return std::nullopt;
  const gsf_off_t size = gsf_input_size(input.get());
  if (size < 0 || static_cast<std::size_t>(size) > kStream) return std::nullopt;
  std::string out(static_cast<std::size_t>(size), '\0');
  if (size > 0 && gsf_input_read(input.get(), out.size(), reinterpret_cast<guint8*>(out.data())) == nullptr)
    return std::nullopt;
  return out;
}

std::optional<Ole> Ole::folder(const char* name) const {
  GsfInput* input = gsf_infile_child_by_name(root_.get(), name);
  if (input == nullptr) return std::nullopt;
  if (!GSF_IS_INFILE(input)) {
    g_object_unref(input);
    return std::nullopt;
  }
  return Ole(GsfIn(GSF_INFILE(input)));
}

std::vector<std::string> Ole::names() const {
  std::vector<std::string> out;
  const int count = std::min(gsf_infile_num_children(root_.get()), kEntries);
  for (int i = 0; i < count; ++i)
    if (const char* name = gsf_infile_name_by_index(root_.get(), i)) out.emplace_back(name);
  return out;
}

std::string fromUtf16Bytes(std::string_view bytes) {
  std::u16string units(bytes.size() / 2, u'\0');
  if (!units.empty()) std::memcpy(units.data(), bytes.data(), units.size() * 2);
  return fromUtf16(units);
}

void readOle(Bytes bytes, Budget& budget, Result& result) {
  const Ole ole(bytes);
  if (ole.has("EncryptedPackage")) throw Unreadable{"gesperrt", "kennwort"};
  if (ole.has("__properties_version1.0")) {
    become(result, "msg", "application/vnd.ms-outlook");
    return readMsg(ole, budget, result);
  }
  readProperties(ole, result);
  if (ole.has("WordDocument")) {
    become(result, "doc", "application/msword");
    return readDoc(ole, budget, result);
  }
  if (ole.has("Workbook") || ole.has("Book")) {
    become(result, "xls", "application/vnd.ms-excel");
    return readXls(ole, budget, result);
  }
  if (ole.has("PowerPoint Document")) {
    become(result, "ppt", "application/vnd.ms-powerpoint");
    return readPpt(ole, budget, result);
  }
  throw Unreadable{"leer", "ohne_leser"};
}

}  // namespace extractor
