// What stands against a transition, and what solves it.
#include <fmt/format.h>

#include <algorithm>

#include "akte/schutz.h"

namespace akte {

using mandant::Berechtigung;
using mandant::sichtbar;

namespace {

/// The objects of one kind that lie in another, as a statement to be narrowed by status.
sql::Query within(const Knoten& darin, SuchArt art, std::int64_t mandant) {
  if (art == SuchArt::vorgang)
    return darin.art == SuchArt::akte
               ? sql::Query(" FROM vorgang x WHERE x.mandant = :mandant AND x.akte = :darin", mandant, darin.id)
               : sql::Query(" FROM vorgang x WHERE x.mandant = :mandant AND x.ueber = :darin", mandant, darin.id);
  if (darin.art == SuchArt::akte)
    return sql::Query(
        " FROM dokument x JOIN vorgang v ON v.mandant = x.mandant AND v.id = x.vorgang "
        "WHERE x.mandant = :mandant AND v.akte = :darin",
        mandant, darin.id);
  if (darin.art == SuchArt::vorgang)
    return sql::Query(
        " FROM dokument x WHERE x.mandant = :mandant AND x.vorgang IN (SELECT v.id FROM vorgang v WHERE v.mandant = "
        ":mandant2 AND (v.id = :darin OR v.ueber = :darin2))",
        mandant, mandant, darin.id, darin.id);
  return sql::Query(" FROM dokument x WHERE x.mandant = :mandant AND x.ueber = :darin", mandant, darin.id);
}

class Sucher {
 public:
  Sucher(const sql::ReadTx& tx, const Berechtigung& wer, const Lage& lage, base::Zeitpunkt jetzt)
      : tx_(tx), wer_(wer), lage_(lage), jetzt_(jetzt) {}

  std::vector<Hindernis> run(const Regel& regel) {
    for (const auto bedingung : regel.bedingungen) check(bedingung);
    return std::move(found_);
  }

 private:
  void check(Bedingung bedingung) {
    using enum Bedingung;
    const auto art = lage_.selbst.art;
    switch (bedingung) {
      case obenOffen:
        for (const auto& k : lage_.darueber)
          if (k.status != Status::inBearbeitung) {
            if (mandant::stufeFor(tx_, wer_, k.zugriff))
              add(bedingung, k);
            else
              found_.push_back({bedingung, {}, true, {}});
            break;
          }
        break;
      case vorgaengeGeschlossen:
        // A Teilvorgang stands against its own Vorgang; in a closed one it is closed.
        inside<VorgangZeile>(bedingung, SuchArt::vorgang, " AND x.status = 'inBearbeitung' AND x.ueber IS NULL");
        break;
      case teilvorgaengeGeschlossen:
        inside<VorgangZeile>(bedingung, SuchArt::vorgang, " AND x.status = 'inBearbeitung'");
        break;
      case nichtsAbgeschlossen:
        inside<VorgangZeile>(bedingung, SuchArt::vorgang,
                             " AND x.status IN ('abgeschlossen', 'weggelegt', 'aussonderungsreif')");
        break;
      case nichtsInAufbewahrung:
        if (art != SuchArt::dokument)
          inside<VorgangZeile>(bedingung, SuchArt::vorgang,
                               " AND x.status IN ('abgeschlossen', 'weggelegt', 'aussonderungsreif')");
        inside<DokumentZeile>(bedingung, SuchArt::dokument, " AND x.status = 'weggelegt'");
        break;
      case keineLoeschungBeantragt:
        if (art != SuchArt::dokument)
          inside<VorgangZeile>(bedingung, SuchArt::vorgang, " AND x.status = 'loeschungBeantragt'");
        inside<DokumentZeile>(bedingung, SuchArt::dokument, " AND x.status = 'loeschungBeantragt'");
        break;
      case transferfristLaeuft:
        if (lage_.transferfristEnde && *lage_.transferfristEnde < base::Datum::of(jetzt_)) add(bedingung);
        break;
      case nichtsImGeschaeftsgang:
        if (tx_.value<std::int64_t>(
                "SELECT id FROM schritt WHERE mandant = :mandant AND vorgang = :vorgang "
                "AND status IN ('zukuenftig', 'aktuell') AND art NOT IN ('kenntnis', 'zda') LIMIT 1",
                wer_.mandant, lage_.selbst.id))
          add(bedingung);
        break;
      case nichtSchlussgezeichnet:
        if (isSigned()) add(bedingung);
        break;
      case keineLoeschsperre:
        checkSperren();
        break;
      default:
        checkDeletion(bedingung);
    }
  }

