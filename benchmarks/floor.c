// The least that a program has to do, in C: what `make bench` holds aiwg's times against.
//
//   floor hello                     print a line
//   floor sums TREE REPO SUMS       read what `check` reads, and write sizes and sums to the file SUMS
//   floor check TREE REPO SUMS      read every file of TREE and every path of REPO/aiwg.lock, and compare sizes and sums with SUMS:
//                                   exits with 1 when something differs or is gone
//   floor deploy TREE REPO INTO     write what REPO/aiwg.lock lists, and the lock, into the empty folder INTO: each file under another
//                                   name, then renamed, one syncfs at the end; prints its own wall, user and system time, since the
//                                   bytes to write are read from REPO before the clock starts. TREE is read on the clock.
//   floor time REPORT COMMAND…      run a command and write its wall, user and system time in seconds, peak memory in bytes and exit
//                                   code to the file REPORT
//
// A sum is 64 bits over all bytes, eight at a time: about the pace of memcmp, and it differs when a byte does. SHA-256 is not taken:
// aiwg knows the bytes that it wants and compares them, too. One thread, plain read and write: faster than mmap for files of this size.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

typedef struct {
  const char *path;
  char *bytes;
  uint64_t size, sum;
  mode_t mode;
} File;

typedef struct {
  File *files;
  size_t count, room;
} Files;

typedef struct {
  uint64_t count, size, sum;
} Total;

static _Noreturn void fail(const char *what, const char *path) {
  fprintf(stderr, "floor: cannot %s %s: %s\n", what, path, strerror(errno));
  exit(4);
}

static void *grown(void *old, size_t size) {
  void *new = realloc(old, size ? size : 1);
  if (!new) fail("have", "more memory");
  return new;
}

static uint64_t sum_of(const char *bytes, size_t size) {
  uint64_t a = size * 0x9e3779b97f4a7c15u, word = 0;
  size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    memcpy(&word, bytes + i, 8);
    a = ((a ^ word) * 0x9fb21c651e98df25u) ^ (a >> 29);
  }
  word = 0;
  memcpy(&word, bytes + i, size - i);
  return ((a ^ word) * 0x9fb21c651e98df25u) ^ (a >> 29);
}

// Reads a file into a buffer that is kept between calls; -1 when it is not there.
static char *buffer;
static size_t buffer_size;
static int64_t read_at(int folder, const char *path, mode_t *mode) {
  struct stat info;
  int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return -1;
  if (fstat(fd, &info)) fail("look at", path);
  if (mode) *mode = info.st_mode & 0777;
  size_t size = (size_t)info.st_size, got = 0;
  if (size + 1 > buffer_size) buffer = grown(buffer, buffer_size = size * 2 + 4096);
  while (got < size) {
    ssize_t n = read(fd, buffer + got, size - got);
    if (n <= 0) fail("read", path);
    got += (size_t)n;
  }
  close(fd);
  return (int64_t)got;
}

static Total read_tree(int folder, const char *path) {
  Total total = {0, 0, 0};
  DIR *list = fdopendir(folder);
  if (!list) fail("list", path);
  for (struct dirent *entry; (entry = readdir(list));) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    int inner = entry->d_type == DT_DIR ? openat(dirfd(list), entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    Total part = {1, 0, 0};
    if (inner >= 0) {
      part = read_tree(inner, entry->d_name);
    } else {
      int64_t size = read_at(dirfd(list), entry->d_name, NULL);
      if (size < 0) fail("read", entry->d_name);
      part.size = (uint64_t)size;
      // Folders list their files in any order, so that the sums are added.
      part.sum = sum_of(buffer, (size_t)size) ^ sum_of(entry->d_name, strlen(entry->d_name));
    }
    total.count += part.count;
    total.size += part.size;
    total.sum += part.sum;
  }
  closedir(list);
  return total;
}

static Total tree_of(const char *path) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail("open", path);
  return read_tree(folder, path);
}

// The files that a lock speaks of, each once: `DIGEST  path`, `# block DIGEST path`, `# created DIGEST path`. Its lines are sorted by path.
static Files paths_of(char *line) {
  Files out = {NULL, 0, 0};
  for (char *next; *line; line = next) {
    char *end = strchrnul(line, '\n');
    next = *end ? end + 1 : end;
    *end = 0;
    char *at = line;
    if (!strncmp(at, "# block ", 8)) at += 8;
    else if (!strncmp(at, "# created ", 10)) at += 10;
    else if (*at == '#') continue;
    at += 64;
    if (at >= end) continue;
    while (*at == ' ') at++;
    if (out.count && !strcmp(out.files[out.count - 1].path, at)) continue;
    if (out.count == out.room) out.files = grown(out.files, (out.room = out.room * 2 + 64) * sizeof(File));
    out.files[out.count++] = (File){.path = at};
  }
  return out;
}

static Files lock_of(int repository) {
  int64_t size = read_at(repository, "aiwg.lock", NULL);
  if (size < 0) fail("read", "aiwg.lock");
  buffer[size] = 0;
  return paths_of(strdup(buffer));
}

