#pragma once
// The searches that people keep. Private to the room.
#include "suche/suche.h"

namespace suche {

struct GemerktZeile {
  static constexpr std::string_view tabelle = "suche_gemerkt";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t person = 0;
  std::string name{}, frage{};
  Ordnung ordnung{};
  base::Zeitpunkt angelegt{};
  std::int64_t gesehen = 0;  ///< the newest object when its hits were last looked at
  bool melden = false;
  std::int64_t gemeldet = 0;  ///< the newest object when the last mail went out
};
BOOST_DESCRIBE_STRUCT(GemerktZeile, (),
                      (mandant, id, uuid, person, name, frage, ordnung, angelegt, gesehen, melden, gemeldet))

/// The newest object of the tenant.
[[nodiscard]] std::int64_t neuestes(const sql::ReadTx& tx, std::int64_t mandant);

/// How many of its hits are newer than the object `ab`, of what the person may see now.
[[nodiscard]] std::int64_t neueTreffer(const sql::ReadTx& tx, const Berechtigung& wer, Bestand& bestand,
                                       const GemerktZeile& row, std::int64_t ab);

}  // namespace suche
