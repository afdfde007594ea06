// What every store promises, whatever it keeps its blobs in. Those in a bucket need one, which AKTENLOTSE_TEST_S3
// names: tests/bucket brings one up for a command, and ./test does so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"
#include "blob/s3.h"
#include "testing/folder.h"

namespace blob {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr base::Zeitpunkt future{INT64_MAX};

Keys testKeys() { return Keys::of({std::string(64, 'a'), std::string(64, 'b')}); }

/// A store of one kind, empty, and gone with this.
struct Fresh {
  testing_support::TemporaryFolder folder{};
  std::unique_ptr<Store> store{};

  explicit Fresh(const std::string& kind) {
    const auto keys = kind.ends_with("verschluesselt") ? testKeys() : Keys();
    if (kind.starts_with("s3")) {
      const char* endpoint = std::getenv("AKTENLOTSE_TEST_S3");
      const char* access = std::getenv("AKTENLOTSE_TEST_S3_ZUGANG");
      if (endpoint == nullptr || access == nullptr) return;
      const auto url = "s3://proben/" + base::randomHex(8) + "?endpoint=" + std::string(endpoint);
      store = std::make_unique<S3Store>(S3Address::parse(url, access), keys);
    } else if (kind == "spiegel") {
      store = std::make_unique<MirrorStore>(std::make_unique<FolderStore>(folder.path() / "a"),
                                            std::make_unique<FolderStore>(folder.path() / "b", testKeys()));
    } else {
      store = std::make_unique<FolderStore>(folder.path() / "a", keys);
    }
  }
};

class StoreTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!fresh_.store) GTEST_SKIP() << "no bucket here; tests/bucket ctest … runs this with one";
  }
  Store& store() { return *fresh_.store; }
  Ref put(std::string_view bytes) {
    auto writer = store().writer();
    writer->write(bytes);
    return writer->commit();
  }
  std::vector<std::string> names() {
    std::vector<std::string> found;
    store().each([&](const std::string& sha256, base::Zeitpunkt) { found.push_back(sha256); });
    return found;
  }

 private:
  Fresh fresh_{GetParam()};
};

/// Longer than every piece that something is read or encrypted in, and no multiple of one.
std::string manyBytes(std::size_t size = 2'500'001) {
  std::string out(size, '\0');
  std::uint32_t state = 1;
  for (char& c : out) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return out;
}

std::string readAll(int file) {
  std::string out;
  char buffer[65536];
  for (ssize_t got = 0; (got = ::pread(file, buffer, sizeof buffer, static_cast<off_t>(out.size()))) > 0;)
    out.append(buffer, static_cast<std::size_t>(got));
  return out;
}

TEST_P(StoreTest, GivesBackWhatWasWritten) {
  auto writer = store().writer();
  writer->write("Sehr geehrte ");
  writer->write("Damen und Herren");
  const Ref ref = writer->commit();
  EXPECT_EQ(ref, (Ref{base::sha256Hex("Sehr geehrte Damen und Herren"), 29}));
  EXPECT_EQ(store().need(ref.sha256).size, 29U);
  EXPECT_EQ(store().need(ref.sha256).read(0, 1000), "Sehr geehrte Damen und Herren");
  EXPECT_EQ(store().verify(ref.sha256), std::nullopt);
}

TEST_P(StoreTest, KeepsTheEmptyFile) {
  const Ref ref = put("");
  EXPECT_EQ(store().need(ref.sha256).size, 0U);
  EXPECT_EQ(store().need(ref.sha256).read(0, 10), "");
  EXPECT_EQ(store().verify(ref.sha256), std::nullopt);
  EXPECT_EQ(readAll(store().need(ref.sha256).file().get()), "");
}

