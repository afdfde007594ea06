// All shared real files, each read once: what came out, by kind, beside what standard tools say of them. The table is
// docs/formats.md; AKTENLOTSE_FORMATS=write makes it anew. Nothing may crash, hang or be lost without a reason.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "../hinweis.h"
#include "real_files.h"

namespace extract::test {
namespace {

namespace fs = std::filesystem;

constexpr std::array kFolders = {"pdf", "office", "images", "mail", "einvoice", "malicious"};

struct Read {
  Text text;
  std::size_t teile = 0;
  std::uint64_t bytes = 0;  ///< of the parts that were handed out
};

/// Every file of the folders, by its place, as it was read.
const std::map<std::string, Read>& all() {
  static const auto read = [] {
    std::map<std::string, Read> out;
    const Extractor extractor({.program = program(), .parallel = 1});
    const fs::path data = testing_support::testData();
    for (const char* folder : kFolders)
      for (const auto& entry : fs::recursive_directory_iterator(data / folder)) {
        if (!entry.is_regular_file()) continue;
        auto [text, parts] = unpack(extractor, contentOf(entry.path()), nameOf(entry.path()));
        Read one{std::move(text), parts.size(), 0};
        for (const auto& part : parts) one.bytes += part.bytes.size();
        out.emplace(fs::relative(entry.path(), data).string(), std::move(one));
      }
    return out;
  }();
  return read;
}

/// What is not counted here, because other programs make it later.
constexpr const char* kSpaeter = R"(
## What jobs make of them later

The original is never touched. What is made of it lies beside it ([decision 0016](decisions/0016-renditionen.md)), is derived, and is
ordered again by `aktenlotse renditionen` where it is missing.

| Kind | What | By | Without that program |
|---|---|---|---|
| PDF, page without text | its words with their places, the upright page, a searchable PDF | `aktenlotse-ocr` (tesseract, German; qpdf) | the job fails with its reason, the file is found by its Betreff |
| TIFF, JPEG, PNG | the same, and a picture of each page | `aktenlotse-ocr` | the same |
| PDF, TIFF, JPEG, PNG | a small picture of the first page | `aktenlotse-ocr` (poppler, leptonica) | there is none |
| PDF, TIFF with separator sheets (QR code) | a Dokument for each section, in the Vorgang that its sheet names | `aktenlotse-ocr` (ZXing) | the stack stays whole |
| DOCX, XLSX, PPTX, ODT, ODS, ODP, RTF, DOC, XLS, PPT | a PDF of its pages, and a small picture | `aktenlotse-buero` (LibreOffice, where it is installed) | the screen says that LibreOffice is missing and shows the text |

LibreOffice is started for each file in a folder of its own that is gone afterwards, for 90 seconds at most, under Landlock and
seccomp: it reads the system's programs and fonts, writes that folder, and reaches no network, no other process and no other file.
Macros do not run and links are not followed.
)";

struct Row {
  std::size_t files = 0, ok = 0, leer = 0, gesperrt = 0, fehler = 0, seiten = 0, teile = 0, zeichen = 0;
  void add(const Read& read) {
    ++files;
    ++(read.text.status == Status::Ok         ? ok
       : read.text.status == Status::Leer     ? leer
       : read.text.status == Status::Gesperrt ? gesperrt
                                              : fehler);
    seiten += read.text.seitenzahl;
    teile += read.text.teile.size();
    zeichen += inkOf(read.text.gesamt());
  }
};

/// A comparison with a tool, over all files that it says something of.
struct Vergleich {
  std::size_t files = 0;
  std::vector<std::string> misses{};
  void expect(bool equal, const std::string& miss) {
    ++files;
    if (!equal) misses.push_back(miss);
  }
};

using Vergleiche = std::map<std::string, Vergleich>;

const Read* find(const std::map<std::string, std::string>& row) {
  const auto found = all().find(row.at("file"));
  return found == all().end() ? nullptr : &found->second;
}

void comparePdf(const fs::path& data, Vergleiche& out) {
  for (const auto& row : table(data / "expected/pdf.tsv")) {
    const Read* read = find(row);
    if (read == nullptr || row.at("pdfinfo") != "pdfinfo-rc=0" || row.at("header") != "pdf-header") continue;
    const Text& text = read->text;
    out["PDF: Seitenzahl wie pdfinfo"].expect(
        std::to_string(text.seitenzahl) == row.at("pages"),
        fmt::format("{}: {} statt {}", row.at("file"), text.seitenzahl, row.at("pages")));
    out["PDF: Text wie pdftotext"].expect(
        near(inkOf(text.gesamt()), std::stoul(row.at("text_chars"))),
        fmt::format("{}: {} Buchstaben statt {} Zeichen", row.at("file"), inkOf(text.gesamt()), row.at("text_chars")));
    out["PDF: eingebettete Dateien wie qpdf"].expect(
        std::to_string(text.teile.size()) == row.at("embedded_files"),
        fmt::format("{}: {} statt {}", row.at("file"), text.teile.size(), row.at("embedded_files")));
  }
}

void compareOffice(const fs::path& data, Vergleiche& out) {
  for (const auto& row : table(data / "expected/office.tsv")) {
    const Read* read = find(row);
    if (read == nullptr) continue;
    const Text& text = read->text;
    const std::string &ext = row.at("ext"), &container = row.at("container");
    if (row.at("encryption").find("ooxml-encrypted") == 0)
      out["Office: verschlüsselte als solche erkannt"].expect(text.hinweisCode == "kennwort",
                                                              row.at("file") + ": " + text.hinweisCode);
    else if ((ext == "docx" || ext == "odt") && !row.at("text_chars").empty())
      out["DOCX, ODT: Text wie im XML"].expect(near(inkOf(text.gesamt()), std::stoul(row.at("text_chars"))),
                                               fmt::format("{}: {} Buchstaben statt {} Zeichen", row.at("file"),
                                                           inkOf(text.gesamt()), row.at("text_chars")));
    else if (container == "ole2" && (ext == "doc" || ext == "xls" || ext == "ppt"))
      out["DOC, XLS, PPT: Art erkannt"].expect(text.format == ext, row.at("file") + ": " + text.format);
    else if (container == "rtf")
      out["RTF: Art erkannt"].expect(text.format == "rtf", row.at("file") + ": " + text.format);
  }
}

void compareMail(const fs::path& data, Vergleiche& out) {
  for (const auto& row : table(data / "expected/mail.tsv")) {
    const Read* read = find(row);
    if (read == nullptr) continue;
    const Text& text = read->text;
    const std::string& kind = row.at("kind");
    if (kind == "OLE-msg")
      out["MSG: Art erkannt"].expect(text.format == "msg",
                                     row.at("file") + ": " + text.format + " " + text.hinweisCode);
    if (kind == "TNEF")
      out["TNEF: Art erkannt"].expect(text.format == "tnef",
                                      row.at("file") + ": " + text.format + " " + text.hinweisCode);
    if (kind != "rfc822" || text.format != "eml") continue;
    const std::string& subject = row.at("subject");
    if (std::all_of(subject.begin(), subject.end(), [](char c) { return c > 0; }))
      out["EML: Betreff wie Pythons email"].expect(
          inkOf(text.metadaten.betreff) == inkOf(subject),
          fmt::format("{}: „{}“ statt „{}“", row.at("file"), text.metadaten.betreff, subject));
    out["EML: nicht weniger Anlagen als Pythons email"].expect(
        text.teile.size() >= std::stoul("0" + row.at("attachments")),
        fmt::format("{}: {} statt {}", row.at("file"), text.teile.size(), row.at("attachments")));
  }
}

void compareOthers(const fs::path& data, Vergleiche& out) {
  static const std::map<std::string, std::string> kKinds = {
      {"tiff", "tiff"}, {"PNG", "png"}, {"JPEG", "jpeg"}, {"PC", "bmp"}, {"ISO", "heic"}};
  for (const auto& row : table(data / "expected/images.tsv")) {
    const Read* read = find(row);
    const auto kind = kKinds.find(row.at("kind").substr(0, row.at("kind").find(' ')));
    if (read != nullptr && kind != kKinds.end())
      out["Bilder: Art erkannt"].expect(read->text.format == kind->second, row.at("file") + ": " + read->text.format);
  }
  for (const auto& row : table(data / "expected/zip-headers.tsv")) {
    const Read* read = find(row);
    if (read == nullptr || row.at("python_zipfile") != "ok" || read->text.format != "zip") continue;
    const std::size_t entries = std::stoul("0" + row.at("entries"));
    out["ZIP: nicht mehr Teile als Einträge"].expect(
        read->text.teile.size() <= entries,
        fmt::format("{}: {} statt {}", row.at("file"), read->text.teile.size(), entries));
  }
  for (const auto& [file, read] : all()) {
    if (file.find("einvoice/xrechnung") == 0 || file.find(".cii.xml") != file.npos ||
        file.find(".ubl.xml") != file.npos || file.find("einvoice/zugferd/EN16931") == 0)
      out["E-Rechnung: Nummer, Absender, Betrag und Währung gelesen"].expect(
          read.text.rechnung && !read.text.rechnung->nummer.empty() && !read.text.rechnung->absender.empty() &&
              !read.text.rechnung->betrag.empty() && read.text.rechnung->waehrung.size() == 3,
          file);
  }
}

std::string label(const std::string& format) {
  std::string out = format;
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::toupper(c); });
  return out == "UNKNOWN" ? "unbekannt" : out == "LEER" ? "leere Datei" : out;
}

