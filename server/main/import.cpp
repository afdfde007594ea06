#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <deque>
#include <fstream>
#include <future>
#include <iostream>

#include "app.h"

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
      const auto folder = fs::relative(entry.path().parent_path(), root.parent_path()).string();
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

struct Gruppe {
  std::vector<Fertig> dateien;
  suche::Gelesen worte;
};

/// Copies a group of files into the blob store and reads their texts and words; commits the bytes together.
Gruppe prepare(App& app, std::span<const Quelle> group) {
  Gruppe gruppe;
  auto& out = gruppe.dateien;
  std::vector<std::unique_ptr<blob::Writer>> writers;
  std::string buffer(256 * 1024, '\0');
  for (const auto& quelle : group) {
    std::ifstream in(quelle.path, std::ios::binary);
    if (!in) {
      std::cerr << fmt::format("nicht lesbar: {}\n", quelle.path.string());
      continue;
    }
    auto writer = app.blobs().writer();
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
      writer->write(std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount())));
    out.push_back({quelle, app.schriftgut().lesen(writer->descriptor(), quelle.path.filename().string())});
    gruppe.worte.add(out.back().datei.text.gesamt());
    writers.push_back(std::move(writer));
  }
  const auto refs = app.blobs().commitAll(writers);
  for (std::size_t i = 0; i < refs.size(); ++i) out[i].datei.ref = refs[i];
  return gruppe;
}

class Import {
 public:
  Import(App& app, const ImportOptions& options)
      : app_(app),
        mandant_(app.mandant(options.mandant)),
        schriftgut_(app.journal(), app.blobs(), app.extractor(), index_) {
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

  /// Files a group in one transaction, one journal entry for each Dokument.
  void file(const Gruppe& gruppe) {
    const auto before = std::pair(filed, known);
    app_.database().write(mandant_, [&](sql::WriteTx& tx) {
      std::tie(filed, known) = before;  // the closure may run again
      neue_.clear();
      index_.beginnen(&gruppe.worte);
      for (const auto& fertig : gruppe.dateien) fileOne(tx, fertig);
      index_.abschliessen(tx, mandant_);
    });
    vorgaenge_.merge(neue_);
  }

  std::int64_t filed = 0, known = 0;

 private:
  void fileOne(sql::WriteTx& tx, const Fertig& fertig) {
    const auto vorgang = vorgangFor(tx, fertig.quelle.vorgang);
    const auto there = tx.value<std::int64_t>(
        "SELECT v.id FROM version v JOIN dokument d ON d.mandant = v.mandant AND d.id = v.dokument JOIN vorgang f ON "
        "f.mandant = d.mandant AND f.id = d.vorgang "
        "WHERE v.mandant = :mandant AND v.sha256 = :sha256 AND f.uuid = :vorgang AND v.dateiname = :dateiname",
        mandant_, fertig.datei.ref.sha256, vorgang, fertig.datei.dateiname);
    if (there) {
      ++known;
      return;
    }
    const auto done = app_.journal().one(tx, mandant_, [&](journal::Change& change) {
      change.by({wer_.person, 0});
      return schriftgut_.createDokument(change, wer_, vorgang, fertig.datei, {.kanal = akte::Kanal::import});
    });
    if (!done)
      throw Failure(fmt::format(
          "{}: {}", fertig.quelle.path.string(),
          done.error().detail.empty() ? std::string(base::info(done.error().code).titelDe) : done.error().detail));
    ++filed;
  }

  base::Uuid vorgangFor(sql::WriteTx& tx, const std::string& betreff) {
    for (auto* offen : {&vorgaenge_, &neue_})
      if (const auto found = offen->find(betreff); found != offen->end()) return found->second;
    const auto made = app_.journal().one(tx, mandant_, [&](journal::Change& change) {
      change.by({wer_.person, 0});
      return schriftgut_.createVorgang(change, wer_, {akte_.uuid, {betreff}, {}});
    });
    if (!made)
      throw Failure(made.error().detail.empty() ? std::string(base::info(made.error().code).titelDe)
                                                : made.error().detail);
    return neue_.emplace(betreff, made->uuid).first->second;
  }

  App& app_;
  std::int64_t mandant_;
  akte::AkteZeile akte_{};
  mandant::Berechtigung wer_{};
  suche::Stapelindex index_;
  akte::Schriftgut schriftgut_;
  std::map<std::string, base::Uuid> vorgaenge_, neue_;  ///< by Betreff; `neue_` until the transaction commits
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
  constexpr std::size_t ahead = 3;
  boost::asio::thread_pool threads(2);
  std::deque<std::future<Gruppe>> next;
  std::size_t started = 0;
  for (std::size_t begin = 0; begin < files.size(); begin += groupSize) {
    for (; next.size() < ahead && started < files.size(); started += groupSize)
      next.push_back(boost::asio::post(
          threads, boost::asio::use_future([&app, group = groupAt(started)] { return prepare(app, group); })));
    const auto group = next.front().get();
    next.pop_front();
    run.file(group);
    std::cout << fmt::format("\r{} von {} Dateien", std::min(begin + groupSize, files.size()), files.size())
              << std::flush;
  }
  std::cout << fmt::format("\r{} Dateien abgelegt, {} waren schon da.          \n", run.filed, run.known);
  return 0;
}

}  // namespace app
