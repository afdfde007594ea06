// From the line to the slip, and back.
#include "geschaeftsgang/laufzeile.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "worte.h"

namespace geschaeftsgang {
namespace {

/// How a step hangs on the one before it.
enum class Band : std::uint8_t { komma, dann, und };

constexpr std::size_t mostSteps = 50, mostText = 500;

bool nebeneinander(Schrittart art) {
  using enum Schrittart;
  return art == mitzeichnung || art == kenntnis || art == stellungnahme || art == pruefung;
}

/// For these somebody must be named.
bool brauchtNennung(Schrittart art) { return nebeneinander(art) || art == Schrittart::schlusszeichnung; }

struct Teil {
  Schrittentwurf schritt{};
  Band band = Band::komma;
  bool genannt = false;
  std::optional<Schrittart> art{};
  std::optional<Quorum> quorum{};
  [[nodiscard]] bool leer() const { return !genannt && !art && !schritt.termin && !schritt.text && !quorum; }
};

class Leser {
 public:
  Leser(std::string_view zeile, const Verzeichnis& verzeichnis, const Adressat& selbst, const base::Datum& heute)
      : zeichen_(zerlege(zeile)), verzeichnis_(verzeichnis), selbst_(selbst), heute_(heute) {}

  Entwurf run() {
    while (at_ < zeichen_.size()) next();
    end();
    inheritArt();
    for (auto& teil : teile_) finish(teil);
    stages();
    std::ranges::stable_sort(out_.hinweise, {}, &Hinweis::von);
    return std::move(out_);
  }

 private:
  void hint(std::size_t von, std::size_t bis, std::string text, std::vector<std::string> vorschlaege = {}) {
    out_.hinweise.push_back({von, bis, std::move(text), std::move(vorschlaege)});
  }

  void end() {
    if (!teil_.leer()) {
      if (teile_.size() == mostSteps)
        hint(teil_.schritt.von, teil_.schritt.bis, "Mehr als 50 Schritte hat ein Laufweg nicht.");
      else if (teile_.size() < mostSteps)
        teile_.push_back(teil_);
    }
    const auto band = teil_.leer() ? teil_.band : Band::komma;
    teil_ = {};
    teil_.band = band;
  }

  /// The step grows by a piece of the line.
  void cover(const Zeichen& one) {
    if (teil_.leer()) teil_.schritt.von = one.von;
    teil_.schritt.bis = std::max(teil_.schritt.bis, one.bis);
  }

  void next() {
    const auto& one = zeichen_[at_];
    switch (one.art) {
      case Zeichenart::komma:
        end();
        break;
      case Zeichenart::nennung:
        mention(one);
        break;
      case Zeichenart::zitat:
        quotation(one);
        break;
      case Zeichenart::wort:
        word(one);
        return;
    }
    ++at_;
  }

  void mention(const Zeichen& one) {
    if (teil_.genannt) end();  // another one: a step of its own
    cover(one);
    teil_.genannt = true;
    const auto fund = verzeichnis_.finde(one.wert);
    if (fund.eintrag != nullptr) {
      teil_.schritt.adressat = fund.eintrag->adressat;
      return;
    }
    std::vector<std::string> vorschlaege;
    for (const auto* eintrag : fund.vorschlaege) vorschlaege.push_back(verzeichnis_.nennung(*eintrag));
    if (one.wert.empty())
      hint(one.von, one.bis, "Hier fehlt ein Name.");
    else if (vorschlaege.size() > 1)
      hint(one.von, one.bis, fmt::format("„{}“ kann mehrere meinen.", one.wert), std::move(vorschlaege));
    else
      hint(one.von, one.bis, fmt::format("„{}“ ist hier nicht bekannt.", one.wert), std::move(vorschlaege));
  }

  void quotation(const Zeichen& one) {
    cover(one);
    if (one.offen) hint(one.von, one.bis, "Hier fehlt das Anführungszeichen am Ende.", {});
    if (teil_.schritt.text) hint(one.von, one.bis, "Ein Schritt hat nur einen Text.");
    auto text = base::cleanText(one.wert, false);
    if (!text || text->empty() || base::countCodePoints(*text) > mostText)
      hint(one.von, one.bis, "Dieser Text ist leer oder zu lang.");
    else
      teil_.schritt.text = std::move(*text);
  }

