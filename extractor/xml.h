#pragma once
#include <libxml/parser.h>

#include <string>
#include <string_view>

#include "result.h"

namespace extractor {

/// What a reader of one XML vocabulary does; names come without their prefix.
class XmlVisitor {
 public:
  virtual ~XmlVisitor() = default;
  /// The value of an attribute, by local name; valid only during the call of start().
  class Attributes {
   public:
    Attributes(const unsigned char** list, int count) : list_(list), count_(count) {}
    [[nodiscard]] std::string_view get(std::string_view name) const;

   private:
    const unsigned char** list_;
    int count_;
  };
  virtual void start(std::string_view name, const Attributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view utf8) = 0;
};

/// Feeds XML piece by piece to a visitor. Entities of the document are never expanded, nothing is ever fetched.
class XmlStream {
 public:
  explicit XmlStream(XmlVisitor& visitor);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  /// False once the XML is broken; the visitor keeps what it saw before.
  bool feed(Bytes piece);
  bool finish();

 private:
  bool push(const char* data, std::size_t size, bool last);
  xmlParserCtxt* context_;
};

}  // namespace extractor
