#pragma once
// The composition root: everything is made here, and handed down by reference.
#include <filesystem>

#include "akte/dateipruefung.h"
#include "akte/reorganisation.h"
#include "akte/stapel.h"
#include "eingang/eingang.h"
#include "geschaeftsgang/geschaeftsgang.h"
#include "jobs/mail.h"
#include "mandant/auftraege.h"
#include "netz/kooperation.h"
#include "netz/verbund.h"
#include "rendition/rendition.h"
#include "schreiben/schreiben.h"
#include "sql/migrations.h"
#include "suche/suche.h"

namespace app {

/// What can be set, by flag, environment (AKTENLOTSE_…) or the file given with --config. Declared in settings.cpp.
struct Settings {
  std::string data{};            ///< folder, or postgresql://…
  std::string blobs{};           ///< folder of the files, or s3://…; by default data/blobs
  std::string blobs2{};          ///< a second place for them, which is written as well and mended from
  std::string s3Zugang{};        ///< file with the two keys of the S3 store
  std::string blobSchluessel{};  ///< file with the keys that files are encrypted with; empty = they are not
  std::string uploads{};         ///< folder of half uploads; by default blobs/uploads
  int pruefungStunden = 7 * 24;  ///< in which all files are read again once; 0 = never
  std::string extractor{};
  std::string soffice{};  ///< LibreOffice; by default where Debian has it, „aus“ for none
  std::string host = "127.0.0.1";
  std::string adresse{};  ///< as people open it: what security keys are for, and links in mails and feeds lead to
  int port = 8080;
  int workers = 4;
  int ioThreads = 1;
  int maxUploadMib = 2048;
  int extractSeconds = 20;
  bool secureCookies = false;
  int sitzungRuheMinuten = 120;  ///< after which a session ends that nobody used; 0 = only with its last end
  std::string metrikToken{};     ///< file whose first line /metrics asks for; empty = everybody
  int jobWorkers = 2;
  jobs::Postausgang postausgang{};
  std::string geheimnisse{};   ///< folder with passwords of mailboxes
  std::string scanOrdner{};    ///< what scanners write into
  std::string lmtp{};          ///< where the mail server hands over mail
  std::string virenscanner{};  ///< clamd, asked about all that comes in
  std::string verbund{};       ///< tenant that keeps with whom this installation joins
  std::string schluessel{};    ///< file of its key; by default beside the files
  std::string log = "info";
};

/// What a command expects where the data should be.
enum class Daten : std::uint8_t {
  vorhanden,  ///< a schema of this program; nothing is made, so that a mistyped place is not taken for an empty one
  oderNeu,    ///< that, or nothing yet: then the schema is made
  migrieren,  ///< any older schema: its missing steps are made
};

/// Where the files lie; made from the settings.
[[nodiscard]] std::unique_ptr<blob::Store> openBlobs(const Settings& settings);
/// One place for files: a folder, or s3://…, with the keys of the settings.
[[nodiscard]] std::unique_ptr<blob::Store> openStore(const Settings& settings, const std::string& where);
[[nodiscard]] sql::Address addressOf(const Settings& settings);

/// All parts over one database and one blob store.
class App {
 public:
  /// Opens the database and makes or checks its schema. Throws base::Failure with a German sentence.
  explicit App(const Settings& settings, Daten daten = Daten::vorhanden);

  [[nodiscard]] sql::Database& database() { return database_; }
  [[nodiscard]] blob::Store& blobs() { return *blobs_; }
  [[nodiscard]] akte::Dateipruefung& dateipruefung() { return dateipruefung_; }
  [[nodiscard]] const base::Clock& clock() const { return clock_; }
  [[nodiscard]] journal::Journal& journal() { return journal_; }
  [[nodiscard]] akte::Schriftgut& schriftgut() { return schriftgut_; }
  [[nodiscard]] akte::Umfeld& umfeld() { return umfeld_; }
  [[nodiscard]] akte::Stapel& stapel() { return stapel_; }
  [[nodiscard]] akte::Reorganisation& reorganisation() { return reorganisation_; }
  [[nodiscard]] geschaeftsgang::Geschaeftsgang& geschaeftsgang() { return geschaeftsgang_; }
  [[nodiscard]] const extract::Extractor& extractor() const { return extractor_; }
  [[nodiscard]] const extract::Virenscanner& virenscanner() const { return virenscanner_; }
  [[nodiscard]] suche::Index& index() { return index_; }
  [[nodiscard]] suche::Bestand& bestand() { return bestand_; }
  [[nodiscard]] mandant::Zugang& zugang() { return zugang_; }
  [[nodiscard]] jobs::Werk& werk() { return werk_; }
  [[nodiscard]] const eingang::Einstellungen& eingangEinstellungen() const { return eingang_; }
  [[nodiscard]] rendition::Werkstatt& werkstatt() { return werkstatt_; }
  [[nodiscard]] const rendition::Buero& buero() const { return buero_; }
  [[nodiscard]] schreiben::Kanzlei& kanzlei() { return kanzlei_; }
  [[nodiscard]] netz::Verbund& verbund() { return verbund_; }
  [[nodiscard]] netz::Raeume& raeume() { return raeume_; }

