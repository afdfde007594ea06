// Events: what is on, signing up, and what the inviting tenant does.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "geschaeftsgang/frist.h"
#include "kalender.h"
#include "routen.h"
#include "sql/liste.h"
#include "treffen.h"
#include "treffen_inhalt.h"

namespace netz {
namespace {

/// What the person is to an event.
struct NetzTeilnahme {
  Anmeldestatus status{};
  std::int64_t platz = 0;  ///< on the waiting list; 0 with a seat
  OptText link{};
  std::optional<bool> dabei{};
  bool rueckmeldung = false;
};
BOOST_DESCRIBE_STRUCT(NetzTeilnahme, (), (status, platz, link, dabei, rueckmeldung))

struct NetzTerminKurz {
  base::Uuid id{};
  Terminart art{};
  Terminstatus status{};
  std::string titel{}, beginn{}, ende{};
  OptText ort{}, modul{};
  NetzOrt von{};
  OptId plaetze{};
  std::int64_t belegt = 0, wartend = 0;
  bool voll = false, online = false, vorbei = false;
  std::optional<NetzTeilnahme> meine{};
};
BOOST_DESCRIBE_STRUCT(NetzTerminKurz, (),
                      (id, art, status, titel, beginn, ende, ort, modul, von, plaetze, belegt, wartend, voll, online,
                       vorbei, meine))
struct NetzTerminListe {
  std::vector<NetzTerminKurz> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(NetzTerminListe, (), (eintraege, nach))

struct NetzRueckmeldungen {
  std::int64_t anzahl = 0, zehntel = 0;  ///< the mean, times ten
  std::vector<std::string> texte{};
};
BOOST_DESCRIBE_STRUCT(NetzRueckmeldungen, (), (anzahl, zehntel, texte))

struct NetzTermin : NetzTerminKurz {
  std::int64_t stand = 0;  ///< 0 where it is not of this tenant
  OptText beschreibung{}, protokoll{}, regel{}, regelWorte{}, modulTitel{};
  std::vector<Punktplan> tagesordnung{};
  std::vector<Material> material{};
  std::vector<NetzTerminKurz> reihe{};  ///< others of its series, still to come
  std::optional<Sichtbarkeit> sichtbarkeit{};
  OptText link{};  ///< told to whoever may change it
  std::optional<NetzRueckmeldungen> rueckmeldungen{};
  bool eigene = false, darfAnmelden = false, darfAbmelden = false, darfAendern = false, darfZurueckmelden = false;
  std::vector<Terminstatus> naechste{};
};
BOOST_DESCRIBE_STRUCT(NetzTermin, (NetzTerminKurz),
                      (stand, beschreibung, protokoll, regel, regelWorte, modulTitel, tagesordnung, material, reihe,
                       sichtbarkeit, link, rueckmeldungen, eigene, darfAnmelden, darfAbmelden, darfAendern,
                       darfZurueckmelden, naechste))

struct NetzAnmeldung {
  std::int64_t nr = 0;
  std::string name{}, kommune{};
  Anmeldestatus status{};
  std::optional<bool> dabei{};
};
BOOST_DESCRIBE_STRUCT(NetzAnmeldung, (), (nr, name, kommune, status, dabei))
struct NetzAnmeldungListe {
  std::vector<NetzAnmeldung> eintraege{};
};
BOOST_DESCRIBE_STRUCT(NetzAnmeldungListe, (), (eintraege))

struct TerminSuche : Seite {
  std::optional<base::Line<200>> q{};
  std::optional<Terminart> terminart{};
  std::optional<base::Line<60>> land{};
  std::optional<bool> vergangen{}, meine{};
};
BOOST_DESCRIBE_STRUCT(TerminSuche, (Seite), (q, terminart, land, vergangen, meine))

struct TerminFrage {
  base::Uuid termin{};
};
BOOST_DESCRIBE_STRUCT(TerminFrage, (), (termin))

using Meine = std::map<std::string, NetzTeilnahme, std::less<>>;

Meine meineOf(const std::vector<Aushang>& rows) {
  Meine out;
  for (const auto& row : rows) {
    const auto one = inhaltOf<AnmeldungInhalt>(row);
    out[one.termin] = {one.status, one.platz, one.link, one.dabei, one.rueckmeldung};
  }
  return out;
}

NetzTerminKurz kurz(Tx tx, const Aushang& row, const Meine& meine, const std::string& jetzt) {
  const auto inhalt = inhaltOf<TerminInhalt>(row);
  NetzTerminKurz out;
  out.id = row.uuid;
  out.art = inhalt.art;
  out.status = inhalt.status;
  out.titel = row.titel;
  out.beginn = inhalt.beginn;
  out.ende = inhalt.ende;
  out.ort = inhalt.ort;
  out.modul = inhalt.modul;
  out.von = ortOf(tx, row);
  if (out.von.name.empty())
    out.von.name =
        tx.value<std::string>("SELECT name FROM mandant_verzeichnis WHERE mandant = :eigner", row.eigner).value_or("");
  out.plaetze = inhalt.plaetze;
  out.belegt = inhalt.belegt;
  out.wartend = inhalt.wartend;
  out.voll = inhalt.plaetze && inhalt.belegt >= *inhalt.plaetze;
  out.online = inhalt.mitLink;
  out.vorbei = inhalt.ende <= jetzt;
  if (const auto found = meine.find(row.uuid.text()); found != meine.end()) out.meine = found->second;
  return out;
}

Result<NetzTerminListe> list(Tx tx, const Berechtigung& wer, const TerminSuche& frage, const std::string& jetzt) {
  AKTENLOTSE_GET(limit, akte::limitOf(frage.limit));
  const auto mine = anmeldungenFuer(tx, wer);
  const auto meine = meineOf(mine);
  const bool past = frage.vergangen.value_or(false);
  sql::Query rest(" AND a.art = 'termin'");
  if (frage.q) rest.add(" AND a.suche LIKE '%' || :worte || '%'", base::foldCase(frage.q->value));
  if (frage.terminart) rest.add(" AND a.inhalt LIKE '{\"art\":\"' || :art || '\"%'", *frage.terminart);
  if (frage.land) rest.add(" AND a.land = :land", frage.land->value);
  if (frage.meine.value_or(false)) {
    std::vector<std::string> ids;
    for (const auto& [id, one] : meine) ids.push_back(id);
    rest.add(" AND a.uuid").add(sql::in(tx, ids));
  }
  const auto& from = frage.nach ? frage.nach->value : jetzt;
  if (past)
    rest.add(" AND a.ordnung <> '' AND a.ordnung < :vor ORDER BY a.ordnung DESC, a.uuid LIMIT :grenze", from,
             limit + 1);
  else
    rest.add(" AND a.ordnung > :ab ORDER BY a.ordnung, a.uuid LIMIT :grenze", from, limit + 1);
  auto rows = sichtbare(tx, blickOf(tx, wer), rest);
  NetzTerminListe out;
  // Those that begin at the same moment stay on one page, or the cursor would pass over them.
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    const auto next = rows.back().ordnung;
    while (rows.size() > 1 && rows.back().ordnung == next) rows.pop_back();
    out.nach = rows.back().ordnung;
  }
  for (const auto& row : rows) out.eintraege.push_back(kurz(tx, row, meine, jetzt));
  return out;
}

std::optional<NetzRueckmeldungen> rueckmeldungenOf(Tx tx, const TerminZeile& row) {
  const auto all = tx.query<RueckmeldungZeile>(sql::Query::select<RueckmeldungZeile>().add(
      " FROM netz_rueckmeldung WHERE mandant = :mandant AND termin = :termin ORDER BY note, uuid", row.mandant,
      row.id));
  // Of two or three one could guess who said what.
  if (all.size() < 3) return std::nullopt;
  NetzRueckmeldungen out;
  out.anzahl = static_cast<std::int64_t>(all.size());
  for (const auto& one : all) {
    out.zehntel += 10 * one.note;
    if (one.inhalt) out.texte.push_back(*one.inhalt);
  }
  out.zehntel = (out.zehntel + out.anzahl / 2) / out.anzahl;
  return out;
}

NetzTermin show(Tx tx, const Berechtigung& wer, const Aushang& row, const std::string& jetzt) {
  const auto meine = meineOf(anmeldungenFuer(tx, wer));
  const auto inhalt = inhaltOf<TerminInhalt>(row);
  NetzTermin out;
  static_cast<NetzTerminKurz&>(out) = kurz(tx, row, meine, jetzt);
  out.beschreibung = inhalt.beschreibung;
  out.protokoll = inhalt.protokoll;
  out.tagesordnung = inhalt.tagesordnung;
  out.material = inhalt.material;
  if (inhalt.modul)
    if (const auto* one = modul(*inhalt.modul)) out.modulTitel = one->titel;
  const bool nimmtTeil = !wer.nurLesen && wer.hat(Recht::netzMitmachen);
  const bool offen = inhalt.status == Terminstatus::offen && inhalt.beginn > jetzt;
  out.darfAnmelden = nimmtTeil && offen && !out.meine && row.eigner != 0;
  out.darfAbmelden = nimmtTeil && offen && out.meine.has_value();
  out.darfZurueckmelden = nimmtTeil && inhalt.status != Terminstatus::abgesagt && inhalt.beginn <= jetzt && out.meine &&
                          out.meine->status == Anmeldestatus::angemeldet && !out.meine->rueckmeldung;
  if (inhalt.reihe)
    for (const auto& one : sichtbare(tx, blickOf(tx, wer),
                                     sql::Query(" AND a.art = 'termin' AND a.ordnung > :jetzt AND a.inhalt LIKE "
                                                "'%\"reihe\":\"' || :reihe || '\"%' AND a.uuid <> :dieser ORDER BY "
                                                "a.ordnung LIMIT 12",
                                                jetzt, *inhalt.reihe, row.uuid)))
      out.reihe.push_back(kurz(tx, one, meine, jetzt));
  return out;
}

/// One of this tenant, in whatever state.
NetzTermin show(Tx tx, const Berechtigung& wer, const TerminZeile& row, const std::string& jetzt) {
  auto as = row;
  if (as.status == Terminstatus::geplant) as.status = Terminstatus::offen;
  auto out = show(tx, wer, aushangOf(tx, as).front(), jetzt);
  out.stand = row.stand;
  out.status = row.status;
  out.eigene = true;
  out.sichtbarkeit = row.sichtbarkeit;
  out.regel = row.regel;
  if (row.regel)
    if (const auto regel = liesRegel(*row.regel)) out.regelWorte = worteOf(*regel);
  out.naechste = naechste(tx, wer, row);
  out.darfAnmelden = out.darfAnmelden && row.status == Terminstatus::offen;
  out.darfAendern = row.status != Terminstatus::abgesagt && !wer.nurLesen &&
                    (row.status == Terminstatus::geplant ? wer.hat(Recht::netzMitmachen) : !out.naechste.empty());
  // The address of the meeting is for those who take part, and for whoever keeps the event.
  if (out.darfAendern) out.link = row.link;
  if (out.darfAendern) out.rueckmeldungen = rueckmeldungenOf(tx, row);
  return out;
}

Result<NetzTermin> one(Tx tx, const Berechtigung& wer, const base::Uuid& uuid, const std::string& jetzt) {
  if (const auto own = findTermin(tx, wer, uuid)) return show(tx, wer, *own, jetzt);
  const auto rows = sichtbare(tx, blickOf(tx, wer), sql::Query(" AND a.art = 'termin' AND a.uuid = :uuid", uuid));
  if (rows.empty()) return base::fail(base::Code::NichtGefunden);
  return show(tx, wer, rows.front(), jetzt);
}

NetzAnmeldungListe anmeldeliste(Tx tx, const TerminZeile& row) {
  NetzAnmeldungListe out;
  for (const auto& one : anmeldungenOf(tx, row))
    out.eintraege.push_back({one.nr, one.name, one.kommune, one.status, one.dabei});
  return out;
}

/// An event that this person sees, and whose tenant is here: who invites keeps who takes part.
Result<std::int64_t> eignerOf(Zugang& zugang, const Berechtigung& wer, const base::Uuid& termin) {
  return zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<std::int64_t> {
    const auto rows = sichtbare(tx, blickOf(tx, wer), sql::Query(" AND a.art = 'termin' AND a.uuid = :uuid", termin));
    if (rows.empty()) return base::fail(base::Code::NichtGefunden);
    if (rows.front().eigner == 0)
      return base::fail(base::Code::Konflikt, "Zu dieser Veranstaltung melden Sie sich dort an, wo sie her kommt.");
    return rows.front().eigner;
  });
}

template <class F>
Result<http::Reply<NetzTermin>> beim(Zugang& zugang, const Berechtigung& wer, const base::Uuid& termin, F apply) {
  AKTENLOTSE_GET(eigner, eignerOf(zugang, wer, termin));
  auto& journal = zugang.journal();
  const auto wen = journal.database().read(wer.mandant, [&](Tx tx) { return teilnehmerOf(tx, wer); });
  AKTENLOTSE_TRY(journal.change(eigner, [&](Change& change) {
    // A number of another tenant means nothing in this journal.
    change.by({eigner == wer.mandant ? wer.person : 0, 0});
    return apply(change, wen);
  }));
  const auto jetzt = journal.clock().now().iso();
  AKTENLOTSE_GET(shown, journal.database().read(wer.mandant, [&](Tx tx) { return one(tx, wer, termin, jetzt); }));
  http::Reply<NetzTermin> reply;
  reply.stand = shown.stand;
  reply.value = std::move(shown);
  return reply;
}

Kalendereintrag eintragOf(const Aushang& row, const Meine& meine) {
  const auto inhalt = inhaltOf<TerminInhalt>(row);
  Kalendereintrag out{row.uuid,      row.titel,   inhalt.beschreibung.value_or(""),       inhalt.ort.value_or(""),
                      inhalt.beginn, inhalt.ende, inhalt.status == Terminstatus::abgesagt};
  if (const auto found = meine.find(row.uuid.text()); found != meine.end() && found->second.link) {
    if (out.ort.empty()) out.ort = *found->second.link;
    out.text += (out.text.empty() ? "" : "\n") + *found->second.link;
  }

  return out;
}

http::Response ics(const std::vector<Kalendereintrag>& eintraege, base::Zeitpunkt jetzt) {
  auto response = http::text(200, "text/calendar; charset=utf-8", kalenderOf(eintraege, jetzt));
  response.set("Content-Disposition", "attachment; filename=\"termine.ics\"");
  return response;
}

void addReading(http::Routes& routes, Zugang& zugang) {
  const auto jetzt = [&zugang] { return zugang.journal().clock().now(); };
  routes.add<None, TerminSuche, NetzTerminListe>(
      Verb::get, "/api/netz/termine", {"netzTermine", "Netz", "Events, the next first; or those that are over"},
      [&zugang, jetzt](const auto& call) {
        return zugang.read<NetzTerminListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query, jetzt().iso()); });
      });
  routes.add<None, TerminFrage, NetzTermin>(
      Verb::get, "/api/netz/termin", {"netzTermin", "Netz", "One event, of whichever tenant"},
      [&zugang, jetzt](const auto& call) {
        return zugang.read<NetzTermin>(
            call, [&](Tx tx, const Berechtigung& wer) { return one(tx, wer, call.query.termin, jetzt().iso()); });
      });
  routes.add<None, None, NetzTerminListe>(
      Verb::get, "/api/netz/terminentwuerfe",
      {"netzTerminentwuerfe", "Netz", "Events of the own tenant, in every state"}, [&zugang, jetzt](const auto& call) {
        return zugang.read<NetzTerminListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzTerminListe> {
          NetzTerminListe out;
          for (const auto& row : tx.query<TerminZeile>(sql::Query::select<TerminZeile>().add(
                   " FROM netz_termin WHERE mandant = :mandant ORDER BY beginn DESC LIMIT 200", wer.mandant))) {
            auto as = row;
            as.status = Terminstatus::offen;
            out.eintraege.push_back(kurz(tx, aushangOf(tx, as).front(), {}, jetzt().iso()));
            out.eintraege.back().status = row.status;
          }
          return out;
        });
      });
  routes.add<None, None, Formate>(
      Verb::get, "/api/netz/terminformate",
      {"netzTerminformate", "Netz", "Ready-made formats, and the modules of training"}, [&zugang](const auto& call) {
        return zugang.read<Formate>(call, [](Tx, const Berechtigung&) -> Result<Formate> { return formate(); });
      });
  routes.addRaw<TerminFrage>(
      Verb::get, "/api/netz/termin.ics",
      {.id = "netzTerminKalender", .tag = "Netz", .summary = "One event as iCalendar", .produces = "text/calendar"},
      [&zugang, jetzt](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        return zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<http::Response> {
          const auto rows = sichtbare(tx, blickOf(tx, wer),
                                      sql::Query(" AND a.art = 'termin' AND a.uuid = :uuid", call.query.termin));
          if (rows.empty()) return base::fail(base::Code::NichtGefunden);
          return ics({eintragOf(rows.front(), meineOf(anmeldungenFuer(tx, wer)))}, jetzt());
        });
      });
  routes.addRaw<None>(
      Verb::get, "/api/netz/termine.ics",
      {.id = "netzTermineKalender",
       .tag = "Netz",
       .summary = "The events that one takes part in, as iCalendar",
       .produces = "text/calendar"},
      [&zugang, jetzt](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        return zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<http::Response> {
          const auto meine = meineOf(anmeldungenFuer(tx, wer));
          std::vector<std::string> ids;
          for (const auto& [id, one] : meine) ids.push_back(id);
          std::vector<Kalendereintrag> out;
          for (const auto& row : sichtbare(
                   tx, blickOf(tx, wer),
                   sql::Query(" AND a.art = 'termin' AND a.uuid").add(sql::in(tx, ids)).add(" ORDER BY a.ordnung")))
            out.push_back(eintragOf(row, meine));
          return ics(out, jetzt());
        });
      });
}

