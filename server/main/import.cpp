#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <deque>
#include <fstream>
#include <future>
#include <iostream>

#include "app.h"
#include "base/hash.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using base::Failure;

constexpr std::size_t groupSize = 200;

struct Quelle {
  fs::path path;
  std::string vorgang;  ///< Betreff of the Vorgang that it goes to
};

/// Files in a stable order. The folder that a file lies in names its Vorgang; loose files share one.
std::vector<Quelle> collectFiles(const std::vector<std::string>& paths) {
  std::vector<Quelle> out;
  for (const auto& text : paths) {
    const fs::path root = fs::canonical(text);
    if (fs::is_regular_file(root)) {
      out.push_back({root, "Einzelne Dateien"});
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied)) {
      if (!entry.is_regular_file() || entry.is_symlink()) continue;
      const auto folder = entry.path().parent_path().lexically_relative(root.parent_path()).string();
      out.push_back({entry.path(), std::string(base::cutUtf8(
                                       base::cleanText(base::repairUtf8(folder), false).value_or("Import"), 480))});
    }
  }
  std::ranges::sort(out, {}, &Quelle::path);
  return out;
}

struct Fertig {
  Quelle quelle;
  akte::Datei datei;
};

/// A group of files that were copied and read, with their words, and how many of it were not.
struct Gruppe {
  std::vector<Fertig> fertig;
  suche::Gelesen worte;      ///< of their texts
  std::int64_t bekannt = 0;  ///< filed by an earlier run
  std::int64_t unlesbar = 0;
};

/// Knows what an earlier run of the same import has filed: it was killed, or files came since.
class Bekannte {
 public:
  Bekannte(App& app, std::int64_t mandant, std::int64_t akte) : app_(app), mandant_(mandant), akte_(akte) {
    any_ = app.database().read(mandant, [&](const sql::ReadTx& tx) {
      return tx
          .value<std::int64_t>(
              "SELECT d.id FROM vorgang v JOIN dokument d ON d.mandant = v.mandant AND d.vorgang = v.id "
              "WHERE v.mandant = :mandant AND v.akte = :akte AND d.kanal = 'import' LIMIT 1",
              mandant, akte)
          .has_value();
    });
  }

  /// Takes out of a group what is filed: the same bytes under the same name in the Vorgang of its folder. Nothing is
  /// read for that where no run was before.
  std::vector<Quelle> ohneBekannte(std::span<const Quelle> group) const {
    std::vector<Quelle> out(group.begin(), group.end());
    if (!any_) return out;
    std::vector<std::string> sums;
    for (const auto& quelle : out) sums.push_back(sha256Of(quelle.path));
    std::vector<bool> filed;
    app_.database().read(mandant_, [&](const sql::ReadTx& tx) {
      filed.clear();
      for (std::size_t i = 0; i < out.size(); ++i) filed.push_back(isFiled(tx, out[i], sums[i]));
    });
    std::size_t i = 0;
    std::erase_if(out, [&](const Quelle&) { return filed[i++]; });
    return out;
  }

 private:
  static std::string sha256Of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string buffer(256 * 1024, '\0');
    base::Sha256 sum;
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
      sum.add(std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount())));
    return sum.hex();
  }
  bool isFiled(const sql::ReadTx& tx, const Quelle& quelle, const std::string& sha256) const {
    return tx
        .value<std::int64_t>(
            "SELECT d.id FROM version v JOIN dokument d ON d.mandant = v.mandant AND d.id = v.dokument JOIN vorgang g "
            "ON "
            "g.mandant = d.mandant AND g.id = d.vorgang WHERE v.mandant = :mandant AND v.sha256 = :sha256 AND "
            "v.dateiname = :dateiname AND g.akte = :akte AND g.betreff = :betreff LIMIT 1",
            mandant_, sha256, akte::dateinameAus(quelle.path.filename().string()), akte_, quelle.vorgang)
        .has_value();
  }

  App& app_;
  std::int64_t mandant_, akte_;
  bool any_ = false;
};

