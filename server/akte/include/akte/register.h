#pragma once
// What parts an Akte or a Vorgang: Registerblätter, and in an Akte Teilakten and Bände too. Vorgänge lie behind those
// of their Akte, Dokumente behind those of their Vorgang.
#include <map>

#include "akte/umfeld.h"

namespace akte {

enum class Blattart : std::uint8_t { registerblatt, teilakte, band };
BOOST_DESCRIBE_ENUM(Blattart, registerblatt, teilakte, band)

struct RegisterblattZeile {
  static constexpr std::string_view tabelle = "registerblatt";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Blattart art{};
  OptId akte{}, vorgang{};  ///< in the one or the other
  OptId ueber{};            ///< the Teilakte or the Band in which a Registerblatt lies
  Text bezeichnung{};
  std::int64_t platz = 0;  ///< order among those beside it; the number of a Teilakte or a Band
};
BOOST_DESCRIBE_STRUCT(RegisterblattZeile, (), (mandant, id, uuid, stand, art, akte, vorgang, ueber, bezeichnung, platz))

struct BlattNeu {
  base::Line<200> bezeichnung{};
  std::optional<Blattart> art{};
  std::optional<base::Uuid> ueber{};
};
BOOST_DESCRIBE_STRUCT(BlattNeu, (), (bezeichnung, art, ueber))

struct BlattAendern {
  base::Uuid id{};
  std::optional<base::Line<200>> bezeichnung{};
  std::optional<std::int64_t> platz{};  ///< from 1, among those beside it
};
BOOST_DESCRIBE_STRUCT(BlattAendern, (), (id, bezeichnung, platz))

struct Gliedern {
  base::Patch<base::Uuid> registerblatt{};  ///< null: behind none
};
BOOST_DESCRIBE_STRUCT(Gliedern, (), (registerblatt))

/// Those of an Akte or a Vorgang, in order, each after the one in which it lies.
[[nodiscard]] std::vector<RegisterblattZeile> blaetterIn(const sql::ReadTx& tx, std::int64_t mandant, SuchArt art,
                                                         std::int64_t objekt);

// Right and state are those of changing the Akte or the Vorgang.
[[nodiscard]] base::Result<RegisterblattZeile> createBlatt(Change& change, const Berechtigung& wer,
                                                           const Objekt& objekt, const BlattNeu& input);
[[nodiscard]] base::Result<RegisterblattZeile> changeBlatt(Change& change, const Berechtigung& wer,
                                                           const Objekt& objekt, const BlattAendern& input);
/// Only one behind which nothing lies (M5.3).
[[nodiscard]] base::Result<void> removeBlatt(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                             const base::Uuid& uuid);
/// Behind a Registerblatt of the Akte, or of the Vorgang (M6.16, M7.23, M8.5).
[[nodiscard]] base::Result<VorgangZeile> gliedern(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                                  const Gliedern& input);
[[nodiscard]] base::Result<DokumentZeile> gliedern(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                                   const Gliedern& input);

/// The same Blätter in another object; gives the new one for each old one.
std::map<std::int64_t, std::int64_t> kopiereBlaetter(Change& change, SuchArt art, std::int64_t von, std::int64_t nach);

void addRegisterRoutes(http::Routes& routes, mandant::Zugang& zugang);

}  // namespace akte
