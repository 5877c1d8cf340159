/* Modules: which one an import names, and what other modules see of it. */
#include "core/machine/machine_known.h"

const struct machine_module *module_at(const struct machine *machine,
                                       uint32_t file)
{
    const struct machine_tree *tree = machine->tree;

    if (!tree || file >= tree->modules_count ||
        tree->modules[file].scope == SCOPE_NONE)
        return NULL;
    return &tree->modules[file];
}

/* The scope of the module whose code this is, or SCOPE_NONE. */
static uint32_t importer(const struct machine *machine)
{
    if (machine->expands)
        return SCOPE_NONE;
    return machine->code->units[machine->unit].module;
}

bool module_runs(const struct machine *machine, const struct unit *unit)
{
    uint32_t file = machine->scopes->items[unit->module].file;

    return !machine->tree || (file && module_at(machine, file - 1));
}

/* ---- what an import names ------------------------------------------------ */

/* Python 2 looks beside the file first, unless it is told not to. */
static bool looks_beside(struct machine *machine, uint32_t module)
{
    uint32_t told =
        intern_add(&machine->scopes->symbols, TEXT("absolute_import"));

    return machine->scopes->items[module].is_python2 &&
           !scope_binding(machine->scopes, module, told);
}

static uint32_t find_relative(struct machine *machine, uint32_t file,
                              struct text name)
{
    struct buffer dotted = BUFFER_EMPTY;
    uint32_t found;

    buffer_byte(&dotted, '.');
    buffer_text(&dotted, name);
    found = machine->tree->find(machine->tree->context, file,
                                buffer_view(&dotted), false);
    buffer_release(&dotted);
    return found == file ? MACHINE_FILE_NONE : found;
}

static uint32_t source_value(struct machine *machine, uint32_t file,
                             uint32_t hidden)
{
    return value_of(machine->values, VALUE_SOURCE, file, hidden);
}

/* The value of a file that the name means, or SET_NONE. A file of the name of
   a module that matters hides that only from scripts beside it. */
static uint32_t find_source(struct machine *machine, uint32_t module,
                            uint32_t symbol, uint32_t *value)
{
    const struct machine_tree *tree = machine->tree;
    uint32_t from = machine->scopes->items[module].file - 1, file;
    struct text name = intern_text(&machine->scopes->symbols, symbol);
    bool is_relative = name.size && name.bytes[0] == '.';
    bool is_known = known_members(name) != NULL;

    file = MACHINE_FILE_NONE;
    if (!is_relative && looks_beside(machine, module))
        file = find_relative(machine, from,
                             intern_text(&machine->scopes->symbols, symbol));
    *value = source_value(machine, file, 0);
    if (file != MACHINE_FILE_NONE)
        return file;
    file = tree->find(tree->context, from,
                      intern_text(&machine->scopes->symbols, symbol), is_known);
    if (is_known && file == from)
        return MACHINE_FILE_NONE;
    *value = source_value(
        machine, file,
        is_known ? value_of(machine->values, VALUE_MODULE, symbol, 0) : 0);
    return file;
}

uint32_t module_find(struct machine *machine, uint32_t module, uint32_t symbol)
{
    uint32_t value;

    return find_source(machine, module, symbol, &value);
}

uint32_t module_import(struct machine *machine, uint32_t symbol)
{
    uint32_t module = importer(machine), value;

    if (machine->tree && module != SCOPE_NONE &&
        find_source(machine, module, symbol, &value) != MACHINE_FILE_NONE)
        return value;
    return value_of(machine->values, VALUE_MODULE, symbol, 0);
}

/* ---- modules within packages --------------------------------------------- */

/* The files that imports name in full, before anything runs. */
static void find_imported(struct machine *machine, const struct unit *unit)
{
    uint32_t value;

    for (uint32_t i = 0; i < unit->count; i++) {
        struct operation operation =
            machine->code->operations[unit->operations + i];
        uint32_t file;

        if (operation.code != OP_IMPORT)
            continue;
        file = find_source(machine, unit->module, operation.a, &value);
        if (file != MACHINE_FILE_NONE)
            intern_add(&machine->imported,
                       (struct text){ (const char *)&file, sizeof(file) });
    }
}

