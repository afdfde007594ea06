#pragma once
// The Kooperationsbörse: what towns offer and seek, which of it fits and why; and the shared room of two that agreed.
#include "akte/schriftgut.h"
#include "jobs/jobs.h"
#include "netz/netz.h"

namespace netz {

// ---- what fits (pure)

struct Vorhaben {
  Richtung richtung{};
  std::string thema{}, beschreibung{};
  std::vector<std::string> laender{};  ///< none: any
  Rechtsform rechtsform{};
  std::optional<Groesse> groesseVon{}, groesseBis{};
  std::string land{};  ///< of the town itself
  OptId einwohner{};   ///< of the town itself
};

struct Passung {
  std::int64_t punkte = 0;             ///< more is better
  std::vector<std::string> gruende{};  ///< in words
};
/// Nothing where they cannot do it together. The same from both sides, but for the words.
[[nodiscard]] std::optional<Passung> passt(const Vorhaben& hier, const Vorhaben& dort);

// ---- offers and requests

struct KooperationNeu {
  Richtung richtung{};
  base::Line<200> thema{};
  std::optional<base::Prose<4000>> beschreibung{};
  std::vector<base::Line<60>> laender{};
  Rechtsform rechtsform{};
  std::optional<Groesse> groesseVon{}, groesseBis{};
  std::optional<base::Uuid> kontakt{};  ///< a member of the network in this tenant
  Sichtbarkeit sichtbarkeit{};
  std::optional<base::Uuid> gegenueber{};  ///< answers an offer or request of another town
};
BOOST_DESCRIBE_STRUCT(KooperationNeu, (),
                      (richtung, thema, beschreibung, laender, rechtsform, groesseVon, groesseBis, kontakt,
                       sichtbarkeit, gegenueber))

struct KooperationZustand {
  Kooperationsstatus status{};
  std::optional<base::Uuid> gegenueber{};  ///< with whom one is in talks
};
BOOST_DESCRIBE_STRUCT(KooperationZustand, (), (status, gegenueber))

[[nodiscard]] Result<KooperationZeile> findKooperation(const sql::ReadTx& tx, const Berechtigung& wer,
                                                       const base::Uuid& uuid);
[[nodiscard]] std::vector<Kooperationsstatus> naechste(const Berechtigung& wer, const KooperationZeile& row);
/// What hangs out there names this one as its other side.
[[nodiscard]] bool nennt(const sql::ReadTx& tx, const Aushang& dort, const base::Uuid& hier);
[[nodiscard]] Vorhaben vorhabenOf(const Register& alle, const Aushang& row);
Result<KooperationZeile> createKooperation(Change& change, const Berechtigung& wer, const KooperationNeu& input);
Result<KooperationZeile> changeKooperation(Change& change, const Berechtigung& wer, const KooperationZeile& before,
                                           const KooperationNeu& input);
/// To agree, both sides must have named each other.
Result<KooperationZeile> wechsle(Change& change, const Berechtigung& wer, const KooperationZeile& before,
                                 const KooperationZustand& input);

// ---- the shared room (docs/decisions/0031)

struct RaumEroeffnen {
  base::Uuid vorgang{};
};
BOOST_DESCRIBE_STRUCT(RaumEroeffnen, (), (vorgang))
struct RaumGeben {
  base::Uuid dokument{};
};
BOOST_DESCRIBE_STRUCT(RaumGeben, (), (dokument))

/// What happened in a room; of no tenant.
enum class Uebergabeart : std::uint8_t { eroeffnet, dokument, beendet };
BOOST_DESCRIBE_ENUM(Uebergabeart, eroeffnet, dokument, beendet)
struct UebergabeZeile {
  base::Uuid uuid{};
  std::string raum{};
  Uebergabeart art{};
  std::int64_t von = 0, an = 0;
  base::Zeitpunkt zeit{};
  std::string zeichen{};  ///< of the Vorgang of who did it
  std::string betreff{}, dateiname{}, sha256{};
  std::optional<base::Zeitpunkt> abgeholt{};
  std::string hinweis{};
};
BOOST_DESCRIBE_STRUCT(UebergabeZeile, (),
                      (uuid, raum, art, von, an, zeit, zeichen, betreff, dateiname, sha256, abgeholt, hinweis))

[[nodiscard]] std::optional<RaumZeile> raumOf(const sql::ReadTx& tx, const KooperationZeile& row);
/// What both sides did in it, oldest first.
[[nodiscard]] std::vector<UebergabeZeile> verlaufOf(const sql::ReadTx& tx, const RaumZeile& raum);

class Raeume {
 public:
  explicit Raeume(akte::Schriftgut& schriftgut) : schriftgut_(schriftgut) {}

  /// The own Vorgang becomes the shared one; the other side opens its own.
  Result<RaumZeile> eroeffne(Change& change, const Berechtigung& wer, const KooperationZeile& kooperation,
                             const RaumEroeffnen& input);
  /// Gives the newest version of a Dokument of that Vorgang. The other side gets its own Dokument with the same bytes.
  Result<RaumZeile> gib(Change& change, const Berechtigung& wer, const KooperationZeile& kooperation,
                        const RaumGeben& input);
  Result<RaumZeile> beende(Change& change, const Berechtigung& wer, const KooperationZeile& kooperation);
  /// Lets the other side fetch soon. Outside any transaction.
  void wecke(const RaumZeile& raum);
  [[nodiscard]] akte::Schriftgut& schriftgut() { return schriftgut_; }

  [[nodiscard]] jobs::Art auftrag();
  static constexpr std::string_view auftragsart = "netz.raum";

 private:
  jobs::Ergebnis holeAb(std::int64_t mandant);
  void holeAb(const UebergabeZeile& stueck);

  akte::Schriftgut& schriftgut_;
};

}  // namespace netz
