// The register of towns as a whole: which Länder it has, where it comes from, and reading further ones in.
#include "akte/registratur.h"
#include "netz/kommunen_einlesen.h"
#include "netz/verbund.h"
#include "routen.h"

namespace netz {
namespace {

using base::Code;
using base::fail;

struct NetzLand {
  std::string land{};
  std::int64_t kommunen = 0, kreise = 0;
};
BOOST_DESCRIBE_STRUCT(NetzLand, (), (land, kommunen, kreise))

struct NetzLesung {
  base::Zeitpunkt zeit{};
  std::string quelle{};
  std::int64_t neu = 0, geaendert = 0;
};
BOOST_DESCRIBE_STRUCT(NetzLesung, (), (zeit, quelle, neu, geaendert))

struct NetzVerzeichnis {
  std::vector<NetzLand> laender{};
  std::string quelle{};
  std::vector<NetzLesung> lesungen{};  ///< the newest first
  bool darfEinlesen = false;
};
BOOST_DESCRIBE_STRUCT(NetzVerzeichnis, (), (laender, quelle, lesungen, darfEinlesen))

struct VerzeichnisAngaben {
  base::Line<300> dateiname{};
  base::Line<300> quelle{};
  std::optional<bool> anwenden{};
};
BOOST_DESCRIBE_STRUCT(VerzeichnisAngaben, (), (dateiname, quelle, anwenden))

/// It is one for all tenants, so one of them keeps it: who keeps with whom the installation joins.
bool darfEinlesen(Tx tx, const Berechtigung& wer, const Verbund& verbund) {
  return !wer.nurLesen && wer.hat(Recht::netzPflegen) && verbund.halter(tx) == wer.mandant;
}

NetzVerzeichnis verzeichnis(Tx tx, const Berechtigung& wer, const Verbund& verbund) {
  const auto alle = registerOf(tx);
  NetzVerzeichnis out;
  out.quelle = alle->quelle;
  std::map<std::string, NetzLand> laender;
  for (const auto& one : alle->alle) {
    auto& land = laender[one.land];
    land.land = one.land;
    ++(one.art == Kommuneart::landkreis ? land.kreise : land.kommunen);
  }
  for (auto& [name, land] : laender) out.laender.push_back(std::move(land));
  for (const auto& one : tx.query<KommunenlesungZeile>(
           sql::Query::select<KommunenlesungZeile>().add(" FROM netz_kommunenlesung ORDER BY nr DESC LIMIT 20")))
    out.lesungen.push_back({one.zeit, one.quelle, one.neu, one.geaendert});
  out.darfEinlesen = darfEinlesen(tx, wer, verbund);
  return out;
}

Result<KommunenBericht> liesEin(Zugang& zugang, const Berechtigung& wer, const Verbund& verbund,
                                const std::vector<akte::TabellenZeile>& tabelle, const VerzeichnisAngaben& angaben) {
  auto& journal = zugang.journal();
  const bool darf = journal.database().read(wer.mandant, [&](Tx tx) { return darfEinlesen(tx, wer, verbund); });
  if (!darf)
    return fail(
        Code::NichtErlaubt,
        "Das Verzeichnis gilt für alle Mandanten; es pflegt der Mandant, der den Verbund hält, oder der Betreiber "
        "mit „aktenlotse kommunen“.");
  if (angaben.anwenden.value_or(false))
    return liesKommunenEin(journal.database(), journal.clock().now(), tabelle, angaben.quelle.value, wer.mandant,
                           wer.person);
  return journal.database().read(wer.mandant, [&](Tx tx) -> Result<KommunenBericht> {
    AKTENLOTSE_GET(done, vergleicheKommunen(tabelle, *registerOf(tx)));
    return std::move(done.bericht);
  });
}

}  // namespace

void addVerzeichnisRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut, Verbund& verbund) {
  routes.add<None, None, NetzVerzeichnis>(
      Verb::get, "/api/netz/verzeichnis",
      {"netzVerzeichnis", "Netz", "Which Länder the register of towns has, and where it comes from"},
      [&zugang, &verbund](const auto& call) {
        return zugang.read<NetzVerzeichnis>(call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzVerzeichnis> {
          return verzeichnis(tx, wer, verbund);
        });
      });
  routes.addUpload<VerzeichnisAngaben, KommunenBericht, akte::DateiSink>(
      Verb::post, "/api/netz/verzeichnis/einlesen",
      {.id = "netzVerzeichnisEinlesen",
       .tag = "Netz",
       .summary = "Tell what a table of towns would change in the register; with anwenden, read it in",
       .recht = "netzPflegen",
       .maxBody = 8U << 20U},
      [&](const auto&) -> Result<std::unique_ptr<akte::DateiSink>> {
        return std::make_unique<akte::DateiSink>(schriftgut.blobs());
      },
      [&](const auto& call, akte::DateiSink& sink) -> Result<http::Reply<KommunenBericht>> {
        AKTENLOTSE_GET(tabelle, akte::tabelleAus(schriftgut, sink.writer().descriptor(), call.query.dateiname.value));
        AKTENLOTSE_GET(bericht, liesEin(zugang, Zugang::who(call), verbund, tabelle, call.query));
        http::Reply<KommunenBericht> reply;
        reply.value = std::move(bericht);
        return reply;
      });
}

}  // namespace netz
