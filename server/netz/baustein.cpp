#include "netz/baustein.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <charconv>

#include "signatur.h"

namespace netz {
namespace {

using base::Code;
using base::fail;

constexpr std::string_view formatname = "aktenlotse-baustein";
/// Before what is signed, so that no other signature of the same key fits.
constexpr std::string_view zweck = "aktenlotse-baustein-1\n";

bool write(std::string& out, const boost::json::value& json) {
  if (const auto* object = json.if_object()) {
    std::vector<std::pair<std::string_view, const boost::json::value*>> members;
    for (const auto& member : *object) members.emplace_back(member.key(), &member.value());
    std::ranges::sort(members, {}, [](const auto& member) { return member.first; });
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) out += ',';
      base::appendJsonString(out, members[i].first);
      out += ':';
      if (!write(out, *members[i].second)) return false;
    }
    out += '}';
    return true;
  }
  if (const auto* array = json.if_array()) {
    out += '[';
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out += ',';
      if (!write(out, (*array)[i])) return false;
    }
    out += ']';
    return true;
  }
  if (json.is_double() || json.is_uint64()) return false;
  if (const auto* text = json.if_string())
    base::appendJsonString(out, *text);
  else
    out += boost::json::serialize(json);
  return true;
}

auto ungueltig(std::string why) { return fail(Code::BausteinUngueltig, std::move(why)); }

bool isEmpty(const BausteinInhalt& inhalt) {
  return inhalt.aktenplan.size() + inhalt.felder.size() + inhalt.laufwege.size() + inhalt.checklisten.size() +
             (inhalt.textbausteine ? inhalt.textbausteine->size() : 0) +
             (inhalt.vorlagen ? inhalt.vorlagen->size() : 0) + (inhalt.werkzeuge ? inhalt.werkzeuge->size() : 0) ==
         0;
}

/// What only the second version of the format has.
bool isZweite(const BausteinInhalt& inhalt) {
  const auto variant = [](const auto& one) { return one.land.has_value(); };
  return inhalt.textbausteine || inhalt.vorlagen || std::ranges::any_of(inhalt.aktenplan, variant) ||
         std::ranges::any_of(inhalt.felder, variant) || std::ranges::any_of(inhalt.laufwege, variant);
}

base::Result<void> checkWerkzeuge(const BausteinInhalt& inhalt, auto once) {
  for (const auto& one : inhalt.werkzeuge.value_or(std::vector<BausteinWerkzeug>())) {
    if (!once(Teilart::werkzeug, one.schluessel.value, one.land))
      return ungueltig(fmt::format("Das Werkzeug {} steht zweimal darin.", one.schluessel.value));
    if (werkzeug(one.schluessel.value) != nullptr)
      return ungueltig(fmt::format("Das Werkzeug {} gehört zum Programm.", one.schluessel.value));
    if (const auto wrong = maengelOf(one.abschnitte))
      return ungueltig(fmt::format("Das Werkzeug „{}“: {}", one.titel.value, *wrong));
  }
  return {};
}

