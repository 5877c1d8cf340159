#include "hooks/history/history_commits.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/repo.h"
#include "hooks/history/sweep.h"

/* Numbers in a growing array. */
struct numbers {
    uint32_t *at;
    size_t at_count, at_room;
};

struct object_id commits_id(const struct history_commits *commits,
                            uint32_t number)
{
    struct text bytes = intern_text(&commits->ids, number);
    struct object_id id = { .size = (unsigned char)bytes.size };

    memcpy(id.bytes, bytes.bytes, bytes.size);
    return id;
}

uint32_t commits_add(struct history_commits *commits,
                     const struct object_id *id)
{
    uint32_t number = intern_add(
        &commits->ids, (struct text){ (const char *)id->bytes, id->size });

    if (number == commits->commits_count)
        (void)ARRAY_PUSH(commits->commits);
    return number;
}

static uint32_t tree_of(struct history_commits *commits, const void *id,
                        size_t size)
{
    return intern_add(commits->trees, (struct text){ id, size });
}

static void keep(struct history_commits *commits, uint32_t number,
                 const struct commit_view *view)
{
    struct text parents = view->parents;
    struct object_id id;
    uint32_t start = (uint32_t)commits->parents_count, count = 0;
    struct history_commit *commit;

    for (; commit_next_parent(&id, &parents) == 1; count++)
        *ARRAY_PUSH(commits->parents) = commits_add(commits, &id);
    commit = &commits->commits[number];
    commit->parents = start;
    commit->parents_count = count;
    commit->committed = view->committed;
    commit->tree = tree_of(commits, view->tree.bytes, view->tree.size);
}

/* Take a commit from the sweep; false if that does not have it. */
static bool take_commit(struct history_commits *commits, uint32_t number)
{
    struct object_id id = commits_id(commits, number);
    struct commit_log_record record;
    struct history_commit *commit;
    uint32_t start = (uint32_t)commits->parents_count;

    if (!commits->sweep ||
        !commit_log_get(&commits->sweep->commits,
                        sweep_find(commits->sweep, &id), &record))
        return false;
    for (uint32_t i = 0; i < record.parents_count; i++) {
        struct object_id parent = { .size = id.size };

        memcpy(parent.bytes, record.parents + (size_t)i * id.size, id.size);
        *ARRAY_PUSH(commits->parents) = commits_add(commits, &parent);
    }
    commit = &commits->commits[number];
    commit->parents = start;
    commit->parents_count = record.parents_count;
    commit->committed = record.committed;
    commit->tree = tree_of(commits, record.tree, id.size);
    return true;
}

/* Returns 0, or -1 and *err if the commit is missing or damaged. */
static int read_commit(struct history_commits *commits, uint32_t number,
                       struct error *err)
{
    struct object_id id = commits_id(commits, number);
    struct object object = OBJECT_EMPTY;
    struct commit_view view;
    int found = object_read(&object, commits->repo, &id, COMMIT_SIZE_MAX, err);
    int result = -1;

    if (found == 0)
        error_set(err, ERROR_GIT, "the commit is missing");
    else if (found == 1 && (object.type != OBJECT_COMMIT ||
                            commit_parse(&view, object.bytes) < 0))
        error_set(err, ERROR_FORMAT, "the object is no commit");
    else if (found == 1) {
        keep(commits, number, &view);
        result = 0;
    }
    object_release(&object);
    return result;
}

bool commits_know(const struct history_commits *commits,
                  const struct object_id *id)
{
    struct text key = { (const char *)id->bytes, id->size };
    uint32_t number = intern_find(&commits->ids, key);
    struct commit_log_record record;

    if (number != INTERN_NONE &&
        (commits->commits[number].flags & (COMMIT_READ | COMMIT_MISSING)) ==
            COMMIT_READ)
        return true;
    return commits->sweep &&
           commit_log_get(&commits->sweep->commits,
                          sweep_find(commits->sweep, id), &record);
}

uint32_t commits_tree(struct history_commits *commits, uint32_t number)
{
    struct object_id id = commits_id(commits, number);
    struct object object = OBJECT_EMPTY;
    struct commit_view view;
    struct error ignored;

    if (commits->commits[number].tree == COMMIT_TREE_UNREAD &&
        object_read(&object, commits->repo, &id, COMMIT_SIZE_MAX, &ignored) ==
            1 &&
        object.type == OBJECT_COMMIT && commit_parse(&view, object.bytes) == 0)
        commits->commits[number].tree =
            tree_of(commits, view.tree.bytes, view.tree.size);
    object_release(&object);
    if (commits->commits[number].tree == COMMIT_TREE_UNREAD)
        commits->commits[number].flags |= COMMIT_GONE;
    return commits->commits[number].tree;
}

