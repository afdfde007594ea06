#include "akte/ausgabe.h"

#include <fmt/format.h>

#include <charconv>

#include "akte/register.h"
#include "akte/schutz.h"
#include "extract/endung.h"
#include "sql/liste.h"

namespace akte {

using mandant::rowById;
using mandant::sichtbar;

namespace {

ZugriffKurz zugriffKurz(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id) {
  const auto row = rowById<mandant::ZugriffZeile>(tx, mandant, id).value();
  return {row.uuid, row.bezeichnung};
}

OrganisationseinheitKurz oeKurz(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id) {
  const auto row = rowById<mandant::OrganisationseinheitZeile>(tx, mandant, id).value();
  return {row.uuid, row.kurzzeichen, row.bezeichnung};
}

EinheitKurz einheitKurz(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id) {
  const auto row = rowById<AktenplaneinheitZeile>(tx, mandant, id).value();
  return {row.uuid, row.kennzeichen, row.titel};
}

std::optional<base::Uuid> blattOf(const sql::ReadTx& tx, std::int64_t mandant, OptId id) {
  const auto row = id ? rowById<RegisterblattZeile>(tx, mandant, *id) : std::nullopt;
  return row ? std::optional(row->uuid) : std::nullopt;
}

/// Which of these the person may do with the object now: what the screen offers.
std::vector<Recht> allowed(const Berechtigung& wer, const mandant::Gegenstand& was,
                           std::initializer_list<Recht> rechte) {
  std::vector<Recht> out;
  for (const auto recht : rechte)
    if (mandant::darf(wer, recht, was)) out.push_back(recht);
  return out;
}

/// What the person may do: the rights that an open object asks for, and the transitions that its state offers.
template <class Ausgabe, class Mit>
void offer(Ausgabe& out, const Berechtigung& wer, const Mit& mit, std::initializer_list<Recht> rechte) {
  const auto lage = lageOf(mit);
  out.zustand = zustandOf(lage);
  out.darf = allowed(wer, mit.gegenstand, rechte);
  for (const auto* regel : angeboten(wer, lage, mit.gegenstand.stufe)) {
    out.uebergaenge.push_back(regel->uebergang);
    if (std::ranges::find(out.darf, regel->recht) == out.darf.end()) out.darf.push_back(regel->recht);
  }
  std::ranges::sort(out.darf);
}

struct VersionText {
  std::int64_t nr = 0;
  std::string dateiname{}, format{}, mime{};
  std::int64_t groesse = 0;
  std::string sha256{};
  OptId seiten{};
  base::Zeitpunkt angelegt{};
  std::int64_t ersteller = 0;
  OptId basis{};
  bool konflikt = false;
  TextStatus status{};
  OptText hinweis{};
  std::optional<Anlass> anlass{};
  OptId haupt{}, neben{};
};
BOOST_DESCRIBE_STRUCT(VersionText, (),
                      (nr, dateiname, format, mime, groesse, sha256, seiten, angelegt, ersteller, basis, konflikt,
                       status, hinweis, anlass, haupt, neben))

sql::Query versions(const DokumentZeile& row) {
  return sql::Query(
      "SELECT v.nr, v.dateiname, v.format, v.mime, v.groesse, v.sha256, t.seiten, v.angelegt, v.ersteller, v.basis, "
      "v.konflikt, "
      "t.status, t.hinweis, v.anlass, v.haupt, v.neben FROM version v JOIN volltext t ON t.mandant = v.mandant AND "
      "t.version = v.id "
      "WHERE v.mandant = :mandant AND v.dokument = :dokument",
      row.mandant, row.id);
}

}  // namespace

base::Result<std::int64_t> limitOf(const std::optional<std::int64_t>& limit) {
  const auto value = limit.value_or(50);
  if (value < 1 || value > 200)
    return base::fail(base::Code::EingabeUngueltig, "„limit“: erwartet wird 1 bis 200.", "limit");
  return value;
}

base::Result<std::int64_t> cursorOf(const std::optional<base::Line<200>>& nach) {
  if (!nach) return 0;
  std::int64_t id = 0;
  const auto& text = nach->value;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc() || end != text.data() + text.size() || id < 0)
    return base::fail(base::Code::EingabeUngueltig, "„nach“ ist keine Marke, die eine Liste gegeben hat.", "nach");
  return id;
}

Einheitart artOf(const AktenplaneinheitZeile& row, bool blatt, int tiefe) {
  if (row.art) return *row.art;
  if (blatt) return Einheitart::Betreffseinheit;
  return tiefe == 1 ? Einheitart::Haupteinheit : tiefe == 2 ? Einheitart::Obereinheit : Einheitart::Untereinheit;
}

