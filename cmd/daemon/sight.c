#include "cmd/daemon/sight.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <time.h>

#include "core/base/memory.h"

#define SECOND_NS INT64_C(1000000000)

#define CLOCK_TRIES  10
#define CLOCK_GAP_NS INT64_C(1000000)

static int64_t nanoseconds(const struct timespec *time)
{
    return (int64_t)time->tv_sec * SECOND_NS + time->tv_nsec;
}

static int64_t clock_ns(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return nanoseconds(&now);
}

/* Both at once, as far as that goes: who is interrupted in between looks
 * again. */
int64_t sight_clock_ns(void)
{
    int64_t before_ns, now_ns, gap_ns;

    for (unsigned i = 0; i < CLOCK_TRIES; i++) {
        before_ns = clock_ns(CLOCK_MONOTONIC);
        now_ns = clock_ns(CLOCK_REALTIME);
        gap_ns = clock_ns(CLOCK_MONOTONIC) - before_ns;
        if (gap_ns < CLOCK_GAP_NS)
            break;
    }
    return now_ns - before_ns;
}

/* Files come and go in a folder that is only passed. */
struct sight_mark sight_mark_of(const struct stat *about, enum sight_way way)
{
    struct sight_mark mark = { .device = (uint64_t)about->st_dev,
                               .inode = (uint64_t)about->st_ino,
                               .mode = about->st_mode,
                               .owner = about->st_uid };

    if (S_ISDIR(about->st_mode) && way != SIGHT_FOLDER)
        return mark;
    mark.size = (uint64_t)about->st_size;
    mark.changed_ns = nanoseconds(&about->st_ctim);
    mark.written_ns = nanoseconds(&about->st_mtim);
    return mark;
}

bool sight_same(const struct sight_mark *a, const struct sight_mark *b)
{
    return a->trouble == b->trouble && a->device == b->device &&
           a->inode == b->inode && a->mode == b->mode && a->owner == b->owner &&
           a->size == b->size && a->changed_ns == b->changed_ns &&
           a->written_ns == b->written_ns;
}

static struct sight_mark look(const char *path, enum sight_way way)
{
    struct stat about;
    int found = way == SIGHT_LINK ? lstat(path, &about) : stat(path, &about);

    if (found < 0)
        return (struct sight_mark){ .trouble = errno };
    return sight_mark_of(&about, way);
}

/* The clock that the kernel takes the times of files from. */
static bool is_at_rest(const struct sight_mark *mark)
{
    bool coarse = mark->changed_ns % SECOND_NS == 0;
    int64_t rest_ns = coarse ? SIGHT_REST_COARSE_NS : SIGHT_REST_NS;

    return mark->changed_ns == 0 ||
           clock_ns(CLOCK_REALTIME_COARSE) - mark->changed_ns >= rest_ns;
}

/* Those that have the times of this machine, and answer at once. */
static bool is_local(const char *path)
{
    static const unsigned long magics[] = {
        0xEF53,     /* ext2, ext3, ext4 */
        0x58465342, /* XFS */
        0x9123683E, /* btrfs */
        0xF2F52010, /* F2FS */
        0x2FC12FC1, /* ZFS */
        0x01021994, /* tmpfs */
        0x794C7630, /* overlay */
    };
    struct statfs about;

    if (statfs(path, &about) < 0)
        return false;
    for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
        if (((unsigned long)about.f_type & 0xFFFFFFFF) == magics[i])
            return true;
    return false;
}

/* The nearest folder above that is there says where it would be. */
static bool is_place_local(const char *path)
{
    char *above = memory_copy(path, strlen(path)), *slash;
    struct stat about;
    bool is = false;

    while ((slash = strrchr(above, '/')) && slash != above && !is) {
        *slash = '\0';
        is = lstat(above, &about) == 0;
    }
    is = is_local(is ? above : "/");
    free(above);
    return is;
}

static struct text own(const char *string)
{
    size_t size = strlen(string);

    return (struct text){ memory_copy(string, size), size };
}

static struct text resolve(const char *path, int64_t *trouble)
{
    char *resolved = realpath(path, NULL);

    *trouble = resolved ? 0 : errno;
    return resolved ? text_of(resolved) : own("");
}

void sight_take(struct sight *sight, enum sight_way way, const char *path)
{
    static const char *const far = "a file system that is not of this machine";

    *sight = (struct sight){ .way = way, .path = own(path) };
    if (way == SIGHT_REAL) {
        sight->real = resolve(path, &sight->mark.trouble);
        return;
    }
    sight->real = own("");
    sight->mark = look(path, way);
    if (!(sight->mark.trouble ? is_place_local(path) : is_local(path)))
        sight->doubt = far;
    else if (!is_at_rest(&sight->mark))
        sight->doubt = "something has just changed";
}

static void give_back(struct text *string)
{
    union {
        const char *read;
        char *owned;
    } bytes = { .read = string->bytes };

    free(bytes.owned);
    *string = (struct text){ NULL, 0 };
}

void sight_release(struct sight *sight)
{
    give_back(&sight->path);
    give_back(&sight->real);
}

bool sight_holds(const struct sight *sight)
{
    struct sight_mark now = { .trouble = 0 };
    struct text real;
    bool same;

    if (sight->way != SIGHT_REAL) {
        now = look(sight->path.bytes, sight->way);
        return sight_same(&now, &sight->mark);
    }
    real = resolve(sight->path.bytes, &now.trouble);
    same = now.trouble == sight->mark.trouble && text_equal(real, sight->real);
    give_back(&real);
    return same;
}
