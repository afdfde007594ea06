// A tenant for practice: made of the demo's files by the operator, and put back by its own administration at any time.
// It goes as a whole, with its journal, and another takes its key (docs/decisions/0029).
#include <fmt/format.h>

#include <iostream>
#include <map>
#include <mutex>

#include "app.h"
#include "base/hash.h"
#include "sql/mandant.h"

namespace app {
namespace {

using base::Code;
using base::fail;
using base::Result;
using mandant::MandantZeile;

struct Kennwort {
  std::string anmeldename{}, hash{};
};
BOOST_DESCRIBE_STRUCT(Kennwort, (), (anmeldename, hash))

struct UebungAusgabe {
  std::string schluessel{}, name{};
};
BOOST_DESCRIBE_STRUCT(UebungAusgabe, (), (schluessel, name))

/// The key of the tenant that is to take the place of another; nobody is offered it.
std::string vorlaeufig(const std::string& schluessel) { return "~" + schluessel; }

std::optional<std::int64_t> byKey(App& app, const std::string& schluessel) {
  return app.database().read(0, [&](const sql::ReadTx& tx) { return mandant::mandantByKey(tx, schluessel); });
}

std::optional<MandantZeile> rowOf(App& app, std::int64_t mandant) {
  return app.database().read(mandant, [&](const sql::ReadTx& tx) -> std::optional<MandantZeile> {
    const auto rows = mandant::allRows<MandantZeile>(tx, mandant);
    return rows.empty() ? std::nullopt : std::optional(rows.front());
  });
}

/// All that there is of it. What only versions of it name goes with „aktenlotse collect“.
void remove(sql::WriteTx& tx, std::int64_t selbst, std::int64_t mandant) {
  suche::Index::vergiss(tx, mandant);
  sql::removeTenant(tx, selbst, mandant);
  tx.exec("DELETE FROM netz_aushang WHERE eigner = :mandant", mandant);
  tx.exec("DELETE FROM netz_uebung WHERE uebung = :mandant", mandant);
}

/// What an attempt that broke off left.
void removeVorlaeufigen(App& app, const std::string& schluessel) {
  if (const auto left = byKey(app, vorlaeufig(schluessel)))
    app.database().write(*left, [&](sql::WriteTx& tx) { remove(tx, *left, *left); });
}

/// People keep the passwords that they had.
void behalteKennwoerter(App& app, std::int64_t von, std::int64_t nach) {
  std::map<std::string, std::string> known;
  app.database().read(von, [&](const sql::ReadTx& tx) {
    known.clear();
    tx.each<Kennwort>(sql::Query("SELECT p.anmeldename, k.hash FROM person p JOIN kennwort k ON k.mandant = p.mandant "
                                 "AND k.person = p.id WHERE p.mandant = :mandant",
                                 von),
                      [&](Kennwort&& row) { known[row.anmeldename] = row.hash; });
  });
  app.database().write(nach, [&](sql::WriteTx& tx) {
    for (const auto& person : mandant::allRows<mandant::PersonZeile>(tx, nach))
      if (const auto found = known.find(person.anmeldename); found != known.end())
        tx.exec("UPDATE kennwort SET hash = :hash WHERE mandant = :mandant AND person = :person", found->second, nach,
                person.id);
  });
}

/// The one goes and the other gets its key, in one transaction.
void tausche(App& app, const MandantZeile& alt, std::int64_t neu, const std::string& anmeldename) {
  const auto done = app.journal().change(neu, [&](journal::Change& change) -> Result<void> {
    auto& tx = change.tx();
    const auto person = tx.value<std::int64_t>("SELECT id FROM person WHERE mandant = :mandant AND anmeldename = :name",
                                               neu, anmeldename);
    change.by({person.value_or(0), 0});
    tx.exec("UPDATE netz_uebung SET uebung = :neu WHERE uebung = :alt", neu, alt.mandant);
    remove(tx, neu, alt.mandant);
    const auto before = mandant::allRows<MandantZeile>(tx, neu).at(0);
    auto after = before;
    after.schluessel = alt.schluessel;
    change.update(before, after);
    tx.exec("UPDATE mandant_verzeichnis SET schluessel = :schluessel WHERE mandant = :mandant", alt.schluessel, neu);
    change.about({"uebung.zurueckgesetzt", MandantZeile::tabelle, after.id, 0, 0});
    return {};
  });
  if (!done) throw base::Failure(done.error().detail);
}

/// The town whose people may try Bausteine there.
void gib(App& app, std::int64_t uebung, const std::string& fuer) {
  const auto stadt = app.mandant(fuer);
  if (rowOf(app, stadt)->uebung.value_or(false))
    throw base::Failure(fmt::format("„{}“ ist selbst ein Übungsmandant. Nennen Sie mit --fuer eine Stadt.", fuer));
  if (!rowOf(app, uebung)->uebung.value_or(false))
    throw base::Failure("Das ist kein Übungsmandant; nur ein solcher gehört zu einer Stadt.");
  app.database().write(0, [&](sql::WriteTx& tx) {
    tx.exec(
        "INSERT INTO netz_uebung (uebung, stadt) VALUES (:uebung, :stadt) ON CONFLICT (uebung) DO UPDATE SET stadt = "
        "excluded.stadt",
        uebung, stadt);
  });
}

std::filesystem::path beispiele() {
  auto folder = demoFolder();
  if (folder.empty()) throw base::Failure("Die Beispieldaten sind nicht zu finden.");
  return folder;
}

/// `anmeldename`: who asked for it.
Result<UebungAusgabe> setzeZurueck(App& app, std::int64_t mandant, const std::string& anmeldename) {
  static std::mutex running;
  const std::unique_lock lock(running, std::try_to_lock);
  if (!lock) return fail(Code::Konflikt, "Ein Übungsmandant wird gerade zurückgesetzt. Warten Sie einen Augenblick.");
  const auto alt = rowOf(app, mandant);
  if (!alt || !alt->uebung.value_or(false))
    return fail(Code::Konflikt, "Das ist kein Übungsmandant. Zurücksetzen lässt sich nur ein solcher.");
  removeVorlaeufigen(app, alt->schluessel);
  try {
    const auto neu = loadBeispiel(app, beispiele(), vorlaeufig(alt->schluessel), alt->name, base::randomHex(16));
    behalteKennwoerter(app, mandant, neu);
    tausche(app, *alt, neu, anmeldename);
  } catch (...) {
    removeVorlaeufigen(app, alt->schluessel);
    throw;
  }
  return UebungAusgabe{alt->schluessel, alt->name};
}

}  // namespace

void addUebungRoutes(http::Routes& routes, App& app) {
  routes.add<http::None, http::None, UebungAusgabe>(
      http::Verb::post, "/api/uebung/zuruecksetzen",
      {.id = "uebungZuruecksetzen",
       .tag = "Mandant",
       .summary = "Throw all of a tenant for practice away and put its sample data in again; everybody is signed out",
       .recht = "zugriffPflegen"},
      [&app](const auto& call) -> Result<http::Reply<UebungAusgabe>> {
        const auto& wer = call.template sessionAs<mandant::Berechtigung>();
        const auto name = app.database().read(wer.mandant, [&](const sql::ReadTx& tx) {
          return mandant::rowById<mandant::PersonZeile>(tx, wer.mandant, wer.person).value().anmeldename;
        });
        AKTENLOTSE_GET(done, setzeZurueck(app, wer.mandant, name));
        http::Reply<UebungAusgabe> reply;
        reply.value = std::move(done);
        return reply;
      });
}

int uebung(const Settings& settings, const UebungOptions& options) {
  App app(settings, Daten::oderNeu);
  if (options.mandant.starts_with('~')) throw base::Failure("Ein Schlüssel beginnt nicht mit „~“.");
  if (const auto known = byKey(app, options.mandant); known && !options.fuer.empty()) {
    gib(app, *known, options.fuer);
    std::cout << fmt::format("Der Übungsmandant „{}“ gehört jetzt zu „{}“.\n", options.mandant, options.fuer);
    return 0;
  }
  if (!options.fuer.empty()) (void)app.mandant(options.fuer);
  if (const auto known = byKey(app, options.mandant)) {
    const auto done = setzeZurueck(app, *known, "");
    if (!done) throw base::Failure(done.error().detail);
    std::cout << fmt::format("Der Übungsmandant „{}“ ist zurückgesetzt; Passwörter gelten weiter.\n", options.mandant);
    return 0;
  }
  std::string passwort = base::randomHex(8);
  if (!options.passwortDatei.empty()) passwort = readLine(options.passwortDatei);
  if (const auto checked = mandant::checkNewPassword(passwort, options.mandant); !checked)
    throw base::Failure(checked.error().detail);
  const auto name = options.name.empty() ? std::string("Übungsstadt") : options.name;
  const auto made = loadBeispiel(app, beispiele(), options.mandant, name, passwort);
  if (!options.fuer.empty()) gib(app, made, options.fuer);
  std::cout << fmt::format("Der Übungsmandant „{}“ ist angelegt. Anmeldungen: {} / NAME", name, options.mandant);
  if (options.passwortDatei.empty()) std::cout << " / " << passwort;
  std::cout << '\n';
  const auto logins = demoLogins(beispiele());
  for (const auto& login : logins)
    if (login.mandant == logins.front().mandant)
      std::cout << fmt::format("  {:16} {}\n", login.name, login.beschreibung);
  return 0;
}

}  // namespace app
