/* The functions whose effect on values matters, by the values they are. */
#include "core/machine/machine_known.h"

#include <stdlib.h>

#include "core/base/memory.h"

static const struct {
    const char *module, *member;
    known_function *run;
} functions[] = {
    { "builtins", "getattr", known_getattr },
    { "builtins", "setattr", known_setattr },
    { "builtins", "vars", known_vars },
    { "builtins", "dict", known_dict },
    { "builtins", "staticmethod", known_static },
    { "builtins", "classmethod", known_classmethod },
    { "builtins", "property", known_property },
    { "builtins", "super", known_super },
    { "builtins", "__import__", known_import },
#define BUILTINS 9
    { "importlib", "import_module", known_import_module },
    { "functools", "partial", known_partial },
    { "functools", "cached_property", known_property },
    { "contextlib", "contextmanager", known_manager },
    { "contextlib", "asynccontextmanager", known_manager },
};

static const struct {
    const char *name;
    known_method *run;
} methods[] = {
    { "get", method_get },       { "pop", method_get },
    { "add", method_append },    { "append", method_append },
    { "copy", method_copy },     { "setdefault", method_setdefault },
    { "values", method_values }, { "insert", method_append },
};

#define FUNCTIONS (sizeof(functions) / sizeof(*functions))
#define METHODS   (sizeof(methods) / sizeof(*methods))

/* The rows above as numbers of values and symbols. */
struct known {
    uint32_t functions[FUNCTIONS], builtins[BUILTINS], methods[METHODS];
    uint32_t targets[TARGET_COUNT], target_modules[TARGET_COUNT];
    uint32_t homes[TARGET_COUNT];
    uint32_t modules; /* sys.modules */
};

static uint32_t symbol_of(struct machine *machine, const char *name)
{
    return intern_add(&machine->scopes->symbols, text_of(name));
}

static uint32_t module_of(struct machine *machine, const char *name)
{
    return value_of(machine->values, VALUE_MODULE, symbol_of(machine, name), 0);
}

static uint32_t member_of(struct machine *machine, const char *module,
                          const char *member)
{
    return value_of(machine->values, VALUE_MEMBER, module_of(machine, module),
                    symbol_of(machine, member));
}

void known_open(struct machine *machine)
{
    struct known *known = memory_new(1, sizeof(*known));

    for (size_t i = 0; i < FUNCTIONS; i++)
        known->functions[i] =
            member_of(machine, functions[i].module, functions[i].member);
    for (size_t i = 0; i < BUILTINS; i++)
        known->builtins[i] = symbol_of(machine, functions[i].member);
    for (size_t i = 0; i < METHODS; i++)
        known->methods[i] = symbol_of(machine, methods[i].name);
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *info = rule_target((enum target)i);

        known->targets[i] = member_of(machine, info->module, info->member);
        known->target_modules[i] = module_of(machine, info->name);
        known->homes[i] = module_of(machine, info->module);
    }
    known->modules = member_of(machine, "sys", "modules");
    machine->known = known;
}

void known_close(struct machine *machine)
{
    free(machine->known);
}

static int call_method(struct machine *machine, struct value method,
                       const struct passed *passed, uint32_t *result)
{
    for (size_t i = 0; i < METHODS; i++)
        if (machine->known->methods[i] == method.b) {
            *result = methods[i].run(machine, method.a, passed);
            return 1;
        }
    return 0;
}

int known_call(struct machine *machine, uint32_t callee,
               const struct passed *passed, uint32_t *result)
{
    struct value of = value_get(machine->values, callee);

    if (of.kind == VALUE_METHOD)
        return call_method(machine, of, passed, result);
    for (size_t i = 0; i < FUNCTIONS; i++)
        if (machine->known->functions[i] == callee) {
            *result = functions[i].run(machine, passed);
            return 1;
        }
    return 0;
}

bool known_builtin(const struct machine *machine, uint32_t symbol,
                   uint32_t *value)
{
    for (size_t i = 0; i < BUILTINS; i++)
        if (machine->known->builtins[i] == symbol) {
            *value = machine->known->functions[i];
            return true;
        }
    return false;
}

bool known_is_function(const struct machine *machine, uint32_t value)
{
    size_t i = 0;

    while (i < FUNCTIONS && machine->known->functions[i] != value)
        i++;
    return i < FUNCTIONS;
}

bool known_is_modules(const struct machine *machine, uint32_t value)
{
    return machine->known->modules == value;
}

/* `import tempfile.mktemp as m` fails, but CodeQL takes m for the function. */
enum target known_target(const struct machine *machine, uint32_t value)
{
    int i = 0;

    while (i < TARGET_COUNT && machine->known->targets[i] != value &&
           !(machine->coarse && machine->known->target_modules[i] == value))
        i++;
    return (enum target)i;
}

uint8_t known_home_of(const struct machine *machine, uint32_t value)
{
    uint8_t targets = 0;

    for (int i = 0; i < TARGET_COUNT; i++)
        if (machine->known->homes[i] == value)
            targets |= (uint8_t)(1U << i);
    return targets;
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
