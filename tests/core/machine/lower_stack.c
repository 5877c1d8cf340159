/*
 * Whatever the text: the operations of a unit never take more from the stack
 * than there is, labels are reached with what they say, and every operand is
 * the number of something.
 */
#include "tests/core/files.h"
#include "tests/core/python.h"

#include <stdlib.h>

#include "core/base/memory.h"

/* What code.h says of each opcode; those with a count are in taken_by. */
static const struct {
    uint8_t pops, pushes;
} effects[OPCODES] = {
    [OP_CONSTANT] = { 0, 1 },
    [OP_UNKNOWN] = { 0, 1 },
    [OP_ABSENT] = { 0, 1 },
    [OP_POP] = { 1, 0 },
    [OP_DUPLICATE] = { 1, 2 },
    [OP_LOAD] = { 0, 1 },
    [OP_STORE] = { 1, 0 },
    [OP_JOIN] = { 1, 0 },
    [OP_TAKE] = { 0, 1 },
    [OP_ATTRIBUTE] = { 1, 1 },
    [OP_STORE_ATTRIBUTE] = { 2, 0 },
    [OP_ITEM] = { 2, 1 },
    [OP_STORE_ITEM] = { 3, 0 },
    [OP_CONTAINER] = { 0, 1 },
    [OP_DICTIONARY] = { 0, 1 },
    [OP_BINARY] = { 2, 1 },
    [OP_CALL] = { 1, 1 },
    [OP_FUNCTION] = { 0, 1 },
    [OP_CLASS_END] = { 0, 1 },
    [OP_FIELD] = { 1, 1 },
    [OP_RETURN] = { 1, 0 },
    [OP_YIELD] = { 1, 1 },
    [OP_ITERATE] = { 1, 2 },
    [OP_UNPACK] = { 1, 0 },
    [OP_ENTER] = { 1, 1 },
    [OP_IMPORT] = { 0, 1 },
    [OP_IMPORT_MEMBER] = { 1, 1 },
    [OP_STAR] = { 1, 0 },
};

struct check {
    const char *path;
    const struct python *python;
    const struct unit *unit;
    uint32_t at; /* the operation, within the unit */
    int64_t depth;
    uint32_t handlers;
    uint8_t *defined; /* by label of the unit */
};

static void fail_at(const struct check *check, const char *what)
{
    fail_msg("%s: unit %u, operation %u: %s", check->path,
             (uint32_t)(check->unit - check->python->code.units), check->at,
             what);
}

static uint64_t taken_by(const struct check *check,
                         const struct operation *operation)
{
    switch (operation->code) {
    case OP_CALL:
        return 1 + (uint64_t)check->python->code.calls[operation->a].count;
    case OP_CONTAINER:
        return operation->a;
    case OP_DICTIONARY:
        return 2 * (uint64_t)operation->a;
    case OP_FUNCTION:
    case OP_CLASS_BEGIN:
        return operation->b;
    default:
        return effects[operation->code].pops;
    }
}

/* Only break and continue, and what a syntax error left, leave something. */
static bool is_exact(const struct check *check,
                     const struct operation *operation)
{
    const struct python *python = check->python;

    return operation->code == OP_FORK &&
           !syntax_has_error(&python->tree,
                             python->scopes.items[check->unit->scope].node);
}

static void check_label(const struct check *check,
                        const struct operation *operation, uint32_t number)
{
    const struct label *label = &check->python->code.labels[number];

    if (number - check->unit->labels >= check->unit->labels_count)
        fail_at(check, "a label of another unit");
    if (check->depth < (int64_t)label->depth)
        fail_at(check, "a label that wants more on the stack");
    if (check->handlers < label->handlers)
        fail_at(check, "a label within more OP_TRY");
    if (check->depth != (int64_t)label->depth && is_exact(check, operation))
        fail_at(check, "a label that wants less on the stack");
}

static void check_operand(const struct check *check,
                          const struct operation *operation)
{
    const struct python *python = check->python;
    uint32_t limit = UINT32_MAX;

    switch (operation->code) {
    case OP_CONSTANT:
        limit = intern_count(&python->values.values);
        break;
    case OP_LOAD:
        limit = (uint32_t)python->code.references_count;
        break;
    case OP_STORE:
    case OP_JOIN:
    case OP_TAKE:
    case OP_DELETE:
        limit = (uint32_t)python->code.variables_count;
        break;
    case OP_ATTRIBUTE:
    case OP_STORE_ATTRIBUTE:
    case OP_IMPORT:
    case OP_IMPORT_MEMBER:
        limit = intern_count(&python->scopes.symbols);
        break;
    case OP_CALL:
        limit = (uint32_t)python->code.calls_count;
        break;
    case OP_FUNCTION:
    case OP_CLASS_BEGIN:
    case OP_CLASS_END:
    case OP_FIELD:
    case OP_STAR:
        limit = (uint32_t)python->scopes.items_count;
        break;
    default:
        break;
    }
    if (operation->code >= OPCODES || operation->a >= limit)
        fail_at(check, "an operand that is nothing");
}

