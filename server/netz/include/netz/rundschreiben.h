#pragma once
// Circulars, newsletters and press releases. Who wants which mail lies outside of the journal, so that an address is
// gone when it is taken back; nobody sees an address, each mail goes to one (docs/decisions/0032).
#include "jobs/mail.h"
#include "netz/netz.h"

namespace netz {

enum class Schreibenart : std::uint8_t { rundschreiben, newsletter, presse };
BOOST_DESCRIBE_ENUM(Schreibenart, rundschreiben, newsletter, presse)

enum class Schreibenstatus : std::uint8_t { entwurf, veroeffentlicht };
BOOST_DESCRIBE_ENUM(Schreibenstatus, entwurf, veroeffentlicht)

struct SchreibenZeile {
  static constexpr std::string_view tabelle = "netz_schreiben";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Schreibenart art{};
  Schreibenstatus status{};
  std::string titel{}, inhalt{};
  OptText ort{};
  base::Datum tag{};
  std::int64_t empfaenger = 0;  ///< how many were written to
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(SchreibenZeile, (),
                      (mandant, id, uuid, stand, art, status, titel, inhalt, ort, tag, empfaenger, person))

struct SchreibenNeu {
  Schreibenart art{};
  base::Line<200> titel{};
  base::Prose<10000, 1> inhalt{};
  std::optional<base::Line<100>> ort{};
  base::Datum tag{};
};
BOOST_DESCRIBE_STRUCT(SchreibenNeu, (), (art, titel, inhalt, ort, tag))

struct SchreibenZustand {
  Schreibenstatus status{};
};
BOOST_DESCRIBE_STRUCT(SchreibenZustand, (), (status))

[[nodiscard]] Result<SchreibenZeile> findSchreiben(const sql::ReadTx& tx, const Berechtigung& wer,
                                                   const base::Uuid& uuid);
Result<SchreibenZeile> createSchreiben(Change& change, const Berechtigung& wer, const SchreibenNeu& input);
Result<SchreibenZeile> aendereSchreiben(Change& change, const Berechtigung& wer, const SchreibenZeile& before,
                                        const SchreibenNeu& input);
/// Publishes it, and mails it to those who want it; `adresse` is where this installation is reached, for the links.
Result<SchreibenZeile> veroeffentliche(Change& change, const Berechtigung& wer, const SchreibenZeile& before,
                                       const std::string& adresse);
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const SchreibenZeile& row);

// ---- who wants mail: by a stranger, without a login

/// Somebody asks for mail: a link to say yes goes to the address, at most once an hour. The answer is always the same.
void frageAbo(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt, Schreibenart liste,
              const std::string& email, const std::string& adresse);
enum class Aboantwort : std::uint8_t { bestaetigt, beendet, unbekannt };
/// `schluessel` of a link: `mandant.secret`.
[[nodiscard]] Aboantwort bestaetigeAbo(sql::Database& database, std::string_view schluessel, base::Zeitpunkt jetzt);
[[nodiscard]] Aboantwort beendeAbo(sql::Database& database, std::string_view schluessel);
[[nodiscard]] std::int64_t abonnenten(const sql::ReadTx& tx, std::int64_t mandant, Schreibenart liste);

}  // namespace netz
