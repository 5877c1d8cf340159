#include "hooks/joint/joint_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/joint/answer.h"
#include "hooks/joint/trace.h"

/* ---- the tree, for core/facts/link -------------------------------------- */

static uint32_t find(void *context, uint32_t from, struct text name,
                     bool beside)
{
    return modules_find(context, from, name, beside);
}

static uint32_t inside(void *context, uint32_t package, struct text name)
{
    return modules_inside(context, package, name);
}

static int read_path(const struct joint *joint, struct text path,
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
    struct modules *modules = context;

    if (modules_is_folder(modules, number))
        return 0;
    return read_path(modules->context, modules_path(modules, number), bytes,
                     err) < 0
               ? -1
               : 1;
}

static enum modules_kind ask(void *context, struct text path)
{
    const struct joint *joint = context;

    return joint->tree->ask(joint->tree->context, path);
}

struct link *joint_open_link(struct joint *joint, struct modules *modules,
                             struct link_tree *tree)
{
    *modules = (struct modules){ .ask = ask, .context = joint };
    *tree = (struct link_tree){ find, inside, read_module, modules };
    return link_open(tree);
}

struct joint *joint_open(const struct joint_tree *tree, bool coarse)
{
    struct joint *joint = memory_new(1, sizeof(*joint));

    joint->tree = tree;
    joint->coarse = coarse;
    joint->link = joint_open_link(joint, &joint->modules, &joint->link_tree);
    return joint;
}

static void close_entry(struct entry *entry)
{
    free(entry->shown.path);
    facts_release(&entry->shown.facts);
    facts_release(&entry->own);
    facts_release(&entry->extra);
    free(entry->with.items);
    buffer_release(&entry->ahead);
    intern_release(&entry->searched);
    free(entry);
}

void joint_close(struct joint *joint)
{
    link_close(joint->link);
    for (size_t i = 0; i < joint->entries_count; i++)
        close_entry(joint->entries[i]);
    for (size_t i = 0; i < joint->searches_count; i++)
        joint_close_search(&joint->searches[i]);
    free(joint->entries);
    free(joint->entry_of);
    free(joint->waiting.items);
    free(joint->searches);
    free(joint->relays.items);
    intern_release(&joint->relayed);
    intern_release(&joint->searched_words);
    intern_release(&joint->probes);
    free(joint->provided);
    modules_release(&joint->modules);
    free(joint);
}

/* ---- entries ------------------------------------------------------------- */

uint32_t joint_index(struct joint *joint, uint32_t number)
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
    uint32_t index = joint_index(joint, number);

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

void joint_wait(struct joint *joint, uint32_t index)
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

bool joint_add_number(struct numbers *numbers, uint32_t number)
{
    if (has_number(numbers, number))
        return false;
    *ARRAY_PUSH(numbers->items) = number;
    return true;
}

void joint_put_key(const struct joint *joint, char kind, uint32_t number,
                   struct buffer *key)
{
    const struct joint_tree *tree = joint->tree;
    struct text path = modules_path(&joint->modules, number);
    struct buffer identity = BUFFER_EMPTY;

    if (tree->identify)
        tree->identify(tree->context, path, &identity);
    buffer_byte(key, kind);
    buffer_byte(key, joint->coarse ? 'c' : 'p');
    trace_put(key, path);
    trace_put(key, buffer_view(&identity));
    buffer_release(&identity);
}

/* ---- deciding ------------------------------------------------------------ */

static void take_result(struct joint *joint, struct entry *entry,
                        struct link_result *result)
{
    struct numbers group = { .items = NULL };

    for (size_t i = 0; i < result->files_count; i++)
        joint_add_number(&group, result->files[i].file);
    for (size_t i = 0; i < result->files_count; i++) {
        struct link_file *file = &result->files[i];
        struct entry *of = entry_at(joint, file->file);

        joint_search_for(joint, file->file, &file->facts.exports, &group);
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

static int run_link(struct joint *joint, const struct numbers *files,
                    struct text key, struct link_result *result,
                    struct error *err)
{
    struct intern trace = INTERN_EMPTY;
    struct buffer answer = BUFFER_EMPTY;
    int status;

    joint->modules.trace = &trace;
    for (size_t i = 0; i < files->items_count; i++)
        intern_add(&trace, modules_path(&joint->modules, files->items[i]));
    status = link_run(joint->link, files->items, files->items_count,
                      joint->coarse, result, err);
    joint->modules.trace = NULL;
    if (status == 0) {
        answer_put_files(&answer, &joint->modules, result);
        answer_keep(joint->tree, key, &trace, buffer_view(&answer));
    }
    buffer_release(&answer);
    intern_release(&trace);
    return status;
}

static int recall_or_run(struct joint *joint, const struct numbers *files,
                         struct link_result *result, struct error *err)
{
    struct buffer key = BUFFER_EMPTY, value = BUFFER_EMPTY;
    struct text answer;
    int status = 0;

    for (size_t i = 0; i < files->items_count; i++)
        joint_put_key(joint, 'D', files->items[i], &key);
    if (!answer_recall(joint->tree, buffer_view(&key), &value, &answer) ||
        !answer_take_files(result, &joint->modules, answer)) {
        link_release(result);
        status = run_link(joint, files, buffer_view(&key), result, err);
    }
    buffer_release(&key);
    buffer_release(&value);
    return status;
}

/* What another thread has found already, once. */
static bool take_ahead(struct joint *joint, struct entry *entry,
                       struct link_result *result)
{
    bool taken =
        entry->ahead.size &&
        answer_take_files(result, &joint->modules, buffer_view(&entry->ahead));

    buffer_release(&entry->ahead);
    if (!taken)
        link_release(result);
    return taken;
}

void joint_fail(struct joint *joint, uint32_t number, const struct error *err)
{
    struct entry *entry = entry_at(joint, number);

    if (!entry->shown.is_incomplete)
        fail(joint, entry, number, err);
}

void joint_add_failed(struct joint *joint, const char *path,
                      const struct error *err)
{
    joint_fail(joint, modules_add(&joint->modules, text_of(path)), err);
}

static void decide(struct joint *joint, struct entry *entry)
{
    struct link_result result = LINK_RESULT_EMPTY;
    struct numbers files = { .items = NULL };
    struct error err;

    entry->is_waiting = false;
    joint_add_number(&files, entry->number);
    for (size_t i = 0; i < entry->with.items_count; i++)
        joint_add_number(&files, entry->with.items[i]);
    if (!take_ahead(joint, entry, &result) &&
        recall_or_run(joint, &files, &result, &err) < 0)
        fail(joint, entry, result.failed, &err);
    else
        take_result(joint, entry, &result);
    link_release(&result);
    free(files.items);
}

static void decide_waiting(struct joint *joint)
{
    struct numbers *waiting = &joint->waiting;

    joint_look_ahead(joint);
    while (waiting->items_count)
        decide(joint, joint->entries[waiting->items[--waiting->items_count]]);
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

        joint_search_for(joint, entry->number, &entry->shown.facts.exports,
                         &none);
        if (joint_needs_others(joint, entry))
            joint_wait(joint, (uint32_t)i);
    }
    while (joint->waiting.items_count || joint->searches_count) {
        decide_waiting(joint);
        if (joint->searches_count)
            joint_search_all(joint);
    }
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

const struct intern *joint_words(const struct joint *joint)
{
    return &joint->searched_words;
}

size_t joint_count(const struct joint *joint)
{
    return joint->entries_count;
}

const struct joint_file *joint_file(const struct joint *joint, size_t index)
{
    return &joint->entries[index]->shown;
}
