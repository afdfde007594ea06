#include "eingang/vorschlag.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "schrift.h"
#include "sql/liste.h"
#include "text/analyser.h"

namespace eingang {
namespace {

using mandant::Recht;

constexpr double shown = 0.14;    ///< what the best must have, else nothing fits
constexpr double besides = 0.25;  ///< of the best, what others must have
constexpr std::int64_t lettersOfSender = 200, outgoingOfDay = 30, lastEntries = 2'000;

struct Fundstelle {
  std::string form{}, art{};
  std::int64_t objekt = 0;
};
BOOST_DESCRIBE_STRUCT(Fundstelle, (), (form, art, objekt))

struct Brief {
  std::int64_t id = 0, vorgang = 0;
  std::optional<std::string> absender{}, empfaenger{};
  std::string betreff{};
};
BOOST_DESCRIBE_STRUCT(Brief, (), (id, vorgang, absender, empfaenger, betreff))

struct Haeufigkeit {
  std::int64_t vorgang = 0, anzahl = 0;
};
BOOST_DESCRIBE_STRUCT(Haeufigkeit, (), (vorgang, anzahl))

/// Reasons for one place. Each is the probability that it alone is right. A sign that is named and a rule that
/// somebody made stand for themselves; all others (words, sender, habit) say much the same of two letters by one hand,
/// so together they never outweigh it.
struct Kandidat {
  std::vector<Grund> gruende{};
  void add(Grund grund) {
    auto& falsch = fuerSich(grund.art) ? falschAllein_ : falschZusammen_;
    falsch *= 1 - std::clamp(grund.gewicht, 0.0, 0.97);
    gruende.push_back(std::move(grund));
  }
  [[nodiscard]] double falsch() const { return falschAllein_ * (0.3 + 0.7 * falschZusammen_); }

 private:
  static bool fuerSich(GrundArt art) {
    return art == GrundArt::regel || art == GrundArt::zeichen || art == GrundArt::zeichenUngenau ||
           art == GrundArt::akteZeichen || art == GrundArt::antwort;
  }
  double falschAllein_ = 1, falschZusammen_ = 1;
};

class Sammlung {
 public:
  Sammlung(suche::Aehnlichkeit& aehnlichkeit, const sql::ReadTx& tx, const Berechtigung& wer,
           const akte::DokumentMit& dokument, Vorschlaege& out)
      : aehnlichkeit_(aehnlichkeit),
        tx_(tx),
        wer_(wer),
        dokument_(dokument.dokument),
        out_(out),
        absender_(dokument_.absender     ? *dokument_.absender
                  : out.erkannt.absender ? out.erkannt.absender->wert
                                         : "") {}

  void run() {
    byRegeln();
    byZeichen();
    byFremdeZeichen();
    byBezug();
    byAntwort();
    byAbsender();
    byWorte();
    byBetreff();
    byGewohnheit();
    choose();
  }

 private:
  const Erkannt& erkannt() const { return out_.erkannt; }
  std::string words(const Stelle& stelle) const { return out_.text.substr(stelle.von, stelle.bis - stelle.von); }

  void byRegeln() {
    for (const auto& regel : mandant::allRows<AblageregelZeile>(tx_, wer_.mandant)) {
      const bool hit =
          passt(regel, absender_, dokument_.betreff, dokument_.organisationseinheit) ||
          (erkannt().betreff && passt(regel, absender_, erkannt().betreff->wert, dokument_.organisationseinheit));
      if (!hit) continue;
      Grund grund{GrundArt::regel,
                  regel.absenderName.value_or(regel.worte.value_or("")),
                  {},
                  base::Datum::of(regel.angelegt),
                  0,
                  {},
                  0.92};
      (regel.vorgang ? vorgaenge_[*regel.vorgang] : akten_[regel.akte]).add(std::move(grund));
    }
  }

