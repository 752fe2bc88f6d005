// Stands between a program and the C library: counts what it does to files under one folder, writes it down, and at one of these
// operations does to it what machines, people and attackers do. Loaded with LD_PRELOAD; Linux alone.
//
//   TORTURE_ROOT     the folder; nothing outside it is counted
//   TORTURE_LOG      a file that gets a line an operation: class, operation, path, second path, errno
//   TORTURE_CLASSES  the classes that are counted, of w (writes), s (syncs), c (closes of written files), l (locks), r (opens to read)
//   TORTURE_AT       the operation, from 1, before which it happens; without it nothing does
//   TORTURE_STICKY   set: it happens at all later ones too
//   TORTURE_ACT      kill, fail, short, raise, stop, exchange, save, append, rewrite
//   TORTURE_NUMBER   the errno of fail, the signal of raise
//   TORTURE_LACKS    what the file system cannot do, whatever else happens: f (flags of a rename), l (links)
//   TORTURE_FIRST, TORTURE_SECOND   the paths of exchange; path and text of save, append and rewrite
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { GO_ON, FAIL, CUT };

static const char *root, *classes = "wscl", *act = "", *first = "", *second = "", *lacks = "";
static long at = -1, number = EIO, counted;
static int sticky, log_file = -1;

static const char *setting(const char *name, const char *otherwise) {
  const char *value = getenv(name);
  return value ? value : otherwise;
}

__attribute__((constructor)) static void begin(void) {
  classes = setting("TORTURE_CLASSES", classes);
  act = setting("TORTURE_ACT", act);
  first = setting("TORTURE_FIRST", first);
  second = setting("TORTURE_SECOND", second);
  lacks = setting("TORTURE_LACKS", lacks);
  at = atol(setting("TORTURE_AT", "-1"));
  number = atol(setting("TORTURE_NUMBER", "5"));
  sticky = getenv("TORTURE_STICKY") != NULL;
  const char *log = getenv("TORTURE_LOG");
  if (log) log_file = syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0644);
  root = getenv("TORTURE_ROOT");
}

// Paths

static void path_of(int descriptor, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = 0;
}

static void path_at(int folder, const char *name, char *path) {
  char base[PATH_MAX] = "";
  if (!name) name = "";
  if (name[0] == '/') {
    snprintf(path, PATH_MAX, "%s", name);
    return;
  }
  if (folder != AT_FDCWD) path_of(folder, base);
  else if (!getcwd(base, sizeof base)) base[0] = 0;
  if (snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) path[0] = 0;
}

static int is_inside(const char *path) {
  size_t length = root ? strlen(root) : 0;
  return length && !strncmp(path, root, length) && (path[length] == '/' || !path[length]);
}

// What others do to the files in between; by system calls, so that nothing of it is counted.

static void write_all(int descriptor, const char *bytes, size_t count) {
  while (count) {
    long written = syscall(SYS_write, descriptor, bytes, count);
    if (written <= 0) return;
    bytes += written;
    count -= written;
  }
}

static size_t read_all(const char *path, char *bytes, size_t room) {
  int descriptor = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  size_t count = 0;
  long more;
  while (descriptor >= 0 && count < room && (more = syscall(SYS_read, descriptor, bytes + count, room - count)) > 0) count += more;
  if (descriptor >= 0) syscall(SYS_close, descriptor);
  return count;
}

// An editor adds a line: `append` as >> does, `rewrite` in place, `save` beside it and by a rename.
static void edit(const char *path, const char *line) {
  static char old[1 << 20];
  char target[PATH_MAX];
  int is_append = !strcmp(act, "append"), is_save = !strcmp(act, "save");
  size_t count = is_append ? 0 : read_all(path, old, sizeof old);
  snprintf(target, sizeof target, is_save ? "%s~" : "%s", path);
  int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (is_append ? O_APPEND : O_TRUNC);
  int descriptor = syscall(SYS_openat, AT_FDCWD, target, flags, 0644);
  if (descriptor < 0) return;
  write_all(descriptor, old, count);
  write_all(descriptor, line, strlen(line));
  syscall(SYS_close, descriptor);
  if (is_save) syscall(SYS_renameat2, AT_FDCWD, target, AT_FDCWD, path, 0);
}

