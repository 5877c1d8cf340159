/*
 * Which modules may have run before another one is at its end: those that its
 * imports lead to. Whoever wants something of a module has it run first.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/machine/machine_known.h"

/* Of the standard library: they run no code of anybody. */
static const char quiet[] =
    " __future__ abc argparse base64 collections contextlib copy dataclasses "
    "datetime enum errno fnmatch functools glob hashlib io itertools json math "
    "operator os pathlib random re shutil socket stat string struct "
    "subprocess sys tempfile textwrap threading time types typing warnings ";

/* By these a module runs code that nobody can tell. */
static const char running[] = " __import__ eval exec execfile ";

static bool is_among(struct text name, const char *words)
{
    struct buffer word = BUFFER_EMPTY;
    bool is;

    buffer_byte(&word, ' ');
    buffer_text(&word, name);
    buffer_text(&word, TEXT(" "));
    is = memmem(words, strlen(words), word.bytes, word.size) != NULL;
    buffer_release(&word);
    return is;
}

/* A way through the modules of a tree. */
struct walk {
    struct machine *machine;
    uint32_t wanted; /* a file; it is found, or may be */
    bool is_found;
    uint8_t *seen; /* by file */
    uint32_t *files;
    size_t files_count, files_room;
};

static void visit(struct walk *walk, uint32_t file)
{
    if (file == walk->wanted || !module_at(walk->machine, file)) {
        walk->is_found = true;
    } else if (!walk->seen[file]) {
        walk->seen[file] = 1;
        *ARRAY_PUSH(walk->files) = file;
    }
}

static void visit_module(struct walk *walk, uint32_t module, struct text name)
{
    struct machine *machine = walk->machine;
    struct text first = text_slice(name, 0, text_find(name, '.', 0));
    uint32_t file = module_find(machine, module,
                                intern_add(&machine->scopes->symbols, name));

    if (file != MACHINE_FILE_NONE)
        visit(walk, file);
    else
        walk->is_found |= !is_among(first, quiet);
}

/* `import a.b` runs a, then a.b. */
static void visit_import(struct walk *walk, uint32_t module, uint32_t symbol)
{
    struct intern *symbols = &walk->machine->scopes->symbols;
    struct buffer name = BUFFER_EMPTY;
    struct text text;

    buffer_text(&name, intern_text(symbols, symbol));
    text = buffer_view(&name);
    for (size_t end = 1; end < text.size; end++)
        if (text.bytes[end] == '.' && text.bytes[end - 1] != '.')
            visit_module(walk, module, text_slice(text, 0, end));
    visit_module(walk, module, text);
    buffer_release(&name);
}

/* `from package import module`: of all packages that were met. */
static void visit_member(struct walk *walk, uint32_t symbol)
{
    const struct machine_tree *tree = walk->machine->tree;

    for (size_t i = 0; i < walk->files_count; i++) {
        uint32_t file =
            tree->inside(tree->context, walk->files[i],
                         intern_text(&walk->machine->scopes->symbols, symbol));

        if (file != MACHINE_FILE_NONE)
            visit(walk, file);
    }
}

static bool runs_code(const struct machine *machine, uint32_t symbol)
{
    return is_among(intern_text(&machine->scopes->symbols, symbol), running);
}

static void visit_operation(struct walk *walk, uint32_t module,
                            const struct operation *operation)
{
    const struct machine *machine = walk->machine;

    switch (operation->code) {
    case OP_IMPORT:
        visit_import(walk, module, operation->a);
        break;
    case OP_IMPORT_MEMBER:
        visit_member(walk, operation->a);
        break;
    case OP_LOAD:
        walk->is_found |=
            runs_code(machine, machine->code->references[operation->a].symbol);
        break;
    case OP_ATTRIBUTE:
        walk->is_found |= runs_code(machine, operation->a);
        break;
    case OP_STAR: /* of a package: whatever its __all__ says */
        walk->is_found = true;
        break;
    }
}

static void visit_unit(struct walk *walk, const struct unit *unit)
{
    const struct operation *operations =
        walk->machine->code->operations + unit->operations;

    for (uint32_t i = 0; i < unit->count && !walk->is_found; i++)
        visit_operation(walk, unit->module, &operations[i]);
}

static void visit_file(struct walk *walk, uint32_t file)
{
    const struct code *code = walk->machine->code;
    uint32_t module = module_at(walk->machine, file)->scope;

    for (size_t i = 0; i < code->units_count; i++)
        if (code->units[i].module == module)
            visit_unit(walk, &code->units[i]);
}

static uint32_t file_of(const struct machine *machine, uint32_t unit)
{
    return machine->scopes->items[machine->code->units[unit].module].file - 1;
}

static bool leads_to(struct machine *machine, uint32_t from, uint32_t wanted)
{
    struct walk walk = { .machine = machine,
                         .wanted = wanted,
                         .seen = memory_new(machine->tree->modules_count, 1) };

    visit(&walk, from);
    for (size_t at = 0; at < walk.files_count && !walk.is_found; at++)
        visit_file(&walk, walk.files[at]);
    free(walk.seen);
    free(walk.files);
    return walk.is_found;
}

bool order_may_run_before(struct machine *machine, uint32_t module)
{
    const uint32_t pair[2] = { machine->unit, module };
    struct text key = { (const char *)pair, sizeof(pair) };
    uint32_t number = intern_find(&machine->pairs, key);

    if (number == INTERN_NONE) {
        number = intern_add(&machine->pairs, key);
        *ARRAY_PUSH(machine->before) = leads_to(
            machine, file_of(machine, machine->unit), file_of(machine, module));
    }
    return machine->before[number];
}
