#include "core/machine/code.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/machine/env.h"

/* What a unit has to do with a variable. */
enum share { SHARE_READ, SHARE_WRITTEN, SHARE_CAPTURED };

static uint32_t intern_words(struct intern *intern, const uint32_t *words,
                             size_t count)
{
    return intern_add(
        intern, (struct text){ (const char *)words, count * sizeof(*words) });
}

uint32_t code_place(struct code *code, enum place_kind kind, uint32_t a,
                    uint32_t b)
{
    uint32_t words[3] = { kind, a, b };
    uint32_t place = intern_words(&code->places, words, 3);

    if (place < ENV_PLACES_MAX)
        return place;
    code->over_limit = true;
    return ENV_PLACES_MAX - 1;
}

const uint32_t *code_place_words(const struct code *code, uint32_t place)
{
    return (const uint32_t *)(const void *)intern_text(&code->places, place)
        .bytes;
}

uint32_t code_unit_of(const struct code *code, uint32_t operation)
{
    size_t low = 0, high = code->units_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (code->units[middle].operations <= operation)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static uint32_t add_variable(struct code *code, enum place_kind kind,
                             uint32_t unit, uint32_t scope, uint32_t symbol)
{
    uint32_t owner = kind == PLACE_TEMPORARY ? unit : scope;
    uint32_t words[3] = { kind, owner, symbol };
    uint32_t number = intern_words(&code->variable_keys, words, 3);
    struct variable *variable;

    if (number < code->variables_count)
        return number;
    variable = ARRAY_PUSH(code->variables);
    variable->scope = scope;
    variable->symbol = symbol;
    variable->unit = unit;
    variable->place = code_place(code, kind, owner, symbol);
    return number;
}

uint32_t code_variable(struct code *code, uint32_t scope, uint32_t symbol)
{
    return add_variable(code, PLACE_VARIABLE, code->unit_of_scope[scope], scope,
                        symbol);
}

uint32_t code_temporary(struct code *code, uint32_t unit, uint32_t number)
{
    return add_variable(code, PLACE_TEMPORARY, unit, code->units[unit].scope,
                        number);
}

/* Says whether that is new. */
static bool share(struct code *code, uint32_t unit, uint32_t variable,
                  enum share share)
{
    uint32_t words[3] = { unit, variable, share };
    uint32_t count = intern_count(&code->link_keys);

    return intern_words(&code->link_keys, words, 3) == count;
}

static void link_to(struct code *code, uint32_t *list, uint32_t number)
{
    *ARRAY_PUSH(code->links) = (struct variable_link){ number, *list };
    *list = (uint32_t)code->links_count;
}

/* Every unit from that of `scope` out to the variable's reads it. */
static void capture(struct code *code, const struct scopes *scopes,
                    uint32_t scope, uint32_t variable)
{
    uint32_t owner = code->variables[variable].unit;

    for (uint32_t unit; (unit = code->unit_of_scope[scope]) != owner;) {
        if (share(code, owner, variable, SHARE_CAPTURED))
            link_to(code, &code->units[owner].captured, variable);
        if (share(code, unit, variable, SHARE_READ))
            link_to(code, &code->variables[variable].readers, unit);
        scope = scopes->items[code->units[unit].scope].parent;
        if (scope == SCOPE_NONE)
            return;
    }
}

static void try_variable(struct code *code, const struct scopes *scopes,
                         uint32_t from, uint32_t scope, uint32_t symbol)
{
    uint32_t variable = code_variable(code, scope, symbol);

    *ARRAY_PUSH(code->tried) = variable;
    capture(code, scopes, from, variable);
}

/*
 * The variables that `symbol` can be, from the inside out. A class's names
 * are seen by its own body alone; a name that a class or a star import binds
 * may be missing there, then it is looked up further out: that of a class in
 * the module at once.
 */
static void try_scopes(struct code *code, const struct scopes *scopes,
                       uint32_t module, uint32_t from, uint32_t symbol)
{
    for (uint32_t scope = from; scope != module;
         scope = scopes->items[scope].parent) {
        const struct scope *at = &scopes->items[scope];
        unsigned binding = scope_binding(scopes, scope, symbol);

        if (binding & BINDING_GLOBAL)
            break;
        if (binding & BINDING_NONLOCAL ||
            (at->kind == SCOPE_CLASS && scope != from))
            continue;
        if (binding & BINDING_BOUND || at->has_star)
            try_variable(code, scopes, from, scope, symbol);
        if (binding & BINDING_BOUND && at->kind != SCOPE_CLASS)
            return;
        if (binding & BINDING_BOUND)
            break;
    }
    try_variable(code, scopes, from, module, symbol);
}

uint32_t code_reference(struct code *code, const struct scopes *scopes,
                        uint32_t module, uint32_t scope, uint32_t symbol)
{
    uint32_t words[2] = { scope, symbol };
    uint32_t number = intern_words(&code->reference_keys, words, 2);
    uint32_t first = (uint32_t)code->tried_count;

    if (number == code->references_count) {
        try_scopes(code, scopes, module, scope, symbol);
        *ARRAY_PUSH(code->references) =
            (struct reference){ symbol, first,
                                (uint32_t)code->tried_count - first };
    }
    return number;
}

static uint32_t target_scope(const struct scopes *scopes, uint32_t module,
                             uint32_t scope, uint32_t symbol)
{
    unsigned binding = scope_binding(scopes, scope, symbol);

    if (binding & BINDING_GLOBAL)
        return module;
    if (!(binding & BINDING_NONLOCAL))
        return scope;
    for (uint32_t out = scopes->items[scope].parent; out != SCOPE_NONE;
         out = scopes->items[out].parent)
        if (scopes->items[out].kind == SCOPE_FUNCTION &&
            (scope_binding(scopes, out, symbol) &
             (BINDING_BOUND | BINDING_NONLOCAL)) == BINDING_BOUND)
            return out;
    return scope;
}

uint32_t code_target(struct code *code, const struct scopes *scopes,
                     uint32_t module, uint32_t scope, uint32_t symbol)
{
    uint32_t owner = target_scope(scopes, module, scope, symbol);
    uint32_t variable = code_variable(code, owner, symbol);
    uint32_t unit = code->unit_of_scope[scope];
    uint32_t other = code->variables[variable].unit;

    if (other == unit)
        return variable;
    code->variables[variable].written = true;
    code->units[other].is_written = true;
    if (share(code, unit, variable, SHARE_WRITTEN))
        link_to(code, &code->units[unit].written, variable);
    return variable;
}

void code_release(struct code *code)
{
    free(code->operations);
    free(code->labels);
    free(code->calls);
    free(code->arguments);
    free(code->units);
    free(code->unit_of_scope);
    free(code->variables);
    free(code->references);
    free(code->tried);
    free(code->links);
    intern_release(&code->places);
    intern_release(&code->variable_keys);
    intern_release(&code->reference_keys);
    intern_release(&code->link_keys);
    *code = CODE_EMPTY;
}
