#include "base/result.h"

#include <cerrno>
#include <new>
#include <system_error>

namespace base {

Error::Error(Code c, std::string d, std::string f, std::string h)
    : code(c), detail(std::move(d)), feld(std::move(f)), hinweis(std::move(h)) {}
Error::Error(const Error&) = default;
Error::Error(Error&&) noexcept = default;
Error& Error::operator=(const Error&) = default;
Error& Error::operator=(Error&&) noexcept = default;
Error::~Error() = default;

tl::unexpected<Error> fail(Code code, std::string detail, std::string feld) {
  return tl::unexpected<Error>(Error(code, std::move(detail), std::move(feld)));
}

const std::vector<CodeInfo>& allCodes() {
  static const std::vector<CodeInfo> table{
#define FEHLER(name, key, status, titleDe, hintDe, titleEn, hintEn) \
  {Code::name, key, status, titleDe, hintDe, titleEn, hintEn},
#include "base/fehler.def"
#undef FEHLER
  };
  return table;
}

const CodeInfo& info(Code code) { return allCodes().at(static_cast<std::size_t>(code)); }

Code codeOfErrno(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Code::KeinPlatz;
    case EROFS:
    case EACCES:
    case EPERM:
      return Code::NurLesbar;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EAGAIN:
      return Code::Ueberlastet;
    default:
      return Code::Intern;
  }
}

Failure systemFailure(std::string_view doing, int error) {
  return Failure(std::string(doing) + ": " + std::system_category().message(error), codeOfErrno(error));
}

Code codeOf(const std::exception& failure) {
  if (const auto* own = dynamic_cast<const Failure*>(&failure)) return own->code();
  if (dynamic_cast<const std::bad_alloc*>(&failure) != nullptr) return Code::Ueberlastet;
  if (const auto* system = dynamic_cast<const std::system_error*>(&failure)) return codeOfErrno(system->code().value());
  return Code::Intern;
}

}  // namespace base
