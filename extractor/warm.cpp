#include <archive.h>
#include <gmime/gmime.h>
#include <gsf/gsf.h>
#include <iconv.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <poppler-document.h>
#include <poppler-global.h>

#include <array>
#include <clocale>

#include "charset.h"
#include "read.h"

namespace extractor {
namespace {

// Small, whole files that take each library once through its start.
constexpr std::string_view kPdf =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj "
    "4 0 obj<</Length 34>>stream\nBT /F 9 Tf 9 9 Td (Lotse) Tj ET    \nendstream endobj "
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n";
constexpr std::string_view kMail =
    "From: =?iso-8859-1?Q?L=F6tse?= <l@example.org>\nTo: a@example.org\nSubject: =?utf-8?B?w6Q=?=\n"
    "Date: Mon, 2 Mar 2026 10:00:00 +0100\nMIME-Version: 1.0\n"
    "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E4</p>\n";

constexpr std::array kCharsets = {"UTF-16",       "UTF-16LE",     "UTF-16BE",     "UTF-7",        "ISO-8859-1",
                                  "ISO-8859-2",   "ISO-8859-5",   "ISO-8859-7",   "ISO-8859-9",   "ISO-8859-15",
                                  "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1254", "KOI8-R",
                                  "IBM850",       "ISO-2022-JP",  "EUC-JP",       "SHIFT_JIS",    "GB2312",
                                  "GBK",          "GB18030",      "BIG5",         "EUC-KR",       "MACINTOSH"};

/// glibc keeps a conversion module loaded as long as a handle to it is open; these stay open for good.
void keepIconvModules() {
  static std::array<iconv_t, kCharsets.size() * 2> kept;
  for (std::size_t i = 0; i < kCharsets.size(); ++i) {
    kept[i * 2] = iconv_open("UTF-8", kCharsets[i]);
    kept[i * 2 + 1] = iconv_open(kCharsets[i], "UTF-8");
  }
}

void silent(void*, const char*, ...) {}

}  // namespace

void warmUp() {
  setlocale(LC_ALL, "C.UTF-8");  // NOLINT(concurrency-mt-unsafe): there is one thread
  warmCharsets();
  keepIconvModules();
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  xmlInitParser();
  xmlSetGenericErrorFunc(nullptr, silent);
  xmlSetExternalEntityLoader([](const char*, const char*, xmlParserCtxtPtr) -> xmlParserInputPtr { return nullptr; });
  // GLib's own writer looks at the descriptor first, which the sandbox answers with death.
  g_log_set_writer_func([](GLogLevelFlags, const GLogField*, gsize, gpointer) { return G_LOG_WRITER_HANDLED; }, nullptr,
                        nullptr);
  g_mime_init();
  gsf_init();
  // poppler drops its global tables with its last document, and would then look for files again: this one stays.
  static const auto* const kept = poppler::document::load_from_raw_data(kPdf.data(), static_cast<int>(kPdf.size()));
  (void)kept;
  for (const auto sample : {kPdf, kMail}) {
    Budget budget;
    (void)read({sample.data(), sample.size()}, "", budget);
  }
}

}  // namespace extractor
