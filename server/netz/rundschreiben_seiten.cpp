// What everybody may read and do without a login: press releases and newsletters as pages, Atom feed and PDF; to order
// mail and to end it. Plain pages, no script.
#include <fmt/format.h>

#include "base/xml.h"
#include "blatt.h"
#include "jobs/mail.h"
#include "routen.h"
#include "treffen_inhalt.h"

namespace netz {
namespace {

using base::xmlEscaped;

constexpr std::string_view stil =
    "body{font:1.05rem/1.55 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem 1.2rem 4rem;color:#171a2b;"
    "background:#fff}a{color:#171c8f}h1{line-height:1.25}.klein{color:#4b4f63}p{white-space:pre-line}"
    "form{display:grid;gap:.8rem;max-width:26rem}input,select,button{font:inherit;padding:.5rem;border:1px solid "
    "#4b4f63;"
    "border-radius:4px}button{background:#171c8f;color:#fff;border-color:#171c8f}:focus-visible{outline:3px solid "
    "#171c8f;outline-offset:2px}@media(prefers-color-scheme:dark){body{background:#14161f;color:#eceef7}a{color:#"
    "b6baff}"
    ".klein{color:#b9bccb}input,select{background:#1f2230;color:inherit}button{background:#b6baff;color:#14161f}}";

struct VonFrage {
  std::optional<base::Line<60>> von{};
};
BOOST_DESCRIBE_STRUCT(VonFrage, (), (von))
struct SchluesselFrage {
  base::Line<200> schluessel{};
};
BOOST_DESCRIBE_STRUCT(SchluesselFrage, (), (schluessel))

struct Stadt {
  std::int64_t mandant = 0;
  std::string schluessel{}, name{};
};
BOOST_DESCRIBE_STRUCT(Stadt, (), (mandant, schluessel, name))

http::Response page(unsigned status, std::string_view titel, const std::string& body) {
  auto out = http::text(
      status, "text/html; charset=utf-8",
      fmt::format(
          "<!doctype html>\n<html lang=\"de\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
          "content=\"width=device-width\"><title>{0}</title><link rel=\"stylesheet\" "
          "href=\"/oeffentlich/stil.css\"><link rel=\"alternate\" type=\"application/atom+xml\" title=\"Presse\" "
          "href=\"/oeffentlich/presse.atom\"></head><body><main>{1}</main></body></html>\n",
          xmlEscaped(titel), body));
  out.set("Content-Security-Policy",
          "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  out.set("Referrer-Policy", "no-referrer");
  return out;
}

std::string tagOf(const base::Datum& tag) {
  return fmt::format("{}.{}.{}", tag.text().substr(8, 2), tag.text().substr(5, 2), tag.text().substr(0, 4));
}

/// Seen by everybody; `von` names a tenant, which a stranger knows from the address alone.
std::vector<Aushang> oeffentliche(Tx tx, const std::optional<base::Line<60>>& von) {
  sql::Query query = sql::Query::select<Aushang>("a");
  query.add(
      " FROM netz_aushang a WHERE a.art = 'schreiben' AND a.sichtbarkeit = 'oeffentlich' AND a.herkunft = '' AND "
      "a.ordnung <> ''");
  if (von) query.add(" AND a.eigner = (SELECT mandant FROM mandant_verzeichnis WHERE schluessel = :von)", von->value);
  return tx.query<Aushang>(query.add(" ORDER BY a.ordnung DESC, a.uuid LIMIT 50"));
}

std::optional<Aushang> einOeffentliches(Tx tx, const base::Uuid& uuid) {
  return tx.one<Aushang>(
      sql::Query::select<Aushang>("a").add(" FROM netz_aushang a WHERE a.art = 'schreiben' AND a.sichtbarkeit = "
                                           "'oeffentlich' AND a.herkunft = '' AND a.uuid "
                                           "= :uuid",
                                           uuid));
}

std::string nameOf(Tx tx, const Aushang& row) {
  return tx.value<std::string>("SELECT name FROM mandant_verzeichnis WHERE mandant = :eigner", row.eigner).value_or("");
}

std::string schluesselOf(Tx tx, const Aushang& row) {
  return tx.value<std::string>("SELECT schluessel FROM mandant_verzeichnis WHERE mandant = :eigner", row.eigner)
      .value_or("");
}

http::Response liste(Tx tx, const VonFrage& frage) {
  std::string body = "<h1>Presse und Newsletter</h1>";
  const auto rows = oeffentliche(tx, frage.von);
  if (rows.empty()) body += "<p>Hier ist noch nichts veröffentlicht.</p>";
  for (const auto& row : rows) {
    const auto inhalt = inhaltOf<SchreibenInhalt>(row);
    body += fmt::format(
        "<article><h2><a href=\"/oeffentlich/presse/{}\">{}</a></h2><p class=\"klein\">{} · {}</p></article>",
        row.uuid.text(), xmlEscaped(row.titel), xmlEscaped(nameOf(tx, row)), tagOf(inhalt.tag));
  }
  body += "<p><a href=\"/oeffentlich/presse.atom\">Als Atom-Feed</a></p>";
  return page(200, "Presse und Newsletter", body);
}

Result<http::Response> seite(Tx tx, const base::Uuid& uuid) {
  const auto row = einOeffentliches(tx, uuid);
  if (!row)
    return page(404, "Nicht gefunden",
                "<h1>Das gibt es nicht</h1><p><a href=\"/oeffentlich/presse\">Zur Übersicht</a></p>");
  const auto inhalt = inhaltOf<SchreibenInhalt>(*row);
  std::string body =
      fmt::format("<article><p class=\"klein\">{}</p><h1>{}</h1>",
                  inhalt.art == Schreibenart::presse ? "Pressemitteilung" : "Newsletter", xmlEscaped(row->titel));
  body += fmt::format("<p class=\"klein\">{}{}{}</p>", xmlEscaped(inhalt.ort.value_or("")), inhalt.ort ? ", " : "",
                      tagOf(inhalt.tag));
  const std::string_view text = inhalt.inhalt;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find("\n\n", at), text.size());
    body += "<p>" + xmlEscaped(text.substr(at, end - at)) + "</p>";
    at = end + 2;
  }
  body += fmt::format(
      "<p class=\"klein\">{}</p></article><p><a href=\"/oeffentlich/presse/{}/pdf\">Als PDF</a> · <a "
      "href=\"/oeffentlich/presse\">Alle Meldungen</a> · <a href=\"/oeffentlich/abo?von={}\">Per Mail bekommen</a></p>",
      xmlEscaped(nameOf(tx, *row)), row->uuid.text(), base::percentEncode(schluesselOf(tx, *row)));
  return page(200, row->titel, body);
}

Result<http::Response> alsPdf(Tx tx, const base::Uuid& uuid) {
  const auto row = einOeffentliches(tx, uuid);
  if (!row) return base::fail(base::Code::NichtGefunden);
  const auto inhalt = inhaltOf<SchreibenInhalt>(*row);
  Blatt blatt(row->titel);
  blatt.klein(inhalt.art == Schreibenart::presse ? "Pressemitteilung" : "Newsletter").kopf(row->titel);
  blatt.klein((inhalt.ort ? *inhalt.ort + ", " : std::string()) + tagOf(inhalt.tag)).abstand(8);
  blatt.absatz(inhalt.inhalt).abstand(8).klein(nameOf(tx, *row));
  auto out = http::text(200, "application/pdf", blatt.pdf());
  out.set("Content-Disposition", "inline; filename=\"meldung.pdf\"");
  return out;
}

/// RFC 4287.
http::Response feed(Tx tx, const VonFrage& frage, const std::string& adresse) {
  const auto rows = oeffentliche(tx, frage.von);
  const auto moment = [](const base::Datum& tag) { return tag.text() + "T00:00:00Z"; };
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">\n"
      "<id>{0}/oeffentlich/presse.atom</id>\n<title>Presse und Newsletter</title>\n<updated>{1}</updated>\n<link "
      "rel=\"self\" type=\"application/atom+xml\" href=\"{0}/oeffentlich/presse.atom\"/>\n<link rel=\"alternate\" "
      "type=\"text/html\" href=\"{0}/oeffentlich/presse\"/>\n",
      xmlEscaped(adresse), rows.empty() ? "2000-01-01T00:00:00Z" : moment(inhaltOf<SchreibenInhalt>(rows.front()).tag));
  for (const auto& row : rows) {
    const auto inhalt = inhaltOf<SchreibenInhalt>(row);
    out += fmt::format(
        "<entry>\n<id>urn:uuid:{0}</id>\n<title>{1}</title>\n<updated>{2}</updated>\n<published>{2}</published>\n"
        "<author><name>{3}</name></author>\n<link rel=\"alternate\" type=\"text/html\" "
        "href=\"{4}/oeffentlich/presse/{0}\"/>\n<content type=\"text\">{5}</content>\n</entry>\n",
        row.uuid.text(), xmlEscaped(row.titel), moment(inhalt.tag), xmlEscaped(nameOf(tx, row)), xmlEscaped(adresse),
        xmlEscaped(inhalt.inhalt));
  }
  auto response = http::text(200, "application/atom+xml; charset=utf-8", out + "</feed>\n");
  response.set("Content-Security-Policy", "default-src 'none'");
  return response;
}