void addTakingPart(http::Routes& routes, Zugang& zugang) {
  routes.add<None, TerminFrage, NetzTermin>(
      Verb::post, "/api/netz/anmeldung",
      {.id = "netzAnmelden",
       .tag = "Netz",
       .summary = "Sign up for an event, or wait for a seat",
       .recht = "netzMitmachen"},
      [&zugang](const auto& call) {
        return beim(zugang, Zugang::who(call), call.query.termin,
                    [&](Change& c, const Teilnehmer& wen) { return meldeAn(c, call.query.termin, wen); });
      });
  routes.add<None, TerminFrage, NetzTermin>(
      Verb::del, "/api/netz/anmeldung",
      {.id = "netzAbmelden",
       .tag = "Netz",
       .summary = "Give one's seat back; who waits moves up",
       .recht = "netzMitmachen"},
      [&zugang](const auto& call) {
        return beim(zugang, Zugang::who(call), call.query.termin,
                    [&](Change& c, const Teilnehmer& wen) { return meldeAb(c, call.query.termin, wen.person); });
      });
  routes.add<RueckmeldungNeu, TerminFrage, NetzTermin>(
      Verb::post, "/api/netz/rueckmeldung",
      {.id = "netzRueckmeldung", .tag = "Netz", .summary = "Say what one thought of it", .recht = "netzMitmachen"},
      [&zugang](const auto& call) {
        return beim(zugang, Zugang::who(call), call.query.termin, [&](Change& c, const Teilnehmer& wen) {
          return meldeZurueck(c, call.query.termin, wen.person, call.body);
        });
      });
}

