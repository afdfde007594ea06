#include "sql/kopie.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

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

/// Runs a program of PostgreSQL's client to its end.
void runProgram(std::vector<std::string> command, std::string_view failed) {
  std::vector<char*> argv;
  for (auto& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t pid = 0;
  if (posix_spawnp(&pid, argv.front(), nullptr, nullptr, argv.data(), environ) != 0)
    throw base::Failure(command.front() + " ist nicht zu finden; es liegt im Paket postgresql-client.");
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw base::Failure(command.front() + " " + std::string(failed) +
                        " (siehe oben). Es braucht eine Rolle, die alle Zeilen sehen darf, etwa postgres.");
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
