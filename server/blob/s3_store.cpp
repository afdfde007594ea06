#include <curl/curl.h>
#include <fmt/format.h>

#include "base/result.h"
#include "folder.h"
#include "s3_client.h"

namespace blob {
namespace {

/// What is read at once: a request costs as much as some hundred kilobytes.
constexpr std::size_t window = 1 << 20;

std::string objectName(std::string_view sha256, bool encrypted) {
  return std::string(sha256) + (encrypted ? std::string(encryptedSuffix) : std::string());
}

/// The bytes of a file without a name, to send.
class Waiting : public Source {
 public:
  explicit Waiting(const NamelessFile& file) : file_(file) {}
  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const override {
    return file_.read(offset, length);
  }

 private:
  const NamelessFile& file_;
};

class S3Source : public Source {
 public:
  S3Source(std::shared_ptr<const S3Store::Client> client, std::string name, std::uint64_t size)
      : client_(std::move(client)), name_(std::move(name)), size_(size) {}

  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const override {
    if (length == 0) return {};
    const std::scoped_lock lock(mutex_);
    if (offset < at_ || offset + length > at_ + piece_.size()) {
      const auto end = std::min<std::uint64_t>(size_, offset + std::max(length, window));
      auto answer = client_->get(name_, fmt::format("{}-{}", offset, end - 1));
      if (answer.status != 206 && answer.status != 200)
        throw base::Failure("S3: an object is gone while it is read", base::Code::InhaltFehlt);
      if (answer.body.size() != end - offset)
        throw base::Failure("S3: an object is shorter than when it was opened", base::Code::InhaltBeschaedigt);
      piece_ = std::move(answer.body);
      at_ = offset;
    }
    return piece_.substr(static_cast<std::size_t>(offset - at_), length);
  }

 private:
  std::shared_ptr<const S3Store::Client> client_;
  std::string name_;
  std::uint64_t size_;
  mutable std::mutex mutex_;
  mutable std::uint64_t at_ = 0;
  mutable std::string piece_;
};

class S3Writer : public Writer {
 public:
  S3Writer(std::shared_ptr<const S3Store::Client> client, const Keys& keys, std::shared_ptr<std::shared_mutex> lock)
      : client_(std::move(client)), keys_(keys), lock_(std::move(lock)) {}

  void write(std::string_view bytes) override {
    plain_.append(bytes);
    hash_.add(bytes);
  }
  [[nodiscard]] int descriptor() override {
    if (!reader_.valid()) reader_ = plain_.reader();
    return reader_.get();
  }
  Ref commit() override {
    Ref ref{hash_.hex(), plain_.size()};
    const std::shared_lock lock(*lock_);
    if (!keys_.any()) {
      const Waiting bytes(plain_);
      client_->put(objectName(ref.sha256, false), {&bytes, plain_.size(), ref.sha256});
      return ref;
    }
    NamelessFile sealed;
    base::Sha256 sum;
    const auto sink = [&](std::string_view piece) {
      sealed.append(piece);
      sum.add(piece);
    };
    Encoder encoder(keys_.newest());
    for (std::uint64_t at = 0; at < plain_.size(); at += window)
      encoder.put(plain_.read(at, static_cast<std::size_t>(std::min<std::uint64_t>(window, plain_.size() - at))), sink);
    encoder.finish(sink);
    const Waiting bytes(sealed);
    client_->put(objectName(ref.sha256, true), {&bytes, sealed.size(), sum.hex()});
    return ref;
  }

