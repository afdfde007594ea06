// aktenlotse-ocr: looks at the pages of one file, inside a sandbox that it closes before the first byte.
#include <extract/bild_wire.h>
#include <poppler-global.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>

#include "bild.h"
#include "charset.h"
#include "read.h"
#include "sandbox.h"

namespace extractor {
namespace {

using extract::Bildantwort;
using extract::Bildarbeit;
using extract::Bildauftrag;

/// Pixels of the longer side of a page of a PDF: A4 at 300 dpi, which is what tesseract reads best.
constexpr int kZumLesen = 3600;
constexpr int kMaxAufloesung = 9600;
/// More JSON than a file of the longest allowed number of pages gives.
constexpr std::uint32_t kMaxJson = std::uint32_t{512} << 20;

void sendAll(std::string_view data) {
  while (!data.empty()) {
    const ssize_t done = write(STDOUT_FILENO, data.data(), data.size());
    if (done <= 0) _exit(EXIT_FAILURE);
    data.remove_prefix(static_cast<std::size_t>(done));
  }
}

void answer(bool good, std::string_view data) {
  const Bildantwort head{good ? std::uint64_t{1} : 0, data.size()};
  sendAll({reinterpret_cast<const char*>(&head), sizeof head});
  sendAll(data);
}

/// Fills `data` whole, and takes a file that comes along; false when the server has closed its end.
bool receive(void* data, std::size_t size, int& file) {
  auto* into = static_cast<char*>(data);
  while (size > 0) {
    iovec piece{into, size};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t got = recvmsg(STDIN_FILENO, &message, MSG_CMSG_CLOEXEC);
    if (got <= 0) return false;
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header != nullptr && header->cmsg_type == SCM_RIGHTS) std::memcpy(&file, CMSG_DATA(header), sizeof file);
    into += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

Bytes mapped(int fd) {
  const off_t size = lseek(fd, 0, SEEK_END);
  if (size <= 0) throw Unreadable{"fehler", "lesefehler"};
  void* data = mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE, fd, 0);
  if (data == MAP_FAILED) throw Unreadable{"fehler", "zu_gross"};
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

class Werkstatt {
 public:
  explicit Werkstatt(Erkenner& erkenner) : erkenner_(erkenner) {}

  std::string work(const Bildauftrag& auftrag, const std::string& json, int file) {
    if (auftrag.arbeit == Bildarbeit::oeffnen) {
      bytes_ = mapped(file);
      quelle_ = openQuelle(bytes_);
      aufloesungen_.reset();
      return boost::json::serialize(boost::json::object{{"format", quelle_->format()}, {"seiten", quelle_->seiten()}});
    }
    const int seite = static_cast<int>(auftrag.seite);
    if (!quelle_) throw Unreadable{"fehler", "lesefehler"};
    if (auftrag.arbeit != Bildarbeit::durchsuchbar && (seite < 1 || seite > quelle_->seiten()))
      throw Unreadable{"fehler", "beschaedigt"};
    switch (auftrag.arbeit) {
      case Bildarbeit::lesen: {
        const Bild bild = quelle_->seite(seite, kZumLesen);
        Seite gelesen = erkenner_.lesen(bild.get());
        gelesen.aufloesung = aufloesungOf(seite, bild.get());
        return toJson(gelesen, codesAuf(bild.get()));
      }
      case Bildarbeit::codes:
        return toJson({}, codesAuf(quelle_->seite(seite, kZumLesen / 2).get()));
      case Bildarbeit::bild:
        return alsJpeg(quelle_->seite(seite, auftrag.breite * 3 / 2), auftrag.drehung, auftrag.breite);
      case Bildarbeit::durchsuchbar:
        return alsPdf(bytes_, *quelle_, json, erkenner_.schrift());
      case Bildarbeit::teil:
        return teilPdf(bytes_, *quelle_, seite, static_cast<int>(auftrag.bis));
      case Bildarbeit::oeffnen:
        break;
    }
    throw Unreadable{"fehler", "lesefehler"};
  }

 private:
  /// A page of a PDF was drawn at a resolution of ours; what the scanner did is what its picture says.
  int aufloesungOf(int seite, Pix* bild) {
    if (quelle_->format() != "pdf") return std::clamp(pixGetXRes(bild), 0, kMaxAufloesung);
    if (!aufloesungen_) {
      try {
        aufloesungen_ = scanAufloesungen(bytes_);
      } catch (const std::exception&) {
        aufloesungen_.emplace();  // poppler reads what qpdf does not; then it is not known
      }
    }
    const auto at = static_cast<std::size_t>(seite - 1);
    return at < aufloesungen_->size() ? std::clamp((*aufloesungen_)[at], 0, kMaxAufloesung) : 0;
  }

  Erkenner& erkenner_;
  Bytes bytes_{};
  std::unique_ptr<Quelle> quelle_;
  std::optional<std::vector<int>> aufloesungen_;
};

void serve(Erkenner& erkenner) {
  Werkstatt werkstatt(erkenner);
  Bildauftrag auftrag;
  std::string json;
  for (int file = -1; receive(&auftrag, sizeof auftrag, file) && auftrag.laenge <= kMaxJson;) {
    json.resize(auftrag.laenge);
    if (!receive(json.data(), json.size(), file)) return;
    try {
      answer(true, werkstatt.work(auftrag, json, file));
    } catch (const Unreadable& reason) {
      answer(false, reason.grund);
    } catch (const std::bad_alloc&) {
      answer(false, "speicher");
    } catch (const std::exception&) {
      answer(false, "beschaedigt");
    }
  }
}

/// Tesseract starts threads for each page, which cost more than they bring and which the sandbox forbids. Their library
/// looks at this variable once, when it is loaded.
void withoutThreads(char** argv) {
  if (const char* set = std::getenv("OMP_THREAD_LIMIT"); set != nullptr && std::strcmp(set, "1") == 0) return;
  setenv("OMP_THREAD_LIMIT", "1", 1);
  execv("/proc/self/exe", argv);
}

}  // namespace
}  // namespace extractor

int main(int argc, char** argv) {
  extractor::withoutThreads(argv);
  std::uint64_t memoryMiB = 2048;
  unsigned cpuSeconds = 600;
  CLI::App app{"Looks at the pages of one file that comes through a socket at standard input; the server starts it."};
  app.add_option("--memory", memoryMiB, "limit of memory in MiB")->capture_default_str();
  app.add_option("--cpu", cpuSeconds, "limit of processor seconds")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    // People who wait for a page come first.
    setpriority(PRIO_PROCESS, 0, 10);
    extractor::warmUp();
    extractor::Erkenner erkenner;
    extractor::enterSandbox({.memory = memoryMiB << 20, .cpuSeconds = cpuSeconds});
    extractor::serve(erkenner);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "aktenlotse-ocr: %s\n", error.what());
    _exit(EXIT_FAILURE);
  }
  // Destructors of libraries may want what the sandbox forbids.
  _exit(EXIT_SUCCESS);
}