/// Copies a group of files into the blob store and reads their texts and words; commits the bytes together.
Gruppe prepare(App& app, const Bekannte& bekannte, std::span<const Quelle> all) {
  const auto group = bekannte.ohneBekannte(all);
  Gruppe gruppe;
  gruppe.bekannt = static_cast<std::int64_t>(all.size() - group.size());
  auto& out = gruppe.fertig;
  std::vector<std::unique_ptr<blob::Writer>> writers;
  std::string buffer(256 * 1024, '\0');
  for (const auto& quelle : group) {
    std::ifstream in(quelle.path, std::ios::binary);
    if (!in) {
      std::cerr << fmt::format("nicht lesbar: {}\n", quelle.path.string());
      ++gruppe.unlesbar;
      continue;
    }
    auto writer = app.blobs().writer();
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
      writer->write(std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount())));
    out.push_back({quelle, app.schriftgut().lesen(writer->descriptor(), quelle.path.filename().string())});
    gruppe.worte.add(out.back().datei.text.gesamt());
    // Thousands that wait for a scanner help nobody: the import goes on when it is called again.
    if (const auto& sperre = out.back().datei.sperre; sperre && sperre->status == akte::Pruefstatus::wartet)
      throw Failure(sperre->text +
                    " Rufen Sie den Import noch einmal auf, sobald er antwortet; er geht weiter, wo er war.");
    writers.push_back(std::move(writer));
  }
  const auto refs = app.blobs().commitAll(writers);
  for (std::size_t i = 0; i < refs.size(); ++i) out[i].datei.ref = refs[i];
  return gruppe;
}

/// How far it is and how long it takes, on one line.
class Fortschritt {
 public:
  explicit Fortschritt(std::size_t all) : all_(all) {}
  void zeige(std::size_t done) const {
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    const double rate = static_cast<double>(done) / std::max(seconds, 0.001);
    std::cout << fmt::format("\r{} von {} Dateien, {:.0f} je Sekunde, noch {:.0f} s   ", done, all_, rate,
                             static_cast<double>(all_ - done) / rate)
              << std::flush;
  }

 private:
  std::size_t all_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

class Import {
 public:
  Import(App& app, const ImportOptions& options)
      : app_(app),
        mandant_(app.mandant(options.mandant)),
        schriftgut_(app.journal(), app.blobs(), app.extractor(), index_, &app.virenscanner()) {
    app_.database().read(mandant_, [&](const sql::ReadTx& tx) {
      const auto akte = tx.one<akte::AkteZeile>(sql::Query::select<akte::AkteZeile>().add(
          " FROM akte WHERE mandant = :mandant AND zeichen = :zeichen", mandant_, options.akte));
      if (!akte) throw Failure(fmt::format("Die Akte „{}“ gibt es nicht.", options.akte));
      akte_ = *akte;
      // Of those with the same Betreff the oldest.
      for (auto& vorgang : tx.query<akte::VorgangZeile>(sql::Query::select<akte::VorgangZeile>().add(
               " FROM vorgang WHERE mandant = :mandant AND akte = :akte ORDER BY id", mandant_, akte_.id)))
        vorgaenge_.try_emplace(vorgang.betreff, vorgang.uuid);
      wer_ = mandant::systemBerechtigung(mandant_);
      if (options.person.empty()) return;
      const auto id =
          tx.value<std::int64_t>("SELECT id FROM person WHERE mandant = :mandant AND anmeldename = :name AND aktiv = 1",
                                 mandant_, options.person);
      if (!id) throw Failure(fmt::format("Die Person „{}“ gibt es nicht.", options.person));
      wer_ = mandant::berechtigungOf(tx, mandant_, *id);
    });
  }

  /// Files groups in one transaction, one journal entry for each Dokument.
  void file(std::vector<Gruppe>& gruppen) {
    for (const auto& gruppe : gruppen) {
      known += gruppe.bekannt;
      unreadable += gruppe.unlesbar;
    }
    const auto before = std::pair(filed, known);
    app_.database().write(mandant_, [&](sql::WriteTx& tx) {
      std::tie(filed, known) = before;  // the closure may run again
      neue_.clear();
      ort_.reset();
      index_.beginnen();
      for (auto& gruppe : gruppen) {
        index_.gelesen(&gruppe.worte);
        for (const auto& fertig : gruppe.fertig) fileOne(tx, fertig);
      }
      index_.abschliessen(tx, mandant_);
    });
    vorgaenge_.merge(neue_);
  }

  [[nodiscard]] Bekannte bekannte() const { return {app_, mandant_, akte_.id}; }

  std::int64_t filed = 0, known = 0, unreadable = 0;

