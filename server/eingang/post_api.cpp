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

struct EingangsadresseNeu {
  base::Line<254, 3> adresse{};
  base::Uuid organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(EingangsadresseNeu, (), (adresse, organisationseinheit))

struct EingangsadresseAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string adresse{};
  mandant::OrganisationseinheitKurz organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(EingangsadresseAusgabe, (), (id, stand, adresse, organisationseinheit))
struct EingangsadresseListe {
  std::vector<EingangsadresseAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(EingangsadresseListe, (), (eintraege))

struct PostfachNeu {
  base::Line<200> bezeichnung{};
  base::Uuid organisationseinheit{};
  base::Line<253> host{};
  std::int64_t port = 993;
  jobs::Verschluesselung verschluesselung{};
  base::Line<200> benutzer{};
  base::Line<100> passwortDatei{};
  base::Line<200> ordner{};
  std::optional<base::Line<200>> zielordner{};
  std::int64_t minuten = 5;
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(PostfachNeu, (),
                      (bezeichnung, organisationseinheit, host, port, verschluesselung, benutzer, passwortDatei, ordner,
                       zielordner, minuten, aktiv))

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

Result<std::int64_t> unitId(Tx tx, std::int64_t mandant, const base::Uuid& uuid) {
  const auto oe = mandant::rowByUuid<OrganisationseinheitZeile>(tx, mandant, uuid);
  if (!oe)
    return base::fail(Code::EingabeUngueltig, "Diese Organisationseinheit gibt es nicht.", "organisationseinheit");
  return oe->id;
}

EingangsadresseAusgabe show(Tx tx, const EingangsadresseZeile& row) {
  return {row.uuid, row.stand, row.adresse, unitOf(tx, row.mandant, row.organisationseinheit)};
}

std::string nutzlastOf(const PostfachZeile& row) { return base::toJson(PostfachAuftrag{row.uuid}); }

std::optional<PostfachLauf> letzterLauf(Tx tx, const PostfachZeile& row) {
  auto query = sql::Query::select<jobs::AuftragZeile>();
  query.add(
      " FROM auftrag WHERE mandant = :mandant AND art IN ('postfach.abholen', 'postfach.pruefen') AND nutzlast = "
      ":nutzlast ORDER BY id DESC LIMIT 1",
      row.mandant, nutzlastOf(row));
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

// ---- addresses

Result<base::Uuid> createAdresse(Change& change, const EingangsadresseNeu& input) {
  EingangsadresseZeile row;
  row.uuid = change.newUuid();
  row.adresse = base::foldCase(input.adresse.value);
  if (!jobs::istAdresse(row.adresse) || row.adresse.find('+') != std::string::npos)
    return base::fail(Code::EingabeUngueltig, "Erwartet wird eine Mailadresse ohne Pluszeichen.", "adresse");
  AKTENLOTSE_GET(oe, unitId(change.tx(), change.mandant(), input.organisationseinheit));
  row.organisationseinheit = oe;
  // The directory belongs to all tenants of the program: an address means one unit in one town.
  if (change.tx().value<std::int64_t>("SELECT mandant FROM mailadresse_verzeichnis WHERE adresse = :adresse",
                                      row.adresse))
    return base::fail(Code::Vergeben, "Diese Adresse ist schon vergeben.", "adresse");
  change.tx().exec(
      "INSERT INTO mailadresse_verzeichnis (adresse, mandant, organisationseinheit) VALUES (:adresse, :mandant, :oe)",
      row.adresse, change.mandant(), oe);
  change.insert(row);
  change.about({"eingangsadresse.angelegt", EingangsadresseZeile::tabelle, row.id});
  return row.uuid;
}

Result<None> eraseAdresse(Change& change, const http::Context& call) {
  const auto row = mandant::rowByUuid<EingangsadresseZeile>(change.tx(), change.mandant(), call.id);
  if (!row) return base::fail(Code::NichtGefunden);
  AKTENLOTSE_TRY(mandant::checkStand(call, row->stand));
  change.tx().exec("DELETE FROM mailadresse_verzeichnis WHERE adresse = :adresse AND mandant = :mandant", row->adresse,
                   row->mandant);
  change.erase(*row);
  change.about({"eingangsadresse.entfernt", EingangsadresseZeile::tabelle, row->id});
  return None{};
}

// ---- mailboxes

/// A plain name: the file lies in the folder that the operator keeps for this tenant.
bool isPlainName(const std::string& name) {
  return !name.empty() && name.front() != '.' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_';
  });
}

Result<void> fill(Change& change, const PostfachNeu& input, PostfachZeile& row) {
  const auto wrong = [](const char* text, const char* feld) { return base::fail(Code::EingabeUngueltig, text, feld); };
  const auto& host = input.host.value;
  if (host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") != std::string::npos)
    return wrong("Erwartet wird der Name eines Rechners.", "host");
  if (input.port < 1 || input.port > 65535) return wrong("Erlaubt sind 1 bis 65535.", "port");
  if (input.minuten < 1 || input.minuten > 1440) return wrong("Erlaubt sind 1 bis 1440 Minuten.", "minuten");
  if (!isPlainName(input.passwortDatei.value))
    return wrong("Erwartet wird der Name einer Datei, ohne Ordner.", "passwortDatei");
  AKTENLOTSE_GET(oe, unitId(change.tx(), change.mandant(), input.organisationseinheit));
  row.bezeichnung = input.bezeichnung.value;
  row.organisationseinheit = oe;
  row.host = host;
  row.port = input.port;
  row.verschluesselung = input.verschluesselung;
  row.benutzer = input.benutzer.value;
  row.passwortDatei = input.passwortDatei.value;
  row.ordner = input.ordner.value;
  row.zielordner = input.zielordner ? std::optional(input.zielordner->value) : std::nullopt;
  row.minuten = input.minuten;
  row.aktiv = input.aktiv;
  return {};
}

void planFor(Change& change, const PostfachZeile& row) {
  const auto key = "postfach:" + row.uuid.text();
  if (row.aktiv)
    jobs::plane(change.tx(), change.mandant(), key, "postfach.abholen", nutzlastOf(row), row.minuten * 60,
                change.zeit());
  else
    jobs::planeAb(change.tx(), change.mandant(), key);
}

Result<base::Uuid> createPostfach(Change& change, const PostfachNeu& input) {
  PostfachZeile row;
  row.uuid = change.newUuid();
  AKTENLOTSE_TRY(fill(change, input, row));
  change.insert(row);
  planFor(change, row);
  change.about({"postfach.angelegt", PostfachZeile::tabelle, row.id});
  return row.uuid;
}

Result<PostfachZeile> changePostfach(Change& change, const http::Context& call, const PostfachNeu& input) {
  const auto before = mandant::rowByUuid<PostfachZeile>(change.tx(), change.mandant(), call.id);
  if (!before) return base::fail(Code::NichtGefunden);
  AKTENLOTSE_TRY(mandant::checkStand(call, before->stand));
  auto after = *before;
  AKTENLOTSE_TRY(fill(change, input, after));
  change.update(*before, after);
  planFor(change, after);
  change.about({"postfach.geaendert", PostfachZeile::tabelle, after.id});
  return after;
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
        call, [&](Change& change, const Berechtigung&) { return make(change, call.body); },
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

}  // namespace

std::vector<const sql::Table*> tables() {
  return {&sql::tableOf<EingangsadresseZeile>(), &sql::tableOf<PostfachZeile>()};
}

namespace {

/// Asks for a job about one mailbox, and names it.
auto starter(Zugang& zugang, std::string_view art, std::string_view schluessel) {
  return [&zugang, art, schluessel](const auto& call) {
    return zugang.change<Gestartet>(call, [&](Change& change, const Berechtigung& wer) -> Result<Gestartet> {
      const auto row = mandant::rowByUuid<PostfachZeile>(change.tx(), wer.mandant, call.id);
      if (!row) return base::fail(Code::NichtGefunden);
      return Gestartet{jobs::stelleEin(change.tx(), wer.mandant, change.zeit(),
                                       {.art = art,
                                        .nutzlast = nutzlastOf(*row),
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
      creator<EingangsadresseZeile, EingangsadresseAusgabe>(zugang, createAdresse, shown));
  routes.add<None, None, None>(
      Verb::del, "/api/eingangsadressen/{id}",
      changes(info("eingangsadresseEntfernen", "Take mail at this address no more")), [&zugang](const auto& call) {
        return zugang.change<None>(call,
                                   [&](Change& change, const Berechtigung&) { return eraseAdresse(change, call); });
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
      creator<PostfachZeile, PostfachAusgabe>(zugang, createPostfach, shown));
  routes.add<PostfachNeu, None, PostfachAusgabe>(
      Verb::put, "/api/postfaecher/{id}",
      changes(info("postfachAendern", "Change how a mailbox is fetched, or rest it")),
      [&zugang, shown](const auto& call) {
        return zugang.change<PostfachAusgabe>(call,
                                              [&](Change& change, const Berechtigung&) -> Result<PostfachAusgabe> {
                                                AKTENLOTSE_GET(after, changePostfach(change, call, call.body));
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
