/* Who may get what a file gives away: found by the text of all files. */
#include <stdlib.h>

#include "core/memory.h"
#include "hooks/imports.h"
#include "hooks/joint_parts.h"
#include "hooks/mention.h"

/* With more searches than that, what a file imports tells sooner which. */
#define SEARCHES_TRIED_MAX 8

void joint_close_search(struct search *search)
{
    free(search->module);
    intern_release(&search->names);
    intern_release(&search->words);
    free(search->group.items);
}

/* The module's own name and those of the packages around it; of a package
 * itself, also that it may be imported without a name. */
static void add_words(const struct joint *joint, struct text path,
                      struct search *search)
{
    size_t start = 0, end;

    intern_add(&search->words, text_of(search->module));
    if (text_ends_with(path, TEXT("__init__.py")))
        intern_add(&search->words, TEXT(IMPORTS_RELATIVE));
    for (; (end = text_find(path, '/', start)) < path.size; start = end + 1) {
        struct buffer init = BUFFER_EMPTY;

        buffer_text(&init, text_slice(path, 0, end));
        buffer_string(&init, "/__init__.py");
        if (joint->tree->ask(joint->tree->context, buffer_view(&init)) ==
            MODULES_FILE)
            intern_add(&search->words, text_slice(path, start, end));
        buffer_release(&init);
    }
}

static void name_module(const struct joint *joint, struct text path,
                        struct search *search)
{
    struct text module = mention_module(path);

    search->module = memory_copy(module.bytes, module.size);
    add_words(joint, path, search);
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
    name_module(joint, text_of(entry->shown.path), search);
    joint_add_number(&search->group, number);
    for (size_t i = 0; i < group->items_count; i++)
        joint_add_number(&search->group, group->items[i]);
}

/* ---- one file ------------------------------------------------------------ */

/* A file on the way through the searches. */
struct reading {
    struct joint *joint;
    uint32_t number;
    struct text text;
};

/* The names are got from where the search says: decide the file with that. */
static void take(const struct reading *reading, const struct search *search)
{
    struct joint *joint = reading->joint;
    uint32_t index = joint_index(joint, reading->number);

    for (size_t i = 0; i < search->group.items_count; i++)
        if (search->group.items[i] != reading->number &&
            joint_add_number(&joint->entries[index]->with,
                             search->group.items[i]))
            joint_wait(joint, index);
}

static void try_search(const struct reading *reading,
                       const struct search *search)
{
    if (search->group.items[0] != reading->number &&
        mention_may_get(reading->text, text_of(search->module), &search->names))
        take(reading, search);
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

/* The file imports that module: what is searched for may be in it, or, if it
 * is a package, beneath it. */
static void try_import(const struct reading *reading, uint32_t module)
{
    struct joint *joint = reading->joint;

    for (size_t i = 0; i < joint->searches_count; i++) {
        uint32_t giver = joint->searches[i].group.items[0];

        if (giver == module || is_within(joint, giver, module))
            try_search(reading, &joint->searches[i]);
    }
}

static void try_imports(const struct reading *reading)
{
    struct imports imports = { .text = reading->text };
    struct intern tried = INTERN_EMPTY;
    struct text name;

    while (imports_next(&imports, &name)) {
        uint32_t before = intern_count(&tried), module;

        if (intern_add(&tried, name) < before)
            continue;
        module = joint_find_module(reading->joint, reading->number, name);
        if (module != MODULES_NONE)
            try_import(reading, module);
    }
    intern_release(&tried);
}

/* By a function anything may be imported; then the names have to be there. */
static void try_calls(const struct reading *reading)
{
    const struct joint *joint = reading->joint;

    for (size_t i = 0; i < joint->searches_count; i++)
        if (mention_any(reading->text, &joint->searches[i].names))
            try_search(reading, &joint->searches[i]);
}

static void search_file(void *payload, const char *path, struct text text)
{
    struct joint *joint = payload;
    const struct reading reading = {
        joint, modules_add(&joint->modules, text_of(path)), text
    };

    try_imports(&reading);
    if (imports_by_call(text))
        try_calls(&reading);
}

/* ---- all files ----------------------------------------------------------- */

/* Does the text mention what any search is after? Of very many all are. */
static bool is_wanted(void *payload, struct text text)
{
    const struct joint *joint = payload;
    size_t i = 0;

    if (joint->searches_count > SEARCHES_TRIED_MAX)
        return true;
    while (i < joint->searches_count &&
           !mention_may_get(text, text_of(joint->searches[i].module),
                            &joint->searches[i].names))
        i++;
    return i < joint->searches_count;
}

static bool may_import(void *payload, const struct imports_words *words)
{
    const struct joint *joint = payload;
    bool found = joint->searches_count > SEARCHES_TRIED_MAX ||
                 imports_has(words, TEXT(IMPORTS_BY_CALL));

    for (size_t i = 0; !found && i < joint->searches_count; i++) {
        const struct intern *wanted = &joint->searches[i].words;

        for (uint32_t j = 0; !found && j < intern_count(wanted); j++)
            found = imports_has(words, intern_text(wanted, j));
    }
    return found;
}

void joint_search_all(struct joint *joint)
{
    const struct joint_search search = { may_import, is_wanted, search_file,
                                         joint };

    joint->tree->search(joint->tree->context, &search);
    for (size_t i = 0; i < joint->searches_count; i++)
        joint_close_search(&joint->searches[i]);
    joint->searches_count = 0;
}
