#include "akte/felder.h"
#include "base/hash.h"
#include "merkmal.h"
#include "suche/wortschatz.h"
#include "text/terms.h"

namespace suche {
namespace {

using akte::SuchArt;

/// What is indexed of one object.
struct Eintrag {
  std::int64_t mandant = 0, objekt = 0;
  SuchArt art{};
  std::int64_t zugriff = 0, version = 0;
  std::string kopf{}, pruefsumme{};
};
BOOST_DESCRIBE_STRUCT(Eintrag, (), (mandant, objekt, art, zugriff, version, kopf, pruefsumme))

/// Objects of all tenants share the full-text tables of SQLite; each tenant has a range of row numbers of its own.
std::int64_t rowNumber(std::int64_t mandant, std::int64_t objekt) { return (mandant << 40) + objekt; }

void line(std::string& out, const std::optional<std::string>& text) {
  if (text && !text->empty()) (out += *text) += '\n';
}

/// What stands above the text weighs more, so it is kept apart.
struct EintragTerms {
  text::Terms kopf{}, text{};
  /// Each once.
  void eachVokabel(const std::function<void(const std::string&)>& visit) const {
    for (const auto& wort : text.vokabeln) visit(wort);
    for (const auto& wort : kopf.vokabeln)
      if (!std::ranges::binary_search(text.vokabeln, wort)) visit(wort);
  }
  /// As FTS5 counts: all terms of all columns.
  [[nodiscard]] std::int64_t laenge() const {
    auto out = 2 * (kopf.count + text.count);
    for (const auto* stream : {&kopf.teile, &text.teile})
      if (!stream->empty()) out += 1 + static_cast<std::size_t>(std::ranges::count(*stream, ' '));
    return static_cast<std::int64_t>(out);
  }
  [[nodiscard]] std::string teile() const { return kopf.teile + (kopf.teile.empty() ? "" : " ") + text.teile; }
};

using Zerlegen = std::function<text::Terms(const std::string&)>;
text::Terms zerlegt(const std::string& text) { return text::termText(text); }

EintragTerms termsOf(const sql::ReadTx& tx, const Eintrag& eintrag, const Zerlegen& zerlegen = zerlegt) {
  EintragTerms out{text::termText(eintrag.kopf, text::maxKopfBytes), {}};
  if (eintrag.version == 0) return out;
  const auto body = tx.value<std::string>("SELECT text FROM volltext WHERE mandant = :mandant AND version = :version",
                                          eintrag.mandant, eintrag.version);
  out.text = zerlegen(body.value_or(""));
  return out;
}

std::string sumOf(const Eintrag& eintrag, const std::string& bodySum) {
  return base::sha256Hex(eintrag.kopf + "\n" + bodySum + "\n" + std::to_string(eintrag.version));
}

std::string bodySumOf(const sql::ReadTx& tx, const Eintrag& eintrag) {
  if (eintrag.version == 0) return "";
  return tx
      .value<std::string>("SELECT pruefsumme FROM volltext WHERE mandant = :mandant AND version = :version",
                          eintrag.mandant, eintrag.version)
      .value_or("");
}

/// As it stands in the tables now.
struct Stand {
  Eintrag eintrag{};
  Angaben angaben{};
};

/// The values of its own fields; only objects of a kind have them.
void fields(const sql::ReadTx& tx, Eintrag& out, const std::optional<std::string>& typ) {
  if (!typ) return;
  for (auto& wort : akte::feldworte(tx, out.mandant, out.art, out.objekt)) line(out.kopf, std::move(wort));
}

Stand standOf(const sql::ReadTx& tx, const akte::DokumentZeile& row, const akte::VersionZeile& version,
              const std::string& bodySum) {
  Stand stand{{row.mandant, row.id, SuchArt::dokument, row.zugriff, version.id, {}, {}}, angabenOf(tx, row, version)};
  auto& out = stand.eintrag;
  for (const auto& text : {row.zeichen, std::optional(row.betreff), row.absender, row.fremdesGeschaeftszeichen,
                           row.bemerkung, std::optional(version.dateiname)})
    line(out.kopf, text);
  fields(tx, out, row.typ);
  out.pruefsumme = sumOf(out, bodySum);
  return stand;
}

Stand standOf(const sql::ReadTx& tx, std::int64_t mandant, SuchArt art, std::int64_t id) {
  Stand stand{{mandant, id, art, 0, 0, {}, {}}, {}};
  auto& out = stand.eintrag;
  if (art == SuchArt::akte) {
    const auto row = mandant::rowById<akte::AkteZeile>(tx, mandant, id).value();
    out.zugriff = row.zugriff;
    for (const auto& text : {std::optional(row.zeichen), std::optional(row.betreff)}) line(out.kopf, text);
    fields(tx, out, row.typ);
    stand.angaben = angabenOf(row);
  } else if (art == SuchArt::vorgang) {
    const auto row = mandant::rowById<akte::VorgangZeile>(tx, mandant, id).value();
    out.zugriff = row.zugriff;
    for (const auto& text : {std::optional(row.zeichen), std::optional(row.betreff), row.fremdesGeschaeftszeichen})
      line(out.kopf, text);
    fields(tx, out, row.typ);
    stand.angaben = angabenOf(row);
  } else {
    const auto row = mandant::rowById<akte::DokumentZeile>(tx, mandant, id).value();
    const auto version = tx.one<akte::VersionZeile>(sql::Query::select<akte::VersionZeile>().add(
        " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", mandant, id, row.version));
    if (!version) throw base::Failure("a Dokument without its current version");
    out.version = version->id;
    return standOf(tx, row, *version, bodySumOf(tx, out));
  }
  out.pruefsumme = sumOf(out, "");
  return stand;
}

std::optional<Eintrag> stored(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt) {
  return tx.one<Eintrag>(
      "SELECT mandant, objekt, art, zugriff, version, kopf, pruefsumme FROM suche "
      "WHERE mandant = :mandant AND objekt = :objekt",
      mandant, objekt);
}

std::vector<std::string> segmentsOf(const EintragTerms& terms) {
  auto out = text::segmentVectors(terms.kopf);
  std::ranges::move(text::segmentVectors(terms.text), std::back_inserter(out));
  return out;
}

void removeTerms(sql::WriteTx& tx, const Eintrag& old, Index::Worte& worte) {
  const auto terms = termsOf(tx, old);
  const bool dokument = old.art == SuchArt::dokument;
  if (dokument) terms.eachVokabel([&](const std::string& wort) { --worte.zahlen[wort]; });
  if (tx.engine() == sql::Engine::sqlite) {
    const auto nr = rowNumber(old.mandant, old.objekt);
    worte.volltext.push_back(
        dokument
            ? sql::Query("INSERT INTO suche_wort (suche_wort, rowid, wort, stamm, teil, kopfwort, kopfstamm) "
                         "VALUES ('delete', :nr, :wort, :stamm, :teil, :kopfwort, :kopfstamm)",
                         nr, terms.text.worte, terms.text.staemme, terms.teile(), terms.kopf.worte, terms.kopf.staemme)
            : sql::Query("INSERT INTO vorschlag_wort (vorschlag_wort, rowid, wort, stamm) VALUES ('delete', :nr, "
                         ":wort, :stamm)",
                         nr, terms.kopf.worte, terms.kopf.staemme));
  }
  tx.exec("DELETE FROM suche WHERE mandant = :mandant AND objekt = :objekt", old.mandant, old.objekt);
}

void insertTerms(sql::WriteTx& tx, const Eintrag& eintrag, const EintragTerms& terms, Index::Worte& worte) {
  const bool dokument = eintrag.art == SuchArt::dokument;
  if (dokument) terms.eachVokabel([&](const std::string& wort) { ++worte.zahlen[wort]; });
  if (tx.engine() == sql::Engine::postgres) {
    tx.exec(
        "INSERT INTO suche (mandant, objekt, art, zugriff, version, kopf, pruefsumme, woerter) "
        "VALUES (:mandant, :objekt, :art, :zugriff, :version, :kopf, :pruefsumme, CAST(:woerter AS tsvector))",
        eintrag.mandant, eintrag.objekt, eintrag.art, eintrag.zugriff, eintrag.version, eintrag.kopf,
        eintrag.pruefsumme, text::documentVector(terms.kopf, terms.text));
    std::int64_t number = 0;
    for (const auto& segment : segmentsOf(terms))
      tx.exec(
          "INSERT INTO suche_abschnitt (mandant, objekt, abschnitt, woerter) "
          "VALUES (:mandant, :objekt, :abschnitt, CAST(:woerter AS tsvector))",
          eintrag.mandant, eintrag.objekt, ++number, segment);
    return;
  }
  tx.exec(
      "INSERT INTO suche (mandant, objekt, art, zugriff, version, kopf, pruefsumme) "
      "VALUES (:mandant, :objekt, :art, :zugriff, :version, :kopf, :pruefsumme)",
      eintrag.mandant, eintrag.objekt, eintrag.art, eintrag.zugriff, eintrag.version, eintrag.kopf, eintrag.pruefsumme);
  const auto nr = rowNumber(eintrag.mandant, eintrag.objekt);
  worte.volltext.push_back(
      dokument
          ? sql::Query("INSERT INTO suche_wort (rowid, wort, stamm, teil, kopfwort, kopfstamm) "
                       "VALUES (:nr, :wort, :stamm, :teil, :kopfwort, :kopfstamm)",
                       nr, terms.text.worte, terms.text.staemme, terms.teile(), terms.kopf.worte, terms.kopf.staemme)
          : sql::Query("INSERT INTO vorschlag_wort (rowid, wort, stamm) VALUES (:nr, :wort, :stamm)", nr,
                       terms.kopf.worte, terms.kopf.staemme));
}

struct Objekt {
  std::int64_t id = 0;
  SuchArt art{};
};
BOOST_DESCRIBE_STRUCT(Objekt, (), (id, art))

/// Everything of a tenant that belongs into the index.
constexpr auto everything = sql::Sql(
    "SELECT id, 'akte' FROM akte WHERE mandant = :m1 UNION ALL SELECT id, 'vorgang' FROM vorgang WHERE mandant = :m2 "
    "UNION ALL SELECT id, 'dokument' FROM dokument WHERE mandant = :m3 ORDER BY 1");

/// What of that is not there.
constexpr auto missing = sql::Sql(
    "SELECT o.id, o.art FROM (SELECT id, 'akte' AS art FROM akte WHERE mandant = :m1 UNION ALL SELECT id, 'vorgang' "
    "FROM "
    "vorgang WHERE mandant = :m2 UNION ALL SELECT id, 'dokument' FROM dokument WHERE mandant = :m3) o "
    "LEFT JOIN suche s ON s.mandant = :m4 AND s.objekt = o.id WHERE s.objekt IS NULL ORDER BY o.id");

bool exists(const sql::ReadTx& tx, std::int64_t mandant, const Objekt& objekt) {
  if (objekt.art == SuchArt::akte) return mandant::rowById<akte::AkteZeile>(tx, mandant, objekt.id).has_value();
  if (objekt.art == SuchArt::vorgang) return mandant::rowById<akte::VorgangZeile>(tx, mandant, objekt.id).has_value();
  return mandant::rowById<akte::DokumentZeile>(tx, mandant, objekt.id).has_value();
}

/// Whether another program made the index. One that is being made anew (0) is no stranger's.
bool isForeign(const sql::ReadTx& tx, std::int64_t mandant) {
  const auto made = tx.value<std::int64_t>("SELECT fassung FROM suche_stand WHERE mandant = :mandant", mandant);
  return made && *made != 0 && *made != Index::fassung;
}

void empty(sql::WriteTx& tx, std::int64_t mandant) {
  tx.exec("DELETE FROM suche WHERE mandant = :mandant", mandant);
  tx.exec("DELETE FROM suche_wortschatz WHERE mandant = :mandant", mandant);
  tx.exec("DELETE FROM suche_schluessel WHERE mandant = :mandant", mandant);
  if (tx.engine() == sql::Engine::sqlite) tx.exec("DELETE FROM suche_schluessel_neu WHERE mandant = :mandant", mandant);
  tx.exec("DELETE FROM suche_merkmal WHERE mandant = :mandant", mandant);
  tx.exec("DELETE FROM suche_zeichen WHERE mandant = :mandant", mandant);
  tx.exec("DELETE FROM suche_begriff WHERE mandant = :mandant", mandant);
  // Without a Fassung until all is there again, so that one that breaks off is begun anew.
  tx.exec(
      "INSERT INTO suche_stand (mandant, epoche, stand, fassung) VALUES (:mandant, 1, 0, 0) "
      "ON CONFLICT (mandant) DO UPDATE SET epoche = suche_stand.epoche + 1, fassung = 0",
      mandant);
}

}  // namespace

void Index::refresh(sql::WriteTx& tx, std::int64_t mandant, SuchArt art, std::int64_t id) {
  const auto [now, angaben] = standOf(tx, mandant, art, id);
  const auto old = stored(tx, mandant, id);
  const bool same = old && old->pruefsumme == now.pruefsumme;
  const auto terms =
      same ? EintragTerms{} : termsOf(tx, now, [this](const std::string& text) { return zerlegen(text); });
  writeMerkmal(tx, mandant, id, angaben, same ? std::nullopt : std::optional(terms.laenge()));
  // Words that another program put in cannot be taken out one by one: such an index is made anew as a whole.
  if (same || fremd(tx, mandant)) {
    if (old && old->zugriff != now.zugriff)
      tx.exec("UPDATE suche SET zugriff = :zugriff WHERE mandant = :mandant AND objekt = :objekt", now.zugriff, mandant,
              id);
    return;
  }
  schreibe(tx, mandant, [&](Worte& worte) {
    if (old) removeTerms(tx, *old, worte);
    insertTerms(tx, now, terms, worte);
  });
}

void Index::add(sql::WriteTx& tx, const akte::DokumentZeile& dokument, const akte::VersionZeile& version,
                const akte::VolltextZeile& text) {
  const auto [now, angaben] = standOf(tx, dokument, version, text.pruefsumme);
  const EintragTerms terms{text::termText(now.kopf, text::maxKopfBytes), zerlegen(text.text)};
  addMerkmal(tx, now.mandant, now.objekt, angaben, terms.laenge());
  if (fremd(tx, now.mandant)) return;
  schreibe(tx, now.mandant, [&](Worte& worte) { insertTerms(tx, now, terms, worte); });
}

void Index::remove(sql::WriteTx& tx, std::int64_t mandant, std::int64_t id) {
  const auto old = stored(tx, mandant, id);
  if (!old) return;
  schreibe(tx, mandant, [&](Worte& worte) { removeTerms(tx, *old, worte); });
  removeMerkmal(tx, mandant, id);
}

void Index::vergiss(sql::WriteTx& tx, std::int64_t mandant) {
  if (tx.engine() != sql::Engine::sqlite || isForeign(tx, mandant)) return;
  Worte worte;
  for (const auto& objekt :
       tx.query<Objekt>(sql::Sql("SELECT objekt, art FROM suche WHERE mandant = :mandant"), mandant))
    removeTerms(tx, stored(tx, mandant, objekt.id).value(), worte);
  for (const auto& query : worte.volltext) tx.exec(query);
}

text::Terms Index::zerlegen(const std::string& text) { return zerlegt(text); }

bool Index::fremd(const sql::ReadTx& tx, std::int64_t mandant) { return isForeign(tx, mandant); }

void Index::schreibe(sql::WriteTx& tx, std::int64_t mandant, const Sammeln& sammeln) {
  Worte worte;
  sammeln(worte);
  for (const auto& query : worte.volltext) tx.exec(query);
  zaehleWorte(tx, mandant, worte.zahlen);
}

void Gelesen::add(const std::string& text) { terms_.try_emplace(base::sha256Hex(text), zerlegt(text)); }

std::optional<text::Terms> Gelesen::take(const std::string& text) {
  auto found = terms_.extract(base::sha256Hex(text));
  return found ? std::optional(std::move(found.mapped())) : std::nullopt;
}

text::Terms Stapelindex::zerlegen(const std::string& text) {
  auto known = gelesen_ != nullptr ? gelesen_->take(text) : std::nullopt;
  return known ? *std::move(known) : zerlegt(text);
}

bool Stapelindex::fremd(const sql::ReadTx& tx, std::int64_t mandant) {
  if (!fremd_) fremd_ = Index::fremd(tx, mandant);
  return *fremd_;
}

void Stapelindex::schreibe(sql::WriteTx& /*tx*/, std::int64_t /*mandant*/, const Sammeln& sammeln) { sammeln(worte_); }

void Stapelindex::abschliessen(sql::WriteTx& tx, std::int64_t mandant) {
  Index::schreibe(tx, mandant, [&](Worte& worte) { worte = std::move(worte_); });
  worte_ = {};
}

std::int64_t Index::rebuild(sql::Database& database, const std::vector<std::int64_t>& mandanten) {
  // SQLite's full-text tables hold all tenants, and old terms may no longer be what they were made from, so they go
  // whole; in one transaction with the rows of all tenants, for a writer in between would take out what is not there.
  if (database.engine() == sql::Engine::sqlite && !mandanten.empty())
    database.write(mandanten.front(), [&](sql::WriteTx& tx) {
      tx.exec("INSERT INTO suche_wort (suche_wort) VALUES ('delete-all')");
      tx.exec("INSERT INTO vorschlag_wort (vorschlag_wort) VALUES ('delete-all')");
      for (const auto mandant : mandanten) empty(tx, mandant);
    });
  else
    for (const auto mandant : mandanten) database.write(mandant, [&](sql::WriteTx& tx) { empty(tx, mandant); });
  std::int64_t count = 0;
  Stapelindex stapel;
  for (const auto mandant : mandanten) {
    const auto objects = database.read(
        mandant, [&](const sql::ReadTx& tx) { return tx.query<Objekt>(everything, mandant, mandant, mandant); });
    constexpr std::size_t group = 500;
    for (std::size_t begin = 0; begin < objects.size(); begin += group)
      database.write(mandant, [&](sql::WriteTx& tx) {
        stapel.beginnen();
        for (std::size_t i = begin; i < std::min(begin + group, objects.size()); ++i)
          if (exists(tx, mandant, objects[i])) stapel.refresh(tx, mandant, objects[i].art, objects[i].id);
        stapel.abschliessen(tx, mandant);
      });
    database.write(mandant, [&](sql::WriteTx& tx) {
      // What was written meanwhile is there already, unless a program of another Fassung wrote it.
      for (const auto& objekt : tx.query<Objekt>(missing, mandant, mandant, mandant, mandant))
        refresh(tx, mandant, objekt.art, objekt.id);
      tx.exec("UPDATE suche_stand SET fassung = :fassung WHERE mandant = :mandant", fassung, mandant);
    });
    count += static_cast<std::int64_t>(objects.size());
  }
  return count;
}

bool Index::veraltet(const sql::ReadTx& tx, std::int64_t mandant) {
  const auto made = tx.value<std::int64_t>("SELECT fassung FROM suche_stand WHERE mandant = :mandant", mandant);
  if (made) return *made != fassung;
  return tx.value<std::int64_t>("SELECT id FROM akte WHERE mandant = :mandant LIMIT 1", mandant).has_value() ||
         tx.value<std::int64_t>("SELECT id FROM dokument WHERE mandant = :mandant LIMIT 1", mandant).has_value();
}

namespace {

/// Whether the vectors of PostgreSQL are what the terms make.
bool vectorsAreThere(const sql::ReadTx& tx, const Eintrag& eintrag, const EintragTerms& terms) {
  const auto whole = tx.value<std::int64_t>(
      "SELECT objekt FROM suche WHERE mandant = :mandant AND objekt = :objekt AND woerter = CAST(:woerter AS tsvector)",
      eintrag.mandant, eintrag.objekt, text::documentVector(terms.kopf, terms.text));
  const auto segments = segmentsOf(terms);
  std::int64_t same = 0;
  for (std::size_t i = 0; i < segments.size(); ++i)
    same += tx.value<std::int64_t>(
                  "SELECT COUNT(*) FROM suche_abschnitt WHERE mandant = :mandant AND objekt = :objekt AND "
                  "abschnitt = :abschnitt AND woerter = CAST(:woerter AS tsvector)",
                  eintrag.mandant, eintrag.objekt, i + 1, segments[i])
                .value();
  const auto there =
      tx.value<std::int64_t>("SELECT COUNT(*) FROM suche_abschnitt WHERE mandant = :mandant AND objekt = :objekt",
                             eintrag.mandant, eintrag.objekt);
  return whole && there == same && same == static_cast<std::int64_t>(segments.size());
}

/// Whether the full-text table itself holds the terms: all on PostgreSQL; on SQLite asked for by the first and the last
/// word, since its table gives back no rows.
bool termsAreThere(const sql::ReadTx& tx, const Eintrag& eintrag, const EintragTerms& terms) {
  if (tx.engine() == sql::Engine::postgres) return vectorsAreThere(tx, eintrag, terms);
  std::string match;
  for (const auto* part : {&terms.kopf.worte, &terms.text.worte}) {
    if (part->empty()) continue;
    const auto blank = part->rfind(' ');
    for (const auto& word :
         {part->substr(0, part->find(' ')), part->substr(blank == std::string::npos ? 0 : blank + 1)})
      match += (match.empty() ? "\"" : " AND \"") + word + "\"";
  }
  if (match.empty()) return true;
  match = (eintrag.art == SuchArt::dokument ? "{wort kopfwort} : (" : "wort : (") + match + ")";
  const auto nr = rowNumber(eintrag.mandant, eintrag.objekt);
  const auto found =
      eintrag.art == SuchArt::dokument
          ? tx.value<std::int64_t>("SELECT rowid FROM suche_wort WHERE suche_wort MATCH :q AND rowid = :nr", match, nr)
          : tx.value<std::int64_t>("SELECT rowid FROM vorschlag_wort WHERE vorschlag_wort MATCH :q AND rowid = :nr",
                                   match, nr);
  return found.has_value();
}

}  // namespace

std::vector<std::string> check(const sql::ReadTx& tx, std::int64_t mandant) {
  if (Index::veraltet(tx, mandant))
    return {
        "Suche: der Index ist von einer anderen Fassung des Programms, oder sein Aufbau brach ab. Rufen Sie "
        "„aktenlotse reindex“ auf."};
  std::vector<std::string> found;
  const auto objects = tx.query<Objekt>(everything, mandant, mandant, mandant);
  std::map<std::string, std::int64_t> wortschatz;
  for (const auto& objekt : objects) {
    const auto [expected, angaben] = standOf(tx, mandant, objekt.art, objekt.id);
    const auto terms = termsOf(tx, expected);
    if (objekt.art == SuchArt::dokument) terms.eachVokabel([&](const std::string& wort) { ++wortschatz[wort]; });
    const auto there = stored(tx, mandant, objekt.id);
    const std::string name = std::string(base::enumName(objekt.art)) + " " + std::to_string(objekt.id);
    if (!there)
      found.push_back("Suche: " + name + " fehlt im Index. Rufen Sie „aktenlotse reindex“ auf.");
    else if (there->pruefsumme != expected.pruefsumme || there->kopf != expected.kopf ||
             there->zugriff != expected.zugriff || there->version != expected.version || there->art != expected.art)
      found.push_back("Suche: der Eintrag zu " + name + " ist nicht auf dem Stand der Tabellen.");
    else if (!termsAreThere(tx, expected, terms))
      found.push_back("Suche: die Wörter zu " + name + " fehlen im Index.");
    else if (const auto wrong = checkMerkmal(tx, mandant, objekt.id, angaben, terms.laenge()))
      found.push_back("Suche: " + *wrong + " " + name + " sind nicht auf dem Stand der Tabellen.");
  }
  const auto count = tx.value<std::int64_t>("SELECT COUNT(*) FROM suche WHERE mandant = :mandant", mandant).value();
  if (count > static_cast<std::int64_t>(objects.size()))
    found.push_back("Suche: der Index führt Objekte, die es nicht gibt.");
  if (found.empty()) found = checkWortschatz(tx, mandant, wortschatz);
  return found;
}

}  // namespace suche
