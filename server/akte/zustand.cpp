// The table of transitions, and how it is printed.
#include "akte/zustand.h"

#include <fmt/format.h>

#include <algorithm>

#include "akte/schriftgut.h"

namespace akte {
namespace {

using mandant::Recht;
using enum Bedingung;
using enum Wirkung;
using S = Status;
using U = Uebergang;

/// How a transition is called in routes and journal; the summary's {} is the kind of object.
struct Wort {
  U uebergang;
  std::string_view kennung, pfad, aktion, summary;
};
constexpr Wort worte[] = {
    {U::zda, "Zda", "zda", "zda", "Close the {}: zu den Akten"},
    {U::zdaAufheben, "ZdaAufheben", "zda-aufheben", "zda_aufgehoben", "Reopen the {}"},
    {U::stornieren, "Stornieren", "stornieren", "storniert", "Cancel the {} with all that lies in it"},
    {U::stornoAufheben, "StornoAufheben", "storno-aufheben", "storno_aufgehoben", "Take back the Storno of the {}"},
    {U::weglegen, "Weglegen", "weglegen", "weggelegt", "Put the {} aside: kept for one year"},
    {U::weglegenAufheben, "WeglegenAufheben", "weglegen-aufheben", "weglegen_aufgehoben",
     "Take the {} up again that was put aside"},
    {U::loeschmarkierung, "Loeschmarkierung", "loeschmarkierung", "loeschung_beantragt",
     "Ask for the {} to be deleted for good"},
    {U::loeschmarkierungZurueckziehen, "LoeschmarkierungZurueckziehen", "loeschmarkierung-zurueckziehen",
     "loeschung_zurueckgezogen", "Withdraw the request to delete the {}"},
    {U::loeschungAblehnen, "LoeschungAblehnen", "loeschung-ablehnen", "loeschung_abgelehnt", "Refuse to delete the {}"},
    {U::loeschungBestaetigen, "LoeschungBestaetigen", "loeschung-bestaetigen", "geloescht",
     "Confirm, as the second person, that the {} is deleted for good"},
};

Regel named(Regel regel) {
  const auto art = base::enumName(regel.art);
  const auto& wort = *std::ranges::find(worte, regel.uebergang, &Wort::uebergang);
  std::string kind(art);
  kind[0] = static_cast<char>(kind[0] - 'a' + 'A');
  regel.kennung = fmt::format("{}{}", art, wort.kennung);
  regel.pfad = wort.pfad;
  regel.aktion = fmt::format("{}.{}", art, wort.aktion);
  regel.summary = fmt::format(fmt::runtime(wort.summary), kind);
  return regel;
}

/// What all three kinds have in common, with their rights and sources.
void addCancelling(std::vector<Regel>& out, SuchArt art, Recht stornieren, std::vector<Bedingung> bedingungen,
                   std::string quelle) {
  out.push_back({art, U::stornieren, S::inBearbeitung, S::storniert, stornieren, std::move(bedingungen), {}, quelle});
  out.push_back({art, U::stornoAufheben, S::storniert, S::inBearbeitung, stornieren, {obenOffen}, {}, quelle});
}

void addPuttingAside(std::vector<Regel>& out, SuchArt art) {
  out.push_back({art,
                 U::weglegen,
                 S::inBearbeitung,
                 S::weggelegt,
                 Recht::weglegen,
                 art == SuchArt::vorgang
                     ? std::vector{obenOffen, nichtsAbgeschlossen, keineLoeschungBeantragt, keineLoeschsperre}
                     : std::vector{obenOffen, keineLoeschungBeantragt, keineLoeschsperre},
                 {einJahr},
                 "M7.22, M8.2"});
  out.push_back({art,
                 U::weglegenAufheben,
                 S::weggelegt,
                 S::inBearbeitung,
                 Recht::weglegen,
                 {obenOffen},
                 {fristenLeeren},
                 "M7.22, M8.2"});
}

void addDeleting(std::vector<Regel>& out, SuchArt art, const std::string& quelle) {
  out.push_back(
      {art,
       U::loeschmarkierung,
       S::inBearbeitung,
       S::loeschungBeantragt,
       Recht::loeschungBeantragen,
       {obenOffen, loeschenErlaubt, prueferGesetzt, nichtsInAufbewahrung, keineLoeschungBeantragt, keineLoeschsperre},
       {antrag},
       quelle});
  out.push_back({art,
                 U::loeschmarkierungZurueckziehen,
                 S::loeschungBeantragt,
                 S::inBearbeitung,
                 Recht::loeschungBeantragen,
                 {obenOffen},
                 {antragErledigt},
                 quelle});
  out.push_back({art,
                 U::loeschungAblehnen,
                 S::loeschungBeantragt,
                 S::inBearbeitung,
                 Recht::loeschungBestaetigen,
                 {obenOffen},
                 {antragErledigt},
                 quelle});
  out.push_back({art,
                 U::loeschungBestaetigen,
                 S::loeschungBeantragt,
                 {},
                 Recht::loeschungBestaetigen,
                 {obenOffen, loeschenErlaubt, andererAlsAntragsteller, wartezeitUm, keineLoeschsperre},
                 {antragErledigt, inhaltWeg},
                 quelle});
}

std::vector<Regel> makeRegeln() {
  std::vector<Regel> out;
  out.push_back({SuchArt::akte,
                 U::zda,
                 S::inBearbeitung,
                 S::abgeschlossen,
                 Recht::akteZda,
                 {vorgaengeGeschlossen, keineLoeschungBeantragt},
                 {fristen},
                 "M3.20"});
  out.push_back({SuchArt::akte,
                 U::zdaAufheben,
                 S::abgeschlossen,
                 S::inBearbeitung,
                 Recht::akteZdaAufheben,
                 {transferfristLaeuft},
                 {fristenLeeren},
                 "M3.21"});
  addCancelling(out, SuchArt::akte, Recht::akteStornieren,
                {nichtsAbgeschlossen, keineLoeschungBeantragt, nichtSchlussgezeichnet}, "M3.15, M3.16");
  addDeleting(out, SuchArt::akte, "M3.18");
  out.push_back({SuchArt::vorgang,
                 U::zda,
                 S::inBearbeitung,
                 S::abgeschlossen,
                 Recht::vorgangZda,
                 {obenOffen, teilvorgaengeGeschlossen, keineLoeschungBeantragt, nichtsImGeschaeftsgang},
                 {fristen},
                 "M4.18"});
  out.push_back({SuchArt::vorgang,
                 U::zdaAufheben,
                 S::abgeschlossen,
                 S::inBearbeitung,
                 Recht::vorgangZdaAufheben,
                 {obenOffen, transferfristLaeuft},
                 {fristenLeeren},
                 "M4.26"});
  addCancelling(out, SuchArt::vorgang, Recht::vorgangStornieren,
                {obenOffen, nichtsAbgeschlossen, keineLoeschungBeantragt, nichtSchlussgezeichnet}, "M4.15, M4.16");
  addPuttingAside(out, SuchArt::vorgang);
  addDeleting(out, SuchArt::vorgang, "M4.23, M4.24");
  addCancelling(out, SuchArt::dokument, Recht::dokumentStornieren,
                {obenOffen, keineLoeschungBeantragt, nichtSchlussgezeichnet}, "M6.12, M12.5");
  addPuttingAside(out, SuchArt::dokument);
  addDeleting(out, SuchArt::dokument, "M6.14, M6.15, M12.12");
  std::ranges::transform(out, out.begin(), named);
  return out;
}

template <class E>
std::string joined(const std::vector<E>& values) {
  std::string out;
  for (const auto value : values) out += fmt::format("{}`{}`", out.empty() ? "" : ", ", base::enumName(value));
  return out.empty() ? "–" : out;
}

struct Erklaerung {
  std::string_view name, en;
};
constexpr Erklaerung bedingungen[] = {
    {"obenOffen", "what it lies in is `inBearbeitung`"},
    {"vorgaengeGeschlossen", "no Vorgang in it is `inBearbeitung`"},
    {"teilvorgaengeGeschlossen", "no Teilvorgang in it is `inBearbeitung`"},
    {"nichtsAbgeschlossen", "no Vorgang in it is `abgeschlossen`, `weggelegt` or `aussonderungsreif`"},
    {"nichtsInAufbewahrung",
     "nothing in it is kept for a period: no Vorgang `abgeschlossen`, `weggelegt` or `aussonderungsreif`, no Dokument "
     "`weggelegt`"},
    {"keineLoeschungBeantragt", "for nothing in it a deletion was asked for"},
    {"transferfristLaeuft", "the tenant's Transferfrist since the zdA is not over"},
    {"loeschenErlaubt", "the tenant allows deletion (setting `loeschfrist`)"},
    {"prueferGesetzt", "somebody else holds the role LP and reaches the object"},
    {"andererAlsAntragsteller", "who confirms is not who asked"},
    {"wartezeitUm", "the days of `loeschfrist` since the request are over"},
    {"nichtsImGeschaeftsgang", "no step of a Laufweg is open, except Kenntnis and zdA; a Wiedervorlage is one"},
    {"nichtSchlussgezeichnet", "no Dokument in it has a Schlusszeichnung"},
    {"keineLoeschsperre", "no Löschsperre stands on the Akte (invariant I8)"},
};
constexpr Erklaerung wirkungen[] = {
    {"fristen", "the day of zdA is noted; ends of Transferfrist and retention are computed (domain chapter 2.6)"},
    {"fristenLeeren", "these days are cleared (invariant I4)"},
    {"einJahr", "kept until the end of the following calendar year"},
    {"antrag", "the request is noted with its reason and the first day on which it may be confirmed"},
    {"antragErledigt", "what became of the request is noted; the note stays as protocol"},
    {"inhaltWeg",
     "the object and all that lies in it goes for good, out of tables, search, files and earlier journal "
     "entries ([why and how](decisions/0018-lawful-deletion-in-the-journal.md)); its sign is not given again"},
};

}  // namespace

const std::vector<Regel>& regeln() {
  static const std::vector<Regel> rows = makeRegeln();
  return rows;
}

const Regel& regelFor(SuchArt art, Uebergang uebergang) {
  for (const auto& regel : regeln())
    if (regel.art == art && regel.uebergang == uebergang) return regel;
  throw base::Failure("no such transition");
}

std::vector<const Regel*> angeboten(const mandant::Berechtigung& wer, const Lage& lage,
                                    const std::optional<mandant::Stufe>& stufe) {
  std::vector<const Regel*> out;
  const bool oben = std::ranges::all_of(lage.darueber, [](const auto& k) { return k.status == S::inBearbeitung; });
  if (!oben) return out;
  for (const auto& regel : regeln())
    if (regel.art == lage.selbst.art && regel.von == lage.selbst.status &&
        mandant::darf(wer, regel.recht, {stufe, true}))
      out.push_back(&regel);
  return out;
}

std::string beschreibeZustaende() {
  std::string out =
      "# States and transitions\n\nPrinted by `aktenlotse describe zustaende` from the one table in "
      "`server/akte/zustand.cpp`. "
      "What is not `inBearbeitung`, and what lies\nin such an object, cannot be changed through any door. There is no "
      "other "
      "way to delete than the last transition.\nWhat stands against a transition is listed by `GET …/uebergaenge`, "
      "each with "
      "what solves it.\n\n| object | transition | from | to | right | needs | does | source |\n| --- | --- | --- | --- "
      "| --- | "
      "--- | --- | --- |\n";
  for (const auto& r : regeln())
    out += fmt::format("| {} | `{}` | `{}` | {} | `{}` | {} | {} | {} |\n", base::enumName(r.art), r.kennung,
                       base::enumName(r.von), r.nach ? fmt::format("`{}`", base::enumName(*r.nach)) : "(gone)",
                       base::enumName(r.recht), joined(r.bedingungen), joined(r.wirkungen), r.quelle);
  out +=
      "\nBy itself, every night (M3.19, M4.14): what is `abgeschlossen` and was to be kept until a day that is over "
      "becomes "
      "`aussonderungsreif`; an Akte\nwhen nothing in it is kept longer. Nobody opens it again. Under a Löschsperre "
      "nothing does.\n";
  out += "\n## Needs\n\n";
  for (const auto& e : bedingungen) out += fmt::format("- `{}`: {}\n", e.name, e.en);
  out += "\n## Does\n\n";
  for (const auto& e : wirkungen) out += fmt::format("- `{}`: {}\n", e.name, e.en);
  return out;
}

}  // namespace akte
