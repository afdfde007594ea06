#include "base/result.h"

namespace base {

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

}  // namespace base
