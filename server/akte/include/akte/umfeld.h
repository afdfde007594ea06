#pragma once
// What stands around an Akte, Vorgang or Dokument: Schlagworte, Verweise in both directions, Beteiligte, earlier signs;
// and what a person keeps for himself: favourites, what he used last, what he wants to hear of.
#include "akte/schriftgut.h"

namespace akte {

// ---- rows

struct SchlagwortZeile {
  static constexpr std::string_view tabelle = "schlagwort";
  std::int64_t mandant = 0, id = 0;
  Text objektArt{};
  std::int64_t objekt = 0;
  Text wort{};
};
BOOST_DESCRIBE_STRUCT(SchlagwortZeile, (), (mandant, id, objektArt, objekt, wort))

/// Why one object names another. A Bezug is the letter that this one answers (M8.15).
enum class Verweisart : std::uint8_t { siehe, bezug, vorgaenger, hervorgegangen };
BOOST_DESCRIBE_ENUM(Verweisart, siehe, bezug, vorgaenger, hervorgegangen)

struct VerweisZeile {
  static constexpr std::string_view tabelle = "verweis";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  Text vonArt{};
  std::int64_t von = 0;
  Text nachArt{};
  std::int64_t nach = 0;
  Verweisart art{};
  OptText bemerkung{};
};
BOOST_DESCRIBE_STRUCT(VerweisZeile, (), (mandant, id, uuid, vonArt, von, nachArt, nach, art, bemerkung))

enum class Kontaktart : std::uint8_t { person, organisation };
BOOST_DESCRIBE_ENUM(Kontaktart, person, organisation)

/// xdomea Kontakt. Names are kept as DIN 91379 writes them (NFC); `suchname` is their search form.
struct KontaktZeile {
  static constexpr std::string_view tabelle = "kontakt";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Kontaktart art{};
  OptText anrede{}, vorname{}, nachname{}, organisation{}, strasse{}, plz{}, ort{}, email{}, telefon{}, bemerkung{};
  Text suchname{};
  OptId vereintIn{};  ///< the Kontakt that this one was found to be
  std::int64_t zugriff = 0;
};
BOOST_DESCRIBE_STRUCT(KontaktZeile, (),
                      (mandant, id, uuid, stand, art, anrede, vorname, nachname, organisation, strasse, plz, ort, email,
                       telefon, bemerkung, suchname, vereintIn, zugriff))

struct BeteiligungZeile {
  static constexpr std::string_view tabelle = "beteiligung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  Text objektArt{};
  std::int64_t objekt = 0, kontakt = 0;
  Text rolle{};
  OptText bemerkung{};
};
BOOST_DESCRIBE_STRUCT(BeteiligungZeile, (), (mandant, id, uuid, objektArt, objekt, kontakt, rolle, bemerkung))

/// What is begun from: an Akte or Vorgang under a name.
struct VorlageZeile {
  static constexpr std::string_view tabelle = "vorlage";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Text bezeichnung{}, objektArt{};
  std::int64_t objekt = 0;
};
BOOST_DESCRIBE_STRUCT(VorlageZeile, (), (mandant, id, uuid, stand, bezeichnung, objektArt, objekt))

/// The search form of a name (DIN 91379): upper case, letters without marks, umlauts and ligatures written out, one
/// blank for everything between words.
[[nodiscard]] std::string suchform(std::string_view utf8);

// ---- what comes in

struct SchlagworteSetzen {
  std::vector<base::Line<80>> worte{};
};
BOOST_DESCRIBE_STRUCT(SchlagworteSetzen, (), (worte))

struct VerweisNeu {
  SuchArt nachArt{};
  base::Uuid nach{};
  Verweisart art{};
  std::optional<base::Line<300>> bemerkung{};
};
BOOST_DESCRIBE_STRUCT(VerweisNeu, (), (nachArt, nach, art, bemerkung))

struct KontaktNeu {
  Kontaktart art{};
  std::optional<base::Line<40>> anrede{};
  std::optional<base::Line<200>> vorname{}, nachname{}, organisation{}, strasse{};
  std::optional<base::Line<20>> plz{};
  std::optional<base::Line<200>> ort{}, email{};
  std::optional<base::Line<60>> telefon{};
  std::optional<base::Prose<2000>> bemerkung{};
  std::optional<base::Uuid> zugriff{};
};
BOOST_DESCRIBE_STRUCT(KontaktNeu, (),
                      (art, anrede, vorname, nachname, organisation, strasse, plz, ort, email, telefon, bemerkung,
                       zugriff))

struct BeteiligungNeu {
  base::Uuid kontakt{};
  base::Line<60> rolle{};
  std::optional<base::Line<300>> bemerkung{};
};
BOOST_DESCRIBE_STRUCT(BeteiligungNeu, (), (kontakt, rolle, bemerkung))

struct KontaktVereinen {
  base::Uuid doppelt{};  ///< goes into the one of the path
};
BOOST_DESCRIBE_STRUCT(KontaktVereinen, (), (doppelt))

// ---- objects of any kind

/// What is needed of an Akte, Vorgang or Dokument to hang something on it.
struct Objekt {
  SuchArt art{};
  std::int64_t id = 0, kette = 0, oberobjekt = 0;
  base::Uuid uuid{};
  std::int64_t stand = 0;
  std::string zeichen{}, betreff{};
  mandant::Gegenstand gegenstand{};
  [[nodiscard]] Recht aendern() const {
    return art == SuchArt::akte      ? Recht::akteAendern
           : art == SuchArt::vorgang ? Recht::vorgangAendern
                                     : Recht::dokumentAendern;
  }
};
[[nodiscard]] Objekt objektOf(const AkteMit& mit);
[[nodiscard]] Objekt objektOf(const VorgangMit& mit);
[[nodiscard]] Objekt objektOf(const DokumentMit& mit);
[[nodiscard]] base::Result<Objekt> findObjekt(const sql::ReadTx& tx, const Berechtigung& wer, SuchArt art,
                                              const base::Uuid& uuid);
/// Nothing where the person may not see it, or it is gone.
[[nodiscard]] std::optional<Objekt> objektById(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view art,
                                               std::int64_t id);

[[nodiscard]] base::Result<KontaktZeile> findKontakt(const sql::ReadTx& tx, const Berechtigung& wer,
                                                     const base::Uuid& uuid);

/// What may be hung on objects.
class Umfeld {
 public:
  explicit Umfeld(SuchIndex& index) : index_(index) {}

