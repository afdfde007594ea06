#include "eingang/lmtp.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>

#include "lmtp_befehl.h"
#include "postweg.h"

namespace eingang {
namespace {

constexpr int tick = 200;          // milliseconds between looks at whether to stop
constexpr int patience = 300'000;  // milliseconds without a byte
constexpr std::size_t maxLine = 1 << 20, maxGuests = 32, maxRecipients = 100;

[[noreturn]] void fail(const std::string& adresse, const std::string& why) {
  throw base::Failure(fmt::format("LMTP auf „{}“ geht nicht: {}", adresse, why));
}

struct Socket {
  sockaddr_storage address{};
  socklen_t length = 0;
  std::filesystem::path file{};
};

Socket parse(const std::string& text) {
  Socket out;
  if (text.starts_with("unix:")) {
    auto* local = reinterpret_cast<sockaddr_un*>(&out.address);
    out.file = text.substr(5);
    if (out.file.string().size() >= sizeof local->sun_path || !out.file.is_absolute())
      fail(text, "das ist kein Pfad, der ein Socket sein kann");
    local->sun_family = AF_UNIX;
    out.file.string().copy(local->sun_path, sizeof local->sun_path - 1);
    out.length = sizeof *local;
    return out;
  }
  const auto colon = text.rfind(':');
  std::uint16_t port = 0;
  const auto host = text.substr(0, colon);
  if (colon == std::string::npos ||
      std::from_chars(text.data() + colon + 1, text.data() + text.size(), port).ptr != text.data() + text.size())
    fail(text, "erwartet wird 127.0.0.1:PORT oder unix:/PFAD");
  if (host == "127.0.0.1" || host == "localhost") {
    auto* four = reinterpret_cast<sockaddr_in*>(&out.address);
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    four->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    out.length = sizeof *four;
  } else if (host == "[::1]") {
    auto* six = reinterpret_cast<sockaddr_in6*>(&out.address);
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    six->sin6_addr = in6addr_loopback;
    out.length = sizeof *six;
  } else {
    fail(text, "LMTP kennt keine Anmeldung und ist darum nur auf diesem Rechner erlaubt");
  }
  return out;
}

/// One conversation.
class Gespraech {
 public:
  Gespraech(int fd, Mailannahme annahme, std::uint64_t maxBytes, const std::atomic<bool>& stops)
      : fd_(fd), annahme_(annahme), maxBytes_(maxBytes), stops_(stops) {}

  void fuehre() {
    say("220 Aktenlotse LMTP");
    std::string line;
    while (readLine(line)) {
      const auto befehl = liesBefehl(line);
      if (befehl.wort == "QUIT") return say("221 2.0.0 Bis bald");
      answer(befehl);
    }
  }

 private:
  void answer(const LmtpBefehl& befehl) {
    if (befehl.wort == "LHLO") {
      reset();
      say(fmt::format("250-Aktenlotse\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {}",
                      maxBytes_));
    } else if (befehl.wort == "HELO" || befehl.wort == "EHLO") {
      say("500 5.5.1 Hier wird LMTP gesprochen");
    } else if (befehl.wort == "MAIL") {
      reset();
      hasSender_ = befehl.hatPfad;
      say(hasSender_ ? "250 2.1.0 gut" : "501 5.5.4 Absender fehlt");
    } else if (befehl.wort == "RCPT") {
      recipient(befehl);
    } else if (befehl.wort == "DATA") {
      data();
    } else if (befehl.wort == "RSET") {
      reset();
      say("250 2.0.0 gut");
    } else if (befehl.wort == "NOOP") {
      say("250 2.0.0 gut");
    } else if (befehl.wort == "VRFY") {
      say("252 2.5.2 Das zeigt sich bei RCPT");
    } else {
      say("500 5.5.2 Diesen Befehl gibt es nicht");
    }
  }

  void recipient(const LmtpBefehl& befehl) {
    if (!hasSender_) return say("503 5.5.1 Erst MAIL");
    if (zustellungen_.size() >= maxRecipients) return say("452 4.5.3 Zu viele Empfaenger");
    try {
      const auto found = annahme_.empfaenger(befehl.adresse);
      if (!found) return say("550 5.1.1 Diese Adresse gibt es hier nicht");
      zustellungen_.push_back(*found);
      say("250 2.1.5 gut");
    } catch (const std::exception&) {
      say("451 4.3.0 Gerade nicht moeglich");
    }
  }

  /// The bytes until the line with the dot, with stuffed dots removed (RFC 5321, 4.5.2).
  void data() {
    if (zustellungen_.empty()) return say("503 5.5.1 Erst RCPT");
    say("354 Bitte");
    std::unique_ptr<blob::Writer> writer;
    bool broken = false;
    std::uint64_t size = 0;
    try {
      writer = annahme_.schriftgut().blobs().writer();
    } catch (const std::exception&) {
      broken = true;
    }
    std::string line;
    for (;;) {
      if (!readLine(line)) return;  // the line broke: nothing was promised, and nothing stays
      if (line == ".") break;
      if (line.starts_with('.')) line.erase(0, 1);
      size += line.size() + 2;
      if (broken || size > maxBytes_) continue;
      try {
        writer->write(line + "\r\n");
      } catch (const std::exception&) {
        broken = true;
      }
    }
    file(broken ? nullptr : writer.get(), size);
    reset();
  }

