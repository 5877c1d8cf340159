/*
 * Files that wait to be decided do not depend on what comes of each other. So
 * several threads decide them, each with a link of its own; the answers are
 * taken one after the other, as if they were found then. What a thread fails
 * at is decided again, for its reason.
 */
#include <stdatomic.h>
#include <stdlib.h>

#include "hooks/joint/answer.h"
#include "hooks/joint/joint_parts.h"
#include "hooks/system/pool.h"

struct crew {
    struct joint *joint;
    atomic_size_t taken; /* of those that wait, from the last on */
};

/* The thread's own number of a module of the joint. */
static uint32_t own_number(const struct joint *joint, struct modules *modules,
                           uint32_t number)
{
    return modules_add(modules, modules_path(&joint->modules, number));
}

static void decide(const struct joint *joint, struct modules *modules,
                   struct link *link, struct entry *entry)
{
    struct link_result result = LINK_RESULT_EMPTY;
    struct numbers files = { .items = NULL };
    struct error err;

    joint_add_number(&files, own_number(joint, modules, entry->number));
    for (size_t i = 0; i < entry->with.items_count; i++)
        joint_add_number(&files,
                         own_number(joint, modules, entry->with.items[i]));
    if (link_run(link, files.items, files.items_count, joint->coarse, &result,
                 &err) == 0)
        answer_put_files(&entry->ahead, modules, &result);
    link_release(&result);
    free(files.items);
}

static void work(void *job)
{
    struct crew *crew = job;
    struct joint *joint = crew->joint;
    const struct numbers *waiting = &joint->waiting;
    struct modules modules;
    struct link_tree tree;
    struct link *link = joint_open_link(joint, &modules, &tree);
    size_t taken;

    while ((taken = atomic_fetch_add(&crew->taken, 1)) < waiting->items_count)
        decide(
            joint, &modules, link,
            joint->entries[waiting->items[waiting->items_count - 1 - taken]]);
    link_close(link);
    modules_release(&modules);
}

void joint_look_ahead(struct joint *joint)
{
    struct crew crew = { .joint = joint };
    size_t threads = joint->tree->threads;
    struct pool *pool;

    if (threads > joint->waiting.items_count)
        threads = joint->waiting.items_count;
    if (threads < 2)
        return;
    pool = pool_open((unsigned)threads, work);
    for (size_t i = 0; i < threads; i++)
        pool_give(pool, &crew, 1, threads);
    pool_close(pool);
}