// ---- to order mail

std::optional<Stadt> stadtOf(Tx tx, const VonFrage& frage) {
  if (!frage.von) return std::nullopt;
  return tx.one<Stadt>("SELECT mandant, schluessel, name FROM mandant_verzeichnis WHERE schluessel = :von",
                       frage.von->value);
}

http::Response unbekannt() {
  return page(404, "Nicht gefunden",
              "<h1>Diese Adresse ist nicht vollständig</h1><p>Bitte nehmen Sie den Link so, wie er in der Mail oder "
              "auf der Seite steht.</p>");
}

http::Response bestellen(const Stadt& stadt, std::string_view fehler) {
  return page(
      fehler.empty() ? 200 : 422, "Mails bestellen",
      fmt::format(
          "<h1>Mails von {0} bestellen</h1>{1}<p>Wir schicken Ihnen zuerst eine Mail mit der Bitte um "
          "Bestätigung. Abmelden geht jederzeit mit einem Klick. Ihre Adresse sieht niemand sonst.</p><form "
          "method=\"post\" action=\"/oeffentlich/abo?von={2}\"><label for=\"liste\">Was möchten Sie "
          "bekommen?</label><select id=\"liste\" name=\"liste\"><option value=\"newsletter\">Newsletter</option>"
          "<option value=\"presse\">Pressemitteilungen</option><option value=\"rundschreiben\">Rundschreiben</option>"
          "</select><label for=\"email\">Mailadresse</label><input id=\"email\" name=\"email\" type=\"email\" "
          "required maxlength=\"254\" autocomplete=\"email\"{3}><button type=\"submit\">Bestellen</button></form>",
          xmlEscaped(stadt.name),
          fehler.empty() ? std::string()
                         : fmt::format("<p id=\"fehler\" role=\"alert\"><strong>{}</strong></p>", fehler),
          base::percentEncode(stadt.schluessel), fehler.empty() ? "" : " aria-describedby=\"fehler\""));
}

