// The door `sql` alone: types, transactions, threads, broken connections.
#include <atomic>
#include <thread>

#include "support/engine.h"

namespace engines {
namespace {

struct Ding {
  static constexpr std::string_view tabelle = "ding";
  std::int64_t mandant = 1, id = 0;
  std::string name{};
  std::optional<std::string> rest{};
  std::optional<std::int64_t> zahl{};
  bool wahr = false;
  base::Zeitpunkt zeit{};
  std::optional<base::Datum> tag{};
  friend bool operator==(const Ding&, const Ding&) = default;
};
BOOST_DESCRIBE_STRUCT(Ding, (), (mandant, id, name, rest, zahl, wahr, zeit, tag))

class Sql : public OnBothEngines {
 protected:
  void SetUp() override {
    database_.script(GetParam() == Engine::sqlite
                         ? "CREATE TABLE ding (mandant INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, rest "
                           "TEXT, zahl INTEGER, "
                           "wahr INTEGER NOT NULL, zeit INTEGER NOT NULL, tag TEXT, PRIMARY KEY (mandant, id)) STRICT;"
                         : "CREATE TABLE ding (mandant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, rest "
                           "TEXT, zahl BIGINT, "
                           "wahr BIGINT NOT NULL, zeit BIGINT NOT NULL, tag TEXT, PRIMARY KEY (mandant, id));",
                     [](sql::WriteTx&) { return true; });
  }
  void insert(const Ding& ding) {
    database_.write(
        1, [&](sql::WriteTx& tx) { tx.exec(sql::Query::insertInto(sql::tableOf<Ding>(), sql::valuesOf(ding))); });
  }
  std::optional<Ding> find(std::int64_t id) {
    return database_.read(
        1, [&](const sql::ReadTx& tx) { return tx.one<Ding>(sql::Query::selectRow(sql::tableOf<Ding>(), 1, id)); });
  }
  std::int64_t count() {
    return database_.read(
        1, [](const sql::ReadTx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM ding").value(); });
  }

  FreshDatabase fresh_{GetParam(), FreshDatabase::Kind::empty};
  sql::Database database_{fresh_.address()};
};
ON_BOTH_ENGINES(Sql);

TEST_P(Sql, keepsEveryValueAsItWas) {
  const std::vector<Ding> dinge{
      {1, 1, "", "", 0, false, {0}, base::Datum::of(2024, 2, 29)},
      {1, 2, "Äußere Größe: 5 €, 日本, 𝄞", std::nullopt, std::nullopt, true, {-1}, std::nullopt},
      {1,
       3,
       "Anführung ' \" ; -- :name ::text \\ % _",
       "Zeile\nZeile\tTab\r\n",
       std::numeric_limits<std::int64_t>::max(),
       true,
       {std::numeric_limits<std::int64_t>::max()},
       std::nullopt},
      {1,
       4,
       "NULL",
       "null",
       std::numeric_limits<std::int64_t>::min(),
       false,
       {std::numeric_limits<std::int64_t>::min()},
       std::nullopt},
  };
  for (const auto& ding : dinge) insert(ding);
  for (const auto& ding : dinge) EXPECT_EQ(find(ding.id), ding) << ding.id;
  // The cells of a statement are used again: what one row had must not show in the next.
  const auto all = database_.read(
      1, [](const sql::ReadTx& tx) { return tx.query<Ding>(sql::Query::selectAll(sql::tableOf<Ding>(), 1)); });
  EXPECT_EQ(all, dinge);
}

TEST_P(Sql, keepsLongText) {
  std::string text;
  while (text.size() < 3'000'000) text += "Straße und Bürgersteig, ";
  insert({1, 1, text, text, 1, true, {}, {}});
  insert({1, 2, "kurz", std::nullopt, 1, true, {}, {}});
  EXPECT_EQ(find(1)->name, text);
  EXPECT_EQ(find(1)->rest, text);
  EXPECT_EQ(find(2)->name, "kurz");
}

TEST_P(Sql, colonsInTextsAndCastsAreNoParameters) {
  const auto read = [&](auto f) { return database_.read(1, f); };
  EXPECT_EQ(read([](const sql::ReadTx& tx) { return tx.value<std::string>("SELECT 'a:b ::c :d'"); }), "a:b ::c :d");
  EXPECT_EQ(read([](const sql::ReadTx& tx) {
              return tx.value<std::string>("SELECT 'es''s :x' WHERE CAST(:wert AS TEXT) = 'y:z'", "y:z");
            }),
            "es's :x");
  EXPECT_EQ(read([](const sql::ReadTx& tx) {
              return tx.value<std::int64_t>("SELECT CAST(:a AS BIGINT) + CAST(:b AS BIGINT)", 2, 3);
            }),
            5);
  if (GetParam() == Engine::postgres) {
    EXPECT_EQ(
        read([](const sql::ReadTx& tx) { return tx.value<std::int64_t>("SELECT length('abc:x'::text)::bigint"); }), 5);
  }
}

TEST_P(Sql, saysHowManyRowsChanged) {
  for (int i = 1; i <= 5; ++i) insert({1, i, "x", {}, i, true, {}, {}});
  database_.write(1, [](sql::WriteTx& tx) {
    EXPECT_EQ(tx.exec("UPDATE ding SET zahl = zahl + 1 WHERE zahl > :n", 2), 3);
    EXPECT_EQ(tx.exec("DELETE FROM ding WHERE zahl > :n", 100), 0);
    EXPECT_EQ(tx.exec("DELETE FROM ding WHERE id = :n", 1), 1);
  });
}

TEST_P(Sql, aParameterMayBeNullOrNotInTheSameStatement) {
  for (const auto& rest : std::vector<std::optional<std::string>>{std::nullopt, "da", std::nullopt, ""}) {
    static std::int64_t id = 0;
    insert({1, ++id, "x", rest, rest ? std::optional<std::int64_t>(1) : std::nullopt, true, {}, {}});
    EXPECT_EQ(find(id)->rest, rest);
    EXPECT_EQ(find(id)->zahl.has_value(), rest.has_value());
  }
}

TEST_P(Sql, rollsBackWhatThrowsAndWhatIsRefused) {
  EXPECT_THROW(database_.write(1,
                               [](sql::WriteTx& tx) {
                                 tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, 1, 'x', 1, 0)");
                                 throw base::Failure("nein");
                               }),
               base::Failure);
  const auto refused = database_.write(1, [](sql::WriteTx& tx) -> base::Result<int> {
    tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, 1, 'x', 1, 0)");
    return base::fail(base::Code::Konflikt);
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(count(), 0);
  const auto done = database_.write(1, [](sql::WriteTx& tx) -> base::Result<void> {
    tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, 1, 'x', 1, 0)");
    return {};
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(count(), 1);
}

TEST_P(Sql, aBrokenStatementDoesNotHarmTheNextTransaction) {
  EXPECT_THROW(database_.write(1, [](sql::WriteTx& tx) { tx.exec("INSERT INTO gibtsnicht VALUES (1)"); }),
               base::Failure);
  EXPECT_THROW(
      database_.read(1, [](const sql::ReadTx& tx) { return tx.value<std::int64_t>("SELECT nichts FROM ding"); }),
      base::Failure);
  insert({1, 1, "x", {}, 1, true, {}, {}});
  EXPECT_THROW(database_.write(1,
                               [](sql::WriteTx& tx) {
                                 tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, 2, NULL, 1, 0)");
                               }),
               base::Failure);
  EXPECT_EQ(count(), 1);
}

TEST_P(Sql, aRowThatItsTypeDoesNotKnowIsDamage) {
  insert({1, 1, "x", {}, 1, true, {}, {}});
  fresh_.raw()("UPDATE ding SET tag = '31.12.2024'");
  EXPECT_THROW((void)find(1), base::Failure);
  fresh_.raw()("UPDATE ding SET tag = NULL");
  EXPECT_TRUE(find(1));
}

/// Readers do not write, whatever they try.
TEST_P(Sql, aReadingTransactionCannotWrite) {
  EXPECT_THROW(database_.read(1,
                              [](const sql::ReadTx& tx) {
                                tx.each<Ding>(sql::Query("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, "
                                                         "1, 'x', 1, 0) RETURNING mandant, id, name, "
                                                         "rest, zahl, wahr, zeit, tag"),
                                              [](Ding&&) {});
                              }),
               base::Failure);
  EXPECT_EQ(count(), 0);
}

TEST_P(Sql, aReaderSeesOneStateWhileOthersWrite) {
  insert({1, 1, "x", {}, 1, true, {}, {}});
  database_.read(1, [&](const sql::ReadTx& tx) {
    EXPECT_EQ(tx.value<std::int64_t>("SELECT COUNT(*) FROM ding"), 1);
    std::thread([&] { insert({1, 2, "y", {}, 1, true, {}, {}}); }).join();
    EXPECT_EQ(tx.value<std::int64_t>("SELECT COUNT(*) FROM ding"), 1);
  });
  EXPECT_EQ(count(), 2);
}

TEST_P(Sql, rowsCanBeReadWhileRowsAreRead) {
  for (int i = 1; i <= 3; ++i) insert({1, i, "n" + std::to_string(i), {}, i, true, {}, {}});
  std::vector<std::string> seen;
  database_.read(1, [&](const sql::ReadTx& tx) {
    tx.each<Ding>(sql::Query::selectAll(sql::tableOf<Ding>(), 1), [&](Ding&& ding) {
      seen.push_back(
          ding.name +
          tx.value<std::string>("SELECT name FROM ding WHERE mandant = 1 AND id = :id", 4 - ding.id).value());
    });
  });
  EXPECT_EQ(seen, (std::vector<std::string>{"n1n3", "n2n2", "n3n1"}));
}

/// The cache of statements is bounded; what is dropped from it may be running.
TEST_P(Sql, manyDifferentStatementsWhileOneRuns) {
  for (int i = 1; i <= 3; ++i) insert({1, i, "n" + std::to_string(i), {}, i, true, {}, {}});
  std::vector<std::string> seen;
  database_.read(1, [&](const sql::ReadTx& tx) {
    tx.each<Ding>(sql::Query::selectAll(sql::tableOf<Ding>(), 1), [&](Ding&& ding) {
      for (int n = 0; n < 500; ++n) {
        // Each number of parts is a statement of its own.
        const auto query = sql::Query::condition([&](const auto& part) {
          std::string text = "SELECT COUNT(*) FROM ding WHERE id = " + part(sql::Query(":id", ding.id));
          return text + std::string(static_cast<std::size_t>(n), ' ');
        });
        ASSERT_EQ(tx.value<std::int64_t>(query), 1);
      }
      seen.push_back(ding.name);
    });
  });
  EXPECT_EQ(seen, (std::vector<std::string>{"n1", "n2", "n3"}));
}

TEST_P(Sql, theSameStatementInsideItself) {
  for (int i = 1; i <= 2; ++i) insert({1, i, "n" + std::to_string(i), {}, i, true, {}, {}});
  std::string seen;
  database_.read(1, [&](const sql::ReadTx& tx) {
    tx.each<Ding>(sql::Query::selectAll(sql::tableOf<Ding>(), 1), [&](Ding&& outer) {
      tx.each<Ding>(sql::Query::selectAll(sql::tableOf<Ding>(), 1),
                    [&](Ding&& inner) { seen += outer.name + inner.name + " "; });
    });
  });
  EXPECT_EQ(seen, "n1n1 n1n2 n2n1 n2n2 ");
}

TEST_P(Sql, aThrowingRowLeavesTheConnectionUsable) {
  for (int i = 1; i <= 50; ++i) insert({1, i, "n", {}, i, true, {}, {}});
  for (int i = 0; i < 20; ++i)
    EXPECT_THROW(database_.read(1,
                                [&](const sql::ReadTx& tx) {
                                  tx.each<Ding>(sql::Query::selectAll(sql::tableOf<Ding>(), 1),
                                                [&](Ding&&) { throw base::Failure("nein"); });
                                }),
                 base::Failure);
  insert({1, 51, "n", {}, 51, true, {}, {}});
  EXPECT_EQ(count(), 51);  // and not an old state that a statement left open holds on to
}

TEST_P(Sql, aTransactionInsideATransactionIsRefused) {
  // It could wait for itself for ever.
  EXPECT_THROW(database_.write(1, [&](sql::WriteTx&) { insert({1, 1, "x", {}, 1, true, {}, {}}); }), base::Failure);
  EXPECT_THROW(database_.write(1, [&](sql::WriteTx&) { (void)count(); }), base::Failure);
  EXPECT_THROW(database_.read(1, [&](const sql::ReadTx&) { insert({1, 1, "x", {}, 1, true, {}, {}}); }), base::Failure);
  EXPECT_EQ(count(), 0);
  // Another database is another matter: a replay reads one and writes the other.
  const FreshDatabase other(GetParam(), FreshDatabase::Kind::empty);
  sql::Database second(other.address());
  database_.write(1, [&](sql::WriteTx&) {
    EXPECT_EQ(second.read(1, [](const sql::ReadTx& tx) { return tx.value<std::int64_t>("SELECT 7"); }), 7);
  });
}

TEST_P(Sql, runsAgainWhatTheEngineAsksFor) {
  insert({1, 1, "x", {}, 0, true, {}, {}});
  int runs = 0;
  // A key that somebody took meanwhile: the next run sees it.
  database_.write(1, [&](sql::WriteTx& tx) {
    const std::int64_t id = ++runs == 1 ? 1 : 2;
    tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, :id, 'x', 1, 0)", id);
  });
  EXPECT_EQ(runs, 2);
  runs = 0;
  EXPECT_THROW(database_.write(1,
                               [&](sql::WriteTx& tx) {
                                 ++runs;
                                 tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, 1, 'x', 1, 0)");
                               }),
               base::Failure);
  EXPECT_EQ(runs, 5) << "the retry is bounded";
  EXPECT_EQ(count(), 2);
}

TEST_P(Sql, manyThreadsReadAndWrite) {
  insert({1, 1, "x", {}, 0, true, {}, {}});
  constexpr int threads = 12, rounds = 25;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t)
    all.emplace_back([&, t] {
      for (int i = 0; i < rounds; ++i) {
        database_.write(1, [&](sql::WriteTx& tx) {
          const auto before = tx.value<std::int64_t>("SELECT zahl FROM ding WHERE id = 1").value();
          tx.exec("UPDATE ding SET zahl = :n WHERE id = 1", before + 1);
          tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, :id, 'x', 1, 0)", 100 + t * rounds + i);
        });
        const auto agree = database_.read(1, [](const sql::ReadTx& tx) {
          return tx.value<std::int64_t>("SELECT zahl FROM ding WHERE id = 1") ==
                 tx.value<std::int64_t>("SELECT COUNT(*) - 1 FROM ding");
        });
        if (!agree) ++wrong;
      }
    });
  for (auto& thread : all) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(find(1)->zahl, threads * rounds);
}

