// Each kind of file, on small ones made here.
#include <gtest/gtest.h>

#include <string>

#include "reader.h"
#include "zip.h"

namespace extract::test {
namespace {

using namespace std::string_literals;

class Kinds : public ::testing::Test {
 protected:
  Text read(std::string_view content, const std::string& name) { return readBytes(extractor_, content, name); }

  Extractor extractor_{{.program = program(), .parallel = 1}};
};

std::string pdfOf(const std::vector<std::string>& pages, const std::string& trailer = "") {
  std::string kids, objects;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::string page = std::to_string(10 + i * 2), stream = std::to_string(11 + i * 2);
    const std::string text = "BT /F 12 Tf 20 700 Td (" + pages[i] + ") Tj ET";
    kids += page + " 0 R ";
    objects += page + " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents " + stream +
               " 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n" + stream + " 0 obj<</Length " +
               std::to_string(text.size()) + ">>stream\n" + text + "\nendstream endobj\n";
  }
  return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[" + kids + "]/Count " +
         std::to_string(pages.size()) +
         ">>endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding"
         "/WinAnsiEncoding>>endobj\n6 0 obj<</Title(Bauantrag Muster)>>endobj\n" +
         objects + "trailer<</Root 1 0 R/Info 6 0 R" + trailer + ">>\n";
}

std::string docxOf(const std::string& body) {
  return zipOf({{"[Content_Types].xml", "<Types/>"},
                {"word/footer1.xml", "<w:ftr xmlns:w='w'><w:p><w:r><w:t>Fuss</w:t></w:r></w:p></w:ftr>"},
                {"word/document.xml", "<w:document xmlns:w='w'><w:body>" + body + "</w:body></w:document>"},
                {"docProps/core.xml", "<c xmlns:dc='d'><dc:title>Mein Titel</dc:title></c>"},
                {"docProps/app.xml", "<Properties><Pages>7</Pages></Properties>"}});
}

TEST_F(Kinds, plainTextInEveryCharset) {
  const std::vector<std::pair<std::string, std::string>> samples = {
      {"utf-8",
       "Gr\xC3\xB6\xC3\x9F"
       "e\r\nzweite Zeile"},
      {"utf-8 with mark",
       "\xEF\xBB\xBFGr\xC3\xB6\xC3\x9F"
       "e\nzweite Zeile"},
      {"windows-1252",
       "Gr\xF6\xDF"
       "e\nzweite Zeile"},
      {"utf-8 decomposed",
       "Gro\xCC\x88\xC3\x9F"
       "e\nzweite Zeile"},
      {"utf-16le with mark", "\xFF\xFEG\0r\0\xF6\0\xDF\0e\0\n\0z\0w\0e\0i\0t\0e\0 \0Z\0e\0i\0l\0e\0"s},
      {"utf-16be", "\0G\0r\0\xF6\0\xDF\0e\0\n\0z\0w\0e\0i\0t\0e\0 \0Z\0e\0i\0l\0e"s},
  };
  for (const auto& [charset, bytes] : samples) {
    const Text text = read(bytes, "brief.txt");
    EXPECT_EQ(text.status, Status::Ok) << charset;
    EXPECT_EQ(text.format, "txt") << charset;
    ASSERT_EQ(text.seiten.size(), 1U) << charset;
    EXPECT_EQ(text.seiten[0], "Größe\nzweite Zeile") << charset;
    EXPECT_EQ(text.hinweis, "") << charset;
  }
}

TEST_F(Kinds, markdownIsToldByItsName) {
  EXPECT_EQ(read("# Titel\n\nAbsatz", "notiz.MD").format, "md");
  EXPECT_EQ(read("# Titel\n\nAbsatz", "notiz.txt").format, "txt");
}

TEST_F(Kinds, contentDecidesNotTheName) {
  EXPECT_EQ(read("\x89PNG\r\n\x1a\n"
                 "rest",
                 "brief.pdf")
                .format,
            "png");
  EXPECT_EQ(read(pdfOf({"x"}), "brief.txt").format, "pdf");
  EXPECT_EQ(read("nur Text", "brief.pdf").format, "txt");
}

TEST_F(Kinds, pdfByPageWithTitle) {
  const Text text = read(pdfOf({"Erste Seite", "Zweite Seite mit M\xFCll"}), "a.pdf");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  EXPECT_EQ(text.mime, "application/pdf");
  EXPECT_EQ(text.seitenzahl, 2U);
  ASSERT_EQ(text.seiten.size(), 2U);
  EXPECT_NE(text.seiten[0].find("Erste Seite"), std::string::npos);
  EXPECT_NE(text.seiten[1].find("Müll"), std::string::npos);
  EXPECT_EQ(text.titel, "Bauantrag Muster");
}

TEST_F(Kinds, pdfWithoutTextIsLeer) {
  const Text text = read(pdfOf({""}), "scan.pdf");
  EXPECT_EQ(text.status, Status::Leer);
  EXPECT_EQ(text.hinweisCode, "kein_text");
  EXPECT_EQ(text.seitenzahl, 1U);
}

TEST_F(Kinds, docxWithFooterAndTitle) {
  const Text text = read(docxOf("<w:p><w:r><w:t>Sehr geehrte</w:t><w:tab/><w:t>Damen</w:t></w:r></w:p>"
                                "<w:p><w:pPr><w:tabs><w:tab w:pos='1'/></w:tabs></w:pPr><w:r><w:delText>weg</w:delText>"
                                "<w:t>Gr\xC3\xBC\xC3\x9F"
                                "e</w:t></w:r></w:p>"),
                         "b.docx");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  EXPECT_EQ(text.format, "docx");
  ASSERT_EQ(text.seiten.size(), 1U);
  EXPECT_EQ(text.seiten[0], "Sehr geehrte\tDamen\nGrüße\nFuss\n");
  EXPECT_EQ(text.titel, "Mein Titel");
  EXPECT_EQ(text.seitenzahl, 7U);
}

TEST_F(Kinds, odtWithBlanksAndPages) {
  const Text text =
      read(zipOf({{"mimetype", "application/vnd.oasis.opendocument.text"},
                  {"content.xml",
                   "<o xmlns:text='t'><text:tracked-changes><text:p>geloescht</text:p></text:tracked-changes>"
                   "<text:h>Kopf</text:h><text:p>a<text:s text:c='3'/>b<text:tab/>c</text:p></o>"},
                  {"styles.xml", "<o xmlns:text='t'>Stil<text:p>Kopfzeile</text:p></o>"},
                  {"meta.xml",
                   "<m xmlns:d='d' xmlns:meta='m'><d:title>ODT</d:title>"
                   "<meta:document-statistic meta:page-count='4'/></m>"}}),
           "c.odt");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  EXPECT_EQ(text.format, "odt");
  EXPECT_EQ(text.seiten.at(0), "Kopf\na   b\tc\nKopfzeile\n");
  EXPECT_EQ(text.titel, "ODT");
  EXPECT_EQ(text.seitenzahl, 4U);
}

TEST_F(Kinds, encryptedOdtIsGesperrt) {
  const Text text = read(zipOf({{"mimetype", "application/vnd.oasis.opendocument.text"},
                                {"content.xml", "\x01\x02garbage"},
                                {"META-INF/manifest.xml", "<m:m xmlns:m='m'><m:encryption-data/></m:m>"}}),
                         "g.odt");
  EXPECT_EQ(text.status, Status::Gesperrt);
  EXPECT_EQ(text.hinweisCode, "kennwort");
}

TEST_F(Kinds, htmlWithoutScriptAndStyle) {
  const Text text = read(
      "<!DOCTYPE html><html><head><title>Amt &amp; Stadt</title><style>p{}</style></head><body>"
      "<p>Erster\n   Absatz</p><script>boese()</script><p>Stra&szlig;e <b>4</b></p></body></html>",
      "d.html");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  EXPECT_EQ(text.format, "html");
  EXPECT_EQ(text.titel, "Amt & Stadt");
  EXPECT_EQ(text.seiten.at(0), "Erster Absatz\nStraße 4\n");
}

TEST_F(Kinds, htmlInTheCharsetItNames) {
  const Text text = read("<html><head><meta charset='koi8-r'></head><body>\xD0\xD2\xC9</body></html>", "e.html");
  EXPECT_EQ(text.seiten.at(0), "при");
}

TEST_F(Kinds, mailHandsOutItsAttachments) {
  const std::string docx = docxOf("<w:p><w:r><w:t>Anlagentext</w:t></w:r></w:p>");
  std::string base64;
  {
    static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::uint32_t bits = 0;
    int count = 0;
    for (const unsigned char c : docx + std::string((3 - docx.size() % 3) % 3, '\0')) {
      bits = bits << 8 | c;
      if (++count % 3 == 0)
        for (int shift = 18; shift >= 0; shift -= 6) base64 += kAlphabet[bits >> shift & 63];
    }
  }
  const auto [text, parts] = unpack(
      extractor_,
      "From: =?iso-8859-1?Q?J=F6rg_Muster?= <joerg@example.org>\r\nTo: amt@example.org\r\nSubject: "
      "=?utf-8?B?QsO8cmdlcg==?=\r\n"
      "Date: Mon, 2 Mar 2026 10:00:00 +0100\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
      "--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "
      "quoted-printable\r\n\r\nGr=FC=DFe\r\n"
      "--c\r\nContent-Type: text/html\r\n\r\n<p>HTML-Fassung</p>\r\n--c--\r\n--b\r\nContent-Type: "
      "message/rfc822\r\n\r\n"
      "From: x@example.org\r\nSubject: Innen\r\n\r\nInnere Nachricht\r\n--b\r\nContent-Type: "
      "application/octet-stream\r\n"
      "Content-Disposition: attachment; filename=\"a.docx\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
          base64 + "\r\n--b--\r\n",
      "m.eml");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  EXPECT_EQ(text.format, "eml");
  EXPECT_EQ(text.metadaten.absender, "Jörg Muster <joerg@example.org>");
  EXPECT_EQ(text.metadaten.betreff, "Bürger");
  EXPECT_EQ(text.metadaten.datum, "2026-03-02T09:00:00Z");
  EXPECT_EQ(text.metadaten.nachrichtId, "1@example.org");
  EXPECT_NE(text.seiten.at(0).find("Grüße"), std::string::npos);
  EXPECT_EQ(text.seiten.at(0).find("HTML-Fassung"), std::string::npos);
  ASSERT_EQ(text.teile.size(), 2U);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].teil.dateiname, "Innen.eml");
  EXPECT_EQ(parts[0].bytes, "From: x@example.org\nSubject: Innen\n\nInnere Nachricht");
  EXPECT_EQ(parts[1].teil.dateiname, "a.docx");
  EXPECT_EQ(parts[1].bytes, docx);
  EXPECT_EQ(read(parts[1].bytes, "a.docx").gesamt(), "Anlagentext\nFuss\n");
}

