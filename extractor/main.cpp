// aktenlotse-extract: reads text out of one file at a time, inside a sandbox that it closes before the first byte.
#include <extract/wire.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <cstring>
#include <new>

#include "read.h"
#include "sandbox.h"

namespace extractor {
namespace {

struct Settings {
  bool serve = false;
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
std::string replyFor(int fd, std::string_view endung, extract::Stage stage, const Settings& settings) {
  try {
    const FileView file(fd);
    Budget budget;
    budget.until = std::chrono::steady_clock::now() + std::chrono::seconds(settings.seconds);
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

/// The file that came with the request; -1 when the server has closed its end.
int receive(extract::Request& request) {
  iovec data{&request, sizeof request};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  if (recvmsg(STDIN_FILENO, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC) != sizeof request) return -1;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS) return -1;
  int fd = -1;
  std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
  return fd;
}

void serve(const Settings& settings) {
  extract::Request request;
  for (int fd = receive(request); fd >= 0; fd = receive(request)) {
    request.endung.back() = '\0';
    const std::string reply = replyFor(fd, request.endung.data(), request.stage, settings);
    const auto length = static_cast<std::uint32_t>(reply.size());
    writeAll({reinterpret_cast<const char*>(&length), sizeof length});
    writeAll(reply);
  }
}

}  // namespace
}  // namespace extractor

int main(int argc, char** argv) {
  extractor::Settings settings;
  CLI::App app{"Reads the text out of one file (standard input, a regular file) and prints it as JSON."};
  app.add_flag("--serve", settings.serve, "take many files from a socket at standard input (the server does this)");
  app.add_option("--memory", settings.memoryMiB, "limit of memory in MiB")->capture_default_str();
  app.add_option("--cpu", settings.cpuSeconds, "limit of processor seconds, for all files")->capture_default_str();
  app.add_option("--seconds", settings.seconds, "after so many seconds, give what was read")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    extractor::warmUp();
    extractor::enterSandbox({.memory = settings.memoryMiB << 20, .cpuSeconds = settings.cpuSeconds});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "aktenlotse-extract: the sandbox could not be closed: %s\n", error.what());
    return EXIT_FAILURE;
  }
  if (settings.serve) {
    extractor::serve(settings);
  } else {
    extractor::writeAll(extractor::replyFor(STDIN_FILENO, "", extract::Stage::Full, settings) + "\n");
  }
  // Destructors of libraries may want what the sandbox forbids.
  _exit(EXIT_SUCCESS);
}
