#include "netz/kommunen_einlesen.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "base/text.h"

namespace netz {
namespace {

using akte::TabellenZeile;
using akte::ZeilenArt;
using base::Code;
using base::fail;
using base::Result;

enum class Spalte : std::uint8_t { ags, ars, name, kennzeichen, art, kreis, verband, land, einwohner, plz };
constexpr std::size_t spalten = 10;

struct Name {
  std::string_view key;
  Spalte spalte;
};
/// How tables of the statistical offices name their columns (akte::columnKey of the name).
constexpr Name namen[] = {
    {"ags", Spalte::ags},
    {"gemeindeschluessel", Spalte::ags},
    {"amtlichergemeindeschluessel", Spalte::ags},
    {"amtlichergemeindeschluesselags", Spalte::ags},
    {"schluessel", Spalte::ags},
    {"ars", Spalte::ars},
    {"regionalschluessel", Spalte::ars},
    {"amtlicherregionalschluessel", Spalte::ars},
    {"name", Spalte::name},
    {"gemeinde", Spalte::name},
    {"gemeindename", Spalte::name},
    {"bezeichnung", Spalte::name},
    {"textkennzeichen", Spalte::kennzeichen},
    {"art", Spalte::art},
    {"gemeindeart", Spalte::art},
    {"kreis", Spalte::kreis},
    {"kreisname", Spalte::kreis},
    {"landkreis", Spalte::kreis},
    {"verband", Spalte::verband},
    {"gemeindeverband", Spalte::verband},
    {"land", Spalte::land},
    {"bundesland", Spalte::land},
    {"einwohner", Spalte::einwohner},
    {"einwohnerzahl", Spalte::einwohner},
    {"bevoelkerung", Spalte::einwohner},
    {"bevoelkerunginsgesamt", Spalte::einwohner},
    {"plz", Spalte::plz},
    {"postleitzahl", Spalte::plz},
};

bool areDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// By its Textkennzeichen or in words. Nothing: not known; the inner nothing: no town at all (gemeindefreies Gebiet).
std::optional<std::optional<Kommuneart>> artOf(const std::string& kennzeichen, const std::string& wort) {
  using Art = std::optional<Kommuneart>;
  struct Wort {
    std::string_view key;
    Art art;
  };
  static constexpr Wort worte[] = {
      {"41", Kommuneart::kreisfreieStadt},
      {"42", Kommuneart::kreisfreieStadt},
      {"43", Kommuneart::landkreis},
      {"44", Kommuneart::landkreis},
      {"45", Kommuneart::landkreis},
      {"60", Kommuneart::gemeinde},
      {"61", Kommuneart::kreisfreieStadt},
      {"62", Kommuneart::kreisfreieStadt},
      {"63", Kommuneart::stadt},
      {"64", Kommuneart::gemeinde},
      {"65", std::nullopt},
      {"66", std::nullopt},
      {"67", Kommuneart::stadt},
      {"landkreis", Kommuneart::landkreis},
      {"kreis", Kommuneart::landkreis},
      {"regionalverband", Kommuneart::landkreis},
      {"kreisfreiestadt", Kommuneart::kreisfreieStadt},
      {"stadtkreis", Kommuneart::kreisfreieStadt},
      {"stadt", Kommuneart::stadt},
      {"kreisangehoerigestadt", Kommuneart::stadt},
      {"grossekreisstadt", Kommuneart::stadt},
      {"gemeinde", Kommuneart::gemeinde},
      {"kreisangehoerigegemeinde", Kommuneart::gemeinde},
      {"ortsgemeinde", Kommuneart::gemeinde},
      {"markt", Kommuneart::gemeinde},
      {"flecken", Kommuneart::gemeinde},
      {"gemeindefreiesgebiet", std::nullopt},
      {"gemeindefreiesgebietbewohnt", std::nullopt},
      {"gemeindefreiesgebietunbewohnt", std::nullopt},
  };
  const auto key = akte::columnKey(kennzeichen.empty() ? wort : kennzeichen);
  const auto* const found = std::ranges::find(worte, key, &Wort::key);
  if (found == std::end(worte)) return std::nullopt;
  return std::optional<Art>(std::in_place, found->art);
}

/// "12.345" and "12 345" are read as people write them.
std::optional<std::int64_t> numberOf(std::string text) {
  std::erase_if(text, [](char c) { return c == '.' || c == ' '; });
  if (!areDigits(text) || text.size() > 8) return std::nullopt;
  std::int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

class Vergleich {
 public:
  Vergleich(const std::vector<TabellenZeile>& tabelle, const Register& alle) : tabelle_(tabelle), alle_(alle) {}

  Result<Kommunenabgleich> run() {
    AKTENLOTSE_TRY(findColumns());
    for (std::size_t i = 1; i < tabelle_.size(); ++i) {
      row_ = &tabelle_[i];
      KommunenSatz satz;
      satz.zeile = static_cast<std::int64_t>(row_->nummer);
      satz.ags = cell(Spalte::ags);
      satz.name = cell(Spalte::name);
      one(satz);
      ++countOf(satz.art);
      out_.bericht.zeilen.push_back(std::move(satz));
    }
    districts();
    tellMissing();
    return std::move(out_);
  }

 private:
  Result<void> findColumns() {
    if (tabelle_.size() < 2) return fail(Code::EingabeUngueltig, "In der Datei steht keine Tabelle.", "dateiname");
    if (tabelle_.size() > kommunenMax + 1)
      return fail(Code::ZuGross, "Die Tabelle hat mehr als 20.000 Zeilen.", "dateiname");
    for (std::size_t i = 0; i < tabelle_[0].zellen.size(); ++i) {
      const auto key = akte::columnKey(tabelle_[0].zellen[i]);
      for (const auto& name : namen)
        if (auto& at = at_.at(static_cast<std::size_t>(name.spalte)); name.key == key && !at) at = i;
    }
    std::string fehlt;
    for (const auto& [spalte, name] :
         {std::pair(Spalte::ags, "AGS"), {Spalte::name, "Name"}, {Spalte::einwohner, "Einwohner"}})
      if (!has(spalte)) fehlt += (fehlt.empty() ? "" : ", ") + std::string(name);
    if (!has(Spalte::art) && !has(Spalte::kennzeichen)) fehlt += (fehlt.empty() ? "" : ", ") + std::string("Art");
    if (fehlt.empty()) return {};
    return fail(
        Code::EingabeUngueltig,
        fmt::format("In der Kopfzeile fehlt: {}. Erwartet werden AGS, ARS, Name, Art oder Textkennzeichen, Kreis, "
                    "Verband, Land, Einwohner und PLZ.",
                    fehlt),
        "dateiname");
  }

  [[nodiscard]] bool has(Spalte spalte) const { return at_.at(static_cast<std::size_t>(spalte)).has_value(); }
  [[nodiscard]] std::string cell(Spalte spalte) const {
    const auto at = at_.at(static_cast<std::size_t>(spalte));
    if (!at || *at >= row_->zellen.size()) return "";
    const auto clean = base::cleanText(row_->zellen[*at], false);
    return clean ? *clean : std::string();
  }

  std::int64_t& countOf(ZeilenArt art) {
    auto& bericht = out_.bericht;
    switch (art) {
      case ZeilenArt::neu:
        return bericht.neu;
      case ZeilenArt::geaendert:
        return bericht.geaendert;
      case ZeilenArt::gleich:
        return bericht.gleich;
      case ZeilenArt::uebergangen:
        return bericht.uebergangen;
      case ZeilenArt::fehler:
        break;
    }
    return bericht.fehler;
  }

  void one(KommunenSatz& satz) {
    auto read = zeileOf(satz);
    if (!read) {
      satz.art = ZeilenArt::fehler;
      satz.hinweise = {read.error().detail};
      return;
    }
    if (!*read) {
      satz.art = ZeilenArt::uebergangen;
      satz.hinweise.emplace_back("Gemeindefreies Gebiet: übergangen.");
      return;
    }
    auto& row = **read;
    seen_[row.ags] = satz.zeile;
    laender_.insert(satz.land);
    const auto* known = alle_.find(row.ags);
    satz.art = known == nullptr             ? ZeilenArt::neu
               : compare(satz, row, *known) ? ZeilenArt::geaendert
                                            : ZeilenArt::gleich;
    if (row.art == Kommuneart::landkreis) named_.erase(row.ags);
    if (satz.art != ZeilenArt::gleich) out_.schreiben.push_back(std::move(row));
  }

  /// Says what differs; a column that the table does not have says nothing.
  bool compare(KommunenSatz& satz, KommuneZeile& row, const Kommune& known) {
    bool any = false;
    const auto text = [&](Spalte spalte, std::string_view name, std::string& neu, const std::string& alt) {
      if (!has(spalte)) neu = alt;
      if (neu == alt) return;
      any = true;
      satz.hinweise.push_back(
          fmt::format("{}: {} statt {}.", name, neu.empty() ? "leer" : neu, alt.empty() ? "leer" : alt));
    };
    text(Spalte::name, "Name", row.name, known.name);
    text(Spalte::ars, "ARS", row.ars, known.ars);
    text(Spalte::verband, "Verband", row.verband, known.verband);
    text(Spalte::plz, "PLZ", row.plz, known.plz);
    if (row.art != known.art) {
      any = true;
      satz.hinweise.emplace_back("Die Art ist eine andere.");
    }
    if (row.art != Kommuneart::landkreis && row.einwohner != known.einwohner) {
      any = true;
      satz.hinweise.push_back(fmt::format("Einwohner: {} statt {}.", row.einwohner, known.einwohner));
    }
    return any;
  }

  /// Of one row; nothing for what is no town.
  Result<std::optional<KommuneZeile>> zeileOf(KommunenSatz& satz) {
    const auto wrong = [](std::string text) { return fail(Code::EingabeUngueltig, std::move(text)); };
    KommuneZeile row;
    row.ags = satz.ags;
    const auto kennzeichen = cell(Spalte::kennzeichen), wort = cell(Spalte::art);
    if (kennzeichen.empty() && wort.empty()) return wrong("Die Art fehlt, etwa Stadt, Gemeinde oder Landkreis.");
    const auto art = artOf(kennzeichen, wort);
    if (!art) return wrong(fmt::format("Die Art „{}“ ist nicht bekannt.", kennzeichen.empty() ? wort : kennzeichen));
    if (!*art) return std::optional<KommuneZeile>();
    row.art = **art;
    AKTENLOTSE_TRY(keyOf(satz, row));
    row.name = satz.name;
    if (row.name.empty()) return wrong("Der Name fehlt.");
    row.verband = cell(Spalte::verband);
    if (base::countCodePoints(row.name) > 200 || base::countCodePoints(row.verband) > 200)
      return wrong("Ein Name ist länger als 200 Zeichen.");
    row.plz = cell(Spalte::plz);
    if (!row.plz.empty() && (!areDigits(row.plz) || row.plz.size() != 5))
      return wrong(fmt::format("„{}“ ist keine Postleitzahl; sie hat fünf Ziffern.", row.plz));
    const auto zahl = cell(Spalte::einwohner);
    const auto einwohner = numberOf(zahl);
    if (row.art != Kommuneart::landkreis) {
      if (zahl.empty()) return wrong("Die Zahl der Einwohner fehlt.");
      if (!einwohner || *einwohner > 10'000'000) return wrong(fmt::format("„{}“ ist keine Zahl von Einwohnern.", zahl));
      row.einwohner = *einwohner;
    }
    AKTENLOTSE_TRY(kreisOf(satz, row));
    return std::optional(std::move(row));
  }

  /// Spreadsheets drop the nought at the beginning of a key.
  static bool gaenze(std::string& key, std::size_t size, KommunenSatz& satz, std::string_view name) {
    if (key.size() + 1 == size && areDigits(key)) {
      key.insert(key.begin(), '0');
      satz.hinweise.push_back(fmt::format("Dem {} wurde die führende Null ergänzt.", name));
    }
    return key.size() == size && areDigits(key);
  }

  Result<void> keyOf(KommunenSatz& satz, KommuneZeile& row) {
    const bool kreis = row.art == Kommuneart::landkreis;
    if (!gaenze(row.ags, kreis ? 5 : 8, satz, "AGS"))
      return fail(Code::EingabeUngueltig,
                  row.ags.empty() ? std::string("Der AGS fehlt.")
                  : kreis ? fmt::format("„{}“ ist kein Schlüssel eines Landkreises; er hat fünf Ziffern.", row.ags)
                          : fmt::format("„{}“ ist kein AGS; er hat acht Ziffern.", row.ags));
    satz.ags = row.ags;
    satz.land = landOf(row.ags);
    if (satz.land.empty())
      return fail(Code::EingabeUngueltig, fmt::format("Zu den Ziffern {} gibt es kein Land.", row.ags.substr(0, 2)));
    if (const auto land = cell(Spalte::land); !land.empty() && land != satz.land)
      return fail(Code::EingabeUngueltig,
                  fmt::format("Der Schlüssel gehört zu {}, in der Spalte Land steht {}.", satz.land, land));
    if (const auto first = seen_.find(row.ags); first != seen_.end())
      return fail(Code::EingabeUngueltig, fmt::format("Der AGS steht schon in Zeile {}.", first->second));
    row.ars = cell(Spalte::ars);
    if (row.ars.empty()) return {};
    if (!gaenze(row.ars, 12, satz, "ARS"))
      return fail(Code::EingabeUngueltig, fmt::format("„{}“ ist kein ARS; er hat zwölf Ziffern.", row.ars));
    if (row.ars.substr(0, 5) != row.ags.substr(0, 5) || (!kreis && row.ars.substr(9) != row.ags.substr(5)))
      return fail(Code::EingabeUngueltig, fmt::format("AGS {} und ARS {} passen nicht zueinander.", row.ags, row.ars));
    return {};
  }

  /// The district of a town, whose name stands in its own column.
  Result<void> kreisOf(const KommunenSatz& satz, const KommuneZeile& row) {
    if (row.art == Kommuneart::landkreis || row.art == Kommuneart::kreisfreieStadt) return {};
    const auto key = row.ags.substr(0, 5);
    const auto name = cell(Spalte::kreis);
    if (name.empty()) {
      if (alle_.find(key) != nullptr || seen_.contains(key) || named_.contains(key)) return {};
      return fail(Code::EingabeUngueltig, "Der Name des Kreises fehlt.");
    }
    if (base::countCodePoints(name) > 200) return fail(Code::EingabeUngueltig, "Ein Name ist länger als 200 Zeichen.");
    if (seen_.contains(key)) return {};
    const auto [before, fresh] = named_.try_emplace(key, std::pair(name, satz.zeile));
    if (!fresh && before->second.first != name)
      return fail(Code::EingabeUngueltig, fmt::format("Der Kreis {} heißt in Zeile {} „{}“, hier „{}“.", key,
                                                      before->second.second, before->second.first, name));
    return {};
  }

  /// Districts that the table names only beside their towns.
  void districts() {
    for (const auto& [key, named] : named_) {
      const auto* known = alle_.find(key);
      if (known != nullptr && known->name == named.first) continue;
      KommuneZeile row;
      row.ags = key;
      row.ars = key + "0000000";
      row.name = named.first;
      row.art = Kommuneart::landkreis;
      out_.schreiben.push_back(std::move(row));
      ++out_.bericht.kreise;
    }
  }

  void tellMissing() {
    std::map<std::string, std::int64_t> missing;
    for (const auto& one : alle_.alle)
      if (one.art != Kommuneart::landkreis && laender_.contains(one.land) && !seen_.contains(one.ags))
        ++missing[one.land];
    for (const auto& [land, count] : missing)
      out_.bericht.hinweise.push_back(
          count == 1 ? fmt::format("1 Kommune aus {} steht nicht in der Datei; sie bleibt.", land)
                     : fmt::format("{} Kommunen aus {} stehen nicht in der Datei; sie bleiben.", count, land));
  }

  const std::vector<TabellenZeile>& tabelle_;
  const Register& alle_;
  const TabellenZeile* row_ = nullptr;
  std::array<std::optional<std::size_t>, spalten> at_{};
  std::map<std::string, std::int64_t> seen_;                           ///< keys, with their rows
  std::map<std::string, std::pair<std::string, std::int64_t>> named_;  ///< districts by the column of their names
  std::set<std::string> laender_;
  Kommunenabgleich out_;
};

void schreibe(sql::WriteTx& tx, const KommuneZeile& row) {
  tx.exec(
      "INSERT INTO netz_kommune (ags, ars, name, art, verband, plz, einwohner, lesung) VALUES (:ags, :ars, :name, "
      ":art, "
      ":verband, :plz, :einwohner, :lesung) ON CONFLICT (ags) DO UPDATE SET ars = excluded.ars, name = excluded.name, "
      "art "
      "= excluded.art, verband = excluded.verband, plz = excluded.plz, einwohner = excluded.einwohner, lesung = "
      "excluded.lesung",
      row.ags, row.ars, row.name, row.art, row.verband, row.plz, row.einwohner, row.lesung);
}

}  // namespace

Result<Kommunenabgleich> vergleicheKommunen(const std::vector<TabellenZeile>& tabelle, const Register& alle) {
  return Vergleich(tabelle, alle).run();
}

Result<KommunenBericht> liesKommunenEin(sql::Database& database, base::Zeitpunkt jetzt,
                                        const std::vector<TabellenZeile>& tabelle, const std::string& quelle,
                                        std::int64_t eigner, std::int64_t person) {
  if (base::countCodePoints(quelle) < 3)
    return fail(Code::EingabeUngueltig,
                "Nennen Sie die Quelle, etwa „Statistisches Bundesamt, Gebietsstand 30.11.2025, dl-de/by-2-0“.",
                "quelle");
  return database.write(eigner, [&](sql::WriteTx& tx) -> Result<KommunenBericht> {
    AKTENLOTSE_GET(done, vergleicheKommunen(tabelle, *registerOf(tx)));
    auto bericht = std::move(done.bericht);
    bericht.eingelesen = !done.schreiben.empty();
    if (!bericht.eingelesen) return bericht;
    const auto nr =
        tx.value<std::int64_t>("SELECT CAST(COALESCE(MAX(nr), 0) AS BIGINT) FROM netz_kommunenlesung").value_or(0) + 1;
    tx.exec(
        "INSERT INTO netz_kommunenlesung (nr, uuid, zeit, quelle, eigner, person, neu, geaendert) VALUES (:nr, :uuid, "
        ":zeit, :quelle, :eigner, :person, :neu, :geaendert)",
        nr, base::Uuid::make(jetzt.millis()), jetzt, quelle, eigner, person, bericht.neu, bericht.geaendert);
    for (auto& row : done.schreiben) {
      row.lesung = nr;
      schreibe(tx, row);
    }
    return bericht;
  });
}

}  // namespace netz
