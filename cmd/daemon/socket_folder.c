#include "cmd/daemon/socket_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#define NAME "tmpguard"

/* File systems that another host may see, and FUSE, where nobody knows. */
static bool is_remote(int folder)
{
    static const unsigned long magics[] = {
        0x6969,     /* NFS */
        0x517B,     /* SMB */
        0xFE534D42, /* SMB2 */
        0xFF534D42, /* CIFS */
        0x5346414F, /* AFS */
        0x73757245, /* Coda */
        0x65735546, /* FUSE */
        0x00C36400, /* Ceph */
        0x01021997, /* 9P */
        0x47504653, /* GPFS */
        0x0BD00BD0, /* Lustre */
    };
    struct statfs about;

    if (fstatfs(folder, &about) < 0)
        return true;
    for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
        if (((unsigned long)about.f_type & 0xFFFFFFFF) == magics[i])
            return true;
    return false;
}

enum state { UNSAFE, ABSENT, OURS };

/* Ours: a folder that nobody else can look into. */
static enum state look(const char *path)
{
    int fd = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    enum state state = UNSAFE;
    struct stat about;

    if (fd < 0)
        return errno == ENOENT ? ABSENT : UNSAFE;
    if (fstat(fd, &about) == 0 && about.st_uid == geteuid() &&
        !(about.st_mode & 077) && !is_remote(fd))
        state = OURS;
    close(fd);
    return state;
}

/* Join, or false if it is too long. */
static bool join(char *path, const char *folder, const char *name,
                 const char *suffix)
{
    int size =
        snprintf(path, SOCKET_PATH_SIZE, "%s/%s%s", folder, name, suffix);

    return size > 0 && size < SOCKET_PATH_SIZE;
}

/* Homes are shared by hosts, and a socket is not: FNV-1a of the host's name. */
static void host_suffix(char suffix[16])
{
    struct utsname host;
    uint32_t hash = 2166136261u;

    if (uname(&host) < 0)
        host.nodename[0] = '\0';
    for (const char *at = host.nodename; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    snprintf(suffix, 16, ".%08x", (unsigned)hash);
}

static bool name_all(struct socket_folder *folder, const char *suffix)
{
    return join(folder->socket, folder->path, "s1", suffix) &&
           join(folder->lock, folder->path, "daemon.lock", suffix);
}

void socket_surroundings(struct socket_surroundings *around)
{
    around->runtime = getenv("XDG_RUNTIME_DIR");
    around->home = getenv("HOME");
}

/* 1, 0 or -1 as socket_folder_find. Another one may make it at the same time:
 * what counts is what stands there then. */
static int settle(struct socket_folder *folder, bool make)
{
    enum state state = look(folder->path);

    if (state == ABSENT && make) {
        mkdir(folder->path, 0700);
        state = look(folder->path);
    }
    if (state == ABSENT)
        return make ? -1 : 0;
    return state == OURS ? 1 : -1;
}

static int in_session(struct socket_folder *folder, const char *base, bool make)
{
    if (!base || base[0] != '/' || look(base) != OURS ||
        !join(folder->path, base, NAME, "") || !name_all(folder, ""))
        return -1;
    return settle(folder, make);
}

/* The folder above need not be closed to others: a home seldom is. */
static int at_home(struct socket_folder *folder, const char *home, bool make)
{
    char above[SOCKET_PATH_SIZE], suffix[16];
    struct stat about;

    host_suffix(suffix);
    if (!home || home[0] != '/' || stat(home, &about) < 0 ||
        about.st_uid != geteuid() || !join(above, home, ".cache", "") ||
        !join(folder->path, above, NAME, "") || !name_all(folder, suffix))
        return -1;
    if (make)
        mkdir(above, 0700);
    return settle(folder, make);
}

int socket_folder_find(struct socket_folder *folder,
                       const struct socket_surroundings *around, bool make)
{
    char session[64];
    int found = in_session(folder, around->runtime, make);

    if (found < 0) {
        snprintf(session, sizeof(session), "/run/user/%lu",
                 (unsigned long)geteuid());
        found = in_session(folder, session, make);
    }
    if (found < 0)
        found = at_home(folder, around->home, make);
    if (found < 0) {
        snprintf(folder->path, sizeof(folder->path), "/tmp/" NAME "-%lu",
                 (unsigned long)geteuid());
        found = name_all(folder, "") ? settle(folder, make) : -1;
    }
    return found;
}
