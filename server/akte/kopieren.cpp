// Copies, and with them what begins from a template: an Akte with its Vorgänge and, if wanted, their Dokumente.
#include "akte/felder.h"
#include "akte/pruefung.h"
#include "akte/register.h"
#include "akte/registratur.h"
#include "akte/renditionen.h"
#include "zeichen_ziehen.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;

namespace {

template <class Row>
std::vector<Row> visibleIn(const sql::ReadTx& tx, const Berechtigung& wer, sql::Sql column, std::int64_t parent) {
  auto query = sql::Query::select<Row>("o");
  query.add(" FROM ").add(sql::Query::tableName<Row>()).add(" o WHERE o.mandant = :mandant AND o.", wer.mandant);
  query.add(column).add(" = :darin AND ", parent).add(mandant::sichtbar("o.zugriff", wer));
  return tx.query<Row>(query.add(" ORDER BY o.id"));
}

OptId blattOf(const Registratur::Blaetter& blaetter, OptId old) {
  const auto found = old ? blaetter.find(*old) : blaetter.end();
  return found == blaetter.end() ? OptId() : OptId(found->second);
}

}  // namespace

void Registratur::copyDokument(Change& change, const Berechtigung& wer, const DokumentZeile& from,
                               const VorgangMit& ziel, const Blaetter& blaetter, OptId ueber) {
  auto& tx = change.tx();
  const auto version = tx.one<VersionZeile>(sql::Query::select<VersionZeile>().add(
      " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", wer.mandant, from.id,
      from.version));
  const auto text = tx.one<VolltextZeile>(sql::Query::select<VolltextZeile>().add(
      " FROM volltext WHERE mandant = :mandant AND version = :version", wer.mandant, version.value().id));
  auto row = from;
  row.uuid = change.newUuid();
  row.stand = 1;
  row.vorgang = ziel.vorgang.id;
  row.ueber = ueber;
  row.organisationseinheit = ziel.vorgang.organisationseinheit;
  if (!row.hatEigenenZugriff()) row.zugriff = ziel.vorgang.zugriff;
  row.registerblatt = blattOf(blaetter, from.registerblatt);
  row.status = Status::inBearbeitung;
  row.angelegt = change.zeit();
  row.ersteller = wer.person;
  row.version = 1;
  row.zeichen.reset();
  row.eingangsdatum.reset();
  row.ausgangsdatum.reset();
  if (!ueber) row.zeichen = schriftgut_.signFor(change, ablageortIn(change.tx(), ziel), row);
  change.insert(row);
  if (row.zeichen) registerZeichen(change, *row.zeichen, row.tabelle, row.id);
  auto first = *version;
  first.dokument = row.id;
  first.nr = 1;
  first.angelegt = change.zeit();
  first.ersteller = wer.person;
  first.basis.reset();
  first.konflikt = false;
  change.insert(first);
  auto words = text.value();
  words.version = first.id;
  words.pruefsumme = pruefsummeOf(words);
  tx.exec(sql::Query::insertInto(sql::tableOf<VolltextZeile>(), sql::valuesOf(words)));
  uebernimmRenditionen(tx, version->id, first);
  bestelleRenditionen(tx, change.zeit(), first, words, row);
  kopiereFelder(change, SuchArt::dokument, from.id, row.id);
  schriftgut_.index_.refresh(tx, wer.mandant, SuchArt::dokument, row.id);
  if (ueber) return;
  for (const auto& anlage : visibleIn<DokumentZeile>(tx, wer, "ueber", from.id))
    copyDokument(change, wer, anlage, ziel, {}, row.id);
}

