// TR-RESISCAN at normal protection need: the protocol of each scan with its Transfervermerk, the sample that people
// look at, and the paper until it may be shredded.
#include <fmt/format.h>

#include "akte/pruefung.h"
#include "akte/schutz.h"
#include "routen.h"

namespace eingang {
namespace {

using akte::ScanprotokollZeile;
using akte::Stichprobe;
using base::Code;
using base::Result;
using mandant::Berechtigung;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

struct ScanAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0, nummer = 0;
  base::Uuid dokument{};
  std::optional<std::string> zeichen{};
  std::string betreff{};
  mandant::OrganisationseinheitKurz organisationseinheit{};
  std::string geraet{};
  std::optional<mandant::PersonKurz> person{};
  base::Zeitpunkt gescannt{};
  std::optional<std::int64_t> seiten{}, aufloesung{}, sicherheit{};
  std::int64_t unlesbar = 0;
  std::optional<Stichprobe> stichprobe{};
  std::optional<mandant::PersonKurz> pruefer{};
  std::optional<base::Zeitpunkt> geprueftAm{};
  std::optional<std::string> bemerkung{};
  std::optional<base::Datum> originalBis{}, vernichtetAm{};
  std::optional<mandant::PersonKurz> vernichtetVon{};
  std::optional<std::string> vernichtung{};
  bool darfVernichtetWerden = false;
  std::string transfervermerk{};
};
BOOST_DESCRIBE_STRUCT(ScanAusgabe, (),
                      (id, stand, nummer, dokument, zeichen, betreff, organisationseinheit, geraet, person, gescannt,
                       seiten, aufloesung, sicherheit, unlesbar, stichprobe, pruefer, geprueftAm, bemerkung,
                       originalBis, vernichtetAm, vernichtetVon, vernichtung, darfVernichtetWerden, transfervermerk))
/// Of a Dokument; nothing where it is none.
struct ScanZu {
  std::optional<ScanAusgabe> scan{};
};
BOOST_DESCRIBE_STRUCT(ScanZu, (), (scan))
struct ScanListe {
  std::vector<ScanAusgabe> eintraege{};
  std::optional<std::string> nach{};
};
BOOST_DESCRIBE_STRUCT(ScanListe, (), (eintraege, nach))

/// Which scans: of the sample and not yet good, whose paper may go, whose paper is kept, or all.
enum class Scanauswahl : std::uint8_t { stichprobe, vernichtbar, papier, alle };
BOOST_DESCRIBE_ENUM(Scanauswahl, stichprobe, vernichtbar, papier, alle)

struct ScanFilter {
  std::optional<Scanauswahl> auswahl{};
  std::optional<std::int64_t> limit{};
  std::optional<base::Line<200>> nach{};
};
BOOST_DESCRIBE_STRUCT(ScanFilter, (), (auswahl, limit, nach))

struct ScanPruefung {
  Stichprobe ergebnis{};
  std::optional<base::Line<500>> bemerkung{};
};
BOOST_DESCRIBE_STRUCT(ScanPruefung, (), (ergebnis, bemerkung))

struct ScanPapier {
  std::optional<base::Datum> originalBis{};  ///< null: for good
};
BOOST_DESCRIBE_STRUCT(ScanPapier, (), (originalBis))

struct ScanVernichtet {
  base::Line<500, 3> vermerk{};
};
BOOST_DESCRIBE_STRUCT(ScanVernichtet, (), (vermerk))

std::string tag(const base::Datum& datum) {
  const auto& iso = datum.text();
  return fmt::format("{}.{}.{}", iso.substr(8, 2), iso.substr(5, 2), iso.substr(0, 4));
}
std::string tag(base::Zeitpunkt zeit) { return tag(base::Datum::of(zeit)); }

bool offenInStichprobe(const ScanprotokollZeile& row) { return row.stichprobe && *row.stichprobe != Stichprobe::gut; }

/// Its day is over, nobody doubts the scan, and it is not gone yet.
bool vernichtbar(const ScanprotokollZeile& row, const base::Datum& heute) {
  return row.originalBis && *row.originalBis < heute && !row.vernichtetAm && !offenInStichprobe(row);
}

std::string nameOf(const std::optional<mandant::PersonKurz>& person) { return person ? person->name : "das Programm"; }

std::string vermerk(const ScanAusgabe& scan, const std::string& sha256) {
  std::string out =
      fmt::format("Transfervermerk: Von Papier übertragen am {}, Scan Nr. {}", tag(scan.gescannt), scan.nummer);
  if (!scan.geraet.empty()) out += fmt::format(", Erfassung über „{}“", scan.geraet);
  out += fmt::format(" durch {}.", scan.person ? scan.person->name : "den Scanarbeitsplatz");
  if (scan.seiten) out += fmt::format(" Seiten: {}.", *scan.seiten);
  if (scan.aufloesung) out += fmt::format(" Auflösung: {} dpi.", *scan.aufloesung);
  if (scan.sicherheit) out += fmt::format(" Texterkennung: {} % sicher.", *scan.sicherheit);
  if (scan.unlesbar > 0) out += fmt::format(" Auffälligkeit: {} Seiten ohne lesbaren Text.", scan.unlesbar);
  if (!scan.stichprobe)
    out += " Qualitätssicherung: nicht in der Stichprobe.";
  else if (*scan.stichprobe == Stichprobe::offen)
    out += " Qualitätssicherung: in der Stichprobe, noch nicht geprüft.";
  else
    out += fmt::format(" Qualitätssicherung: am {} durch {} geprüft, {}{}.", tag(scan.geprueftAm.value()),
                       nameOf(scan.pruefer),
                       *scan.stichprobe == Stichprobe::gut ? "bildlich und inhaltlich übereinstimmend"
                                                           : "nicht übereinstimmend, erneut zu scannen",
                       scan.bemerkung ? " (" + *scan.bemerkung + ")" : "");
  if (scan.vernichtetAm)
    out += fmt::format(" Papieroriginal am {} vernichtet: {}.", tag(*scan.vernichtetAm), scan.vernichtung.value_or(""));
  else if (scan.originalBis)
    out += fmt::format(" Papieroriginal wird bis {} aufbewahrt.", tag(*scan.originalBis));
  else
    out += " Papieroriginal wird dauernd aufbewahrt.";
  return out + " SHA-256 des Scanprodukts: " + sha256 + ".";
}

/// The paper of what lies under a Löschsperre is evidence, too.
bool gehalten(Tx tx, const akte::DokumentZeile& dokument) {
  if (!dokument.vorgang) return false;
  const auto vorgang = mandant::rowById<akte::VorgangZeile>(tx, dokument.mandant, *dokument.vorgang).value();
  return !akte::ohneLoeschsperre(tx, dokument.mandant, vorgang.akte);
}

ScanAusgabe show(Tx tx, const ScanprotokollZeile& row, const base::Datum& heute) {
  const auto dokument = mandant::rowById<akte::DokumentZeile>(tx, row.mandant, row.dokument).value();
  const auto oe =
      mandant::rowById<mandant::OrganisationseinheitZeile>(tx, row.mandant, dokument.organisationseinheit).value();
  const auto person = [&](const std::optional<std::int64_t>& id) {
    return id ? mandant::personKurz(tx, row.mandant, *id) : std::nullopt;
  };
  const auto bild = akte::scanbildOf(tx, dokument);
  ScanAusgabe out;
  out.id = row.uuid;
  out.stand = row.stand;
  out.nummer = row.nummer;
  out.dokument = dokument.uuid;
  out.zeichen = dokument.zeichen;
  out.betreff = dokument.betreff;
  out.organisationseinheit = {oe.uuid, oe.kurzzeichen, oe.bezeichnung};
  out.geraet = row.geraet;
  out.person = person(row.person);
  out.gescannt = row.gescannt;
  out.seiten = bild.seiten;
  out.aufloesung = bild.aufloesung;
  out.sicherheit = bild.sicherheit;
  out.unlesbar = bild.unlesbar;
  out.stichprobe = row.stichprobe;
  out.pruefer = person(row.pruefer);
  out.geprueftAm = row.geprueftAm;
  out.bemerkung = row.bemerkung;
  out.originalBis = row.originalBis;
  out.vernichtetAm = row.vernichtetAm;
  out.vernichtetVon = person(row.vernichtetVon);
  out.vernichtung = row.vernichtung;
  out.darfVernichtetWerden = vernichtbar(row, heute) && !gehalten(tx, dokument);
  const auto sha256 =
      tx.value<std::string>("SELECT sha256 FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = 1",
                            row.mandant, dokument.id);
  out.transfervermerk = vermerk(out, sha256.value_or(""));
  return out;
}

Result<ScanListe> list(Tx tx, const Berechtigung& wer, const ScanFilter& filter, const base::Datum& heute) {
  AKTENLOTSE_GET(limit, akte::limitOf(filter.limit));
  AKTENLOTSE_GET(after, akte::cursorOf(filter.nach));
  auto query = sql::Query::select<ScanprotokollZeile>("s");
  // A stack that was parted is closed; its sheets are those of the parts.
  query.add(
      " FROM scanprotokoll s JOIN dokument d ON d.mandant = s.mandant AND d.id = s.dokument WHERE s.mandant = :mandant "
      "AND (d.vorgang IS NOT NULL OR d.status <> 'abgeschlossen') AND ",
      wer.mandant);
  switch (filter.auswahl.value_or(Scanauswahl::alle)) {
    case Scanauswahl::stichprobe:
      query.add("s.stichprobe IN ('offen', 'neuScannen') AND ");
      break;
    case Scanauswahl::vernichtbar:
      query.add(
          "s.vernichtet_am IS NULL AND s.original_bis < :heute AND (s.stichprobe IS NULL OR s.stichprobe = 'gut') AND "
          "NOT EXISTS (SELECT 1 FROM vorgang v JOIN loeschsperre l ON l.mandant = v.mandant AND l.akte = v.akte WHERE "
          "v.mandant = d.mandant AND v.id = d.vorgang AND l.aufgehoben_am IS NULL) AND ",
          heute);
      break;
    case Scanauswahl::papier:
      query.add("s.vernichtet_am IS NULL AND ");
      break;
    case Scanauswahl::alle:
      break;
  }
  query.add(mandant::sichtbar("d.zugriff", wer)).add(" AND s.id > :nach ORDER BY s.id LIMIT :grenze", after, limit + 1);
  auto rows = tx.query<ScanprotokollZeile>(query);
  ScanListe out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.pop_back();
    out.nach = std::to_string(rows.back().id);
  }
  for (const auto& row : rows) out.eintraege.push_back(show(tx, row, heute));
  return out;
}

