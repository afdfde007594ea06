#include <fmt/format.h>

#include <algorithm>

#include "teil.h"

namespace rendition {

using extract::Bildfehler;
using jobs::Ergebnis;
using jobs::Lauf;

namespace {

/// So many pages of one file, then the others have their turn, and short files go before the rest of long ones.
constexpr std::size_t kSeitenJeLauf = 8;
constexpr std::int64_t kVorrangRest = -5;
constexpr std::uint16_t kKlein = 320, kSeite = 1400;
constexpr std::string_view kTesseract = "tesseract 5, deu", kZeichner = "poppler, leptonica";

/// A reason that lies in this machine, not in the file.
bool voruebergehend(const Bildfehler& fehler) { return fehler.code == "start" || fehler.code == "lesefehler"; }

std::string joined(const std::vector<std::string>& lines, char with) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) (i == 0 ? out : out += with) += lines[i];
  return out;
}

/// The text of the version with what was recognised in the places of empty pages.
akte::VolltextZeile volltextMit(const Lage& lage, std::uint32_t anzahl) {
  auto row = lage.volltext;
  auto texte = lage.texte;
  if (lage.istBild()) texte.resize(std::max<std::size_t>(texte.size(), anzahl));
  std::int64_t failed = 0;
  for (const auto& [nr, seite] : lage.seiten) {
    if (nr < 1 || nr > static_cast<std::int64_t>(texte.size())) continue;
    if (akte::ohneText(texte[nr - 1])) texte[nr - 1] = seite.text;
    failed += seite.fehler.has_value();
  }
  row.text = joined(texte, '\f');
  row.seiten = anzahl;
  row.hinweis.reset();
  row.status = std::ranges::all_of(texte, akte::ohneText) ? akte::TextStatus::leer : akte::TextStatus::ok;
  if (failed > 0)
    row.hinweis = fmt::format("Auf {} von {} Seiten konnte kein Text erkannt werden; sehen Sie sie in der Vorschau an.",
                              failed, anzahl);
  else if (row.status == akte::TextStatus::leer)
    row.hinweis = "Die Texterkennung fand keinen Text. Die Datei ist über ihren Betreff zu finden.";
  return row;
}

}  // namespace

extract::BildErgebnis<std::unique_ptr<extract::Bilderfolge>> Werkstatt::oeffne(const std::string& sha256) const {
  const auto opened = schriftgut_.blobs().need(sha256);
  return bilder_.open(opened.file().get());
}

std::optional<RenditionZeile> Werkstatt::bildVon(const VersionZeile& version, Folge& folge, std::uint32_t seite,
                                                 bool klein, std::int64_t drehung) {
  auto made = kept(version, RenditionArt::vorschau, klein ? 0 : seite, jpegMime, kZeichner, [&](const auto& senke) {
    return folge.bild(seite, static_cast<std::uint8_t>(drehung), klein ? kKlein : kSeite, senke);
  });
  return made ? std::optional(*std::move(made)) : std::nullopt;
}

SeiteZeile Werkstatt::liesSeite(const Lage& lage, std::unique_ptr<Folge>& folge, std::uint32_t nr) {
  SeiteZeile row{lage.version.mandant, lage.version.id, nr};
  row.worte = extract::worteJson({});
  auto seite = folge->lesen(nr);
  if (!seite) {
    row.fehler = seite.error().code;
    // The child may be gone with this page; the others have one of their own.
    if (!folge->lebt())
      if (auto again = oeffne(lage.version.sha256)) folge = *std::move(again);
    return row;
  }
  row.drehung = seite->drehung;
  row.sicherheit = seite->sicherheit;
  if (seite->aufloesung > 0) row.aufloesung = seite->aufloesung;
  row.codes = joined(seite->codes, '\n');
  row.worte = extract::worteJson(*seite);
  row.text = std::move(seite->text);
  return row;
}

Ergebnis Werkstatt::liesSeiten(Lauf& lauf, Lage& lage, std::unique_ptr<Folge> folge) {
  const auto anzahl = folge->seiten();
  const auto offen = lage.offene(anzahl);
  for (std::size_t i = 0; i < std::min(offen.size(), kSeitenJeLauf); ++i) {
    const auto nr = offen[i];
    if (!lauf.fortschritt(nr, anzahl, fmt::format("Texterkennung läuft, Seite {} von {}", nr, anzahl))) return {};
    const auto row = liesSeite(lage, folge, nr);
    if (!folge->lebt()) return jobs::spaeter("Die Texterkennung startet nicht.");
    std::vector<RenditionZeile> pictures;
    if (row.drehung != 0) {
      if (auto small = nr == 1 ? bildVon(lage.version, *folge, nr, true, row.drehung) : std::nullopt)
        pictures.push_back(*std::move(small));
      if (auto large = lage.istBild() ? bildVon(lage.version, *folge, nr, false, row.drehung) : std::nullopt)
        pictures.push_back(*std::move(large));
    }
    database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
      setze(tx, row);
      for (const auto& picture : pictures) setze(tx, picture);
    });
    lage.seiten.insert_or_assign(nr, row);
  }
  if (offen.size() <= kSeitenJeLauf) return schliesse(lauf, lage, *folge);
  database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
    auto next = jobs::Neu{.art = akte::auftragTexterkennung,
                          .nutzlast = lauf.auftrag().nutzlast,
                          .schluessel = lauf.auftrag().schluessel,
                          .vorrang = std::min(lauf.auftrag().vorrang, kVorrangRest),
                          .person = lauf.auftrag().person,
                          .objekt = lauf.auftrag().objekt};
    lauf.abschliessen(tx);
    jobs::stelleEin(tx, lauf.mandant(), jetzt(), next);
  });
  return {};
}

