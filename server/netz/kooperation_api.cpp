// The Kooperationsbörse and its shared rooms, as JSON.
#include <fmt/format.h>

#include <algorithm>

#include "netz/kooperation.h"
#include "netz/verbund.h"
#include "routen.h"

namespace netz {
namespace {

struct NetzKooperationKurz {
  base::Uuid id{};
  Richtung richtung{};
  std::string thema{};
  OptText beschreibung{};
  std::vector<std::string> laender{};
  Rechtsform rechtsform{};
  std::optional<Groesse> groesseVon{}, groesseBis{};
  Kooperationsstatus status{};
  NetzOrt ort{};
  base::Datum angelegt{};
  bool eigene = false;
};
BOOST_DESCRIBE_STRUCT(NetzKooperationKurz, (),
                      (id, richtung, thema, beschreibung, laender, rechtsform, groesseVon, groesseBis, status, ort,
                       angelegt, eigene))
struct NetzKooperationListe {
  std::vector<NetzKooperationKurz> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(NetzKooperationListe, (), (eintraege, nach))

struct NetzPassung : NetzKooperationKurz {
  std::int64_t punkte = 0;
  std::vector<std::string> gruende{};
};
BOOST_DESCRIBE_STRUCT(NetzPassung, (NetzKooperationKurz), (punkte, gruende))

struct NetzRaumSchritt {
  base::Zeitpunkt zeit{};
  Uebergabeart art{};
  bool eigener = false;
  std::string wer{}, zeichen{}, betreff{}, sha256{};
  std::optional<base::Uuid> dokument{};  ///< as it lies here
  std::optional<base::Zeitpunkt> abgeholt{};
  std::string hinweis{};
};
BOOST_DESCRIBE_STRUCT(NetzRaumSchritt, (),
                      (zeit, art, eigener, wer, zeichen, betreff, sha256, dokument, abgeholt, hinweis))

struct NetzRaum {
  Raumstatus status{};
  base::Uuid vorgang{};
  std::string zeichen{};
  OptText dort{};  ///< sign of the other side's Vorgang; nothing while it has not opened one
  std::vector<NetzRaumSchritt> verlauf{};
  bool darfGeben = false;
};
BOOST_DESCRIBE_STRUCT(NetzRaum, (), (status, vorgang, zeichen, dort, verlauf, darfGeben))

struct NetzKooperation : NetzKooperationKurz {
  std::int64_t stand = 0;  ///< 0 where it is not of this tenant
  std::optional<Sichtbarkeit> sichtbarkeit{};
  std::optional<NetzMitglied> kontakt{};
  std::optional<NetzKooperationKurz> gegenueber{};
  bool gegenseitig = false;                      ///< the other side names this one too
  std::vector<NetzKooperationKurz> antworten{};  ///< of others, who name this one
  std::vector<NetzPassung> passend{};
  std::optional<NetzRaum> raum{};  ///< for whom the Vorgang is there
  bool darfAendern = false, darfAntworten = false, darfRaum = false;
  std::vector<Kooperationsstatus> naechste{};
  std::optional<NetzHerkunft> aus{};
};
BOOST_DESCRIBE_STRUCT(NetzKooperation, (NetzKooperationKurz),
                      (stand, sichtbarkeit, kontakt, gegenueber, gegenseitig, antworten, passend, raum, darfAendern,
                       darfAntworten, darfRaum, naechste, aus))

struct KooperationFrage : Seite {
  std::optional<base::Line<200>> q{};
  std::optional<base::Line<60>> land{};
  std::optional<Richtung> richtung{};
  std::optional<bool> offene{};  ///< without those that are ended
};
BOOST_DESCRIBE_STRUCT(KooperationFrage, (Seite), (q, land, richtung, offene))
struct KooperationId {
  base::Uuid kooperation{};
};
BOOST_DESCRIBE_STRUCT(KooperationId, (), (kooperation))

template <class Out = NetzKooperationKurz>
Out kurz(Tx tx, const Berechtigung& wer, const Aushang& row) {
  const auto inhalt = inhaltOf<KooperationInhalt>(row);
  Out out;
  out.id = row.uuid;
  out.richtung = inhalt.richtung;
  out.thema = row.titel;
  out.beschreibung = inhalt.beschreibung;
  out.laender = inhalt.laender;
  out.rechtsform = inhalt.rechtsform;
  out.groesseVon = inhalt.groesseVon;
  out.groesseBis = inhalt.groesseBis;
  out.status = inhalt.status;
  out.ort = ortOf(tx, row);
  out.angelegt = inhalt.angelegt;
  out.eigene = row.eigner == wer.mandant;
  return out;
}

Result<NetzKooperationListe> list(Tx tx, const Berechtigung& wer, const KooperationFrage& frage) {
  AKTENLOTSE_GET(limit, akte::limitOf(frage.limit));
  sql::Query rest(" AND a.art = 'kooperation'");
  if (frage.q) rest.add(" AND a.suche LIKE '%' || :worte || '%'", base::foldCase(frage.q->value));
  if (frage.land) rest.add(" AND a.land = :land", frage.land->value);
  if (frage.richtung) rest.add(" AND a.inhalt LIKE '%\"richtung\":\"' || :richtung || '\"%'", *frage.richtung);
  if (frage.offene.value_or(false)) rest.add(" AND a.inhalt NOT LIKE '%\"status\":\"beendet\"%'");
  if (frage.nach) rest.add(" AND a.uuid < :nach", frage.nach->value);
  auto rows = sichtbare(tx, blickOf(tx, wer), rest.add(" ORDER BY a.uuid DESC LIMIT :grenze", limit + 1));
  NetzKooperationListe out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.pop_back();
    out.nach = rows.back().uuid.text();
  }
  for (const auto& row : rows) out.eintraege.push_back(kurz(tx, wer, row));
  return out;
}

std::vector<NetzPassung> passende(Tx tx, const Berechtigung& wer, const Aushang& hier) {
  constexpr std::size_t most = 10;
  std::vector<NetzPassung> out;
  const auto alle = registerOf(tx);
  const auto mine = vorhabenOf(*alle, hier);
  for (const auto& row : sichtbare(tx, blickOf(tx, wer),
                                   sql::Query(" AND a.art = 'kooperation' AND a.eigner <> :eigner AND a.inhalt LIKE "
                                              "'%\"status\":\"offen\"%' ORDER BY a.uuid DESC LIMIT 2000",
                                              wer.mandant))) {
    const auto found = passt(mine, vorhabenOf(*alle, row));
    if (!found) continue;
    auto one = kurz<NetzPassung>(tx, wer, row);
    one.punkte = found->punkte;
    one.gruende = found->gruende;
    out.push_back(std::move(one));
  }
  std::ranges::stable_sort(out, std::greater<>(), &NetzPassung::punkte);
  if (out.size() > most) out.resize(most);
  return out;
}

std::optional<NetzRaum> show(Tx tx, const Berechtigung& wer, const RaumZeile& raum) {
  const auto uuid = mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, raum.vorgang).value().uuid;
  const auto vorgang = akte::findVorgang(tx, wer, uuid);
  if (!vorgang) return std::nullopt;
  NetzRaum out;
  out.status = raum.status;
  out.vorgang = uuid;
  out.zeichen = vorgang->vorgang.zeichen;
  out.darfGeben = raum.status == Raumstatus::offen && wer.hat(Recht::netzMitmachen) &&
                  mandant::darf(wer, Recht::dokumentAnlegen, vorgang->gegenstand).has_value();
  const auto pieces = tx.query<RaumstueckZeile>(sql::Query::select<RaumstueckZeile>().add(
      " FROM netz_raumstueck WHERE mandant = :mandant AND raum = :raum ORDER BY id", raum.mandant, raum.id));
  for (const auto& one : verlaufOf(tx, raum)) {
    NetzRaumSchritt step{
        one.zeit,     one.art,    one.von == raum.mandant, {}, one.zeichen, one.betreff, one.sha256, {},
        one.abgeholt, one.hinweis};
    step.wer = tx.value<std::string>("SELECT name FROM mandant_verzeichnis WHERE mandant = :von", one.von).value_or("");
    if (one.art == Uebergabeart::dokument) {
      const auto piece = std::ranges::find(pieces, one.uuid.text(), &RaumstueckZeile::uebergabe);
      // What lies in the Vorgang may have an access of its own.
      const auto row = piece == pieces.end() ? std::nullopt
                                             : mandant::rowById<akte::DokumentZeile>(tx, wer.mandant, piece->dokument);
      if (row && akte::findDokument(tx, wer, row->uuid))
        step.dokument = row->uuid;
      else if (step.eigener || row)
        step.betreff.clear();
    } else {
      step.abgeholt.reset();
      if (!step.eigener && one.art == Uebergabeart::eroeffnet) out.dort = one.zeichen;
    }
    out.verlauf.push_back(std::move(step));
  }
  return out;
}

NetzKooperation show(Tx tx, const Berechtigung& wer, const Aushang& row) {
  auto out = kurz<NetzKooperation>(tx, wer, row);
  const auto inhalt = inhaltOf<KooperationInhalt>(row);
  const auto blick = blickOf(tx, wer);
  out.aus = herkunftOf(tx, wer, row.uuid);
  if (inhalt.kontakt)
    if (const auto people =
            sichtbare(tx, blick, sql::Query(" AND a.art = 'mitglied' AND a.uuid = :uuid", *inhalt.kontakt));
        !people.empty())
      out.kontakt = mitglieder(tx, wer, blick, people).front();
  out.darfAntworten =
      !out.eigene && inhalt.status == Kooperationsstatus::offen && wer.hat(Recht::netzMitmachen) && !wer.nurLesen;
  return out;
}

/// One of this tenant.
NetzKooperation show(Tx tx, const Berechtigung& wer, const KooperationZeile& row) {
  const auto self = aushangOf(tx, row).front();
  auto out = show(tx, wer, self);
  out.stand = row.stand;
  out.sichtbarkeit = row.sichtbarkeit;
  out.naechste = naechste(wer, row);
  out.darfAendern = wer.hat(Recht::netzMitmachen) && !wer.nurLesen &&
                    (row.status == Kooperationsstatus::offen || row.status == Kooperationsstatus::imGespraech);
  const auto blick = blickOf(tx, wer);
  if (row.gegenueber)
    for (const auto& there :
         sichtbare(tx, blick, sql::Query(" AND a.art = 'kooperation' AND a.uuid = :uuid", *row.gegenueber))) {
      out.gegenueber = kurz(tx, wer, there);
      out.gegenseitig = nennt(tx, there, row.uuid);
      out.darfRaum = there.eigner != 0 && out.gegenseitig && row.status == Kooperationsstatus::vereinbart &&
                     out.gegenueber->status == Kooperationsstatus::vereinbart && wer.hat(Recht::netzMitmachen) &&
                     !wer.nurLesen && !raumOf(tx, row);
    }
  for (const auto& there : sichtbare(tx, blick,
                                     sql::Query(" AND a.art = 'kooperation' AND a.eigner <> :eigner AND a.inhalt LIKE "
                                                "'%\"gegenueber\":\"%' ORDER BY a.uuid",
                                                wer.mandant)))
    if (nennt(tx, there, row.uuid) && there.uuid.text() != row.gegenueber)
      out.antworten.push_back(kurz(tx, wer, there));
  if (row.status == Kooperationsstatus::offen) out.passend = passende(tx, wer, self);
  if (const auto raum = raumOf(tx, row)) out.raum = show(tx, wer, *raum);
  return out;
}

Result<NetzKooperation> one(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  if (const auto own = findKooperation(tx, wer, uuid)) return show(tx, wer, *own);
  const auto rows = sichtbare(tx, blickOf(tx, wer), sql::Query(" AND a.art = 'kooperation' AND a.uuid = :uuid", uuid));
  if (rows.empty()) return base::fail(base::Code::NichtGefunden);
  return show(tx, wer, rows.front());
}

void addRaum(http::Routes& routes, Zugang& zugang, Raeume& raeume) {
  const auto change = [&]<class Body>(std::string_view end, std::string_view id, std::string_view summary, bool weckt,
                                      auto apply) {
    routes.add<Body, None, NetzKooperation>(
        Verb::post, fmt::format("/api/netz/kooperationen/{{id}}/raum{}", end),
        {.id = id, .tag = "Netz", .summary = summary, .recht = "netzMitmachen", .changesExisting = true},
        [&zugang, &raeume, apply, weckt](const auto& call) {
          std::optional<RaumZeile> raum;
          auto reply =
              zugang.change<NetzKooperation>(call, [&](Change& c, const Berechtigung& wer) -> Result<NetzKooperation> {
                AKTENLOTSE_GET(row, findKooperation(c.tx(), wer, call.id));
                AKTENLOTSE_TRY(mandant::checkStand(call, row.stand));
                AKTENLOTSE_GET(after, apply(c, wer, row, call.body));
                raum = after;
                return show(c.tx(), wer, row);
              });
          if (reply && raum && weckt) raeume.wecke(*raum);
          return reply;
        });
  };
  change.operator()<RaumEroeffnen>("", "netzRaumEroeffnen", "Make a Vorgang the own half of a shared room", false,
                                   [&raeume](Change& c, const auto& wer, const auto& row, const auto& body) {
                                     return raeume.eroeffne(c, wer, row, body);
                                   });
  change.operator()<RaumGeben>("/dokument", "netzRaumGeben",
                               "Give the newest version of a Dokument: the other side gets its own with equal bytes",
                               true, [&raeume](Change& c, const auto& wer, const auto& row, const auto& body) {
                                 return raeume.gib(c, wer, row, body);
                               });
  change.operator()<None>(
      "/beenden", "netzRaumBeenden", "End a shared room; what came stays", false,
      [&raeume](Change& c, const auto& wer, const auto& row, const auto&) { return raeume.beende(c, wer, row); });
}

}  // namespace

