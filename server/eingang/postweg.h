#pragma once
// Mail: which address means which unit, where a mail goes, and the mailboxes that are fetched. Private to the room.
#include "akte/post.h"
#include "eingang/eingang.h"

namespace eingang {

using akte::EingangsadresseZeile;
using akte::PostfachAuftrag;
using akte::PostfachZeile;

/// Where a mail is to go: the unit of the address, and what stood behind a plus.
struct Zustellung {
  std::int64_t mandant = 0, organisationseinheit = 0;
  std::string zusatz{};
  friend auto operator<=>(const Zustellung&, const Zustellung&) = default;
};

class Mailannahme {
 public:
  explicit Mailannahme(akte::Schriftgut& schriftgut) : schriftgut_(schriftgut) {}

  /// Which unit takes mail at this address; nothing when none does.
  [[nodiscard]] std::optional<Zustellung> empfaenger(std::string_view adresse);
  /// What came, made durable and read; the same for all who get it.
  [[nodiscard]] akte::Datei lies(blob::Writer& writer) { return schriftgut_.einlagern(writer, "Nachricht.eml"); }
  /// Files it: into the open Vorgang whose sign stands behind the plus or in the subject, else into the Posteingang of
  /// the unit. The same Message-ID is taken once for each unit.
  [[nodiscard]] base::Result<void> lege(const Zustellung& zustellung, const akte::Datei& datei);
  [[nodiscard]] akte::Schriftgut& schriftgut() { return schriftgut_; }

 private:
  akte::Schriftgut& schriftgut_;
};

/// Signs that a text may hold: its words, alone and together with those that follow, without brackets and punctuation.
[[nodiscard]] std::vector<std::string> zeichenKandidaten(std::string_view text);

/// The open Vorgang whose sign stands behind the plus of an address (`zusatz`) or in a subject, as far as `wer` may
/// file there.
[[nodiscard]] std::optional<base::Uuid> findeVorgang(const sql::ReadTx& tx, const mandant::Berechtigung& wer,
                                                     const std::string& zusatz, const std::string& betreff);

/// What a mail is known by: one without a name of its own, or that was not opened yet, by its bytes. Not the Message-ID
/// alone, so that nobody can keep a mail out by sending another under its name first.
[[nodiscard]] std::string schluesselVon(const akte::Datei& datei);

/// Signs in, looks into the folder, and changes nothing there.
[[nodiscard]] jobs::Ergebnis pruefePostfach(jobs::Lauf& lauf, const PostfachZeile& postfach,
                                            const std::string& passwort);

/// The first line of the file that the operator put down for this tenant.
[[nodiscard]] std::optional<std::string> passwortFor(const sql::ReadTx& tx, const Einstellungen& einstellungen,
                                                     const PostfachZeile& postfach);

/// Fetches all mail of a mailbox, each filed and then moved or marked.
[[nodiscard]] jobs::Ergebnis holeAb(jobs::Lauf& lauf, Mailannahme& annahme, const PostfachZeile& postfach,
                                    const std::string& passwort, std::uint64_t maxBytes);

}  // namespace eingang
