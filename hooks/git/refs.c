#include "hooks/git/refs.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/refs_files.h"
#include "hooks/git/repo.h"
#include "hooks/git/worktrees.h"

struct ref {
    const char *name;
    struct object_id id;
    bool looked_up; /* by git: then the id is the commit's, or of size 0 */
};

struct refs {
    struct buffer lines;      /* what git said; names point into it */
    struct buffer complaints; /* and what it complained of */
    struct ref *all;
    size_t all_count, all_room;
};

/* git leaves a ref out that it cannot read, and only complains. */
static int list_refs(struct refs *refs, struct error *err)
{
    static const char *const arguments[] = {
        "for-each-ref",
        "--format=%(objectname) %(refname)",
        NULL,
    };
    int status = gitpipe_run_noting(&refs->lines, &refs->complaints, arguments,
                                    TEXT_EMPTY, err);
    const char *broken = NULL;

    if (status > 0)
        status = error_set(err, ERROR_GIT, "git cannot list the refs");
    if (refs->complaints.bytes)
        broken = strstr(refs->complaints.bytes, "broken ref");
    if (status == 0 && broken)
        status = error_set(err, ERROR_GIT, "there is a %.*s",
                           (int)strcspn(broken, "\n"), broken);
    return status;
}

/* Lines of "ID NAME". */
static int split(struct refs *refs, struct error *err)
{
    char *rest = NULL;

    for (char *line =
             refs->lines.size ? strtok_r(refs->lines.bytes, "\n", &rest) : NULL;
         line; line = strtok_r(NULL, "\n", &rest)) {
        struct ref *ref = ARRAY_PUSH(refs->all);
        size_t size = strcspn(line, " ");

        if (!line[size] ||
            object_id_parse(&ref->id, (struct text){ line, size }) < 0)
            return error_set(err, ERROR_GIT, "cannot read git's list of refs");
        ref->name = line + size + 1;
    }
    return 0;
}

static int compare(const void *name, const void *ref)
{
    return strcmp(name, ((const struct ref *)ref)->name);
}

/* Did git list it, or complain of its name? */
static bool is_told(const struct refs *refs, const char *name)
{
    struct buffer line = BUFFER_EMPTY;
    bool told;

    buffer_format(&line, " %s\n", name);
    told =
        (refs->all_count && bsearch(name, refs->all, refs->all_count,
                                    sizeof(*refs->all), compare)) ||
        (refs->complaints.size && strstr(refs->complaints.bytes, line.bytes));
    buffer_release(&line);
    return told;
}

/* Is each of the files, which were there before git looked, in its list? */
static int check_files(const struct refs *refs, const struct paths *files,
                       const struct repo *repo, struct error *err)
{
    int found = 0;

    for (size_t i = 0; i < files->items_count && found == 0; i++) {
        const char *name = refs_file_name(files->items[i], repo);

        if (!is_told(refs, name))
            found = refs_file_counts(files->items[i], err);
        if (found == 1)
            error_set(err, ERROR_GIT, "git leaves out %.300s", name);
    }
    return found == 0 ? 0 : -1;
}

/* "ID TYPE" of what a ref leads to, or "… missing". */
static int take_answer(struct ref *ref, struct text line, struct error *err)
{
    size_t space = text_find(line, ' ', 0);
    struct text word = text_slice(line, space, line.size);

    if (text_equal(word, TEXT(" commit")))
        return object_id_parse(&ref->id, text_slice(line, 0, space)) == 0
                   ? 0
                   : error_set(err, ERROR_GIT, "git gave a strange id");
    if (text_equal(word, TEXT(" missing")) || word.size == 0)
        return error_set(err, ERROR_GIT, "%s: its object is missing or damaged",
                         ref->name);
    ref->id.size = 0;
    return 0;
}

