/* The calls that may fail, in the place of the C library's. */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/faults/plan.h"

/* Memory. */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);

static bool fails_memory(void)
{
    return plan_concerns(MEMORY) && plan_fails();
}

void *malloc(size_t size)
{
    return fails_memory() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails_memory() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails_memory() ? NULL : __libc_realloc(block, size);
}

/* Reading and writing. */

ssize_t read(int fd, void *bytes, size_t size)
{
    if (plan_fails_file(READ, fd))
        return -1;
    return syscall(SYS_read, fd, bytes, plan_shorter(fd, size));
}

ssize_t pread(int fd, void *bytes, size_t size, off_t at)
{
    if (plan_fails_file(READ, fd))
        return -1;
    return syscall(SYS_pread64, fd, bytes, plan_shorter(fd, size), at);
}

ssize_t pread64(int fd, void *bytes, size_t size, off64_t at)
{
    return pread(fd, bytes, size, at);
}

ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room)
{
    return size > room ? -1 : read(fd, bytes, size);
}

ssize_t __pread64_chk(int fd, void *bytes, size_t size, off64_t at, size_t room)
{
    return size > room ? -1 : pread(fd, bytes, size, at);
}

ssize_t __pread_chk(int fd, void *bytes, size_t size, off_t at, size_t room)
{
    return size > room ? -1 : pread(fd, bytes, size, at);
}

void *mmap(void *where, size_t size, int may, int how, int fd, off_t at)
{
    if (fd >= 0 && plan_fails_file(READ, fd))
        return MAP_FAILED;
    return (void *)syscall(SYS_mmap, where, size, may, how, fd, at);
}

