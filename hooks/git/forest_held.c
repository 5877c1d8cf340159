#include "hooks/git/forest_held.h"

#include <stdlib.h>

#include "core/base/memory.h"

#define CLASS_MIN 12                 /* the smallest has 4 KiB */
#define SHELF_MAX ((size_t)32 << 20) /* more is freed at once */

static size_t class_size(unsigned class)
{
    return (size_t)1 << (class + CLASS_MIN);
}

static unsigned class_of(size_t size)
{
    unsigned class = 0;

    while (class < HELD_CLASSES && class_size(class) < size)
        class ++;
    return class;
}

struct held *held_take(struct shelf *shelf, size_t size)
{
    unsigned class = class_of(size);
    struct held *held;

    if (class == HELD_CLASSES)
        return NULL;
    held = shelf->classes[class];
    if (held) {
        shelf->classes[class] = held->next;
        shelf->size -= class_size(class);
    } else {
        held = memory_resize(NULL, 1, sizeof(*held) + class_size(class));
        held->class = class;
    }
    atomic_init(&held->users, 1);
    held->data = NULL;
    held->object = (struct forest_object){ .bytes = { held->bytes, size },
                                           .delta = TEXT_EMPTY };
    return held;
}

struct held *held_share(struct held *held)
{
    atomic_fetch_add_explicit(&held->users, 1, memory_order_relaxed);
    return held;
}

/* Where there is one user, nobody else can add one. */
bool held_is_last(struct held *held)
{
    return atomic_load_explicit(&held->users, memory_order_acquire) == 1 ||
           atomic_fetch_sub_explicit(&held->users, 1, memory_order_acq_rel) ==
               1;
}

void held_give_back(struct shelf *shelf, struct held *held)
{
    if (shelf->size + class_size(held->class) > SHELF_MAX) {
        free(held);
        return;
    }
    held->next = shelf->classes[held->class];
    shelf->classes[held->class] = held;
    shelf->size += class_size(held->class);
}

void shelf_release(struct shelf *shelf)
{
    for (unsigned i = 0; i < HELD_CLASSES; i++)
        while (shelf->classes[i]) {
            struct held *held = shelf->classes[i];

            shelf->classes[i] = held->next;
            free(held);
        }
    shelf->size = 0;
}
