#pragma once
// A client that can be as rude as it likes: raw bytes over a loopback socket.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace test {

struct Answer {
  unsigned status = 0;
  std::map<std::string, std::string> headers{};  ///< Names in lower case.
  std::string body{};
};

class Client {
 public:
  explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) throw std::runtime_error("cannot connect");
  }
  Client(Client&& other) noexcept : fd_(std::exchange(other.fd_, -1)), rest_(std::move(other.rest_)) {}
  Client(const Client&) = delete;
  ~Client() { close(); }

  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  void endSending() { ::shutdown(fd_, SHUT_WR); }

  /// False if the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Status 0 if the server closed instead.
  Answer read(bool head = false) {
    Answer answer;
    while (rest_.find("\r\n\r\n") == std::string::npos)
      if (!receive()) return answer;
    const auto end = rest_.find("\r\n\r\n") + 4;
    parseHead(rest_.substr(0, end), answer);
    rest_.erase(0, end);
    const auto length = answer.headers.find("content-length");
    if (head || length == answer.headers.end() || answer.status == 304) return answer;
    const auto bytes = std::stoull(length->second);
    while (rest_.size() < bytes)
      if (!receive()) break;
    answer.body = rest_.substr(0, bytes);
    rest_.erase(0, answer.body.size());
    return answer;
  }

  Answer ask(std::string_view bytes) {
    send(bytes);
    return read();
  }

  /// What comes up to the end of `text`; empty if the server closes before.
  std::string readUpTo(std::string_view text) {
    while (rest_.find(text) == std::string::npos)
      if (!receive()) return {};
    const auto end = rest_.find(text) + text.size();
    auto out = rest_.substr(0, end);
    rest_.erase(0, end);
    return out;
  }

  /// Everything until the server closes.
  std::string readToEnd() {
    while (receive()) {
    }
    return std::exchange(rest_, {});
  }

 private:
  bool receive() {
    char piece[16384];
    const auto got = ::recv(fd_, piece, sizeof piece, 0);
    if (got <= 0) return false;
    rest_.append(piece, static_cast<std::size_t>(got));
    return true;
  }

  static void parseHead(std::string_view head, Answer& answer) {
    answer.status = static_cast<unsigned>(std::stoul(std::string(head.substr(9, 3))));
    for (auto at = head.find("\r\n") + 2; at + 2 < head.size();) {
      const auto end = head.find("\r\n", at);
      const auto line = head.substr(at, end - at);
      const auto colon = line.find(": ");
      std::string name(line.substr(0, colon));
      for (auto& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      answer.headers[name] = line.substr(colon + 2);
      at = end + 2;
    }
  }

  int fd_;
  std::string rest_{};
};

inline std::string get(std::string_view target, std::string_view headers = {}) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n" + std::string(headers) + "\r\n";
}

inline std::string send(std::string_view verb, std::string_view target, std::string_view body,
                        std::string_view headers = {}) {
  return std::string(verb) + " " + std::string(target) +
         " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(headers) +
         "\r\n" + std::string(body);
}

}  // namespace test