  /// LMTP answers for each recipient, and only when his copy is safe.
  void file(blob::Writer* writer, std::uint64_t size) {
    std::optional<akte::Datei> datei;
    try {
      if (writer != nullptr && size <= maxBytes_) datei = annahme_.lies(*writer);
    } catch (const std::exception&) {  // told below
    }
    for (const auto& zustellung : zustellungen_) {
      if (size > maxBytes_) {
        say("552 5.3.4 Die Nachricht ist zu gross");
        continue;
      }
      try {
        const auto filed = datei ? annahme_.lege(zustellung, *datei) : base::fail(base::Code::Intern);
        say(filed ? "250 2.0.0 abgelegt" : "451 4.3.0 Gerade nicht moeglich");
      } catch (const std::exception&) {
        say("451 4.3.0 Gerade nicht moeglich");
      }
    }
  }

  void reset() {
    hasSender_ = false;
    zustellungen_.clear();
  }

  void say(const std::string& text) const {
    const std::string line = text + "\r\n";
    for (std::size_t at = 0; at < line.size();) {
      const auto sent = ::send(fd_, line.data() + at, line.size() - at, MSG_NOSIGNAL);
      if (sent <= 0) return;
      at += static_cast<std::size_t>(sent);
    }
  }

  bool readLine(std::string& line) {
    for (int waited = 0;;) {
      if (const auto end = buffer_.find('\n', searched_); end != std::string::npos) {
        line = buffer_.substr(0, end > 0 && buffer_[end - 1] == '\r' ? end - 1 : end);
        buffer_.erase(0, end + 1);
        searched_ = 0;
        return true;
      }
      searched_ = buffer_.size();
      if (buffer_.size() > maxLine || stops_ || waited > patience) return false;
      pollfd wait{fd_, POLLIN, 0};
      if (::poll(&wait, 1, tick) == 0) {
        waited += tick;
        continue;
      }
      char piece[64 * 1024];
      const auto got = ::recv(fd_, piece, sizeof piece, 0);
      if (got <= 0) return false;
      buffer_.append(piece, static_cast<std::size_t>(got));
      waited = 0;
    }
  }

  int fd_;
  Mailannahme annahme_;
  std::uint64_t maxBytes_;
  const std::atomic<bool>& stops_;
  bool hasSender_ = false;
  std::vector<Zustellung> zustellungen_;
  std::string buffer_;
  std::size_t searched_ = 0;
};

}  // namespace

Lmtp::Lmtp(const std::string& adresse, akte::Schriftgut& schriftgut, std::uint64_t maxBytes)
    : schriftgut_(schriftgut), maxBytes_(maxBytes), adresse_(adresse) {
  auto socket = parse(adresse);
  fd_ = ::socket(socket.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  if (!socket.file.empty() && std::filesystem::is_socket(socket.file)) std::filesystem::remove(socket.file);
  if (socket.file.empty()) ::setsockopt(fd_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (fd_ < 0 || ::bind(fd_, reinterpret_cast<sockaddr*>(&socket.address), socket.length) != 0 ||
      ::listen(fd_, 64) != 0) {
    const auto why = std::generic_category().message(errno);
    if (fd_ >= 0) ::close(fd_);
    fail(adresse, why);
  }
  if (!socket.file.empty()) {
    socketFile_ = socket.file;
    ::chmod(socketFile_.c_str(), 0660);
  } else {
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&bound), &length);
    const auto port = bound.ss_family == AF_INET ? reinterpret_cast<sockaddr_in*>(&bound)->sin_port
                                                 : reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port;
    adresse_ = adresse.substr(0, adresse.rfind(':') + 1) + std::to_string(ntohs(port));
  }
  thread_ = std::thread([this] { nimmAn(); });
}

Lmtp::~Lmtp() {
  haelt_ = true;
  thread_.join();
  raeumeAuf(/*alle=*/true);
  ::close(fd_);
  if (!socketFile_.empty()) ::unlink(socketFile_.c_str());
}

void Lmtp::raeumeAuf(bool alle) {
  for (auto at = gaeste_.begin(); at != gaeste_.end();) {
    if (!alle && !at->fertig) {
      ++at;
      continue;
    }
    at->thread.join();
    ::close(at->fd);
    at = gaeste_.erase(at);
  }
}

void Lmtp::nimmAn() {
  while (!haelt_) {
    const bool full = gaeste_.size() >= maxGuests;
    pollfd wait{fd_, static_cast<short>(full ? 0 : POLLIN), 0};
    const int ready = ::poll(&wait, 1, tick);
    raeumeAuf(/*alle=*/false);
    if (ready <= 0 || full) continue;
    const int guest = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
    if (guest < 0) continue;
    auto& gast = gaeste_.emplace_back();
    gast.fd = guest;
    gast.thread = std::thread([this, &gast] {
      Gespraech(gast.fd, Mailannahme(schriftgut_), maxBytes_, haelt_).fuehre();
      ::shutdown(gast.fd, SHUT_RDWR);
      gast.fertig = true;
    });
  }
}

}  // namespace eingang