TEST_P(Sql, saysAtTheStartThatItCannotBeOpened) {
  const auto bad = GetParam() == Engine::sqlite ? (fresh_.folder().path() / "kein/ordner/x.db").string()
                                                : "postgresql:///gibtsnicht?host=" + fresh_.folder().path().string();
  EXPECT_THROW(sql::Database{sql::Address::parse(bad)}, base::Failure);
}

class Postgres : public Sql {};
INSTANTIATE_TEST_SUITE_P(engines, Postgres, testing::Values(Engine::postgres), [](const auto&) { return "postgres"; });

constexpr auto killOthers =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
    "pg_backend_pid()";

TEST_P(Postgres, lostConnectionsAreReplaced) {
  // Fill the pool, so that more than one connection is dead afterwards.
  std::vector<std::thread> all;
  std::atomic<int> inside = 0;
  for (int t = 0; t < 4; ++t)
    all.emplace_back([&] {
      database_.read(1, [&](const sql::ReadTx&) {
        for (++inside; inside < 4;) std::this_thread::yield();
      });
    });
  for (auto& thread : all) thread.join();
  fresh_.raw()(killOthers);
  insert({1, 1, "x", {}, 1, true, {}, {}});
  EXPECT_EQ(count(), 1);
  EXPECT_TRUE(database_.ready());
}

