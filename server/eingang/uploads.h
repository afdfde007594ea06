#pragma once
// Resumable uploads (tus 1.0: core, creation, termination, expiration, checksum). What has come lies in a file whose
// length is the offset, so a cut connection or a killed server loses nothing that was written. Private to the room.
#include "base/hash.h"
#include "eingang/eingang.h"

namespace eingang {

using mandant::Berechtigung;

enum class UploadZiel : std::uint8_t { posteingang, vorgang, version, anlage };
BOOST_DESCRIBE_ENUM(UploadZiel, posteingang, vorgang, version, anlage)

/// A technical table. Only the person who began an upload knows of it.
struct UploadZeile {
  static constexpr std::string_view tabelle = "upload";
  std::int64_t mandant = 0;
  base::Uuid uuid{};
  std::int64_t person = 0;
  UploadZiel ziel{};
  std::optional<base::Uuid> objekt{};  ///< Vorgang or Dokument
  std::optional<std::int64_t> basis{};
  std::optional<base::Uuid> organisationseinheit{};
  std::optional<akte::Dokumentart> art{};
  std::string dateiname{};
  std::int64_t laenge = 0;
  base::Zeitpunkt ende{};                ///< given up when nothing came until then
  std::optional<base::Uuid> dokument{};  ///< what it became
};
BOOST_DESCRIBE_STRUCT(UploadZeile, (),
                      (mandant, uuid, person, ziel, objekt, basis, organisationseinheit, art, dateiname, laenge, ende,
                       dokument))

/// The bytes of one request, appended to what is there. Holds the file's lock, so that two requests do not mix.
class UploadStueck : public http::UploadSink {
 public:
  /// Nothing when another request holds the file.
  static std::unique_ptr<UploadStueck> open(const std::filesystem::path& path, std::uint64_t laenge);
  ~UploadStueck() override;
  void write(std::string_view piece) override;
  /// How many bytes of the file there are.
  [[nodiscard]] std::uint64_t stelle() const { return stelle_; }
  [[nodiscard]] bool zuViel() const { return zuViel_; }
  /// SHA-256 of what this request brought. Call once.
  [[nodiscard]] std::string sha256() { return hash_.hex(); }
  /// Forgets what this request brought.
  void zurueck();
  /// Makes it survive a power cut.
  void sichern() const;
  /// All bytes, from the first, through `into`.
  void copyTo(blob::Writer& into) const;

 private:
  UploadStueck(int fd, std::uint64_t stelle, std::uint64_t laenge)
      : fd_(fd), anfang_(stelle), stelle_(stelle), laenge_(laenge) {}
  int fd_;
  std::uint64_t anfang_, stelle_, laenge_;
  bool zuViel_ = false;
  base::Sha256 hash_{};
};

class Uploads {
 public:
  Uploads(akte::Schriftgut& schriftgut, Einstellungen einstellungen)
      : schriftgut_(schriftgut), einstellungen_(std::move(einstellungen)) {}

  /// Whether the person may put something there at all; asked before any byte comes.
  [[nodiscard]] static base::Result<void> pruefe(const sql::ReadTx& tx, const Berechtigung& wer,
                                                 const UploadZeile& upload);
  [[nodiscard]] base::Result<UploadZeile> beginne(const Berechtigung& wer, UploadZeile upload);
  [[nodiscard]] base::Result<UploadZeile> finde(const Berechtigung& wer, const base::Uuid& uuid);
  [[nodiscard]] std::uint64_t stelle(const UploadZeile& upload) const;
  [[nodiscard]] std::unique_ptr<UploadStueck> oeffne(const UploadZeile& upload) const;
  /// After a piece has come: it counts from now that it was alive.
  void lebt(UploadZeile& upload);
  /// When all bytes are there: the Dokument, made once, in one transaction with the note that it was made.
  [[nodiscard]] base::Result<void> vollende(const Berechtigung& wer, UploadZeile& upload, UploadStueck& stueck);
  /// What one has just handed in is shown even where it went out of one's own reach, until others changed it.
  [[nodiscard]] std::optional<akte::DokumentAusgabe> ergebnis(const Berechtigung& wer, const base::Uuid& dokument);
  void verwirf(const UploadZeile& upload);
  /// Removes what nobody went on with, and files that no row names.
  void aufraeumen(std::int64_t mandant);

  [[nodiscard]] std::uint64_t maxBytes() const { return einstellungen_.maxBytes; }

 private:
  [[nodiscard]] std::filesystem::path pathOf(const UploadZeile& upload) const;
  base::Result<akte::DokumentZeile> create(journal::Change& change, const Berechtigung& wer, const UploadZeile& upload,
                                           const akte::Datei& datei);
  [[nodiscard]] sql::Database& database() { return schriftgut_.journal().database(); }
  [[nodiscard]] base::Zeitpunkt jetzt() { return schriftgut_.journal().clock().now(); }

  akte::Schriftgut& schriftgut_;
  Einstellungen einstellungen_;
};

}  // namespace eingang
