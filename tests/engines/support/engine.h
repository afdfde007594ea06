#pragma once
// A fresh database of each engine, and the fixture that runs a test on both.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sql/migrations.h"
#include "testing/folder.h"
#include "testing/raw.h"

namespace sql {
// For the names of tests.
inline void PrintTo(Engine engine, std::ostream* out) { *out << (engine == Engine::sqlite ? "sqlite" : "postgres"); }
}  // namespace sql

namespace engines {

using sql::Engine;

/// The schema of the server, read from its sources; the texts live as long as the program.
[[nodiscard]] const std::vector<sql::Migration>& schema();

/// A database that goes away with the object. On PostgreSQL it belongs to a role that is no superuser, so that
/// row-level security binds it.
class FreshDatabase {
 public:
  enum class Kind { empty, migrated };
  FreshDatabase(Engine engine, Kind kind);
  ~FreshDatabase();
  FreshDatabase(const FreshDatabase&) = delete;
  FreshDatabase& operator=(const FreshDatabase&) = delete;

  [[nodiscard]] sql::Address address() const { return sql::Address::parse(address_); }
  /// A connection past the door; as superuser on PostgreSQL.
  [[nodiscard]] testing_support::Raw raw() const { return testing_support::Raw(rawAddress_); }
  [[nodiscard]] const testing_support::TemporaryFolder& folder() const { return folder_; }

 private:
  testing_support::TemporaryFolder folder_;
  std::string name_, address_, rawAddress_;
};

/// Time stands still until it is moved.
class TestClock : public base::Clock {
 public:
  [[nodiscard]] base::Zeitpunkt now() const override { return {micros_.load()}; }
  void moveSeconds(std::int64_t seconds) { micros_ += seconds * 1'000'000; }
  /// Noon UTC of a day.
  void setDay(const base::Datum& day);

 private:
  std::atomic<std::int64_t> micros_ = 1'741'000'000'000'000;  // 2025-03-03
};

class OnBothEngines : public testing::TestWithParam<Engine> {};

}  // namespace engines

/// Instantiates a suite for both engines.
#define ON_BOTH_ENGINES(suite)                                                                          \
  INSTANTIATE_TEST_SUITE_P(engines, suite, testing::Values(sql::Engine::sqlite, sql::Engine::postgres), \
                           [](const auto& tested) { return testing::PrintToString(tested.param); })
