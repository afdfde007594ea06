#include "scanordner.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace eingang {
namespace {

namespace fs = std::filesystem;

/// The payload of the job that takes one file in: the folder of its unit, and the folder in `in-arbeit/` that holds it.
struct ScanAuftrag {
  std::string einheit{};
  base::Uuid ablage{};
};
BOOST_DESCRIBE_STRUCT(ScanAuftrag, (), (einheit, ablage))

class Scanordner {
 public:
  Scanordner(akte::Schriftgut& schriftgut, const Einstellungen& einstellungen)
      : schriftgut_(schriftgut), wurzel_(einstellungen.scanOrdner), maxBytes_(einstellungen.maxBytes) {}

  /// Puts complete files aside and asks for a job for each; clears up after jobs that ended, or were cut off between
  /// their transaction and the move of the file.
  [[nodiscard]] jobs::Ergebnis sichte(jobs::Lauf& lauf);
  /// Takes one file into the Posteingang of its unit; that and the end of the job are one transaction.
  [[nodiscard]] jobs::Ergebnis nimm(jobs::Lauf& lauf);

 private:
  using Pfad = std::filesystem::path;
  [[nodiscard]] Pfad ordnerVon(std::int64_t mandant);
  void sichteEinheit(jobs::Lauf& lauf, const Pfad& ordner);
  void raeumeAuf(jobs::Lauf& lauf, const Pfad& ordner);
  void stelleEin(jobs::Lauf& lauf, const Pfad& ordner, const base::Uuid& ablage);

  akte::Schriftgut& schriftgut_;
  Pfad wurzel_;
  std::uint64_t maxBytes_;
};

constexpr std::string_view artName = "scan.aufnehmen", inArbeit = "in-arbeit", erledigtFach = "erledigt",
                           abgelehntFach = "abgelehnt";
/// Scanners write page by page; what has been still for so long is complete.
constexpr std::chrono::seconds ruhe{10};

bool istOrdner(const fs::path& path) { return fs::is_directory(fs::symlink_status(path)); }

std::vector<fs::path> inhalt(const fs::path& ordner) {
  std::vector<fs::path> out;
  if (istOrdner(ordner))
    for (const auto& entry : fs::directory_iterator(ordner)) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

/// Names that programs give to what they are still writing.
bool istHalb(const std::string& name) {
  return name.starts_with('.') || name.starts_with('~') || name.ends_with(".tmp") || name.ends_with(".part");
}

bool istFertig(const fs::path& datei) {
  return fs::is_regular_file(fs::symlink_status(datei)) && !istHalb(datei.filename().string()) &&
         fs::file_time_type::clock::now() - fs::last_write_time(datei) >= ruhe;
}

/// The one file of a folder in `in-arbeit/`.
std::optional<fs::path> dateiIn(const fs::path& ablage) {
  for (auto& path : inhalt(ablage))
    if (fs::is_regular_file(fs::symlink_status(path))) return std::move(path);
  return std::nullopt;
}

/// One that another worker has moved already is where it belongs.
fs::path verschiebe(const fs::path& datei, const fs::path& ordner, std::string_view fach) {
  const auto ziel = ordner / fach;
  fs::create_directories(ziel);
  auto path = ziel / datei.filename();
  // An older one of the same name stays.
  for (int nr = 2; fs::exists(fs::symlink_status(path)); ++nr)
    path = ziel / fmt::format("{}-{}{}", datei.stem().string(), nr, datei.extension().string());
  std::error_code error;
  fs::rename(datei, path, error);
  if (error && error != std::errc::no_such_file_or_directory)
    throw base::Failure(fmt::format("cannot move {}: {}", datei.string(), error.message()));
  return path;
}

/// Stays while a file lies in it.
void entferne(const fs::path& ablage) {
  std::error_code ignored;
  fs::remove(ablage, ignored);
}

void lehneAb(const fs::path& datei, const fs::path& ordner, std::string_view grund) {
  const auto path = verschiebe(datei, ordner, abgelehntFach);
  std::ofstream(path.string() + ".grund.txt") << grund << '\n';
}

/// A unit by the name of its folder; a slash in its Kurzzeichen is an underscore there.
std::optional<mandant::OrganisationseinheitZeile> einheitVon(const sql::ReadTx& tx, std::int64_t mandant,
                                                             const std::string& ordner) {
  for (auto& row : mandant::allRows<mandant::OrganisationseinheitZeile>(tx, mandant)) {
    auto name = row.kurzzeichen;
    std::ranges::replace(name, '/', '_');
    if (base::foldCase(name) == base::foldCase(ordner)) return std::move(row);
  }
  return std::nullopt;
}

std::string keineEinheit(const std::string& ordner) {
  return fmt::format("Eine Organisationseinheit mit dem Kurzzeichen „{}“ gibt es nicht. Benennen Sie den Ordner um.",
                     ordner);
}

fs::path Scanordner::ordnerVon(std::int64_t mandant) {
  return wurzel_ /
         schriftgut_.journal()
             .database()
             .read(mandant,
                   [&](const sql::ReadTx& tx) {
                     return tx.value<std::string>("SELECT schluessel FROM mandant WHERE mandant = :mandant", mandant);
                   })
             .value();
}

void Scanordner::stelleEin(jobs::Lauf& lauf, const fs::path& ordner, const base::Uuid& ablage) {
  const jobs::Neu neu{.art = artName,
                      .nutzlast = base::toJson(ScanAuftrag{ordner.filename().string(), ablage}),
                      .schluessel = fmt::format("{}:{}", artName, ablage.text()),
                      .objekt = ablage};
  schriftgut_.journal().database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
    jobs::stelleEin(tx, lauf.mandant(), schriftgut_.journal().clock().now(), neu);
  });
}