static int compare(const char *tree, const char *repository, const char *sums, int recording) {
  Total inputs = tree_of(tree), known = {0, 0, 0};
  int folder = open(repository, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail("open", repository);
  Files outputs = lock_of(folder);
  FILE *file = fopen(sums, recording ? "wb" : "rb");
  if (!file) fail("open", sums);
  size_t differ = 0;
  if (recording) fwrite(&inputs, sizeof inputs, 1, file);
  else if (fread(&known, sizeof known, 1, file) != 1 || memcmp(&known, &inputs, sizeof known)) differ++;
  uint64_t bytes = 0;
  for (size_t i = 0; i < outputs.count; i++) {
    int64_t size = read_at(folder, outputs.files[i].path, NULL);
    uint64_t found[2] = {(uint64_t)size, size < 0 ? 0 : sum_of(buffer, (size_t)size)}, want[2];
    if (size >= 0) bytes += (uint64_t)size;
    if (recording) fwrite(found, sizeof found, 1, file);
    else if (fread(want, sizeof want, 1, file) != 1 || memcmp(want, found, sizeof want)) differ++;
  }
  if (fclose(file)) fail("write", sums);
  printf("%llu inputs %llu bytes, %zu outputs %llu bytes, %zu differ\n", (unsigned long long)inputs.count, (unsigned long long)inputs.size,
    outputs.count, (unsigned long long)bytes, differ);
  return differ ? 1 : 0;
}

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double seconds_in(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

// Makes the folders of a path that the path before it did not have.
static void make_folders(const char *path, const char *before) {
  char part[PATH_MAX];
  size_t same = 0;
  while (path[same] && path[same] == before[same]) same++;
  for (const char *slash = strchr(path + same, '/'); slash; slash = strchr(slash + 1, '/')) {
    size_t length = (size_t)(slash - path);
    memcpy(part, path, length);
    part[length] = 0;
    if (mkdir(part, 0755) && errno != EEXIST) fail("make", part);
  }
}

static int deploy(const char *tree, const char *repository, const char *into) {
  int folder = open(repository, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail("open", repository);
  Files outputs = lock_of(folder);
  outputs.files = grown(outputs.files, (outputs.count + 1) * sizeof(File));
  outputs.files[outputs.count++] = (File){.path = "aiwg.lock"};
  for (size_t i = 0; i < outputs.count; i++) {
    File *file = outputs.files + i;
    int64_t size = read_at(folder, file->path, &file->mode);
    if (size < 0) fail("read", file->path);
    file->size = (uint64_t)size;
    file->bytes = memcpy(grown(NULL, file->size), buffer, file->size);
  }

  struct rusage begin, end;
  getrusage(RUSAGE_SELF, &begin);
  double started = seconds(CLOCK_MONOTONIC);
  Total inputs = tree_of(tree);
  if (chdir(into)) fail("enter", into);
  const char *before = "";
  char other[PATH_MAX];
  uint64_t bytes = 0;
  for (size_t i = 0; i < outputs.count; i++) {
    File *file = outputs.files + i;
    make_folders(file->path, before);
    before = file->path;
    snprintf(other, sizeof other, "%s.new~", file->path);
    int fd = open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, file->mode);
    if (fd < 0) fail("make", other);
    for (uint64_t put = 0; put < file->size;) {
      ssize_t n = write(fd, file->bytes + put, file->size - put);
      if (n <= 0) fail("write", other);
      put += (uint64_t)n;
    }
    close(fd);
    if (rename(other, file->path)) fail("rename", other);
    bytes += file->size;
  }
  int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (here < 0 || syncfs(here)) fail("sync", into);
  double wall = seconds(CLOCK_MONOTONIC) - started;
  getrusage(RUSAGE_SELF, &end);
  printf("%.6f %.6f %.6f %llu %zu %llu\n", wall, seconds_in(end.ru_utime) - seconds_in(begin.ru_utime),
    seconds_in(end.ru_stime) - seconds_in(begin.ru_stime), (unsigned long long)inputs.count, outputs.count, (unsigned long long)bytes);
  return 0;
}

// A small parent: what Python starts has Python's memory as its least peak.
static int timed(const char *report, char **command) {
  pid_t child;
  int status;
  struct rusage usage;
  double started = seconds(CLOCK_MONOTONIC);
  int failed = posix_spawnp(&child, command[0], NULL, NULL, command, environ);
  if (failed) {
    errno = failed;
    fail("run", command[0]);
  }
  if (wait4(child, &status, 0, &usage) != child) fail("wait for", command[0]);
  double wall = seconds(CLOCK_MONOTONIC) - started;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  FILE *file = fopen(report, "w");
  if (!file) fail("open", report);
  // Linux counts kibibytes, macOS bytes.
#ifdef __APPLE__
  long unit = 1;
#else
  long unit = 1024;
#endif
  fprintf(file, "%.6f %.6f %.6f %ld %d\n", wall, seconds_in(usage.ru_utime), seconds_in(usage.ru_stime), usage.ru_maxrss * unit, code);
  if (fclose(file)) fail("write", report);
  return 0;
}

int main(int count, char **words) {
  const char *mode = count > 1 ? words[1] : "";
  if (!strcmp(mode, "hello")) return puts("hello") < 0;
  if (!strcmp(mode, "sums") && count == 5) return compare(words[2], words[3], words[4], 1);
  if (!strcmp(mode, "check") && count == 5) return compare(words[2], words[3], words[4], 0);
  if (!strcmp(mode, "deploy") && count == 5) return deploy(words[2], words[3], words[4]);
  if (!strcmp(mode, "time") && count > 3) return timed(words[2], words + 3);
  fprintf(stderr, "usage: floor hello | sums TREE REPO SUMS | check TREE REPO SUMS | deploy TREE REPO INTO | time REPORT COMMAND...\n");
  return 64;
}
