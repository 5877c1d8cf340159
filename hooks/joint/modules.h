/*
 * Which file of a tree an import names: Python's rules for packages, relative
 * imports and namespace packages (the Python language reference, 5; PEP 328,
 * PEP 420), and for where sys.path leads a guess: the folder of a script, the
 * folder around a package, and every folder further out, with `src` and `lib`
 * in it.
 *
 * Paths are relative to the root of the tree, without "./"; "" is the root.
 */
#ifndef TMPGUARD_HOOKS_JOINT_MODULES_H
#define TMPGUARD_HOOKS_JOINT_MODULES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/intern.h"
#include "core/base/text.h"

enum modules_kind { MODULES_NOTHING, MODULES_FILE, MODULES_FOLDER };

/* What stands at a path? Asked once for each. */
typedef enum modules_kind modules_ask(void *context, struct text path);

#define MODULES_NONE UINT32_MAX

/* Start from { .ask = …, .context = … }. */
struct modules {
    modules_ask *ask;
    void *context;
    struct intern
        *trace; /* takes each path that an answer depends on, or NULL */
    struct intern asked; /* paths, */
    uint8_t *kinds;      /* and what stands there */
    size_t kinds_count, kinds_room;
};

/* The number of a path, which may be a file that is no module. */
uint32_t modules_add(struct modules *modules, struct text path);

/* The path of a number, valid until the next call. */
struct text modules_path(const struct modules *modules, uint32_t number);

/* Is it a folder, a package without a file of its own? */
bool modules_is_folder(struct modules *modules, uint32_t number);

/*
 * The module that `import name` means in the file `from`, MODULES_NONE if it
 * is none of the tree. Dots first if relative. With `beside`, only a file in
 * the folder of a script.
 */
uint32_t modules_find(struct modules *modules, uint32_t from, struct text name,
                      bool beside);

/* The module of that name in a package. */
uint32_t modules_inside(struct modules *modules, uint32_t package,
                        struct text name);

/* Give the memory back; releasing twice is fine. */
void modules_release(struct modules *modules);

#endif
