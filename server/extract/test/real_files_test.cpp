// The shared real files: what comes out is compared with what standard tools say of them, and nothing may hurt.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <sstream>

#include "reader.h"

namespace extract::test {
namespace {

namespace fs = std::filesystem;

/// Rows of expected/NAME.tsv, by column name.
std::vector<std::map<std::string, std::string>> table(const fs::path& path) {
  std::vector<std::map<std::string, std::string>> rows;
  std::vector<std::string> columns;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    std::istringstream split(line);
    for (std::string cell; std::getline(split, cell, '\t');) cells.push_back(cell);
    if (columns.empty()) {
      columns = cells;
      continue;
    }
    cells.resize(columns.size());
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) row[columns[i]] = cells[i];
  }
  return rows;
}

/// Characters that leave ink.
std::size_t inkOf(const std::string& utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return c != ' ' && c != '\n' && c != '\t' && (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string inkOfPages(const Text& text) {
  std::string all;
  for (const auto& seite : text.seiten) all += seite;
  return all;
}

class RealFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(data_ / "expected")) GTEST_SKIP() << "no test material at " << data_;
  }

  Text read(const std::string& file) { return readFile(extractor_, data_ / file); }

  fs::path data_ = testing_support::testData();
  Extractor extractor_{{.program = program(), .parallel = 1}};
};

/// Tools count blanks too, and differ in what they call text; a loss of half of it would be a bug.
bool near(std::size_t ink, std::size_t expectedChars) {
  return static_cast<double>(ink) <= static_cast<double>(expectedChars) * 1.25 + 100 &&
         static_cast<double>(ink) >= static_cast<double>(expectedChars) * 0.55 - 100;
}

TEST_F(RealFiles, pdfPagesAndText) {
  std::size_t files = 0, far = 0, protectedFiles = 0;
  for (const auto& row : table(data_ / "expected/pdf.tsv")) {
    if (row.at("pdfinfo") != "pdfinfo-rc=0" || row.at("header") != "pdf-header") continue;
    const Text text = read(row.at("file"));
    ++files;
    if (text.status == Status::Gesperrt) {
      ++protectedFiles;
      continue;
    }
    EXPECT_NE(text.status, Status::Fehler) << row.at("file") << ": " << text.hinweis;
    EXPECT_EQ(std::to_string(text.seitenzahl), row.at("pages")) << row.at("file");
    const std::size_t ink = inkOf(inkOfPages(text)), expected = std::stoul(row.at("text_chars"));
    if (near(ink, expected)) continue;
    ++far;
    std::cout << "  far off: " << row.at("file") << ": " << ink << " letters, pdftotext " << expected
              << " characters\n";
  }
  std::cout << "pdf: " << files << " files, " << protectedFiles << " protected, " << far << " far off\n";
  EXPECT_GT(files, 300U);
  EXPECT_LE(far * 50, files);
}

TEST_F(RealFiles, pdfThatNeedsAPasswordIsGesperrt) {
  for (const auto& row : table(data_ / "expected/pdf.tsv")) {
    // "needs-password" is qpdf's word; where poppler opened the file all the same, so do we.
    if (row.at("encryption") != "needs-password" || row.at("pdfinfo") == "pdfinfo-rc=0" ||
        row.at("header") != "pdf-header")
      continue;
    const Text text = read(row.at("file"));
    EXPECT_TRUE(text.status == Status::Gesperrt || text.status == Status::Fehler) << row.at("file");
    EXPECT_FALSE(text.hinweis.empty());
  }
  EXPECT_EQ(read("pdf/pypdf/r4-user-password.pdf").hinweisCode, "kennwort");
}

TEST_F(RealFiles, officeText) {
  std::size_t files = 0, far = 0;
  for (const auto& row : table(data_ / "expected/office.tsv")) {
    const std::string& ext = row.at("ext");
    if (row.at("encryption").find("ooxml-encrypted") == 0) {
      EXPECT_EQ(read(row.at("file")).hinweisCode, "kennwort") << row.at("file");
      continue;
    }
    const std::string& chars = row.at("text_chars");
    if ((ext != "docx" && ext != "odt") || chars.empty()) continue;
    const Text text = read(row.at("file"));
    ++files;
    const std::size_t ink = inkOf(inkOfPages(text)), expected = std::stoul(chars);
    if (near(ink, expected)) continue;
    ++far;
    std::cout << "  far off: " << row.at("file") << ": " << ink << " letters, expected " << expected << " characters; "
              << toString(text.status) << ' ' << text.hinweisCode << '\n';
  }
  std::cout << "docx and odt: " << files << " files, " << far << " far off\n";
  EXPECT_GT(files, 100U);
  EXPECT_LE(far * 25, files);
}

