// Fields in templates: {{name}} in the paragraphs of an ODT or DOCX, wherever a word processor has cut them into
// pieces, or in plain text.
#include "vorlage.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstring>
#include <functional>
#include <memory>

#include "detect.h"
#include "zip_schreiben.h"

namespace extractor {
namespace {

namespace json = boost::json;
/// Gives the value of a field; nothing leaves it as it stands.
using Wert = std::function<const std::string*(const std::string& name)>;

constexpr std::size_t kMaxName = 80;

struct Stelle {
  std::size_t von = 0, bis = 0;  ///< with its braces
  std::string name;
};

std::vector<Stelle> stellenIn(std::string_view text) {
  std::vector<Stelle> out;
  for (std::size_t at = 0; (at = text.find("{{", at)) != std::string_view::npos;) {
    const auto end = text.find("}}", at + 2);
    if (end == std::string_view::npos) break;
    // "{{ {{az}}": the innermost counts.
    at = text.rfind("{{", end - 1);
    std::string name(text.substr(at + 2, end - at - 2));
    const auto blank = [](unsigned char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!name.empty() && blank(static_cast<unsigned char>(name.back()))) name.pop_back();
    name.erase(name.begin(), std::find_if_not(name.begin(), name.end(), blank));
    const bool good = !name.empty() && name.size() <= kMaxName && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
    });
    if (good) out.push_back({at, end + 2, std::move(name)});
    at = end + 2;
  }
  return out;
}

/// A text node of a paragraph, with what is to stand there instead.
struct Stueck {
  xmlNode* knoten = nullptr;
  std::string text;
  bool geaendert = false;
};

bool named(const xmlNode* node, const char* name) {
  return node->type == XML_ELEMENT_NODE && std::strcmp(reinterpret_cast<const char*>(node->name), name) == 0;
}
bool isParagraph(const xmlNode* node) { return named(node, "p") || named(node, "h"); }

class Absaetze {
 public:
  Absaetze(bool docx, const Wert& wert) : docx_(docx), wert_(wert) {}

  void visit(xmlNode* node) {
    for (xmlNode* child = node->children; child != nullptr; child = child->next)
      if (child->type == XML_ELEMENT_NODE) visit(child);
    if (isParagraph(node)) paragraph(node);
  }

 private:
  /// Text nodes of the paragraph itself; a text box in it has paragraphs of its own.
  void collect(xmlNode* node, bool inText, std::vector<Stueck>& out) const {
    for (xmlNode* child = node->children; child != nullptr; child = child->next) {
      if (child->type == XML_TEXT_NODE && inText && child->content != nullptr)
        out.push_back({child, reinterpret_cast<const char*>(child->content)});
      else if (child->type == XML_ELEMENT_NODE && !isParagraph(child))
        collect(child, !docx_ || named(child, "t"), out);
    }
  }

  void paragraph(xmlNode* node) const {
    std::vector<Stueck> pieces;
    collect(node, !docx_, pieces);
    std::string all;
    for (const auto& piece : pieces) all += piece.text;
    auto found = stellenIn(all);
    // From the last to the first, so that places before stay right.
    std::reverse(found.begin(), found.end());
    for (const auto& stelle : found)
      if (const auto* value = wert_(stelle.name)) replace(pieces, stelle, *value);
    for (const auto& piece : pieces)
      if (piece.geaendert) write(piece);
  }

  /// The value goes into the piece in which the field begins, so it looks as that one does.
  static void replace(std::vector<Stueck>& pieces, const Stelle& stelle, const std::string& value) {
    std::size_t at = 0;
    bool first = true;
    for (auto& piece : pieces) {
      const std::size_t length = piece.text.size(), end = at + length;
      if (end > stelle.von && at < stelle.bis) {
        const auto from = std::max(at, stelle.von) - at, to = std::min(end, stelle.bis) - at;
        piece.text.replace(from, to - from, first ? value : "");
        piece.geaendert = true;
        first = false;
      }
      at = end;
    }
  }

