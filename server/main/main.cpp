// The commands and the settings: one declaration of each gives help, environment, file and checks.
#include <sys/prctl.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "app.h"

namespace {

/// The file says what is usual, the environment what is so this time: CLI11 by itself would let the file win.
class BelowEnvironment : public CLI::ConfigTOML {
 public:
  explicit BelowEnvironment(const CLI::App& cli) : cli_(cli) {}
  [[nodiscard]] std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    auto found = CLI::ConfigTOML::from_config(input);
    std::erase_if(found, [&](const CLI::ConfigItem& item) {
      const auto* option = cli_.get_option_no_throw("--" + item.name);
      return option != nullptr && std::getenv(option->get_envname().c_str()) != nullptr;
    });
    return found;
  }

 private:
  const CLI::App& cli_;
};

void addPostausgang(CLI::App& cli, jobs::Postausgang& smtp) {
  cli.add_option("--smtp-host", smtp.host, "Mailserver, über den Mails hinausgehen; ohne Angabe gehen keine")
      ->envname("AKTENLOTSE_SMTP_HOST");
  cli.add_option("--smtp-port", smtp.port, "Port des Mailservers")
      ->envname("AKTENLOTSE_SMTP_PORT")
      ->check(CLI::Range(1, 65535));
  cli.add_option("--smtp-benutzer", smtp.benutzer, "Anmeldung am Mailserver; ohne Angabe ohne")
      ->envname("AKTENLOTSE_SMTP_BENUTZER");
  cli.add_option("--smtp-passwort-datei", smtp.passwortDatei, "Datei, deren erste Zeile das Passwort ist")
      ->envname("AKTENLOTSE_SMTP_PASSWORT_DATEI");
  cli.add_option("--smtp-verschluesselung", smtp.verschluesselung, "keine, starttls oder tls")
      ->envname("AKTENLOTSE_SMTP_VERSCHLUESSELUNG")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, jobs::Verschluesselung>{{"keine", jobs::Verschluesselung::keine},
                                                        {"starttls", jobs::Verschluesselung::starttls},
                                                        {"tls", jobs::Verschluesselung::tls}}))
      ->default_str("starttls");
  cli.add_option("--smtp-absender", smtp.absender, "Adresse, von der Mails kommen")
      ->envname("AKTENLOTSE_SMTP_ABSENDER");
}

