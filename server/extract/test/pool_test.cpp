// What the room does when the extractor misbehaves. The extractors here are shell scripts that do just that.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "reader.h"

namespace extract::test {
namespace {

class Pool : public ::testing::Test {
 protected:
  /// A program that runs `script`; each request is 16 bytes at its standard input.
  std::filesystem::path fake(const std::string& script) {
    const auto path = folder_.path() / "fake";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }

  Text readWith(const std::string& script, std::chrono::milliseconds wall = std::chrono::seconds(20)) {
    const Extractor extractor({.program = fake(script), .wall = wall, .parallel = 1});
    return readBytes(extractor, "Inhalt", "a.txt");
  }

  testing_support::TemporaryFolder folder_;
};

TEST_F(Pool, oneThatHangsIsStopped) {
  const Text text = readWith("exec sleep 100", std::chrono::milliseconds(300));
  EXPECT_EQ(text.status, Status::Fehler);
  EXPECT_EQ(text.hinweisCode, "zeitlimit");
  EXPECT_EQ(text.hinweis,
            "Die Datei konnte nicht gelesen werden: Zeitlimit von 1 Sekunden überschritten. Sie ist wie empfangen "
            "aufbewahrt.");
}

TEST_F(Pool, oneThatStopsInTheMiddleOfItsReplyIsStopped) {
  EXPECT_EQ(readWith("printf '\\012\\000\\000\\000{'; exec sleep 100", std::chrono::milliseconds(300)).hinweisCode,
            "zeitlimit");
}

TEST_F(Pool, oneThatCrashes) {
  EXPECT_EQ(readWith("head -c 16 >/dev/null; kill -SEGV $$").hinweisCode, "absturz");
  EXPECT_EQ(readWith("head -c 16 >/dev/null; kill -SYS $$").hinweisCode, "abgewehrt");
  EXPECT_EQ(readWith("head -c 16 >/dev/null; kill -XCPU $$").hinweisCode, "zeitlimit");
}

TEST_F(Pool, oneThatDoesNotStart) {
  EXPECT_EQ(readWith("exit 1").hinweisCode, "start");
  const Extractor missing({.program = folder_.path() / "nothing"});
  EXPECT_EQ(readBytes(missing, "Inhalt", "a.txt").hinweisCode, "start");
}

TEST_F(Pool, oneThatDiedWhileItWaitedForItsFirstFile) {
  // The child that is made in the place of one that could not start may die as well; the next file gets another.
  const auto tight = folder_.path() / "eng";
  const Extractor extractor(
      {.program = fake("[ -e '" + tight.string() + "' ] && exit 1\nexec " + program().string() + " \"$@\""),
       .parallel = 1});
  std::ofstream(tight).put('x');
  EXPECT_EQ(readBytes(extractor, "<html><body>arm</body></html>", "a.html").hinweisCode, "start");
  std::filesystem::remove(tight);
  EXPECT_EQ(readBytes(extractor, "<html><body>reich</body></html>", "a.html").gesamt(), "reich");
}

TEST_F(Pool, oneThatRepliesTooMuchOrNonsense) {
  const std::vector<std::string> replies = {
      "printf '\\377\\377\\377\\377'",
      "printf '\\004\\000\\000\\000null'",
      "printf '\\002\\000\\000\\000{}'",
      "printf '\\015\\000\\000\\000{\"status\":1}x'",
      // A reason that is not in the table, and one that does not fit the status.
      "r='{\"status\":\"ok\",\"grund\":\"<b>Rufen Sie an!</b>\"}'; printf \"\\\\$(printf %03o "
      "${#r})\\\\000\\\\000\\\\000%s\" \"$r\"",
      "r='{\"status\":\"ok\",\"grund\":\"kennwort\",\"format\":\"a\"}'; printf \"\\\\$(printf %03o "
      "${#r})\\\\000\\\\000\\\\000%s\" \"$r\"",
  };
  for (const auto& reply : replies)
    EXPECT_EQ(readWith(reply + "; exec sleep 100").hinweisCode, "antwort_ungueltig") << reply;
}

TEST_F(Pool, aFileThatIsNone) {
  const Extractor extractor({.program = program()});
  EXPECT_EQ(extractor.extract(-1, "a.txt").hinweisCode, "lesefehler");
  int pipes[2];
  ASSERT_EQ(pipe(pipes), 0);
  EXPECT_EQ(extractor.extract(pipes[0], "a.txt").hinweisCode, "lesefehler");
  close(pipes[0]);
  close(pipes[1]);
  // And it still works.
  EXPECT_EQ(readBytes(extractor, "Inhalt", "a.txt").status, Status::Ok);
}

/// Counts its starts in a file, and answers so many requests as the test wants.
std::string counting(const std::filesystem::path& log, const std::string& reply) {
  return "echo x >> " + log.string() + "\nr='" + reply +
         "'\nwhile [ \"$(head -c 1 | wc -c)\" = 1 ] && head -c 15 >/dev/null; do\n"
         "printf \"\\\\$(printf %03o ${#r})\\\\000\\\\000\\\\000%s\" \"$r\"\ndone";
}

TEST_F(Pool, aChildThatSawOnlyTextIsKeptForTheAgreedNumberOfFiles) {
  const auto log = folder_.path() / "starts";
  {
    const Extractor extractor({.program = fake(counting(log, R"({"status":"ok","format":"txt","mime":"text/plain"})")),
                               .parallel = 1,
                               .filesPerChild = 5});
    for (int i = 0; i < 10; ++i) EXPECT_EQ(readBytes(extractor, "Inhalt", "a.txt").status, Status::Ok);
  }
  // The two that served, and perhaps the fresh one that waits.
  const auto starts = bytesOf(log).size() / 2;
  EXPECT_GE(starts, 2U);
  EXPECT_LE(starts, 3U);
}

TEST_F(Pool, aChildThatRanAParserIsNeverUsedAgain) {
  const auto log = folder_.path() / "starts";
  {
    // Answers "needs a parser" first, then the text, and would go on for ever.
    const Extractor extractor(
        {.program = fake(
             "echo x >> " + log.string() +
             "\nr='{\"status\":\"ok\",\"format\":\"txt\",\"mime\":\"text/plain\"}'\nwhile head -c 16 >/dev/null; do\n"
             "printf '\\000\\000\\000\\000'\nhead -c 16 >/dev/null\n"
             "printf \"\\\\$(printf %03o ${#r})\\\\000\\\\000\\\\000%s\" \"$r\"\ndone"),
         .parallel = 1});
    for (int i = 0; i < 4; ++i) EXPECT_EQ(readBytes(extractor, "Inhalt", "a.txt").status, Status::Ok);
  }
  EXPECT_GE(bytesOf(log).size() / 2, 4U);
}

TEST_F(Pool, childrenOfTheTemplateAreAsSafeAsOthers) {
  // The first file that needs a parser brings the template; what follows is read by its forks.
  const Extractor extractor({.program = program(), .wall = std::chrono::seconds(20), .parallel = 1});
  for (int i = 0; i < 5; ++i) {
    const std::string word = "wort" + std::to_string(i);
    EXPECT_EQ(readBytes(extractor, "<html><body>" + word + "</body></html>", "a.html").gesamt(), word);
  }
  // A fork that comes to its limit ends alone, and says why.
  const auto path = folder_.path() / "gross.html";
  std::ofstream(path) << "<html>";
  std::filesystem::resize_file(path, std::uintmax_t{2} << 30);
  EXPECT_EQ(readFile(extractor, path).hinweisCode, "zu_gross");
  EXPECT_EQ(readBytes(extractor, "<html><body>danach</body></html>", "a.html").gesamt(), "danach");
}

TEST_F(Pool, aTemplateThatAnswersNonsenseIsNotNeeded) {
  // Serves like the real one, but as a template gives a process that is none of ours.
  const auto script = fake(
      "case $1 in --vorlage) head -c 16 >/dev/null; printf 'FORK\\001\\000\\000\\000'; exec sleep 100;; esac\nexec " +
      program().string() + " \"$@\"");
  const Extractor extractor({.program = script, .parallel = 1});
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(readBytes(extractor, "<html><body>wort</body></html>", "a.html").gesamt(), "wort");
}

TEST_F(Pool, manyThreadsShareFewChildren) {
  const Extractor extractor({.program = program(), .parallel = 2});
  std::atomic<int> right = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        const std::string word = "wort" + std::to_string(t * 100 + i);
        const bool html = i % 5 == 0;
        const Text text = readBytes(extractor, html ? "<html><body>" + word + "</body></html>" : word, "a.txt");
        right += text.seiten.size() == 1 && text.seiten[0] == word && text.format == (html ? "html" : "txt");
      }
    });
  threads.clear();
  EXPECT_EQ(right, 200);
}

}  // namespace
}  // namespace extract::test