base::Result<void> checkInhalt(const Baustein& baustein) {
  const auto& inhalt = baustein.inhalt;
  if (isEmpty(inhalt)) return ungueltig("Der Baustein ist leer.");
  std::set<Teil> seen, variants;
  const auto once = [&](Teilart art, const std::string& schluessel, const std::optional<base::Line<60>>& land = {}) {
    seen.emplace(art, schluessel);
    return variants.emplace(art, schluessel + "\n" + (land ? land->value : "")).second;
  };
  for (const auto& one : inhalt.aktenplan) {
    if (!once(Teilart::aktenplan, one.kennzeichen.value, one.land))
      return ungueltig(fmt::format("Das Kennzeichen {} steht zweimal darin.", one.kennzeichen.value));
    if (one.aufbewahrungsdauer && (*one.aufbewahrungsdauer < 0 || *one.aufbewahrungsdauer > 1000))
      return ungueltig(fmt::format("Die Frist von {} ist keine.", one.kennzeichen.value));
    if (one.ueber && one.ueber->value == one.kennzeichen.value)
      return ungueltig(fmt::format("{} liegt unter sich selbst.", one.kennzeichen.value));
  }
  for (const auto& one : inhalt.felder)
    if (!once(Teilart::feld, one.typ.value + " / " + one.bezeichnung.value, one.land))
      return ungueltig(fmt::format("Das Feld {} steht zweimal darin.", one.bezeichnung.value));
  for (const auto& one : inhalt.laufwege)
    if (!once(Teilart::laufweg, one.name.value, one.land))
      return ungueltig(fmt::format("Der Laufweg {} steht zweimal darin.", one.name.value));
  for (const auto& one : inhalt.checklisten)
    if (!once(Teilart::checkliste, one.value)) return ungueltig("Eine Checkliste steht zweimal darin.");
  for (const auto& one : inhalt.textbausteine.value_or(std::vector<BausteinText>()))
    if (!once(Teilart::textbaustein, one.bezeichnung.value, one.land))
      return ungueltig(fmt::format("Der Textbaustein {} steht zweimal darin.", one.bezeichnung.value));
  for (const auto& one : inhalt.vorlagen.value_or(std::vector<BausteinVorlage>())) {
    if (!once(Teilart::vorlage, one.bezeichnung.value, one.land))
      return ungueltig(fmt::format("Die Vorlage {} steht zweimal darin.", one.bezeichnung.value));
    if (!bytesOf(one) || one.art == akte::Dokumentart::Eingang)
      return ungueltig(fmt::format("Die Vorlage {} hat keine lesbare Datei.", one.bezeichnung.value));
  }
  AKTENLOTSE_TRY(checkWerkzeuge(inhalt, once));
  for (const auto& probe : baustein.proben)
    if (!seen.contains({probe.art == Probenart::laufweg ? Teilart::laufweg : Teilart::aktenplan, probe.von.value}))
      return ungueltig(fmt::format("Die Probe „{}“ prüft etwas, das nicht darin ist.", probe.name.value));
  return {};
}

base::Result<void> checkSignatur(const Baustein& baustein, boost::json::object json) {
  json.erase("signatur");
  auto text = kanonisch(json);
  if (!text) return ungueltig("Der Baustein enthält Zahlen, die keine ganzen sind.");
  switch (pruefe(zweck, *text, baustein.signatur.value, baustein.schluessel.value)) {
    case Pruefung::gut:
      return {};
    case Pruefung::falsch:
      return fail(Code::BausteinVerfaelscht);
    case Pruefung::keineForm:
      break;
  }
  return fail(Code::BausteinVerfaelscht, "Schlüssel oder Unterschrift haben nicht ihre Form.");
}

std::string schnitt(std::string_view a, std::size_t& at) {
  const auto begin = std::min(at, a.size());
  const auto dot = std::min(a.find('.', begin), a.size());
  at = dot + 1;
  return std::string(a.substr(begin, dot - begin));
}

