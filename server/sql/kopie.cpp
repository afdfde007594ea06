#include "sql/kopie.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>
#include <vector>

#include "connection.h"

namespace sql {
namespace {

void syncFile(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!synced) throw base::Failure("Die Sicherung kommt nicht auf die Platte: " + path.string());
}

/// Runs a program of PostgreSQL's client to its end; it dies with us, so that nobody goes on behind our back.
void runProgram(std::vector<std::string> command, std::string_view failed) {
  constexpr int notFound = 127;
  std::vector<char*> argv;
  for (auto& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t parent = ::getpid(), pid = ::fork();
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() == parent) ::execvp(argv.front(), argv.data());
    ::_exit(notFound);
  }
  int status = 0;
  while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (pid < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == notFound))
    throw base::Failure(command.front() + " ist nicht zu finden; es liegt im Paket postgresql-client.");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw base::Failure(command.front() + " " + std::string(failed) +
                        " (siehe oben). Es braucht eine Rolle, die alle Zeilen sehen darf, etwa postgres.");
}

/// The server finishes what it was given by a client that was killed; what that leaves shows only then.
void awaitOtherRestores(Database& database) {
  const auto others = [&] {
    return database.read(0, [](const ReadTx& tx) {
      return tx.value<std::int64_t>(
          "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = "
          "'pg_restore'");
    });
  };
  while (others() > 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

}  // namespace

void copyDatabase(const Address& address, const std::filesystem::path& into) {
  if (address.engine == Engine::postgres) {
    runProgram({"pg_dump", "--format=custom", "--file=" + into.string(), "--dbname=" + address.target},
               "konnte die Datenbank nicht sichern");
  } else {
    std::string quoted;
    for (const char c : into.string()) (quoted += c) += c == '\'' ? "'" : "";
    Connection(address, /*readOnly=*/false).command("VACUUM INTO '" + quoted + "'");
  }
  syncFile(into);
}

bool holdsNothing(const Address& address) {
  if (address.engine == Engine::sqlite) return !std::filesystem::exists(address.target);
  Database database(address);
  awaitOtherRestores(database);
  return database.read(0, [](const ReadTx& tx) {
    return tx.value<std::int64_t>(
               "SELECT COUNT(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')") == 0;
  });
}

void restoreDatabase(const std::filesystem::path& from, const Address& address) {
  if (address.engine == Engine::postgres) {
    runProgram({"pg_restore", "--exit-on-error", "--single-transaction", "--dbname=" + address.target, from.string()},
               "konnte die Sicherung nicht einspielen");
    return;
  }
  const std::filesystem::path place = address.target, fresh = address.target + ".neu";
  std::filesystem::remove(fresh);
  std::filesystem::copy_file(from, fresh);
  syncFile(fresh);
  std::filesystem::rename(fresh, place);
  syncFile(place.parent_path());
}

}  // namespace sql