void module_open(struct machine *machine)
{
    const struct code *code = machine->code;

    for (size_t i = 0; machine->tree && i < code->units_count; i++)
        if (module_runs(machine, &code->units[i]))
            find_imported(machine, &code->units[i]);
}

void module_close(struct machine *machine)
{
    intern_release(&machine->imported);
    intern_release(&machine->hidden);
    intern_release(&machine->sure);
}

static bool is_imported(const struct machine *machine, uint32_t file)
{
    return intern_find(&machine->imported,
                       (struct text){ (const char *)&file, sizeof(file) }) !=
           INTERN_NONE;
}

/* ---- what others see ----------------------------------------------------- */

/* What a name of the module holds at its end, or what others store in it. */
static uint32_t exported(struct machine *machine, uint32_t scope,
                         uint32_t symbol)
{
    uint32_t place = code_place(machine->code, PLACE_VARIABLE, scope, symbol);
    uint32_t set =
        cell_read(&machine->cells, machine->unit, CELL_EXPORT, scope, symbol);

    hold_imported(machine, set, machine->code->unit_of_scope[scope]);
    return set_union(machine->values, set, machine_foreign(machine, place));
}

static bool binds(const struct machine *machine, uint32_t scope,
                  uint32_t symbol)
{
    return scope_binding(machine->scopes, scope, symbol) & BINDING_BOUND;
}

/* A name that the module itself does not have. */
static uint32_t missing(struct machine *machine, uint32_t value,
                        const struct machine_module *module, uint32_t symbol)
{
    struct value of = value_get(machine->values, value);

    if (module && machine->scopes->items[module->scope].has_star &&
        !machine->coarse)
        return SET_EMPTY;
    if (of.b)
        return attribute_outside(machine, of.b, symbol);
    if (module)
        return SET_EMPTY;
    return attribute_outside(machine, value, symbol);
}

/* A module in a package, and a name of the package, which may be both. */
static uint32_t beneath(struct machine *machine, uint32_t package,
                        uint32_t file, uint32_t symbol, uint32_t named,
                        bool is_named)
{
    uint32_t source = set_of(machine->values, source_value(machine, file, 0));
    struct text name = intern_text(&machine->scopes->symbols, symbol);

    if (known_members(name) && !module_at(machine, package))
        need(machine, source_value(machine, package, 0), true);
    if (!is_named)
        return source;
    if (machine->coarse)
        return set_union(machine->values, named, source);
    /* An import puts the module in place of what the package bound. */
    return is_imported(machine, file) ? source : named;
}

uint32_t module_attribute(struct machine *machine, uint32_t value,
                          uint32_t symbol)
{
    struct value of = value_get(machine->values, value);
    const struct machine_module *module = module_at(machine, of.a);
    uint32_t inside =
        machine->tree->inside(machine->tree->context, of.a,
                              intern_text(&machine->scopes->symbols, symbol));
    uint32_t named =
        module ? exported(machine, module->scope, symbol) : SET_EMPTY;
    bool is_named =
        module && (named > SET_EMPTY || binds(machine, module->scope, symbol));

    if (inside != MACHINE_FILE_NONE)
        return beneath(machine, of.a, inside, symbol, named, is_named);
    if (is_named && !(machine->coarse && of.b))
        return named;
    return set_union(machine->values, named,
                     missing(machine, value, module, symbol));
}

/* ---- star imports -------------------------------------------------------- */

static void store_known(struct machine *machine, uint32_t module,
                        uint32_t scope)
{
    struct value of = value_get(machine->values, module);
    const char *const *names =
        known_members(intern_text(&machine->scopes->symbols, of.a));

    for (; names && *names; names++) {
        uint32_t symbol =
            intern_add(&machine->scopes->symbols, text_of(*names));
        uint32_t member =
            value_of(machine->values, VALUE_MEMBER, module, symbol);

        machine_store(machine, code_variable(machine->code, scope, symbol),
                      set_of(machine->values, member));
    }
}

/* Do not pass it on: it is a name that CodeQL alone sees here. */
static void hide(struct machine *machine, uint32_t scope, uint32_t symbol)
{
    uint32_t words[2] = { scope, symbol };

    intern_add(&machine->hidden,
               (struct text){ (const char *)words, sizeof(words) });
}

static bool is_hidden(const struct machine *machine, uint32_t scope,
                      uint32_t symbol)
{
    uint32_t words[2] = { scope, symbol };

    return intern_find(&machine->hidden,
                       (struct text){ (const char *)words, sizeof(words) }) !=
           INTERN_NONE;
}

