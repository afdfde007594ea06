// Towns and districts: the register, a town's page, and how far the network reaches.
#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <set>

#include "routen.h"

namespace netz {
namespace {

struct NetzKommuneKurz {
  std::string ags{}, name{};
  Kommuneart art{};
  std::string kreis{}, kreisname{}, land{};
  OptId einwohner{};
  std::optional<Groesse> groesse{};
  std::optional<Einfuehrung> einfuehrung{};  ///< as far as this person may see it
  std::int64_t navigatoren = 0, lotsen = 0, praxen = 0;
};
BOOST_DESCRIBE_STRUCT(NetzKommuneKurz, (),
                      (ags, name, art, kreis, kreisname, land, einwohner, groesse, einfuehrung, navigatoren, lotsen,
                       praxen))

struct NetzKommuneListe {
  std::vector<NetzKommuneKurz> eintraege{};
  std::int64_t anzahl = 0;
  OptText nach{};
  std::string quelle{};
};
BOOST_DESCRIBE_STRUCT(NetzKommuneListe, (), (eintraege, anzahl, nach, quelle))

struct KommuneFrage : Seite {
  std::optional<base::Line<100>> q{};
  std::optional<base::Line<60>> land{};
  std::optional<base::Line<5>> kreis{};
  std::optional<Groesse> groesse{};
  std::optional<Einfuehrung> einfuehrung{};
  std::optional<base::Line<40>> verband{};   ///< members of it
  std::optional<base::Line<40>> ohne{};      ///< towns that take part and are no members of it
  std::optional<base::Line<100>> produkt{};  ///< whose page names it
  std::optional<bool> dabei{};               ///< only towns with a page or a Navigator
};
BOOST_DESCRIBE_STRUCT(KommuneFrage, (Seite), (q, land, kreis, groesse, einfuehrung, verband, ohne, produkt, dabei))

struct NetzKreis {
  std::string kreis{}, name{}, land{};
  std::int64_t kommunen = 0, dabei = 0, mitNavigator = 0;
  /// Towns by how far they are, in the order of Einfuehrung; those of which it is not known are in none.
  std::vector<std::int64_t> einfuehrung{};
};
BOOST_DESCRIBE_STRUCT(NetzKreis, (), (kreis, name, land, kommunen, dabei, mitNavigator, einfuehrung))
struct NetzGroesse {
  Groesse groesse{};
  std::int64_t kommunen = 0, dabei = 0, mitNavigator = 0;
  std::vector<std::int64_t> einfuehrung{};  ///< as of a district
};
BOOST_DESCRIBE_STRUCT(NetzGroesse, (), (groesse, kommunen, dabei, mitNavigator, einfuehrung))
struct NetzAbdeckung {
  std::vector<NetzKreis> eintraege{};
  std::vector<NetzGroesse> groessen{};  ///< the smallest first
  std::string quelle{};
};
BOOST_DESCRIBE_STRUCT(NetzAbdeckung, (), (eintraege, groessen, quelle))

struct NetzProfil {
  base::Uuid id{};
  Einfuehrung einfuehrung{};
  OptId einwohner{};
  OptText produkte{}, bietet{}, sucht{};
  std::vector<std::string> mitgliedIn{};  ///< names of associations
  NetzOrt ort{};
};
BOOST_DESCRIBE_STRUCT(NetzProfil, (), (id, einfuehrung, einwohner, produkte, bietet, sucht, mitgliedIn, ort))

struct NetzKommune : NetzKommuneKurz {
  std::string ars{};
  OptText verband{}, plz{};
  std::optional<NetzProfil> profil{};
  std::vector<NetzMitglied> mitglieder{};  ///< those who belong to it, and the Lotsen who coach it
  std::vector<NetzPraxisKurz> praktiken{};
  std::vector<std::string> laeuft{};  ///< Bausteine that it runs
  bool eigene = false, darfPflegen = false;
};
BOOST_DESCRIBE_STRUCT(NetzKommune, (NetzKommuneKurz),
                      (ars, verband, plz, profil, mitglieder, praktiken, laeuft, eigene, darfPflegen))

struct KommuneAgs {
  base::Line<8, 5> ags{};
};
BOOST_DESCRIBE_STRUCT(KommuneAgs, (), (ags))

struct ProfilAusgabe {
  std::int64_t stand = 0;  ///< 0 while there is none
  std::string ags{};
  Einfuehrung einfuehrung{};
  OptId einwohner{};
  OptText produkte{}, bietet{}, sucht{};
  std::vector<std::string> mitgliedIn{};
  Sichtbarkeit sichtbarkeit{};
  bool darfPflegen = false;
};
BOOST_DESCRIBE_STRUCT(ProfilAusgabe, (),
                      (stand, ags, einfuehrung, einwohner, produkte, bietet, sucht, mitgliedIn, sichtbarkeit,
                       darfPflegen))

struct NetzProdukt {
  std::string name{};
  std::int64_t kommunen = 0;
};
BOOST_DESCRIBE_STRUCT(NetzProdukt, (), (name, kommunen))
struct NetzOrganisation : Organisation {
  std::int64_t hier = 0;  ///< towns of the network that say so
};
BOOST_DESCRIBE_STRUCT(NetzOrganisation, (Organisation), (hier))
struct NetzOrganisationen {
  std::vector<NetzOrganisation> eintraege{};
  std::vector<NetzProdukt> produkte{};
  std::string quelle{}, vom{};
};
BOOST_DESCRIBE_STRUCT(NetzOrganisationen, (), (eintraege, produkte, quelle, vom))

struct ProgrammAusgabe {
  Programm programm{};
  std::string name{}, traeger{}, land{}, aufgabe{};
  std::int64_t lotsen = 0, navigatoren = 0;
};
BOOST_DESCRIBE_STRUCT(ProgrammAusgabe, (), (programm, name, traeger, land, aufgabe, lotsen, navigatoren))
struct ProgrammListe {
  std::vector<ProgrammAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(ProgrammListe, (), (eintraege))

/// What is known of a town in the network, as far as this person may see.
struct Bekannt {
  std::optional<Einfuehrung> einfuehrung{};
  OptId einwohner{};
  std::string name{}, produkte{};
  std::vector<std::string> verbaende{};
  std::int64_t navigatoren = 0, lotsen = 0, praxen = 0;
  [[nodiscard]] bool dabei() const { return einfuehrung.has_value() || navigatoren > 0; }
};

std::map<std::string, Bekannt, std::less<>> bekannte(Tx tx, const Blick& blick) {
  std::map<std::string, Bekannt, std::less<>> out;
  for (const auto& row :
       sichtbare(tx, blick,
                 sql::Query(" AND a.art IN ('profil', 'mitglied', 'betreuung', 'praxis') AND a.ags <> '' "
                            "ORDER BY a.uuid"))) {
    auto& town = out[row.ags];
    // What is said here goes before what comes from elsewhere.
    if (row.art == Aushangart::profil && (row.herkunft.empty() || !town.einfuehrung)) {
      const auto inhalt = inhaltOf<ProfilInhalt>(row);
      town.einfuehrung = inhalt.einfuehrung;
      town.einwohner = inhalt.einwohner;
      town.produkte = inhalt.produkte.value_or("");
      town.verbaende = schluesselOf(inhalt.mitgliedIn.value_or(""));
      town.name = ortOf(tx, row).name;
    }
    if (row.art == Aushangart::betreuung) ++town.lotsen;
    if (row.art == Aushangart::praxis) ++town.praxen;
    if (row.art != Aushangart::mitglied) continue;
    const auto inhalt = inhaltOf<MitgliedInhalt>(row);
    if (inhalt.status == Mitgliedstatus::aktiv && inhalt.rolle == Netzrolle::navigator) ++town.navigatoren;
  }
  return out;
}

void add(NetzKommuneKurz& out, const Bekannt& known) {
  out.einfuehrung = known.einfuehrung;
  out.navigatoren = known.navigatoren;
  out.lotsen = known.lotsen;
  out.praxen = known.praxen;
}

NetzKommuneKurz kurz(const Kommune& one) {
  NetzKommuneKurz out;
  out.ags = one.ags;
  out.name = one.name;
  out.art = one.art;
  out.kreis = one.kreis;
  out.kreisname = one.kreisname;
  out.land = one.land;
  out.einwohner = one.einwohner;
  out.groesse = groesseOf(one.einwohner);
  return out;
}

/// A town that takes part, but is not in the register: of another Land, or made up.
NetzKommuneKurz kurz(const Register& alle, const std::string& ags, const Bekannt& known) {
  NetzKommuneKurz out;
  out.ags = ags;
  out.name = known.name.empty() ? ags : known.name;
  out.art = ags.size() == 5 ? Kommuneart::landkreis : Kommuneart::gemeinde;
  out.kreis = ags.substr(0, 5);
  if (const auto* kreis = alle.find(out.kreis)) out.kreisname = kreis->name;
  out.land = landOf(ags);
  out.einwohner = known.einwohner;
  if (known.einwohner) out.groesse = groesseOf(*known.einwohner);
  return out;
}

Result<NetzKommuneListe> list(Tx tx, const Berechtigung& wer, const KommuneFrage& frage) {
  AKTENLOTSE_GET(limit, akte::limitOf(frage.limit));
  AKTENLOTSE_GET(from, akte::cursorOf(frage.nach));
  const auto known = bekannte(tx, blickOf(tx, wer));
  const auto words = frage.q ? base::foldCase(frage.q->value) : std::string();
  const auto alle = registerOf(tx);
  NetzKommuneListe out;
  out.quelle = alle->quelle;
  const auto take = [&](NetzKommuneKurz one, const std::string& suche, const Bekannt* town) {
    if (!words.empty() && suche.find(words) == std::string::npos) return;
    if (frage.land && one.land != frage.land->value) return;
    if (frage.kreis && one.kreis != frage.kreis->value) return;
    if (frage.groesse && one.groesse != *frage.groesse) return;
    if (town != nullptr) add(one, *town);
    if (frage.einfuehrung && one.einfuehrung != *frage.einfuehrung) return;
    if (frage.dabei.value_or(false) && (town == nullptr || !town->dabei())) return;
    const auto in = [&](const base::Line<40>& key) {
      return town != nullptr && std::ranges::find(town->verbaende, key.value) != town->verbaende.end();
    };
    if (frage.verband && !in(*frage.verband)) return;
    if (frage.ohne && (town == nullptr || !town->einfuehrung || in(*frage.ohne))) return;
    if (frage.produkt &&
        (town == nullptr ||
         base::foldCase(town->produkte).find(base::foldCase(frage.produkt->value)) == std::string::npos))
      return;
    const auto at = out.anzahl++;
    if (at < from) return;
    if (static_cast<std::int64_t>(out.eintraege.size()) < limit)
      out.eintraege.push_back(std::move(one));
    else if (!out.nach)
      out.nach = std::to_string(at);
  };
  for (const auto& [ags, town] : known)
    if (alle->find(ags) == nullptr) {
      auto one = kurz(*alle, ags, town);
      const auto suche = base::foldCase(one.name + " " + one.ags);
      take(std::move(one), suche, &town);
    }
  for (const auto& one : alle->alle) {
    const auto found = known.find(one.ags);
    take(kurz(one), one.suche, found == known.end() ? nullptr : &found->second);
  }
  return out;
}

NetzAbdeckung abdeckung(Tx tx, const Berechtigung& wer) {
  const auto alle = registerOf(tx);
  NetzAbdeckung out;
  out.quelle = alle->quelle;
  std::map<std::string, NetzKreis, std::less<>> kreise;
  std::map<Groesse, NetzGroesse> groessen;
  const auto known = bekannte(tx, blickOf(tx, wer));
  const auto count = [&](auto& one, const Bekannt* town) {
    if (one.einfuehrung.empty()) one.einfuehrung.resize(5);
    ++one.kommunen;
    if (town == nullptr) return;
    one.dabei += town->dabei() ? 1 : 0;
    one.mitNavigator += town->navigatoren > 0 ? 1 : 0;
    if (town->einfuehrung) ++one.einfuehrung[static_cast<std::size_t>(*town->einfuehrung)];
  };
  for (const auto& one : alle->alle) {
    if (one.art == Kommuneart::landkreis) continue;
    const auto found = known.find(one.ags);
    const auto* town = found == known.end() ? nullptr : &found->second;
    count(kreise[one.kreis], town);
    count(groessen[groesseOf(one.einwohner)], town);
  }
  for (auto& [kreis, one] : kreise) {
    one.kreis = kreis;
    one.name = alle->kreisname(kreis);
    one.land = landOf(kreis);
    out.eintraege.push_back(one);
  }
  for (auto& [groesse, one] : groessen) {
    one.groesse = groesse;
    out.groessen.push_back(one);
  }
  return out;
}

Result<NetzKommune> page(Tx tx, const Berechtigung& wer, const std::string& ags, const base::Datum& heute) {
  const auto blick = blickOf(tx, wer);
  const auto known = bekannte(tx, blick);
  const auto found = known.find(ags);
  const auto alle = registerOf(tx);
  const auto* town = alle->find(ags);
  const bool eigene = !ags.empty() && ags == blick.ags;
  if (town == nullptr && found == known.end() && !eigene) return base::fail(base::Code::NichtGefunden);
  NetzKommune out;
  static_cast<NetzKommuneKurz&>(out) =
      town != nullptr ? kurz(*town) : kurz(*alle, ags, found == known.end() ? Bekannt{} : found->second);
  if (found != known.end()) add(out, found->second);
  if (town != nullptr) {
    out.ars = town->ars;
    if (!town->verband.empty()) out.verband = town->verband;
    if (!town->plz.empty()) out.plz = town->plz;
  }
  out.eigene = eigene;
  out.darfPflegen = eigene && wer.hat(Recht::netzPflegen) && !wer.nurLesen;
  if (eigene && town == nullptr) out.name = mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0).name;
  std::vector<std::string> coaching;
  std::vector<Aushang> people;
  for (auto& row : sichtbare(tx, blick, sql::Query(" AND a.ags = :hier AND a.ags <> '' ORDER BY a.uuid", ags))) {
    if (row.art == Aushangart::profil && (!out.profil || row.herkunft.empty())) {
      const auto inhalt = inhaltOf<ProfilInhalt>(row);
      out.profil =
          NetzProfil{row.uuid, inhalt.einfuehrung, inhalt.einwohner, inhalt.produkte, inhalt.bietet, inhalt.sucht,
                     {},       ortOf(tx, row)};
      for (const auto& key : schluesselOf(inhalt.mitgliedIn.value_or("")))
        if (const auto* one = organisation(key)) out.profil->mitgliedIn.push_back(one->name);
    }
    if (row.art == Aushangart::betreuung) coaching.push_back(row.ober);
    if (row.art == Aushangart::uebernahme) out.laeuft.push_back(row.titel);
    if (row.art == Aushangart::praxis) out.praktiken.push_back(praxisKurz(tx, row, heute));
    if (row.art == Aushangart::mitglied) people.push_back(std::move(row));
  }
  for (const auto& uuid : coaching)
    for (auto& row : sichtbare(tx, blick, sql::Query(" AND a.uuid = :lotse", uuid))) people.push_back(std::move(row));
  for (auto& one : mitglieder(tx, wer, blick, people))
    if (one.status == Mitgliedstatus::aktiv) out.mitglieder.push_back(std::move(one));
  return out;
}

ProfilAusgabe show(Tx tx, const Berechtigung& wer) {
  ProfilAusgabe out;
  out.ags = mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0).gebietsschluessel.value_or("");
  out.sichtbarkeit = Sichtbarkeit::netze;
  out.darfPflegen = wer.hat(Recht::netzPflegen) && !wer.nurLesen;
  const auto row = profil(tx, wer.mandant);
  // Who does not maintain it sees it as others do.
  const auto visible = [&] {
    return !sichtbare(tx, blickOf(tx, wer), sql::Query(" AND a.uuid = :profil", row->uuid)).empty();
  };
  if (row && (out.darfPflegen || visible())) {
    out.stand = row->stand;
    out.einfuehrung = row->einfuehrung;
    out.einwohner = row->einwohner;
    out.produkte = row->produkte;
    out.bietet = row->bietet;
    out.sucht = row->sucht;
    out.mitgliedIn = schluesselOf(row->mitgliedIn.value_or(""));
    out.sichtbarkeit = row->sichtbarkeit;
  }
  return out;
}

/// Products are what town pages name, one a line; who is a member says each town itself.
NetzOrganisationen organisationsliste(Tx tx, const Berechtigung& wer) {
  NetzOrganisationen out;
  out.quelle = organisationen().quelle;
  out.vom = organisationen().stand;
  std::map<std::string, NetzProdukt> produkte;
  std::map<std::string, std::int64_t> members;
  for (const auto& [ags, town] : bekannte(tx, blickOf(tx, wer))) {
    for (const auto& key : town.verbaende) ++members[key];
    const std::string_view text = town.produkte;
    std::set<std::string> named;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find_first_of(";\n", at), text.size());
      const auto name = base::cleanText(text.substr(at, end - at), false);
      at = end + 1;
      if (!name || name->empty() || !named.insert(base::foldCase(*name)).second) continue;
      auto& one = produkte[base::foldCase(*name)];
      if (one.name.empty()) one.name = *name;
      ++one.kommunen;
    }
  }
  for (const auto& one : organisationen().organisationen) {
    NetzOrganisation shown;
    static_cast<Organisation&>(shown) = one;
    shown.hier = members[one.schluessel];
    out.eintraege.push_back(std::move(shown));
  }
  for (auto& [key, one] : produkte) out.produkte.push_back(std::move(one));
  std::ranges::stable_sort(out.produkte, std::greater{}, &NetzProdukt::kommunen);
  return out;
}

