#include "merkmal.h"

#include "text/analyser.h"

namespace suche {
namespace {

std::optional<Merkmal> storedMerkmal(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt) {
  return tx.one<Merkmal>(
      "SELECT art, zugriff, akte, vorgang, organisationseinheit, tag, dokumentart, format, absender, "
      "laenge FROM suche_merkmal WHERE mandant = :mandant AND objekt = :objekt",
      mandant, objekt);
}

std::int64_t begriffOf(const sql::ReadTx& tx, std::int64_t mandant, std::string_view art, const std::string& wort) {
  if (wort.empty()) return 0;
  return tx
      .value<std::int64_t>("SELECT id FROM suche_begriff WHERE mandant = :mandant AND art = :art AND wort = :wort",
                           mandant, art, wort)
      .value_or(0);
}

std::int64_t keepBegriff(sql::WriteTx& tx, std::int64_t mandant, std::string_view art, const std::string& wort) {
  const auto known = begriffOf(tx, mandant, art, wort);
  if (known != 0 || wort.empty()) return known;
  const auto id =
      tx.value<std::int64_t>("SELECT COALESCE(MAX(id), 0) + 1 FROM suche_begriff WHERE mandant = :mandant", mandant)
          .value();
  tx.exec("INSERT INTO suche_begriff (mandant, id, art, wort) VALUES (:mandant, :id, :art, :wort)", mandant, id, art,
          wort);
  return id;
}

struct Form {
  std::string form{};
  friend auto operator<=>(const Form&, const Form&) = default;
};
BOOST_DESCRIBE_STRUCT(Form, (), (form))

std::vector<Form> storedForms(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt) {
  return tx.query<Form>("SELECT form FROM suche_zeichen WHERE mandant = :mandant AND objekt = :objekt ORDER BY form",
                        mandant, objekt);
}

/// The signs that are written at the object, and those that it once had.
std::vector<Form> formsOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt, const Angaben& angaben) {
  auto out =
      tx.query<Form>("SELECT zeichen FROM zeichen WHERE mandant = :mandant AND objekt = :objekt", mandant, objekt);
  for (const auto& zeichen : angaben.zeichen) out.push_back({zeichen});
  for (auto& form : out) form.form = zeichenForm(form.form);
  std::erase_if(out, [](const Form& form) { return form.form.empty(); });
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

void writeForms(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt, const Angaben& angaben, bool fresh) {
  const auto before = fresh ? std::vector<Form>{} : storedForms(tx, mandant, objekt);
  const auto after = formsOf(tx, mandant, objekt, angaben);
  if (before == after) return;
  if (!before.empty())
    tx.exec("DELETE FROM suche_zeichen WHERE mandant = :mandant AND objekt = :objekt", mandant, objekt);
  for (const auto& form : after)
    tx.exec("INSERT INTO suche_zeichen (mandant, form, objekt) VALUES (:mandant, :form, :objekt)", mandant, form.form,
            objekt);
}

}  // namespace

std::int64_t tagOf(const base::Datum& day) {
  const auto& text = day.text();
  return std::stoll(text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2));
}

std::string zeichenForm(std::string_view zeichen) {
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  std::string out;
  const auto part = [&](std::string_view text) {
    if (isDigit(text.front())) text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
    (out += text) += '.';
  };
  for (const auto& token : text::analyse(zeichen)) {
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= token.wort.size(); ++i) {
      if (i < token.wort.size() && isDigit(token.wort[i]) == isDigit(token.wort[begin])) continue;
      part(std::string_view(token.wort).substr(begin, i - begin));
      begin = i;
    }
  }
  return out;
}

Angaben angabenOf(const akte::AkteZeile& row) {
  Angaben out;
  out.merkmal = {0, row.zugriff, row.id, 0, row.organisationseinheit, tagOf(base::Datum::of(row.angelegt)), 0, 0, 0, 0};
  out.zeichen = {row.zeichen};
  return out;
}

Angaben angabenOf(const akte::VorgangZeile& row) {
  Angaben out;
  out.merkmal = {1, row.zugriff, row.akte, row.id, row.organisationseinheit, tagOf(base::Datum::of(row.angelegt)),
                 0, 0,           0,        0};
  out.zeichen = {row.zeichen, row.fremdesGeschaeftszeichen.value_or("")};
  return out;
}

