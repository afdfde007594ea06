#pragma once
#include <memory>

#include "xml.h"

namespace extractor {

/// Text of word/*.xml, ppt/slides/*.xml and xl/*.xml (OOXML, both namespaces).
[[nodiscard]] std::unique_ptr<XmlVisitor> ooxmlVisitor(TextSink& sink);
/// Text of content.xml, and of the headers and footers in styles.xml (OpenDocument).
[[nodiscard]] std::unique_ptr<XmlVisitor> odfVisitor(TextSink& sink);
/// Title and number of pages, as the writing program noted them (core.xml, app.xml, meta.xml).
[[nodiscard]] std::unique_ptr<XmlVisitor> propertiesVisitor(Result& result);
/// Whether META-INF/manifest.xml says that parts are encrypted.
[[nodiscard]] std::unique_ptr<XmlVisitor> manifestVisitor(bool& encrypted);

}  // namespace extractor