void addSettings(CLI::App& cli, app::Settings& s) {
  cli.option_defaults()->always_capture_default()->group("Einstellungen (Schalter, AKTENLOTSE_… oder TOML-Datei)");
  cli.add_option("--data", s.data, "Wo die Daten liegen: ein Ordner (eingebaute Datenbank) oder postgresql://…")
      ->envname("AKTENLOTSE_DATA");
  cli.add_option("--blobs", s.blobs,
                 "Wo die Dateien liegen: ein Ordner oder s3://BUCKET?endpoint=https://RECHNER; ohne "
                 "Angabe data/blobs")
      ->envname("AKTENLOTSE_BLOBS");
  cli.add_option("--blobs2", s.blobs2,
                 "Zweiter Ort für die Dateien, am besten auf einer anderen Platte, oder s3://…: Jede Datei liegt auch "
                 "dort, und "
                 "was im ersten beschädigt ist, wird von dort ersetzt")
      ->envname("AKTENLOTSE_BLOBS2");
  cli.add_option("--s3-zugang", s.s3Zugang,
                 "Datei mit dem Zugang zu S3: in der ersten Zeile der Zugangsschlüssel, in der zweiten das Geheimnis")
      ->envname("AKTENLOTSE_S3_ZUGANG");
  cli.add_option(
         "--blob-schluessel", s.blobSchluessel,
         "Datei mit Schlüsseln, mit denen die Dateien verschlüsselt liegen: je Zeile 64 Hexadezimalziffern; der "
         "erste verschlüsselt, alle entschlüsseln; ohne Angabe liegen sie im Klartext")
      ->envname("AKTENLOTSE_BLOB_SCHLUESSEL");
  cli.add_option("--uploads", s.uploads,
                 "Ordner für Dateien, die noch nicht ganz angekommen sind; ohne Angabe blobs/uploads")
      ->envname("AKTENLOTSE_UPLOADS");
  cli.add_option("--pruefung-stunden", s.pruefungStunden,
                 "In so vielen Stunden wird jede Datei einmal neu gelesen und geprüft; 0 prüft nie von selbst")
      ->envname("AKTENLOTSE_PRUEFUNG_STUNDEN")
      ->check(CLI::Range(0, 24 * 366));
  cli.add_option("--extractor", s.extractor, "Pfad von aktenlotse-extract; ohne Angabe neben dem Programm gesucht")
      ->envname("AKTENLOTSE_EXTRACTOR");
  cli.add_option(
         "--soffice", s.soffice,
         "Pfad von soffice.bin (LibreOffice) für PDF aus Bürodateien; ohne Angabe der von Debian, „aus“ macht keine")
      ->envname("AKTENLOTSE_SOFFICE");
  cli.add_option("--host", s.host, "Adresse, auf der der Server hört")
      ->envname("AKTENLOTSE_HOST")
      ->check(CLI::ValidIPV4 | CLI::IsMember({"localhost", "::1", "::"}));
  cli.add_option("--adresse", s.adresse,
                 "Adresse, unter der das Programm aufgerufen wird, etwa https://akten.stadt.example, auch für Links in "
                 "Mails und im "
                 "Feed; ohne sie gibt es keine Sicherheitsschlüssel")
      ->envname("AKTENLOTSE_ADRESSE");
  cli.add_option("--port", s.port, "Port; 0 nimmt einen freien")
      ->envname("AKTENLOTSE_PORT")
      ->check(CLI::Range(0, 65535));
  cli.add_option("--workers", s.workers, "Zahl der Anfragen, die zugleich bearbeitet werden")
      ->envname("AKTENLOTSE_WORKERS")
      ->check(CLI::Range(1, 256));
  cli.add_option("--io-threads", s.ioThreads, "Zahl der Threads für die Verbindungen")
      ->envname("AKTENLOTSE_IO_THREADS")
      ->check(CLI::Range(1, 64));
  cli.add_option("--max-upload-mib", s.maxUploadMib, "Größte Datei in MiB")
      ->envname("AKTENLOTSE_MAX_UPLOAD_MIB")
      ->check(CLI::Range(1, 102400));
  cli.add_option("--extract-seconds", s.extractSeconds, "Längste Zeit für das Lesen einer Datei")
      ->envname("AKTENLOTSE_EXTRACT_SECONDS")
      ->check(CLI::Range(1, 3600));
  cli.add_option("--secure-cookies", s.secureCookies,
                 "Sitzungen nur über TLS (hinter einem Webserver mit TLS einschalten)")
      ->envname("AKTENLOTSE_SECURE_COOKIES");
  cli.add_option(
         "--sitzung-ruhe-minuten", s.sitzungRuheMinuten,
         "Nach so vielen Minuten, in denen jemand nichts getan hat, endet die Anmeldung; 0: erst nach 12 Stunden")
      ->envname("AKTENLOTSE_SITZUNG_RUHE_MINUTEN")
      ->check(CLI::Range(0, 720));
  cli.add_option("--metrik-token-datei", s.metrikToken,
                 "Datei, deren erste Zeile /metrics als „Authorization: Bearer …“ verlangt; ohne Angabe antwortet es "
                 "jedem")
      ->envname("AKTENLOTSE_METRIK_TOKEN_DATEI");
  cli.add_option("--job-workers", s.jobWorkers, "Zahl der Aufträge im Hintergrund zugleich; 0 führt hier keine aus")
      ->envname("AKTENLOTSE_JOB_WORKERS")
      ->check(CLI::Range(0, 64));
  addPostausgang(cli, s.postausgang);
  cli.add_option("--lmtp", s.lmtp,
                 "Wo der Mailserver Mails übergibt: 127.0.0.1:PORT oder unix:/PFAD; ohne Angabe nirgends")
      ->envname("AKTENLOTSE_LMTP");
  cli.add_option("--scan-ordner", s.scanOrdner,
                 "Ordner, in den Scanner schreiben: MANDANT/KURZZEICHEN der Organisationseinheit/DATEI")
      ->envname("AKTENLOTSE_SCAN_ORDNER");
  cli.add_option("--virenscanner", s.virenscanner,
                 "clamd, das jede eingehende Datei prüft: unix:/PFAD oder RECHNER:PORT; ohne Angabe wird nicht geprüft")
      ->envname("AKTENLOTSE_VIRENSCANNER");
  cli.add_option("--geheimnisse", s.geheimnisse, "Ordner mit den Passwörtern der Postfächer: MANDANT/NAME")
      ->envname("AKTENLOTSE_GEHEIMNISSE");
  cli.add_option(
         "--verbund", s.verbund,
         "Schlüssel des Mandanten, der pflegt, mit welchen Installationen sich diese verbindet; ohne Angabe der "
         "einzige")
      ->envname("AKTENLOTSE_VERBUND");
  cli.add_option("--schluessel", s.schluessel,
                 "Datei mit dem Schlüssel, mit dem diese Installation im Lotsennetz unterschreibt; ohne Angabe "
                 "netz.schluessel im Ordner der Dateien")
      ->envname("AKTENLOTSE_SCHLUESSEL");
  cli.add_option("--log", s.log, "Wie viel protokolliert wird")
      ->envname("AKTENLOTSE_LOG")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}));
  // CLI11 does not look into the environment for the file itself.
  const char* file = std::getenv("AKTENLOTSE_CONFIG");
  cli.set_config("--config", file == nullptr ? "" : file,
                 "TOML-Datei mit diesen Einstellungen (oder AKTENLOTSE_CONFIG)", file != nullptr)
      ->check(CLI::ExistingFile);
  cli.config_formatter(std::make_shared<BelowEnvironment>(cli));
  cli.allow_config_extras(CLI::config_extras_mode::error);
}

