// Kinds beyond everyday letters: spreadsheets, RTF, Outlook's, invoices, and old Office files as others have made them.
#include <gtest/gtest.h>

#include "extract/endung.h"
#include "real_files.h"
#include "zip.h"

namespace extract::test {
namespace {

using namespace std::string_literals;

class MoreKinds : public ::testing::Test {
 protected:
  Text read(std::string_view content, const std::string& name) { return readBytes(extractor_, content, name); }
  Text real(const std::string& file) { return readFile(extractor_, testing_support::testData() / file); }
  bool noMaterial() { return !std::filesystem::exists(testing_support::testData() / "expected"); }

  Extractor extractor_{{.program = program(), .parallel = 1}};
};

TEST_F(MoreKinds, rtfInItsCharsetsWithoutItsTables) {
  const Text text = read(
      "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset238 Arial CE;}}"
      "{\\stylesheet{\\s0 Standard;}}{\\info{\\title Ein Titel}{\\author niemand}}\\f0 Gr\\'fc\\'dfe, "
      "Stra\\u223\\'3fe\\par "
      "\\f1 za\\'bf\\'f3\\'b3\\'e6\\par{\\*\\unbekannt geheim}{\\pict 00ff00ff}a\\tab b\\cell c\\row "
      "\\u-10179?\\u-8704?}",
      "a.rtf");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  EXPECT_EQ(text.format, "rtf");
  EXPECT_EQ(text.titel, "Ein Titel");
  EXPECT_EQ(text.seiten.at(0), "Grüße, Straße\nzażółć\na\tb\tc\n😀");
}

TEST_F(MoreKinds, sheetsArePagesWithTheirCells) {
  const Text text = read(
      zipOf({{"[Content_Types].xml", "<Types/>"},
             {"xl/workbook.xml", "<w><sheets><sheet name='Haushalt'/><sheet name='Leer'/></sheets></w>"},
             {"xl/worksheets/sheet1.xml",
              "<s><row><c t='s'><v>1</v></c><c><v>1234.5</v></c></row><row><c t='inlineStr'><is><t>direkt</t></is></c>"
              "<c t='str'><f>A1</f><v>Formel</v></c></row></s>"},
             {"xl/worksheets/sheet2.xml", "<s/>"},
             {"xl/sharedStrings.xml", "<sst><si><t>nie</t></si><si><r><t>Per</t></r><r><t>sonal</t></r></si></sst>"}}),
      "h.xlsx");
  EXPECT_EQ(text.format, "xlsx");
  ASSERT_EQ(text.seiten.size(), 2U);
  EXPECT_EQ(text.seiten[0], "Haushalt\nPersonal\t1234,5\ndirekt\tFormel\n");
  EXPECT_EQ(text.seiten[1], "Leer\n");
  EXPECT_EQ(text.seitenzahl, 2U);
}

TEST_F(MoreKinds, slidesArePages) {
  const auto slide = [](const std::string& words) { return "<s><p><r><t>" + words + "</t></r></p></s>"; };
  const Text text = read(zipOf({{"ppt/presentation.xml", "<p/>"},
                                {"ppt/slides/slide10.xml", slide("Zehnte")},
                                {"ppt/slides/slide2.xml", slide("Zweite")},
                                {"ppt/notesSlides/notesSlide1.xml", slide("Notiz")}}),
                         "v.pptx");
  ASSERT_EQ(text.seiten.size(), 3U);
  EXPECT_EQ(text.seiten[0], "Zweite\n");
  EXPECT_EQ(text.seiten[1], "Zehnte\n");
  EXPECT_EQ(text.seiten[2], "Notiz\n");
}

constexpr std::string_view ubl =
    "<ubl:Invoice xmlns:ubl='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2' xmlns:c='c'><c:ID> 4711 </c:ID>"
    "<c:IssueDate>2026-03-02</c:IssueDate><c:DueDate>2026-03-16</c:DueDate><c:InvoiceTypeCode>380</c:InvoiceTypeCode>"
    "<c:DocumentCurrencyCode>EUR</c:DocumentCurrencyCode><c:BuyerReference>15-123-4</c:BuyerReference>"
    "<c:AccountingSupplierParty><c:Party><c:PartyName><c:Name>Handelsname</c:Name></c:PartyName><c:PartyLegalEntity>"
    "<c:RegistrationName>Stra\xC3\x9F"
    "enbau GmbH</c:RegistrationName></c:PartyLegalEntity></c:Party></c:AccountingSupplierParty>"
    "<c:PaymentMeans><c:PayeeFinancialAccount><c:ID>DE02 1203 0000 0000 2020 "
    "51</c:ID></c:PayeeFinancialAccount></c:PaymentMeans>"
    "<c:LegalMonetaryTotal><c:PayableAmount currencyID='EUR'>1234.50</c:PayableAmount></c:LegalMonetaryTotal>"
    "<c:InvoiceLine><c:ID>1</c:ID></c:InvoiceLine></ubl:Invoice>";

TEST_F(MoreKinds, invoiceInUblSaysWhatIsToBePaid) {
  const Text text = read(ubl, "rechnung.xml");
  EXPECT_EQ(text.format, "xml");
  ASSERT_TRUE(text.rechnung);
  EXPECT_EQ(text.rechnung->syntax, "ubl");
  EXPECT_EQ(text.rechnung->art, "rechnung");
  EXPECT_EQ(text.rechnung->nummer, "4711");
  EXPECT_EQ(text.rechnung->absender, "Straßenbau GmbH") << "the registered name goes before the trading name";
  EXPECT_EQ(text.rechnung->datum, "2026-03-02");
  EXPECT_EQ(text.rechnung->faellig, "2026-03-16");
  EXPECT_EQ(text.rechnung->betrag, "1234.50");
  EXPECT_EQ(text.rechnung->waehrung, "EUR");
  EXPECT_EQ(text.rechnung->iban, "DE02120300000000202051");
  EXPECT_EQ(text.rechnung->leitwegId, "15-123-4");
}

TEST_F(MoreKinds, whatIsNoInvoiceIsNotTakenForOne) {
  EXPECT_FALSE(read("<?xml version='1.0'?><Invoice/>", "a.xml").rechnung);
  EXPECT_FALSE(read("<?xml version='1.0'?><Brief><ID>4711</ID></Brief>", "a.xml").rechnung);
  std::string odd(ubl);
  odd.replace(odd.find("1234.50"), 7, "viel");
  odd.replace(odd.find("2026-03-16"), 10, "bald");
  const auto rechnung = read(odd, "a.xml").rechnung;
  ASSERT_TRUE(rechnung);
  EXPECT_EQ(rechnung->betrag, "");
  EXPECT_EQ(rechnung->faellig, "");
}

TEST_F(MoreKinds, invoicesOfOthersSayTheSameInBothSyntaxes) {
  if (noMaterial()) GTEST_SKIP() << "no test material";
  const auto einfach = real("einvoice/zugferd/XRECHNUNG_Einfach.pdf").rechnung;
  ASSERT_TRUE(einfach);
  for (const char* other : {"XRECHNUNG_Einfach.cii.xml", "XRECHNUNG_Einfach.ubl.xml"}) {
    const auto rechnung = real("einvoice/zugferd/"s + other).rechnung;
    ASSERT_TRUE(rechnung) << other;
    EXPECT_EQ(rechnung->nummer, einfach->nummer) << other;
    EXPECT_EQ(rechnung->betrag, einfach->betrag) << other;
    EXPECT_EQ(rechnung->iban, einfach->iban) << other;
    EXPECT_EQ(rechnung->leitwegId, einfach->leitwegId) << other;
  }
  const auto old = real("einvoice/zugferd/ZUGFeRD_1p0_COMFORT_Rabatte.pdf").rechnung;
  ASSERT_TRUE(old);
  EXPECT_EQ(old->nummer, "471102");
  EXPECT_FALSE(old->betrag.empty());
}

std::string number(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

TEST_F(MoreKinds, tnefHandsOutItsAttachments) {
  const auto attribute = [](char level, std::uint32_t id, const std::string& value) {
    return level + number(id, 4) + number(static_cast<std::uint32_t>(value.size()), 4) + value + number(0, 2);
  };
  const std::string tnef = "\x78\x9F\x3E\x22"s + number(1, 2) + attribute(1, 0x00018004, "Betreff\0"s) +
                           attribute(1, 0x0002800C,
                                     "Gr\xFC\xDF"
                                     "e\0"s) +
                           attribute(2, 0x00069002, std::string(14, '\0')) + attribute(2, 0x00018010, "plan.txt\0"s) +
                           attribute(2, 0x0006800F,
                                     "Flurst\xFC"
                                     "ck") +
                           attribute(2, 0x00069002, std::string(14, '\0')) + attribute(2, 0x0006800F, "ohne Namen");
  const auto [text, parts] = unpack(extractor_, tnef, "winmail.dat");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  EXPECT_EQ(text.format, "tnef");
  EXPECT_EQ(text.metadaten.betreff, "Betreff");
  EXPECT_EQ(text.gesamt(), "Betreff: Betreff\n\nGrüße");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].teil.dateiname, "plan.txt");
  EXPECT_EQ(parts[0].bytes,
            "Flurst\xFC"
            "ck");
  EXPECT_EQ(parts[1].teil.dateiname, "Anlage 2");
}

TEST_F(MoreKinds, outlookMessagesHandOutTheirAttachments) {
  if (noMaterial()) GTEST_SKIP() << "no test material";
  const auto path = testing_support::testData() / "mail/poi/attachment_test_msg.msg";
  const auto [text, parts] = unpack(extractor_, bytesOf(path), "a.msg");
  EXPECT_EQ(text.format, "msg");
  EXPECT_EQ(text.metadaten.betreff, "test pièce jointe 1");
  EXPECT_EQ(text.metadaten.absender, "Nicolas1 23456 <nicolas1.23456@free.fr>");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].teil.dateiname, "test-unicode.doc");
  EXPECT_EQ(read(parts[0].bytes, "test-unicode.doc").format, "doc");
}

