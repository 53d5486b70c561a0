interface Rule {
  names: string[];
  action: "SCMP_ACT_ALLOW" | "SCMP_ACT_ERRNO";
  errnoRet?: number;
  args?: { index: number; value: number; valueTwo?: number; op: "SCMP_CMP_EQ" | "SCMP_CMP_MASKED_EQ" }[];
}

const words = (list: string): string[] => list.trim().split(/\s+/);
const allow = (list: string, args?: Rule["args"]): Rule => ({
  names: words(list),
  action: "SCMP_ACT_ALLOW",
  ...(args && { args }),
});
const answer = (errnoRet: number, list: string): Rule => ({ names: words(list), action: "SCMP_ACT_ERRNO", errnoRet });

const files = `
  open openat openat2 creat close close_range read write pread64 pwrite64 readv writev preadv pwritev preadv2 pwritev2
  lseek _llseek stat fstat lstat newfstatat fstatat64 statx statfs fstatfs access faccessat faccessat2 readlink readlinkat
  link linkat symlink symlinkat unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir mknod mknodat
  chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat umask utime utimes utimensat futimesat
  truncate ftruncate fallocate fadvise64 readahead copy_file_range sendfile splice tee vmsplice fsync fdatasync sync_file_range
  getdents getdents64 getcwd chdir fchdir dup dup2 dup3 fcntl flock ioctl pipe pipe2 cachestat
  getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
  poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2
  signalfd signalfd4 timerfd_create timerfd_gettime timerfd_settime memfd_create io_setup io_destroy io_submit io_cancel
  io_getevents io_pgetevents`;

const processes = `
  fork vfork execve execveat exit exit_group wait4 waitid getpid getppid gettid getpgid setpgid getpgrp getsid setsid
  getuid geteuid getgid getegid getresuid getresgid getgroups setuid setgid setreuid setregid setresuid setresgid setgroups
  setfsuid setfsgid capget capset prctl arch_prctl set_tid_address set_robust_list get_robust_list rseq seccomp
  landlock_create_ruleset landlock_add_rule landlock_restrict_self
  getrlimit setrlimit prlimit64 getrusage getpriority setpriority ioprio_get ioprio_set times sysinfo uname getcpu
  sched_yield sched_getaffinity sched_setaffinity sched_getparam sched_setparam sched_getscheduler sched_setscheduler
  sched_getattr sched_setattr sched_get_priority_max sched_get_priority_min sched_rr_get_interval membarrier
  kill tkill tgkill rt_sigaction rt_sigprocmask rt_sigpending rt_sigqueueinfo rt_tgsigqueueinfo rt_sigreturn rt_sigsuspend
  rt_sigtimedwait sigaltstack pause alarm getitimer setitimer restart_syscall pidfd_open pidfd_send_signal
  futex futex_waitv futex_wait futex_wake futex_requeue`;

const memory = `
  brk mmap munmap mremap mprotect madvise mincore msync mlock mlock2 munlock mlockall munlockall mseal
  pkey_alloc pkey_free pkey_mprotect map_shadow_stack remap_file_pages
  shmget shmat shmdt shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl`;

const time = `
  time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep timer_create timer_settime timer_gettime
  timer_getoverrun timer_delete getrandom`;

const sockets = `
  socketpair bind listen accept accept4 connect shutdown getsockname getpeername getsockopt setsockopt
  send sendto sendmsg sendmmsg recv recvfrom recvmsg recvmmsg`;

/** Limits of these are counted per user over all containers, so only a container with a user of its own may have them. */
const perUser = "inotify_init inotify_init1 inotify_add_watch inotify_rm_watch";

const family = { unix: 1, inet: 2, inet6: 10, netlink: 16 };
/** The flags of clone(2) that make namespaces. */
const namespaceFlags = 0x7e02_0000;

/**
 * The project's own list of what a process in a sandbox may ask the kernel for; everything else is "not permitted". Left out on
 * purpose: io_uring, ptrace and reading other processes' memory, keyrings, bpf, perf, userfaultfd, mounts, namespaces, modules,
 * clocks, handles, quotas, and every socket but Unix, IPv4, IPv6 and routing questions (so no vsock, which reaches past the
 * network namespace to the host of a virtual machine). 32-bit calls are not offered.
 */
export function seccompProfile(ownUser: boolean): string {
  const equal = (index: number, value: number) => ({ index, value, op: "SCMP_CMP_EQ" as const });
  const rules: Rule[] = [
    allow(files),
    allow(processes),
    allow(memory),
    allow(time),
    allow(sockets),
    ...[family.unix, family.inet, family.inet6].map((one) => allow("socket", [equal(0, one)])),
    allow("socket", [equal(0, family.netlink), equal(2, 0)]),
    allow("clone", [{ index: 0, value: namespaceFlags, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ" }]),
    ...[0, 8, 0x20000, 0x20008, 0xffffffff].map((persona) => allow("personality", [equal(0, persona)])),
    // Its flags are behind a pointer and cannot be looked at; "no such call" makes libraries fall back to clone.
    answer(38, "clone3"),
    // They would make the whole host write out its caches. They succeed and do nothing: a sandbox is not made to last.
    answer(0, "sync syncfs"),
    ...(ownUser ? [allow(perUser)] : []),
  ];
  return JSON.stringify({
    defaultAction: "SCMP_ACT_ERRNO",
    defaultErrnoRet: 1,
    archMap: [
      { architecture: "SCMP_ARCH_X86_64", subArchitectures: [] },
      { architecture: "SCMP_ARCH_AARCH64", subArchitectures: [] },
    ],
    syscalls: rules,
  });
}