  /// Where this installation is reached from outside, without a slash at the end.
  [[nodiscard]] const std::string& adresse() const { return adresse_; }

  /// A tenant by its key; throws with a German sentence when there is none.
  [[nodiscard]] std::int64_t mandant(const std::string& schluessel);

 private:
  base::SystemClock clock_;
  sql::Database database_;
  std::unique_ptr<blob::Store> blobs_;
  akte::Dateipruefung dateipruefung_;
  extract::Extractor extractor_;
  extract::Virenscanner virenscanner_;
  suche::Index index_;
  suche::Bestand bestand_;
  journal::Journal journal_;
  akte::Schriftgut schriftgut_;
  akte::Umfeld umfeld_;
  akte::Stapel stapel_;
  akte::Reorganisation reorganisation_;
  geschaeftsgang::Geschaeftsgang geschaeftsgang_{schriftgut_};
  mandant::Zugang zugang_;
  extract::Bilder bilder_;
  rendition::Buero buero_;
  rendition::Werkstatt werkstatt_;
  schreiben::Kanzlei kanzlei_;
  netz::Schluesselbund schluessel_;
  netz::Verbund verbund_;
  netz::Raeume raeume_{schriftgut_};
  jobs::Werk werk_;
  eingang::Einstellungen eingang_;
  std::string adresse_;
};

/// The journalled tables of all rooms.
[[nodiscard]] std::vector<const sql::Table*> allTables();
[[nodiscard]] std::span<const sql::Migration> migrations();

/// Where the demo lies: beside the installed program, or in the checkout that it was built from. Empty if nowhere.
[[nodiscard]] std::filesystem::path demoFolder();

struct DemoLogin {
  std::string mandant{}, name{}, passwort{}, beschreibung{};
};
BOOST_DESCRIBE_STRUCT(DemoLogin, (), (mandant, name, passwort, beschreibung))

/// Fills an empty database with the two towns of the demo, each act at its own past moment.
void loadDemo(App& app, const std::filesystem::path& folder);
/// The larger of them under another key and name, as a tenant for practice with one password for everybody.
std::int64_t loadBeispiel(App& app, const std::filesystem::path& folder, const std::string& schluessel,
                          const std::string& name, const std::string& passwort);
void loadDemoNetz(App& app, const std::filesystem::path& folder);
[[nodiscard]] std::vector<DemoLogin> demoLogins(const std::filesystem::path& folder);

// The commands. Each returns the exit code and prints for people on standard output.
int serve(const Settings& settings, bool demo);
struct InitOptions {
  std::string mandant{}, name{}, land{}, ags{}, anmeldename{}, vorname{}, nachname{}, passwortDatei{};
};
/// The first line of a file.
[[nodiscard]] std::string readLine(const std::string& path);
int init(const Settings& settings, const InitOptions& options);
struct UebungOptions {
  std::string mandant{}, name{}, fuer{}, passwortDatei{};
};
int uebung(const Settings& settings, const UebungOptions& options);
int migrate(const Settings& settings);
struct ImportOptions {
  std::string mandant{}, akte{}, person{};
  std::vector<std::string> paths{};
};
int import(const Settings& settings, const ImportOptions& options);
struct SearchOptions {
  std::string mandant{}, person{}, query{};
  bool json = false;
  int limit = 20;
};
int search(const Settings& settings, const SearchOptions& options);
struct KommunenOptions {
  std::string datei{}, quelle{};
  bool probe = false;
};
/// Reads further Länder into the register of towns, for all tenants.
int kommunen(const Settings& settings, const KommunenOptions& options);
int check(const Settings& settings);
int reindex(const Settings& settings);
/// Makes the search index anew where another program made it.
void renewIndex(App& app);
int collect(const Settings& settings);
/// Reads every file again, mends from the second store, and says what is damaged.
int scrub(const Settings& settings);
/// Brings every file into the form that new ones have: encrypted with the first key.
int rekey(const Settings& settings);
/// Copies every file that a row names to another place.
int move(const Settings& settings, const std::string& to);
/// Puts back what `backup` made, where nothing is yet.
int restore(const Settings& settings, const std::string& from);
/// Copies database and files to a folder, which is a data folder itself (PostgreSQL: a dump, and the files).
int backup(const Settings& settings, const std::string& to);
int renditionen(const Settings& settings);
struct JobsOptions {
  std::string mandant{};
  bool run = false;
  std::int64_t limit = 50;
};
int jobs(const Settings& settings, const JobsOptions& options);
int describe(const std::string& what);

/// The kinds of jobs of all rooms.
void registerJobs(App& app, const Settings& settings);

/// Puts the sample data of a tenant for practice in anew.
void addUebungRoutes(http::Routes& routes, App& app);

/// All routes, in a table that outlives the server.
void addRoutes(http::Routes& routes, App& app, bool demo);

}  // namespace app
