#ifndef AIWG_SHIPPED_H
#define AIWG_SHIPPED_H
#include <stddef.h>

/// One file of the shipped library, or platforms.yaml.
struct aiwg_shipped_file {
  const char *_Nonnull path;
  const unsigned char *_Nonnull bytes;
  size_t size;
  int is_executable;
};

/// All of them, in byte order of the paths. A pointer, because Swift cannot see an array without a length.
extern const struct aiwg_shipped_file *const _Nonnull aiwg_shipped_files;
extern const size_t aiwg_shipped_count;

#endif
