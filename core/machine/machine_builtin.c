/* What functions of the standard library do with values. */
#include "core/machine/machine_known.h"

/* ---- helpers ------------------------------------------------------------- */

uint32_t known_argument(struct machine *machine, const struct passed *passed,
                        uint32_t index)
{
    uint32_t set = call_argument(machine, passed, index);

    return set == SET_NONE ? SET_EMPTY : set;
}

/* A wrapper is not wrapped again, or values would grow without end. */
static uint32_t unwrapped(const struct machine *machine, uint32_t value,
                          enum value_kind kind)
{
    struct value of = value_get(machine->values, value);

    while (of.kind == VALUE_STATIC || of.kind == VALUE_CLASSMETHOD ||
           of.kind == VALUE_PROPERTY || of.kind == VALUE_PARTIAL ||
           of.kind == VALUE_NAMESPACE ||
           (of.kind == VALUE_BOUND && kind == VALUE_CLASSMETHOD)) {
        value = of.a;
        of = value_get(machine->values, value);
    }
    return value;
}

/* A value of that kind around each value of the first argument. */
static uint32_t wrapped(struct machine *machine, const struct passed *passed,
                        enum value_kind kind)
{
    uint32_t set = expand_all(machine, known_argument(machine, passed, 0));
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        uint32_t inner =
            unwrapped(machine, set_item(machine->values, set, i), kind);

        result = set_union(
            machine->values, result,
            set_of(machine->values, value_of(machine->values, kind, inner, 0)));
    }
    return result;
}

typedef uint32_t with_string(struct machine *machine,
                             const struct passed *passed, uint32_t symbol);

/* All results for the strings that argument `index` can be. */
static uint32_t for_strings(struct machine *machine,
                            const struct passed *passed, uint32_t index,
                            with_string *run)
{
    uint32_t set = expand_all(machine, known_argument(machine, passed, index));
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        struct value string =
            value_get(machine->values, set_item(machine->values, set, i));

        if (string.kind == VALUE_STRING)
            result = set_union(machine->values, result,
                               run(machine, passed, string.a));
    }
    return result;
}

/* ---- attributes ---------------------------------------------------------- */

static uint32_t get_one(struct machine *machine, const struct passed *passed,
                        uint32_t symbol)
{
    return attribute_get(machine, known_argument(machine, passed, 0), symbol);
}

uint32_t known_getattr(struct machine *machine, const struct passed *passed)
{
    return set_union(machine->values, for_strings(machine, passed, 1, get_one),
                     known_argument(machine, passed, 2));
}

static uint32_t set_one(struct machine *machine, const struct passed *passed,
                        uint32_t symbol)
{
    attribute_set(machine, known_argument(machine, passed, 0), symbol,
                  known_argument(machine, passed, 2));
    return SET_EMPTY;
}

uint32_t known_setattr(struct machine *machine, const struct passed *passed)
{
    return for_strings(machine, passed, 1, set_one);
}

uint32_t known_vars(struct machine *machine, const struct passed *passed)
{
    return wrapped(machine, passed, VALUE_NAMESPACE);
}

/* ---- wrappers ------------------------------------------------------------ */

uint32_t known_static(struct machine *machine, const struct passed *passed)
{
    return wrapped(machine, passed, VALUE_STATIC);
}

uint32_t known_classmethod(struct machine *machine, const struct passed *passed)
{
    return wrapped(machine, passed, VALUE_CLASSMETHOD);
}

uint32_t known_property(struct machine *machine, const struct passed *passed)
{
    return wrapped(machine, passed, VALUE_PROPERTY);
}

uint32_t known_partial(struct machine *machine, const struct passed *passed)
{
    return wrapped(machine, passed, VALUE_PARTIAL);
}

/* @contextmanager around functions of ours. */
uint32_t known_manager(struct machine *machine, const struct passed *passed)
{
    uint32_t set = expand_all(machine, known_argument(machine, passed, 0));
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        uint32_t function = set_item(machine->values, set, i);

        if (value_is(machine->values, function, VALUE_FUNCTION))
            result = set_union(
                machine->values, result,
                set_of(machine->values,
                       value_of(machine->values, VALUE_MANAGED, function, 0)));
    }
    return result;
}