static int take_answers(struct refs *refs, struct text answers,
                        struct error *err)
{
    for (size_t i = 0; i < refs->all_count; i++) {
        size_t end = text_find(answers, '\n', 0);

        if (!refs->all[i].looked_up)
            continue;
        if (take_answer(&refs->all[i], text_slice(answers, 0, end), err) < 0)
            return -1;
        answers = text_slice(answers, end + (end < answers.size), answers.size);
    }
    return 0;
}

/* Ask git what those that are not known lead to, all at once. */
static int look_up(struct refs *refs, refs_known *known, void *payload,
                   struct error *err)
{
    static const char *const arguments[] = {
        "cat-file", "--batch-check=%(objectname) %(objecttype)", NULL
    };
    struct buffer questions = BUFFER_EMPTY, answers = BUFFER_EMPTY;
    char hex[OBJECT_HEX_MAX];
    int status = 0;

    for (size_t i = 0; i < refs->all_count; i++) {
        struct ref *ref = &refs->all[i];

        ref->looked_up = !known || !known(&ref->id, payload);
        if (ref->looked_up)
            buffer_format(&questions, "%s^{}\n",
                          object_id_format(&ref->id, hex));
    }
    if (questions.size)
        status = gitpipe_run(&answers, arguments, buffer_view(&questions), err);
    if (status > 0)
        status = error_set(err, ERROR_GIT, "git cannot read the refs");
    if (status == 0)
        status = take_answers(refs, buffer_view(&answers), err);
    buffer_release(&questions);
    buffer_release(&answers);
    return status;
}

static int visit_refs(const struct refs *refs, refs_visit *visit, void *payload)
{
    int status = 0;

    for (size_t i = 0; i < refs->all_count && status == 0; i++)
        if (refs->all[i].id.size)
            status = visit(refs->all[i].name, &refs->all[i].id, payload);
    return status;
}

/* All worktrees, and nothing less: the main one is always in the list. */
static int check_worktrees(size_t listed, const struct repo *repo,
                           struct error *err)
{
    size_t there;

    if (refs_files_worktrees(&there, repo, err) < 0)
        return -1;
    return listed > there
               ? 0
               : error_set(err, ERROR_GIT, "git leaves out a worktree");
}

/*
 * The HEADs of all worktrees, a detached one too, are known to git as well as
 * refs are: it keeps their commits.
 */
static int visit_worktrees(const struct repo *repo, refs_visit *visit,
                           void *payload, struct error *err)
{
    struct worktrees trees = WORKTREES_EMPTY;
    int status = worktrees_list(&trees, err);

    if (status == 0)
        status = check_worktrees(trees.items_count, repo, err);
    for (size_t i = 0; i < trees.items_count && status == 0; i++)
        if (trees.items[i].head.size)
            status = visit("worktree", &trees.items[i].head, payload);
    worktrees_release(&trees);
    return status;
}

/* All that there is, and nothing less. */
static int read_refs(struct refs *refs, const struct repo *repo,
                     struct error *err)
{
    struct paths files = { .items = NULL };
    int status = refs_files_list(&files, repo, err);

    if (status == 0)
        status = list_refs(refs, err);
    if (status == 0)
        status = split(refs, err);
    if (status == 0)
        status = check_files(refs, &files, repo, err);
    paths_release(&files);
    return status;
}

int refs_each(struct repo *repo, refs_known *known, refs_visit *visit,
              void *payload, struct error *err)
{
    struct refs refs = { .lines = BUFFER_EMPTY, .complaints = BUFFER_EMPTY };
    struct object_id head, tree;
    int status = repo_head(&head, &tree, repo, err);

    if (status == 1)
        status = visit("HEAD", &head, payload);
    if (status == 0)
        status = read_refs(&refs, repo, err);
    if (status == 0)
        status = look_up(&refs, known, payload, err);
    if (status == 0)
        status = visit_refs(&refs, visit, payload);
    if (status == 0)
        status = visit_worktrees(repo, visit, payload, err);
    buffer_release(&refs.lines);
    buffer_release(&refs.complaints);
    free(refs.all);
    return status;
}
