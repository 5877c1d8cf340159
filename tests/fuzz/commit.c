/*
 * Any bytes as a commit: what is read of it stands in it, its ids as they are
 * written, and what is kept of it for a walk is what was read.
 */
#include "hooks/git/commit_log.h"

#include <string.h>
#include <strings.h>

#include "hooks/git/tree.h"
#include "tests/fuzz/fuzz.h"

#define ZONE_MAX   (99 * 60 + 99)
#define DIGITS_MAX 17 /* of a date that is compared */

/* The one object there is, as if its bytes came from a repository. Linked in
 * the place of object_read. */
int __wrap_object_read(struct object *object, struct repo *repo,
                       const struct object_id *id, size_t size_max,
                       struct error *err);

int __wrap_object_read(struct object *object, struct repo *repo,
                       const struct object_id *id, size_t size_max,
                       struct error *err)
{
    const struct text *bytes = (const void *)repo;

    (void)id;
    (void)err;
    HOLDS(bytes->size <= size_max);
    *object = OBJECT_EMPTY;
    object->type = OBJECT_COMMIT;
    object->bytes = *bytes;
    return 1;
}

/* Take "tree …" or "parent …" off the front: it is this id. */
static void expect_line(struct text *rest, struct text word,
                        const struct object_id *id)
{
    char hex[OBJECT_HEX_MAX];
    size_t digits = 2 * (size_t)id->size, end = word.size + digits;

    HOLDS(id->size == 20 || id->size == 32);
    HOLDS(text_starts_with(*rest, word) && rest->size >= end);
    HOLDS(strncasecmp(rest->bytes + word.size, object_id_format(id, hex),
                      digits) == 0);
    HOLDS(rest->size == end || rest->bytes[end] == '\n');
    *rest = text_slice(*rest, rest->size == end ? end : end + 1, rest->size);
}

/* A part of one line of the bytes, or empty. */
static void expect_within(struct text part, struct text bytes)
{
    if (!part.size)
        return;
    HOLDS(part.bytes >= bytes.bytes);
    HOLDS(part.bytes + part.size <= bytes.bytes + bytes.size);
    HOLDS(text_find(part, '\n', 0) == part.size);
}

/* Returns the size of all ids, in bytes; 0 if they differ. */
static size_t expect_ids(const struct commit_view *view, struct text bytes)
{
    struct text rest = bytes, parents = view->parents;
    size_t size = view->tree.size;
    struct object_id parent;

    expect_line(&rest, TEXT("tree "), &view->tree);
    while (commit_next_parent(&parent, &parents) == 1) {
        expect_line(&rest, TEXT("parent "), &parent);
        if (parent.size != view->tree.size)
            size = 0;
    }
    HOLDS(parents.size == 0);
    HOLDS(!text_starts_with(rest, TEXT("parent ")));
    return size;
}

/* "… <mail> 1700000000 …": what git writes. Other dates are not compared. */
static void expect_date(struct text line, int64_t date)
{
    int64_t value = 0;
    size_t at = line.size, digits = 0;

    while (at && line.bytes[at - 1] != '>')
        at--;
    if (!at || at == line.size || line.bytes[at] != ' ')
        return;
    for (at++; at < line.size && line.bytes[at] >= '0' &&
               line.bytes[at] <= '9' && digits < DIGITS_MAX;
         at++, digits++)
        value = 10 * value + (line.bytes[at] - '0');
    HOLDS(!digits || digits == DIGITS_MAX || value == date);
}

/* The last line of each kind in the head counts. */
static void expect_dates(const struct commit_view *view, struct text rest)
{
    struct text author = TEXT_EMPTY, committer = TEXT_EMPTY;

    while (rest.size && rest.bytes[0] != '\n') {
        struct text line = text_slice(rest, 0, text_find(rest, '\n', 0));

        if (text_starts_with(line, TEXT("author ")))
            author = line;
        if (text_starts_with(line, TEXT("committer ")))
            committer = line;
        rest = text_slice(
            rest, line.size < rest.size ? line.size + 1 : line.size, rest.size);
    }
    expect_date(author, view->date);
    expect_date(committer, view->committed);
}

static void expect_record(const struct commit_log_record *record,
                          const struct commit_view *view, size_t id_size)
{
    struct text parents = view->parents;
    struct object_id parent;

    HOLDS(record->committed == view->committed);
    HOLDS(memcmp(record->tree, view->tree.bytes, id_size) == 0);
    for (uint32_t i = 0; i < record->parents_count; i++) {
        HOLDS(commit_next_parent(&parent, &parents) == 1);
        HOLDS(memcmp(record->parents + i * id_size, parent.bytes, id_size) ==
              0);
    }
    HOLDS(commit_next_parent(&parent, &parents) == 0);
}

/* The commit is kept twice, behind one that may be passed over. */
static void check_log(struct text bytes, const struct commit_view *view,
                      size_t size, size_t id_size)
{
    struct commit_log_record record;
    struct commit_log log;

    commit_log_begin(&log, id_size, 4, 2);
    commit_log_enter(&log, 0, 0, text_slice(bytes, 0, bytes.size / 2));
    for (uint32_t i = 1; i <= 4; i++)
        commit_log_enter(&log, i % 2, i, bytes);
    HOLDS(!commit_log_get(&log, 4, &record));
    for (uint32_t i = 1; i < 4; i++) {
        HOLDS(commit_log_get(&log, i, &record) == (view && size == id_size));
        if (view && size == id_size)
            expect_record(&record, view, id_size);
    }
    commit_log_release(&log);
}

static void check_tree_of(struct text bytes, const struct commit_view *view)
{
    struct object_id tree, commit = { .size = 20 };
    struct error err;
    int found =
        tree_of_commit(&tree, (struct repo *)(void *)&bytes, &commit, &err);

    HOLDS(found == (view ? 1 : -1));
    HOLDS(!view || object_id_compare(&tree, &view->tree) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text input = { (const char *)bytes, size };
    struct commit_view parsed, *view = NULL;
    size_t ids_size = 0;

    if (commit_parse(&parsed, input) == 0) {
        view = &parsed;
        ids_size = expect_ids(view, input);
        expect_dates(view, input);
        expect_within(view->author, input);
        expect_within(view->subject, input);
        HOLDS(view->zone >= -ZONE_MAX && view->zone <= ZONE_MAX);
    }
    check_log(input, view, ids_size, 20);
    check_log(input, view, ids_size, 32);
    check_tree_of(input, view);
    return 0;
}
