#include "core/facts/link.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/facts/program.h"
#include "core/facts/scan.h"
#include "core/machine/env.h"
#include "core/machine/machine_known.h"
#include "core/source/foreign.h"

/* With more places than that in the tables, start with new ones. */
#define PLACES_KEPT_MAX (ENV_PLACES_MAX / 4)

/* A file that was read for some group. */
struct loaded {
    struct buffer bytes;
    struct program_file *file; /* the program's, or NULL */
    bool is_empty;             /* there is nothing to read */
};

struct link {
    const struct link_tree *tree;
    struct program program;
    struct loaded *loaded; /* by file */
    size_t loaded_count, loaded_room;
    struct machine_module *modules; /* by file: those of the group */
    size_t modules_count, modules_room;
    uint32_t *group;
    size_t group_count, group_room;
    bool is_spoiled; /* the program is good for nothing any more */
};

bool link_is_known(struct text name)
{
    return known_members(name) != NULL;
}

struct link *link_open(const struct link_tree *tree)
{
    struct link *link = memory_new(1, sizeof(*link));

    link->tree = tree;
    program_open(&link->program);
    return link;
}

static void forget(struct link *link)
{
    program_close(&link->program);
    for (size_t i = 0; i < link->loaded_count; i++)
        buffer_release(&link->loaded[i].bytes);
    link->loaded_count = 0;
}

void link_close(struct link *link)
{
    if (!link)
        return;
    forget(link);
    free(link->loaded);
    free(link->modules);
    free(link->group);
    free(link);
}

/* ---- the group ----------------------------------------------------------- */

static void disband(struct link *link)
{
    for (size_t i = 0; i < link->group_count; i++)
        link->modules[link->group[i]].scope = SCOPE_NONE;
    link->group_count = 0;
}

static bool is_member(const struct link *link, uint32_t file)
{
    return file < link->modules_count &&
           link->modules[file].scope != SCOPE_NONE;
}

static int load(struct link *link, uint32_t file, struct deadline *deadline,
                struct error *err)
{
    struct loaded *loaded;
    int found;

    while (link->loaded_count <= file)
        ARRAY_PUSH(link->loaded)->bytes = BUFFER_EMPTY;
    loaded = &link->loaded[file];
    if (loaded->file || loaded->is_empty)
        return 0;
    buffer_clear(&loaded->bytes);
    found = link->tree->read(link->tree->context, file, &loaded->bytes, err);
    if (found < 0)
        return -1;
    loaded->is_empty = !found;
    if (!found)
        return 0;
    if (loaded->bytes.size > SCAN_SIZE_MAX)
        return scan_too_large(err);
    loaded->file = program_add(&link->program, buffer_view(&loaded->bytes),
                               file, deadline, err);
    link->is_spoiled |= !loaded->file;
    return loaded->file ? 0 : -1;
}

/* Make a file one of the group. Returns 1 if it is new there, 0, -1 and *err.
 */
static int join(struct link *link, uint32_t file, struct deadline *deadline,
                struct error *err)
{
    const struct program_file *loaded;

    if (is_member(link, file))
        return 0;
    if (load(link, file, deadline, err) < 0)
        return -1;
    loaded = link->loaded[file].file;
    if (!loaded)
        return 0;
    if (link->group_count == LINK_FILES_MAX)
        return error_set(err, ERROR_LIMIT, "it needs more than %d other files",
                         LINK_FILES_MAX);
    while (link->modules_count <= file)
        ARRAY_PUSH(link->modules)->scope = SCOPE_NONE;
    link->modules[file] =
        (struct machine_module){ loaded->scope, &loaded->public };
    *ARRAY_PUSH(link->group) = file;
    return 1;
}

/* Let join what the machine asked for. Returns how many did, or -1. */
static int join_needed(struct link *link, const struct machine_result *from,
                       struct deadline *deadline, uint32_t *failed,
                       struct error *err)
{
    int joined = 0;

    for (uint32_t i = 0; i < intern_count(&from->needs); i++) {
        struct value of =
            value_get(&link->program.values, machine_need_at(from, i).value);
        int is_new;

        while (of.kind == VALUE_MEMBER)
            of = value_get(&link->program.values, of.a);
        if (of.kind != VALUE_SOURCE)
            continue;
        *failed = of.a;
        is_new = join(link, of.a, deadline, err);
        if (is_new < 0)
            return -1;
        joined += is_new;
    }
    return joined;
}

/* ---- running it ---------------------------------------------------------- */

struct results {
    struct machine_result precise, coarse;
};

static void release(struct results *results)
{
    machine_release(&results->precise);
    machine_release(&results->coarse);
}

static int run(struct link *link, bool coarse,
               const struct machine_probe *probe, struct deadline *deadline,
               struct machine_result *result, struct error *err)
{
    const struct machine_tree tree = { .find = link->tree->find,
                                       .inside = link->tree->inside,
                                       .context = link->tree->context,
                                       .modules = link->modules,
                                       .modules_count = link->modules_count };
    const struct machine_job job = { .code = &link->program.code,
                                     .scopes = &link->program.scopes,
                                     .values = &link->program.values,
                                     .tree = &tree,
                                     .coarse = coarse,
                                     .probe = probe,
                                     .deadline = deadline };

