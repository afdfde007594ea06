#pragma once
// The two error channels. What a caller can expect (not found, refused, invalid, stale) is a Result; what it cannot
// (I/O, damaged data, a bug) is a Failure, thrown, and caught only at the request, the job and main().
#include <cstdint>
#include <exception>
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
  Error(Code c = Code::Intern, std::string d = {}, std::string f = {},  // NOLINT(google-explicit-constructor)
        std::string h = {});
  // Not in line: every function that gives a Result would hold them.
  Error(const Error&);
  Error(Error&&) noexcept;
  Error& operator=(const Error&);
  Error& operator=(Error&&) noexcept;
  ~Error();

  Code code;
  std::string detail, feld, hinweis;
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] tl::unexpected<Error> fail(Code code, std::string detail = {}, std::string feld = {});

/// Something broke that the caller could not expect; the transaction is rolled back. The code is what the person is
/// told: `Intern`, or what of the machine is wrong (no room, no database). The text is for the log.
class Failure : public std::runtime_error {
 public:
  explicit Failure(const std::string& what, Code code = Code::Intern) : std::runtime_error(what), code_(code) {}
  [[nodiscard]] Code code() const { return code_; }

 private:
  Code code_;
};

/// What a person is told of a failed call of the system (errno): no room, not to be written, too much at once.
[[nodiscard]] Code codeOfErrno(int error);
/// "doing: why", with the code that belongs to it.
[[nodiscard]] Failure systemFailure(std::string_view doing, int error);
/// The code of whatever was thrown.
[[nodiscard]] Code codeOf(const std::exception& failure);

}  // namespace base

/// Returns the error of a Result from the surrounding function, else goes on.
#define AKTENLOTSE_TRY(expression)                                       \
  do {                                                                   \
    if (auto tryResult_ = (expression); !tryResult_)                     \
      return tl::unexpected<base::Error>(std::move(tryResult_.error())); \
  } while (false)

/// Declares `name` with the value of a Result, or returns its error from the surrounding function.
#define AKTENLOTSE_GET(name, expression)                                                    \
  auto name##Result_ = (expression);                                                        \
  if (!name##Result_) return tl::unexpected<base::Error>(std::move(name##Result_.error())); \
  auto& name = *name##Result_
