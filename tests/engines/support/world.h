#pragma once
// The rooms put together over one fresh database, and a town to play in.
#include "akte/stapel.h"
#include "http/message.h"
#include "suche/pruefung.h"
#include "support/engine.h"

namespace engines {

using akte::AktenplaneinheitZeile;
using akte::AkteZeile;
using akte::DokumentZeile;
using akte::Schriftgut;
using akte::VorgangZeile;
using base::Code;
using base::Uuid;
using journal::Change;
using mandant::Berechtigung;
using mandant::OrganisationseinheitZeile;
using mandant::PersonZeile;
using mandant::Rolle;
using mandant::StelleZeile;
using mandant::Stufe;
using mandant::TraegerArt;
using mandant::ZugriffZeile;
using Findings = std::vector<std::string>;

/// The value of a Result that must have one.
template <typename T>
T must(base::Result<T> result) {
  if (!result)
    throw std::runtime_error(std::string(base::info(result.error().code).key) + ": " + result.error().detail);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// What a refusal is called; nothing for what was not refused.
template <typename T>
std::optional<Code> refusal(const base::Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error().code);
}

constexpr std::string_view password = "sehr geheim und lang";

class World {
 public:
  explicit World(Engine engine);

  FreshDatabase fresh;
  TestClock clock;
  sql::Database database;
  journal::Journal journal;
  blob::FolderStore blobs;
  extract::Extractor extractor;
  suche::Index index;
  suche::Bestand bestand{1};  ///< keeps sets of all that finds more than one, so that every test asks them too
  Schriftgut schriftgut;
  akte::Umfeld umfeld{index};
  akte::Stapel stapel{schriftgut, umfeld};
  mandant::Zugang zugang;
  http::Routes routes;

  template <typename F>
  auto read(std::int64_t mandant, F&& f) {
    return database.read(mandant, std::forward<F>(f));
  }
  /// One change by a person; 0 is the program itself.
  template <typename F>
  auto change(std::int64_t mandant, std::int64_t person, F&& f) {
    return journal.change(mandant, [&](Change& change) {
      change.by({person, 0});
      return f(change);
    });
  }

  /// A file in the store, of which the extractor is said to have read `text`.
  akte::Datei file(const std::string& name, const std::string& text);
  /// What `aktenlotse check` finds.
  Findings check() { return suche::pruefen(database, blobs).befunde; }
  /// A request as it comes from the listener, answered by route, gate and handler.
  struct Answer {
    unsigned status = 0;
    boost::json::value json{};
    std::string text{}, setCookie{};
  };
  Answer request(const std::string& method, const std::string& target, http::Fields headers = {},
                 std::string body = {});
};

/// A tenant with units, posts, people and a plan. Each call is a change of its own and must succeed.
class Town {
 public:
  explicit Town(World& world, const std::string& schluessel = "stadt");

  [[nodiscard]] Berechtigung wer(const PersonZeile& person);
  OrganisationseinheitZeile unit(const std::string& kurzzeichen, const std::optional<Uuid>& ueber = {});
  StelleZeile post(const OrganisationseinheitZeile& unit, std::vector<Rolle> rollen);
  /// Holds these posts alone.
  PersonZeile person(const std::string& name, const std::vector<StelleZeile>& posts);
  void occupy(const StelleZeile& post, const std::vector<PersonZeile>& people);
  ZugriffZeile access(const std::string& name, std::vector<mandant::EintragNeu> eintraege);
  AktenplaneinheitZeile entry(const std::string& kennzeichen, const std::optional<Uuid>& ueber = {},
                              std::optional<std::int64_t> jahre = 10, const std::optional<Uuid>& zugriff = {});
  AkteZeile akte(const PersonZeile& by, const AktenplaneinheitZeile& entry, const std::string& betreff = "Akte");
  VorgangZeile vorgang(const PersonZeile& by, const AkteZeile& akte, const std::string& betreff = "Vorgang");
  DokumentZeile dokument(const PersonZeile& by, const VorgangZeile& vorgang, const std::string& name,
                         const std::string& text);
  DokumentZeile eingang(const PersonZeile& by, const std::string& name, const std::string& text);
  /// A mail with an electronic invoice: an Eingang with a part.
  DokumentZeile rechnungsmail(const PersonZeile& by);
  DokumentZeile version(const PersonZeile& by, const DokumentZeile& dokument, const std::string& text,
                        std::optional<std::int64_t> basis = {});

  /// The hits of a query that a person gets, by their ids, ascending.
  std::vector<std::int64_t> found(const PersonZeile& by, const std::string& query);
  /// Runs f(Change&, Berechtigung) as a person.
  template <typename F>
  auto as(const PersonZeile& by, F&& f) {
    const auto berechtigung = wer(by);
    return world.change(mandant, by.id, [&](Change& change) { return f(change, berechtigung); });
  }
  template <class Row>
  Row now(const Row& row) {
    return world.read(mandant,
                      [&](const sql::ReadTx& tx) { return mandant::rowById<Row>(tx, mandant, row.id).value(); });
  }
  akte::AkteMit see(const PersonZeile& by, const AkteZeile& row);
  akte::VorgangMit see(const PersonZeile& by, const VorgangZeile& row);
  akte::DokumentMit see(const PersonZeile& by, const DokumentZeile& row);
  /// The number of journal entries so far.
  std::int64_t entries();

  World& world;
  std::int64_t mandant = 0;
  OrganisationseinheitZeile amt;
  StelleZeile leitung, sachbearbeitung;
  PersonZeile anna;   ///< leads the Amt: Leitung, Registratur, administration
  PersonZeile bernd;  ///< works there: Sachbearbeitung
};

}  // namespace engines