static int happen(void) {
  if (!strcmp(act, "fail")) {
    errno = number;
    return FAIL;
  }
  if (!strcmp(act, "short")) return CUT;
  if (!strcmp(act, "kill")) {
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    for (;;) pause();
  } else if (!strcmp(act, "stop")) {
    syscall(SYS_kill, syscall(SYS_getpid), SIGSTOP);
  } else if (!strcmp(act, "raise")) {
    syscall(SYS_kill, syscall(SYS_getpid), number);
  } else if (!strcmp(act, "exchange")) {
    syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
  } else {
    edit(first, second);
  }
  return GO_ON;
}

// As a file system that cannot do it answers.
static int is_lacking(char ability, int error, const char *path) {
  if (!is_inside(path) || !strchr(lacks, ability)) return 0;
  errno = error;
  return 1;
}

static int meet(char class, const char *path) {
  if (!is_inside(path) || !strchr(classes, class)) return GO_ON;
  long mine = __atomic_add_fetch(&counted, 1, __ATOMIC_SEQ_CST);
  if (at < 0 || (mine != at && !(sticky && mine > at))) return GO_ON;
  int before = errno, result = happen();
  if (result == GO_ON) errno = before;
  return result;
}

static void note(char class, const char *name, const char *path, const char *other, long result) {
  if (log_file < 0 || !(is_inside(path) || is_inside(other))) return;
  char line[2 * PATH_MAX + 64];
  int error = errno;
  int count = snprintf(line, sizeof line, "%c\t%s\t%s\t%s\t%d\n", class, name, path, other, result < 0 ? error : 0);
  syscall(SYS_write, log_file, line, count);
  errno = error;
}

// The operations

#define NEXT(name)                                   \
  static __typeof__(&name) next;                     \
  if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define WITH_PATH(class, name, path, call)           \
  __typeof__(call) result = -1;                      \
  if (meet(class, path) != FAIL) result = call;      \
  note(class, name, path, "", result);               \
  return result

#define ON_DESCRIPTOR(class, name, descriptor, call) \
  char path[PATH_MAX];                               \
  path_of(descriptor, path);                         \
  WITH_PATH(class, name, path, call)

#define ON_NAME(class, label, folder, name, call)    \
  char path[PATH_MAX];                               \
  path_at(folder, name, path);                       \
  WITH_PATH(class, label, path, call)

// What moves or links concerns two places; inside is whichever of them is.
#define ON_TWO(label, folder, name, to_folder, to_name, ability, error, call) \
  char path[PATH_MAX], other[PATH_MAX];                                   \
  path_at(folder, name, path);                                            \
  path_at(to_folder, to_name, other);                                     \
  const char *inside = is_inside(other) ? other : path;                   \
  int result = -1;                                                        \
  if (meet('w', inside) != FAIL && !is_lacking(ability, error, inside)) result = call; \
  note('w', label, path, other, result);                                  \
  return result

#define MODE_OF(flags)                                                    \
  mode_t mode = 0;                                                        \
  if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) {        \
    va_list rest;                                                         \
    va_start(rest, flags);                                                \
    mode = va_arg(rest, int);                                             \
    va_end(rest);                                                         \
  }

static char class_of(int flags) { return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) ? 'w' : 'r'; }