    return machine_run(&job, result, err);
}

/* Run the group, and again with whom it needs, until nobody is missing. */
static int run_group(struct link *link, bool coarse, struct deadline *deadline,
                     struct results *results, uint32_t *failed,
                     struct error *err)
{
    int joined;

    do {
        release(results);
        if (run(link, false, NULL, deadline, &results->precise, err) < 0 ||
            (coarse &&
             run(link, true, NULL, deadline, &results->coarse, err) < 0)) {
            link->is_spoiled = true;
            return -1;
        }
        joined = join_needed(link, &results->precise, deadline, failed, err);
        if (joined == 0)
            joined = join_needed(link, &results->coarse, deadline, failed, err);
    } while (joined > 0);
    return joined;
}

/* May the file's names in another encoding be what others give away? */
static bool may_name(const struct link *link, const struct program_file *file,
                     const struct machine_result *from)
{
    size_t count =
        intern_count(&file->source.foreign) ? from->exports_count : 0;

    for (size_t i = 0; i < count; i++)
        if (from->exports[i].scope != file->scope &&
            !text_is_ascii(intern_text(&link->program.scopes.symbols,
                                       from->exports[i].symbol)))
            return true;
    return false;
}

static int collect(struct link *link, struct results *results,
                   struct link_result *result, struct error *err)
{
    for (size_t i = 0; i < link->group_count; i++) {
        uint32_t file = link->group[i];
        const struct program_file *loaded = link->loaded[file].file;
        struct link_file *added = ARRAY_PUSH(result->files);

        *added = (struct link_file){ file, FACTS_EMPTY };
        result->failed = file;
        if (may_name(link, loaded, &results->precise))
            return foreign_name(&loaded->source, err);
        if (program_facts(&link->program, loaded, &results->precise,
                          &results->coarse, &added->facts, err) < 0)
            return -1;
    }
    return 0;
}

static void renew(struct link *link)
{
    if (!link->is_spoiled &&
        intern_count(&link->program.code.places) < PLACES_KEPT_MAX)
        return;
    forget(link);
    program_open(&link->program);
    link->is_spoiled = false;
}

int link_run(struct link *link, const uint32_t *files, size_t count,
             bool coarse, struct link_result *result, struct error *err)
{
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    struct results results = { MACHINE_RESULT_EMPTY, MACHINE_RESULT_EMPTY };
    int status = 0;

    renew(link);
    for (size_t i = 0; status >= 0 && i < count; i++) {
        result->failed = files[i];
        status = join(link, files[i], &deadline, err);
    }
    if (status >= 0) {
        result->failed = files[0];
        status =
            run_group(link, coarse, &deadline, &results, &result->failed, err);
    }
    if (status >= 0)
        status = collect(link, &results, result, err);
    release(&results);
    disband(link);
    return status < 0 ? -1 : 0;
}

/* The symbols of names that are separated by blanks. */
static uint32_t read_names(struct link *link, struct text names,
                           uint32_t symbols[MACHINE_NAMES_MAX])
{
    uint32_t count = 0;

    for (size_t at = 0; at < names.size && count < MACHINE_NAMES_MAX;) {
        size_t end = text_find(names, ' ', at);

        symbols[count++] = intern_add(&link->program.scopes.symbols,
                                      text_slice(names, at, end));
        at = end + 1;
    }
    return count;
}

/* Ask, and again with whom the answer needs. */
static int probe_group(struct link *link, const struct machine_probe *probe,
                       bool coarse, struct deadline *deadline,
                       struct error *err)
{
    int joined, provides;

    do {
        struct machine_result result = MACHINE_RESULT_EMPTY;
        uint32_t failed;

        joined = run(link, coarse, probe, deadline, &result, err);
        link->is_spoiled |= joined < 0;
        provides = result.provides;
        if (joined == 0 && !provides)
            joined = join_needed(link, &result, deadline, &failed, err);
        machine_release(&result);
    } while (joined > 0 && !provides);
    return joined < 0 ? -1 : provides;
}

int link_provides(struct link *link, uint32_t file, struct text names,
                  bool coarse, struct error *err)
{
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    uint32_t symbols[MACHINE_NAMES_MAX];
    struct machine_probe probe = { .symbols = symbols };
    int result;

    renew(link);
    result = join(link, file, &deadline, err);
    if (result >= 0 && is_member(link, file)) {
        probe.scope = link->modules[file].scope;
        probe.count = read_names(link, names, symbols);
        result = probe_group(link, &probe, coarse, &deadline, err);
    }
    disband(link);
    return result;
}

void link_release(struct link_result *result)
{
    for (size_t i = 0; i < result->files_count; i++)
        facts_release(&result->files[i].facts);
    free(result->files);
    *result = LINK_RESULT_EMPTY;
}
