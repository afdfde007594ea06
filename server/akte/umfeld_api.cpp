// Routes of what stands around an object, the same for Akte, Vorgang and Dokument.
#include "akte/registratur.h"
#include "merkliste.h"
#include "routen.h"

namespace akte {
namespace {

struct VerweisAusgabe {
  base::Uuid id{};
  bool eingehend = false;
  Verweisart art{};
  SuchArt objektArt{};
  base::Uuid objekt{};
  std::string zeichen{}, betreff{};
  OptText bemerkung{};
};
BOOST_DESCRIBE_STRUCT(VerweisAusgabe, (), (id, eingehend, art, objektArt, objekt, zeichen, betreff, bemerkung))

struct BeteiligterAusgabe {
  base::Uuid id{}, kontakt{};
  std::string name{}, rolle{};
  OptText bemerkung{};
};
BOOST_DESCRIBE_STRUCT(BeteiligterAusgabe, (), (id, kontakt, name, rolle, bemerkung))

struct UmfeldAusgabe {
  std::int64_t stand = 0;
  std::vector<std::string> schlagworte{}, fruehereZeichen{};
  std::vector<VerweisAusgabe> verweise{};
  std::vector<BeteiligterAusgabe> beteiligte{};
  OptText vorlage{};
  bool favorit = false, abonniert = false, darfAendern = false;
};
BOOST_DESCRIBE_STRUCT(UmfeldAusgabe, (),
                      (stand, schlagworte, fruehereZeichen, verweise, beteiligte, vorlage, favorit, abonniert,
                       darfAendern))

struct Entfernen {
  base::Uuid id{};
};
BOOST_DESCRIBE_STRUCT(Entfernen, (), (id))

struct VorlageSetzen {
  base::Patch<base::Line<200>> bezeichnung{};
};
BOOST_DESCRIBE_STRUCT(VorlageSetzen, (), (bezeichnung))

void addVerweise(Tx tx, const Berechtigung& wer, const Objekt& objekt, UmfeldAusgabe& out) {
  const auto rows = tx.query<VerweisZeile>(sql::Query::select<VerweisZeile>().add(
      " FROM verweis WHERE mandant = :mandant AND (von = :von OR nach = :nach) ORDER BY id", wer.mandant, objekt.id,
      objekt.id));
  for (const auto& row : rows) {
    const bool eingehend = row.nach == objekt.id;
    const auto other =
        eingehend ? objektById(tx, wer, row.vonArt, row.von) : objektById(tx, wer, row.nachArt, row.nach);
    if (other)
      out.verweise.push_back(
          {row.uuid, eingehend, row.art, other->art, other->uuid, other->zeichen, other->betreff, row.bemerkung});
  }
}

UmfeldAusgabe umfeldOf(Tx tx, const Berechtigung& wer, const Objekt& objekt) {
  UmfeldAusgabe out;
  out.stand = objekt.stand;
  for (const auto& row : tx.query<SchlagwortZeile>(sql::Query::select<SchlagwortZeile>().add(
           " FROM schlagwort WHERE mandant = :mandant AND objekt = :objekt ORDER BY wort, id", wer.mandant, objekt.id)))
    out.schlagworte.push_back(row.wort);
  out.fruehereZeichen = fruehereZeichen(tx, wer, objekt);
  addVerweise(tx, wer, objekt, out);
  for (const auto& row : tx.query<BeteiligungZeile>(sql::Query::select<BeteiligungZeile>().add(
           " FROM beteiligung WHERE mandant = :mandant AND objekt = :objekt ORDER BY id", wer.mandant, objekt.id))) {
    const auto kontakt = mandant::rowById<KontaktZeile>(tx, wer.mandant, row.kontakt).value();
    if (mandant::stufeFor(tx, wer, kontakt.zugriff))
      out.beteiligte.push_back({row.uuid, kontakt.uuid, nameOf(kontakt), row.rolle, row.bemerkung});
  }
  out.vorlage = tx.value<std::string>("SELECT bezeichnung FROM vorlage WHERE mandant = :mandant AND objekt = :objekt",
                                      wer.mandant, objekt.id);
  out.favorit = steht(tx, wer, Merkart::favorit, objekt.id);
  out.abonniert = steht(tx, wer, Merkart::abonnement, objekt.id);
  out.darfAendern = mandant::darf(wer, objekt.aendern(), objekt.gegenstand).has_value();
  return out;
}

/// The names of one kind's operations; they live as long as the program.
struct Namen {
  std::string_view pfad, recht, umfeld, schlagworte, verweis, verweisEntfernen, beteiligung, beteiligungEntfernen,
      merken;
};
constexpr Namen arten[] = {
    {"/api/akten/{id}/", "akteAendern", "akteUmfeld", "akteSchlagworte", "akteVerweis", "akteVerweisEntfernen",
     "akteBeteiligung", "akteBeteiligungEntfernen", "akteMerken"},
    {"/api/vorgaenge/{id}/", "vorgangAendern", "vorgangUmfeld", "vorgangSchlagworte", "vorgangVerweis",
     "vorgangVerweisEntfernen", "vorgangBeteiligung", "vorgangBeteiligungEntfernen", "vorgangMerken"},
    {"/api/dokumente/{id}/", "dokumentAendern", "dokumentUmfeld", "dokumentSchlagworte", "dokumentVerweis",
     "dokumentVerweisEntfernen", "dokumentBeteiligung", "dokumentBeteiligungEntfernen", "dokumentMerken"}};

class Hinzufuegen {
 public:
  Hinzufuegen(http::Routes& routes, Zugang& zugang, SuchArt art)
      : routes_(routes), zugang_(zugang), art_(art), namen_(arten[static_cast<std::size_t>(art)]) {}

