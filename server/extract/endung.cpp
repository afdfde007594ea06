#include "extract/endung.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace extract {
namespace {

/// Which formats an ending may stand for.
struct Endung {
  std::string_view endung;
  std::array<std::string_view, 4> formate;
};

constexpr std::array kEndungen = {
    Endung{"pdf", {"pdf"}},
    Endung{"docx", {"docx", "ole"}},
    Endung{"xlsx", {"xlsx", "ole"}},
    Endung{"pptx", {"pptx", "ole"}},
    Endung{"odt", {"odt"}},
    Endung{"ods", {"ods"}},
    Endung{"odp", {"odp"}},
    // Word has always saved RTF and HTML under its own ending, when asked.
    Endung{"doc", {"doc", "ole", "rtf", "html"}},
    Endung{"xls", {"xls", "ole", "html", "txt"}},
    Endung{"ppt", {"ppt", "ole"}},
    Endung{"rtf", {"rtf"}},
    Endung{"txt", {"txt", "eml", "html", "xml"}},
    Endung{"md", {"md", "txt", "html"}},
    Endung{"html", {"html", "xml", "txt"}},
    Endung{"htm", {"html", "xml", "txt"}},
    Endung{"xml", {"xml", "html", "txt"}},
    Endung{"eml", {"eml", "txt", "mbox"}},
    Endung{"msg", {"msg", "eml", "ole"}},
    Endung{"mbox", {"mbox", "eml"}},
    Endung{"zip", {"zip"}},
    Endung{"7z", {"7z"}},
    Endung{"rar", {"rar"}},
    Endung{"gz", {"gz"}},
    Endung{"tar", {"tar"}},
    Endung{"png", {"png"}},
    Endung{"jpg", {"jpeg"}},
    Endung{"jpeg", {"jpeg"}},
    Endung{"tif", {"tiff"}},
    Endung{"tiff", {"tiff"}},
    Endung{"gif", {"gif"}},
};

}  // namespace

bool nameContradicts(std::string_view dateiname, std::string_view format) {
  const std::size_t dot = dateiname.rfind('.');
  if (dot == dateiname.npos || format == "leer") return false;
  std::string endung(dateiname.substr(dot + 1));
  std::transform(endung.begin(), endung.end(), endung.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto* const row =
      std::find_if(kEndungen.begin(), kEndungen.end(), [&](const auto& one) { return one.endung == endung; });
  return row != kEndungen.end() && std::find(row->formate.begin(), row->formate.end(), format) == row->formate.end();
}

}  // namespace extract
