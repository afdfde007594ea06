// Rules that people made from corrections.
#include <algorithm>

#include "eingang/vorschlag.h"
#include "text/analyser.h"

namespace eingang {

using base::Code;
using base::fail;
using mandant::Recht;

namespace {

constexpr std::int64_t lettersForOffer = 3, counted = 500;

std::vector<std::string> staemme(std::string_view text) {
  std::vector<std::string> out;
  for (auto& token : text::analyse(text)) out.push_back(std::move(token.stamm));
  std::ranges::sort(out);
  const auto rest = std::ranges::unique(out);
  out.erase(rest.begin(), rest.end());
  return out;
}

/// The place of a rule, as far as the person sees it.
std::optional<akte::AkteMit> akteOf(const sql::ReadTx& tx, const Berechtigung& wer, const AblageregelZeile& regel) {
  const auto row = mandant::rowById<akte::AkteZeile>(tx, wer.mandant, regel.akte).value();
  auto found = akte::findAkte(tx, wer, row.uuid);
  return found ? std::optional(std::move(*found)) : std::nullopt;
}

std::optional<akte::VorgangMit> vorgangOf(const sql::ReadTx& tx, const Berechtigung& wer,
                                          const AblageregelZeile& regel) {
  if (!regel.vorgang) return std::nullopt;
  const auto row = mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, *regel.vorgang).value();
  auto found = akte::findVorgang(tx, wer, row.uuid);
  return found ? std::optional(std::move(*found)) : std::nullopt;
}

bool sieht(const sql::ReadTx& tx, const Berechtigung& wer, const AblageregelZeile& regel) {
  return regel.vorgang ? vorgangOf(tx, wer, regel).has_value() : akteOf(tx, wer, regel).has_value();
}

struct Abgelegt {
  std::int64_t id = 0, vorgang = 0, akte = 0, organisationseinheit = 0;
  std::optional<std::string> absender{};
  std::string betreff{};
  base::Zeitpunkt angelegt{};
};
BOOST_DESCRIBE_STRUCT(Abgelegt, (), (id, vorgang, akte, organisationseinheit, absender, betreff, angelegt))

/// What was filed since the rule was made, newest first: by its sender, else the last of all.
std::vector<Abgelegt> abgelegtSeit(const sql::ReadTx& tx, const Berechtigung& wer,
                                   const std::optional<std::string>& absender, base::Zeitpunkt seit) {
  sql::Query query(
      "SELECT d.id, d.vorgang, v.akte, d.organisationseinheit, d.absender, d.betreff, d.angelegt FROM dokument d "
      "JOIN vorgang v ON v.mandant = d.mandant AND v.id = d.vorgang WHERE d.mandant = :mandant AND d.ueber IS NULL AND "
      "d.angelegt >= :seit AND ",
      wer.mandant, seit);
  query.add(mandant::sichtbar("d.zugriff", wer))
      .add(" ORDER BY d.id DESC LIMIT :grenze", absender ? 4 * counted : counted);
  auto rows = tx.query<Abgelegt>(query);
  if (absender)
    std::erase_if(rows, [&](const Abgelegt& row) { return !gleicherAbsender(row.absender.value_or(""), *absender); });
  return rows;
}

}  // namespace

std::vector<std::string> absenderWorte(std::string_view absender) {
  // The name without the address, where there is one.
  auto name = absender;
  if (const auto at = name.find('<'); at != std::string_view::npos && at > 0) name = name.substr(0, at);
  std::vector<std::string> out;
  for (auto& token : text::analyse(name))
    if (token.wort.size() > 1 && token.wort != "und" && token.wort != "frau" && token.wort != "herr" &&
        token.wort != "dr")
      out.push_back(std::move(token.wort));
  std::ranges::sort(out);
  const auto rest = std::ranges::unique(out);
  out.erase(rest.begin(), rest.end());
  return out;
}

bool gleicherAbsender(std::string_view a, std::string_view b) {
  const auto mailA = emailIn(a), mailB = emailIn(b);
  if (!mailA.empty() && mailA == mailB) return true;
  const auto worteA = absenderWorte(a), worteB = absenderWorte(b);
  return !worteA.empty() && worteA == worteB;
}

bool passt(const AblageregelZeile& regel, std::string_view absender, std::string_view betreff,
           std::int64_t organisationseinheit) {
  if (regel.organisationseinheit && *regel.organisationseinheit != organisationseinheit) return false;
  if (regel.absender && !gleicherAbsender(*regel.absender, absender) &&
      !(regel.absenderName && gleicherAbsender(*regel.absenderName, absender)))
    return false;
  if (!regel.worte) return true;
  const auto have = staemme(betreff), wanted = staemme(*regel.worte);
  return !wanted.empty() && std::ranges::includes(have, wanted);
}

