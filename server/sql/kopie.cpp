#include "sql/kopie.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "connection.h"

namespace sql {
namespace {

void syncFile(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!synced) throw base::Failure("Die Sicherung kommt nicht auf die Platte: " + path.string());
}

void dump(const std::string& address, const std::filesystem::path& into) {
  std::string program = "pg_dump", format = "--format=custom", file = "--file=" + into.string(),
              database = "--dbname=" + address;
  const std::array<char*, 5> argv{program.data(), format.data(), file.data(), database.data(), nullptr};
  pid_t pid = 0;
  if (posix_spawnp(&pid, program.c_str(), nullptr, nullptr, argv.data(), environ) != 0)
    throw base::Failure("pg_dump ist nicht zu finden; es liegt im Paket postgresql-client.");
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw base::Failure(
        "pg_dump konnte die Datenbank nicht sichern (siehe oben). Es braucht eine Rolle, die alle Zeilen sehen darf, "
        "etwa postgres.");
}

}  // namespace

void copyDatabase(const Address& address, const std::filesystem::path& into) {
  if (address.engine == Engine::postgres) {
    dump(address.target, into);
  } else {
    std::string quoted;
    for (const char c : into.string()) (quoted += c) += c == '\'' ? "'" : "";
    Connection(address, /*readOnly=*/false).command("VACUUM INTO '" + quoted + "'");
  }
  syncFile(into);
}

}  // namespace sql