TEST_F(RealFiles, mailSubjectAndAttachments) {
  std::size_t files = 0, otherSubject = 0, otherCount = 0, notMail = 0;
  for (const auto& row : table(data_ / "expected/mail.tsv")) {
    if (row.at("kind") != "rfc822" || !row.at("file").ends_with(".eml")) continue;
    const Text text = read(row.at("file"));
    ++files;
    EXPECT_NE(text.status, Status::Fehler) << row.at("file") << ": " << text.hinweis;
    if (text.format != "eml") {
      ++notMail;
      std::cout << "  not a mail: " << row.at("file") << ": " << text.format << '\n';
      continue;
    }
    const std::string& subject = row.at("subject");
    const bool ascii = std::all_of(subject.begin(), subject.end(), [](char c) { return c > 0; });
    if (ascii && inkOf(text.metadaten.betreff) != inkOf(subject)) {
      ++otherSubject;
      std::cout << "  subject: " << row.at("file") << ": '" << text.metadaten.betreff << "', expected '" << subject
                << "'\n";
    }
    otherCount += text.teile.size() < std::stoul("0" + row.at("attachments"));
  }
  std::cout << "mail: " << files << " files, " << notMail << " not taken for mail, " << otherSubject
            << " other subjects, " << otherCount << " with fewer attachments\n";
  EXPECT_GT(files, 150U);
  EXPECT_LE(notMail * 20, files);
  EXPECT_LE(otherSubject * 20, files);
  EXPECT_LE(otherCount * 20, files);
}

/// libarchive keeps its hostile samples uuencoded.
std::string uudecode(const std::string& text) {
  std::istringstream in(text);
  std::string out, line;
  while (std::getline(in, line) && line.rfind("begin ", 0) != 0) {
  }
  const auto six = [&](std::size_t i) { return i < line.size() ? static_cast<unsigned>(line[i] - ' ') & 63U : 0U; };
  while (std::getline(in, line) && line != "end") {
    std::size_t left = six(0);
    for (std::size_t i = 1; left > 0; i += 4) {
      const unsigned bits = six(i) << 18 | six(i + 1) << 12 | six(i + 2) << 6 | six(i + 3);
      for (int shift = 16; shift >= 0 && left > 0; shift -= 8, --left) out += static_cast<char>(bits >> shift & 0xFF);
    }
  }
  return out;
}

class Hostile : public RealFiles, public ::testing::WithParamInterface<const char*> {};

TEST_P(Hostile, everyFileGivesTextOrAGermanReason) {
  const Extractor extractor({.program = program(), .parallel = 1});
  std::map<std::string, int> outcomes;
  for (const auto& entry : fs::recursive_directory_iterator(data_ / GetParam())) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().filename().string();
    const Text text = name.ends_with(".uu")
                          ? readBytes(extractor, uudecode(bytesOf(entry.path())), name.substr(0, name.size() - 3))
                          : readFile(extractor, entry.path());
    ++outcomes[std::string(toString(text.status)) + ' ' + text.hinweisCode];
    EXPECT_EQ(text.hinweis.empty(), text.hinweisCode.empty()) << entry.path();
    EXPECT_TRUE(text.status == Status::Ok || !text.hinweis.empty()) << entry.path();
    EXPECT_NE(text.hinweisCode, "abgewehrt") << entry.path() << ": a library needs a system call that is not allowed";
    EXPECT_NE(text.hinweisCode, "antwort_ungueltig") << entry.path();
    EXPECT_NE(text.hinweisCode, "start") << entry.path();
    if (text.hinweisCode == "absturz" || text.hinweisCode == "zeitlimit" || text.hinweisCode == "speicher")
      std::cout << "  " << text.hinweisCode << ": " << entry.path() << '\n';
  }
  EXPECT_FALSE(outcomes.empty());
  std::cout << GetParam() << ':';
  for (const auto& [outcome, count] : outcomes) std::cout << ' ' << count << " x " << outcome << ';';
  std::cout << '\n';
}

INSTANTIATE_TEST_SUITE_P(folders, Hostile, ::testing::Values("malicious", "pdf", "office", "mail", "images", "xaip"),
                         [](const auto& folder) { return std::string(folder.param); });

}  // namespace
}  // namespace extract::test