VorgangZeile Registratur::copyVorgang(Change& change, const Berechtigung& wer, const VorgangZeile& from, const Ort& ort,
                                      const Blaetter& blaetter, bool dokumente) {
  auto row = from;
  row.uuid = change.newUuid();
  row.stand = 1;
  row.akte = ort.akte.id;
  row.ueber = ort.ueber ? OptId(ort.ueber->id) : OptId();
  row.registerblatt = blattOf(blaetter, from.registerblatt);
  row.organisationseinheit = ort.akte.organisationseinheit;
  row.bearbeitung = wer.person == 0 ? OptId() : OptId(wer.person);
  row.status = Status::inBearbeitung;
  row.angelegt = change.zeit();
  row.laufzeitBeginn.reset();
  row.laufzeitEnde.reset();
  row.zdaDatum.reset();
  row.transferfristEnde.reset();
  row.aufbewahrungBis.reset();
  row.fremdesGeschaeftszeichen.reset();
  row.aufbewahrungsdauer = ort.dauer();
  row.aussonderungsart = ort.art();
  // What was narrowed on its own stays narrow in the copy.
  if (!from.eigenerZugriff) row.zugriff = ort.zugriff();
  row.eigenerZugriff = row.zugriff != ort.zugriff();
  zieheZeichen(change, ort.blatt, ort.akte, row, base::Datum::of(change.zeit()).year());
  change.insert(row);
  registerZeichen(change, row.zeichen, row.tabelle, row.id);
  kopiereFelder(change, SuchArt::vorgang, from.id, row.id);
  const auto innen = kopiereBlaetter(change, SuchArt::vorgang, from.id, row.id);
  schriftgut_.index_.refresh(change.tx(), change.mandant(), SuchArt::vorgang, row.id);
  for (const auto& teil : visibleIn<VorgangZeile>(change.tx(), wer, "ueber", from.id))
    copyVorgang(change, wer, teil, {ort.akte, ort.blatt, row}, {}, dokumente);
  if (!dokumente) return row;
  const VorgangMit ziel{row, ort.akte, {mandant::Stufe::bearbeiten, true}, ort.ueber};
  for (const auto& dokument : visibleIn<DokumentZeile>(change.tx(), wer, "vorgang", from.id))
    // What must not be opened is not multiplied.
    if (!dokument.ueber && frei(change.tx(), dokument)) copyDokument(change, wer, dokument, ziel, innen, {});
  return row;
}

base::Result<AkteZeile> Registratur::kopiere(Change& change, const Berechtigung& wer, const AkteMit& quelle,
                                             const AkteKopieren& input) {
  auto& tx = change.tx();
  const auto ort = rowById<AktenplaneinheitZeile>(tx, wer.mandant, quelle.akte.aktenplaneinheit).value();
  AKTENLOTSE_GET(
      akte, schriftgut_.createAkte(
                change, wer, {input.aktenplaneinheit.value_or(ort.uuid), input.betreff, input.organisationseinheit}));
  auto after = akte;
  if (quelle.akte.eigenerZugriff) {
    after.eigenerZugriff = after.zugriff != quelle.akte.zugriff || after.eigenerZugriff;
    after.zugriff = quelle.akte.zugriff;
  }
  after.bemerkung = quelle.akte.bemerkung;
  after.typ = quelle.akte.typ;
  after.medium = quelle.akte.medium;
  after.geheimhaltung = quelle.akte.geheimhaltung;
  after.datenschutzstufe = quelle.akte.datenschutzstufe;
  change.update(akte, after);
  kopiereFelder(change, SuchArt::akte, quelle.akte.id, after.id);
  const auto blaetter = kopiereBlaetter(change, SuchArt::akte, quelle.akte.id, after.id);
  schriftgut_.index_.refresh(tx, wer.mandant, SuchArt::akte, after.id);
  const auto blatt = rowById<AktenplaneinheitZeile>(tx, wer.mandant, after.aktenplaneinheit).value();
  for (const auto& vorgang : visibleIn<VorgangZeile>(tx, wer, "akte", quelle.akte.id))
    if (!vorgang.ueber)
      copyVorgang(change, wer, vorgang, {after, blatt, {}}, blaetter, input.dokumente.value_or(false));
  change.about({"akte.kopiert", after.tabelle, after.id, after.id, blatt.id});
  return after;
}

base::Result<VorgangZeile> Registratur::kopiere(Change& change, const Berechtigung& wer, const VorgangMit& quelle,
                                                const VorgangKopieren& input) {
  auto& tx = change.tx();
  auto ueber = input.ueber;
  if (!input.akte && !ueber && quelle.ueber) ueber = quelle.ueber->uuid;
  AKTENLOTSE_GET(ort, ortIn(tx, wer, input.akte.value_or(quelle.akte.uuid), ueber));
  if (ort.ueber && !visibleIn<VorgangZeile>(tx, wer, "ueber", quelle.vorgang.id).empty())
    return fail(Code::Konflikt, "Was selbst Teilvorgänge enthält, kann kein Teilvorgang werden.", "ueber");
  auto from = quelle.vorgang;
  if (input.betreff) from.betreff = input.betreff->value;
  // Beside its source it lies behind the same Registerblatt; those of another Akte are others.
  const Blaetter blaetter = from.registerblatt && !ort.ueber && ort.akte.id == from.akte
                                ? Blaetter{{*from.registerblatt, *from.registerblatt}}
                                : Blaetter{};
  const auto row = copyVorgang(change, wer, from, ort, blaetter, input.dokumente.value_or(false));
  change.about({"vorgang.kopiert", row.tabelle, row.id, ort.akte.id, row.darin()});
  return row;
}

}  // namespace akte