class Commands {
 public:
  explicit Commands(CLI::App& cli) : cli_(cli) {
    cli_.require_subcommand(1);
    cli_.fallthrough();
    addSettings(cli_, settings_);
    cli_.option_defaults()->group("Angaben");

    auto* serveCommand = add("serve", "Startet den Server", [this] { return app::serve(settings_, demo_); });
    serveCommand->add_flag("--demo", demo_,
                           "Füllt eine leere Datenbank mit zwei erfundenen Städten und zeigt deren Anmeldungen");

    auto* initCommand = add("init", "Legt einen Mandanten mit seiner ersten Administration an",
                            [this] { return app::init(settings_, init_); });
    initCommand->add_option("--mandant", init_.mandant, "Schlüssel, der bei der Anmeldung eingegeben wird")->required();
    initCommand->add_option("--name", init_.name, "Name der Stadt oder des Landkreises")->required();
    initCommand->add_option("--land", init_.land, "Land, etwa Sachsen")->required();
    initCommand->add_option("--ags", init_.ags, "Amtlicher Gemeindeschlüssel");
    initCommand->add_option("--anmeldename", init_.anmeldename, "Anmeldename der Administration")->required();
    initCommand->add_option("--vorname", init_.vorname, "Vorname")->required();
    initCommand->add_option("--nachname", init_.nachname, "Nachname")->required();
    initCommand
        ->add_option("--passwort-datei", init_.passwortDatei,
                     "Datei mit dem Passwort; ohne Angabe wird eines gewürfelt und einmal gezeigt")
        ->check(CLI::ExistingFile);

    auto* uebungCommand = add("uebung",
                              "Legt einen Übungsmandanten mit Beispieldaten an; gibt es ihn schon, wird er "
                              "zurückgesetzt",
                              [this] { return app::uebung(settings_, uebung_); });
    uebungCommand->add_option("--mandant", uebung_.mandant, "Schlüssel für die Anmeldung")->required();
    uebungCommand->add_option("--name", uebung_.name, "Name; ohne Angabe „Übungsstadt“");
    uebungCommand->add_option(
        "--fuer", uebung_.fuer,
        "Schlüssel der Stadt, die dort Bausteine ausprobiert; ohne Angabe die einzige. Gibt es den "
        "Übungsmandanten schon, wird nur dies gesetzt");
    uebungCommand
        ->add_option("--passwort-datei", uebung_.passwortDatei,
                     "Datei, deren erste Zeile das Passwort für alle ist; ohne Angabe wird eines gewürfelt")
        ->check(CLI::ExistingFile);

    add("migrate", "Bringt die Datenbank auf den Stand dieses Programms", [this] { return app::migrate(settings_); });

    auto* importCommand = add("import", "Legt Dateien in einer Akte ab: jeder Ordner wird ein Vorgang",
                              [this] { return app::import(settings_, import_); });
    importCommand->add_option("--mandant", import_.mandant, "Schlüssel des Mandanten")->required();
    importCommand->add_option("--akte", import_.akte, "Geschäftszeichen der Akte")->required();
    importCommand->add_option("--person", import_.person,
                              "Anmeldename, unter dem abgelegt wird; ohne Angabe das Programm selbst");
    importCommand->add_option("PFAD", import_.paths, "Dateien und Ordner")->required()->check(CLI::ExistingPath);

    auto* kommunenCommand = add(
        "kommunen", "Liest Gemeinden und Landkreise weiterer Länder, oder einen neueren Stand, in das Verzeichnis ein",
        [this] { return app::kommunen(settings_, kommunen_); });
    kommunenCommand
        ->add_option("--quelle", kommunen_.quelle,
                     "Woher die Tabelle ist, wie ihre Lizenz es verlangt; steht unter jeder Liste")
        ->required();
    kommunenCommand->add_flag("--probe", kommunen_.probe, "Zeigt nur, was sich ändern würde");
    kommunenCommand
        ->add_option("DATEI", kommunen_.datei, "Tabelle (CSV, XLSX oder ODS) mit AGS, ARS, Name, Art, Kreis, Einwohner")
        ->required()
        ->check(CLI::ExistingFile);

    auto* searchCommand = add("search", "Sucht wie das Suchfeld", [this] { return app::search(settings_, search_); });
    searchCommand->add_option("--mandant", search_.mandant, "Schlüssel des Mandanten")->required();
    searchCommand->add_option("--person", search_.person, "Mit den Rechten dieser Person; ohne Angabe alles");
    searchCommand->add_option("--limit", search_.limit, "Höchste Zahl der Treffer")->check(CLI::Range(1, 1000));
    searchCommand->add_flag("--json", search_.json, "Ausgabe als JSON");
    searchCommand->add_option("FRAGE", search_.query, "Wörter, \"Wortfolgen\", Anfang*, -ohne")->required();

    add("check", "Prüft Dateien, Journal, Tabellen, Rechte und Suche; endet mit 1, wenn etwas nicht stimmt",
        [this] { return app::check(settings_); });
    add("reindex", "Baut den Suchindex neu", [this] { return app::reindex(settings_); });
    add("renditionen", "Bestellt Texterkennung, Vorschau und PDF für Dokumente, denen sie fehlen",
        [this] { return app::renditionen(settings_); });
    add("collect", "Entfernt Dateien, die nichts mehr nennt und die älter als eine Stunde sind",
        [this] { return app::collect(settings_); });

    add("scrub", "Liest alle Dateien neu, ersetzt beschädigte aus dem Zweitspeicher und nennt, was fehlt",
        [this] { return app::scrub(settings_); });

    add("rekey", "Verschlüsselt alle Dateien mit dem ersten Schlüssel, auch die, die noch im Klartext liegen",
        [this] { return app::rekey(settings_); });

    auto* moveCommand = add("move", "Kopiert alle Dateien an einen anderen Ort, während weitergearbeitet wird",
                            [this] { return app::move(settings_, moveTo_); });
    moveCommand->add_option("--to", moveTo_, "Ordner oder s3://BUCKET?endpoint=https://RECHNER")->required();
    moveCommand->footer(
        "Kopiert wird nur, was dort noch fehlt. So zieht man um: einmal kopieren, den Server anhalten, noch einmal "
        "kopieren, ihn mit --blobs am neuen Ort starten. Der alte Ort bleibt, wie er ist.");

    auto* restoreCommand = add("restore", "Stellt eine Sicherung dort wieder her, wo noch nichts liegt",
                               [this] { return app::restore(settings_, restoreFrom_); });
    restoreCommand->add_option("--from", restoreFrom_, "Ordner der Sicherung")
        ->required()
        ->check(CLI::ExistingDirectory);
    restoreCommand->footer(
        "Sie überschreibt nichts. Bricht sie ab, rufen Sie sie noch einmal auf. Mit PostgreSQL braucht es eine leere "
        "Datenbank, und in --data eine Rolle, die alle Zeilen sehen darf, etwa postgres.");

    auto* backupCommand =
        add("backup",
            "Sichert Datenbank und Dateien in einen Ordner, während weitergearbeitet wird; dort schon "
            "Gesichertes wird nicht noch einmal kopiert",
            [this] { return app::backup(settings_, backupTo_); });
    backupCommand->add_option("--to", backupTo_, "Ordner der Sicherung")->required();
    backupCommand->footer(
        "Die Sicherung ist ein Datenordner: „aktenlotse serve --data ORDNER“ arbeitet damit, „aktenlotse check --data "
        "ORDNER“ prüft sie, „aktenlotse restore --from ORDNER --data NEU“ stellt sie anderswo wieder her. Mit "
        "PostgreSQL liegt darin aktenlotse.dump.");

    auto* jobsCommand =
        add("jobs", "Zeigt die Aufträge im Hintergrund", [this] { return app::jobs(settings_, jobs_); });
    jobsCommand->add_option("--mandant", jobs_.mandant, "Nur die dieses Mandanten");
    jobsCommand->add_option("--limit", jobs_.limit, "Höchste Zahl für jeden Mandanten")->check(CLI::Range(1, 10000));
    jobsCommand->add_flag("--run", jobs_.run, "Führt vorher aus, was fällig ist");

    auto* describeCommand =
        add("describe", "Beschreibt das Programm: openapi, fehler, rechte, zustaende oder einstellungen", [this] {
          if (describe_ != "einstellungen") return app::describe(describe_);
          CLI::App sample("Aktenlotse");
          app::Settings defaults;
          addSettings(sample, defaults);
          std::cout << sample.config_to_str(/*default_also=*/true, /*write_description=*/true);
          return 0;
        });
    describeCommand->add_option("WAS", describe_, "openapi, fehler, rechte, zustaende, einstellungen")
        ->required()
        ->check(CLI::IsMember({"openapi", "fehler", "rechte", "zustaende", "einstellungen"}));

    add("version", "Zeigt die Version", [] {
      std::cout << "aktenlotse " AKTENLOTSE_VERSION "\n";
      return 0;
    });
  }

