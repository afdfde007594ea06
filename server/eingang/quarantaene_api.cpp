// The Quarantäne: what the malware scanner found, and what waits for it; released or discarded by the administration.
#include "akte/pruefung.h"
#include "routen.h"

namespace eingang {
namespace {

using akte::Pruefstatus;
using akte::VirenpruefungZeile;
using base::Result;
using mandant::Berechtigung;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

struct QuarantaeneAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  Pruefstatus status{};
  std::optional<std::string> befund{};
  std::optional<base::Uuid> dokument{};  ///< nothing where the person does not reach it
  std::optional<std::string> betreff{};
  std::string dateiname{};
  std::int64_t version = 0, groesse = 0;
  akte::Kanal kanal{};
  mandant::OrganisationseinheitKurz organisationseinheit{};
  std::optional<akte::Verweis> vorgang{};
  base::Zeitpunkt angelegt{};
  std::optional<mandant::PersonKurz> entscheider{};
  std::optional<base::Zeitpunkt> entschiedenAm{};
  std::optional<std::string> grund{};
};
BOOST_DESCRIBE_STRUCT(QuarantaeneAusgabe, (),
                      (id, stand, status, befund, dokument, betreff, dateiname, version, groesse, kanal,
                       organisationseinheit, vorgang, angelegt, entscheider, entschiedenAm, grund))
struct QuarantaeneListe {
  std::vector<QuarantaeneAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(QuarantaeneListe, (), (eintraege))

struct QuarantaeneFilter {
  std::optional<bool> alle{};  ///< those that are decided too
};
BOOST_DESCRIBE_STRUCT(QuarantaeneFilter, (), (alle))

struct Entscheidung {
  base::Line<500, 3> grund{};
};
BOOST_DESCRIBE_STRUCT(Entscheidung, (), (grund))

/// Who decides sees what was found in the whole town, else some of it would lie there for ever: the file's name, but
/// not the Dokument where its access does not reach him.
bool entscheidet(const Berechtigung& wer) { return wer.hat(mandant::Recht::quarantaeneEntscheiden); }

QuarantaeneAusgabe show(Tx tx, const Berechtigung& wer, const VirenpruefungZeile& row) {
  const auto dokument = mandant::rowById<akte::DokumentZeile>(tx, row.mandant, row.dokument).value();
  const auto version = mandant::rowById<akte::VersionZeile>(tx, row.mandant, row.version).value();
  const auto oe =
      mandant::rowById<mandant::OrganisationseinheitZeile>(tx, row.mandant, dokument.organisationseinheit).value();
  QuarantaeneAusgabe out{row.uuid,
                         row.stand,
                         row.status,
                         row.befund,
                         dokument.uuid,
                         dokument.betreff,
                         version.dateiname,
                         version.nr,
                         version.groesse,
                         dokument.kanal,
                         {oe.uuid, oe.kurzzeichen, oe.bezeichnung},
                         {},
                         row.angelegt,
                         {},
                         row.entschiedenAm,
                         row.grund};
  if (row.entscheider) out.entscheider = mandant::personKurz(tx, row.mandant, *row.entscheider);
  if (!mandant::stufeFor(tx, wer, dokument.zugriff)) {
    out.dokument.reset();
    out.betreff.reset();
  }
  if (dokument.vorgang) {
    const auto vorgang = mandant::rowById<akte::VorgangZeile>(tx, row.mandant, *dokument.vorgang).value();
    if (mandant::stufeFor(tx, wer, vorgang.zugriff))
      out.vorgang = akte::Verweis{vorgang.uuid, vorgang.zeichen, vorgang.betreff};
  }
  return out;
}

QuarantaeneListe list(Tx tx, const Berechtigung& wer, bool alle) {
  auto query = sql::Query::select<VirenpruefungZeile>("p");
  query.add(
      " FROM virenpruefung p JOIN dokument d ON d.mandant = p.mandant AND d.id = p.dokument WHERE p.mandant = :mandant "
      "AND ",
      wer.mandant);
  if (!alle) query.add("p.status IN ('wartet', 'befund') AND ");
  query.add(mandant::sichtbar("d.zugriff", entscheidet(wer) ? mandant::systemBerechtigung(wer.mandant) : wer));
  query.add(" ORDER BY p.id DESC LIMIT 500");
  QuarantaeneListe out;
  for (const auto& row : tx.query<VirenpruefungZeile>(query)) out.eintraege.push_back(show(tx, wer, row));
  return out;
}

Result<VirenpruefungZeile> find(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = mandant::rowByUuid<VirenpruefungZeile>(tx, wer.mandant, uuid);
  if (!row) return base::fail(base::Code::NichtGefunden);
  if (entscheidet(wer)) return *row;
  const auto dokument = mandant::rowById<akte::DokumentZeile>(tx, wer.mandant, row->dokument).value();
  AKTENLOTSE_TRY(akte::findDokument(tx, wer, dokument.uuid));
  return *row;
}

/// `decide(change, wer, row, reason)` gives the row as it is then; `after` is told of its file.
template <class Decide, class After>
auto decision(Zugang& zugang, Decide decide, After after) {
  return [&zugang, decide, after](const auto& call) -> Result<http::Reply<QuarantaeneAusgabe>> {
    std::string sha256;
    auto reply = zugang.change<QuarantaeneAusgabe>(
        call, [&](journal::Change& change, const Berechtigung& wer) -> Result<QuarantaeneAusgabe> {
          AKTENLOTSE_GET(before, find(change.tx(), wer, call.id));
          AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
          AKTENLOTSE_GET(row, decide(change, wer, before, call.body.grund.value));
          sha256 = mandant::rowById<akte::VersionZeile>(change.tx(), wer.mandant, row.version).value().sha256;
          return show(change.tx(), wer, row);
        });
    if (reply) after(sha256);
    return reply;
  };
}

http::RouteInfo decides(std::string_view id, std::string_view summary) {
  return {
      .id = id, .tag = "Posteingang", .summary = summary, .recht = "quarantaeneEntscheiden", .changesExisting = true};
}

}  // namespace

void addQuarantaeneRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut) {
  routes.add<None, QuarantaeneFilter, QuarantaeneListe>(
      Verb::get, "/api/quarantaene",
      {"quarantaene", "Posteingang", "What the malware scanner found, and what waits for it", "quarantaeneSehen"},
      [&zugang](const auto& call) {
        return zugang.read<QuarantaeneListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<QuarantaeneListe> {
          return list(tx, wer, call.query.alle.value_or(false));
        });
      });
  routes.add<Entscheidung, None, QuarantaeneAusgabe>(
      Verb::post, "/api/quarantaene/{id}/freigeben",
      decides("quarantaeneFreigeben", "Answer for a file that the scanner found something in: it is opened"),
      decision(
          zugang, [&](auto&... args) { return schriftgut.freigeben(args...); }, [](const std::string&) {}));
  routes.add<Entscheidung, None, QuarantaeneAusgabe>(
      Verb::post, "/api/quarantaene/{id}/kassieren",
      decides("quarantaeneKassieren", "Have a file destroyed that the scanner found something in"),
      decision(
          zugang, [&](auto&... args) { return schriftgut.kassieren(args...); },
          [&](const std::string& sha256) { schriftgut.aufraeumen({sha256}); }));
}