TEST_P(Postgres, aConnectionLostInTheMiddleOfAWriteIsTriedAgainOnce) {
  int runs = 0;
  database_.write(1, [&](sql::WriteTx& tx) {
    tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, 1, 'x', 1, 0)");
    if (++runs == 1) fresh_.raw()(killOthers);
    tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, 2, 'x', 1, 0)");
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(), 2);
}

TEST_P(Postgres, aConnectionLostBeforeTheCommitIsNotTriedAgain) {
  int runs = 0;
  EXPECT_THROW(database_.write(1,
                               [&](sql::WriteTx& tx) {
                                 tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, 1, 'x', 1, 0)");
                                 ++runs;
                                 fresh_.raw()(killOthers);
                               }),
               base::Failure);
  EXPECT_EQ(runs, 1) << "whether the engine committed is not known";
  EXPECT_EQ(count(), 0);
}

TEST_P(Postgres, aBeginThatFailsLeavesNoTransactionOpen) {
  auto raw = fresh_.raw();
  raw("ALTER ROLE aktenlotse IN DATABASE " + raw.value("SELECT current_database()") + " SET lock_timeout = '50ms'");
  sql::Database impatient(fresh_.address(), {.connections = 1});
  raw("SELECT pg_advisory_lock(4711, 1)");
  EXPECT_THROW(impatient.write(1, [](sql::WriteTx&) {}), base::Failure);
  raw("SELECT pg_advisory_unlock(4711, 1)");
  impatient.write(1, [](sql::WriteTx& tx) {
    tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (1, 1, 'x', 1, 0)");
  });
  EXPECT_EQ(count(), 1);
}

