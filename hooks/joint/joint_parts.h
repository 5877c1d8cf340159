/*
 * The parts of the joint, for joint*.c alone.
 */
#ifndef TMPGUARD_HOOKS_JOINT_JOINT_PARTS_H
#define TMPGUARD_HOOKS_JOINT_JOINT_PARTS_H

#include "core/facts/link.h"
#include "hooks/joint/joint.h"

#define NO_ENTRY UINT32_MAX

struct numbers {
    uint32_t *items;
    size_t items_count, items_room;
};

/* A file that takes part. */
struct entry {
    struct joint_file shown;
    uint32_t number;    /* of the module */
    struct facts own;   /* decided anew, once is_own */
    struct facts extra; /* found in it when others were decided */
    bool is_own, is_waiting;
    struct numbers with;    /* files that it is decided with */
    struct buffer ahead;    /* what comes of deciding it: see answer.h */
    struct intern searched; /* exports that were searched for */
};

/* Names that a file gives targets away by, or is given modules by, to be
   searched for. */
struct search {
    char *module; /* the last part of its name */
    struct intern names;
    struct intern modules; /* one of them is mentioned, if there is any */
    struct intern words;  /* one of them is in the imports of who can get one */
    struct numbers group; /* the file first, and with whom it has the names */
};

struct joint {
    const struct joint_tree *tree;
    struct modules modules;
    struct link_tree link_tree;
    struct link *link;
    bool coarse;
    struct entry **entries;
    size_t entries_count, entries_room;
    uint32_t *entry_of; /* by module number, or NO_ENTRY */
    size_t entry_of_count, entry_of_room;
    struct numbers waiting; /* entries */
    struct search *searches;
    size_t searches_count, searches_room;
    struct intern words;   /* of all searches, while files are searched, */
    struct numbers relays; /* and who passes on what: file, search, … */
    struct intern relayed; /* for which files that was searched for */
    struct intern searched_words; /* of all searches, afterwards */
    struct intern probes;         /* files and names that were asked after, */
    bool *provided;               /* and what came of it */
    size_t provided_count, provided_room;
};

/* ---- joint.c ---------------------------------------------------------------
 */

/* The number of a module's entry, which is new if there was none. */
uint32_t joint_index(struct joint *joint, uint32_t number);

/* A link of its own numbers, which are those of *modules. */
struct link *joint_open_link(struct joint *joint, struct modules *modules,
                             struct link_tree *tree);

/* The entry has to be decided. */
void joint_wait(struct joint *joint, uint32_t index);

/* The file is incomplete, for that reason. */
void joint_fail(struct joint *joint, uint32_t number, const struct error *err);

/* Says whether that is new. */
bool joint_add_number(struct numbers *numbers, uint32_t number);

/* What an answer is kept under: its kind, the file as it stands there, and what
 * else it is about. */
void joint_put_key(const struct joint *joint, char kind, uint32_t number,
                   struct buffer *key);

/* ---- joint_ahead.c ---------------------------------------------------------
 */

/* Have several threads decide what waits, if the tree allows for it. */
void joint_look_ahead(struct joint *joint);

/* ---- joint_needs.c ---------------------------------------------------------
 */

/* The file that an import in the file `from` names, or MODULES_NONE. */
uint32_t joint_find_module(struct joint *joint, uint32_t from,
                           struct text name);

/* Does one of the file's needs lead to something in this tree? */
bool joint_needs_others(struct joint *joint, const struct entry *entry);

/* ---- joint_search.c --------------------------------------------------------
 */

/* Search for who may get these names of a module, soon; `group` has them. */
void joint_search_for(struct joint *joint, uint32_t number,
                      const struct intern *exports,
                      const struct numbers *group);

/* Search all files: those that may get something wait to be decided. */
void joint_search_all(struct joint *joint);

void joint_close_search(struct search *search);

#endif
