#include "akte/felder.h"

#include <fmt/format.h>

#include <charconv>

namespace akte {

using base::Code;
using base::fail;
using mandant::rowByUuid;

namespace {

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
          "SELECT id FROM feldart WHERE mandant = :mandant AND typ = :typ AND bezeichnung = :bezeichnung AND id <> :id",
          row.mandant, row.typ, row.bezeichnung, row.id))
    return fail(Code::Vergeben, "Dieses Feld gibt es bei dieser Art von Vorgang schon.", "bezeichnung");
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
  if (after.art != before.art &&
      change.tx().value<std::int64_t>("SELECT id FROM feldwert WHERE mandant = :mandant AND feld = :feld LIMIT 1",
                                      wer.mandant, before.id))
    return fail(Code::Konflikt, "Das Feld hat schon Werte; seine Art bleibt.", "art");
  AKTENLOTSE_TRY(checkName(change.tx(), after));
  change.update(before, after);
  change.about({"feldart.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

base::Result<void> setFelder(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                             const FelderSetzen& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAendern, vorgang.gegenstand));
  auto after = vorgang.vorgang;
  if (input.typ.present) after.typ = input.typ.value ? OptText(input.typ.value->value) : OptText();
  change.update(vorgang.vorgang, after);
  const auto felder = tx.query<FeldartZeile>(sql::Query::select<FeldartZeile>().add(
      " FROM feldart WHERE mandant = :mandant AND typ = :typ ORDER BY reihenfolge, id", wer.mandant,
      after.typ.value_or("")));
  std::map<std::int64_t, FeldwertZeile> werte;
  for (auto& row : tx.query<FeldwertZeile>(sql::Query::select<FeldwertZeile>().add(
           " FROM feldwert WHERE mandant = :mandant AND vorgang = :vorgang ORDER BY id", wer.mandant, after.id)))
    werte.emplace(row.feld, row);
  for (const auto& wanted : input.werte) {
    const auto feld = std::ranges::find(felder, wanted.feld, &FeldartZeile::uuid);
    if (feld == felder.end())
      return fail(Code::EingabeUngueltig, "Dieses Feld gehört nicht zu dieser Art von Vorgang.", "werte");
    const auto old = werte.find(feld->id);
    if (!wanted.wert || wanted.wert->value.empty()) {
      if (old != werte.end()) {
        change.erase(old->second);
        werte.erase(old);
      }
      continue;
    }
    AKTENLOTSE_GET(wert, readWert(*feld, wanted.wert->value));
    FeldwertZeile row = old == werte.end() ? FeldwertZeile{0, 0, after.id, feld->id, {}, {}, {}} : old->second;
    row.wert = wert.wert;
    row.suchwert = wert.suchwert;
    row.zahl = wert.zahl;
    if (old == werte.end())
      change.insert(row);
    else
      change.update(old->second, row);
    werte.insert_or_assign(feld->id, row);
  }
  for (const auto& feld : felder)
    if (feld.pflicht && feld.aktiv && !werte.contains(feld.id))
      return fail(Code::EingabeUngueltig, fmt::format("„{}“ muss ausgefüllt sein.", feld.bezeichnung),
                  feld.bezeichnung);
  change.about({"vorgang.felder_gesetzt", after.tabelle, after.id, after.akte, after.akte});
  return {};
}

}  // namespace akte
