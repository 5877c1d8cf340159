#include "core/machine/lower.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/machine/lower_plan.h"

/* ---- the plan ------------------------------------------------------------ */

void plan(struct lower *lower, lower_step *run, uint32_t a, uint32_t b)
{
    *ARRAY_PUSH(lower->steps) = (struct step){ run, a, b };
}

static void reverse(struct step *steps, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct step step = steps[i];

        steps[i] = steps[count - 1 - i];
        steps[count - 1 - i] = step;
    }
}

/* Do everything planned. Returns false if the deadline passed. */
static bool carry_out(struct lower *lower, struct deadline *deadline)
{
    while (lower->steps_count) {
        struct step step = lower->steps[--lower->steps_count];
        size_t planned = lower->steps_count;

        if (deadline_tick(deadline))
            return false;
        step.run(lower, step.a, step.b);
        reverse(lower->steps + planned, lower->steps_count - planned);
    }
    return true;
}

/* ---- operations ---------------------------------------------------------- */

/* How many sets more an operation leaves on the stack than it found. */
static int growth_of(const struct lower *lower, enum opcode opcode, uint32_t a,
                     uint32_t b)
{
    static const int fixed[OPCODES] = {
        [OP_CONSTANT] = 1,    [OP_UNKNOWN] = 1,
        [OP_ABSENT] = 1,      [OP_POP] = -1,
        [OP_DUPLICATE] = 1,   [OP_LOAD] = 1,
        [OP_STORE] = -1,      [OP_TAKE] = 1,
        [OP_JOIN] = -1,       [OP_ITEM] = -1,
        [OP_STORE_ITEM] = -3, [OP_BINARY] = -1,
        [OP_CONTAINER] = 1,   [OP_STORE_ATTRIBUTE] = -2,
        [OP_FUNCTION] = 1,    [OP_DICTIONARY] = 1,
        [OP_CLASS_END] = 1,   [OP_RETURN] = -1,
        [OP_ITERATE] = 1,     [OP_UNPACK] = -1,
        [OP_IMPORT] = 1,      [OP_STAR] = -1,
    };
    int growth = fixed[opcode];

    if (opcode == OP_CALL)
        return growth - (int)lower->code->calls[a].count;
    if (opcode == OP_DICTIONARY)
        return growth - 2 * (int)a;
    if (opcode == OP_UNPACK)
        return growth + (int)a;
    if (opcode == OP_CONTAINER)
        return growth - (int)a;
    if (opcode == OP_FUNCTION || opcode == OP_CLASS_BEGIN)
        return growth - (int)b;
    return growth;
}

/* They stand at the last operation. */
static void define_labels(struct lower *lower, uint32_t label, uint32_t count)
{
    uint32_t operation =
        (uint32_t)lower->code->operations_count - 1 - lower->first;

    for (uint32_t i = 0; i < count; i++)
        lower->code->labels[label + i] =
            (struct label){ lower->depth, lower->handlers, operation };
}

void emit(struct lower *lower, enum opcode opcode, uint32_t a, uint32_t b)
{
    *ARRAY_PUSH(lower->code->operations) =
        (struct operation){ (uint8_t)opcode, a, b };
    lower->depth =
        (uint32_t)((int)lower->depth + growth_of(lower, opcode, a, b));
    if (opcode == OP_STORE || opcode == OP_DELETE)
        lower->code->variables[a].stores++;
    if (opcode == OP_TRY)
        lower->handlers++;
    if (opcode == OP_TRY_END)
        lower->handlers--;
    if (opcode == OP_LABEL || opcode == OP_LOOP || opcode == OP_FINALLY)
        define_labels(lower, a, opcode == OP_FINALLY ? FINALLY_WAYS : 1);
}

/* The opcode is in the low bits of b. */
#define OPCODE_BITS 6

static void step_emit(struct lower *lower, uint32_t a, uint32_t b)
{
    emit(lower, (enum opcode)(b & ((1U << OPCODE_BITS) - 1)), a,
         b >> OPCODE_BITS);
}

void plan_emit_two(struct lower *lower, enum opcode opcode, uint32_t a,
                   uint32_t b)
{
    plan(lower, step_emit, a, (uint32_t)opcode | b << OPCODE_BITS);
}

void plan_emit(struct lower *lower, enum opcode opcode, uint32_t a)
{
    plan_emit_two(lower, opcode, a, 0);
}

uint32_t new_label(struct lower *lower)
{
    ARRAY_PUSH(lower->code->labels)->depth = 0;
    return (uint32_t)lower->code->labels_count - 1;
}