  [[nodiscard]] std::string folded(std::size_t i) const {
    return i < zeichen_.size() && zeichen_[i].art == Zeichenart::wort ? gefaltet(zeichen_[i].wert) : std::string();
  }

  void word(const Zeichen& one) {
    const auto plain = gefaltet(one.wert);
    if (plain == "dann" || plain == "danach" || plain == "->" || plain == "→") return link(Band::dann);
    if (plain == "und" || plain == "+" || plain == "&") return link(Band::und);
    if (quorum(plain)) return;
    if (plain == "bis" || plain == "am") {
      if (const auto tag = tagFrom(zeichen_, at_ + 1, heute_)) return day(*tag, 1);
      cover(one);
      teil_.schritt.termin.reset();
      hint(one.von,
           at_ + 1 < zeichen_.size() && zeichen_[at_ + 1].art == Zeichenart::wort ? zeichen_[at_ + 1].bis : one.bis,
           "Bis wann?", {"bis Fr", "bis morgen", fmt::format("bis {}", kurzerTag(heute_))});
      at_ += at_ + 1 < zeichen_.size() && zeichen_[at_ + 1].art == Zeichenart::wort && !artFrom(zeichen_[at_ + 1].wert)
                 ? 2
                 : 1;
      return;
    }
    if (const auto art = artFrom(one.wert)) {
      if (teil_.art) end();
      cover(one);
      teil_.art = *art;
    } else if (const auto tag = tagFrom(zeichen_, at_, heute_)) {
      return day(*tag, 0);
    } else if (!fuellwort(one.wert)) {
      unknown(one);
    }
    ++at_;
  }

  void link(Band band) {
    end();
    teil_.band = band;
    ++at_;
  }

  bool quorum(const std::string& plain) {
    if (folded(at_ + 1) != "von") return false;
    std::optional<Quorum> which;
    if (plain == "einer" || plain == "eine" || plain == "1") which = Quorum::einer;
    if (plain == "mehrheit") which = Quorum::mehrheit;
    if (plain == "alle") which = Quorum::alle;
    if (!which) return false;
    if (!teil_.leer()) end();
    cover(zeichen_[at_]);
    teil_.quorum = which;
    at_ += 2;
    return true;
  }

  void day(const Tag& tag, std::size_t before) {
    const auto& last = zeichen_[at_ + before + tag.laenge - 1];
    cover(zeichen_[at_]);
    cover(last);
    if (teil_.schritt.termin) hint(zeichen_[at_].von, last.bis, "Ein Schritt hat nur einen Termin.");
    if (tag.tag < heute_) hint(zeichen_[at_].von, last.bis, "Dieser Tag ist vorbei.");
    teil_.schritt.termin = tag.tag;
    at_ += before + tag.laenge;
  }

  void unknown(const Zeichen& one) {
    auto vorschlaege = aehnliche(one.wert);
    for (const auto* eintrag : verzeichnis_.beginnend(one.wert, 2))
      if (one.wert.size() >= 2 && vorschlaege.size() < 4) vorschlaege.push_back(verzeichnis_.nennung(*eintrag));
    hint(one.von, one.bis, fmt::format("„{}“ verstehe ich nicht.", one.wert), std::move(vorschlaege));
  }

  /// "@a und @b mz": what is said at the end holds for those joined to it.
  void inheritArt() {
    for (std::size_t i = teile_.size(); i-- > 1;) {
      auto& before = teile_[i - 1];
      if (teile_[i].band != Band::und || before.art || !before.genannt || !teile_[i].genannt) continue;
      before.art = teile_[i].art;
      if (!before.schritt.termin) before.schritt.termin = teile_[i].schritt.termin;
    }
  }

  void finish(Teil& teil) {
    auto& schritt = teil.schritt;
    schritt.art = teil.art.value_or(Schrittart::bearbeitung);
    if (!teil.genannt) {
      schritt.adressat = selbst_;
      if (brauchtNennung(schritt.art))
        hint(schritt.von, schritt.bis, fmt::format("Wer soll das tun? Zum Beispiel „@name {}“.", kuerzel(schritt.art)));
      else if (!teil.art)
        hint(schritt.von, schritt.bis, "Was soll hier geschehen? Zum Beispiel „@name mz“.");
    }
    if (schritt.art == Schrittart::wiedervorlage && !schritt.termin)
      hint(schritt.von, schritt.bis, "An welchem Tag?", {"Wv in 1 Woche", "Wv in 4 Wochen"});
  }

