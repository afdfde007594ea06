// Files made to cost more than they should.
#include <gtest/gtest.h>

#include "reader.h"
#include "zip.h"

namespace extract::test {
namespace {

class Limits : public ::testing::Test {
 protected:
  Text read(std::string_view content, const std::string& name) { return readBytes(extractor_, content, name); }

  static std::string docx(const std::string& document) {
    return zipOf({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", document}});
  }

  static std::string repeated(std::string_view piece, std::size_t times) {
    std::string out;
    out.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += piece;
    return out;
  }

  Extractor extractor_{{.program = program(), .parallel = 1}};
};

TEST_F(Limits, aZipThatUnpacksAThousandfoldIsRefused) {
  const std::string bomb = docx("<w:d xmlns:w='w'>" + std::string(64 << 20, ' ') + "</w:d>");
  ASSERT_LT(bomb.size(), 200'000U);
  const Text text = read(bomb, "a.docx");
  EXPECT_EQ(text.status, Status::Fehler);
  EXPECT_EQ(text.hinweisCode, "bombe");
}

TEST_F(Limits, longTextIsCutAndSaidSo) {
  const Text text = read(repeated("Zeile mit etwas Text\n", 2'000'000), "a.txt");
  EXPECT_EQ(text.status, Status::Ok);
  EXPECT_EQ(text.hinweisCode, "gekuerzt");
  EXPECT_GT(text.gesamt().size(), 30U << 20);
  EXPECT_LE(text.gesamt().size(), 32U << 20);
}

TEST_F(Limits, entitiesAreNeitherExpandedNorFetched) {
  const Text laughs = read(docx("<!DOCTYPE d [<!ENTITY a 'lustig'><!ENTITY b '&a;&a;&a;&a;'>]>"
                                "<w:d xmlns:w='w'><w:p><w:r><w:t>vorn &b; hinten</w:t></w:r></w:p></w:d>"),
                           "a.docx");
  EXPECT_EQ(laughs.gesamt().find("lustig"), std::string::npos);
  const Text stolen = read(docx("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                                "<w:d xmlns:w='w'><w:p><w:r><w:t>vorn &x;</w:t></w:r></w:p></w:d>"),
                           "a.docx");
  EXPECT_EQ(stolen.gesamt().find("root:"), std::string::npos);
}

TEST_F(Limits, deepNestingEndsWithAnAnswer) {
  const Text xml = read(docx(repeated("<w>", 200'000)), "a.docx");
  EXPECT_EQ(xml.hinweisCode, "beschaedigt");
  const Text html = read("<html><body>" + repeated("<div>", 200'000) + "unten", "a.html");
  EXPECT_NE(html.gesamt().find("unten"), std::string::npos) << html.hinweis;
  const Text mail = read("From: a@example.org\nTo: b@example.org\nSubject: oben\nContent-Type: message/rfc822\n\n" +
                             repeated("Subject: x\nContent-Type: message/rfc822\n\n", 300),
                         "a.eml");
  EXPECT_EQ(mail.status, Status::Ok) << mail.hinweis;
  EXPECT_EQ(mail.teile.size(), 1U);
  EXPECT_EQ(mail.metadaten.betreff, "oben");
}

TEST_F(Limits, aFileBeyondTheMemoryOfTheChildIsRefused) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "the address sanitizer needs unlimited address space";
#endif
  const testing_support::TemporaryFolder folder;
  const auto path = folder.path() / "gross.txt";
  std::ofstream(path) << "x";
  std::filesystem::resize_file(path, std::uintmax_t{2} << 30);
  EXPECT_EQ(readFile(extractor_, path).hinweisCode, "zu_gross");
}

TEST_F(Limits, partsThatDoNotFitStayInTheOriginal) {
  const Extractor small({.program = program(), .teile = 10'000, .parallel = 1});
  const auto [text, parts] =
      unpack(small, zipOf({{"gross.txt", std::string(20'000, 'x')}, {"klein.txt", "passt"}}), "a.zip");
  EXPECT_EQ(text.status, Status::Ok);
  EXPECT_EQ(text.hinweisCode, "teile_fehlen");
  ASSERT_EQ(text.teile.size(), 2U);
  EXPECT_FALSE(text.teile[0].uebergeben);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].bytes, "passt");
}

TEST_F(Limits, anArchiveThatUnpacksAThousandfoldIsRefused) {
  const auto [text, parts] = unpack(extractor_, zipOf({{"null.bin", std::string(100 << 20, '\0')}}), "a.zip");
  EXPECT_EQ(text.hinweisCode, "bombe");
  EXPECT_TRUE(parts.empty());
}

TEST_F(Limits, namesInAnArchiveAreNoPaths) {
  const auto [text, parts] = unpack(extractor_, zipOf({{"../../etc/passwd", "x"}, {"/abs/olut", "y"}}), "slip.zip");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].teil.dateiname, "passwd");
  EXPECT_EQ(parts[1].teil.dateiname, "olut");
}

TEST_F(Limits, manyAttachmentsAreCut) {
  const Text mail =
      read("From: a@example.org\nTo: b@example.org\nSubject: viele\nContent-Type: multipart/mixed; boundary=b\n\n" +
               repeated("--b\nContent-Type: text/plain; name=a.txt\n\nhallo\n", 2000) + "--b--\n",
           "a.eml");
  EXPECT_EQ(mail.status, Status::Ok);
  EXPECT_EQ(mail.teile.size(), 300U);
  EXPECT_EQ(mail.hinweisCode, "teile_fehlen");
}

}  // namespace
}  // namespace extract::test
