/*
 * P = mktemp(…), and others use P: mkstemp creates the file, what it opened is
 * closed at once. That is the same if the next statement overwrites the file
 * and all others use P as the name of a file that is there.
 */
#include "core/fix/opening.h"
#include "core/fix/overwrite.h"
#include "core/fix/repair.h"
#include "core/fix/use.h"

static bool is_in_class(const struct script *script, uint32_t node)
{
    return script->scopes.items[script->homes[node]].kind == SCOPE_CLASS;
}

static const char *put_edits(struct repair *repair)
{
    char room[32];
    const char *descriptor = repair_descriptor(repair, room, sizeof(room));
    const char *trouble = bring_os(repair->bring, repair->callee);

    if (!trouble)
        trouble = repair_pair(repair, repair->target, descriptor);
    repair_close(repair, descriptor);
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

/* What is made of an attribute or item, wherever it stands in these words. */
static const char *forbidden(struct repair *repair)
{
    const char *trouble = NULL;

    for (uint32_t node = 1; node < repair->script->tree.nodes_count && !trouble;
         node++)
        if (repair_is_target(repair, node))
            trouble = uses_made_at(repair->script, node);
    return trouble;
}

static void check_uses(struct repair *repair, struct verdict *verdict)
{
    struct uses_path path;
    const char *trouble;

    if (!repair->path) {
        repair_demote(verdict, "the path is kept where others see it, and "
                               "they may rely on its absence");
        trouble = forbidden(repair);
        if (trouble)
            repair_refuse(verdict, trouble);
        return;
    }
    path = repair_uses(repair, 0);
    trouble = uses_forbid_file(&path);
    if (!trouble)
        trouble = read_first(repair, &path);
    if (trouble)
        repair_refuse(verdict, trouble);
    path.but = overwrite_find(repair);
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
    const char *trouble;

    if (!repair->target || is_in_class(repair->script, repair->statement))
        return false;
    *verdict = (struct verdict){ FIX_SAFE,
                                 "mkstemp creates the file, which is "
                                 "overwritten then",
                                 used_for(repair) };
    check_uses(repair, verdict);
    repair_demote(verdict, repair_annotated(repair));
    if (verdict->tier == FIX_MANUAL)
        return true;
    trouble = put_edits(repair);
    if (trouble)
        repair_refuse(verdict, trouble);
    return true;
}
