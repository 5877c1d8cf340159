#include "core/fix/uses.h"

enum use {
    USE_MEMBER,   /* `about` is the attribute that is read of it */
    USE_ARGUMENT, /* `about` is the callee that gets it */
    USE_HARMLESS, /* iterated, entered by with, printed to */
    USE_RETURNED,
    USE_STORED, /* in an attribute or an item */
    USE_OTHER,
};

static enum node_kind kind_of(const struct script *script, uint32_t node)
{
    return syntax_kind(&script->tree, node);
}

static bool is_one_of(struct text text, const char *const *names)
{
    for (; *names; names++)
        if (text_equal(text, text_of(*names)))
            return true;
    return false;
}

/* ---- one use ------------------------------------------------------------- */

static enum use use_of_right(const struct script *script, uint32_t assignment,
                             uint32_t value)
{
    uint32_t left = syntax_field(&script->tree, assignment, FIELD_LEFT);

    if (script->tree.nodes[value].field != FIELD_RIGHT)
        return USE_OTHER;
    return kind_of(script, left) == NODE_IDENTIFIER ? USE_OTHER : USE_STORED;
}

/* An expression whose value may be that of a part of it. */
static bool hands_on(enum node_kind kind)
{
    return kind == NODE_PARENTHESIZED || kind == NODE_TUPLE ||
           kind == NODE_EXPRESSION_LIST || kind == NODE_CONDITIONAL ||
           kind == NODE_BOOLEAN_OPERATOR || kind == NODE_LIST ||
           kind == NODE_PAIR || kind == NODE_DICTIONARY;
}

static enum use use_of(const struct script *script, uint32_t name,
                       uint32_t *about)
{
    const struct syntax *tree = &script->tree;
    uint32_t node = name, around = script_parent(script, node);

    while (hands_on(kind_of(script, around))) {
        node = around;
        around = script_parent(script, node);
    }
    if (kind_of(script, around) == NODE_KEYWORD_ARGUMENT)
        around = script_parent(script, around);
    switch (script->tree.nodes[around].kind) {
    case NODE_ATTRIBUTE:
        *about = syntax_field(tree, around, FIELD_ATTRIBUTE);
        return node == name ? USE_MEMBER : USE_OTHER;
    case NODE_ARGUMENT_LIST:
        *about =
            syntax_field(tree, script_parent(script, around), FIELD_FUNCTION);
        return *about && node == name ? USE_ARGUMENT : USE_OTHER;
    case NODE_FOR:
    case NODE_FOR_IN_CLAUSE:
    case NODE_WITH_ITEM:
        return node == name ? USE_HARMLESS : USE_OTHER;
    case NODE_RETURN:
    case NODE_YIELD:
    case NODE_LAMBDA:
        return USE_RETURNED;
    case NODE_ASSIGNMENT:
        return use_of_right(script, around, node);
    default:
        return kind_of(script, script_parent(script, around)) == NODE_PRINT &&
                       node == name
                   ? USE_HARMLESS
                   : USE_OTHER;
    }
}

/* ---- a file object ------------------------------------------------------- */

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

    if (is_one_of(script_text(script, member), plain_members))
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
        if (is_one_of(syntax_text(&script->tree, about), plain_callees))
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

/* ---- a path -------------------------------------------------------------- */

/* For them it matters who may read the file: its mode is 0600 now. */
static const char *const mode_callees[] = {
    "rename",      "renames", "replace",  "move",     "link",
    "hardlink_to", "chmod",   "lchmod",   "chown",    "lchown",
    "copy",        "copy2",   "copymode", "copystat", NULL
};

/* They only look for a file, whatever its path looks like. */
static const char *const file_callees[] = { "open",
                                            "io.open",
                                            "codecs.open",
                                            "os.open",
                                            "os.remove",
                                            "os.unlink",
                                            "os.path.exists",
                                            "os.path.isfile",
                                            "os.path.isdir",
                                            "os.path.getsize",
                                            "os.stat",
                                            "os.mkdir",
                                            "os.rmdir",
                                            "os.listdir",
                                            "os.access",
                                            "shutil.rmtree",
                                            "shutil.copyfile",
                                            NULL };

static struct text last_name(const struct script *script, uint32_t callee)
{
    if (kind_of(script, callee) == NODE_ATTRIBUTE)
        callee = syntax_field(&script->tree, callee, FIELD_ATTRIBUTE);
    return syntax_text(&script->tree, callee);
}

/* The method that is called of what a callee returns: Path(P).rename. */
static struct text method_of(const struct script *script, uint32_t callee)
{
    uint32_t call = script_parent(script, callee);
    uint32_t around = script_parent(script, call);

    return kind_of(script, around) == NODE_ATTRIBUTE ? last_name(script, around)
                                                     : TEXT_EMPTY;
}

