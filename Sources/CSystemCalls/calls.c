#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__APPLE__)

int aiwg_exchange(int first_folder, const char *first, int second_folder, const char *second) {
  return renameatx_np(first_folder, first, second_folder, second, RENAME_SWAP);
}

int aiwg_rename_to_free_name(int old_folder, const char *old_name, int new_folder, const char *new_name) {
  return renameatx_np(old_folder, old_name, new_folder, new_name, RENAME_EXCL);
}

// Files are synced one by one there as they are written; this sends what the drive holds back to the medium.
int aiwg_sync_file_system(int descriptor) { return fcntl(descriptor, F_FULLFSYNC) == -1 ? fsync(descriptor) : 0; }

// Programs that are started there get no descriptor that they are not given, so that nobody can come between the two steps.
int aiwg_pipe(int *ends) {
  if (pipe(ends) != 0) return -1;
  if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0) return 0;
  int failure = errno;
  close(ends[0]);
  close(ends[1]);
  errno = failure;
  return -1;
}

#elif defined(__GLIBC__)

int aiwg_exchange(int first_folder, const char *first, int second_folder, const char *second) {
  return renameat2(first_folder, first, second_folder, second, RENAME_EXCHANGE);
}

int aiwg_rename_to_free_name(int old_folder, const char *old_name, int new_folder, const char *new_name) {
  return renameat2(old_folder, old_name, new_folder, new_name, RENAME_NOREPLACE);
}

int aiwg_sync_file_system(int descriptor) { return syncfs(descriptor); }

#else

#include <sys/syscall.h>

int aiwg_exchange(int first_folder, const char *first, int second_folder, const char *second) {
  return (int)syscall(SYS_renameat2, first_folder, first, second_folder, second, 2);
}

int aiwg_rename_to_free_name(int old_folder, const char *old_name, int new_folder, const char *new_name) {
  return (int)syscall(SYS_renameat2, old_folder, old_name, new_folder, new_name, 1);
}

int aiwg_sync_file_system(int descriptor) { return syncfs(descriptor); }

#endif

#if !defined(__APPLE__)
int aiwg_pipe(int *ends) { return pipe2(ends, O_CLOEXEC); }
#endif

int aiwg_spawn_in_folder(posix_spawn_file_actions_t *actions, const char *folder) { return posix_spawn_file_actions_addchdir_np(actions, folder); }

static volatile sig_atomic_t is_holding;
static volatile sig_atomic_t held;

static void take(int number) {
  if (!is_holding) _exit(128 + number);
  if (!held) held = number;
}

void aiwg_watch_signals(void) {
  const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++) {
    struct sigaction now;
    // Who starts a program with a signal ignored, as nohup does, means it.
    if (sigaction(numbers[index], NULL, &now) != 0 || now.sa_handler == SIG_IGN) continue;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = take;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(numbers[index], &action, NULL);
  }
}

void aiwg_hold_signals(void) { is_holding = 1; }

void aiwg_release_signals(void) {
  is_holding = 0;
  if (held) _exit(128 + held);
}

int aiwg_held_signal(void) { return held; }

#if defined(__linux__)

#include <poll.h>
#include <sys/inotify.h>

int aiwg_watch_open(void) { return inotify_init1(IN_CLOEXEC | IN_NONBLOCK); }

int aiwg_watch_room(void) { return 0; }

int aiwg_watch_add(int watch, int folder, const char *path) {
  (void)folder;
  const uint32_t what = IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_MOVE_SELF;
  return inotify_add_watch(watch, path, what | IN_ONLYDIR | IN_EXCL_UNLINK);
}

int aiwg_watch_forget(int watch, int number) { return inotify_rm_watch(watch, number); }

int aiwg_watch_wait(int watch, int milliseconds) {
  struct pollfd ready = {.fd = watch, .events = POLLIN};
  const int count = poll(&ready, 1, milliseconds);
  if (count <= 0) return count;
  _Alignas(struct inotify_event) char told[1 << 14];
  while (read(watch, told, sizeof told) > 0) continue;
  return 1;
}

#elif defined(__APPLE__) || defined(__FreeBSD__) || defined(__NetBSD__) || defined(__OpenBSD__) || defined(__DragonFly__)

#include <sys/event.h>
#include <sys/resource.h>
#include <sys/time.h>

int aiwg_watch_open(void) {
  const int watch = kqueue();
  if (watch >= 0) fcntl(watch, F_SETFD, FD_CLOEXEC);
  return watch;
}

int aiwg_watch_room(void) {
  // A terminal of macOS gives 256, and more to whoever asks; what is watched must leave room for a run.
  const rlim_t wanted = 10240;
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 64;
  if (limit.rlim_cur < wanted) {
    struct rlimit more = limit;
    more.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &more) == 0) limit = more;
  }
  return (int)((limit.rlim_cur < wanted ? limit.rlim_cur : wanted) / 2);
}

int aiwg_watch_add(int watch, int folder, const char *path) {
#ifdef O_EVTONLY
  const int way = O_EVTONLY;
#else
  const int way = O_RDONLY;
#endif
  const int number = openat(folder, path, way | O_NONBLOCK | O_CLOEXEC);
  if (number < 0) return -1;
  struct kevent change;
  const unsigned what = NOTE_WRITE | NOTE_EXTEND | NOTE_ATTRIB | NOTE_LINK | NOTE_DELETE | NOTE_RENAME;
  EV_SET(&change, number, EVFILT_VNODE, EV_ADD | EV_CLEAR, what, 0, 0);
  if (kevent(watch, &change, 1, NULL, 0, NULL) == 0) return number;
  const int failure = errno;
  close(number);
  errno = failure;
  return -1;
}

int aiwg_watch_forget(int watch, int number) {
  (void)watch;
  return close(number);
}

int aiwg_watch_wait(int watch, int milliseconds) {
  struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = (long)(milliseconds % 1000) * 1000000};
  const struct timespec none = {0, 0};
  struct kevent told[64];
  const int count = kevent(watch, NULL, 0, told, 64, milliseconds < 0 ? NULL : &time);
  if (count <= 0) return count;
  while (kevent(watch, NULL, 0, told, 64, &none) > 0) continue;
  return 1;
}

#else

int aiwg_watch_open(void) {
  errno = ENOSYS;
  return -1;
}

int aiwg_watch_room(void) { return 0; }

int aiwg_watch_add(int watch, int folder, const char *path) {
  (void)watch, (void)folder, (void)path;
  errno = ENOSYS;
  return -1;
}

int aiwg_watch_forget(int watch, int number) {
  (void)watch, (void)number;
  errno = ENOSYS;
  return -1;
}

int aiwg_watch_wait(int watch, int milliseconds) {
  (void)watch, (void)milliseconds;
  errno = ENOSYS;
  return -1;
}

#endif

static int argument_count;
static char **arguments;

#if defined(__APPLE__) || defined(__GLIBC__)
__attribute__((constructor)) static void keep_arguments(int count, char **values) {
  argument_count = count;
  arguments = values;
}
#endif

#if defined(__GLIBC__)
// The runtime of Swift asks where the program lies before it starts, and ends it when nothing answers: in a program without a loader
// that is /proc, which a chroot need not have. It does not ask when it is told a folder; no program that is started inherits this one.
__attribute__((constructor(101))) static void tell_folder_without_proc(void) {
  char byte;
  if (readlink("/proc/self/exe", &byte, 1) < 0) setenv("SWIFT_ROOT", "/", 0);
}
#endif

char **aiwg_arguments(int *count) {
  *count = argument_count;
  return arguments;
}
