#pragma once
// Mail handed over by the town's mail server (LMTP, RFC 2033). It has no login, so it listens on loopback or a unix
// socket only.
#include <atomic>
#include <filesystem>
#include <list>
#include <mutex>
#include <thread>

#include "eingang/eingang.h"

namespace eingang {

class Lmtp {
 public:
  /// `adresse`: "127.0.0.1:2424", "[::1]:2424", or "unix:/run/…". Throws base::Failure for any other, and when it is
  /// taken.
  Lmtp(const std::string& adresse, akte::Schriftgut& schriftgut, std::uint64_t maxBytes);
  ~Lmtp();
  Lmtp(const Lmtp&) = delete;
  Lmtp& operator=(const Lmtp&) = delete;
  /// What it listens on, with the port that it got.
  [[nodiscard]] const std::string& adresse() const { return adresse_; }

 private:
  struct Gast {
    int fd;
    std::atomic<bool> fertig = false;
    std::thread thread{};
  };
  void nimmAn();
  void raeumeAuf(bool alle);

  akte::Schriftgut& schriftgut_;
  std::uint64_t maxBytes_;
  std::string adresse_;
  std::filesystem::path socketFile_{};
  int fd_ = -1;
  std::atomic<bool> haelt_ = false;
  std::list<Gast> gaeste_{};
  std::thread thread_{};
};

}  // namespace eingang