Result<ScanprotokollZeile> find(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = mandant::rowByUuid<ScanprotokollZeile>(tx, wer.mandant, uuid);
  if (!row) return base::fail(Code::NichtGefunden);
  const auto dokument = mandant::rowById<akte::DokumentZeile>(tx, wer.mandant, row->dokument).value();
  AKTENLOTSE_TRY(akte::findDokument(tx, wer, dokument.uuid));
  return *row;
}

Result<void> setPruefung(journal::Change& change, const Berechtigung& wer, ScanprotokollZeile& row,
                         const ScanPruefung& input) {
  if (input.ergebnis == Stichprobe::offen)
    return base::fail(Code::EingabeUngueltig, "Erwartet wird „gut“ oder „neuScannen“.", "ergebnis");
  if (row.vernichtetAm) return base::fail(Code::Konflikt, "Das Papier ist schon vernichtet.");
  row.stichprobe = input.ergebnis;
  row.pruefer = wer.person;
  row.geprueftAm = change.zeit();
  row.bemerkung = input.bemerkung ? std::optional(input.bemerkung->value) : std::nullopt;
  return {};
}

Result<void> setPapier(journal::Change&, const Berechtigung&, ScanprotokollZeile& row, const ScanPapier& input) {
  if (row.vernichtetAm) return base::fail(Code::Konflikt, "Das Papier ist schon vernichtet.");
  row.originalBis = input.originalBis;
  return {};
}

