#pragma once
// The two error channels. What a caller can expect (not found, refused, invalid, stale) is a Result; what it cannot
// (I/O, damaged data, a bug) is a Failure, thrown, and caught only at the request, the job and main().
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace base {

enum class Code : std::uint8_t {
#define FEHLER(name, ...) name,
#include "base/fehler.def"
#undef FEHLER
};

/// One row of the catalogue of errors.
struct CodeInfo {
  Code code;
  std::string_view key;
  unsigned httpStatus;
  std::string_view titelDe, hinweisDe, titelEn, hinweisEn;
};

[[nodiscard]] const CodeInfo& info(Code code);
[[nodiscard]] const std::vector<CodeInfo>& allCodes();

/// An expected refusal. `detail` is a German sentence about this very case and may be empty; `feld` names the input
/// field; `hinweis` overrides the catalogue's. None of them may tell of an object that the person may not read.
struct Error {
  Code code = Code::Intern;
  std::string detail{};
  std::string feld{};
  std::string hinweis{};
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Code code, std::string detail = {}, std::string feld = {}) {
  return tl::unexpected<Error>(Error{code, std::move(detail), std::move(feld), {}});
}

/// Something broke that the caller could not expect; the transaction is rolled back and the request answers 500.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace base

/// Returns the error of a Result from the surrounding function, else goes on.
#define AKTENLOTSE_TRY(expression)                                       \
  do {                                                                   \
    if (auto tryResult_ = (expression); !tryResult_)                     \
      return tl::unexpected<base::Error>(std::move(tryResult_.error())); \
  } while (false)

/// Declares `name` with the value of a Result, or returns its error from the surrounding function.
#define AKTENLOTSE_GET(name, expression)                                         \
  auto name##Result_ = (expression);                                             \
  if (!name##Result_) return tl::unexpected<base::Error>(name##Result_.error()); \
  auto& name = *name##Result_
