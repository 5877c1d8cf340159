/*
 * What a worker of the daemon may use: bounded memory, processor time, files
 * and file sizes, no core dump, no new privileges.
 */
#ifndef TMPGUARD_CMD_DAEMON_CONFINE_H
#define TMPGUARD_CMD_DAEMON_CONFINE_H

#include <stdbool.h>

/* Private memory and address space, in bytes (files are mapped whole);
 * processor time in seconds; open files; the size of one that is written. */
#define CONFINE_DATA      ((unsigned long)1 << 30)
#define CONFINE_SPACE     ((unsigned long)64 << 30)
#define CONFINE_SECONDS   10ul
#define CONFINE_FILES     256ul
#define CONFINE_FILE_SIZE ((unsigned long)16 << 20)

/* A sanitizer reserves more address space than any bound: no bounds of memory
 * then. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CONFINE_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CONFINE_SANITIZED true
#endif
#endif
#ifndef CONFINE_SANITIZED
#define CONFINE_SANITIZED false
#endif

/* Begin: it cannot be taken back, and children inherit it. 0, or -1. */
int confine(void);

/* No core dump with somebody's source in it: the daemon, too. */
void confine_dumps(void);

#endif
