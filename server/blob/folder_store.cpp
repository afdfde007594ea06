#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/result.h"
#include "folder.h"

namespace blob {
namespace fs = std::filesystem;

namespace {

/// Visits the names in a folder; one that is gone by now has none.
template <typename F>
void eachName(const fs::path& folder, F&& visit) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) visit(entry->path().filename().string());
  if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory) {
    throw base::Failure(fmt::format("blob store: cannot read {}: {}", folder.string(), error.message()));
  }
}

std::optional<struct stat> statusOf(const fs::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) return status;
  if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
  throwErrno("cannot look at", path);
}

}  // namespace

std::string Opened::read(std::uint64_t offset, std::size_t length) const {
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(length, offset < size ? size - offset : 0)), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got =
        ::pread(file.get(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw base::Failure("blob store: cannot read: " + std::system_category().message(errno));
    if (got == 0) throw base::Failure("blob store: a blob is shorter than when it was opened");
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

FolderStore::FolderStore(fs::path root) : root_(std::move(root)) {
  for (const auto& folder : {root_, root_ / "neu"}) {
    if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) throwErrno("cannot make folder", folder);
  }
  syncFolder(root_);
}

std::unique_ptr<Writer> FolderStore::writer() { return std::make_unique<FolderWriter>(root_); }

std::vector<Ref> FolderStore::commitAll(std::span<std::unique_ptr<Writer>> writers) {
  std::vector<FolderWriter*> ours;
  ours.reserve(writers.size());
  for (const auto& writer : writers) {
    ours.push_back(dynamic_cast<FolderWriter*>(writer.get()));
    if (ours.back() == nullptr) throw base::Failure("blob store: a writer of another store cannot be committed here");
  }
  if (ours.empty()) return {};
  const FolderLock lock(root_, FolderLock::Mode::shared);
  const Descriptor root = openPath(root_, O_RDONLY | O_DIRECTORY);
  // One flush of the file system costs about as much as one of a single file, so for a group it is two instead of
  // hundreds. It does not tell whose bytes failed, hence the question to each file.
  if (::syncfs(root.get()) != 0) throwErrno("cannot sync", root_);
  for (auto* writer : ours) writer->checkWrittenBack();
  std::vector<Ref> refs;
  refs.reserve(ours.size());
  for (auto* writer : ours) refs.push_back(writer->publish());
  if (::syncfs(root.get()) != 0) throwErrno("cannot sync", root_);
  return refs;
}

std::optional<Opened> FolderStore::open(std::string_view sha256) const {
  if (!isSha256(sha256)) return std::nullopt;
  const auto place = placeOf(root_, sha256);
  Descriptor file(::open(place.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    throwErrno("cannot open", place);
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throwErrno("cannot look at", place);
  return Opened{std::move(file), static_cast<std::uint64_t>(status.st_size)};
}

void FolderStore::each(const Visitor& visit) const {
  eachName(root_, [&](const std::string& first) {
    if (first.size() != 2) return;
    eachName(root_ / first, [&](const std::string& second) {
      eachName(root_ / first / second, [&](const std::string& name) {
        const auto path = root_ / first / second / name;
        if (!isSha256(name) || placeOf(root_, name) != path) return;
        if (const auto status = statusOf(path))
          visit({name, static_cast<std::uint64_t>(status->st_size)}, modifiedOf(*status));
      });
    });
  });
}

bool FolderStore::remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) {
  if (!isSha256(sha256)) return false;
  const FolderLock lock(root_, FolderLock::Mode::alone);
  const auto place = placeOf(root_, sha256);
  const auto status = statusOf(place);
  if (!status || modifiedOf(*status) > notYoungerThan) return false;
  if (::unlink(place.c_str()) != 0) throwErrno("cannot remove", place);
  return true;
}

std::size_t FolderStore::sweep(base::Zeitpunkt notYoungerThan) {
  std::size_t removed = 0;
  eachName(root_ / "neu", [&](const std::string& name) {
    const auto path = root_ / "neu" / name;
    const auto status = statusOf(path);
    if (!status || modifiedOf(*status) > notYoungerThan) return;
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) throwErrno("cannot remove", path);
    ++removed;
  });
  return removed;
}

std::optional<std::string> FolderStore::verify(std::string_view sha256) const {
  constexpr std::size_t piece = 1 << 18;
  try {
    const auto opened = open(sha256);
    if (!opened) return fmt::format("Der Dateiinhalt {} fehlt.", sha256);
    base::Sha256 hash;
    for (std::uint64_t at = 0; at < opened->size; at += piece) hash.add(opened->read(at, piece));
    if (hash.hex() == sha256) return std::nullopt;
    return fmt::format("Der Dateiinhalt {} ist verändert: Seine Prüfsumme stimmt nicht.", sha256);
  } catch (const base::Failure& failure) {
    return fmt::format("Der Dateiinhalt {} ist nicht lesbar ({}).", sha256, failure.what());
  }
}

}  // namespace blob
