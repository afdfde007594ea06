#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "mandant/zweitfaktor.h"

namespace mandant {
namespace {

using http::None;
using http::Verb;

struct AnmeldungEingabe {
  base::Line<40> mandant{};
  base::Line<60> name{};
  base::Line<200> passwort{};
};
BOOST_DESCRIBE_STRUCT(AnmeldungEingabe, (), (mandant, name, passwort))

struct PasswortEingabe {
  base::Line<200> alt{}, neu{};
};
BOOST_DESCRIBE_STRUCT(PasswortEingabe, (), (alt, neu))

struct SitzungPerson {
  base::Uuid id{};
  std::string name{}, anmeldename{};
};
BOOST_DESCRIBE_STRUCT(SitzungPerson, (), (id, name, anmeldename))

struct SitzungMandant {
  std::string schluessel{}, name{}, land{};
};
BOOST_DESCRIBE_STRUCT(SitzungMandant, (), (schluessel, name, land))

struct SitzungStelle {
  base::Uuid id{};
  std::string bezeichnung{};
  OrganisationseinheitKurz organisationseinheit{};
  bool leitung = false;
};
BOOST_DESCRIBE_STRUCT(SitzungStelle, (), (id, bezeichnung, organisationseinheit, leitung))

/// What is still to come after the password; until then the session has no rights.
struct Anmeldeschritt {
  Offen art{};
  std::vector<Faktorart> faktoren{};  ///< of which kinds there are some
};
BOOST_DESCRIBE_STRUCT(Anmeldeschritt, (), (art, faktoren))

struct Sitzung {
  SitzungPerson person{};
  SitzungMandant mandant{};
  std::vector<Rolle> rollen{};
  std::vector<Recht> rechte{};
  std::vector<SitzungStelle> stellen{};
  std::string csrf{};
  std::optional<Anmeldeschritt> offen{};
};
BOOST_DESCRIBE_STRUCT(Sitzung, (), (person, mandant, rollen, rechte, stellen, csrf, offen))

struct TokenEingabe {
  base::Line<100> bezeichnung{};
  Umfang umfang{};
  base::Datum ende{};
};
BOOST_DESCRIBE_STRUCT(TokenEingabe, (), (bezeichnung, umfang, ende))

struct TokenAusgabe {
  base::Uuid id{};
  std::string bezeichnung{};
  Umfang umfang{};
  base::Zeitpunkt ende{}, erstellt{};
  std::optional<std::string> geheimnis{};
};
BOOST_DESCRIBE_STRUCT(TokenAusgabe, (), (id, bezeichnung, umfang, ende, erstellt, geheimnis))

struct TokenListe {
  std::vector<TokenAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(TokenListe, (), (eintraege))

struct StelleRow {
  base::Uuid id{};
  std::string bezeichnung{};
  base::Uuid oe{};
  std::string kurzzeichen{}, oeBezeichnung{};
  bool leitung = false;
};
BOOST_DESCRIBE_STRUCT(StelleRow, (), (id, bezeichnung, oe, kurzzeichen, oeBezeichnung, leitung))

Sitzung sitzungOf(const sql::ReadTx& tx, const Berechtigung& wer) {
  const auto person = rowById<PersonZeile>(tx, wer.mandant, wer.person).value();
  const auto town = allRows<MandantZeile>(tx, wer.mandant).at(0);
  Sitzung out{{person.uuid, nameOf(person), person.anmeldename},
              {town.schluessel, town.name, town.land},
              wer.rollen,
              wer.rechte,
              {},
              wer.csrf,
              {}};
  if (wer.offen) {
    out.offen = Anmeldeschritt{*wer.offen, {}};
    for (const auto& faktor : faktorenOf(tx, wer.mandant, wer.person))
      if (std::ranges::find(out.offen->faktoren, faktor.art) == out.offen->faktoren.end())
        out.offen->faktoren.push_back(faktor.art);
    return out;
  }
  const auto stellen = tx.query<StelleRow>(
      "SELECT s.uuid, s.bezeichnung, o.uuid, o.kurzzeichen, o.bezeichnung, s.leitung FROM besetzung b "
      "JOIN stelle s ON s.mandant = b.mandant AND s.id = b.stelle "
      "JOIN organisationseinheit o ON o.mandant = s.mandant AND o.id = s.organisationseinheit "
      "WHERE b.mandant = :mandant AND b.person = :person ORDER BY s.id",
      wer.mandant, wer.person);
  for (const auto& row : stellen)
    out.stellen.push_back({row.id, row.bezeichnung, {row.oe, row.kurzzeichen, row.oeBezeichnung}, row.leitung});
  return out;
}

/// A session as its owner sees it. Its name is made from what is kept of its secret, and tells nothing of it.
struct SitzungAusgabe {
  base::Uuid id{};
  base::Zeitpunkt begonnen{}, ende{};
  bool diese = false;           ///< the one that asks
  bool unvollstaendig = false;  ///< the second factor is still to be proved: it has no rights
};
BOOST_DESCRIBE_STRUCT(SitzungAusgabe, (), (id, begonnen, ende, diese, unvollstaendig))

struct SitzungListe {
  std::vector<SitzungAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(SitzungListe, (), (eintraege))

struct OffeneSitzung {
  std::string geheimnisHash{};
  base::Zeitpunkt begonnen{}, ende{};
  std::optional<Offen> offen{};
};
BOOST_DESCRIBE_STRUCT(OffeneSitzung, (), (geheimnisHash, begonnen, ende, offen))

base::Uuid nameOf(const OffeneSitzung& sitzung) {
  const auto hex = base::sha256Hex("sitzung " + sitzung.geheimnisHash);
  return base::Uuid::parse(fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                                       hex.substr(16, 4), hex.substr(20, 12)))
      .value();
}

std::vector<OffeneSitzung> sitzungenOf(const sql::ReadTx& tx, const Berechtigung& wer, base::Zeitpunkt jetzt) {
  return tx.query<OffeneSitzung>(
      "SELECT geheimnis_hash, begonnen, ende, offen FROM sitzung WHERE mandant = :mandant AND person = :person AND "
      "ende > :jetzt ORDER BY begonnen DESC, geheimnis_hash",
      wer.mandant, wer.person, jetzt);
}

void addSitzungRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, SitzungListe>(
      Verb::get, "/api/anmeldung/sitzungen", {"sitzungen", "Anmeldung", "One's own sessions, the newest first"},
      [&](const auto& call) {
        return zugang.read<SitzungListe>(
            call, [&](const sql::ReadTx& tx, const Berechtigung& wer) -> base::Result<SitzungListe> {
              SitzungListe out;
              for (const auto& row : sitzungenOf(tx, wer, zugang.journal().clock().now()))
                out.eintraege.push_back({nameOf(row), row.begonnen, row.ende, row.geheimnisHash == wer.geheimnisHash,
                                         row.offen.has_value()});
              return out;
            });
      });

