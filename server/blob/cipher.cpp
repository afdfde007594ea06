#include "cipher.h"

#include <fmt/format.h>
#include <sodium.h>

#include <cstring>
#include <fstream>

#include "base/result.h"

namespace blob {
namespace {

constexpr std::string_view magic = "ALBLOB1\n";
constexpr std::size_t idSize = 8, randomSize = 16;
constexpr std::uint64_t lastMark = std::uint64_t{1} << 63;
static_assert(cipherHeader == magic.size() + idSize + randomSize);
static_assert(cipherProof == crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(std::tuple_size_v<decltype(Key::bytes)> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

using Nonce = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;

const unsigned char* bytesOf(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytesOf(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void needSodium() {
  if (sodium_init() < 0) throw base::Failure("libsodium cannot start");
}

Nonce nonceOf(std::string_view header, std::uint64_t number, bool last) {
  Nonce nonce{};
  std::memcpy(nonce.data(), header.data() + magic.size() + idSize, randomSize);
  std::uint64_t mark = last ? number | lastMark : number;
  for (std::size_t i = 0; i < sizeof mark; ++i, mark >>= 8)
    nonce.at(randomSize + i) = static_cast<unsigned char>(mark & 0xff);
  return nonce;
}

[[noreturn]] void damaged() { throw base::Failure("an encrypted blob is damaged", base::Code::InhaltBeschaedigt); }

std::string headerOf(const Source& source, std::uint64_t size) {
  if (size < cipherHeader + cipherProof) damaged();
  auto header = source.read(0, cipherHeader);
  if (!header.starts_with(magic)) damaged();
  return header;
}

class DecryptingSource : public Source {
 public:
  DecryptingSource(std::shared_ptr<const Source> inner, std::string header, std::uint64_t plain, const Key& key)
      : inner_(std::move(inner)), header_(std::move(header)), plain_(plain), key_(key) {}
  ~DecryptingSource() override { sodium_memzero(key_.bytes.data(), key_.bytes.size()); }

  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const override {
    std::string out;
    out.reserve(length);
    while (out.size() < length) {
      const auto at = offset + out.size();
      const auto chunk = open(at / cipherChunk);
      const auto from = static_cast<std::size_t>(at % cipherChunk);
      if (from >= chunk.size()) damaged();
      out += std::string_view(chunk).substr(from, length - out.size());
    }
    return out;
  }

 private:
  [[nodiscard]] std::string open(std::uint64_t number) const {
    const auto begin = number * cipherChunk;
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(cipherChunk, plain_ - begin));
    const bool last = begin + size == plain_;
    const auto sealed = inner_->read(cipherHeader + number * (cipherChunk + cipherProof), size + cipherProof);
    std::string plain(size, '\0');
    const auto nonce = nonceOf(header_, number, last);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytesOf(plain), nullptr, nullptr, bytesOf(std::string_view(sealed)),
                                                   sealed.size(), bytesOf(std::string_view(header_)), header_.size(),
                                                   nonce.data(), key_.bytes.data()) != 0)
      damaged();
    return plain;
  }

  std::shared_ptr<const Source> inner_;
  std::string header_;
  std::uint64_t plain_;
  Key key_;
};

}  // namespace

// ---- keys

Keys Keys::of(const std::vector<std::string>& lines) {
  needSodium();
  Keys out;
  for (const auto& line : lines) {
    Key key;
    std::size_t length = 0;
    if (line.size() != 2 * key.bytes.size() ||
        sodium_hex2bin(key.bytes.data(), key.bytes.size(), line.data(), line.size(), nullptr, &length, nullptr) != 0 ||
        length != key.bytes.size())
      throw base::Failure(
          "Ein Schlüssel ist eine Zeile aus 64 Hexadezimalziffern. Einen neuen macht „openssl rand -hex 32“.");
    constexpr std::string_view purpose = "aktenlotse: which key";
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), bytesOf(purpose), purpose.size(), key.bytes.data(), key.bytes.size());
    std::copy_n(hash.begin(), key.id.size(), key.id.begin());
    out.keys_.push_back(key);
  }
  if (out.keys_.empty()) throw base::Failure("In der Datei der Schlüssel steht keiner.");
  return out;
}

