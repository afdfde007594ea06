#pragma once
// Letters from draft to dispatch: templates with fields, text blocks, the letter head; fair copies, what goes out by
// post or mail; redacted copies and what is handed over for an Akteneinsicht.
#include <array>

#include "akte/schreiben_zeilen.h"
#include "akte/umfeld.h"
#include "extract/bild_wire.h"
#include "geschaeftsgang/geschaeftsgang.h"
#include "jobs/mail.h"
#include "rendition/rendition.h"
#include "schreiben/blaetter.h"

namespace schreiben {

using akte::AkteneinsichtZeile;
using akte::BriefkopfZeile;
using akte::Datei;
using akte::Dokumentart;
using akte::DokumentMit;
using akte::DokumentvorlageZeile;
using akte::DokumentZeile;
using akte::OptDatum;
using akte::OptId;
using akte::OptText;
using akte::ReinschriftZeile;
using akte::Schriftgut;
using akte::SchwaerzungZeile;
using akte::TextbausteinZeile;
using akte::Versandart;
using akte::VersandZeile;
using akte::VersionZeile;
using akte::VorgangMit;
using akte::VorlagenfassungZeile;
using base::Result;
using journal::Change;
using mandant::Berechtigung;
using mandant::Recht;

/// How an empty Dokument begins; both are edited in the browser.
enum class Leerformat : std::uint8_t { md, txt };
BOOST_DESCRIBE_ENUM(Leerformat, md, txt)

struct EntwurfNeu {
  Dokumentart art{};
  base::Line<500> betreff{};
  std::optional<base::Uuid> vorlage{};   ///< nothing: empty
  std::optional<Leerformat> format{};    ///< of an empty one
  std::vector<base::Uuid> empfaenger{};  ///< Kontakte; each gets a letter of his own
  std::optional<base::Uuid> antwortAuf{};
  std::optional<base::Prose<20000>> text{};  ///< for {{text}}, or what the empty one begins with
};
BOOST_DESCRIBE_STRUCT(EntwurfNeu, (), (art, betreff, vorlage, format, empfaenger, antwortAuf, text))

struct EmpfaengerNeu {
  base::Line<300> name{};
  std::optional<base::Prose<600>> anschrift{};
  std::optional<base::Line<254>> email{};
  std::optional<base::Uuid> kontakt{};
};
BOOST_DESCRIBE_STRUCT(EmpfaengerNeu, (), (name, anschrift, email, kontakt))

struct VersandNeu {
  Versandart art{};
  std::vector<EmpfaengerNeu> empfaenger{};   ///< none: the Kontakte in the role Empfänger
  OptDatum ausgangsdatum{};                  ///< by post; default today
  std::optional<base::Prose<20000>> text{};  ///< of the mail
};
BOOST_DESCRIBE_STRUCT(VersandNeu, (), (art, empfaenger, ausgangsdatum, text))

struct SchwarzeStelle {
  std::int64_t seite = 1;
  /// In 10,000ths of the upright page's width and height.
  std::int64_t x = 0, y = 0, breite = 0, hoehe = 0;
};
BOOST_DESCRIBE_STRUCT(SchwarzeStelle, (), (seite, x, y, breite, hoehe))
struct SchwaerzungNeu {
  base::Line<200> bezeichnung{};
  base::Line<500> grund{};
  std::vector<SchwarzeStelle> stellen{};
};
BOOST_DESCRIBE_STRUCT(SchwaerzungNeu, (), (bezeichnung, grund, stellen))

struct Weggelassen {
  base::Uuid dokument{};
  base::Line<500> grund{};
};
BOOST_DESCRIBE_STRUCT(Weggelassen, (), (dokument, grund))
struct Geschwaerzt {
  base::Uuid dokument{};
  std::int64_t nr = 0;
};
BOOST_DESCRIBE_STRUCT(Geschwaerzt, (), (dokument, nr))
struct AkteneinsichtNeu {
  base::Line<300> antragsteller{};
  base::Line<300> grundlage{};  ///< "§ 29 VwVfG"
  bool metadaten = true;        ///< a sheet for each Dokument
  std::vector<Weggelassen> weggelassen{};
  std::vector<Geschwaerzt> schwaerzungen{};  ///< shown in the place of the Dokument
};
BOOST_DESCRIBE_STRUCT(AkteneinsichtNeu, (), (antragsteller, grundlage, metadaten, weggelassen, schwaerzungen))

/// The fields that templates may hold, and what each means, in German.
struct Feld {
  std::string_view name, bedeutung;
};
[[nodiscard]] const std::vector<Feld>& felder();

/// Who is written to.
struct Empfaenger {
  std::string name{};
  OptText anschrift{}, email{};
  OptId kontakt{};
};
[[nodiscard]] Empfaenger empfaengerOf(const akte::KontaktZeile& kontakt);
/// The opening of a letter: "Sehr geehrte Frau Wićazowa,".
[[nodiscard]] std::string anredeOf(const akte::KontaktZeile& kontakt);
/// The Kontakte in the role Empfänger, else whom the draft was written to.
[[nodiscard]] std::vector<Empfaenger> empfaengerOf(const sql::ReadTx& tx, const Berechtigung& wer,
                                                   const DokumentZeile& dokument);
/// "Muster GmbH <post@muster.example>" as name and address.
[[nodiscard]] Empfaenger empfaengerFrom(std::string_view absender);

inline constexpr std::string_view rolleEmpfaenger = "Empfänger";
inline constexpr std::string_view auftragReinschrift = "schreiben.reinschrift", auftragVersand = "schreiben.versand",
                                  auftragAkteneinsicht = "schreiben.akteneinsicht",
                                  auftragSchwaerzung = "schreiben.schwaerzung";

struct ReinschriftAuftrag {
  std::int64_t version = 0, person = 0;
};
BOOST_DESCRIBE_STRUCT(ReinschriftAuftrag, (), (version, person))
struct VersandAuftrag {
  std::int64_t versand = 0;
};
BOOST_DESCRIBE_STRUCT(VersandAuftrag, (), (versand))

struct AkteneinsichtAuftrag {
  std::int64_t akteneinsicht = 0;
};
BOOST_DESCRIBE_STRUCT(AkteneinsichtAuftrag, (), (akteneinsicht))

struct SchwaerzungAuftrag {
  std::int64_t schwaerzung = 0;
};
BOOST_DESCRIBE_STRUCT(SchwaerzungAuftrag, (), (schwaerzung))

/// An Akte, or one Vorgang of it.
struct Einsichtsobjekt {
  akte::AkteZeile akte{};
  std::optional<akte::VorgangZeile> vorgang{};
  mandant::Gegenstand gegenstand{};
};

/// What is needed to write drafts, found in a reading transaction.
struct Entwurfsplan;
/// What is needed to send, found in a reading transaction.
struct Versandplan;

class Kanzlei {
 public:
  Kanzlei(Schriftgut& schriftgut, geschaeftsgang::Geschaeftsgang& geschaeftsgang, const extract::Bilder& bilder,
          const rendition::Buero& buero, jobs::Postausgang postausgang)
      : schriftgut_(schriftgut),
        geschaeftsgang_(geschaeftsgang),
        bilder_(bilder),
        buero_(buero),
        postausgang_(std::move(postausgang)) {}

