#include "hooks/gate/span.h"

#include <stdlib.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/repo.h"
#include "hooks/git/tree.h"

/* So many comparisons are asked of one git: it bounds its answer. */
#define BATCH 512

/* Of commits, whose parents are still to be marked. */
struct places {
    size_t *items;
    size_t items_count, items_room;
};

static int compare(const void *one, const void *two)
{
    const struct span_commit *a = one, *b = two;

    return object_id_compare(&a->id, &b->id);
}

static const struct span_commit *find(const struct span *range,
                                      const struct object_id *id)
{
    struct span_commit key = { .id = *id };

    if (!range->commits_count)
        return NULL;
    return bsearch(&key, range->commits, range->commits_count,
                   sizeof(*range->commits), compare);
}

static int add(struct span *range, struct repo *repo,
               const struct object_id *id, struct error *err)
{
    struct span_commit *commit;
    struct commit_view view;
    struct object object;
    struct object_id parent;
    int found = object_read(&object, repo, id, TREE_OBJECT_MAX, err);

    if (found == 0)
        return error_set(err, ERROR_GIT,
                         "a commit is missing from the repository");
    if (found < 0)
        return -1;
    if (object.type != OBJECT_COMMIT || commit_parse(&view, object.bytes) < 0) {
        object_release(&object);
        return error_set(err, ERROR_GIT, "a commit is malformed");
    }
    commit = ARRAY_PUSH(range->commits);
    commit->turn = range->commits_count;
    commit->id = *id;
    commit->tree = view.tree;
    while (commit_next_parent(&parent, &view.parents))
        *ARRAY_PUSH(commit->parents) = parent;
    object_release(&object);
    return 0;
}

static int by_id_and_turn(const void *one, const void *two)
{
    const struct span_commit *a = one, *b = two;
    int order = compare(a, b);

    return order ? order : (a->turn > b->turn) - (a->turn < b->turn);
}

static void sort(struct span *range)
{
    if (range->commits_count)
        qsort(range->commits, range->commits_count, sizeof(*range->commits),
              by_id_and_turn);
}

int span_add(struct span *range, struct repo *repo,
             const struct object_id *commit, struct error *err)
{
    int result = add(range, repo, commit, err);

    sort(range);
    return result;
}

/* A branch and its tag stand at the same place. */
static void add_tip(struct span *range, const struct object_id *commit,
                    const struct object_id *tree)
{
    for (size_t i = 0; i < range->tips_count; i++)
        if (object_id_compare(&range->tips[i].commit, commit) == 0)
            return;
    *ARRAY_PUSH(range->tips) = (struct span_tip){ *commit, *tree };
}

void span_add_tree(struct span *range, const struct object_id *tree,
                   const struct object_id *parent)
{
    struct span_commit *commit = ARRAY_PUSH(range->commits);

    commit->turn = range->commits_count;
    commit->id = commit->tree = *tree;
    if (parent->size)
        *ARRAY_PUSH(commit->parents) = *parent;
    add_tip(range, tree, tree);
    sort(range);
}

/* Of equal ones the first to be added stays; the others have no parents. */
static void drop_equal(struct span *range)
{
    size_t kept = 0;

    for (size_t i = 0; i < range->commits_count; i++)
        if (!kept ||
            compare(&range->commits[kept - 1], &range->commits[i]) != 0)
            range->commits[kept++] = range->commits[i];
    range->commits_count = kept;
}

void span_add_tips(struct span *range)
{
    for (size_t i = 0; i < range->tips_count; i++) {
        struct span_commit *commit = ARRAY_PUSH(range->commits);

        commit->turn = range->commits_count;
        commit->id = range->tips[i].commit;
        commit->tree = range->tips[i].tree;
    }
    sort(range);
    drop_equal(range);
}

