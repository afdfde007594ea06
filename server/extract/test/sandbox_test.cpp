// The sandbox, attacked from inside by a small program of its own (extractor/test/probe.cpp).
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

namespace extract::test {
namespace {

/// How the probe ended: its exit status, or minus the signal that killed it.
int attempt(const std::string& what, bool asNobody = false) {
  std::string program = AKTENLOTSE_SANDBOX_PROBE, nobody = "--nobody", name = what;
  std::vector<char*> argv{program.data()};
  if (asNobody) argv.push_back(nobody.data());
  argv.insert(argv.end(), {name.data(), nullptr});
  pid_t pid = -1;
  if (posix_spawn(&pid, program.c_str(), nullptr, nullptr, argv.data(), nullptr) != 0) return 255;
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// An attempt, and how it must end.
using Case = std::pair<std::string, int>;

class Sandbox : public ::testing::TestWithParam<Case> {};

TEST_P(Sandbox, stops) {
  const auto& [what, end] = GetParam();
#if defined(__SANITIZE_ADDRESS__)
  if (what == "memory") GTEST_SKIP() << "the address sanitizer needs unlimited address space";
#endif
  EXPECT_EQ(attempt(what), end);
  if (geteuid() == 0) {
    EXPECT_EQ(attempt(what, true), end) << "as nobody";
  }
}

INSTANTIATE_TEST_SUITE_P(attempts, Sandbox,
                         ::testing::Values(Case{"nothing", 0}, Case{"open", EACCES}, Case{"create", EACCES},
                                           Case{"openat2", -SIGSYS}, Case{"readInherited", -SIGSYS},
                                           Case{"socket", -SIGSYS}, Case{"unixSocket", -SIGSYS}, Case{"fork", -SIGSYS},
                                           Case{"thread", -SIGSYS}, Case{"exec", -SIGSYS}, Case{"execat", -SIGSYS},
                                           Case{"kill", -SIGSYS}, Case{"ptrace", -SIGSYS}, Case{"raiseLimit", -SIGSYS},
                                           Case{"code", -SIGSYS}, Case{"makeCode", -SIGSYS}, Case{"unshare", -SIGSYS},
                                           Case{"ioUring", -SIGSYS}, Case{"closeSocket", -SIGSYS},
                                           Case{"sendmsg", -SIGSYS}, Case{"abort", -SIGABRT}, Case{"memory", ENOMEM},
                                           Case{"spin", -SIGXCPU}),
                         [](const auto& one) { return one.param.first; });

}  // namespace
}  // namespace extract::test
