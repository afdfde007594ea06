#pragma once
// What protects an object beyond its access: how secret it is, who looked at what is sensitive, and the Löschsperre.
#include "akte/umfeld.h"

namespace akte {

// ---- Geheimhaltung

struct GeheimhaltungSetzen {
  Geheimhaltung geheimhaltung{};
};
BOOST_DESCRIBE_STRUCT(GeheimhaltungSetzen, (), (geheimhaltung))

/// The least that holds for an object because of what it lies in; it need not be set there.
[[nodiscard]] Geheimhaltung geheimhaltungUeber(const AkteMit& mit);
[[nodiscard]] Geheimhaltung geheimhaltungUeber(const VorgangMit& mit);
[[nodiscard]] Geheimhaltung geheimhaltungUeber(const DokumentMit& mit);
/// What holds: its own, or the stricter one above.
[[nodiscard]] Geheimhaltung geheimhaltungOf(const AkteMit& mit);
[[nodiscard]] Geheimhaltung geheimhaltungOf(const VorgangMit& mit);
[[nodiscard]] Geheimhaltung geheimhaltungOf(const DokumentMit& mit);
/// Refused where it would be less than what holds above.
base::Result<AkteZeile> setzeGeheimhaltung(Change& change, const Berechtigung& wer, const AkteMit& before,
                                           const GeheimhaltungSetzen& input);
base::Result<VorgangZeile> setzeGeheimhaltung(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                              const GeheimhaltungSetzen& input);
base::Result<DokumentZeile> setzeGeheimhaltung(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                               const GeheimhaltungSetzen& input);
/// In words.
[[nodiscard]] std::string_view wort(Geheimhaltung geheimhaltung, bool english);

// ---- Einsichten: a technical table beside the journal

struct EinsichtZeile {
  static constexpr std::string_view tabelle = "einsicht";
  std::int64_t mandant = 0, id = 0;
  SuchArt objektArt{};
  std::int64_t objekt = 0, person = 0;
  base::Datum tag{};
  base::Zeitpunkt seit{};  ///< the first time on that day
};
BOOST_DESCRIBE_STRUCT(EinsichtZeile, (), (mandant, id, objektArt, objekt, person, tag, seit))

/// Whether it is noted who opens it: it is marked as secret, or fewer people reach it than its Haupteinheit (an
/// unfiled letter: than the Posteingang in which it lies).
[[nodiscard]] bool istSensibel(const sql::ReadTx& tx, const AkteMit& mit);
[[nodiscard]] bool istSensibel(const sql::ReadTx& tx, const VorgangMit& mit);
[[nodiscard]] bool istSensibel(const sql::ReadTx& tx, const DokumentMit& mit);

/// Notes that a person opens an object, once a day, where it is sensitive. `merke` belongs to the transaction that
/// reads it; `halteFest` comes after that and before the answer, so that nothing is shown that could not be noted.
class Einsicht {
 public:
  explicit Einsicht(journal::Journal& journal) : journal_(journal) {}
  void merke(const sql::ReadTx& tx, const Berechtigung& wer, const AkteMit& mit);
  void merke(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangMit& mit);
  void merke(const sql::ReadTx& tx, const Berechtigung& wer, const DokumentMit& mit);
  /// Of content: of the Dokument whose version it is.
  void merke(const sql::ReadTx& tx, const Berechtigung& wer, const VersionZeile& version);
  void halteFest();

 private:
  template <class Mit>
  void note(const sql::ReadTx& tx, const Berechtigung& wer, const Mit& mit);

  journal::Journal& journal_;
  std::optional<EinsichtZeile> zeile_{};
};
/// They are kept until the end of the year after (as § 76 (4) BDSG keeps protocols).
void vergissEinsichten(sql::WriteTx& tx, std::int64_t mandant, const base::Datum& heute);
/// Those of an object that goes for good.
void vergissEinsichten(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt);

// ---- Löschsperre (invariant I8)

struct SperreSetzen {
  base::Line<500> grund{};
};
BOOST_DESCRIBE_STRUCT(SperreSetzen, (), (grund))

[[nodiscard]] std::vector<LoeschsperreZeile> offeneLoeschsperren(const sql::ReadTx& tx, std::int64_t mandant,
                                                                 std::int64_t akte);
/// Refused while one stands on the Akte: nothing leaves it then, for elsewhere it could go.
[[nodiscard]] base::Result<void> ohneLoeschsperre(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t akte);

base::Result<LoeschsperreZeile> setzeLoeschsperre(Change& change, const Berechtigung& wer, const AkteMit& mit,
                                                  const SperreSetzen& input);
base::Result<LoeschsperreZeile> hebeLoeschsperreAuf(Change& change, const Berechtigung& wer,
                                                    const LoeschsperreZeile& before);

void addSchutzRoutes(http::Routes& routes, mandant::Zugang& zugang);

}  // namespace akte