static const char *use_of_path(const struct uses_path *path, uint32_t name)
{
    const struct script *script = path->script;
    uint32_t about = SYNTAX_NONE;
    enum use use = use_of(script, name, &about);

    if (use == USE_ARGUMENT &&
        (is_one_of(last_name(script, about), mode_callees) ||
         is_one_of(method_of(script, about), mode_callees)))
        return "the file is moved, copied or handed to others, and would be "
               "readable by its owner only (mode 0600)";
    if ((use == USE_RETURNED || use == USE_STORED) &&
        script->tree.nodes[name].start < path->closed)
        return "the path leaves before the file is closed";
    if (path->is_relocated &&
        !(use == USE_ARGUMENT &&
          is_one_of(syntax_text(&script->tree, about), file_callees)))
        return "the path would be absolute, and with this dir= it may have "
               "been relative";
    return NULL;
}

/* They make something else of that name, or ask whether it is there. */
static const char *const making_callees[] = { "mkdir",
                                              "makedirs",
                                              "mkfifo",
                                              "mknod",
                                              "symlink",
                                              "link",
                                              "bind",
                                              "copytree",
                                              "make_archive",
                                              "listenUNIX",
                                              "Path",
                                              "exists",
                                              "lexists",
                                              "isdir",
                                              "isfile",
                                              "rmtree",
                                              "listdir",
                                              "rmdir",
                                              "mkpath",
                                              "clone",
                                              "extractall",
                                              "unpack_archive",
                                              "shelve",
                                              "connect_unix",
                                              "chdir",
                                              "UNIXServerEndpoint",
                                              "connectUNIX",
                                              "start_unix_server",
                                              NULL };

/* They take it for the name of a file that is there, or for a text. */
static const char *const knowing_callees[] = { "open",
                                               "io.open",
                                               "codecs.open",
                                               "os.remove",
                                               "os.unlink",
                                               "os.path.basename",
                                               "os.path.dirname",
                                               "os.path.join",
                                               "os.path.splitext",
                                               "os.path.abspath",
                                               "os.path.getsize",
                                               "os.stat",
                                               "print",
                                               "sqlite3.connect",
                                               "shutil.copyfile",
                                               NULL };

static const char *forbid_file(const struct script *script, uint32_t name)
{
    uint32_t about = SYNTAX_NONE;
    enum use use = use_of(script, name, &about);
    uint32_t around = script_parent(script, name);

    if (use == USE_ARGUMENT &&
        is_one_of(last_name(script, about), making_callees))
        return "something else than a file is made of the name, or looked "
               "for: take mkdtemp, and a name in that folder";
    if (kind_of(script, around) == NODE_BINARY_OPERATOR ||
        kind_of(script, around) == NODE_INTERPOLATION)
        return "other names are made from it: take mkdtemp, and names in that "
               "folder";
    return NULL;
}

static const char *as_file(const struct script *script, uint32_t name,
                           uint32_t owner)
{
    uint32_t about = SYNTAX_NONE;

    if (use_of(script, name, &about) != USE_ARGUMENT ||
        !is_one_of(syntax_text(&script->tree, about), knowing_callees))
        return "the path is handed on, and who gets it may want that there is "
               "no file";
    return script->homes[name] == owner
               ? NULL
               : "the path is used in another function, too";
}

/* The loads of the path, one after the other: from `at`, or the first one. */
static uint32_t next_load(const struct uses_path *path, uint32_t at)
{
    struct script *script = path->script;
    uint32_t owner = script_owner(script, path->target);

    at = at ? script_next(script, at)
            : script_first(script, script_text(script, path->target));
    while (at && (script->roles[at] != ROLE_LOAD || at == path->but ||
                  script_owner(script, at) != owner))
        at = script_next(script, at);
    return at;
}

const char *uses_forbid_file(const struct uses_path *path)
{
    const char *trouble = NULL;

    for (uint32_t at = SYNTAX_NONE; !trouble && (at = next_load(path, at));)
        trouble = forbid_file(path->script, at);
    return trouble;
}

const char *uses_as_file(const struct uses_path *path)
{
    uint32_t owner = script_owner(path->script, path->target);
    const char *trouble = NULL;

    for (uint32_t at = SYNTAX_NONE; !trouble && (at = next_load(path, at));)
        trouble = as_file(path->script, at, owner);
    return trouble;
}

const char *uses_of_path(const struct uses_path *path)
{
    struct script *script = path->script;
    uint32_t owner = script_owner(script, path->target);
    const char *trouble = NULL;

    if (owner != script->homes[path->target] ||
        script->scopes.items[owner].kind == SCOPE_CLASS)
        return "the path is a variable that others see";
    for (uint32_t at = SYNTAX_NONE; !trouble && (at = next_load(path, at));)
        trouble = use_of_path(path, at);
    return trouble;
}