 private:
  std::shared_ptr<const S3Store::Client> client_;
  const Keys& keys_;
  std::shared_ptr<std::shared_mutex> lock_;
  NamelessFile plain_;
  Descriptor reader_;
  base::Sha256 hash_;
};

std::optional<Opened> openObject(const std::shared_ptr<const S3Store::Client>& client, const std::string& name) {
  const auto answer = client->head(name);
  if (answer.status == 404) return std::nullopt;
  return Opened{std::make_shared<S3Source>(client, name, answer.length), answer.length};
}

/// The end of the second that a store says.
std::optional<base::Zeitpunkt> momentOf(const std::string& date) {
  const auto seconds = curl_getdate(date.c_str(), nullptr);
  if (seconds < 0) return std::nullopt;
  return base::Zeitpunkt{std::int64_t{seconds} * 1'000'000};
}

/// "2026-11-28T10:20:30.000Z" as curl reads it.
std::string readable(const std::string& iso) {
  if (iso.size() < 19) return {};
  return iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2) + " " + iso.substr(11, 8) + " GMT";
}

}  // namespace

S3Store::S3Store(S3Address address, Keys keys)
    : client_(std::make_shared<Client>(std::move(address))), keys_(std::move(keys)) {}
S3Store::~S3Store() = default;

std::unique_ptr<Writer> S3Store::writer() { return std::make_unique<S3Writer>(client_, keys_, lock_); }

std::vector<Ref> S3Store::commitAll(std::span<std::unique_ptr<Writer>> writers) {
  for (const auto& writer : writers)
    if (dynamic_cast<S3Writer*>(writer.get()) == nullptr)
      throw base::Failure("blob store: a writer of another store cannot be committed here");
  std::vector<Ref> refs;
  refs.reserve(writers.size());
  for (const auto& writer : writers) refs.push_back(writer->commit());
  return refs;
}

std::optional<Opened> S3Store::open(std::string_view sha256) const {
  if (!isSha256(sha256)) return std::nullopt;
  for (const bool encrypted : {keys_.any(), !keys_.any()}) {
    auto opened = openObject(client_, objectName(sha256, encrypted));
    if (!opened) continue;
    if (!encrypted) return opened;
    return decrypting(std::move(opened->source), opened->size, keys_);
  }
  return std::nullopt;
}

void S3Store::each(const Visitor& visit) const {
  std::string after;
  do {
    const auto page = client_->list(after);
    std::size_t at = 0;
    while (const auto entry = nextTag(page, "Contents", at)) {
      std::size_t from = 0, since = 0;
      auto name = nextTag(*entry, "Key", from).value_or("");
      if (!name.starts_with(client_->address().prefix)) continue;
      name.erase(0, client_->address().prefix.size());
      if (name.ends_with(encryptedSuffix)) name.resize(name.size() - encryptedSuffix.size());
      const auto modified = momentOf(readable(nextTag(*entry, "LastModified", since).value_or("")));
      if (isSha256(name) && modified) visit(name, *modified);
    }
    std::size_t end = 0;
    after = nextTag(page, "NextContinuationToken", end).value_or("");
  } while (!after.empty());
}

bool S3Store::remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) {
  if (!isSha256(sha256)) return false;
  const std::unique_lock lock(*lock_);
  std::vector<std::string> forms;
  for (const bool encrypted : {false, true}) {
    const auto answer = client_->head(objectName(sha256, encrypted));
    if (answer.status == 404) continue;
    const auto modified = momentOf(answer.lastModified);
    if (!modified || *modified > notYoungerThan) return false;
    forms.push_back(objectName(sha256, encrypted));
  }
  for (const auto& name : forms) client_->del(name);
  return !forms.empty();
}

std::size_t S3Store::sweep(base::Zeitpunkt /*notYoungerThan*/) { return 0; }

bool S3Store::renew(std::string_view sha256) {
  if (!keys_.any() || !isSha256(sha256)) return false;
  const auto encrypted = openObject(client_, objectName(sha256, true));
  const bool current = encrypted && encrypted->size >= cipherHeader && isOf(*encrypted->source, keys_.newest());
  if (!current) {
    const auto before = open(sha256);
    if (!before) return false;
    copyOf(*before, sha256, *this)->commit();
  }
  const bool plain = client_->head(objectName(sha256, false)).status != 404;
  if (plain) client_->del(objectName(sha256, false));
  return !current || plain;
}

}  // namespace blob
