// What is published for another installation, and what comes of it, each in one transaction.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "netz/verbund.h"
#include "routen.h"

namespace netz {
namespace {

constexpr std::size_t seiteMax = 2 * 1024 * 1024;

struct AbgabeZeile {
  std::string partner{};
  std::int64_t nr = 0;
  base::Uuid uuid{};
  std::int64_t version = 0;
  std::string art{};
  bool weg = false;
  std::int64_t zeit = 0;
  std::string hash{}, vorher{}, signatur{};
  bool aktuell = false;
  OptText was{};
};
BOOST_DESCRIBE_STRUCT(AbgabeZeile, (),
                      (partner, nr, uuid, version, art, weg, zeit, hash, vorher, signatur, aktuell, was))

struct Letzte {
  base::Uuid uuid{};
  std::int64_t version = 0;
  std::string art{};
  bool weg = false;
  std::string hash{};
};
BOOST_DESCRIBE_STRUCT(Letzte, (), (uuid, version, art, weg, hash))

struct WiderspruchPaar {
  std::string hier{}, dort{};
};
BOOST_DESCRIBE_STRUCT(WiderspruchPaar, (), (hier, dort))

FeedKopf kopfOf(const AbgabeZeile& row) {
  return {row.nr, row.uuid, row.version, row.art, row.weg, row.zeit, row.hash, row.vorher};
}

std::optional<AbgabeZeile> abgabe(Tx tx, const PartnerZeile& partner, std::int64_t nr) {
  return tx.one<AbgabeZeile>(
      "SELECT partner, nr, uuid, version, art, weg, zeit, hash, vorher, signatur, aktuell, was FROM netz_abgabe WHERE "
      "partner = :partner AND nr = :nr",
      partner.uuid, nr);
}

/// What is meant for all networks, or for the Land of this one, of the kinds that docs/netz-format.md names. Of one
/// with whom it has ended nothing is.
std::vector<Aushang> gemeint(Tx tx, const PartnerZeile& partner) {
  if (partner.status != Partnerstatus::verbunden) return {};
  return tx.query<Aushang>(sql::Query::select<Aushang>("a").add(
      " FROM netz_aushang a WHERE a.eigner <> 0 AND a.art IN ('profil', "
      "'mitglied', 'angabe', 'betreuung', 'praxis', 'baustein', 'kooperation', 'werkzeug', 'werkzeugtext') AND "
      "(a.sichtbarkeit IN ('oeffentlich', 'netze') OR (a.sichtbarkeit = 'land' AND a.land = :land)) "
      "ORDER BY CASE WHEN a.ober = '' THEN 0 ELSE 1 END, a.uuid",
      partner.land));
}

class Abgabe {
 public:
  Abgabe(sql::WriteTx& tx, const PartnerZeile& partner, const Schluesselpaar& paar, std::int64_t zeit)
      : tx_(tx), partner_(partner), paar_(paar), zeit_(zeit) {
    nr_ = tx.value<std::int64_t>("SELECT COALESCE(MAX(nr), 0) FROM netz_abgabe WHERE partner = :partner", partner.uuid)
              .value();
    if (const auto last = nr_ > 0 ? abgabe(tx, partner, nr_) : std::nullopt) {
      kette_ = ketteOf(kopfOf(*last), partner.schluessel);
      zeit_ = std::max(zeit_, last->zeit);
    }
  }

  void add(const base::Uuid& uuid, std::string_view art, std::int64_t version, std::optional<boost::json::object> was) {
    FeedEintrag one{{++nr_, uuid, version, std::string(art), !was, zeit_, "", kette_}, "", std::move(was)};
    signiere(one, partner_.schluessel, paar_);
    kette_ = ketteOf(one.kopf, partner_.schluessel);
    tx_.exec("UPDATE netz_abgabe SET aktuell = 0, was = NULL WHERE partner = :partner AND uuid = :uuid AND aktuell = 1",
             partner_.uuid, uuid);
    tx_.exec(
        "INSERT INTO netz_abgabe (partner, nr, uuid, version, art, weg, zeit, hash, vorher, signatur, aktuell, was) "
        "VALUES (:partner, :nr, :uuid, :version, :art, :weg, :zeit, :hash, :vorher, :signatur, 1, :was)",
        partner_.uuid, one.kopf.nr, uuid, version, one.kopf.art, one.kopf.weg, one.kopf.zeit, one.kopf.hash,
        one.kopf.vorher, one.signatur, one.was ? OptText(boost::json::serialize(*one.was)) : OptText());
  }

