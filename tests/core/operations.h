/*
 * The operations of a unit as text: "load f; call _ k=; pop". Labels are
 * letters, temporaries $ and a number; arguments are _, NAME=, * and **.
 */
#ifndef TMPGUARD_TESTS_CORE_OPERATIONS_H
#define TMPGUARD_TESTS_CORE_OPERATIONS_H

#include "tests/core/python.h"

#include <stdlib.h>
#include <string.h>

static const char *const operation_names[OPCODES] = {
    [OP_CONSTANT] = "constant",
    [OP_UNKNOWN] = "unknown",
    [OP_ABSENT] = "absent",
    [OP_POP] = "pop",
    [OP_DUPLICATE] = "duplicate",
    [OP_LOAD] = "load",
    [OP_STORE] = "store",
    [OP_JOIN] = "join",
    [OP_TAKE] = "take",
    [OP_DELETE] = "delete",
    [OP_ATTRIBUTE] = "attribute",
    [OP_STORE_ATTRIBUTE] = "store_attribute",
    [OP_ITEM] = "item",
    [OP_STORE_ITEM] = "store_item",
    [OP_CONTAINER] = "container",
    [OP_DICTIONARY] = "dictionary",
    [OP_BINARY] = "binary",
    [OP_CALL] = "call",
    [OP_FUNCTION] = "function",
    [OP_CLASS_BEGIN] = "class_begin",
    [OP_CLASS_END] = "class_end",
    [OP_FIELD] = "field",
    [OP_RETURN] = "return",
    [OP_YIELD] = "yield",
    [OP_RAISE] = "raise",
    [OP_JUMP] = "jump",
    [OP_FORK] = "fork",
    [OP_LABEL] = "label",
    [OP_LOOP] = "loop",
    [OP_BACK] = "back",
    [OP_TRY] = "try",
    [OP_TRY_END] = "try_end",
    [OP_FINALLY] = "finally",
    [OP_RESUME] = "resume",
    [OP_ITERATE] = "iterate",
    [OP_UNPACK] = "unpack",
    [OP_ENTER] = "enter",
    [OP_IMPORT] = "import",
    [OP_IMPORT_MEMBER] = "import_member",
    [OP_STAR] = "star",
};

/* How the operand of an opcode is written. */
enum operand { PLAIN, SYMBOL, VALUE, REFERENCE, VARIABLE, LABEL, COUNTS, CALL };

static inline enum operand operand_of(enum opcode opcode)
{
    static const uint8_t operands[OPCODES] = {
        [OP_CONSTANT] = VALUE,       [OP_LOAD] = REFERENCE,
        [OP_STORE] = VARIABLE,       [OP_JOIN] = VARIABLE,
        [OP_TAKE] = VARIABLE,        [OP_DELETE] = VARIABLE,
        [OP_ATTRIBUTE] = SYMBOL,     [OP_STORE_ATTRIBUTE] = SYMBOL,
        [OP_IMPORT_MEMBER] = SYMBOL, [OP_CONTAINER] = COUNTS,
        [OP_DICTIONARY] = COUNTS,    [OP_FUNCTION] = COUNTS,
        [OP_CLASS_BEGIN] = COUNTS,   [OP_CLASS_END] = COUNTS,
        [OP_UNPACK] = COUNTS,        [OP_CALL] = CALL,
        [OP_JUMP] = LABEL,           [OP_FORK] = LABEL,
        [OP_LABEL] = LABEL,          [OP_LOOP] = LABEL,
        [OP_BACK] = LABEL,           [OP_TRY] = LABEL,
        [OP_FINALLY] = LABEL,        [OP_RESUME] = LABEL,
        [OP_IMPORT] = SYMBOL,
    };

    return (enum operand)operands[opcode];
}

static inline void add_symbol(struct buffer *out, const struct python *python,
                              uint32_t symbol)
{
    buffer_byte(out, ' ');
    buffer_text(out, intern_text(&python->scopes.symbols, symbol));
}

static inline void add_value(struct buffer *out, const struct python *python,
                             uint32_t value)
{
    struct value of = value_get(&python->values, value);

    if (of.kind == VALUE_NUMBER) {
        buffer_format(out, " %d", (int)(int32_t)of.a);
        return;
    }
    add_symbol(out, python, of.a);
    buffer_string(out, of.kind != VALUE_STRING ? "" : of.b ? "b''" : "''");
}

static inline void add_variable(struct buffer *out, const struct python *python,
                                uint32_t number)
{
    const struct variable *variable = &python->code.variables[number];
    struct text place = intern_text(&python->code.places, variable->place);
    uint32_t kind;

    memcpy(&kind, place.bytes, sizeof(kind));
    if (kind == PLACE_TEMPORARY)
        buffer_format(out, " $%u", variable->symbol);
    else
        add_symbol(out, python, variable->symbol);
}

static inline void add_arguments(struct buffer *out,
                                 const struct python *python,
                                 const struct call *call)
{
    for (uint32_t i = 0; i < call->count; i++) {
        const struct argument *argument =
            &python->code.arguments[call->arguments + i];

        if (argument->kind == ARGUMENT_KEYWORD) {
            add_symbol(out, python, argument->symbol);
            buffer_byte(out, '=');
        } else {
            buffer_string(out, argument->kind == ARGUMENT_PLAIN   ? " _"
                               : argument->kind == ARGUMENT_SPLAT ? " *"
                                                                  : " **");
        }
    }
}

static inline void add_operand(struct buffer *out, const struct python *python,
                               const struct operation *operation,
                               uint32_t labels)
{
    switch (operand_of((enum opcode)operation->code)) {
    case PLAIN:
        if (operation->code == OP_RETURN && operation->a)
            buffer_format(out, " %c", 'A' + (int)(operation->a - 1 - labels));
        break;
    case SYMBOL:
        add_symbol(out, python, operation->a);
        break;
    case VALUE:
        add_value(out, python, operation->a);
        break;
    case REFERENCE:
        add_symbol(out, python, python->code.references[operation->a].symbol);
        break;
    case VARIABLE:
        add_variable(out, python, operation->a);
        break;
    case LABEL:
        buffer_format(out, " %c", 'A' + (int)(operation->a - labels));
        break;
    case COUNTS:
        buffer_format(out, operation->b ? " %u %u" : " %u", operation->a,
                      operation->b);
        break;
    case CALL:
        add_arguments(out, python, &python->code.calls[operation->a]);
        break;
    }
}

static inline char *operations_text(const struct python *python,
                                    uint32_t number)
{
    const struct unit *unit = &python->code.units[number];
    struct buffer out = BUFFER_EMPTY;

    for (uint32_t i = 0; i < unit->count; i++) {
        const struct operation *operation =
            &python->code.operations[unit->operations + i];

        buffer_string(&out, i ? "; " : "");
        buffer_string(&out, operation_names[operation->code]);
        add_operand(&out, python, operation, unit->labels);
    }
    return buffer_detach(&out);
}

#endif
