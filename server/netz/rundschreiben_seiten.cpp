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

constexpr std::string_view stil = R"css(
:root { color-scheme: light dark; --grund: #fff; --flaeche: #f3f4f8; --text: #171a2b; --leise: #4b4f63; --marke: #171c8f; --auf-marke: #fff; --linie: #c3c6d4; --fehler: #a8121d; }
@media (prefers-color-scheme: dark) { :root { --grund: #14161f; --flaeche: #1f2230; --text: #eceef7; --leise: #b9bccb; --marke: #b6baff; --auf-marke: #14161f; --linie: #4b4f63; --fehler: #ffb3b0; } }
* { box-sizing: border-box; }
body { margin: 0; font: 1.0625rem/1.6 "Fira Sans", system-ui, sans-serif; color: var(--text); background: var(--grund); overflow-wrap: anywhere; }
a { color: var(--marke); text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 0.15em; }
:focus-visible { outline: 3px solid var(--marke); outline-offset: 2px; border-radius: 2px; }
.sprung { position: absolute; left: -100rem; }
.sprung:focus { left: 1rem; top: 0.5rem; padding: 0.5rem 1rem; background: var(--grund); }
header, footer { background: var(--flaeche); }
header { border-top: 0.375rem solid var(--marke); border-bottom: 1px solid var(--linie); }
footer { margin-top: 3rem; border-top: 1px solid var(--linie); }
header > div, footer > div, main { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem; }
header > div { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; align-items: baseline; justify-content: space-between; }
header strong { font-size: 1.25rem; }
header strong a { color: inherit; text-decoration: none; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 0.375rem 0; }
nav a[aria-current] { color: inherit; font-weight: 600; text-decoration-thickness: 0.15em; }
h1 { margin: 1.5rem 0 1rem; font-size: clamp(1.6rem, 5vw, 2.25rem); line-height: 1.2; }
h2 { margin: 0 0 0.25rem; font-size: 1.25rem; line-height: 1.3; }
p { margin: 0 0 1rem; white-space: pre-line; }
article.lang, form, .schmal { max-width: 44rem; }
.klein { color: var(--leise); font-size: 0.9375rem; }
.meldungen { display: grid; gap: 1rem; margin: 0 0 2.5rem; padding: 0; list-style: none; }
.meldungen li { padding: 1rem 1.25rem; border: 1px solid var(--linie); border-radius: 0.25rem; background: var(--flaeche); }
.meldungen p { margin: 0.25rem 0 0; }
.bestellen { padding: 1.25rem; border: 1px solid var(--linie); border-left: 0.375rem solid var(--marke); border-radius: 0.25rem; }
form { display: grid; gap: 0.375rem; }
label { margin-top: 0.625rem; font-weight: 600; }
input, select, button { width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--leise); border-radius: 0.25rem; font: inherit; color: inherit; background: var(--grund); }
button { width: auto; justify-self: start; margin-top: 1rem; padding: 0.5rem 1.5rem; border-color: var(--marke); font-weight: 600; color: var(--auf-marke); background: var(--marke); cursor: pointer; }
.fehler { padding: 0.75rem 1rem; border-left: 0.375rem solid var(--fehler); color: var(--fehler); background: var(--flaeche); font-weight: 600; }
@media print { header, footer, .bestellen { display: none; } body { background: #fff; color: #000; } }
)css";

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

/// `hier`: the address of the link in the head that leads to this page.
http::Response page(unsigned status, std::string_view titel, const std::string& body, std::string_view hier = "") {
  std::string links;
  for (const auto& [address, name] : {std::pair<std::string_view, std::string_view>{"/oeffentlich/presse", "Meldungen"},
                                      {"/oeffentlich/abo", "Newsletter bestellen"},
                                      {"/oeffentlich/katalog", "Katalog (DCAT-AP.de)"}})
    links +=
        fmt::format("<li><a href=\"{}\"{}>{}</a></li>", address, address == hier ? " aria-current=\"page\"" : "", name);
  auto out = http::text(
      status, "text/html; charset=utf-8",
      fmt::format(
          "<!doctype html>\n<html lang=\"de\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
          "content=\"width=device-width, initial-scale=1\"><title>{0} – Lotsennetz</title><link rel=\"stylesheet\" "
          "href=\"/oeffentlich/stil.css\"><link rel=\"alternate\" type=\"application/atom+xml\" title=\"Presse\" "
          "href=\"/oeffentlich/presse.atom\"></head><body><a class=\"sprung\" href=\"#inhalt\">Zum Inhalt</a>"
          "<header><div><strong><a href=\"/oeffentlich/presse\">Lotsennetz</a></strong><nav "
          "aria-label=\"Bereiche\"><ul>{2}</ul></nav></div></header><main id=\"inhalt\">{1}</main><footer><div "
          "class=\"klein\">Was in einer Kommune gelingt, läuft in der nächsten. <a "
          "href=\"/oeffentlich/presse.atom\">Atom-Feed</a> · <a href=\"/\">Anmelden</a></div></footer></body></html>\n",
          xmlEscaped(titel), body, links));
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

/// Who publishes: a stranger learns of a tenant only what it made public itself.
std::vector<Stadt> absender(Tx tx, const VonFrage& frage) {
  sql::Query query(
      "SELECT v.mandant, v.schluessel, v.name FROM mandant_verzeichnis v WHERE EXISTS (SELECT 1 FROM netz_aushang a "
      "WHERE a.eigner = v.mandant AND a.art = 'schreiben' AND a.sichtbarkeit = 'oeffentlich' AND a.herkunft = '')");
  if (frage.von) query.add(" AND v.schluessel = :von", frage.von->value);
  return tx.query<Stadt>(query.add(" ORDER BY v.name, v.mandant"));
}

/// The form to order mail from one of them.
std::string formular(const std::vector<Stadt>& staedte, bool mitFehler) {
  std::string von;
  if (staedte.size() == 1)
    von = fmt::format("<input type=\"hidden\" name=\"von\" value=\"{}\">", xmlEscaped(staedte[0].schluessel));
  if (staedte.size() > 1) {
    von = "<label for=\"von\">Von wem?</label><select id=\"von\" name=\"von\">";
    for (const auto& one : staedte)
      von += fmt::format("<option value=\"{}\">{}</option>", xmlEscaped(one.schluessel), xmlEscaped(one.name));
    von += "</select>";
  }
  return fmt::format(
      "<p class=\"schmal\">Wir schicken Ihnen zuerst eine Mail mit der Bitte um Bestätigung. Abmelden geht jederzeit "
      "mit einem Klick. Ihre Adresse sieht niemand sonst.</p><form method=\"post\" action=\"/oeffentlich/abo\">{0}"
      "<label for=\"liste\">Was möchten Sie bekommen?</label><select id=\"liste\" name=\"liste\"><option "
      "value=\"newsletter\">Newsletter</option><option value=\"presse\">Pressemitteilungen</option><option "
      "value=\"rundschreiben\">Rundschreiben</option></select><label for=\"email\">Mailadresse</label><input "
      "id=\"email\" name=\"email\" type=\"email\" required maxlength=\"254\" autocomplete=\"email\"{1}><button "
      "type=\"submit\">Bestellen</button></form>",
      von, mitFehler ? " aria-describedby=\"fehler\"" : "");
}

http::Response liste(Tx tx, const VonFrage& frage) {
  std::string body = "<h1>Presse und Newsletter</h1>";
  const auto rows = oeffentliche(tx, frage.von);
  body += rows.empty() ? "<p>Hier ist noch nichts veröffentlicht.</p>" : "<ul class=\"meldungen\">";
  for (const auto& row : rows) {
    const auto inhalt = inhaltOf<SchreibenInhalt>(row);
    body += fmt::format(
        "<li><article><h2><a href=\"/oeffentlich/presse/{}\">{}</a></h2><p class=\"klein\">{} · {}</p></article></li>",
        row.uuid.text(), xmlEscaped(row.titel), xmlEscaped(nameOf(tx, row)), tagOf(inhalt.tag));
  }
  if (!rows.empty()) body += "</ul>";
  if (const auto staedte = absender(tx, frage); !staedte.empty())
    body += "<section class=\"bestellen\"><h2>Per Mail bekommen</h2>" + formular(staedte, false) + "</section>";
  return page(200, "Presse und Newsletter", body, "/oeffentlich/presse");
}

Result<http::Response> seite(Tx tx, const base::Uuid& uuid) {
  const auto row = einOeffentliches(tx, uuid);
  if (!row)
    return page(404, "Nicht gefunden",
                "<h1>Das gibt es nicht</h1><p><a href=\"/oeffentlich/presse\">Zur Übersicht</a></p>");
  const auto inhalt = inhaltOf<SchreibenInhalt>(*row);
  std::string body =
      fmt::format("<article class=\"lang\"><p class=\"klein\">{}</p><h1>{}</h1>",
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

http::Response bestellen(const std::vector<Stadt>& staedte, std::string_view fehler) {
  const auto titel =
      staedte.size() == 1 ? fmt::format("Mails von {} bestellen", staedte[0].name) : std::string("Mails bestellen");
  return page(
      fehler.empty() ? 200 : 422, titel,
      fmt::format("<h1>{}</h1>{}{}", xmlEscaped(titel),
                  fehler.empty() ? std::string()
                                 : fmt::format("<p id=\"fehler\" class=\"fehler\" role=\"alert\">{}</p>", fehler),
                  formular(staedte, !fehler.empty())),
      "/oeffentlich/abo");
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
    return bestellen({stadt}, "Bitte prüfen Sie die Mailadresse.");
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
  routes.addRaw<VonFrage>(Verb::get, "/oeffentlich/abo",
                          {.id = "oeffentlichAbo",
                           .tag = "Oeffentlich",
                           .summary = "The form to order mail",
                           .open = true,
                           .produces = "text/html"},
                          [&zugang](const auto& call) -> Result<http::Response> {
                            return zugang.journal().database().read(0, [&](Tx tx) -> Result<http::Response> {
                              const auto stadt = stadtOf(tx, call.query);
                              auto staedte = stadt ? std::vector{*stadt} : std::vector<Stadt>();
                              if (!call.query.von) staedte = absender(tx, call.query);
                              return staedte.empty() ? unbekannt() : bestellen(staedte, {});
                            });
                          });
  routes.addRaw<VonFrage>(Verb::post, "/oeffentlich/abo",
                          {.id = "oeffentlichAboBestellen",
                           .tag = "Oeffentlich",
                           .summary = "Order mail; a mail asks to confirm",
                           .open = true,
                           .produces = "text/html"},
                          [&zugang, adresse](const auto& call) -> Result<http::Response> {
                            auto frage = call.query;
                            if (!frage.von) frage.von = base::Line<60>{fieldOf(call.request.body, "von")};
                            const auto stadt =
                                zugang.journal().database().read(0, [&](Tx tx) { return stadtOf(tx, frage); });
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
