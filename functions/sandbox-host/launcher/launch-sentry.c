/* launch-sentry UID CHROOT SOCKET RUNSC -- ARGUMENT...
 *
 * Becomes one gVisor sentry that can do nothing on the host. Needs only what Docker and Fargate give root by default
 * (SYS_CHROOT, SETUID, SETGID, SETPCAP): no namespace is created. Static, so that it runs before any library is trusted.
 *
 * Descriptors 0 to 8 come from the parent and are passed on as they are; SOCKET is bound here, before the chroot hides
 * its path, and becomes descriptor 9; every other descriptor is closed. Exit 111: a step failed and nothing was run.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

enum { CONTROL_FD = 9, RUNSC_FD = 10, LOWEST_UID = 100000 };

static void must(int succeeded, const char *step) {
    if (succeeded) return;
    perror(step);
    _exit(111);
}

/* Bound but not listening: the sentry listens. Mode 0600 and owned by the parent: no sentry can reach another's. */
static void bind_control_socket(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    must(strlen(path) < sizeof address.sun_path, "socket path too long");
    strcpy(address.sun_path, path);
    int control = socket(AF_UNIX, SOCK_STREAM, 0);
    must(control >= 0, "socket");
    umask(0177);
    must(bind(control, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    umask(0077);
    must(dup2(control, CONTROL_FD) == CONTROL_FD, "dup2 socket");
}

/* The first thing the kernel kills when memory runs out; no core dump of guest memory; few descriptors. */
static void limit_resources(void) {
    int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    must(score >= 0 && write(score, "1000", 4) == 4, "oom_score_adj");
    must(setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == 0, "rlimit core");
    must(setrlimit(RLIMIT_NOFILE, &(struct rlimit){1024, 1024}) == 0, "rlimit nofile");
}

/* Behind whoever serves requests. Batch: who is woken up takes the core from nobody. Else a guest's thread takes it from
 * the sentry's that woke it up, and then calls the kernel in a loop until the sentry has a core again and waits. */
static void yield_to_others(void) {
    must(setpriority(PRIO_PROCESS, 0, 10) == 0, "priority");
    must(sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){0}) == 0, "scheduler");
}

/* Another uid than root's, than any user's and than any other sentry's; then no way back up. */
static void drop_privileges(uid_t uid) {
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
        must(prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0, "bounding set");
    must(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0, "ambient set");
    must(setgroups(0, NULL) == 0 && setresgid(uid, uid, uid) == 0 && setresuid(uid, uid, uid) == 0, "uid");
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
    must(syscall(SYS_capset, &header, none) == 0, "capset");
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
}

int main(int count, char **arguments) {
    must(count >= 7 && strcmp(arguments[5], "--") == 0, "usage");
    char *end;
    unsigned long uid = strtoul(arguments[1], &end, 10);
    must(*end == '\0' && uid >= LOWEST_UID && uid < 0x7fffffff, "uid out of range");
    pid_t parent = getppid();

    bind_control_socket(arguments[3]);
    int runsc = open(arguments[4], O_RDONLY);
    must(runsc >= 0 && dup2(runsc, RUNSC_FD) == RUNSC_FD, "open runsc");
    must(fcntl(RUNSC_FD, F_SETFD, FD_CLOEXEC) == 0, "close runsc on exec");
    must(syscall(SYS_close_range, RUNSC_FD + 1, ~0U, 0) == 0, "close_range");

    limit_resources();
    yield_to_others();
    must(setsid() >= 0, "setsid");
    must(chroot(arguments[2]) == 0 && chdir("/") == 0, "chroot");
    drop_privileges((uid_t)uid);

    /* Asked for after the last change of credentials, which clears it; the parent may have died before it held. */
    must(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0, "pdeathsig");
    must(getppid() == parent, "the parent is gone");
    fexecve(RUNSC_FD, arguments + 6, (char *[]){NULL});
    must(0, "exec runsc");
}
