#pragma once
// What the index holds of an object beside its words, as the tables say it. Private to the room.
#include "suche/suche.h"

namespace suche {

/// A row of suche_merkmal; what each number means stands in the migration.
struct Merkmal {
  std::int64_t art = 0, zugriff = 0, akte = 0, vorgang = 0, organisationseinheit = 0, tag = 0, dokumentart = 0,
               format = 0, absender = 0, laenge = 0;
  friend bool operator==(const Merkmal&, const Merkmal&) = default;
};
BOOST_DESCRIBE_STRUCT(Merkmal, (),
                      (art, zugriff, akte, vorgang, organisationseinheit, tag, dokumentart, format, absender, laenge))

/// The same with words that are not numbers yet, and with its signs; without its length.
struct Angaben {
  Merkmal merkmal{};
  std::string format{}, absender{};
  std::vector<std::string> zeichen{};  ///< own and foreign, as written; old ones are in the table `zeichen`
};

[[nodiscard]] Angaben angabenOf(const akte::AkteZeile& row);
[[nodiscard]] Angaben angabenOf(const akte::VorgangZeile& row);
[[nodiscard]] Angaben angabenOf(const sql::ReadTx& tx, const akte::DokumentZeile& row,
                                const akte::VersionZeile& version);

/// Makes the rows of suche_merkmal and suche_zeichen what `angaben` says, under a new stand if anything changes.
/// `laenge` says that the object's words changed too, and how many they are now.
void writeMerkmal(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt, const Angaben& angaben,
                  std::optional<std::int64_t> laenge);
/// The same for an object that has none yet.
void addMerkmal(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt, const Angaben& angaben,
                std::int64_t laenge);
/// The object is gone: its row says so to what is held in memory, and nothing else.
void removeMerkmal(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt);
inline constexpr std::int64_t entfernt = 3;
/// What is wrong with them: nothing, or a German sentence that goes on after "Suche: ".
[[nodiscard]] std::optional<std::string> checkMerkmal(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt,
                                                      const Angaben& angaben, std::int64_t laenge);

/// The sign by its parts, each followed by a point: letters and digits, folded, without leading zeros, parted also
/// where letters meet digits (`632.10-4/0026a` is `632.10.4.26.a.`). Empty for a text without any.
[[nodiscard]] std::string zeichenForm(std::string_view zeichen);

/// 20251127
[[nodiscard]] std::int64_t tagOf(const base::Datum& day);

}  // namespace suche
