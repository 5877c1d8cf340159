/*
 * P = mktemp(…), and a socket, a pipe or a link of that name is made, or a
 * folder is moved there: none of them can take the place of a file. A name in
 * a new folder, which nobody else may write to, is as free.
 */
#include "core/fix/arguments.h"
#include "core/fix/repair.h"

/* Methods and functions that make something of a path, which argument that
   is, from 0, and what it is called in its folder. */
static const struct {
    const char *callee;
    unsigned position;
    const char *name;
} making[] = {
    { "bind", 0, "socket" },
    { "listenUNIX", 0, "socket" },
    { "UNIXServerEndpoint", 1, "socket" },
    { "UnixStreamServer", 0, "socket" },
    { "UnixDatagramServer", 0, "socket" },
    { "ThreadingUnixStreamServer", 0, "socket" },
    { "start_unix_server", 1, "socket" },
    { "create_unix_server", 1, "socket" },
    { "mkfifo", 0, "pipe" },
    { "mknod", 0, "node" },
    { "symlink", 1, "link" },
    { "move", 1, "old" },
};

static struct text last_name(const struct script *script, uint32_t callee)
{
    if (syntax_kind(&script->tree, callee) == NODE_ATTRIBUTE)
        callee = syntax_field(&script->tree, callee, FIELD_ATTRIBUTE);
    return syntax_text(&script->tree, callee);
}

/* What the call makes of the path, by a name; or NULL. */
static const char *made_by(struct repair *repair, uint32_t call)
{
    const struct syntax *tree = &repair->script->tree;
    uint32_t list = syntax_field(tree, call, FIELD_ARGUMENTS);
    struct text callee =
        last_name(repair->script, syntax_field(tree, call, FIELD_FUNCTION));

    for (size_t i = 0; i < sizeof(making) / sizeof(*making); i++) {
        uint32_t at = syntax_first(tree, list);

        if (!text_equal(callee, text_of(making[i].callee)))
            continue;
        for (unsigned left = making[i].position; at && left; left--)
            at = syntax_next(tree, list, at);
        if (at && (at == repair->value || repair_is_target(repair, at)))
            return making[i].name;
    }
    return NULL;
}

static const char *find_made(struct repair *repair)
{
    const struct syntax *tree = &repair->script->tree;
    const char *name = NULL;

    for (uint32_t node = 1; node < tree->nodes_count && !name; node++)
        if (syntax_kind(tree, node) == NODE_CALL)
            name = made_by(repair, node);
    return name;
}

/* The suffix behind the name: of the call, and what it is joined with. */
static const char *put_name(const struct repair *repair, const char *name,
                            uint32_t suffix, struct buffer *out)
{
    const struct script *script = repair->script;
    struct text plain = TEXT_EMPTY;
    bool is_plain = suffix && repair_is_plain(script, suffix, &plain);

    if (suffix && !is_plain && repair->is_joined)
        return "the suffix that it is given is no plain string, and another "
               "one is added";
    buffer_format(out, ", '%s", name);
    buffer_text(out, plain);
    buffer_text(out, repair->suffix);
    buffer_byte(out, '\'');
    if (suffix && !is_plain) {
        buffer_string(out, " + ");
        buffer_text(out, script_text(script, suffix));
    }
    buffer_byte(out, ')');
    return NULL;
}

static const char *put_value(struct repair *repair, const char *name)
{
    struct buffer text = BUFFER_EMPTY, arguments = BUFFER_EMPTY;
    uint32_t suffix;
    const char *trouble = bring_os(repair->bring, repair->callee);

    if (arguments_suffix(repair, &suffix) < 0 ||
        !arguments_append(repair, suffix, &arguments))
        trouble = "the arguments of the call are not known one by one";
    buffer_string(&text, "os.path.join(");
    if (!trouble)
        trouble = repair_member_text(repair, BRING_MKDTEMP, &text);
    buffer_byte(&text, '(');
    buffer_text(&text, text_slice(buffer_view(&arguments),
                                  arguments.size ? 2 : 0, arguments.size));
    buffer_byte(&text, ')');
    if (!trouble)
        trouble = put_name(repair, name, suffix, &text);
    repair_replace(repair, repair->value, text.bytes);
    buffer_release(&arguments);
    buffer_release(&text);
    return trouble;
}

/* What removes the folder that was moved there removes the one around it. */
static void put_removals(struct repair *repair)
{
    const struct syntax *tree = &repair->script->tree;

    for (uint32_t node = 1; node < tree->nodes_count; node++) {
        uint32_t list = syntax_field(tree, node, FIELD_ARGUMENTS), first;

        if (syntax_kind(tree, node) != NODE_CALL ||
            !text_equal(last_name(repair->script,
                                  syntax_field(tree, node, FIELD_FUNCTION)),
                        TEXT("rmtree")))
            continue;
        first = syntax_first(tree, list);
        if (!first || !repair_is_path(repair, first))
            continue;
        repair_insert(repair, first, "os.path.dirname(");
        edits_insert(repair->edits, tree->nodes[first].end, TEXT(")"));
    }
}

bool shape_below(struct repair *repair, struct verdict *verdict)
{
    const char *name, *trouble;

    if (repair->is_old)
        return false;
    name = find_made(repair);
    if (!name)
        return false;
    *verdict = (struct verdict){
        FIX_UNSAFE,
        "a name in a new folder, which nobody removes; the path "
        "is longer, and a socket's has 104 bytes at most",
        FIX_USE_PLACE
    };
    trouble = put_value(repair, name);
    if (trouble)
        repair_refuse(verdict, trouble);
    else
        put_removals(repair);
    return true;
}