Ergebnis Werkstatt::schliesse(Lauf& lauf, Lage& lage, Folge& folge) {
  const auto anzahl = folge.seiten();
  const auto teile = teileVon(lage, folge);
  std::optional<RenditionZeile> searchable;
  if (!lage.durchsuchbar && !lage.seiten.empty()) {
    std::string json;
    for (const auto& [nr, seite] : lage.seiten)
      if (!seite.fehler) json += fmt::format("{}\"{}\":{}", json.empty() ? "{" : ",", nr, seite.worte);
    auto made = kept(lage.version, RenditionArt::durchsuchbar, 0, pdfMime, kTesseract,
                     [&](const auto& senke) { return folge.durchsuchbar(json.empty() ? "{}" : json + "}", senke); });
    // The words are found and marked all the same; a PDF that qpdf cannot repair stays as it is.
    if (made) searchable = *std::move(made);
  }
  database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
    if (searchable) setze(tx, *searchable);
    if (!lage.seiten.empty()) akte::setzeText(tx, index_, volltextMit(lage, anzahl));
    legeTeile(tx, lage, teile);
    lauf.abschliessen(tx);
  });
  return {};
}

Ergebnis Werkstatt::erkenne(Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<akte::VersionAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  auto lage = database().read(lauf.mandant(),
                              [&](const sql::ReadTx& tx) { return lageVon(tx, lauf.mandant(), auftrag->version); });
  if (!lage) return {};
  if (!bilder_.vorhanden()) return jobs::nie("aktenlotse-ocr ist nicht installiert.");
  auto folge = oeffne(lage->version.sha256);
  if (folge) return liesSeiten(lauf, *lage, *std::move(folge));
  if (voruebergehend(folge.error())) return jobs::spaeter(folge.error().text);
  database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
    auto row = lage->volltext;
    row.status = folge.error().code == "kennwort" ? akte::TextStatus::gesperrt : akte::TextStatus::fehler;
    row.hinweis = folge.error().text;
    akte::setzeText(tx, index_, row);
    lauf.abschliessen(tx);
  });
  return {};
}

Ergebnis Werkstatt::zeichne(Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<akte::VersionAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  const auto lage = database().read(
      lauf.mandant(), [&](const sql::ReadTx& tx) { return lageVon(tx, lauf.mandant(), auftrag->version); });
  if (!lage || !bilder_.vorhanden()) return {};
  auto folge = oeffne(lage->version.sha256);
  if (!folge) return voruebergehend(folge.error()) ? Ergebnis(jobs::spaeter(folge.error().text)) : Ergebnis();
  const auto turn = [&](std::int64_t nr) { return lage->seiten.contains(nr) ? lage->seiten.at(nr).drehung : 0; };
  std::vector<RenditionZeile> made;
  if (auto small = bildVon(lage->version, **folge, 1, true, turn(1))) made.push_back(*std::move(small));
  const std::uint32_t anzahl = lage->istBild() ? (*folge)->seiten() : 0;
  for (std::uint32_t nr = 1; nr <= anzahl; ++nr) {
    if (!lauf.fortschritt(nr, anzahl, fmt::format("Vorschau wird gezeichnet, Seite {} von {}", nr, anzahl))) return {};
    if (auto page = bildVon(lage->version, **folge, nr, false, turn(nr))) made.push_back(*std::move(page));
  }
  database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
    for (const auto& row : made) setze(tx, row);
    lauf.abschliessen(tx);
  });
  return {};
}

std::vector<jobs::Art> Werkstatt::arten() {
  const auto kind = [](std::string_view name, std::string de, std::string en, auto run) {
    jobs::Art art;
    art.name = name;
    art.bezeichnungDe = std::move(de);
    art.bezeichnungEn = std::move(en);
    art.ausfuehren = run;
    art.versuche = 4;
    art.pachtSekunden = 300;  // longer than the wall time of a page
    return art;
  };
  return {
      kind(akte::auftragTexterkennung, "Text in einem Scan erkennen", "Recognise the text of a scan",
           [this](Lauf& lauf) { return erkenne(lauf); }),
      kind(akte::auftragVorschau, "Vorschau zeichnen", "Draw a preview", [this](Lauf& lauf) { return zeichne(lauf); }),
      kind(akte::auftragPdf, "Bürodatei als PDF ausgeben", "Print an Office file as PDF",
           [this](Lauf& lauf) { return drucke(lauf); }),
      kind(akte::auftragLangzeit, "In das Langzeitformat bringen", "Convert into the long-term format",
           [this](Lauf& lauf) { return konserviere(lauf); })};
}

}  // namespace rendition