  routes.add<None, None, None>(
      Verb::del, "/api/anmeldung/sitzungen/{id}", {"sitzungBeenden", "Anmeldung", "End one of one's own sessions"},
      [&](const auto& call) -> base::Result<http::Reply<None>> {
        auto jene = Zugang::who(call);
        const bool found = zugang.journal().database().read(jene.mandant, [&](const sql::ReadTx& tx) {
          for (const auto& row : sitzungenOf(tx, jene, zugang.journal().clock().now()))
            if (nameOf(row) == call.id) {
              jene.geheimnisHash = row.geheimnisHash;
              return true;
            }
          return false;
        });
        if (!found) return base::fail(base::Code::NichtGefunden);
        zugang.abmelden(jene, false);
        http::Reply<None> reply;
        if (jene.geheimnisHash == Zugang::who(call).geheimnisHash)
          reply.headers.emplace_back("Set-Cookie", zugang.endCookie());
        return reply;
      });
}

TokenAusgabe tokenOf(const ApiTokenZeile& row) {
  return {row.uuid, row.bezeichnung, row.umfang, row.ende, row.erstellt, std::nullopt};
}

void addTokenRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, TokenListe>(
      Verb::get, "/api/token", {"tokenListe", "Anmeldung", "API tokens of the person"}, [&](const auto& call) {
        return zugang.read<TokenListe>(
            call, [](const sql::ReadTx& tx, const Berechtigung& wer) -> base::Result<TokenListe> {
              TokenListe out;
              const auto rows = tx.query<ApiTokenZeile>(sql::Query::select<ApiTokenZeile>().add(
                  " FROM api_token WHERE mandant = :mandant AND person = :person ORDER BY id", wer.mandant,
                  wer.person));
              for (const auto& row : rows) out.eintraege.push_back(tokenOf(row));
              return out;
            });
      });

  routes.add<TokenEingabe, None, TokenAusgabe>(
      Verb::post, "/api/token",
      {.id = "tokenAnlegen",
       .tag = "Anmeldung",
       .summary = "Make an API token; its secret is shown this once",
       .create = true},
      [&](const auto& call) {
        const std::string geheimnis = base::randomHex(32);
        const std::string hash = base::sha256Hex(geheimnis);
        return zugang.create<TokenAusgabe>(
            call,
            [&](Change& change, const Berechtigung& wer) -> base::Result<base::Uuid> {
              const auto today = base::Datum::of(change.zeit());
              if (call.body.ende <= today || call.body.ende.year() > today.year() + 2)
                return base::fail(base::Code::EingabeUngueltig,
                                  "„ende“ muss nach heute und innerhalb von zwei Jahren liegen.", "ende");
              ApiTokenZeile row{0,
                                0,
                                change.newUuid(),
                                wer.person,
                                call.body.bezeichnung.value,
                                call.body.umfang,
                                base::endOfDay(call.body.ende),
                                change.zeit(),
                                hash};
              change.insert(row);
              change.about({"token.angelegt", row.tabelle, row.id, 0, wer.person});
              return row.uuid;
            },
            [&](const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) -> base::Result<TokenAusgabe> {
              const auto row = rowByUuid<ApiTokenZeile>(tx, wer.mandant, uuid);
              if (!row) return base::fail(base::Code::NichtGefunden);
              auto out = tokenOf(*row);
              // Only its hash is kept: a repeated request cannot be shown the secret again.
              if (row->geheimnisHash == hash) out.geheimnis = std::to_string(wer.mandant) + "." + geheimnis;
              return out;
            });
      });

