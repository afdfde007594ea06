#pragma once
// The routes of this room by file. Private to the room.
#include "suche/suche.h"

namespace suche {

enum class VorschlagArt : std::uint8_t { akte, vorgang, aktenplaneinheit };
BOOST_DESCRIBE_ENUM(VorschlagArt, akte, vorgang, aktenplaneinheit)

struct VorschlagAusgabe {
  VorschlagArt art{};
  base::Uuid id{};
  std::string zeichen{}, betreff{}, ort{};
  bool offen = true;
  akte::Geheimhaltung geheimhaltung{};  ///< its own, or that of what it lies in where this is stricter
};
BOOST_DESCRIBE_STRUCT(VorschlagAusgabe, (), (art, id, zeichen, betreff, ort, offen, geheimhaltung))

/// An Akte or a Vorgang with its place, as far as the person may see that.
[[nodiscard]] VorschlagAusgabe showVorschlag(const sql::ReadTx& tx, const Berechtigung& wer, VorschlagArt art,
                                             std::int64_t id);

void addVorschlagRoute(http::Routes& routes, mandant::Zugang& zugang, Bestand& bestand);
void addHeuteRoute(http::Routes& routes, mandant::Zugang& zugang);
void addGemerktRoutes(http::Routes& routes, mandant::Zugang& zugang, Bestand& bestand, const base::Clock& clock);

}  // namespace suche
