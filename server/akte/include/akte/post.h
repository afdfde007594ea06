#pragma once
// Mail addresses of units and mailboxes that are fetched: set by the administration, and they go where a unit goes.
// What comes in through them is the room `eingang`.
#include "akte/schriftgut.h"
#include "jobs/jobs.h"
#include "jobs/mail.h"

namespace akte {

/// An address at which a unit takes mail. The directory beside it, without a tenant, finds the tenant for it.
struct EingangsadresseZeile {
  static constexpr std::string_view tabelle = "eingangsadresse";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Text adresse{};
  std::int64_t organisationseinheit = 0;
};
BOOST_DESCRIBE_STRUCT(EingangsadresseZeile, (), (mandant, id, uuid, stand, adresse, organisationseinheit))

/// A mailbox that is fetched by IMAP. Its password lies in a file that the operator put down for this tenant.
struct PostfachZeile {
  static constexpr std::string_view tabelle = "postfach";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Text bezeichnung{};
  std::int64_t organisationseinheit = 0;
  Text host{};
  std::int64_t port = 993;
  jobs::Verschluesselung verschluesselung{};
  Text benutzer{}, passwortDatei{}, ordner{};
  OptText zielordner{};  ///< where fetched mail goes; without it, it is marked
  std::int64_t minuten = 5;
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(PostfachZeile, (),
                      (mandant, id, uuid, stand, bezeichnung, organisationseinheit, host, port, verschluesselung,
                       benutzer, passwortDatei, ordner, zielordner, minuten, aktiv))

/// The payload of the jobs about a mailbox.
struct PostfachAuftrag {
  base::Uuid postfach{};
};
BOOST_DESCRIBE_STRUCT(PostfachAuftrag, (), (postfach))
[[nodiscard]] std::string nutzlastOf(const PostfachZeile& row);

struct EingangsadresseNeu {
  base::Line<254, 3> adresse{};
  base::Uuid organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(EingangsadresseNeu, (), (adresse, organisationseinheit))

struct PostfachNeu {
  base::Line<200> bezeichnung{};
  base::Uuid organisationseinheit{};
  base::Line<253> host{};
  std::int64_t port = 993;
  jobs::Verschluesselung verschluesselung{};
  base::Line<200> benutzer{};
  base::Line<100> passwortDatei{};
  base::Line<200> ordner{};
  std::optional<base::Line<200>> zielordner{};
  std::int64_t minuten = 5;
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(PostfachNeu, (),
                      (bezeichnung, organisationseinheit, host, port, verschluesselung, benutzer, passwortDatei, ordner,
                       zielordner, minuten, aktiv))

[[nodiscard]] base::Result<EingangsadresseZeile> createEingangsadresse(Change& change, const EingangsadresseNeu& input);
/// Mail at this address goes to this unit from now on.
[[nodiscard]] base::Result<EingangsadresseZeile> changeEingangsadresse(Change& change,
                                                                       const EingangsadresseZeile& before,
                                                                       const base::Uuid& organisationseinheit);
void eraseEingangsadresse(Change& change, const EingangsadresseZeile& row);
[[nodiscard]] base::Result<PostfachZeile> createPostfach(Change& change, const PostfachNeu& input);
[[nodiscard]] base::Result<PostfachZeile> changePostfach(Change& change, const PostfachZeile& before,
                                                         const PostfachNeu& input);
/// The directory of addresses and the times of fetching as the rows say: for who writes these rows in another way.
void folgePost(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt);

}  // namespace akte