static bool is_there(struct history_commits *commits, uint32_t number)
{
    struct error err;

    if (!(commits->commits[number].flags & COMMIT_READ)) {
        commits->fresh++;
        if (!take_commit(commits, number) &&
            read_commit(commits, number, &err) < 0)
            commits->commits[number].flags |= COMMIT_MISSING;
        commits->commits[number].flags |= COMMIT_READ;
    }
    return !(commits->commits[number].flags & COMMIT_MISSING);
}

/* How many parents count for what is walked. */
static uint32_t parents_of(const struct history_commits *commits,
                           const struct history_commit *commit)
{
    return commits->first_parent && commit->parents_count
               ? 1
               : commit->parents_count;
}

void commits_mark(struct history_commits *commits, uint32_t from, uint32_t flag,
                  uint32_t stop)
{
    bool walk = flag & (COMMIT_WANTED | COMMIT_MAIN);
    struct numbers stack = { .at = NULL };

    *ARRAY_PUSH(stack.at) = from;
    while (stack.at_count) {
        uint32_t number = stack.at[--stack.at_count];
        struct history_commit *commit = &commits->commits[number];
        uint32_t count;

        if (commit->flags & flag || !is_there(commits, number))
            continue;
        commit = &commits->commits[number];
        commit->flags |= flag;
        if (flag & COMMIT_WANTED && commit->committed < commits->since)
            commit->flags |= COMMIT_HIDDEN;
        if (commit->flags & stop)
            continue;
        count = walk ? parents_of(commits, commit) : commit->parents_count;
        for (uint32_t i = 0; i < count; i++)
            *ARRAY_PUSH(stack.at) = commits->parents[commit->parents + i];
    }
    free(stack.at);
}

const uint32_t *commits_parents(const struct history_commits *commits,
                                uint32_t number, size_t *count)
{
    const struct history_commit *commit = &commits->commits[number];
    bool edge = commit->flags & COMMIT_HIDDEN && !commits->deep;

    *count = edge ? 0 : parents_of(commits, commit);
    return *count ? commits->parents + commit->parents : NULL;
}

/* Older first; the id decides between equals. */
static bool before(const struct history_commits *commits, uint32_t a,
                   uint32_t b)
{
    int64_t one = commits->commits[a].committed;
    int64_t two = commits->commits[b].committed;

    if (one != two)
        return one < two;
    return text_compare(intern_text(&commits->ids, a),
                        intern_text(&commits->ids, b)) < 0;
}

static void heap_push(const struct history_commits *commits,
                      struct numbers *heap, uint32_t number)
{
    size_t at = heap->at_count;

    (void)ARRAY_PUSH(heap->at);
    for (; at > 0 && before(commits, number, heap->at[(at - 1) / 2]);
         at = (at - 1) / 2)
        heap->at[at] = heap->at[(at - 1) / 2];
    heap->at[at] = number;
}

static uint32_t heap_pop(const struct history_commits *commits,
                         struct numbers *heap)
{
    uint32_t first = heap->at[0], last = heap->at[--heap->at_count];
    size_t at = 0, child;

    while ((child = 2 * at + 1) < heap->at_count) {
        if (child + 1 < heap->at_count &&
            before(commits, heap->at[child + 1], heap->at[child]))
            child++;
        if (!before(commits, heap->at[child], last))
            break;
        heap->at[at] = heap->at[child];
        at = child;
    }
    heap->at[at] = last;
    return first;
}

/* For each commit its children: those of i are at[starts[i] … starts[i+1]). */
struct children {
    uint32_t *starts, *at;
    uint32_t *waiting; /* parents of each that are not in order yet */
};

static bool walked(const struct history_commits *commits, uint32_t number)
{
    uint32_t flags = commits->commits[number].flags;

    return flags & COMMIT_WANTED && !(flags & COMMIT_MISSING);
}

static void count_children(struct history_commits *commits,
                           struct children *children)
{
    for (uint32_t i = 0; i < commits->commits_count; i++) {
        size_t count;
        const uint32_t *parents = commits_parents(commits, i, &count);

        for (size_t p = 0; walked(commits, i) && p < count; p++) {
            if (walked(commits, parents[p])) {
                children->starts[parents[p] + 1]++;
                children->waiting[i]++;
            } else {
                commits->commits[i].flags |= COMMIT_CUT;
            }
        }
    }
}