  void stages() {
    std::int64_t stufe = 0;
    Quorum quorum = Quorum::alle;
    for (std::size_t i = 0; i < teile_.size(); ++i) {
      auto& teil = teile_[i];
      const bool beside = i > 0 && !teil.quorum &&
                          (teil.band == Band::und ||
                           (teil.band == Band::komma && teil.genannt && teile_[i - 1].genannt &&
                            nebeneinander(teil.schritt.art) && teil.schritt.art == teile_[i - 1].schritt.art));
      if (!beside) {
        ++stufe;
        quorum = teil.quorum.value_or(Quorum::alle);
      }
      teil.schritt.stufe = stufe;
      teil.schritt.quorum = quorum;
      out_.schritte.push_back(teil.schritt);
    }
  }

  std::vector<Zeichen> zeichen_;
  const Verzeichnis& verzeichnis_;
  const Adressat& selbst_;
  const base::Datum& heute_;
  std::size_t at_ = 0;
  Teil teil_{};
  std::vector<Teil> teile_;
  Entwurf out_;
};

}  // namespace

Entwurf verstehe(std::string_view zeile, const Verzeichnis& verzeichnis, const Adressat& selbst,
                 const base::Datum& heute) {
  return Leser(zeile, verzeichnis, selbst, heute).run();
}

std::string schreibe(const std::vector<Schrittentwurf>& schritte, const Verzeichnis& verzeichnis,
                     const Adressat& selbst) {
  std::string out;
  for (std::size_t i = 0; i < schritte.size(); ++i) {
    const auto& s = schritte[i];
    const bool named = brauchtNennung(s.art) || s.adressat != selbst;
    const bool first = i == 0 || schritte[i - 1].stufe != s.stufe;
    if (i > 0) {
      const auto& before = schritte[i - 1];
      const bool beforeNamed = brauchtNennung(before.art) || before.adressat != selbst;
      const bool comma = named && beforeNamed && nebeneinander(s.art) && s.art == before.art;
      out += first ? (comma ? ", dann " : ", ") : (comma ? ", " : " und ");
    }
    if (first && s.quorum == Quorum::einer) out += "einer von ";
    if (first && s.quorum == Quorum::mehrheit) out += "Mehrheit von ";
    if (named) {
      const auto* eintrag = verzeichnis.eintragOf(s.adressat);
      out += eintrag == nullptr ? "@?" : verzeichnis.nennung(*eintrag);
      out += ' ';
    }
    out += kuerzel(s.art);
    if (s.termin) out += fmt::format(" {} {}", s.art == Schrittart::wiedervorlage ? "am" : "bis", kurzerTag(*s.termin));
    if (s.text) out += fmt::format(" \"{}\"", *s.text);
  }
  return out;
}

std::vector<Ergaenzung> ergaenze(std::string_view zeile, std::size_t stelle, const Verzeichnis& verzeichnis,
                                 const base::Datum& heute) {
  std::vector<Ergaenzung> out;
  for (const auto& one : zerlege(zeile)) {
    if (stelle < one.von || stelle > one.bis || one.art == Zeichenart::komma || one.art == Zeichenart::zitat) continue;
    const auto typed = zeile.substr(one.von, stelle - one.von);
    if (one.art == Zeichenart::nennung) {
      for (const auto* eintrag : verzeichnis.beginnend(typed.empty() ? typed : typed.substr(1), 8))
        out.push_back({one.von, one.bis, verzeichnis.nennung(*eintrag), eintrag->name});
      continue;
    }
    const auto wanted = gefaltet(typed);
    for (const auto& wort : alleWorte())
      if (!wanted.empty() && out.size() < 6 && gefaltet(wort).starts_with(wanted) && gefaltet(wort) != wanted) {
        const auto tag = tagFrom(zerlege(wort), 0, heute);
        out.push_back({one.von, one.bis, wort, tag ? fmt::format("{}, {}", wort, kurzerTag(tag->tag)) : wort});
      }
  }
  return out;
}

}  // namespace geschaeftsgang