Angaben angabenOf(const sql::ReadTx& tx, const akte::DokumentZeile& row, const akte::VersionZeile& version) {
  const auto akte = row.vorgang
                        ? tx.value<std::int64_t>("SELECT akte FROM vorgang WHERE mandant = :mandant AND id = :vorgang",
                                                 row.mandant, *row.vorgang)
                              .value()
                        : 0;
  const auto day = row.datum ? *row.datum : row.eingangsdatum ? *row.eingangsdatum : base::Datum::of(row.angelegt);
  Angaben out;
  out.merkmal = {2,
                 row.zugriff,
                 akte,
                 row.vorgang.value_or(0),
                 row.organisationseinheit,
                 tagOf(day),
                 static_cast<std::int64_t>(row.art) + 1,
                 0,
                 0,
                 0};
  out.format = version.format;
  out.absender = row.absender.value_or("");
  out.zeichen = {row.zeichen.value_or(""), row.fremdesGeschaeftszeichen.value_or("")};
  return out;
}

namespace {

std::int64_t nextStand(sql::WriteTx& tx, std::int64_t mandant) {
  return tx
      .value<std::int64_t>(
          "INSERT INTO suche_stand (mandant, epoche, stand, fassung) VALUES (:mandant, 1, 1, :fassung) "
          "ON CONFLICT (mandant) DO UPDATE SET stand = suche_stand.stand + 1 RETURNING stand",
          mandant, Index::fassung)
      .value();
}

}  // namespace

void removeMerkmal(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt) {
  tx.exec("DELETE FROM suche_zeichen WHERE mandant = :mandant AND objekt = :objekt", mandant, objekt);
  tx.exec(
      "UPDATE suche_merkmal SET stand = :stand, art = :art, akte = 0, vorgang = 0, tag = 0, dokumentart = 0, format = "
      "0, absender = 0, laenge = 0 WHERE mandant = :mandant AND objekt = :objekt",
      nextStand(tx, mandant), entfernt, mandant, objekt);
}

namespace {

void write(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt, const Angaben& angaben,
           const std::optional<Merkmal>& before, std::optional<std::int64_t> laenge) {
  auto now = angaben.merkmal;
  now.format = keepBegriff(tx, mandant, "format", angaben.format);
  now.absender = keepBegriff(tx, mandant, "absender", angaben.absender);
  writeForms(tx, mandant, objekt, angaben, !before);
  now.laenge = laenge.value_or(before ? before->laenge : 0);
  if (before && *before == now && !laenge) return;
  const auto stand = nextStand(tx, mandant);
  tx.exec(
      "INSERT INTO suche_merkmal (mandant, objekt, stand, art, zugriff, akte, vorgang, organisationseinheit, tag, "
      "dokumentart, format, absender, laenge) VALUES (:mandant, :objekt, :stand, :art, :zugriff, :akte, :vorgang, :oe, "
      ":tag, :dokumentart, :format, :absender, :laenge) ON CONFLICT (mandant, objekt) DO UPDATE SET stand = "
      "excluded.stand, "
      "art = excluded.art, zugriff = excluded.zugriff, akte = excluded.akte, vorgang = excluded.vorgang, "
      "organisationseinheit = excluded.organisationseinheit, tag = excluded.tag, dokumentart = excluded.dokumentart, "
      "format = excluded.format, absender = excluded.absender, laenge = excluded.laenge",
      mandant, objekt, stand, now.art, now.zugriff, now.akte, now.vorgang, now.organisationseinheit, now.tag,
      now.dokumentart, now.format, now.absender, now.laenge);
}

}  // namespace

void writeMerkmal(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt, const Angaben& angaben,
                  std::optional<std::int64_t> laenge) {
  write(tx, mandant, objekt, angaben, storedMerkmal(tx, mandant, objekt), laenge);
}

void addMerkmal(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt, const Angaben& angaben,
                std::int64_t laenge) {
  write(tx, mandant, objekt, angaben, {}, laenge);
}

std::optional<std::string> checkMerkmal(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt,
                                        const Angaben& angaben, std::int64_t laenge) {
  auto expected = angaben.merkmal;
  expected.laenge = laenge;
  expected.format = begriffOf(tx, mandant, "format", angaben.format);
  expected.absender = begriffOf(tx, mandant, "absender", angaben.absender);
  const bool known =
      (expected.format != 0 || angaben.format.empty()) && (expected.absender != 0 || angaben.absender.empty());
  if (!known || storedMerkmal(tx, mandant, objekt) != expected) return "die Merkmale zu";
  if (storedForms(tx, mandant, objekt) != formsOf(tx, mandant, objekt, angaben)) return "die Zeichen zu";
  return {};
}

}  // namespace suche