TEST_P(StoreTest, ReadsAnyRangeOfALongFile) {
  const auto bytes = manyBytes();
  const auto ref = put(bytes);
  const auto opened = store().need(ref.sha256);
  EXPECT_EQ(opened.size, bytes.size());
  for (const std::size_t at : {std::size_t{0}, std::size_t{1}, std::size_t{65'535}, std::size_t{65'536},
                               std::size_t{1'048'575}, std::size_t{2'000'000}, bytes.size() - 1})
    for (const std::size_t length : {std::size_t{1}, std::size_t{70'000}, bytes.size()})
      ASSERT_EQ(opened.read(at, length), bytes.substr(at, length)) << at << " " << length;
  EXPECT_EQ(opened.read(bytes.size(), 1), "");
  EXPECT_EQ(opened.read(~std::uint64_t{0}, 1), "");
  EXPECT_EQ(readAll(opened.file().get()), bytes);
  EXPECT_EQ(store().verify(ref.sha256), std::nullopt);
}

TEST_P(StoreTest, LengthsAroundThePieces) {
  for (const std::size_t size : {65'535U, 65'536U, 65'537U, 131'072U, 1'048'576U}) {
    const auto bytes = manyBytes(size);
    const auto ref = put(bytes);
    ASSERT_EQ(store().need(ref.sha256).read(0, size + 1), bytes) << size;
  }
}

TEST_P(StoreTest, OpensNothingButHashes) {
  put("x");
  for (const auto& name : {base::sha256Hex("unbekannt"), std::string(), std::string("../../etc/passwd"),
                           std::string(64, 'A'), std::string(60, 'a') + "/../"})
    EXPECT_FALSE(store().open(name)) << name;
  EXPECT_EQ(store().verify(base::sha256Hex("fehlt")).value(),
            "Der Dateiinhalt " + base::sha256Hex("fehlt") + " fehlt.");
  try {
    (void)store().need(base::sha256Hex("fehlt"));
    FAIL();
  } catch (const base::Failure& failure) {
    EXPECT_EQ(failure.code(), base::Code::InhaltFehlt);
  }
}

TEST_P(StoreTest, LeavesNothingOfAnUnfinishedWriter) {
  { store().writer()->write(manyBytes()); }
  EXPECT_THAT(names(), IsEmpty());
}

TEST_P(StoreTest, ShowsTheBytesSoFarToAReaderThatCannotChangeThem) {
  auto writer = store().writer();
  writer->write("erster Teil");
  const int reader = writer->descriptor();
  EXPECT_EQ(readAll(reader), "erster Teil");
  EXPECT_EQ(::write(reader, "x", 1), -1);
  writer->write(", zweiter Teil");
  EXPECT_EQ(readAll(reader), "erster Teil, zweiter Teil");
  EXPECT_EQ(writer->commit().sha256, base::sha256Hex("erster Teil, zweiter Teil"));
}

TEST_P(StoreTest, KeepsEqualContentOnce) {
  const Ref first = put("gleich");
  EXPECT_EQ(put("gleich"), first);
  EXPECT_THAT(names(), ElementsAre(first.sha256));
}

TEST_P(StoreTest, CommitsAGroup) {
  std::vector<std::unique_ptr<Writer>> writers;
  for (int i = 0; i < 12; ++i) {
    writers.push_back(store().writer());
    writers.back()->write("Brief " + std::to_string(i % 10));
  }
  const auto refs = store().commitAll(writers);
  ASSERT_EQ(refs.size(), 12U);
  for (std::size_t i = 0; i < refs.size(); ++i) {
    EXPECT_EQ(refs[i].sha256, base::sha256Hex("Brief " + std::to_string(i % 10)));
    EXPECT_EQ(store().verify(refs[i].sha256), std::nullopt);
  }
  EXPECT_EQ(names().size(), 10U);
  EXPECT_THAT(store().commitAll({}), IsEmpty());
}

TEST_P(StoreTest, RemovesOnlyWhatIsOldEnough) {
  const Ref ref = put("alt");
  EXPECT_FALSE(store().remove(ref.sha256, base::Zeitpunkt{2'000'000'000}));
  EXPECT_TRUE(store().open(ref.sha256));
  EXPECT_TRUE(store().remove(ref.sha256, future));
  EXPECT_FALSE(store().remove(ref.sha256, future));
  EXPECT_FALSE(store().open(ref.sha256));
  EXPECT_FALSE(store().remove("../neu", future));
}

TEST_P(StoreTest, ManyThreadsWriteAndReadTheSameBlobs) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        const auto text = "Brief " + std::to_string(i);
        if (store().need(put(text).sha256).read(0, 100) != text) ++wrong;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(names().size(), 10U);
}

TEST_P(StoreTest, RenewsNothingThatHasTheFormOfToday) {
  const Ref ref = put("Brief");
  if (GetParam() != "spiegel") {
    EXPECT_FALSE(store().renew(ref.sha256));
  }
  EXPECT_EQ(store().verify(ref.sha256), std::nullopt);
  EXPECT_FALSE(store().renew(base::sha256Hex("fehlt")));
}

INSTANTIATE_TEST_SUITE_P(Arten, StoreTest,
                         testing::Values("ordner", "ordner_verschluesselt", "spiegel", "s3", "s3_verschluesselt"),
                         [](const auto& kind) { return kind.param; });

TEST(MirrorStoreTest, MendsWhatIsWrongInOneAndBringsTheSecondWhatItLacks) {
  const testing_support::TemporaryFolder folder;
  const auto a = folder.path() / "a", b = folder.path() / "b";
  const auto sha256 = base::sha256Hex("Brief");
  const auto fileIn = [&](const std::filesystem::path& root) {
    return root / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256;
  };
  const auto put = [](const std::filesystem::path& root) {
    auto writer = FolderStore(root).writer();
    writer->write("Brief");
    writer->commit();
  };
  const auto spoil = [&](const std::filesystem::path& root) {
    std::filesystem::permissions(fileIn(root), std::filesystem::perms::owner_all);
    std::ofstream(fileIn(root)) << "Brieg";
  };
  put(a);
  MirrorStore both(std::make_unique<FolderStore>(a), std::make_unique<FolderStore>(b));
  EXPECT_EQ(both.mend(sha256).schaden, "") << "a new second store is behind, not damaged";
  EXPECT_EQ(FolderStore(b).verify(sha256), std::nullopt);

  std::filesystem::remove(fileIn(a));
  auto befund = both.mend(sha256);
  EXPECT_EQ(befund.schaden, "Der Dateiinhalt " + sha256 + " fehlt.");
  EXPECT_TRUE(befund.behoben);
  spoil(b);
  befund = both.mend(sha256);
  EXPECT_THAT(befund.schaden, testing::StartsWith("Im Zweitspeicher: "));
  EXPECT_TRUE(befund.behoben);
  for (const auto& root : {a, b}) EXPECT_EQ(FolderStore(root).verify(sha256), std::nullopt);

  for (const auto& root : {a, b}) spoil(root);
  befund = both.mend(sha256);
  EXPECT_THAT(befund.schaden, testing::HasSubstr("verändert"));
  EXPECT_FALSE(befund.behoben);
}

}  // namespace
}  // namespace blob