TEST_F(Kinds, whereNobodyTakesPartsTheyAreListed) {
  const Text text = read(zipOf({{"a.txt", "erstes"}, {"Ordner/b.txt", "zweites"}}), "x.zip");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  ASSERT_EQ(text.teile.size(), 2U);
  EXPECT_FALSE(text.teile[1].uebergeben);
  EXPECT_EQ(text.teile[1].pfad, "Ordner/b.txt");
  EXPECT_EQ(text.teile[1].groesse, 7U);
}

TEST_F(Kinds, archiveHandsOutItsMembers) {
  const std::string inner = zipOf({{"tief.txt", "ganz tief"}});
  const auto [text, parts] = unpack(
      extractor_, zipOf({{"Ordner/a.txt", "erstes"}, {"leer.txt", ""}, {"innen.zip", inner}, {"__MACOSX/x", "y"}}),
      "Unterlagen.zip");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  EXPECT_EQ(text.format, "zip");
  EXPECT_EQ(text.gesamt(), "Ordner/a.txt\nleer.txt\ninnen.zip\n");
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].teil.dateiname, "a.txt");
  EXPECT_EQ(parts[0].teil.pfad, "Ordner/a.txt");
  EXPECT_EQ(parts[0].bytes, "erstes");
  EXPECT_EQ(parts[1].bytes, "");
  EXPECT_EQ(parts[2].bytes, inner);
}

