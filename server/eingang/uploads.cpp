#include "uploads.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>

namespace eingang {
namespace {

namespace fs = std::filesystem;
using base::Code;

/// How long an upload waits for its next byte.
constexpr std::int64_t lifeSeconds = 24 * 3600;

[[noreturn]] void throwErrno(std::string_view what) { throw base::systemFailure(what, errno); }

std::optional<UploadZeile> rowOf(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid) {
  return tx.one<UploadZeile>(
      sql::Query::select<UploadZeile>().add(" FROM upload WHERE mandant = :mandant AND uuid = :uuid", mandant, uuid));
}

void deleteRow(sql::WriteTx& tx, const UploadZeile& upload) {
  tx.exec("DELETE FROM upload WHERE mandant = :mandant AND uuid = :uuid", upload.mandant, upload.uuid);
}

}  // namespace

// ---- the file

std::unique_ptr<UploadStueck> UploadStueck::open(const fs::path& path, std::uint64_t laenge) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) {
    if (errno == ENOENT) return nullptr;
    throwErrno("cannot open an upload");
  }
  struct stat status {};
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0 || ::fstat(fd, &status) != 0) {
    ::close(fd);
    return nullptr;
  }
  return std::unique_ptr<UploadStueck>(new UploadStueck(fd, static_cast<std::uint64_t>(status.st_size), laenge));
}

UploadStueck::~UploadStueck() { ::close(fd_); }

void UploadStueck::write(std::string_view piece) {
  if (zuViel_ || stelle_ + piece.size() > laenge_) {
    zuViel_ = true;
    return;
  }
  hash_.add(piece);
  while (!piece.empty()) {
    const auto written = ::pwrite(fd_, piece.data(), piece.size(), static_cast<off_t>(stelle_));
    if (written < 0) {
      if (errno == EINTR) continue;
      throwErrno("cannot write an upload");
    }
    stelle_ += static_cast<std::uint64_t>(written);
    piece.remove_prefix(static_cast<std::size_t>(written));
  }
}

void UploadStueck::zurueck() {
  if (::ftruncate(fd_, static_cast<off_t>(anfang_)) != 0) throwErrno("cannot shorten an upload");
  stelle_ = anfang_;
}

void UploadStueck::sichern() const {
  if (::fdatasync(fd_) != 0) throwErrno("cannot sync an upload");
}

