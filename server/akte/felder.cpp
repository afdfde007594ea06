#include "akte/felder.h"

#include <fmt/format.h>

#include <charconv>

namespace akte {

using base::Code;
using base::fail;
using mandant::rowByUuid;

namespace {

struct Feldwort {
  std::string wert{};
};
BOOST_DESCRIBE_STRUCT(Feldwort, (), (wert))

/// "1.234,5" and "1234.5" in thousandths; nothing for what is no number, or has more than three places.
OptId thousandths(std::string text) {
  if (text.find(',') != std::string::npos) {
    std::erase(text, '.');
    text[text.find(',')] = '.';
  }
  const bool negative = text.starts_with('-');
  if (negative) text.erase(0, 1);
  const auto dot = text.find('.');
  std::string whole = text.substr(0, dot), part = dot == std::string::npos ? "" : text.substr(dot + 1);
  if (whole.empty() || whole.size() > 14 || part.size() > 3) return std::nullopt;
  part.resize(3, '0');
  std::int64_t number = 0;
  const auto digits = whole + part;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return negative ? -number : number;
}

OptDatum dayFrom(const std::string& text) {
  if (text.size() == 10 && text[2] == '.' && text[5] == '.')
    return base::Datum::parse(fmt::format("{}-{}-{}", text.substr(6), text.substr(3, 2), text.substr(0, 2)));
  return base::Datum::parse(text);
}

std::vector<std::string> choices(const FeldartZeile& feld) {
  std::vector<std::string> out(1);
  for (const char c : feld.auswahl.value_or("")) {
    if (c == '\n')
      out.emplace_back();
    else
      out.back().push_back(c);
  }
  return out;
}

base::Result<void> fill(FeldartZeile& row, const FeldartNeu& input) {
  row.typ = input.typ.value;
  row.bezeichnung = input.bezeichnung.value;
  row.art = input.art;
  row.pflicht = input.pflicht.value_or(false);
  row.aktiv = input.aktiv.value_or(true);
  row.reihenfolge = input.reihenfolge.value_or(0);
  row.fuer = input.fuer == Feldziel::vorgang ? std::nullopt : input.fuer;
  row.auswahl.reset();
  if (row.art != Feldtyp::auswahl) return {};
  if (!input.auswahl || input.auswahl->empty())
    return fail(Code::EingabeUngueltig, "Eine Auswahl braucht Werte.", "auswahl");
  std::string all;
  for (const auto& wert : *input.auswahl) (all += all.empty() ? "" : "\n") += wert.value;
  row.auswahl = all;
  return {};
}

base::Result<void> mayPflegen(const Berechtigung& wer) {
  if (wer.nurLesen || !wer.hat(Recht::aktenplanPflegen)) return fail(Code::NichtErlaubt);
  return {};
}

base::Result<void> checkName(const sql::ReadTx& tx, const FeldartZeile& row) {
  if (tx.value<std::int64_t>(
          "SELECT id FROM feldart WHERE mandant = :mandant AND COALESCE(fuer, 'vorgang') = :ziel AND typ = :typ AND "
          "bezeichnung = :bezeichnung AND id <> :id",
          row.mandant, row.fuer.value_or(Feldziel::vorgang), row.typ, row.bezeichnung, row.id))
    return fail(Code::Vergeben, "Dieses Feld gibt es bei dieser Art schon.", "bezeichnung");
  return {};
}

}  // namespace

base::Result<Wert> readWert(const FeldartZeile& feld, const std::string& text) {
  const auto wrong = [&](std::string_view expected) {
    return fail(Code::EingabeUngueltig, fmt::format("„{}“: erwartet wird {}.", feld.bezeichnung, expected),
                feld.bezeichnung);
  };
  Wert out{text, base::foldCase(text), {}};
  switch (feld.art) {
    case Feldtyp::text:
      return out;
    case Feldtyp::zahl:
      out.zahl = thousandths(text);
      if (!out.zahl) return wrong("eine Zahl mit höchstens drei Nachkommastellen");
      return out;
    case Feldtyp::datum: {
      const auto day = dayFrom(text);
      if (!day) return wrong("ein Datum wie 23.11.2026");
      out.wert = out.suchwert = day->text();
      out.zahl = std::stoll(day->text().substr(0, 4) + day->text().substr(5, 2) + day->text().substr(8, 2));
      return out;
    }
    case Feldtyp::jaNein:
      if (out.suchwert != "ja" && out.suchwert != "nein") return wrong("ja oder nein");
      out.wert = out.suchwert;
      out.zahl = out.wert == "ja" ? 1 : 0;
      return out;
    case Feldtyp::auswahl:
      for (const auto& choice : choices(feld))
        if (base::foldCase(choice) == out.suchwert) return Wert{choice, out.suchwert, {}};
      return wrong("einer der Werte der Auswahl");
  }
  return out;
}

base::Result<FeldartZeile> createFeldart(Change& change, const Berechtigung& wer, const FeldartNeu& input) {
  AKTENLOTSE_TRY(mayPflegen(wer));
  FeldartZeile row;
  row.mandant = wer.mandant;
  row.uuid = change.newUuid();
  AKTENLOTSE_TRY(fill(row, input));
  AKTENLOTSE_TRY(checkName(change.tx(), row));
  change.insert(row);
  change.about({"feldart.angelegt", row.tabelle, row.id, 0, 0});
  return row;
}

base::Result<FeldartZeile> changeFeldart(Change& change, const Berechtigung& wer, const FeldartZeile& before,
                                         const FeldartNeu& input) {
  AKTENLOTSE_TRY(mayPflegen(wer));
  auto after = before;
  AKTENLOTSE_TRY(fill(after, input));
  if ((after.art != before.art || after.fuer != before.fuer) &&
      change.tx().value<std::int64_t>("SELECT id FROM feldwert WHERE mandant = :mandant AND feld = :feld LIMIT 1",
                                      wer.mandant, before.id))
    return fail(Code::Konflikt, "Das Feld hat schon Werte; seine Art bleibt, und wofür es ist.", "art");
  AKTENLOTSE_TRY(checkName(change.tx(), after));
  change.update(before, after);
  change.about({"feldart.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

Feldtraeger traegerOf(const AkteMit& mit) { return {Feldziel::akte, SuchArt::akte, mit.akte.id, mit.akte.typ}; }
Feldtraeger traegerOf(const VorgangMit& mit) {
  return {Feldziel::vorgang, SuchArt::vorgang, mit.vorgang.id, mit.vorgang.typ};
}
Feldtraeger traegerOf(const DokumentMit& mit) {
  const auto ziel = mit.dokument.art == Dokumentart::Eingang   ? Feldziel::eingang
                    : mit.dokument.art == Dokumentart::Ausgang ? Feldziel::ausgang
                                                               : Feldziel::intern;
  return {ziel, SuchArt::dokument, mit.dokument.id, mit.dokument.typ};
}

std::vector<FeldartZeile> felderFor(const sql::ReadTx& tx, std::int64_t mandant, const Feldtraeger& traeger) {
  return tx.query<FeldartZeile>(sql::Query::select<FeldartZeile>().add(
      " FROM feldart WHERE mandant = :mandant AND COALESCE(fuer, 'vorgang') = :ziel AND typ = :typ ORDER BY "
      "reihenfolge, id",
      mandant, traeger.ziel, traeger.typ.value_or("")));
}

sql::Sql feldspalte(SuchArt art) {
  switch (art) {
    case SuchArt::akte:
      return "akte";
    case SuchArt::vorgang:
      return "vorgang";
    case SuchArt::dokument:
      return "dokument";
  }
  return "";
}

std::map<std::int64_t, FeldwertZeile> werteOf(const sql::ReadTx& tx, std::int64_t mandant, SuchArt art,
                                              std::int64_t id) {
  std::map<std::int64_t, FeldwertZeile> out;
  auto query = sql::Query::select<FeldwertZeile>().add(" FROM feldwert WHERE mandant = :mandant AND ", mandant);
  tx.each<FeldwertZeile>(query.add(feldspalte(art)).add(" = :objekt ORDER BY id", id),
                         [&](FeldwertZeile&& row) { out.emplace(row.feld, std::move(row)); });
  return out;
}

std::vector<std::string> feldworte(const sql::ReadTx& tx, std::int64_t mandant, SuchArt art, std::int64_t id) {
  std::vector<std::string> out;
  sql::Query query(
      "SELECT w.wert FROM feldwert w JOIN feldart f ON f.mandant = w.mandant AND f.id = w.feld WHERE w.mandant = "
      ":mandant AND f.art IN ('text', 'zahl', 'auswahl') AND w.",
      mandant);
  query.add(feldspalte(art)).add(" = :objekt ORDER BY w.feld", id);
  tx.each<Feldwort>(query, [&](Feldwort&& row) { out.push_back(std::move(row.wert)); });
  return out;
}

namespace {

AkteZeile& rowOf(AkteMit& mit) { return mit.akte; }
VorgangZeile& rowOf(VorgangMit& mit) { return mit.vorgang; }
DokumentZeile& rowOf(DokumentMit& mit) { return mit.dokument; }

FeldwertZeile emptyAt(SuchArt art, std::int64_t objekt, std::int64_t feld) {
  FeldwertZeile row;
  (art == SuchArt::akte ? row.akte : art == SuchArt::vorgang ? row.vorgang : row.dokument) = objekt;
  row.feld = feld;
  return row;
}

template <class Mit>
base::Result<void> set(Change& change, const Berechtigung& wer, SuchIndex& index, const Mit& before,
                       const FelderSetzen& input) {
  const auto objekt = objektOf(before);
  AKTENLOTSE_TRY(mandant::darf(wer, objekt.aendern(), objekt.gegenstand));
  auto after = before;
  if (input.typ.present) rowOf(after).typ = input.typ.value ? OptText(input.typ.value->value) : OptText();
  auto old = before;
  change.update(rowOf(old), rowOf(after));
  const auto felder = felderFor(change.tx(), wer.mandant, traegerOf(after));
  auto werte = werteOf(change.tx(), wer.mandant, objekt.art, objekt.id);
  for (const auto& wanted : input.werte) {
    const auto feld = std::ranges::find(felder, wanted.feld, &FeldartZeile::uuid);
    if (feld == felder.end())
      return fail(Code::EingabeUngueltig, "Dieses Feld gehört nicht zu dieser Art von Schriftgut.", "werte");
    const auto known = werte.find(feld->id);
    if (!wanted.wert || wanted.wert->value.empty()) {
      if (known != werte.end()) {
        change.erase(known->second);
        werte.erase(known);
      }
      continue;
    }
    AKTENLOTSE_GET(wert, readWert(*feld, wanted.wert->value));
    auto row = known == werte.end() ? emptyAt(objekt.art, objekt.id, feld->id) : known->second;
    row.wert = wert.wert;
    row.suchwert = wert.suchwert;
    row.zahl = wert.zahl;
    if (known == werte.end())
      change.insert(row);
    else
      change.update(known->second, row);
    werte.insert_or_assign(feld->id, row);
  }
  for (const auto& feld : felder)
    if (feld.pflicht && feld.aktiv && !werte.contains(feld.id))
      return fail(Code::EingabeUngueltig, fmt::format("„{}“ muss ausgefüllt sein.", feld.bezeichnung),
                  feld.bezeichnung);
  index.refresh(change.tx(), wer.mandant, objekt.art, objekt.id);
  change.about({objekt.art == SuchArt::akte      ? "akte.felder_gesetzt"
                : objekt.art == SuchArt::vorgang ? "vorgang.felder_gesetzt"
                                                 : "dokument.felder_gesetzt",
                base::enumName(objekt.art), objekt.id, objekt.kette, objekt.oberobjekt});
  return {};
}

}  // namespace

base::Result<void> setFelder(Change& change, const Berechtigung& wer, SuchIndex& index, const AkteMit& mit,
                             const FelderSetzen& input) {
  return set(change, wer, index, mit, input);
}
base::Result<void> setFelder(Change& change, const Berechtigung& wer, SuchIndex& index, const VorgangMit& mit,
                             const FelderSetzen& input) {
  return set(change, wer, index, mit, input);
}
base::Result<void> setFelder(Change& change, const Berechtigung& wer, SuchIndex& index, const DokumentMit& mit,
                             const FelderSetzen& input) {
  return set(change, wer, index, mit, input);
}

void kopiereFelder(Change& change, SuchArt art, std::int64_t von, std::int64_t nach) {
  for (const auto& [feld, wert] : werteOf(change.tx(), change.mandant(), art, von)) {
    auto row = emptyAt(art, nach, feld);
    row.wert = wert.wert;
    row.suchwert = wert.suchwert;
    row.zahl = wert.zahl;
    change.insert(row);
  }
}

}  // namespace akte
