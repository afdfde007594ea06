#include "hinweis.h"

#include <algorithm>
#include <array>

namespace extract {
namespace {

// The child sends codes only: what it was fed can never put a sentence of its own before a person.
// "{s}" stands for the seconds of the limit.
constexpr std::array kHinweise = {
    Hinweis{"gekuerzt", Status::Ok,
            "Die Datei ist sehr umfangreich. Durchsuchbar ist nur der Anfang; die Datei selbst ist vollständig "
            "aufbewahrt."},
    Hinweis{
        "teilweise", Status::Ok,
        "Die Datei ist beschädigt. Durchsuchbar ist nur, was noch lesbar war; die Datei ist wie empfangen aufbewahrt."},
    Hinweis{"teile_fehlen", Status::Ok,
            "Die Datei enthält mehr oder größere Teile, als einzeln abgelegt werden. Was fehlt, liegt nur im Original; "
            "öffnen Sie dieses, wenn Sie es brauchen."},
    Hinweis{"kein_text", Status::Leer,
            "Die Datei enthält keinen Text, vielleicht ist sie ein Scan. Sie ist aufbewahrt und über ihren Betreff zu "
            "finden."},
    Hinweis{"bild", Status::Leer,
            "Die Datei ist ein Bild ohne Text. Sie ist aufbewahrt und über ihren Betreff zu finden."},
    Hinweis{"teile_gesperrt", Status::Ok,
            "Teile des Archivs sind mit einem Kennwort geschützt. Erbitten Sie eine Fassung ohne Kennwort."},
    Hinweis{"archiv_leer", Status::Leer, "Das Archiv enthält keine Dateien. Fordern Sie es gegebenenfalls neu an."},
    Hinweis{"ohne_leser", Status::Leer,
            "Aus diesem Dateiformat wird noch kein Text gelesen. Die Datei ist wie empfangen aufbewahrt."},
    Hinweis{"format_unbekannt", Status::Leer,
            "Das Format der Datei ist nicht bekannt. Sie ist wie empfangen aufbewahrt."},
    Hinweis{"leere_datei", Status::Leer, "Die Datei ist leer (0 Byte). Fordern Sie sie gegebenenfalls neu an."},
    Hinweis{
        "kennwort", Status::Gesperrt,
        "Die Datei ist mit einem Kennwort geschützt. Erbitten Sie eine Fassung ohne Kennwort; diese ist aufbewahrt."},
    Hinweis{"verschluesselt", Status::Gesperrt,
            "Die Nachricht ist verschlüsselt. Entschlüsseln Sie sie im Mailprogramm und legen Sie sie erneut ab."},
    Hinweis{"beschaedigt", Status::Fehler,
            "Die Datei konnte nicht gelesen werden: Sie ist beschädigt oder unvollständig. Sie ist wie empfangen "
            "aufbewahrt; "
            "erbitten Sie sie gegebenenfalls neu."},
    Hinweis{"bombe", Status::Fehler,
            "Die Datei konnte nicht gelesen werden: Sie entpackt sich auf ein Vielfaches ihrer Größe und wurde deshalb "
            "nicht "
            "weiter geöffnet. Sie ist wie empfangen aufbewahrt."},
    Hinweis{"zu_gross", Status::Fehler,
            "Die Datei konnte nicht gelesen werden: Sie ist zu groß. Sie ist wie empfangen aufbewahrt."},
    Hinweis{"speicher", Status::Fehler,
            "Die Datei konnte nicht gelesen werden: Sie braucht mehr Speicher als erlaubt. Sie ist wie empfangen "
            "aufbewahrt."},
    Hinweis{"zeitlimit", Status::Fehler,
            "Die Datei konnte nicht gelesen werden: Zeitlimit von {s} Sekunden überschritten. Sie ist wie empfangen "
            "aufbewahrt."},
    Hinweis{"absturz", Status::Fehler,
            "Die Datei konnte nicht gelesen werden: Sie ist so beschädigt, dass das Leseprogramm abbrach. Sie ist wie "
            "empfangen aufbewahrt."},
    Hinweis{
        "abgewehrt", Status::Fehler,
        "Die Datei konnte nicht gelesen werden: Sie versuchte, das Leseprogramm zu Verbotenem zu bringen, und wurde "
        "abgewehrt. Öffnen Sie sie nicht, und melden Sie sie der IT-Sicherheit."},
    Hinweis{"antwort_ungueltig", Status::Fehler,
            "Die Datei konnte nicht gelesen werden: Das Leseprogramm gab keine gültige Antwort. Sie ist wie empfangen "
            "aufbewahrt."},
    Hinweis{"lesefehler", Status::Fehler,
            "Die Datei konnte nicht gelesen werden: Der Datenträger gab einen Fehler. Benachrichtigen Sie die "
            "Administration."},
    Hinweis{"start", Status::Fehler,
            "Die Datei konnte nicht gelesen werden: Das Leseprogramm startet nicht. Sie ist wie empfangen aufbewahrt; "
            "benachrichtigen Sie die Administration."},
};

}  // namespace

std::optional<Hinweis> findHinweis(std::string_view code) {
  const auto* const row = std::find_if(kHinweise.begin(), kHinweise.end(), [&](auto& one) { return one.code == code; });
  return row == kHinweise.end() ? std::nullopt : std::optional(*row);
}

Text failure(std::string_view code, std::chrono::milliseconds wall) {
  const Hinweis row = findHinweis(code).value();
  Text text{.status = row.status, .hinweisCode = std::string(code), .hinweis = std::string(row.text)};
  if (const auto at = text.hinweis.find("{s}"); at != std::string::npos)
    text.hinweis.replace(at, 3, std::to_string(std::chrono::ceil<std::chrono::seconds>(wall).count()));
  return text;
}

void noteMissingParts(Text& text) {
  if (text.status != Status::Ok || !text.hinweis.empty()) return;
  const Hinweis row = findHinweis("teile_fehlen").value();
  text.hinweisCode = row.code;
  text.hinweis = row.text;
}

}  // namespace extract
