// Stands in for LibreOffice and tries one forbidden thing; server/extract/test/buero_test.cpp looks at how it ends.
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <thread>

namespace {

int outcome(long rc) { return rc >= 0 ? 0 : errno; }

int reach(int family) {
  const int fd = socket(family, SOCK_STREAM, 0);
  if (fd < 0) return errno;
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = "/run/nobody"};
  return outcome(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address));
}

const std::map<std::string, std::function<int()>> kAttempts = {
    {"writeOwnFolder", [] { return outcome(open("neu", O_WRONLY | O_CREAT, 0600)); }},
    {"thread",
     [] {
       std::thread([] {}).join();
       return 0;
     }},
    {"readFonts", [] { return outcome(open("/usr/share", O_RDONLY)); }},
    {"readPasswords", [] { return outcome(open("/etc/passwd", O_RDONLY)); }},
    {"readHomes", [] { return outcome(open("/root", O_RDONLY)); }},
    {"readProcesses", [] { return outcome(open("/proc/1/environ", O_RDONLY)); }},
    {"readOtherFolders", [] { return outcome(open("/tmp", O_RDONLY)); }},
    {"writeElsewhere", [] { return outcome(open("../aktenlotse-probe", O_WRONLY | O_CREAT, 0600)); }},
    {"removeElsewhere", [] { return outcome(unlink("/usr/share/doc/bash/copyright")); }},
    {"network", [] { return reach(AF_INET); }},
    {"otherServers", [] { return reach(AF_UNIX); }},
    {"fork", [] { return outcome(fork()); }},
    {"exec", [] { return outcome(execl("/bin/true", "true", nullptr)); }},
    {"killParent", [] { return outcome(kill(getppid(), 0)); }},
    {"trace", [] { return outcome(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }},
    {"unshare", [] { return outcome(unshare(CLONE_NEWUSER)); }},
    {"leaveGroup", [] { return outcome(setsid()); }},
};

}  // namespace

int main(int argc, char** argv) {
  std::string what = argv[argc - 1];
  what.erase(0, what.rfind('/') + 1);
  const auto attempt = kAttempts.find(what);
  _exit(attempt == kAttempts.end() ? 201 : attempt->second());
}