AktenplaneinheitAusgabe columnsOf(const AktenplaneinheitZeile& row) {
  AktenplaneinheitAusgabe out;
  out.id = row.uuid;
  out.stand = row.stand;
  out.kennzeichen = row.kennzeichen;
  out.titel = row.titel;
  out.beschreibung = row.beschreibung;
  out.aufbewahrungsdauer = row.aufbewahrungsdauer;
  out.aussonderungsart = row.aussonderungsart;
  out.gesperrt = row.gesperrt;
  out.stillgelegt = row.stillgelegt;
  out.gueltigVon = row.gueltigVon;
  out.gueltigBis = row.gueltigBis;
  out.artGesetzt = row.art.has_value();
  out.zeichenAkte = row.zeichenAkte;
  out.zeichenVorgang = row.zeichenVorgang;
  out.zeichenDokument = row.zeichenDokument;
  return out;
}

AktenplaneinheitAusgabe show(const sql::ReadTx& tx, const Berechtigung& wer, const AktenplaneinheitZeile& row) {
  auto out = columnsOf(row);
  out.zugriff = zugriffKurz(tx, row.mandant, row.zugriff);
  if (row.ueber) out.ueber = rowById<AktenplaneinheitZeile>(tx, row.mandant, *row.ueber).value().uuid;
  out.blatt = !tx.value<std::int64_t>(
      "SELECT id FROM aktenplaneinheit WHERE mandant = :mandant AND ueber = :ueber LIMIT 1", row.mandant, row.id);
  int tiefe = 1;
  for (auto ueber = row.ueber; ueber; ++tiefe)
    ueber = rowById<AktenplaneinheitZeile>(tx, row.mandant, *ueber).value().ueber;
  out.art = artOf(row, out.blatt, tiefe);
  if (row.organisationseinheit)
    out.organisationseinheit =
        rowById<mandant::OrganisationseinheitZeile>(tx, row.mandant, *row.organisationseinheit).value().uuid;
  sql::Query count("SELECT COUNT(*) FROM akte a WHERE a.mandant = :mandant AND a.aktenplaneinheit = :einheit AND ",
                   row.mandant, row.id);
  out.akten = tx.value<std::int64_t>(count.add(sichtbar("a.zugriff", wer))).value();
  return out;
}

AkteAusgabe show(const sql::ReadTx& tx, const Berechtigung& wer, const AkteMit& mit) {
  const auto& row = mit.akte;
  AkteAusgabe out{row.uuid,
                  row.stand,
                  row.zeichen,
                  row.betreff,
                  row.bemerkung,
                  einheitKurz(tx, row.mandant, row.aktenplaneinheit),
                  oeKurz(tx, row.mandant, row.organisationseinheit),
                  row.status,
                  row.angelegt,
                  row.zdaDatum,
                  row.aufbewahrungBis,
                  row.aufbewahrungsdauer,
                  row.aussonderungsart,
                  zugriffKurz(tx, row.mandant, row.zugriff),
                  0,
                  {}};
  sql::Query count(
      "SELECT COUNT(*) FROM vorgang v WHERE v.mandant = :mandant AND v.akte = :akte AND v.ueber IS NULL AND ",
      row.mandant, row.id);
  out.vorgaenge = tx.value<std::int64_t>(count.add(sichtbar("v.zugriff", wer))).value();
  out.geheimhaltung = geheimhaltungOf(mit);
  offer(out, wer, mit, {Recht::akteAendern, Recht::vorgangAnlegen, Recht::zugriffSetzen, Recht::aussonderungPflegen});
  return out;
}