  [[nodiscard]] int run() const { return chosen_(); }

 private:
  CLI::App* add(const char* name, const char* help, std::function<int()> command) {
    auto* sub = cli_.add_subcommand(name, help);
    sub->footer("Einstellungen wie --data und --port gelten für alle Befehle: siehe aktenlotse --help.");
    sub->callback([this, command = std::move(command)] { chosen_ = command; });
    return sub;
  }

  CLI::App& cli_;
  app::Settings settings_;
  bool demo_ = false;
  app::InitOptions init_;
  app::UebungOptions uebung_;
  app::ImportOptions import_;
  app::SearchOptions search_;
  app::KommunenOptions kommunen_;
  app::JobsOptions jobs_;
  std::string describe_, backupTo_, restoreFrom_, moveTo_;
  std::function<int()> chosen_;
};

/// Everybody on the machine can read the arguments of a program: a password of the database does not stay among them.
void hidePassword(std::string_view argument, char* text) {
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (; from < std::min(to, argument.size()); ++from) text[from] = '*';
  };
  const auto scheme = argument.find("postgresql://");
  if (scheme == std::string_view::npos) return;
  const auto user = scheme + std::string_view("postgresql://").size();
  const auto host = argument.substr(0, argument.find('/', user)).rfind('@');
  const auto colon = argument.find(':', user);
  if (host != std::string_view::npos && host > user && colon < host) blank(colon + 1, host);
  constexpr std::string_view key = "password=";
  if (const auto at = argument.find(key, user); at != std::string_view::npos)
    blank(at + key.size(), argument.find('&', at));
}

/// Memory holds passwords and letters: it is not written to disk when the program dies, and no other program of the
/// same account reads it.
void keepMemoryPrivate() {
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    throw base::Failure("Der Speicher lässt sich nicht vor Abzügen schützen.");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App cli("Aktenlotse: E-Akte und Vorgangsbearbeitung für Städte, Gemeinden und Landkreise", "aktenlotse");
  Commands commands(cli);
  CLI11_PARSE(cli, argc, argv);
  for (int i = 1; i < argc; ++i) hidePassword(argv[i], argv[i]);
  try {
    keepMemoryPrivate();
    return commands.run();
  } catch (const std::exception& failure) {
    std::cerr << "aktenlotse: " << failure.what() << '\n';
    return 2;
  }
}
