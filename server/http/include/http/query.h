#pragma once
// Query strings into described structs, with the same checks and messages as JSON.
#include "base/json.h"
#include "http/message.h"

namespace http {

/// No body, no query, no reply.
struct None {};

/// Splits and decodes `a=1&b=2`. Fails for broken escapes, text that is not UTF-8, and more than 100 fields.
[[nodiscard]] base::Result<Fields> splitQuery(std::string_view queryString);

[[nodiscard]] base::Result<void> refuseQuery(const Fields& fields);

namespace detail {

/// A text that is a whole number becomes one; anything else stays text, and the reader of the type refuses it.
[[nodiscard]] boost::json::value queryInteger(std::string_view text);
[[nodiscard]] boost::json::value queryBool(std::string_view text);
[[nodiscard]] std::vector<std::string_view> splitList(std::string_view text);

template <class T>
boost::json::value queryValue(std::string_view text) {
  if constexpr (base::IsOptional<T>::value) {
    return queryValue<typename T::value_type>(text);
  } else if constexpr (base::IsVector<T>::value) {
    boost::json::array out;
    for (const auto item : splitList(text)) out.push_back(queryValue<typename T::value_type>(item));
    return out;
  } else if constexpr (std::is_same_v<T, bool>) {
    return queryBool(text);
  } else if constexpr (std::is_integral_v<T>) {
    return queryInteger(text);
  } else {
    return boost::json::string(text);
  }
}

}  // namespace detail

/// Members may be optional, integers, bool (0, 1, false, true), enums, texts, Uuid, Datum and lists of them (a,b,c).
/// Unknown and repeated names are refused.
template <base::DescribedStruct T>
[[nodiscard]] base::Result<T> readQuery(const Fields& fields) {
  boost::json::object json;
  for (const auto& field : fields) {
    const std::string &name = field.first, &text = field.second;
    boost::json::value value = boost::json::string(text);
    base::forEachMember<T>([&](std::string_view member, auto pointer) {
      using Member = std::decay_t<decltype(std::declval<T>().*pointer)>;
      if (member == name) value = detail::queryValue<Member>(text);
    });
    if (!json.emplace(name, std::move(value)).second)
      return base::fail(base::Code::EingabeUngueltig, "Die Angabe „" + name + "“ steht zweimal in der Adresse.", name);
  }
  return base::fromJson<T>(json);
}

}  // namespace http
