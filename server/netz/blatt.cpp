#include "blatt.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace netz {
namespace {

constexpr double links = 70, rechts = 525, unten = 70, oben = 780;

/// Helvetica, characters 32 to 126.
constexpr std::array<int, 95> breiten{278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
                                      556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
                                      1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
                                      667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
                                      333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
                                      556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};
static_assert(breiten['A' - 32] == 667 && breiten['m' - 32] == 833 && breiten.back() == 584);

struct Zeichen {
  char32_t unicode;
  int code;                ///< in the encoding of the fonts
  std::string_view glyph;  ///< where it is not WinAnsi's
  char wie;                ///< as wide as
};
/// Codes of WinAnsi that German text does not need hold the letters of the neighbours.
constexpr std::array<Zeichen, 35> besondere{{
    {U'€', 128, "Euro", '0'},          {U'„', 132, "quotedblbase", '('}, {U'…', 133, "ellipsis", 'M'},
    {U'Š', 138, "Scaron", 'S'},        {U'Œ', 140, "OE", 'M'},           {U'Ž', 142, "Zcaron", 'Z'},
    {U'‘', 145, "quoteleft", 'i'},     {U'’', 146, "quoteright", 'i'},   {U'“', 147, "quotedblleft", '('},
    {U'”', 148, "quotedblright", '('}, {U'•', 149, "bullet", '('},       {U'–', 150, "endash", '0'},
    {U'—', 151, "emdash", 'M'},        {U'š', 154, "scaron", 's'},       {U'œ', 156, "oe", 'm'},
    {U'ž', 158, "zcaron", 'z'},        {U'č', 129, "ccaron", 'c'},       {U'ć', 130, "cacute", 'c'},
    {U'ě', 131, "ecaron", 'e'},        {U'ł', 134, "lslash", 'l'},       {U'ń', 135, "nacute", 'n'},
    {U'ř', 136, "rcaron", 'r'},        {U'ś', 137, "sacute", 's'},       {U'ź', 139, "zacute", 'z'},
    {U'ż', 141, "zdotaccent", 'z'},    {U'ą', 143, "aogonek", 'a'},      {U'ę', 144, "eogonek", 'e'},
    {U'Č', 152, "Ccaron", 'C'},        {U'Ć', 153, "Cacute", 'C'},       {U'Ł', 155, "Lslash", 'L'},
    {U'ů', 157, "uring", 'u'},         {U'ŕ', 159, "racute", 'r'},       {U'Ś', 164, "Sacute", 'S'},
    {U'Ź', 166, "Zacute", 'Z'},        {U'Ě', 168, "Ecaron", 'E'},
}};

/// The letter without its marks, for the width: Latin-1 from 192.
constexpr std::string_view grund = "AAAAAAMCEEEEIIIIDNOOOOO+OUUUUYPbaaaaaamceeeeiiiionooooo+ouuuuypy";

struct Gelesen {
  int code;
  int breite;
};

int widthOf(char c) { return breiten.at(static_cast<std::size_t>(c - 32)); }

Gelesen lies(char32_t c) {
  if (c >= 32 && c <= 126) return {static_cast<int>(c), widthOf(static_cast<char>(c))};
  const auto found = std::ranges::find(besondere, c, &Zeichen::unicode);
  if (found != besondere.end()) return {found->code, widthOf(found->wie)};
  const bool taken =
      std::ranges::any_of(besondere, [&](const Zeichen& one) { return one.code == static_cast<int>(c); });
  if (c == 0xDF) return {0xDF, 611};
  if (c >= 192 && c <= 255) return {static_cast<int>(c), widthOf(grund.at(c - 192))};
  if (c >= 160 && c < 192 && !taken) return {static_cast<int>(c), c == 160 || c == 183 ? 278 : 556};
  return {'?', widthOf('?')};
}

template <class F>
void eachLetter(std::string_view utf8, F f) {
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (std::size_t k = 1; k < size && i + k < utf8.size(); ++k)
      c = (c << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    i += size;
    f(c);
  }
}

/// Broken between words, so that each fits; a word that is too long alone is cut.
std::vector<std::string> umbruch(std::string_view text, double breite, double groesse, bool fett) {
  std::vector<std::string> out;
  std::string line;
  const auto fits = [&](const std::string& what) { return blattBreite(what, groesse, fett) <= breite; };
  const auto add = [&](std::string word) {
    const auto longer = line.empty() ? word : line + " " + word;
    if (fits(longer)) {
      line = longer;
      return;
    }
    if (!line.empty()) out.push_back(line);
    while (!fits(word)) {
      auto size = word.size();
      while (size > 1 && !fits(std::string(base::cutUtf8(word, size)))) --size;
      const auto piece = std::string(base::cutUtf8(word, size));
      out.push_back(piece);
      word.erase(0, piece.size());
    }
    line = word;
  };
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    if (end > at) add(std::string(text.substr(at, end - at)));
    at = end + 1;
  }
  out.push_back(line);
  return out;
}

