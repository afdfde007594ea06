#include "write_log.h"

#include <sqlite3.h>

namespace sql {
namespace {

/// Of 4 KiB: a page that is written again and again goes over once.
constexpr int worthwhile = 4'000, tooLong = 64'000;
/// Where all has gone over, the next writer begins the log anew. So what was written meanwhile is taken over as well.
constexpr int attempts = 3;

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
  auto& log = *static_cast<WriteLog*>(self);
  if (pages < log.done_) log.done_ = 0;  // it began anew
  if (pages - log.done_ < worthwhile) return SQLITE_OK;
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
    // Only who has read from it knows that the database has such a log.
    if (connection == nullptr &&
        (sqlite3_open_v2(path_.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) !=
             SQLITE_OK ||
         sqlite3_exec(connection, "SELECT 1 FROM sqlite_schema", nullptr, nullptr, nullptr) != SQLITE_OK)) {
      sqlite3_close(connection);
      connection = nullptr;
      continue;
    }
    for (int attempt = 0, pages = 0, done = 0; attempt < attempts; ++attempt) {
      if (sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &done) != SQLITE_OK) break;
      done_ = done;
      if (done == pages) break;
    }
  }
  sqlite3_close(connection);
}

}  // namespace sql
