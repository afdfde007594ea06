#include "auswahl.h"

#include <algorithm>

#include "merkmal.h"
#include "worte.h"

namespace suche {
namespace {

constexpr text::Hint typHint{
    "suche-typ", "Als typ: gibt es eingang, ausgang und intern, und Dateiarten wie pdf, docx, eml.",
    "For type: there are eingang, ausgang and intern, and kinds of file such as pdf, docx, eml."};

void mark(std::vector<bool>& nummern, std::size_t number) {
  if (nummern.size() <= number) nummern.resize(number + 1);
  nummern[number] = true;
}

bool marked(const std::vector<bool>& nummern, std::size_t number) { return number < nummern.size() && nummern[number]; }

struct Nummer {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Nummer, (), (id))

struct Einheit {
  std::int64_t id = 0;
  std::string kurzzeichen{}, bezeichnung{};
  std::optional<std::int64_t> ueber{};
};
BOOST_DESCRIBE_STRUCT(Einheit, (), (id, kurzzeichen, bezeichnung, ueber))

/// " muller gmbh "
std::string folded(std::string_view text) {
  std::string out = " ";
  for (const auto& token : text::analyse(text)) (out += token.wort) += ' ';
  return out;
}

/// The word as typed, without the sign for "and so on" at its end.
std::pair<std::string, bool> foldedBeginning(std::string_view text) {
  const bool beginning = text.ends_with('*');
  auto out = folded(text);
  if (beginning && out.size() > 1) out.pop_back();
  return {std::move(out), beginning};
}

/// What the person may see, read once and then kept until anybody's reach changes.
std::shared_ptr<const std::vector<bool>> reichweite(const sql::ReadTx& tx, const Berechtigung& wer, Ort& ort) {
  const auto stand = mandant::reichweiteStand(tx, wer.mandant);
  {
    const std::lock_guard lock(ort.mutex);
    const auto known = ort.reichweiten.find(wer.person);
    if (known != ort.reichweiten.end() && known->second.stand == stand) return known->second.zugriffe;
  }
  std::vector<std::int64_t> reach;
  tx.numbers(sql::Query("SELECT zugriff FROM person_zugriff WHERE mandant = :mandant AND person = :person", wer.mandant,
                        wer.person),
             [&](std::span<const std::int64_t> row) {
               reach.push_back(row[0]);
               return true;
             });
  auto zugriffe = std::make_shared<std::vector<bool>>();
  const std::lock_guard lock(ort.mutex);
  // Those without any object get their number too: the first object may come while this is kept.
  for (const auto zugriff : reach) mark(*zugriffe, ort.zugriffe.number(zugriff));
  ort.reichweiten[wer.person] = {stand, zugriffe};
  return zugriffe;
}

}  // namespace

bool Auswahl::Lage::holds(std::int64_t objekt, const Eigenschaften& row) const {
  return marked(akten, row.akte) || (row.vorgang != 0 && std::ranges::binary_search(vorgaenge, row.vorgang)) ||
         std::ranges::binary_search(objekte, objekt);
}

bool Auswahl::Bedingung::holds(std::int64_t objekt, const Eigenschaften& row) const {
  switch (gruppe) {
    case dokumentart:
      return marked(nummern, row.dokumentart);
    case format:
      return marked(nummern, row.format);
    case art:
      return marked(nummern, row.art);
    case einheit:
      return marked(nummern, row.organisationseinheit);
    case absender:
      return marked(nummern, row.absender);
    case datum:
      return std::ranges::any_of(tage, [&](const auto& tag) { return tag.von <= row.tag && row.tag <= tag.bis; });
    default:
      return lage.holds(objekt, row);
  }
}

Auswahl::Auswahl(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht, const text::Query& query,
                 std::vector<text::Hint>& hints)
    : alles_(wer.istSystem()) {
  if (!alles_) zugriffe_ = reichweite(tx, wer, *sicht.ort);
  for (const auto& filter : query.filters) add(tx, wer, sicht, filter, hints);
  for (auto& one : bedingungen_) {
    std::ranges::sort(one.lage.vorgaenge);
    std::ranges::sort(one.lage.objekte);
  }
}

unsigned Auswahl::fails(std::int64_t objekt, const Eigenschaften& row) const {
  if (!sichtbar(row)) return rechte;
  unsigned out = 0;
  for (const auto& one : bedingungen_)
    if (one.holds(objekt, row) == one.ausgeschlossen) out |= one.ausgeschlossen ? unsigned{ausschluss} : one.gruppe;
  return out;
}

Auswahl::Bedingung& Auswahl::bedingung(unsigned gruppe, bool ausgeschlossen) {
  for (auto& one : bedingungen_)
    if (one.gruppe == gruppe && one.ausgeschlossen == ausgeschlossen) return one;
  bedingungen_.push_back({gruppe, ausgeschlossen, {}, {}, {}});
  return bedingungen_.back();
}

void Auswahl::add(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht, const text::Filter& filter,
                  std::vector<text::Hint>& hints) {
  switch (filter.feld) {
    case text::Feld::typ:
      return addTyp(tx, wer, sicht, filter, hints);
    case text::Feld::oe:
      return addEinheit(tx, wer, sicht, filter);
    case text::Feld::von:
      nurDokumente_ = true;
      return addAbsender(sicht, filter);
    case text::Feld::datum:
      if (const auto tage = text::parseZeitraum(filter.text)) bedingung(datum, filter.excluded).tage.push_back(*tage);
      return;
    default:
      return addLage(tx, wer, sicht, filter);
  }
}

void Auswahl::addTyp(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht, const text::Filter& filter,
                     std::vector<text::Hint>& hints) {
  auto word = folded(filter.text);
  word = word.substr(1, word.size() - 2);
  const std::map<std::string_view, std::size_t> arten{{"akte", 0},     {"akten", 0},    {"vorgang", 1},
                                                      {"vorgange", 1}, {"dokument", 2}, {"dokumente", 2}};
  if (const auto found = arten.find(word); found != arten.end())
    return mark(bedingung(art, filter.excluded).nummern, found->second);
  const std::map<std::string_view, std::size_t> kinds{{"eingang", 1}, {"eingange", 1}, {"incoming", 1},
                                                      {"ausgang", 2}, {"ausgange", 2}, {"outgoing", 2},
                                                      {"intern", 3},  {"internal", 3}};
  nurDokumente_ = true;
  if (const auto found = kinds.find(word); found != kinds.end())
    return mark(bedingung(dokumentart, filter.excluded).nummern, found->second);
  static constexpr std::array<std::string_view, 30> formate{
      "pdf",  "docx", "odt", "rtf",  "doc",  "txt", "md",  "html", "eml", "mbox", "msg", "tnef", "xlsx", "ods", "xls",
      "pptx", "odp",  "ppt", "tiff", "jpeg", "png", "zip", "xml",  "csv", "jpg",  "gif", "webp", "heic", "ics", "vcf"};
  if (std::ranges::find(formate, word) == formate.end()) hints.push_back(typHint);
  const auto id = tx.value<std::int64_t>(
      "SELECT id FROM suche_begriff WHERE mandant = :mandant AND art = 'format' AND wort = :wort", wer.mandant, word);
  const std::lock_guard lock(sicht.ort->mutex);
  const auto number = id ? sicht.ort->formate.find(*id) : 0;
  auto& nummern = bedingung(format, filter.excluded).nummern;
  if (number != 0) mark(nummern, number);
}

/// The unit with this short name, or with these words in its name, and all below it.
void Auswahl::addEinheit(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht,
                         const text::Filter& filter) {
  const auto units = tx.query<Einheit>(
      "SELECT id, kurzzeichen, bezeichnung, ueber FROM organisationseinheit WHERE mandant = :mandant ORDER BY id",
      wer.mandant);
  const auto [word, beginning] = foldedBeginning(filter.text);
  std::vector<std::int64_t> ids;
  for (const auto& unit : units)
    if (folded(unit.kurzzeichen) == word) ids.push_back(unit.id);
  if (ids.empty())
    for (const auto& unit : units)
      if (folded(unit.bezeichnung).find(word) != std::string::npos) ids.push_back(unit.id);
  for (std::size_t i = 0; i < ids.size(); ++i)
    for (const auto& unit : units)
      if (unit.ueber == ids[i] && std::ranges::find(ids, unit.id) == ids.end()) ids.push_back(unit.id);
  auto& nummern = bedingung(einheit, filter.excluded).nummern;
  const std::lock_guard lock(sicht.ort->mutex);
  for (const auto id : ids)
    if (const auto number = sicht.ort->einheiten.find(id); number != 0) mark(nummern, number);
}

void Auswahl::addAbsender(const Sicht& sicht, const text::Filter& filter) {
  const auto [words, beginning] = foldedBeginning(filter.text);
  auto& nummern = bedingung(absender, filter.excluded).nummern;
  const std::lock_guard lock(sicht.ort->mutex);
  for (std::size_t i = 1; i < sicht.ort->absender.size(); ++i)
    if (sicht.ort->absender[i].find(words) != std::string::npos) mark(nummern, i);
}

/// Objects by a sign or, for akte: and in:, by words of their Betreff; only those that the person may see lead on.
void Auswahl::addLage(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht, const text::Filter& filter) {
  const bool isAz = filter.feld == text::Feld::az;
  auto& lage = bedingung(isAz ? az : filter.feld == text::Feld::in ? in : akte, filter.excluded).lage;
  bool found = false;
  const auto take = [&](std::int64_t objekt) {
    const auto* row = sicht.spalten->find(objekt);
    if (row == nullptr || !sichtbar(*row)) return true;
    found = true;
    if (row->art == 0)
      mark(lage.akten, row->akte);
    else if (row->art == 1 && filter.feld != text::Feld::akte)
      lage.vorgaenge.push_back(objekt);
    else if (isAz)
      lage.objekte.push_back(objekt);
    return true;
  };
  const auto form = zeichenForm(filter.text);
  if (!form.empty())
    tx.numbers(sql::Query("SELECT objekt FROM suche_zeichen WHERE mandant = :mandant AND form >= :von AND form < :bis",
                          wer.mandant, form, form.substr(0, form.size() - 1) + '/'),
               [&](std::span<const std::int64_t> row) { return take(row[0]); });
  if (found || isAz) return;
  std::vector<std::string> words;
  for (const auto& token : text::analyse(filter.text)) words.push_back(token.wort);
  eachMitWorten(
      tx, wer.mandant, words, [](std::int64_t) { return true; }, take);
}

}  // namespace suche