  [[nodiscard]] bool isSigned() const {
    const auto marked = [&](sql::Query query) {
      query.add(
          " AND EXISTS (SELECT 1 FROM zeichnung z WHERE z.mandant = x.mandant AND z.dokument = x.id "
          "AND z.art = 'schlusszeichnung') LIMIT 1");
      return tx_.value<std::int64_t>(query).has_value();
    };
    if (marked(sql::Query("SELECT x.id").add(within(lage_.selbst, SuchArt::dokument, wer_.mandant)))) return true;
    return lage_.selbst.art == SuchArt::dokument &&
           marked(sql::Query("SELECT x.id FROM dokument x WHERE x.mandant = :mandant AND x.id = :id", wer_.mandant,
                             lage_.selbst.id));
  }

  void checkSperren() {
    const auto& root = lage_.darueber.empty() ? lage_.selbst : lage_.darueber.back();
    if (root.art != SuchArt::akte) return;
    for (auto& sperre : offeneLoeschsperren(tx_, wer_.mandant, root.id))
      if (mandant::stufeFor(tx_, wer_, root.zugriff))
        found_.push_back({Bedingung::keineLoeschsperre, root, false, std::move(sperre)});
      else
        found_.push_back({Bedingung::keineLoeschsperre, {}, true, {}});
  }

  void checkDeletion(Bedingung bedingung) {
    using enum Bedingung;
    if (bedingung == loeschenErlaubt) {
      if (!mandant::allRows<mandant::MandantZeile>(tx_, wer_.mandant).at(0).loeschfrist) add(bedingung);
    } else if (bedingung == prueferGesetzt) {
      if (!hasPruefer()) add(bedingung);
    } else {
      const auto antrag = offeneLoeschung(tx_, wer_.mandant, lage_.selbst);
      if (!antrag) throw base::Failure("a deletion that nobody asked for");
      const bool wrong = bedingung == andererAlsAntragsteller ? antrag->antragsteller == wer_.person
                                                              : base::Datum::of(jetzt_) < antrag->fruehestens;
      if (wrong) add(bedingung);
    }
  }

  [[nodiscard]] bool hasPruefer() const {
    return tx_
        .value<std::int64_t>(
            "SELECT b.person FROM stelle_rolle r JOIN besetzung b ON b.mandant = r.mandant AND b.stelle = r.stelle "
            "JOIN person_zugriff z ON z.mandant = b.mandant AND z.person = b.person "
            "WHERE r.mandant = :mandant AND r.rolle = 'LP' AND z.zugriff = :zugriff AND z.stufe = 'bearbeiten' "
            "AND b.person <> :ich ORDER BY b.person LIMIT 1",
            wer_.mandant, lage_.selbst.zugriff, wer_.person)
        .has_value();
  }

  template <class Row>
  void inside(Bedingung bedingung, SuchArt art, sql::Sql status) {
    auto query = sql::Query::select<Row>("x");
    query.add(within(lage_.selbst, art, wer_.mandant)).add(status).add(" AND ").add(sichtbar("x.zugriff", wer_));
    for (const auto& row : tx_.query<Row>(query.add(" ORDER BY x.id LIMIT 20"))) add(bedingung, knotenOf(row));
    sql::Query hidden("SELECT x.id");
    hidden.add(within(lage_.selbst, art, wer_.mandant)).add(status).add(" AND NOT (").add(sichtbar("x.zugriff", wer_));
    if (tx_.value<std::int64_t>(hidden.add(") LIMIT 1"))) found_.push_back({bedingung, {}, true, {}});
  }

  void add(Bedingung bedingung, const std::optional<Knoten>& objekt = {}) {
    found_.push_back({bedingung, objekt, false, {}});
  }