void Scanordner::raeumeAuf(jobs::Lauf& lauf, const fs::path& ordner) {
  for (const auto& ablage : inhalt(ordner / inArbeit)) {
    const auto datei = dateiIn(ablage);
    const auto uuid = base::Uuid::parse(ablage.filename().string());
    if (!datei) entferne(ablage);
    if (!datei || !uuid) continue;
    const auto auftrag = schriftgut_.journal().database().read(lauf.mandant(), [&](const sql::ReadTx& tx) {
      return jobs::liste(tx, lauf.mandant(), {.art = std::string(artName), .objekt = *uuid, .limit = 1});
    });
    using enum jobs::Auftragsstatus;
    if (auftrag.empty())
      stelleEin(lauf, ordner, *uuid);
    else if (auftrag[0].status == erledigt)
      verschiebe(*datei, ordner, erledigtFach);
    else if (auftrag[0].status == gescheitert || auftrag[0].status == abgebrochen)
      lehneAb(*datei, ordner,
              auftrag[0].status == abgebrochen ? "Die Aufnahme wurde abgebrochen." : auftrag[0].hinweis);
    entferne(ablage);
  }
}

void Scanordner::sichteEinheit(jobs::Lauf& lauf, const fs::path& ordner) {
  const auto name = ordner.filename().string();
  const bool bekannt = schriftgut_.journal().database().read(
      lauf.mandant(), [&](const sql::ReadTx& tx) { return einheitVon(tx, lauf.mandant(), name).has_value(); });
  for (const auto& datei : inhalt(ordner)) {
    if (!istFertig(datei)) continue;
    const auto groesse = fs::file_size(datei);
    if (!bekannt)
      lehneAb(datei, ordner, keineEinheit(name));
    else if (groesse == 0)
      lehneAb(datei, ordner, "Die Datei ist leer. Scannen Sie noch einmal.");
    else if (groesse > maxBytes_)
      lehneAb(datei, ordner, fmt::format("Die Datei ist größer als {} MiB.", maxBytes_ >> 20));
    else {
      const auto uuid = base::Uuid::make(schriftgut_.journal().clock().now().millis());
      const auto ablage = ordner / inArbeit / uuid.text();
      fs::create_directories(ablage);
      fs::rename(datei, ablage / datei.filename());
      stelleEin(lauf, ordner, uuid);
    }
  }
}

