// Migrations: each once, in order, whole or not at all, and never on a database that is not what it should be.
#include <thread>

#include "support/engine.h"

namespace engines {
namespace {

using sql::Migration;

class Migrations : public OnBothEngines {
 protected:
  [[nodiscard]] bool has(const std::string& table) {
    auto raw = fresh_.raw();
    return !raw(raw.isPostgres() ? "SELECT 1 FROM pg_class WHERE relname = '" + table + "'"
                                 : "SELECT 1 FROM sqlite_master WHERE name = '" + table + "'")
                .empty();
  }
  auto migrate(const std::vector<Migration>& steps) { return sql::migrate(database_, steps, clock_); }

  FreshDatabase fresh_{GetParam(), FreshDatabase::Kind::empty};
  TestClock clock_;
  sql::Database database_{fresh_.address()};
  const Migration first_{1, "eins", "CREATE TABLE eins (a INTEGER);", "CREATE TABLE eins (a BIGINT);"};
  const Migration second_{2, "zwei", "CREATE TABLE zwei (a INTEGER); INSERT INTO zwei VALUES (1);",
                          "CREATE TABLE zwei (a BIGINT); INSERT INTO zwei VALUES (1);"};
};
ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, areAppliedOnce) {
  EXPECT_EQ(migrate({first_}), 1);
  EXPECT_EQ(migrate({first_, second_}), 1);
  EXPECT_EQ(migrate({first_, second_}), 0);
  auto raw = fresh_.raw();
  EXPECT_EQ(raw.value("SELECT COUNT(*) FROM zwei"), "1");
  EXPECT_EQ(raw.value("SELECT zeit FROM migration WHERE nummer = 2"), std::to_string(clock_.now().micros));
  const auto states = sql::migrationStates(database_, std::vector{first_, second_});
  ASSERT_EQ(states->size(), 2U);
  EXPECT_TRUE(states->at(0).applied && states->at(1).applied);
}

TEST_P(Migrations, oneThatWasEditedIsRefused) {
  ASSERT_TRUE(migrate({first_}));
  auto edited = first_;
  edited.sqlite = edited.postgres = "CREATE TABLE eins (b TEXT);";
  auto renamed = first_;
  renamed.name = "anders";
  for (const auto& changed : {edited, renamed}) {
    const auto refused = migrate({changed, second_});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::Code::Konflikt);
    EXPECT_NE(refused.error().detail.find("„eins“"), std::string::npos) << refused.error().detail;
    EXPECT_FALSE(sql::requireCurrent(database_, std::vector{changed}));
  }
  EXPECT_FALSE(has("zwei"));
}

TEST_P(Migrations, aNewerSchemaIsRefused) {
  ASSERT_TRUE(migrate({first_, second_}));
  const auto refused = migrate({first_});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("neuer als dieses Programm"), std::string::npos);
  EXPECT_FALSE(sql::requireCurrent(database_, std::vector{first_}));
}

TEST_P(Migrations, oneThatIsInterruptedLeavesNothing) {
  auto broken = second_;
  broken.sqlite = broken.postgres = "CREATE TABLE zwei (a BIGINT); INSERT INTO gibtsnicht VALUES (1);";
  EXPECT_THROW((void)migrate({first_, broken}), base::Failure);
  EXPECT_TRUE(has("eins")) << "each is a transaction of its own";
  EXPECT_FALSE(has("zwei"));
  EXPECT_EQ(migrate({first_, second_}), 1) << "mended, it goes on where it stopped";
}

TEST_P(Migrations, missingOnesAreToldAndNothingIsTouched) {
  const auto refused = sql::requireCurrent(database_, std::vector{first_});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("„eins“"), std::string::npos);
  EXPECT_FALSE(has("eins"));
  EXPECT_FALSE(has("migration")) << "who only asks changes nothing";
  ASSERT_TRUE(migrate({first_}));
  EXPECT_TRUE(sql::requireCurrent(database_, std::vector{first_}));
}

TEST_P(Migrations, twoProgramsThatStartAtOnceBothSucceed) {
  std::vector<std::thread> starts;
  std::atomic<std::int64_t> applied = 0;
  for (int i = 0; i < 4; ++i)
    starts.emplace_back([&] {
      sql::Database own(fresh_.address());
      applied += sql::migrate(own, std::vector{first_, second_}, clock_).value();
    });
  for (auto& start : starts) start.join();
  EXPECT_EQ(applied, 2);
  EXPECT_EQ(fresh_.raw().value("SELECT COUNT(*) FROM zwei"), "1");
}

TEST_P(Migrations, ofTheServerAreWhole) {
  EXPECT_EQ(sql::migrate(database_, schema(), clock_), static_cast<std::int64_t>(schema().size()));
  // Both engines have the same tables and columns, apart from what only one needs for its search.
  const FreshDatabase other(GetParam() == Engine::sqlite ? Engine::postgres : Engine::sqlite,
                            FreshDatabase::Kind::migrated);
  const auto columns = [](testing_support::Raw raw) {
    std::set<std::string> out;
    const auto rows = raw(raw.isPostgres() ? "SELECT table_name, column_name, is_nullable = 'YES' FROM "
                                             "information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
                                           : "SELECT m.name, i.name, CASE WHEN i.\"notnull\" = 0 AND i.pk = 0 THEN 't' "
                                             "ELSE 'f' END FROM sqlite_master m JOIN pragma_table_xinfo(m.name) i "
                                             "WHERE m.type = 'table' ORDER BY 1, 2");
    for (const auto& row : rows)
      if (!row[0]->starts_with("suche") && !row[0]->starts_with("vorschlag_wort"))
        out.insert(*row[0] + "." + *row[1] + (*row[2] == "t" ? " NULL" : ""));
    return out;
  };
  EXPECT_EQ(columns(fresh_.raw()), columns(other.raw()));
}

}  // namespace
}  // namespace engines
