// aktenlotse-extract: reads text out of one file at a time, inside a sandbox that it closes before the first byte.
#include <extract/wire.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>

#include "ablage.h"
#include "read.h"
#include "sandbox.h"
#include "schriften.h"

namespace extractor {
namespace {

struct Settings {
  bool serve = false, vorlage = false;
  std::uint64_t memoryMiB = 1024;
  unsigned cpuSeconds = 60, seconds = 15;
};

/// A regular file in memory, unmapped and closed at the end.
class FileView {
 public:
  explicit FileView(int fd) : fd_(fd) {
    const off_t size = lseek(fd, 0, SEEK_END);
    if (size < 0) throw Unreadable{"fehler", "lesefehler"};
    if (size == 0) return;
    void* data = mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED) throw Unreadable{"fehler", "zu_gross"};
    bytes_ = {static_cast<const char*>(data), static_cast<std::size_t>(size)};
  }
  ~FileView() {
    if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
    if (fd_ > STDERR_FILENO) close(fd_);
  }
  FileView(const FileView&) = delete;
  FileView& operator=(const FileView&) = delete;
  [[nodiscard]] Bytes bytes() const { return bytes_; }

 private:
  int fd_;
  Bytes bytes_;
};

/// The reply for one file; empty when it needs a parser and `stage` allows none.
std::string replyFor(int fd, std::string_view endung, extract::Stage stage, TeilAblage* ablage,
                     const Settings& settings) {
  try {
    const FileView file(fd);
    Budget budget;
    budget.until = std::chrono::steady_clock::now() + std::chrono::seconds(settings.seconds);
    budget.ablage = ablage;
    if (stage == extract::Stage::Full) return toJson(read(file.bytes(), endung, budget));
    Result result;
    return readPlain(file.bytes(), endung, budget, result) ? toJson(result) : std::string();
  } catch (const Unreadable& reason) {
    return toJson({.status = reason.status, .grund = reason.grund, .format = "unknown"});
  } catch (const std::bad_alloc&) {
    return toJson({.status = "fehler", .grund = "speicher", .format = "unknown"});
  }
}

void writeAll(std::string_view data) {
  while (!data.empty()) {
    const ssize_t done = write(STDOUT_FILENO, data.data(), data.size());
    if (done <= 0) _exit(EXIT_FAILURE);
    data.remove_prefix(static_cast<std::size_t>(done));
  }
}

struct Received {
  int file = -1, teile = -1;
};

/// The descriptors that came with the request; none when the server has closed its end.
Received receive(extract::Request& request) {
  iovec data{&request, sizeof request};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(2 * sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  if (recvmsg(STDIN_FILENO, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC) != sizeof request) return {};
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS) return {};
  Received got;
  std::memcpy(&got.file, CMSG_DATA(header), sizeof got.file);
  if (header->cmsg_len >= CMSG_LEN(2 * sizeof(int)))
    std::memcpy(&got.teile, CMSG_DATA(header) + sizeof got.file, sizeof got.teile);
  return got;
}

void enter(const Settings& settings) {
  enterSandbox({.memory = settings.memoryMiB << 20, .cpuSeconds = settings.cpuSeconds});
}

void serve(const Settings& settings) {
  extract::Request request;
  for (Received got = receive(request); got.file >= 0; got = receive(request)) {
    request.endung.back() = '\0';
    std::optional<MemoryAblage> ablage;
    if (got.teile >= 0) ablage.emplace(got.teile);
    const std::string reply =
        replyFor(got.file, request.endung.data(), request.stage, ablage ? &*ablage : nullptr, settings);
    const auto length = static_cast<std::uint32_t>(reply.size());
    writeAll({reinterpret_cast<const char*>(&length), sizeof length});
    writeAll(reply);
  }
}

/// Forks a child for each socket that comes, until the server closes its end. The child is the server's (CLONE_PARENT),
/// who waits for it and learns how it ended.
void beVorlage(const Settings& settings) {
  extract::Request request;
  for (Received got = receive(request); got.file >= 0; got = receive(request)) {
    const auto pid =
        static_cast<std::int32_t>(syscall(SYS_clone, CLONE_PARENT | SIGCHLD, nullptr, nullptr, nullptr, 0));
    if (pid == 0) {
      if (dup2(got.file, STDIN_FILENO) < 0 || dup2(got.file, STDOUT_FILENO) < 0) _exit(EXIT_FAILURE);
      setpgid(0, 0);
      enter(settings);
      serve(settings);
      _exit(EXIT_SUCCESS);
    }
    close(got.file);
    if (pid < 0) _exit(EXIT_FAILURE);
    const extract::Forked forked{.pid = pid};
    writeAll({reinterpret_cast<const char*>(&forked), sizeof forked});
  }
  _exit(EXIT_SUCCESS);
}

}  // namespace
}  // namespace extractor

int main(int argc, char** argv) {
  extractor::Settings settings;
  CLI::App app{"Reads the text out of one file (standard input, a regular file) and prints it as JSON."};
  app.add_flag("--serve", settings.serve, "take many files from a socket at standard input (the server does this)");
  app.add_flag("--vorlage", settings.vorlage, "load everything, then fork a child for each socket that comes");
  app.add_option("--memory", settings.memoryMiB, "limit of memory in MiB")->capture_default_str();
  app.add_option("--cpu", settings.cpuSeconds, "limit of processor seconds, for all files")->capture_default_str();
  app.add_option("--seconds", settings.seconds, "after so many seconds, give what was read")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    extractor::keepSchriften();
    extractor::warmUp();
    if (settings.vorlage) extractor::beVorlage(settings);
    extractor::enter(settings);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "aktenlotse-extract: the sandbox could not be closed: %s\n", error.what());
    return EXIT_FAILURE;
  }
  if (settings.serve) {
    extractor::serve(settings);
  } else {
    extractor::writeAll(extractor::replyFor(STDIN_FILENO, "", extract::Stage::Full, nullptr, settings) + "\n");
  }
  // Destructors of libraries may want what the sandbox forbids.
  _exit(EXIT_SUCCESS);
}
