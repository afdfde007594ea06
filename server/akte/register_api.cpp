#include "akte/register.h"
#include "routen.h"

namespace akte {
namespace {

struct BlattAusgabe {
  base::Uuid id{};
  Blattart art{};
  std::string bezeichnung{};
  std::int64_t platz = 0;
  std::optional<base::Uuid> ueber{};
  std::int64_t anzahl = 0;  ///< what the person sees of what lies behind it
};
BOOST_DESCRIBE_STRUCT(BlattAusgabe, (), (id, art, bezeichnung, platz, ueber, anzahl))

struct RegisterAusgabe {
  std::int64_t stand = 0;
  std::vector<BlattAusgabe> eintraege{};
  bool darfAendern = false;
};
BOOST_DESCRIBE_STRUCT(RegisterAusgabe, (), (stand, eintraege, darfAendern))

struct BlattEntfernen {
  base::Uuid id{};
};
BOOST_DESCRIBE_STRUCT(BlattEntfernen, (), (id))

struct Anzahl {
  std::int64_t blatt = 0, anzahl = 0;
};
BOOST_DESCRIBE_STRUCT(Anzahl, (), (blatt, anzahl))

RegisterAusgabe registerOf(Tx tx, const Berechtigung& wer, const Objekt& objekt) {
  RegisterAusgabe out;
  out.stand = objekt.stand;
  out.darfAendern = mandant::darf(wer, objekt.aendern(), objekt.gegenstand).has_value();
  const auto rows = blaetterIn(tx, wer.mandant, objekt.art, objekt.id);
  if (rows.empty()) return out;
  std::map<std::int64_t, std::int64_t> counts;
  sql::Query query(
      objekt.art == SuchArt::akte
          ? sql::Sql(
                "SELECT x.registerblatt, COUNT(*) FROM vorgang x WHERE x.mandant = :mandant AND x.akte = :darin AND "
                "x.registerblatt IS NOT NULL AND ")
          : sql::Sql(
                "SELECT x.registerblatt, COUNT(*) FROM dokument x WHERE x.mandant = :mandant AND x.vorgang = :darin "
                "AND x.registerblatt IS NOT NULL AND "),
      wer.mandant, objekt.id);
  query.add(mandant::sichtbar("x.zugriff", wer)).add(" GROUP BY x.registerblatt");
  tx.each<Anzahl>(query, [&](Anzahl&& row) { counts[row.blatt] = row.anzahl; });
  std::map<std::int64_t, base::Uuid> uuids;
  for (const auto& row : rows) {
    uuids[row.id] = row.uuid;
    out.eintraege.push_back({row.uuid, row.art, row.bezeichnung, row.platz,
                             row.ueber ? std::optional(uuids.at(*row.ueber)) : std::nullopt, counts[row.id]});
  }
  return out;
}

/// The names of one kind's operations; they live as long as the program.
struct Namen {
  std::string_view pfad, recht, lesen, anlegen, aendern, entfernen;
};

class Hinzufuegen {
 public:
  Hinzufuegen(http::Routes& routes, Zugang& zugang, SuchArt art, const Namen& namen)
      : routes_(routes), zugang_(zugang), art_(art), namen_(namen) {}

  void read() {
    routes_.add<None, None, RegisterAusgabe>(
        Verb::get, std::string(namen_.pfad),
        {namen_.lesen, "Register", "Its Registerblätter, Teilakten and Bände, each after the one in which it lies"},
        [&zugang = zugang_, art = art_](const auto& call) {
          return zugang.template read<RegisterAusgabe>(call,
                                                       [&](Tx tx, const Berechtigung& wer) -> Result<RegisterAusgabe> {
                                                         AKTENLOTSE_GET(objekt, findObjekt(tx, wer, art, call.id));
                                                         return registerOf(tx, wer, objekt);
                                                       });
        });
  }

  /// `apply(change, wer, objekt, body)`; the answer is the whole register afterwards.
  template <class Body, class Apply>
  void change(Verb verb, std::string_view teil, std::string_view id, std::string_view summary, Apply apply) {
    routes_.add<Body, None, RegisterAusgabe>(
        verb, std::string(namen_.pfad) + std::string(teil),
        {.id = id, .tag = "Register", .summary = summary, .recht = namen_.recht, .changesExisting = true},
        [&zugang = zugang_, art = art_, apply](const auto& call) {
          return zugang.template change<RegisterAusgabe>(
              call, [&](Change& change, const Berechtigung& wer) -> Result<RegisterAusgabe> {
                AKTENLOTSE_GET(objekt, findObjekt(change.tx(), wer, art, call.id));
                AKTENLOTSE_TRY(mandant::checkStand(call, objekt.stand));
                AKTENLOTSE_TRY(apply(change, wer, objekt, call.body));
                return registerOf(change.tx(), wer, objekt);
              });
        });
  }

 private:
  http::Routes& routes_;
  Zugang& zugang_;
  SuchArt art_;
  const Namen& namen_;
};

void addRegister(http::Routes& routes, Zugang& zugang, SuchArt art, const Namen& namen) {
  Hinzufuegen add(routes, zugang, art, namen);
  add.read();
  add.change<BlattNeu>(Verb::post, "", namen.anlegen, "Add a Registerblatt, a Teilakte or a Band",
                       [](Change& c, const auto& wer, const auto& objekt, const auto& body) {
                         return createBlatt(c, wer, objekt, body);
                       });
  add.change<BlattAendern>(Verb::put, "", namen.aendern, "Give it another name, or another place among those beside it",
                           [](Change& c, const auto& wer, const auto& objekt, const auto& body) {
                             return changeBlatt(c, wer, objekt, body);
                           });
  add.change<BlattEntfernen>(Verb::post, "/entfernen", namen.entfernen, "Remove one behind which nothing lies",
                             [](Change& c, const auto& wer, const auto& objekt, const auto& body) {
                               return removeBlatt(c, wer, objekt, body.id);
                             });
}

}  // namespace

void addRegisterRoutes(http::Routes& routes, Zugang& zugang) {
  static constexpr Namen inAkte{"/api/akten/{id}/register", "akteAendern",         "akteRegister",
                                "akteRegisterAnlegen",      "akteRegisterAendern", "akteRegisterEntfernen"};
  static constexpr Namen inVorgang{
      "/api/vorgaenge/{id}/register", "vorgangAendern",         "vorgangRegister",
      "vorgangRegisterAnlegen",       "vorgangRegisterAendern", "vorgangRegisterEntfernen"};
  addRegister(routes, zugang, SuchArt::akte, inAkte);
  addRegister(routes, zugang, SuchArt::vorgang, inVorgang);
  Routen<VorgangAusgabe, decltype(&findVorgang)> vorgang(routes, zugang, "Register", &findVorgang);
  vorgang.change<Gliedern>(
      Verb::put, "/api/vorgaenge/{id}/gliedern",
      {"vorgangGliedern", "Put the Vorgang behind a Registerblatt of its Akte, or behind none", "vorgangAendern"},
      [](Change& c, const auto& wer, const auto& before, const auto& body) { return gliedern(c, wer, before, body); });
  Routen<DokumentAusgabe, decltype(&findDokument)> dokument(routes, zugang, "Register", &findDokument);
  dokument.change<Gliedern>(
      Verb::put, "/api/dokumente/{id}/gliedern",
      {"dokumentGliedern", "Put the Dokument behind a Registerblatt of its Vorgang, or behind none", "dokumentAendern"},
      [](Change& c, const auto& wer, const auto& before, const auto& body) { return gliedern(c, wer, before, body); });
}

}  // namespace akte
