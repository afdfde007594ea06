#include "schreiben/blaetter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/xml.h"

namespace schreiben {
namespace {

/// For a paragraph of OpenDocument, where a tab is an element.
std::string escaped(std::string_view text) {
  auto out = base::xmlEscaped(text);
  for (auto at = out.find('\t'); at != std::string::npos; at = out.find('\t', at)) out.replace(at, 1, "<text:tab/>");
  return out;
}

template <typename F>
void eachLine(std::string_view text, F f) {
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    f(line);
    at = end + 1;
  }
}

constexpr std::string_view kKopf =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Sans" svg:font-family="'Liberation Sans', 'DejaVu Sans', sans-serif"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.15cm"/><style:text-properties style:font-name="Sans" fo:font-size="10.5pt" fo:language="de" fo:country="DE"/></style:default-style>
<style:style style:name="Text" style:family="paragraph"/>
<style:style style:name="Titel" style:family="paragraph" style:default-outline-level="1"><style:paragraph-properties fo:margin-bottom="0.5cm"/><style:text-properties fo:font-size="16pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Kopf" style:family="paragraph" style:default-outline-level="2"><style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="12pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Zelle" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.05cm"/><style:text-properties fo:font-size="9.5pt"/></style:style>
<style:style style:name="Fett" style:family="paragraph" style:parent-style-name="Zelle"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Punkt" style:family="paragraph"><style:paragraph-properties fo:margin-left="0.6cm" fo:text-indent="-0.4cm"/></style:style>
<style:style style:name="Nummer" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-size="8pt"/></style:style>
<style:style style:name="Absender" style:family="paragraph"><style:paragraph-properties fo:margin-top="2.7cm" fo:margin-bottom="0.3cm"/><style:text-properties fo:font-size="7pt"/></style:style>
<style:style style:name="Anschrift" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0cm"/><style:text-properties fo:font-size="11pt"/></style:style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="Blatt"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm" fo:margin-right="2cm"/></style:page-layout>
<style:style style:name="Feld" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border-bottom="0.5pt solid #888888"/></style:style>
)";

}  // namespace

void Blaetter::paragraph(std::string_view style, std::string_view text) {
  std::string name(style);
  if (umbruch_) {
    // A style of its own for the paragraph that begins a page.
    name = fmt::format("{}_{}", style, ++umbrueche_);
    stile_ += fmt::format(
        "<style:style style:name=\"{}\" style:family=\"paragraph\" style:parent-style-name=\"{}\">"
        "<style:paragraph-properties fo:break-before=\"page\"/></style:style>\n",
        name, style);
    umbruch_ = false;
  }
  if (style == "Titel" || style == "Kopf")
    body_ += fmt::format("<text:h text:style-name=\"{}\" text:outline-level=\"{}\">{}</text:h>\n", name,
                         style == "Titel" ? 1 : 2, escaped(text));
  else
    body_ += fmt::format("<text:p text:style-name=\"{}\">{}</text:p>\n", name, escaped(text));
}

void Blaetter::neu(bool numeriert) {
  umbruch_ = !body_.empty();
  if (!numeriert) return;
  const auto nr = ++nummer_;
  paragraph("Nummer", fmt::format("Blatt {}", nr));
}

void Blaetter::titel(std::string_view text) { paragraph("Titel", text); }
void Blaetter::ueberschrift(std::string_view text) { paragraph("Kopf", text); }
void Blaetter::absatz(std::string_view text) {
  eachLine(text, [&](std::string_view line) { paragraph("Text", line); });
}

void Blaetter::anschrift(std::string_view absender, std::string_view text) {
  paragraph("Absender", absender);
  eachLine(text, [&](std::string_view line) { paragraph("Anschrift", line); });
}

void Blaetter::tabelle(const std::vector<std::pair<std::string, std::string>>& zeilen) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [links, rechts] : zeilen) rows.push_back({links, rechts});
  rows.insert(rows.begin(), std::vector<std::string>{});
  liste(rows, {30, 70});
}

void Blaetter::liste(const std::vector<std::vector<std::string>>& zeilen, const std::vector<int>& breiten) {
  constexpr double width = 16.5;  // centimetres between the margins
  const auto name = fmt::format("T{}", ++tabellen_);
  stile_ += fmt::format(
      "<style:style style:name=\"{}\" style:family=\"table\"><style:table-properties style:width=\"{}cm\" "
      "table:align=\"left\"/></style:style>\n",
      name, width);
  body_ += fmt::format("<table:table table:name=\"{0}\" table:style-name=\"{0}\">", name);
  for (std::size_t i = 0; i < breiten.size(); ++i) {
    stile_ += fmt::format(
        "<style:style style:name=\"{}c{}\" style:family=\"table-column\"><style:table-column-properties "
        "style:column-width=\"{:.2f}cm\"/></style:style>\n",
        name, i, width * breiten[i] / 100);
    body_ += fmt::format("<table:table-column table:style-name=\"{}c{}\"/>", name, i);
  }
  bool head = true;
  for (const auto& zeile : zeilen) {
    const bool first = std::exchange(head, false);
    if (zeile.empty()) continue;
    if (first) body_ += "<table:table-header-rows>";
    body_ += "<table:table-row>";
    for (std::size_t i = 0; i < zeile.size(); ++i) {
      const bool bold = first || (i == 0 && zeilen.front().empty());
      body_ += "<table:table-cell table:style-name=\"Feld\" office:value-type=\"string\">";
      eachLine(zeile[i], [&](std::string_view line) {
        body_ += fmt::format("<text:p text:style-name=\"{}\">{}</text:p>", bold ? "Fett" : "Zelle", escaped(line));
      });
      body_ += "</table:table-cell>";
    }
    body_ += "</table:table-row>";
    if (first) body_ += "</table:table-header-rows>";
  }
  body_ += "</table:table>\n";
}

void Blaetter::markdown(std::string_view text) {
  eachLine(text, [&](std::string_view line) {
    const auto level = std::min(line.find_first_not_of('#'), line.size());
    if (level > 0 && level <= 6 && level < line.size() && line[level] == ' ')
      return paragraph(level == 1 ? "Titel" : "Kopf", line.substr(level + 1));
    if (line.starts_with("- ") || line.starts_with("* "))
      return paragraph("Punkt", fmt::format("•\u2002{}", line.substr(2)));
    paragraph("Text", line);
  });
}

std::string Blaetter::fodt() const {
  return fmt::format(
      "{}{}</office:automatic-styles>\n<office:master-styles><style:master-page style:name=\"Standard\" "
      "style:page-layout-name=\"Blatt\"/></office:master-styles>\n<office:body><office:text>\n{}</office:text>"
      "</office:body></office:document>\n",
      kKopf, stile_, body_);
}

}  // namespace schreiben
