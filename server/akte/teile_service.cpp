// What lies in a received file becomes Anlagen of its Dokument; what an invoice in it says is kept.
#include <fmt/format.h>

#include <chrono>

#include "teile.h"

namespace akte {

std::string dateinameAus(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string clean = base::cleanText(base::repairUtf8(name), false).value_or("");
  if (base::countCodePoints(clean) > 200) {
    const auto dot = clean.rfind('.');
    const std::string end = dot != std::string::npos && clean.size() - dot <= 12 ? clean.substr(dot) : "";
    clean = std::string(base::cutUtf8(clean, 180)) + end;
  }
  return clean.empty() || clean == "." || clean == ".." ? "Datei" : clean;
}

namespace {

/// Of one received file, at any depth. Beyond it, parts stay in the original only, and the text says so.
constexpr std::size_t kTeile = 300;
constexpr int kTiefe = 5;
constexpr std::uint64_t kBytes = std::uint64_t{1} << 30;
constexpr auto kZeit = std::chrono::minutes(2);
/// A writer holds up to two descriptors.
constexpr std::size_t kWriters = 32;

/// Reads a file and, with a child for each, what lies in it.
class Leser {
 public:
  /// Without a scanner, or with none of it to ask, everything is opened.
  Leser(blob::Store& blobs, const extract::Extractor& extractor, const extract::Virenscanner* scanner)
      : blobs_(blobs), extractor_(extractor), scanner_(scanner) {}

  Datei read(int descriptor, std::string_view dateiname) {
    Datei out;
    out.dateiname = dateinameAus(dateiname);
    // The scanner looks into mails and archives itself, so what lies in a file is not asked about again.
    if (scanner_ != nullptr && scanner_->vorhanden()) out.sperre = sperreAus(scanner_->pruefe(descriptor));
    if (out.sperre) return out;
    visit(descriptor, out, out.teile, 0);
    if (fehlen_) extract::noteMissingParts(out.text);
    return out;
  }

 private:
  void visit(int descriptor, Datei& datei, std::vector<Datei>& all, int depth) {
    std::vector<Datei> found;
    datei.text =
        extractor_.extract(descriptor, datei.dateiname, [&](const extract::Teil& teil, std::string_view bytes) {
          take(teil, bytes, datei.pfad, all.size() + found.size(), depth, found);
        });
    flush(found);
    for (auto& teil : found) {
      all.push_back(std::move(teil));
      const std::size_t at = all.size() - 1;
      const auto opened = blobs_.need(all[at].ref.sha256);
      Datei part = std::move(all[at]);
      visit(opened.file().get(), part, all, depth + 1);
      all[at] = std::move(part);
    }
  }

  void take(const extract::Teil& teil, std::string_view bytes, const std::string& pfad, std::size_t before, int depth,
            std::vector<Datei>& found) {
    if (before >= kTeile || depth >= kTiefe || bytes.size() > kBytes - bytes_ ||
        std::chrono::steady_clock::now() > until_) {
      fehlen_ = true;
      return;
    }
    bytes_ += bytes.size();
    Datei datei;
    datei.dateiname = dateinameAus(teil.dateiname);
    datei.pfad = base::cleanText(base::repairUtf8((pfad.empty() ? "" : pfad + "/") + teil.pfad), false).value_or("");
    found.push_back(std::move(datei));
    writers_.push_back(blobs_.writer());
    writers_.back()->write(bytes);
    if (writers_.size() >= kWriters) flush(found);
  }

  /// Commits what is open: the last of `found`.
  void flush(std::vector<Datei>& found) {
    const auto refs = blobs_.commitAll(writers_);
    for (std::size_t i = 0; i < refs.size(); ++i) found[found.size() - refs.size() + i].ref = refs[i];
    writers_.clear();
  }

  static std::optional<Sperre> sperreAus(extract::Urteil urteil) {
    switch (urteil.art) {
      case extract::Urteil::Art::sauber:
        return std::nullopt;
      case extract::Urteil::Art::befund:
        return Sperre{Pruefstatus::befund, std::move(urteil.text), true};
      case extract::Urteil::Art::nichtPruefbar:
        return Sperre{Pruefstatus::befund, std::move(urteil.text), false};
      case extract::Urteil::Art::keineAntwort:
        break;
    }
    return Sperre{Pruefstatus::wartet, std::move(urteil.text), false};
  }