TEST_P(Postgres, writersOfDifferentTenantsDoNotWaitForEachOther) {
  database_.write(1, [&](sql::WriteTx&) {
    std::thread([&] {
      database_.write(2, [](sql::WriteTx& tx) {
        tx.exec("INSERT INTO ding (mandant, id, name, wahr, zeit) VALUES (2, 1, 'x', 1, 0)");
      });
    }).join();
  });
  EXPECT_EQ(count(), 1);
}

/// Without that anybody closes the database or stops writing.
TEST_P(Sql, whatIsCommittedGoesOverBesideTheWork) {
  if (GetParam() == Engine::postgres) GTEST_SKIP() << "PostgreSQL does so by itself";
  const auto size = [&] { return std::filesystem::file_size(fresh_.address().target); };
  constexpr std::int64_t rows = 6'000;
  for (std::int64_t id = 0; id < rows;)
    database_.write(1, [&](sql::WriteTx& tx) {
      for (const auto end = id + 100; id < end; ++id)
        tx.exec(sql::Query::insertInto(sql::tableOf<Ding>(),
                                       sql::valuesOf(Ding{.id = id, .name = std::string(4'000, 'x')})));
    });
  const auto wanted = static_cast<std::uintmax_t>(12) << 20;
  for (int i = 0; i < 600 && size() < wanted; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_GE(size(), wanted);
  EXPECT_EQ(count(), rows);
}

}  // namespace
}  // namespace engines
