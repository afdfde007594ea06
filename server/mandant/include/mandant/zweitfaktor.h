#pragma once
// The second factor of a person: codes by time, security keys, and codes to use once when both are gone. Kept in
// technical tables, as passwords are (docs/decisions/0035).
#include "mandant/organisation.h"
#include "mandant/totp.h"

namespace mandant {

enum class Faktorart : std::uint8_t { totp, schluessel };
BOOST_DESCRIBE_ENUM(Faktorart, totp, schluessel)

struct FaktorZeile {
  static constexpr std::string_view tabelle = "zweitfaktor";
  std::int64_t mandant = 0;
  base::Uuid uuid{};
  std::int64_t person = 0;
  Faktorart art{};
  std::string bezeichnung{}, kennung{}, geheimnis{};
  std::int64_t verfahren = 0, zaehler = 0;
  base::Zeitpunkt erstellt{};
  std::optional<base::Zeitpunkt> benutzt{};
};
BOOST_DESCRIBE_STRUCT(FaktorZeile, (),
                      (mandant, uuid, person, art, bezeichnung, kennung, geheimnis, verfahren, zaehler, erstellt,
                       benutzt))

[[nodiscard]] std::vector<FaktorZeile> faktorenOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person);
[[nodiscard]] std::int64_t codesOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person);

/// Whether the tenant asks this person for a second factor.
[[nodiscard]] bool faktorVerlangt(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person);
/// What a session still lacks when the password was right.
[[nodiscard]] std::optional<Offen> nochOffen(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person);
/// What comes after the proof of a factor, or after a password that the person has chosen himself.
[[nodiscard]] std::optional<Offen> danach(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person);

/// What was asked of this session's browser; it holds for minutes and for one answer.
void merkeAufgabe(sql::WriteTx& tx, const Berechtigung& wer, std::string_view aufgabe, base::Zeitpunkt jetzt);
[[nodiscard]] std::optional<std::string> aufgabeOf(const sql::ReadTx& tx, const Berechtigung& wer,
                                                   base::Zeitpunkt jetzt);
void vergissAufgabe(sql::WriteTx& tx, const Berechtigung& wer);

/// Sets up a factor, and ends the person's other sessions. Gives the ten codes to use once, in clear, when it is the
/// first.
[[nodiscard]] base::Result<std::vector<std::string>> fuegeFaktorHinzu(Change& change, const Berechtigung& wer,
                                                                      FaktorZeile& faktor);
/// Ends the person's other sessions too. Not the last one where the tenant asks for one.
[[nodiscard]] base::Result<void> entferneFaktor(Change& change, const Berechtigung& wer, const base::Uuid& id);
/// Ten new ones; the old ones are void.
[[nodiscard]] std::vector<std::string> erneuereCodes(Change& change, const Berechtigung& wer);
/// All factors and codes of a person, and all sessions. True: the person is told by mail.
[[nodiscard]] bool setzeFaktorenZurueck(Change& change, const PersonZeile& person);

/// A code of the app, or one to use once. It counts as used.
[[nodiscard]] base::Result<void> loeseCodeEin(sql::WriteTx& tx, const Berechtigung& wer, std::string_view code,
                                              base::Zeitpunkt jetzt);
/// What a security key answers to the challenge of this session.
[[nodiscard]] base::Result<void> loeseSchluesselEin(sql::WriteTx& tx, const Berechtigung& wer, const Partei& partei,
                                                    std::string_view aufgabe, std::string_view kennung,
                                                    const Nachweis& nachweis, base::Zeitpunkt jetzt);

/// Whoever must have a factor from now on and has none loses the sessions.
[[nodiscard]] base::Result<MandantZeile> setzeFaktorpflicht(Change& change, const Berechtigung& wer,
                                                            const MandantZeile& before, Faktorpflicht pflicht);

void addZweitfaktorRoutes(http::Routes& routes, Zugang& zugang);

}  // namespace mandant
