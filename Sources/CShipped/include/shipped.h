#ifndef AIWG_SHIPPED_H
#define AIWG_SHIPPED_H
#include <stddef.h>

/// One file of the shipped library, or platforms.yaml.
struct aiwg_shipped_file {
  const char *path;
  const unsigned char *bytes;
  size_t size;
  int is_executable;
};

/// All of them, in byte order of the paths.
extern const struct aiwg_shipped_file aiwg_shipped_files[];
extern const size_t aiwg_shipped_count;

#endif
