// The settings of a tenant, written out.
#include <algorithm>

#include "einstellungen_teile.h"
#include "mandant/webauthn.h"

namespace akte {

using mandant::allRows;
using mandant::OrganisationseinheitZeile;
using mandant::PersonZeile;
using mandant::StelleZeile;
using mandant::TraegerArt;
using mandant::ZugriffZeile;

namespace {

template <std::size_t Max>
std::optional<base::Line<Max>> lineOf(const OptText& text) {
  return text ? std::optional(base::Line<Max>{*text}) : std::nullopt;
}

/// Entries above stand before those below them.
template <class Row>
std::vector<Row> topDown(const std::vector<Row>& rows) {
  std::vector<Row> out;
  std::set<std::int64_t> done;
  while (out.size() < rows.size())
    for (const auto& row : rows)
      if (!done.contains(row.id) && (!row.ueber || done.contains(*row.ueber))) {
        done.insert(row.id);
        out.push_back(row);
      }
  return out;
}

}  // namespace

std::vector<mandant::Rolle> rollenOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t stelle) {
  std::vector<mandant::Rolle> out;
  for (const auto& row : allRows<mandant::StelleRolleZeile>(tx, mandant))
    if (row.stelle == stelle) out.push_back(row.rolle);
  std::ranges::sort(out);
  return out;
}

std::vector<EintragTeil> eintraegeOf(const Namen& namen, const std::vector<mandant::ZugriffseintragZeile>& rows,
                                     std::int64_t zugriff) {
  std::vector<EintragTeil> out;
  for (const auto& row : rows) {
    if (row.zugriff != zugriff) continue;
    EintragTeil teil{row.traegerArt, {}, row.stufe};
    if (row.traegerArt == TraegerArt::organisationseinheit) teil.traeger = {{namen.einheit.at(row.traeger)}};
    if (row.traegerArt == TraegerArt::stelle) teil.traeger = {{namen.stelle.at(row.traeger)}};
    if (row.traegerArt == TraegerArt::person) teil.traeger = {{namen.person.at(row.traeger)}};
    if (row.traegerArt == TraegerArt::rolle) teil.traeger = {{std::string(base::enumName(row.rolle.value()))}};
    out.push_back(std::move(teil));
  }
  return out;
}

StadtTeil stadtOf(const mandant::MandantZeile& row) {
  return {{row.zeichenAkte},
          {row.zeichenVorgang},
          {row.zeichenDokument},
          row.fristAbJahresende,
          row.nebenversionen.value_or(false),
          row.loeschfrist,
          row.transferfrist,
          row.stichprobe,
          row.originaltage};
}

PlanTeil planOf(const Namen& namen, const AktenplaneinheitZeile& row) {
  PlanTeil out;
  out.kennzeichen = {row.kennzeichen};
  if (row.ueber) out.ueber = {{namen.eintrag.at(*row.ueber)}};
  out.titel = {row.titel};
  if (row.beschreibung) out.beschreibung = {{*row.beschreibung}};
  out.aufbewahrungsdauer = row.aufbewahrungsdauer;
  out.aussonderungsart = row.aussonderungsart;
  out.art = row.art;
  out.gesperrt = row.gesperrt;
  out.stillgelegt = row.stillgelegt;
  out.gueltigVon = row.gueltigVon;
  out.gueltigBis = row.gueltigBis;
  out.zeichenAkte = lineOf<200>(row.zeichenAkte);
  out.zeichenVorgang = lineOf<200>(row.zeichenVorgang);
  out.zeichenDokument = lineOf<200>(row.zeichenDokument);
  if (row.organisationseinheit) out.organisationseinheit = {{namen.einheit.at(*row.organisationseinheit)}};
  if (row.eigenerZugriff || !row.ueber) out.zugriff = {{namen.zugriff.at(row.zugriff)}};
  return out;
}

FeldartNeu feldOf(const FeldartZeile& row) {
  FeldartNeu out{{row.typ},   {row.bezeichnung}, row.art,         {},
                 row.pflicht, row.aktiv,         row.reihenfolge, row.fuer.value_or(Feldziel::vorgang)};
  if (!row.auswahl) return out;
  out.auswahl.emplace(1);
  for (const char c : *row.auswahl) {
    if (c == '\n')
      out.auswahl->emplace_back();
    else
      out.auswahl->back().value.push_back(c);
  }
  return out;
}

PostfachTeil postfachOf(const Namen& namen, const PostfachZeile& row) {
  return {{row.bezeichnung},
          {namen.einheit.at(row.organisationseinheit)},
          {row.host},
          row.port,
          row.verschluesselung,
          {row.benutzer},
          {row.passwortDatei},
          {row.ordner},
          lineOf<200>(row.zielordner),
          row.minuten,
          row.aktiv};
}

