#pragma once
// PDFs of Office files by LibreOffice, where the operator has installed it. aktenlotse-buero locks it in: a folder of
// its own, no network, no other processes.
#include <chrono>
#include <filesystem>

#include "blob/store.h"
#include "extract/bilder.h"

namespace rendition {

struct BueroOptions {
  std::filesystem::path program;  ///< of aktenlotse-buero; empty where it is not installed
  std::filesystem::path soffice;  ///< soffice.bin; empty where LibreOffice is not installed
  std::chrono::milliseconds wall = std::chrono::seconds(90);
  std::uint64_t memory = std::uint64_t{4} << 30;
};

class Buero {
 public:
  explicit Buero(BueroOptions options) : options_(std::move(options)) {}
  [[nodiscard]] bool vorhanden() const { return !options_.program.empty() && !options_.soffice.empty(); }
  /// Gives the PDF of the file to `senke`. `format` is what the content says: docx, ods, … Macros do not run, links are
  /// not followed. Where `weiter` says no, it is ended early and fails. `archiv`: PDF/A-2b, which is kept for good.
  [[nodiscard]] extract::BildErgebnis<void> alsPdf(const blob::Opened& datei, std::string_view format,
                                                   const extract::Bilderfolge::Senke& senke,
                                                   const std::function<bool()>& weiter, bool archiv = false) const;
  /// The same of a file in memory.
  [[nodiscard]] extract::BildErgebnis<void> alsPdf(std::string_view inhalt, std::string_view format,
                                                   const extract::Bilderfolge::Senke& senke,
                                                   const std::function<bool()>& weiter, bool archiv = false) const;

 private:
  [[nodiscard]] extract::BildErgebnis<void> drucke(const std::filesystem::path& ordner, std::string_view format,
                                                   const extract::Bilderfolge::Senke& senke,
                                                   const std::function<bool()>& weiter, bool archiv) const;
  BueroOptions options_;
};

}  // namespace rendition
