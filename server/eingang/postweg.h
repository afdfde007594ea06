#pragma once
// Mail: which address means which unit, where a mail goes, and the mailboxes that are fetched. Private to the room.
#include "eingang/eingang.h"
#include "jobs/mail.h"

namespace eingang {

/// An address at which a unit takes mail. The directory beside it, without a tenant, finds the tenant for it.
struct EingangsadresseZeile {
  static constexpr std::string_view tabelle = "eingangsadresse";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string adresse{};
  std::int64_t organisationseinheit = 0;
};
BOOST_DESCRIBE_STRUCT(EingangsadresseZeile, (), (mandant, id, uuid, stand, adresse, organisationseinheit))

/// A mailbox that is fetched by IMAP. Its password lies in a file that the operator put down for this tenant.
struct PostfachZeile {
  static constexpr std::string_view tabelle = "postfach";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string bezeichnung{};
  std::int64_t organisationseinheit = 0;
  std::string host{};
  std::int64_t port = 993;
  jobs::Verschluesselung verschluesselung{};
  std::string benutzer{}, passwortDatei{}, ordner{};
  std::optional<std::string> zielordner{};  ///< where fetched mail goes; without it, it is marked
  std::int64_t minuten = 5;
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(PostfachZeile, (),
                      (mandant, id, uuid, stand, bezeichnung, organisationseinheit, host, port, verschluesselung,
                       benutzer, passwortDatei, ordner, zielordner, minuten, aktiv))

/// The payload of the job that fetches a mailbox.
struct PostfachAuftrag {
  base::Uuid postfach{};
};
BOOST_DESCRIBE_STRUCT(PostfachAuftrag, (), (postfach))

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
