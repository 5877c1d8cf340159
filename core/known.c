/* Functions of the standard library whose effect on values matters. */
#include "core/machine_parts.h"

#include <string.h>

typedef uint32_t known_function(struct machine *machine, uint32_t callee,
                                const struct passed *passed);

/* ---- helpers ------------------------------------------------------------- */

static uint32_t argument(struct machine *machine, const struct passed *passed,
                         uint32_t index)
{
    uint32_t set = call_argument(machine, passed, index);

    return set == SET_NONE ? SET_EMPTY : set;
}

/* A value of that kind around each value of the first argument. */
static uint32_t wrapped(struct machine *machine, const struct passed *passed,
                        enum value_kind kind)
{
    uint32_t set = expand_all(machine, argument(machine, passed, 0));
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        result =
            set_union(machine->values, result,
                      set_of(machine->values,
                             value_of(machine->values, kind,
                                      set_item(machine->values, set, i), 0)));
    return result;
}

/* ---- builtins ------------------------------------------------------------ */

static uint32_t call_getattr(struct machine *machine, uint32_t callee,
                             const struct passed *passed)
{
    uint32_t objects = argument(machine, passed, 0);
    uint32_t names = expand_all(machine, argument(machine, passed, 1));
    uint32_t result = argument(machine, passed, 2);

    (void)callee;
    for (uint32_t i = 0; i < set_size(machine->values, names); i++) {
        struct value name =
            value_get(machine->values, set_item(machine->values, names, i));

        if (name.kind == VALUE_STRING)
            result = set_union(machine->values, result,
                               attribute_get(machine, objects, name.a));
    }
    return result;
}

static uint32_t call_setattr(struct machine *machine, uint32_t callee,
                             const struct passed *passed)
{
    uint32_t names = expand_all(machine, argument(machine, passed, 1));

    (void)callee;
    for (uint32_t i = 0; i < set_size(machine->values, names); i++) {
        struct value name =
            value_get(machine->values, set_item(machine->values, names, i));

        if (name.kind == VALUE_STRING)
            attribute_set(machine, argument(machine, passed, 0), name.a,
                          argument(machine, passed, 2));
    }
    return SET_EMPTY;
}

static uint32_t call_vars(struct machine *machine, uint32_t callee,
                          const struct passed *passed)
{
    (void)callee;
    return wrapped(machine, passed, VALUE_NAMESPACE);
}

/* dict(other, name=…): the keyword arguments; a copy is the other itself. */
static uint32_t call_dict(struct machine *machine, uint32_t callee,
                          const struct passed *passed)
{
    uint32_t made =
        set_of(machine->values, item_container(machine, CONTAINER_KEYED));
    const struct call *call = passed->call;

    (void)callee;
    for (uint32_t i = 0; call && i < call->count; i++) {
        struct argument of = machine->code->arguments[call->arguments + i];

        if (of.kind == ARGUMENT_KEYWORD)
            item_set(
                machine, made,
                set_of(machine->values,
                       value_of(machine->values, VALUE_STRING, of.symbol, 0)),
                machine->stack[passed->stack + i]);
    }
    return set_union(machine->values, made, argument(machine, passed, 0));
}

static uint32_t call_static(struct machine *machine, uint32_t callee,
                            const struct passed *passed)
{
    (void)callee;
    return wrapped(machine, passed, VALUE_STATIC);
}

static uint32_t call_classmethod(struct machine *machine, uint32_t callee,
                                 const struct passed *passed)
{
    (void)callee;
    return wrapped(machine, passed, VALUE_CLASSMETHOD);
}

static uint32_t call_property(struct machine *machine, uint32_t callee,
                              const struct passed *passed)
{
    (void)callee;
    return wrapped(machine, passed, VALUE_PROPERTY);
}

/* super() in a method; with arguments, they are the same in all but name. */
static uint32_t call_super(struct machine *machine, uint32_t callee,
                           const struct passed *passed)
{
    const struct scopes *scopes = machine->scopes;
    uint32_t function, scope;

    (void)callee;
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

/* __import__("a.b") is a, import_module("a.b") is a.b. */
static uint32_t modules_named(struct machine *machine,
                              const struct passed *passed, bool first_only)
{
    uint32_t names = expand_all(machine, argument(machine, passed, 0));
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, names); i++) {
        struct value name =
            value_get(machine->values, set_item(machine->values, names, i));
        struct text text;

        if (name.kind != VALUE_STRING)
            continue;
        text = intern_text(&machine->scopes->symbols, name.a);
        if (first_only && text_find(text, '.', 0) < text.size) {
            struct buffer copy = BUFFER_EMPTY;

            buffer_append(&copy, text.bytes, text_find(text, '.', 0));
            name.a = intern_add(&machine->scopes->symbols, buffer_view(&copy));
            buffer_release(&copy);
        }
        result = set_union(
            machine->values, result,
            set_of(machine->values,
                   value_of(machine->values, VALUE_MODULE, name.a, 0)));
    }
    return result;
}

static uint32_t call_import(struct machine *machine, uint32_t callee,
                            const struct passed *passed)
{
    (void)callee;
    return modules_named(machine, passed, true);
}

static uint32_t call_import_module(struct machine *machine, uint32_t callee,
                                   const struct passed *passed)
{
    (void)callee;
    return modules_named(machine, passed, false);
}

static uint32_t call_partial(struct machine *machine, uint32_t callee,
                             const struct passed *passed)
{
    (void)callee;
    return wrapped(machine, passed, VALUE_PARTIAL);
}

