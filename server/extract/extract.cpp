#include "extract/extract.h"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <condition_variable>
#include <mutex>

#include "child.h"
#include "hinweis.h"
#include "reply.h"
#include "teile.h"
#include "vorlage.h"

namespace extract {
namespace {

std::string extensionOf(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return {};
  std::string out(name.substr(dot + 1));
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

}  // namespace

std::string_view toString(Status status) {
  switch (status) {
    case Status::Ok:
      return "ok";
    case Status::Leer:
      return "leer";
    case Status::Fehler:
      return "fehler";
    case Status::Gesperrt:
      return "gesperrt";
  }
  return "fehler";
}

std::string Text::gesamt() const {
  std::string all;
  for (std::size_t i = 0; i < seiten.size(); ++i) (all += i == 0 ? "" : "\f") += seiten[i];
  return all;
}

/// The warm children, and the count of those at work.
class Extractor::Pool {
 public:
  explicit Pool(Options options) : options_(std::move(options)) {}

  Text read(int fd, std::string_view endung, const TeilZiel& ziel) {
    const Turn turn(*this);
    auto [child, waited] = take();
    const bool used = child && child->files > 0;
    Answer answer = ask(child, fd, endung, ziel);
    // A child may have died while it was idle; that says nothing about this file.
    if (answer.gone && (used || (waited && !child->answered()))) {
      child = Child::start(options_);
      answer = ask(child, fd, endung, ziel);
    }
    if (answer.parsed) parsed_ = true;
    keep(answer.reusable ? std::move(child) : nullptr);
    return std::move(answer.text);
  }

 private:
  struct Answer {
    Text text;
    bool reusable = false, gone = false, parsed = false;
  };

  /// One of the `parallel` places, for the time of one file.
  class Turn {
   public:
    explicit Turn(Pool& pool) : pool_(pool) {
      std::unique_lock lock(pool_.mutex_);
      pool_.free_.wait(lock, [&] { return pool_.busy_ < std::max(1, pool_.options_.parallel); });
      ++pool_.busy_;
    }
    ~Turn() {
      {
        const std::lock_guard lock(pool_.mutex_);
        --pool_.busy_;
      }
      pool_.free_.notify_one();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Pool& pool_;
  };

  /// A child, and whether it has waited here for a file.
  std::pair<std::unique_ptr<Child>, bool> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto child = std::move(idle_.back());
        idle_.pop_back();
        return {std::move(child), true};
      }
    }
    return {Child::start(options_), false};
  }

  /// The template pays off once files need parsers, each of which costs a child.
  std::unique_ptr<Child> fresh() {
    auto child = parsed_ ? vorlage_.fork() : nullptr;
    return child ? std::move(child) : Child::start(options_);
  }

  /// Puts the child back, or a fresh one in its place: that one warms up while nobody waits for it.
  void keep(std::unique_ptr<Child> child) {
    if (!child) child = fresh();
    if (!child) return;
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(child));
  }

  Answer ask(const std::unique_ptr<Child>& child, int fd, std::string_view endung, const TeilZiel& ziel) const {
    if (!child) return {failure("start")};
    const auto deadline = Child::Clock::now() + options_.wall;
    std::string reply;
    Stage stage = Stage::Plain;
    auto outcome = child->ask(fd, -1, endung, stage, deadline, reply);
    std::optional<TeilSpeicher> teile;
    if (outcome == Child::Outcome::Reply && reply.empty()) {
      stage = Stage::Full;
      if (ziel) teile.emplace(options_.teile);
      outcome = child->ask(fd, teile ? teile->descriptor() : -1, endung, stage, deadline, reply);
    }
    switch (outcome) {
      case Child::Outcome::Late:
        return {failure("zeitlimit", options_.wall)};
      case Child::Outcome::TooLong:
        return {failure("antwort_ungueltig")};
      case Child::Outcome::BadFile:
        return {failure("lesefehler")};
      case Child::Outcome::Gone:
        return {failure(child->reasonOfEnd(), options_.wall), false, true};
      case Child::Outcome::Reply:
        break;
    }
    auto parsed = parseReply(reply);
    // A child that still ran could change the parts while they are hashed.
    if (stage == Stage::Full) child->stop();
    if (!parsed || !handOver(teile, *parsed, ziel)) return {failure("antwort_ungueltig")};
    return {std::move(parsed->text), stage == Stage::Plain && child->files < options_.filesPerChild, false,
            stage == Stage::Full};
  }

  static bool handOver(const std::optional<TeilSpeicher>& teile, Reply& reply, const TeilZiel& ziel) {
    if (teile) return teile->handOver(reply, ziel);
    for (auto& teil : reply.text.teile) teil.uebergeben = false;
    return true;
  }

  const Options options_;
  Vorlage vorlage_{options_};
  std::atomic<bool> parsed_ = false;
  std::mutex mutex_;
  std::condition_variable free_;
  int busy_ = 0;
  std::vector<std::unique_ptr<Child>> idle_;
};

Extractor::Extractor(Options options) : pool_(std::make_unique<Pool>(std::move(options))) {}
Extractor::~Extractor() = default;

Text Extractor::extract(int fd, std::string_view dateiname, const TeilZiel& ziel) const {
  return pool_->read(fd, extensionOf(dateiname), ziel);
}

}  // namespace extract