static void define_label(struct check *check, const struct operation *operation,
                         uint32_t number)
{
    const struct label *label = &check->python->code.labels[number];

    check_label(check, operation, number);
    if (check->depth != label->depth || check->handlers != label->handlers ||
        check->at != label->operation)
        fail_at(check, "a label that wants something else");
    if (check->defined[number - check->unit->labels]++)
        fail_at(check, "a label twice");
}

/* The label that an operation goes to, plus 1; or 0. */
static uint32_t aim_of(const struct operation *operation)
{
    switch (operation->code) {
    case OP_JUMP:
    case OP_FORK:
    case OP_BACK:
    case OP_TRY:
        return operation->a + 1;
    case OP_RETURN:
        return operation->a;
    default:
        return 0;
    }
}

static void check_flow(struct check *check, const struct operation *operation)
{
    uint32_t aim = aim_of(operation);

    if (aim)
        check_label(check, operation, aim - 1);
    switch (operation->code) {
    case OP_LABEL:
    case OP_LOOP:
        define_label(check, operation, operation->a);
        break;
    case OP_FINALLY:
        for (uint32_t way = 0; way < FINALLY_WAYS; way++)
            define_label(check, operation, operation->a + way);
        break;
    default:
        break;
    }
    if (operation->code == OP_TRY)
        check->handlers++;
    if (operation->code == OP_TRY_END && check->handlers-- == 0)
        fail_at(check, "an OP_TRY_END too much");
}

static void check_operation(struct check *check,
                            const struct operation *operation)
{
    int64_t taken;

    check_operand(check, operation);
    taken = (int64_t)taken_by(check, operation);
    if (check->depth < taken)
        fail_at(check, "more is taken than there is");
    check_flow(check, operation);
    check->depth += (int64_t)effects[operation->code].pushes - taken;
    if (operation->code == OP_UNPACK)
        check->depth += operation->a;
}

static void check_unit(struct check *check)
{
    const struct code *code = &check->python->code;
    const struct unit *unit = check->unit;

    check->defined = memory_new(unit->labels_count + 1, 1);
    check->depth = check->handlers = 0;
    for (check->at = 0; check->at < unit->count; check->at++)
        check_operation(check, &code->operations[unit->operations + check->at]);
    if (check->depth != 0 || check->handlers != 0)
        fail_at(check, "something is left at the end");
    for (uint32_t i = 0; i < unit->count; i++) {
        uint32_t aim = aim_of(&code->operations[unit->operations + i]);

        if (aim && !check->defined[aim - 1 - unit->labels])
            fail_at(check, "a label that is nowhere");
    }
    free(check->defined);
}

/* What cannot be read is a matter of other tests. */
static void check_text(const char *path, struct text text)
{
    struct python python = { .deadline = deadline_in(PYTHON_TIME_MS) };
    struct check check = { .path = path, .python = &python };
    struct error err;

    values_open(&python.values, &python.scopes.symbols);
    if (source_open(&python.source, text, &err) == 0 &&
        syntax_parse(&python.tree, &python.source, &python.deadline, &err) ==
            0 &&
        scope_collect(&python.scopes, &python.tree, &python.module, &err) ==
            0 &&
        lower_module(&python.code, &python.scopes, &python.values,
                     python.module, &python.deadline, &err) == 0)
        for (uint32_t unit = 0; unit < python.code.units_count; unit++) {
            check.unit = &python.code.units[unit];
            check_unit(&check);
        }
    python_close(&python);
}

static void check_whole(const char *path, struct text text, void *payload)
{
    (void)payload;
    check_text(path, text);
}

/* Each file up to some point, and from there on. */
static void check_cut(const char *path, struct text text, void *payload)
{
    const uint32_t *cuts = payload;

    for (uint32_t i = 1; i <= *cuts; i++) {
        size_t at = text.size * i / (*cuts + 1);

        check_text(path, text_slice(text, 0, at));
        check_text(path, text_slice(text, at, text.size));
    }
}

/* Some bytes are others: brackets, colons, keywords, blanks go wrong. */
static void check_spoilt(const char *path, struct text text, void *payload)
{
    static const char others[] = "():,=*[]{}\n \t'\"#\\@.x";
    uint32_t *seed = payload;
    char *copy = memory_copy(text.bytes, text.size);

    for (size_t i = 0; i < text.size; i += 1 + (*seed >> 16) % 64) {
        *seed = *seed * 1664525 + 1013904223;
        copy[i] = others[(*seed >> 24) % (sizeof(others) - 1)];
    }
    check_text(path, (struct text){ copy, text.size });
    free(copy);
}

static void the_stack_of_every_case_is_sound(void **state)
{
    (void)state;
    assert_true(files_each(check_whole, NULL) > 500);
}

static void the_stack_of_parts_of_files_is_sound(void **state)
{
    uint32_t cuts = 3;

    (void)state;
    files_each(check_cut, &cuts);
}

static void the_stack_of_spoilt_files_is_sound(void **state)
{
    uint32_t seed = 1;

    (void)state;
    for (int i = 0; i < 4; i++)
        files_each(check_spoilt, &seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_stack_of_every_case_is_sound),
        cmocka_unit_test(the_stack_of_parts_of_files_is_sound),
        cmocka_unit_test(the_stack_of_spoilt_files_is_sound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