struct EingangWeiterreichen {
  base::Uuid organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(EingangWeiterreichen, (), (organisationseinheit))

struct Weitergereicht {
  base::Uuid id{};
  std::int64_t stand = 0;
  mandant::OrganisationseinheitKurz organisationseinheit{};
  bool sichtbar = false;  ///< for the person who gave it away
};
BOOST_DESCRIBE_STRUCT(Weitergereicht, (), (id, stand, organisationseinheit, sichtbar))

void addWeiterreichenRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut) {
  routes.add<EingangWeiterreichen, None, Weitergereicht>(
      Verb::post, "/api/dokumente/{id}/weiterreichen",
      {.id = "dokumentWeiterreichen",
       .tag = "Posteingang",
       .summary = "Hand what is not filed to the Posteingang of another unit",
       .recht = "eingangAblegen",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<Weitergereicht>(
            call, [&](journal::Change& change, const Berechtigung& wer) -> Result<Weitergereicht> {
              auto& tx = change.tx();
              AKTENLOTSE_GET(before, akte::findDokument(tx, wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, before.dokument.stand));
              AKTENLOTSE_GET(after, schriftgut.weiterreichen(change, wer, before, call.body.organisationseinheit));
              const auto oe =
                  mandant::rowById<mandant::OrganisationseinheitZeile>(tx, wer.mandant, after.organisationseinheit)
                      .value();
              return Weitergereicht{after.uuid,
                                    after.stand,
                                    {oe.uuid, oe.kurzzeichen, oe.bezeichnung},
                                    akte::findDokument(tx, wer, after.uuid).has_value()};
            });
      });
}

}  // namespace eingang
