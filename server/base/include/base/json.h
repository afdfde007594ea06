#pragma once
// JSON in and out of described structs, with the checks that the types ask for.
#include <boost/json.hpp>

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
    if (!first) out += ',';
    first = false;
    out += '"';
    out += name;
    out += "\":";
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

template <DescribedEnum T>
Result<T> readEnum(const boost::json::value& json, const std::string& feld) {
  if (json.is_string()) {
    if (auto value = enumFrom<T>(json.get_string())) return *value;
  }
  std::string names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto e) {
    names += names.empty() ? "" : ", ";
    names += e.name;
  });
  return wrongValue(feld, "einer der Werte " + names);
}

template <DescribedStruct T>
Result<T> readStruct(const boost::json::value& json, const std::string& feld) {
  const auto* object = json.if_object();
  if (object == nullptr) return wrongValue(feld, "ein Objekt");
  const std::string prefix = feld.empty() ? "" : feld + ".";
  T out{};
  std::optional<Error> error;
  std::size_t known = 0;
  forEachMember<T>([&](std::string_view name, auto pointer) {
    using Member = std::decay_t<decltype(out.*pointer)>;
    if (error) return;
    const auto* member = object->if_contains(name);
    if (member != nullptr) ++known;
    if (member == nullptr && (IsOptional<Member>::value || IsPatch<Member>::value)) return;
    const std::string path = prefix + std::string(name);
    if (member == nullptr) {
      error = Error{Code::EingabeUngueltig, "Das Feld „" + path + "“ fehlt.", path, {}};
      return;
    }
    auto read = fromJson<Member>(*member, path);
    if (read)
      out.*pointer = std::move(*read);
    else
      error = std::move(read.error());
  });
  if (error) return tl::unexpected<Error>(std::move(*error));
  if (known != object->size()) {
    for (const auto& entry : *object) {
      bool found = false;
      forEachMember<T>([&](std::string_view name, auto) { found = found || name == std::string_view(entry.key()); });
      if (!found) {
        const std::string path = prefix + std::string(entry.key());
        return fail(Code::EingabeUngueltig, "Das Feld „" + path + "“ ist hier nicht bekannt.", path);
      }
    }
  }
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
    return readEnum<T>(json, feld);
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
    if (array == nullptr || array->size() > 1'000) return wrongValue(feld, "eine Liste mit höchstens 1000 Einträgen");
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