uint32_t symbol_of(struct lower *lower, uint32_t node)
{
    return scope_symbol(lower->scopes, syntax_text(lower->tree, node));
}

uint32_t take_temporary(struct lower *lower)
{
    struct unit *unit = &lower->code->units[lower->unit];

    if (++lower->temporaries > unit->temporaries)
        unit->temporaries = lower->temporaries;
    return code_temporary(lower->code, lower->unit, lower->temporaries - 1);
}

void step_give_back(struct lower *lower, uint32_t a, uint32_t b)
{
    (void)a;
    (void)b;
    lower->temporaries--;
}

void step_scope(struct lower *lower, uint32_t scope, uint32_t unused)
{
    (void)unused;
    lower->scope = scope;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

void step_head(struct lower *lower, uint32_t node, uint32_t body)
{
    const struct node *nodes = lower->tree->nodes;
    const char *code = lower->tree->source->code;
    uint32_t start = nodes[node].start;
    uint32_t end = body ? nodes[body].start : nodes[node].end;

    while (end > start && is_blank(code[end - 1]))
        end--;
    lower->statement_start = start;
    lower->statement_end = end;
}

/* ---- units --------------------------------------------------------------- */

static uint32_t body_of(const struct lower *lower, uint32_t scope)
{
    uint32_t node = lower->scopes->items[scope].node;

    return node ? syntax_field(lower->tree, node, FIELD_BODY) : 0;
}

static void plan_unit(struct lower *lower, uint32_t scope)
{
    const struct unit *unit = &lower->code->units[lower->unit];
    uint32_t node = lower->scopes->items[scope].node;
    uint32_t body = body_of(lower, scope);

    if (!node) {
        plan_children(lower, node);
    } else if (syntax_kind(lower->tree, node) == NODE_LAMBDA) {
        lower->statement_start = unit->statement_start;
        lower->statement_end = unit->statement_end;
        if (body)
            plan(lower, lower_expression, body, 0);
        plan_emit(lower, body ? OP_RETURN : OP_RAISE, 0);
    } else if (body) {
        plan_children(lower, body);
    }
    reverse(lower->steps, lower->steps_count);
}

static bool lower_unit(struct lower *lower, uint32_t number,
                       struct deadline *deadline)
{
    struct code *code = lower->code;
    uint32_t first = lower->first = (uint32_t)code->operations_count;
    uint32_t labels = (uint32_t)code->labels_count;
    bool done;

    lower->unit = number;
    lower->scope = code->units[number].scope;
    lower->depth = lower->handlers = lower->temporaries = 0;
    lower->broken =
        syntax_has_error(lower->tree, lower->scopes->items[lower->scope].node);
    plan_unit(lower, lower->scope);
    done = carry_out(lower, deadline);
    code->units[number].operations = first;
    code->units[number].count = (uint32_t)code->operations_count - first;
    code->units[number].labels = labels;
    code->units[number].labels_count = (uint32_t)code->labels_count - labels;
    return done;
}

/* Modules and functions are units, other scopes belong to the one around. */
static void add_units(struct lower *lower)
{
    struct code *code = lower->code;
    const struct scopes *scopes = lower->scopes;

    for (uint32_t scope = lower->module; scope < scopes->items_count; scope++) {
        enum scope_kind kind = scopes->items[scope].kind;
        uint32_t parent = scopes->items[scope].parent;
        uint32_t unit = (uint32_t)code->units_count;

        if (kind == SCOPE_MODULE && scope != lower->module)
            break;
        if (kind == SCOPE_MODULE || kind == SCOPE_FUNCTION)
            *ARRAY_PUSH(code->units) =
                (struct unit){ .scope = scope, .module = lower->module };
        else
            unit = code->unit_of_scope[parent];
        *ARRAY_PUSH(code->unit_of_scope) = unit;
    }
}

int lower_module(struct code *code, struct scopes *scopes,
                 struct values *values, uint32_t module,
                 struct deadline *deadline, struct error *err)
{
    struct lower lower = { .code = code,
                           .scopes = scopes,
                           .values = values,
                           .tree = scopes->items[module].tree,
                           .module = module };
    uint32_t unit = (uint32_t)code->units_count;
    bool in_time = true;

    add_units(&lower);
    for (; in_time && unit < code->units_count; unit++)
        in_time = lower_unit(&lower, unit, deadline);
    free(lower.steps);
    free(lower.around);
    return in_time ? 0
                   : error_set(err, ERROR_LIMIT, "analysing it took too long");
}