std::string document(const Vergleiche& vergleiche) {
  std::map<std::string, Row> rows;
  std::map<std::string, std::size_t> reasons;
  Row sum;
  for (const auto& [file, read] : all()) {
    rows[label(read.text.format)].add(read);
    sum.add(read);
    if (!read.text.hinweisCode.empty()) ++reasons[read.text.hinweisCode];
  }
  std::string out =
      "# What is read in which kind of file\n\n"
      "Made by `AKTENLOTSE_FORMATS=write test_extract --gtest_filter='Formats.*'` from real files that others made, "
      "many of "
      "them broken or\nhostile on purpose. The kind is found by content, never by name. Files without text are "
      "pictures, "
      "scans and kinds without a reader;\nwhat jobs make of them later stands in the last chapter and is not counted "
      "here. Parts "
      "are "
      "attachments, embedded files and members of archives:\neach becomes an Anlage and is read as a file of its own. "
      "Pictures "
      "that the HTML of a mail shows in its text are counted, but stay in\nthe original.\n\n"
      "Limits: 300 parts in a file and in a whole Eingang, 5 levels, 128 MiB unpacked for a member, 256 MiB for the "
      "parts of "
      "a file, 1 GiB for\nan Eingang; archives may unpack to 200 times their size. What goes beyond stays in the "
      "original, and "
      "the Dokument says so.\n\n"
      "| Kind | Files | With text | Without | Locked | Unreadable | Pages | Parts | Letters |\n"
      "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n";
  const auto line = [&](const std::string& name, const Row& row) {
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", name, row.files, row.ok, row.leer,
                       row.gesperrt, row.fehler, row.seiten, row.teile, row.zeichen);
  };
  for (const auto& [name, row] : rows) line(name, row);
  line("**all**", sum);
  out += "\n## Beside other tools\n\n| Comparison | Files | Misses |\n|---|---:|---|\n";
  for (const auto& [name, vergleich] : vergleiche) {
    std::string misses;
    for (const auto& miss : vergleich.misses) misses += (misses.empty() ? ": " : "; ") + ("`" + miss + "`");
    out += fmt::format("| {} | {} | {}{} |\n", name, vergleich.files, vergleich.misses.size(), misses);
  }
  out += "\n## Reasons, as people read them\n\n| Code | Files | Sentence |\n|---|---:|---|\n";
  for (const auto& [code, count] : reasons)
    out += fmt::format("| `{}` | {} | {} |\n", code, count, findHinweis(code).value().text);
  return out + kSpaeter;
}

