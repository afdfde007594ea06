#include "zeichen_ziehen.h"

#include <fmt/format.h>

namespace akte {

using mandant::rowById;

namespace {

/// The templates that are set at one place, and the place above it.
struct Vorlagen {
  std::optional<std::int64_t> ueber{};
  std::optional<std::string> zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
  [[nodiscard]] const std::optional<std::string>& of(Ebene ebene) const {
    return ebene == Ebene::akte ? zeichenAkte : ebene == Ebene::vorgang ? zeichenVorgang : zeichenDokument;
  }
};
BOOST_DESCRIBE_STRUCT(Vorlagen, (), (ueber, zeichenAkte, zeichenVorgang, zeichenDokument))

}  // namespace

std::string vorlageFor(const sql::ReadTx& tx, const AktenplaneinheitZeile& blatt, Ebene ebene) {
  std::optional<Vorlagen> at = Vorlagen{blatt.ueber, blatt.zeichenAkte, blatt.zeichenVorgang, blatt.zeichenDokument};
  for (; at; at = at->ueber ? tx.one<Vorlagen>("SELECT ueber, zeichen_akte, zeichen_vorgang, zeichen_dokument FROM "
                                               "aktenplaneinheit WHERE mandant = :mandant AND id = :id",
                                               blatt.mandant, *at->ueber)
                            : std::nullopt)
    if (at->of(ebene)) return *at->of(ebene);
  const auto town = tx.one<Vorlagen>(
      "SELECT NULL, zeichen_akte, zeichen_vorgang, zeichen_dokument FROM mandant WHERE mandant = :mandant",
      blatt.mandant);
  return town.value().of(ebene).value();
}

namespace {

ZeichenTeile teileOf(const sql::ReadTx& tx, const AktenplaneinheitZeile& blatt, std::int64_t oe, int jahr) {
  return {rowById<mandant::OrganisationseinheitZeile>(tx, blatt.mandant, oe).value().kurzzeichen, blatt.kennzeichen,
          jahr};
}

/// The number of the Vorgang in which a Teilvorgang lies.
std::int64_t nummerUeber(Change& change, const VorgangZeile& row) {
  return row.ueber ? rowById<VorgangZeile>(change.tx(), change.mandant(), *row.ueber).value().nummer : 0;
}

std::string bereichOf(const AkteZeile& akte, const VorgangZeile& row) {
  return row.ueber ? fmt::format("teilvorgang:{}", *row.ueber) : fmt::format("vorgang:{}", akte.id);
}

/// Keeps the number that is in `teile` already where that gives a free sign or the present one, else draws.
template <class Row>
void keepOrDraw(Change& change, const std::string& vorlage, Ebene ebene, const ZeichenTeile& teile,
                const std::string& bereich, Row& row, const std::optional<std::string>& present) {
  if (!hasToken(vorlage, "Lfd")) {
    auto zeichen = render(vorlage, teile);
    if (zeichen == present) return;
    if (!change.tx().value<std::int64_t>("SELECT id FROM zeichen WHERE mandant = :mandant AND zeichen = :zeichen",
                                         change.mandant(), zeichen)) {
      row.zeichen = std::move(zeichen);
      registerZeichen(change, *std::optional<std::string>(row.zeichen), row.tabelle, row.id);
      return;
    }
  }
  auto neu = drawZeichen(change, vorlage, ebene, teile, bereich);
  row.zeichen = std::move(neu.zeichen);
  row.nummer = neu.nummer;
  registerZeichen(change, *std::optional<std::string>(row.zeichen), row.tabelle, row.id);
}

}  // namespace

void zieheZeichen(Change& change, const AktenplaneinheitZeile& blatt, AkteZeile& row, int jahr) {
  auto neu = drawZeichen(change, vorlageFor(change.tx(), blatt, Ebene::akte), Ebene::akte,
                         teileOf(change.tx(), blatt, row.organisationseinheit, jahr), fmt::format("akte:{}", blatt.id));
  row.zeichen = std::move(neu.zeichen);
  row.nummer = neu.nummer;
}

void zieheZeichen(Change& change, const AktenplaneinheitZeile& blatt, const AkteZeile& akte, VorgangZeile& row,
                  int jahr) {
  auto teile = teileOf(change.tx(), blatt, akte.organisationseinheit, jahr);
  teile.akte = akte.nummer;
  teile.ueber = nummerUeber(change, row);
  auto neu = drawZeichen(change, vorlageFor(change.tx(), blatt, Ebene::vorgang), Ebene::vorgang, std::move(teile),
                         bereichOf(akte, row));
  row.zeichen = std::move(neu.zeichen);
  row.nummer = neu.nummer;
}

void zieheNeu(Change& change, const AktenplaneinheitZeile& blatt, const AkteZeile& akte, VorgangZeile& row) {
  auto teile = teileOf(change.tx(), blatt, akte.organisationseinheit, base::Datum::of(row.angelegt).year());
  teile.akte = akte.nummer;
  teile.vorgang = row.nummer;
  teile.ueber = nummerUeber(change, row);
  keepOrDraw(change, vorlageFor(change.tx(), blatt, Ebene::vorgang), Ebene::vorgang, teile, bereichOf(akte, row), row,
             row.zeichen);
}

void zieheNeu(Change& change, const AktenplaneinheitZeile& blatt, const AkteZeile& akte, const VorgangZeile& vorgang,
              DokumentZeile& row) {
  auto teile = teileOf(change.tx(), blatt, vorgang.organisationseinheit, base::Datum::of(vorgang.angelegt).year());
  teile.akte = akte.nummer;
  teile.vorgang = vorgang.nummer;
  teile.ueber = nummerUeber(change, vorgang);
  teile.dokument = row.nummer;
  keepOrDraw(change, vorlageFor(change.tx(), blatt, Ebene::dokument), Ebene::dokument, teile,
             fmt::format("dokument:{}", vorgang.id), row, row.zeichen);
}

}  // namespace akte