/* One star import replaces what another one got; not so for CodeQL. */
static void store_starred(struct machine *machine, uint32_t variable,
                          uint32_t set)
{
    if (machine->coarse)
        set = set_union(machine->values, set,
                        env_get(&machine->states, machine->state,
                                machine->code->variables[variable].place));
    machine_store(machine, variable, set);
}

static void store_name(struct machine *machine,
                       const struct machine_module *module, uint32_t symbol,
                       uint32_t scope)
{
    uint32_t set = exported(machine, module->scope, symbol);

    if (set == SET_EMPTY && !binds(machine, module->scope, symbol))
        return;
    if (!public_has(module->public, machine->scopes, symbol)) {
        if (!machine->coarse)
            return;
        hide(machine, scope, symbol);
    }
    store_starred(machine, code_variable(machine->code, scope, symbol), set);
}

void module_star(struct machine *machine, uint32_t module, uint32_t scope)
{
    struct value of = value_get(machine->values, module);
    const struct machine_module *source =
        of.kind == VALUE_SOURCE ? module_at(machine, of.a) : NULL;
    size_t count = machine->code->variables_count;

    need(machine, module, true);
    if (of.kind == VALUE_MODULE || (of.kind == VALUE_SOURCE && of.b))
        store_known(machine, of.kind == VALUE_MODULE ? module : of.b, scope);
    if (!source)
        return;
    cell_read(&machine->cells, machine->unit, CELL_NAMES, source->scope, 0);
    for (size_t i = 0; i < count; i++) {
        struct variable variable = machine->code->variables[i];

        if (variable.scope == source->scope)
            store_name(machine, source, variable.symbol, scope);
    }
}

/* ---- what is always true ------------------------------------------------- */

bool module_is_sure(const struct machine *machine, uint32_t variable)
{
    const struct variable *of = &machine->code->variables[variable];

    return of->stores == 1 && !of->written &&
           !machine->scopes->items[of->scope].has_star &&
           intern_find(&machine->sure, (struct text){ (const char *)&variable,
                                                      sizeof(variable) }) !=
               INTERN_NONE;
}

/* Does only one import bind the name there, of a module or of such a name? */
static bool names_module(const struct machine *machine, uint32_t scope,
                         uint32_t symbol)
{
    unsigned binding = scope_binding(machine->scopes, scope, symbol);

    if (binding & BINDING_FROM)
        return module_is_sure(machine,
                              code_variable(machine->code, scope, symbol));
    return binding == (BINDING_BOUND | BINDING_IMPORTED);
}

void module_member(struct machine *machine, uint32_t modules, uint32_t symbol)
{
    const struct unit *unit = &machine->code->units[machine->unit];
    struct operation next =
        machine->code->operations[unit->operations + machine->next];
    struct value of;

    if (set_size(machine->values, modules) != 1 || next.code != OP_STORE)
        return;
    of = value_get(machine->values, set_item(machine->values, modules, 0));
    if (of.kind == VALUE_SOURCE && module_at(machine, of.a) &&
        names_module(machine, module_at(machine, of.a)->scope, symbol))
        intern_add(&machine->sure,
                   (struct text){ (const char *)&next.a, sizeof(next.a) });
}

/* ---- the end ------------------------------------------------------------- */

void module_end(struct machine *machine)
{
    uint32_t scope = machine->code->units[machine->unit].scope, count = 0;

    if (machine->scopes->items[scope].kind != SCOPE_MODULE)
        return;
    past_end(machine);
    for (size_t i = 0; i < machine->code->variables_count; i++) {
        const struct variable *variable = &machine->code->variables[i];
        uint32_t set;

        if (variable->scope != scope ||
            is_hidden(machine, scope, variable->symbol))
            continue;
        set = env_get(&machine->states, machine->state, variable->place);
        count += set != SET_NONE;
        cell_add(&machine->cells, machine->values, CELL_EXPORT, scope,
                 variable->symbol, set_unmarked(machine->values, set));
    }
    cell_add(&machine->cells, machine->values, CELL_NAMES, scope, 0,
             set_of(machine->values,
                    value_of(machine->values, VALUE_NUMBER, count, 0)));
}
