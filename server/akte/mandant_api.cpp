#include "routen.h"

namespace akte {
namespace {

struct MandantAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string schluessel{}, name{};
  OptText gebietsschluessel{};
  std::string land{}, zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
  bool fristAbJahresende = true;
  OptId loeschfrist{}, transferfrist{};
  bool nebenversionen = false;
  OptId stichprobe{}, originaltage{};
  bool uebung = false;
  mandant::Faktorpflicht zweiterFaktor{};
};
BOOST_DESCRIBE_STRUCT(MandantAusgabe, (),
                      (id, stand, schluessel, name, gebietsschluessel, land, zeichenAkte, zeichenVorgang,
                       zeichenDokument, fristAbJahresende, loeschfrist, transferfrist, nebenversionen, stichprobe,
                       originaltage, uebung, zweiterFaktor))

mandant::MandantZeile town(Tx tx, const Berechtigung& wer) {
  return mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0);
}

MandantAusgabe show(const mandant::MandantZeile& row) {
  return {row.uuid,
          row.stand,
          row.schluessel,
          row.name,
          row.gebietsschluessel,
          row.land,
          row.zeichenAkte,
          row.zeichenVorgang,
          row.zeichenDokument,
          row.fristAbJahresende,
          row.loeschfrist,
          row.transferfrist,
          row.nebenversionen.value_or(false),
          row.stichprobe,
          row.originaltage,
          row.uebung.value_or(false),
          row.zweiterFaktor.value_or(mandant::Faktorpflicht::freiwillig)};
}

}  // namespace

void addMandantRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.add<None, None, MandantAusgabe>(
      Verb::get, "/api/mandant", {"mandant", "Mandant", "The tenant's own settings"}, [&](const auto& call) {
        return zugang.read<MandantAusgabe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<MandantAusgabe> { return show(town(tx, wer)); });
      });
  routes.add<MandantAendern, None, MandantAusgabe>(
      Verb::patch, "/api/mandant",
      {.id = "mandantAendern",
       .tag = "Mandant",
       .summary = "Change the tenant's settings: name, templates of signs, how retention is counted",
       .recht = "aktenplanPflegen",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<MandantAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<MandantAusgabe> {
              const auto before = town(change.tx(), wer);
              AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
              AKTENLOTSE_GET(after, schriftgut.changeMandant(change, before, call.body));
              return show(after);
            });
      });
}

}  // namespace akte