int open(const char *name, int flags, ...) {
  NEXT(open);
  MODE_OF(flags)
  ON_NAME(class_of(flags), "open", AT_FDCWD, name, next(name, flags, mode));
}
int open64(const char *name, int flags, ...) {
  NEXT(open64);
  MODE_OF(flags)
  ON_NAME(class_of(flags), "open", AT_FDCWD, name, next(name, flags, mode));
}
int openat(int folder, const char *name, int flags, ...) {
  NEXT(openat);
  MODE_OF(flags)
  ON_NAME(class_of(flags), "open", folder, name, next(folder, name, flags, mode));
}
int openat64(int folder, const char *name, int flags, ...) {
  NEXT(openat64);
  MODE_OF(flags)
  ON_NAME(class_of(flags), "open", folder, name, next(folder, name, flags, mode));
}
int creat(const char *name, mode_t mode) {
  NEXT(creat);
  ON_NAME('w', "open", AT_FDCWD, name, next(name, mode));
}

// Half of what was asked for, as a nearly full disk writes.
#define WRITE(label, descriptor, count, call)                             \
  char path[PATH_MAX];                                                    \
  path_of(descriptor, path);                                              \
  ssize_t result = -1;                                                    \
  int what = meet('w', path);                                             \
  if (what == CUT && (count) > 1) (count) /= 2;                           \
  if (what != FAIL) result = call;                                        \
  note('w', label, path, "", result);                                     \
  return result

ssize_t write(int to, const void *bytes, size_t count) {
  NEXT(write);
  WRITE("write", to, count, next(to, bytes, count));
}
ssize_t pwrite(int to, const void *bytes, size_t count, off_t offset) {
  NEXT(pwrite);
  WRITE("write", to, count, next(to, bytes, count, offset));
}
ssize_t pwrite64(int to, const void *bytes, size_t count, off64_t offset) {
  NEXT(pwrite64);
  WRITE("write", to, count, next(to, bytes, count, offset));
}
ssize_t writev(int to, const struct iovec *parts, int count) {
  NEXT(writev);
  WRITE("write", to, count, next(to, parts, count));
}
ssize_t copy_file_range(int from, off64_t *here, int to, off64_t *there, size_t count, unsigned flags) {
  NEXT(copy_file_range);
  WRITE("write", to, count, next(from, here, to, there, count, flags));
}
ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
  NEXT(sendfile);
  WRITE("write", to, count, next(to, from, offset, count));
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
  NEXT(sendfile64);
  WRITE("write", to, count, next(to, from, offset, count));
}

int fsync(int descriptor) {
  NEXT(fsync);
  ON_DESCRIPTOR('s', "fsync", descriptor, next(descriptor));
}
int fdatasync(int descriptor) {
  NEXT(fdatasync);
  ON_DESCRIPTOR('s', "fsync", descriptor, next(descriptor));
}
int syncfs(int descriptor) {
  NEXT(syncfs);
  ON_DESCRIPTOR('s', "syncfs", descriptor, next(descriptor));
}
int flock(int descriptor, int operation) {
  NEXT(flock);
  ON_DESCRIPTOR('l', "flock", descriptor, next(descriptor, operation));
}
int ftruncate(int descriptor, off_t size) {
  NEXT(ftruncate);
  ON_DESCRIPTOR('w', "truncate", descriptor, next(descriptor, size));
}
int ftruncate64(int descriptor, off64_t size) {
  NEXT(ftruncate64);
  ON_DESCRIPTOR('w', "truncate", descriptor, next(descriptor, size));
}
int fallocate(int descriptor, int mode, off_t offset, off_t size) {
  NEXT(fallocate);
  ON_DESCRIPTOR('w', "allocate", descriptor, next(descriptor, mode, offset, size));
}
int fchmod(int descriptor, mode_t mode) {
  NEXT(fchmod);
  ON_DESCRIPTOR('w', "chmod", descriptor, next(descriptor, mode));
}
int fchown(int descriptor, uid_t user, gid_t group) {
  NEXT(fchown);
  ON_DESCRIPTOR('w', "chown", descriptor, next(descriptor, user, group));
}
int futimens(int descriptor, const struct timespec times[2]) {
  NEXT(futimens);
  ON_DESCRIPTOR('w', "times", descriptor, next(descriptor, times));
}