class Formats : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(data_ / "expected")) GTEST_SKIP() << "no test material at " << data_;
  }
  fs::path data_ = testing_support::testData();
};

TEST_F(Formats, everyFileGivesTextOrAGermanReason) {
  for (const auto& [file, read] : all()) {
    const Text& text = read.text;
    EXPECT_EQ(text.hinweis.empty(), text.hinweisCode.empty()) << file;
    EXPECT_TRUE(text.status == Status::Ok || !text.hinweis.empty()) << file;
    EXPECT_NE(text.hinweisCode, "abgewehrt") << file << ": a library needs a system call that is not allowed";
    EXPECT_NE(text.hinweisCode, "antwort_ungueltig") << file;
    EXPECT_NE(text.hinweisCode, "start") << file;
    EXPECT_NE(text.hinweisCode, "absturz") << file;
    EXPECT_LE(read.bytes, std::uint64_t{256} << 20) << file;
    if (text.hinweisCode == "zeitlimit" || text.hinweisCode == "speicher")
      std::cout << "  " << text.hinweisCode << ": " << file << '\n';
  }
}

TEST_F(Formats, areAsTheDocumentSays) {
  Vergleiche vergleiche;
  comparePdf(data_, vergleiche);
  compareOffice(data_, vergleiche);
  compareMail(data_, vergleiche);
  compareOthers(data_, vergleiche);
  for (const auto& [name, vergleich] : vergleiche) {
    std::cout << name << ": " << vergleich.files << " files, " << vergleich.misses.size() << " misses\n";
    for (const auto& miss : vergleich.misses) std::cout << "  " << miss << '\n';
    // What tools say is not the truth; but where more than a few differ, we are wrong.
    EXPECT_LE(vergleich.misses.size() * 20, vergleich.files) << name;
  }
  const fs::path path = fs::path(AKTENLOTSE_SOURCE) / "docs/formats.md";
  const std::string made = document(vergleiche);
  const char* mode = std::getenv("AKTENLOTSE_FORMATS");
  if (mode != nullptr && std::string_view(mode) == "write") std::ofstream(path) << made;
  EXPECT_EQ(bytesOf(path), made) << "AKTENLOTSE_FORMATS=write makes docs/formats.md anew";
}

}  // namespace
}  // namespace extract::test
