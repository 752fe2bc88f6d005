#ifndef AIWG_SYSTEM_CALLS_H
#define AIWG_SYSTEM_CALLS_H

// What the C library has and Swift's view of it has not.

#include <spawn.h>

/// Swaps two names in one step; -1 with errno, which is EINVAL or ENOSYS where the file system knows no such step.
int aiwg_exchange(int first_folder, const char *_Nonnull first, int second_folder, const char *_Nonnull second);

/// Renames to a name that nothing has; -1 with errno, which is EINVAL or ENOSYS where the file system knows no such step.
int aiwg_rename_to_free_name(int old_folder, const char *_Nonnull old_name, int new_folder, const char *_Nonnull new_name);

/// Makes everything that was written to the file system of a descriptor durable.
int aiwg_sync_file_system(int descriptor);

/// Makes a pipe that no other program inherits, first the end to read from; -1 with errno.
int aiwg_pipe(int *_Nonnull ends);

/// Lets a program that is to be started run in a folder; the error number, or 0.
int aiwg_spawn_in_folder(posix_spawn_file_actions_t *_Nonnull actions, const char *_Nonnull folder);

/// Keeps the process from ending by SIGINT, SIGTERM and SIGHUP while the system may not be left as it is.
///
/// Outside of such a stretch each of them ends the process with 128 and its number.
void aiwg_watch_signals(void);
void aiwg_hold_signals(void);
void aiwg_release_signals(void);

/// The first signal that came while they were held; 0 when none did.
int aiwg_held_signal(void);

/// Opens a queue that tells of changes in folders; -1 with errno, which is ENOSYS where there is none.
int aiwg_watch_open(void);

/// How many files and folders a queue may tell of where each of them has to be named and costs a descriptor; 0 where only folders are named.
int aiwg_watch_room(void);

/// Lets the queue tell of changes in a folder; a number for it, or -1 with errno.
///
/// Where only folders are named, that includes their files, and the same folder has the same number, however often it is named. Elsewhere it is of
/// a folder or a file, and the number is a descriptor of its own each time.
///
/// \param folder an open folder where the path begins, or AT_FDCWD; passed over where only folders are named.
int aiwg_watch_add(int watch, int folder, const char *_Nonnull path);

/// Lets the queue tell of it no more.
int aiwg_watch_forget(int watch, int number);

/// Waits until something is told, and forgets it: 1, 0 when the time is over, or -1 with errno.
///
/// \param milliseconds -1 is as long as it takes.
int aiwg_watch_wait(int watch, int milliseconds);

/// The arguments of the process, its name first; the standard library looks for them in /proc, which not every sandbox has.
///
/// Null where the C library does not hand them over.
char *_Nullable *_Nullable aiwg_arguments(int *_Nonnull count);

#endif
