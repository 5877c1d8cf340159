/*
 * P = mktemp(…), and others use P: mkstemp creates the file, what it opened is
 * closed at once. That is the same if the next statement overwrites the file
 * and all others use P as the name of a file that is there.
 */
#include "core/fix/meaning.h"
#include "core/fix/opening.h"
#include "core/fix/repair.h"
#include "core/fix/use.h"

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

/* If the next statement is one call, assigned or not, that overwrites P: its
   argument. */
static uint32_t find_overwritten(struct repair *repair)
{
    uint32_t next = script_following(repair->script, repair->statement);
    uint32_t call = next ? call_of(repair->script, next) : SYNTAX_NONE;

    return call ? overwrites(repair, call) : SYNTAX_NONE;
}

/* `os.close(fd)` behind the statement. */
static void put_close(struct repair *repair, const char *descriptor)
{
    const struct script *script = repair->script;
    struct text line_end = script_line_end(script), indent;
    uint32_t end = script->tree.nodes[repair->statement].end, after = end;
    struct buffer text = BUFFER_EMPTY;

    if (!script_indent(script, repair->statement, &indent) ||
        !script_line_rest(script, &after)) {
        buffer_format(&text, "; os.close(%s)", descriptor);
    } else {
        end = script_line_after(script, after);
        if (!script_ends_line(script, end))
            buffer_text(&text, line_end);
        buffer_text(&text, indent);
        buffer_format(&text, "os.close(%s)", descriptor);
        if (script_ends_line(script, end))
            buffer_text(&text, line_end);
    }
    edits_insert(repair->edits, end, buffer_view(&text));
    buffer_release(&text);
}

static bool is_in_class(const struct script *script, uint32_t node)
{
    return script->scopes.items[script->homes[node]].kind == SCOPE_CLASS;
}

/* Where P may be an attribute or an item. */
static uint32_t target_of(const struct repair *repair)
{
    return syntax_field(&repair->script->tree, repair->assignment, FIELD_LEFT);
}

static const char *put_edits(struct repair *repair, uint32_t target)
{
    char room[32];
    const char *descriptor = repair_descriptor(repair, room, sizeof(room));
    const char *trouble = bring_os(repair->bring, repair->callee);

    if (!trouble)
        trouble = repair_pair(repair, target, descriptor);
    put_close(repair, descriptor);
    return trouble;
}

/* Is P opened for reading first? Then it is a name that nobody took. */
static const char *read_first(struct repair *repair,
                              const struct uses_path *path)
{
    struct script *script = repair->script;
    uint32_t first = uses_first(path);
    uint32_t list = script_parent(script, first);
    struct opening opening = { .call = SYNTAX_NONE };
    const char *trouble =
        first ? opening_read(&opening, script, script_parent(script, list))
              : NULL;

    return first && opening.path == first && opening.reads ? trouble : NULL;
}

static void check_uses(struct repair *repair, struct verdict *verdict)
{
    struct uses_path path;
    const char *trouble;

    if (!repair->path) {
        repair_demote(verdict, "the path is kept where others see it, and "
                               "they may rely on its absence");
        return;
    }
    path = repair_uses(repair, 0);
    trouble = uses_forbid_file(&path);
    if (!trouble)
        trouble = read_first(repair, &path);
    if (trouble)
        repair_refuse(verdict, trouble);
    path.but = find_overwritten(repair);
    if (!path.but)
        repair_demote(verdict, "what uses the path next may want that there is "
                               "no file yet, or leave an empty one");
    repair_demote(verdict, uses_of_path(&path));
    repair_demote(verdict, uses_as_file(&path));
}

static bool is_in_argument(const struct script *script, uint32_t node)
{
    uint32_t statement = script_statement(script, node);

    for (; node != statement; node = script_parent(script, node))
        if (syntax_kind(&script->tree, node) == NODE_ARGUMENT_LIST)
            return true;
    return false;
}

static enum fix_use used_by(const struct script *script, uint32_t callee)
{
    struct text text = syntax_text(&script->tree, callee);

    if (text_equal(text, TEXT("open")) || text_ends_with(text, TEXT(".open")))
        return FIX_USE_OPENED;
    if (text_ends_with(text, TEXT("mkdir")) ||
        text_ends_with(text, TEXT("makedirs")))
        return FIX_USE_FOLDER;
    return FIX_USE_PASSED;
}

/* The first use is the one that counts. */
static enum fix_use used_for(struct repair *repair)
{
    struct uses_path path = { .script = repair->script,
                              .target = repair->path };
    uint32_t first = repair->path ? uses_first(&path) : SYNTAX_NONE, about;

    if (!repair->path)
        return FIX_USE_KEPT;
    if (!first)
        return FIX_USE_OTHER;
    switch (use_of(repair->script, first, &about)) {
    case USE_ARGUMENT:
        return used_by(repair->script, about);
    case USE_RETURNED:
        return FIX_USE_RETURNED;
    case USE_STORED:
        return FIX_USE_KEPT;
    case USE_MEMBER:
    case USE_HARMLESS:
    case USE_OTHER:
        break;
    }
    return is_in_argument(repair->script, first) ? FIX_USE_PASSED
                                                 : FIX_USE_OTHER;
}

bool shape_closed(struct repair *repair, struct verdict *verdict)
{
    const struct script *script = repair->script;
    uint32_t target;
    const char *trouble;

    if (!repair->assignment || is_in_class(script, repair->statement))
        return false;
    target = target_of(repair);
    if (syntax_kind(&script->tree, target) != NODE_IDENTIFIER &&
        syntax_kind(&script->tree, target) != NODE_ATTRIBUTE &&
        syntax_kind(&script->tree, target) != NODE_SUBSCRIPT)
        return false;
    *verdict = (struct verdict){ FIX_SAFE,
                                 "mkstemp creates the file, which is "
                                 "overwritten then",
                                 used_for(repair) };
    check_uses(repair, verdict);
    repair_demote(verdict, repair_annotated(repair));
    if (verdict->tier == FIX_MANUAL)
        return true;
    trouble = put_edits(repair, target);
    if (trouble)
        repair_refuse(verdict, trouble);
    return true;
}
