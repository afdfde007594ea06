#include "xml.h"

#include <new>

namespace extractor {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// No handler for declarations of entities: so none is ever known, and none can be expanded.
xmlSAXHandler makeHandler() {
  xmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = [](void* visitor, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**,
                              int count, int, const xmlChar** attributes) {
    static_cast<XmlVisitor*>(visitor)->start(view(name), {attributes, count});
  };
  handler.endElementNs = [](void* visitor, const xmlChar* name, const xmlChar*, const xmlChar*) {
    static_cast<XmlVisitor*>(visitor)->end(view(name));
  };
  handler.characters = [](void* visitor, const xmlChar* text, int length) {
    static_cast<XmlVisitor*>(visitor)->text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
  };
  handler.cdataBlock = handler.characters;
  return handler;
}

}  // namespace

std::string_view XmlVisitor::Attributes::get(std::string_view name) const {
  // libxml2 gives five pointers for each: local name, prefix, URI, begin and end of the value.
  for (int i = 0; i < count_; ++i)
    if (view(list_[i * 5]) == name)
      return {reinterpret_cast<const char*>(list_[i * 5 + 3]),
              static_cast<std::size_t>(list_[i * 5 + 4] - list_[i * 5 + 3])};
  return {};
}

XmlStream::XmlStream(XmlVisitor& visitor) {
  static const xmlSAXHandler kHandler = makeHandler();
  auto handler = kHandler;
  context_ = xmlCreatePushParserCtxt(&handler, &visitor, nullptr, 0, nullptr);
  if (context_ == nullptr) throw std::bad_alloc();
  xmlCtxtUseOptions(context_, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

XmlStream::~XmlStream() {
  xmlFreeDoc(context_->myDoc);
  xmlFreeParserCtxt(context_);
}

bool XmlStream::feed(Bytes piece) { return push(piece.data(), piece.size(), false); }

bool XmlStream::finish() { return push("", 0, true); }

bool XmlStream::push(const char* data, std::size_t size, bool last) {
  return xmlParseChunk(context_, data, static_cast<int>(size), last ? 1 : 0) == XML_ERR_OK;
}

}  // namespace extractor