void addInviting(http::Routes& routes, Zugang& zugang) {
  const auto jetzt = [&zugang] { return zugang.journal().clock().now().iso(); };
  routes.add<TerminNeu, None, NetzTermin>(
      Verb::post, "/api/netz/termine",
      {.id = "netzTerminAnlegen",
       .tag = "Netz",
       .summary = "Plan an event, or a series by rule",
       .recht = "netzMitmachen",
       .create = true},
      [&zugang, jetzt](const auto& call) {
        return zugang.create<NetzTermin>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, createTermin(change, wer, call.body));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<NetzTermin> {
              AKTENLOTSE_GET(row, findTermin(tx, wer, uuid));
              return show(tx, wer, row, jetzt());
            });
      });
  const auto change = [&]<class Body>(Verb verb, std::string_view end, std::string_view id, std::string_view summary,
                                      auto apply) {
    routes.add<Body, None, NetzTermin>(
        verb, fmt::format("/api/netz/termine/{{id}}{}", end),
        {.id = id, .tag = "Netz", .summary = summary, .recht = "netzMitmachen", .changesExisting = true},
        [&zugang, jetzt, apply](const auto& call) {
          return zugang.change<NetzTermin>(call, [&](Change& c, const Berechtigung& wer) -> Result<NetzTermin> {
            AKTENLOTSE_GET(before, findTermin(c.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
            AKTENLOTSE_GET(after, apply(c, wer, before, call));
            return show(c.tx(), wer, after, jetzt());
          });
        });
  };
  change.operator()<TerminNeu>(Verb::put, "", "netzTerminAendern", "Change an event; who takes part is told",
                               [](Change& c, const auto& wer, const auto& before, const auto& call) {
                                 return aendereTermin(c, wer, before, call.body);
                               });
  change.operator()<TerminZustand>(Verb::post, "/zustand", "netzTerminZustand", "Invite, call off, or say that it was",
                                   [](Change& c, const auto& wer, const auto& before, const auto& call) {
                                     return wechsle(c, wer, before, call.body.status);
                                   });
  change.operator()<TerminNachlese>(Verb::put, "/nachlese", "netzTerminNachlese", "Minutes and material",
                                    [](Change& c, const auto& wer, const auto& before, const auto& call) {
                                      return liesNach(c, wer, before, call.body);
                                    });
  change.operator()<DabeiSetzen>(Verb::put, "/anmeldungen/{nr}", "netzDabei", "Note whether somebody was there",
                                 [](Change& c, const auto& wer, const auto& before, const auto& call) {
                                   return setzeDabei(c, wer, before, call.nr, call.body.dabei);
                                 });
  routes.add<None, None, NetzAnmeldungListe>(
      Verb::get, "/api/netz/termine/{id}/anmeldungen",
      {.id = "netzAnmeldungen",
       .tag = "Netz",
       .summary = "Who takes part in an event of the own tenant",
       .recht = "netzMitmachen"},
      [&zugang](const auto& call) {
        return zugang.read<NetzAnmeldungListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzAnmeldungListe> {
          AKTENLOTSE_GET(row, findTermin(tx, wer, call.id));
          return anmeldeliste(tx, row);
        });
      });
}

}  // namespace

std::vector<Aushang> anmeldungenFuer(Tx tx, const Berechtigung& wer) {
  const auto person = mandant::personKurz(tx, wer.mandant, wer.person);
  if (!person) return {};
  return tx.query<Aushang>(sql::Query::select<Aushang>().add(
      " FROM netz_aushang WHERE art = 'anmeldung' AND ober = :person ORDER BY ordnung", person->id));
}

void addTerminRoutes(http::Routes& routes, Zugang& zugang) {
  addSchulungRoutes(routes, zugang);
  addReading(routes, zugang);
  addTakingPart(routes, zugang);
  addInviting(routes, zugang);
}

}  // namespace netz
