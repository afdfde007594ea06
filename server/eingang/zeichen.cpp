// Signs in a text, as people and OCR write them.
#include <algorithm>
#include <array>
#include <set>

#include "schrift.h"

namespace eingang {
namespace {

struct Gruppe {
  std::size_t von = 0, bis = 0;
  bool schraeg = false;  ///< a slash stands before it: what follows may be a year
};

constexpr std::size_t mostGroups = 8, mostFound = 200;

bool istZeichen(char c) { return istZiffer(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) == 0xC3; }

/// What may stand between two groups: a sign with blanks around it, or nothing at all. Gives the place after it.
std::optional<std::size_t> trenner(std::string_view klein, std::size_t at) {
  bool sign = false;
  std::size_t blanks = 0;
  const auto begin = at;
  while (at < klein.size()) {
    const auto rest = klein.substr(at);
    if (rest.starts_with(' ') || rest.starts_with('\n')) {
      if (++blanks > 2) return std::nullopt;
      ++at;
    } else if (!sign &&
               (rest.starts_with('-') || rest.starts_with('/') || rest.starts_with('.') || rest.starts_with('_'))) {
      sign = true;
      ++at;
    } else if (!sign && (rest.starts_with("–") || rest.starts_with("—"))) {
      sign = true;
      at += 3;
    } else {
      break;
    }
  }
  if (!sign || at >= klein.size() || !istZeichen(klein[at])) return std::nullopt;
  // A blank after a dot ends a sentence, unless there are digits around it.
  if (blanks > 0 && klein.substr(begin, at - begin).find('.') != std::string_view::npos &&
      !(istZiffer(klein[begin - 1]) && istZiffer(klein[at])))
    return std::nullopt;
  return at;
}

/// What OCR makes of digits, back again.
std::string ziffern(std::string_view gruppe) {
  std::string out;
  for (const char c : gruppe) {
    switch (c) {
      case 'o':
      case 'q':
      case 'd':
        out += '0';
        break;
      case 'l':
      case 'i':
        out += '1';
        break;
      case 'z':
        out += '2';
        break;
      case 's':
        out += '5';
        break;
      case 'b':
        out += '8';
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool alleZiffern(std::string_view gruppe) { return std::ranges::all_of(gruppe, istZiffer); }

class Sammler {
 public:
  explicit Sammler(std::string_view klein) : klein_(klein) {}

  /// All beginnings of a run of groups, longest first; signs of what is below end in more groups.
  void run(const std::vector<Gruppe>& gruppen) {
    for (std::size_t first = 0; first < gruppen.size(); ++first)
      for (std::size_t n = std::min(mostGroups, gruppen.size() - first); n >= 2; --n)
        add({gruppen.begin() + static_cast<std::ptrdiff_t>(first),
             gruppen.begin() + static_cast<std::ptrdiff_t>(first + n)});
  }
  std::vector<ZeichenFund> out;

 private:
  void add(const std::vector<Gruppe>& gruppen) {
    if (out.size() >= mostFound) return;
    std::string form, besser, jahr;
    bool digits = false;
    for (const auto& gruppe : gruppen) {
      const auto text = klein_.substr(gruppe.von, gruppe.bis - gruppe.von);
      const auto fixed = ziffern(text);
      digits = digits || alleZiffern(fixed);
      const std::string dot = form.empty() ? "" : ".";
      form += dot + std::string(text);
      besser += dot + (alleZiffern(fixed) ? fixed : std::string(text));
      jahr += dot + (gruppe.schraeg && fixed.size() == 2 && alleZiffern(fixed) ? "20" + fixed
                     : alleZiffern(fixed)                                      ? fixed
                                                                               : std::string(text));
    }
    if (!digits) return;
    const Stelle stelle{gruppen.front().von, gruppen.back().bis};
    note({form, false, stelle});
    note({besser, true, stelle});
    note({jahr, true, stelle});
  }
  void note(ZeichenFund fund) {
    if (seen_.insert(fund.form).second) out.push_back(std::move(fund));
  }

  std::string_view klein_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<ZeichenFund> zeichenIn(std::string_view utf8) {
  const auto klein = kleingeschrieben(utf8.substr(0, gelesen));
  Sammler sammler(klein);
  for (std::size_t at = 0; at < klein.size() && sammler.out.size() < mostFound;) {
    if (!istZeichen(klein[at]) || (at > 0 && istZeichen(klein[at - 1]))) {
      ++at;
      continue;
    }
    std::vector<Gruppe> gruppen;
    std::optional<std::size_t> next = at;
    while (next) {
      auto end = *next;
      while (end < klein.size() &&
             (istZeichen(klein[end]) || (end > *next && static_cast<unsigned char>(klein[end - 1]) == 0xC3)))
        ++end;
      gruppen.push_back({*next, end,
                         !gruppen.empty() && klein.substr(gruppen.back().bis, *next - gruppen.back().bis).find('/') !=
                                                 std::string_view::npos});
      at = end;
      next = gruppen.size() < 3 * mostGroups ? trenner(klein, end) : std::nullopt;
    }
    if (gruppen.size() >= 2) sammler.run(gruppen);
  }
  return std::move(sammler.out);
}

std::string zeichenForm(std::string_view zeichen) {
  const auto klein = kleingeschrieben(zeichen);
  std::string out;
  bool gap = false;
  for (std::size_t i = 0; i < klein.size(); ++i) {
    const char c = klein[i];
    const bool parts = c == '.' || c == '-' || c == '/' || c == '_' || c == ' ';
    if (parts) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += '.';
    gap = false;
    out += c;
  }
  return out;
}

std::string emailIn(std::string_view absender) {
  const auto at = absender.find('@');
  if (at == std::string_view::npos || at == 0) return {};
  const auto inside = [](char c) {
    return istZiffer(c) || istBuchstabe(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '%';
  };
  auto von = at, bis = at + 1;
  while (von > 0 && inside(absender[von - 1])) --von;
  while (bis < absender.size() && inside(absender[bis])) ++bis;
  while (bis > at + 1 && absender[bis - 1] == '.') --bis;
  if (von == at || absender.substr(at, bis - at).find('.') == std::string_view::npos) return {};
  return kleingeschrieben(absender.substr(von, bis - von));
}

std::string absenderSchluessel(std::string_view absender) {
  if (auto mail = emailIn(absender); !mail.empty()) return mail;
  std::string out;
  for (const char c : kleingeschrieben(absender))
    if (istZiffer(c) || istBuchstabe(c))
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace eingang