  /// A PDF in the blob store, with its number of pages.
  struct Pdf {
    blob::Ref ref{};
    std::int64_t seiten = 0;
    std::string form{};
  };

  // Drafts. Filling is done by a sandboxed child, outside any transaction.
  [[nodiscard]] Result<Entwurfsplan> plane(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangMit& vorgang,
                                           const EntwurfNeu& input) const;
  [[nodiscard]] Result<std::vector<Datei>> schreibe(const Entwurfsplan& plan);
  Result<std::vector<DokumentZeile>> lege(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                          const EntwurfNeu& input, const Entwurfsplan& plan,
                                          const std::vector<Datei>& dateien);
  /// The fields of a file that is to be a template; refused where it cannot be one.
  struct Vorlagendatei {
    std::string format{};
    std::vector<std::string> felder{};
  };
  [[nodiscard]] Result<Vorlagendatei> pruefeVorlage(int descriptor) const;
  /// A new template, or a new version of one.
  static DokumentvorlageZeile legeVorlage(Change& change, std::int64_t person, std::string bezeichnung, Dokumentart art,
                                          const Datei& datei, const Vorlagendatei& gelesen);
  static DokumentvorlageZeile legeFassung(Change& change, std::int64_t person, const DokumentvorlageZeile& vorlage,
                                          const Datei& datei, const Vorlagendatei& gelesen);

