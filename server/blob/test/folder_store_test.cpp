#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "base/id.h"
#include "base/result.h"
#include "blob/store.h"
#include "testing/folder.h"

namespace blob {
namespace {
namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Ref put(Store& store, std::string_view bytes) {
  auto writer = store.writer();
  writer->write(bytes);
  return writer->commit();
}

std::vector<std::string> names(const Store& store) {
  std::vector<std::string> found;
  store.each([&](const std::string& sha256, base::Zeitpunkt) { found.push_back(sha256); });
  return found;
}

std::size_t filesIn(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

base::Zeitpunkt modified(const Store& store, const std::string& sha256) {
  std::optional<base::Zeitpunkt> found;
  store.each([&](const std::string& name, base::Zeitpunkt time) {
    if (name == sha256) found = time;
  });
  return found.value();
}

class FolderStoreTest : public testing::Test {
 protected:
  fs::path placeOf(const std::string& sha256) const {
    return folder.path() / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256;
  }
  void setModified(const fs::path& path, std::int64_t seconds) const {
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  }

  testing_support::TemporaryFolder folder;
  FolderStore store{folder.path()};
};

TEST_F(FolderStoreTest, GivesBackWhatWasWritten) {
  auto writer = store.writer();
  writer->write("Sehr geehrte ");
  writer->write("Damen und Herren");
  const Ref ref = writer->commit();
  EXPECT_EQ(ref.sha256, base::sha256Hex("Sehr geehrte Damen und Herren"));
  EXPECT_EQ(ref.size, 29U);
  const auto opened = store.open(ref.sha256);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->size, 29U);
  EXPECT_EQ(opened->read(0, 1000), "Sehr geehrte Damen und Herren");
  EXPECT_EQ(filesIn(folder.path() / "neu"), 0U);
  EXPECT_TRUE(fs::exists(placeOf(ref.sha256)));
}

TEST_F(FolderStoreTest, KeepsTheEmptyFile) {
  const Ref ref = put(store, "");
  EXPECT_EQ(ref.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(store.open(ref.sha256)->read(0, 10), "");
  EXPECT_EQ(store.verify(ref.sha256), std::nullopt);
}

TEST_F(FolderStoreTest, ReadsRanges) {
  const auto opened = store.open(put(store, "0123456789").sha256);
  EXPECT_EQ(opened->read(3, 4), "3456");
  EXPECT_EQ(opened->read(8, 4), "89");
  EXPECT_EQ(opened->read(10, 1), "");
  EXPECT_EQ(opened->read(~std::uint64_t{0}, 1), "");
  EXPECT_EQ(opened->read(0, 2), "01") << "reading must not depend on what was read before";
}

TEST_F(FolderStoreTest, OpensNothingButHashes) {
  put(store, "x");
  EXPECT_FALSE(store.open(base::sha256Hex("unbekannt")));
  EXPECT_FALSE(store.open(""));
  EXPECT_FALSE(store.open("../../etc/passwd"));
  EXPECT_FALSE(store.open(std::string(64, 'A')));
  EXPECT_FALSE(store.open(std::string(60, 'a') + "/../"));
}

TEST_F(FolderStoreTest, LeavesNothingOfAnUnfinishedWriter) {
  {
    auto writer = store.writer();
    writer->write("halb");
    EXPECT_EQ(filesIn(folder.path() / "neu"), 1U);
    EXPECT_THAT(names(store), IsEmpty());
  }
  EXPECT_EQ(filesIn(folder.path() / "neu"), 0U);
}

TEST_F(FolderStoreTest, ShowsTheBytesSoFarToAReaderThatCannotChangeThem) {
  auto writer = store.writer();
  writer->write("erster Teil");
  const int reader = writer->descriptor();
  char bytes[64] = {};
  EXPECT_EQ(::read(reader, bytes, sizeof bytes), 11);
  EXPECT_STREQ(bytes, "erster Teil");
  EXPECT_EQ(::write(reader, "x", 1), -1);
  writer->write(", zweiter Teil");
  EXPECT_EQ(::read(reader, bytes, sizeof bytes), 14);
  EXPECT_EQ(writer->commit().sha256, base::sha256Hex("erster Teil, zweiter Teil"));
}

TEST_F(FolderStoreTest, KeepsEqualContentOnceAndMakesItYoungAgain) {
  const Ref first = put(store, "gleich");
  setModified(placeOf(first.sha256), 1'000'000);
  EXPECT_EQ(modified(store, first.sha256), base::Zeitpunkt{1'000'000'000'000});
  EXPECT_EQ(put(store, "gleich"), first);
  EXPECT_THAT(names(store), ElementsAre(first.sha256));
  EXPECT_GT(modified(store, first.sha256), base::Zeitpunkt{1'000'000'000'000});
}

TEST_F(FolderStoreTest, HealsADamagedBlobWhenItsContentComesAgain) {
  const Ref ref = put(store, "heil");
  fs::permissions(placeOf(ref.sha256), fs::perms::owner_all);
  std::ofstream(placeOf(ref.sha256)) << "HEIL";
  EXPECT_THAT(store.verify(ref.sha256).value(), HasSubstr("verändert"));
  put(store, "heil");
  EXPECT_EQ(store.verify(ref.sha256), std::nullopt);
}

TEST_F(FolderStoreTest, VerifyNamesWhatIsMissing) {
  const std::string sha256 = base::sha256Hex("fehlt");
  EXPECT_EQ(store.verify(sha256).value(), "Der Dateiinhalt " + sha256 + " fehlt.");
}

TEST_F(FolderStoreTest, TwoWritersOfTheSameContentBothSucceed) {
  auto one = store.writer();
  auto two = store.writer();
  one->write("dasselbe");
  two->write("das");
  two->write("selbe");
  const Ref first = one->commit();
  EXPECT_EQ(two->commit(), first);
  EXPECT_EQ(store.verify(first.sha256), std::nullopt);
  EXPECT_EQ(filesIn(folder.path() / "neu"), 0U);
}

TEST_F(FolderStoreTest, RemovalAndCommitOfTheSameContentDoNotCross) {
  // Whatever the order: a blob that was committed after the limit must still be there.
  const base::Zeitpunkt limit{1'000'000'000'000};
  for (int round = 0; round < 50; ++round) {
    const Ref ref = put(store, "umkämpft");
    setModified(placeOf(ref.sha256), 1'000'000);
    std::thread remover([&] { store.remove(ref.sha256, limit); });
    put(store, "umkämpft");
    remover.join();
    ASSERT_EQ(store.verify(ref.sha256), std::nullopt);
  }
}

TEST_F(FolderStoreTest, RemovesOnlyWhatIsOldEnough) {
  const Ref ref = put(store, "alt");
  setModified(placeOf(ref.sha256), 2'000);
  EXPECT_FALSE(store.remove(ref.sha256, base::Zeitpunkt{1'999'999'999}));
  const auto opened = store.open(ref.sha256);
  EXPECT_TRUE(store.remove(ref.sha256, base::Zeitpunkt{2'000'000'000}));
  EXPECT_FALSE(store.remove(ref.sha256, base::Zeitpunkt{2'000'000'000}));
  EXPECT_FALSE(store.open(ref.sha256));
  EXPECT_EQ(opened->read(0, 10), "alt") << "who has it open may finish reading";
  EXPECT_FALSE(store.remove("../neu", base::Zeitpunkt{2'000'000'000}));
}

TEST_F(FolderStoreTest, SweepsWhatDeadWritersLeft) {
  auto alive = store.writer();
  alive->write("lebt");
  std::ofstream(folder.path() / "neu" / "tot") << "Rest";
  setModified(folder.path() / "neu" / "tot", 2'000);
  EXPECT_EQ(store.sweep(base::Zeitpunkt{1'999'999'999}), 0U);
  EXPECT_EQ(store.sweep(base::Zeitpunkt{2'000'000'000}), 1U);
  EXPECT_EQ(alive->commit().sha256, base::sha256Hex("lebt"));
}

TEST_F(FolderStoreTest, CommitsAGroup) {
  std::vector<std::unique_ptr<Writer>> writers;
  for (int i = 0; i < 50; ++i) {
    writers.push_back(store.writer());
    writers.back()->write("Brief " + std::to_string(i % 40));
  }
  const auto refs = store.commitAll(writers);
  ASSERT_EQ(refs.size(), 50U);
  for (std::size_t i = 0; i < refs.size(); ++i) {
    EXPECT_EQ(refs[i].sha256, base::sha256Hex("Brief " + std::to_string(i % 40)));
    EXPECT_EQ(store.verify(refs[i].sha256), std::nullopt);
  }
  EXPECT_EQ(names(store).size(), 40U);
  EXPECT_EQ(filesIn(folder.path() / "neu"), 0U);
  EXPECT_THAT(store.commitAll({}), IsEmpty());
}

TEST_F(FolderStoreTest, IgnoresWhatIsNotItsOwn) {
  std::ofstream(folder.path() / "LIESMICH") << "fremd";
  fs::create_directories(folder.path() / "ab" / "cd");
  std::ofstream(folder.path() / "ab" / "cd" / base::sha256Hex("woanders")) << "falscher Ort";
  const Ref ref = put(store, "richtig");
  EXPECT_THAT(names(store), ElementsAre(ref.sha256));
}

RC_GTEST_PROP(FolderStoreProperty, AnyBytesInAnyPiecesComeBack, (std::vector<std::string> pieces)) {
  testing_support::TemporaryFolder folder;
  FolderStore store(folder.path());
  auto writer = store.writer();
  std::string all;
  for (const auto& piece : pieces) {
    writer->write(piece);
    all += piece;
  }
  const Ref ref = writer->commit();
  RC_ASSERT(ref.sha256 == base::sha256Hex(all));
  RC_ASSERT(store.open(ref.sha256)->read(0, all.size()) == all);
}

}  // namespace
}  // namespace blob
