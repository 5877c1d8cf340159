#include "core/fix/uses.h"

#include "core/fix/use.h"

static enum node_kind kind_of(const struct script *script, uint32_t node)
{
    return syntax_kind(&script->tree, node);
}

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
        (use_is_one_of(last_name(script, about), mode_callees) ||
         use_is_one_of(method_of(script, about), mode_callees)))
        return "the file is moved, copied or handed to others, and would be "
               "readable by its owner only (mode 0600)";
    if ((use == USE_RETURNED || use == USE_STORED) &&
        script->tree.nodes[name].start < path->closed)
        return "the path leaves before the file is closed";
    if (path->is_relocated &&
        !(use == USE_ARGUMENT &&
          use_is_one_of(syntax_text(&script->tree, about), file_callees)))
        return "the path would be absolute, and with this dir= it may have "
               "been relative";
    return NULL;
}

/* They make something else of that name, or take it for that, */
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
                                              "isdir",
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
                                              "connectUNIX",
                                              "UNIXServerEndpoint",
                                              "start_unix_server",
                                              NULL };

/* or ask whether it is there. */
static const char *const asking_callees[] = { "Path", "exists", "lexists",
                                              "isfile", NULL };

#define MADE                                                                   \
    "something else than a file is made of the name, or looked "               \
    "for: take mkdtemp, and a name in that folder"

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

/* Methods of pathlib.Path that take it so, too. */
static const char *const knowing_methods[] = { "write_text", "write_bytes",
                                               "read_text",  "read_bytes",
                                               "unlink",     "stat",
                                               NULL };

static bool is_known(const struct script *script, uint32_t callee)
{
    return use_is_one_of(syntax_text(&script->tree, callee), knowing_callees) ||
           (text_equal(last_name(script, callee), TEXT("Path")) &&
            use_is_one_of(method_of(script, callee), knowing_methods));
}

const char *uses_made_at(const struct script *script, uint32_t node)
{
    uint32_t about = SYNTAX_NONE;
    struct text callee;

    if (use_of(script, node, &about) != USE_ARGUMENT)
        return NULL;
    callee = syntax_text(&script->tree, about);
    return use_is_one_of(last_name(script, about), making_callees) ||
                   text_ends_with(callee, TEXT("dbm.open")) ||
                   text_ends_with(callee, TEXT("shelve.open"))
               ? MADE
               : NULL;
}

static const char *forbid_file(const struct script *script, uint32_t name)
{
    uint32_t about = SYNTAX_NONE;
    enum use use = use_of(script, name, &about);
    uint32_t around = script_parent(script, name);

    if (use == USE_ARGUMENT && !is_known(script, about) &&
        use_is_one_of(last_name(script, about), asking_callees))
        return MADE;
    if (kind_of(script, around) == NODE_BINARY_OPERATOR ||
        kind_of(script, around) == NODE_INTERPOLATION)
        return "other names are made from it: take mkdtemp, and names in that "
               "folder";
    return uses_made_at(script, name);
}

static const char *as_file(const struct script *script, uint32_t name,
                           uint32_t owner)
{
    uint32_t about = SYNTAX_NONE;

    if (use_of(script, name, &about) != USE_ARGUMENT ||
        !is_known(script, about))
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

uint32_t uses_first(const struct uses_path *path)
{
    return next_load(path, SYNTAX_NONE);
}

/* The block of the innermost try statement around the target, if it stands in
   that and in no handler; or SYNTAX_NONE. */
static uint32_t find_tried(const struct uses_path *path)
{
    const struct script *script = path->script;
    uint32_t body = script_body(script, path->target);

    for (uint32_t at = path->target; at != body; at = script_parent(script, at))
        if (kind_of(script, script_parent(script, at)) == NODE_TRY &&
            script->tree.nodes[at].field == FIELD_BODY)
            return at;
    return SYNTAX_NONE;
}

static const char *missed_by(const struct uses_path *path)
{
    uint32_t tried = path->may_fail ? find_tried(path) : SYNTAX_NONE;

    for (uint32_t at = SYNTAX_NONE; tried && (at = next_load(path, at));)
        if (!script_within(path->script, at, tried))
            return "with this dir= the file may not come to be, and the path "
                   "is used after that";
    return NULL;
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

/* Are modes of files looked at, or chosen, anywhere in the script? */
static bool minds_modes(struct script *script)
{
    static const char *const words[] = { "umask", "st_mode", "S_IMODE",
                                         "filemode" };
    size_t i = 0;

    while (i < sizeof(words) / sizeof(*words) &&
           !script_first(script, text_of(words[i])))
        i++;
    return i < sizeof(words) / sizeof(*words);
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
    if (!trouble)
        trouble = missed_by(path);
    if (!trouble && minds_modes(script))
        trouble = "it is for its owner only then (mode 0600, of a folder "
                  "0700), and the file has to do with modes";
    return trouble;
}
