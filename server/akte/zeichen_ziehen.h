#pragma once
// The signs of Akte, Vorgang and Dokument as plan and tenant say. Private to the room.
#include "akte/schriftgut.h"

namespace akte {

/// The template of a level: the nearest in the branch of the plan, else the tenant's.
[[nodiscard]] std::string vorlageFor(const sql::ReadTx& tx, const AktenplaneinheitZeile& blatt, Ebene ebene);

/// Draws the sign of an Akte at a place of the plan; sets `zeichen` and `nummer`. `jahr` is that of its opening.
void zieheZeichen(Change& change, const AktenplaneinheitZeile& blatt, AkteZeile& row, int jahr);
/// Of a Vorgang in its Akte.
void zieheZeichen(Change& change, const AktenplaneinheitZeile& blatt, const AkteZeile& akte, VorgangZeile& row,
                  int jahr);

/// The sign that an object gets whose place changed. Its own number stays where the new sign is then still free.
void zieheNeu(Change& change, const AktenplaneinheitZeile& blatt, const AkteZeile& akte, VorgangZeile& row);
void zieheNeu(Change& change, const AktenplaneinheitZeile& blatt, const AkteZeile& akte, const VorgangZeile& vorgang,
              DokumentZeile& row);

}  // namespace akte