void UploadStueck::copyTo(blob::Writer& into) const {
  std::string buffer(1 << 20, '\0');
  for (std::uint64_t at = 0; at < stelle_;) {
    const auto got = ::pread(fd_, buffer.data(), buffer.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throwErrno("cannot read an upload");
    into.write(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
    at += static_cast<std::uint64_t>(got);
  }
}

// ---- uploads

fs::path Uploads::pathOf(const UploadZeile& upload) const {
  return einstellungen_.halbeUploads / fmt::format("{}-{}", upload.mandant, upload.uuid.text());
}

base::Result<void> Uploads::pruefe(const sql::ReadTx& tx, const Berechtigung& wer, const UploadZeile& upload) {
  using mandant::Recht;
  if (upload.ziel == UploadZiel::posteingang) {
    if (wer.nurLesen || !wer.hat(Recht::eingangErfassen)) return base::fail(Code::NichtErlaubt);
    return {};
  }
  if (!upload.objekt) return base::fail(Code::EingabeUngueltig, "Es fehlt, wohin die Datei gehört.", "objekt");
  if (upload.ziel == UploadZiel::vorgang) {
    AKTENLOTSE_GET(vorgang, akte::findVorgang(tx, wer, *upload.objekt));
    return mandant::darf(wer, Recht::dokumentAnlegen, vorgang.gegenstand);
  }
  AKTENLOTSE_GET(dokument, akte::findDokument(tx, wer, *upload.objekt));
  return mandant::darf(wer, upload.ziel == UploadZiel::version ? Recht::dokumentAendern : Recht::dokumentAnlegen,
                       dokument.gegenstand);
}

base::Result<UploadZeile> Uploads::beginne(const Berechtigung& wer, UploadZeile upload) {
  upload.mandant = wer.mandant;
  upload.person = wer.person;
  const auto now = jetzt();
  upload.uuid = base::Uuid::make(now.millis());
  upload.ende = now.plusSeconds(lifeSeconds);
  fs::create_directories(einstellungen_.halbeUploads);
  const int fd = ::open(pathOf(upload).c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) throwErrno("cannot begin an upload");
  ::close(fd);
  const auto done = database().write(wer.mandant, [&](sql::WriteTx& tx) -> base::Result<void> {
    AKTENLOTSE_TRY(pruefe(tx, wer, upload));
    tx.exec(sql::Query::insertInto(sql::tableOf<UploadZeile>(), sql::valuesOf(upload)));
    return {};
  });
  if (done) return upload;
  fs::remove(pathOf(upload));
  return tl::unexpected<base::Error>(done.error());
}

base::Result<UploadZeile> Uploads::finde(const Berechtigung& wer, const base::Uuid& uuid) {
  const auto found = database().read(wer.mandant, [&](const sql::ReadTx& tx) { return rowOf(tx, wer.mandant, uuid); });
  if (!found || found->person != wer.person || found->ende <= jetzt()) return base::fail(Code::NichtGefunden);
  return *found;
}

std::uint64_t Uploads::stelle(const UploadZeile& upload) const {
  if (upload.dokument) return static_cast<std::uint64_t>(upload.laenge);
  std::error_code error;
  const auto size = fs::file_size(pathOf(upload), error);
  return error ? 0 : size;
}

std::unique_ptr<UploadStueck> Uploads::oeffne(const UploadZeile& upload) const {
  return UploadStueck::open(pathOf(upload), static_cast<std::uint64_t>(upload.laenge));
}

void Uploads::lebt(UploadZeile& upload) {
  upload.ende = jetzt().plusSeconds(lifeSeconds);
  database().write(upload.mandant, [&](sql::WriteTx& tx) {
    tx.exec("UPDATE upload SET ende = :ende WHERE mandant = :mandant AND uuid = :uuid", upload.ende, upload.mandant,
            upload.uuid);
  });
}

base::Result<akte::DokumentZeile> Uploads::create(journal::Change& change, const Berechtigung& wer,
                                                  const UploadZeile& upload, const akte::Datei& datei) {
  const akte::DokumentNeu neu{.art = upload.art};
  switch (upload.ziel) {
    case UploadZiel::posteingang:
      return schriftgut_.createEingang(change, wer, upload.organisationseinheit, datei, neu);
    case UploadZiel::vorgang:
      return schriftgut_.createDokument(change, wer, *upload.objekt, datei, neu);
    case UploadZiel::version: {
      AKTENLOTSE_GET(dokument, akte::findDokument(change.tx(), wer, *upload.objekt));
      return schriftgut_.addVersion(change, wer, dokument, datei, upload.basis);
    }
    case UploadZiel::anlage: {
      AKTENLOTSE_GET(dokument, akte::findDokument(change.tx(), wer, *upload.objekt));
      return schriftgut_.createAnlage(change, wer, dokument, datei);
    }
  }
  throw base::Failure("an upload without a place");
}

base::Result<void> Uploads::vollende(const Berechtigung& wer, UploadZeile& upload, UploadStueck& stueck) {
  // Asked again before the work of reading: rights may have gone since it began.
  AKTENLOTSE_TRY(database().read(wer.mandant,
                                 [&](const sql::ReadTx& tx) -> base::Result<void> { return pruefe(tx, wer, upload); }));
  const auto writer = schriftgut_.blobs().writer();
  stueck.copyTo(*writer);
  const auto datei = schriftgut_.einlagern(*writer, upload.dateiname);
  AKTENLOTSE_GET(uuid,
                 schriftgut_.journal().change(wer.mandant, [&](journal::Change& change) -> base::Result<base::Uuid> {
                   change.by({wer.person, 0});
                   const auto row = rowOf(change.tx(), wer.mandant, upload.uuid);
                   if (!row) return base::fail(Code::NichtGefunden);
                   if (row->dokument) return *row->dokument;
                   AKTENLOTSE_GET(made, create(change, wer, upload, datei));
                   change.tx().exec("UPDATE upload SET dokument = :dokument WHERE mandant = :mandant AND uuid = :uuid",
                                    made.uuid, wer.mandant, upload.uuid);
                   return made.uuid;
                 }));
  upload.dokument = uuid;
  fs::remove(pathOf(upload));
  return {};
}

std::optional<akte::DokumentAusgabe> Uploads::ergebnis(const Berechtigung& wer, const base::Uuid& dokument) {
  return database().read(wer.mandant, [&](const sql::ReadTx& tx) -> std::optional<akte::DokumentAusgabe> {
    if (const auto mit = akte::findDokument(tx, wer, dokument)) return akte::show(tx, wer, *mit);
    const auto row = mandant::rowByUuid<akte::DokumentZeile>(tx, wer.mandant, dokument).value();
    if (row.stand > 1) return std::nullopt;
    return akte::show(tx, wer, akte::DokumentMit{row, {}, {}});
  });
}

void Uploads::verwirf(const UploadZeile& upload) {
  database().write(upload.mandant, [&](sql::WriteTx& tx) { deleteRow(tx, upload); });
  std::error_code error;
  fs::remove(pathOf(upload), error);
}

void Uploads::aufraeumen(std::int64_t mandant) {
  for (const auto& upload : database().read(mandant, [&](const sql::ReadTx& tx) {
         return tx.query<UploadZeile>(sql::Query::select<UploadZeile>().add(
             " FROM upload WHERE mandant = :mandant AND ende <= :jetzt", mandant, jetzt()));
       }))
    verwirf(upload);
  // A file whose row was never written, or is gone: left by a process that was killed at the wrong moment.
  std::error_code error;
  const auto prefix = std::to_string(mandant) + "-";
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(48);
  for (const auto& entry : fs::directory_iterator(einstellungen_.halbeUploads, error)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(prefix) || entry.last_write_time(error) > old) continue;
    const auto uuid = base::Uuid::parse(std::string_view(name).substr(prefix.size()));
    const bool named =
        uuid && database().read(mandant, [&](const sql::ReadTx& tx) { return rowOf(tx, mandant, *uuid).has_value(); });
    if (!named) fs::remove(entry.path(), error);
  }
}

}  // namespace eingang
