#include "netz/feed.h"

#include <fmt/format.h>

#include <algorithm>

#include "inhalt.h"
#include "signatur.h"

namespace netz {
namespace {

using boost::json::object;

constexpr std::string_view frageZweck = "aktenlotse-frage-1\n", eintragZweck = "aktenlotse-eintrag-1\n",
                           seiteZweck = "aktenlotse-feed-1\n";

auto lehneAb(Ablehngrund grund, std::string text) { return tl::unexpected<Abgelehnt>({grund, std::move(text)}); }

struct FrageForm {
  base::Line<40> format{};
  std::int64_t formatversion = 1;
  base::Line<64, 64> von{}, an{};
  base::Line<32, 32> frage{};
  std::int64_t seit = 0;
  base::Line<64, 0> kette{};
  std::int64_t zeit = 0;
};
BOOST_DESCRIBE_STRUCT(FrageForm, (), (format, formatversion, von, an, frage, seit, kette, zeit))

struct SeiteForm {
  base::Line<40> format{};
  std::int64_t formatversion = 1;
  base::Line<64, 64> von{}, an{};
  base::Line<32, 32> frage{};
  std::int64_t seit = 0, stand = 0, zeit = 0;
};
BOOST_DESCRIBE_STRUCT(SeiteForm, (), (format, formatversion, von, an, frage, seit, stand, zeit))

struct EintragForm {
  std::int64_t nr = 0;
  base::Uuid id{};
  std::int64_t version = 1;
  base::Line<30> art{};
  bool weg = false;
  std::int64_t zeit = 0;
  base::Line<64, 0> hash{}, vorher{};
  base::Line<128, 128> signatur{};
};
BOOST_DESCRIBE_STRUCT(EintragForm, (), (nr, id, version, art, weg, zeit, hash, vorher, signatur))

struct WasForm {
  base::Line<36, 0> ober{};
  base::Line<60, 0> land{};
  base::Line<8, 0> ags{};
  base::Line<200, 0> ort{};
  Sichtbarkeit sichtbarkeit{};
  base::Line<300, 0> titel{};
};
BOOST_DESCRIBE_STRUCT(WasForm, (), (ober, land, ags, ort, sichtbarkeit, titel))

object kopfJson(const FeedKopf& kopf) {
  return {{"nr", kopf.nr},   {"id", kopf.id.text()}, {"version", kopf.version}, {"art", kopf.art},
          {"weg", kopf.weg}, {"zeit", kopf.zeit},    {"hash", kopf.hash},       {"vorher", kopf.vorher}};
}

std::string kopfText(const FeedKopf& kopf, std::string_view an) {
  auto json = kopfJson(kopf);
  json["an"] = an;
  return kanonisch(json).value();
}

std::string mitUnterschrift(object json, std::string_view zweck, const Schluesselpaar& paar) {
  json["signatur"] = signiere(zweck, kanonisch(json).value(), paar);
  return kanonisch(json).value();
}

/// A signed object of this form by its own key, without its signature.
template <class Form>
Geprueft<std::pair<Form, object>> liesUnterschrieben(std::string_view text, std::string_view format,
                                                     std::string_view zweck, std::string_view liste) {
  if (text.size() > feedMax)
    return lehneAb(Ablehngrund::zuGross, fmt::format("Die Nachricht hat mehr als {} MiB.", feedMax >> 20U));
  auto json = base::parseJson(text);
  if (!json || !json->is_object()) return lehneAb(Ablehngrund::form, "Die Nachricht ist kein JSON-Objekt.");
  auto& whole = json->as_object();
  const auto* name = whole.if_contains("format");
  if (name == nullptr || !name->is_string() || std::string_view(name->get_string()) != format)
    return lehneAb(Ablehngrund::form, "Die Nachricht ist keine des Verbunds.");
  const auto* version = whole.if_contains("formatversion");
  if (version == nullptr || !version->is_int64() || version->get_int64() != 1)
    return lehneAb(Ablehngrund::neuereForm, "Die Nachricht hat eine neuere Form, als dieses Programm kennt.");
  const auto* signatur = whole.if_contains("signatur");
  if (signatur == nullptr || !signatur->is_string())
    return lehneAb(Ablehngrund::unterschrift, "Die Nachricht hat keine Unterschrift.");
  const std::string given(signatur->get_string());
  whole.erase("signatur");
  const auto canonical = kanonisch(*json);
  if (!canonical) return lehneAb(Ablehngrund::form, "Die Nachricht enthält Zahlen, die keine ganzen sind.");
  object head = whole, rest;
  if (!liste.empty()) {
    const auto* list = head.if_contains(liste);
    if (list == nullptr || !list->is_array()) return lehneAb(Ablehngrund::form, "Der Nachricht fehlt ihre Liste.");
    rest[liste] = *list;
    head.erase(liste);
  }
  auto form = base::fromJson<Form>(head);
  if (!form) return lehneAb(Ablehngrund::form, "Die Nachricht ist nicht in Form: " + form.error().feld);
  if (pruefe(zweck, *canonical, given, form->von.value) != Pruefung::gut)
    return lehneAb(
        Ablehngrund::unterschrift,
        "Die Unterschrift stimmt nicht. Die Nachricht wurde unterwegs verändert oder ist von jemand anderem.");
  return std::pair{*std::move(form), std::move(rest)};
}

Geprueft<FeedEintrag> liesEintrag(const boost::json::value& json) {
  const auto* given = json.if_object();
  if (given == nullptr) return lehneAb(Ablehngrund::form, "Ein Eintrag ist kein Objekt.");
  FeedEintrag out;
  object head = *given;
  if (const auto* was = head.if_contains("was")) {
    if (!was->is_object()) return lehneAb(Ablehngrund::form, "Der Inhalt eines Eintrags ist kein Objekt.");
    out.was = was->get_object();
    head.erase("was");
  }
  const auto form = base::fromJson<EintragForm>(head);
  if (!form) return lehneAb(Ablehngrund::form, "Ein Eintrag ist nicht in Form: " + form.error().feld);
  out.kopf = {form->nr,  form->id,   form->version,    form->art.value,
              form->weg, form->zeit, form->hash.value, form->vorher.value};
  out.signatur = form->signatur.value;
  return out;
}

/// One entry after the one before it.
Geprueft<void> checkEintrag(const FeedEintrag& eintrag, const FeedFrage& frage, std::int64_t nr,
                            const std::string& kette, std::int64_t nachZeit, std::int64_t jetzt) {
  const auto& kopf = eintrag.kopf;
  if (kopf.nr != nr || kopf.vorher != kette)
    return lehneAb(Ablehngrund::reihenfolge, fmt::format("Erwartet war Eintrag {}, gekommen ist {}{}.", nr, kopf.nr,
                                                         kopf.nr == nr ? " mit anderer Vorgeschichte" : ""));
  if (kopf.version < 1) return lehneAb(Ablehngrund::form, fmt::format("Eintrag {} hat keine Version.", nr));
  if (kopf.zeit < nachZeit || kopf.zeit > jetzt + feedUhr)
    return lehneAb(Ablehngrund::uhr, fmt::format("Die Zeit von Eintrag {} kann nicht stimmen.", nr));
  if (pruefe(eintragZweck, kopfText(kopf, frage.von), eintrag.signatur, frage.an) != Pruefung::gut)
    return lehneAb(Ablehngrund::unterschrift, fmt::format("Die Unterschrift von Eintrag {} stimmt nicht.", nr));
  if (kopf.weg != kopf.hash.empty() || (kopf.weg && eintrag.was))
    return lehneAb(Ablehngrund::form, fmt::format("Eintrag {} widerspricht sich.", nr));
  if (eintrag.was && base::sha256Hex(kanonisch(*eintrag.was).value()) != kopf.hash)
    return lehneAb(Ablehngrund::verfaelscht, fmt::format("Der Inhalt von Eintrag {} passt nicht zu seinem Hash.", nr));
  return {};
}

/// Only what this version knows: names may be added to the format.
template <class T>
base::Result<std::string> inhaltAls(const object& inhalt) {
  object known;
  base::forEachMember<T>([&](std::string_view name, auto) {
    if (const auto* value = inhalt.if_contains(name)) known[name] = *value;
  });
  AKTENLOTSE_GET(read, base::fromJson<T>(known));
  return base::toJson(read);
}

struct Suchbar {
  OptText problem{}, rahmen{}, schritte{}, wirkung{}, produkte{}, bietet{}, sucht{}, wert{}, beschreibung{}, kurz{},
      fuer{};
};
BOOST_DESCRIBE_STRUCT(Suchbar, (),
                      (problem, rahmen, schritte, wirkung, produkte, bietet, sucht, wert, beschreibung, kurz, fuer))

std::string sucheOf(const std::string& titel, const object& inhalt) {
  auto out = titel;
  base::forEachMember<Suchbar>([&](std::string_view name, auto) {
    if (const auto* value = inhalt.if_contains(name); value != nullptr && value->is_string())
      out += " " + std::string(value->get_string());
  });
  return base::foldCase(out);
}

base::Result<std::string> werkzeugtext(const object& inhalt) {
  AKTENLOTSE_GET(text, inhaltAls<Werkzeug>(inhalt));
  AKTENLOTSE_GET(tool, base::readJson<Werkzeug>(text));
  if (tool.versionen.empty()) return base::fail(base::Code::EingabeUngueltig, "Das Werkzeug hat keine Version.");
  for (const auto& one : tool.versionen)
    if (const auto wrong = maengelOf(alsEingabe(one.abschnitte)))
      return base::fail(base::Code::EingabeUngueltig, *wrong);
  return text;
}

base::Result<std::string> inhaltOf(Feedart art, const object& inhalt, std::string_view schluessel) {
  switch (art) {
    case Feedart::profil:
      return inhaltAls<ProfilInhalt>(inhalt);
    case Feedart::mitglied:
      return inhaltAls<MitgliedInhalt>(inhalt);
    case Feedart::angabe:
      return inhaltAls<AngabeInhalt>(inhalt);
    case Feedart::betreuung:
      return std::string("{}");
    case Feedart::praxis:
      return inhaltAls<PraxisInhalt>(inhalt);
    case Feedart::kooperation:
      return inhaltAls<KooperationInhalt>(inhalt);
    case Feedart::werkzeug:
      return inhaltAls<WerkzeugInhalt>(inhalt);
    case Feedart::werkzeugtext:
      return werkzeugtext(inhalt);
    case Feedart::baustein:
      break;
  }
  AKTENLOTSE_GET(text, kanonisch(inhalt));
  AKTENLOTSE_GET(baustein, liesBaustein(text));
  if (baustein.schluessel.value != schluessel)
    return base::fail(base::Code::BausteinFremd, "Der Baustein ist nicht von dieser Installation unterschrieben.");
  return text;
}

/// The contact that the content names gets its name here too.
void benenneUm(object& inhalt, std::string_view schluessel) {
  if (auto* value = inhalt.if_contains("kontakt"); value != nullptr && value->is_string())
    *value = uuidHier(schluessel, std::string_view(value->get_string())).text();
}

}  // namespace

base::Uuid uuidHier(std::string_view schluessel, std::string_view fremd) {
  auto text = uuidAus(fmt::format("{} {}", schluessel, fremd)).text();
  // Its moment stays, so that lists show the newest first.
  if (base::Uuid::parse(fremd)) text.replace(0, 13, fremd.substr(0, 13));
  return base::Uuid::parse(text).value();
}

std::string fingerabdruck(std::string_view schluessel) {
  const auto hash = base::sha256Hex(schluessel);
  std::string out;
  for (std::size_t i = 0; i < 32; i += 4) out += (i == 0 ? "" : " ") + hash.substr(i, 4);
  return out;
}

std::string ketteOf(const FeedKopf& kopf, std::string_view an) { return base::sha256Hex(kopfText(kopf, an)); }

void signiere(FeedEintrag& eintrag, std::string_view an, const Schluesselpaar& paar) {
  eintrag.kopf.hash = eintrag.was ? base::sha256Hex(kanonisch(*eintrag.was).value()) : std::string();
  eintrag.signatur = signiere(eintragZweck, kopfText(eintrag.kopf, an), paar);
}

std::string schreibe(const FeedFrage& frage, const Schluesselpaar& paar) {
  return mitUnterschrift({{"format", "aktenlotse-frage"},
                          {"formatversion", 1},
                          {"von", frage.von},
                          {"an", frage.an},
                          {"frage", frage.frage},
                          {"seit", frage.seit},
                          {"kette", frage.kette},
                          {"zeit", frage.zeit}},
                         frageZweck, paar);
}

std::string schreibe(const FeedSeite& seite, const Schluesselpaar& paar) {
  boost::json::array eintraege;
  for (const auto& one : seite.eintraege) {
    auto json = kopfJson(one.kopf);
    json["signatur"] = one.signatur;
    if (one.was) json["was"] = *one.was;
    eintraege.emplace_back(std::move(json));
  }
  return mitUnterschrift({{"format", "aktenlotse-feed"},
                          {"formatversion", 1},
                          {"von", seite.von},
                          {"an", seite.an},
                          {"frage", seite.frage},
                          {"seit", seite.seit},
                          {"stand", seite.stand},
                          {"zeit", seite.zeit},
                          {"eintraege", std::move(eintraege)}},
                         seiteZweck, paar);
}

Geprueft<FeedFrage> liesFrage(std::string_view text, std::string_view eigener, std::int64_t jetzt) {
  auto read = liesUnterschrieben<FrageForm>(text, "aktenlotse-frage", frageZweck, "");
  if (!read) return tl::unexpected(read.error());
  const auto& form = read->first;
  if (form.an.value != eigener) return lehneAb(Ablehngrund::nichtFuerUns, "Die Frage gilt einer anderen Installation.");
  if (std::abs(form.zeit - jetzt) > feedUhr)
    return lehneAb(Ablehngrund::uhr, "Die Uhren der beiden Installationen gehen zu weit auseinander.");
  if (form.seit < 0) return lehneAb(Ablehngrund::form, "Die Frage nennt keinen Stand.");
  return FeedFrage{form.von.value, form.an.value, form.frage.value, form.seit, form.kette.value, form.zeit};
}

Geprueft<FeedSeite> liesSeite(std::string_view text, const FeedFrage& frage, std::int64_t jetzt) {
  auto read = liesUnterschrieben<SeiteForm>(text, "aktenlotse-feed", seiteZweck, "eintraege");
  if (!read) return tl::unexpected(read.error());
  const auto& form = read->first;
  if (form.von.value != frage.an)
    return lehneAb(Ablehngrund::fremderSchluessel, "Die Antwort ist mit einem anderen Schlüssel unterschrieben.");
  if (form.an.value != frage.von)
    return lehneAb(Ablehngrund::nichtFuerUns, "Die Antwort gilt einer anderen Installation.");
  if (form.frage.value != frage.frage || form.seit != frage.seit)
    return lehneAb(Ablehngrund::alteAntwort, "Die Antwort gehört zu einer früheren Frage.");
  if (std::abs(form.zeit - jetzt) > feedUhr)
    return lehneAb(Ablehngrund::uhr, "Die Uhren der beiden Installationen gehen zu weit auseinander.");
  if (form.stand < frage.seit)
    return lehneAb(Ablehngrund::rueckwaerts, "Die andere Installation kennt weniger, als sie schon gesendet hat.");
  const auto& list = read->second.at("eintraege").as_array();
  if (list.size() > feedEintraege)
    return lehneAb(Ablehngrund::zuGross, fmt::format("Die Antwort hat mehr als {} Einträge.", feedEintraege));
  FeedSeite out{form.von.value, form.an.value, form.frage.value, form.seit, form.stand, form.zeit, {}};
  auto nr = frage.seit;
  auto kette = frage.kette;
  std::int64_t zeit = 0;
  for (const auto& json : list) {
    auto eintrag = liesEintrag(json);
    if (!eintrag) return tl::unexpected(eintrag.error());
    if (auto good = checkEintrag(*eintrag, frage, ++nr, kette, zeit, jetzt); !good) return tl::unexpected(good.error());
    kette = ketteOf(eintrag->kopf, frage.von);
    zeit = eintrag->kopf.zeit;
    out.eintraege.push_back(*std::move(eintrag));
  }
  if (nr > form.stand || (list.empty() && nr < form.stand))
    return lehneAb(Ablehngrund::reihenfolge, "Der genannte Stand passt nicht zu den Einträgen.");
  return out;
}

Geprueft<Aushang> aushangAus(const FeedEintrag& eintrag, std::string_view herkunft, std::string_view schluessel) {
  const auto& kopf = eintrag.kopf;
  const auto art = base::enumFrom<Feedart>(kopf.art);
  if (!art)
    return lehneAb(Ablehngrund::unbekannteArt, fmt::format("Die Art „{}“ kennt dieses Programm nicht.", kopf.art));
  const auto wrong = [&](std::string_view what) {
    return lehneAb(Ablehngrund::inhalt, fmt::format("Eintrag {} ({}): {}", kopf.nr, kopf.art, what));
  };
  object head = eintrag.was.value();
  const auto* given = head.if_contains("inhalt");
  if (given == nullptr || !given->is_object()) return wrong("ohne Inhalt.");
  object inhalt = given->get_object();
  head.erase("inhalt");
  const auto form = base::fromJson<WasForm>(head);
  if (!form) return wrong("nicht in Form: " + form.error().feld);
  if (form->sichtbarkeit == Sichtbarkeit::kommune || form->sichtbarkeit == Sichtbarkeit::coaching)
    return wrong("das ist nicht für andere bestimmt.");
  const bool haengt = *art == Feedart::angabe || *art == Feedart::betreuung || *art == Feedart::baustein ||
                      *art == Feedart::werkzeugtext;
  if (haengt != base::Uuid::parse(form->ober.value).has_value()) return wrong("hängt an nichts.");
  if (form->ags.value.find_first_not_of("0123456789") != std::string::npos) return wrong("der Gemeindeschlüssel.");
  Aushang out;
  out.herkunft = herkunft;
  out.uuid = uuidHier(schluessel, kopf.id.text());
  out.art = base::enumFrom<Aushangart>(kopf.art).value();
  if (haengt) out.ober = uuidHier(schluessel, form->ober.value).text();
  out.land = form->land.value;
  out.ags = form->ags.value;
  out.ort = form->ort.value;
  out.sichtbarkeit = form->sichtbarkeit;
  out.titel = form->titel.value;
  if (*art != Feedart::baustein && *art != Feedart::werkzeugtext) {
    benenneUm(inhalt, schluessel);
    out.suche = sucheOf(out.titel, inhalt);
  }
  const auto text = inhaltOf(*art, inhalt, schluessel);
  if (!text) return wrong(text.error().detail.empty() ? "der Inhalt." : text.error().detail);
  out.inhalt = *text;
  return out;
}

object wasOf(const Aushang& row, std::string_view ort) {
  object out{{"ober", row.ober},
             {"land", row.land},
             {"ags", row.ags},
             {"ort", ort},
             {"sichtbarkeit", base::enumName(row.sichtbarkeit)},
             {"titel", row.titel}};
  out["inhalt"] = base::parseJson(row.inhalt).value();
  return out;
}

}  // namespace netz
