#include "hooks/install/install_shared.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"

/* A folder with the sticky bit lets nobody replace what another one owns. */
static int check_one(const char *path, struct error *err)
{
    struct stat about;
    mode_t needed = S_IXOTH;

    if (stat(path, &about) < 0)
        return error_set_errno(err, "cannot look at %s", path);
    if (!S_ISDIR(about.st_mode))
        needed |= S_IROTH;
    if ((about.st_mode & needed) != needed)
        return error_set(err, ERROR_USAGE,
                         "not every user may use %s, and all of them would "
                         "run tmpguard: install it elsewhere, as with "
                         "install.sh --prefix /usr/local",
                         path);
    if ((about.st_mode & S_IWOTH && !(about.st_mode & S_ISVTX)) ||
        (about.st_uid != 0 && about.st_uid != geteuid()))
        return error_set(err, ERROR_USAGE,
                         "other users may change %s, and all of them would "
                         "run tmpguard: install it elsewhere, as with "
                         "install.sh --prefix /usr/local",
                         path);
    return 0;
}

int shared_check(const char *path, struct error *err)
{
    char *resolved = disk_resolve(path);
    int result = check_one("/", err);

    for (char *end = resolved; end && result == 0;) {
        end = strchr(end + 1, '/');
        if (end)
            *end = '\0';
        result = check_one(resolved, err);
        if (end)
            *end = '/';
    }
    free(resolved);
    return result;
}

static int open_up(const char *path, mode_t mode, struct error *err)
{
    if (chmod(path, mode) < 0)
        return error_set_errno(err, "cannot let everybody use %s", path);
    return 0;
}

int shared_open_up(const struct paths *made, struct error *err)
{
    for (size_t i = 0; i < made->items_count; i++)
        if (open_up(made->items[i], 0755, err) < 0)
            return -1;
    return 0;
}

int shared_open_file(const char *path, struct error *err)
{
    return open_up(path, 0644, err);
}