Result<void> setVernichtet(journal::Change& change, const Berechtigung& wer, ScanprotokollZeile& row,
                           const ScanVernichtet& input) {
  const auto heute = base::Datum::of(change.zeit());
  if (row.vernichtetAm) return base::fail(Code::Konflikt, "Das Papier ist schon vernichtet.");
  if (offenInStichprobe(row))
    return base::fail(Code::Konflikt, "Der Scan ist in der Stichprobe und noch nicht als gut geprüft.");
  if (!vernichtbar(row, heute))
    return base::fail(Code::Konflikt, row.originalBis
                                          ? fmt::format("Das Papier ist bis {} aufzubewahren.", tag(*row.originalBis))
                                          : "Das Papier ist dauernd aufzubewahren.");
  const auto dokument = mandant::rowById<akte::DokumentZeile>(change.tx(), row.mandant, row.dokument).value();
  AKTENLOTSE_GET(mit, akte::findDokument(change.tx(), wer, dokument.uuid));
  if (mit.vorgang) AKTENLOTSE_TRY(akte::ohneLoeschsperre(change.tx(), wer.mandant, mit.vorgang->akte.id));
  row.vernichtetAm = heute;
  row.vernichtetVon = wer.person;
  row.vernichtung = input.vermerk.value;
  return {};
}

