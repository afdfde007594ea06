#pragma once
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace base {

/// SHA-256 over data that comes piece by piece.
class Sha256 {
 public:
  Sha256();
  Sha256& add(std::string_view data);
  /// Ends the computation: 64 lower-case hex digits. Call once.
  [[nodiscard]] std::string hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace base
