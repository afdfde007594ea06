#pragma once
// What the server and the extractor say to each other. The server passes a socket as the child's fd 0 and 1 and sends
// one Request with one open file (SCM_RIGHTS) at a time; with `Stage::Full` comes a second descriptor, memory into
// which the child may copy the parts that it finds (attachments, packed files). The child answers with a length
// (uint32, native order) and so many bytes of JSON. Length 0 answers `Stage::Plain` only: this file needs a parser, ask
// again with `Stage::Full`.
#include <array>
#include <cstdint>

namespace extract {

enum class Stage : std::uint8_t {
  /// Only tell what kind of file it is, and decode plain text: nothing that a hostile file could take over.
  Plain,
  /// Any parser. The server never gives another file to a child that was asked this.
  Full,
};

struct Request {
  Stage stage = Stage::Plain;
  /// Extension of the file name, lower case, without dot, zero-terminated; cut when longer.
  std::array<char, 15> endung{};
};
static_assert(sizeof(Request) == 16);

/// What a template (`--vorlage`) answers to a Request that brings a socket: it has forked a child of the server's,
/// which serves that socket.
struct Forked {
  std::uint32_t magic = 0x4B524F46;
  std::int32_t pid = 0;
};

}  // namespace extract
