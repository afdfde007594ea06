#include "vorlage.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace extract {
namespace {

constexpr auto kPatience = std::chrono::seconds(10);

}  // namespace

std::unique_ptr<Child> Vorlage::fork() {
  const std::lock_guard lock(mutex_);
  if (broken_) return nullptr;
  auto child = ask();
  broken_ = child == nullptr;
  if (broken_) process_.reset();
  return child;
}

std::unique_ptr<Child> Vorlage::ask() {
  if (!process_) process_ = Child::start(options_, "--vorlage");
  if (!process_) return nullptr;
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return nullptr;
  const auto deadline = Child::Clock::now() + kPatience;
  const Request request;
  Forked forked;
  const bool answered =
      process_->send(pair[1], {reinterpret_cast<const char*>(&request), sizeof request}, deadline) ==
          Child::Outcome::Reply &&
      process_->receive(reinterpret_cast<char*>(&forked.magic), sizeof forked.magic, deadline) ==
          Child::Outcome::Reply &&
      forked.magic == Forked{}.magic &&
      process_->receive(reinterpret_cast<char*>(&forked.pid), sizeof forked.pid, deadline) == Child::Outcome::Reply;
  close(pair[1]);
  // Only a child of ours can be waited for, and so never be another process later.
  if (!answered || forked.pid <= 0 || waitpid(forked.pid, nullptr, WNOHANG) != 0) {
    close(pair[0]);
    return nullptr;
  }
  return Child::adopt(forked.pid, pair[0]);
}

}  // namespace extract
