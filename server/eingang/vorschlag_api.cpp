#include <cmath>
#include <memory>

#include "eingang/vorschlag.h"
#include "routen.h"

namespace eingang {
namespace {

using base::Result;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

/// A place in the text of the version, in UTF-16 units, as browsers count.
struct TextStelle {
  std::int64_t von = 0, bis = 0;
  std::string wort{};  ///< what stands there
};
BOOST_DESCRIBE_STRUCT(TextStelle, (), (von, bis, wort))

struct GrundAusgabe {
  GrundArt art{};
  std::string text{};
  std::vector<std::string> worte{};
  std::optional<base::Datum> datum{};
  std::int64_t anzahl = 0;
  std::vector<TextStelle> stellen{};
};
BOOST_DESCRIBE_STRUCT(GrundAusgabe, (), (art, text, worte, datum, anzahl, stellen))

enum class ZielArt : std::uint8_t { vorgang, akte };
BOOST_DESCRIBE_ENUM(ZielArt, vorgang, akte)

struct ZielAusgabe {
  ZielArt art{};  ///< akte: a new Vorgang in it
  base::Uuid id{};
  std::string zeichen{}, betreff{};
  std::optional<akte::Verweis> akte{};
};
BOOST_DESCRIBE_STRUCT(ZielAusgabe, (), (art, id, zeichen, betreff, akte))

struct EingangVorschlag : ZielAusgabe {
  std::int64_t sicherheit = 0;  ///< percent
  bool sicher = false;          ///< likely enough to be chosen beforehand
  std::vector<GrundAusgabe> gruende{};
};
BOOST_DESCRIBE_STRUCT(EingangVorschlag, (ZielAusgabe), (sicherheit, sicher, gruende))

struct TextErkannt {
  std::string wert{};
  TextStelle stelle{};
};
BOOST_DESCRIBE_STRUCT(TextErkannt, (), (wert, stelle))
struct DatumErkannt {
  base::Datum wert{};
  TextStelle stelle{};
};
BOOST_DESCRIBE_STRUCT(DatumErkannt, (), (wert, stelle))
struct BetragErkannt {
  std::int64_t cent = 0;
  bool gesamt = false;
  TextStelle stelle{};
};
BOOST_DESCRIBE_STRUCT(BetragErkannt, (), (cent, gesamt, stelle))
struct FristErkannt {
  std::optional<base::Datum> datum{};
  std::string wortlaut{};
  TextStelle stelle{};
};
BOOST_DESCRIBE_STRUCT(FristErkannt, (), (datum, wortlaut, stelle))

struct ErkanntAusgabe {
  std::optional<TextErkannt> betreff{}, absender{}, anschrift{}, email{}, fremdesZeichen{};
  std::optional<DatumErkannt> datum{};
  Schreiben schreiben{};
  std::vector<BetragErkannt> betraege{};
  std::vector<FristErkannt> fristen{};
};
BOOST_DESCRIBE_STRUCT(ErkanntAusgabe, (),
                      (betreff, absender, anschrift, email, fremdesZeichen, datum, schreiben, betraege, fristen))

struct VorschlaegeAusgabe {
  std::vector<EingangVorschlag> eintraege{};
  ErkanntAusgabe erkannt{};
};
BOOST_DESCRIBE_STRUCT(VorschlaegeAusgabe, (), (eintraege, erkannt))

/// Bytes of UTF-8 as units of UTF-16; places may come in any order.
class Einheiten {
 public:
  explicit Einheiten(std::string_view utf8) : utf8_(utf8) {}
  [[nodiscard]] TextStelle operator()(const Stelle& stelle) {
    const auto von = at(stelle.von), bis = at(stelle.bis);
    return {von, bis, base::repairUtf8(utf8_.substr(stelle.von, stelle.bis - stelle.von))};
  }

