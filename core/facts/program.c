#include "core/facts/program.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/machine/lower.h"
#include "core/slice/elsewhere.h"
#include "core/source/part.h"

/* By more names for modules, anybody may have one. */
#define MODULES_MAX 8

void program_open(struct program *program)
{
    *program = (struct program){ .scopes = SCOPES_EMPTY };
    values_open(&program->values, &program->scopes.symbols);
}

static void release_file(struct program_file *file)
{
    public_release(&file->public);
    syntax_release(&file->tree);
    slice_close(&file->slice);
    source_close(&file->source);
    free(file);
}

void program_close(struct program *program)
{
    code_release(&program->code);
    values_close(&program->values);
    scope_release(&program->scopes);
    for (size_t i = 0; i < program->files_count; i++)
        release_file(program->files[i]);
    free(program->files);
}

/* A syntax error may have to do with what was left out. */
static int parse(struct program_file *file, const struct deadline *deadline,
                 struct error *err)
{
    if (file->tree.nodes)
        return 0;
    if (file->slice.kind == SLICE_PART) {
        if (syntax_parse(&file->tree, &file->slice.part, deadline, err) < 0)
            return -1;
        if (file->tree.errors_count == 0)
            return 0;
        syntax_release(&file->tree);
        slice_close(&file->slice);
        file->slice.kind = SLICE_WHOLE;
        if (file->is_part)
            return error_set(err, ERROR_FORMAT, "a part is no Python");
    }
    return syntax_parse(&file->tree, &file->source, deadline, err);
}

struct program_file *program_read(struct program *program, struct text bytes,
                                  bool sliced, struct error *err)
{
    struct program_file *file = memory_new(1, sizeof(*file));

    *ARRAY_PUSH(program->files) = file;
    file->slice.kind = SLICE_WHOLE;
    if (source_open(&file->source, bytes, err) < 0)
        return NULL;
    if (sliced)
        slice_open(&file->slice, &file->source);
    return file;
}

struct program_file *program_read_part(struct program *program,
                                       struct text text,
                                       struct elsewhere *elsewhere,
                                       struct error *err)
{
    const struct encoding utf8 = { .unit = 1 };
    struct program_file *file = memory_new(1, sizeof(*file));

    *ARRAY_PUSH(program->files) = file;
    file->slice.kind = SLICE_WHOLE;
    file->is_part = true;
    file->targets = elsewhere->targets;
    if (source_open_as(&file->source, text, utf8, err) < 0)
        return NULL;
    slice_open_part(&file->slice, &file->source, elsewhere);
    return file;
}

int program_lower(struct program *program, struct program_file *file,
                  uint32_t number, struct deadline *deadline, struct error *err)
{
    if (parse(file, deadline, err) < 0 ||
        scope_collect(&program->scopes, &file->tree, &file->scope, err) < 0)
        return -1;
    program->scopes.items[file->scope].file = number + 1;
    program->scopes.items[file->scope].targets =
        file->is_part ? file->targets : part_targets(&file->source);
    public_collect(&file->public, &program->scopes, &file->tree);
    file->calls = (uint32_t)program->code.calls_count;
    if (lower_module(&program->code, &program->scopes, &program->values,
                     file->scope, deadline, err) < 0)
        return -1;
    file->calls_count = (uint32_t)program->code.calls_count - file->calls;
    return 0;
}

struct program_file *program_add(struct program *program, struct text bytes,
                                 uint32_t number, struct deadline *deadline,
                                 struct error *err)
{
    struct program_file *file = program_read(program, bytes, false, err);

    if (!file || program_lower(program, file, number, deadline, err) < 0)
        return NULL;
    return file;
}

/* ---- facts --------------------------------------------------------------- */

static int compare_sites(const void *one, const void *two)
{
    const struct machine_site *a = one, *b = two;

    if (a->call != b->call)
        return a->call < b->call ? -1 : 1;
    return (a->target > b->target) - (a->target < b->target);
}

static void sort_sites(struct machine_result *result)
{
    if (result->sites_count)
        qsort(result->sites, result->sites_count, sizeof(*result->sites),
              compare_sites);
}

static bool has_site(const struct machine_result *result,
                     const struct machine_site *wanted)
{
    return result->sites_count &&
           bsearch(wanted, result->sites, result->sites_count,
                   sizeof(*result->sites), compare_sites) != NULL;
}

static struct site site_of(const struct program *program,
                           const struct machine_site *from, bool over)
{
    const struct call *call = &program->code.calls[from->call];

    return (struct site){
        .start = call->start,
        .end = call->end,
        .statement_start = call->statement_start,
        .statement_end = call->statement_end,
        .target = from->target,
        .over_approximated = over,
    };
}

/* Add the file's sites that `known` does not have. */
static void add_sites(const struct program *program,
                      const struct program_file *file,
                      const struct machine_result *from,
                      const struct machine_result *known,
                      struct decision *decision)
{
    for (size_t i = 0; i < from->sites_count; i++) {
        const struct machine_site *site = &from->sites[i];

        if (site->call - file->calls < file->calls_count &&
            !(known && has_site(known, site)))
            *ARRAY_PUSH(decision->sites) =
                site_of(program, site, known != NULL);
    }
}