TEST_F(Kinds, mailboxHandsOutItsMessages) {
  const std::string one = "From: a@example.org\nTo: b@example.org\nSubject: Eins\n\nErster Text\n\n";
  const std::string two = "From: c@example.org\nTo: b@example.org\nSubject: Zwei/2\n\nZweiter Text\n";
  const auto [text, parts] = unpack(
      extractor_,
      "From a@example.org Mon Mar  2 10:00:00 2026\n" + one + "From c@example.org Mon Mar  2 11:00:00 2026\n" + two,
      "post.mbox");
  EXPECT_EQ(text.status, Status::Ok) << text.hinweis;
  EXPECT_EQ(text.format, "mbox");
  EXPECT_EQ(text.gesamt(), "a@example.org: Eins\nc@example.org: Zwei/2\n");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].teil.dateiname, "Eins.eml");
  EXPECT_EQ(parts[0].bytes, one);
  EXPECT_EQ(parts[1].teil.dateiname, "Zwei_2.eml");
  EXPECT_EQ(parts[1].bytes, two);
}

TEST_F(Kinds, whatHasNoTextIsLeerWithItsReason) {
  const std::vector<std::tuple<std::string, std::string, std::string>> samples = {
      {"\xFF\xD8\xFF\xE0 JFIF", "jpeg", "bild"},
      {"II*\0\x08\0\0\0"s, "tiff", "bild"},
      {"PK\x05\x06" + std::string(18, '\0'), "zip", "archiv_leer"},
      {std::string("\x01\x02\x03\x04\x00\xFF\xFE\x05", 8), "unknown", "format_unbekannt"},
      {"", "leer", "leere_datei"},
      {"  \n \n", "txt", "kein_text"},
  };
  for (const auto& [bytes, format, code] : samples) {
    const Text text = read(bytes, "x.bin");
    EXPECT_EQ(text.status, Status::Leer) << format;
    EXPECT_EQ(text.format, format);
    EXPECT_EQ(text.hinweisCode, code);
    EXPECT_FALSE(text.hinweis.empty());
  }
}

