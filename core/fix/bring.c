#include "core/fix/bring.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/fix/meaning.h"
#include "core/rule/rule.h"

static const char *const member_names[BRING_MEMBERS] = {
    [BRING_MKSTEMP] = "mkstemp",
    [BRING_MKDTEMP] = "mkdtemp",
    [BRING_NAMED] = "NamedTemporaryFile",
};

const char *bring_name(enum bring_member member)
{
    return member_names[member];
}

struct bring_mark bring_mark(const struct bring *bring)
{
    return (struct bring_mark){ bring->wants_count, bring->modules_count };
}

void bring_back(struct bring *bring, struct bring_mark mark)
{
    bring->wants_count = mark.wants;
    bring->modules_count = mark.modules;
}

void bring_release(struct bring *bring)
{
    free(bring->wants);
    free(bring->modules);
    bring->wants = NULL;
    bring->modules = NULL;
    bring_back(bring, (struct bring_mark){ 0, 0 });
}

static void replace_node(const struct script *script, struct edits *edits,
                         uint32_t node, struct text with)
{
    edits_replace(edits, script->tree.nodes[node].start,
                  script->tree.nodes[node].end, with);
}

/* ---- members of tempfile ------------------------------------------------- */

/* Is the name that variable nowhere but where imports bind it to the member? */
static bool is_free(struct script *script, const char *name)
{
    for (uint32_t at = script_first(script, text_of(name)); at;
         at = script_next(script, at))
        if (script->roles[at] != ROLE_NONE &&
            !(script->roles[at] != ROLE_IMPORT &&
              meaning_is_member(script, at, "tempfile", name)) &&
            !(script->roles[at] == ROLE_IMPORT &&
              text_equal(meaning_of_import(script, at).member, text_of(name)) &&
              text_equal(meaning_of_import(script, at).module,
                         TEXT("tempfile"))))
            return false;
    return true;
}

/* The import that binds the callee. */
static uint32_t import_of(struct script *script, uint32_t callee, size_t *count)
{
    return meaning_import(script, script_owner(script, callee),
                          script_text(script, callee), "tempfile",
                          rule_target(TARGET_TEMPFILE_MKTEMP)->member, count);
}

const char *bring_member(struct bring *bring, uint32_t callee,
                         enum bring_member member, struct edits *edits)
{
    struct script *script = bring->script;
    const char *name = member_names[member];
    struct bring_want want = { callee, SYNTAX_NONE, member };
    uint32_t owner;
    size_t count;

    if (syntax_kind(&script->tree, callee) == NODE_ATTRIBUTE) {
        if (edits)
            replace_node(script, edits,
                         syntax_field(&script->tree, callee, FIELD_ATTRIBUTE),
                         text_of(name));
        return NULL;
    }
    if (!is_free(script, name))
        return "the name of the function that would be called is another "
               "variable in this file";
    if (edits)
        replace_node(script, edits, callee, text_of(name));
    owner = script_lookup(script, script->homes[callee], text_of(name));
    if (owner == SCOPE_NONE || owner != script_owner(script, callee)) {
        want.import = import_of(script, callee, &count);
        if (count != 1)
            return "the function is imported in several places";
    }
    *ARRAY_PUSH(bring->wants) = want;
    return NULL;
}

/* ---- modules ------------------------------------------------------------- */

/* The import that the callee's module, or the callee, comes from. */
static uint32_t origin_of(struct script *script, uint32_t callee, size_t *count)
{
    bool is_member = syntax_kind(&script->tree, callee) == NODE_IDENTIFIER;
    uint32_t name =
        is_member ? callee : syntax_field(&script->tree, callee, FIELD_OBJECT);
    uint32_t import = SYNTAX_NONE;

    for (int target = 0; target < TARGET_COUNT && !import; target++) {
        const struct target_info *info = rule_target((enum target)target);

        import = meaning_import(script, script_owner(script, name),
                                script_text(script, name), info->module,
                                is_member ? info->member : "", count);
    }
    return import;
}

/* Is one of the imports of the name in its scope run whenever that is, before?
 */
static bool is_unconditional(struct script *script, struct text name,
                             uint32_t owner, uint32_t before)
{
    uint32_t body = script->scopes.items[owner].node;

    if (body)
        body = syntax_field(&script->tree, body, FIELD_BODY);
    for (uint32_t at = script_first(script, name); at && at < before;
         at = script_next(script, at))
        if (script->roles[at] == ROLE_IMPORT &&
            script_owner(script, at) == owner &&
            script_parent(script, script_statement(script, at)) == body)
            return true;
    return false;
}

