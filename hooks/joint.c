#include "hooks/joint.h"

#include <stdlib.h>
#include <string.h>

#include "core/link.h"
#include "core/memory.h"
#include "hooks/mention.h"

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
    struct intern searched; /* exports that were searched for */
};

/* Names that a file gives targets away by, to be searched for. */
struct search {
    struct text module; /* the last part of its name; owned */
    struct intern names;
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
    struct buffer bytes;  /* of the file that is searched */
    struct intern probes; /* files and names that were asked after, */
    bool *provided;       /* and what came of it */
    size_t provided_count, provided_room;
};

/* ---- the tree, for core/link --------------------------------------------- */

static uint32_t find(void *context, uint32_t from, struct text name,
                     bool beside)
{
    return modules_find(context, from, name, beside);
}

static uint32_t inside(void *context, uint32_t package, struct text name)
{
    return modules_inside(context, package, name);
}

static int read_path(struct joint *joint, struct text path,
                     struct buffer *bytes, struct error *err)
{
    char *copy = memory_copy(path.bytes, path.size);
    int result = joint->tree->read(joint->tree->context, copy, bytes, err);

    free(copy);
    return result;
}

static int read_module(void *context, uint32_t number, struct buffer *bytes,
                       struct error *err)
{
    struct joint *joint = ((struct modules *)context)->context;

    if (modules_is_folder(&joint->modules, number))
        return 0;
    return read_path(joint, modules_path(&joint->modules, number), bytes, err) <
                   0
               ? -1
               : 1;
}

static enum modules_kind ask(void *context, struct text path)
{
    const struct joint *joint = context;

    return joint->tree->ask(joint->tree->context, path);
}

struct joint *joint_open(const struct joint_tree *tree, bool coarse)
{
    struct joint *joint = memory_new(1, sizeof(*joint));

    joint->tree = tree;
    joint->coarse = coarse;
    joint->modules = (struct modules){ .ask = ask, .context = joint };
    joint->link_tree =
        (struct link_tree){ find, inside, read_module, &joint->modules };
    joint->link = link_open(&joint->link_tree);
    return joint;
}

static void close_entry(struct entry *entry)
{
    free(entry->shown.path);
    facts_release(&entry->shown.facts);
    facts_release(&entry->own);
    facts_release(&entry->extra);
    free(entry->with.items);
    intern_release(&entry->searched);
    free(entry);
}

static void close_search(struct search *search)
{
    free((char *)(uintptr_t)search->module.bytes);
    intern_release(&search->names);
    free(search->group.items);
}

void joint_close(struct joint *joint)
{
    link_close(joint->link);
    for (size_t i = 0; i < joint->entries_count; i++)
        close_entry(joint->entries[i]);
    for (size_t i = 0; i < joint->searches_count; i++)
        close_search(&joint->searches[i]);
    free(joint->entries);
    free(joint->entry_of);
    free(joint->waiting.items);
    free(joint->searches);
    intern_release(&joint->probes);
    free(joint->provided);
    modules_release(&joint->modules);
    buffer_release(&joint->bytes);
    free(joint);
}

/* ---- entries ------------------------------------------------------------- */

static uint32_t index_at(struct joint *joint, uint32_t number)
{
    struct text path = modules_path(&joint->modules, number);
    struct entry *entry;

    while (joint->entry_of_count <= number)
        *ARRAY_PUSH(joint->entry_of) = NO_ENTRY;
    if (joint->entry_of[number] != NO_ENTRY)
        return joint->entry_of[number];
    entry = memory_new(1, sizeof(*entry));
    entry->number = number;
    entry->shown.path = memory_copy(path.bytes, path.size);
    joint->entry_of[number] = (uint32_t)joint->entries_count;
    *ARRAY_PUSH(joint->entries) = entry;
    return joint->entry_of[number];
}

static struct entry *entry_at(struct joint *joint, uint32_t number)
{
    uint32_t index = index_at(joint, number);

    return joint->entries[index];
}

void joint_add(struct joint *joint, const char *path, struct facts *facts)
{
    uint32_t number = modules_add(&joint->modules, text_of(path));
    struct entry *entry = entry_at(joint, number);

    facts_release(&entry->shown.facts);
    entry->shown.facts = *facts;
    *facts = FACTS_EMPTY;
}

