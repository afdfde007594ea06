// One's dates as a calendar (iCalendar, RFC 5545) under a secret address, which others' programs read without a login.
// Signs and kinds of work only: such an address ends up in other people's clouds.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <ctime>

#include "base/hash.h"
#include "base/ical.h"
#include "base/text.h"
#include "geschaeftsgang/frist.h"
#include "postkorb.h"

namespace geschaeftsgang {
namespace {

using base::Code;
using base::fail;

std::string compact(const base::Datum& tag) {
  auto out = tag.text();
  std::erase(out, '-');
  return out;
}

std::string wortOf(Schrittart art) {
  static constexpr std::string_view worte[] = {"Bearbeitung",   "Mitzeichnung", "Schlusszeichnung", "Kenntnisnahme",
                                               "Stellungnahme", "Prüfung",      "Rücksprache",      "Wiedervorlage",
                                               "Versand",       "Zu den Akten"};
  return std::string(worte[static_cast<std::size_t>(art)]);
}

std::string calendar(const std::vector<Termin>& termine, base::Zeitpunkt jetzt) {
  std::string out;
  for (const auto* head : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Aktenlotse//Postkorb//DE", "CALSCALE:GREGORIAN",
                           "X-WR-CALNAME:Aktenlotse", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"})
    base::icalLine(out, head);
  const auto stamp =
      fmt::format("DTSTAMP:{:%Y%m%dT%H%M%SZ}", fmt::gmtime(static_cast<std::time_t>(jetzt.millis() / 1000)));
  for (const auto& [schritt, zeichen] : termine) {
    const bool dated = schritt.termin.has_value();
    base::icalLine(out, dated ? "BEGIN:VEVENT" : "BEGIN:VTODO");
    base::icalLine(out, fmt::format("UID:{}@aktenlotse", schritt.uuid.text()));
    base::icalLine(out, stamp);
    if (dated) {
      base::icalLine(out, fmt::format("DTSTART;VALUE=DATE:{}", compact(*schritt.termin)));
      base::icalLine(out, fmt::format("DTEND;VALUE=DATE:{}", compact(plusTage(*schritt.termin, 1))));
      base::icalLine(out, "TRANSP:TRANSPARENT");
    } else {
      base::icalLine(out, "STATUS:NEEDS-ACTION");
    }
    base::icalLine(out, "SUMMARY:" + base::icalEscaped(fmt::format("{}: {}", wortOf(schritt.art), zeichen)));
    base::icalLine(out, dated ? "END:VEVENT" : "END:VTODO");
  }
  base::icalLine(out, "END:VCALENDAR");
  return out;
}

struct KalenderFrage {
  base::Line<200> schluessel{};
};
BOOST_DESCRIBE_STRUCT(KalenderFrage, (), (schluessel))

/// Whatever is wrong with an address, the answer is the same.
Result<http::Response> feed(Zugang& zugang, std::string_view schluessel) {
  auto& journal = zugang.journal();
  const auto dot = schluessel.find('.');
  std::int64_t mandant = 0;
  if (dot != std::string_view::npos) std::from_chars(schluessel.data(), schluessel.data() + dot, mandant);
  if (mandant <= 0) return fail(Code::NichtGefunden);
  const auto hash = base::sha256Hex(schluessel.substr(dot + 1));
  return journal.database().read(mandant, [&](Tx tx) -> Result<http::Response> {
    const auto person = tx.value<std::int64_t>(
        "SELECT k.person FROM kalender k JOIN person p ON p.mandant = k.mandant AND p.id = k.person AND p.aktiv = 1 "
        "WHERE k.mandant = :mandant AND k.geheimnis_hash = :hash",
        mandant, hash);
    if (!person) return fail(Code::NichtGefunden);
    const auto wer = mandant::berechtigungOf(tx, mandant, *person);
    return http::text(200, "text/calendar; charset=utf-8", calendar(termineOf(tx, wer), journal.clock().now()));
  });
}

struct KalenderAusgabe {
  std::optional<base::Zeitpunkt> angelegt{};  ///< nothing: there is no address
  OptText adresse{};                          ///< told once, when it is made
};
BOOST_DESCRIBE_STRUCT(KalenderAusgabe, (), (angelegt, adresse))

template <class Out>
Result<http::Reply<Out>> reply(Out value) {
  http::Reply<Out> out;
  out.value = std::move(value);
  return out;
}

}  // namespace

void addKalenderRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, KalenderAusgabe>(
      Verb::get, "/api/kalender", {"kalender", "Geschaeftsgang", "Whether this person has a calendar address"},
      [&zugang](const auto& call) {
        return zugang.read<KalenderAusgabe>(call, [](Tx tx, const Berechtigung& wer) -> Result<KalenderAusgabe> {
          return KalenderAusgabe{tx.value<base::Zeitpunkt>("SELECT angelegt FROM kalender WHERE mandant = :mandant AND "
                                                           "person = :person",
                                                           wer.mandant, wer.person),
                                 {}};
        });
      });
  routes.add<None, None, KalenderAusgabe>(
      Verb::post, "/api/kalender",
      {.id = "kalenderErneuern",
       .tag = "Geschaeftsgang",
       .summary = "A new secret address of one's calendar; the one before ends"},
      [&zugang](const auto& call) {
        const auto& wer = Zugang::who(call);
        auto& journal = zugang.journal();
        const auto secret = base::randomHex(24);
        const auto now = journal.clock().now();
        journal.database().write(wer.mandant, [&](sql::WriteTx& tx) {
          tx.exec(
              "INSERT INTO kalender (mandant, person, geheimnis_hash, angelegt) VALUES (:mandant, :person, :hash, "
              ":jetzt) "
              "ON CONFLICT (mandant, person) DO UPDATE SET geheimnis_hash = excluded.geheimnis_hash, angelegt = "
              "excluded.angelegt",
              wer.mandant, wer.person, base::sha256Hex(secret), now);
        });
        return reply(KalenderAusgabe{now, fmt::format("/api/kalender.ics?schluessel={}.{}", wer.mandant, secret)});
      });
  routes.add<None, None, KalenderAusgabe>(
      Verb::del, "/api/kalender",
      {.id = "kalenderBeenden", .tag = "Geschaeftsgang", .summary = "End the address of one's calendar"},
      [&zugang](const auto& call) {
        const auto& wer = Zugang::who(call);
        zugang.journal().database().write(wer.mandant, [&](sql::WriteTx& tx) {
          tx.exec("DELETE FROM kalender WHERE mandant = :mandant AND person = :person", wer.mandant, wer.person);
        });
        return reply(KalenderAusgabe{});
      });
  routes.addRaw<KalenderFrage>(Verb::get, "/api/kalender.ics",
                               {.id = "kalenderLesen",
                                .tag = "Geschaeftsgang",
                                .summary = "The dates of the person whose secret address this is, as iCalendar",
                                .open = true,
                                .produces = "text/calendar"},
                               [&zugang](const auto& call) { return feed(zugang, call.query.schluessel.value); });
}

}  // namespace geschaeftsgang