bool inName(unsigned char c) { return c >= 0x80 || std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.'; }

/// Where names stand in a line, without the @, what kind of name it is, and quotation marks.
template <class F>
void eachName(std::string_view zeile, F f) {
  for (auto at = zeile.find('@'); at != std::string_view::npos; at = zeile.find('@', at + 1)) {
    auto begin = at + 1;
    for (const std::string_view kind : {"person:", "stelle:", "oe:", "rolle:"})
      if (zeile.substr(begin).starts_with(kind)) begin += kind.size();
    if (begin < zeile.size() && zeile[begin] == '"') {
      const auto end = zeile.find('"', begin + 1);
      if (end == std::string_view::npos) return;
      f(begin + 1, end);
      at = end;
      continue;
    }
    auto end = begin;
    while (end < zeile.size() && inName(static_cast<unsigned char>(zeile[end]))) ++end;
    while (end > begin && zeile[end - 1] == '.') --end;
    f(begin, end);
  }
}

std::string named(const Namen& namen, const std::string& text) {
  const auto found = namen.find(text);
  return found == namen.end() ? text : found->second;
}

std::string joined(const std::vector<base::Line<100>>& lines) {
  std::string out;
  for (const auto& line : lines) (out += out.empty() ? "" : "\n") += line.value;
  return out;
}

OptText valueOf(const Felder& felder, const std::string& feld) {
  const auto found = felder.find(feld);
  return found == felder.end() ? OptText() : OptText(found->second);
}

/// A part in one line, for one that comes or has gone as a whole.
std::string inWorten(const Felder& felder) {
  std::string out;
  for (const auto& [name, value] : felder)
    if (!value.empty()) out += (out.empty() ? "" : " · ") + name + ": " + value;
  return out;
}

std::string nameOf(const WerkzeugPunkt& one) {
  return "punkt " + one.schluessel.value + (one.land ? " (" + one.land->value + ")" : "");
}

/// Heading and text are lines, so that no two points have the same.
std::string textOf(const WerkzeugAbschnitt& abschnitt, const WerkzeugPunkt& one) {
  return abschnitt.titel.value + "\n" + one.text.value +
         (one.hilfe && !one.hilfe->value.empty() ? "\n" + one.hilfe->value : "");
}

Felder felderOf(const BausteinWerkzeug& one) {
  Felder out{{"art", std::string(base::enumName(one.art))},
             {"titel", one.titel.value},
             {"kurz", one.kurz.value},
             {"fuer", one.fuer.value},
             {"lizenz", one.lizenz.value},
             {"bereitschaft", one.bereitschaft ? "ja" : "nein"},
             {"einleitung", one.einleitung ? one.einleitung->value : ""}};
  for (const auto& abschnitt : one.abschnitte) {
    if (abschnitt.text && !abschnitt.text->value.empty())
      out["abschnitt " + abschnitt.titel.value] = abschnitt.text->value;
    for (const auto& punkt : abschnitt.punkte) out[nameOf(punkt)] = textOf(abschnitt, punkt);
  }
  return out;
}

const WerkzeugAbschnitt* abschnittOf(const BausteinWerkzeug* one, const std::string& titel) {
  if (one == nullptr) return nullptr;
  const auto found =
      std::ranges::find(one->abschnitte, titel, [](const WerkzeugAbschnitt& a) { return a.titel.value; });
  return found == one->abschnitte.end() ? nullptr : &*found;
}

/// The points that a section has of these values: first those of the package, in its order.
std::vector<WerkzeugPunkt> punkteOf(const WerkzeugAbschnitt* neu, const WerkzeugAbschnitt* hier, const Felder& ziel) {
  std::vector<WerkzeugPunkt> out;
  std::set<std::string> done;
  const auto take = [&](const WerkzeugAbschnitt* of, const std::string& name) {
    if (of == nullptr || done.contains(name)) return;
    const auto wanted = ziel.find(name);
    const auto found = std::ranges::find(of->punkte, name, nameOf);
    if (wanted == ziel.end() || found == of->punkte.end() || textOf(*of, *found) != wanted->second) return;
    out.push_back(*found);
    done.insert(name);
  };
  for (const auto* of : {neu, hier})
    if (of != nullptr)
      for (const auto& one : of->punkte) {
        take(neu, nameOf(one));
        take(hier, nameOf(one));
      }
  return out;
}

Mischung mischungOf(const OptText& basis, const OptText& hier, const OptText& neu) {
  if (hier == neu) return Mischung::gleich;
  if (!hier && !basis) return Mischung::neu;
  if (!hier && neu == basis) return Mischung::hierEntfernt;
  if (basis && hier == basis) return Mischung::aendern;
  if (basis && neu == basis) return Mischung::hierGeaendert;
  return Mischung::konflikt;
}

}  // namespace

