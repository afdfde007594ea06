#include "../cipher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>

#include "../folder.h"
#include "base/id.h"
#include "base/result.h"
#include "testing/folder.h"

namespace blob {
namespace {
namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const std::string oldLine(64, '1'), newLine(64, '2');

class Bytes : public Source {
 public:
  explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const override {
    return bytes_.substr(offset, length);
  }

 private:
  std::string bytes_;
};

std::string sealed(std::string_view plain, const Keys& keys) {
  std::string out;
  const auto sink = [&](std::string_view piece) { out += piece; };
  Encoder encoder(keys.newest());
  encoder.put(plain, sink);
  encoder.finish(sink);
  return out;
}

std::string opened(const std::string& form, const Keys& keys) {
  const auto blob = decrypting(std::make_shared<Bytes>(form), form.size(), keys);
  return blob.read(0, blob.size);
}

std::optional<base::Code> codeOf(const std::function<void()>& act) {
  try {
    act();
    return std::nullopt;
  } catch (const base::Failure& failure) {
    return failure.code();
  }
}

RC_GTEST_PROP(Cipher, anyBytesInAnyPiecesComeBackAndShowNothing, ()) {
  const auto keys = Keys::of({oldLine});
  const auto size = *rc::gen::inRange<std::size_t>(0, 3 * cipherChunk);
  std::string plain(size, 'a');
  for (std::size_t i = 0; i < plain.size(); i += 97) plain[i] = static_cast<char>('a' + i % 23);
  std::string form;
  const auto sink = [&](std::string_view piece) { form += piece; };
  Encoder encoder(keys.newest());
  for (std::string_view rest = plain; !rest.empty();) {
    const auto piece = rest.substr(0, *rc::gen::inRange<std::size_t>(1, cipherChunk));
    encoder.put(piece, sink);
    rest.remove_prefix(piece.size());
  }
  encoder.finish(sink);
  RC_ASSERT(form.size() == encryptedSize(plain.size()));
  RC_ASSERT(opened(form, keys) == plain);
  RC_ASSERT(plain.size() < 20 || form.find(plain.substr(0, 20)) == std::string::npos);
}

RC_GTEST_PROP(Cipher, oneChangedByteIsNoticedWhereverItIs, ()) {
  const auto keys = Keys::of({oldLine});
  auto form = sealed(std::string(cipherChunk + 1000, 'x'), keys);
  form.at(*rc::gen::inRange<std::size_t>(0, form.size())) ^= static_cast<char>(*rc::gen::inRange(1, 255));
  const auto code = codeOf([&] { (void)opened(form, keys); });
  RC_ASSERT(code == base::Code::InhaltBeschaedigt || code == base::Code::SchluesselFehlt);
}

TEST(Cipher, ChunksCannotBeCutOffMovedOrTakenFromAnother) {
  const auto keys = Keys::of({oldLine});
  const std::string one(cipherChunk, '1'), two(cipherChunk, '2'), three(cipherChunk, '3');
  const auto form = sealed(one + two + three, keys), other = sealed(two + one + three, keys);
  const auto chunk = [](const std::string& from, std::size_t n) {
    return from.substr(cipherHeader + n * (cipherChunk + cipherProof), cipherChunk + cipherProof);
  };
  const auto header = form.substr(0, cipherHeader);
  for (const auto& bad :
       {header + chunk(form, 0) + chunk(form, 1), header + chunk(form, 1) + chunk(form, 0) + chunk(form, 2),
        header + chunk(form, 0) + chunk(form, 2), header + chunk(other, 0) + chunk(form, 1) + chunk(form, 2),
        form + chunk(form, 2), header, std::string(), form.substr(0, form.size() - 1), form + "x"})
    EXPECT_EQ(codeOf([&] { (void)opened(bad, keys); }), base::Code::InhaltBeschaedigt);
  EXPECT_EQ(opened(form, keys), one + two + three);
}

TEST(Cipher, AnotherKeyIsNamedAndNothingIsGivenOut) {
  const auto form = sealed("Brief", Keys::of({oldLine}));
  EXPECT_EQ(codeOf([&] { (void)opened(form, Keys::of({newLine})); }), base::Code::SchluesselFehlt);
  EXPECT_EQ(codeOf([&] { (void)opened(form, Keys()); }), base::Code::SchluesselFehlt);
  EXPECT_EQ(opened(form, Keys::of({newLine, oldLine})), "Brief");
}

TEST(Cipher, TwoFormsOfTheSameBytesDiffer) {
  const auto keys = Keys::of({oldLine});
  EXPECT_NE(sealed("Brief", keys), sealed("Brief", keys));
}

TEST(Cipher, AFileOfKeysIsReadOrRefusedInWords) {
  testing_support::TemporaryFolder folder;
  const auto file = folder.path() / "schluessel";
  const auto messageFor = [&](const std::string& content) -> std::string {
    std::ofstream(file) << content;
    try {
      (void)Keys::fromFile(file);
      return "";
    } catch (const base::Failure& failure) {
      return failure.what();
    }
  };
  EXPECT_EQ(messageFor(oldLine + "\r\n\n" + newLine), "");
  EXPECT_THAT(messageFor(""), HasSubstr("steht keiner"));
  EXPECT_THAT(messageFor("kurz"), HasSubstr("openssl rand -hex 32"));
  EXPECT_THAT(messageFor(std::string(64, 'z')), HasSubstr("64 Hexadezimalziffern"));
  fs::remove(file);
  EXPECT_THROW((void)Keys::fromFile(file), base::Failure);
}

std::string bytesIn(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(EncryptedFolder, OldFilesStayReadableAndAreEncryptedWhenAsked) {
  testing_support::TemporaryFolder folder;
  const auto put = [](Store& store, std::string_view bytes) {
    auto writer = store.writer();
    writer->write(bytes);
    return writer->commit().sha256;
  };
  FolderStore plain(folder.path());
  const auto before = put(plain, "aus alter Zeit");
  FolderStore first(folder.path(), Keys::of({oldLine}));
  EXPECT_EQ(first.need(before).read(0, 100), "aus alter Zeit");
  const auto since = put(first, "seit dem Schlüssel");
  EXPECT_THAT(bytesIn(placeOf(folder.path(), since, true)), Not(HasSubstr("Schlüssel")));
  EXPECT_FALSE(fs::exists(placeOf(folder.path(), since)));

  FolderStore second(folder.path(), Keys::of({newLine, oldLine}));
  for (const auto& sha256 : {before, since}) {
    EXPECT_TRUE(second.renew(sha256));
    EXPECT_FALSE(second.renew(sha256));
    EXPECT_FALSE(fs::exists(placeOf(folder.path(), sha256)));
    EXPECT_EQ(second.verify(sha256), std::nullopt);
  }
  FolderStore third(folder.path(), Keys::of({newLine}));
  EXPECT_EQ(third.need(before).read(0, 100), "aus alter Zeit");
  EXPECT_EQ(codeOf([&] { (void)plain.open(before); }), base::Code::SchluesselFehlt);
  EXPECT_THAT(plain.verify(before).value(), HasSubstr("--blob-schluessel"));
}

/// A file that looks like an encrypted one is a file like any other.
TEST(EncryptedFolder, WhatLooksEncryptedButCameSoIsGivenBackAsItCame) {
  testing_support::TemporaryFolder folder;
  const auto form = sealed("Brief", Keys::of({oldLine}));
  for (const auto& keys : {Keys(), Keys::of({oldLine}), Keys::of({newLine})}) {
    FolderStore store(folder.path(), keys);
    auto writer = store.writer();
    writer->write(form);
    EXPECT_EQ(store.need(writer->commit().sha256).read(0, 10'000), form);
  }
}

}  // namespace
}  // namespace blob
