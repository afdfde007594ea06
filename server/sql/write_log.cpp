#include "write_log.h"

#include <sqlite3.h>

namespace sql {
namespace {

/// Of 4 KiB: a page that is written again and again goes over once.
constexpr int worthwhile = 4'000, tooLong = 64'000;

}  // namespace

WriteLog::WriteLog(std::string path) : path_(std::move(path)), thread_([this] { run(); }) {}

WriteLog::~WriteLog() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void WriteLog::watch(void* connection) { sqlite3_wal_hook(static_cast<sqlite3*>(connection), &committed, this); }

int WriteLog::committed(void* self, sqlite3* connection, const char* schema, int pages) {
  if (pages < worthwhile) return SQLITE_OK;
  auto& log = *static_cast<WriteLog*>(self);
  {
    const std::lock_guard lock(log.mutex_);
    log.wanted_ = true;
  }
  log.changed_.notify_all();
  // What was committed stays committed: an error is no more than a longer log, and is met again by who writes next.
  if (pages >= tooLong) sqlite3_wal_checkpoint_v2(connection, schema, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return SQLITE_OK;
}

void WriteLog::run() {
  sqlite3* connection = nullptr;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return wanted_ || ends_; });
      if (ends_) break;
      wanted_ = false;
    }
    if (connection == nullptr && sqlite3_open_v2(path_.c_str(), &connection,
                                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
      sqlite3_close(connection);
      connection = nullptr;
      continue;
    }
    sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  }
  sqlite3_close(connection);
}

}  // namespace sql