  blob::Store& blobs_;
  const extract::Extractor& extractor_;
  const extract::Virenscanner* scanner_;
  std::vector<std::unique_ptr<blob::Writer>> writers_;
  std::uint64_t bytes_ = 0;
  std::chrono::steady_clock::time_point until_ = std::chrono::steady_clock::now() + kZeit;
  bool fehlen_ = false;
};

OptText optional(std::string_view text) {
  auto clean = base::cleanText(text, false).value_or("");
  if (clean.empty()) return std::nullopt;
  return clean;
}

}  // namespace

Datei Schriftgut::lesen(int descriptor, std::string_view dateiname) const {
  return Leser(blobs_, extractor_, scanner_).read(descriptor, dateiname);
}

Datei Schriftgut::nachlesen(const VersionZeile& version, const VirenpruefungZeile& pruefung) {
  const auto opened = blobs_.need(version.sha256);
  // What somebody answers for is opened whatever the scanner says; so is all where there is no scanner any more.
  const bool ask = pruefung.status == Pruefstatus::wartet;
  auto datei = Leser(blobs_, extractor_, ask ? scanner_ : nullptr).read(opened.file().get(), version.dateiname);
  datei.ref = {version.sha256, static_cast<std::uint64_t>(version.groesse)};
  return datei;
}

Datei Schriftgut::einlagern(blob::Writer& writer, std::string_view dateiname) {
  auto datei = lesen(writer.descriptor(), dateiname);
  datei.ref = writer.commit();
  return datei;
}

DokumentZeile Schriftgut::insertAnlage(Change& change, const Berechtigung& wer, const DokumentZeile& zu,
                                       const Datei& datei) {
  DokumentZeile row;
  row.vorgang = zu.vorgang;
  row.ueber = zu.id;
  row.organisationseinheit = zu.organisationseinheit;
  row.art = zu.art;
  row.zugriff = zu.zugriff;
  row.eigenerZugriff = zu.eigenerZugriff;
  return insertDokument(change, wer, std::move(row), datei, {.kanal = zu.kanal});
}

void Schriftgut::insertTeile(Change& change, const Berechtigung& wer, const DokumentZeile& zu,
                             const DokumentZeile& original, const Datei& datei) {
  if (datei.teile.empty()) return;
  const auto version = change.tx().value<std::int64_t>(
      "SELECT id FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", change.mandant(),
      original.id, original.version);
  std::int64_t nr = 0;
  for (const auto& teil : datei.teile) {
    TeilZeile row;
    row.dokument = insertAnlage(change, wer, zu, teil).id;
    row.version = version.value();
    row.nr = ++nr;
    row.pfad = teil.pfad;
    change.insert(row);
  }
}

std::string titelOf(const extract::Rechnung& rechnung) {
  const auto absender = optional(rechnung.absender);
  return fmt::format("{} {}{}", rechnung.art == "gutschrift" ? "Gutschrift" : "Rechnung", rechnung.nummer,
                     absender ? " von " + *absender : "");
}

RechnungZeile rechnungOf(const extract::Rechnung& rechnung) {
  RechnungZeile row;
  row.syntax = rechnung.syntax;
  row.art = rechnung.art == "gutschrift" ? Rechnungsart::gutschrift : Rechnungsart::rechnung;
  row.nummer = optional(rechnung.nummer).value_or("");
  row.absender = optional(base::cutUtf8(rechnung.absender, 300));
  row.datum = base::Datum::parse(rechnung.datum);
  row.betrag = optional(rechnung.betrag);
  row.waehrung = optional(rechnung.waehrung);
  row.faellig = base::Datum::parse(rechnung.faellig);
  row.iban = optional(rechnung.iban);
  row.leitwegId = optional(rechnung.leitwegId);
  return row;
}

}  // namespace akte
