#include "read.h"

#include <algorithm>

#include "charset.h"
#include "detect.h"

namespace extractor {
namespace {

/// Characters of more than one byte, dropped control characters and NFC all move the length a little; the budget is
/// kept on the text that comes out.
constexpr std::size_t kBytesPerTextByte = 2;

void readText(Bytes bytes, Budget& budget, Result& result) {
  const std::size_t most = budget.text * kBytesPerTextByte;
  if (bytes.size() > most) budget.exhausted = true;
  auto text = decodeText(bytes.first(std::min(bytes.size(), most)));
  if (!text) {
    result.format = "unknown";
    result.mime = "application/octet-stream";
    throw Unreadable{"leer", "format_unbekannt"};
  }
  TextSink sink(budget);
  // Text from OCR comes in lines, with split words; in Markdown a hyphen at a line end is meant.
  sink.add(result.format == "txt" ? joinHyphens(*text) : *text);
  result.seiten.push_back(sink.take());
  result.seitenzahl = 1;
}

void readKind(const Kind& kind, Bytes bytes, Budget& budget, Result& result) {
  switch (kind.reader) {
    case Reader::Text:
      return readText(bytes, budget, result);
    case Reader::Pdf:
      return readPdf(bytes, budget, result);
    case Reader::Zip:
      return readZip(bytes, budget, result);
    case Reader::Archiv:
      return readArchiv(bytes, budget, result);
    case Reader::Html:
      return readHtml(bytes, {}, budget, result);
    case Reader::Mail:
      return readMail(bytes, budget, result);
    case Reader::Xml:
      return readXml(bytes, budget, result);
    case Reader::Rtf:
      return readRtf(bytes, budget, result);
    case Reader::Ole:
      return readOle(bytes, budget, result);
    case Reader::Tnef:
      return readTnef(bytes, budget, result);
    case Reader::None:
      break;
  }
  throw Unreadable{"leer", kind.mime.starts_with("image/") ? "bild" : "ohne_leser"};
}

bool hasText(const Result& result) {
  return std::any_of(result.seiten.begin(), result.seiten.end(), [](const auto& seite) { return !seite.empty(); });
}

/// Cleans every string once, at the one way out, and settles the status.
void finish(const Budget& budget, Result& result) {
  for (auto& seite : result.seiten) seite = clean(seite);
  for (auto* line : {&result.titel, &result.metadaten.absender, &result.metadaten.betreff, &result.metadaten.datum,
                     &result.metadaten.nachrichtId, &result.metadaten.bezug})
    *line = cleanLine(*line);
  for (auto& teil : result.teile) {
    teil.dateiname = cleanLine(teil.dateiname, 255);
    teil.pfad = cleanLine(teil.pfad);
    teil.mime = cleanLine(teil.mime, 127);
  }
  if (result.rechnung)
    for (auto* line : {&result.rechnung->nummer, &result.rechnung->absender, &result.rechnung->leitwegId})
      *line = cleanLine(*line);
  if (result.status != "ok") return;
  if (!hasText(result)) {
    result.status = "leer";
    if (result.grund.empty()) result.grund = "kein_text";
  } else if (budget.exhausted) {
    result.grund = "gekuerzt";
  } else if (budget.teileFehlen) {
    result.grund = "teile_fehlen";
  }
}

Result readAs(const Kind& kind, Bytes bytes, Budget& budget) {
  Result result{.format = std::string(kind.format), .mime = std::string(kind.mime)};
  try {
    readKind(kind, bytes, budget, result);
  } catch (const Unreadable& reason) {
    result.status = reason.status;
    result.grund = reason.grund;
  }
  finish(budget, result);
  return result;
}

}  // namespace

Result read(Bytes bytes, std::string_view endung, Budget& budget) {
  if (Result plain; readPlain(bytes, endung, budget, plain)) return plain;
  return readAs(detect(bytes, endung), bytes, budget);
}

bool readPlain(Bytes bytes, std::string_view endung, Budget& budget, Result& result) {
  if (bytes.empty()) {
    result = Result{.status = "leer", .grund = "leere_datei", .format = "leer", .mime = "application/x-empty"};
    return true;
  }
  const Kind kind = detect(bytes, endung);
  if (kind.reader != Reader::Text && kind.reader != Reader::None) return false;
  result = readAs(kind, bytes, budget);
  return true;
}

}  // namespace extractor