  routes.add<None, None, None>(
      Verb::del, "/api/token/{id}", {"tokenEntfernen", "Anmeldung", "Withdraw an API token"}, [&](const auto& call) {
        return zugang.change<None>(call, [&](Change& change, const Berechtigung& wer) -> base::Result<None> {
          const auto row = rowByUuid<ApiTokenZeile>(change.tx(), wer.mandant, call.id);
          if (!row || row->person != wer.person) return base::fail(base::Code::NichtGefunden);
          change.erase(*row);
          change.about({"token.entfernt", row->tabelle, row->id, 0, wer.person});
          return None{};
        });
      });
}

}  // namespace

void addAnmeldungRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<AnmeldungEingabe, None, Sitzung>(
      Verb::post, "/api/anmeldung", {.id = "anmelden", .tag = "Anmeldung", .summary = "Sign in", .open = true},
      [&](const auto& call) -> base::Result<http::Reply<Sitzung>> {
        AKTENLOTSE_GET(angemeldet,
                       zugang.anmelden(call.body.mandant.value, call.body.name.value, call.body.passwort.value));
        http::Reply<Sitzung> reply;
        reply.value = zugang.journal().database().read(
            angemeldet.wer.mandant, [&](const sql::ReadTx& tx) { return sitzungOf(tx, angemeldet.wer); });
        reply.headers.emplace_back("Set-Cookie", angemeldet.cookie);
        return reply;
      });

  routes.add<None, None, Sitzung>(
      Verb::get, "/api/anmeldung", {"sitzung", "Anmeldung", "Who is signed in"}, [&](const auto& call) {
        return zugang.read<Sitzung>(call, [](const sql::ReadTx& tx, const Berechtigung& wer) -> base::Result<Sitzung> {
          return sitzungOf(tx, wer);
        });
      });

  routes.addRaw<None>(
      Verb::get, "/api/ereignisse",
      {.id = "ereignisse",
       .tag = "Anmeldung",
       .summary = "A stream of what changes for the person: names of lists to ask for again, no content",
       .produces = "text/event-stream"},
      [&zugang](const auto& call) -> base::Result<http::Response> {
        AKTENLOTSE_GET(stream, zugang.ereignisse().hoere(Zugang::who(call)));
        return http::events(std::move(stream));
      });

  const auto end = [&zugang](const auto& call, bool everywhere) -> base::Result<http::Reply<None>> {
    zugang.abmelden(Zugang::who(call), everywhere);
    http::Reply<None> reply;
    reply.headers.emplace_back("Set-Cookie", zugang.endCookie());
    return reply;
  };
  routes.add<None, None, None>(Verb::del, "/api/anmeldung",
                               {.id = "abmelden", .tag = "Anmeldung", .summary = "Sign out", .signingIn = true},
                               [end](const auto& call) { return end(call, false); });
  routes.add<None, None, None>(Verb::del, "/api/anmeldung/alle",
                               {"ueberallAbmelden", "Anmeldung", "Sign out everywhere"},
                               [end](const auto& call) { return end(call, true); });

  routes.add<PasswortEingabe, None, None>(
      Verb::put, "/api/anmeldung/passwort",
      {.id = "passwortAendern",
       .tag = "Anmeldung",
       .summary = "Change one's own password; all sessions end, but for one that was asked for it when it began",
       .signingIn = true},
      [&](const auto& call) -> base::Result<http::Reply<None>> {
        const auto& who = Zugang::who(call);
        if (who.offen && *who.offen != Offen::kennwort) return base::fail(base::Code::NichtAngemeldet);
        AKTENLOTSE_TRY(zugang.verlangePasswort(who, call.body.alt.value, "alt"));
        if (who.offen && call.body.alt.value == call.body.neu.value)
          return base::fail(base::Code::EingabeUngueltig, "Nehmen Sie ein anderes Passwort als das bisherige.", "neu");
        std::string cookie;
        auto reply = zugang.change<None>(call, [&](Change& change, const Berechtigung& wer) -> base::Result<None> {
          const auto person = rowById<PersonZeile>(change.tx(), wer.mandant, wer.person).value();
          AKTENLOTSE_TRY(
              setPassword(change, person, call.body.neu.value, /*vorlaeufig=*/false).map_error([](base::Error error) {
                error.feld = "neu";
                return error;
              }));
          if (wer.offen)
            cookie = zugang.eroeffne(change.tx(), wer.mandant, wer.person, danach(change.tx(), wer.mandant, wer.person))
                         .cookie;
          return None{};
        });
        if (reply && !cookie.empty()) reply->headers.emplace_back("Set-Cookie", cookie);
        return reply;
      });
  addSitzungRoutes(routes, zugang);
  addTokenRoutes(routes, zugang);
  addZweitfaktorRoutes(routes, zugang);
}

}  // namespace mandant
