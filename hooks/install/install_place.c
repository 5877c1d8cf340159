#include "hooks/install/install_place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hooks/install/install_manager.h"
#include "hooks/install/install_shim.h"
#include "hooks/system/disk.h"

void place_say(const struct install_options *options, const char *format, ...)
{
    struct error line;
    va_list arguments;

    if (!options->say)
        return;
    va_start(arguments, format);
    vsnprintf(line.message, sizeof(line.message), format, arguments);
    va_end(arguments);
    options->say(line.message, options->payload);
}

struct place place_of(const char *folder, const char *event)
{
    struct buffer path = BUFFER_EMPTY, before = BUFFER_EMPTY;

    buffer_format(&path, "%s/%s", folder, event);
    buffer_format(&before, "%s" SHIM_BEFORE, path.bytes);
    return (struct place){ .path = buffer_detach(&path),
                           .before = buffer_detach(&before) };
}

void place_release(struct place *place)
{
    free(place->path);
    free(place->before);
    *place = (struct place){ .path = NULL };
}

/* Two names of one file: putting the shim in was interrupted. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat about_a, about_b;

    return lstat(a, &about_a) == 0 && lstat(b, &about_b) == 0 &&
           about_a.st_dev == about_b.st_dev && about_a.st_ino == about_b.st_ino;
}

static char *renamed(const struct place *place, const char *suffix)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s%s", place->path, suffix);
    return buffer_detach(&path);
}

/* Of what a manager keeps, what is not ours stays. */
static bool is_free(const struct place *place)
{
    char *path = renamed(place, MANAGER_KEEPS);
    enum shim_kind kind;
    struct error err;
    bool is_ours =
        shim_look(&kind, path, &err) == 0 &&
        (kind == SHIM_ABSENT || kind == SHIM_OURS || kind == SHIM_CRLF);

    free(path);
    return is_ours;
}

static int check_manager(const struct place *place,
                         const struct manager *manager, struct error *err)
{
    if (manager->keeps && is_free(place))
        return 0;
    return error_set(err, ERROR_USAGE,
                     "%s wrote the hook %s: %s; 'tmpguard install --into %s' "
                     "shows how",
                     manager->name, place->path, manager->advice,
                     manager->name);
}

static int check_foreign(const struct place *place, struct error *err)
{
    const struct manager *manager;
    struct buffer bytes = BUFFER_EMPTY;
    int found = disk_read(&bytes, place->path, err);

    manager = manager_of_hook(buffer_view(&bytes));
    buffer_release(&bytes);
    if (found < 0)
        return -1;
    if (manager)
        return check_manager(place, manager, err);
    if (disk_has(place->before) && !is_same_file(place->path, place->before))
        return error_set(err, ERROR_USAGE,
                         "%s would have to be kept as %s, which is there "
                         "already: move one of them away",
                         place->path, place->before);
    return 0;
}

int place_check(const struct place *place, bool alone, struct error *err)
{
    enum shim_kind kind;
    struct error reason;

    if (place->called)
        return 0;
    if (shim_look(&kind, place->path, &reason) < 0)
        return error_set(err, ERROR_USAGE,
                         "%.400s: move it away, then install again",
                         reason.message);
    if (kind == SHIM_EDITED)
        return error_set(err, ERROR_USAGE,
                         "%s is tmpguard's but was changed by hand: move it "
                         "away, then install again",
                         place->path);
    if (kind != SHIM_FOREIGN)
        return 0;
    if (alone)
        return error_set(err, ERROR_USAGE,
                         "%s is not tmpguard's: move it away, then install "
                         "again",
                         place->path);
    return check_foreign(place, err);
}

/* By a second name first, so that at no moment there is no hook; never over
 * one that somebody else has just kept. */
static int keep(const struct place *place)
{
    if (link(place->path, place->before) == 0)
        return 0;
    if (errno == EEXIST)
        return is_same_file(place->path, place->before) ? 0 : -1;
    return renameat2(AT_FDCWD, place->path, AT_FDCWD, place->before,
                     RENAME_NOREPLACE);
}

static bool is_kept_by_manager(const struct place *place)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;
    bool is_kept = disk_read(&bytes, place->path, &err) == 1 &&
                   manager_runs_kept(buffer_view(&bytes));

    buffer_release(&bytes);
    return is_kept;
}

