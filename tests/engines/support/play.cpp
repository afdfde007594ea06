#include "support/play.h"

#include <ostream>

#include "akte/felder.h"
#include "akte/register.h"

namespace engines {
namespace {

using akte::Status;
using mandant::EintragNeu;

/// Words that meet in queries, with what breaks careless code.
std::string words(unsigned seed) {
  static const std::vector<std::string> all{"Bescheid", "Straße",    "Größe",  "Müller", "Anhalt",
                                            "2026",     "\"Zitat\"", "Antrag", "ÄÖÜ",    "\\"};
  std::string out;
  for (unsigned i = 0; i < 1 + seed % 7; ++i) out += (i == 0 ? "" : " ") + all[(seed / (i + 1) + i) % all.size()];
  return out;
}

std::optional<Uuid> uuidOf(const auto& row) { return row ? std::optional<Uuid>(row->uuid) : std::nullopt; }

}  // namespace

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << step.kind << "(" << step.a << "," << step.b << "," << step.c << ")";
}

Play::Play(Town& town) : town_(town), pruefung_(town.post(town.amt, {Rolle::LP})) {
  town_.entry("0");
  town_.occupy(pruefung_, {town_.bernd});
  akte::MandantAendern change;
  change.loeschfrist = {true, 0};
  const auto before = pick<mandant::MandantZeile>(0);
  done([&](Change& c) { return town_.world.schriftgut.changeMandant(c, *before, change); });
}

template <class Row>
std::optional<Row> Play::pick(unsigned which) {
  const auto rows =
      town_.world.read(town_.mandant, [&](const sql::ReadTx& tx) { return mandant::allRows<Row>(tx, town_.mandant); });
  if (rows.empty()) return std::nullopt;
  return rows[which % rows.size()];
}

template <typename F>
bool Play::done(F&& f) {
  return town_.world.change(town_.mandant, person_.id, std::forward<F>(f)).has_value();
}

