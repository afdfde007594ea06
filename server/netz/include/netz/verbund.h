#pragma once
// Installations that join (docs/decisions/0031): with whom, what is published for each, what came of each, what was
// refused.
#include "jobs/jobs.h"
#include "netz/feed.h"
#include "netz/netz.h"
#include "netz/schluesselbund.h"

namespace netz {

enum class Partnerstatus : std::uint8_t { angefragt, verbunden, pausiert, beendet };
BOOST_DESCRIBE_ENUM(Partnerstatus, angefragt, verbunden, pausiert, beendet)

struct PartnerZeile {
  static constexpr std::string_view tabelle = "netz_partner";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string name{}, land{};
  std::string adresse{};  ///< https://…, without a path
  std::string schluessel{};
  Partnerstatus status{};
  base::Datum seit{};
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(PartnerZeile, (),
                      (mandant, id, uuid, stand, name, land, adresse, schluessel, status, seit, person))

struct PartnerSetzen {
  base::Line<100> name{};
  base::Line<60> land{};
  base::Line<300> adresse{};
  base::Line<64, 64> schluessel{};
};
BOOST_DESCRIBE_STRUCT(PartnerSetzen, (), (name, land, adresse, schluessel))

struct PartnerZustand {
  Partnerstatus status{};
  /// To join: the fingerprint as the other side read it out.
  std::optional<base::Line<60>> fingerabdruck{};
};
BOOST_DESCRIBE_STRUCT(PartnerZustand, (), (status, fingerabdruck))

/// How far the line is. A technical row: it can be made anew by asking from the beginning.
struct VerbindungZeile {
  std::string partner{}, name{}, schluessel{};
  bool aktiv = false;
  std::int64_t nr = 0;
  std::string kette{};
  std::int64_t gefragt = 0;  ///< the newest question of the other side, so that none is answered twice
  std::optional<base::Zeitpunkt> kontakt{}, versuch{};
  base::Zeitpunkt naechster{};
  std::int64_t fehler = 0;
  std::string hinweis{};
};
BOOST_DESCRIBE_STRUCT(VerbindungZeile, (),
                      (partner, name, schluessel, aktiv, nr, kette, gefragt, kontakt, versuch, naechster, fehler,
                       hinweis))

struct EmpfangZeile {
  std::string partner{}, fremd{}, uuid{}, art{};
  std::int64_t version = 0, nr = 0;
  std::string hash{}, signatur{};
  std::int64_t zeit = 0;
  base::Zeitpunkt empfangen{};
  bool weg = false;
};
BOOST_DESCRIBE_STRUCT(EmpfangZeile, (), (partner, fremd, uuid, art, version, nr, hash, signatur, zeit, empfangen, weg))

struct AblehnungZeile {
  std::string partner{};
  Ablehngrund grund{};
  std::string text{};
  base::Zeitpunkt zuerst{}, zuletzt{};
  std::int64_t anzahl = 0;
};
BOOST_DESCRIBE_STRUCT(AblehnungZeile, (), (partner, grund, text, zuerst, zuletzt, anzahl))

/// Two things that say they are the same, or speak of the same town: both are kept.
struct Widerspruch {
  Aushang hier{}, dort{};
};

/// The parts that the Verbund needs, and the key of the tenant that keeps it; empty: the only one there is.
class Verbund {
 public:
  Verbund(journal::Journal& journal, Schluesselbund& schluessel, std::string halter)
      : journal_(journal), schluessel_(schluessel), halter_(std::move(halter)) {}

  /// The tenant that keeps it; nothing where none is named and there are several.
  [[nodiscard]] std::optional<std::int64_t> halter(const sql::ReadTx& tx) const;
  [[nodiscard]] Schluesselbund& schluessel() { return schluessel_; }

  /// Whom the tenant would join with: nothing is sent yet.
  Result<PartnerZeile> frageAn(Change& change, const Berechtigung& wer, const PartnerSetzen& input);
  /// Another key is another installation: it must be compared again.
  Result<PartnerZeile> aendere(Change& change, const Berechtigung& wer, const PartnerZeile& before,
                               const PartnerSetzen& input);
  Result<PartnerZeile> wechsle(Change& change, const Berechtigung& wer, const PartnerZeile& before,
                               const PartnerZustand& input);
  /// Asks soon, whatever the pause between attempts.
  Result<void> gleicheAb(Change& change, const Berechtigung& wer, const PartnerZeile& row);

  /// Answers the question of another installation; the problem says why not.
  [[nodiscard]] Result<std::string> antworte(std::string_view frage);
  /// Asks all that are due.
  jobs::Ergebnis holeAlle(jobs::Lauf& lauf);

  [[nodiscard]] jobs::Art auftrag();
  static constexpr std::string_view auftragsart = "netz.verbund";

 private:
  void hole(const PartnerZeile& partner);
  /// One question and its answer; false = there is no more to ask, for now.
  bool holeSeite(const PartnerZeile& partner, std::int64_t& zeit);
  void notiere(const PartnerZeile& partner, const std::string& hinweis);
  void notiere(const PartnerZeile& partner, const Abgelehnt& abgelehnt);

  journal::Journal& journal_;
  Schluesselbund& schluessel_;
  std::string halter_;
};

[[nodiscard]] Result<PartnerZeile> findPartner(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid);
[[nodiscard]] std::optional<VerbindungZeile> verbindungOf(const sql::ReadTx& tx, const PartnerZeile& row);
[[nodiscard]] std::vector<Widerspruch> widersprueche(const sql::ReadTx& tx);
/// What may be done with it next.
[[nodiscard]] std::vector<Partnerstatus> naechste(const Berechtigung& wer, const PartnerZeile& row);

// ---- publishing and receiving, for one transaction each

/// Makes entries of what changed since the last answer.
void veroeffentliche(sql::WriteTx& tx, const PartnerZeile& partner, const Schluesselpaar& paar, base::Zeitpunkt jetzt);
[[nodiscard]] FeedSeite seiteFor(const sql::ReadTx& tx, const PartnerZeile& partner, const FeedFrage& frage,
                                 base::Zeitpunkt jetzt);
/// The chain up to an entry as it was published; nothing where there is none of this number.
[[nodiscard]] std::optional<std::string> ketteBis(const sql::ReadTx& tx, const PartnerZeile& partner, std::int64_t nr);
/// Takes an answer in. What is wrong with its order refuses it whole; an entry whose content is not understood is left
/// out and comes back.
[[nodiscard]] Geprueft<std::vector<Abgelehnt>> empfange(sql::WriteTx& tx, const PartnerZeile& partner,
                                                        const FeedSeite& seite, base::Zeitpunkt jetzt);
/// Everything of one of them goes from sight; what towns have adopted stays theirs.
void vergiss(sql::WriteTx& tx, const PartnerZeile& partner);

/// Asks another installation by HTTP. The reason is a German sentence.
struct Holfehler {
  std::string text{};
  bool zuGross = false;
};
[[nodiscard]] tl::expected<std::string, Holfehler> hole(const std::string& adresse, const std::string& frage);
/// https, or http to this machine; a host and perhaps a port, nothing behind.
[[nodiscard]] bool istAdresse(std::string_view adresse);

}  // namespace netz