VorgangAusgabe show(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangMit& mit) {
  const auto& row = mit.vorgang;
  VorgangAusgabe out{row.uuid,
                     row.stand,
                     row.zeichen,
                     row.betreff,
                     row.bemerkung,
                     row.fremdesGeschaeftszeichen,
                     {},
                     einheitKurz(tx, row.mandant, mit.akte.aktenplaneinheit),
                     oeKurz(tx, row.mandant, row.organisationseinheit),
                     {},
                     row.status,
                     row.angelegt,
                     row.zdaDatum,
                     row.aufbewahrungBis,
                     row.aufbewahrungsdauer,
                     row.aussonderungsart,
                     zugriffKurz(tx, row.mandant, row.zugriff),
                     0,
                     {}};
  if (mandant::stufeFor(tx, wer, mit.akte.zugriff)) {
    out.akte = Verweis{mit.akte.uuid, mit.akte.zeichen, mit.akte.betreff};
    out.registerblatt = blattOf(tx, row.mandant, row.registerblatt);
  }
  if (row.bearbeitung) out.bearbeitung = mandant::personKurz(tx, row.mandant, *row.bearbeitung);
  sql::Query count(
      "SELECT COUNT(*) FROM dokument d WHERE d.mandant = :mandant AND d.vorgang = :vorgang AND d.ueber IS NULL AND ",
      row.mandant, row.id);
  out.dokumente = tx.value<std::int64_t>(count.add(sichtbar("d.zugriff", wer))).value();
  if (mit.ueber) {
    if (mandant::stufeFor(tx, wer, mit.ueber->zugriff))
      out.ueber = Verweis{mit.ueber->uuid, mit.ueber->zeichen, mit.ueber->betreff};
  } else {
    // Nothing but Dokumente lies in a Teilvorgang.
    sql::Query teile("SELECT COUNT(*) FROM vorgang v WHERE v.mandant = :mandant AND v.ueber = :ueber AND ", row.mandant,
                     row.id);
    out.teilvorgaenge = tx.value<std::int64_t>(teile.add(sichtbar("v.zugriff", wer))).value();
  }
  out.geheimhaltung = geheimhaltungOf(mit);
  out.geheimhaltungUeber = geheimhaltungUeber(mit);
  offer(out, wer, mit,
        {Recht::vorgangAendern, Recht::vorgangAnlegen, Recht::dokumentAnlegen, Recht::zugriffSetzen,
         Recht::aussonderungPflegen, Recht::laufwegFuehren});
  if (mit.ueber) std::erase(out.darf, Recht::vorgangAnlegen);
  return out;
}

namespace {

/// What is said of the version that a row names.
struct VersionKurz {
  std::int64_t dokument = 0, nr = 0;
  std::string dateiname{}, format{};
  std::int64_t groesse = 0;
  OptId seiten{};
  TextStatus status{};
};
BOOST_DESCRIBE_STRUCT(VersionKurz, (), (dokument, nr, dateiname, format, groesse, seiten, status))

struct AnlagenZahl {
  std::int64_t ueber = 0, anzahl = 0;
};
BOOST_DESCRIBE_STRUCT(AnlagenZahl, (), (ueber, anzahl))

struct TeilPfad {
  std::int64_t dokument = 0;
  std::string pfad{};
};
BOOST_DESCRIBE_STRUCT(TeilPfad, (), (dokument, pfad))

/// How secret a Dokument is, and what it lies in.
struct Grade {
  std::int64_t dokument = 0;
  Geheimhaltung selbst{}, vorgang{}, akte{}, ueber{}, vorgangUeber{};
};
BOOST_DESCRIBE_STRUCT(Grade, (), (dokument, selbst, vorgang, akte, ueber, vorgangUeber))

struct RechnungZu {
  std::int64_t dokument = 0, ueber = 0;
  Rechnungsart art{};
  std::string nummer{};
  OptText absender{};
  std::optional<base::Datum> datum{};
  OptText betrag{}, waehrung{};
  std::optional<base::Datum> faellig{};
  OptText iban{}, leitwegId{};
};
BOOST_DESCRIBE_STRUCT(RechnungZu, (),
                      (dokument, ueber, art, nummer, absender, datum, betrag, waehrung, faellig, iban, leitwegId))

/// What the rows of a list say beside themselves, by Dokument.
class Beiwerk {
 public:
  Beiwerk(const sql::ReadTx& tx, const Berechtigung& wer, std::span<const DokumentZeile> rows) {
    const auto mandant = rows.front().mandant;
    const auto ids = sql::numbersOf(rows, &DokumentZeile::id);
    sql::Query kurz(
        "SELECT v.dokument, v.nr, v.dateiname, v.format, v.groesse, t.seiten, t.status FROM version v JOIN volltext t "
        "ON t.mandant = v.mandant AND t.version = v.id WHERE v.mandant = :mandant AND v.dokument",
        mandant);
    std::map<std::int64_t, std::int64_t> wanted;
    for (const auto& row : rows) wanted[row.id] = row.version;
    tx.each<VersionKurz>(kurz.add(sql::in(tx, ids)), [&](VersionKurz&& version) {
      if (wanted.at(version.dokument) == version.nr) versionen_[version.dokument] = std::move(version);
    });
    sql::Query zahl("SELECT d.ueber, COUNT(*) FROM dokument d WHERE d.mandant = :mandant AND d.ueber", mandant);
    zahl.add(sql::in(tx, ids)).add(" AND ").add(sichtbar("d.zugriff", wer)).add(" GROUP BY d.ueber");
    tx.each<AnlagenZahl>(zahl, [&](AnlagenZahl&& one) { anlagen_[one.ueber] = one.anzahl; });
    sql::Query pfade("SELECT dokument, pfad FROM teil WHERE mandant = :mandant AND dokument", mandant);
    tx.each<TeilPfad>(pfade.add(sql::in(tx, ids)), [&](TeilPfad&& teil) { pfade_[teil.dokument] = teil.pfad; });
    readRechnungen(tx, wer, mandant, ids);
    sql::Query grade(
        "SELECT d.id, d.geheimhaltung, COALESCE(v.geheimhaltung, 'offen'), COALESCE(a.geheimhaltung, 'offen'), "
        "COALESCE(u.geheimhaltung, 'offen'), COALESCE(o.geheimhaltung, 'offen') FROM dokument d LEFT JOIN vorgang v ON "
        "v.mandant = d.mandant AND v.id = "
        "d.vorgang LEFT JOIN vorgang o ON o.mandant = v.mandant AND o.id = v.ueber LEFT JOIN akte a ON a.mandant = "
        "v.mandant AND a.id = v.akte LEFT JOIN dokument u ON u.mandant = "
        "d.mandant AND u.id = d.ueber WHERE d.mandant = :mandant AND d.id",
        mandant);
    grade.add(sql::in(tx, ids))
        .add(
            " AND (d.geheimhaltung <> 'offen' OR v.geheimhaltung <> 'offen' OR a.geheimhaltung <> 'offen' OR "
            "u.geheimhaltung <> 'offen' OR o.geheimhaltung <> 'offen')");
    tx.each<Grade>(grade, [&](Grade&& one) {
      geheim_[one.dokument] = std::max({one.selbst, one.vorgang, one.akte, one.ueber, one.vorgangUeber});
    });
  }

