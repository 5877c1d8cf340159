/*
 * Functions that are never right here: calling one is an error. Every file of
 * the four layers is compiled with `-include core/base/banned.h`, so nobody has
 * to remember it. popen and localtime, whose types need headers, are found by
 * tests/style/symbols, alloca by -Walloca.
 */
#ifndef TMPGUARD_CORE_BASE_BANNED_H
#define TMPGUARD_CORE_BASE_BANNED_H

#if defined(__has_attribute)
#if __has_attribute(unavailable)
#define BANNED(instead) __attribute__((unavailable("banned: " instead)))
#endif
#endif
#ifndef BANNED
#define BANNED(instead)
#endif

char *strcpy(char *, const char *) BANNED("use memory_copy or a buffer");
char *strcat(char *, const char *) BANNED("use a buffer");
char *strncpy(char *, const char *, __SIZE_TYPE__) BANNED("use memcpy");
char *strtok(char *, const char *) BANNED("use text_find");
int sprintf(char *, const char *, ...) BANNED("use snprintf or a buffer");
int vsprintf(char *, const char *, __builtin_va_list)
    BANNED("use vsnprintf or a buffer");
int atoi(const char *) BANNED("it cannot tell an error; use strtol");
long atol(const char *) BANNED("it cannot tell an error; use strtol");
char *gets(char *) BANNED("use fgets");
char *mktemp(char *) BANNED("use mkstemp");
char *tmpnam(char *) BANNED("use mkstemp");
char *tempnam(const char *, const char *) BANNED("use mkstemp");
int system(const char *) BANNED("no shell: use execv");
int rand(void) BANNED("use getrandom");

#undef BANNED

#endif