TEST_F(Kinds, hyphensAtLineEndsAreJoined) {
  std::string pdf = pdfOf({"@"});
  pdf.replace(pdf.find("(@) Tj"), 6, "(Die Verwal-) Tj 0 -14 Td (tung und Haus-) Tj 0 -14 Td (und Hof) Tj");
  const Text text = read(pdf, "h.pdf");
  EXPECT_NE(text.gesamt().find("Verwaltung"), std::string::npos) << text.gesamt();
  EXPECT_NE(text.gesamt().find("Haus-"), std::string::npos) << text.gesamt();
  EXPECT_EQ(read("die Gemein-\r\nde, Bau-\nund E-\nAkte, vgl. 5-\nfach", "ocr.txt").gesamt(),
            "die Gemeinde, Bau-\nund E-\nAkte, vgl. 5-\nfach");
}

TEST_F(Kinds, sheetsKeepTheirCellsAtTheirColumns) {
  const auto cell = [](const std::string& at, const std::string& type, const std::string& value) {
    return "<c r='" + at + "' t='" + type + "'><v>" + value + "</v></c>";
  };
  const std::string sheet = "<worksheet xmlns='s'><sheetData><row r='1'>" + cell("A1", "s", "0") +
                            cell("C1", "s", "1") + "</row><row r='4'>" + cell("B4", "n", "0.10000000000000001") +
                            "<c r='C4' t='inlineStr'><is><t>zwei\nZeilen</t></is></c>" + cell("D4", "s", "99") +
                            "<c r='E4' t='str'><f>A1&amp;C1</f><v>Formel</v></c></row></sheetData></worksheet>";
  // The strings come after the sheets here, and the tenth sheet before the second.
  const auto text =
      read(zipOf({{"xl/workbook.xml", "<workbook/>"},
                  {"xl/worksheets/sheet1.xml", sheet},
                  {"xl/worksheets/sheet10.xml", "<worksheet><sheetData/></worksheet>"},
                  {"xl/worksheets/sheet2.xml",
                   "<worksheet><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>"},
                  {"xl/sharedStrings.xml",
                   "<sst><si><t>Kenn</t><t>zeichen</t></si><si><r><t>Titel</t></r><rPh><t>x</t></rPh></si></sst>"}}),
           "plan.xlsx");
  EXPECT_EQ(text.status, Status::Ok);
  EXPECT_EQ(text.format, "xlsx");
  ASSERT_EQ(text.seiten.size(), 3U);
  EXPECT_EQ(text.seiten[0], "Kennzeichen\t\tTitel\n\t0,1\tzwei Zeilen\t\tFormel\n");
  EXPECT_EQ(text.seiten[1], "Kennzeichen\n");
  EXPECT_EQ(text.seiten[2], "");
}

TEST_F(Kinds, aCellFarOutCostsNoRowOfTabs) {
  const std::string sheet =
      "<worksheet><sheetData><row><c r='XFD1' t='str'><v>weit</v></c><c r='ZZZZZZZZZZ1' t='str'><v>weiter</v></c></row>"
      "</sheetData></worksheet>";
  const auto text = read(zipOf({{"xl/workbook.xml", "<workbook/>"}, {"xl/worksheets/sheet1.xml", sheet}}), "x.xlsx");
  EXPECT_LT(text.seiten.at(0).size(), 300U);
  EXPECT_NE(text.seiten[0].find("weit\tweiter"), std::string::npos);
}

TEST_F(Kinds, openDocumentSheetsRepeatCells) {
  const auto text = read(
      zipOf(
          {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
           {"content.xml",
            "<o xmlns:table='t' xmlns:text='x'><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "<table:table-cell "
            "table:number-columns-repeated='2'/><table:table-cell><text:p>b</text:p><text:p>c</text:p>"
            "</table:table-cell><table:table-cell table:number-columns-repeated='16000'/></table:table-row></o>"}}),
      "x.ods");
  EXPECT_EQ(text.format, "ods");
  EXPECT_EQ(text.seiten.at(0), "a\t\t\tb c\n");
}

}  // namespace
}  // namespace extract::test
