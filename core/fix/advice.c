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
#define LOST "the path is lost: keep what mkdtemp returns, or take the call out"
#define UNUSED                                                                 \
    "nothing keeps the name: take the call out, or keep what it returns"

#define EXCLUSIVE                                                              \
    "os.open with O_EXCL creates it for itself, so at most nothing is done: "  \
    "excuse it with a reason, or take mkdtemp, and a name in that folder"
#define JOINED                                                                 \
    "a longer text is made of it: take mkdtemp, and a name in that folder"

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

/* What gets the call as an argument. */
static struct verdict of_taker(const struct script *script, uint32_t taker)
{
    struct text callee = syntax_text(&script->tree, taker);

    if (text_ends_with(callee, TEXT("basename")))
        return (struct verdict){ FIX_MANUAL, NAME_ALONE, FIX_USE_OTHER };
    if (text_equal(callee, TEXT("os.open")))
        return (struct verdict){ FIX_MANUAL, EXCLUSIVE, FIX_USE_OPENED };
    if (text_ends_with(callee, TEXT("mkdir")) ||
        text_ends_with(callee, TEXT("makedirs")))
        return (struct verdict){ FIX_MANUAL, LOST, FIX_USE_FOLDER };
    return (struct verdict){ FIX_MANUAL, NO_STATEMENT, FIX_USE_PASSED };
}

struct verdict advice_of(const struct repair *repair)
{
    const struct script *script = repair->script;
    uint32_t around = script_parent(script, repair->call);
    uint32_t taker = taker_of(script, repair->call);

    if (is_returned(script, around))
        return (struct verdict){ FIX_MANUAL, RETURNED, FIX_USE_RETURNED };
    if (taker)
        return of_taker(script, taker);
    switch (script->tree.nodes[around].kind) {
    case NODE_EXPRESSION_STATEMENT:
        return (struct verdict){ FIX_MANUAL, UNUSED, FIX_USE_OTHER };
    case NODE_BINARY_OPERATOR:
    case NODE_INTERPOLATION:
        return (struct verdict){ FIX_MANUAL, JOINED, FIX_USE_OTHER };
    default:
        return (struct verdict){ FIX_MANUAL, NO_STATEMENT, FIX_USE_OTHER };
    }
}
