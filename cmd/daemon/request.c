#include "cmd/daemon/request.h"

#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/terminal/links.h"

/* Each is the beginning of a variable; '=' ends a name. */
static bool starts_with_one(const char *variable, const char *const *starts)
{
    for (; *starts; starts++)
        if (strncmp(variable, *starts, strlen(*starts)) == 0)
            return true;
    return false;
}

/* git's own (GITHEAD_… too), where it looks for files and programs, how it
 * words its messages, and ours. */
bool request_wants(const char *variable)
{
    static const char *const starts[] = {
        "GIT",       "HOME=",     "XDG_",  "PATH=",    "PWD=",    "LANG",
        "LC_",       "TZ=",       "TERM=", "COLUMNS=", "TMPDIR=", "NO_COLOR=",
        "TMPGUARD_", "SUDO_UID=", "USER=", "LOGNAME=", "LD_",     NULL,
    };

    return strchr(variable, '=') && starts_with_one(variable, starts);
}

/* Code loaded into every process, and git's traces, which go to descriptors
 * of the client. */
bool request_minds(const char *variable)
{
    static const char *const starts[] = {
        "LD_PRELOAD=",  "LD_AUDIT=",       "GIT_TRACE",
        "GIT_REDIRECT", "TMPGUARD_CANARY", NULL,
    };

    return starts_with_one(variable, starts);
}

static struct wire_place place_of(const struct stat *about)
{
    return (struct wire_place){ (uint64_t)about->st_dev,
                                (uint64_t)about->st_ino };
}

int request_program(struct wire_program *program, const char *path)
{
    struct stat about;

    if (stat(path, &about) < 0 || !S_ISREG(about.st_mode))
        return -1;
    program->place = place_of(&about);
    program->size = (uint64_t)about.st_size;
    program->time = (uint64_t)about.st_mtim.tv_sec * 1000000000u +
                    (uint64_t)about.st_mtim.tv_nsec;
    return 0;
}

int request_place(struct wire_place *place, const char *path)
{
    struct stat about;

    if (stat(path, &about) < 0)
        return -1;
    *place = place_of(&about);
    return 0;
}

int request_roots(struct wire_request *request)
{
    struct wire_place mounts;

    if (request_place(&request->root, "/") < 0 ||
        request_place(&mounts, "/proc/self/ns/mnt") < 0)
        return -1;
    request->mounts = mounts.inode;
    return 0;
}

static int take_folder(struct request *request)
{
    if (!getcwd(request->folder, sizeof(request->folder)) ||
        request->folder[0] != '/' ||
        request_place(&request->wire.folder, ".") < 0)
        return -1;
    request->wire.path = request->folder;
    return 0;
}

/* A terminal has a size, though it may be 0. */
static void take_terminal(struct wire_request *wire)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        wire->flags |= WIRE_TERMINAL;
        if (links_are_made())
            wire->flags |= WIRE_LINKS;
        wire->width = size.ws_col;
    }
}

static void take_mask(struct wire_request *wire)
{
    mode_t mask = umask(0);

    umask(mask);
    wire->mask = mask;
}

static void add(struct request *request, const void *bytes, size_t size)
{
    union {
        const void *read;
        void *base;
    } piece = { .read = bytes };

    request->pieces[request->pieces_count++] =
        (struct iovec){ piece.base, size };
    request->size += size;
}

static int add_variables(struct request *request)
{
    for (char **variable = environ; variable && *variable; variable++) {
        if (request_minds(*variable))
            return -1;
        if (!request_wants(*variable))
            continue;
        if (request->pieces_count == REQUEST_VARIABLES_MAX + 2)
            return -1;
        add(request, *variable, strlen(*variable) + 1);
    }
    return 0;
}

int request_make(struct request *request, enum wire_kind kind,
                 const char *program, unsigned flags, uint64_t nonce)
{
    struct wire_head head = { .kind = kind, .nonce = nonce };
    struct wire_request *wire = &request->wire;

    *wire = (struct wire_request){ .flags = flags };
    request->pieces_count = 0;
    request->size = 0;
    if (request_program(&wire->program, program) < 0 ||
        request_roots(wire) < 0 || take_folder(request) < 0)
        return -1;
    take_terminal(wire);
    take_mask(wire);
    add(request, request->head, sizeof(request->head));
    add(request, wire->path, strlen(wire->path) + 1);
    if (add_variables(request) < 0 ||
        request->size - WIRE_HEAD_SIZE > WIRE_REQUEST_MAX)
        return -1;
    head.size = (uint32_t)(request->size - WIRE_HEAD_SIZE);
    wire_put_head(request->head, &head);
    wire_put_request(request->head + WIRE_HEAD_SIZE, wire);
    return 0;
}
