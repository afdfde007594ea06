// The cage of LibreOffice, attacked from inside by a small program that is started in its place.
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "testing/folder.h"

namespace extract::test {
namespace {

int attempt(const std::string& what) {
  const testing_support::TemporaryFolder folder;
  std::vector<std::string> words{AKTENLOTSE_BUERO,       "--folder", folder.path().string(),         "--soffice",
                                 AKTENLOTSE_BUERO_PROBE, "--file",   (folder.path() / what).string()};
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t pid = -1;
  if (posix_spawn(&pid, argv[0], nullptr, nullptr, argv.data(), nullptr) != 0) return 255;
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

using Case = std::pair<std::string, int>;
class Buero : public ::testing::TestWithParam<Case> {};

TEST_P(Buero, isLockedIn) {
  const auto& [what, end] = GetParam();
  const int got = attempt(what);
  if (got == 126) GTEST_SKIP() << "this kernel has no Landlock, so LibreOffice is not started at all";
  EXPECT_EQ(got, end);
}

INSTANTIATE_TEST_SUITE_P(attempts, Buero,
                         ::testing::Values(Case{"writeOwnFolder", 0}, Case{"thread", 0}, Case{"readFonts", 0},
                                           Case{"readPasswords", EACCES}, Case{"readHomes", EACCES},
                                           Case{"readProcesses", EACCES}, Case{"readOtherFolders", EACCES},
                                           Case{"writeElsewhere", EACCES}, Case{"removeElsewhere", EACCES},
                                           Case{"network", EACCES}, Case{"otherServers", EACCES}, Case{"fork", EPERM},
                                           Case{"exec", EACCES}, Case{"killParent", EPERM}, Case{"trace", EPERM},
                                           Case{"unshare", EPERM}, Case{"leaveGroup", EPERM}),
                         [](const auto& one) { return one.param.first; });

}  // namespace
}  // namespace extract::test
