#include "testing/postgres.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "testing/folder.h"

namespace testing_support {
namespace {

std::string startOwn() {
  const TemporaryFolder note;
  const std::string program = AKTENLOTSE_TEST_POSTGRES_PROGRAM, file = (note.path() / "folder").string();
  const std::string owner = std::to_string(::getpid());
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl(program.c_str(), program.c_str(), owner.c_str(), file.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0)
    throw std::runtime_error("PostgreSQL for the tests did not start (Debian package postgresql-15)");
  std::string folder;
  std::getline(std::ifstream(file), folder);
  return folder;
}

}  // namespace

const Postgres& Postgres::instance() {
  static const Postgres postgres;
  return postgres;
}

Postgres::Postgres() {
  std::string folder;
  if (const char* file = std::getenv("AKTENLOTSE_TEST_POSTGRES")) std::getline(std::ifstream(file), folder);
  folder_ = folder.empty() ? startOwn() : folder;
}

std::string Postgres::address(const std::string& database) const {
  return "postgresql:///" + database + "?host=" + folder_.string() + "&user=aktenlotse";
}

std::string Postgres::superuserAddress(const std::string& database) const {
  return "postgresql:///" + database + "?host=" + folder_.string() + "&user=postgres";
}

}  // namespace testing_support