/* super() in a method; with arguments, they are the same in all but name. */
uint32_t known_super(struct machine *machine, const struct passed *passed)
{
    const struct scopes *scopes = machine->scopes;
    uint32_t function, scope;

    (void)passed;
    if (machine->expands)
        return SET_EMPTY;
    scope = function = machine->code->units[machine->unit].scope;
    while (scope != SCOPE_NONE && scopes->items[scope].kind != SCOPE_CLASS) {
        function = scope;
        scope = scopes->items[scope].parent;
    }
    if (scope == SCOPE_NONE)
        return SET_EMPTY;
    return set_of(
        machine->values,
        value_of(machine->values, VALUE_SUPER, scope,
                 value_of(machine->values, VALUE_PARAMETER, function, 0)));
}

/* ---- modules ------------------------------------------------------------- */

static uint32_t module_named(struct machine *machine,
                             const struct passed *passed, uint32_t symbol)
{
    (void)passed;
    return set_of(machine->values, module_import(machine, symbol));
}

/* __import__("a.b") is a. */
static uint32_t first_named(struct machine *machine,
                            const struct passed *passed, uint32_t symbol)
{
    struct intern *symbols = &machine->scopes->symbols;
    struct buffer name = BUFFER_EMPTY;
    struct text text = intern_text(symbols, symbol);

    buffer_append(&name, text.bytes, text_find(text, '.', 0));
    symbol = intern_add(symbols, buffer_view(&name));
    buffer_release(&name);
    return module_named(machine, passed, symbol);
}

uint32_t known_import(struct machine *machine, const struct passed *passed)
{
    return for_strings(machine, passed, 0, first_named);
}

/* import_module("a.b") is a.b. */
uint32_t known_import_module(struct machine *machine,
                             const struct passed *passed)
{
    return for_strings(machine, passed, 0, module_named);
}

/* ---- containers ---------------------------------------------------------- */

/* dict(other, name=…): the keyword arguments; a copy is the other itself. */
uint32_t known_dict(struct machine *machine, const struct passed *passed)
{
    uint32_t made =
        set_of(machine->values, item_container(machine, CONTAINER_KEYED));
    const struct call *call = passed->call;

    for (uint32_t i = 0; call && i < call->count; i++) {
        struct argument of = machine->code->arguments[call->arguments + i];

        if (of.kind == ARGUMENT_KEYWORD)
            item_set(
                machine, made,
                set_of(machine->values,
                       value_of(machine->values, VALUE_STRING, of.symbol, 0)),
                machine->stack[passed->stack + i]);
    }
    return set_union(machine->values, made, known_argument(machine, passed, 0));
}

uint32_t method_get(struct machine *machine, uint32_t container,
                    const struct passed *passed)
{
    uint32_t found = item_get(machine, set_of(machine->values, container),
                              known_argument(machine, passed, 0));

    return set_union(machine->values, found,
                     known_argument(machine, passed, 1));
}

uint32_t method_setdefault(struct machine *machine, uint32_t container,
                           const struct passed *passed)
{
    uint32_t found = method_get(machine, container, passed);

    item_set(machine, set_of(machine->values, container),
             known_argument(machine, passed, 0), found);
    return found;
}

uint32_t method_append(struct machine *machine, uint32_t container,
                       const struct passed *passed)
{
    uint32_t count = passed->call ? passed->call->count : 0;

    if (count)
        item_set(machine, set_of(machine->values, container), SET_EMPTY,
                 known_argument(machine, passed, count - 1));
    return SET_EMPTY;
}

uint32_t method_copy(struct machine *machine, uint32_t container,
                     const struct passed *passed)
{
    (void)passed;
    return set_of(machine->values, container);
}

uint32_t method_values(struct machine *machine, uint32_t container,
                       const struct passed *passed)
{
    uint32_t made =
        set_of(machine->values, item_container(machine, CONTAINER_GROWS));

    (void)passed;
    item_set(machine, made, SET_EMPTY, item_all(machine, container));
    return made;
}
