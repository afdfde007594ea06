#pragma once
#include <filesystem>
#include <string>

namespace testing_support {

/// The PostgreSQL of this test run: one for a whole run of ctest (the fixture `postgres`, which leaves the server's
/// folder in the file that AKTENLOTSE_TEST_POSTGRES names), else one of this process, started when it is first asked
/// for. It listens on a socket in its folder only, and ends with the run, however that ends.
class Postgres {
 public:
  /// Throws std::runtime_error with a reason when PostgreSQL cannot be started.
  static const Postgres& instance();

  /// Where a database is, for the role `aktenlotse`, which owns what it makes and is no superuser.
  [[nodiscard]] std::string address(const std::string& database) const;
  /// The same for the superuser, whom row-level security does not bind.
  [[nodiscard]] std::string superuserAddress(const std::string& database) const;
  /// For what the processes of one run share.
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  Postgres();
  std::filesystem::path folder_;
};

}  // namespace testing_support
