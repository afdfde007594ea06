#pragma once
#include <gsf/gsf.h>

#include <cstring>
#include <memory>
#include <optional>

#include "result.h"

namespace extractor {

struct GUnref {
  void operator()(void* object) const { g_object_unref(object); }
};
using GsfIn = std::unique_ptr<GsfInfile, GUnref>;

/// A compound file (OLE2), and the streams in it.
class Ole {
 public:
  /// Throws Unreadable when it is broken.
  explicit Ole(Bytes bytes);
  explicit Ole(GsfIn folder) : root_(std::move(folder)) {}

  [[nodiscard]] bool has(const char* name) const;
  /// The bytes of a stream; nothing when there is none, or when it is longer than the budget allows.
  [[nodiscard]] std::optional<std::string> stream(const char* name) const;
  [[nodiscard]] std::optional<Ole> folder(const char* name) const;
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] GsfInfile* get() const { return root_.get(); }

 private:
  GsfIn root_;
};

/// A little-endian number at a place; 0 beyond the end.
template <typename T>
T at(std::string_view bytes, std::size_t offset) {
  T out{};
  if (offset <= bytes.size() && sizeof out <= bytes.size() - offset)
    std::memcpy(&out, bytes.data() + offset, sizeof out);
  return out;
}

[[nodiscard]] std::string fromUtf16Bytes(std::string_view bytes);

void readDoc(const Ole& ole, Budget& budget, Result& result);
void readPpt(const Ole& ole, Budget& budget, Result& result);
void readXls(const Ole& ole, Budget& budget, Result& result);
void readMsg(const Ole& ole, Budget& budget, Result& result);

}  // namespace extractor
