#include "sandbox.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>

namespace extractor {
namespace {

/// The two descriptors beyond the standard three: the file being read, and the memory for its parts.
constexpr unsigned kFile = 3, kTeile = 4;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

void limit(int resource, rlim_t soft, rlim_t hard) {
  const rlimit both{soft, hard};
  if (setrlimit(resource, &both) != 0) throw std::system_error(errno, std::generic_category(), "setrlimit");
}

/// A condition on one argument of a call.
scmp_arg_cmp argument(unsigned index, scmp_compare compare, scmp_datum_t value, scmp_datum_t masked = 0) {
  return {index, compare, value, masked};
}

class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release) {
    if (!context_) throw std::runtime_error("seccomp_init failed");
    check(seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
  }

  template <typename... Conditions>
  void allow(int call, Conditions... conditions) {
    check(seccomp_rule_add(context_.get(), SCMP_ACT_ALLOW, call, sizeof...(conditions), conditions...));
  }

  void refuse(int call) { check(seccomp_rule_add(context_.get(), SCMP_ACT_ERRNO(EACCES), call, 0)); }

  void load() { check(seccomp_load(context_.get())); }

 private:
  static void check(int rc) {
    if (rc < 0) throw std::system_error(-rc, std::generic_category(), "seccomp");
  }

  std::unique_ptr<void, decltype(&seccomp_release)> context_;
};

void loadFilter() {
  Filter filter;
  filter.allow(SCMP_SYS(recvmsg), argument(0, SCMP_CMP_EQ, STDIN_FILENO));
  for (const scmp_datum_t fd : {STDOUT_FILENO, STDERR_FILENO}) {
    filter.allow(SCMP_SYS(write), argument(0, SCMP_CMP_EQ, fd));
    filter.allow(SCMP_SYS(writev), argument(0, SCMP_CMP_EQ, fd));
  }
  // Only these two: whoever could close the socket could pretend to have ended.
  for (const scmp_datum_t fd : {kFile, kTeile}) filter.allow(SCMP_SYS(close), argument(0, SCMP_CMP_EQ, fd));
  // Memory that can be executed can never be made again.
  filter.allow(SCMP_SYS(mmap), argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC));
  filter.allow(SCMP_SYS(mprotect), argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC));
  for (const int call :
       {SCMP_SYS(lseek), SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
        SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(sysinfo), SCMP_SYS(getpid),
        SCMP_SYS(gettid), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(exit), SCMP_SYS(exit_group)})
    filter.allow(call);
  if (kSanitized) filter.allow(SCMP_SYS(sigaltstack));
  // abort() of a library shall end as an abort, so that the parent can tell a crash from an attack.
  filter.allow(SCMP_SYS(tgkill), argument(0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid())),
               argument(2, SCMP_CMP_EQ, SIGABRT));
  for (const int call :
       {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(stat),
        SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(readlink), SCMP_SYS(readlinkat)})
    filter.refuse(call);
  filter.load();
}

}  // namespace

void enterSandbox(const Limits& limits) {
  closefrom(STDERR_FILENO + 1);
  if (!kSanitized) limit(RLIMIT_AS, limits.memory, limits.memory);
  // The soft limit ends it with SIGXCPU, which tells the parent why; at the hard one it would be SIGKILL.
  limit(RLIMIT_CPU, limits.cpuSeconds, limits.cpuSeconds + 1);
  limit(RLIMIT_FSIZE, 0, 0);
  limit(RLIMIT_NOFILE, kTeile + 1, kTeile + 1);
  limit(RLIMIT_NPROC, 0, 0);
  limit(RLIMIT_CORE, 0, 0);
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    throw std::system_error(errno, std::generic_category(), "prctl");
  loadFilter();
}

}  // namespace extractor
