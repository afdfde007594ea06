// With whom this installation joins, and asking them.
#include <fmt/format.h>

#include <algorithm>

#include "netz/verbund.h"

namespace netz {

using base::Code;
using base::fail;

namespace {

constexpr std::int64_t alleSekunden = 300, laengstePause = 6 * 3600, erstePause = 60;
constexpr std::size_t seitenJeLauf = 50;

struct Abgleich {
  std::string partner{};
};
BOOST_DESCRIBE_STRUCT(Abgleich, (), (partner))

Result<void> darfPflegen(const Berechtigung& wer) {
  if (wer.nurLesen || !wer.hat(Recht::netzPflegen)) return fail(Code::NichtErlaubt);
  return {};
}

std::string ohneSchraegstrich(std::string adresse) {
  while (adresse.ends_with('/')) adresse.pop_back();
  return adresse;
}

Result<void> fill(PartnerZeile& row, const PartnerSetzen& input, const std::string& eigener) {
  row.name = input.name.value;
  row.land = input.land.value;
  row.adresse = ohneSchraegstrich(input.adresse.value);
  row.schluessel = input.schluessel.value;
  if (!istAdresse(row.adresse))
    return fail(Code::EingabeUngueltig,
                "Die Adresse beginnt mit https:// und nennt nur den Rechner, etwa https://akten.example.", "adresse");
  if (row.schluessel.find_first_not_of("0123456789abcdef") != std::string::npos)
    return fail(Code::EingabeUngueltig, "Ein Schlüssel hat 64 Zeichen, Ziffern und a bis f.", "schluessel");
  if (row.schluessel == eigener)
    return fail(Code::EingabeUngueltig, "Das ist der Schlüssel dieser Installation selbst.", "schluessel");
  return {};
}

Result<void> checkEinmal(const sql::ReadTx& tx, const PartnerZeile& row) {
  for (const auto& other : mandant::allRows<PartnerZeile>(tx, row.mandant))
    if (other.id != row.id && (other.name == row.name || other.schluessel == row.schluessel))
      return fail(Code::Vergeben, "Diese Installation steht hier schon.",
                  other.name == row.name ? "name" : "schluessel");
  return {};
}

/// The line as the states ask for it.
void richteEin(sql::WriteTx& tx, const PartnerZeile& row) {
  tx.exec(
      "INSERT INTO netz_verbindung (partner, name, schluessel, aktiv, nr, kette, gefragt, naechster, fehler, hinweis) "
      "VALUES (:partner, :name, :schluessel, :aktiv, 0, '', 0, 0, 0, '') ON CONFLICT (partner) DO UPDATE SET name = "
      "excluded.name, schluessel = excluded.schluessel, aktiv = excluded.aktiv, naechster = 0, fehler = 0, hinweis = "
      "''",
      row.uuid, row.name, row.schluessel, row.status == Partnerstatus::verbunden);
}

std::string ohneLeerzeichen(std::string_view text) {
  std::string out;
  for (const char c : base::foldCase(std::string(text)))
    if (c != ' ' && c != '-') out += c;
  return out;
}

}  // namespace

Result<PartnerZeile> findPartner(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = mandant::rowByUuid<PartnerZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

std::optional<VerbindungZeile> verbindungOf(const sql::ReadTx& tx, const PartnerZeile& row) {
  return tx.one<VerbindungZeile>(
      "SELECT partner, name, schluessel, aktiv, nr, kette, gefragt, kontakt, versuch, naechster, fehler, hinweis FROM "
      "netz_verbindung WHERE partner = :partner",
      row.uuid);
}

std::vector<Partnerstatus> naechste(const Berechtigung& wer, const PartnerZeile& row) {
  using S = Partnerstatus;
  if (!darfPflegen(wer)) return {};
  switch (row.status) {
    case S::angefragt:
      return {S::verbunden, S::beendet};
    case S::verbunden:
      return {S::pausiert, S::beendet};
    case S::pausiert:
      return {S::verbunden, S::beendet};
    case S::beendet:
      return {S::angefragt};
  }
  return {};
}

std::optional<std::int64_t> Verbund::halter(const sql::ReadTx& tx) const {
  if (!halter_.empty()) return mandant::mandantByKey(tx, halter_);
  const auto all = mandant::alleMandanten(tx);
  return all.size() == 1 ? std::optional(all.front()) : std::nullopt;
}

Result<PartnerZeile> Verbund::frageAn(Change& change, const Berechtigung& wer, const PartnerSetzen& input) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  PartnerZeile row;
  row.mandant = wer.mandant;
  AKTENLOTSE_TRY(fill(row, input, schluessel_.paar().oeffentlich));
  AKTENLOTSE_TRY(checkEinmal(change.tx(), row));
  row.uuid = change.newUuid();
  row.seit = base::Datum::of(change.zeit());
  row.person = wer.person;
  change.insert(row);
  change.about({"netzpartner.angefragt", row.tabelle, row.id, 0, 0});
  return row;
}

Result<PartnerZeile> Verbund::aendere(Change& change, const Berechtigung& wer, const PartnerZeile& before,
                                      const PartnerSetzen& input) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  auto after = before;
  AKTENLOTSE_TRY(fill(after, input, schluessel_.paar().oeffentlich));
  AKTENLOTSE_TRY(checkEinmal(change.tx(), after));
  if (after.name != before.name && before.status != Partnerstatus::angefragt)
    return fail(Code::Konflikt, "Unter diesem Namen ist schon etwas gekommen. Beenden Sie zuerst den Verbund.", "name");
  auto& tx = change.tx();
  if (after.schluessel != before.schluessel) {
    vergiss(tx, before);
    tx.exec("DELETE FROM netz_verbindung WHERE partner = :partner", before.uuid);
    tx.exec("DELETE FROM netz_abgabe WHERE partner = :partner", before.uuid);
    after.status = Partnerstatus::angefragt;
  }
  change.update(before, after);
  change.about({"netzpartner.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

Result<PartnerZeile> Verbund::wechsle(Change& change, const Berechtigung& wer, const PartnerZeile& before,
                                      const PartnerZustand& input) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  const auto offered = naechste(wer, before);
  if (std::ranges::find(offered, input.status) == offered.end())
    return fail(Code::Konflikt, "Von diesem Stand aus geht das nicht.");
  auto& tx = change.tx();
  if (input.status == Partnerstatus::verbunden) {
    if (halter(tx) != wer.mandant)
      return fail(Code::Konflikt,
                  "Mit wem sich diese Installation verbindet, pflegt ein anderer Mandant. Wenden Sie sich an den "
                  "Betreiber.");
    if (before.status == Partnerstatus::angefragt &&
        (!input.fingerabdruck ||
         ohneLeerzeichen(input.fingerabdruck->value) != ohneLeerzeichen(fingerabdruck(before.schluessel))))
      return fail(Code::EingabeUngueltig,
                  "Das ist nicht der Fingerabdruck dieses Schlüssels. Lassen Sie sich ihn von der anderen Seite noch "
                  "einmal vorlesen.",
                  "fingerabdruck");
    (void)schluessel_.eigener(tx);
  }
  auto after = before;
  after.status = input.status;
  after.seit = base::Datum::of(change.zeit());
  after.person = wer.person;
  if (after.status != Partnerstatus::angefragt && halter(tx) == wer.mandant) richteEin(tx, after);
  if (after.status == Partnerstatus::beendet) vergiss(tx, after);
  change.update(before, after);
  change.about({"netzpartner.stand", after.tabelle, after.id, 0, 0});
  if (after.status == Partnerstatus::verbunden) AKTENLOTSE_TRY(gleicheAb(change, wer, after));
  return after;
}

Result<void> Verbund::gleicheAb(Change& change, const Berechtigung& wer, const PartnerZeile& row) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  if (row.status != Partnerstatus::verbunden)
    return fail(Code::Konflikt, "Abgleichen lässt sich nur, womit diese Installation verbunden ist.");
  jobs::stelleEin(change.tx(), wer.mandant, change.zeit(),
                  {.art = auftragsart,
                   .nutzlast = base::toJson(Abgleich{row.uuid.text()}),
                   .schluessel = "netz.verbund " + row.uuid.text(),
                   .vorrang = 1});
  return {};
}

Result<std::string> Verbund::antworte(std::string_view text) {
  auto& database = journal_.database();
  const auto refuse = [](std::string why) { return fail(Code::VerbundAbgelehnt, std::move(why)); };
  const auto keeper = database.read(0, [&](const sql::ReadTx& tx) { return halter(tx); });
  if (!keeper) return refuse("Diese Installation verbindet sich mit keiner anderen.");
  const auto now = journal_.clock().now();
  const auto frage = liesFrage(text, schluessel_.paar().oeffentlich, now.millis());
  if (!frage) return refuse(frage.error().text);
  const auto known = [&](const sql::ReadTx& tx) -> Result<PartnerZeile> {
    const auto row = tx.one<PartnerZeile>(sql::Query::select<PartnerZeile>().add(
        " FROM netz_partner WHERE mandant = :mandant AND schluessel = :schluessel", *keeper, frage->von));
    if (!row || row->status == Partnerstatus::angefragt)
      return refuse("Hier hat noch niemand Ihren Fingerabdruck bestätigt.");
    if (row->status == Partnerstatus::pausiert) return refuse("Der Verbund mit Ihnen ruht hier.");
    return *row;
  };
  AKTENLOTSE_TRY(database.read(*keeper, known));
  return database.write(*keeper, [&](sql::WriteTx& tx) -> Result<std::string> {
    AKTENLOTSE_GET(partner, known(tx));
    const auto paar = schluessel_.eigener(tx);
    const auto verbindung = verbindungOf(tx, partner);
    if (!verbindung) return refuse("Hier hat noch niemand Ihren Fingerabdruck bestätigt.");
    if (frage->zeit <= verbindung->gefragt) return refuse("Diese Frage wurde schon beantwortet.");
    tx.exec("UPDATE netz_verbindung SET gefragt = :zeit WHERE partner = :partner", frage->zeit, partner.uuid);
    veroeffentliche(tx, partner, paar, now);
    if (ketteBis(tx, partner, frage->seit) != frage->kette)
      return refuse(
          "Was Sie von hier haben, passt nicht zu dem, was hier steht. Beenden Sie den Verbund, und fragen Sie neu "
          "an.");
    return schreibe(seiteFor(tx, partner, *frage, now), paar);
  });
}

void Verbund::notiere(const PartnerZeile& partner, const std::string& hinweis) {
  const auto now = journal_.clock().now();
  journal_.database().write(partner.mandant, [&](sql::WriteTx& tx) {
    const auto row = verbindungOf(tx, partner);
    if (!row) return;
    const auto pause = std::min(laengstePause, erstePause << std::min<std::int64_t>(row->fehler, 12));
    tx.exec(
        "UPDATE netz_verbindung SET versuch = :versuch, naechster = :naechster, fehler = fehler + 1, hinweis = "
        ":hinweis WHERE partner = :partner",
        now, now.plusSeconds(pause), hinweis, partner.uuid);
  });
}

void Verbund::notiere(const PartnerZeile& partner, const Abgelehnt& abgelehnt) {
  const auto now = journal_.clock().now();
  journal_.database().write(partner.mandant, [&](sql::WriteTx& tx) {
    tx.exec(
        "INSERT INTO netz_ablehnung (partner, grund, text, zuerst, zuletzt, anzahl) VALUES (:partner, :grund, :text, "
        ":zuerst, :zuletzt, 1) ON CONFLICT (partner, grund, text) DO UPDATE SET zuletzt = excluded.zuletzt, anzahl = "
        "netz_ablehnung.anzahl + 1",
        partner.uuid, abgelehnt.grund, abgelehnt.text, now, now);
    // The oldest go, so that nobody fills the table by sending nonsense.
    tx.exec(
        "DELETE FROM netz_ablehnung WHERE partner = :partner AND zuletzt < (SELECT MIN(zuletzt) FROM (SELECT zuletzt "
        "FROM netz_ablehnung WHERE partner = :gleich ORDER BY zuletzt DESC LIMIT 100) neueste)",
        partner.uuid, partner.uuid);
  });
}

bool Verbund::holeSeite(const PartnerZeile& partner, std::int64_t& zeit) {
  auto& database = journal_.database();
  const auto verbindung =
      database.read(partner.mandant, [&](const sql::ReadTx& tx) { return verbindungOf(tx, partner); });
  if (!verbindung) return false;
  const auto paar = schluessel_.paar();
  // Each question is later than the one before: the other side answers none twice.
  zeit = std::max(journal_.clock().now().millis(), zeit + 1);
  const FeedFrage frage{paar.oeffentlich, partner.schluessel, base::randomHex(16),
                        verbindung->nr,   verbindung->kette,  zeit};
  const auto refuse = [&](const Abgelehnt& why) {
    notiere(partner, why);
    notiere(partner, why.text);
    return false;
  };
  const auto bytes = netz::hole(partner.adresse, schreibe(frage, paar));
  if (!bytes && bytes.error().zuGross) return refuse({Ablehngrund::zuGross, bytes.error().text});
  if (!bytes) {
    notiere(partner, bytes.error().text);
    return false;
  }
  const auto seite = liesSeite(*bytes, frage, journal_.clock().now().millis());
  if (!seite) return refuse(seite.error());
  const auto taken = database.write(partner.mandant, [&](sql::WriteTx& tx) -> Geprueft<std::vector<Abgelehnt>> {
    const auto now = journal_.clock().now();
    const auto still = mandant::rowById<PartnerZeile>(tx, partner.mandant, partner.id);
    if (!still || still->status != Partnerstatus::verbunden || still->schluessel != partner.schluessel)
      return std::vector<Abgelehnt>();
    auto left = empfange(tx, partner, *seite, now);
    if (left)
      tx.exec(
          "UPDATE netz_verbindung SET kontakt = :kontakt, versuch = :versuch, naechster = :naechster, fehler = 0, "
          "hinweis = '' WHERE partner = :partner",
          now, now, now.plusSeconds(alleSekunden), partner.uuid);
    return left;
  });
  if (!taken) return refuse(taken.error());
  for (const auto& one : *taken) notiere(partner, one);
  return !seite->eintraege.empty() && seite->eintraege.back().kopf.nr < seite->stand;
}

void Verbund::hole(const PartnerZeile& partner) {
  std::int64_t zeit = 0;
  for (std::size_t i = 0; i < seitenJeLauf; ++i)
    if (!holeSeite(partner, zeit)) return;
}

jobs::Ergebnis Verbund::holeAlle(jobs::Lauf& lauf) {
  auto& database = journal_.database();
  const auto only = lauf.nutzlast<Abgleich>();
  const auto now = journal_.clock().now();
  const auto keeper = database.read(0, [&](const sql::ReadTx& tx) { return halter(tx); });
  if (keeper != lauf.mandant()) return {};
  std::vector<PartnerZeile> due;
  database.read(lauf.mandant(), [&](const sql::ReadTx& tx) {
    for (const auto& row : mandant::allRows<PartnerZeile>(tx, lauf.mandant())) {
      const auto verbindung = verbindungOf(tx, row);
      if (row.status != Partnerstatus::verbunden || !verbindung) continue;
      if (only ? row.uuid.text() == only->partner : verbindung->naechster <= now) due.push_back(row);
    }
  });
  for (const auto& row : due) {
    if (!lauf.weiter()) return {};
    hole(row);
  }
  return {};
}

jobs::Art Verbund::auftrag() {
  jobs::Art art;
  art.name = auftragsart;
  art.bezeichnungDe = "Mit anderen Installationen abgleichen";
  art.bezeichnungEn = "Exchange with other installations";
  art.ausfuehren = [this](jobs::Lauf& lauf) { return holeAlle(lauf); };
  return art;
}

}  // namespace netz