/// A field of a form as browsers send it.
std::string fieldOf(std::string_view body, std::string_view name) {
  for (std::size_t at = 0; at <= body.size();) {
    const auto end = std::min(body.find('&', at), body.size());
    const auto part = body.substr(at, end - at);
    if (part.starts_with(name) && part.size() > name.size() && part[name.size()] == '=')
      return base::percentDecode(part.substr(name.size() + 1), true).value_or("");
    at = end + 1;
  }
  return {};
}

http::Response bestelle(Zugang& zugang, const Stadt& stadt, std::string_view body, const std::string& adresse) {
  const auto liste = base::enumFrom<Schreibenart>(fieldOf(body, "liste"));
  const auto email = fieldOf(body, "email");
  if (!liste || !jobs::istAdresse(email) || !base::cleanText(email, false))
    return bestellen(stadt, "Bitte prüfen Sie die Mailadresse.");
  auto& journal = zugang.journal();
  journal.database().write(stadt.mandant, [&](sql::WriteTx& tx) {
    frageAbo(tx, stadt.mandant, journal.clock().now(), *liste, base::foldCase(email), adresse);
  });
  return page(200, "Bitte bestätigen",
              "<h1>Bitte sehen Sie in Ihr Postfach</h1><p>Wir haben Ihnen eine Mail geschickt. Erst wenn Sie darin "
              "bestätigen, schreiben wir Ihnen.</p>");
}

http::Response fragen(std::string_view schluessel) {
  return page(200, "Bestätigen",
              fmt::format("<h1>Mails bestätigen</h1><p>Möchten Sie diese Mails bekommen?</p><form method=\"post\" "
                          "action=\"/oeffentlich/abo/bestaetigen?schluessel={}\"><button type=\"submit\">Ja, "
                          "bestätigen</button></form>",
                          base::percentEncode(schluessel)));
}

http::Response beendet(Aboantwort antwort) {
  // Also for an address that is gone already: one click is enough, and a second does no harm.
  (void)antwort;
  return page(200, "Abgemeldet",
              "<h1>Sie sind abgemeldet</h1><p>Wir haben Ihre Adresse gelöscht und schreiben Ihnen nicht mehr.</p><p><a "
              "href=\"/oeffentlich/presse\">Zu den Meldungen</a></p>");
}

