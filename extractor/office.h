#pragma once
#include <memory>

#include "xml.h"

namespace extractor {

/// Text of word/*.xml, ppt/slides/*.xml and xl/*.xml (OOXML, both namespaces).
[[nodiscard]] std::unique_ptr<XmlVisitor> ooxmlVisitor(TextSink& sink);
/// The strings that cells of xl/worksheets refer to, from xl/sharedStrings.xml; and the names of the sheets, from
/// xl/workbook.xml.
[[nodiscard]] std::unique_ptr<XmlVisitor> sharedStringsVisitor(std::vector<std::string>& into, Budget& budget);
[[nodiscard]] std::unique_ptr<XmlVisitor> workbookVisitor(std::vector<std::string>& names);
/// The cells of a sheet: rows are lines, cells are parted by tabs, each stands at its column.
[[nodiscard]] std::unique_ptr<XmlVisitor> sheetVisitor(TextSink& sink, const std::vector<std::string>& shared);
/// Text of content.xml, and of the headers and footers in styles.xml (OpenDocument).
/// Sheets and slides end with a form feed.
[[nodiscard]] std::unique_ptr<XmlVisitor> odfVisitor(TextSink& sink);
/// The same of the content.xml of a spreadsheet in OpenDocument, with its own form feeds.
[[nodiscard]] std::unique_ptr<XmlVisitor> odfSheetVisitor(TextSink& sink);
/// Title and number of pages, as the writing program noted them (core.xml, app.xml, meta.xml).
[[nodiscard]] std::unique_ptr<XmlVisitor> propertiesVisitor(Result& result);
/// Whether META-INF/manifest.xml says that parts are encrypted.
[[nodiscard]] std::unique_ptr<XmlVisitor> manifestVisitor(bool& encrypted);

}  // namespace extractor
