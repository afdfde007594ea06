#include "treffen.h"

#include <algorithm>
#include <array>

#include "daten.h"
#include "netz/kommunen.h"
#include "netz/wirkung.h"
#include "treffen_inhalt.h"

namespace netz {

std::vector<Aushang> treffenAushang(const sql::ReadTx& tx, std::int64_t mandant) {
  std::vector<Aushang> out;
  const auto add = [&](const auto& rows) {
    for (const auto& row : rows)
      for (auto& one : aushangOf(tx, row)) out.push_back(std::move(one));
  };
  add(mandant::allRows<EinwilligungZeile>(tx, mandant));
  add(mandant::allRows<CoachingZeile>(tx, mandant));
  add(mandant::allRows<TerminZeile>(tx, mandant));
  add(mandant::allRows<AnmeldungZeile>(tx, mandant));
  add(mandant::allRows<BeitragZeile>(tx, mandant));
  add(mandant::allRows<SchreibenZeile>(tx, mandant));
  add(mandant::allRows<WirkungZeile>(tx, mandant));
  add(mandant::allRows<UebernahmeZeile>(tx, mandant));
  return out;
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const UebernahmeZeile& row) {
  const auto page = profil(tx, row.mandant);
  if (row.status != Uebernahmestatus::aktiv || !page) return {};
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0);
  Aushang out;
  out.uuid = row.uuid;
  out.eigner = row.mandant;
  out.art = Aushangart::uebernahme;
  out.ags = page->ags;
  const auto land = landOf(out.ags);
  out.land = land.empty() ? town.land : std::string(land);
  out.sichtbarkeit = page->sichtbarkeit;
  out.titel = row.titel;
  out.ordnung = row.uebernommen.text();
  out.inhalt = base::toJson(UebernahmeInhalt{row.baustein, row.version});
  return {out};
}

std::vector<const sql::Table*> treffenTabellen() {
  return {&sql::tableOf<EinwilligungZeile>(), &sql::tableOf<CoachingZeile>(),  &sql::tableOf<ZusatzpunktZeile>(),
          &sql::tableOf<TerminZeile>(),       &sql::tableOf<AnmeldungZeile>(), &sql::tableOf<RueckmeldungZeile>(),
          &sql::tableOf<BeitragZeile>(),      &sql::tableOf<SchreibenZeile>(), &sql::tableOf<WirkungZeile>()};
}

const Organisationen& organisationen() {
  static const auto all = [] {
    auto read = base::readJson<Organisationen>(datei("/organisationen.json"));
    if (!read) throw base::Failure("/organisationen.json: " + read.error().detail + " " + read.error().feld);
    return *std::move(read);
  }();
  return all;
}

const Organisation* organisation(std::string_view schluessel) {
  const auto& all = organisationen().organisationen;
  const auto found = std::ranges::find(all, schluessel, &Organisation::schluessel);
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> schluesselOf(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

const Formate& formate() {
  static const auto all = [] {
    auto read = base::readJson<Formate>(datei("/formate.json"));
    if (!read) throw base::Failure("/formate.json: " + read.error().detail + " " + read.error().feld);
    return *std::move(read);
  }();
  return all;
}

const Modul* modul(std::string_view schluessel) {
  const auto found = std::ranges::find(formate().module, schluessel, &Modul::schluessel);
  return found == formate().module.end() ? nullptr : &*found;
}

}  // namespace netz
