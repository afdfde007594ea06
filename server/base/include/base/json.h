#pragma once
// JSON in and out of described structs, with the checks that the types ask for.
#include <boost/json.hpp>
#include <span>

#include "base/clock.h"
#include "base/describe.h"
#include "base/id.h"
#include "base/result.h"
#include "base/text.h"

namespace base {

/// A field of a PATCH body: absent (leave it), null (clear it) or a value.
template <typename T>
struct Patch {
  bool present = false;
  std::optional<T> value{};
};

template <typename T>
struct IsPatch : std::false_type {};
template <typename T>
struct IsPatch<Patch<T>> : std::true_type {};
template <typename T>
struct IsText : std::false_type {};
template <std::size_t Max, std::size_t Min, bool Lines>
struct IsText<Text<Max, Min, Lines>> : std::true_type {};

/// Parses a request body: at most 32 levels deep, no duplicate keys that would hide a value, no trailing bytes.
[[nodiscard]] Result<boost::json::value> parseJson(std::string_view text);

void appendJsonString(std::string& out, std::string_view text);
/// `"name":`, after a comma unless it is the first.
void appendJsonKey(std::string& out, std::string_view name, bool& first);

// ---- out

template <typename T>
void appendJson(std::string& out, const T& value);

template <DescribedStruct T>
void appendMembers(std::string& out, const T& value, bool& first) {
  forEachMember<T>([&](std::string_view name, auto pointer) {
    const auto& member = value.*pointer;
    if constexpr (IsOptional<std::decay_t<decltype(member)>>::value) {
      if (!member) return;
    }
    appendJsonKey(out, name, first);
    appendJson(out, member);
  });
}

template <typename T>
void appendJson(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    out += std::to_string(value);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    appendJsonString(out, value);
  } else if constexpr (std::is_same_v<T, Uuid> || std::is_same_v<T, Datum>) {
    appendJsonString(out, value.text());
  } else if constexpr (std::is_same_v<T, Zeitpunkt>) {
    appendJsonString(out, value.iso());
  } else if constexpr (IsText<T>::value) {
    appendJsonString(out, value.value);
  } else if constexpr (DescribedEnum<T>) {
    appendJsonString(out, enumName(value));
  } else if constexpr (std::is_same_v<T, boost::json::value> || std::is_same_v<T, boost::json::object>) {
    out += boost::json::serialize(value);
  } else if constexpr (IsOptional<T>::value) {
    if (value)
      appendJson(out, *value);
    else
      out += "null";
  } else if constexpr (IsVector<T>::value) {
    out += '[';
    bool first = true;
    for (const auto& item : value) {
      if (!first) out += ',';
      first = false;
      appendJson(out, item);
    }
    out += ']';
  } else {
    static_assert(DescribedStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
    out += '{';
    bool first = true;
    appendMembers(out, value, first);
    out += '}';
  }
}

template <typename T>
[[nodiscard]] std::string toJson(const T& value) {
  std::string out;
  appendJson(out, value);
  return out;
}

// ---- in

/// Checks of single values, with German messages. `feld` is the path that the error names.
[[nodiscard]] Result<std::string> readText(const boost::json::value& json, const std::string& feld, std::size_t min,
                                           std::size_t max, bool lines);
[[nodiscard]] Result<std::int64_t> readInteger(const boost::json::value& json, const std::string& feld);
[[nodiscard]] tl::unexpected<Error> wrongValue(const std::string& feld, std::string_view expected);

template <typename T>
[[nodiscard]] Result<T> fromJson(const boost::json::value& json, const std::string& feld = {});

template <typename T>
Result<T> parseWith(const boost::json::value& json, const std::string& feld, std::string_view expected) {
  if (json.is_string()) {
    if (auto value = T::parse(json.get_string())) return *value;
  }
  return wrongValue(feld, expected);
}

[[nodiscard]] Result<std::int64_t> readEnumerator(const boost::json::value& json, const std::string& feld,
                                                  std::span<const Enumerator> all);

/// Reads the members of one object in turn, until one is wrong.
class ObjectReader {
 public:
  ObjectReader(const boost::json::value& json, const std::string& feld);
  /// What to read next; null where the member is left out and may be, or something was wrong before.
  [[nodiscard]] const boost::json::value* next(std::string_view name, bool mayLack);
  /// The path of that member, for errors.
  [[nodiscard]] const std::string& path() const { return path_; }
  void failed(Error error) { error_ = std::move(error); }
  /// What was wrong: a member, or one that none of `names` knows.
  [[nodiscard]] std::optional<Error> end(std::span<const std::string_view> names);

