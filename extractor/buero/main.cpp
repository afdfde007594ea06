// aktenlotse-buero: starts LibreOffice for one file, locked in for good: it reads the system's programs and fonts,
// writes one folder, reaches no network and no other process. Exit status 126: it could not be locked in, or does not
// start.
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <csignal>
#include <memory>
#include <string>
#include <system_error>

namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// What Landlock knows of files since its first version; what a newer kernel knows is left as it was.
constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
                        kExecute = LANDLOCK_ACCESS_FS_EXECUTE, kAll = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

class Ruleset {
 public:
  Ruleset() {
    const landlock_ruleset_attr attributes{kAll};
    fd_ = static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
    if (fd_ < 0) fail("the kernel has no Landlock");
  }
  ~Ruleset() { close(fd_); }
  Ruleset(const Ruleset&) = delete;
  Ruleset& operator=(const Ruleset&) = delete;

  /// A path that is not there is passed over.
  void allow(const std::string& path, std::uint64_t access) {
    const int at = open(path.c_str(), O_PATH | O_CLOEXEC);
    if (at < 0) return;
    const landlock_path_beneath_attr rule{access, at};
    const auto done = syscall(SYS_landlock_add_rule, fd_, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(at);
    if (done != 0) fail(path.c_str());
  }
  void enforce() {
    if (syscall(SYS_landlock_restrict_self, fd_, 0) != 0) fail("landlock_restrict_self");
  }

 private:
  int fd_;
};

void restrictFiles(const std::string& folder, const std::string& soffice) {
  Ruleset rules;
  const std::string office = soffice.substr(0, soffice.rfind('/'));
  rules.allow("/usr", kRead);
  rules.allow(office, kRead | kExecute);
  // The loader of programs is one itself.
  for (const auto* loader : {"/lib64", "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1",
                             "/usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1"})
    rules.allow(loader, LANDLOCK_ACCESS_FS_READ_FILE | kExecute);
  for (const auto* path : {"/lib", "/etc/fonts", "/etc/libreoffice", "/var/cache/fontconfig", "/var/lib/libreoffice",
                           "/var/spool/libreoffice"})
    rules.allow(path, kRead);
  for (const auto* path : {"/etc/ld.so.cache", "/etc/localtime", "/dev/urandom", "/dev/random"})
    rules.allow(path, LANDLOCK_ACCESS_FS_READ_FILE);
  rules.allow("/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
  rules.allow(folder, kAll & ~kExecute);
  rules.enforce();
}

scmp_arg_cmp argument(unsigned index, scmp_compare compare, scmp_datum_t value, scmp_datum_t masked = 0) {
  return {index, compare, value, masked};
}

class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release) {
    if (!context_) fail("seccomp_init");
    check(seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
  }
  template <typename... Conditions>
  void refuse(int error, int call, Conditions... conditions) {
    check(seccomp_rule_add(context_.get(), SCMP_ACT_ERRNO(static_cast<std::uint16_t>(error)), call,
                           sizeof...(conditions), conditions...));
  }
  void load() { check(seccomp_load(context_.get())); }