void addAbo(http::Routes& routes, Zugang& zugang, const std::string& adresse) {
  const auto town = [&zugang](const VonFrage& frage) {
    return zugang.journal().database().read(0, [&](Tx tx) { return stadtOf(tx, frage); });
  };
  routes.addRaw<VonFrage>(Verb::get, "/oeffentlich/abo",
                          {.id = "oeffentlichAbo",
                           .tag = "Oeffentlich",
                           .summary = "The form to order mail",
                           .open = true,
                           .produces = "text/html"},
                          [town](const auto& call) -> Result<http::Response> {
                            const auto stadt = town(call.query);
                            return stadt ? bestellen(*stadt, {}) : unbekannt();
                          });
  routes.addRaw<VonFrage>(Verb::post, "/oeffentlich/abo",
                          {.id = "oeffentlichAboBestellen",
                           .tag = "Oeffentlich",
                           .summary = "Order mail; a mail asks to confirm",
                           .open = true,
                           .produces = "text/html"},
                          [&zugang, town, adresse](const auto& call) -> Result<http::Response> {
                            const auto stadt = town(call.query);
                            return stadt ? bestelle(zugang, *stadt, call.request.body, adresse) : unbekannt();
                          });
  routes.addRaw<SchluesselFrage>(
      Verb::get, "/oeffentlich/abo/bestaetigen",
      {.id = "oeffentlichAboFragen",
       .tag = "Oeffentlich",
       .summary = "The page to confirm; programs that open links in mails confirm nothing",
       .open = true,
       .produces = "text/html"},
      [](const auto& call) -> Result<http::Response> { return fragen(call.query.schluessel.value); });
  routes.addRaw<SchluesselFrage>(Verb::post, "/oeffentlich/abo/bestaetigen",
                                 {.id = "oeffentlichAboBestaetigen",
                                  .tag = "Oeffentlich",
                                  .summary = "Confirm",
                                  .open = true,
                                  .produces = "text/html"},
                                 [&zugang](const auto& call) -> Result<http::Response> {
                                   auto& journal = zugang.journal();
                                   if (bestaetigeAbo(journal.database(), call.query.schluessel.value,
                                                     journal.clock().now()) == Aboantwort::unbekannt)
                                     return unbekannt();
                                   return page(200, "Bestätigt",
                                               "<h1>Bestätigt</h1><p>Ab jetzt bekommen Sie unsere Mails. In jeder "
                                               "steht ein Link, mit dem Sie sie wieder abbestellen.</p>");
                                 });
  for (const auto verb : {Verb::get, Verb::post})
    routes.addRaw<SchluesselFrage>(
        verb, "/oeffentlich/abo/beenden",
        {.id = verb == Verb::get ? "oeffentlichAboBeenden" : "oeffentlichAboBeendenPost",
         .tag = "Oeffentlich",
         .summary = "End the mail with one click (RFC 8058)",
         .open = true,
         .produces = "text/html"},
        [&zugang](const auto& call) -> Result<http::Response> {
          return beendet(beendeAbo(zugang.journal().database(), call.query.schluessel.value));
        });
}

}  // namespace

void addOeffentlichRoutes(http::Routes& routes, Zugang& zugang, const std::string& adresse) {
  const auto open = [&](std::string pattern, std::string_view id, std::string_view summary, std::string_view produces,
                        auto f) {
    routes.addRaw<VonFrage>(Verb::get, std::move(pattern),
                            {.id = id, .tag = "Oeffentlich", .summary = summary, .open = true, .produces = produces},
                            [&zugang, f](const auto& call) -> Result<http::Response> {
                              return zugang.journal().database().read(
                                  0, [&](Tx tx) -> Result<http::Response> { return f(tx, call); });
                            });
  };
  open("/oeffentlich/presse", "oeffentlichPresse", "Press releases and newsletters", "text/html",
       [](Tx tx, const auto& call) { return liste(tx, call.query); });
  open("/oeffentlich/presse/{id}", "oeffentlichMeldung", "One of them", "text/html",
       [](Tx tx, const auto& call) { return seite(tx, call.id); });
  open("/oeffentlich/presse/{id}/pdf", "oeffentlichMeldungPdf", "One of them as PDF", "application/pdf",
       [](Tx tx, const auto& call) { return alsPdf(tx, call.id); });
  open("/oeffentlich/presse.atom", "oeffentlichAtom", "All of them as an Atom feed", "application/atom+xml",
       [adresse](Tx tx, const auto& call) { return feed(tx, call.query, adresse); });
  routes.addRaw<None>(Verb::get, "/oeffentlich/stil.css",
                      {.id = "oeffentlichStil",
                       .tag = "Oeffentlich",
                       .summary = "How these pages look",
                       .open = true,
                       .produces = "text/css"},
                      [](const auto&) -> Result<http::Response> {
                        auto out = http::text(200, "text/css; charset=utf-8", std::string(stil));
                        out.set("Cache-Control", "max-age=86400");
                        return out;
                      });
  addAbo(routes, zugang, adresse);
}

}  // namespace netz
