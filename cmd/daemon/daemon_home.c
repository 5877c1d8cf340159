#include "cmd/daemon/daemon_home.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 128

static int open_lock(const char *path)
{
    return open(
        path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK,
        0600);
}

/* 1, 0 if it is another's, -1 and *err. */
static int take_lock(struct daemon_home *home, struct error *err)
{
    struct stat about;

    home->lock = open_lock(home->folder.lock);
    if (home->lock < 0 || fstat(home->lock, &about) < 0)
        return error_set_errno(err, "%s", home->folder.lock);
    if (!S_ISREG(about.st_mode) || about.st_uid != geteuid())
        return error_set(err, ERROR_SYSTEM, "%s: not a file of this user",
                         home->folder.lock);
    /* With a socket of systemd's, ending would start us again and again: wait
     * until the other daemon sees that its socket was taken away. */
    if (flock(home->lock, LOCK_EX | (home->adopted ? 0 : LOCK_NB)) == 0)
        return 1;
    if (errno == EWOULDBLOCK)
        return 0;
    return error_set_errno(err, "cannot lock %s", home->folder.lock);
}

/* A socket that is left over may go; anything else stays. */
static int clear_name(const char *path, struct error *err)
{
    struct stat about;

    if (lstat(path, &about) < 0)
        return errno == ENOENT ? 0 : error_set_errno(err, "%s", path);
    if (!S_ISSOCK(about.st_mode))
        return error_set(err, ERROR_SYSTEM, "%s: not a socket; remove it",
                         path);
    if (unlink(path) < 0)
        return error_set_errno(err, "cannot remove %s", path);
    return 0;
}

static int listen_there(struct daemon_home *home, struct error *err)
{
    const char *path = home->folder.socket;
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    mode_t before;
    int bound;

    if (clear_name(path, err) < 0)
        return -1;
    memcpy(name.sun_path, path, strlen(path));
    home->listener =
        socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (home->listener < 0)
        return error_set_errno(err, "cannot make a socket");
    before = umask(0177);
    bound = bind(home->listener, (const struct sockaddr *)&name, sizeof(name));
    umask(before);
    if (bound < 0 || listen(home->listener, BACKLOG) < 0)
        return error_set_errno(err, "cannot listen at %s", path);
    return 0;
}

/* It must listen under the name where clients look. Listening again makes the
 * kernel name us, and not who made the socket, as the one who does. */
static int adopt(struct daemon_home *home, int adopted, struct error *err)
{
    struct sockaddr_un name = { .sun_family = AF_UNSPEC };
    socklen_t size = sizeof(name) - 1;

    home->listener = adopted;
    if (getsockname(adopted, (struct sockaddr *)&name, &size) < 0 ||
        name.sun_family != AF_UNIX ||
        strcmp(name.sun_path, home->folder.socket) != 0)
        return error_set(err, ERROR_SYSTEM,
                         "the socket that was passed on is not %s",
                         home->folder.socket);
    if (fcntl(adopted, F_SETFD, FD_CLOEXEC) < 0 ||
        fcntl(adopted, F_SETFL, O_NONBLOCK) < 0 || listen(adopted, BACKLOG) < 0)
        return error_set_errno(err, "cannot use the socket passed on");
    return 0;
}

int daemon_home_take(struct daemon_home *home, int adopted, struct error *err)
{
    struct socket_surroundings around;
    int taken;

    socket_surroundings(&around);
    if (socket_folder_find(&home->folder, &around, true) != 1)
        return error_set(err, ERROR_SYSTEM,
                         "no folder for the socket: none of "
                         "$XDG_RUNTIME_DIR, $HOME/.cache/tmpguard and "
                         "/tmp/tmpguard-UID is this user's alone, on a local "
                         "disk and short enough");
    home->adopted = adopted >= 0;
    taken = take_lock(home, err);
    if (taken <= 0)
        return taken;
    if ((adopted >= 0 ? adopt(home, adopted, err) : listen_there(home, err)) <
        0)
        return -1;
    if (lstat(home->folder.socket, &home->about) < 0)
        return error_set_errno(err, "%s", home->folder.socket);
    return 1;
}

bool daemon_home_is_ours(const struct daemon_home *home)
{
    struct stat about;

    return lstat(home->folder.socket, &about) == 0 &&
           about.st_dev == home->about.st_dev &&
           about.st_ino == home->about.st_ino;
}

void daemon_home_leave(struct daemon_home *home)
{
    if (home->listener >= 0 && !home->adopted && daemon_home_is_ours(home))
        unlink(home->folder.socket);
}

bool daemon_home_is_taken(const struct socket_folder *folder)
{
    int lock = open(folder->lock,
                    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
    bool taken;

    if (lock < 0)
        return false;
    taken = flock(lock, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
    close(lock);
    return taken;
}

void daemon_home_release(struct daemon_home *home)
{
    if (home->listener >= 0)
        close(home->listener);
    if (home->lock >= 0)
        close(home->lock);
    home->listener = home->lock = -1;
}