TEST_F(MoreKinds, officeFilesBeforeTwentyOhSeven) {
  if (noMaterial()) GTEST_SKIP() << "no test material";
  const Text word = real("office/poi/HeaderFooterUnicode.doc");
  EXPECT_EQ(word.format, "doc");
  EXPECT_EQ(word.seitenzahl, 2U);
  EXPECT_NE(word.gesamt().find("This is a fairly simple word document, over two pages"), std::string::npos);
  const Text six = real("office/tika/testWORD6.doc");
  EXPECT_EQ(six.gesamt(), "The quick brown fox jumps over the lazy dog\n");
  const Text excel = real("office/poi/unicodeNameRecord.xls");
  EXPECT_EQ(excel.format, "xls");
  ASSERT_EQ(excel.seiten.size(), 3U);
  EXPECT_EQ(excel.seiten[0], "Sheet1\nあ\tb\nあ\ta\nい\tb\nう\tc");
  const Text points = real("office/tika/testPPT_macros.ppt");
  EXPECT_EQ(points.format, "ppt");
  EXPECT_EQ(points.gesamt(), "The quick\n");
  for (const char* locked : {"password_tika_binaryrc4.doc", "password.xls"})
    EXPECT_EQ(real("office/poi/"s + locked).hinweisCode, "kennwort") << locked;
}