base::Result<std::string> kanonisch(const boost::json::value& json) {
  std::string out;
  if (!write(out, json)) return fail(Code::EingabeUngueltig, "Nur ganze Zahlen haben eine feste Form.");
  return out;
}

base::Result<Baustein> liesBaustein(std::string_view datei) {
  if (datei.size() > bausteinMax)
    return fail(Code::ZuGross, fmt::format("Ein Baustein hat höchstens {} KiB; dieser hat {}.", bausteinMax / 1024,
                                           datei.size() / 1024 + 1));
  const auto json = base::parseJson(datei);
  if (!json) return ungueltig("Die Datei ist kein JSON. Wählen Sie die Datei, die Aktenlotse ausgegeben hat.");
  const auto* object = json->if_object();
  const auto* format = object == nullptr ? nullptr : object->if_contains("format");
  if (format == nullptr || !format->is_string() || std::string_view(format->get_string()) != formatname)
    return ungueltig("Die Datei ist kein Baustein von Aktenlotse.");
  const auto* number = object->if_contains("formatversion");
  if (number == nullptr || !number->is_int64() || number->get_int64() < 1 || number->get_int64() > 3)
    return ungueltig("Dieser Baustein hat eine neuere Form, als dieses Programm kennt.");
  if (!object->contains("signatur") || !object->contains("schluessel")) return fail(Code::BausteinUnsigniert);
  auto baustein = base::fromJson<Baustein>(*json);
  if (!baustein) return ungueltig(baustein.error().detail);
  AKTENLOTSE_TRY(checkSignatur(*baustein, *object));
  AKTENLOTSE_TRY(checkInhalt(*baustein));
  return *std::move(baustein);
}

std::string unterschreibe(Baustein baustein, const Schluesselpaar& paar) {
  baustein.format = {std::string(formatname)};
  baustein.formatversion = baustein.inhalt.werkzeuge ? 3 : isZweite(baustein.inhalt) ? 2 : 1;
  baustein.schluessel = {paar.oeffentlich};
  auto json = base::parseJson(base::toJson(baustein)).value();
  json.as_object().erase("signatur");
  json.as_object()["signatur"] = signiere(zweck, kanonisch(json).value(), paar);
  return kanonisch(json).value();
}

std::optional<std::string> bytesOf(const BausteinVorlage& vorlage) {
  const auto& text = vorlage.datei.value;
  std::string out(text.size(), '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr,
                        &length, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size() || length == 0)
    return std::nullopt;
  out.resize(length);
  return out;
}

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();
  return out;
}

Baustein fuerLand(Baustein baustein, std::string_view land) {
  auto& inhalt = baustein.inhalt;
  std::set<Teil> left;
  const auto choose = [&](auto& list, Teilart art, auto key) {
    std::set<std::string> own;
    for (const auto& one : list)
      if (one.land && one.land->value == land) own.insert(key(one));
    std::erase_if(list, [&](const auto& one) { return one.land ? one.land->value != land : own.contains(key(one)); });
    for (const auto& one : list) left.emplace(art, key(one));
  };
  const auto bezeichnung = [](const auto& one) { return one.bezeichnung.value; };
  choose(inhalt.aktenplan, Teilart::aktenplan, [](const auto& one) { return one.kennzeichen.value; });
  choose(inhalt.felder, Teilart::feld, [](const auto& one) { return one.typ.value + " / " + one.bezeichnung.value; });
  choose(inhalt.laufwege, Teilart::laufweg, [](const auto& one) { return one.name.value; });
  if (inhalt.textbausteine) choose(*inhalt.textbausteine, Teilart::textbaustein, bezeichnung);
  if (inhalt.vorlagen) choose(*inhalt.vorlagen, Teilart::vorlage, bezeichnung);
  if (inhalt.werkzeuge)
    choose(*inhalt.werkzeuge, Teilart::werkzeug, [](const auto& one) { return one.schluessel.value; });
  std::erase_if(baustein.proben, [&](const auto& probe) {
    return !left.contains({probe.art == Probenart::laufweg ? Teilart::laufweg : Teilart::aktenplan, probe.von.value});
  });
  return baustein;
}

