// Text recognition and previews, on real scans (real_files) and on pages made here.
#include "extract/bilder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>

#include "reader.h"

namespace extract::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

fs::path ocrProgram() {
  const char* other = std::getenv("AKTENLOTSE_OCR");
  return other != nullptr ? other : AKTENLOTSE_OCR;
}

BildErgebnis<std::unique_ptr<Bilderfolge>> openFile(const Bilder& bilder, const fs::path& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  auto folge = bilder.open(fd);
  if (fd >= 0) close(fd);
  return folge;
}

class RealScans : public ::testing::Test {
 protected:
  void SetUp() override {
    data_ = testing_support::testData();
    if (!fs::exists(data_ / "images")) GTEST_SKIP() << "no real scans at " << data_ << " (AKTENLOTSE_TESTDATA)";
  }
  Bildseite page(const std::string& file, std::uint32_t nr = 1) {
    auto folge = openFile(bilder_, data_ / file);
    EXPECT_TRUE(folge) << file << ": " << (folge ? "" : folge.error().code);
    if (!folge) return {};
    auto seite = (*folge)->lesen(nr);
    EXPECT_TRUE(seite) << file << ": " << (seite ? "" : seite.error().code);
    return seite ? *seite : Bildseite{};
  }
  fs::path data_;
  Bilder bilder_{{.program = ocrProgram()}};
};

TEST_F(RealScans, wordsAreReadWithTheirPlaces) {
  const Bildseite seite = page("images/tesseract/phototest.tif");
  EXPECT_THAT(seite.text, HasSubstr("The quick brown dog jumped"));
  EXPECT_EQ(seite.drehung, 0);
  ASSERT_GT(seite.worte.size(), 40U);
  EXPECT_LT(seite.worte.front().y, seite.worte.back().y);
  for (const auto& wort : seite.worte) {
    EXPECT_LE(wort.x + wort.breite, 10'000);
    EXPECT_GT(wort.breite * wort.hoehe, 0) << wort.text;
  }
}

TEST_F(RealScans, aPageOnItsSideIsSetUpright) {
  const Bildseite left = page("images/tesseract/phototest-rotated-L.png");
  const Bildseite right = page("images/tesseract/phototest-rotated-R.png");
  EXPECT_THAT(left.text, HasSubstr("quick brown"));
  EXPECT_THAT(right.text, HasSubstr("quick brown"));
  EXPECT_EQ(left.drehung + right.drehung, 4) << int{left.drehung} << " and " << int{right.drehung};
  EXPECT_NE(left.drehung, 0);
}

/// What a file gives as a searchable PDF, read back by the program that reads texts.
Text searchable(const Bilder& bilder, const fs::path& path, const std::vector<std::uint32_t>& pages) {
  auto folge = openFile(bilder, path);
  if (!folge) return {};
  std::string json;
  for (const auto nr : pages) {
    const auto seite = (*folge)->lesen(nr);
    EXPECT_TRUE(seite) << path << " page " << nr;
    if (seite) (json += json.empty() ? "{" : ",") += "\"" + std::to_string(nr) + "\":" + worteJson(*seite);
  }
  std::string pdf;
  const auto made = (*folge)->durchsuchbar(json + "}", [&](std::string_view piece) { pdf += piece; });
  EXPECT_TRUE(made) << path << ": " << (made ? "" : made.error().code);
  const Extractor extractor({.program = program(), .parallel = 1});
  return readBytes(extractor, pdf, "scan.pdf");
}

TEST_F(RealScans, theSearchablePdfSaysWhatWasRead) {
  for (const auto* file : {"images/tesseract/phototest.tif", "images/tesseract/phototest-rotated-L.png"}) {
    const Text text = searchable(bilder_, data_ / file, {1});
    EXPECT_EQ(text.status, Status::Ok) << file;
    EXPECT_THAT(text.gesamt(), HasSubstr("quick brown dog")) << file;
  }
  const Text typed = searchable(bilder_, data_ / "images/paperless/multi-page-images.tiff", {1, 2, 3});
  EXPECT_EQ(typed.seitenzahl, 3U);
  ASSERT_EQ(typed.seiten.size(), 3U);
  for (int i = 0; i < 3; ++i) EXPECT_THAT(typed.seiten[i], HasSubstr("Page " + std::to_string(i + 1)));
}

TEST_F(RealScans, aPdfKeepsItsPagesAndGetsTheWords) {
  const Text skewed = searchable(bilder_, data_ / "pdf/ocrmypdf/rotated_skew.pdf", {1});
  EXPECT_EQ(skewed.seitenzahl, 1U);
  EXPECT_GT(skewed.gesamt().size(), 200U);
}
}  // namespace
}  // namespace extract::test
