#include "support/engine.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "migrations.h"
#include "testing/postgres.h"

namespace engines {
namespace {

using testing_support::Postgres;
using testing_support::Raw;

void migrateAll(const sql::Address& address) {
  sql::Database database(address, {.connections = 2});
  const auto done = sql::migrate(database, schema(), TestClock());
  if (!done) throw std::runtime_error(done.error().detail);
}

/// Processes of one run make the template once; others wait for it.
void makeTemplate(const std::string& name) {
  const int lock =
      ::open((Postgres::instance().folder() / "template.lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (lock < 0 || ::flock(lock, LOCK_EX) != 0) throw std::runtime_error("no lock");
  Raw admin(Postgres::instance().superuserAddress("postgres"));
  if (admin("SELECT 1 FROM pg_database WHERE datname = '" + name + "'").empty()) {
    admin("CREATE DATABASE werdend OWNER aktenlotse");
    migrateAll(sql::Address::parse(Postgres::instance().address("werdend")));
    admin("ALTER DATABASE werdend RENAME TO " + name);
  }
  ::close(lock);
}

}  // namespace

const std::vector<sql::Migration>& schema() {
  static const std::vector<sql::Migration> steps(app::embeddedMigrations().begin(), app::embeddedMigrations().end());
  return steps;
}

FreshDatabase::FreshDatabase(Engine engine, Kind kind) {
  if (engine == Engine::sqlite) {
    address_ = rawAddress_ = (folder_.path() / "test.db").string();
    if (kind == Kind::migrated) migrateAll(address());
    return;
  }
  static std::atomic<int> number = 0;
  name_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++number);
  if (kind == Kind::migrated) makeTemplate("vorlage");
  Raw(Postgres::instance().superuserAddress("postgres"))("CREATE DATABASE " + name_ + " OWNER aktenlotse TEMPLATE " +
                                                         (kind == Kind::migrated ? "vorlage" : "template1"));
  address_ = Postgres::instance().address(name_);
  rawAddress_ = Postgres::instance().superuserAddress(name_);
}

FreshDatabase::~FreshDatabase() {
  if (name_.empty()) return;
  try {
    Raw(Postgres::instance().superuserAddress("postgres"))("DROP DATABASE " + name_ + " WITH (FORCE)");
  } catch (const std::exception& error) {
    ADD_FAILURE() << error.what();
  }
}

void TestClock::setDay(const base::Datum& day) { micros_ = base::endOfDay(day).micros - 11LL * 3600 * 1'000'000; }

}  // namespace engines
