// Build tool: turns a folder of files into C++ that holds them, for http::StaticFiles.
//   embed_assets FOLDER OUT.cpp DEPFILE SYMBOL
// The bytes come in by .incbin, so that megabytes of fonts cost the compiler nothing.
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/id.h"

namespace fs = std::filesystem;

namespace {

struct File {
  fs::path source;
  std::string path, mime, etag;
  std::size_t size = 0;
  fs::path packed;  ///< Empty where packing does not pay.
  std::size_t packedSize = 0;
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return std::move(out).str();
}

void write(const fs::path& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  constexpr int gzipWindow = 15 + 16, memory = 9;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, memory, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib");
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string mimeOf(const fs::path& path) {
  static const std::map<std::string, std::string> types{{".html", "text/html; charset=utf-8"},
                                                        {".js", "text/javascript; charset=utf-8"},
                                                        {".mjs", "text/javascript; charset=utf-8"},
                                                        {".css", "text/css; charset=utf-8"},
                                                        {".json", "application/json"},
                                                        {".webmanifest", "application/manifest+json"},
                                                        {".svg", "image/svg+xml"},
                                                        {".png", "image/png"},
                                                        {".jpg", "image/jpeg"},
                                                        {".gif", "image/gif"},
                                                        {".webp", "image/webp"},
                                                        {".ico", "image/x-icon"},
                                                        {".woff2", "font/woff2"},
                                                        {".woff", "font/woff"},
                                                        {".ttf", "font/ttf"},
                                                        {".pfb", "application/x-font-type1"},
                                                        {".wasm", "application/wasm"},
                                                        {".pdf", "application/pdf"},
                                                        {".txt", "text/plain; charset=utf-8"},
                                                        {".xml", "application/xml"}};
  const auto found = types.find(path.extension().string());
  return found == types.end() ? "application/octet-stream" : found->second;
}

File prepare(const fs::path& folder, const fs::path& source, const fs::path& packDirectory, std::size_t index) {
  const auto bytes = read(source);
  File file{source,
            "/" + fs::relative(source, folder).generic_string(),
            mimeOf(source),
            base::sha256Hex(bytes).substr(0, 32),
            bytes.size(),
            {},
            0};
  const auto packed = gzip(bytes);
  if (packed.size() < bytes.size() - bytes.size() / 10) {
    file.packed = packDirectory / (std::to_string(index) + ".gz");
    file.packedSize = packed.size();
    write(file.packed, packed);
  }
  return file;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// Assembler that brings in one file under a label; the compiler sees only the label.
void include(std::ostream& out, const std::string& label, const fs::path& path) {
  const auto assembler = ".section .rodata\n.balign 16\n.hidden " + label + "\n.global " + label + "\n" + label +
                         ":\n.incbin " + quoted(path.string()) + "\n.byte 0\n.previous";
  out << "asm(R\"(" << assembler << ")\");\n"
      << "extern \"C\" const char " << label << "[] __attribute__((visibility(\"hidden\")));\n";
}

std::string source(const std::vector<File>& files, const std::string& symbol) {
  std::ostringstream out, rows;
  out << "// Made by embed_assets.\n#include \"http/static_files.h\"\n\n";
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto& file = files[i];
    const auto label = symbol + "_" + std::to_string(i);
    include(out, label, file.source);
    if (!file.packed.empty()) include(out, label + "_gz", file.packed);
    rows << "    {" << quoted(file.path) << ", {" << label << ", " << file.size << "}, ";
    rows << (file.packed.empty() ? "{}" : "{" + label + "_gz, " + std::to_string(file.packedSize) + "}") << ", "
         << quoted(file.mime) << ", " << quoted(file.etag) << ", "
         << (file.path.starts_with("/assets/") ? "true" : "false") << "},\n";
  }
  out << "\nnamespace {\n"
      << (files.empty() ? "" : "const http::Asset all[] = {\n" + rows.str() + "};\n") << "}  // namespace\n\n"
      << "std::span<const http::Asset> " << symbol << "() { return " << (files.empty() ? "{}" : "all") << "; }\n";
  return out.str();
}

/// For a depfile.
std::string escaped(const fs::path& path) {
  std::string out;
  for (const char c : path.string()) {
    if (c == ' ') out += '\\';
    out += c;
  }
  return out;
}

/// The build looks again when a file changes, or a folder (a file came or went), or the folder itself appears.
std::string dependencies(const fs::path& folder, const fs::path& target, const std::vector<File>& files) {
  std::string out = escaped(target) + ":";
  fs::path nearest = folder;
  while (!fs::exists(nearest)) nearest = nearest.parent_path();
  out += " " + escaped(nearest);
  if (fs::exists(folder))
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_directory()) out += " " + escaped(entry.path());
  for (const auto& file : files) out += " " + escaped(file.source);
  return out + "\n";
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 5) throw std::runtime_error("usage: embed_assets FOLDER OUT.cpp DEPFILE SYMBOL");
    const fs::path folder = argv[1], target = argv[2];
    std::vector<fs::path> sources;
    if (fs::exists(folder))
      for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) sources.push_back(entry.path());
    std::sort(sources.begin(), sources.end());
    const fs::path packDirectory = target.string() + ".packed";
    fs::create_directories(packDirectory);
    std::vector<File> files;
    for (const auto& path : sources) files.push_back(prepare(folder, path, packDirectory, files.size()));
    write(target, source(files, argv[4]));
    write(argv[3], dependencies(folder, target, files));
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << "embed_assets: " << failure.what() << '\n';
    return 1;
  }
}
