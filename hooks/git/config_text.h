/*
 * The syntax of git's configuration files (git-config(1)), read from memory:
 * nothing is run, no other file is looked at, and an `include` is a section
 * like any other.
 */
#ifndef TMPGUARD_HOOKS_GIT_CONFIG_TEXT_H
#define TMPGUARD_HOOKS_GIT_CONFIG_TEXT_H

#include <stdint.h>

#include "core/base/error.h"
#include "core/base/text.h"

/* `[section "subsection"] key = value`; valid during the visit only. */
struct config_item {
    const char *section;    /* in lower case */
    const char *subsection; /* NULL: there is none */
    const char *key;        /* as it is written: its case does not count */
    const char *value;      /* without quotes; NULL: no '=', which means true */
    uint32_t line;          /* of the key, from 1 */
};

/* Returns 0 to go on, or another value, with *err if it is -1. */
typedef int config_visit(const struct config_item *item, void *payload,
                         struct error *err);

/*
 * Visit all settings in their order. Returns 0, what a visit returned, or -1
 * with ERROR_FORMAT: "NAME:LINE: …" about what git would refuse too, and about
 * NUL bytes. What stands before that was visited.
 */
int config_text_each(const char *name, struct text bytes, config_visit *visit,
                     void *payload, struct error *err);

/* true, yes, on, 1 or no value: 1; false, no, off, 0, "": 0; else -1. */
int config_text_bool(const char *value);

#endif
