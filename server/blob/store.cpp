#include "blob/store.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>

#include "base/hash.h"
#include "base/result.h"
#include "nameless_file.h"

namespace blob {
namespace {

constexpr std::size_t pieceSize = 1 << 18;

}  // namespace

std::string Opened::read(std::uint64_t offset, std::size_t length) const {
  if (offset >= size) return {};
  return source->read(offset, static_cast<std::size_t>(std::min<std::uint64_t>(length, size - offset)));
}

Descriptor Opened::file() const {
  if (const int plain = source->descriptor(); plain >= 0) {
    Descriptor copy(::fcntl(plain, F_DUPFD_CLOEXEC, 0));
    if (!copy.valid()) throw base::systemFailure("blob store: no descriptor", errno);
    return copy;
  }
  NamelessFile copy;
  for (std::uint64_t at = 0; at < size; at += pieceSize) copy.append(read(at, pieceSize));
  return copy.reader();
}

Opened Store::need(std::string_view sha256) const {
  auto opened = open(sha256);
  if (!opened) throw base::Failure(fmt::format("blob is missing: {}", sha256), base::Code::InhaltFehlt);
  return *std::move(opened);
}

std::optional<std::string> Store::verify(std::string_view sha256) const {
  try {
    const auto opened = open(sha256);
    if (!opened) return fmt::format("Der Dateiinhalt {} fehlt.", sha256);
    base::Sha256 hash;
    for (std::uint64_t at = 0; at < opened->size; at += pieceSize) hash.add(opened->read(at, pieceSize));
    if (hash.hex() == sha256) return std::nullopt;
    return fmt::format("Der Dateiinhalt {} ist verändert: Seine Prüfsumme stimmt nicht.", sha256);
  } catch (const base::Failure& failure) {
    return fmt::format("Der Dateiinhalt {} ist nicht lesbar: {}", sha256, failure.what());
  }
}

Befund Store::mend(std::string_view sha256) {
  auto wrong = verify(sha256);
  return {wrong ? *std::move(wrong) : std::string(), false};
}

std::unique_ptr<Writer> copyOf(const Opened& blob, std::string_view sha256, Store& into) {
  auto writer = into.writer();
  base::Sha256 hash;
  for (std::uint64_t at = 0; at < blob.size; at += pieceSize) {
    const auto piece = blob.read(at, pieceSize);
    hash.add(piece);
    writer->write(piece);
  }
  if (hash.hex() != sha256)
    throw base::Failure(fmt::format("Der Dateiinhalt {} ist verändert: Seine Prüfsumme stimmt nicht.", sha256),
                        base::Code::InhaltBeschaedigt);
  return writer;
}

}  // namespace blob