 private:
  const boost::json::object* object_;
  std::string prefix_, path_{};
  std::optional<Error> error_{};
  std::size_t known_ = 0;
};

template <DescribedStruct T>
Result<T> readStruct(const boost::json::value& json, const std::string& feld) {
  ObjectReader reader(json, feld);
  T out{};
  forEachMember<T>([&](std::string_view name, auto pointer) {
    using Member = std::decay_t<decltype(out.*pointer)>;
    const auto* member = reader.next(name, IsOptional<Member>::value || IsPatch<Member>::value);
    if (member == nullptr) return;
    if (auto read = fromJson<Member>(*member, reader.path()))
      out.*pointer = std::move(*read);
    else
      reader.failed(std::move(read.error()));
  });
  if (auto error = reader.end(memberNames<T>)) return tl::unexpected<Error>(std::move(*error));
  return out;
}

template <typename T>
Result<T> fromJson(const boost::json::value& json, const std::string& feld) {
  if constexpr (std::is_same_v<T, bool>) {
    if (json.is_bool()) return json.get_bool();
    return wrongValue(feld, "true oder false");
  } else if constexpr (std::is_integral_v<T>) {
    AKTENLOTSE_GET(number, readInteger(json, feld));
    if (!std::in_range<T>(number)) return wrongValue(feld, "eine kleinere Zahl");
    return static_cast<T>(number);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return readText(json, feld, 0, 10'000, true);
  } else if constexpr (IsText<T>::value) {
    AKTENLOTSE_GET(text, readText(json, feld, T::min, T::max, T::lines));
    return T{std::move(text)};
  } else if constexpr (std::is_same_v<T, Uuid>) {
    return parseWith<Uuid>(json, feld, "eine UUID");
  } else if constexpr (std::is_same_v<T, Datum>) {
    return parseWith<Datum>(json, feld, "ein Datum wie 2026-11-23");
  } else if constexpr (DescribedEnum<T>) {
    AKTENLOTSE_GET(value, readEnumerator(json, feld, enumerators<T>));
    return static_cast<T>(value);
  } else if constexpr (IsOptional<T>::value) {
    if (json.is_null()) return T{};
    AKTENLOTSE_GET(value, fromJson<typename T::value_type>(json, feld));
    return T{std::move(value)};
  } else if constexpr (IsPatch<T>::value) {
    using Inner = typename decltype(T::value)::value_type;
    if (json.is_null()) return T{true, std::nullopt};
    AKTENLOTSE_GET(value, fromJson<Inner>(json, feld));
    return T{true, std::move(value)};
  } else if constexpr (IsVector<T>::value) {
    const auto* array = json.if_array();
    if (array == nullptr || array->size() > 10'000) return wrongValue(feld, "eine Liste mit höchstens 10000 Einträgen");
    T out;
    for (std::size_t i = 0; i < array->size(); ++i) {
      AKTENLOTSE_GET(item, fromJson<typename T::value_type>((*array)[i], feld + "[" + std::to_string(i) + "]"));
      out.push_back(std::move(item));
    }
    return out;
  } else {
    return readStruct<T>(json, feld);
  }
}

/// Text to struct in one step.
template <typename T>
[[nodiscard]] Result<T> readJson(std::string_view text) {
  AKTENLOTSE_GET(json, parseJson(text));
  return fromJson<T>(json);
}

}  // namespace base