 private:
  void fileOne(sql::WriteTx& tx, const Fertig& fertig) {
    const auto& ort = ortFor(tx, fertig.quelle.vorgang);
    const auto there = tx.value<std::int64_t>(
        "SELECT v.id FROM version v JOIN dokument d ON d.mandant = v.mandant AND d.id = v.dokument "
        "WHERE v.mandant = :mandant AND v.sha256 = :sha256 AND d.vorgang = :vorgang AND v.dateiname = :dateiname",
        mandant_, fertig.datei.ref.sha256, ort.vorgang.vorgang.id, fertig.datei.dateiname);
    if (there) {
      ++known;
      return;
    }
    const auto done = app_.journal().oneOfAll(tx, mandant_, [&](journal::Change& change) {
      change.by({wer_.person, 0});
      return schriftgut_.createDokument(change, wer_, ort, fertig.datei, {.kanal = akte::Kanal::import});
    });
    if (!done) throw Failure(fmt::format("{}: {}", fertig.quelle.path.string(), meldung(done.error())));
    ++filed;
  }

  /// The Vorgang of a folder, whose files come one after the other. Nobody else changes it while this transaction
  /// writes.
  const akte::Ablageort& ortFor(sql::WriteTx& tx, const std::string& betreff) {
    if (!ort_ || ort_->first != betreff) {
      auto found = schriftgut_.findAblageort(tx, wer_, vorgangFor(tx, betreff));
      if (!found) throw Failure(meldung(found.error()));
      ort_.emplace(betreff, *std::move(found));
    }
    return ort_->second;
  }

  static std::string meldung(const base::Error& error) {
    return error.detail.empty() ? std::string(base::info(error.code).titelDe) : error.detail;
  }

  base::Uuid vorgangFor(sql::WriteTx& tx, const std::string& betreff) {
    for (auto* offen : {&vorgaenge_, &neue_})
      if (const auto found = offen->find(betreff); found != offen->end()) return found->second;
    const auto made = app_.journal().oneOfAll(tx, mandant_, [&](journal::Change& change) {
      change.by({wer_.person, 0});
      return schriftgut_.createVorgang(change, wer_, {akte_.uuid, {betreff}, {}});
    });
    if (!made) throw Failure(meldung(made.error()));
    return neue_.emplace(betreff, made->uuid).first->second;
  }

  App& app_;
  std::int64_t mandant_;
  akte::AkteZeile akte_{};
  mandant::Berechtigung wer_{};
  suche::Stapelindex index_;
  akte::Schriftgut schriftgut_;
  std::optional<std::pair<std::string, akte::Ablageort>> ort_;  ///< the last one of this transaction, by Betreff
  std::map<std::string, base::Uuid> vorgaenge_, neue_;          ///< by Betreff; `neue_` until the transaction commits
};

}  // namespace

int import(const Settings& settings, const ImportOptions& options) {
  App app(settings);
  Import run(app, options);
  const auto files = collectFiles(options.paths);
  const auto groupAt = [&](std::size_t begin) {
    return std::span(files).subspan(begin, std::min(groupSize, files.size() - begin));
  };
  // While one group is filed, the next ones are copied and read: one waits for the disk while the other is read.
  // The threads stay, for each remembers how the words that it met are cut and stemmed.
  constexpr std::size_t ahead = 5, together = 4;
  const auto bekannte = run.bekannte();
  const Fortschritt fortschritt(files.size());
  boost::asio::thread_pool threads(2);
  std::deque<std::future<Gruppe>> next;
  std::size_t started = 0;
  for (std::size_t done = 0; done < files.size();) {
    std::vector<Gruppe> gruppen;
    // What is ready goes together: words that many Dokumente share are counted once. But others write too, and wait.
    do {
      for (; next.size() < ahead && started < files.size(); started += groupSize)
        next.push_back(boost::asio::post(threads, boost::asio::use_future([&app, &bekannte, group = groupAt(started)] {
                                           return prepare(app, bekannte, group);
                                         })));
      gruppen.push_back(next.front().get());
      next.pop_front();
    } while (gruppen.size() < together && !next.empty() &&
             next.front().wait_for(std::chrono::seconds(0)) == std::future_status::ready);
    run.file(gruppen);
    done = std::min(done + gruppen.size() * groupSize, files.size());
    fortschritt.zeige(done);
  }
  std::cout << fmt::format("\r{:60}\r{} Dateien abgelegt, {} waren schon da.\n", "", run.filed, run.known);
  if (run.unreadable > 0)
    std::cout << fmt::format("{} Dateien waren nicht lesbar; ihre Namen stehen oben.\n", run.unreadable);
  return run.unreadable > 0 ? 1 : 0;
}

}  // namespace app