TEST_F(MoreKinds, textInEastAsianFontsIsReadWithoutFiles) {
  const Text text = read(
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
      "4 0 obj<</Length 38>>stream\nBT /F 12 Tf 20 700 Td <93FA967B> Tj ET\nendstream endobj\n"
      "5 0 obj<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/90ms-RKSJ-H/DescendantFonts[6 0 R]>>endobj\n"
      "6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)"
      "/Supplement 2>>/DW 1000/FontDescriptor 7 0 R>>endobj\n"
      "7 0 obj<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800"
      "/Descent -200/StemV 80/CapHeight 700>>endobj\ntrailer<</Root 1 0 R>>\n",
      "j.pdf");
  EXPECT_NE(text.gesamt().find("日本"), std::string::npos) << text.gesamt();
}

TEST_F(MoreKinds, namesThatPromiseSomethingElse) {
  EXPECT_TRUE(nameContradicts("rechnung.pdf", "zip"));
  EXPECT_TRUE(nameContradicts("rechnung.PDF", "unknown"));
  EXPECT_TRUE(nameContradicts("bild.jpg", "html"));
  EXPECT_FALSE(nameContradicts("rechnung.pdf", "pdf"));
  EXPECT_FALSE(nameContradicts("brief.doc", "rtf"));
  EXPECT_FALSE(nameContradicts("foto.JPG", "jpeg"));
  EXPECT_FALSE(nameContradicts("ohne", "pdf"));
  EXPECT_FALSE(nameContradicts("daten.csv", "txt"));
  EXPECT_FALSE(nameContradicts("leer.pdf", "leer"));
}

}  // namespace
}  // namespace extract::test