  [[nodiscard]] const VersionKurz& version(std::int64_t dokument) const {
    const auto found = versionen_.find(dokument);
    if (found == versionen_.end()) throw base::Failure("a Dokument without its current version");
    return found->second;
  }
  [[nodiscard]] std::int64_t anlagen(std::int64_t dokument) const {
    const auto found = anlagen_.find(dokument);
    return found == anlagen_.end() ? 0 : found->second;
  }
  [[nodiscard]] OptText pfad(std::int64_t dokument) const {
    const auto found = pfade_.find(dokument);
    return found == pfade_.end() ? OptText{} : found->second;
  }
  [[nodiscard]] Geheimhaltung geheimhaltung(std::int64_t dokument) const {
    const auto found = geheim_.find(dokument);
    return found == geheim_.end() ? Geheimhaltung::offen : found->second;
  }
  [[nodiscard]] std::optional<RechnungAusgabe> rechnung(std::int64_t dokument) const {
    const auto found = rechnungen_.find(dokument);
    return found == rechnungen_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  /// Its own invoice, or the first among its Anlagen that the person may see.
  void readRechnungen(const sql::ReadTx& tx, const Berechtigung& wer, std::int64_t mandant,
                      const std::vector<std::int64_t>& ids) {
    sql::Query query("WITH liste AS (SELECT x.id FROM dokument x WHERE x.mandant = :m1 AND x.id", mandant);
    query.add(sql::in(tx, ids));
    query.add(
        ") SELECT d.id, COALESCE(d.ueber, 0), r.art, r.nummer, r.absender, r.datum, r.betrag, r.waehrung, r.faellig, "
        "r.iban, r.leitweg_id FROM rechnung r JOIN dokument d ON d.mandant = r.mandant AND d.id = r.dokument "
        "JOIN version v ON v.mandant = r.mandant AND v.id = r.version AND v.nr = d.version "
        "WHERE r.mandant = :m2 AND r.dokument IN (SELECT id FROM liste UNION ALL "
        "SELECT x.id FROM liste l JOIN dokument x ON x.mandant = :m3 AND x.ueber = l.id) AND ",
        mandant, mandant);
    query.add(sichtbar("d.zugriff", wer)).add(" ORDER BY d.ueber IS NOT NULL, d.id");
    tx.each<RechnungZu>(query, [&](RechnungZu&& r) {
      const RechnungAusgabe ausgabe{r.art,      r.nummer,  r.absender, r.datum,    r.betrag,
                                    r.waehrung, r.faellig, r.iban,     r.leitwegId};
      rechnungen_.emplace(r.dokument, ausgabe);
      if (r.ueber > 0) rechnungen_.emplace(r.ueber, ausgabe);
    });
  }

  std::map<std::int64_t, VersionKurz> versionen_{};
  std::map<std::int64_t, std::int64_t> anlagen_{};
  std::map<std::int64_t, std::string> pfade_{};
  std::map<std::int64_t, RechnungAusgabe> rechnungen_{};
  std::map<std::int64_t, Geheimhaltung> geheim_{};
};

}  // namespace

std::vector<DokumentKurz> showKurz(const sql::ReadTx& tx, const Berechtigung& wer,
                                   std::span<const DokumentZeile> rows) {
  std::vector<DokumentKurz> list;
  if (rows.empty()) return list;
  const Beiwerk beiwerk(tx, wer, rows);
  for (const auto& row : rows) {
    const auto& current = beiwerk.version(row.id);
    auto& out = list.emplace_back(DokumentKurz{row.uuid, row.stand, row.zeichen, row.betreff, row.art, row.datum,
                                               row.eingangsdatum, row.absender, current.dateiname, current.format,
                                               current.groesse, current.seiten, row.version, 0, row.angelegt,
                                               current.status, row.status});
    out.nameWiderspricht = extract::nameContradicts(out.dateiname, out.format);
    out.rechnung = beiwerk.rechnung(row.id);
    out.geheimhaltung = beiwerk.geheimhaltung(row.id);
    if (row.ueber)
      out.pfad = beiwerk.pfad(row.id);
    else
      out.anlagen = beiwerk.anlagen(row.id);
  }
  return list;
}

DokumentKurz showKurz(const sql::ReadTx& tx, const Berechtigung& wer, const DokumentZeile& row) {
  return std::move(showKurz(tx, wer, std::span(&row, 1)).front());
}

DokumentAusgabe show(const sql::ReadTx& tx, const Berechtigung& wer, const DokumentMit& mit) {
  const auto& row = mit.dokument;
  DokumentAusgabe out;
  static_cast<DokumentKurz&>(out) = showKurz(tx, wer, row);
  // A Dokument may be opened for somebody to whom its Vorgang is closed; then the place is not told.
  if (mit.vorgang && mit.vorgang->gegenstand.stufe) {
    out.vorgang = Verweis{mit.vorgang->vorgang.uuid, mit.vorgang->vorgang.zeichen, mit.vorgang->vorgang.betreff};
    out.registerblatt = blattOf(tx, row.mandant, row.registerblatt);
    if (mandant::stufeFor(tx, wer, mit.vorgang->akte.zugriff))
      out.akte = Verweis{mit.vorgang->akte.uuid, mit.vorgang->akte.zeichen, mit.vorgang->akte.betreff};
  }
  if (row.ueber) {
    const auto ueber = rowById<DokumentZeile>(tx, row.mandant, *row.ueber).value();
    if (mandant::stufeFor(tx, wer, ueber.zugriff)) out.uebergeordnet = ueber.uuid;
  }
  out.organisationseinheit = oeKurz(tx, row.mandant, row.organisationseinheit);
  out.fremdesGeschaeftszeichen = row.fremdesGeschaeftszeichen;
  out.bemerkung = row.bemerkung;
  out.aufbewahrungBis = row.aufbewahrungBis;
  out.kanal = row.kanal;
  out.zugriff = zugriffKurz(tx, row.mandant, row.zugriff);
  out.eigenerZugriff = row.hatEigenenZugriff();
  for (const auto& v : tx.query<VersionText>(versions(row).add(" AND v.nr <= :bis ORDER BY v.nr DESC", row.version))) {
    out.versionen.push_back({v.nr, v.dateiname, v.format, v.mime, v.groesse, v.sha256, v.seiten, v.angelegt,
                             mandant::personKurz(tx, row.mandant, v.ersteller), v.basis, v.konflikt, v.status,
                             v.hinweis, v.anlass,
                             v.haupt ? fmt::format("{}.{}", *v.haupt, v.neben.value_or(0)) : std::to_string(v.nr)});
    if (v.nr == row.version) out.textHinweis = v.hinweis;
  }
  auto anlagen = sql::Query::select<DokumentZeile>("d");
  anlagen.add(" FROM dokument d WHERE d.mandant = :mandant AND d.ueber = :ueber AND ", row.mandant, row.id);
  out.anlagenListe =
      showKurz(tx, wer, tx.query<DokumentZeile>(anlagen.add(sichtbar("d.zugriff", wer)).add(" ORDER BY d.id")));
  out.geheimhaltung = geheimhaltungOf(mit);
  out.geheimhaltungUeber = geheimhaltungUeber(mit);
  offer(out, wer, mit, {Recht::dokumentAendern, Recht::dokumentAnlegen, Recht::eingangAblegen, Recht::zugriffSetzen});
  return out;
}

}  // namespace akte
