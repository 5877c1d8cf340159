#include "hooks/scan/scan.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/source/filetype.h"
#include "hooks/gate/policy_tree.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/repo.h"
#include "hooks/git/tree.h"
#include "hooks/scan/crawl.h"
#include "hooks/scan/gather.h"
#include "hooks/scan/remedy_files.h"

struct scan {
    struct repo *repo; /* NULL outside of a repository */
    const struct scan_options *options;
    struct analyser *analyser;
    bool has_cache;
    pthread_mutex_t cache; /* one thread at a time may use it */
    struct report *report;
    struct crawl *crawl;
    struct gather *gather;
};

/* ---- a file -------------------------------------------------------------- */

/* What was found where the file was read. */
struct work {
    struct facts facts;
    struct error err;
    int found;
    bool is_parsed;
};

static void analyse(struct work *work, struct text bytes)
{
    work->is_parsed = true;
    work->found = scan_blob(bytes, &work->facts, &work->err);
}

/* The same if the cache does not know better. */
static void analyse_cached(struct scan *scan, struct work *work,
                           struct text bytes)
{
    struct object_id id;
    int known;

    object_id_of(&id, OBJECT_BLOB, bytes, 20);
    pthread_mutex_lock(&scan->cache);
    known = analyse_known(scan->analyser, &id, &work->facts);
    pthread_mutex_unlock(&scan->cache);
    if (known)
        return;
    analyse(work, bytes);
    if (work->found < 0)
        return;
    pthread_mutex_lock(&scan->cache);
    analyse_end(scan->analyser, &id, &work->facts);
    pthread_mutex_unlock(&scan->cache);
}

static void look(void *payload, struct text bytes, struct crawl_file *file)
{
    struct scan *scan = payload;
    struct work *work;

    imports_collect(&file->imports, bytes);
    if (!scan_worthwhile(bytes))
        return;
    work = memory_new(1, sizeof(*work));
    work->facts = FACTS_EMPTY;
    file->work = work;
    if (bytes.size > SCAN_SIZE_MAX)
        work->found = scan_too_large(&work->err);
    else if (scan->has_cache)
        analyse_cached(scan, work, bytes);
    else
        analyse(work, bytes);
}

static void visit_file(void *payload, const char *path, const char *shown,
                       const struct crawl_file *file)
{
    struct scan *scan = payload;
    struct work none = { .facts = FACTS_EMPTY };
    struct work *work = file->work ? file->work : &none;

    if (file->err) {
        report_incomplete(scan->report, shown, file->err->message);
        return;
    }
    gather_file(scan->gather, shown, path, &file->imports, NULL);
    scan->report->stats.python_files++;
    scan->report->stats.parsed += work->is_parsed;
    if (work->found < 0)
        report_incomplete(scan->report, shown, work->err.message);
    gather_facts(scan->gather, work->found < 0 ? NULL : &work->facts);
    facts_release(&work->facts);
    free(file->work);
}

/* ---- a folder ------------------------------------------------------------ */

/* Does the index call this folder, which has a `.git`, a submodule? */
static bool is_submodule(void *payload, const char *path, const char *shown)
{
    const struct scan *scan = payload;
    struct buffer name = BUFFER_EMPTY, out = BUFFER_EMPTY;
    bool result = false;
    struct stat status;
    struct error err;

    buffer_format(&name, "%s/.git", path);
    if (scan->repo && lstat(name.bytes, &status) == 0) {
        buffer_clear(&name);
        buffer_format(&name, ":(top,literal)%s", shown);
        {
            const char *const arguments[] = { "ls-files", "--stage",  "-z",
                                              "--",       name.bytes, NULL };

            result = gitpipe_run(&out, arguments, TEXT_EMPTY, &err) == 0 &&
                     text_starts_with(buffer_view(&out), TEXT("160000 "));
        }
    }
    buffer_release(&name);
    buffer_release(&out);
    return result;
}

static void visit_unreadable(void *payload, const char *shown,
                             const char *reason)
{
    struct scan *scan = payload;

    report_incomplete(scan->report, shown, reason);
}

/* The real path of the folder that a path stands in, and its last name: a
 * link given by name keeps its name. NULL and errno if there is none. */
static char *absolute(const char *path, bool is_folder)
{
    struct buffer joined = BUFFER_EMPTY;
    const char *slash = strrchr(path, '/');
    char *folder, *real;

    if (is_folder)
        return realpath(path, NULL);
    folder = slash ? memory_copy(path, (size_t)(slash - path) + 1)
                   : memory_copy(".", 1);
    real = realpath(folder, NULL);
    free(folder);
    if (!real)
        return NULL;
    buffer_format(&joined, "%s/%s", strcmp(real, "/") == 0 ? "" : real,
                  slash ? slash + 1 : path);
    free(real);
    return buffer_detach(&joined);
}

/* The part of `path` below the root of the repository; NULL if it is not. */
static const char *below_root(const struct scan *scan, const char *path)
{
    const char *root = scan->repo ? repo_root(scan->repo) : NULL;
    size_t size = root ? strlen(root) : 0;

    if (!root || strncmp(path, root, size) != 0)
        return NULL;
    if (size > 0 && root[size - 1] == '/')
        return path + size;
    if (path[size] == '\0')
        return path + size;
    return path[size] == '/' ? path + size + 1 : NULL;
}

