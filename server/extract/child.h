#pragma once
#include <sys/types.h>

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/extract.h"
#include "extract/wire.h"

namespace extract {

/// One running extractor. Not for two threads at once. Killed and reaped on destruction.
class Child {
 public:
  using Clock = std::chrono::steady_clock;

  /// Nothing when the program cannot be started.
  [[nodiscard]] static std::unique_ptr<Child> start(const Options& options, std::string_view mode = "--serve");
  /// Takes over a child process that was made otherwise.
  [[nodiscard]] static std::unique_ptr<Child> adopt(pid_t pid, int socket);
  /// The same for any program that talks over the socket at its standard input and output.
  [[nodiscard]] static std::unique_ptr<Child> start(std::vector<std::string> command);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  enum class Outcome { Reply, Late, TooLong, BadFile, Gone };

  /// Sends one file, with the memory for its parts (-1 for none), and waits for its answer. After any outcome but Reply
  /// the child is of no more use.
  [[nodiscard]] Outcome ask(int fd, int teile, std::string_view endung, Stage stage, Clock::time_point deadline,
                            std::string& reply);

  /// Sends bytes, together with an open file unless `fd` is negative.
  [[nodiscard]] Outcome send(int fd, std::string_view bytes, Clock::time_point deadline) const;
  [[nodiscard]] Outcome receive(char* into, std::size_t size, Clock::time_point deadline);

  /// Why a child that is Gone has ended, as a code of hinweis.h.
  [[nodiscard]] std::string_view reasonOfEnd();
  /// Whether a byte ever came from it.
  [[nodiscard]] bool answered() const { return answered_; }

  /// Ends it at once.
  void stop() { end(); }

  int files = 0;

 private:
  Child(pid_t pid, int socket) : pid_(pid), socket_(socket) {}
  [[nodiscard]] bool wait(short events, Clock::time_point deadline) const;
  [[nodiscard]] Outcome sendWith(std::span<const int> descriptors, std::string_view bytes,
                                 Clock::time_point deadline) const;
  /// Returns the wait status.
  int end();

  pid_t pid_;
  int socket_;
  bool answered_ = false;
};

}  // namespace extract