/* ---- names --------------------------------------------------------------- */

static struct text symbol_text(const struct program *program, uint32_t symbol)
{
    return intern_text(&program->scopes.symbols, symbol);
}

/* Append the names of a member from the module on, each behind a blank. False
 * if one is no name. */
static bool add_members(const struct program *program, struct value member,
                        struct buffer *out)
{
    uint32_t symbols[MACHINE_NAMES_MAX];
    size_t count = 0;

    while (member.kind == VALUE_MEMBER && count < MACHINE_NAMES_MAX) {
        symbols[count++] = member.b;
        member = value_get(&program->values, member.a);
    }
    if (member.kind == VALUE_MEMBER)
        return false;
    while (count) {
        struct text name = symbol_text(program, symbols[--count]);

        if (name.size == 0 || text_find(name, ' ', 0) < name.size)
            return false;
        buffer_byte(out, ' ');
        buffer_text(out, name);
    }
    return true;
}

static void add_need(const struct program *program, struct machine_need need,
                     struct intern *names)
{
    struct value member = value_get(&program->values, need.value), of = member;
    struct buffer text = BUFFER_EMPTY;
    size_t size;

    while (of.kind == VALUE_MEMBER)
        of = value_get(&program->values, of.a);
    if (of.kind != VALUE_MODULE || symbol_text(program, of.a).size == 0)
        return;
    buffer_text(&text, symbol_text(program, of.a));
    size = text.size;
    if (!need.must && !add_members(program, member, &text))
        text.size = size;
    intern_add(names, buffer_view(&text));
    buffer_release(&text);
}

/* Append the words by which one can have a module that is wanted, each behind a
   blank. False if there are too many. */
static bool add_modules(const struct program *program,
                        const struct program_file *file,
                        const struct machine_result *from, struct buffer *out)
{
    struct intern words = INTERN_EMPTY;
    uint32_t count;

    for (int i = 0; i < TARGET_COUNT; i++)
        if (from->wanted >> i & 1)
            intern_add(&words, text_of(rule_target((enum target)i)->module));
    for (size_t i = 0; i < from->exports_count; i++)
        if (from->exports[i].kind == EXPORT_MODULE &&
            from->exports[i].scope == file->scope)
            intern_add(&words, symbol_text(program, from->exports[i].symbol));
    count = intern_count(&words);
    for (uint32_t i = 0; i < count; i++) {
        buffer_byte(out, ' ');
        buffer_text(out, intern_text(&words, i));
    }
    intern_release(&words);
    return count <= MODULES_MAX;
}

static void collect_exports(const struct program *program,
                            const struct program_file *file,
                            const struct machine_result *from,
                            struct intern *exports)
{
    struct buffer modules = BUFFER_EMPTY, text = BUFFER_EMPTY;

    if (!add_modules(program, file, from, &modules))
        modules.size = 0;
    for (size_t i = 0; i < from->exports_count; i++) {
        const struct machine_export *export = &from->exports[i];

        if (export->scope != file->scope || export->kind == EXPORT_MODULE)
            continue;
        buffer_clear(&text);
        buffer_text(&text, symbol_text(program, export->symbol));
        if (export->kind == EXPORT_WANTS)
            buffer_text(&text, buffer_view(&modules));
        intern_add(exports, buffer_view(&text));
    }
    buffer_release(&modules);
    buffer_release(&text);
}

static void collect_names(const struct program *program,
                          const struct program_file *file,
                          const struct machine_result *from,
                          struct decision *decision)
{
    struct intern needs = INTERN_EMPTY, exports = INTERN_EMPTY;

    for (uint32_t i = 0; i < intern_count(&from->needs); i++)
        add_need(program, machine_need_at(from, i), &needs);
    collect_exports(program, file, from, &exports);
    intern_add_sorted(&decision->needs, &needs);
    intern_add_sorted(&decision->exports, &exports);
    intern_release(&needs);
    intern_release(&exports);
}

/* ---- all ----------------------------------------------------------------- */

void program_decide(const struct program *program,
                    const struct program_file *file,
                    struct machine_result *precise,
                    struct machine_result *coarse, struct decision *decision)
{
    *decision = DECISION_EMPTY;
    sort_sites(precise);
    sort_sites(coarse);
    add_sites(program, file, precise, NULL, decision);
    add_sites(program, file, coarse, precise, decision);
    collect_names(program, file, precise, decision);
}

int program_facts(const struct program *program,
                  const struct program_file *file,
                  struct machine_result *precise, struct machine_result *coarse,
                  struct facts *facts, struct error *err)
{
    struct decision decision;
    int result;

    program_decide(program, file, precise, coarse, &decision);
    result = decision_facts(&decision, &file->source, &file->slice, facts, err);
    decision_release(&decision);
    return result;
}