void *mmap64(void *where, size_t size, int may, int how, int fd, off64_t at)
{
    return mmap(where, size, may, how, fd, at);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    if (plan_fails_file(WRITE, fd))
        return -1;
    return syscall(SYS_write, fd, bytes, plan_shorter(fd, size));
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    if (plan_fails_file(WRITE, fd))
        return -1;
    return syscall(SYS_pwrite64, fd, bytes, plan_shorter(fd, size), at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
    return pwrite(fd, bytes, size, at);
}

int ftruncate(int fd, off_t size)
{
    return plan_fails_file(WRITE, fd) ? -1
                                      : (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    return ftruncate(fd, size);
}

/* Opening. */

static int open_at(int folder, const char *path, int flags, mode_t mode)
{
    if (plan_fails_path(OPEN, folder, path))
        return -1;
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define MODE_OF(flags, last)                                                   \
    mode_t mode = 0;                                                           \
    va_list list;                                                              \
    va_start(list, last);                                                      \
    if ((flags) & (O_CREAT | O_TMPFILE))                                       \
        mode = va_arg(list, mode_t);                                           \
    va_end(list)

int open(const char *path, int flags, ...)
{
    MODE_OF(flags, flags);
    return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_OF(flags, flags);
    return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    MODE_OF(flags, flags);
    return open_at(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    MODE_OF(flags, flags);
    return open_at(folder, path, flags, mode);
}

int __open_2(const char *path, int flags)
{
    return open_at(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char *path, int flags)
{
    return open_at(AT_FDCWD, path, flags, 0);
}

int __openat_2(int folder, const char *path, int flags)
{
    return open_at(folder, path, flags, 0);
}

int __openat64_2(int folder, const char *path, int flags)
{
    return open_at(folder, path, flags, 0);
}

/* The function that this one stands before. */
#define NEXT(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

DIR *opendir(const char *path)
{
    return plan_fails_path(OPEN, AT_FDCWD, path) ? NULL : NEXT(opendir)(path);
}

DIR *fdopendir(int fd)
{
    return plan_fails_file(OPEN, fd) ? NULL : NEXT(fdopendir)(fd);
}

FILE *fopen(const char *path, const char *mode)
{
    return plan_fails_path(OPEN, AT_FDCWD, path) ? NULL
                                                 : NEXT(fopen)(path, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    return plan_fails_path(OPEN, AT_FDCWD, path) ? NULL
                                                 : NEXT(fopen64)(path, mode);
}

int pipe2(int fds[2], int flags)
{
    return plan_fails_path(OPEN, -1, NULL)
               ? -1
               : (int)syscall(SYS_pipe2, fds, flags);
}

int pipe(int fds[2])
{
    return pipe2(fds, 0);
}

int memfd_create(const char *name, unsigned flags)
{
    return plan_fails_path(OPEN, -1, NULL)
               ? -1
               : (int)syscall(SYS_memfd_create, name, flags);
}

/* Looking. */

int stat(const char *path, struct stat *about)
{
    return plan_fails_path(STAT, AT_FDCWD, path) ? -1 : NEXT(stat)(path, about);
}

int lstat(const char *path, struct stat *about)
{
    return plan_fails_path(STAT, AT_FDCWD, path) ? -1
                                                 : NEXT(lstat)(path, about);
}

int fstat(int fd, struct stat *about)
{
    return plan_fails_file(STAT, fd) ? -1 : NEXT(fstat)(fd, about);
}

int fstatat(int folder, const char *path, struct stat *about, int flags)
{
    return plan_fails_path(STAT, folder, path)
               ? -1
               : NEXT(fstatat)(folder, path, about, flags);
}

int stat64(const char *path, struct stat64 *about)
{
    return plan_fails_path(STAT, AT_FDCWD, path) ? -1
                                                 : NEXT(stat64)(path, about);
}

int lstat64(const char *path, struct stat64 *about)
{
    return plan_fails_path(STAT, AT_FDCWD, path) ? -1
                                                 : NEXT(lstat64)(path, about);
}

int fstat64(int fd, struct stat64 *about)
{
    return plan_fails_file(STAT, fd) ? -1 : NEXT(fstat64)(fd, about);
}

int access(const char *path, int how)
{
    if (plan_fails_path(STAT, AT_FDCWD, path))
        return -1;
    return (int)syscall(SYS_faccessat, AT_FDCWD, path, how);
}

ssize_t readlink(const char *path, char *bytes, size_t size)
{
    if (plan_fails_path(STAT, AT_FDCWD, path))
        return -1;
    return syscall(SYS_readlinkat, AT_FDCWD, path, bytes, size);
}

ssize_t readlinkat(int folder, const char *path, char *bytes, size_t size)
{
    if (plan_fails_path(STAT, folder, path))
        return -1;
    return syscall(SYS_readlinkat, folder, path, bytes, size);
}

struct dirent *readdir(DIR *folder)
{
    return plan_fails_file(LIST, dirfd(folder)) ? NULL : NEXT(readdir)(folder);
}

struct dirent64 *readdir64(DIR *folder)
{
    return plan_fails_file(LIST, dirfd(folder)) ? NULL
                                                : NEXT(readdir64)(folder);
}

ssize_t getdents64(int fd, void *bytes, size_t size)
{
    return plan_fails_file(LIST, fd) ? -1
                                     : syscall(SYS_getdents64, fd, bytes, size);
}

/* The rest. */

int fsync(int fd)
{
    return plan_fails_file(SYNC, fd) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return plan_fails_file(SYNC, fd) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

pid_t fork(void)
{
    return plan_fails_path(FORK, -1, "") ? -1 : NEXT(fork)();
}

pid_t vfork(void)
{
    return fork();
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*run)(void *), void *payload)
{
    if (plan_fails_path(FORK, -1, ""))
        return plan_code();
    return NEXT(pthread_create)(thread, attributes, run, payload);
}

int posix_spawn(pid_t *pid, const char *path,
                const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const arguments[],
                char *const environment[])
{
    if (plan_fails_path(FORK, -1, ""))
        return plan_code();
    return NEXT(posix_spawn)(pid, path, actions, attributes, arguments,
                             environment);
}

int posix_spawnp(pid_t *pid, const char *path,
                 const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const arguments[],
                 char *const environment[])
{
    if (plan_fails_path(FORK, -1, ""))
        return plan_code();
    return NEXT(posix_spawnp)(pid, path, actions, attributes, arguments,
                              environment);
}

int rename(const char *from, const char *to)
{
    return plan_fails_path(RENAME, AT_FDCWD, from) ? -1
                                                   : NEXT(rename)(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return plan_fails_path(RENAME, from_folder, from)
               ? -1
               : NEXT(renameat)(from_folder, from, to_folder, to);
}

int link(const char *from, const char *to)
{
    return plan_fails_path(RENAME, AT_FDCWD, from) ? -1 : NEXT(link)(from, to);
}

int unlink(const char *path)
{
    return plan_fails_path(RENAME, AT_FDCWD, path) ? -1 : NEXT(unlink)(path);
}

int unlinkat(int folder, const char *path, int flags)
{
    return plan_fails_path(RENAME, folder, path)
               ? -1
               : NEXT(unlinkat)(folder, path, flags);
}

int flock(int fd, int how)
{
    return plan_fails_file(LOCK, fd) ? -1 : (int)syscall(SYS_flock, fd, how);
}

static int control(int fd, int what, void *argument)
{
    bool locks = what == F_SETLK || what == F_SETLKW || what == F_OFD_SETLK;

    if (locks && plan_fails_file(LOCK, fd))
        return -1;
    return (int)syscall(SYS_fcntl, fd, what, argument);
}

int fcntl(int fd, int what, ...)
{
    va_list list;
    void *argument;

    va_start(list, what);
    argument = va_arg(list, void *);
    va_end(list);
    return control(fd, what, argument);
}

int fcntl64(int fd, int what, ...)
{
    va_list list;
    void *argument;

    va_start(list, what);
    argument = va_arg(list, void *);
    va_end(list);
    return control(fd, what, argument);
}