// A close that fails has closed all the same.
int close(int descriptor) {
  NEXT(close);
  int flags = fcntl(descriptor, F_GETFL);
  char class = flags >= 0 && (flags & O_ACCMODE) != O_RDONLY && !(flags & O_PATH) ? 'c' : '-';
  char path[PATH_MAX] = "";
  if (class == 'c') path_of(descriptor, path);
  int fails = class == 'c' && meet(class, path) == FAIL, error = errno, result = next(descriptor);
  if (fails) {
    errno = error;
    result = -1;
  }
  if (class == 'c') note(class, "close", path, "", result);
  return result;
}

int chmod(const char *name, mode_t mode) {
  NEXT(chmod);
  ON_NAME('w', "chmod", AT_FDCWD, name, next(name, mode));
}
int fchmodat(int folder, const char *name, mode_t mode, int flags) {
  NEXT(fchmodat);
  ON_NAME('w', "chmod", folder, name, next(folder, name, mode, flags));
}
int fchownat(int folder, const char *name, uid_t user, gid_t group, int flags) {
  NEXT(fchownat);
  ON_NAME('w', "chown", folder, name, next(folder, name, user, group, flags));
}
int utimensat(int folder, const char *name, const struct timespec times[2], int flags) {
  NEXT(utimensat);
  ON_NAME('w', "times", folder, name, next(folder, name, times, flags));
}
int truncate(const char *name, off_t size) {
  NEXT(truncate);
  ON_NAME('w', "truncate", AT_FDCWD, name, next(name, size));
}
int mkdir(const char *name, mode_t mode) {
  NEXT(mkdir);
  ON_NAME('w', "mkdir", AT_FDCWD, name, next(name, mode));
}
int mkdirat(int folder, const char *name, mode_t mode) {
  NEXT(mkdirat);
  ON_NAME('w', "mkdir", folder, name, next(folder, name, mode));
}
int rmdir(const char *name) {
  NEXT(rmdir);
  ON_NAME('w', "rmdir", AT_FDCWD, name, next(name));
}
int unlink(const char *name) {
  NEXT(unlink);
  ON_NAME('w', "unlink", AT_FDCWD, name, next(name));
}
int unlinkat(int folder, const char *name, int flags) {
  NEXT(unlinkat);
  ON_NAME('w', flags & AT_REMOVEDIR ? "rmdir" : "unlink", folder, name, next(folder, name, flags));
}
int symlink(const char *target, const char *name) {
  NEXT(symlink);
  ON_NAME('w', "symlink", AT_FDCWD, name, next(target, name));
}
int symlinkat(const char *target, int folder, const char *name) {
  NEXT(symlinkat);
  ON_NAME('w', "symlink", folder, name, next(target, folder, name));
}
int link(const char *from, const char *to) {
  NEXT(link);
  ON_TWO("link", AT_FDCWD, from, AT_FDCWD, to, 'l', EPERM, next(from, to));
}
int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  NEXT(linkat);
  ON_TWO("link", from_folder, from, to_folder, to, 'l', EPERM, next(from_folder, from, to_folder, to, flags));
}
int rename(const char *from, const char *to) {
  NEXT(rename);
  ON_TWO("rename", AT_FDCWD, from, AT_FDCWD, to, '-', 0, next(from, to));
}
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  NEXT(renameat);
  ON_TWO("rename", from_folder, from, to_folder, to, '-', 0, next(from_folder, from, to_folder, to));
}
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  NEXT(renameat2);
  ON_TWO(
    flags & RENAME_EXCHANGE ? "exchange" : "rename", from_folder, from, to_folder, to, flags ? 'f' : '-', EINVAL,
    next(from_folder, from, to_folder, to, flags));
}
