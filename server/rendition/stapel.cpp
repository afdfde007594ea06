// A stack of scans with separator sheets becomes a Dokument for each section. The stack stays as it came, closed.
#include <fmt/format.h>

#include <algorithm>

#include "teil.h"

namespace rendition {
namespace {

using akte::DokumentZeile;
using journal::Change;

bool istStapel(const Lage& lage) {
  const auto& dokument = lage.dokument;
  return !dokument.vorgang && !dokument.ueber && dokument.status == akte::Status::inBearbeitung &&
         dokument.version == lage.version.nr;
}

std::string seitenVonBis(const Abschnitt& abschnitt) {
  return abschnitt.von == abschnitt.bis ? fmt::format("Seite {}", abschnitt.von)
                                        : fmt::format("Seiten {} bis {}", abschnitt.von, abschnitt.bis);
}

std::string stem(const std::string& name) { return name.substr(0, name.rfind('.')); }

/// The text of a page: its own, or what was recognised.
std::string textVon(const Lage& lage, std::uint32_t nr) {
  if (nr <= lage.texte.size() && !akte::ohneText(lage.texte[nr - 1])) return lage.texte[nr - 1];
  const auto seite = lage.seiten.find(nr);
  return seite == lage.seiten.end() ? std::string() : seite->second.text;
}

std::optional<Trenncode> firstCode(const std::vector<std::string>& codes) {
  for (const auto& code : codes)
    if (auto parsed = parseTrenncode(code)) return parsed;
  return std::nullopt;
}

/// The sheets by page. Pages with text of their own (a scanner that reads) are looked at when they say what they are.
std::map<std::uint32_t, Trenncode> blaetterVon(const Lage& lage, extract::Bilderfolge& folge) {
  std::map<std::uint32_t, Trenncode> out;
  for (std::uint32_t nr = 1; nr <= folge.seiten(); ++nr) {
    std::vector<std::string> codes;
    if (const auto seite = lage.seiten.find(nr); seite != lage.seiten.end()) {
      std::string line;
      for (const char c : seite->second.codes + '\n')
        if (c == '\n')
          codes.push_back(std::exchange(line, {}));
        else
          line += c;
    } else if (nr <= lage.texte.size() && akte::nenntTrennblatt(lage.texte[nr - 1])) {
      if (auto read = folge.codes(nr)) codes = *std::move(read);
    }
    if (const auto code = firstCode(codes)) out.emplace(nr, *code);
  }
  return out;
}

DokumentZeile withBemerkung(Change& change, akte::SuchIndex& index, const DokumentZeile& before,
                            const std::string& text) {
  auto after = before;
  after.bemerkung = text;
  change.update(before, after);
  index.refresh(change.tx(), after.mandant, akte::SuchArt::dokument, after.id);
  return after;
}

}  // namespace

std::vector<Werkstatt::Teil> Werkstatt::teileVon(const Lage& lage, Folge& folge) {
  std::vector<Teil> out;
  if (!istStapel(lage)) return out;
  for (const auto& abschnitt : abschnitte(blaetterVon(lage, folge), folge.seiten())) {
    Teil teil{abschnitt, {}, static_cast<std::int64_t>(out.size()) + 1};
    auto made = kept(lage.version, RenditionArt::pdf, 0, pdfMime, "",
                     [&](const auto& senke) { return folge.teil(abschnitt.von, abschnitt.bis, senke); });
    // A stack that cannot be parted whole stays whole.
    if (!made) return {};
    teil.datei.ref = {made->sha256, static_cast<std::uint64_t>(made->groesse)};
    teil.datei.dateiname = fmt::format("{}-{}.pdf", stem(lage.version.dateiname), teil.nr);
    auto& text = teil.datei.text;
    text.format = "pdf";
    text.mime = pdfMime;
    for (auto nr = abschnitt.von; nr <= abschnitt.bis; ++nr) text.seiten.push_back(textVon(lage, nr));
    text.seitenzahl = static_cast<std::uint32_t>(text.seiten.size());
    text.status = std::ranges::all_of(text.seiten, akte::ohneText) ? extract::Status::Leer : extract::Status::Ok;
    out.push_back(std::move(teil));
  }
  return out;
}

base::Result<DokumentZeile> Werkstatt::legeTeil(Change& change, const Lage& lage, const Teil& teil) {
  auto& tx = change.tx();
  const auto& stapel = lage.dokument;
  const auto person = lage.version.ersteller;
  change.by({person, 0});
  const auto wer =
      person == 0 ? mandant::systemBerechtigung(stapel.mandant) : mandant::berechtigungOf(tx, stapel.mandant, person);
  akte::DokumentNeu neu{.art = akte::Dokumentart::Eingang,
                        .kanal = stapel.kanal,
                        .betreff = fmt::format("{}, Teil {}", stapel.betreff, teil.nr),
                        .eingangsdatum = stapel.eingangsdatum,
                        .geraet = tx.value<std::string>("SELECT geraet FROM scanprotokoll WHERE mandant = :mandant AND "
                                                        "dokument = :dokument",
                                                        stapel.mandant, stapel.id)
                                      .value_or("")};
  auto bemerkung = fmt::format("Aus dem Stapel „{}“, {}.", stapel.betreff, seitenVonBis(teil.abschnitt));
  if (teil.abschnitt.vorgang) {
    auto made = schriftgut_.createDokument(change, wer, *teil.abschnitt.vorgang, teil.datei, neu);
    if (made) return withBemerkung(change, index_, *made, bemerkung);
    bemerkung += " In den Vorgang des Trennblatts konnte er nicht gelegt werden.";
  }
  const auto oe =
      mandant::rowById<mandant::OrganisationseinheitZeile>(tx, stapel.mandant, stapel.organisationseinheit).value();
  AKTENLOTSE_GET(made, schriftgut_.createEingang(change, wer, oe.uuid, teil.datei, neu));
  return withBemerkung(change, index_, made, bemerkung);
}

void Werkstatt::legeTeile(sql::WriteTx& tx, const Lage& lage, const std::vector<Teil>& teile) {
  if (teile.empty()) return;
  const auto mandant = lage.version.mandant;
  const auto now = mandant::rowById<DokumentZeile>(tx, mandant, lage.dokument.id).value();
  // Somebody filed or changed it meanwhile: it is no longer a stack that waits.
  if (now.vorgang || now.version != lage.version.nr || now.status != akte::Status::inBearbeitung) return;
  for (const auto& teil : teile) {
    const auto made =
        schriftgut_.journal().one(tx, mandant, [&](Change& change) { return legeTeil(change, lage, teil); });
    if (!made) throw base::Failure("a section of a stack could not be kept: " + made.error().detail);
    const auto version = tx.one<VersionZeile>(sql::Query::select<VersionZeile>().add(
        " FROM version WHERE mandant = :mandant AND dokument = :dokument", mandant, made->id));
    for (auto nr = teil.abschnitt.von; nr <= teil.abschnitt.bis; ++nr) {
      const auto seite = lage.seiten.find(nr);
      if (seite == lage.seiten.end()) continue;
      auto copy = seite->second;
      copy.version = version->id;
      copy.seite = nr - teil.abschnitt.von + 1;
      setze(tx, copy);
    }
    akte::bestelleTexterkennung(tx, jetzt(), *version, made->uuid);
  }
  const auto closed = schriftgut_.journal().one(tx, mandant, [&](Change& change) -> base::Result<DokumentZeile> {
    auto after = now;
    after.status = akte::Status::abgeschlossen;
    after.bemerkung = fmt::format("{}In {} Teile getrennt.", now.bemerkung ? *now.bemerkung + "\n" : "", teile.size());
    change.update(now, after);
    index_.refresh(tx, mandant, akte::SuchArt::dokument, after.id);
    change.about({"dokument.getrennt", after.tabelle, after.id, 0, 0});
    return after;
  });
  if (!closed) throw base::Failure("a stack could not be closed");
}

}  // namespace rendition