bool neuerAls(std::string_view a, std::string_view b) {
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const auto x = schnitt(a, i), y = schnitt(b, j);
    std::int64_t m = 0, n = 0;
    const bool numbers = std::from_chars(x.data(), x.data() + x.size(), m).ptr == x.data() + x.size() &&
                         std::from_chars(y.data(), y.data() + y.size(), n).ptr == y.data() + y.size();
    if (numbers && m != n) return m > n;
    if (!numbers && x != y) return x > y;
  }
  return false;
}

std::set<std::string> genannte(const BausteinInhalt& inhalt) {
  std::set<std::string> out;
  for (const auto& one : inhalt.laufwege) {
    const std::string_view zeile = one.zeile.value;
    eachName(zeile, [&](std::size_t von, std::size_t bis) { out.emplace(zeile.substr(von, bis - von)); });
  }
  out.erase("");
  return out;
}

std::string umbenannt(std::string_view zeile, const Namen& namen) {
  std::string out;
  std::size_t done = 0;
  eachName(zeile, [&](std::size_t von, std::size_t bis) {
    out += zeile.substr(done, von - done);
    const auto neu = named(namen, std::string(zeile.substr(von, bis - von)));
    const bool word = std::ranges::all_of(neu, [](char c) { return inName(static_cast<unsigned char>(c)); });
    const bool quoted = von > 0 && zeile[von - 1] == '"';
    out += word || quoted ? neu : '"' + neu + '"';
    done = bis;
  });
  return out += zeile.substr(done);
}

Bild bildOf(const BausteinInhalt& inhalt, const Namen& namen) {
  Bild out;
  for (const auto& one : inhalt.aktenplan) {
    auto& felder = out[{Teilart::aktenplan, named(namen, one.kennzeichen.value)}];
    felder["titel"] = one.titel.value;
    felder["beschreibung"] = one.beschreibung ? one.beschreibung->value : "";
    felder["aufbewahrungsdauer"] = one.aufbewahrungsdauer ? std::to_string(*one.aufbewahrungsdauer) : "unbefristet";
    felder["aussonderungsart"] = base::enumName(one.aussonderungsart);
  }
  for (const auto& one : inhalt.felder) {
    auto& felder = out[{Teilart::feld, one.typ.value + " / " + one.bezeichnung.value}];
    felder["art"] = base::enumName(one.art);
    felder["auswahl"] = joined(one.auswahl);
    felder["pflicht"] = one.pflicht ? "ja" : "nein";
    felder["reihenfolge"] = std::to_string(one.reihenfolge);
  }
  for (const auto& one : inhalt.laufwege) {
    auto& felder = out[{Teilart::laufweg, one.name.value}];
    felder["zeile"] = umbenannt(one.zeile.value, namen);
    felder["wann"] = one.wann ? one.wann->value : "";
  }
  for (const auto& one : inhalt.checklisten) out[{Teilart::checkliste, one.value}];
  for (const auto& one : inhalt.textbausteine.value_or(std::vector<BausteinText>()))
    out[{Teilart::textbaustein, one.bezeichnung.value}]["text"] = one.text.value;
  for (const auto& one : inhalt.vorlagen.value_or(std::vector<BausteinVorlage>()))
    out[{Teilart::vorlage, one.bezeichnung.value}] = {{"art", std::string(base::enumName(one.art))},
                                                      {"dateiname", one.dateiname.value},
                                                      {"datei", base::sha256Hex(bytesOf(one).value_or(""))}};
  for (const auto& one : inhalt.werkzeuge.value_or(std::vector<BausteinWerkzeug>()))
    out[{Teilart::werkzeug, one.schluessel.value}] = felderOf(one);
  return out;
}