ProgrammListe programme(Tx tx, const Berechtigung& wer) {
  ProgrammListe out;
  out.eintraege = {
      {Programm::lotsenSachsen, "Digital-Lotsen Sachsen", "Sächsischer Städte- und Gemeindetag", "Sachsen",
       "Lotsen schulen und begleiten Digital-Navigatoren in den Städten und Gemeinden."},
      {Programm::lotsenSachsenAnhalt, "Digital-Lotsen Sachsen-Anhalt", "Kommunale IT-Union eG (KITU)", "Sachsen-Anhalt",
       "Lotsen begleiten Kommunen zu einer eigenen digitalen Agenda und schulen Digital-Navigatoren."},
      {Programm::diva, "DiVA", "Sächsischer Landkreistag", "Sachsen",
       "Werkzeuge für die Einführung der E-Akte: Handreichungen, Checklisten, Vorlagen und Beispiele, unabhängig vom "
       "Produkt."}};
  for (const auto& row : sichtbare(tx, blickOf(tx, wer), sql::Query(" AND a.art = 'mitglied' ORDER BY a.uuid"))) {
    const auto inhalt = inhaltOf<MitgliedInhalt>(row);
    if (inhalt.status != Mitgliedstatus::aktiv) continue;
    auto& one = out.eintraege.at(static_cast<std::size_t>(inhalt.programm));
    one.lotsen += inhalt.rolle == Netzrolle::lotse ? 1 : 0;
    one.navigatoren += inhalt.rolle == Netzrolle::navigator ? 1 : 0;
  }
  return out;
}

}  // namespace

void addKommuneRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, KommuneFrage, NetzKommuneListe>(
      Verb::get, "/api/netz/kommunen", {"netzKommunen", "Netz", "Towns and districts, by words and by what they are"},
      [&zugang](const auto& call) {
        return zugang.read<NetzKommuneListe>(call,
                                             [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
  routes.add<None, KommuneAgs, NetzKommune>(
      Verb::get, "/api/netz/kommune", {"netzKommune", "Netz", "The page of a town or district"},
      [&zugang](const auto& call) {
        return zugang.read<NetzKommune>(call, [&](Tx tx, const Berechtigung& wer) {
          return page(tx, wer, call.query.ags.value, base::Datum::of(zugang.journal().clock().now()));
        });
      });
  routes.add<None, None, NetzAbdeckung>(
      Verb::get, "/api/netz/abdeckung", {"netzAbdeckung", "Netz", "How many towns of each district take part"},
      [&zugang](const auto& call) {
        return zugang.read<NetzAbdeckung>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<NetzAbdeckung> { return abdeckung(tx, wer); });
      });
  routes.add<None, None, ProgrammListe>(
      Verb::get, "/api/netz/programme", {"netzProgramme", "Netz", "The programmes, with how many people each has"},
      [&zugang](const auto& call) {
        return zugang.read<ProgrammListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<ProgrammListe> { return programme(tx, wer); });
      });
  routes.add<None, None, NetzOrganisationen>(
      Verb::get, "/api/netz/organisationen",
      {"netzOrganisationen", "Netz", "Associations, ministries and providers, and the products that towns use"},
      [&zugang](const auto& call) {
        return zugang.read<NetzOrganisationen>(call, [](Tx tx, const Berechtigung& wer) -> Result<NetzOrganisationen> {
          return organisationsliste(tx, wer);
        });
      });
  routes.add<None, None, ProfilAusgabe>(
      Verb::get, "/api/netz/profil", {"netzProfil", "Netz", "The own town's page, as it is maintained"},
      [&zugang](const auto& call) {
        return zugang.read<ProfilAusgabe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<ProfilAusgabe> { return show(tx, wer); });
      });
  routes.add<ProfilSetzen, None, ProfilAusgabe>(
      Verb::put, "/api/netz/profil",
      {.id = "netzProfilSetzen",
       .tag = "Netz",
       .summary = "Set the own town's page",
       .recht = "netzPflegen",
       .changesExisting = true},
      [&zugang](const auto& call) {
        return zugang.change<ProfilAusgabe>(call, [&](Change& c, const Berechtigung& wer) -> Result<ProfilAusgabe> {
          const auto before = profil(c.tx(), wer.mandant);
          AKTENLOTSE_TRY(mandant::checkStand(call, before ? before->stand : 0));
          AKTENLOTSE_TRY(setzeProfil(c, wer, call.body));
          return show(c.tx(), wer);
        });
      });
}

}  // namespace netz
