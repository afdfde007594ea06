// Drafts, fair copies and dispatch.
#include <fmt/format.h>

#include <algorithm>

#include "akte/schutz.h"
#include "routen.h"

namespace schreiben {
namespace {

using base::Code;
using base::fail;
using mandant::rowById;

/// A change of a Dokument in the state that If-Match names; answers with how its letter stands.
struct ReinschriftAusgabe {
  std::int64_t version = 0, seiten = 0, groesse = 0;
  std::string form{};
  std::optional<PersonKurz> person{};
  base::Zeitpunkt zeit{};
};
BOOST_DESCRIBE_STRUCT(ReinschriftAusgabe, (), (version, seiten, groesse, form, person, zeit))

struct EmpfaengerAusgabe {
  std::string name{};
  OptText anschrift{}, email{};
  std::optional<base::Uuid> kontakt{};
};
BOOST_DESCRIBE_STRUCT(EmpfaengerAusgabe, (), (name, anschrift, email, kontakt))

struct VersandAusgabe {
  std::int64_t nr = 0;
  Versandart art{};
  std::string empfaenger{};
  OptText anschrift{}, email{};
  base::Datum ausgangsdatum{};
  std::optional<PersonKurz> person{};
  base::Zeitpunkt zeit{};
  AuftragKurz zustellung{};
  bool stueck = false;  ///< what went out can be looked at
};
BOOST_DESCRIBE_STRUCT(VersandAusgabe, (),
                      (nr, art, empfaenger, anschrift, email, ausgangsdatum, person, zeit, zustellung, stueck))

/// How the letter of a Dokument stands.
struct SchreibenAusgabe {
  std::int64_t stand = 0;
  std::optional<ReinschriftAusgabe> reinschrift{};
  AuftragKurz auftrag{};             ///< that makes it
  std::int64_t ohneReinschrift = 0;  ///< of the Dokument and its Anlagen
  std::vector<EmpfaengerAusgabe> empfaenger{};
  std::vector<VersandAusgabe> versand{};
  bool darf = false;        ///< make, take back, send
  bool versendbar = false;  ///< it is an Ausgang in a Vorgang that was not sent yet
  bool mailMoeglich = false;
};
BOOST_DESCRIBE_STRUCT(SchreibenAusgabe, (),
                      (stand, reinschrift, auftrag, ohneReinschrift, empfaenger, versand, darf, versendbar,
                       mailMoeglich))

SchreibenAusgabe show(Tx tx, const Berechtigung& wer, const DokumentMit& mit, const Kanzlei& kanzlei) {
  const auto& row = mit.dokument;
  SchreibenAusgabe out;
  out.stand = row.stand;
  const auto rows = jobs::liste(tx, wer.mandant, {.objekt = row.uuid});
  if (const auto reinschrift = akte::reinschriftOf(tx, wer.mandant, row.id)) {
    const auto version = rowById<VersionZeile>(tx, wer.mandant, reinschrift->version).value();
    out.reinschrift = ReinschriftAusgabe{version.nr,
                                         reinschrift->seiten,
                                         reinschrift->groesse,
                                         reinschrift->form,
                                         mandant::personKurz(tx, wer.mandant, reinschrift->person),
                                         reinschrift->zeit};
  } else {
    out.auftrag = auftragOf(rows, auftragReinschrift);
    if (out.auftrag.stand == Auftragsstand::fertig) out.auftrag = {};  // it was taken back since
  }
  out.ohneReinschrift =
      tx.value<std::int64_t>(
            "SELECT COUNT(*) FROM dokument d WHERE d.mandant = :mandant AND (d.id = :id OR (d.ueber = "
            ":ueber AND d.status = 'inBearbeitung')) AND NOT EXISTS (SELECT 1 FROM reinschrift r WHERE "
            "r.mandant = d.mandant AND r.dokument = d.id)",
            wer.mandant, row.id, row.id)
          .value();
  for (const auto& an : empfaengerOf(tx, wer, row)) {
    EmpfaengerAusgabe one{an.name, an.anschrift, an.email, {}};
    if (an.kontakt) one.kontakt = rowById<akte::KontaktZeile>(tx, wer.mandant, *an.kontakt).value().uuid;
    out.empfaenger.push_back(std::move(one));
  }
  for (const auto& v : tx.query<VersandZeile>(sql::Query::select<VersandZeile>().add(
           " FROM versand WHERE mandant = :mandant AND dokument = :dokument ORDER BY nr", wer.mandant, row.id)))
    out.versand.push_back({v.nr, v.art, v.empfaenger, v.anschrift, v.email, v.ausgangsdatum,
                           mandant::personKurz(tx, wer.mandant, v.person), v.zeit,
                           auftragOf(rows, auftragVersand, base::toJson(VersandAuftrag{v.id})), v.sha256.has_value()});
  out.darf = mandant::darf(wer, Recht::dokumentAendern, mit.gegenstand).has_value();
  out.versendbar = out.darf && mit.vorgang && !row.ueber && row.art == Dokumentart::Ausgang;
  out.mailMoeglich = kanzlei.mailMoeglich();
  return out;
}

struct EntwuerfeAusgabe {
  std::vector<akte::DokumentKurz> eintraege{};
};
BOOST_DESCRIBE_STRUCT(EntwuerfeAusgabe, (), (eintraege))

Result<DokumentMit> inState(Tx tx, const Berechtigung& wer, const http::Context& call) {
  AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
  AKTENLOTSE_TRY(mandant::checkStand(call, mit.dokument.stand));
  return std::move(mit);
}
Result<VorgangMit> vorgangInState(Tx tx, const Berechtigung& wer, const http::Context& call) {
  AKTENLOTSE_GET(mit, akte::findVorgang(tx, wer, call.id));
  AKTENLOTSE_TRY(mandant::checkStand(call, mit.vorgang.stand));
  return std::move(mit);
}

template <class Apply>
void addChange(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei, std::string path, std::string_view id,
               std::string_view summary, Apply apply) {
  routes.add<None, None, SchreibenAusgabe>(
      Verb::post, "/api/dokumente/{id}/" + std::move(path),
      {.id = id, .tag = "Schreiben", .summary = summary, .recht = "dokumentAendern", .changesExisting = true},
      [&zugang, &kanzlei, apply](const auto& call) {
        return zugang.template change<SchreibenAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<SchreibenAusgabe> {
              AKTENLOTSE_GET(before, inState(change.tx(), wer, call));
              AKTENLOTSE_TRY(apply(change, wer, before));
              AKTENLOTSE_GET(after, akte::findDokument(change.tx(), wer, call.id));
              return show(change.tx(), wer, after, kanzlei);
            });
      });
}

void addDrafts(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei) {
  routes.add<EntwurfNeu, None, EntwuerfeAusgabe>(
      Verb::post, "/api/vorgaenge/{id}/schreiben",
      {.id = "schreibenAnlegen",
       .tag = "Schreiben",
       .summary = "Make a draft, empty or from a template; for several recipients one each",
       .recht = "dokumentAnlegen",
       .changesExisting = true},
      [&](const auto& call) -> Result<http::Reply<EntwuerfeAusgabe>> {
        const auto& who = Zugang::who(call);
        AKTENLOTSE_GET(plan, zugang.journal().database().read(who.mandant, [&](Tx tx) -> Result<Entwurfsplan> {
          AKTENLOTSE_GET(vorgang, vorgangInState(tx, who, call));
          return kanzlei.plane(tx, who, vorgang, call.body);
        }));
        AKTENLOTSE_GET(dateien, kanzlei.schreibe(plan));
        return zugang.template change<EntwuerfeAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<EntwuerfeAusgabe> {
              AKTENLOTSE_GET(vorgang, vorgangInState(change.tx(), wer, call));
              AKTENLOTSE_GET(rows, kanzlei.lege(change, wer, vorgang, call.body, plan, dateien));
              return EntwuerfeAusgabe{akte::showKurz(change.tx(), wer, rows)};
            });
      });
}