 private:
  sql::WriteTx& tx_;
  const PartnerZeile& partner_;
  const Schluesselpaar& paar_;
  std::int64_t nr_ = 0, zeit_;
  std::string kette_;
};

}  // namespace

void veroeffentliche(sql::WriteTx& tx, const PartnerZeile& partner, const Schluesselpaar& paar, base::Zeitpunkt jetzt) {
  std::map<base::Uuid, Letzte> before;
  for (auto& one : tx.query<Letzte>(
           "SELECT uuid, version, art, weg, hash FROM netz_abgabe WHERE partner = :partner AND aktuell = 1",
           partner.uuid))
    before[one.uuid] = one;
  Abgabe abgabe(tx, partner, paar, jetzt.millis());
  for (const auto& row : gemeint(tx, partner)) {
    auto was = wasOf(row, ortOf(tx, row).name);
    const auto found = before.find(row.uuid);
    const bool known = found != before.end();
    const auto version = known ? found->second.version + 1 : 1;
    const bool same = known && !found->second.weg && found->second.hash == base::sha256Hex(kanonisch(was).value());
    if (known) before.erase(found);
    if (!same) abgabe.add(row.uuid, base::enumName(row.art), version, std::move(was));
  }
  for (const auto& [uuid, one] : before)
    if (!one.weg) abgabe.add(uuid, one.art, one.version + 1, {});
}

FeedSeite seiteFor(Tx tx, const PartnerZeile& partner, const FeedFrage& frage, base::Zeitpunkt jetzt) {
  FeedSeite out{frage.an, frage.von, frage.frage, frage.seit, frage.seit, jetzt.millis(), {}};
  out.stand =
      tx.value<std::int64_t>("SELECT COALESCE(MAX(nr), 0) FROM netz_abgabe WHERE partner = :partner", partner.uuid)
          .value();
  std::size_t bytes = 0;
  for (const auto& row : tx.query<AbgabeZeile>(
           "SELECT partner, nr, uuid, version, art, weg, zeit, hash, vorher, signatur, aktuell, was FROM netz_abgabe "
           "WHERE partner = :partner AND nr > :seit ORDER BY nr LIMIT :grenze",
           partner.uuid, frage.seit, static_cast<std::int64_t>(feedEintraege))) {
    bytes += row.was.value_or("").size();
    if (bytes > seiteMax && !out.eintraege.empty()) break;
    FeedEintrag one{kopfOf(row), row.signatur, {}};
    if (row.was) one.was = base::parseJson(*row.was).value().as_object();
    out.eintraege.push_back(std::move(one));
  }
  return out;
}

std::optional<std::string> ketteBis(Tx tx, const PartnerZeile& partner, std::int64_t nr) {
  if (nr == 0) return "";
  const auto row = abgabe(tx, partner, nr);
  if (!row) return std::nullopt;
  return ketteOf(kopfOf(*row), partner.schluessel);
}

Geprueft<std::vector<Abgelehnt>> empfange(sql::WriteTx& tx, const PartnerZeile& partner, const FeedSeite& seite,
                                          base::Zeitpunkt jetzt) {
  std::vector<Abgelehnt> left;
  const auto verbindung = verbindungOf(tx, partner);
  const auto order = [](std::string text) { return tl::unexpected<Abgelehnt>({Ablehngrund::reihenfolge, text}); };
  if (!verbindung || verbindung->nr != seite.seit) return order("Inzwischen ist schon anderes gekommen.");
  auto kette = verbindung->kette;
  for (const auto& eintrag : seite.eintraege) {
    const auto& kopf = eintrag.kopf;
    const auto known = tx.value<std::int64_t>(
        "SELECT version FROM netz_empfang WHERE partner = :partner AND fremd = :fremd", partner.uuid, kopf.id);
    if (known && kopf.version <= *known)
      return order(fmt::format("Eintrag {} hat eine Version, die es schon gab.", kopf.nr));
    kette = ketteOf(kopf, seite.an);
    const auto uuid = uuidHier(partner.schluessel, kopf.id.text());
    if (eintrag.was) {
      const auto row = aushangAus(eintrag, partner.name, partner.schluessel);
      if (!row) {
        left.push_back(row.error());
        continue;
      }
      tx.exec("DELETE FROM netz_aushang WHERE uuid = :uuid AND herkunft = :herkunft", uuid, partner.name);
      haenge(tx, *row);
    }
    if (kopf.weg) tx.exec("DELETE FROM netz_aushang WHERE uuid = :uuid AND herkunft = :herkunft", uuid, partner.name);
    tx.exec(
        "INSERT INTO netz_empfang (partner, fremd, uuid, art, version, nr, hash, signatur, zeit, empfangen, weg) "
        "VALUES "
        "(:partner, :fremd, :uuid, :art, :version, :nr, :hash, :signatur, :zeit, :empfangen, :weg) ON CONFLICT "
        "(partner, fremd) DO UPDATE SET art = excluded.art, version = excluded.version, nr = excluded.nr, hash = "
        "excluded.hash, signatur = excluded.signatur, zeit = excluded.zeit, empfangen = excluded.empfangen, weg = "
        "excluded.weg",
        partner.uuid, kopf.id, uuid, kopf.art, kopf.version, kopf.nr, kopf.hash, eintrag.signatur, kopf.zeit, jetzt,
        kopf.weg);
  }
  tx.exec("UPDATE netz_verbindung SET nr = :nr, kette = :kette WHERE partner = :partner",
          seite.eintraege.empty() ? seite.seit : seite.eintraege.back().kopf.nr, kette, partner.uuid);
  return left;
}

void vergiss(sql::WriteTx& tx, const PartnerZeile& partner) {
  tx.exec("DELETE FROM netz_aushang WHERE herkunft = :herkunft AND herkunft <> ''", partner.name);
  tx.exec("DELETE FROM netz_empfang WHERE partner = :partner", partner.uuid);
  tx.exec("UPDATE netz_verbindung SET nr = 0, kette = '' WHERE partner = :partner", partner.uuid);
}

std::vector<Widerspruch> widersprueche(Tx tx) {
  // What others may not see is not shown beside theirs either.
  std::vector<Widerspruch> out;
  const auto one = [&](const std::string& uuid) {
    return tx.one<Aushang>(sql::Query::select<Aushang>("a").add(" FROM netz_aushang a WHERE a.uuid = :uuid", uuid));
  };
  for (const auto& pair : tx.query<WiderspruchPaar>(
           "SELECT h.uuid AS hier, d.uuid AS dort FROM netz_aushang h JOIN netz_aushang d ON d.ags = h.ags AND d.art = "
           "h.art WHERE h.art = 'profil' AND h.ags <> '' AND h.herkunft = '' AND d.herkunft <> '' AND h.sichtbarkeit "
           "IN ('oeffentlich', 'netze') UNION SELECT h.uuid, e.uuid FROM netz_empfang e JOIN netz_aushang h ON h.uuid "
           "= "
           "e.fremd WHERE h.herkunft = '' AND e.weg = 0 AND h.sichtbarkeit IN ('oeffentlich', 'netze') ORDER BY 1, 2 "
           "LIMIT 200")) {
    const auto hier = one(pair.hier), dort = one(pair.dort);
    if (hier && dort) out.push_back({*hier, *dort});
  }
  return out;
}

}  // namespace netz
