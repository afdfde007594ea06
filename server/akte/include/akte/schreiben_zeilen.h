#pragma once
// The rows of letters and dispatch, column for column. They lie here because what hangs on a Dokument goes with it when
// it is lawfully deleted, and because what was sent can no longer be changed.
#include "akte/zeilen.h"

namespace akte {

/// A template of letters or notes; its file lies in its newest version.
struct DokumentvorlageZeile {
  static constexpr std::string_view tabelle = "dokumentvorlage";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Text bezeichnung{};
  Dokumentart art{};
  bool aktiv = true;
  std::int64_t fassung = 0;  ///< number of the newest version
};
BOOST_DESCRIBE_STRUCT(DokumentvorlageZeile, (), (mandant, id, uuid, stand, bezeichnung, art, aktiv, fassung))

struct VorlagenfassungZeile {
  static constexpr std::string_view tabelle = "vorlagenfassung";
  std::int64_t mandant = 0, id = 0, dokumentvorlage = 0, nr = 0;
  Text sha256{};
  std::int64_t groesse = 0;
  Text dateiname{}, format{};
  Text felder{};  ///< the names of its fields, one a line
  base::Zeitpunkt angelegt{};
  std::int64_t ersteller = 0;
};
BOOST_DESCRIBE_STRUCT(VorlagenfassungZeile, (),
                      (mandant, id, dokumentvorlage, nr, sha256, groesse, dateiname, format, felder, angelegt,
                       ersteller))

struct TextbausteinZeile {
  static constexpr std::string_view tabelle = "textbaustein";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Text bezeichnung{}, text{};
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(TextbausteinZeile, (), (mandant, id, uuid, stand, bezeichnung, text, aktiv))

/// What stands at the head of the tenant's letters; one row, made when it is first set.
struct BriefkopfZeile {
  static constexpr std::string_view tabelle = "briefkopf";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  OptText name{}, zusatz{}, strasse{}, plz{}, ort{}, telefon{}, email{}, internet{}, bank{};
};
BOOST_DESCRIBE_STRUCT(BriefkopfZeile, (),
                      (mandant, id, uuid, stand, name, zusatz, strasse, plz, ort, telefon, email, internet, bank))

/// The fair copy of a version: a PDF that is sent as it is. While it is there, the Dokument gets no new version.
struct ReinschriftZeile {
  static constexpr std::string_view tabelle = "reinschrift";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t dokument = 0, version = 0;
  Text sha256{};
  std::int64_t groesse = 0, seiten = 0;
  Text form{};  ///< "PDF/A-2b", or "PDF" of what came as one
  std::int64_t person = 0;
  base::Zeitpunkt zeit{};
};
BOOST_DESCRIBE_STRUCT(ReinschriftZeile, (),
                      (mandant, id, uuid, dokument, version, sha256, groesse, seiten, form, person, zeit))

enum class Versandart : std::uint8_t { post, mail };
BOOST_DESCRIBE_ENUM(Versandart, post, mail)

/// That a Dokument went out, to one recipient. `sha256` is what went: the message, or address sheet and fair copies as
/// one PDF, which a job makes.
struct VersandZeile {
  static constexpr std::string_view tabelle = "versand";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::int64_t dokument = 0, nr = 0;
  Versandart art{};
  Text empfaenger{};
  OptText anschrift{}, email{};
  OptId kontakt{};
  base::Datum ausgangsdatum{};
  std::int64_t person = 0;
  base::Zeitpunkt zeit{};
  OptText nachrichtId{};  ///< of a mail, by which answers find their way back
  OptText sha256{};
  OptId groesse{};
  OptText mime{};
};
BOOST_DESCRIBE_STRUCT(VersandZeile, (),
                      (mandant, id, uuid, stand, dokument, nr, art, empfaenger, anschrift, email, kontakt,
                       ausgangsdatum, person, zeit, nachrichtId, sha256, groesse, mime))

/// A copy of a version without what lies under the boxes; the version stays as it is.
struct SchwaerzungZeile {
  static constexpr std::string_view tabelle = "schwaerzung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t dokument = 0, version = 0, nr = 0;
  Text bezeichnung{}, grund{};
  Text stellen{};    ///< JSON: the boxes of each page, in 10,000ths of its width and height
  OptText sha256{};  ///< once a job has made it
  OptId groesse{}, seiten{};
  std::int64_t person = 0;
  base::Zeitpunkt zeit{};
};
BOOST_DESCRIBE_STRUCT(SchwaerzungZeile, (),
                      (mandant, id, uuid, dokument, version, nr, bezeichnung, grund, stellen, sha256, groesse, seiten,
                       person, zeit))

/// What somebody outside was given to see of an Akte or Vorgang, as one PDF, which a job makes.
struct AkteneinsichtZeile {
  static constexpr std::string_view tabelle = "akteneinsicht";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::int64_t akte = 0;
  OptId vorgang{};  ///< nothing: the whole Akte
  std::int64_t nr = 0;
  Text antragsteller{}, grundlage{};
  bool metadaten = false;  ///< with a sheet for each Dokument
  std::int64_t person = 0;
  base::Zeitpunkt zeit{};
  OptText sha256{};
  OptId groesse{}, seiten{};
};
BOOST_DESCRIBE_STRUCT(AkteneinsichtZeile, (),
                      (mandant, id, uuid, stand, akte, vorgang, nr, antragsteller, grundlage, metadaten, person, zeit,
                       sha256, groesse, seiten))

struct AkteneinsichtTeilZeile {
  static constexpr std::string_view tabelle = "akteneinsicht_teil";
  std::int64_t mandant = 0, id = 0;
  std::int64_t akteneinsicht = 0, dokument = 0, version = 0;
  OptId schwaerzung{};
  std::int64_t platz = 0;
  OptText weggelassen{};  ///< why it was left out
};
BOOST_DESCRIBE_STRUCT(AkteneinsichtTeilZeile, (),
                      (mandant, id, akteneinsicht, dokument, version, schwaerzung, platz, weggelassen))

[[nodiscard]] std::optional<ReinschriftZeile> reinschriftOf(const sql::ReadTx& tx, std::int64_t mandant,
                                                            std::int64_t dokument);

/// The files that these rows name, of a tenant or of one Dokument of it.
struct Dateiname {
  Text sha256{};
  std::int64_t groesse = 0;
};
BOOST_DESCRIBE_STRUCT(Dateiname, (), (sha256, groesse))
[[nodiscard]] std::vector<Dateiname> schreibdateien(const sql::ReadTx& tx, std::int64_t mandant,
                                                    OptId dokument = std::nullopt);
/// Whether one of these rows names the file.
[[nodiscard]] bool nenntSchreibdatei(const sql::ReadTx& tx, std::int64_t mandant, const std::string& sha256);

}  // namespace akte