BausteinTeil bausteinOf(const TextbausteinZeile& row) { return {{row.bezeichnung}, {row.text}, row.aktiv}; }

BriefkopfTeil kopfOf(const BriefkopfZeile& row) {
  return {lineOf<200>(row.name),  lineOf<200>(row.zusatz),   lineOf<200>(row.strasse),
          lineOf<20>(row.plz),    lineOf<200>(row.ort),      lineOf<60>(row.telefon),
          lineOf<200>(row.email), lineOf<200>(row.internet), lineOf<200>(row.bank)};
}

LaufwegvorlageTeil laufwegOf(const Namen& namen, const LaufwegvorlageZeile& row) {
  LaufwegvorlageTeil out{{row.name}, {row.zeile}, {}, lineOf<100>(row.typ)};
  if (row.aktenplaneinheit) out.aktenplaneinheit = {{namen.eintrag.at(*row.aktenplaneinheit)}};
  return out;
}

VorlagenfassungZeile fassungOf(const sql::ReadTx& tx, const DokumentvorlageZeile& row) {
  return tx
      .one<VorlagenfassungZeile>(sql::Query::select<VorlagenfassungZeile>().add(
          " FROM vorlagenfassung WHERE mandant = :mandant AND dokumentvorlage = :vorlage AND nr = :nr", row.mandant,
          row.id, row.fassung))
      .value();
}

Einstellungen leseEinstellungen(const sql::ReadTx& tx, std::int64_t mandant, const blob::Store& blobs) {
  const Namen namen(tx, mandant);
  Einstellungen out;
  out.format = {std::string(einstellungenFormat)};
  out.stadt = stadtOf(allRows<mandant::MandantZeile>(tx, mandant).at(0));
  for (const auto& row : topDown(allRows<OrganisationseinheitZeile>(tx, mandant))) {
    OeTeil teil{{row.kurzzeichen}, {row.bezeichnung}, {}, {{namen.zugriff.at(row.zugriff)}}};
    if (row.ueber) teil.ueber = {{namen.einheit.at(*row.ueber)}};
    out.organisationseinheiten.push_back(std::move(teil));
  }
  for (const auto& row : allRows<PersonZeile>(tx, mandant))
    out.personen.push_back({{row.anmeldename}, {row.vorname}, {row.nachname}, lineOf<200>(row.email), row.aktiv});
  const auto sitze = allRows<mandant::BesetzungZeile>(tx, mandant);
  for (const auto& row : allRows<StelleZeile>(tx, mandant)) {
    StelleTeil teil{{namen.einheit.at(row.organisationseinheit)},
                    {row.bezeichnung},
                    row.leitung,
                    rollenOf(tx, mandant, row.id),
                    {}};
    for (const auto& sitz : sitze)
      if (sitz.stelle == row.id) teil.personen.push_back({namen.person.at(sitz.person)});
    out.stellen.push_back(std::move(teil));
  }
  const auto eintraege = allRows<mandant::ZugriffseintragZeile>(tx, mandant);
  for (const auto& row : allRows<ZugriffZeile>(tx, mandant))
    out.zugriffe.push_back({{namen.zugriff.at(row.id)}, eintraegeOf(namen, eintraege, row.id)});
  for (const auto& row : topDown(allRows<AktenplaneinheitZeile>(tx, mandant)))
    out.aktenplan.push_back(planOf(namen, row));
  for (const auto& row : allRows<FeldartZeile>(tx, mandant)) out.felder.push_back(feldOf(row));
  out.eingangsadressen.emplace();
  for (const auto& row : allRows<EingangsadresseZeile>(tx, mandant))
    out.eingangsadressen->push_back({{row.adresse}, {namen.einheit.at(row.organisationseinheit)}});
  out.postfaecher.emplace();
  for (const auto& row : allRows<PostfachZeile>(tx, mandant)) out.postfaecher->push_back(postfachOf(namen, row));
  out.textbausteine.emplace();
  for (const auto& row : allRows<TextbausteinZeile>(tx, mandant)) out.textbausteine->push_back(bausteinOf(row));
  for (const auto& row : allRows<BriefkopfZeile>(tx, mandant)) out.briefkopf = kopfOf(row);
  out.laufwegvorlagen.emplace();
  for (const auto& row : allRows<LaufwegvorlageZeile>(tx, mandant))
    out.laufwegvorlagen->push_back(laufwegOf(namen, row));
  out.dokumentvorlagen.emplace();
  for (const auto& row : allRows<DokumentvorlageZeile>(tx, mandant)) {
    const auto fassung = fassungOf(tx, row);
    const auto opened = blobs.need(fassung.sha256);
    out.dokumentvorlagen->push_back({{row.bezeichnung},
                                     row.art,
                                     row.aktiv,
                                     {fassung.dateiname},
                                     {mandant::base64Url(opened.read(0, opened.size))}});
  }
  return out;
}

}  // namespace akte