static int put_behind_manager(const struct place *place, struct text shim,
                              const struct install_options *options,
                              struct error *err)
{
    char *path = renamed(place, MANAGER_KEEPS);
    int result = disk_write(path, shim, 0755, err);

    if (result == 0)
        place_say(options, "put in %s, which the hook manager runs", path);
    free(path);
    return result;
}

int place_put(const struct place *place, struct text shim,
              const struct install_options *options, struct error *err)
{
    enum shim_kind kind;

    if (place->called) {
        place_say(options, "%s runs tmpguard already", place->path);
        return 0;
    }
    if (shim_look(&kind, place->path, err) < 0)
        return -1;
    if (kind == SHIM_FOREIGN && is_kept_by_manager(place))
        return put_behind_manager(place, shim, options, err);
    if (kind == SHIM_FOREIGN) {
        if (keep(place) < 0)
            return error_set_errno(err, "cannot keep %s as %s", place->path,
                                   place->before);
        place_say(options, "kept %s, which runs first", place->before);
    }
    if (disk_write(place->path, shim, 0755, err) < 0)
        return -1;
    if (!place->quiet)
        place_say(options, "put in %s", place->path);
    return 0;
}

/* A manager runs what stood in its place. */
static bool runs_renamed(const struct place *place, struct text shim)
{
    char *path = renamed(place, MANAGER_KEEPS);
    bool runs = is_kept_by_manager(place) && access(place->path, X_OK) == 0 &&
                disk_holds(path, shim) && access(path, X_OK) == 0;

    free(path);
    return runs;
}

bool place_fires(const struct place *place, struct text shim)
{
    return place->called ||
           (disk_holds(place->path, shim) && access(place->path, X_OK) == 0) ||
           runs_renamed(place, shim);
}

static int left(const struct place *place,
                const struct install_options *options, const char *why)
{
    place_say(options, "left %s: %s", place->path, why);
    return 1;
}

/* The path of our shim, for free(): a manager that was installed later keeps
 * it under another name. NULL: it is nowhere. */
static char *find_shim(const struct place *place)
{
    static const char *const suffixes[] = { "", MANAGER_KEEPS, ".old" };

    for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
        char *path = renamed(place, suffixes[i]);
        enum shim_kind kind;
        struct error err;

        if (shim_look(&kind, path, &err) == 0 &&
            (kind == SHIM_OURS || kind == SHIM_CRLF))
            return path;
        free(path);
    }
    return NULL;
}

/* The shim goes, and what it stood before takes its place. */
static int take_out(const struct place *place, const char *path,
                    const struct install_options *options, struct error *err)
{
    if (disk_has(place->before)) {
        if (rename(place->before, path) < 0)
            return error_set_errno(err, "cannot put back %s", path);
        place_say(options, "put back %s as it was", path);
        return 0;
    }
    if (disk_remove(path, err) < 0)
        return -1;
    if (!place->quiet)
        place_say(options, "took out %s", path);
    return 0;
}

/* What a repair of doctor's moved away is for a person to look at. */
static void tell_changed(const struct place *place,
                         const struct install_options *options)
{
    char *path = renamed(place, ".changed");
    enum shim_kind kind;
    struct error err;

    if (shim_look(&kind, path, &err) == 0 && kind == SHIM_EDITED)
        place_say(options,
                  "%s is a hook that was changed by hand: look at it, and "
                  "delete it",
                  path);
    free(path);
}

int place_undo(const struct place *place, const struct install_options *options,
               struct error *err)
{
    bool kept = disk_has(place->before);
    enum shim_kind kind;
    char *shim;
    int result;

    tell_changed(place, options);
    if (shim_look(&kind, place->path, err) < 0)
        return left(place, options, err->message);
    if (kept && is_same_file(place->path, place->before))
        return disk_remove(place->before, err);
    if (kind == SHIM_EDITED)
        return left(place, options, "it was changed by hand");
    shim = find_shim(place);
    if (!shim && kind == SHIM_ABSENT && kept)
        shim = renamed(place, "");
    if (!shim && kept)
        return left(place, options,
                    "it is not tmpguard's any more; what it replaced is "
                    "beside it");
    result = shim ? take_out(place, shim, options, err) : 0;
    free(shim);
    return result;
}
