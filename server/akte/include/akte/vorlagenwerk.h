#pragma once
// What rooms above this one do with templates of letters and of Laufwege, passed in for what carries them from town to
// town.
#include <functional>

#include "akte/schreiben_zeilen.h"
#include "akte/schriftgut.h"

namespace akte {

/// The file of a template that was looked into, and lies where files lie.
struct Vorlagendatei {
  Datei datei{};
  std::string format{};
  std::vector<std::string> felder{};
};
using Vorlagendateien = std::map<std::string, Vorlagendatei>;

struct Vorlagenwerk {
  /// Outside of any transaction.
  std::function<base::Result<Vorlagendatei>(std::string_view bytes, const std::string& dateiname)> lies{};
  std::function<void(Change&, std::int64_t person, const std::string& bezeichnung, Dokumentart art,
                     const Vorlagendatei& datei)>
      lege{};
  std::function<void(Change&, std::int64_t person, const DokumentvorlageZeile& vorlage, const Vorlagendatei& datei)>
      legeFassung{};
  /// Refuses the line of a Laufweg that is not understood here.
  std::function<base::Result<void>(const sql::ReadTx&, const Berechtigung&, const std::string& zeile,
                                   const base::Datum& heute)>
      verstehe{};
};

}  // namespace akte
