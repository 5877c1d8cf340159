/*
 * The rule table: the functions that are never safe to call, and what people
 * are told about them. The rule is CodeQL's py/insecure-temporary-file.
 */
#ifndef TMPGUARD_CORE_RULE_RULE_H
#define TMPGUARD_CORE_RULE_RULE_H

#include <stdbool.h>

#include "core/base/text.h"

#define RULE_ID "py/insecure-temporary-file"

/* Sorted by name, so that findings at one place sort by number. */
enum target {
    TARGET_OS_TEMPNAM,
    TARGET_OS_TMPNAM,
    TARGET_TEMPFILE_MKTEMP,
    TARGET_COUNT,
};

struct target_info {
    const char *module, *member; /* "tempfile", "mktemp" */
    const char *name;            /* "tempfile.mktemp" */
    const char *message;         /* CodeQL's words for a finding */
    const char *reason;          /* why it is insecure, one sentence */
    const char *remedy;          /* the secure replacement, one sentence */
};

/* The row of a target; static, never NULL. */
const struct target_info *rule_target(enum target target);

/* The target that `member` of the module `module` is, or TARGET_COUNT. */
enum target rule_find(struct text module, struct text member);

/* Is it a parameter that pytest fills, with an object that has a mktemp of its
   own? By far the commonest, so nobody is looked for who passes a module. */
bool rule_is_fixture(struct text parameter);

#endif