void addKooperationRoutes(http::Routes& routes, Zugang& zugang, Raeume& raeume) {
  routes.add<None, KooperationFrage, NetzKooperationListe>(
      Verb::get, "/api/netz/kooperationen",
      {"netzKooperationen", "Netz", "What towns offer and seek, the newest first"}, [&zugang](const auto& call) {
        return zugang.read<NetzKooperationListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
  routes.add<None, KooperationId, NetzKooperation>(
      Verb::get, "/api/netz/kooperation",
      {"netzKooperation", "Netz", "One offer or request, with what fits it and why"}, [&zugang](const auto& call) {
        return zugang.read<NetzKooperation>(
            call, [&](Tx tx, const Berechtigung& wer) { return one(tx, wer, call.query.kooperation); });
      });
  routes.add<KooperationNeu, None, NetzKooperation>(
      Verb::post, "/api/netz/kooperationen",
      {.id = "netzKooperationAnlegen",
       .tag = "Netz",
       .summary = "Offer or seek something, or answer to what another offers or seeks",
       .recht = "netzMitmachen",
       .create = true},
      [&zugang](const auto& call) {
        return zugang.create<NetzKooperation>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, createKooperation(change, wer, call.body));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<NetzKooperation> {
              AKTENLOTSE_GET(row, findKooperation(tx, wer, uuid));
              return show(tx, wer, row);
            });
      });
  const auto change = [&]<class Body>(Verb verb, std::string_view end, std::string_view id, std::string_view summary,
                                      auto apply) {
    routes.add<Body, None, NetzKooperation>(
        verb, fmt::format("/api/netz/kooperationen/{{id}}{}", end),
        {.id = id, .tag = "Netz", .summary = summary, .recht = "netzMitmachen", .changesExisting = true},
        [&zugang, apply](const auto& call) {
          return zugang.change<NetzKooperation>(call,
                                                [&](Change& c, const Berechtigung& wer) -> Result<NetzKooperation> {
                                                  AKTENLOTSE_GET(before, findKooperation(c.tx(), wer, call.id));
                                                  AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
                                                  AKTENLOTSE_GET(after, apply(c, wer, before, call.body));
                                                  return show(c.tx(), wer, after);
                                                });
        });
  };
  change.operator()<KooperationNeu>(Verb::put, "", "netzKooperationAendern", "Change an offer or request",
                                    [](Change& c, const auto& wer, const auto& before, const auto& body) {
                                      return changeKooperation(c, wer, before, body);
                                    });
  change.operator()<KooperationZustand>(
      Verb::post, "/zustand", "netzKooperationZustand", "Begin talks with somebody, agree, end, or open again",
      [](Change& c, const auto& wer, const auto& before, const auto& body) { return wechsle(c, wer, before, body); });
  addRaum(routes, zugang, raeume);
}

}  // namespace netz