  const sql::ReadTx& tx_;
  const Berechtigung& wer_;
  const Lage& lage_;
  base::Zeitpunkt jetzt_;
  std::vector<Hindernis> found_;
};

struct Satz {
  Bedingung grund;
  std::string_view de, en;
};
constexpr Satz saetze[] = {
    {Bedingung::obenOffen, "Das, worin es liegt, ist nicht in Bearbeitung.", "What it lies in is not in progress."},
    {Bedingung::vorgaengeGeschlossen, "Nicht alle Vorgänge der Akte sind zdA.",
     "Not all cases of the file are closed."},
    {Bedingung::teilvorgaengeGeschlossen, "Nicht alle Teilvorgänge sind zdA.", "Not all sub-cases are closed."},
    {Bedingung::nichtsAbgeschlossen, "Darin ist ein Vorgang abgeschlossen.", "A case in it is closed."},
    {Bedingung::nichtsInAufbewahrung, "Darin läuft noch eine Aufbewahrungsfrist.",
     "A retention period runs for something in it."},
    {Bedingung::keineLoeschungBeantragt, "Darin ist etwas zur Löschung vorgemerkt.",
     "Something in it is marked for deletion."},
    {Bedingung::transferfristLaeuft, "Die Transferfrist ist abgelaufen.", "The period for reopening is over."},
    {Bedingung::loeschenErlaubt, "Löschen ist in dieser Verwaltung nicht zugelassen.",
     "Deletion is not allowed in this administration."},
    {Bedingung::prueferGesetzt, "Niemand mit der Rolle Löschprüfung erreicht das Objekt.",
     "Nobody with the role of deletion review reaches it."},
    {Bedingung::andererAlsAntragsteller, "Wer die Löschung beantragt hat, kann sie nicht bestätigen.",
     "Who asked for the deletion cannot confirm it."},
    {Bedingung::wartezeitUm, "Die Wartezeit bis zur Löschung läuft noch.",
     "The waiting time before deletion still runs."},
    {Bedingung::nichtsImGeschaeftsgang, "Im Geschäftsgang ist noch ein Schritt oder eine Wiedervorlage offen.",
     "A step of its routing or a resubmission is still open."},
    {Bedingung::nichtSchlussgezeichnet, "Darin ist ein Dokument schlussgezeichnet.",
     "A document in it is finally signed."},
    {Bedingung::keineLoeschsperre, "Auf der Akte liegt eine Löschsperre.", "A hold lies on the file."},
};

}  // namespace

Knoten knotenOf(const AkteZeile& row) {
  return {SuchArt::akte, row.id, row.stand, row.zugriff, row.uuid, row.zeichen, row.betreff, row.status};
}
Knoten knotenOf(const VorgangZeile& row) {
  return {SuchArt::vorgang, row.id, row.stand, row.zugriff, row.uuid, row.zeichen, row.betreff, row.status};
}
Knoten knotenOf(const DokumentZeile& row) {
  return {SuchArt::dokument,        row.id,      row.stand, row.zugriff, row.uuid,
          row.zeichen.value_or(""), row.betreff, row.status};
}

Lage lageOf(const AkteMit& mit) { return {knotenOf(mit.akte), {}, mit.akte.transferfristEnde}; }
Lage lageOf(const VorgangMit& mit) {
  Lage lage{knotenOf(mit.vorgang), {}, mit.vorgang.transferfristEnde};
  if (mit.ueber) lage.darueber.push_back(knotenOf(*mit.ueber));
  lage.darueber.push_back(knotenOf(mit.akte));
  return lage;
}
Lage lageOf(const DokumentMit& mit) {
  Lage lage{knotenOf(mit.dokument), {}, {}};
  if (mit.ueber) lage.darueber.push_back(knotenOf(*mit.ueber));
  if (mit.vorgang) {
    const auto oben = lageOf(*mit.vorgang);
    lage.darueber.push_back(oben.selbst);
    lage.darueber.insert(lage.darueber.end(), oben.darueber.begin(), oben.darueber.end());
  }
  return lage;
}

Status zustandOf(const Lage& lage) {
  if (lage.selbst.status != Status::inBearbeitung) return lage.selbst.status;
  for (const auto& k : lage.darueber)
    if (k.status != Status::inBearbeitung) return k.status;
  return Status::inBearbeitung;
}

std::vector<Hindernis> hindernisse(const sql::ReadTx& tx, const Berechtigung& wer, const Lage& lage, const Regel& regel,
                                   base::Zeitpunkt jetzt) {
  return Sucher(tx, wer, lage, jetzt).run(regel);
}

std::optional<Uebergang> loesungFor(const Hindernis& hindernis) {
  if (!hindernis.objekt || hindernis.sperre) return std::nullopt;
  const auto& objekt = *hindernis.objekt;
  if (objekt.status == Status::inBearbeitung) return Uebergang::zda;
  for (const auto& regel : regeln())
    if (regel.art == objekt.art && regel.von == objekt.status && regel.nach == Status::inBearbeitung)
      return regel.uebergang;
  return std::nullopt;
}

std::string satz(const Hindernis& hindernis, bool english) {
  const auto& row = *std::ranges::find(saetze, hindernis.grund, &Satz::grund);
  std::string out(english ? row.en : row.de);
  if (hindernis.verdeckt) out += english ? " You may not see it." : " Es ist für Sie nicht sichtbar.";
  return out;
}

std::optional<LoeschungZeile> offeneLoeschung(const sql::ReadTx& tx, std::int64_t mandant, const Knoten& objekt) {
  return tx.one<LoeschungZeile>(sql::Query::select<LoeschungZeile>().add(
      " FROM loeschung WHERE mandant = :mandant AND objekt = :objekt AND ergebnis = 'beantragt'", mandant, objekt.id));
}

}  // namespace akte