static struct children find_children(struct history_commits *commits)
{
    size_t size = commits->commits_count + 2;
    struct children children = {
        .starts = memory_new(size, sizeof(uint32_t)),
        .waiting = memory_new(size, sizeof(uint32_t)),
    };
    uint32_t *next;

    count_children(commits, &children);
    for (size_t i = 1; i < size; i++)
        children.starts[i] += children.starts[i - 1];
    children.at = memory_new(children.starts[size - 1], sizeof(uint32_t));
    next = memory_new(size, sizeof(*next));
    memcpy(next, children.starts, size * sizeof(*next));
    for (uint32_t i = 0; i < commits->commits_count; i++) {
        size_t count;
        const uint32_t *parents = commits_parents(commits, i, &count);

        for (size_t p = 0; walked(commits, i) && p < count; p++)
            if (walked(commits, parents[p]))
                children.at[next[parents[p]]++] = i;
    }
    free(next);
    return children;
}

void commits_sort(struct history_commits *commits)
{
    struct children children = find_children(commits);
    struct numbers heap = { .at = NULL };

    free(commits->order);
    commits->order = memory_new(commits->commits_count, sizeof(uint32_t));
    commits->order_count = 0;
    for (uint32_t i = 0; i < commits->commits_count; i++)
        if (walked(commits, i) && !children.waiting[i])
            heap_push(commits, &heap, i);
    while (heap.at_count) {
        uint32_t number = heap_pop(commits, &heap);

        commits->order[commits->order_count++] = number;
        for (uint32_t i = children.starts[number];
             i < children.starts[number + 1]; i++)
            if (--children.waiting[children.at[i]] == 0)
                heap_push(commits, &heap, children.at[i]);
    }
    free(heap.at);
    free(children.starts);
    free(children.at);
    free(children.waiting);
}

/*
 * Children before parents, each passes on from which side it is reached and
 * whether it lies below a common ancestor already: one pass is enough.
 */
void commits_each_base(const struct history_commits *commits,
                       const uint32_t *some, size_t some_count, uint32_t other,
                       commits_visit *visit, void *payload)
{
    enum { ONE = 1, TWO = 2, COMMON = ONE | TWO, STALE = 4 };
    unsigned char *marks = memory_new(commits->commits_count, 1);

    for (size_t i = 0; i < some_count; i++)
        marks[some[i]] |= ONE;
    marks[other] |= TWO;
    for (size_t i = commits->order_count; i-- > 0;) {
        uint32_t number = commits->order[i];
        unsigned char mark = marks[number];
        size_t count;
        const uint32_t *parents = commits_parents(commits, number, &count);

        if (mark == COMMON)
            visit(number, payload);
        if ((mark & COMMON) == COMMON)
            mark |= STALE;
        for (size_t p = 0; mark && p < count; p++)
            marks[parents[p]] |= mark;
    }
    free(marks);
}

uint32_t *commits_uses(const struct history_commits *commits)
{
    uint32_t *uses = memory_new(commits->commits_count, sizeof(*uses));

    for (size_t i = 0; i < commits->order_count; i++) {
        size_t count;
        const uint32_t *parents =
            commits_parents(commits, commits->order[i], &count);

        for (size_t p = 0; p < count; p++)
            uses[parents[p]]++;
    }
    return uses;
}

void commits_report_why(const struct history_commits *commits, uint32_t number,
                        const char *reason, struct report *report)
{
    char name[sizeof("commit ") + OBJECT_HEX_MAX] = "commit ";
    struct object_id id = commits_id(commits, number);

    object_id_format(&id, name + strlen(name));
    report_incomplete(report, name, reason);
}

void commits_report(struct history_commits *commits, uint32_t number,
                    struct report *report)
{
    struct error err;

    if (commits->commits[number].flags & COMMIT_CUT &&
        repo_is_shallow(commits->repo))
        commits_report_why(commits, number,
                           "its parents are not in this shallow clone; "
                           "get them with: git fetch --unshallow",
                           report);
    else if (commits->commits[number].flags & COMMIT_CUT)
        commits_report_why(commits, number, "a parent is missing or damaged",
                           report);
    else if (read_commit(commits, number, &err) < 0)
        commits_report_why(commits, number, err.message, report);
}

void commits_release(struct history_commits *commits)
{
    intern_release(&commits->ids);
    free(commits->commits);
    free(commits->parents);
    free(commits->order);
    *commits = (struct history_commits){ .repo = NULL };
}
