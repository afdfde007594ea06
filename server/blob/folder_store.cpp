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

FileSource::FileSource(Descriptor file) : file_(std::move(file)) {}

std::string FileSource::read(std::uint64_t offset, std::size_t length) const {
  return readFile(file_.get(), offset, length);
}

std::string readFile(int file, std::uint64_t offset, std::size_t length) {
  std::string bytes(length, '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::pread(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EIO)
      throw base::Failure("blob store: the disk cannot read a blob", base::Code::InhaltBeschaedigt);
    if (got < 0) throw base::systemFailure("blob store: cannot read", errno);
    if (got == 0)
      throw base::Failure("blob store: a blob is shorter than when it was opened", base::Code::InhaltBeschaedigt);
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

FolderStore::FolderStore(fs::path root, Keys keys) : root_(std::move(root)), keys_(std::move(keys)) {
  for (const auto& folder : {root_, root_ / "neu"}) {
    if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) throwErrno("cannot make folder", folder);
  }
  syncFolder(root_);
}

std::unique_ptr<Writer> FolderStore::writer() { return std::make_unique<FolderWriter>(root_, keys_); }

std::vector<Ref> FolderStore::commitAll(std::span<std::unique_ptr<Writer>> writers) {
  std::vector<FolderWriter*> ours;
  ours.reserve(writers.size());
  for (const auto& writer : writers) {
    ours.push_back(dynamic_cast<FolderWriter*>(writer.get()));
    if (ours.back() == nullptr) throw base::Failure("blob store: a writer of another store cannot be committed here");
  }
  if (ours.empty()) return {};
  for (auto* writer : ours) writer->finish();
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
  // The form that writers give is looked for first.
  for (const bool encrypted : {keys_.any(), !keys_.any()}) {
    auto opened = openPlain(placeOf(root_, sha256, encrypted));
    if (!opened) continue;
    if (!encrypted) return opened;
    return decrypting(std::move(opened->source), opened->size, keys_);
  }
  return std::nullopt;
}

bool FolderStore::renew(std::string_view sha256) {
  if (!keys_.any() || !isSha256(sha256)) return false;
  const auto plain = placeOf(root_, sha256);
  const auto encrypted = openPlain(placeOf(root_, sha256, /*encrypted=*/true));
  const bool current = encrypted && encrypted->size >= cipherHeader && isOf(*encrypted->source, keys_.newest());
  if (!current) {
    const auto before = open(sha256);
    if (!before) return false;
    copyOf(*before, sha256, *this)->commit();
  }
  // Only now, when the new form survives a power cut.
  const bool removed = ::unlink(plain.c_str()) == 0;
  if (!removed && errno != ENOENT) throwErrno("cannot remove", plain);
  return !current || removed;
}

std::optional<Opened> openPlain(const fs::path& place) {
  Descriptor file(::open(place.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    throwErrno("cannot open", place);
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throwErrno("cannot look at", place);
  return Opened{std::make_shared<FileSource>(std::move(file)), static_cast<std::uint64_t>(status.st_size)};
}

void FolderStore::each(const Visitor& visit) const {
  eachName(root_, [&](const std::string& first) {
    if (first.size() != 2) return;
    eachName(root_ / first, [&](const std::string& second) {
      eachName(root_ / first / second, [&](const std::string& name) {
        const auto path = root_ / first / second / name;
        const bool encrypted = name.ends_with(encryptedSuffix);
        const auto sha256 = encrypted ? name.substr(0, name.size() - encryptedSuffix.size()) : name;
        if (!isSha256(sha256) || placeOf(root_, sha256, encrypted) != path) return;
        // While it gets a new form it may lie there in both.
        if (!encrypted && statusOf(placeOf(root_, sha256, /*encrypted=*/true))) return;
        if (const auto status = statusOf(path)) visit(sha256, modifiedOf(*status));
      });
    });
  });
}

bool FolderStore::remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) {
  if (!isSha256(sha256)) return false;
  const FolderLock lock(root_, FolderLock::Mode::alone);
  std::vector<fs::path> forms;
  for (const bool encrypted : {false, true}) {
    const auto place = placeOf(root_, sha256, encrypted);
    const auto status = statusOf(place);
    if (status && modifiedOf(*status) > notYoungerThan) return false;
    if (status) forms.push_back(place);
  }
  for (const auto& place : forms)
    if (::unlink(place.c_str()) != 0) throwErrno("cannot remove", place);
  return !forms.empty();
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

}  // namespace blob
