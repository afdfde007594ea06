// Tells people by mail what is theirs to do: once a day, or at once, or not at all, as each chooses. What is due soon
// and what is overdue stands in it; what has been overdue for some days its head is told. Signs and kinds only, no
// content.
#include <fmt/format.h>

#include "geschaeftsgang/frist.h"
#include "jobs/mail.h"
#include "postkorb.h"

namespace geschaeftsgang {
namespace {

constexpr std::int64_t day = 24 * 3600;
constexpr int vorwarnung = 2, eskalation = 3;  ///< days before and after what is due
constexpr std::size_t zeilen = 20;

enum class Nachrichtwahl : std::uint8_t { taeglich, sofort, keine };
BOOST_DESCRIBE_ENUM(Nachrichtwahl, taeglich, sofort, keine)

struct WahlZeile {
  std::int64_t person = 0;
  Nachrichtwahl wahl{};
  base::Zeitpunkt gesehen{};
};
BOOST_DESCRIBE_STRUCT(WahlZeile, (), (person, wahl, gesehen))

std::vector<WahlZeile> choices(Tx tx, std::int64_t mandant) {
  return tx.query<WahlZeile>("SELECT person, wahl, gesehen FROM benachrichtigung WHERE mandant = :mandant", mandant);
}

std::string_view wort(Schrittart art) {
  static constexpr std::string_view worte[] = {"Bearbeitung",   "Mitzeichnung", "Schlusszeichnung", "Kenntnisnahme",
                                               "Stellungnahme", "Prüfung",      "Rücksprache",      "Wiedervorlage",
                                               "Versand",       "zdA"};
  return worte[static_cast<std::size_t>(art)];
}

std::string tag(const base::Datum& datum) {
  return fmt::format("{}.{}.{}", datum.text().substr(8, 2), datum.text().substr(5, 2), datum.text().substr(0, 4));
}

void list(std::string& out, std::string_view title, const std::vector<Termin>& termine) {
  if (termine.empty()) return;
  out += fmt::format("{}:\n", title);
  for (std::size_t i = 0; i < std::min(termine.size(), zeilen); ++i) {
    const auto& [schritt, zeichen] = termine[i];
    out += fmt::format("- {} zu {}{}\n", wort(schritt.art), zeichen,
                       schritt.termin ? fmt::format(", fällig am {}", tag(*schritt.termin)) : "");
  }
  if (termine.size() > zeilen) out += fmt::format("- und {} weitere\n", termine.size() - zeilen);
  out += "\n";
}

/// Nothing where there is nothing to tell.
std::optional<std::string> digest(Tx tx, const mandant::PersonZeile& person, const base::Datum& heute) {
  const auto wer = mandant::berechtigungOf(tx, person.mandant, person.id);
  const auto zahlen = postkorbZahlen(tx, wer, heute);
  const auto unter = ueberfaelligUnter(tx, wer, plusTage(heute, -eskalation + 1));
  if (zahlen.meine == 0 && zahlen.vertretung == 0 && unter.empty()) return std::nullopt;
  std::vector<Termin> late, near;
  for (auto& one : termineOf(tx, wer)) {
    if (!one.schritt.termin) break;
    if (*one.schritt.termin < heute)
      late.push_back(std::move(one));
    else if (*one.schritt.termin <= plusTage(heute, vorwarnung))
      near.push_back(std::move(one));
  }
  std::string out = fmt::format("Guten Tag {} {},\n\n", person.vorname, person.nachname);
  out += fmt::format(
      "in Ihrem Postkorb {} {} {}", zahlen.meine == 1 ? "liegt" : "liegen",
      zahlen.meine >= zahlen.grenze ? fmt::format("mehr als {}", zahlen.grenze - 1) : std::to_string(zahlen.meine),
      zahlen.meine == 1 ? "Aufgabe" : "Aufgaben");
  if (zahlen.einheit > 0) out += fmt::format(", in Ihrer Einheit wartet {}", zahlen.einheit);
  out += ".\n\n";
  if (zahlen.vertretung > 0)
    out += fmt::format("In Vertretung {}: {}.\n\n", zahlen.vertretung == 1 ? "ist zu tun" : "sind zu tun",
                       zahlen.vertretung);
  list(out, "Überfällig", late);
  list(out, "Heute und in den nächsten Tagen fällig", near);
  list(out, "Überfällig bei denen, die Sie vertreten", ueberfaelligInVertretung(tx, wer, heute));
  list(out, "In Ihrem Bereich seit Tagen überfällig", unter);
  return out +
         "Alles Weitere steht in Aktenlotse im Postkorb. Wie oft Sie diese Nachricht bekommen, stellen Sie dort unter "
         "„Kalender und Nachrichten“ ein.\n";
}

jobs::Ergebnis taeglich(jobs::Lauf& lauf, sql::Database& database, const base::Clock& clock) {
  const auto mandant = lauf.mandant();
  database.write(mandant, [&](sql::WriteTx& tx) {
    const auto now = clock.now();
    const auto wahl = choices(tx, mandant);
    for (const auto& person : mandant::allRows<mandant::PersonZeile>(tx, mandant)) {
      if (!person.aktiv || !person.email || !jobs::istAdresse(*person.email)) continue;
      const auto chosen = std::ranges::find(wahl, person.id, &WahlZeile::person);
      if (chosen != wahl.end() && chosen->wahl == Nachrichtwahl::keine) continue;
      if (const auto text = digest(tx, person, base::Datum::of(now)))
        jobs::sende(tx, mandant, now, {*person.email, "Ihr Postkorb", *text});
    }
    lauf.abschliessen(tx);
  });
  return {};
}

/// Steps that came to somebody who wants to be told at once.
jobs::Ergebnis sofort(jobs::Lauf& lauf, sql::Database& database, const base::Clock& clock) {
  const auto mandant = lauf.mandant();
  database.write(mandant, [&](sql::WriteTx& tx) {
    const auto now = clock.now();
    for (const auto& wahl : choices(tx, mandant)) {
      if (wahl.wahl != Nachrichtwahl::sofort) continue;
      const auto person = mandant::rowById<mandant::PersonZeile>(tx, mandant, wahl.person).value();
      if (!person.aktiv || !person.email || !jobs::istAdresse(*person.email)) continue;
      std::vector<Termin> neu;
      for (auto& one : termineOf(tx, mandant::berechtigungOf(tx, mandant, person.id)))
        if (one.schritt.aktuellSeit && *one.schritt.aktuellSeit > wahl.gesehen &&
            one.schritt.art != Schrittart::wiedervorlage)
          neu.push_back(std::move(one));
      if (neu.empty()) continue;
      std::string text = fmt::format("Guten Tag {} {},\n\n", person.vorname, person.nachname);
      list(text, "Neu in Ihrem Postkorb", neu);
      jobs::sende(tx, mandant, now, {*person.email, "Neues in Ihrem Postkorb", text + "Mehr steht in Aktenlotse.\n"});
      tx.exec("UPDATE benachrichtigung SET gesehen = :jetzt WHERE mandant = :mandant AND person = :person", now,
              mandant, person.id);
    }
    lauf.abschliessen(tx);
  });
  return {};
}

struct NachrichtAusgabe {
  Nachrichtwahl wahl{};
  OptText email{};  ///< nothing: nobody can be told
};
BOOST_DESCRIBE_STRUCT(NachrichtAusgabe, (), (wahl, email))
struct NachrichtSetzen {
  Nachrichtwahl wahl{};
};
BOOST_DESCRIBE_STRUCT(NachrichtSetzen, (), (wahl))

NachrichtAusgabe chosen(Tx tx, const Berechtigung& wer) {
  const auto wahl = tx.value<Nachrichtwahl>(
      "SELECT wahl FROM benachrichtigung WHERE mandant = :mandant AND person = :person", wer.mandant, wer.person);
  return {wahl.value_or(Nachrichtwahl::taeglich),
          mandant::rowById<mandant::PersonZeile>(tx, wer.mandant, wer.person).value().email};
}

}  // namespace

void addNachrichtRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, NachrichtAusgabe>(
      Verb::get, "/api/benachrichtigung",
      {"benachrichtigung", "Geschaeftsgang", "How this person is told by mail what is his to do"},
      [&zugang](const auto& call) {
        return zugang.read<NachrichtAusgabe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<NachrichtAusgabe> { return chosen(tx, wer); });
      });
  routes.add<NachrichtSetzen, None, NachrichtAusgabe>(
      Verb::put, "/api/benachrichtigung",
      {.id = "benachrichtigungSetzen",
       .tag = "Geschaeftsgang",
       .summary = "Choose to be told once a day, at once too, or not"},
      [&zugang](const auto& call) -> Result<http::Reply<NachrichtAusgabe>> {
        const auto& wer = Zugang::who(call);
        auto& journal = zugang.journal();
        http::Reply<NachrichtAusgabe> out;
        out.value = journal.database().write(wer.mandant, [&](sql::WriteTx& tx) {
          tx.exec(
              "INSERT INTO benachrichtigung (mandant, person, wahl, gesehen) VALUES (:mandant, :person, :wahl, :jetzt) "
              "ON CONFLICT (mandant, person) DO UPDATE SET wahl = excluded.wahl, gesehen = excluded.gesehen",
              wer.mandant, wer.person, call.body.wahl, journal.clock().now());
          return chosen(tx, wer);
        });
        return out;
      });
}

void addAuftraege(jobs::Werk& werk, sql::Database& database, const base::Clock& clock, bool mailGeht) {
  jobs::Art daily;
  daily.name = "postkorb.melden";
  daily.bezeichnungDe = "Postkörbe melden";
  daily.bezeichnungEn = "Tell people of their baskets";
  daily.ausfuehren = [&](jobs::Lauf& lauf) { return taeglich(lauf, database, clock); };
  werk.art(std::move(daily));
  if (mailGeht) werk.fuerJedenMandanten("postkorb.melden", "postkorb.melden", day);
  jobs::Art once;
  once.name = neuesAuftrag;
  once.bezeichnungDe = "Neues im Postkorb melden";
  once.bezeichnungEn = "Tell people of new work";
  once.ausfuehren = [&](jobs::Lauf& lauf) { return sofort(lauf, database, clock); };
  werk.art(std::move(once));
}

}  // namespace geschaeftsgang