  /// Exactly these words afterwards; words that differ in case only are one.
  base::Result<void> setSchlagworte(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                    const SchlagworteSetzen& input);
  /// Written at `objekt`; the other one need only be visible, and shows it too.
  base::Result<VerweisZeile> addVerweis(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                        const VerweisNeu& input);
  /// One that is written at this object.
  base::Result<void> removeVerweis(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                   const base::Uuid& uuid);

  base::Result<KontaktZeile> createKontakt(Change& change, const Berechtigung& wer, const KontaktNeu& input);
  base::Result<KontaktZeile> changeKontakt(Change& change, const Berechtigung& wer, const KontaktZeile& before,
                                           const KontaktNeu& input);
  /// All that named the second names the first afterwards; the second stays, as found to be the first.
  base::Result<KontaktZeile> vereine(Change& change, const Berechtigung& wer, const KontaktZeile& bleibt,
                                     const KontaktVereinen& input);
  base::Result<BeteiligungZeile> addBeteiligung(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                                const BeteiligungNeu& input);
  base::Result<void> removeBeteiligung(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                       const base::Uuid& uuid);

  /// Offers the object as a template under a name; nothing: no longer. Closed ones may be templates too.
  base::Result<void> setVorlage(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                const OptText& bezeichnung);

 private:
  SuchIndex& index_;
};

/// As it is shown in lists: "Wićazowa, Hańža", or the organisation.
[[nodiscard]] std::string nameOf(const KontaktZeile& kontakt);

/// Others that may be the same as this Kontakt: the same search form, or the same e-mail address.
[[nodiscard]] std::vector<KontaktZeile> doppelte(const sql::ReadTx& tx, const Berechtigung& wer,
                                                 const KontaktZeile& kontakt);

}  // namespace akte
