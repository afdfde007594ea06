// The file of settings: whatever stands in it is understood, or refused as an error of its own kind.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <sstream>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::istringstream file(text);
  CLI::App cli("fuzz");
  std::string host;
  int port = 0;
  bool secure = false;
  cli.add_option("--host", host);
  cli.add_option("--port", port)->check(CLI::Range(0, 65535));
  cli.add_option("--secure-cookies", secure);
  cli.allow_config_extras(CLI::config_extras_mode::error);
  try {
    cli.parse_from_stream(file);
  } catch (const CLI::Error&) {
    return 0;
  }
  if (port < 0 || port > 65535) __builtin_trap();
  return 0;
}