  /// `apply(change, wer, objekt, body)`; the answer is what stands around the object afterwards.
  template <class Body, class Apply>
  void change(Verb verb, std::string_view teil, std::string_view id, std::string_view summary, Apply apply) {
    routes_.add<Body, None, UmfeldAusgabe>(
        verb, std::string(namen_.pfad) + std::string(teil),
        {.id = id, .tag = "Umfeld", .summary = summary, .recht = namen_.recht, .changesExisting = true},
        [&zugang = zugang_, art = art_, apply](const auto& call) {
          return zugang.template change<UmfeldAusgabe>(
              call, [&](Change& change, const Berechtigung& wer) -> Result<UmfeldAusgabe> {
                AKTENLOTSE_GET(objekt, findObjekt(change.tx(), wer, art, call.id));
                AKTENLOTSE_TRY(mandant::checkStand(call, objekt.stand));
                AKTENLOTSE_TRY(apply(change, wer, objekt, call.body));
                return umfeldOf(change.tx(), wer, objekt);
              });
        });
  }

  void read() {
    routes_.add<None, None, UmfeldAusgabe>(
        Verb::get, std::string(namen_.pfad) + "umfeld",
        {namen_.umfeld, "Umfeld", "Schlagworte, Verweise, Beteiligte, earlier signs of the object"},
        [&zugang = zugang_, art = art_](const auto& call) {
          return zugang.template read<UmfeldAusgabe>(call,
                                                     [&](Tx tx, const Berechtigung& wer) -> Result<UmfeldAusgabe> {
                                                       AKTENLOTSE_GET(objekt, findObjekt(tx, wer, art, call.id));
                                                       return umfeldOf(tx, wer, objekt);
                                                     });
        });
    routes_.add<MerkenSetzen, None, UmfeldAusgabe>(
        Verb::put, std::string(namen_.pfad) + "merken",
        {.id = namen_.merken,
         .tag = "Umfeld",
         .summary = "Keep the object as a favourite, subscribe to it, or no longer"},
        [&zugang = zugang_, art = art_](const auto& call) {
          return zugang.template change<UmfeldAusgabe>(
              call, [&](Change& change, const Berechtigung& wer) -> Result<UmfeldAusgabe> {
                AKTENLOTSE_GET(objekt, findObjekt(change.tx(), wer, art, call.id));
                merke(change, wer, objekt, call.body);
                return umfeldOf(change.tx(), wer, objekt);
              });
        });
  }

  [[nodiscard]] const Namen& namen() const { return namen_; }

 private:
  http::Routes& routes_;
  Zugang& zugang_;
  SuchArt art_;
  const Namen& namen_;
};

}  // namespace

void addUmfeldRoutes(http::Routes& routes, Zugang& zugang, Umfeld& umfeld) {
  for (const auto art : {SuchArt::akte, SuchArt::vorgang, SuchArt::dokument}) {
    Hinzufuegen add(routes, zugang, art);
    const auto& namen = add.namen();
    add.read();
    add.change<SchlagworteSetzen>(Verb::put, "schlagworte", namen.schlagworte, "Exactly these Schlagworte",
                                  [&](Change& c, const auto& wer, const auto& o, const auto& body) {
                                    return umfeld.setSchlagworte(c, wer, o, body);
                                  });
    add.change<VerweisNeu>(Verb::post, "verweise", namen.verweis, "Name another object; it shows this one too",
                           [&](Change& c, const auto& wer, const auto& o, const auto& body) {
                             return umfeld.addVerweis(c, wer, o, body);
                           });
    add.change<Entfernen>(Verb::post, "verweise/entfernen", namen.verweisEntfernen, "Take a Verweis away",
                          [&](Change& c, const auto& wer, const auto& o, const auto& body) {
                            return umfeld.removeVerweis(c, wer, o, body.id);
                          });
    add.change<BeteiligungNeu>(Verb::post, "beteiligte", namen.beteiligung, "Add a Kontakt in a role",
                               [&](Change& c, const auto& wer, const auto& o, const auto& body) {
                                 return umfeld.addBeteiligung(c, wer, o, body);
                               });
    add.change<Entfernen>(Verb::post, "beteiligte/entfernen", namen.beteiligungEntfernen, "Take a Beteiligten away",
                          [&](Change& c, const auto& wer, const auto& o, const auto& body) {
                            return umfeld.removeBeteiligung(c, wer, o, body.id);
                          });
    if (art == SuchArt::dokument) continue;
    add.change<VorlageSetzen>(Verb::put, "vorlage", art == SuchArt::akte ? "akteVorlage" : "vorgangVorlage",
                              "Offer the object as a template under a name; null: no longer",
                              [&](Change& c, const auto& wer, const auto& o, const auto& body) {
                                return umfeld.setVorlage(
                                    c, wer, o,
                                    body.bezeichnung.value ? OptText(body.bezeichnung.value->value) : OptText());
                              });
  }
}

}  // namespace akte