static const char *bring_module(struct bring *bring, uint32_t callee,
                                const char *module, const char *is_other)
{
    struct script *script = bring->script;
    struct text name = text_of(module);
    uint32_t owner = script_lookup(script, script->homes[callee], name), import;
    size_t count;

    if (owner != SCOPE_NONE) {
        if (!meaning_import(script, owner, name, module, "", &count))
            return is_other;
        if (is_unconditional(script, name, owner, callee))
            return NULL;
    }
    import = origin_of(script, callee, &count);
    /* Imported again, earlier, it is the same variable. */
    if (import && owner != SCOPE_NONE && script_owner(script, import) != owner)
        return "a module that it needs may not be imported here yet";
    if (!import || count != 1)
        return "its module is imported in several places, and another one "
               "that it needs is not";
    *ARRAY_PUSH(bring->modules) =
        (struct bring_module){ module, script_statement(script, import) };
    return NULL;
}

const char *bring_os(struct bring *bring, uint32_t callee)
{
    return bring_module(bring, callee, "os",
                        "the name os is another variable here");
}

const char *bring_tempfile(struct bring *bring, uint32_t callee)
{
    return bring_module(bring, callee, "tempfile",
                        "the name tempfile is another variable here");
}

/* ---- the imports --------------------------------------------------------- */

static void add_module(const struct script *script,
                       const struct bring_module *module, struct edits *edits)
{
    uint32_t statement = module->before;
    struct buffer text = BUFFER_EMPTY;
    struct text indent;

    buffer_format(&text, "import %s", module->name);
    if (script_indent(script, statement, &indent)) {
        buffer_text(&text, script_line_end(script));
        buffer_text(&text, indent);
    } else {
        buffer_string(&text, "; ");
    }
    edits_insert(edits, script->tree.nodes[statement].start,
                 buffer_view(&text));
    buffer_release(&text);
}

static bool is_repaired(const struct bring *bring, uint32_t identifier)
{
    for (size_t i = 0; i < bring->wants_count; i++)
        if (bring->wants[i].callee == identifier)
            return true;
    return false;
}

/* Does a comment on the import's lines ask to leave it as it is? */
static bool is_kept_by_comment(const struct script *script, uint32_t statement)
{
    const struct source *source = &script->source;
    const struct node *node = &script->tree.nodes[statement];
    size_t end = text_find(source->text, '\n', node->end);

    for (size_t i = 0; i < source->comments_count; i++)
        if (source->comments[i].start >= node->start &&
            source->comments[i].start < end)
            return true;
    return false;
}

/* Does a string of the file say the name, as in __all__? */
static bool is_in_string(const struct script *script, struct text name)
{
    const struct syntax *tree = &script->tree;

    for (uint32_t node = 1; node < tree->nodes_count; node++)
        if (syntax_kind(tree, node) == NODE_STRING_CONTENT &&
            text_equal(syntax_text(tree, node), name))
            return true;
    return false;
}

/* Does anything need what the import binds, beside what is repaired? */
static bool is_needed(struct bring *bring, uint32_t import)
{
    struct script *script = bring->script;
    struct text name = script_text(script, import);

    if (bring->keeps || is_in_string(script, name) ||
        is_kept_by_comment(script, script_statement(script, import)))
        return true;
    for (uint32_t at = script_first(script, name); at;
         at = script_next(script, at))
        if (at != import && script->roles[at] != ROLE_NONE &&
            !is_repaired(bring, at))
            return true;
    return false;
}

/* Which members does that import have to bring? */
static unsigned wanted_of(const struct bring *bring, uint32_t import)
{
    unsigned wanted = 0;

    for (size_t i = 0; i < bring->wants_count; i++)
        if (bring->wants[i].import == import)
            wanted |= 1U << bring->wants[i].member;
    return wanted;
}

static void add_members(struct bring *bring, uint32_t import,
                        struct edits *edits)
{
    const struct script *script = bring->script;
    uint32_t item = script_parent(script, import);
    bool needed = is_needed(bring, import);
    unsigned wanted = wanted_of(bring, import);
    struct buffer text = BUFFER_EMPTY;

    bring->drops |= !needed;
    for (int i = 0; i < BRING_MEMBERS; i++) {
        if (!(wanted & 1U << i))
            continue;
        if (needed || text.size)
            buffer_string(&text, ", ");
        buffer_string(&text, member_names[i]);
    }
    if (needed)
        edits_insert(edits, script->tree.nodes[item].end, buffer_view(&text));
    else
        replace_node(script, edits, item, buffer_view(&text));
    buffer_release(&text);
}

static bool is_first_module(const struct bring *bring, size_t number)
{
    const struct bring_module *module = &bring->modules[number];

    for (size_t i = 0; i < number; i++)
        if (bring->modules[i].before == module->before &&
            strcmp(bring->modules[i].name, module->name) == 0)
            return false;
    return true;
}

static bool is_first_want(const struct bring *bring, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (bring->wants[i].import == bring->wants[number].import)
            return false;
    return true;
}

void bring_finish(struct bring *bring, struct edits *edits)
{
    for (size_t i = 0; i < bring->modules_count; i++)
        if (is_first_module(bring, i))
            add_module(bring->script, &bring->modules[i], edits);
    for (size_t i = 0; i < bring->wants_count; i++)
        if (bring->wants[i].import && is_first_want(bring, i))
            add_members(bring, bring->wants[i].import, edits);
}
