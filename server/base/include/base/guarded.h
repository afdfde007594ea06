#pragma once
#include <mutex>
#include <utility>

namespace base {

/// A value that can be reached only while its mutex is held: `auto locked = guarded.lock(); locked->use();`
template <typename T>
class Guarded {
 public:
  template <typename... Args>
  explicit Guarded(Args&&... args) : value_(std::forward<Args>(args)...) {}

  class Access {
   public:
    explicit Access(Guarded& guarded) : lock_(guarded.mutex_), value_(&guarded.value_) {}
    T& operator*() & { return *value_; }
    T* operator->() & { return value_; }
    // A temporary would give the lock back at once, so the access must have a name.
    T* operator->() && = delete;
    /// For condition variables.
    std::unique_lock<std::mutex>& mutex() & { return lock_; }

   private:
    std::unique_lock<std::mutex> lock_;
    T* value_;
  };

  [[nodiscard]] Access lock() { return Access(*this); }

 private:
  std::mutex mutex_;
  T value_;
};

}  // namespace base
