/*
 * Reduced trees: of a tree only what has findings, or may have them. Equal
 * ones have the same number, which nearly all trees of a history share.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_FORMS_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/intern.h"

/* The tree without such files. */
#define FORM_EMPTY 0

enum form_kind {
    FORM_FILE, /* value: its blob */
    FORM_TREE, /* value: its form */
    FORM_GONE, /* in changes only: none of this name any more */
};

/* An entry. Files and folders of one name are different entries. */
struct form_item {
    uint32_t name;
    bool folder;
    enum form_kind kind;
    uint32_t value;
    uint32_t order; /* private */
};

/* Those that a form is made of. Start from { 0 }. */
struct form_items {
    struct form_item *at;
    size_t at_count, at_room;
};

/* Made by forms_begin. */
struct forms {
    const struct intern *names;
    struct intern forms; /* private encoding */
};

/* The names must stay where they are. */
void forms_begin(struct forms *forms, const struct intern *names);

/* The form `base` with these changes. They may be in any order, and are put
 * into another one; what is there twice counts once, as it was first. */
uint32_t forms_make(struct forms *forms, uint32_t base,
                    struct form_items *changes);

/* How many there are: numbers are below it, and what is in one below it. */
uint32_t forms_count(const struct forms *forms);

/* The form that stands for the unreadable tree number `tree`, and back: false
 * if it is another one. */
uint32_t forms_lost(struct forms *forms, uint32_t tree);
bool forms_is_lost(const struct forms *forms, uint32_t form, uint32_t *tree);

/* Item `at` of a form, sorted by name, a file before a folder; false behind
 * its end. */
bool forms_item(const struct forms *forms, uint32_t form, size_t at,
                struct form_item *item);

/* The item of this name. */
bool forms_find(const struct forms *forms, uint32_t form, struct text name,
                bool folder, struct form_item *item);

void forms_release(struct forms *forms);

#endif
