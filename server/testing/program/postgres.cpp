// test_postgres OWNER FILE: starts a PostgreSQL for tests in a temporary folder, writes the folder's name to FILE, and
// leaves when the server is ready. A keeper stays behind: when the process OWNER ends, however it does, the keeper
// stops the server and removes the folder. Should the keeper itself be killed, the kernel stops the server.
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "testing/folder.h"

namespace {

namespace fs = std::filesystem;

fs::path binaries() {
  const fs::path all = "/usr/lib/postgresql";
  fs::path best;
  if (fs::exists(all))
    for (const auto& version : fs::directory_iterator(all))
      if (fs::exists(version.path() / "bin/postgres") && version.path() > best) best = version.path();
  if (best.empty())
    throw std::runtime_error("no PostgreSQL in /usr/lib/postgresql; install the Debian package postgresql-15");
  return best / "bin";
}

/// PostgreSQL refuses to run as root; Debian's package brings the user that it runs as instead.
const passwd* userFor() {
  if (::geteuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  if (user == nullptr) throw std::runtime_error("no user postgres");
  return user;
}

pid_t spawn(const fs::path& program, const std::vector<std::string>& arguments, const fs::path& log) {
  const passwd* user = userFor();
  const pid_t keeper = ::getpid(), child = ::fork();
  if (child != 0) return child;
  if (std::freopen(log.c_str(), "a", stdout) == nullptr || ::dup2(1, 2) < 0) ::_exit(126);
  if (user != nullptr && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
    ::_exit(126);
  // After the change of user, which would clear it. SIGQUIT is PostgreSQL's immediate shutdown.
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (::getppid() != keeper) ::_exit(126);
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(program.c_str(), argv.data());
  ::_exit(127);
}

bool succeeded(pid_t child) {
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

void makeRole(const std::string& address) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(address.c_str()), PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(
      PQexec(connection.get(), "CREATE ROLE aktenlotse LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB"), PQclear);
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
}

class Server {
 public:
  Server() {
    const auto log = folder_.path() / "log", data = folder_.path() / "data";
    std::ofstream(log).close();
    fs::create_directory(data);
    if (const passwd* user = userFor())
      for (const auto& path : {folder_.path(), log, data})
        if (::chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("chown");
    // German collation, as a town's server has it: a list that only sorts right under C is noticed.
    if (!succeeded(spawn(binaries() / "initdb",
                         {"--pgdata=" + data.string(), "--username=postgres", "--auth=trust", "--no-sync",
                          "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=de-DE"},
                         log)))
      throw std::runtime_error("initdb failed: " + readLog());
    child_ =
        spawn(binaries() / "postgres",
              {"-D", data.string(), "-c", "listen_addresses=", "-c",
               "unix_socket_directories=" + folder_.path().string(), "-c", "fsync=off", "-c", "full_page_writes=off",
               "-c", "synchronous_commit=off", "-c", "max_connections=200", "-c", "shared_buffers=64MB"},
              log);
    const std::string address = "postgresql:///postgres?host=" + folder_.path().string() + "&user=postgres";
    for (int i = 0; PQping(address.c_str()) != PQPING_OK; ++i) {
      if (i == 3000 || ::waitpid(child_, nullptr, WNOHANG) != 0)
        throw std::runtime_error("the server did not start: " + readLog());
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    makeRole(address);
  }
  ~Server() {
    if (child_ <= 0) return;
    ::kill(child_, SIGINT);
    ::waitpid(child_, nullptr, 0);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  [[nodiscard]] const fs::path& folder() const { return folder_.path(); }

 private:
  [[nodiscard]] std::string readLog() const {
    std::ifstream file(folder_.path() / "log");
    return {std::istreambuf_iterator<char>(file), {}};
  }

  testing_support::TemporaryFolder folder_;
  pid_t child_ = 0;
};

void keep(pid_t owner, const fs::path& file, int answer) {
  const auto say = [&](const std::string& text) {
    const bool said = ::write(answer, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    ::close(answer);
    return said;
  };
  try {
    const int watched = static_cast<int>(::syscall(SYS_pidfd_open, owner, 0));  // glibc 2.36 declares it for C only
    if (watched < 0) throw std::runtime_error("no such process to live for");
    const Server server;
    std::ofstream(file) << server.folder().string() << std::endl;
    if (!say("ready")) return;
    pollfd end{watched, POLLIN, 0};
    while (::poll(&end, 1, -1) < 0) continue;
  } catch (const std::exception& error) {
    say(error.what());
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("test_postgres OWNER FILE (OWNER is a process id; `parent` is the process that calls)\n", stderr);
    return 2;
  }
  const pid_t owner = std::string(argv[1]) == "parent" ? ::getppid() : static_cast<pid_t>(std::atol(argv[1]));
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return 1;
  if (::fork() == 0) {
    ::close(ends[0]);
    ::setsid();
    if (std::freopen("/dev/null", "r", stdin) == nullptr || std::freopen("/dev/null", "w", stdout) == nullptr ||
        std::freopen("/dev/null", "w", stderr) == nullptr)
      return 1;
    keep(owner, argv[2], ends[1]);
    return 0;
  }
  ::close(ends[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    said.append(buffer, static_cast<std::size_t>(got));
  if (said == "ready") return 0;
  std::fprintf(stderr, "%s\n", said.c_str());
  return 1;
}