/// A route that changes one protocol: `set(change, wer, row, body)`.
template <class Body, class Set>
void addChange(http::Routes& routes, Zugang& zugang, std::string pattern, std::string_view id, std::string_view summary,
               std::string_view aktion, Set set) {
  routes.add<Body, None, ScanAusgabe>(
      Verb::post, std::move(pattern),
      {.id = id, .tag = "Scan", .summary = summary, .recht = "scanPruefen", .changesExisting = true},
      [&zugang, set, aktion](const auto& call) {
        return zugang.change<ScanAusgabe>(
            call, [&](journal::Change& change, const Berechtigung& wer) -> Result<ScanAusgabe> {
              AKTENLOTSE_GET(before, find(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
              auto after = before;
              AKTENLOTSE_TRY(set(change, wer, after, call.body));
              change.update(before, after);
              const auto dokument =
                  mandant::rowById<akte::DokumentZeile>(change.tx(), wer.mandant, after.dokument).value();
              AKTENLOTSE_GET(mit, akte::findDokument(change.tx(), wer, dokument.uuid));
              change.about({aktion, dokument.tabelle, dokument.id, mit.kette(), dokument.vorgang.value_or(0)});
              return show(change.tx(), after, base::Datum::of(change.zeit()));
            });
      });
}

}  // namespace

void addScanRoutes(http::Routes& routes, Zugang& zugang) {
  const auto heute = [&zugang] { return base::Datum::of(zugang.journal().clock().now()); };
  routes.add<None, ScanFilter, ScanListe>(
      Verb::get, "/api/scans",
      {"scans", "Scan", "Protocols of scans: the sample, or those whose paper is kept", "scanPruefen"},
      [&zugang, heute](const auto& call) {
        return zugang.read<ScanListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query, heute()); });
      });
  routes.add<None, None, ScanZu>(
      Verb::get, "/api/dokumente/{id}/scan",
      {"dokumentScan", "Scan", "How a Dokument was scanned: protocol and Transfervermerk"},
      [&zugang, heute](const auto& call) {
        return zugang.read<ScanZu>(call, [&](Tx tx, const Berechtigung& wer) -> Result<ScanZu> {
          AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
          const auto row = tx.one<ScanprotokollZeile>(sql::Query::select<ScanprotokollZeile>().add(
              " FROM scanprotokoll WHERE mandant = :mandant AND dokument = :dokument", wer.mandant, mit.dokument.id));
          return row ? ScanZu{show(tx, *row, heute())} : ScanZu{};
        });
      });
  addChange<ScanPruefung>(routes, zugang, "/api/scans/{id}/pruefung", "scanPruefen",
                          "Note whether a scan shows what its paper does", "scan.geprueft", &setPruefung);
  addChange<ScanPapier>(routes, zugang, "/api/scans/{id}/papier", "scanPapier", "Set until when its paper is kept",
                        "scan.papier", &setPapier);
  addChange<ScanVernichtet>(routes, zugang, "/api/scans/{id}/vernichtet", "scanVernichtet",
                            "Note that its paper is destroyed, by whom and how", "scan.vernichtet", &setVernichtet);
}

}  // namespace eingang
