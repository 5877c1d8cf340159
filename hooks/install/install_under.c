#include "hooks/install/install_under.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "hooks/install/clones.h"
#include "hooks/install/install_place.h"

typedef int action(const struct install_options *options, struct error *err);

/* The last thing that an engine said sums it up. */
struct last {
    struct error line;
};

static void hear(const char *line, void *payload)
{
    struct last *last = payload;

    error_set(&last->line, ERROR_USAGE, "%s", line);
}

static int carry_out(const char *clone, action *act,
                     const struct install_options *options, int start)
{
    struct last last = { .line = { .message = "" } };
    struct install_options each = *options;
    struct error err;
    int result = -1;

    each.say = hear;
    each.payload = &last;
    if (fchdir(start) < 0 || chdir(clone) < 0)
        error_set_errno(&err, "cannot go there");
    else
        result = act(&each, &err);
    place_say(options, "%s: %s%s", clone, result < 0 ? "failed: " : "",
              result < 0 ? err.message : last.line.message);
    return result;
}

static void sum_up(const struct clones *clones, size_t failed,
                   const struct install_options *options)
{
    size_t count = clones->found.items_count;

    for (size_t i = 0; i < clones->passed.items_count; i++)
        place_say(options, "%s: left alone, since it is a symbolic link",
                  clones->passed.items[i]);
    for (size_t i = 0; i < clones->closed.items_count; i++)
        place_say(options, "%s: failed: cannot look into it",
                  clones->closed.items[i]);
    place_say(options, "%zu clone%s, %zu of them done, %zu failed", count,
              count == 1 ? "" : "s", count - failed, failed);
}

static int run(const char *folder, action *act,
               const struct install_options *options, struct error *err)
{
    struct clones clones;
    size_t failed = 0;
    int start = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = clones_find(&clones, folder, err);

    if (start < 0)
        result = error_set_errno(err, "cannot open the current folder");
    for (size_t i = 0; result == 0 && i < clones.found.items_count; i++)
        if (carry_out(clones.found.items[i], act, options, start) != 0)
            failed++;
    if (result == 0) {
        sum_up(&clones, failed, options);
        result = failed || clones.closed.items_count;
    }
    if (start >= 0 && (fchdir(start) < 0 || close(start) < 0))
        result = error_set_errno(err, "cannot go back to where it began");
    clones_release(&clones);
    return result;
}

int install_under(const char *folder, const struct install_options *options,
                  struct error *err)
{
    return run(folder, install_hooks, options, err);
}

int uninstall_under(const char *folder, const struct install_options *options,
                    struct error *err)
{
    return run(folder, uninstall_hooks, options, err);
}