static void wait_for(struct joint *joint, uint32_t index)
{
    struct entry *entry = joint->entries[index];

    if (entry->is_waiting)
        return;
    entry->is_waiting = true;
    *ARRAY_PUSH(joint->waiting.items) = index;
}

static bool has_number(const struct numbers *numbers, uint32_t number)
{
    size_t i = 0;

    while (i < numbers->items_count && numbers->items[i] != number)
        i++;
    return i < numbers->items_count;
}

static bool add_number(struct numbers *numbers, uint32_t number)
{
    if (has_number(numbers, number))
        return false;
    *ARRAY_PUSH(numbers->items) = number;
    return true;
}

/* ---- what a file needs --------------------------------------------------- */

/* The file that an import names; Python 2 looks beside first, so that counts
 * as well. */
static uint32_t find_module(struct joint *joint, uint32_t from,
                            struct text name)
{
    struct buffer beside = BUFFER_EMPTY;
    uint32_t found =
        modules_find(&joint->modules, from, name, link_is_known(name));

    buffer_byte(&beside, '.');
    buffer_text(&beside, name);
    if (found == MODULES_NONE && name.bytes[0] != '.')
        found =
            modules_find(&joint->modules, from, buffer_view(&beside), false);
    buffer_release(&beside);
    return found;
}

/* Do these names lead from the file to a target? What cannot be told may. */
static bool provides(struct joint *joint, uint32_t number, struct text names)
{
    struct buffer key = BUFFER_EMPTY;
    uint32_t before = intern_count(&joint->probes), index;
    struct error err;

    buffer_append(&key, &number, sizeof(number));
    buffer_text(&key, names);
    index = intern_add(&joint->probes, buffer_view(&key));
    buffer_release(&key);
    if (index == before)
        *ARRAY_PUSH(joint->provided) =
            link_provides(joint->link, number, names, joint->coarse, &err) != 0;
    return joint->provided[index];
}

/* The text up to the next blank, taken off the rest. */
static struct text next_name(struct text *rest)
{
    size_t end = text_find(*rest, ' ', 0);
    struct text name = text_slice(*rest, 0, end);

    *rest = text_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    return name;
}

/* Does what stands in facts.needs count in this tree? */
static bool counts(struct joint *joint, uint32_t from, struct text need)
{
    struct text module = next_name(&need);
    uint32_t number = find_module(joint, from, module);

    if (number == MODULES_NONE)
        return false;
    while (need.size && !link_is_known(module)) {
        struct text names = need, name = next_name(&need);
        uint32_t inside = modules_inside(&joint->modules, number, name);

        if (inside == MODULES_NONE)
            return !modules_is_folder(&joint->modules, number) &&
                   provides(joint, number, names);
        if (link_is_known(name))
            return true;
        number = inside;
    }
    return true;
}

static bool needs_others(struct joint *joint, const struct entry *entry)
{
    const struct intern *needs = &entry->shown.facts.needs;
    uint32_t i = 0;

    while (i < intern_count(needs) &&
           !counts(joint, entry->number, intern_text(needs, i)))
        i++;
    return i < intern_count(needs);
}

/* ---- what a file gives away ---------------------------------------------- */

static void search_for(struct joint *joint, uint32_t number,
                       const struct intern *exports,
                       const struct numbers *group)
{
    struct entry *entry = entry_at(joint, number);
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
    add_number(&search->group, number);
    for (size_t i = 0; i < group->items_count; i++)
        add_number(&search->group, group->items[i]);
}

static void search_file(void *payload, const char *path)
{
    struct joint *joint = payload;
    uint32_t number = modules_add(&joint->modules, text_of(path));
    struct error err;

    buffer_clear(&joint->bytes);
    /* What cannot be read is said to be incomplete by who reads all. */
    if (joint->tree->read(joint->tree->context, path, &joint->bytes, &err) < 0)
        return;
    for (size_t i = 0; i < joint->searches_count; i++) {
        const struct search *search = &joint->searches[i];
        uint32_t index;

        if (search->group.items[0] == number ||
            !mention_may_get(buffer_view(&joint->bytes), search->module,
                             &search->names))
            continue;
        index = index_at(joint, number);
        for (size_t j = 0; j < search->group.items_count; j++)
            if (search->group.items[j] != number &&
                add_number(&joint->entries[index]->with,
                           search->group.items[j]))
                wait_for(joint, index);
    }
}

