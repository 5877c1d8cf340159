#include "cmd/daemon/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cmd/daemon/confine.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define FOREIGN      0x40000000u /* numbers from here on are of another ABI */
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define FOREIGN      UINT32_MAX
#else
#define ARCHITECTURE 0u /* none that the lists below were made for */
#define FOREIGN      UINT32_MAX
#endif

/* ---- seccomp ------------------------------------------------------------- */

#define REFUSE (SECCOMP_RET_ERRNO | EPERM)

/* The filter is a program; it begins with these, and each list adds to it. */
#define FILTER_MAX 160
struct filter {
    struct sock_filter lines[FILTER_MAX];
    unsigned short count;
};

static void add(struct filter *filter, struct sock_filter line)
{
    filter->lines[filter->count++] = line;
}

static void load(struct filter *filter, size_t offset)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                             (uint32_t)offset));
}

static void end_with(struct filter *filter, uint32_t verdict)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

/* The call's number is loaded afterwards; `others`: of calls that are not of
 * this architecture. */
static void begin(struct filter *filter, uint32_t others)
{
    filter->count = 0;
    load(filter, offsetof(struct seccomp_data, arch));
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                             ARCHITECTURE, 1, 0));
    end_with(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, offsetof(struct seccomp_data, nr));
    add(filter,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FOREIGN, 0, 1));
    end_with(filter, others);
}

static void decide(struct filter *filter, const int *calls, size_t count,
                   uint32_t verdict)
{
    for (size_t i = 0; i < count; i++) {
        add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                                 (uint32_t)calls[i], 0, 1));
        end_with(filter, verdict);
    }
}

/* The lower half of an argument: numbers are little-endian here. */
static size_t argument(unsigned number)
{
    return offsetof(struct seccomp_data, args) + number * sizeof(uint64_t);
}

/* It kills unless the argument has all of `wanted` and nothing of `unwanted`;
 * then more may be asked of it. */
static void insist(struct filter *filter, int call, unsigned number,
                   uint32_t wanted, uint32_t unwanted)
{
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                             (uint32_t)call, 0, 5));
    load(filter, argument(number));
    add(filter, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K,
                                             wanted | unwanted));
    add(filter,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, wanted, 1, 0));
    end_with(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, offsetof(struct seccomp_data, nr));
}

