/* The calls on sockets that may fail, in the place of the C library's. */
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/faults/plan.h"

int socket(int domain, int type, int protocol)
{
    return plan_fails_path(SOCKET, -1, NULL)
               ? -1
               : (int)syscall(SYS_socket, domain, type, protocol);
}

int socketpair(int domain, int type, int protocol, int ends[2])
{
    return plan_fails_path(SOCKET, -1, NULL)
               ? -1
               : (int)syscall(SYS_socketpair, domain, type, protocol, ends);
}

int connect(int fd, __CONST_SOCKADDR_ARG name, socklen_t size)
{
    return plan_fails_file(SOCKET, fd)
               ? -1
               : (int)syscall(SYS_connect, fd, name.__sockaddr__, size);
}

int bind(int fd, __CONST_SOCKADDR_ARG name, socklen_t size)
{
    return plan_fails_file(SOCKET, fd)
               ? -1
               : (int)syscall(SYS_bind, fd, name.__sockaddr__, size);
}

int listen(int fd, int waiting)
{
    return plan_fails_file(SOCKET, fd) ? -1
                                       : (int)syscall(SYS_listen, fd, waiting);
}

int accept4(int fd, __SOCKADDR_ARG name, socklen_t *size, int flags)
{
    return plan_fails_file(SOCKET, fd)
               ? -1
               : (int)syscall(SYS_accept4, fd, name.__sockaddr__, size, flags);
}

ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
    return plan_fails_file(SOCKET, fd)
               ? -1
               : syscall(SYS_sendto, fd, bytes, plan_shorter(fd, size), flags,
                         NULL, 0);
}

ssize_t recv(int fd, void *bytes, size_t size, int flags)
{
    return plan_fails_file(SOCKET, fd)
               ? -1
               : syscall(SYS_recvfrom, fd, bytes, plan_shorter(fd, size), flags,
                         NULL, NULL);
}

/* Half of a message that is in one piece. */
static ssize_t pass_message(long call, int fd, struct msghdr *message,
                            int flags)
{
    struct iovec *whole = message->msg_iov, half;
    ssize_t passed;

    if (plan_fails_file(SOCKET, fd))
        return -1;
    if (message->msg_iovlen == 1) {
        half =
            (struct iovec){ whole->iov_base, plan_shorter(fd, whole->iov_len) };
        message->msg_iov = &half;
    }
    passed = syscall(call, fd, message, flags);
    message->msg_iov = whole;
    return passed;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    struct msghdr copy = *message;

    return pass_message(SYS_sendmsg, fd, &copy, flags);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    return pass_message(SYS_recvmsg, fd, message, flags);
}