BausteinWerkzeug gemischt(const BausteinWerkzeug& neu, const BausteinWerkzeug* hier, const Felder& ziel) {
  auto out = neu;
  out.art = base::enumFrom<Werkzeugart>(ziel.at("art")).value();
  out.titel = {ziel.at("titel")};
  out.kurz = {ziel.at("kurz")};
  out.fuer = {ziel.at("fuer")};
  out.lizenz = {ziel.at("lizenz")};
  out.bereitschaft = ziel.at("bereitschaft") == "ja";
  out.einleitung = base::Prose<10000>{ziel.at("einleitung")};
  out.abschnitte.clear();
  std::set<std::string> done;
  for (const auto* of : {&neu, hier}) {
    if (of == nullptr) continue;
    for (const auto& [titel, text, punkte] : of->abschnitte) {
      if (!done.insert(titel.value).second) continue;
      WerkzeugAbschnitt one{titel, {}, {}};
      if (const auto found = ziel.find("abschnitt " + titel.value); found != ziel.end())
        one.text = base::Prose<10000>{found->second};
      one.punkte = punkteOf(abschnittOf(&neu, titel.value), abschnittOf(hier, titel.value), ziel);
      if (one.text || !one.punkte.empty()) out.abschnitte.push_back(std::move(one));
    }
  }
  return out;
}

std::string Mischzeile::name() const { return fmt::format("{}|{}|{}", base::enumName(teil.first), teil.second, feld); }

std::vector<Mischzeile> mische(const std::optional<Bild>& basis, const Bild& hier, const Bild& neu) {
  std::vector<Mischzeile> out;
  for (const auto& [teil, felder] : neu) {
    const auto here = hier.find(teil);
    const auto before = basis ? basis->find(teil) : hier.end();
    const bool had = basis && before != basis->end();
    if (here == hier.end()) {
      const bool same = had && before->second == felder;
      out.push_back({teil,
                     "",
                     !had   ? Mischung::neu
                     : same ? Mischung::hierEntfernt
                            : Mischung::konflikt,
                     had ? OptText(inWorten(before->second)) : OptText(),
                     {},
                     inWorten(felder)});
      continue;
    }
    if (felder.empty()) out.push_back({teil, "", Mischung::gleich, {}, {}, {}});
    for (const auto& [feld, wert] : felder) {
      const auto base = had ? valueOf(before->second, feld) : OptText();
      const auto now = valueOf(here->second, feld);
      out.push_back({teil, feld, mischungOf(base, now, wert), base, now, wert});
    }
    // A value that this version no longer has stays as it is here.
    if (had)
      for (const auto& [feld, wert] : before->second)
        if (!felder.contains(feld) && here->second.contains(feld))
          out.push_back({teil, feld, Mischung::entfallen, wert, here->second.at(feld), {}});
  }
  if (basis)
    for (const auto& [teil, felder] : *basis)
      if (!neu.contains(teil) && hier.contains(teil))
        out.push_back({teil, "", Mischung::entfallen, inWorten(felder), inWorten(hier.at(teil)), {}});
  return out;
}

Bild danach(const Bild& hier, const Bild& neu, const std::vector<Mischzeile>& zeilen,
            const std::set<std::string>& uebernehmen) {
  Bild out = hier;
  for (const auto& zeile : zeilen) {
    const bool takes = zeile.was == Mischung::neu || zeile.was == Mischung::aendern ||
                       ((zeile.was == Mischung::konflikt || zeile.was == Mischung::hierGeaendert ||
                         zeile.was == Mischung::hierEntfernt) &&
                        uebernehmen.contains(zeile.name()));
    if (!takes) continue;
    if (zeile.feld.empty())
      out[zeile.teil] = neu.at(zeile.teil);
    else
      out[zeile.teil][zeile.feld] = zeile.neu.value();
  }
  return out;
}

}  // namespace netz
