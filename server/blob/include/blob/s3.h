#pragma once
// Blobs in a bucket that speaks S3: Amazon's own, Ceph, MinIO, or what a data centre has.
#include <mutex>
#include <shared_mutex>

#include "blob/store.h"

namespace blob {

/// Where and as whom. `s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION`; the prefix may be empty.
struct S3Address {
  std::string endpoint{};  ///< scheme, host and port
  std::string bucket{}, prefix{};
  std::string region = "us-east-1";
  std::string accessKey{}, secretKey{};
  /// Throws base::Failure with a German sentence. `accessFile` has the two keys, one in each line.
  [[nodiscard]] static S3Address parse(std::string_view url, const std::filesystem::path& accessFile);
};

[[nodiscard]] bool isS3(std::string_view url);

/// Each blob is one object, named by its SHA-256 (with `.enc` behind it where it is encrypted), and comes into being by
/// one PUT, so that it is whole or not there. What the store refuses or does not answer is tried again for a while,
/// then it is a base::Failure with the code SpeicherFehlt.
class S3Store : public Store {
 public:
  explicit S3Store(S3Address address, Keys keys = {});
  ~S3Store() override;

  [[nodiscard]] std::unique_ptr<Writer> writer() override;
  std::vector<Ref> commitAll(std::span<std::unique_ptr<Writer>> writers) override;
  [[nodiscard]] std::optional<Opened> open(std::string_view sha256) const override;
  void each(const Visitor& visit) const override;
  bool remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) override;
  /// A bucket shows nothing of what was not finished.
  std::size_t sweep(base::Zeitpunkt notYoungerThan) override;
  bool renew(std::string_view sha256) override;

  class Client;

 private:
  std::shared_ptr<Client> client_;
  Keys keys_;
  /// Commits and removals of the same content must not cross.
  std::shared_ptr<std::shared_mutex> lock_ = std::make_shared<std::shared_mutex>();
};

}  // namespace blob
