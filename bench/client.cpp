#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "bench.h"

namespace bench {
namespace {

std::string headerOf(std::string_view head, std::string_view name) {
  const auto at = head.find(name);
  if (at == std::string_view::npos) return "";
  const auto begin = at + name.size();
  return std::string(head.substr(begin, head.find("\r\n", begin) - begin));
}

}  // namespace

Client::Client(std::string_view port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(std::string(port))));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect to port " + std::string(port));
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

Client::Reply Client::request(std::string_view method, const std::string& target, const std::string& body,
                              std::string_view contentType) {
  std::string out = std::string(method) + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  if (!cookie.empty()) out += "Cookie: " + cookie + "\r\n";
  if (stand) out += "If-Match: \"" + std::to_string(*stand) + "\"\r\n";
  if (!csrf.empty()) out += "X-CSRF-Token: " + csrf + "\r\n";
  if (!body.empty())
    out += "Content-Type: " + std::string(contentType) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  out += "\r\n" + body;
  if (::send(socket_, out.data(), out.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(out.size()))
    throw std::runtime_error("cannot send " + target);
  std::string in;
  std::array<char, 65536> piece{};
  const auto more = [&] {
    const auto got = ::recv(socket_, piece.data(), piece.size(), 0);
    if (got <= 0) throw std::runtime_error("no answer to " + target);
    in.append(piece.data(), static_cast<std::size_t>(got));
  };
  std::size_t end = 0;
  while ((end = in.find("\r\n\r\n")) == std::string::npos) more();
  const auto length = headerOf(std::string_view(in).substr(0, end + 2), "Content-Length: ");
  const auto all = end + 4 + (length.empty() ? 0 : std::stoul(length));
  while (in.size() < all) more();
  auto set = headerOf(std::string_view(in).substr(0, end + 2), "Set-Cookie: ");
  return {std::stoi(in.substr(9, 3)), in.substr(end + 4), set.substr(0, set.find(';'))};
}

boost::json::value Client::get(const std::string& target) {
  auto reply = request("GET", target);
  if (reply.status != 200) throw std::runtime_error(target + " answers " + std::to_string(reply.status));
  return boost::json::parse(reply.body);
}

Login login(std::string_view port) {
  Client client(port);
  const auto start = client.get("/api/start");
  for (const auto& who : start.at("logins").as_array()) {
    const boost::json::object body{
        {"mandant", who.at("mandant")}, {"name", who.at("name")}, {"passwort", who.at("passwort")}};
    auto reply = client.request("POST", "/api/anmeldung", boost::json::serialize(body));
    if (reply.status != 200) throw std::runtime_error("login answers " + std::to_string(reply.status));
    const auto sitzung = boost::json::parse(reply.body);
    const auto& rollen = sitzung.at("rollen").as_array();
    if (rollen.size() != 1 || rollen[0] != "SB") continue;
    client.cookie = reply.cookie;
    const auto plan = client.get("/api/aktenplan");
    for (const auto& einheit : plan.at("eintraege").as_array()) {
      if (einheit.at("akten").as_int64() == 0) continue;
      const auto akten = client.get("/api/akten?aktenplaneinheit=" + std::string(einheit.at("id").as_string()));
      for (const auto& akte : akten.at("eintraege").as_array())
        if (akte.at("status") == "inBearbeitung")
          return {reply.cookie, std::string(who.at("mandant").as_string()), std::string(akte.at("zeichen").as_string()),
                  std::string(sitzung.at("csrf").as_string())};
    }
    client.cookie.clear();
  }
  throw std::runtime_error("the demo has no clerk with an open Akte");
}

std::string loginAs(std::string_view port, std::string_view name) {
  Client client(port);
  const auto start = client.get("/api/start");
  for (const auto& who : start.at("logins").as_array()) {
    if (who.at("name").as_string() != name) continue;
    const boost::json::object body{
        {"mandant", who.at("mandant")}, {"name", who.at("name")}, {"passwort", who.at("passwort")}};
    auto reply = client.request("POST", "/api/anmeldung", boost::json::serialize(body));
    if (reply.status == 200) return reply.cookie;
  }
  throw std::runtime_error("the demo has no login " + std::string(name));
}

}  // namespace bench
