#include "hooks/scan/nearby.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/base/memory.h"
#include "core/facts/link.h"
#include "core/facts/scan.h"
#include "hooks/joint/joint.h"
#include "hooks/system/regular.h"

struct nearby {
    const struct nearby_file *file;
    struct memo *memo;
    struct modules modules;
    struct intern paths; /* the file, and what was reached from it */
    size_t left;         /* of NEARBY_BYTES_MAX */
    struct joint_tree tree;
    struct joint *joint;
    bool follows; /* imports; else the paths are known */
    bool matters; /* a file needs something, or another gives it away */
};

/* ---- the tree ------------------------------------------------------------ */

static char *place_of(const struct nearby *nearby, struct text path)
{
    struct buffer place = BUFFER_EMPTY;

    buffer_string(&place, nearby->file->root);
    buffer_byte(&place, '/');
    buffer_text(&place, path);
    return buffer_detach(&place);
}

static bool is_own(const struct nearby *nearby, struct text path)
{
    return text_equal(path, text_of(nearby->file->path));
}

/* Links are followed no more than by a scan. */
static enum modules_kind kind_of(const char *place)
{
    struct stat status;

    if (lstat(place, &status) < 0)
        return MODULES_NOTHING;
    if (S_ISDIR(status.st_mode))
        return MODULES_FOLDER;
    return S_ISREG(status.st_mode) ? MODULES_FILE : MODULES_NOTHING;
}

static enum modules_kind ask(void *context, struct text path)
{
    const struct nearby *nearby = context;
    char *place = place_of(nearby, path);
    enum modules_kind kind =
        is_own(nearby, path) ? MODULES_FILE : kind_of(place);

    free(place);
    return kind;
}

static int read_file(void *context, const char *path, struct buffer *bytes,
                     struct error *err)
{
    const struct nearby *nearby = context;
    char *place;
    int result;

    if (is_own(nearby, text_of(path))) {
        buffer_text(bytes, nearby->file->bytes);
        return 0;
    }
    place = place_of(nearby, text_of(path));
    result = regular_read(bytes, AT_FDCWD, place, SCAN_SIZE_MAX, NULL, err) < 0
                 ? -1
                 : 0;
    free(place);
    return result;
}

/* What gets something from a file that was reached is one of those, too. */
static void search(void *context, const struct joint_search *search)
{
    struct nearby *nearby = context;

    for (uint32_t i = 0; i < intern_count(&nearby->paths); i++) {
        struct text text = intern_text(&nearby->paths, i);
        char *path = memory_copy(text.bytes, text.size);
        struct buffer bytes = BUFFER_EMPTY;
        struct error err;

        if (read_file(nearby, path, &bytes, &err) < 0)
            search->miss(search->payload, path, &err);
        else if (search->wanted(search->payload, buffer_view(&bytes)))
            search->visit(search->payload, path, buffer_view(&bytes));
        buffer_release(&bytes);
        free(path);
    }
}

/* ---- what is reached ----------------------------------------------------- */

static void follow(struct nearby *nearby, uint32_t from, struct text bytes)
{
    struct imports imports = { .text = bytes };
    struct text name;

    while (imports_next(&imports, &name)) {
        uint32_t found =
            modules_find(&nearby->modules, from, name, link_is_known(name));

        if (found != MODULES_NONE &&
            !modules_is_folder(&nearby->modules, found) &&
            intern_count(&nearby->paths) < NEARBY_FILES_MAX)
            intern_add(&nearby->paths, modules_path(&nearby->modules, found));
    }
}

/* What cannot be read is missed when it is needed. */
static void reach(struct nearby *nearby, uint32_t number)
{
    struct text text = intern_text(&nearby->paths, number);
    char *path = memory_copy(text.bytes, text.size);
    struct buffer bytes = BUFFER_EMPTY;
    struct facts facts = FACTS_EMPTY;
    struct error err;

    if (read_file(nearby, path, &bytes, &err) == 0 &&
        bytes.size <= nearby->left) {
        nearby->left -= bytes.size;
        if (nearby->follows)
            follow(nearby, modules_add(&nearby->modules, text_of(path)),
                   buffer_view(&bytes));
        if (scan_recalling(buffer_view(&bytes), nearby->memo, &facts, &err) < 0)
            joint_add_failed(nearby->joint, path, &err);
        nearby->matters |= intern_count(&facts.needs) > 0 ||
                           (number > 0 && intern_count(&facts.exports) > 0);
        if (facts.findings_count || intern_count(&facts.needs) ||
            intern_count(&facts.exports))
            joint_add(nearby->joint, path, &facts);
    }
    facts_release(&facts);
    buffer_release(&bytes);
    free(path);
}

static int take(struct nearby *nearby, struct facts *facts, struct error *err)
{
    const struct joint_file *own =
        joint_find(nearby->joint, nearby->file->path);

    if (own && own->is_incomplete) {
        *err = own->err;
        return -1;
    }
    if (!own || !own->is_changed)
        return 0;
    for (size_t i = 0; i < own->facts.findings_count; i++)
        *ARRAY_PUSH(facts->findings) = own->facts.findings[i];
    return 1;
}

static void keep(const struct nearby *nearby, struct intern *known)
{
    for (size_t i = 0; i < joint_count(nearby->joint); i++)
        intern_add(known, text_of(joint_file(nearby->joint, i)->path));
}

int nearby_scan(const struct nearby_file *file, struct intern *known,
                struct memo *memo, struct facts *facts, struct error *err)
{
    struct nearby nearby = { .file = file,
                             .memo = memo,
                             .left = NEARBY_BYTES_MAX,
                             .follows = intern_count(known) == 0 };
    int result = 0;

    *facts = FACTS_EMPTY;
    nearby.modules = (struct modules){ .ask = ask, .context = &nearby };
    nearby.tree = (struct joint_tree){
        .ask = ask, .read = read_file, .search = search, .context = &nearby
    };
    nearby.joint = joint_open(&nearby.tree, true);
    intern_add(&nearby.paths, text_of(file->path));
    intern_add_sorted(&nearby.paths, known);
    for (uint32_t i = 0; i < intern_count(&nearby.paths); i++)
        reach(&nearby, i);
    if (nearby.matters) {
        joint_decide(nearby.joint);
        result = take(&nearby, facts, err);
    }
    if (nearby.follows)
        keep(&nearby, known);
    joint_close(nearby.joint);
    modules_release(&nearby.modules);
    intern_release(&nearby.paths);
    return result;
}
