#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <iostream>
#include <thread>

#include "app.h"
#include "eingang/lmtp.h"
#include "http/metrics.h"
#include "http/server.h"
#include "http/static_files.h"

std::span<const http::Asset> web_assets();

namespace app {
namespace {

/// JSON lines on standard error. Routes are logged by pattern, so no id, name or search word gets into a log.
std::shared_ptr<spdlog::logger> makeLog(const std::string& level) {
  auto log = spdlog::stderr_logger_mt("aktenlotse");
  log->set_pattern(R"({"zeit":"%Y-%m-%dT%H:%M:%S.%eZ","stufe":"%l",%v})", spdlog::pattern_time_type::utc);
  log->set_level(spdlog::level::from_str(level));
  return log;
}

std::string quoted(std::string_view text) {
  std::string out;
  base::appendJsonString(out, text);
  return out;
}

void logRequest(spdlog::logger& log, const http::Observation& seen) {
  if (!seen.failure.empty())
    log.error(R"("ereignis":"fehler","methode":{},"route":{},"grund":{})", quoted(seen.method), quoted(seen.pattern),
              quoted(seen.failure));
  else
    log.info(R"("ereignis":"anfrage","methode":{},"route":{},"status":{},"mikros":{},"gesendet":{})",
             quoted(seen.method), quoted(seen.pattern), seen.status, seen.micros, seen.sent);
}

/// What Prometheus asks of the files; without the database only what is known without it.
std::string metricsOfFiles(App& app) {
  auto out = fmt::format(
      "# HELP aktenlotse_files_checked_total Files read again since the start.\n# TYPE aktenlotse_files_checked_total "
      "counter\naktenlotse_files_checked_total {}\n",
      app.dateipruefung().gelesen());
  try {
    const auto tenants = app.database().read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx); });
    out += fmt::format(
        "# HELP aktenlotse_files_damaged Files that are damaged or missing.\n# TYPE aktenlotse_files_damaged "
        "gauge\naktenlotse_files_damaged {}\n",
        app.dateipruefung().offen(tenants));
  } catch (const base::Failure&) {
  }
  return out;
}

/// Whether the request carries the token; hashes are compared, so that the time tells nothing of it.
bool traegt(const http::Request& request, std::string_view token) {
  constexpr std::string_view bearer = "Bearer ";
  const auto header = request.header("Authorization").value_or("");
  return header.starts_with(bearer) && base::sha256Hex(header.substr(bearer.size())) == base::sha256Hex(token);
}

void printDemo(const std::vector<DemoLogin>& logins) {
  std::cout << "\nAnmeldungen der Demo (erfundene Personen):\n";
  for (const auto& login : logins)
    std::cout << fmt::format("  {:12} {:16} {:12} {}\n", login.mandant, login.name, login.passwort, login.beschreibung);
  std::cout << std::flush;
}

}  // namespace

int serve(const Settings& settings, bool demo) {
  // Blocked before any thread starts, so that only the one that waits for them gets them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  // A file that may not grow any more (a quota of the shell) is a refusal like a full disk, not the end of the program.
  std::signal(SIGXFSZ, SIG_IGN);
  const auto log = makeLog(settings.log);
  auto mine = settings;
  if (demo && mine.verbund.empty()) mine.verbund = "auenbrueck";
  App app(mine, Daten::oderNeu);
  if (demo) {
    const auto folder = demoFolder();
    if (folder.empty()) throw base::Failure("Die Demo-Daten sind nicht zu finden.");
    const bool empty = app.database().read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx).empty(); });
    if (empty) {
      std::cout << "Die Demo wird angelegt …" << std::endl;
      loadDemo(app, folder);
    }
  }
  renewIndex(app);
  http::Routes routes;
  http::Metrics metrics;
  const http::StaticFiles files(web_assets());
  addRoutes(routes, app, demo);
  http::Options options;
  options.address = settings.host == "localhost" ? "127.0.0.1" : settings.host;
  options.port = static_cast<std::uint16_t>(settings.port);
  options.workers = static_cast<unsigned>(settings.workers);
  options.tls = settings.secureCookies;
  options.ioThreads = static_cast<unsigned>(settings.ioThreads);
  options.maxUpload = static_cast<std::uint64_t>(settings.maxUploadMib) << 20;
  const auto metrikToken = settings.metrikToken.empty() ? std::string() : readLine(settings.metrikToken);
  if (!settings.metrikToken.empty() && metrikToken.size() < 16)
    throw base::Failure("Das Token in der Datei zu --metrik-token-datei braucht mindestens 16 Zeichen.");
  http::Server* running = nullptr;
  http::Server server(
      options, routes,
      [&](const http::Request& request) {
        if (request.path == "/metrics" && !metrikToken.empty() && !traegt(request, metrikToken))
          return http::problem(base::Code::NichtAngemeldet, request.english());
        if (request.path == "/metrics")
          return http::text(200, "text/plain; version=0.0.4",
                            metrics.text(running->connections()) + metricsOfFiles(app));
        return files(request);
      },
      [&](const http::Observation& seen) {
        metrics.count(seen);
        logRequest(*log, seen);
      });
  running = &server;
  // Before the thread below: what cannot start must end the program, and that thread waits for a signal.
  std::optional<eingang::Lmtp> lmtp;
  if (!settings.lmtp.empty()) {
    lmtp.emplace(settings.lmtp, app.schriftgut(), options.maxUpload);
    std::cout << fmt::format("LMTP: {}", lmtp->adresse()) << std::endl;
  }
  std::jthread stopper([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
  });
  std::cout << fmt::format(
                   "http://{}:{}",
                   options.address.find(':') == std::string::npos ? options.address : "[" + options.address + "]",
                   server.port())
            << std::endl;
  if (demo) printDemo(demoLogins(demoFolder()));
  log->info(R"("ereignis":"start","version":"{}")", AKTENLOTSE_VERSION);
  if (!app.buero().vorhanden())
    log->info(R"("ereignis":"libreoffice_fehlt","text":"Bürodateien erhalten keine Seitenansicht als PDF.")");
  app.werk().beobachter([&](const jobs::AuftragZeile& auftrag, const std::string& grund) {
    log->warn(R"("ereignis":"auftrag","art":{},"versuch":{},"grund":{})", quoted(std::string_view(auftrag.art)),
              auftrag.versuch, quoted(std::string_view(grund)));
  });
  app.zugang().ereignisse().start();
  app.werk().start(static_cast<unsigned>(settings.jobWorkers));
  server.run();
  app.zugang().ereignisse().stop();
  lmtp.reset();
  app.werk().stop();
  log->info(R"("ereignis":"ende")");
  // Wakes the thread when the server ended by itself.
  pthread_kill(stopper.native_handle(), SIGTERM);
  return 0;
}

}  // namespace app