base::Result<AblageregelZeile> createRegel(journal::Change& change, const Berechtigung& wer,
                                           const AblageregelNeu& input) {
  if (wer.nurLesen || !wer.hat(Recht::eingangAblegen)) return fail(Code::NichtErlaubt);
  AblageregelZeile row;
  if (input.absender) {
    if (absenderWorte(input.absender->value).empty() && emailIn(input.absender->value).empty())
      return fail(Code::EingabeUngueltig, "Der Absender braucht einen Namen oder eine E-Mail-Adresse.", "absender");
    row.absender = absenderSchluessel(input.absender->value);
    row.absenderName = input.absender->value;
  }
  if (input.worte) {
    if (staemme(input.worte->value).empty())
      return fail(Code::EingabeUngueltig, "Nennen Sie mindestens ein Wort.", "worte");
    row.worte = input.worte->value;
  }
  if (!row.absender && !row.worte)
    return fail(Code::EingabeUngueltig, "Eine Regel braucht einen Absender oder Wörter des Betreffs.", "absender");
  if (input.vorgang.has_value() == input.akte.has_value())
    return fail(Code::EingabeUngueltig, "Nennen Sie einen Vorgang oder eine Akte.", "vorgang");
  if (input.vorgang) {
    AKTENLOTSE_GET(ziel, akte::findVorgang(change.tx(), wer, *input.vorgang));
    AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAnlegen, ziel.gegenstand));
    row.vorgang = ziel.vorgang.id;
    row.akte = ziel.akte.id;
  } else {
    AKTENLOTSE_GET(ziel, akte::findAkte(change.tx(), wer, *input.akte));
    AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAnlegen, ziel.gegenstand));
    row.akte = ziel.akte.id;
  }
  if (input.organisationseinheit) {
    const auto oe =
        mandant::rowByUuid<mandant::OrganisationseinheitZeile>(change.tx(), wer.mandant, *input.organisationseinheit);
    if (!oe) return fail(Code::EingabeUngueltig, "Diese Organisationseinheit gibt es nicht.", "organisationseinheit");
    row.organisationseinheit = oe->id;
  }
  row.uuid = change.newUuid();
  row.person = wer.person;
  row.angelegt = change.zeit();
  change.insert(row);
  change.about({"ablageregel.angelegt", row.tabelle, row.id, 0, row.vorgang.value_or(row.akte)});
  return row;
}

base::Result<AblageregelZeile> findRegel(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = mandant::rowByUuid<AblageregelZeile>(tx, wer.mandant, uuid);
  if (!row || !sieht(tx, wer, *row)) return fail(Code::NichtGefunden);
  return *std::move(row);
}

base::Result<void> deleteRegel(journal::Change& change, const Berechtigung& wer, const AblageregelZeile& regel) {
  if (wer.nurLesen || !wer.hat(Recht::eingangAblegen)) return fail(Code::NichtErlaubt);
  // Also where the place is closed by now: else nobody could take the rule away any more.
  auto& tx = change.tx();
  const auto stufe =
      regel.vorgang ? vorgangOf(tx, wer, regel)->gegenstand.stufe : akteOf(tx, wer, regel)->gegenstand.stufe;
  if (stufe != mandant::Stufe::bearbeiten)
    return fail(Code::NichtErlaubt, "Sie dürfen am Ziel dieser Regel nur lesen.");
  change.erase(regel);
  change.about({"ablageregel.entfernt", regel.tabelle, regel.id, 0, regel.vorgang.value_or(regel.akte)});
  return {};
}

std::vector<RegelStand> regelnFor(const sql::ReadTx& tx, const Berechtigung& wer) {
  std::vector<RegelStand> out;
  for (auto& regel : mandant::allRows<AblageregelZeile>(tx, wer.mandant)) {
    if (!sieht(tx, wer, regel)) continue;
    RegelStand one{std::move(regel), 0, 0};
    for (const auto& row :
         abgelegtSeit(tx, wer, one.regel.absender ? one.regel.absenderName : std::nullopt, one.regel.angelegt)) {
      if (row.angelegt < one.regel.angelegt ||
          !passt(one.regel, row.absender.value_or(""), row.betreff, row.organisationseinheit))
        continue;
      const bool right = one.regel.vorgang ? row.vorgang == *one.regel.vorgang : row.akte == one.regel.akte;
      ++(right ? one.richtig : one.anders);
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::optional<Regelangebot> regelangebot(const sql::ReadTx& tx, const Berechtigung& wer,
                                         const akte::DokumentMit& dokument) {
  const auto& absender = dokument.dokument.absender;
  if (!absender || !dokument.vorgang || wer.nurLesen || !wer.hat(Recht::eingangAblegen)) return std::nullopt;
  if (!mandant::darf(wer, Recht::dokumentAnlegen, dokument.vorgang->gegenstand)) return std::nullopt;
  for (const auto& regel : mandant::allRows<AblageregelZeile>(tx, wer.mandant))
    if (regel.absenderName && gleicherAbsender(*regel.absenderName, *absender) &&
        (regel.vorgang ? *regel.vorgang == dokument.vorgang->vorgang.id : regel.akte == dokument.vorgang->akte.id))
      return std::nullopt;
  sql::Query query(
      "SELECT d.id, d.vorgang, :akte, d.organisationseinheit, d.absender, d.betreff, d.angelegt FROM dokument d "
      "WHERE d.mandant = :mandant AND d.ueber IS NULL AND d.vorgang = :vorgang AND ",
      dokument.vorgang->akte.id, wer.mandant, dokument.vorgang->vorgang.id);
  query.add(mandant::sichtbar("d.zugriff", wer)).add(" ORDER BY d.id DESC LIMIT :grenze", counted);
  std::int64_t there = 0;
  for (const auto& row : tx.query<Abgelegt>(query))
    there += gleicherAbsender(row.absender.value_or(""), *absender) ? 1 : 0;
  if (there < lettersForOffer) return std::nullopt;
  return Regelangebot{*absender, there};
}

}  // namespace eingang
