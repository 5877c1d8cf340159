/*
 * A Python text on its way through the analysis, as far as a test wants it:
 * python_parse, or that and python_collect, or all of it with python_lower.
 */
#ifndef TMPGUARD_TESTS_CORE_PYTHON_H
#define TMPGUARD_TESTS_CORE_PYTHON_H

#include "tests/test.h"

#include "core/machine/lower.h"
#include "core/machine/machine.h"

#define PYTHON_TIME_MS 60000

struct python {
    struct source source;
    struct syntax tree;
    struct scopes scopes;
    struct values values;
    struct code code;
    struct deadline deadline;
    uint32_t module; /* scope */
};

/* The text must outlive it; python_close gives everything back. */
static inline void python_parse(struct python *python, struct text text)
{
    struct error err = { .message = "" };

    *python = (struct python){ .deadline = deadline_in(PYTHON_TIME_MS) };
    values_open(&python->values, &python->scopes.symbols);
    if (source_open(&python->source, text, &err) < 0 ||
        syntax_parse(&python->tree, &python->source, &python->deadline, &err) <
            0)
        fail_msg("%s: %.*s", err.message, (int)text.size, text.bytes);
}

static inline void python_collect(struct python *python, struct text text)
{
    struct error err = { .message = "" };

    python_parse(python, text);
    if (scope_collect(&python->scopes, &python->tree, &python->module, &err) <
        0)
        fail_msg("%s: %.*s", err.message, (int)text.size, text.bytes);
}

static inline void python_lower(struct python *python, struct text text)
{
    struct error err = { .message = "" };

    python_collect(python, text);
    if (lower_module(&python->code, &python->scopes, &python->values,
                     python->module, &python->deadline, &err) < 0)
        fail_msg("%s: %.*s", err.message, (int)text.size, text.bytes);
}

/* Run what was lowered, alone. */
static inline int python_run(struct python *python, bool coarse,
                             struct deadline *deadline,
                             struct machine_result *result, struct error *err)
{
    const struct machine_job job = { .code = &python->code,
                                     .scopes = &python->scopes,
                                     .values = &python->values,
                                     .coarse = coarse,
                                     .deadline = deadline };

    return machine_run(&job, result, err);
}

static inline void python_close(struct python *python)
{
    code_release(&python->code);
    values_close(&python->values);
    scope_release(&python->scopes);
    syntax_release(&python->tree);
    source_close(&python->source);
}

/* The first node of that kind whose text starts so, or SYNTAX_NONE. */
static inline uint32_t python_node(const struct python *python,
                                   enum node_kind kind, const char *start)
{
    const struct syntax *tree = &python->tree;

    for (uint32_t node = 0; node < tree->nodes_count; node++)
        if (syntax_kind(tree, node) == kind &&
            text_starts_with(syntax_text(tree, node), text_of(start)))
            return node;
    return SYNTAX_NONE;
}

#endif