  // Fair copies.
  /// Asks for those of a Dokument and its Anlagen that have none.
  Result<void> bestelleReinschrift(Change& change, const Berechtigung& wer, const DokumentMit& dokument);
  Result<void> hebeReinschriftAuf(Change& change, const Berechtigung& wer, const DokumentMit& dokument);
  [[nodiscard]] jobs::Ergebnis erzeugeReinschrift(jobs::Lauf& lauf);

  // Dispatch.
  [[nodiscard]] Result<Versandplan> planeVersand(const sql::ReadTx& tx, const Berechtigung& wer,
                                                 const DokumentMit& dokument, const VersandNeu& input) const;
  /// Makes the messages of a plan and keeps them.
  void verpacke(Versandplan& plan, base::Zeitpunkt jetzt);
  Result<DokumentZeile> versende(Change& change, const Berechtigung& wer, const DokumentMit& dokument,
                                 const Versandplan& plan);
  [[nodiscard]] jobs::Ergebnis stelleZu(jobs::Lauf& lauf);
  // Copies for others. They change nothing of what they are made from, so closed Akten have them too.
  /// Asks for a redacted copy; refused where its version has no pages yet.
  Result<SchwaerzungZeile> bestelleSchwaerzung(Change& change, const Berechtigung& wer, const DokumentMit& dokument,
                                               const SchwaerzungNeu& input);
  [[nodiscard]] jobs::Ergebnis erzeugeSchwaerzung(jobs::Lauf& lauf);
  /// Refused where something in it is hidden from this person: what is handed over must be whole, or say what is not.
  Result<AkteneinsichtZeile> bestelleEinsicht(Change& change, const Berechtigung& wer, const Einsichtsobjekt& objekt,
                                              const AkteneinsichtNeu& input);
  [[nodiscard]] jobs::Ergebnis stelleZusammen(jobs::Lauf& lauf);

  /// Whether mail can go out at all.
  [[nodiscard]] bool mailMoeglich() const { return !postausgang_.host.empty(); }

  [[nodiscard]] Schriftgut& schriftgut() { return schriftgut_; }
  [[nodiscard]] const extract::Bilder& bilder() const { return bilder_; }
  [[nodiscard]] const rendition::Buero& buero() const { return buero_; }
  [[nodiscard]] std::vector<jobs::Art> arten();

  using PdfErgebnis = tl::expected<Pdf, jobs::Misserfolg>;
  /// A version as PDF, PDF/A where it is made anew.
  [[nodiscard]] PdfErgebnis alsPdf(const VersionZeile& version, const akte::VolltextZeile& text,
                                   const std::function<bool()>& weiter) const;
  [[nodiscard]] PdfErgebnis drucke(const Blaetter& blaetter, const std::function<bool()>& weiter) const;
  /// A part of a bundle: all of a PDF, or some of its pages.
  struct Teil {
    std::string sha256{}, titel{};
    std::int64_t ab = 0, bis = 0;
  };
  [[nodiscard]] PdfErgebnis buendle(const std::vector<Teil>& teile, bool seitenzahlen) const;
  [[nodiscard]] PdfErgebnis behalte(blob::Writer& writer, std::string form) const;
  /// Pages as pictures without what lies in the boxes of a SchwaerzungZeile. `fortschritt(done, all)` says whether to
  /// go on.
  [[nodiscard]] PdfErgebnis schwaerze(const std::string& sha256, const std::string& stellen,
                                      const std::function<bool(std::int64_t, std::int64_t)>& fortschritt) const;

 private:
  /// The steps "zum Versand" of this Dokument that are for this person.
  Result<void> erledigeSchritte(Change& change, const Berechtigung& wer, const DokumentMit& dokument);

  Schriftgut& schriftgut_;
  geschaeftsgang::Geschaeftsgang& geschaeftsgang_;
  const extract::Bilder& bilder_;
  const rendition::Buero& buero_;
  jobs::Postausgang postausgang_;
};

void addRoutes(http::Routes& routes, mandant::Zugang& zugang, Kanzlei& kanzlei);

}  // namespace schreiben
