/* Who may get what a file gives away: found by the text of all files. */
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/object.h"
#include "hooks/joint/imports.h"
#include "hooks/joint/joint_parts.h"
#include "hooks/joint/mention.h"
#include "hooks/joint/trace.h"

/* With more searches than that, what a file imports tells sooner which. */
#define SEARCHES_TRIED_MAX 64

void joint_close_search(struct search *search)
{
    free(search->module);
    intern_release(&search->names);
    intern_release(&search->modules);
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

static void add_export(struct search *search, struct text export)
{
    size_t at = text_find(export, ' ', 0);

    intern_add(&search->names, text_slice(export, 0, at));
    while (at < export.size) {
        size_t end = text_find(export, ' ', at + 1);

        intern_add(&search->modules, text_slice(export, at + 1, end));
        at = end;
    }
}

/* For those of the exports that say which modules count, or for the others. */
static void search_for(struct joint *joint, struct entry *entry,
                       const struct intern *exports,
                       const struct numbers *group, bool with_modules)
{
    struct search *search = NULL;

    for (uint32_t i = 0; i < intern_count(exports); i++) {
        struct text export = intern_text(exports, i);
        uint32_t before = intern_count(&entry->searched);

        if ((text_find(export, ' ', 0) < export.size) != with_modules ||
            intern_add(&entry->searched, export) < before)
            continue;
        if (!search)
            search = ARRAY_PUSH(joint->searches);
        add_export(search, export);
    }
    if (!search)
        return;
    name_module(joint, text_of(entry->shown.path), search);
    joint_add_number(&search->group, entry->number);
    for (size_t i = 0; i < group->items_count; i++)
        joint_add_number(&search->group, group->items[i]);
}

void joint_search_for(struct joint *joint, uint32_t number,
                      const struct intern *exports, const struct numbers *group)
{
    struct entry *entry = joint->entries[joint_index(joint, number)];

    search_for(joint, entry, exports, group, false);
    search_for(joint, entry, exports, group, true);
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

/* A package names what its modules want: search for that by its own name. */
static void relay(const struct reading *reading, const struct search *search)
{
    struct joint *joint = reading->joint;

    if (!mention_any(reading->text, &search->names) ||
        !text_ends_with(modules_path(&joint->modules, reading->number),
                        TEXT("__init__.py")))
        return;
    *ARRAY_PUSH(joint->relays.items) = reading->number;
    *ARRAY_PUSH(joint->relays.items) = (uint32_t)(search - joint->searches);
}

static void try_search(const struct reading *reading,
                       const struct search *search)
{
    if (search->group.items[0] == reading->number ||
        !mention_may_get(reading->text, text_of(search->module),
                         &search->names))
        return;
    if (intern_count(&search->modules) == 0 ||
        mention_any(reading->text, &search->modules))
        take(reading, search);
    else
        relay(reading, search);
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

/* By a function anything may be imported; then the names have to be there.
   Who passes a module has no reason to do it that way. */
static void try_calls(const struct reading *reading)
{
    const struct joint *joint = reading->joint;

    for (size_t i = 0; i < joint->searches_count; i++)
        if (intern_count(&joint->searches[i].modules) == 0 &&
            mention_any(reading->text, &joint->searches[i].names))
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

static void miss_file(void *payload, const char *path, const struct error *err)
{
    joint_add_failed(payload, path, err);
}

/* ---- all files ----------------------------------------------------------- */

/* Does the text import and mention what any search is after? Of very many, tell
   by its imports alone. */
static bool is_wanted(void *payload, struct text text)
{
    const struct joint *joint = payload;
    size_t i = 0;

    if (!imports_meet(&joint->words, text))
        return false;
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
    bool found = imports_has(words, TEXT(IMPORTS_BY_CALL));

    for (uint32_t i = 0; !found && i < intern_count(&joint->words); i++)
        found = imports_has(words, intern_text(&joint->words, i));
    return found;
}

static void collect_words(struct joint *joint)
{
    for (size_t i = 0; i < joint->searches_count; i++) {
        const struct intern *words = &joint->searches[i].words;

        for (uint32_t j = 0; j < intern_count(words); j++)
            intern_add(&joint->words, intern_text(words, j));
    }
}

static void put_words(struct buffer *out, const struct intern *words)
{
    for (uint32_t i = 0; i < intern_count(words); i++)
        trace_put(out, intern_text(words, i));
    trace_put(out, TEXT_EMPTY);
}

/* All that is_wanted goes by. */
static struct object_id identify(const struct joint *joint)
{
    struct buffer all = BUFFER_EMPTY;
    struct object_id id;

    put_words(&all, &joint->words);
    for (size_t i = 0; i < joint->searches_count; i++) {
        trace_put(&all, text_of(joint->searches[i].module));
        put_words(&all, &joint->searches[i].names);
    }
    object_id_of(&id, OBJECT_BLOB, buffer_view(&all), JOINT_IDENTITY_MAX);
    buffer_release(&all);
    return id;
}

static void add_all(struct intern *to, const struct intern *from)
{
    for (uint32_t i = 0; i < intern_count(from); i++)
        intern_add(to, intern_text(from, i));
}

static bool is_relayed(struct joint *joint, uint32_t number,
                       const struct search *search)
{
    uint32_t words[3] = { number, search->group.items[0],
                          intern_count(&search->names) };
    uint32_t before = intern_count(&joint->relayed);

    return intern_add(&joint->relayed, (struct text){ (const char *)words,
                                                      sizeof(words) }) < before;
}

/* The search again, by another module's name. */
static void search_relayed(struct joint *joint, uint32_t number, size_t index)
{
    struct search *search;
    const struct search *from;

    if (is_relayed(joint, number, &joint->searches[index]))
        return;
    search = ARRAY_PUSH(joint->searches);
    from = &joint->searches[index];
    name_module(joint, modules_path(&joint->modules, number), search);
    add_all(&search->names, &from->names);
    add_all(&search->modules, &from->modules);
    joint_add_number(&search->group, number);
    for (size_t i = 0; i < from->group.items_count; i++)
        joint_add_number(&search->group, from->group.items[i]);
}

void joint_search_all(struct joint *joint)
{
    struct joint_search search = { .may_import = may_import,
                                   .wanted = is_wanted,
                                   .visit = search_file,
                                   .miss = miss_file,
                                   .payload = joint };
    size_t count = joint->searches_count;
    struct object_id identity;

    collect_words(joint);
    identity = identify(joint);
    search.identity =
        (struct text){ (const char *)identity.bytes, identity.size };
    joint->tree->search(joint->tree->context, &search);
    add_all(&joint->searched_words, &joint->words);
    intern_release(&joint->words);
    for (size_t i = 0; i < joint->relays.items_count; i += 2)
        search_relayed(joint, joint->relays.items[i],
                       joint->relays.items[i + 1]);
    joint->relays.items_count = 0;
    for (size_t i = 0; i < count; i++)
        joint_close_search(&joint->searches[i]);
    joint->searches_count -= count;
    memmove(joint->searches, joint->searches + count,
            joint->searches_count * sizeof(*joint->searches));
}