 private:
  std::int64_t at(std::size_t byte) {
    if (byte < byte_) byte_ = 0, unit_ = 0;
    for (; byte_ < std::min(byte, utf8_.size()); ++byte_) {
      const auto c = static_cast<unsigned char>(utf8_[byte_]);
      if ((c & 0xC0U) != 0x80) unit_ += c >= 0xF0 ? 2 : 1;
    }
    return unit_;
  }
  std::string_view utf8_;
  std::size_t byte_ = 0;
  std::int64_t unit_ = 0;
};

std::optional<TextErkannt> show(const std::optional<TextFund>& fund, Einheiten& einheiten) {
  if (!fund) return std::nullopt;
  return TextErkannt{fund->wert, einheiten(fund->stelle)};
}

ErkanntAusgabe show(const Erkannt& erkannt, Einheiten& einheiten) {
  ErkanntAusgabe out{show(erkannt.betreff, einheiten),
                     show(erkannt.absender, einheiten),
                     show(erkannt.anschrift, einheiten),
                     show(erkannt.email, einheiten),
                     show(erkannt.fremdesZeichen, einheiten),
                     {},
                     erkannt.schreiben,
                     {},
                     {}};
  if (erkannt.datum) out.datum = DatumErkannt{erkannt.datum->wert, einheiten(erkannt.datum->stelle)};
  for (const auto& one : erkannt.betraege) out.betraege.push_back({one.cent, one.gesamt, einheiten(one.stelle)});
  for (const auto& one : erkannt.fristen) out.fristen.push_back({one.datum, one.wortlaut, einheiten(one.stelle)});
  return out;
}

ZielAusgabe zielOf(const std::optional<akte::VorgangMit>& vorgang, const akte::AkteZeile& akte, bool akteSichtbar) {
  if (!vorgang) return {ZielArt::akte, akte.uuid, akte.zeichen, akte.betreff, {}};
  ZielAusgabe out{ZielArt::vorgang, vorgang->vorgang.uuid, vorgang->vorgang.zeichen, vorgang->vorgang.betreff, {}};
  if (akteSichtbar) out.akte = akte::Verweis{akte.uuid, akte.zeichen, akte.betreff};
  return out;
}

EingangVorschlag show(const Vorschlag& one, Einheiten& einheiten) {
  EingangVorschlag out;
  static_cast<ZielAusgabe&>(out) = zielOf(one.vorgang, one.akte, one.akteSichtbar);
  out.sicherheit = std::lround(one.sicherheit * 100);
  out.sicher = one.sicherheit >= sicher;
  for (const auto& grund : one.gruende) {
    GrundAusgabe shown{grund.art, grund.text, grund.worte, grund.datum, grund.anzahl, {}};
    for (const auto& stelle : grund.stellen) shown.stellen.push_back(einheiten(stelle));
    out.gruende.push_back(std::move(shown));
  }
  return out;
}

struct RegelAusgabe {
  base::Uuid id{};
  std::int64_t stand = 1;
  std::optional<std::string> absender{}, worte{};
  std::optional<akte::OrganisationseinheitKurz> organisationseinheit{};
  ZielAusgabe ziel{};
  std::optional<akte::PersonKurz> person{};
  base::Zeitpunkt angelegt{};
  std::int64_t richtig = 0, anders = 0;
};
BOOST_DESCRIBE_STRUCT(RegelAusgabe, (),
                      (id, stand, absender, worte, organisationseinheit, ziel, person, angelegt, richtig, anders))
struct RegelListe {
  std::vector<RegelAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(RegelListe, (), (eintraege))

RegelAusgabe show(Tx tx, const Berechtigung& wer, const RegelStand& stand) {
  const auto& regel = stand.regel;
  RegelAusgabe out{regel.uuid, regel.stand, regel.absenderName, regel.worte,   {},
                   {},         {},          regel.angelegt,     stand.richtig, stand.anders};
  if (regel.organisationseinheit) {
    const auto oe =
        mandant::rowById<mandant::OrganisationseinheitZeile>(tx, wer.mandant, *regel.organisationseinheit).value();
    out.organisationseinheit = akte::OrganisationseinheitKurz{oe.uuid, oe.kurzzeichen, oe.bezeichnung};
  }
  const auto row = mandant::rowById<akte::AkteZeile>(tx, wer.mandant, regel.akte).value();
  std::optional<akte::VorgangMit> vorgang;
  if (regel.vorgang)
    vorgang =
        akte::findVorgang(tx, wer, mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, *regel.vorgang).value().uuid)
            .value();
  out.ziel = zielOf(vorgang, row, mandant::stufeFor(tx, wer, row.zugriff).has_value());
  out.person = mandant::personKurz(tx, wer.mandant, regel.person);
  return out;
}

struct AngebotAusgabe {
  std::optional<std::string> absender{};  ///< nothing: no rule is offered
  std::int64_t anzahl = 0;
};
BOOST_DESCRIBE_STRUCT(AngebotAusgabe, (), (absender, anzahl))

}  // namespace

static void addRegelRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, AngebotAusgabe>(
      Verb::get, "/api/dokumente/{id}/regelangebot",
      {"regelangebot", "Posteingang", "Whether letters like this filed one could always be proposed here"},
      [&](const auto& call) {
        return zugang.read<AngebotAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<AngebotAusgabe> {
          AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
          const auto offer = regelangebot(tx, wer, mit);
          if (!offer) return AngebotAusgabe{};
          return AngebotAusgabe{offer->absender, offer->anzahl};
        });
      });
  routes.add<None, None, RegelListe>(
      Verb::get, "/api/ablageregeln",
      {"ablageregeln", "Posteingang", "Rules for proposals, with how often they were right"}, [&](const auto& call) {
        return zugang.read<RegelListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<RegelListe> {
          RegelListe out;
          for (const auto& stand : regelnFor(tx, wer)) out.eintraege.push_back(show(tx, wer, stand));
          return out;
        });
      });
  routes.add<AblageregelNeu, None, RegelAusgabe>(
      Verb::post, "/api/ablageregeln",
      {.id = "ablageregelAnlegen",
       .tag = "Posteingang",
       .summary = "Make a rule for proposals",
       .recht = "eingangAblegen",
       .create = true},
      [&](const auto& call) {
        return zugang.create<RegelAusgabe>(
            call,
            [&](journal::Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, createRegel(change, wer, call.body));
              return row.uuid;
            },
            [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<RegelAusgabe> {
              for (const auto& stand : regelnFor(tx, wer))
                if (stand.regel.uuid == uuid) return show(tx, wer, stand);
              return base::fail(base::Code::NichtGefunden);
            });
      });
  routes.add<None, None, None>(Verb::del, "/api/ablageregeln/{id}",
                               {.id = "ablageregelEntfernen",
                                .tag = "Posteingang",
                                .summary = "Take a rule away",
                                .recht = "eingangAblegen",
                                .changesExisting = true},
                               [&](const auto& call) {
                                 return zugang.change<None>(
                                     call, [&](journal::Change& change, const Berechtigung& wer) -> Result<None> {
                                       AKTENLOTSE_GET(regel, findRegel(change.tx(), wer, call.id));
                                       AKTENLOTSE_TRY(mandant::checkStand(call, regel.stand));
                                       AKTENLOTSE_TRY(deleteRegel(change, wer, regel));
                                       return None{};
                                     });
                               });
}

void addVorschlagRoutes(http::Routes& routes, Zugang& zugang) {
  auto vorschlagende = std::make_shared<Vorschlagende>();
  routes.add<None, None, VorschlaegeAusgabe>(
      Verb::get, "/api/dokumente/{id}/vorschlaege",
      {"dokumentVorschlaege", "Posteingang", "Where a letter belongs, with reasons, and what could be read in it"},
      [&zugang, vorschlagende](const auto& call) {
        const auto heute = base::Datum::of(zugang.journal().clock().now());
        return zugang.read<VorschlaegeAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<VorschlaegeAusgabe> {
          AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
          const auto found = vorschlagende->vorschlagen(tx, wer, mit, heute);
          Einheiten einheiten(found.text);
          VorschlaegeAusgabe out{{}, show(found.erkannt, einheiten)};
          for (const auto& one : found.liste) out.eintraege.push_back(show(one, einheiten));
          return out;
        });
      });
  addRegelRoutes(routes, zugang);
}

}  // namespace eingang
