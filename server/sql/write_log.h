#pragma once
// SQLite's write-ahead log. Private to the room.
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

struct sqlite3;

namespace sql {

/// Takes what was committed over into the database, in a thread of its own: a writer who did so would wait for the disk
/// while others wait for him. Only where the thread falls far behind does the writer do it, so that the log stays
/// small.
class WriteLog {
 public:
  explicit WriteLog(std::string path);
  ~WriteLog();
  WriteLog(const WriteLog&) = delete;
  WriteLog& operator=(const WriteLog&) = delete;

  /// From now on told of each commit of this `sqlite3*`, which must not outlive it.
  void watch(void* connection);

 private:
  static int committed(void* self, sqlite3* connection, const char* schema, int pages);
  void run();

  std::string path_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool wanted_ = false, ends_ = false;
  std::atomic<int> done_ = 0;  ///< pages of the log that have gone over
  std::thread thread_;         // the last: it uses all others
};

}  // namespace sql
