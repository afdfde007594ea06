#include "geschaeftsgang/frist.h"
#include "routen.h"

namespace geschaeftsgang {
namespace {

struct FristFrage {
  base::Datum von{};
  std::int64_t dauer = 1;
  Einheit einheit{};
  std::optional<Beginn> beginn{};
  std::optional<Land> land{};  ///< by default that of the tenant
  std::optional<bool> fronleichnam{}, mariaeHimmelfahrt{}, friedensfest{};
};
BOOST_DESCRIBE_STRUCT(FristFrage, (),
                      (von, dauer, einheit, beginn, land, fronleichnam, mariaeHimmelfahrt, friedensfest))

struct FristAusgabe : Frist {
  std::string endeText{};
};
BOOST_DESCRIBE_STRUCT(FristAusgabe, (Frist), (endeText))

Result<FristAusgabe> frist(Tx tx, const Berechtigung& wer, const FristFrage& frage) {
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0);
  const auto land = frage.land ? frage.land : landFrom(town.land);
  if (!land) return base::fail(base::Code::EingabeUngueltig, "Nennen Sie das Land, dessen Feiertage gelten.", "land");
  if (frage.dauer > 1000) return base::fail(base::Code::EingabeUngueltig, "Eine Frist dauert 1 bis 1000.", "dauer");
  AKTENLOTSE_GET(result, berechne({frage.von,
                                   frage.beginn.value_or(Beginn::ereignis),
                                   static_cast<int>(frage.dauer),
                                   frage.einheit,
                                   {*land, frage.fronleichnam.value_or(false), frage.mariaeHimmelfahrt.value_or(false),
                                    frage.friedensfest.value_or(false)}}));
  FristAusgabe out;
  static_cast<Frist&>(out) = std::move(result);
  out.endeText = langerTag(out.ende);
  return out;
}

}  // namespace

void addFristRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, FristFrage, FristAusgabe>(
      Verb::get, "/api/frist", {"frist", "Geschaeftsgang", "When a period ends, and why, step by step"},
      [&zugang](const auto& call) {
        return zugang.read<FristAusgabe>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return frist(tx, wer, call.query); });
      });
}

}  // namespace geschaeftsgang