static void search_all(struct joint *joint)
{
    joint->tree->each(joint->tree->context, search_file, joint);
    for (size_t i = 0; i < joint->searches_count; i++)
        close_search(&joint->searches[i]);
    joint->searches_count = 0;
}

/* ---- deciding ------------------------------------------------------------ */

static void take_result(struct joint *joint, struct entry *entry,
                        struct link_result *result)
{
    struct numbers group = { .items = NULL };

    for (size_t i = 0; i < result->files_count; i++)
        add_number(&group, result->files[i].file);
    for (size_t i = 0; i < result->files_count; i++) {
        struct link_file *file = &result->files[i];
        struct entry *of = entry_at(joint, file->file);

        search_for(joint, file->file, &file->facts.exports, &group);
        if (of != entry) {
            facts_merge(&of->extra, &file->facts);
            continue;
        }
        facts_release(&of->own);
        of->own = file->facts;
        file->facts = FACTS_EMPTY;
        of->is_own = true;
    }
    free(group.items);
}

static void fail(struct joint *joint, struct entry *entry, uint32_t number,
                 const struct error *err)
{
    struct text path = modules_path(&joint->modules, number);

    entry->shown.is_incomplete = true;
    if (number == entry->number)
        entry->shown.err = *err;
    else
        error_set(&entry->shown.err, err->code, "with %.*s, which it needs: %s",
                  (int)(path.size < 200 ? path.size : 200), path.bytes,
                  err->message);
}

static void decide(struct joint *joint, struct entry *entry)
{
    struct link_result result = LINK_RESULT_EMPTY;
    struct numbers files = { .items = NULL };
    struct error err;

    entry->is_waiting = false;
    add_number(&files, entry->number);
    for (size_t i = 0; i < entry->with.items_count; i++)
        add_number(&files, entry->with.items[i]);
    if (link_run(joint->link, files.items, files.items_count, joint->coarse,
                 &result, &err) < 0)
        fail(joint, entry, result.failed, &err);
    else
        take_result(joint, entry, &result);
    link_release(&result);
    free(files.items);
}

/* What a file is decided anew replaces what it is alone; what others found in
 * it is added. */
static void settle(struct entry *entry)
{
    struct joint_file *shown = &entry->shown;

    shown->is_changed = entry->is_own || entry->extra.findings_count;
    if (entry->is_own) {
        facts_release(&shown->facts);
        shown->facts = entry->own;
        entry->own = FACTS_EMPTY;
    }
    facts_merge(&shown->facts, &entry->extra);
}

void joint_decide(struct joint *joint)
{
    const struct numbers none = { .items = NULL };
    size_t added = joint->entries_count;

    for (size_t i = 0; i < added; i++) {
        struct entry *entry = joint->entries[i];

        search_for(joint, entry->number, &entry->shown.facts.exports, &none);
        if (needs_others(joint, entry))
            wait_for(joint, (uint32_t)i);
    }
    while (joint->waiting.items_count || joint->searches_count)
        if (joint->waiting.items_count)
            decide(joint,
                   joint->entries[joint->waiting
                                      .items[--joint->waiting.items_count]]);
        else
            search_all(joint);
    for (size_t i = 0; i < joint->entries_count; i++)
        settle(joint->entries[i]);
}

const struct joint_file *joint_find(const struct joint *joint, const char *path)
{
    uint32_t number = intern_find(&joint->modules.asked, text_of(path));

    if (number == INTERN_NONE || number >= joint->entry_of_count ||
        joint->entry_of[number] == NO_ENTRY)
        return NULL;
    return &joint->entries[joint->entry_of[number]]->shown;
}

size_t joint_count(const struct joint *joint)
{
    return joint->entries_count;
}

const struct joint_file *joint_file(const struct joint *joint, size_t index)
{
    return &joint->entries[index]->shown;
}
