/* Who may get what a file gives away: found by the text of all files. */
#include <stdlib.h>

#include "core/memory.h"
#include "hooks/imports.h"
#include "hooks/joint_parts.h"
#include "hooks/mention.h"

void joint_close_search(struct search *search)
{
    free((char *)(uintptr_t)search->module.bytes);
    intern_release(&search->names);
    free(search->group.items);
}

void joint_search_for(struct joint *joint, uint32_t number,
                      const struct intern *exports, const struct numbers *group)
{
    uint32_t at = joint_index(joint, number);
    struct entry *entry = joint->entries[at];
    struct search *search = NULL;

    for (uint32_t i = 0; i < intern_count(exports); i++) {
        struct text name = intern_text(exports, i);
        uint32_t before = intern_count(&entry->searched);

        if (intern_add(&entry->searched, name) < before)
            continue;
        if (!search)
            search = ARRAY_PUSH(joint->searches);
        intern_add(&search->names, name);
    }
    if (!search)
        return;
    {
        struct text module = mention_module(text_of(entry->shown.path));

        search->module = (struct text){ memory_copy(module.bytes, module.size),
                                        module.size };
    }
    joint_add_number(&search->group, number);
    for (size_t i = 0; i < group->items_count; i++)
        joint_add_number(&search->group, group->items[i]);
}

/* Is the module in that package, at whatever depth? */
static bool is_within(struct joint *joint, uint32_t module, uint32_t package)
{
    struct text path = modules_path(&joint->modules, package);
    struct text init = TEXT("__init__.py");

    if (modules_is_folder(&joint->modules, package))
        return text_starts_with(modules_path(&joint->modules, module), path);
    return text_ends_with(path, init) &&
           text_starts_with(modules_path(&joint->modules, module),
                            text_slice(path, 0, path.size - init.size));
}

/* Does a file with that text import the module, or a package around it? */
static bool imports_module(struct joint *joint, uint32_t from, struct text text,
                           uint32_t module)
{
    struct imports imports = { .text = text };
    struct text name;

    while (imports_next(&imports, &name)) {
        uint32_t found = joint_find_module(joint, from, name);

        if (found != MODULES_NONE &&
            (found == module || is_within(joint, module, found)))
            return true;
    }
    return false;
}

static bool may_get(struct joint *joint, const struct search *search,
                    uint32_t number, struct text text)
{
    return search->group.items[0] != number &&
           mention_may_get(text, search->module, &search->names) &&
           (imports_module(joint, number, text, search->group.items[0]) ||
            (imports_by_call(text) && mention_any(text, &search->names)));
}

/* Does the text mention what any search is after? */
static bool is_wanted(void *payload, struct text text)
{
    const struct joint *joint = payload;
    size_t i = 0;

    while (i < joint->searches_count &&
           !mention_may_get(text, joint->searches[i].module,
                            &joint->searches[i].names))
        i++;
    return i < joint->searches_count;
}

static void search_file(void *payload, const char *path, struct text text)
{
    struct joint *joint = payload;
    uint32_t number = modules_add(&joint->modules, text_of(path));

    for (size_t i = 0; i < joint->searches_count; i++) {
        const struct search *search = &joint->searches[i];
        uint32_t index;

        if (!may_get(joint, search, number, text))
            continue;
        index = joint_index(joint, number);
        for (size_t j = 0; j < search->group.items_count; j++)
            if (search->group.items[j] != number &&
                joint_add_number(&joint->entries[index]->with,
                                 search->group.items[j]))
                joint_wait(joint, index);
    }
}

void joint_search_all(struct joint *joint)
{
    joint->tree->search(joint->tree->context, is_wanted, search_file, joint);
    for (size_t i = 0; i < joint->searches_count; i++)
        joint_close_search(&joint->searches[i]);
    joint->searches_count = 0;
}