static const char **list_command(const char *const *options)
{
    const char **arguments;
    size_t count = 0;

    while (options[count])
        count++;
    arguments = memory_new(count + 4, sizeof(*arguments));
    arguments[0] = "rev-list";
    arguments[1] = "--topo-order";
    arguments[2] = "--stdin";
    for (size_t i = 0; i < count; i++)
        arguments[i + 3] = options[i];
    return arguments;
}

int span_list(struct span *range, struct repo *repo, struct text revisions,
              const char *const *options, struct error *err)
{
    const char **arguments = list_command(options);
    struct buffer out = BUFFER_EMPTY;
    struct text rest;
    int result = gitpipe_run(&out, arguments, revisions, err);

    free(arguments);
    if (result > 0)
        result = error_set(err, ERROR_GIT, "git lists no commits");
    rest = buffer_view(&out);
    while (result == 0 && rest.size) {
        size_t end = text_find(rest, '\n', 0);
        struct object_id id;

        if (object_id_parse(&id, text_slice(rest, 0, end)) < 0)
            result = error_set(err, ERROR_GIT, "git gave no commit's id");
        else
            result = add(range, repo, &id, err);
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    buffer_release(&out);
    sort(range);
    return result;
}

int span_tip(struct span *range, struct repo *repo,
             const struct object_id *commit, struct error *err)
{
    struct object_id tree;
    int found = tree_of_commit(&tree, repo, commit, err);

    if (found == 0)
        return error_set(err, ERROR_GIT,
                         "a commit is missing from the repository");
    if (found < 0)
        return -1;
    add_tip(range, commit, &tree);
    return 0;
}

/* The place of a commit in the range, or that behind the last. */
static size_t place_of(const struct span *range, const struct object_id *id)
{
    const struct span_commit *commit = find(range, id);

    return commit ? (size_t)(commit - range->commits) : range->commits_count;
}

static void mark(bool *marks, struct places *todo, const struct span *range,
                 const struct object_id *id)
{
    size_t place = place_of(range, id);

    if (place == range->commits_count || marks[place])
        return;
    marks[place] = true;
    *ARRAY_PUSH(todo->items) = place;
}

void span_mark(bool *marks, const struct span *range,
               const struct object_id *tip)
{
    struct places todo = { .items = NULL };

    mark(marks, &todo, range, tip);
    while (todo.items_count) {
        size_t place = todo.items[--todo.items_count];
        const struct span_commit *commit = &range->commits[place];

        for (size_t i = 0; i < commit->parents_count; i++)
            mark(marks, &todo, range, &commit->parents[i]);
    }
    free(todo.items);
}

static int add_parent(struct change *change, const struct span *range,
                      struct repo *repo, const struct object_id *id,
                      struct error *err)
{
    const struct span_commit *known = find(range, id);
    struct change_parent *parent = ARRAY_PUSH(change->parents);
    int found;

    parent->commit = *id;
    if (known) {
        parent->tree = known->tree;
        return 0;
    }
    found = tree_of_commit(&parent->tree, repo, id, err);
    if (found == 0)
        return error_set(err, ERROR_GIT,
                         "a parent is not in this clone (shallow, or damaged): "
                         "fetch more history to check this commit");
    return found < 0 ? -1 : 0;
}

/* The change without its diffs. */
static int prepare(struct change *change, const struct span *range,
                   struct repo *repo, const struct span_commit *commit,
                   struct error *err)
{
    *change = CHANGE_EMPTY;
    change->tree = commit->tree;
    for (size_t i = 0; i < commit->parents_count; i++)
        if (add_parent(change, range, repo, &commit->parents[i], err) < 0)
            return -1;
    if (!commit->parents_count)
        object_id_of(&ARRAY_PUSH(change->parents)->tree, OBJECT_TREE,
                     TEXT_EMPTY, repo_id_size(repo));
    return 0;
}

static void ask(struct buffer *questions, const struct change *change)
{
    char old[OBJECT_HEX_MAX], new[OBJECT_HEX_MAX];

    for (size_t i = 0; i < change->parents_count; i++)
        buffer_format(questions, "%s %s\n",
                      object_id_format(&change->parents[i].tree, old),
                      object_id_format(&change->tree, new));
}

/* Each answer begins with the line of its question. */
static int take_answers(struct change *change, struct text *questions,
                        struct text *answers, struct error *err)
{
    for (size_t i = 0; i < change->parents_count; i++) {
        size_t end = text_find(*questions, '\n', 0) + 1;

        if (!text_starts_with(*answers, text_slice(*questions, 0, end)))
            return error_set(err, ERROR_GIT, "git compared other trees");
        *questions = text_slice(*questions, end, questions->size);
        *answers = text_slice(*answers, end, answers->size);
        if (diff_parse(&change->parents[i].diff, answers, err) < 0)
            return -1;
    }
    return 0;
}

static int compare_trees(struct buffer *answers, const struct buffer *questions,
                         struct error *err)
{
    static const char *const arguments[] = {
        "diff-tree",    "--stdin",       "-r", "--raw", "-z", "--no-abbrev",
        "--no-renames", "--no-relative", NULL,
    };
    int status = gitpipe_run(answers, arguments, buffer_view(questions), err);

    return status > 0 ? error_set(err, ERROR_GIT, "git compares no trees")
                      : status;
}

static int each_of_batch(struct span *range, struct repo *repo,
                         struct span_commit **turns, size_t count,
                         const struct span_visitor *visitor, struct error *err)
{
    struct change *changes = memory_new(count, sizeof(*changes));
    struct buffer questions = BUFFER_EMPTY, answers = BUFFER_EMPTY;
    struct text asked, answered;
    int result;

    for (size_t i = 0; i < count; i++) {
        struct span_commit *commit = turns[i];
        struct error reason;

        if (prepare(&changes[i], range, repo, commit, &reason) == 0) {
            ask(&questions, &changes[i]);
            continue;
        }
        visitor->unreadable(visitor->payload, commit, reason.message);
        change_release(&changes[i]);
    }
    result = questions.size ? compare_trees(&answers, &questions, err) : 0;
    asked = buffer_view(&questions);
    answered = buffer_view(&answers);
    for (size_t i = 0; i < count; i++) {
        if (result == 0)
            result = take_answers(&changes[i], &asked, &answered, err);
        if (result == 0 && changes[i].parents_count)
            visitor->change(visitor->payload, turns[i], &changes[i]);
        change_release(&changes[i]);
    }
    if (result == 0 && answered.size)
        result = error_set(err, ERROR_GIT, "git compared other trees");
    buffer_release(&questions);
    buffer_release(&answers);
    free(changes);
    return result;
}

static int by_turn(const void *one, const void *two)
{
    const struct span_commit *const *a = one, *const *b = two;

    return ((*a)->turn > (*b)->turn) - ((*a)->turn < (*b)->turn);
}

int span_each(struct span *range, struct repo *repo,
              const struct span_visitor *visitor, struct error *err)
{
    struct span_commit **turns =
        memory_new(range->commits_count, sizeof(struct span_commit *));
    int result = 0;

    for (size_t i = 0; i < range->commits_count; i++)
        turns[i] = &range->commits[i];
    if (range->commits_count)
        qsort(turns, range->commits_count, sizeof(*turns), by_turn);
    for (size_t start = 0; result == 0 && start < range->commits_count;
         start += BATCH) {
        size_t left = range->commits_count - start;

        result = each_of_batch(range, repo, turns + start,
                               left < BATCH ? left : BATCH, visitor, err);
    }
    free(turns);
    return result;
}

void span_release(struct span *range)
{
    for (size_t i = 0; i < range->commits_count; i++)
        free(range->commits[i].parents);
    free(range->commits);
    free(range->tips);
    *range = SPAN_EMPTY;
}
