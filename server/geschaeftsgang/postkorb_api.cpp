#include "postkorb.h"

namespace geschaeftsgang {
namespace {

/// The Umlaufmappe: each is signed in a change of its own, and one that is refused keeps no other.
struct MappeZeichnen {
  std::vector<base::Uuid> schritte{};
};
BOOST_DESCRIBE_STRUCT(MappeZeichnen, (), (schritte))
struct MappeErgebnis {
  base::Uuid schritt{};
  bool gezeichnet = false;
  OptText grund{};  ///< why not
};
BOOST_DESCRIBE_STRUCT(MappeErgebnis, (), (schritt, gezeichnet, grund))
struct MappeAusgabe {
  std::vector<MappeErgebnis> eintraege{};
};
BOOST_DESCRIBE_STRUCT(MappeAusgabe, (), (eintraege))

Result<bool> zeichne(Change& change, const Berechtigung& wer, Geschaeftsgang& geschaeftsgang, const base::Uuid& id) {
  change.by({wer.person, 0});
  const auto row = mandant::rowByUuid<SchrittZeile>(change.tx(), wer.mandant, id);
  if (!row) return base::fail(base::Code::NichtGefunden);
  const auto vorgang = mandant::rowById<akte::VorgangZeile>(change.tx(), wer.mandant, row->vorgang).value();
  AKTENLOTSE_GET(mit, akte::findVorgang(change.tx(), wer, vorgang.uuid));
  SchrittHandeln what;
  what.schritt = id;
  what.handlung = Schritthandlung::erledigen;
  AKTENLOTSE_TRY(geschaeftsgang.handle(change, wer, mit, what));
  return true;
}

Result<MappeAusgabe> zeichneAlle(Zugang& zugang, Geschaeftsgang& geschaeftsgang, const Berechtigung& wer,
                                 const MappeZeichnen& input) {
  if (input.schritte.empty() || input.schritte.size() > 100)
    return base::fail(base::Code::EingabeUngueltig, "Eine Umlaufmappe hat 1 bis 100 Stücke.", "schritte");
  auto& journal = zugang.journal();
  return journal.database().write(wer.mandant, [&](sql::WriteTx& tx) -> Result<MappeAusgabe> {
    MappeAusgabe out;
    std::size_t unknown = 0;
    for (const auto& id : input.schritte) {
      const auto done =
          journal.one(tx, wer.mandant, [&](Change& change) { return zeichne(change, wer, geschaeftsgang, id); });
      unknown += !done && done.error().code == base::Code::NichtGefunden ? 1 : 0;
      const auto why = [&] {
        return done.error().detail.empty() ? std::string(base::info(done.error().code).titelDe) : done.error().detail;
      };
      out.eintraege.push_back({id, done.has_value(), done ? OptText{} : OptText{why()}});
    }
    if (unknown == input.schritte.size()) return base::fail(base::Code::NichtGefunden);
    return out;
  });
}

}  // namespace

void addPostkorbRoutes(http::Routes& routes, Zugang& zugang, Geschaeftsgang& geschaeftsgang) {
  zugang.ereignisse().deuter(
      [](Tx tx, std::int64_t mandant, const mandant::Ereignisse::Neues& neues, const base::Datum& heute,
         mandant::Hoererschaft& hoerer) { deutePostkorb(tx, mandant, neues.zeilen, heute, hoerer); });
  routes.add<None, PostkorbFrage, PostkorbAusgabe>(
      Verb::get, "/api/postkorb",
      {"postkorb", "Geschaeftsgang", "What is this person's to do, by what is due; or his unit's"},
      [&zugang](const auto& call) {
        return zugang.read<PostkorbAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<PostkorbAusgabe> {
          return postkorb(tx, wer, call.query, base::Datum::of(zugang.journal().clock().now()));
        });
      });
  routes.add<MappeZeichnen, None, MappeAusgabe>(
      Verb::post, "/api/postkorb/zeichnen",
      {.id = "postkorbZeichnen",
       .tag = "Geschaeftsgang",
       .summary = "Sign a whole Umlaufmappe; what cannot be signed is named with its reason",
       .recht = "schrittErledigen"},
      [&zugang, &geschaeftsgang](const auto& call) -> Result<http::Reply<MappeAusgabe>> {
        AKTENLOTSE_GET(result, zeichneAlle(zugang, geschaeftsgang, Zugang::who(call), call.body));
        http::Reply<MappeAusgabe> out;
        out.value = std::move(result);
        return out;
      });
}

}  // namespace geschaeftsgang
