#include "support/world.h"

#include <algorithm>

#include "akte/ausleihe.h"
#include "akte/felder.h"
#include "akte/register.h"
#include "akte/warum.h"
#include "mandant/vertretung.h"

namespace engines {

World::World(Engine engine)
    : fresh(engine, FreshDatabase::Kind::migrated),
      database(fresh.address()),
      journal(database, clock),
      blobs(fresh.folder().path() / "blobs"),
      extractor({.program = AKTENLOTSE_EXTRACTOR}),
      schriftgut(journal, blobs, extractor, index),
      zugang(journal, false) {
  routes.gate([this](const http::Request& asked, const http::RouteInfo& info) { return zugang.admit(asked, info); });
  mandant::addAnmeldungRoutes(routes, zugang);
  mandant::addOrganisationRoutes(routes, zugang);
  akte::addMandantRoutes(routes, zugang, schriftgut);
  akte::addAktenplanRoutes(routes, zugang, schriftgut);
  akte::addAkteRoutes(routes, zugang, schriftgut);
  akte::addVorgangRoutes(routes, zugang, schriftgut);
  akte::addDokumentRoutes(routes, zugang, schriftgut);
  akte::addRegistraturRoutes(routes, zugang, schriftgut);
  akte::addUmfeldRoutes(routes, zugang, umfeld);
  akte::addKontaktRoutes(routes, zugang, umfeld);
  akte::addWarumRoutes(routes, zugang);
  akte::addFelderRoutes(routes, zugang, schriftgut);
  akte::addRegisterRoutes(routes, zugang);
  akte::addAusleiheRoutes(routes, zugang);
  mandant::addVertretungRoutes(routes, zugang);
  akte::addOrganisationEinlesenRoutes(routes, zugang, schriftgut);
  akte::addStapelRoutes(routes, zugang, schriftgut, stapel);
  akte::addZustandRoutes(routes, zugang, schriftgut);
  akte::addHistorieRoutes(routes, zugang);
  akte::addStandRoutes(routes, zugang);
  suche::addRoutes(routes, zugang, bestand, clock);
}

akte::Datei World::file(const std::string& name, const std::string& text) {
  auto writer = blobs.writer();
  writer->write(text);
  akte::Datei datei{writer->commit(), name, {}};
  datei.text.status = text.empty() ? extract::Status::Leer : extract::Status::Ok;
  datei.text.format = "txt";
  datei.text.mime = "text/plain";
  datei.text.seiten = {text};
  datei.text.seitenzahl = 1;
  return datei;
}

World::Answer World::request(const std::string& method, const std::string& target, http::Fields headers,
                             std::string body) {
  static const std::map<std::string, http::Verb> verbs{{"GET", http::Verb::get},
                                                       {"POST", http::Verb::post},
                                                       {"PUT", http::Verb::put},
                                                       {"PATCH", http::Verb::patch},
                                                       {"DELETE", http::Verb::del}};
  const auto question = target.find('?');
  http::Request asked;
  asked.verb = verbs.at(method);
  asked.method = method;
  asked.target = target;
  asked.path = target.substr(0, question);
  if (question != std::string::npos) asked.queryString = target.substr(question + 1);
  asked.queryFields = must(http::splitQuery(asked.queryString));
  asked.headers = std::move(headers);
  if (!body.empty()) asked.headers.emplace_back("Content-Type", "application/json");
  asked.body = std::move(body);
  const auto match = routes.find(asked.verb, asked.path);
  if (match.route == nullptr) throw std::runtime_error("no route " + method + " " + target);
  asked.parameters = match.parameters;
  auto answered = [&]() -> base::Result<http::Response> {
    AKTENLOTSE_GET(context, routes.admit(*match.route, asked));
    return match.route->handle(asked, context);
  }();
  const auto response = answered ? std::move(*answered) : http::problem(answered.error(), false);
  Answer out{response.status, {}, {}, std::string(response.header("Set-Cookie").value_or(""))};
  if (const auto* text = std::get_if<std::string>(&response.body)) out.text = *text;
  if (!out.text.empty()) out.json = boost::json::parse(out.text);
  return out;
}

Town::Town(World& in, const std::string& schluessel) : world(in) {
  mandant::MandantNeu neu;
  neu.schluessel.value = schluessel;
  neu.name.value = "Stadt " + schluessel;
  neu.land.value = "Sachsen-Anhalt";
  mandant = must(mandant::createMandant(world.journal, neu));
  amt = unit("10");
  leitung = post(amt, {Rolle::LT, Rolle::RG, Rolle::FA, Rolle::DA});
  sachbearbeitung = post(amt, {Rolle::SB});
  anna = person("anna", {leitung});
  bernd = person("bernd", {sachbearbeitung});
}

Berechtigung Town::wer(const PersonZeile& person) {
  return world.read(mandant, [&](const sql::ReadTx& tx) { return mandant::berechtigungOf(tx, mandant, person.id); });
}

OrganisationseinheitZeile Town::unit(const std::string& kurzzeichen, const std::optional<Uuid>& ueber) {
  return must(world.change(mandant, 0, [&](Change& c) {
    return mandant::createOrganisationseinheit(c, {{kurzzeichen}, {"Amt " + kurzzeichen}, ueber});
  }));
}

StelleZeile Town::post(const OrganisationseinheitZeile& unit, std::vector<Rolle> rollen) {
  return must(world.change(mandant, 0, [&](Change& c) {
    return mandant::createStelle(c, {{"Stelle"}, unit.uuid, false, rollen});
  }));
}

PersonZeile Town::person(const std::string& name, const std::vector<StelleZeile>& posts) {
  const auto made = must(world.change(mandant, 0, [&](Change& c) {
    return mandant::createPerson(c, {{"Vor"}, {name}, {name}, {}, {std::string(password)}});
  }));
  for (const auto& post : posts) occupy(post, {made});
  return made;
}

void Town::occupy(const StelleZeile& post, const std::vector<PersonZeile>& people) {
  std::vector<Uuid> uuids;
  for (const auto& person : people) uuids.push_back(person.uuid);
  must(world.change(mandant, 0, [&](Change& c) {
    return mandant::besetzen(c, mandant::rowById<StelleZeile>(c.tx(), mandant, post.id).value(), uuids);
  }));
}

ZugriffZeile Town::access(const std::string& name, std::vector<mandant::EintragNeu> eintraege) {
  return must(world.change(mandant, 0, [&](Change& c) { return mandant::createZugriff(c, {{name}, eintraege}); }));
}

AktenplaneinheitZeile Town::entry(const std::string& kennzeichen, const std::optional<Uuid>& ueber,
                                  std::optional<std::int64_t> jahre, const std::optional<Uuid>& zugriff) {
  akte::AktenplaneinheitNeu neu;
  neu.ueber = ueber;
  neu.kennzeichen.value = kennzeichen;
  neu.titel.value = "Titel " + kennzeichen;
  neu.aufbewahrungsdauer = jahre;
  neu.aussonderungsart = akte::Aussonderungsart::V;
  neu.zugriff = zugriff;
  return must(world.change(mandant, 0, [&](Change& c) {
    return world.schriftgut.createEinheit(c, mandant::systemBerechtigung(mandant), neu);
  }));
}

AkteZeile Town::akte(const PersonZeile& by, const AktenplaneinheitZeile& entry, const std::string& betreff) {
  return must(as(by, [&](Change& c, const Berechtigung& w) {
    return world.schriftgut.createAkte(c, w, {entry.uuid, {betreff}, {}});
  }));
}

VorgangZeile Town::vorgang(const PersonZeile& by, const AkteZeile& akte, const std::string& betreff) {
  return must(as(by, [&](Change& c, const Berechtigung& w) {
    return world.schriftgut.createVorgang(c, w, {akte.uuid, {betreff}, {}});
  }));
}

DokumentZeile Town::dokument(const PersonZeile& by, const VorgangZeile& vorgang, const std::string& name,
                             const std::string& text) {
  const auto datei = world.file(name, text);
  return must(as(by, [&](Change& c, const Berechtigung& w) {
    return world.schriftgut.createDokument(c, w, vorgang.uuid, datei, {});
  }));
}

DokumentZeile Town::eingang(const PersonZeile& by, const std::string& name, const std::string& text) {
  const auto datei = world.file(name, text);
  return must(
      as(by, [&](Change& c, const Berechtigung& w) { return world.schriftgut.createEingang(c, w, {}, datei, {}); }));
}

DokumentZeile Town::rechnungsmail(const PersonZeile& by) {
  auto writer = world.blobs.writer();
  writer->write(
      "From: buero@example.org\nTo: amt@example.org\nSubject: Unsere Leistungen\nMIME-Version: 1.0\nContent-Type: "
      "multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nAnbei.\n--b\nContent-Type: application/xml\n"
      "Content-Disposition: attachment; filename=xrechnung.xml\n\n<Invoice xmlns='u'><ID>R-1</ID><IssueDate>2026-03-02"
      "</IssueDate><DueDate>2026-03-16</DueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode><LegalMonetaryTotal>"
      "<PayableAmount>12.50</PayableAmount></LegalMonetaryTotal></Invoice>\n--b--\n");
  const auto datei = world.schriftgut.einlagern(*writer, "rechnung.eml");
  return must(
      as(by, [&](Change& c, const Berechtigung& w) { return world.schriftgut.createEingang(c, w, {}, datei, {}); }));
}

DokumentZeile Town::version(const PersonZeile& by, const DokumentZeile& dokument, const std::string& text,
                            std::optional<std::int64_t> basis) {
  const auto datei = world.file("fassung.txt", text);
  return must(as(by, [&](Change& c, const Berechtigung& w) -> base::Result<DokumentZeile> {
    AKTENLOTSE_GET(mit, akte::findDokument(c.tx(), w, dokument.uuid));
    return world.schriftgut.addVersion(c, w, mit, datei, basis);
  }));
}

std::vector<std::int64_t> Town::found(const PersonZeile& by, const std::string& query) {
  const auto berechtigung = wer(by);
  return world.read(mandant, [&](const sql::ReadTx& tx) {
    const auto result = suche::find(tx, berechtigung, world.bestand, {.query = text::parseQuery(query), .limit = 1000});
    std::vector<std::int64_t> ids;
    for (const auto& treffer : result.treffer) ids.push_back(treffer.dokument);
    std::ranges::sort(ids);
    EXPECT_EQ(result.anzahl, static_cast<std::int64_t>(ids.size())) << query;
    return ids;
  });
}

akte::AkteMit Town::see(const PersonZeile& by, const AkteZeile& row) {
  const auto w = wer(by);
  return must(world.read(mandant, [&](const sql::ReadTx& tx) { return akte::findAkte(tx, w, row.uuid); }));
}
akte::VorgangMit Town::see(const PersonZeile& by, const VorgangZeile& row) {
  const auto w = wer(by);
  return must(world.read(mandant, [&](const sql::ReadTx& tx) { return akte::findVorgang(tx, w, row.uuid); }));
}
akte::DokumentMit Town::see(const PersonZeile& by, const DokumentZeile& row) {
  const auto w = wer(by);
  return must(world.read(mandant, [&](const sql::ReadTx& tx) { return akte::findDokument(tx, w, row.uuid); }));
}

std::int64_t Town::entries() {
  return world.read(mandant, [&](const sql::ReadTx& tx) {
    return tx.value<std::int64_t>("SELECT COUNT(*) FROM journal WHERE mandant = :mandant", mandant).value();
  });
}

}  // namespace engines
