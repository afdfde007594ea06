// The routes of the table of transitions: one for each row, what stands against them, and the protocol of deletions.
#include "routen.h"

namespace akte {
namespace {

/// An object that stands against something; `stand` is for the request that solves it.
struct ObjektKurz {
  SuchArt art{};
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string zeichen{}, betreff{};
  Status status{};
};
BOOST_DESCRIBE_STRUCT(ObjektKurz, (), (art, id, stand, zeichen, betreff, status))

struct SperreKurz {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string grund{};
};
BOOST_DESCRIBE_STRUCT(SperreKurz, (), (id, stand, grund))

struct HindernisAusgabe {
  Bedingung grund{};
  std::string satz{};
  std::optional<ObjektKurz> objekt{};
  std::optional<Uebergang> loesung{};  ///< of the object
  std::optional<SperreKurz> sperre{};  ///< a Löschsperre: to be lifted
  bool darf = false;                   ///< whether this person has the right to that
};
BOOST_DESCRIBE_STRUCT(HindernisAusgabe, (), (grund, satz, objekt, loesung, sperre, darf))

struct UebergangAusgabe {
  Uebergang uebergang{};
  std::optional<Status> nach{};
  Recht recht{};
  bool darf = false;
  std::vector<HindernisAusgabe> hindernisse{};
};
BOOST_DESCRIBE_STRUCT(UebergangAusgabe, (), (uebergang, nach, recht, darf, hindernisse))

struct LoeschungAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  SuchArt objektArt{};
  std::optional<base::Uuid> objekt{};  ///< while it is there
  OptText zeichen{};
  std::string grund{};
  std::optional<PersonKurz> antragsteller{};
  base::Zeitpunkt beantragtAm{};
  base::Datum fruehestens{};
  Ergebnis ergebnis{};
  std::optional<PersonKurz> entscheider{};
  std::optional<base::Zeitpunkt> entschiedenAm{};
  OptId vorgaenge{}, dokumente{}, versionen{};
};
BOOST_DESCRIBE_STRUCT(LoeschungAusgabe, (),
                      (id, stand, objektArt, objekt, zeichen, grund, antragsteller, beantragtAm, fruehestens, ergebnis,
                       entscheider, entschiedenAm, vorgaenge, dokumente, versionen))
struct LoeschungListe {
  std::vector<LoeschungAusgabe> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(LoeschungListe, (), (eintraege, nach))

struct UebergaengeAusgabe {
  Status status{}, zustand{};
  std::vector<UebergangAusgabe> eintraege{};
  std::optional<LoeschungAusgabe> loeschung{};  ///< the open request
};
BOOST_DESCRIBE_STRUCT(UebergaengeAusgabe, (), (status, zustand, eintraege, loeschung))

template <class Row>
std::optional<base::Uuid> uuidIn(Tx tx, std::int64_t mandant, std::int64_t id) {
  const auto row = mandant::rowById<Row>(tx, mandant, id);
  return row ? std::optional(row->uuid) : std::nullopt;
}

LoeschungAusgabe show(Tx tx, const LoeschungZeile& row) {
  LoeschungAusgabe out;
  out.id = row.uuid;
  out.stand = row.stand;
  out.objektArt = base::enumFrom<SuchArt>(row.objektArt).value();
  out.objekt = out.objektArt == SuchArt::akte      ? uuidIn<AkteZeile>(tx, row.mandant, row.objekt)
               : out.objektArt == SuchArt::vorgang ? uuidIn<VorgangZeile>(tx, row.mandant, row.objekt)
                                                   : uuidIn<DokumentZeile>(tx, row.mandant, row.objekt);
  out.zeichen = row.zeichen;
  out.grund = row.grund;
  out.antragsteller = mandant::personKurz(tx, row.mandant, row.antragsteller);
  out.beantragtAm = row.beantragtAm;
  out.fruehestens = row.fruehestens;
  out.ergebnis = row.ergebnis;
  if (row.entscheider) out.entscheider = mandant::personKurz(tx, row.mandant, *row.entscheider);
  out.entschiedenAm = row.entschiedenAm;
  out.vorgaenge = row.vorgaenge;
  out.dokumente = row.dokumente;
  out.versionen = row.versionen;
  return out;
}

HindernisAusgabe show(Tx tx, const Berechtigung& wer, const Hindernis& hindernis, bool english) {
  HindernisAusgabe out{hindernis.grund, satz(hindernis, english), {}, loesungFor(hindernis), {}, false};
  if (!hindernis.objekt) return out;
  const auto& k = *hindernis.objekt;
  out.objekt = ObjektKurz{k.art, k.uuid, k.stand, k.zeichen, k.betreff, k.status};
  const auto may = [&](Recht recht) {
    return mandant::darf(wer, recht, {mandant::stufeFor(tx, wer, k.zugriff), true}).has_value();
  };
  if (out.loesung) out.darf = may(regelFor(k.art, *out.loesung).recht);
  if (hindernis.sperre) {
    out.sperre = SperreKurz{hindernis.sperre->uuid, hindernis.sperre->stand, hindernis.sperre->grund};
    out.darf = may(Recht::aussonderungPflegen);
  }
  return out;
}

/// Every transition from the object's own status, with all that stands against it.
UebergaengeAusgabe list(Tx tx, const Berechtigung& wer, const Lage& lage, const mandant::Gegenstand& gegenstand,
                        base::Zeitpunkt jetzt, bool english) {
  UebergaengeAusgabe out{lage.selbst.status, zustandOf(lage), {}, {}};
  for (const auto& regel : regeln()) {
    if (regel.art != lage.selbst.art || regel.von != lage.selbst.status) continue;
    UebergangAusgabe one{regel.uebergang,
                         regel.nach,
                         regel.recht,
                         mandant::darf(wer, regel.recht, {gegenstand.stufe, true}).has_value(),
                         {}};
    for (const auto& hindernis : hindernisse(tx, wer, lage, regel, jetzt))
      one.hindernisse.push_back(show(tx, wer, hindernis, english));
    out.eintraege.push_back(std::move(one));
  }
  if (const auto open = offeneLoeschung(tx, wer.mandant, lage.selbst)) out.loeschung = show(tx, *open);
  return out;
}

/// The last transition gives the protocol instead of the object.
template <class Find>
void addDeletion(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut, const std::string& pattern,
                 std::string_view tag, const Regel& regel, Find find) {
  routes.add<None, None, LoeschungAusgabe>(
      Verb::post, pattern,
      {.id = regel.kennung,
       .tag = tag,
       .summary = regel.summary,
       .recht = base::enumName(regel.recht),
       .changesExisting = true},
      [&zugang, &schriftgut, find](const auto& call) {
        std::vector<std::string> sha256;
        auto reply = zugang.change<LoeschungAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<LoeschungAusgabe> {
              AKTENLOTSE_GET(before, find(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, rowOf(before).stand));
              AKTENLOTSE_GET(gone, schriftgut.loesche(change, wer, lageOf(before), before.gegenstand));
              sha256 = gone.sha256;
              return show(change.tx(), gone.protokoll);
            });
        if (reply) schriftgut.aufraeumen(sha256);
        return reply;
      });
}

template <class Out, class Find>
void addKind(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut, SuchArt art, const std::string& base,
             std::string_view tag, std::string_view listId, Find find) {
  routes.add<None, None, UebergaengeAusgabe>(
      Verb::get, base + "/uebergaenge",
      {.id = listId, .tag = tag, .summary = "What its state allows now, what stands against it, and what solves that"},
      [&zugang, find](const auto& call) {
        return zugang.read<UebergaengeAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<UebergaengeAusgabe> {
          AKTENLOTSE_GET(mit, find(tx, wer, call.id));
          return list(tx, wer, lageOf(mit), mit.gegenstand, zugang.journal().clock().now(), call.request.english());
        });
      });
  Routen<Out, Find> objekt(routes, zugang, tag, find);
  for (const auto& regel : regeln()) {
    if (regel.art != art) continue;
    const auto pattern = base + "/" + regel.pfad;
    const Angaben angaben{regel.kennung, regel.summary, base::enumName(regel.recht)};
    const auto apply = [&schriftgut, uebergang = regel.uebergang](Change& c, const auto& wer, const auto& before,
                                                                  const auto& body) {
      if constexpr (std::is_same_v<std::decay_t<decltype(body)>, Wechsel>)
        return schriftgut.wechsle(c, wer, before, uebergang, body);
      else
        return schriftgut.wechsle(c, wer, before, uebergang);
    };
    if (regel.uebergang == Uebergang::loeschungBestaetigen)
      addDeletion(routes, zugang, schriftgut, pattern, tag, regel, find);
    else if (regel.uebergang == Uebergang::loeschmarkierung)
      objekt.template change<Wechsel>(Verb::post, pattern, angaben, apply);
    else
      objekt.template change<None>(Verb::post, pattern, angaben, apply);
  }
}

