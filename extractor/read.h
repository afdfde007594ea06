#pragma once
#include <string_view>

#include "result.h"

namespace extractor {

/// Reads one file of any kind, with what is inside it. Broken input gives a result with status and reason; throws only
/// std::bad_alloc. `endung` as in detect().
[[nodiscard]] Result read(Bytes bytes, std::string_view endung, Budget& budget);

/// The same when no parser is needed (plain text, or a kind that has no reader); else false and `result` is untouched.
[[nodiscard]] bool readPlain(Bytes bytes, std::string_view endung, Budget& budget, Result& result);

/// The readers, one per family of formats. Each fills in texts and metadata; `result` comes with format and mime.
/// They throw Unreadable.
void readPdf(Bytes bytes, Budget& budget, Result& result);
void readZip(Bytes bytes, Budget& budget, Result& result);
void readHtml(Bytes bytes, std::string_view declaredCharset, Budget& budget, Result& result);
void readMail(Bytes bytes, Budget& budget, Result& result);
void readXml(Bytes bytes, Budget& budget, Result& result);
void readRtf(Bytes bytes, Budget& budget, Result& result);
void readOle(Bytes bytes, Budget& budget, Result& result);
void readTnef(Bytes bytes, Budget& budget, Result& result);
void readArchiv(Bytes bytes, Budget& budget, Result& result);

/// Makes every library load what it would later look for on disk. Called once, before the sandbox closes.
void warmUp();

}  // namespace extractor
