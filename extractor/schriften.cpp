#include "schriften.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace extractor {
namespace {

/// Where Debian's poppler-data lies; poppler has the place compiled in.
constexpr std::string_view kFolder = "/usr/share/poppler/";

struct View {
  void* data;
  std::size_t size;
};

// Never destroyed: poppler may ask until the very end.
std::map<std::string, View, std::less<>>& kept() {
  static auto* const files = new std::map<std::string, View, std::less<>>();
  return *files;
}

void keep(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  struct stat status {};
  if (fstat(fd, &status) == 0 && status.st_size > 0) {
    const auto size = static_cast<std::size_t>(status.st_size);
    void* data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data != MAP_FAILED) kept().emplace(path, View{data, size});
  }
  close(fd);
}

FILE* openKept(const char* path) {
  const auto found = kept().find(std::string_view(path));
  // A stream for reading never writes into its memory.
  return found == kept().end() ? nullptr : fmemopen(found->second.data, found->second.size, "r");
}

}  // namespace

void keepSchriften() {
  std::error_code error;
  for (const char* folder : {"cMap", "cidToUnicode"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(kFolder) + folder, error))
      if (entry.is_regular_file(error)) keep(entry.path().string());
}

}  // namespace extractor

// Takes the place of the C library's for the libraries of this program. What is not kept is asked of the real one.
extern "C" FILE* fopen64(const char* path, const char* mode) {
  if (FILE* stream = extractor::openKept(path)) return stream;
  static const auto real = reinterpret_cast<FILE* (*)(const char*, const char*)>(dlsym(RTLD_NEXT, "fopen64"));
  return real(path, mode);
}

extern "C" FILE* fopen(const char* path, const char* mode) { return fopen64(path, mode); }
