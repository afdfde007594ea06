// The shared real files: what comes out is compared with what standard tools say of them, and nothing may hurt.
#include "real_files.h"

#include <gtest/gtest.h>

namespace extract::test {
namespace {

namespace fs = std::filesystem;

class RealFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(data_ / "expected")) GTEST_SKIP() << "no test material at " << data_;
  }

  Text read(const std::string& file) { return readFile(extractor_, data_ / file); }

  fs::path data_ = testing_support::testData();
  Extractor extractor_{{.program = program(), .parallel = 1}};
};

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

TEST_F(RealFiles, evidenceRecordsGiveTextOrAGermanReason) {
  for (const auto& entry : fs::recursive_directory_iterator(data_ / "xaip")) {
    if (!entry.is_regular_file()) continue;
    const Text text = readFile(extractor_, entry.path());
    EXPECT_EQ(text.hinweis.empty(), text.hinweisCode.empty()) << entry.path();
    EXPECT_TRUE(text.status == Status::Ok || !text.hinweis.empty()) << entry.path();
    EXPECT_NE(text.hinweisCode, "abgewehrt") << entry.path();
  }
}

}  // namespace
}  // namespace extract::test
