/*
 * The files of a tree that need each other, decided together (core/facts/link):
 * what a file is alone is known, what differs for it in this tree is found
 * here.
 *
 * A file is decided anew if what it needs is in the tree, or if it mentions a
 * name by which another file gives a target away. So where nothing leads from
 * one file to another, nothing is read.
 */
#ifndef TMPGUARD_HOOKS_JOINT_JOINT_H
#define TMPGUARD_HOOKS_JOINT_JOINT_H

#include "core/facts/facts.h"
#include "hooks/joint/imports.h"
#include "hooks/joint/modules.h"

/* May the bytes of a file matter? Asked in any thread. */
typedef bool joint_wanted(void *payload, struct text bytes);
typedef void joint_visit(void *payload, const char *path, struct text bytes);
typedef void joint_miss(void *payload, const char *path,
                        const struct error *err);

#define JOINT_IDENTITY_MAX 32

/* A search of the files of a tree. */
struct joint_search {
    /* May a file with these imports matter? */
    bool (*may_import)(void *payload, const struct imports_words *words);
    joint_wanted *wanted;
    /* Another one wherever another text would be wanted: for keeping of which
       files it is known that they are not. At most JOINT_IDENTITY_MAX bytes. */
    struct text identity;
    joint_visit *visit;
    joint_miss *miss; /* it may matter, and cannot be read: it is incomplete */
    void *payload;
};

struct joint_tree {
    modules_ask *ask;
    /* Append the bytes of a file. Returns 0, or -1 and *err. */
    int (*read)(void *context, const char *path, struct buffer *bytes,
                struct error *err);
    /* Visit each Python file that is wanted, or miss it. Whose imports are
       known, and may not matter, need not be read. */
    void (*search)(void *context, const struct joint_search *search);
    /*
     * For keeping answers from one run to the next; NULL to do without. Append
     * what stands at a path: other bytes for other contents. Append what was
     * kept under a key, or return 0.
     */
    int (*identify)(void *context, struct text path, struct buffer *out);
    int (*recall)(void *context, struct text key, struct buffer *value);
    void (*remember)(void *context, struct text key, struct text value);
    void *context;
    /* So many may use `ask` and `read` at the same time; 0 is one. Then no
       answers are kept. */
    unsigned threads;
};

struct joint_file {
    char *path;
    struct facts facts; /* what holds in this tree, once decided */
    bool is_incomplete; /* for the reason in err */
    bool is_changed;    /* decided anew: it is not what it is alone */
    struct error err;
};

struct joint;

/* The tree must outlive it. `coarse`: with findings for --codeql-compat. */
struct joint *joint_open(const struct joint_tree *tree, bool coarse);
void joint_close(struct joint *joint);

/*
 * A file, with its facts alone, which are the joint's from now on. Files
 * without findings, needs and exports need not be added.
 */
void joint_add(struct joint *joint, const char *path, struct facts *facts);

/* A file that cannot be read or analysed: it is incomplete for that reason. */
void joint_add_failed(struct joint *joint, const char *path,
                      const struct error *err);

/* Decide all together. */
void joint_decide(struct joint *joint);

/* The file of that path, or NULL. */
const struct joint_file *joint_find(const struct joint *joint,
                                    const char *path);

/* The files: those added, and others with findings from this tree. */
size_t joint_count(const struct joint *joint);
const struct joint_file *joint_file(const struct joint *joint, size_t index);

/*
 * The words of all searches: a file that was not added is only looked at for
 * its own sake if it imports one of them (imports_meet).
 */
const struct intern *joint_words(const struct joint *joint);

#endif
