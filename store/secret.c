#include "store/secret.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/folder.h"

/* ~/.local and ~/.local/state may be missing too. */
#define PARENTS_MADE 2

static int check(int file, const char *folder, off_t *size, struct error *err)
{
    struct stat about;

    if (fstat(file, &about) < 0)
        return error_set_errno(err, "%s/" SECRET_FILE, folder);
    if (!folder_is_ours(&about) || about.st_nlink != 1 ||
        about.st_mode & (S_IRWXG | S_IRWXO))
        return error_set(err, ERROR_STORE,
                         "%s/" SECRET_FILE
                         ": not a regular file that this user alone may read",
                         folder);
    *size = about.st_size;
    return 0;
}

/* Whoever has the lock fills it; a reader of a whole file needs none. */
static bool fill(int file, struct secret *secret)
{
    off_t size = 0;
    struct error err;

    if (flock(file, LOCK_EX | LOCK_NB) < 0 || check(file, "", &size, &err) < 0)
        return false;
    if (size == SECRET_SIZE)
        return pread(file, secret->bytes, SECRET_SIZE, 0) == SECRET_SIZE;
    return getrandom(secret->bytes, SECRET_SIZE, 0) == SECRET_SIZE &&
           ftruncate(file, 0) == 0 &&
           pwrite(file, secret->bytes, SECRET_SIZE, 0) == SECRET_SIZE;
}

static int read_file(int folder, const char *path, struct secret *secret,
                     struct error *err)
{
    int result = -1;
    off_t size = 0;
    int file = openat(folder, SECRET_FILE,
                      O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
                          O_CLOEXEC,
                      0600);

    if (file < 0)
        return error_set_errno(err, "%s/" SECRET_FILE, path);
    if (check(file, path, &size, err) == 0) {
        if ((size == SECRET_SIZE &&
             pread(file, secret->bytes, SECRET_SIZE, 0) == SECRET_SIZE) ||
            (size != SECRET_SIZE && fill(file, secret)))
            result = 0;
        else
            error_set(err, ERROR_STORE,
                      "%s/" SECRET_FILE ": cannot be read, or filled", path);
    }
    close(file);
    return result;
}

int secret_read(struct secret *secret, const char *folder, struct error *err)
{
    int descriptor, result;

    if (folder_make(folder, PARENTS_MADE, err) < 0)
        return -1;
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return error_set_errno(err, "%s: cannot open the folder", folder);
    result = folder_check(descriptor, folder, err);
    if (result == 0)
        result = read_file(descriptor, folder, secret, err);
    close(descriptor);
    return result;
}
