// The same bytes elsewhere: shown, never refused.
#include "routen.h"

namespace eingang {
namespace {

struct Dublette {
  base::Uuid dokument{};
  std::optional<std::string> zeichen{};
  std::string betreff{}, dateiname{};
  std::int64_t version = 0;
  base::Zeitpunkt erstellt{};
  std::optional<akte::Verweis> vorgang{};  ///< nothing while it lies in a Posteingang
};
BOOST_DESCRIBE_STRUCT(Dublette, (), (dokument, zeichen, betreff, dateiname, version, erstellt, vorgang))
struct Dubletten {
  std::vector<Dublette> eintraege{};
};
BOOST_DESCRIBE_STRUCT(Dubletten, (), (eintraege))

struct Fund {
  base::Uuid dokument{};
  std::optional<std::string> zeichen{};
  std::string betreff{}, dateiname{};
  std::int64_t version = 0;
  base::Zeitpunkt erstellt{};
  std::optional<std::int64_t> vorgang{};
};
BOOST_DESCRIBE_STRUCT(Fund, (), (dokument, zeichen, betreff, dateiname, version, erstellt, vorgang))

/// Dokumente that the person may see and that hold, in any version, the bytes of this one's newest version. Oldest
/// first.
Dubletten find(const sql::ReadTx& tx, const mandant::Berechtigung& wer, const akte::DokumentZeile& dokument) {
  sql::Query query(
      "SELECT d.uuid, d.zeichen, d.betreff, v.dateiname, v.nr, v.angelegt, d.vorgang FROM version v JOIN dokument d ON "
      "d.mandant = v.mandant AND d.id = v.dokument WHERE v.mandant = :mandant AND v.sha256 = (SELECT sha256 FROM "
      "version "
      "WHERE mandant = :mandant2 AND dokument = :dokument AND nr = :nr) AND d.id <> :selbst AND ",
      wer.mandant, wer.mandant, dokument.id, dokument.version, dokument.id);
  query.add(mandant::sichtbar("d.zugriff", wer)).add(" ORDER BY v.id LIMIT 20");
  Dubletten out;
  for (auto& fund : tx.query<Fund>(query)) {
    Dublette eine{fund.dokument, fund.zeichen, fund.betreff, fund.dateiname, fund.version, fund.erstellt, {}};
    if (fund.vorgang) {
      const auto vorgang = mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, *fund.vorgang).value();
      if (akte::findVorgang(tx, wer, vorgang.uuid)) eine.vorgang = {vorgang.uuid, vorgang.zeichen, vorgang.betreff};
    }
    out.eintraege.push_back(std::move(eine));
  }
  return out;
}

}  // namespace

void addDublettenRoutes(http::Routes& routes, mandant::Zugang& zugang) {
  routes.add<None, None, Dubletten>(
      Verb::get, "/api/dokumente/{id}/dubletten",
      {"dokumentDubletten", "Posteingang", "Where else the same bytes lie, as far as the person may see it"},
      [&zugang](const auto& call) {
        return zugang.read<Dubletten>(call,
                                      [&](const auto& tx, const mandant::Berechtigung& wer) -> base::Result<Dubletten> {
                                        AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
                                        return find(tx, wer, mit.dokument);
                                      });
      });
}

}  // namespace eingang
