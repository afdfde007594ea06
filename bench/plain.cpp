// The yardstick of the import: what any program must do to keep the same files safe and findable by their hash.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "base/hash.h"
#include "bench.h"

namespace bench {
namespace {

constexpr std::size_t groupSize = 200;

class Loop {
 public:
  explicit Loop(const fs::path& into)
      : blobs_(into / "blobs"), database_((fs::create_directories(blobs_ / "neu"), openDatabase(into / "plain.db"))) {
    execute(
        database_.get(),
        "CREATE TABLE datei (sha256 TEXT NOT NULL, name TEXT NOT NULL, groesse INTEGER NOT NULL, text TEXT NOT NULL)");
    insert_ = std::make_unique<Statement>(database_.get(), "INSERT INTO datei VALUES (?, ?, ?, ?)");
    folder_ = ::open(blobs_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop() { ::close(folder_); }

  /// Writes, hashes, syncs together, names and inserts.
  void group(std::span<const fs::path> files) {
    std::vector<Kept> kept;
    for (const auto& file : files) kept.push_back(write(file));
    sync();
    for (const auto& one : kept) {
      const auto folder = blobs_ / one.sha256.substr(0, 2) / one.sha256.substr(2, 2);
      fs::create_directories(folder);
      fs::rename(one.temporary, folder / one.sha256);
    }
    sync();
    execute(database_.get(), "BEGIN IMMEDIATE");
    for (const auto& one : kept) {
      insert_->bind(1, one.sha256);
      insert_->bind(2, one.name);
      insert_->bind(3, static_cast<std::int64_t>(one.text.size()));
      insert_->bind(4, one.text);
      while (insert_->step()) {
      }
    }
    execute(database_.get(), "COMMIT");
  }

 private:
  struct Kept {
    std::string sha256, name, text;
    fs::path temporary;
  };

  Kept write(const fs::path& file) {
    Kept kept{{}, file.filename().string(), readFile(file), blobs_ / "neu" / std::to_string(++count_)};
    const int out = ::open(kept.temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (out < 0 || ::write(out, kept.text.data(), kept.text.size()) != static_cast<ssize_t>(kept.text.size()))
      throw std::runtime_error("cannot write " + kept.temporary.string());
    ::close(out);
    kept.sha256 = base::Sha256().add(kept.text).hex();
    return kept;
  }

  void sync() const {
    if (::syncfs(folder_) != 0) throw std::runtime_error("cannot sync " + blobs_.string());
  }

  fs::path blobs_;
  Database database_;
  std::unique_ptr<Statement> insert_;
  int folder_ = -1;
  std::size_t count_ = 0;
};

}  // namespace

void plain(Arguments arguments) {
  const auto start = Clock::now();
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(arguments[0]))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  Loop loop(arguments[1]);
  for (std::size_t begin = 0; begin < files.size(); begin += groupSize)
    loop.group(std::span(files).subspan(begin, std::min(groupSize, files.size() - begin)));
  std::cout << files.size() << ' ' << since(start) << '\n';
}

}  // namespace bench
