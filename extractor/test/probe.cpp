// Closes the sandbox and then tries one forbidden thing; server/extract/test/sandbox_test.cpp looks at how it ends.
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sandbox.h"

namespace {

/// What the attempt gave, as exit status: 0 for success, else errno.
int outcome(long rc) { return rc >= 0 ? 0 : errno; }

int memory() {
  std::vector<std::unique_ptr<char[]>> blocks;
  try {
    for (int i = 0; i < 64; ++i) {
      blocks.push_back(std::make_unique<char[]>(16 << 20));
      std::memset(blocks.back().get(), 1, 16 << 20);
    }
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  }
  return 0;
}

int spin() {
  for (volatile unsigned long i = 0;;) i = i + 1;
}

const std::map<std::string, std::function<int()>> kAttempts = {
    {"nothing", [] { return outcome(write(STDOUT_FILENO, "", 0)); }},
    {"open", [] { return outcome(open("/etc/passwd", O_RDONLY)); }},
    {"create", [] { return outcome(open("/tmp/aktenlotse-probe", O_RDWR | O_CREAT, 0600)); }},
    {"openat2", [] { return outcome(syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", nullptr, 0)); }},
    {"readInherited",
     [] {
       char byte = 0;
       return outcome(read(STDIN_FILENO, &byte, 1));
     }},
    {"socket", [] { return outcome(socket(AF_INET, SOCK_STREAM, 0)); }},
    {"unixSocket", [] { return outcome(socket(AF_UNIX, SOCK_STREAM, 0)); }},
    {"fork", [] { return outcome(fork()); }},
    {"thread", [] { return outcome(syscall(SYS_clone3, nullptr, 0)); }},
    {"exec", [] { return outcome(execl("/bin/true", "true", nullptr)); }},
    {"execat", [] { return outcome(syscall(SYS_execveat, STDIN_FILENO, "", nullptr, nullptr, AT_EMPTY_PATH)); }},
    {"kill", [] { return outcome(kill(getppid(), 0)); }},
    {"ptrace", [] { return outcome(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }},
    {"raiseLimit",
     [] {
       const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
       return outcome(setrlimit(RLIMIT_AS, &more));
     }},
    {"code",
     [] {
       return mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno : 0;
     }},
    {"makeCode",
     [] {
       void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
       return outcome(mprotect(page, 4096, PROT_READ | PROT_EXEC));
     }},
    {"unshare", [] { return outcome(unshare(CLONE_NEWUSER)); }},
    {"ioUring", [] { return outcome(syscall(SYS_io_uring_setup, 1, nullptr)); }},
    {"closeSocket", [] { return outcome(syscall(SYS_close, 0x100000000L)); }},
    {"sendmsg", [] { return outcome(syscall(SYS_sendmsg, STDIN_FILENO, nullptr, 0)); }},
    {"abort",
     [] {
       raise(SIGABRT);
       return 0;
     }},
    {"memory", memory},
    {"spin", spin},
};

}  // namespace

/// probe [--nobody] ATTEMPT
int main(int argc, char** argv) {
  const bool nobody = argc == 3 && std::strcmp(argv[1], "--nobody") == 0;
  if (nobody && (setgid(65534) != 0 || setuid(65534) != 0)) return 200;
  const auto attempt = kAttempts.find(argv[argc - 1]);
  if (attempt == kAttempts.end()) return 201;
  try {
    extractor::enterSandbox({.memory = std::uint64_t{256} << 20, .cpuSeconds = 1});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 202;
  }
  _exit(attempt->second());
}