/* As given, without "./" before and '/' behind it. */
static char *as_given(const char *path)
{
    size_t size;

    while (path[0] == '.' && path[1] == '/')
        for (path += 2; *path == '/';)
            path++;
    if (strcmp(path, ".") == 0)
        path++;
    size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    return memory_copy(path, size);
}

static void scan_path(struct scan *scan, const char *path,
                      const struct stat *status, bool alone)
{
    bool is_folder = S_ISDIR(status->st_mode);
    char *real = realpath(path, NULL), *full = absolute(path, is_folder);
    const char *below = full ? below_root(scan, full) : NULL;
    char *given = as_given(path);
    const char *shown = below;

    if (!shown)
        shown = is_folder && alone ? "" : given;
    if (!real || !full)
        report_incomplete(scan->report, shown[0] ? shown : ".",
                          strerror(errno));
    else if (is_folder)
        crawl_folder(scan->crawl, real, shown);
    else
        crawl_file(scan->crawl, real, shown);
    free(real);
    free(full);
    free(given);
}

/* Decide and report what was gathered. */
static void finish(struct scan *scan)
{
    gather_report(scan->gather, scan->report);
    gather_close(scan->gather);
    report_sort(scan->report);
    remedy_files(scan->report, scan->repo);
}

static int check_exists(const char *path, struct error *err)
{
    struct stat status;

    if (stat(path, &status) < 0 && (errno == ENOENT || errno == ENOTDIR))
        return error_set(err, ERROR_USAGE,
                         "%.200s: there is no such file or folder",
                         path[0] ? path : "''");
    return 0;
}

static void scan_all(struct scan *scan, const char *const *paths, size_t count)
{
    const struct crawl_visitor visitor = { look, is_submodule, visit_file,
                                           visit_unreadable, scan };

    scan->crawl = crawl_open(&visitor, ANALYSE_READ_MAX, scan->options->threads,
                             count > 1);
    for (size_t i = 0; i < count; i++) {
        struct stat status;

        if (stat(paths[i], &status) < 0)
            report_incomplete(scan->report, paths[i], strerror(errno));
        else if (!S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode))
            report_incomplete(scan->report, paths[i], "it is no regular file");
        else
            scan_path(scan, paths[i], &status, count == 1);
    }
    scan->report->stats.files += crawl_run(scan->crawl);
    crawl_close(scan->crawl);
}

int scan_paths(struct repo *repo, const char *const *paths, size_t count,
               const struct scan_options *options, struct analyser *analyser,
               struct report *report, struct error *err)
{
    struct scan scan = {
        .repo = repo, .options = options, .analyser = analyser, .report = report
    };

    for (size_t i = 0; i < count; i++)
        if (check_exists(paths[i], err) < 0)
            return -1;
    scan.has_cache = analyser->store != NULL;
    scan.gather = gather_open(NULL, options);
    if (pthread_mutex_init(&scan.cache, NULL) != 0)
        abort();
    scan_all(&scan, paths, count);
    pthread_mutex_destroy(&scan.cache);
    finish(&scan);
    return 0;
}

static void visit_blob(void *payload, const char *path,
                       const struct object_id *blob)
{
    struct scan *scan = payload;
    struct facts facts;
    struct error err;
    int found =
        analyse_file(scan->analyser, scan->repo, path, blob, &facts, &err);

    scan->report->stats.files++;
    if (found == 0)
        return;
    scan->report->stats.python_files++;
    if (found < 0)
        report_incomplete(scan->report, path, err.message);
    gather_file(scan->gather, path, NULL, NULL, blob);
    gather_facts(scan->gather, found < 0 ? NULL : &facts);
    facts_release(&facts);
}

int scan_tree(struct repo *repo, const char *revision,
              const struct scan_options *options, struct analyser *analyser,
              struct report *report, struct error *err)
{
    struct scan_options asked = *options;
    struct scan scan = {
        .repo = repo, .options = &asked, .analyser = analyser, .report = report
    };
    const struct tree_visitor visitor = { .file = visit_blob,
                                          .unreadable = visit_unreadable,
                                          .payload = &scan };
    struct object_id commit, tree;
    int found = repo_resolve(&commit, repo, revision, err);

    if (found == 0)
        return error_set(err, ERROR_USAGE, "%.200s: there is no such commit",
                         revision);
    if (found == 1)
        found = tree_of_commit(&tree, repo, &commit, err);
    if (found == 0)
        return error_set(err, ERROR_GIT, "the commit is missing");
    if (found == 1 && asked.policy)
        found = policy_of_tree(asked.policy, repo, &tree, err);
    if (found < 0)
        return -1;
    if (asked.policy)
        asked.codeql_compat |= policy_level(asked.policy, POLICY_CODEQL) > 0;
    scan.gather = gather_open(repo, &asked);
    tree_walk(repo, &tree, &visitor);
    finish(&scan);
    return 0;
}

int scan_bytes(const char *name, struct text bytes,
               const struct scan_options *options, struct analyser *analyser,
               struct report *report, struct error *err)
{
    struct facts facts = FACTS_EMPTY;
    size_t from = report->findings_count;
    struct error reason;

    (void)err;
    report->stats.files++;
    if (filetype_is_python(text_of(name), bytes)) {
        report->stats.python_files++;
        if (analyse_bytes(analyser, bytes, &facts, &reason) < 0)
            report_incomplete(report, name, reason.message);
        else
            gather_show(options, report, name, &facts, bytes);
        remedy_bytes(report, from, bytes);
    }
    facts_release(&facts);
    report_sort(report);
    return 0;
}
