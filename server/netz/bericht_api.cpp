// For the funder and the mayor.
#include <fmt/format.h>

#include "bericht.h"
#include "blatt.h"
#include "treffen_inhalt.h"

namespace netz {
namespace {

enum class Berichtteil : std::uint8_t { quartale, kreise };
BOOST_DESCRIBE_ENUM(Berichtteil, quartale, kreise)
struct TeilFrage {
  Berichtteil teil{};
};
BOOST_DESCRIBE_STRUCT(TeilFrage, (), (teil))

std::string pdfOf(const NetzBericht& bericht, const base::Datum& heute) {
  Blatt blatt("Bericht Lotsennetz");
  blatt.kopf("Bericht Lotsennetz")
      .klein(fmt::format("Stand {}.{}.{}", heute.text().substr(8, 2), heute.text().substr(5, 2),
                         heute.text().substr(0, 4)));
  blatt.unterkopf("Nach Quartalen").tabelle({2, 2, 2, 3, 2, 2, 2, 2}, quartalzeilen(bericht));
  blatt.klein(fmt::format(
      "Tage vorher und nachher: wie lange Vorgänge im Mittel dauerten, bevor und nachdem eine Praxis "
      "übernommen war; nach dem Quartal ihres Endes. Genannt nur, wo {} Kommunen mit je {} Fällen zugestimmt "
      "haben.",
      kleinsteKommunen, kleinsteFaelle));
  blatt.unterkopf("Nach Kreisen").tabelle({5, 3, 2, 2, 2, 3, 2, 2, 2}, kreiszeilen(bericht));
  blatt.unterkopf("Wirkung der übernommenen Praxis");
  if (bericht.effekte.empty())
    blatt.absatz(
        fmt::format("Zahlen erscheinen, sobald {} Kommunen mit je {} Fällen davor und danach zugestimmt haben.",
                    kleinsteKommunen, kleinsteFaelle));
  std::vector<std::vector<std::string>> rows{{"Praxis", "Kommunen", "Tage vorher", "Tage nachher"}};
  for (const auto& one : bericht.effekte)
    rows.push_back({one.titel, std::to_string(one.summe.kommunen), std::to_string(one.summe.tageVorher),
                    std::to_string(one.summe.tageNachher)});
  if (rows.size() > 1) blatt.tabelle({6, 2, 2, 2}, rows);
  return blatt.klein(bericht.quelle).pdf();
}

Result<http::Response> oeffentlichePraxis(Tx tx, const base::Uuid& uuid) {
  const auto row = tx.value<std::string>(
      "SELECT inhalt FROM netz_aushang WHERE art IN ('praxis', 'baustein') AND sichtbarkeit = 'oeffentlich' AND "
      "herkunft = '' AND (uuid = :uuid OR ober = :praxis) ORDER BY art LIMIT 1",
      uuid, uuid.text());
  if (!row) return base::fail(base::Code::NichtGefunden);
  return http::text(200, "application/json", *row);
}

}  // namespace

void addBerichtRoutes(http::Routes& routes, Zugang& zugang, const std::string& adresse) {
  const auto heute = [&zugang] { return base::Datum::of(zugang.journal().clock().now()); };
  routes.add<None, None, NetzBericht>(
      Verb::get, "/api/netz/bericht", {"netzBericht", "Netz", "What the network reached, by quarter and by district"},
      [&zugang, heute](const auto& call) {
        return zugang.read<NetzBericht>(
            call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzBericht> { return berichte(tx, wer, heute()); });
      });
  routes.addRaw<TeilFrage>(
      Verb::get, "/api/netz/bericht.csv",
      {.id = "netzBerichtCsv", .tag = "Netz", .summary = "The same as a table", .produces = "text/csv"},
      [&zugang, heute](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        return zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<http::Response> {
          const auto bericht = berichte(tx, wer, heute());
          auto out = http::text(
              200, "text/csv; charset=utf-8",
              alsCsv(call.query.teil == Berichtteil::quartale ? quartalzeilen(bericht) : kreiszeilen(bericht)));
          out.set("Content-Disposition", "attachment; filename=\"lotsennetz.csv\"");
          return out;
        });
      });
  routes.addRaw<None>(
      Verb::get, "/api/netz/bericht.pdf",
      {.id = "netzBerichtPdf", .tag = "Netz", .summary = "The same as PDF", .produces = "application/pdf"},
      [&zugang, heute](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        return zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<http::Response> {
          auto out = http::text(200, "application/pdf", pdfOf(berichte(tx, wer, heute()), heute()));
          out.set("Content-Disposition", "attachment; filename=\"lotsennetz.pdf\"");
          return out;
        });
      });
  routes.addRaw<None>(Verb::get, "/oeffentlich/katalog",
                      {.id = "oeffentlichKatalog",
                       .tag = "Oeffentlich",
                       .summary = "The Praxen that everybody may see, as DCAT-AP.de",
                       .open = true,
                       .produces = "application/ld+json"},
                      [&zugang, adresse](const auto&) -> Result<http::Response> {
                        return zugang.journal().database().read(0, [&](Tx tx) -> Result<http::Response> {
                          return http::text(200, "application/ld+json", katalogOf(tx, adresse));
                        });
                      });
  routes.addRaw<None>(Verb::get, "/oeffentlich/praxis/{id}",
                      {.id = "oeffentlichPraxis",
                       .tag = "Oeffentlich",
                       .summary = "Its Baustein, or else what it says, as JSON",
                       .open = true,
                       .produces = "application/json"},
                      [&zugang](const auto& call) -> Result<http::Response> {
                        return zugang.journal().database().read(0,
                                                                [&](Tx tx) { return oeffentlichePraxis(tx, call.id); });
                      });
}

}  // namespace netz
