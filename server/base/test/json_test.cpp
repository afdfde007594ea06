#include "base/json.h"

#include <gtest/gtest.h>

namespace {

enum class Farbe : std::uint8_t { rot, blau };
BOOST_DESCRIBE_ENUM(Farbe, rot, blau)

struct Innen {
  std::int64_t zahl = 0;
};
BOOST_DESCRIBE_STRUCT(Innen, (), (zahl))

struct Alles {
  base::Line<5> name{};
  std::optional<base::Prose<10>> text{};
  base::Patch<base::Datum> tag{};
  Farbe farbe{};
  std::vector<Innen> liste{};
  bool wahr = false;
};
BOOST_DESCRIBE_STRUCT(Alles, (), (name, text, tag, farbe, liste, wahr))

base::Result<Alles> read(std::string_view json) { return base::readJson<Alles>(json); }

std::string feldOf(std::string_view json) {
  const auto result = read(json);
  EXPECT_FALSE(result.has_value()) << json;
  return result ? "" : result.error().feld;
}

TEST(Json, ReadsWhatTheTypesAllow) {
  const auto alles = read(R"({"name":" Äöü ","tag":null,"farbe":"blau","liste":[{"zahl":-3}],"wahr":true})");
  ASSERT_TRUE(alles.has_value());
  EXPECT_EQ(alles->name.value, "Äöü");
  EXPECT_FALSE(alles->text.has_value());
  EXPECT_TRUE(alles->tag.present);
  EXPECT_FALSE(alles->tag.value.has_value());
  EXPECT_EQ(alles->farbe, Farbe::blau);
  EXPECT_EQ(alles->liste.at(0).zahl, -3);
  EXPECT_TRUE(alles->wahr);
}

TEST(Json, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(feldOf(R"({"farbe":"rot","liste":[],"wahr":true})"), "name");
  EXPECT_EQ(feldOf(R"({"name":"zu lang","farbe":"rot","liste":[],"wahr":true})"), "name");
  EXPECT_EQ(feldOf(R"({"name":"  ","farbe":"rot","liste":[],"wahr":true})"), "name");
  EXPECT_EQ(feldOf("{\"name\":\"a\\u0000b\",\"farbe\":\"rot\",\"liste\":[],\"wahr\":true}"), "name");
  EXPECT_EQ(feldOf("{\"name\":\"a\\nb\",\"farbe\":\"rot\",\"liste\":[],\"wahr\":true}"), "name");
  EXPECT_EQ(feldOf(R"({"name":"a","farbe":"grün","liste":[],"wahr":true})"), "farbe");
  EXPECT_EQ(feldOf(R"({"name":"a","farbe":"rot","liste":[{"zahl":1.5}],"wahr":true})"), "liste[0].zahl");
  EXPECT_EQ(feldOf(R"({"name":"a","farbe":"rot","liste":[{"zahl":18446744073709551615}],"wahr":true})"),
            "liste[0].zahl");
  EXPECT_EQ(feldOf(R"({"name":"a","tag":"2026-02-30","farbe":"rot","liste":[],"wahr":true})"), "tag");
  EXPECT_EQ(feldOf(R"({"name":"a","farbe":"rot","liste":[],"wahr":1})"), "wahr");
  EXPECT_EQ(feldOf(R"({"name":"a","farbe":"rot","liste":[],"wahr":true,"fremd":1})"), "fremd");
}

TEST(Json, RefusesWhatIsNoJson) {
  for (const auto* text : {"", "{", "[1,]", "{\"name\":}", "nul", "{} {}"}) {
    const auto result = read(text);
    ASSERT_FALSE(result.has_value()) << text;
    EXPECT_EQ(result.error().code, base::Code::JsonUngueltig) << text;
  }
  const std::string deep(100, '[');
  EXPECT_FALSE(base::parseJson(deep + std::string(100, ']')).has_value());
}

TEST(Json, WritesWhatItReads) {
  std::string text = "{\"zahl\":7}";
  EXPECT_EQ(base::toJson(base::readJson<Innen>(text).value()), text);
  EXPECT_EQ(base::toJson(std::string("\"\\\n\t\x01ä")), "\"\\\"\\\\\\n\\t\\u0001ä\"");
  EXPECT_EQ(base::toJson(std::vector<Farbe>{Farbe::rot}), "[\"rot\"]");
}

TEST(Json, DecomposedTextIsComposed) {
  const auto alles = read("{\"name\":\"a\xCC\x88\",\"farbe\":\"rot\",\"liste\":[],\"wahr\":true}");
  ASSERT_TRUE(alles.has_value());
  EXPECT_EQ(alles->name.value, "ä");
}

}  // namespace