 private:
  static void check(int rc) {
    if (rc < 0) throw std::system_error(-rc, std::generic_category(), "seccomp");
  }
  std::unique_ptr<void, decltype(&seccomp_release)> context_;
};

void restrictCalls() {
  Filter filter;
  // Sockets only of the kind that LibreOffice listens on in its own folder, and none that reach others.
  filter.refuse(EACCES, SCMP_SYS(socket), argument(0, SCMP_CMP_NE, AF_UNIX));
  filter.refuse(EACCES, SCMP_SYS(socket), argument(1, SCMP_CMP_MASKED_EQ, 0xF, SOCK_DGRAM));
  filter.refuse(EACCES, SCMP_SYS(socket), argument(1, SCMP_CMP_MASKED_EQ, 0xF, SOCK_SEQPACKET));
  filter.refuse(EACCES, SCMP_SYS(connect));
  // It asks whether it may write /tmp before it takes its own folder for that.
  filter.refuse(EACCES, SCMP_SYS(access), argument(1, SCMP_CMP_EQ, W_OK));
  filter.refuse(EACCES, SCMP_SYS(faccessat), argument(2, SCMP_CMP_EQ, W_OK));
  // Threads, but no processes. glibc falls back to clone() where clone3() is unknown.
  filter.refuse(ENOSYS, SCMP_SYS(clone3));
  filter.refuse(EPERM, SCMP_SYS(clone), argument(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  const auto own = static_cast<scmp_datum_t>(getpid());
  filter.refuse(EPERM, SCMP_SYS(kill), argument(0, SCMP_CMP_NE, own));
  filter.refuse(EPERM, SCMP_SYS(tgkill), argument(0, SCMP_CMP_NE, own));
  for (const int call : {SCMP_SYS(fork),
                         SCMP_SYS(vfork),
                         SCMP_SYS(tkill),
                         SCMP_SYS(rt_sigqueueinfo),
                         SCMP_SYS(rt_tgsigqueueinfo),
                         SCMP_SYS(pidfd_open),
                         SCMP_SYS(pidfd_send_signal),
                         SCMP_SYS(pidfd_getfd),
                         SCMP_SYS(ptrace),
                         SCMP_SYS(process_vm_readv),
                         SCMP_SYS(process_vm_writev),
                         SCMP_SYS(kcmp),
                         SCMP_SYS(setsid),
                         SCMP_SYS(setpgid),
                         SCMP_SYS(mount),
                         SCMP_SYS(umount2),
                         SCMP_SYS(pivot_root),
                         SCMP_SYS(chroot),
                         SCMP_SYS(unshare),
                         SCMP_SYS(setns),
                         SCMP_SYS(bpf),
                         SCMP_SYS(perf_event_open),
                         SCMP_SYS(userfaultfd),
                         SCMP_SYS(keyctl),
                         SCMP_SYS(add_key),
                         SCMP_SYS(request_key),
                         SCMP_SYS(io_uring_setup),
                         SCMP_SYS(open_by_handle_at),
                         SCMP_SYS(personality),
                         SCMP_SYS(shmget),
                         SCMP_SYS(shmat),
                         SCMP_SYS(msgget),
                         SCMP_SYS(semget),
                         SCMP_SYS(prlimit64),
                         SCMP_SYS(setpriority),
                         SCMP_SYS(mq_open)})
    filter.refuse(EPERM, call);
  filter.load();
}

/// Each of the programs has a filter of its own.
std::string archiveFilter(const std::string& file) {
  const std::string end = file.substr(file.rfind('.') + 1);
  std::string program = "writer";
  for (const auto* calc : {"xlsx", "xls", "ods"})
    if (end == calc) program = "calc";
  for (const auto* impress : {"pptx", "ppt", "odp"})
    if (end == impress) program = "impress";
  return "pdf:" + program +
         "_pdf_Export:{\"SelectPdfVersion\":{\"type\":\"long\",\"value\":\"2\"},"
         "\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"}}";
}

void limit(int resource, rlim_t value) {
  const rlimit both{value, value};
  if (setrlimit(resource, &both) != 0) fail("setrlimit");
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder, soffice, file;
  bool archive = false;
  std::uint64_t memoryMiB = 4096, fileMiB = 1024, cpuSeconds = 180;
  CLI::App app{"Prints an Office file as PDF into the folder that it lies in; the server starts it."};
  app.add_option("--folder", folder, "the one folder that may be written")->required();
  app.add_option("--soffice", soffice, "path of soffice.bin")->required();
  app.add_option("--file", file, "the file, in the folder")->required();
  app.add_flag("--archive", archive, "as PDF/A-2b, which is kept for good");
  app.add_option("--memory", memoryMiB, "limit of memory in MiB")->capture_default_str();
  app.add_option("--cpu", cpuSeconds, "limit of processor seconds")->capture_default_str();
  app.add_option("--file-size", fileMiB, "limit of any file that it writes, in MiB")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    closefrom(STDERR_FILENO + 1);
    setpriority(PRIO_PROCESS, 0, 10);
    limit(RLIMIT_AS, memoryMiB << 20);
    limit(RLIMIT_CPU, cpuSeconds);
    limit(RLIMIT_FSIZE, fileMiB << 20);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 256);
    if (chdir(folder.c_str()) != 0) fail("chdir");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("prctl");
    restrictFiles(folder, soffice);
    restrictCalls();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "aktenlotse-buero: %s\n", error.what());
    return 126;
  }
  const std::string profile = "-env:UserInstallation=file://" + folder + "/profil";
  // Where it listens when /tmp may not be written. The path of a socket is at most 107 characters long.
  const std::string sockets = "-env:OSL_SOCKET_PATH=" + folder;
  const std::string filter = archive ? archiveFilter(file) : "pdf";
  const char* const command[] = {soffice.c_str(), profile.c_str(), sockets.c_str(), "--headless",   "--norestore",
                                 "--nologo",      "--nodefault",   "--nolockcheck", "--convert-to", filter.c_str(),
                                 "--outdir",      folder.c_str(),  file.c_str(),    nullptr};
  const std::string home = "HOME=" + folder, temp = "TMPDIR=" + folder;
  const char* const environment[] = {
      home.c_str(), temp.c_str(), "LC_ALL=C.UTF-8", "LANG=de_DE.UTF-8", "SAL_USE_VCLPLUGIN=svp", nullptr};
  execve(soffice.c_str(), const_cast<char* const*>(command), const_cast<char* const*>(environment));
  std::perror("aktenlotse-buero: soffice");
  return 126;
}
