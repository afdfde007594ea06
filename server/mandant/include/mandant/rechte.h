#pragma once
// Rights. Every question is the same three: has the role the right, does the access definition reach the object, and
// does the object's state allow it. Lists, counts, search and suggestions ask the second one as part of their SQL.
#include "mandant/zeilen.h"

namespace mandant {

/// What a role may do at all, anywhere.
enum class Recht : std::uint8_t {
  akteAnlegen,
  akteAendern,
  akteZda,
  akteZdaAufheben,
  vorgangAnlegen,
  vorgangAendern,
  vorgangZda,
  vorgangZdaAufheben,
  dokumentAnlegen,
  dokumentAendern,
  eingangErfassen,
  eingangAblegen,
  zugriffSetzen,
  aktenplanPflegen,
  organisationPflegen,
  personPflegen,
  zugriffPflegen,
  auftragVerwalten,
  aussonderungPflegen,
  kontaktPflegen,
  akteStornieren,
  vorgangStornieren,
  dokumentStornieren,
  weglegen,
  loeschungBeantragen,
  loeschungBestaetigen,
  laufwegFuehren,    ///< start a Laufweg, change it while it runs
  schrittErledigen,  ///< do what a Laufweg asks of oneself
  schlusszeichnen,
  netzPflegen,       ///< keep what the town says of itself in the network: its page, its people, what it publishes
  netzMitmachen,     ///< work through checklists, write practices down
  quarantaeneSehen,  ///< what the malware scanner found, and that it waits
  quarantaeneEntscheiden,  ///< release it, or have it destroyed
  scanPruefen,             ///< look at the sample of scans, and see paper off
};
BOOST_DESCRIBE_ENUM(Recht, akteAnlegen, akteAendern, akteZda, akteZdaAufheben, vorgangAnlegen, vorgangAendern,
                    vorgangZda, vorgangZdaAufheben, dokumentAnlegen, dokumentAendern, eingangErfassen, eingangAblegen,
                    zugriffSetzen, aktenplanPflegen, organisationPflegen, personPflegen, zugriffPflegen,
                    auftragVerwalten, aussonderungPflegen, kontaktPflegen, akteStornieren, vorgangStornieren,
                    dokumentStornieren, weglegen, loeschungBeantragen, loeschungBestaetigen, laufwegFuehren,
                    schrittErledigen, schlusszeichnen, netzPflegen, netzMitmachen, quarantaeneSehen,
                    quarantaeneEntscheiden, scanPruefen)

/// The nine roles of the use cases (domain chapter 2.7), with what each may do. docs/rechte.md is printed from it.
[[nodiscard]] const std::vector<Recht>& rechteOf(Rolle rolle);
[[nodiscard]] std::string_view bezeichnung(Rolle rolle);

/// What a session still lacks: the proof of a second factor, a password that the person has chosen himself, or a second
/// factor at all where the tenant asks for one.
enum class Offen : std::uint8_t { faktor, einrichten, kennwort };
BOOST_DESCRIBE_ENUM(Offen, faktor, einrichten, kennwort)

/// Who asks: found once for each request.
struct Berechtigung {
  std::int64_t mandant = 0;
  std::int64_t person = 0;  ///< 0 is the program itself
  std::vector<Rolle> rollen{};
  std::vector<Recht> rechte{};   ///< of all roles together, in order
  bool nurLesen = false;         ///< a token of scope lesen
  std::string csrf{};            ///< empty for tokens
  std::string geheimnisHash{};   ///< of the session or token
  std::optional<Offen> offen{};  ///< such a session has no rights, and only routes of signing in answer it

  [[nodiscard]] bool hat(Recht recht) const;
  [[nodiscard]] bool istSystem() const { return person == 0; }
};

/// What a rule needs to know of an object.
struct Gegenstand {
  std::optional<Stufe> stufe{};  ///< how far this person reaches it; nothing = not at all
  bool offen = true;             ///< its state, and that of what it lies in, allows changes
  bool versandt = false;         ///< it went out, and that alone forbids them
};
/// Why what is not open cannot be changed.
[[nodiscard]] base::Code geschlossenWeil(const Gegenstand& was);

/// May this person do this to that? Gives NichtGefunden where the person may not even know of the object, NichtErlaubt
/// where the role or the access is too little, Abgeschlossen where the state forbids it.
[[nodiscard]] base::Result<void> darf(const Berechtigung& wer, Recht recht, const Gegenstand& was);

/// Only the reading half of `darf`.
[[nodiscard]] base::Result<void> darfSehen(const Gegenstand& was);

/// How far a person reaches an access definition.
[[nodiscard]] std::optional<Stufe> stufeFor(const sql::ReadTx& tx, const Berechtigung& wer, std::int64_t zugriff);

/// The one fragment for "which rows may this person see": `column` is the row's access definition.
[[nodiscard]] sql::Query sichtbar(sql::Sql column, const Berechtigung& wer);

/// Computes person_zugriff anew from organisation and access definitions. Called in every transaction that changes
/// them.
void recomputeReach(sql::WriteTx& tx, std::int64_t mandant);
/// Another number after each change of anybody's reach.
[[nodiscard]] std::int64_t reichweiteStand(const sql::ReadTx& tx, std::int64_t mandant);

/// What `recomputeReach` would write, for `check`.
struct Reichweite {
  std::int64_t mandant = 0, person = 0, zugriff = 0;
  Stufe stufe{};
  friend auto operator<=>(const Reichweite&, const Reichweite&) = default;
};
BOOST_DESCRIBE_STRUCT(Reichweite, (), (mandant, person, zugriff, stufe))
/// What reach is computed from.
struct Ordnung {
  std::vector<StelleZeile> stellen{};
  std::vector<StelleRolleZeile> rollen{};
  std::vector<PersonZeile> personen{};
  std::vector<BesetzungZeile> besetzungen{};
  std::vector<ZugriffseintragZeile> eintraege{};
};
[[nodiscard]] std::vector<Reichweite> reach(const Ordnung& ordnung, std::int64_t mandant);
[[nodiscard]] std::vector<Reichweite> reach(const sql::ReadTx& tx, std::int64_t mandant);
[[nodiscard]] std::vector<std::string> checkReach(const sql::ReadTx& tx, std::int64_t mandant);

}  // namespace mandant