  /// Whether words before a place say that a sign follows.
  bool benannt(const Stelle& stelle) const {
    const auto von = stelle.von > 40 ? stelle.von - 40 : 0;
    auto before = std::string(out_.text.substr(von, stelle.von - von));
    std::ranges::transform(before, before.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return before.find("eichen") != std::string::npos || before.find("az") != std::string::npos ||
           before.find("akte") != std::string::npos || before.find("gz") != std::string::npos;
  }

  void byZeichen() {
    std::vector<std::string> forms;
    for (const auto& fund : erkannt().zeichen) forms.push_back(fund.form);
    for (const auto& fund : zeichenIn(dokument_.betreff)) forms.push_back(fund.form);
    if (forms.empty()) return;
    sql::Query query("SELECT form, objekt_art, objekt FROM zeichen WHERE mandant = :mandant AND form", wer_.mandant);
    query.add(sql::in(tx_, forms)).add(" ORDER BY id");
    std::multimap<std::string, Fundstelle> found;
    for (auto& row : tx_.query<Fundstelle>(query)) found.emplace(row.form, row);
    if (found.empty()) return;
    std::vector<Stelle> taken;  // longer signs first: what is part of one is not a sign of its own
    const auto use = [&](const ZeichenFund& fund, bool inText) {
      if (!found.contains(fund.form)) return;
      const auto inside = [&](const Stelle& other) {
        return fund.stelle.von < other.bis && fund.stelle.bis > other.von;
      };
      if (inText && std::ranges::any_of(taken, inside)) return;
      if (inText) taken.push_back(fund.stelle);
      const auto [begin, end] = found.equal_range(fund.form);
      for (auto row = begin; row != end; ++row) zeichenOf(row->second, fund, inText);
    };
    for (const auto& fund : erkannt().zeichen) use(fund, true);
    for (const auto& fund : zeichenIn(dokument_.betreff)) use(fund, false);
  }

  void zeichenOf(const Fundstelle& row, const ZeichenFund& fund, bool inText) {
    Grund grund{fund.verbessert ? GrundArt::zeichenUngenau : GrundArt::zeichen,
                {},
                {},
                {},
                0,
                {},
                fund.verbessert ? 0.84 : 0.93};
    if (inText) {
      grund.text = words(fund.stelle);
      grund.stellen.push_back(fund.stelle);
    } else {
      grund.text = dokument_.betreff.substr(fund.stelle.von, fund.stelle.bis - fund.stelle.von);
    }
    if (row.art == akte::AkteZeile::tabelle) {
      // Two short numbers may be anything: a time, an amount, an Article.
      const bool named = !inText || benannt(fund.stelle) || fund.form.size() > 8;
      grund.art = GrundArt::akteZeichen;
      grund.gewicht = named ? 0.55 : 0.15;
      gesehen(akten_[row.objekt], std::move(grund));
    } else if (row.art == akte::VorgangZeile::tabelle) {
      gesehen(vorgaenge_[row.objekt], std::move(grund));
    } else if (row.art == akte::DokumentZeile::tabelle && row.objekt != dokument_.id) {
      const auto other = mandant::rowById<akte::DokumentZeile>(tx_, wer_.mandant, row.objekt);
      if (other && other->vorgang && mandant::stufeFor(tx_, wer_, other->zugriff))
        gesehen(vorgaenge_[*other->vorgang], std::move(grund));
    }
  }

  /// The same sign at several places is one reason.
  static void gesehen(Kandidat& kandidat, Grund grund) {
    for (auto& known : kandidat.gruende)
      if (known.art == grund.art && known.text == grund.text) {
        known.stellen.insert(known.stellen.end(), grund.stellen.begin(), grund.stellen.end());
        return;
      }
    kandidat.add(std::move(grund));
  }

  void byFremdeZeichen() {
    std::map<std::string, Stelle> forms;
    for (const auto& fund : erkannt().zeichen)
      if (fund.form.size() >= 6 && !fund.verbessert) forms.try_emplace(fund.form, fund.stelle);
    if (erkannt().fremdesZeichen) forms[zeichenForm(erkannt().fremdesZeichen->wert)] = erkannt().fremdesZeichen->stelle;
    if (dokument_.fremdesGeschaeftszeichen) forms[zeichenForm(*dokument_.fremdesGeschaeftszeichen)] = {};
    if (forms.empty()) return;
    std::vector<std::string> list;
    for (const auto& [form, stelle] : forms) list.push_back(form);
    sql::Query vorgaenge(
        "SELECT fremd_form, 'vorgang', id FROM vorgang WHERE mandant = :mandant AND fremd_form IS NOT NULL AND "
        "fremd_form",
        wer_.mandant);
    auto rows = tx_.query<Fundstelle>(vorgaenge.add(sql::in(tx_, list)).add(" ORDER BY id"));
    sql::Query dokumente(
        "SELECT DISTINCT d.fremd_form, 'vorgang', d.vorgang FROM dokument d WHERE d.mandant = :mandant AND d.vorgang "
        "IS "
        "NOT NULL AND d.fremd_form IS NOT NULL AND ",
        wer_.mandant);
    dokumente.add(mandant::sichtbar("d.zugriff", wer_)).add(" AND d.fremd_form").add(sql::in(tx_, list));
    std::ranges::move(tx_.query<Fundstelle>(dokumente.add(" ORDER BY d.vorgang")), std::back_inserter(rows));
    for (const auto& row : rows) {
      const auto& stelle = forms.at(row.form);
      Grund grund{GrundArt::fremdesZeichen,
                  stelle.bis > 0 ? words(stelle) : *dokument_.fremdesGeschaeftszeichen,
                  {},
                  {},
                  0,
                  {},
                  0.78};
      if (stelle.bis > 0) grund.stellen.push_back(stelle);
      gesehen(vorgaenge_[row.objekt], std::move(grund));
    }
  }

  void byBezug() {
    const auto name = absenderWorte(absender_);
    for (const auto& bezug : erkannt().bezuege) {
      sql::Query query(
          "SELECT d.id, d.vorgang, d.absender, d.empfaenger, d.betreff FROM dokument d WHERE d.mandant = :mandant AND "
          "d.art = 'Ausgang' AND d.datum = :tag AND d.vorgang IS NOT NULL AND ",
          wer_.mandant, bezug.datum);
      query.add(mandant::sichtbar("d.zugriff", wer_)).add(" ORDER BY d.id DESC LIMIT :grenze", outgoingOfDay);
      const auto rows = tx_.query<Brief>(query);
      for (const auto& row : rows) {
        const auto there =
            text::analyse(row.empfaenger.value_or("") + " " + row.betreff + " " + textOf(row.id).substr(0, 2'000));
        const auto named = std::ranges::count_if(name, [&](const auto& word) {
          return std::ranges::any_of(there, [&](const auto& token) { return token.wort == word; });
        });
        double weight = std::max(0.05, 0.3 / static_cast<double>(rows.size()));
        if (named > 0) weight = named == std::ssize(name) ? 0.75 : 0.5;
        gesehen(vorgaenge_[row.vorgang], {GrundArt::bezug, bezug.wortlaut, {}, bezug.datum, 0, {bezug.stelle}, weight});
      }
    }
  }

  /// Mails of one conversation: what this one answers, what answers it, and what answers the same.
  void byAntwort() {
    sql::Query query(
        "SELECT DISTINCT d.id, d.vorgang, d.absender, d.empfaenger, d.betreff FROM version s JOIN mail_kennung k ON "
        "k.mandant = s.mandant AND k.version = s.id JOIN mail_kennung a ON a.mandant = k.mandant AND a.kennung = "
        "k.kennung AND a.version <> k.version JOIN version v ON v.mandant = a.mandant "
        "AND v.id = a.version JOIN dokument d ON d.mandant = v.mandant AND d.id = v.dokument WHERE s.mandant = "
        ":mandant "
        "AND s.dokument = :dokument AND s.nr = :nr AND d.id <> :selbst AND d.vorgang IS NOT NULL AND ",
        wer_.mandant, dokument_.id, dokument_.version, dokument_.id);
    query.add(mandant::sichtbar("d.zugriff", wer_)).add(" ORDER BY d.id DESC LIMIT :grenze", outgoingOfDay);
    for (const auto& row : tx_.query<Brief>(query))
      gesehen(vorgaenge_[row.vorgang], {GrundArt::antwort, row.betreff, {}, {}, 0, {}, 0.95});
  }

  std::string textOf(std::int64_t dokument) const {
    return tx_
        .value<std::string>(
            "SELECT t.text FROM dokument d JOIN version v ON v.mandant = d.mandant AND v.dokument = d.id AND v.nr = "
            "d.version "
            "JOIN volltext t ON t.mandant = v.mandant AND t.version = v.id WHERE d.mandant = :mandant AND d.id = :id",
            wer_.mandant, dokument)
        .value_or("");
  }

  void byAbsender() {
    const auto worte = absenderWorte(absender_);
    if (worte.empty()) return;
    std::map<std::int64_t, std::int64_t> wrote, named;
    std::int64_t letters = 0;
    for (const auto id : suche::dokumenteMit(tx_, wer_, worte, lettersOfSender)) {
      if (id == dokument_.id) continue;
      const auto row = mandant::rowById<akte::DokumentZeile>(tx_, wer_.mandant, id).value();
      const bool same = row.absender && (gleicherAbsender(*row.absender, absender_) ||
                                         std::ranges::includes(absenderWorte(*row.absender), worte));
      if (same && ++letters > 0)
        ++wrote[*row.vorgang];
      else if (worte.size() > 1)
        ++named[*row.vorgang];
    }
    std::vector<Stelle> stellen;
    if (erkannt().absender) stellen.push_back(erkannt().absender->stelle);
    for (const auto& [vorgang, n] : wrote) {
      const double share = static_cast<double>(n) / static_cast<double>(letters);
      vorgaenge_[vorgang].add({GrundArt::absender, absender_, {}, {}, n, stellen, 0.2 + 0.4 * share});
    }
    for (const auto& [vorgang, n] : named)
      if (!wrote.contains(vorgang))
        vorgaenge_[vorgang].add(
            {GrundArt::absenderGenannt, absender_, {}, {}, n, stellen, 0.4 / static_cast<double>(named.size() + 1)});
  }

  void byWorte() {
    const auto found = aehnlichkeit_.find(tx_, wer_, dokument_.betreff + "\n" + out_.text, dokument_.id);
    if (found.empty()) return;
    const double best = 0.9 * found.front().anteil * std::sqrt(found.front().naehe);
    for (const auto& one : found) {
      if (one.worte.size() < 2) continue;
      Grund grund{GrundArt::worte, {}, {}, {}, 0, {}, best * one.punkte / found.front().punkte};
      for (const auto& wort : one.worte) grund.worte.push_back(wort.wort);
      vorgaenge_[one.vorgang].add(std::move(grund));
    }
  }

  /// Without words that say only what kind of letter it is.
  static std::string ohneArt(std::string_view line) {
    constexpr std::size_t longestKind = 13;  // bytes: Stellungnahme; longer ones are compounds that say more
    std::string out;
    for (std::size_t at = 0; at < line.size();) {
      const auto end = std::min(line.find(' ', at), line.size());
      const auto word = line.substr(at, end - at);
      if (word.size() > longestKind || !nenntSchreiben(kleingeschrieben(word))) (out += word) += ' ';
      at = end + 1;
    }
    return out;
  }

  /// Words of the Betreff in the Betreff of Akten and Vorgänge.
  void byBetreff() {
    std::set<std::int64_t> known;
    for (const auto& line : {erkannt().betreff ? erkannt().betreff->wert : std::string(), dokument_.betreff})
      for (const auto& one : suche::koepfeMit(tx_, wer_, ohneArt(line))) {
        if (!known.insert(one.objekt).second) continue;
        Grund grund{GrundArt::betreff, {}, one.worte, {}, 0, {}, 0.4 * one.anteil};
        (one.art == akte::SuchArt::akte ? akten_[one.objekt] : vorgaenge_[one.objekt]).add(std::move(grund));
      }
  }

  /// Where this person filed lately: no reason of its own, it decides between likely places.
  void byGewohnheit() {
    if (wer_.istSystem()) return;
    const auto last = tx_.value<std::int64_t>(
        "SELECT nr FROM journal WHERE mandant = :mandant ORDER BY nr DESC LIMIT 1", wer_.mandant);
    const auto rows = tx_.query<Haeufigkeit>(
        "SELECT oberobjekt, COUNT(*) FROM journal WHERE mandant = :mandant AND nr > :ab AND person = :person AND "
        "aktion = 'dokument.abgelegt' GROUP BY oberobjekt ORDER BY oberobjekt",
        wer_.mandant, last.value_or(0) - lastEntries, wer_.person);
    for (const auto& row : rows)
      if (const auto known = vorgaenge_.find(row.vorgang); known != vorgaenge_.end() && row.anzahl > 1)
        known->second.add(
            {GrundArt::gewohnheit, {}, {}, {}, row.anzahl, {}, std::min(0.15, 0.03 * static_cast<double>(row.anzahl))});
  }

  /// Keeps what the person may file into; a closed Vorgang speaks for its Akte.
  void choose() {
    std::vector<Vorschlag> list;
    for (auto& [id, kandidat] : vorgaenge_) {
      const auto row = mandant::rowById<akte::VorgangZeile>(tx_, wer_.mandant, id);
      if (!row || dokument_.vorgang == id) continue;
      auto mit = akte::findVorgang(tx_, wer_, row->uuid);
      if (!mit) continue;
      if (mandant::darf(wer_, Recht::dokumentAnlegen, mit->gegenstand)) {
        if (const auto above = akten_.find(row->akte); above != akten_.end() && kandidat.falsch() < 0.95)
          for (const auto& grund : above->second.gruende)
            if (grund.art == GrundArt::akteZeichen) kandidat.add(grund);
        const bool seen = mandant::stufeFor(tx_, wer_, mit->akte.zugriff).has_value();
        list.push_back({*mit, mit->akte, seen, 1 - kandidat.falsch(), std::move(kandidat.gruende)});
      } else if (mit->vorgang.status == akte::Status::abgeschlossen ||
                 mit->vorgang.status == akte::Status::aussonderungsreif) {
        for (auto& grund : kandidat.gruende) {
          grund.gewicht *= 0.8;
          gesehen(akten_[row->akte], std::move(grund));
        }
      }
    }
    for (auto& [id, kandidat] : akten_) {
      const auto row = mandant::rowById<akte::AkteZeile>(tx_, wer_.mandant, id);
      const auto mit = row ? akte::findAkte(tx_, wer_, row->uuid) : base::fail(base::Code::NichtGefunden);
      if (!mit || !mandant::darf(wer_, Recht::vorgangAnlegen, mit->gegenstand)) continue;
      list.push_back({std::nullopt, *row, true, 1 - kandidat.falsch(), std::move(kandidat.gruende)});
    }
    double best = 0;
    for (const auto& one : list) best = std::max(best, one.sicherheit);
    std::erase_if(list, [&](const Vorschlag& one) { return best < shown || one.sicherheit < best * besides; });
    // A Vorgang before its Akte, where it is about as likely.
    std::erase_if(list, [&](const Vorschlag& one) {
      return !one.vorgang && std::ranges::any_of(list, [&](const Vorschlag& other) {
        return other.vorgang && other.akte.id == one.akte.id && other.sicherheit >= one.sicherheit;
      });
    });
    std::ranges::sort(list, [](const Vorschlag& a, const Vorschlag& b) {
      if (a.sicherheit != b.sicherheit) return a.sicherheit > b.sicherheit;
      return (a.vorgang ? a.vorgang->vorgang.id : a.akte.id) > (b.vorgang ? b.vorgang->vorgang.id : b.akte.id);
    });
    if (list.size() > 3) list.resize(3);
    for (auto& one : list) std::ranges::stable_sort(one.gruende, std::greater{}, &Grund::gewicht);
    out_.liste = std::move(list);
  }

  suche::Aehnlichkeit& aehnlichkeit_;
  const sql::ReadTx& tx_;
  const Berechtigung& wer_;
  const akte::DokumentZeile& dokument_;
  Vorschlaege& out_;
  std::string absender_;
  std::map<std::int64_t, Kandidat> vorgaenge_, akten_;
};

}  // namespace

Vorschlaege Vorschlagende::vorschlagen(const sql::ReadTx& tx, const Berechtigung& wer,
                                       const akte::DokumentMit& dokument, const base::Datum& heute) {
  Vorschlaege out;
  out.text = tx.value<std::string>(
                   "SELECT t.text FROM version v JOIN volltext t ON t.mandant = v.mandant AND t.version = v.id "
                   "WHERE v.mandant = :mandant AND v.dokument = :dokument AND v.nr = :nr",
                   wer.mandant, dokument.dokument.id, dokument.dokument.version)
                 .value_or("");
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, wer.mandant);
  out.erkannt = erkennen(out.text, {heute, town.empty() ? "" : town.front().name});
  // Who may not file at all is told nothing of where.
  if (!wer.nurLesen && wer.hat(Recht::eingangAblegen)) Sammlung(aehnlichkeit_, tx, wer, dokument, out).run();
  return out;
}

}  // namespace eingang
