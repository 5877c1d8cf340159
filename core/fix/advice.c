#include "core/fix/advice.h"

#define RETURNED                                                               \
    "callers get a name that anybody can take: return an open file, "          \
    "mkstemp's pair, or a folder of TemporaryDirectory"
#define NO_STATEMENT                                                           \
    "a statement cannot be put in here: move the call out of the expression "  \
    "first"
#define NAME_ALONE                                                             \
    "where only a random name is wanted, use uuid.uuid4().hex or "             \
    "secrets.token_hex(8), and create the file in its place with mode x"
#define UNUSED                                                                 \
    "nothing keeps the name: take the call out, or keep what it returns"

#define EXCLUSIVE                                                              \
    "os.open with O_EXCL creates it for itself, so at most nothing is done: "  \
    "excuse it with a reason, or take mkdtemp, and a name in that folder"
#define JOINED                                                                 \
    "a longer text is made of it: take mkdtemp, and a name in that folder"

static bool ends_with(const struct script *script, uint32_t callee,
                      const char *name)
{
    return callee &&
           text_ends_with(syntax_text(&script->tree, callee), text_of(name));
}

/* The callee that the call is an argument of, or SYNTAX_NONE. */
static uint32_t taker_of(const struct script *script, uint32_t call)
{
    uint32_t list = script_parent(script, call);

    if (syntax_kind(&script->tree, list) == NODE_KEYWORD_ARGUMENT)
        list = script_parent(script, list);
    return syntax_kind(&script->tree, list) == NODE_ARGUMENT_LIST
               ? syntax_field(&script->tree, script_parent(script, list),
                              FIELD_FUNCTION)
               : SYNTAX_NONE;
}

static bool is_returned(const struct script *script, uint32_t node)
{
    for (; node != SYNTAX_NONE; node = script_parent(script, node)) {
        enum node_kind kind = syntax_kind(&script->tree, node);

        if (kind == NODE_RETURN || kind == NODE_YIELD)
            return true;
        if (kind == NODE_BLOCK || kind == NODE_ARGUMENT_LIST)
            return false;
    }
    return false;
}

const char *advice_of(const struct repair *repair)
{
    const struct script *script = repair->script;
    uint32_t around = script_parent(script, repair->call);
    uint32_t taker = taker_of(script, repair->call);

    if (is_returned(script, around))
        return RETURNED;
    if (syntax_kind(&script->tree, around) == NODE_EXPRESSION_STATEMENT)
        return UNUSED;
    if (ends_with(script, taker, "basename"))
        return NAME_ALONE;
    if (taker && text_equal(syntax_text(&script->tree, taker), TEXT("os.open")))
        return EXCLUSIVE;
    if (syntax_kind(&script->tree, around) == NODE_BINARY_OPERATOR ||
        syntax_kind(&script->tree, around) == NODE_INTERPOLATION)
        return JOINED;
    if (ends_with(script, taker, "mkdir") ||
        ends_with(script, taker, "makedirs"))
        return "the path is lost: keep what mkdtemp returns, or take the call "
               "out";
    return NO_STATEMENT;
}