  void write(const Stueck& piece) const {
    xmlNode* node = piece.knoten;
    xmlNode* last = docx_ ? node->parent : node;
    if (docx_) xmlNodeSetSpacePreserve(node->parent, 1);
    std::size_t at = 0;
    for (bool begun = false; at <= piece.text.size(); begun = true) {
      const auto end = std::min(piece.text.find('\n', at), piece.text.size());
      const std::string line = piece.text.substr(at, end - at);
      at = end + 1;
      if (!begun) {
        xmlNodeSetContent(node, nullptr);
        xmlNodeAddContentLen(node, reinterpret_cast<const xmlChar*>(line.data()), static_cast<int>(line.size()));
        continue;
      }
      xmlNode* parent = last->parent;
      xmlNs* space = docx_ ? node->parent->ns : textSpace(parent);
      last = xmlAddNextSibling(
          last,
          xmlNewDocNode(node->doc, space, reinterpret_cast<const xmlChar*>(docx_ ? "br" : "line-break"), nullptr));
      xmlNode* more =
          xmlNewDocTextLen(node->doc, reinterpret_cast<const xmlChar*>(line.data()), static_cast<int>(line.size()));
      if (docx_) {
        xmlNode* run = xmlNewDocNode(node->doc, space, reinterpret_cast<const xmlChar*>("t"), nullptr);
        xmlNodeSetSpacePreserve(run, 1);
        xmlAddChild(run, more);
        more = run;
      }
      // Text beside text would be merged into it and freed; here a line break stands between.
      last = xmlAddNextSibling(last, more);
    }
  }

  /// The namespace of the paragraph, which is that of line breaks.
  static xmlNs* textSpace(xmlNode* node) {
    while (node != nullptr && !isParagraph(node)) node = node->parent;
    return node == nullptr ? nullptr : node->ns;
  }

  bool docx_;
  const Wert& wert_;
};

std::string filledXml(const std::string& xml, bool docx, const Wert& wert) {
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> doc(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), "vorlage.xml", nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
      &xmlFreeDoc);
  // Neither format has a document type; what brings one wants its entities expanded.
  if (!doc || doc->intSubset != nullptr) throw Unreadable{"fehler", "beschaedigt"};
  if (xmlNode* root = xmlDocGetRootElement(doc.get())) Absaetze(docx, wert).visit(root);
  xmlChar* out = nullptr;
  int size = 0;
  xmlDocDumpMemoryEnc(doc.get(), &out, &size, "UTF-8");
  std::string text(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  xmlFree(out);
  return text;
}

bool hasText(const std::string& name, bool docx) {
  if (!docx) return name == "content.xml" || name == "styles.xml";
  return name == "word/document.xml" ||
         (name.ends_with(".xml") && (name.starts_with("word/header") || name.starts_with("word/footer")));
}

std::string apply(Bytes bytes, std::string_view format, const Wert& wert) {
  if (format == "txt" || format == "md") {
    std::string text(bytes.data(), bytes.size());
    auto found = stellenIn(text);
    std::reverse(found.begin(), found.end());
    for (const auto& stelle : found)
      if (const auto* value = wert(stelle.name)) text.replace(stelle.von, stelle.bis - stelle.von, *value);
    return text;
  }
  const bool docx = format == "docx";
  auto entries = zipLesen(bytes);
  for (auto& entry : entries)
    if (hasText(entry.name, docx)) entry.daten = filledXml(entry.daten, docx, wert);
  return zipSchreiben(entries);
}

}  // namespace

std::string vorlagenformat(Bytes bytes) {
  const Kind kind = detect(bytes, "");
  if (kind.reader == Reader::Text) return kind.format == "md" ? "md" : "txt";
  if (kind.reader != Reader::Zip) return {};
  for (const auto& entry : zipLesen(bytes)) {
    if (entry.name == "word/document.xml") return "docx";
    if (entry.name == "mimetype")
      return entry.daten.starts_with("application/vnd.oasis.opendocument.text") ? "odt" : "";
  }
  return {};
}

std::vector<std::string> felderIn(Bytes bytes, std::string_view format) {
  std::vector<std::string> out;
  (void)apply(bytes, format, [&](const std::string& name) -> const std::string* {
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    return nullptr;
  });
  return out;
}

std::string gefuellt(Bytes bytes, std::string_view format, std::string_view werte) {
  const json::value all = json::parse(json::string_view(werte.data(), werte.size()));
  std::string value;
  return apply(bytes, format, [&](const std::string& name) -> const std::string* {
    const auto* found = all.as_object().if_contains(name);
    if (found == nullptr) return nullptr;
    value = found->as_string();
    return &value;
  });
}

}  // namespace extractor