Keys Keys::fromFile(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw base::Failure(fmt::format("Die Datei der Schlüssel {} ist nicht lesbar.", file.string()));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (!line.empty()) lines.push_back(line);
  }
  return of(lines);
}

const Key* Keys::find(std::string_view id) const {
  for (const auto& key : keys_)
    if (id.size() == key.id.size() && std::memcmp(id.data(), key.id.data(), key.id.size()) == 0) return &key;
  return nullptr;
}

// ---- the encrypted form

std::uint64_t encryptedSize(std::uint64_t plain) {
  const auto chunks = std::max<std::uint64_t>(1, (plain + cipherChunk - 1) / cipherChunk);
  return cipherHeader + plain + chunks * cipherProof;
}

std::string Encoder::freshRandom() {
  needSodium();
  std::string random(randomSize, '\0');
  randombytes_buf(random.data(), random.size());
  return random;
}

Encoder::Encoder(const Key& key) : Encoder(key, freshRandom()) {}

Encoder::Encoder(const Key& key, std::string_view random) : key_(key), header_(magic) {
  needSodium();
  header_.append(reinterpret_cast<const char*>(key.id.data()), key.id.size());
  header_ += random;
}

void Encoder::put(std::string_view plain, const Sink& sink) {
  // A chunk stays back until it is known whether it is the last.
  while (!plain.empty()) {
    if (pending_.size() == cipherChunk) {
      seal(pending_, false, sink);
      pending_.clear();
    }
    const auto piece = plain.substr(0, cipherChunk - pending_.size());
    pending_ += piece;
    plain.remove_prefix(piece.size());
  }
}

void Encoder::finish(const Sink& sink) {
  seal(pending_, true, sink);
  pending_.clear();
}

void Encoder::seal(std::string_view chunk, bool last, const Sink& sink) {
  if (!std::exchange(begun_, true)) sink(header_);
  std::string sealed(chunk.size() + cipherProof, '\0');
  const auto nonce = nonceOf(header_, number_++, last);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytesOf(sealed), nullptr, bytesOf(chunk), chunk.size(),
                                             bytesOf(std::string_view(header_)), header_.size(), nullptr, nonce.data(),
                                             key_.bytes.data());
  sink(sealed);
}

Opened decrypting(std::shared_ptr<const Source> source, std::uint64_t size, const Keys& keys) {
  needSodium();
  auto header = headerOf(*source, size);
  const auto id = std::string_view(header).substr(magic.size(), idSize);
  const auto* key = keys.find(id);
  if (key == nullptr) {
    std::string shown;
    for (const char c : id) shown += fmt::format("{:02x}", static_cast<unsigned char>(c));
    throw base::Failure(
        fmt::format(
            "Eine Datei ist mit dem Schlüssel {} verschlüsselt, der hier nicht angegeben ist. Nennen Sie ihn mit "
            "--blob-schluessel.",
            shown),
        base::Code::SchluesselFehlt);
  }
  const auto body = size - cipherHeader;
  const auto chunks = (body + cipherChunk + cipherProof - 1) / (cipherChunk + cipherProof);
  if (body < chunks * cipherProof) damaged();
  const auto plain = body - chunks * cipherProof;
  if (encryptedSize(plain) != size) damaged();
  return {std::make_shared<DecryptingSource>(std::move(source), std::move(header), plain, *key), plain};
}

bool isOf(const Source& source, const Key& key) {
  const auto id = source.read(magic.size(), idSize);
  return std::memcmp(id.data(), key.id.data(), key.id.size()) == 0;
}

}  // namespace blob
