#include "rendition/buero.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "base/id.h"
#include "lage.h"

namespace rendition {
namespace {

namespace fs = std::filesystem;

/// What LibreOffice is told before its first document: no macros, no links, no questions.
constexpr std::string_view kEinstellungen = R"(<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseSystemFileDialog" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
)";

/// Nothing fails without LibreOffice: the text is found, the file is handed over as it came.
constexpr std::string_view kFehlt =
    "LibreOffice ist auf diesem Server nicht installiert, daher gibt es kein PDF. Nach der Installation bestellt "
    "„aktenlotse renditionen“ es nach.";

/// A folder for one file, removed with all that LibreOffice put there.
class Ordner {
 public:
  Ordner() : path_(fs::temp_directory_path() / ("aktenlotse-buero-" + base::randomHex(8))) {
    fs::create_directories(path_ / "profil/user");
    fs::permissions(path_, fs::perms::owner_all);
    std::ofstream(path_ / "profil/user/registrymodifications.xcu") << kEinstellungen;
  }
  ~Ordner() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Ordner(const Ordner&) = delete;
  Ordner& operator=(const Ordner&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

pid_t start(std::vector<std::string> arguments) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  char* const environment[] = {nullptr};
  pid_t pid = -1;
  const int failed = posix_spawn(&pid, argv[0], &actions, &attributes, argv.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failed == 0 ? pid : -1;
}

enum class Ende { fertig, nocheinmal, zeitlimit, abgewehrt, abbruch, start };

Ende endOf(int status) {
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGSYS ? Ende::abgewehrt : Ende::abbruch;
  switch (WEXITSTATUS(status)) {
    case 0:
      return Ende::fertig;
    case 81:  // LibreOffice asks to be started again, as it does once it has made its profile
      return Ende::nocheinmal;
    case 126:  // aktenlotse-buero itself could not lock in or start LibreOffice
      return Ende::start;
    default:
      return Ende::abbruch;
  }
}

/// Waits, and kills the whole group at the end of the time, or when nobody waits for it any more.
Ende waitFor(pid_t pid, std::chrono::steady_clock::time_point deadline, const std::function<bool()>& weiter) {
  constexpr int roundsBetweenQuestions = 20;
  int status = 0;
  for (int round = 1; waitpid(pid, &status, WNOHANG) == 0; ++round) {
    if (std::chrono::steady_clock::now() > deadline || (round % roundsBetweenQuestions == 0 && !weiter())) {
      kill(-pid, SIGKILL);
      waitpid(pid, &status, 0);
      return Ende::zeitlimit;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  kill(-pid, SIGKILL);
  return endOf(status);
}

constexpr std::size_t kStueck = 1 << 20;

fs::path quelleIn(const fs::path& ordner, std::string_view format) { return ordner / ("datei." + std::string(format)); }

}  // namespace

extract::BildErgebnis<void> Buero::alsPdf(const blob::Opened& datei, std::string_view format,
                                          const extract::Bilderfolge::Senke& senke, const std::function<bool()>& weiter,
                                          bool archiv) const {
  const Ordner ordner;
  {
    std::ofstream out(quelleIn(ordner.path(), format), std::ios::binary);
    for (std::uint64_t at = 0; at < datei.size; at += kStueck) out << datei.read(at, kStueck);
  }
  return drucke(ordner.path(), format, senke, weiter, archiv);
}

extract::BildErgebnis<void> Buero::alsPdf(std::string_view inhalt, std::string_view format,
                                          const extract::Bilderfolge::Senke& senke, const std::function<bool()>& weiter,
                                          bool archiv) const {
  const Ordner ordner;
  std::ofstream(quelleIn(ordner.path(), format), std::ios::binary) << inhalt;
  return drucke(ordner.path(), format, senke, weiter, archiv);
}

extract::BildErgebnis<void> Buero::drucke(const fs::path& ordner, std::string_view format,
                                          const extract::Bilderfolge::Senke& senke, const std::function<bool()>& weiter,
                                          bool archiv) const {
  std::vector<std::string> command{options_.program.string(),
                                   "--folder",
                                   ordner.string(),
                                   "--memory",
                                   std::to_string(options_.memory >> 20),
                                   "--cpu",
                                   std::to_string(std::chrono::ceil<std::chrono::seconds>(options_.wall).count() * 2),
                                   "--soffice",
                                   options_.soffice.string(),
                                   "--file",
                                   quelleIn(ordner, format).string()};
  if (archiv) command.emplace_back("--archive");
  const auto deadline = std::chrono::steady_clock::now() + options_.wall;
  constexpr int starts = 3;
  auto end = Ende::nocheinmal;
  for (int i = 0; i < starts && end == Ende::nocheinmal; ++i) {
    const auto pid = start(command);
    end = pid < 0 ? Ende::start : waitFor(pid, deadline, weiter);
  }
  const auto target = ordner / "datei.pdf";
  std::ifstream in(target, std::ios::binary);
  if (end != Ende::fertig || !in) {
    if (end == Ende::start) return tl::unexpected(extract::bildfehler("start", options_.wall));
    if (end == Ende::zeitlimit) return tl::unexpected(extract::bildfehler("zeitlimit", options_.wall));
    return tl::unexpected(extract::bildfehler(end == Ende::abgewehrt ? "abgewehrt" : "beschaedigt", options_.wall));
  }
  std::string buffer(kStueck, '\0');
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    senke(std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount())));
  return {};
}

tl::expected<std::optional<RenditionZeile>, jobs::Misserfolg> Werkstatt::alsPdf(jobs::Lauf& lauf, RenditionArt art) {
  const auto auftrag = lauf.nutzlast<akte::VersionAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  const auto version = database().read(lauf.mandant(), [&](const sql::ReadTx& tx) {
    return mandant::rowById<VersionZeile>(tx, lauf.mandant(), auftrag->version);
  });
  if (!version) return std::nullopt;
  if (!buero_.vorhanden()) {
    (void)lauf.fortschritt(0, 1, kFehlt);
    return std::nullopt;
  }
  if (!lauf.fortschritt(0, 1, "PDF wird erzeugt")) return std::nullopt;
  const auto opened = schriftgut_.blobs().need(version->sha256);
  const bool archiv = art == RenditionArt::langzeit;
  auto pdf = kept(*version, art, 0, pdfMime, archiv ? "LibreOffice, PDF/A-2b" : "LibreOffice", [&](const auto& senke) {
    return buero_.alsPdf(
        opened, version->format, senke, [&] { return lauf.weiter(); }, archiv);
  });
  if (!pdf) return pdf.error().code == "start" ? jobs::spaeter(pdf.error().text) : jobs::nie(pdf.error().text);
  return *std::move(pdf);
}

jobs::Ergebnis Werkstatt::drucke(jobs::Lauf& lauf) {
  const auto made = alsPdf(lauf, RenditionArt::pdf);
  if (!made) return tl::unexpected(made.error());
  const auto& pdf = *made;
  if (!pdf) return {};
  std::optional<RenditionZeile> small;
  const auto version = database().read(lauf.mandant(), [&](const sql::ReadTx& tx) {
    return mandant::rowById<VersionZeile>(tx, lauf.mandant(), pdf->version);
  });
  if (version && bilder_.vorhanden())
    if (auto folge = oeffne(pdf->sha256)) small = bildVon(*version, **folge, 1, true, 0);
  database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
    setze(tx, *pdf);
    if (small) setze(tx, *small);
    lauf.abschliessen(tx);
  });
  return {};
}

jobs::Ergebnis Werkstatt::konserviere(jobs::Lauf& lauf) {
  const auto made = alsPdf(lauf, RenditionArt::langzeit);
  if (!made) return tl::unexpected(made.error());
  const auto& pdf = *made;
  if (!pdf) return {};
  database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
    setze(tx, *pdf);
    lauf.abschliessen(tx);
  });
  return {};
}

}  // namespace rendition
