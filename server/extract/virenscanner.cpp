#include "extract/virenscanner.h"

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "base/result.h"
#include "base/text.h"

namespace extract {
namespace {

/// clamd closes what sends more in one piece than it likes; its own client sends as much.
constexpr std::size_t piece = 128 * 1024;
constexpr std::size_t maxAnswer = 4096;

Urteil ohneAntwort(std::string_view why) {
  return {Urteil::Art::keineAntwort, fmt::format("Der Virenscanner antwortet nicht: {}.", why)};
}

class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  Socket& operator=(Socket&&) = delete;
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

struct Ziel {
  std::string host, port;  ///< host empty: a unix socket
  std::string pfad;
};

Ziel zielAus(const std::string& adresse) {
  if (adresse.starts_with("unix:/")) {
    Ziel out{{}, {}, adresse.substr(5)};
    if (out.pfad.size() < sizeof(sockaddr_un::sun_path)) return out;
  } else if (const auto colon = adresse.rfind(':'); colon != std::string::npos && colon > 0) {
    Ziel out{adresse.substr(0, colon), adresse.substr(colon + 1), {}};
    if (out.host.size() > 2 && out.host.front() == '[' && out.host.back() == ']')
      out.host = out.host.substr(1, out.host.size() - 2);
    if (!out.host.empty() && !out.port.empty() && out.port.size() <= 5 &&
        out.port.find_first_not_of("0123456789") == std::string::npos)
      return out;
  }
  throw base::Failure(
      fmt::format("„{}“ ist keine Adresse eines Virenscanners; erwartet wird unix:/PFAD oder RECHNER:PORT.", adresse));
}

/// Not connected: the reason is in errno.
Socket verbinde(const Ziel& ziel) {
  if (ziel.host.empty()) {
    Socket out(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    ziel.pfad.copy(address.sun_path, sizeof address.sun_path - 1);
    if (out.get() < 0 || ::connect(out.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      return Socket(-1);
    return out;
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(ziel.host.c_str(), ziel.port.c_str(), &hints, &found) != 0) {
    errno = EHOSTUNREACH;
    return Socket(-1);
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, &::freeaddrinfo);
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    Socket out(::socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (out.get() < 0) continue;
    if (::connect(out.get(), one->ai_addr, one->ai_addrlen) == 0 || errno == EINPROGRESS) return out;
  }
  return Socket(-1);
}

class Gespraech {
 public:
  Gespraech(Socket socket, std::chrono::milliseconds geduld) : socket_(std::move(socket)), geduld_(geduld) {}

  /// False: it takes no more. clamd answers before it has all of what is too large, so its answer is to be read then.
  bool sende(std::string_view bytes) {
    while (!bytes.empty()) {
      if (const auto ready = warte(POLLOUT | POLLIN); (ready & POLLIN) != 0 || (ready & POLLOUT) == 0) return false;
      const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent > 0)
        bytes.remove_prefix(static_cast<std::size_t>(sent));
      else if (errno != EAGAIN && errno != EINTR)
        return false;
    }
    return true;
  }

  /// Until the zero, or what there was of it.
  std::string antwort() {
    std::string out;
    std::array<char, 512> buffer{};
    while (out.size() < maxAnswer && warte(POLLIN) != 0) {
      const auto got = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (got <= 0) break;
      out.append(buffer.data(), static_cast<std::size_t>(got));
      if (const auto end = out.find('\0'); end != std::string::npos) return out.substr(0, end);
    }
    return {};
  }

 private:
  /// What of it can be done now; nothing when patience is over.
  int warte(int wofuer) {
    for (;;) {
      pollfd wait{socket_.get(), static_cast<short>(wofuer), 0};
      const int ready = ::poll(&wait, 1, static_cast<int>(geduld_.count()));
      if (ready < 0 && errno == EINTR) continue;
      return ready > 0 ? wait.revents & wofuer : 0;
    }
  }
  Socket socket_;
  std::chrono::milliseconds geduld_;
};

std::string laenge(std::size_t size) {
  const auto byte = [&](int shift) { return static_cast<char>((size >> shift) & 0xff); };
  return {byte(24), byte(16), byte(8), byte(0)};
}

}  // namespace

Urteil urteilAus(std::string_view antwort) {
  using enum Urteil::Art;
  if (antwort.starts_with("stream: ")) antwort.remove_prefix(8);
  if (antwort == "OK") return {sauber, {}};
  if (constexpr std::string_view found = " FOUND"; antwort.ends_with(found) && antwort.size() > found.size()) {
    antwort.remove_suffix(found.size());
    const auto name = base::cleanText(base::repairUtf8(base::cutUtf8(antwort, 200)), false).value_or("");
    return {befund, name.empty() ? "ohne Namen" : name};
  }
  if (antwort.starts_with("INSTREAM size limit exceeded"))
    return {
        nichtPruefbar,
        "Die Datei ist größer, als der Virenscanner annimmt. Der Betrieb kann die Grenze anheben (StreamMaxLength in "
        "clamd.conf)."};
  if (antwort.empty()) return ohneAntwort("Die Verbindung brach ab");
  return ohneAntwort(
      fmt::format("„{}“", base::cleanText(base::repairUtf8(base::cutUtf8(antwort, 200)), false).value_or("")));
}

Virenscanner::Virenscanner(std::string adresse, std::chrono::milliseconds geduld)
    : adresse_(std::move(adresse)), geduld_(geduld) {
  if (!adresse_.empty()) (void)zielAus(adresse_);
}

Urteil Virenscanner::pruefe(int fd) const {
  auto socket = verbinde(zielAus(adresse_));
  if (socket.get() < 0) return ohneAntwort(std::strerror(errno));
  Gespraech clamd(std::move(socket), geduld_);
  bool taken = clamd.sende(std::string_view("zINSTREAM\0", 10));
  std::string buffer(piece, '\0');
  for (off_t at = 0; taken;) {
    const auto got = ::pread(fd, buffer.data(), buffer.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw base::Failure(fmt::format("cannot read what is to be scanned: {}", std::strerror(errno)));
    if (got == 0) break;
    at += got;
    taken = clamd.sende(laenge(static_cast<std::size_t>(got))) &&
            clamd.sende(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
  }
  if (taken) (void)clamd.sende(laenge(0));
  return urteilAus(clamd.antwort());
}

}  // namespace extract
