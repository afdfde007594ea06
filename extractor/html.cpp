#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <climits>
#include <memory>
#include <string>
#include <utility>

#include "charset.h"
#include "read.h"

namespace extractor {
namespace {

struct State {
  explicit State(Budget& budget) : body(budget) {}

  TextSink body;
  std::string titel{};
  int hidden = 0;
  bool inTitle = false;
};

std::string_view view(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

/// Whether a sorted list has the name.
template <std::size_t N>
bool among(const std::array<std::string_view, N>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

constexpr std::array<std::string_view, 7> kHidden = {"head",  "noscript", "object",  "script",
                                                     "style", "svg",      "template"};
constexpr std::array<std::string_view, 31> kBlock = {
    "address", "article", "aside", "blockquote", "br",  "dd",      "div",   "dl", "dt",     "fieldset", "figure",
    "footer",  "form",    "h1",    "h2",         "h3",  "h4",      "h5",    "h6", "header", "hr",       "li",
    "main",    "nav",     "ol",    "p",          "pre", "section", "table", "tr", "ul"};
static_assert(std::is_sorted(kHidden.begin(), kHidden.end()) && std::is_sorted(kBlock.begin(), kBlock.end()));

void startElement(void* data, const xmlChar* rawName, const xmlChar**) {
  auto& state = *static_cast<State*>(data);
  const std::string_view name = view(rawName);
  if (name == "title") state.inTitle = true;
  state.hidden += among(kHidden, name);
  if (among(kBlock, name))
    state.body.newline();
  else if (name == "td" || name == "th")
    state.body.add("\t");
}

void endElement(void* data, const xmlChar* rawName) {
  auto& state = *static_cast<State*>(data);
  const std::string_view name = view(rawName);
  if (name == "title") state.inTitle = false;
  if (among(kHidden, name)) state.hidden = std::max(0, state.hidden - 1);
  if (among(kBlock, name)) state.body.newline();
}

/// Line ends and runs of blanks in the source mean one space.
void characters(void* data, const xmlChar* text, int length) {
  auto& state = *static_cast<State*>(data);
  std::string out;
  for (const char c : std::string_view(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length))) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space)
      out += c;
    else if (out.empty() || out.back() != ' ')
      out += ' ';
  }
  if (state.inTitle)
    state.titel.append(out, 0, 4096);
  else if (state.hidden == 0)
    state.body.add(out);
}

/// The charset that a <meta> in the first 2 KiB names, or nothing.
std::string metaCharset(Bytes bytes) {
  std::string head(bytes.data(), std::min<std::size_t>(bytes.size(), 2048));
  std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::size_t at = head.find("charset=");
  if (at == std::string::npos) return {};
  const std::size_t begin = head.find_first_not_of("\"' ", at + 8);
  if (begin == std::string::npos) return {};
  return head.substr(begin, head.find_first_of("\"' ;>/", begin) - begin);
}

}  // namespace

void readHtml(Bytes bytes, std::string_view declaredCharset, Budget& budget, Result& result) {
  const std::string named = declaredCharset.empty() ? metaCharset(bytes) : std::string(declaredCharset);
  const auto text = decodeText(bytes, named);
  if (!text || text->size() > INT_MAX) throw Unreadable{"fehler", "beschaedigt"};
  result.seitenzahl = 1;
  if (text->empty()) return;
  State state(budget);
  htmlSAXHandler handler{};
  handler.startElement = startElement;
  handler.endElement = endElement;
  handler.characters = characters;
  handler.cdataBlock = [](void*, const xmlChar*, int) {};
  handler.ignorableWhitespace = characters;
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> context(
      htmlCreateMemoryParserCtxt(text->data(), static_cast<int>(text->size())), &htmlFreeParserCtxt);
  if (!context) throw Unreadable{"fehler", "beschaedigt"};
  htmlSAXHandler* const own = std::exchange(context->sax, &handler);
  context->userData = &state;
  htmlCtxtUseOptions(context.get(),
                     HTML_PARSE_IGNORE_ENC | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
  xmlSwitchEncoding(context.get(), XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(context.get());
  context->sax = own;
  result.titel = std::move(state.titel);
  result.seiten.push_back(state.body.take());
}

}  // namespace extractor
