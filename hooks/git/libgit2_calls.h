/*
 * libgit2, loaded when it is called for the first time. It brings some twenty
 * other libraries along, TLS among them, and git_libgit2_init reads all
 * certificates that the system trusts: to be linked with it took more time
 * than all the rest of a check.
 */
#ifndef TMPGUARD_HOOKS_GIT_LIBGIT2_CALLS_H
#define TMPGUARD_HOOKS_GIT_LIBGIT2_CALLS_H

#include <git2.h>

/* What is called of it; the headers say what each is. */
#define LIBGIT2_CALLS(CALL)                                                    \
    CALL(libgit2_init)                                                         \
    CALL(index_open)                                                           \
    CALL(index_entrycount)                                                     \
    CALL(index_get_byindex)                                                    \
    CALL(index_free)

#define LIBGIT2_CALL(name) __typeof__(git_##name) *(name);
struct libgit2_calls {
    LIBGIT2_CALLS(LIBGIT2_CALL)
};
#undef LIBGIT2_CALL

/*
 * The calls, after git_libgit2_init; NULL if there is no such library here,
 * in the version that this program was made for. It stays loaded. For the main
 * thread.
 */
const struct libgit2_calls *libgit2_calls(void);

#endif
