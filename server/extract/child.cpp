#include "child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "reply.h"

namespace extract {
namespace {

/// The child gives what it has before the wall time ends, so that a long file is not lost altogether.
constexpr int kOwnShareOfWall = 75;
/// A child that outlives its server, in an endless loop, ends by its processor time.
constexpr int kCpuPerWall = 3;

/// What the new process starts with: the socket, no environment of ours, default signals, a group of its own (so that
/// Ctrl-C at the server's terminal does not end a file in the middle).
class SpawnPlan {
 public:
  explicit SpawnPlan(int socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, socket, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  [[nodiscard]] pid_t spawn(std::vector<std::string> arguments) const {
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    std::string locale = "LC_ALL=C.UTF-8", zone = "TZ=UTC0";
    char* const environment[] = {locale.data(), zone.data(), nullptr};
    pid_t pid = -1;
    return posix_spawn(&pid, argv[0], &actions_, &attributes_, argv.data(), environment) == 0 ? pid : -1;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

std::unique_ptr<Child> Child::start(const Options& options, std::string_view mode) {
  const auto wall = std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(options.wall).count());
  return start({options.program.string(), std::string(mode), "--memory", std::to_string(options.memory >> 20), "--cpu",
                std::to_string(wall * kCpuPerWall), "--seconds",
                std::to_string(std::max<std::int64_t>(1, wall * kOwnShareOfWall / 100))});
}

std::unique_ptr<Child> Child::start(std::vector<std::string> command) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return nullptr;
  const pid_t pid = SpawnPlan(pair[1]).spawn(std::move(command));
  close(pair[1]);
  if (pid < 0) {
    close(pair[0]);
    return nullptr;
  }
  return std::unique_ptr<Child>(new Child(pid, pair[0]));
}

std::unique_ptr<Child> Child::adopt(pid_t pid, int socket) { return std::unique_ptr<Child>(new Child(pid, socket)); }

Child::~Child() { end(); }

int Child::end() {
  if (pid_ < 0) return 0;
  close(socket_);
  kill(pid_, SIGKILL);
  int status = 0;
  while (waitpid(std::exchange(pid_, -1), &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

std::string_view Child::reasonOfEnd() {
  // The socket closes after the kernel has noted why the process ends, so the kill in end() does not change that.
  const int status = end();
  if (WIFEXITED(status)) return answered_ ? "absturz" : "start";
  if (WTERMSIG(status) == SIGSYS) return "abgewehrt";
  if (WTERMSIG(status) == SIGXCPU) return "zeitlimit";
  return "absturz";
}

Child::Outcome Child::send(int fd, std::string_view bytes, Clock::time_point deadline) const {
  return sendWith(std::span(&fd, fd < 0 ? 0 : 1), bytes, deadline);
}

Child::Outcome Child::sendWith(std::span<const int> descriptors, std::string_view bytes,
                               Clock::time_point deadline) const {
  while (!bytes.empty()) {
    iovec data{const_cast<char*>(bytes.data()), bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(2 * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    if (!descriptors.empty()) {
      message.msg_control = control.data();
      message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
      cmsghdr* header = CMSG_FIRSTHDR(&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN(descriptors.size_bytes());
      std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size_bytes());
    }
    const ssize_t done = sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (done > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(done));
      descriptors = {};
    } else if (errno == EAGAIN) {
      if (!wait(POLLOUT, deadline)) return Outcome::Late;
    } else if (errno != EINTR) {
      return errno == EPIPE || errno == ECONNRESET ? Outcome::Gone : Outcome::BadFile;
    }
  }
  return Outcome::Reply;
}

bool Child::wait(short events, Clock::time_point deadline) const {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{socket_, events, 0};
    const int ready = left <= 0 ? 0 : poll(&waiting, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    return ready > 0;
  }
}

Child::Outcome Child::receive(char* into, std::size_t size, Clock::time_point deadline) {
  while (size > 0) {
    if (!wait(POLLIN, deadline)) return Outcome::Late;
    const ssize_t got = recv(socket_, into, size, MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return Outcome::Gone;
    answered_ = true;
    into += got;
    size -= static_cast<std::size_t>(got);
  }
  return Outcome::Reply;
}

Child::Outcome Child::ask(int fd, int teile, std::string_view endung, Stage stage, Clock::time_point deadline,
                          std::string& reply) {
  Request request{.stage = stage};
  std::copy_n(endung.begin(), std::min(endung.size(), request.endung.size() - 1), request.endung.begin());
  ++files;
  // An invalid descriptor must fail here, not be taken for none.
  if (fd < 0) return Outcome::BadFile;
  const std::array<int, 2> descriptors{fd, teile};
  if (const Outcome outcome = sendWith(std::span(descriptors).first(teile < 0 ? 1 : 2),
                                       {reinterpret_cast<const char*>(&request), sizeof request}, deadline);
      outcome != Outcome::Reply)
    return outcome;
  std::uint32_t length = 0;
  if (const Outcome outcome = receive(reinterpret_cast<char*>(&length), sizeof length, deadline);
      outcome != Outcome::Reply)
    return outcome;
  if (length > kMaxReply) return Outcome::TooLong;
  reply.resize(length);
  return receive(reply.data(), reply.size(), deadline);
}

}  // namespace extract
