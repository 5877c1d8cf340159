#include "core/fix/overwrite.h"

#include "core/fix/meaning.h"
#include "core/fix/opening.h"

/* Functions that overwrite a file, and which argument that is, from 0. */
static const struct {
    const char *module, *member;
    unsigned position;
} overwriting[] = {
    { "shutil", "copyfile", 1 },
    { "shutil", "copy", 1 },
    { "shutil", "copy2", 1 },
    { "sqlite3", "connect", 0 },
};

static uint32_t argument_at(const struct syntax *tree, uint32_t call,
                            unsigned position)
{
    uint32_t list = syntax_field(tree, call, FIELD_ARGUMENTS);
    uint32_t at = syntax_first(tree, list);

    while (at && position--)
        at = syntax_next(tree, list, at);
    return at;
}

/* `codecs.open(P, "w")` */
static uint32_t opens_codecs(struct repair *repair, uint32_t call)
{
    struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    uint32_t path = argument_at(tree, call, 0);
    uint32_t mode = argument_at(tree, call, 1);
    struct text text = syntax_text(tree, mode);

    return meaning_is_member(script, syntax_field(tree, call, FIELD_FUNCTION),
                             "codecs", "open") &&
                   mode && repair_is_path(repair, path) &&
                   (text_starts_with(text, TEXT("'w")) ||
                    text_starts_with(text, TEXT("\"w")))
               ? path
               : SYNTAX_NONE;
}

/* `Path(P).write_text(…)` */
static uint32_t writes_path(struct repair *repair, uint32_t call)
{
    struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    uint32_t callee = syntax_field(tree, call, FIELD_FUNCTION);
    uint32_t object = syntax_field(tree, callee, FIELD_OBJECT);
    uint32_t method = syntax_field(tree, callee, FIELD_ATTRIBUTE), path;

    if (!object || syntax_kind(tree, object) != NODE_CALL ||
        (!script_is_name(script, method, "write_text") &&
         !script_is_name(script, method, "write_bytes")) ||
        !meaning_is_member(script, syntax_field(tree, object, FIELD_FUNCTION),
                           "pathlib", "Path"))
        return SYNTAX_NONE;
    path = argument_at(tree, object, 0);
    return path && repair_is_path(repair, path) ? path : SYNTAX_NONE;
}

/* `open(P, "w")` as an argument of the call. */
static uint32_t opens_argument(struct repair *repair, uint32_t call)
{
    const struct syntax *tree = &repair->script->tree;
    uint32_t list = syntax_field(tree, call, FIELD_ARGUMENTS);

    for (uint32_t at = syntax_first(tree, list); at;
         at = syntax_next(tree, list, at)) {
        struct opening opening;
        uint32_t value = syntax_kind(tree, at) == NODE_KEYWORD_ARGUMENT
                             ? syntax_field(tree, at, FIELD_VALUE)
                             : at;

        if (!opening_read(&opening, repair->script, value) &&
            !opening.is_exclusive && repair_is_path(repair, opening.path))
            return opening.path;
    }
    return SYNTAX_NONE;
}

/* The argument of a call that is P, and is overwritten; or SYNTAX_NONE. */
static uint32_t overwrites(struct repair *repair, uint32_t call)
{
    struct script *script = repair->script;
    uint32_t callee = syntax_field(&script->tree, call, FIELD_FUNCTION), path;

    for (size_t i = 0; i < sizeof(overwriting) / sizeof(*overwriting); i++) {
        path = argument_at(&script->tree, call, overwriting[i].position);
        if (meaning_is_member(script, callee, overwriting[i].module,
                              overwriting[i].member) &&
            path && repair_is_path(repair, path))
            return path;
    }
    path = opens_codecs(repair, call);
    if (!path)
        path = writes_path(repair, call);
    return path ? path : opens_argument(repair, call);
}

/* The call that a statement makes, assigned or entered, or not. */
static uint32_t call_of(const struct script *script, uint32_t statement)
{
    const struct syntax *tree = &script->tree;
    uint32_t value = syntax_first(tree, statement);

    if (syntax_kind(tree, statement) == NODE_WITH && value) {
        value = syntax_child(tree, value, NODE_WITH_ITEM);
        value = value ? syntax_field(tree, value, FIELD_VALUE) : SYNTAX_NONE;
        if (value && syntax_kind(tree, value) == NODE_AS_PATTERN)
            value = syntax_first(tree, value);
    } else if (syntax_kind(tree, statement) != NODE_EXPRESSION_STATEMENT) {
        return SYNTAX_NONE;
    }
    if (value && syntax_kind(tree, value) == NODE_ASSIGNMENT)
        value = syntax_field(tree, value, FIELD_RIGHT);
    return value && syntax_kind(tree, value) == NODE_CALL ? value : SYNTAX_NONE;
}

uint32_t overwrite_find(struct repair *repair)
{
    uint32_t next = script_following(repair->script, repair->statement);
    uint32_t call = next ? call_of(repair->script, next) : SYNTAX_NONE;

    return call ? overwrites(repair, call) : SYNTAX_NONE;
}
