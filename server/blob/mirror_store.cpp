#include <fmt/format.h>

#include "base/result.h"
#include "blob/store.h"

namespace blob {
namespace {

/// Writes into both stores, until the second one fails.
class MirrorWriter : public Writer {
 public:
  MirrorWriter(std::unique_ptr<Writer> ofFirst, Store& secondStore) : first(std::move(ofFirst)) {
    unlessItFails([&] { second = secondStore.writer(); });
  }
  void write(std::string_view bytes) override {
    first->write(bytes);
    unlessItFails([&] {
      if (second) second->write(bytes);
    });
  }
  Ref commit() override {
    auto ref = first->commit();
    unlessItFails([&] {
      if (second) second->commit();
    });
    return ref;
  }
  [[nodiscard]] int descriptor() override { return first->descriptor(); }

  std::unique_ptr<Writer> first, second;

 private:
  template <typename F>
  void unlessItFails(F&& f) {
    try {
      f();
    } catch (const base::Failure&) {
      second.reset();
    }
  }
};

/// What can be read of a blob: nothing also where the store fails.
std::optional<Opened> openOrNot(const Store& store, std::string_view sha256) {
  try {
    return store.open(sha256);
  } catch (const base::Failure&) {
    return std::nullopt;
  }
}

bool lacks(const Store& store, std::string_view sha256) {
  try {
    return !store.open(sha256);
  } catch (const base::Failure&) {
    return false;
  }
}

}  // namespace

MirrorStore::MirrorStore(std::unique_ptr<Store> first, std::unique_ptr<Store> second)
    : first_(std::move(first)), second_(std::move(second)) {}

std::unique_ptr<Writer> MirrorStore::writer() { return std::make_unique<MirrorWriter>(first_->writer(), *second_); }

std::vector<Ref> MirrorStore::commitAll(std::span<std::unique_ptr<Writer>> writers) {
  std::vector<std::unique_ptr<Writer>> firsts, seconds;
  for (const auto& writer : writers) {
    auto* ours = dynamic_cast<MirrorWriter*>(writer.get());
    if (ours == nullptr) throw base::Failure("blob store: a writer of another store cannot be committed here");
    firsts.push_back(std::move(ours->first));
    if (ours->second) seconds.push_back(std::move(ours->second));
  }
  auto refs = first_->commitAll(firsts);
  try {
    second_->commitAll(seconds);
  } catch (const base::Failure&) {  // the scrub brings what is missing there
  }
  return refs;
}

std::optional<Opened> MirrorStore::open(std::string_view sha256) const {
  std::optional<base::Failure> failed;
  try {
    if (auto opened = first_->open(sha256)) return opened;
  } catch (const base::Failure& failure) {
    failed = failure;
  }
  if (auto opened = openOrNot(*second_, sha256)) return opened;
  if (failed) throw base::Failure(*failed);
  return std::nullopt;
}

void MirrorStore::each(const Visitor& visit) const {
  first_->each(visit);
  second_->each([&](const std::string& sha256, base::Zeitpunkt modified) {
    if (!openOrNot(*first_, sha256)) visit(sha256, modified);
  });
}

bool MirrorStore::remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) {
  const bool first = first_->remove(sha256, notYoungerThan);
  // What became young again in the first must stay in the second as well.
  if (!first && openOrNot(*first_, sha256)) return false;
  const bool second = second_->remove(sha256, notYoungerThan);
  return first || second;
}

std::size_t MirrorStore::sweep(base::Zeitpunkt notYoungerThan) {
  return first_->sweep(notYoungerThan) + second_->sweep(notYoungerThan);
}

bool MirrorStore::renew(std::string_view sha256) {
  const bool first = first_->renew(sha256), second = second_->renew(sha256);
  return first || second;
}

Befund MirrorStore::mend(std::string_view sha256) {
  const auto first = first_->verify(sha256);
  const auto second = second_->verify(sha256);
  if (!first && !second) return {};
  auto& broken = first ? first_ : second_;
  auto& whole = first ? second_ : first_;
  auto schaden = first ? *first : "Im Zweitspeicher: " + *second;
  if (first && second) return {std::move(schaden), false};
  const bool behind = !first && lacks(*second_, sha256);
  try {
    copyOf(whole->need(sha256), sha256, *broken)->commit();
  } catch (const base::Failure& failure) {
    return {fmt::format("{} Er ließ sich nicht ersetzen: {}", schaden, failure.what()), false};
  }
  const bool behoben = !broken->verify(sha256).has_value();
  // What has not come to the second one yet, because it is new or was away, is no damage.
  if (behind && behoben) return {};
  return {std::move(schaden), behoben};
}

}  // namespace blob
