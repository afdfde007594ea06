#pragma once
#include "blob/s3.h"

namespace blob {

/// One request after the other over kept connections; shared by threads.
class S3Store::Client {
 public:
  struct Answer {
    long status = 0;
    std::string body{}, lastModified{};
    std::uint64_t length = 0;  ///< of the body, as the store says
  };
  /// Bytes to send, from any place.
  struct Body {
    const Source* bytes = nullptr;
    std::uint64_t size = 0;
    std::string sha256{};
  };

  explicit Client(S3Address address);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// `range` as in the header Range; empty for all.
  [[nodiscard]] Answer get(const std::string& name, const std::string& range) const;
  [[nodiscard]] Answer head(const std::string& name) const;
  void put(const std::string& name, const Body& body) const;
  void del(const std::string& name) const;
  /// One page of names, in XML; `after` continues.
  [[nodiscard]] std::string list(const std::string& after) const;
  [[nodiscard]] const S3Address& address() const { return address_; }

 private:
  struct Call;
  struct Pool;
  [[nodiscard]] Answer run(const Call& call) const;
  [[nodiscard]] Answer once(const Call& call) const;
  [[nodiscard]] std::string urlOf(const std::string& name) const;

  S3Address address_;
  std::unique_ptr<Pool> pool_;
};

/// The text between the first `<tag>` and `</tag>` from `at` on; moves `at` behind it. Nothing when there is no more.
[[nodiscard]] std::optional<std::string> nextTag(std::string_view xml, std::string_view tag, std::size_t& at);

}  // namespace blob