struct LoeschungFilter : Seite {
  std::optional<Ergebnis> ergebnis{};
};
BOOST_DESCRIBE_STRUCT(LoeschungFilter, (Seite), (ergebnis))

Result<LoeschungListe> loeschungen(Tx tx, const Berechtigung& wer, const LoeschungFilter& filter) {
  auto query = sql::Query::select<LoeschungZeile>("l");
  query.add(" FROM loeschung l WHERE l.mandant = :mandant AND ", wer.mandant);
  query.add(mandant::sichtbar("l.zugriff", wer));
  if (filter.ergebnis) query.add(" AND l.ergebnis = :ergebnis", *filter.ergebnis);
  return page<LoeschungListe, LoeschungZeile>(tx, std::move(query), "l.id", filter,
                                              [&](const LoeschungZeile& row) { return show(tx, row); });
}

}  // namespace

void addZustandRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  addKind<AkteAusgabe>(routes, zugang, schriftgut, SuchArt::akte, "/api/akten/{id}", "Akte", "akteUebergaenge",
                       &findAkte);
  addKind<VorgangAusgabe>(routes, zugang, schriftgut, SuchArt::vorgang, "/api/vorgaenge/{id}", "Vorgang",
                          "vorgangUebergaenge", &findVorgang);
  addKind<DokumentAusgabe>(routes, zugang, schriftgut, SuchArt::dokument, "/api/dokumente/{id}", "Dokument",
                           "dokumentUebergaenge", &findDokument);
  routes.add<None, LoeschungFilter, LoeschungListe>(
      Verb::get, "/api/loeschungen",
      {"loeschungen", "Loeschung", "Requests to delete and the protocol of what was deleted, newest first"},
      [&zugang](const auto& call) {
        return zugang.read<LoeschungListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return loeschungen(tx, wer, call.query); });
      });
}

}  // namespace akte