jobs::Ergebnis Scanordner::sichte(jobs::Lauf& lauf) {
  if (wurzel_.empty()) return {};
  const auto ordner = ordnerVon(lauf.mandant());
  for (const auto& path : inhalt(ordner)) {
    const auto name = path.filename().string();
    if (name == abgelehntFach || istHalb(name)) continue;
    if (istOrdner(path)) {
      raeumeAuf(lauf, path);
      sichteEinheit(lauf, path);
    } else if (istFertig(path)) {
      lehneAb(path, ordner, "Legen Sie Scans in den Ordner einer Organisationseinheit; sein Name ist ihr Kurzzeichen.");
    }
  }
  return {};
}

jobs::Ergebnis Scanordner::nimm(jobs::Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<ScanAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  const auto mandant = lauf.mandant();
  const auto ordner = ordnerVon(mandant) / fs::path(auftrag->einheit).filename();
  const auto ablage = ordner / inArbeit / auftrag->ablage.text();
  const auto datei = dateiIn(ablage);
  if (!datei) return jobs::nie("Die Datei liegt nicht mehr im Scanordner.");
  const auto writer = schriftgut_.blobs().writer();
  std::ifstream in(*datei, std::ios::binary);
  if (!in) return jobs::spaeter("Die Datei im Scanordner ist nicht lesbar; prüfen Sie die Rechte an ihr.");
  std::string buffer(256 * 1024, '\0');
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    writer->write(std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount())));
  if (in.bad()) return jobs::spaeter("Die Datei im Scanordner ist nicht lesbar.");
  const auto gelesen = schriftgut_.einlagern(*writer, datei->filename().string());
  const auto done = schriftgut_.journal().database().write(mandant, [&](sql::WriteTx& tx) -> base::Result<void> {
    const auto einheit = einheitVon(tx, mandant, auftrag->einheit);
    if (!einheit) return base::fail(base::Code::NichtGefunden, keineEinheit(auftrag->einheit));
    const auto made =
        schriftgut_.journal().one(tx, mandant, [&](journal::Change& change) -> base::Result<akte::DokumentZeile> {
          return schriftgut_.createEingang(change, mandant::systemBerechtigung(mandant), einheit->uuid, gelesen,
                                           {.art = akte::Dokumentart::Eingang,
                                            .kanal = akte::Kanal::scan,
                                            .eingangsdatum = base::Datum::of(change.zeit()),
                                            .geraet = fmt::format("Scanordner {}", auftrag->einheit)});
        });
    if (!made) return tl::unexpected(made.error());
    lauf.abschliessen(tx);
    return {};
  });
  if (!done) return jobs::nie(done.error());
  verschiebe(*datei, ordner, erledigtFach);
  entferne(ablage);
  return {};
}

}  // namespace

void addScanAuftraege(jobs::Werk& werk, akte::Schriftgut& schriftgut, const Einstellungen& einstellungen) {
  constexpr std::int64_t takt = 60;
  const auto ordner = std::make_shared<Scanordner>(schriftgut, einstellungen);
  werk.art({.name = "scan.sichten",
            .bezeichnungDe = "Scanordner durchsehen",
            .bezeichnungEn = "Look through the scanner folder",
            .ausfuehren = [ordner](jobs::Lauf& lauf) { return ordner->sichte(lauf); }});
  werk.art({.name = std::string(artName),
            .bezeichnungDe = "Scan in den Posteingang nehmen",
            .bezeichnungEn = "Take a scan in",
            .ausfuehren = [ordner](jobs::Lauf& lauf) { return ordner->nimm(lauf); }});
  if (!einstellungen.scanOrdner.empty()) werk.fuerJedenMandanten("scan.sichten", "scan.sichten", takt);
}

}  // namespace eingang