/// The bytes of what belongs to a Dokument, by name.
template <class Find>
void addFile(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei, std::string path, std::string_view id,
             std::string_view summary, Find find) {
  routes.addRaw<None>(Verb::get, "/api/dokumente/{id}/" + std::move(path),
                      {.id = id, .tag = "Schreiben", .summary = summary, .produces = "*/*", .file = true},
                      [&zugang, &kanzlei, find](const auto& call) -> Result<http::Response> {
                        const auto& wer = Zugang::who(call);
                        akte::Einsicht einsicht(zugang.journal());
                        AKTENLOTSE_GET(datei, zugang.journal().database().read(
                                                  wer.mandant, [&](Tx tx) -> Result<akte::Dateibeschreibung> {
                                                    AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
                                                    einsicht.merke(tx, wer, mit);
                                                    return find(tx, mit.dokument, call.nr);
                                                  }));
                        einsicht.halteFest();
                        return akte::dateiAntwort(kanzlei.schriftgut().blobs(), call.request, datei);
                      });
}

std::string stem(Tx tx, const DokumentZeile& row) {
  const auto name = tx.value<std::string>(
      "SELECT dateiname FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", row.mandant,
      row.id, row.version);
  return name->substr(0, name->rfind('.'));
}

}  // namespace

AuftragKurz auftragOf(const std::vector<jobs::AuftragZeile>& rows, std::string_view art, const std::string& nutzlast) {
  const auto row = std::ranges::find_if(
      rows, [&](const auto& one) { return one.art == art && (nutzlast.empty() || one.nutzlast == nutzlast); });
  if (row == rows.end()) return {};
  switch (row->status) {
    case jobs::Auftragsstatus::wartet:
      return {Auftragsstand::wartet, row->hinweis, 0, 0};
    case jobs::Auftragsstatus::laeuft:
      return {Auftragsstand::laeuft, row->hinweis, row->fortschritt, row->gesamt};
    case jobs::Auftragsstatus::erledigt:
      return {Auftragsstand::fertig, {}, 0, 0};
    case jobs::Auftragsstatus::gescheitert:
    case jobs::Auftragsstatus::abgebrochen:
      break;
  }
  return {Auftragsstand::gescheitert, row->hinweis, 0, 0};
}

