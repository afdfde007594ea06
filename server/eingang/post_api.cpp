// Addresses of units and mailboxes that are fetched: set by the administration of the tenant.
#include <fmt/format.h>

#include "postweg.h"
#include "routen.h"

namespace eingang {
namespace {

using base::Code;
using base::Result;
using journal::Change;
using mandant::Berechtigung;
using mandant::OrganisationseinheitZeile;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

using akte::EingangsadresseNeu;
using akte::PostfachNeu;

struct EingangsadresseAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string adresse{};
  mandant::OrganisationseinheitKurz organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(EingangsadresseAusgabe, (), (id, stand, adresse, organisationseinheit))
struct EingangsadresseAendern {
  base::Uuid organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(EingangsadresseAendern, (), (organisationseinheit))
struct EingangsadresseListe {
  std::vector<EingangsadresseAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(EingangsadresseListe, (), (eintraege))

/// The newest job that looked into a mailbox.
struct PostfachLauf {
  base::Uuid auftrag{};
  std::string art{};
  jobs::Auftragsstatus status{};
  std::string hinweis{};
  base::Zeitpunkt angelegt{};
  std::optional<base::Zeitpunkt> beendet{};
};
BOOST_DESCRIBE_STRUCT(PostfachLauf, (), (auftrag, art, status, hinweis, angelegt, beendet))

struct PostfachAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string bezeichnung{};
  mandant::OrganisationseinheitKurz organisationseinheit{};
  std::string host{};
  std::int64_t port = 0;
  jobs::Verschluesselung verschluesselung{};
  std::string benutzer{}, passwortDatei{}, ordner{};
  std::optional<std::string> zielordner{};
  std::int64_t minuten = 0;
  bool aktiv = true;
  bool passwortVorhanden = false;  ///< the operator has put its file down
  std::optional<PostfachLauf> zuletzt{};
};
BOOST_DESCRIBE_STRUCT(PostfachAusgabe, (),
                      (id, stand, bezeichnung, organisationseinheit, host, port, verschluesselung, benutzer,
                       passwortDatei, ordner, zielordner, minuten, aktiv, passwortVorhanden, zuletzt))
struct PostfachListe {
  std::vector<PostfachAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(PostfachListe, (), (eintraege))

struct Gestartet {
  base::Uuid auftrag{};
};
BOOST_DESCRIBE_STRUCT(Gestartet, (), (auftrag))

mandant::OrganisationseinheitKurz unitOf(Tx tx, std::int64_t mandant, std::int64_t id) {
  const auto oe = mandant::rowById<OrganisationseinheitZeile>(tx, mandant, id).value();
  return {oe.uuid, oe.kurzzeichen, oe.bezeichnung};
}

EingangsadresseAusgabe show(Tx tx, const EingangsadresseZeile& row) {
  return {row.uuid, row.stand, row.adresse, unitOf(tx, row.mandant, row.organisationseinheit)};
}

std::optional<PostfachLauf> letzterLauf(Tx tx, const PostfachZeile& row) {
  auto query = sql::Query::select<jobs::AuftragZeile>();
  query.add(
      " FROM auftrag WHERE mandant = :mandant AND art IN ('postfach.abholen', 'postfach.pruefen') AND nutzlast = "
      ":nutzlast ORDER BY id DESC LIMIT 1",
      row.mandant, akte::nutzlastOf(row));
  const auto job = tx.one<jobs::AuftragZeile>(query);
  if (!job) return std::nullopt;
  return PostfachLauf{job->uuid, job->art, job->status, job->hinweis, job->angelegt, job->beendet};
}

PostfachAusgabe show(Tx tx, const Einstellungen& einstellungen, const PostfachZeile& row) {
  return {row.uuid,
          row.stand,
          row.bezeichnung,
          unitOf(tx, row.mandant, row.organisationseinheit),
          row.host,
          row.port,
          row.verschluesselung,
          row.benutzer,
          row.passwortDatei,
          row.ordner,
          row.zielordner,
          row.minuten,
          row.aktiv,
          passwortFor(tx, einstellungen, row).has_value(),
          letzterLauf(tx, row)};
}

/// The row that a call names, in the state that it names.
template <class Row>
Result<Row> named(Tx tx, std::int64_t mandant, const http::Context& call) {
  auto row = mandant::rowByUuid<Row>(tx, mandant, call.id);
  if (!row) return base::fail(Code::NichtGefunden);
  AKTENLOTSE_TRY(mandant::checkStand(call, row->stand));
  return *std::move(row);
}

/// `show(tx, row)` says what goes out.
template <class Row, class List, class Show>
auto lister(Zugang& zugang, Show show) {
  return [&zugang, show](const auto& call) {
    return zugang.read<List>(call, [&](Tx tx, const Berechtigung& wer) -> Result<List> {
      List out;
      for (const auto& row : mandant::allRows<Row>(tx, wer.mandant)) out.eintraege.push_back(show(tx, row));
      return out;
    });
  };
}

template <class Row, class Out, class Make, class Show>
auto creator(Zugang& zugang, Make make, Show show) {
  return [&zugang, make, show](const auto& call) {
    return zugang.create<Out>(
        call,
        [&](Change& change, const Berechtigung&) -> Result<base::Uuid> {
          AKTENLOTSE_GET(row, make(change, call.body));
          return row.uuid;
        },
        [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Out> {
          const auto row = mandant::rowByUuid<Row>(tx, wer.mandant, uuid);
          if (!row) return base::fail(Code::NichtGefunden);
          return show(tx, *row);
        });
  };
}

http::RouteInfo info(std::string_view id, std::string_view summary) {
  return {.id = id, .tag = "Posteingang", .summary = summary, .recht = "organisationPflegen"};
}
http::RouteInfo creates(http::RouteInfo info) {
  info.create = true;
  return info;
}
http::RouteInfo changes(http::RouteInfo info) {
  info.changesExisting = true;
  return info;
}

/// Asks for a job about one mailbox, and names it.
auto starter(Zugang& zugang, std::string_view art, std::string_view schluessel) {
  return [&zugang, art, schluessel](const auto& call) {
    return zugang.change<Gestartet>(call, [&](Change& change, const Berechtigung& wer) -> Result<Gestartet> {
      const auto row = mandant::rowByUuid<PostfachZeile>(change.tx(), wer.mandant, call.id);
      if (!row) return base::fail(Code::NichtGefunden);
      return Gestartet{jobs::stelleEin(change.tx(), wer.mandant, change.zeit(),
                                       {.art = art,
                                        .nutzlast = akte::nutzlastOf(*row),
                                        .schluessel = std::string(schluessel) + row->uuid.text(),
                                        .person = wer.person})};
    });
  };
}

void addAdressen(http::Routes& routes, Zugang& zugang) {
  const auto shown = [](Tx tx, const EingangsadresseZeile& row) { return show(tx, row); };
  routes.add<None, None, EingangsadresseListe>(Verb::get, "/api/eingangsadressen",
                                               info("eingangsadressen", "Mail addresses and the units that they mean"),
                                               lister<EingangsadresseZeile, EingangsadresseListe>(zugang, shown));
  routes.add<EingangsadresseNeu, None, EingangsadresseAusgabe>(
      Verb::post, "/api/eingangsadressen",
      creates(info("eingangsadresseAnlegen", "Let a unit take mail at an address")),
      creator<EingangsadresseZeile, EingangsadresseAusgabe>(zugang, &akte::createEingangsadresse, shown));
  routes.add<EingangsadresseAendern, None, EingangsadresseAusgabe>(
      Verb::patch, "/api/eingangsadressen/{id}",
      changes(info("eingangsadresseAendern", "Let another unit take the mail at an address")),
      [&zugang](const auto& call) {
        return zugang.change<EingangsadresseAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<EingangsadresseAusgabe> {
              AKTENLOTSE_GET(row, named<EingangsadresseZeile>(change.tx(), wer.mandant, call));
              AKTENLOTSE_GET(after, akte::changeEingangsadresse(change, row, call.body.organisationseinheit));
              return show(change.tx(), after);
            });
      });
  routes.add<None, None, None>(
      Verb::del, "/api/eingangsadressen/{id}",
      changes(info("eingangsadresseEntfernen", "Take mail at this address no more")), [&zugang](const auto& call) {
        return zugang.change<None>(call, [&](Change& change, const Berechtigung& wer) -> Result<None> {
          AKTENLOTSE_GET(row, named<EingangsadresseZeile>(change.tx(), wer.mandant, call));
          akte::eraseEingangsadresse(change, row);
          return None{};
        });
      });
}

}  // namespace

void addPostRoutes(http::Routes& routes, Zugang& zugang, const Einstellungen& einstellungen) {
  addAdressen(routes, zugang);
  const auto shown = [einstellungen](Tx tx, const PostfachZeile& row) { return show(tx, einstellungen, row); };
  routes.add<None, None, PostfachListe>(Verb::get, "/api/postfaecher",
                                        info("postfaecher", "Mailboxes that are fetched by IMAP"),
                                        lister<PostfachZeile, PostfachListe>(zugang, shown));
  routes.add<PostfachNeu, None, PostfachAusgabe>(
      Verb::post, "/api/postfaecher", creates(info("postfachAnlegen", "Fetch a mailbox from now on")),
      creator<PostfachZeile, PostfachAusgabe>(zugang, &akte::createPostfach, shown));
  routes.add<PostfachNeu, None, PostfachAusgabe>(
      Verb::put, "/api/postfaecher/{id}",
      changes(info("postfachAendern", "Change how a mailbox is fetched, or rest it")),
      [&zugang, shown](const auto& call) {
        return zugang.change<PostfachAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<PostfachAusgabe> {
              AKTENLOTSE_GET(row, named<PostfachZeile>(change.tx(), wer.mandant, call));
              AKTENLOTSE_GET(after, akte::changePostfach(change, row, call.body));
              return shown(change.tx(), after);
            });
      });
  routes.add<None, None, Gestartet>(Verb::post, "/api/postfaecher/{id}/abholen",
                                    info("postfachAbholen", "Fetch a mailbox now"),
                                    starter(zugang, "postfach.abholen", "plan:postfach:"));
  routes.add<None, None, Gestartet>(Verb::post, "/api/postfaecher/{id}/pruefen",
                                    info("postfachPruefen", "Sign in to a mailbox, and change nothing there"),
                                    starter(zugang, "postfach.pruefen", "postfach.pruefen:"));
}

}  // namespace eingang