/* @contextmanager around a function of ours. */
static uint32_t call_manager(struct machine *machine, uint32_t callee,
                             const struct passed *passed)
{
    uint32_t set = expand_all(machine, argument(machine, passed, 0));
    uint32_t result = SET_EMPTY;

    (void)callee;
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

static const struct {
    const char *module, *member;
    known_function *run;
} functions[] = {
    { "builtins", "getattr", call_getattr },
    { "builtins", "setattr", call_setattr },
    { "builtins", "vars", call_vars },
    { "builtins", "dict", call_dict },
    { "builtins", "staticmethod", call_static },
    { "builtins", "classmethod", call_classmethod },
    { "builtins", "property", call_property },
    { "builtins", "super", call_super },
    { "builtins", "__import__", call_import },
    { "importlib", "import_module", call_import_module },
    { "functools", "partial", call_partial },
    { "functools", "cached_property", call_property },
    { "contextlib", "contextmanager", call_manager },
    { "contextlib", "asynccontextmanager", call_manager },
};

#define FUNCTIONS (sizeof(functions) / sizeof(*functions))

static bool is_text(const struct machine *machine, uint32_t symbol,
                    const char *string)
{
    return text_equal(intern_text(&machine->scopes->symbols, symbol),
                      text_of(string));
}

/* ---- methods of containers ----------------------------------------------- */

static uint32_t method_get(struct machine *machine, uint32_t container,
                           const struct passed *passed)
{
    uint32_t found = item_get(machine, set_of(machine->values, container),
                              argument(machine, passed, 0));

    return set_union(machine->values, found, argument(machine, passed, 1));
}

static uint32_t method_setdefault(struct machine *machine, uint32_t container,
                                  const struct passed *passed)
{
    uint32_t found = method_get(machine, container, passed);

    item_set(machine, set_of(machine->values, container),
             argument(machine, passed, 0), found);
    return found;
}

static uint32_t method_append(struct machine *machine, uint32_t container,
                              const struct passed *passed)
{
    uint32_t last = passed->call ? passed->call->count : 0;

    if (last)
        item_set(machine, set_of(machine->values, container), SET_EMPTY,
                 argument(machine, passed, last - 1));
    return SET_EMPTY;
}

static uint32_t method_copy(struct machine *machine, uint32_t container,
                            const struct passed *passed)
{
    (void)passed;
    return set_of(machine->values, container);
}

static uint32_t method_values(struct machine *machine, uint32_t container,
                              const struct passed *passed)
{
    uint32_t made =
        set_of(machine->values, item_container(machine, CONTAINER_GROWS));

    (void)passed;
    item_set(machine, made, SET_EMPTY, item_all(machine, container));
    return made;
}

static const struct {
    const char *name;
    known_function *run;
} methods[] = {
    { "get", method_get },       { "pop", method_get },
    { "add", method_append },    { "append", method_append },
    { "copy", method_copy },     { "setdefault", method_setdefault },
    { "values", method_values }, { "insert", method_append },
};

static int call_method(struct machine *machine, struct value method,
                       const struct passed *passed, uint32_t *result)
{
    for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
        if (is_text(machine, method.b, methods[i].name)) {
            *result = methods[i].run(machine, method.a, passed);
            return 1;
        }
    return 0;
}

/* ---- looking them up ----------------------------------------------------- */

static bool is_member_of(const struct machine *machine, uint32_t value,
                         const char *module, const char *member)
{
    struct value of = value_get(machine->values, value), in;

    if (of.kind != VALUE_MEMBER || !is_text(machine, of.b, member))
        return false;
    in = value_get(machine->values, of.a);
    return in.kind == VALUE_MODULE && is_text(machine, in.a, module);
}

int known_call(struct machine *machine, uint32_t callee,
               const struct passed *passed, uint32_t *result)
{
    struct value of = value_get(machine->values, callee);

    if (of.kind == VALUE_METHOD)
        return call_method(machine, of, passed, result);
    for (size_t i = 0; i < FUNCTIONS; i++)
        if (is_member_of(machine, callee, functions[i].module,
                         functions[i].member)) {
            *result = functions[i].run(machine, callee, passed);
            return 1;
        }
    return 0;
}

bool known_builtin(struct machine *machine, uint32_t symbol, uint32_t *value)
{
    for (size_t i = 0; i < FUNCTIONS; i++)
        if (strcmp(functions[i].module, "builtins") == 0 &&
            is_text(machine, symbol, functions[i].member)) {
            *value = value_of(machine->values, VALUE_MEMBER, machine->builtins,
                              symbol);
            return true;
        }
    return false;
}

bool known_is_modules(const struct machine *machine, uint32_t value)
{
    return is_member_of(machine, value, "sys", "modules");
}

enum target known_target(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *info = rule_target((enum target)i);

        if (is_member_of(machine, value, info->module, info->member))
            return (enum target)i;
        /* `import tempfile.mktemp as m` fails, but CodeQL takes m for it. */
        if (of.kind == VALUE_MODULE && machine->coarse &&
            is_text(machine, of.a, info->name))
            return (enum target)i;
    }
    return TARGET_COUNT;
}

const char *const *known_members(struct text module)
{
    static const char *const of_tempfile[] = { "mktemp", NULL };
    static const char *const of_os[] = { "tempnam", "tmpnam", NULL };
    static const char *const of_functools[] = { "partial", "cached_property",
                                                NULL };
    static const char *const of_importlib[] = { "import_module", NULL };
    static const char *const of_contextlib[] = { "contextmanager", NULL };
    static const struct {
        const char *name;
        const char *const *members;
    } modules[] = { { "tempfile", of_tempfile },
                    { "os", of_os },
                    { "functools", of_functools },
                    { "importlib", of_importlib },
                    { "contextlib", of_contextlib } };

    for (size_t i = 0; i < sizeof(modules) / sizeof(*modules); i++)
        if (text_equal(module, text_of(modules[i].name)))
            return modules[i].members;
    return NULL;
}
