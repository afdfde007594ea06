// ZIP archives as office files are: read whole with libarchive, written by the few lines that they need, because the
// writer of libarchive asks for the time zone, which the sandbox does not give.
#include "zip_schreiben.h"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <cstdint>
#include <memory>

namespace extractor {
namespace {

constexpr std::size_t kEintraege = 2000;
/// A letter with pictures of a coat of arms is far below; a bomb is above.
constexpr std::size_t kGesamt = std::size_t{128} << 20;

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
}

std::string deflated(const std::string& data) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string out(deflateBound(&stream, data.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int rc = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (rc != Z_STREAM_END) throw Unreadable{"fehler", "speicher"};
  return out;
}

}  // namespace

std::vector<Zipeintrag> zipLesen(Bytes bytes) {
  const std::unique_ptr<archive, decltype(&archive_read_free)> zip(archive_read_new(), &archive_read_free);
  archive_read_support_format_zip_seekable(zip.get());
  if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    throw Unreadable{"fehler", "beschaedigt"};
  std::vector<Zipeintrag> out;
  std::size_t all = 0;
  archive_entry* entry = nullptr;
  int rc = ARCHIVE_OK;
  while ((rc = archive_read_next_header(zip.get(), &entry)) >= ARCHIVE_WARN && rc != ARCHIVE_EOF) {
    if (archive_entry_is_data_encrypted(entry) != 0) throw Unreadable{"gesperrt", "kennwort"};
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || out.size() >= kEintraege) throw Unreadable{"fehler", "beschaedigt"};
    Zipeintrag one{name, {}};
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    int got = ARCHIVE_OK;
    while ((got = archive_read_data_block(zip.get(), &data, &size, &offset)) != ARCHIVE_EOF) {
      if (got < ARCHIVE_WARN) throw Unreadable{"fehler", "beschaedigt"};
      all += size;
      if (all > kGesamt) throw Unreadable{"fehler", "zu_gross"};
      one.daten.append(static_cast<const char*>(data), size);
    }
    out.push_back(std::move(one));
  }
  if (rc != ARCHIVE_EOF || out.empty()) throw Unreadable{"fehler", "beschaedigt"};
  return out;
}

std::string zipSchreiben(const std::vector<Zipeintrag>& entries) {
  // 1 January 1980: the earliest day that the format knows.
  constexpr std::uint64_t kZeit = 0x00210000, kUtf8 = 0x0800;
  std::string out, directory;
  for (const auto& entry : entries) {
    const bool folder = entry.name.ends_with('/');
    const bool stored = folder || entry.name == "mimetype";
    const std::string packed = stored ? entry.daten : deflated(entry.daten);
    std::string head;
    put(head, 20, 2);
    put(head, kUtf8, 2);
    put(head, stored ? 0 : 8, 2);
    put(head, kZeit, 4);
    put(head, crc32(0, reinterpret_cast<const Bytef*>(entry.daten.data()), static_cast<uInt>(entry.daten.size())), 4);
    put(head, packed.size(), 4);
    put(head, entry.daten.size(), 4);
    put(head, entry.name.size(), 2);
    put(head, 0, 2);
    put(directory, 0x02014b50, 4);
    put(directory, 20, 2);
    directory += head;
    put(directory, 0, 2);  // comment
    put(directory, 0, 2);  // disk
    put(directory, 0, 2);  // internal attributes
    put(directory, folder ? 16 : 0, 4);
    put(directory, out.size(), 4);
    directory += entry.name;
    put(out, 0x04034b50, 4);
    out += head + entry.name + packed;
  }
  const auto begin = out.size();
  out += directory;
  put(out, 0x06054b50, 4);
  put(out, 0, 4);
  put(out, entries.size(), 2);
  put(out, entries.size(), 2);
  put(out, directory.size(), 4);
  put(out, begin, 4);
  put(out, 0, 2);
  return out;
}

}  // namespace extractor