bool Play::step(const Step& step) {
  person_ = step.c % 3 == 0 ? town_.bernd : town_.anna;
  wer_ = town_.wer(person_);
  town_.world.clock.moveSeconds(step.b % 5 == 0 ? 86'400 * 40 : 1);
  const auto before = town_.entries();
  const unsigned kind = step.kind % kinds;
  const bool changed = kind < 9              ? organisation(step)
                       : kind < 12           ? plan(step)
                       : kind < 17           ? akte(step)
                       : kind < 22           ? vorgang(step)
                       : kind >= uebergaenge ? zustand(step)
                       : kind >= gliederung  ? gliedern(step)
                       : kind >= 36          ? umschreiben(step)
                       : kind >= registratur ? umfeld(step)
                                             : dokument(step);
  if (town_.entries() != before + (changed ? 1 : 0)) throw std::runtime_error("not one entry for one change");
  return changed;
}

bool Play::organisation(const Step& s) {
  const auto oe = pick<OrganisationseinheitZeile>(s.a);
  const auto post = pick<StelleZeile>(s.a);
  const auto person = pick<PersonZeile>(s.b);
  const auto above = pick<OrganisationseinheitZeile>(s.b);
  const std::vector<EintragNeu> eintraege{{TraegerArt::alle, {}, Stufe::bearbeiten},
                                          {TraegerArt::organisationseinheit, {{oe->uuid.text()}}, Stufe::lesen},
                                          {TraegerArt::stelle, {{post->uuid.text()}}, Stufe::bearbeiten},
                                          {TraegerArt::person, {{person->uuid.text()}}, Stufe::lesen},
                                          {TraegerArt::rolle, {{s.b % 2 == 0 ? "SB" : "RG"}}, Stufe::bearbeiten}};
  const std::vector<EintragNeu> some{eintraege[s.b % 5], eintraege[s.c % 5]};
  switch (s.kind % kinds) {
    case 0:
      return done([&](Change& c) {
        return mandant::createOrganisationseinheit(
            c, {{std::to_string(s.b % 40)}, {words(s.c)}, s.c % 2 == 0 ? uuidOf(oe) : std::nullopt});
      });
    case 1:
      return done([&](Change& c) {
        return mandant::changeOrganisationseinheit(
            c, *oe, {{}, {{words(s.b)}}, {s.c % 2 == 0, s.c % 4 == 0 ? std::nullopt : uuidOf(above)}});
      });
    case 2:
      return done([&](Change& c) {
        return mandant::createStelle(c,
                                     {{words(s.b)}, oe->uuid, s.b % 2 == 0, {Rolle::SB, static_cast<Rolle>(s.c % 9)}});
      });
    case 3:
      return done([&](Change& c) {
        return mandant::changeStelle(c, *post, {{{words(s.b)}}, oe->uuid, s.b % 2 == 0, {}});
      });
    case 4:  // the posts of those who play stay theirs
      return post->id != town_.leitung.id && post->id != town_.sachbearbeitung.id && post->id != pruefung_.id &&
             done([&](Change& c) { return mandant::besetzen(c, *post, {person->uuid}); });
    case 5:
      return done([&](Change& c) {
        return mandant::changePerson(
            c, *person,
            {{{words(s.b)}},
             {},
             {true, s.c % 2 == 0 ? std::nullopt : std::optional<base::Line<200>>{{words(s.c)}}},
             {}});
      });
    case 6:
      return done([&](Change& c) { return mandant::createZugriff(c, {{words(s.a)}, some}); });
    case 7: {
      const auto zugriff = pick<ZugriffZeile>(s.a);
      return done([&](Change& c) { return mandant::changeZugriff(c, *zugriff, {{words(s.a)}, some}); });
    }
    default: {
      mandant::ApiTokenZeile token;
      token.person = person->id;
      token.bezeichnung = words(s.a);
      token.geheimnisHash = base::sha256Hex(words(s.b));
      const auto old = pick<mandant::ApiTokenZeile>(s.a);
      return done([&](Change& c) -> base::Result<void> {
        token.uuid = c.newUuid();
        if (old && s.b % 2 == 0)
          c.erase(*old);
        else
          c.insert(token);
        c.about({"token.angelegt", token.tabelle, token.id, 0, person->id});
        return {};
      });
    }
  }
}

bool Play::plan(const Step& s) {
  const auto entry = pick<AktenplaneinheitZeile>(s.a);
  const auto zugriff = pick<ZugriffZeile>(s.b);
  switch (s.kind % kinds) {
    case 9:
      return done([&](Change& c) {
        return town_.world.schriftgut.createEinheit(
            c, mandant::systemBerechtigung(town_.mandant),
            {s.c % 2 == 0 ? std::optional(entry->uuid) : std::nullopt,
             {std::to_string(s.b % 60)},
             {words(s.c)},
             {},
             s.b % 3 == 0 ? std::nullopt : std::optional<std::int64_t>(s.b % 30),
             akte::Aussonderungsart::B,
             {},
             s.c % 5 == 0 ? uuidOf(zugriff) : std::nullopt});
      });
    case 10: {
      akte::AktenplaneinheitAendern change;
      change.titel = {{words(s.b)}};
      change.beschreibung = {s.b % 2 == 0,
                             s.b % 4 == 0 ? std::nullopt : std::optional<base::Prose<4000>>{{words(s.c) + "\nZeile"}}};
      change.gesperrt = s.c % 7 == 0;
      if (s.b % 3 == 0) change.zeichenVorgang = {true, {{"{OE}-{Aktenplan}-{Lfd:3}"}}};
      return done([&](Change& c) {
        return town_.world.schriftgut.changeEinheit(c, mandant::systemBerechtigung(town_.mandant), *entry, change);
      });
    }
    default: {
      const auto town = pick<mandant::MandantZeile>(0);
      akte::MandantAendern change;
      change.name = {{words(s.a)}};
      change.zeichenAkte = {{s.b % 2 == 0 ? "{Aktenplan}-{Akte}" : "{Aktenplan}.{Lfd:4}/{Jahr}"}};
      change.fristAbJahresende = s.c % 2 == 0;
      change.loeschfrist = {s.b % 3 == 0, s.b % 9 == 0 ? std::nullopt : std::optional<std::int64_t>(s.c % 3)};
      change.transferfrist = {s.a % 5 == 0, s.a % 10 == 0 ? std::nullopt : std::optional<std::int64_t>(1)};
      return done([&](Change& c) { return town_.world.schriftgut.changeMandant(c, *town, change); });
    }
  }
}

bool Play::akte(const Step& s) {
  const auto entry = pick<AktenplaneinheitZeile>(s.a);
  if (s.kind % kinds == 12)
    return done([&](Change& c) { return town_.world.schriftgut.createAkte(c, wer_, {entry->uuid, {words(s.b)}, {}}); });
  const auto row = pick<AkteZeile>(s.a);
  if (!row) return false;
  return done([&](Change& c) -> base::Result<AkteZeile> {
    auto& schriftgut = town_.world.schriftgut;
    AKTENLOTSE_GET(mit, akte::findAkte(c.tx(), wer_, row->uuid));
    switch (s.kind % kinds) {
      case 13:
        return schriftgut.changeAkte(c, wer_, mit, {{{words(s.b)}}, {s.c % 2 == 0, {{words(s.c)}}}});
      case 14: {
        const auto zugriffe = mandant::allRows<ZugriffZeile>(c.tx(), town_.mandant);
        return schriftgut.setZugriff(c, wer_, mit, {zugriffe[s.b % zugriffe.size()].uuid});
      }
      case 15:
        return schriftgut.zda(c, wer_, mit);
      default:
        return schriftgut.zdaAufheben(c, wer_, mit);
    }
  });
}

/// A transition of the table on any object of its kind: mostly one that its status offers.
bool Play::zustand(const Step& s) {
  const auto apply = [&](const auto& row, akte::SuchArt art, auto find) {
    if (!row) return false;
    std::vector<const akte::Regel*> rules;
    for (const auto& regel : akte::regeln())
      if (regel.art == art && (s.c % 5 == 0 || regel.von == row->status)) rules.push_back(&regel);
    const auto uebergang = rules[s.c / 3 % rules.size()]->uebergang;
    return done([&](Change& c) -> base::Result<void> {
      AKTENLOTSE_GET(mit, find(c.tx(), wer_, row->uuid));
      if (uebergang == akte::Uebergang::loeschungBestaetigen) {
        AKTENLOTSE_TRY(town_.world.schriftgut.loesche(c, wer_, akte::lageOf(mit), mit.gegenstand));
      } else {
        AKTENLOTSE_TRY(town_.world.schriftgut.wechsle(c, wer_, mit, uebergang, {{{words(s.b)}}}));
      }
      return {};
    });
  };
  if (s.a % 5 == 0) return apply(pick<AkteZeile>(s.b), akte::SuchArt::akte, &akte::findAkte);
  if (s.a % 5 < 3) return apply(pick<VorgangZeile>(s.b), akte::SuchArt::vorgang, &akte::findVorgang);
  return apply(pick<DokumentZeile>(s.b), akte::SuchArt::dokument, &akte::findDokument);
}

bool Play::vorgang(const Step& s) {
  const auto akte = pick<AkteZeile>(s.a);
  if (!akte) return false;
  // Each third as a Teilvorgang, where there is a Vorgang.
  const auto oben = s.c % 3 == 1 ? pick<VorgangZeile>(s.b) : std::nullopt;
  if (s.kind % kinds == 17)
    return done([&](Change& c) {
      const auto darin = oben ? mandant::rowById<AkteZeile>(c.tx(), town_.mandant, oben->akte).value() : *akte;
      return town_.world.schriftgut.createVorgang(c, wer_, {darin.uuid, {words(s.b)}, {}, uuidOf(oben)});
    });
  const auto row = pick<VorgangZeile>(s.a);
  if (!row) return false;
  return done([&](Change& c) -> base::Result<VorgangZeile> {
    auto& schriftgut = town_.world.schriftgut;
    AKTENLOTSE_GET(mit, akte::findVorgang(c.tx(), wer_, row->uuid));
    switch (s.kind % kinds) {
      case 18:
        return schriftgut.changeVorgang(
            c, wer_, mit,
            {{{words(s.b)}}, {s.b % 2 == 0, town_.anna.uuid}, {true, {{words(s.c)}}}, {s.c % 2 == 0, {}}});
      case 19: {
        const auto zugriffe = mandant::allRows<ZugriffZeile>(c.tx(), town_.mandant);
        return schriftgut.setZugriff(c, wer_, mit, {zugriffe[s.b % zugriffe.size()].uuid});
      }
      case 20:
        return schriftgut.zda(c, wer_, mit);
      default:
        return schriftgut.zdaAufheben(c, wer_, mit);
    }
  });
}

bool Play::dokument(const Step& s) {
  const auto datei = town_.world.file("datei_" + std::to_string(s.b % 9) + ".txt", words(s.b) + " " + words(s.c));
  const auto ziel = pick<VorgangZeile>(s.a);
  auto& schriftgut = town_.world.schriftgut;
  if (s.kind % kinds == 22) return done([&](Change& c) { return schriftgut.createEingang(c, wer_, {}, datei, {}); });
  if (s.kind % kinds == 23)
    return ziel && done([&](Change& c) { return schriftgut.createDokument(c, wer_, ziel->uuid, datei, {}); });
  const auto row = pick<DokumentZeile>(s.b);
  if (!row) return false;
  return done([&](Change& c) -> base::Result<DokumentZeile> {
    AKTENLOTSE_GET(mit, akte::findDokument(c.tx(), wer_, row->uuid));
    switch (s.kind % kinds) {
      case 24:
        return schriftgut.createAnlage(c, wer_, mit, datei);
      case 25:
        return schriftgut.addVersion(c, wer_, mit, datei, s.c % 2 == 0 ? std::nullopt : std::optional<std::int64_t>(1));
      case 26: {
        akte::DokumentAendern change;
        change.betreff = {{words(s.c)}};
        change.absender = {s.a % 2 == 0, {{words(s.a)}}};
        change.datum = {s.a % 3 == 0, base::Datum::of(2024, 2, 29)};
        return schriftgut.changeDokument(c, wer_, mit, change);
      }
      case 27:
        return schriftgut.zurueck(c, wer_, mit);
      default:
        if (!ziel) return base::fail(Code::NichtGefunden);
        return schriftgut.ablegen(c, wer_, mit, {ziel->uuid, {}, {}, {}, {}});
    }
  });
}

/// What stands around a Vorgang.
bool Play::umfeld(const Step& s) {
  const auto row = pick<VorgangZeile>(s.a);
  const auto other = pick<VorgangZeile>(s.b);
  const auto kontakt = pick<akte::KontaktZeile>(s.b);
  auto& umfeld = town_.world.umfeld;
  if (!row) return false;
  const auto before = town_.entries();
  const auto set = done([&](Change& c) -> base::Result<void> {
    AKTENLOTSE_GET(objekt, akte::findObjekt(c.tx(), wer_, akte::SuchArt::vorgang, row->uuid));
    switch (s.kind % kinds) {
      case 29:
        return umfeld.setSchlagworte(c, wer_, objekt, {{{words(s.b)}, {words(s.c)}}});
      case 30:
        AKTENLOTSE_TRY(
            umfeld.addVerweis(c, wer_, objekt, {akte::SuchArt::vorgang, other->uuid, akte::Verweisart::siehe, {}}));
        return {};
      case 31: {
        akte::KontaktNeu neu;
        neu.nachname = {{words(s.c % 40)}};
        if (s.b % 2 == 0) neu.ort = {{words(s.b)}};
        AKTENLOTSE_TRY(umfeld.createKontakt(c, wer_, neu));
        return {};
      }
      case 32:
        if (!kontakt) return base::fail(Code::NichtGefunden);
        AKTENLOTSE_TRY(umfeld.addBeteiligung(c, wer_, objekt, {kontakt->uuid, {words(s.c % 20)}, {}}));
        return {};
      case 33: {
        const auto all = mandant::allRows<akte::KontaktZeile>(c.tx(), town_.mandant);
        if (!kontakt) return base::fail(Code::NichtGefunden);
        AKTENLOTSE_TRY(umfeld.vereine(c, wer_, *kontakt, {all[s.c % all.size()].uuid}));
        return {};
      }
      case 34:
        return umfeld.setVorlage(c, wer_, objekt, s.b % 3 == 0 ? akte::OptText() : words(s.c));
      default: {
        const auto felder = mandant::allRows<akte::FeldartZeile>(c.tx(), town_.mandant);
        if (felder.empty() || s.b % 3 == 0) {
          AKTENLOTSE_TRY(akte::createFeldart(c, wer_, {{"Antrag"}, {words(s.c)}, akte::Feldtyp::text}));
          return {};
        }
        AKTENLOTSE_GET(mit, akte::findVorgang(c.tx(), wer_, row->uuid));
        return akte::setFelder(c, wer_, town_.world.index, mit,
                               {{true, {{"Antrag"}}}, {{felder[s.b % felder.size()].uuid, {{words(s.c)}}}}});
      }
    }
  });
  // What is set to what it is, is no change.
  return set && town_.entries() > before;
}

/// Another place, a copy, and undo of anything that one did.
bool Play::umschreiben(const Step& s) {
  akte::Registratur work(town_.world.schriftgut);
  const auto akte = pick<AkteZeile>(s.b);
  const auto vorgang = pick<VorgangZeile>(s.a);
  const auto entry = pick<AktenplaneinheitZeile>(s.a);
  const auto last = town_.entries();
  if (!akte || !vorgang) return false;
  return done([&](Change& c) -> base::Result<void> {
    switch (s.kind % kinds) {
      case 36: {
        AKTENLOTSE_GET(mit, akte::findVorgang(c.tx(), wer_, vorgang->uuid));
        if (s.c % 2 == 0) {
          const auto in = c.tx().query<VorgangZeile>(sql::Query::select<VorgangZeile>().add(
              " FROM vorgang WHERE mandant = :m AND akte = :a ORDER BY id", town_.mandant, akte->id));
          const auto oben = s.c % 4 == 0 && !in.empty() ? std::optional(in[s.c % in.size()].uuid) : std::nullopt;
          AKTENLOTSE_TRY(work.umschreiben(c, wer_, mit, akte::VorgangUmschreiben{akte->uuid, oben}));
        } else {
          AKTENLOTSE_TRY(work.kopiere(c, wer_, mit, akte::VorgangKopieren{{}, akte->uuid, true, {}}));
        }
        return {};
      }
      case 37: {
        AKTENLOTSE_GET(mit, akte::findAkte(c.tx(), wer_, akte->uuid));
        AKTENLOTSE_TRY(work.umschreiben(c, wer_, mit, {entry->uuid, {}}));
        return {};
      }
      default:
        return work.rueckgaengig(c, wer_, last - s.c % 5);
    }
  });
}

/// Registerblätter of an Akte or a Vorgang, and what is put behind them.
base::Result<void> Play::blatt(Change& c, const Step& s, const VorgangZeile& row) {
  AKTENLOTSE_GET(mit, akte::findVorgang(c.tx(), wer_, row.uuid));
  AKTENLOTSE_GET(oben, akte::findObjekt(c.tx(), wer_, akte::SuchArt::akte, mit.akte.uuid));
  const auto objekt = s.b % 2 == 0 ? oben : akte::objektOf(mit);
  const auto blaetter = akte::blaetterIn(c.tx(), town_.mandant, objekt.art, objekt.id);
  if (blaetter.empty() || s.c % 6 == 0) {
    const bool inside = s.b % 2 == 0 && !blaetter.empty() && blaetter[0].art != akte::Blattart::registerblatt;
    const auto art = s.b % 2 == 0 && !inside ? static_cast<akte::Blattart>(s.b / 2 % 3) : akte::Blattart::registerblatt;
    AKTENLOTSE_TRY(akte::createBlatt(c, wer_, objekt,
                                     {{words(s.b)}, art, inside ? std::optional(blaetter[0].uuid) : std::nullopt}));
    return {};
  }
  const auto& one = blaetter[s.b % blaetter.size()];
  if (s.c % 6 == 1) return akte::removeBlatt(c, wer_, objekt, one.uuid);
  if (s.c % 6 == 2) {
    AKTENLOTSE_TRY(akte::changeBlatt(c, wer_, objekt, {one.uuid, {{words(s.c)}}, 1 + s.a % 2}));
    return {};
  }
  const akte::Gliedern behind{{true, s.c % 6 == 3 ? std::nullopt : std::optional(one.uuid)}};
  if (s.b % 2 == 0) {
    AKTENLOTSE_TRY(akte::gliedern(c, wer_, mit, behind));
    return {};
  }
  const auto dokumente = c.tx().query<DokumentZeile>(sql::Query::select<DokumentZeile>().add(
      " FROM dokument WHERE mandant = :m AND vorgang = :v ORDER BY id", town_.mandant, row.id));
  if (dokumente.empty()) return base::fail(Code::NichtGefunden);
  AKTENLOTSE_GET(dokument, akte::findDokument(c.tx(), wer_, dokumente[s.c % dokumente.size()].uuid));
  AKTENLOTSE_TRY(akte::gliedern(c, wer_, dokument, behind));
  return {};
}

/// Fields of their own for Akten and Dokumente.
bool Play::felder(const Step& s) {
  const auto dokument = pick<DokumentZeile>(s.a);
  const auto row = pick<AkteZeile>(s.a);
  const auto before = town_.entries();
  const bool set = done([&](Change& c) -> base::Result<void> {
    const auto apply = [&](const auto& mit) -> base::Result<void> {
      const auto ziel = akte::traegerOf(mit).ziel;
      const auto known = akte::felderFor(c.tx(), town_.mandant, {ziel, {}, 0, "Antrag"});
      if (known.empty()) {
        akte::FeldartNeu neu{{"Antrag"}, {words(s.c)}, akte::Feldtyp::text};
        neu.fuer = ziel;
        AKTENLOTSE_TRY(akte::createFeldart(c, wer_, neu));
        return {};
      }
      return akte::setFelder(c, wer_, town_.world.index, mit,
                             {{true, {{"Antrag"}}}, {{known[0].uuid, {{words(s.c)}}}}});
    };
    if (s.b % 2 == 0 && row) {
      AKTENLOTSE_GET(mit, akte::findAkte(c.tx(), wer_, row->uuid));
      return apply(mit);
    }
    if (!dokument) return base::fail(Code::NichtGefunden);
    AKTENLOTSE_GET(mit, akte::findDokument(c.tx(), wer_, dokument->uuid));
    return apply(mit);
  });
  return set && town_.entries() > before;
}

/// What parts and joins.
bool Play::gliedern(const Step& s) {
  akte::Registratur work(town_.world.schriftgut);
  const auto row = pick<AkteZeile>(s.b);
  const auto vorgang = pick<VorgangZeile>(s.a);
  const auto dokument = pick<DokumentZeile>(s.a);
  if (s.kind % kinds == 44) return felder(s);
  const auto before = town_.entries();
  const bool set = done([&](Change& c) -> base::Result<void> {
    switch (s.kind % kinds) {
      case 39: {
        if (!vorgang) return base::fail(Code::NichtGefunden);
        AKTENLOTSE_GET(mit, akte::findVorgang(c.tx(), wer_, vorgang->uuid));
        AKTENLOTSE_GET(oben, akte::findAkte(c.tx(), wer_, mit.akte.uuid));
        const auto in = c.tx().query<VorgangZeile>(sql::Query::select<VorgangZeile>().add(
            " FROM vorgang WHERE mandant = :m AND akte = :a AND id <> :id AND status = 'inBearbeitung' ORDER BY id",
            town_.mandant, mit.akte.id, vorgang->id));
        if (in.empty()) return base::fail(Code::NichtGefunden);
        AKTENLOTSE_TRY(work.legeZusammen(c, wer_, oben, {{words(s.b)}, {vorgang->uuid, in[s.b % in.size()].uuid}}));
        return {};
      }
      case 40: {
        if (!dokument || !dokument->vorgang || dokument->ueber) return base::fail(Code::NichtGefunden);
        AKTENLOTSE_GET(mit, akte::findDokument(c.tx(), wer_, dokument->uuid));
        if (!mit.vorgang->gegenstand.stufe) return base::fail(Code::NichtGefunden);
        AKTENLOTSE_TRY(work.teile(c, wer_, *mit.vorgang, {{words(s.b)}, {dokument->uuid}}));
        return {};
      }
      case 41: {
        if (!row) return base::fail(Code::NichtGefunden);
        AKTENLOTSE_GET(mit, akte::findAkte(c.tx(), wer_, row->uuid));
        AKTENLOTSE_TRY(work.kopiere(c, wer_, mit, akte::AkteKopieren{{words(s.b)}, {}, {}, s.c % 2 == 0}));
        return {};
      }
      case 42:
        if (!vorgang) return base::fail(Code::NichtGefunden);
        return blatt(c, s, *vorgang);
      default: {
        if (!dokument) return base::fail(Code::NichtGefunden);
        AKTENLOTSE_GET(mit, akte::findDokument(c.tx(), wer_, dokument->uuid));
        const auto zugriffe = mandant::allRows<ZugriffZeile>(c.tx(), town_.mandant);
        AKTENLOTSE_TRY(town_.world.schriftgut.setZugriff(c, wer_, mit, {zugriffe[s.b % zugriffe.size()].uuid}));
        return {};
      }
    }
  });
  // What is set to what it is, is no change.
  return set && town_.entries() > before;
}

}  // namespace engines
