#include "core/fix/uses.h"

#include "core/fix/use.h"

static enum node_kind kind_of(const struct script *script, uint32_t node)
{
    return syntax_kind(&script->tree, node);
}

static const char *const plain_members[] = {
    "write",    "writelines", "read",     "readline", "readlines",
    "seek",     "tell",       "flush",    "close",    "closed",
    "truncate", "fileno",     "isatty",   "encoding", "newlines",
    "readinto", "readable",   "writable", "seekable", NULL
};

/* They use no more of a file object than its methods. */
static const char *const plain_callees[] = {
    "print",
    "json.dump",
    "pickle.dump",
    "cPickle.dump",
    "marshal.dump",
    "plistlib.dump",
    "yaml.dump",
    "yaml.safe_dump",
    "csv.writer",
    "csv.DictWriter",
    "shutil.copyfileobj",
    "subprocess.Popen",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.run",
    NULL,
};

static bool is_bound_in(const struct uses_file *file, uint32_t clause)
{
    const struct script *script = file->script;

    for (uint32_t at = clause; at < script->tree.nodes[clause].after; at++)
        if (script->roles[at] == ROLE_STORE &&
            script->symbols[at] == script->symbols[file->target])
            return true;
    return false;
}

/* Is the use in the body of another with statement that binds the name? */
static bool is_another(const struct uses_file *file, uint32_t use)
{
    const struct script *script = file->script;

    for (uint32_t at = use, around; (around = script_parent(script, at));
         at = around) {
        uint32_t clause = SYNTAX_NONE;

        if (kind_of(script, around) == NODE_WITH && around != file->body)
            clause = syntax_child(&script->tree, around, NODE_WITH_CLAUSE);
        if (clause && clause != at && is_bound_in(file, clause))
            return true;
    }
    return false;
}

/* Is the name bound again, or deleted, in the with statement? */
static bool is_bound_again(const struct uses_file *file, struct text name)
{
    const struct script *script = file->script;

    for (uint32_t at = script_first(file->script, name); at;
         at = script_next(script, at))
        if (script->roles[at] >= ROLE_STORE && at != file->target &&
            script_within(script, at, file->body))
            return true;
    return false;
}

static const char *use_member(const struct uses_file *file, uint32_t member,
                              struct edits *edits)
{
    const struct script *script = file->script;
    uint32_t whole = script_parent(script, member);

    if (use_is_one_of(script_text(script, member), plain_members))
        return NULL;
    if (!script_is_name(script, member, "name"))
        return "an attribute of the file object is used that may be different "
               "then";
    if (file->keeps_name)
        return NULL;
    if (!file->path.size || !file->body ||
        !script_within(script, member, file->body) ||
        script->homes[member] != script->homes[file->target])
        return "the name of the file object is used, which would be a number";
    edits_replace(edits, script->tree.nodes[whole].start,
                  script->tree.nodes[whole].end, file->path);
    return NULL;
}

static const char *use_of_file(const struct uses_file *file, uint32_t name,
                               struct edits *edits)
{
    const struct script *script = file->script;
    uint32_t about = SYNTAX_NONE;

    switch (use_of(script, name, &about)) {
    case USE_HARMLESS:
        return NULL;
    case USE_MEMBER:
        return use_member(file, about, edits);
    case USE_ARGUMENT:
        if (use_is_one_of(syntax_text(&script->tree, about), plain_callees))
            return NULL;
        return "the file object is passed on, and would have another name or "
               "class there";
    case USE_RETURNED:
    case USE_STORED:
    case USE_OTHER:
        break;
    }
    return "the file object is handed on, and would have another name or class "
           "there";
}

const char *uses_of_file(const struct uses_file *file, struct edits *edits)
{
    struct script *script = file->script;
    uint32_t owner = script_owner(script, file->target);
    struct uses_file known = *file;

    if (owner != script->homes[file->target] ||
        script->scopes.items[owner].kind == SCOPE_CLASS)
        return "the file object is a variable that others see";
    if (is_bound_again(file, file->path) ||
        is_bound_again(file, script_text(script, file->target)))
        known.path = TEXT_EMPTY;
    for (uint32_t at = script_first(script, script_text(script, file->target));
         at; at = script_next(script, at)) {
        const char *trouble;

        if (script->roles[at] != ROLE_LOAD ||
            script_owner(script, at) != owner || is_another(file, at))
            continue;
        trouble = use_of_file(&known, at, edits);
        if (trouble)
            return trouble;
    }
    return NULL;
}