static int install(const struct filter *filter)
{
    union {
        const struct sock_filter *read;
        struct sock_filter *lines;
    } lines = { .read = filter->lines };
    const struct sock_fprog program = { filter->count, lines.lines };

    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static const int forbidden[] = {
    SYS_socket,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    /* Other processes. */
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kcmp,
    SYS_pidfd_getfd,
    SYS_pidfd_send_signal,
    SYS_process_madvise,
    SYS_perf_event_open,
    /* The kernel's administration. */
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_open_tree,
    SYS_move_mount,
    SYS_fsopen,
    SYS_fsconfig,
    SYS_fsmount,
    SYS_fspick,
    SYS_bpf,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
    SYS_userfaultfd,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_adjtimex,
    SYS_clock_adjtime,
    SYS_quotactl,
    SYS_acct,
    SYS_open_by_handle_at,
    SYS_name_to_handle_at,
    /* What Landlock does not know. */
    SYS_fchmod,
    SYS_fchmodat,
    SYS_fchown,
    SYS_fchownat,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    SYS_removexattr,
    SYS_lremovexattr,
    SYS_fremovexattr,
    SYS_utimensat,
#ifdef SYS_chmod
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_utime,
    SYS_utimes,
    SYS_futimesat,
#endif
};

/* The C library's qsort asks for the size of the memory. */
static const int needed[] = {
    SYS_read,
    SYS_write,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_brk,
    SYS_futex,
    SYS_clock_gettime,
    SYS_gettimeofday,
    SYS_getrandom,
    SYS_sched_yield,
    SYS_sysinfo,
    SYS_restart_syscall,
    SYS_rt_sigreturn,
    SYS_exit,
    SYS_exit_group,
};

static int has_calls(void)
{
    const uint32_t action = SECCOMP_RET_KILL_PROCESS;

    return ARCHITECTURE != 0u && !CONFINE_SANITIZED &&
           syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

void sandbox_reader(void)
{
    struct filter filter;

    if (!has_calls())
        return;
    begin(&filter, REFUSE);
    decide(&filter, forbidden, sizeof(forbidden) / sizeof(*forbidden), REFUSE);
    end_with(&filter, SECCOMP_RET_ALLOW);
    (void)install(&filter);
}

void sandbox_thinker(void)
{
    struct filter filter;
    static const int flagged[] = { SYS_mmap, SYS_mprotect };

    if (!has_calls())
        return;
    begin(&filter, SECCOMP_RET_KILL_PROCESS);
    decide(&filter, needed, sizeof(needed) / sizeof(*needed),
           SECCOMP_RET_ALLOW);
    /* Memory alone, and none that can be run. */
    insist(&filter, SYS_mmap, 3, MAP_ANONYMOUS, 0);
    insist(&filter, SYS_mmap, 2, 0, PROT_EXEC);
    insist(&filter, SYS_mprotect, 2, 0, PROT_EXEC);
    decide(&filter, flagged, 2, SECCOMP_RET_ALLOW);
    end_with(&filter, SECCOMP_RET_KILL_PROCESS);
    (void)install(&filter);
}

/* ---- Landlock ------------------------------------------------------------ */

/* As in linux/landlock.h, of which older systems have less. */
#define VERSION_ASKED 1u
#define PATH_BENEATH  1

enum {
    WRITE_FILE = 1 << 1,
    REMOVE_DIR = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_CHAR = 1 << 6,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    MAKE_SOCK = 1 << 9,
    MAKE_FIFO = 1 << 10,
    MAKE_BLOCK = 1 << 11,
    MAKE_SYM = 1 << 12,
    REFER = 1 << 13,    /* since 2 */
    TRUNCATE = 1 << 14, /* since 3 */
};

#define WRITES                                                                 \
    (WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_CHAR | MAKE_DIR | MAKE_REG | \
     MAKE_SOCK | MAKE_FIFO | MAKE_BLOCK | MAKE_SYM)

/* Connect and bind, since 4; abstract sockets and signals, since 6. */
#define ALL_OF_NET   3
#define ALL_OF_SCOPE 3

struct ruleset {
    uint64_t files, net, scope;
};

struct __attribute__((packed)) beneath {
    uint64_t allowed;
    int32_t folder;
};

static long version(void)
{
#ifdef SYS_landlock_create_ruleset
    return CONFINE_SANITIZED
               ? -1
               : syscall(SYS_landlock_create_ruleset, NULL, 0, VERSION_ASKED);
#else
    return -1;
#endif
}

#ifdef SYS_landlock_create_ruleset
static void allow(int rules, const char *path, uint64_t what)
{
    struct beneath beneath = { .allowed = what };

    beneath.folder = open(path, O_PATH | O_CLOEXEC);
    if (beneath.folder < 0)
        return;
    (void)syscall(SYS_landlock_add_rule, rules, PATH_BENEATH, &beneath, 0);
    close(beneath.folder);
}

void sandbox_files(const char *folder)
{
    const long there = version();
    struct ruleset ruleset = { .files = WRITES };
    int rules;

    if (there < 1)
        return;
    ruleset.files |= there >= 2 ? REFER : 0;
    ruleset.files |= there >= 3 ? TRUNCATE : 0;
    ruleset.net = there >= 4 ? ALL_OF_NET : 0;
    ruleset.scope = there >= 6 ? ALL_OF_SCOPE : 0;
    rules =
        (int)syscall(SYS_landlock_create_ruleset, &ruleset, sizeof(ruleset), 0);
    if (rules < 0)
        return;
    allow(rules, "/dev/null", WRITE_FILE | (ruleset.files & TRUNCATE));
    if (folder)
        allow(rules, folder, WRITE_FILE | MAKE_DIR | MAKE_REG | REMOVE_FILE);
    (void)syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}
#else
void sandbox_files(const char *folder)
{
    (void)folder;
}
#endif

/* ---- both ---------------------------------------------------------------- */

unsigned sandbox_kinds(void)
{
    return (has_calls() ? SANDBOX_CALLS : 0u) |
           (version() >= 1 ? SANDBOX_FILES : 0u);
}

const char *sandbox_words(unsigned kinds)
{
    static const char *const words[] = {
        [0] = CONFINE_SANITIZED ? "none: a build with sanitizers"
                                : "none: this kernel has none",
        [SANDBOX_CALLS] = "seccomp; this kernel has no Landlock",
        [SANDBOX_FILES] = "Landlock; this kernel has no seccomp filters",
        [SANDBOX_CALLS | SANDBOX_FILES] = "seccomp, Landlock",
    };

    return words[kinds & (SANDBOX_CALLS | SANDBOX_FILES)];
}