void addVersandRoutes(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei) {
  routes.add<VersandNeu, None, SchreibenAusgabe>(
      Verb::post, "/api/dokumente/{id}/versenden",
      {.id = "dokumentVersenden",
       .tag = "Schreiben",
       .summary = "Send the fair copy by post or mail; afterwards the Dokument cannot be changed",
       .recht = "dokumentAendern",
       .changesExisting = true},
      [&](const auto& call) -> Result<http::Reply<SchreibenAusgabe>> {
        const auto& who = Zugang::who(call);
        AKTENLOTSE_GET(found, zugang.journal().database().read(who.mandant, [&](Tx tx) -> Result<Versandplan> {
          AKTENLOTSE_GET(mit, inState(tx, who, call));
          return kanzlei.planeVersand(tx, who, mit, call.body);
        }));
        auto plan = found;
        kanzlei.verpacke(plan, zugang.journal().clock().now());
        return zugang.template change<SchreibenAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<SchreibenAusgabe> {
              AKTENLOTSE_GET(before, inState(change.tx(), wer, call));
              AKTENLOTSE_TRY(kanzlei.versende(change, wer, before, plan));
              AKTENLOTSE_GET(after, akte::findDokument(change.tx(), wer, call.id));
              return show(change.tx(), wer, after, kanzlei);
            });
      });
  addFile(
      routes, zugang, kanzlei, "versand/{nr}/stueck", "versandStueck",
      "What went out: the message as it was sent, or the file to print",
      [](Tx tx, const DokumentZeile& row, std::int64_t nr) -> Result<akte::Dateibeschreibung> {
        const auto versand = tx.one<VersandZeile>(sql::Query::select<VersandZeile>().add(
            " FROM versand WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", row.mandant, row.id, nr));
        if (!versand || !versand->sha256) return nochNicht();
        const bool mail = versand->art == Versandart::mail;
        return akte::Dateibeschreibung{*versand->sha256, versand->mime.value(),
                                       fmt::format("{}-{}.{}", stem(tx, row), nr, mail ? "eml" : "pdf"), mail};
      });
}

void addRoutes(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei) {
  addVorlagenRoutes(routes, zugang, kanzlei);
  addTextbausteinRoutes(routes, zugang);
  addDrafts(routes, zugang, kanzlei);
  routes.add<None, None, SchreibenAusgabe>(
      Verb::get, "/api/dokumente/{id}/schreiben",
      {"schreiben", "Schreiben", "Fair copy, recipients and dispatch of a Dokument"}, [&](const auto& call) {
        return zugang.read<SchreibenAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<SchreibenAusgabe> {
          AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
          return show(tx, wer, mit, kanzlei);
        });
      });
  addChange(routes, zugang, kanzlei, "reinschrift", "reinschriftErzeugen",
            "Ask for the fair copy of the newest version, and of the Anlagen",
            [&kanzlei](Change& change, const auto& wer, const auto& before) {
              return kanzlei.bestelleReinschrift(change, wer, before);
            });
  addChange(routes, zugang, kanzlei, "reinschrift-aufheben", "reinschriftAufheben",
            "Take back the fair copy, so that one can go on writing",
            [&kanzlei](Change& change, const auto& wer, const auto& before) {
              return kanzlei.hebeReinschriftAuf(change, wer, before);
            });
  addFile(routes, zugang, kanzlei, "reinschrift", "reinschrift", "The fair copy",
          [](Tx tx, const DokumentZeile& row, std::int64_t) -> Result<akte::Dateibeschreibung> {
            const auto reinschrift = akte::reinschriftOf(tx, row.mandant, row.id);
            if (!reinschrift) return nochNicht();
            return akte::Dateibeschreibung{reinschrift->sha256, "application/pdf", stem(tx, row) + ".pdf", false};
          });
  addVersandRoutes(routes, zugang, kanzlei);
  addEinsichtRoutes(routes, zugang, kanzlei);
}

}  // namespace schreiben
