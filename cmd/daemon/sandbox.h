/*
 * What the kernel takes from a process for good, beyond its bounds
 * (confine.h): calls by a filter of seccomp, folders by Landlock. Children
 * inherit both. A kernel that has one of them not, or a build with sanitizers,
 * which make calls of their own, goes without: no verdict depends on it.
 */
#ifndef TMPGUARD_CMD_DAEMON_SANDBOX_H
#define TMPGUARD_CMD_DAEMON_SANDBOX_H

enum {
    SANDBOX_CALLS = 1, /* seccomp */
    SANDBOX_FILES = 2, /* Landlock */
};

/* Which of them there are here. */
unsigned sandbox_kinds(void);

/* The same in words, for people. */
const char *sandbox_words(unsigned kinds);

/*
 * Who reads a repository and runs git: without sockets of its own making,
 * other processes' memory, the kernel's administration and the modes and
 * owners of files. What it asks for of that fails with EPERM.
 */
void sandbox_reader(void);

/*
 * From now on nothing is written but /dev/null and what is below `folder`
 * (NULL: nothing), and no signal is sent to other processes than its children.
 * What is open stays open.
 */
void sandbox_files(const char *folder);

/*
 * Who has all that it needs: it reads and writes what is open, has memory and
 * a clock, and ends. With any other call the kernel kills it (SIGSYS).
 */
void sandbox_thinker(void);

#endif