std::string hexed(std::string_view bytes) {
  std::string out = "<";
  for (const char c : bytes) out += fmt::format("{:02X}", static_cast<unsigned char>(c));
  return out + ">";
}

/// Text of the document's properties: UTF-16 with its mark.
std::string property(std::string_view utf8) {
  std::string out = "<FEFF";
  eachLetter(utf8, [&](char32_t c) {
    if (c > 0xFFFF)
      out += fmt::format("{:04X}{:04X}", 0xD800U + ((c - 0x10000U) >> 10U), 0xDC00U + ((c - 0x10000U) & 0x3FFU));
    else
      out += fmt::format("{:04X}", static_cast<unsigned>(c));
  });
  return out + ">";
}

}  // namespace

std::string blattSchrift(std::string_view utf8) {
  std::string out;
  eachLetter(utf8, [&](char32_t c) { out += static_cast<char>(lies(c).code); });
  return out;
}

double blattBreite(std::string_view utf8, double groesse, bool fett) {
  double out = 0;
  eachLetter(utf8, [&](char32_t c) { out += lies(c).breite; });
  return out * groesse / 1000 * (fett ? 1.08 : 1);
}

Blatt& Blatt::abstand(double punkte) {
  y_ -= punkte;
  return *this;
}

void Blatt::platz(double hoehe) {
  if (y_ - hoehe >= unten) return;
  seiten_.emplace_back();
  y_ = oben;
}

void Blatt::zeile(double x, double groesse, bool fett, std::string_view text) {
  seiten_.back() += fmt::format("BT /{} {} Tf {:.2f} {:.2f} Td {} Tj ET\n", fett ? "F2" : "F1", groesse, x, y_,
                                hexed(blattSchrift(text)));
}

Blatt& Blatt::schreibe(std::string_view text, double groesse, bool fett, double danach) {
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    for (const auto& line : umbruch(text.substr(at, end - at), rechts - links, groesse, fett)) {
      platz(groesse * 1.4);
      y_ -= groesse * 1.4;
      zeile(links, groesse, fett, line);
    }
    at = end + 1;
  }
  y_ -= danach;
  return *this;
}

Blatt& Blatt::tabelle(const std::vector<double>& anteile, const std::vector<std::vector<std::string>>& zeilen) {
  constexpr double groesse = 9, hoch = groesse * 1.4, luft = 6;
  double whole = 0;
  for (const auto part : anteile) whole += part;
  bool head = true;
  for (const auto& row : zeilen) {
    std::vector<std::vector<std::string>> cells;
    std::size_t most = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(umbruch(row[i], (rechts - links) * anteile.at(i) / whole - luft, groesse, head));
      most = std::max(most, cells.back().size());
    }
    platz(hoch * static_cast<double>(most) + 4);
    const auto top = y_;
    double x = links;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      y_ = top;
      for (const auto& line : cells[i]) {
        y_ -= hoch;
        zeile(x, groesse, head, line);
      }
      x += (rechts - links) * anteile.at(i) / whole;
    }
    y_ = top - hoch * static_cast<double>(most) - 4;
    seiten_.back() += fmt::format("0.6 G 0.5 w {} {:.2f} m {} {:.2f} l S\n", links, y_ + 1, rechts, y_ + 1);
    head = false;
  }
  y_ -= 8;
  return *this;
}

std::string Blatt::pdf() const {
  std::vector<std::string> objects;
  std::string kids;
  const auto first = 6U;
  for (std::size_t i = 0; i < seiten_.size(); ++i) kids += fmt::format("{} 0 R ", first + 2 * i);
  objects.push_back("<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) /ViewerPreferences << /DisplayDocTitle true >> >>");
  objects.push_back(fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, seiten_.size()));
  std::string differences;
  for (const auto& one : besondere) differences += fmt::format("{} /{} ", one.code, one.glyph);
  for (const auto* font : {"Helvetica", "Helvetica-Bold"})
    objects.push_back(
        fmt::format("<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding << /Type /Encoding /BaseEncoding "
                    "/WinAnsiEncoding /Differences [{}] >> >>",
                    font, differences));
  objects.push_back(fmt::format("<< /Title {} /Producer (Aktenlotse) >>", property(titel_)));
  for (std::size_t i = 0; i < seiten_.size(); ++i) {
    objects.push_back(fmt::format(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> "
        ">> /Contents {} 0 R >>",
        first + 2 * i + 1));
    objects.push_back(fmt::format("<< /Length {} >>\nstream\n{}endstream", seiten_[i].size(), seiten_[i]));
  }
  std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const auto at = out.size();
  out += fmt::format(
      "xref\n0 {0}\n0000000000 65535 f \n{1}trailer\n<< /Size {0} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{2}\n%%EOF\n",
      objects.size() + 1, table, at);
  return out;
}

}  // namespace netz
