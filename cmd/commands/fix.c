#include "core/fix/fix.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/session/command.h"
#include "cmd/session/mend.h"
#include "cmd/session/session.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/patch_show.h"
#include "cmd/terminal/terminal.h"
#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/fix/patch.h"
#include "hooks/gate/policy_apply.h"
#include "hooks/git/repo.h"
#include "hooks/scan/importers.h"
#include "hooks/scan/scan.h"
#include "hooks/scan/unstaged.h"
#include "hooks/system/regular.h"
#include "hooks/system/rewrite.h"

/* A run. */
struct run {
    struct session session;
    struct mend mend;
    struct unstaged unstaged;
    struct importers importers;
};

/* The findings of one file, in the report's order, that are to be repaired. */
struct group {
    const struct report_finding *first;
    struct finding *findings;
    size_t findings_count, findings_room;
    struct text bytes;
};

/* ---- a file -------------------------------------------------------------- */

static void tell(struct run *run, const struct group *group,
                 const struct fix *fix, const char *instead)
{
    for (size_t i = 0; i < group->findings_count; i++) {
        struct mend_entry *entry = ARRAY_PUSH(run->mend.entries);

        entry->path = group->first->path;
        entry->at = group->findings[i].range.start;
        entry->verdict = (struct verdict){ .tier = FIX_MANUAL, .why = "" };
        if (fix)
            entry->verdict = fix->items[i].verdict;
        if (fix && !instead)
            entry->done = fix->items[i].done;
        /* What is not done for a reason of its own keeps that. */
        if (instead && (!fix || fix->items[i].done)) {
            entry->verdict.tier = FIX_MANUAL;
            entry->why = memory_copy(instead, strlen(instead));
        }
    }
}

static int put(struct run *run, const struct group *group,
               const struct fix *fix, struct error *err)
{
    const char *opens = group->first->opens;

    if (!run->mend.options->allow_dirty && run->session.repo &&
        unstaged_has(&run->unstaged, group->first->path, group->bytes))
        return error_set(err, ERROR_USAGE,
                         "the file has changes that are not staged: stage "
                         "them first, or say --allow-dirty");
    if (run->mend.options->diff) {
        patch_append(&run->mend.patch, text_of(group->first->path),
                     group->bytes, &fix->edits);
        return 0;
    }
    return rewrite_file(opens, group->bytes, buffer_view(&fix->after), err);
}

/* Only where an import would go it matters whether others want it. */
static int fix_group(struct run *run, const struct group *group,
                     struct fix *fix, struct error *err)
{
    struct fix_options options = { .unsafe = run->mend.options->unsafe };

    if (fix_file(fix, group->bytes, group->findings, group->findings_count,
                 &options, err) < 0)
        return -1;
    options.keeps =
        fix->drops && importers_may_be(&run->importers, run->session.repo,
                                       group->first->path, group->first->opens);
    if (!options.keeps)
        return 0;
    fix_release(fix);
    return fix_file(fix, group->bytes, group->findings, group->findings_count,
                    &options, err);
}

static void repair(struct run *run, const struct group *group)
{
    struct error err;
    struct fix fix;

    if (fix_group(run, group, &fix, &err) < 0) {
        tell(run, group, NULL, err.message);
        return;
    }
    if (!fix.done) {
        tell(run, group, &fix, NULL);
    } else if (put(run, group, &fix, &err) < 0) {
        tell(run, group, &fix, err.message);
    } else {
        run->mend.files++;
        tell(run, group, &fix, NULL);
    }
    fix_release(&fix);
}

static void repair_group(struct run *run, struct group *group)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;

    if (regular_read(&bytes, AT_FDCWD, group->first->opens, SCAN_SIZE_MAX, NULL,
                     &err) < 0) {
        tell(run, group, NULL, err.message);
    } else {
        group->bytes = buffer_view(&bytes);
        repair(run, group);
    }
    buffer_release(&bytes);
    free(group->findings);
}

/* ---- all ----------------------------------------------------------------- */

static void repair_all(struct run *run)
{
    const struct report *report = &run->session.report;

    for (size_t i = 0; i < report->findings_count;) {
        struct group group = { .first = &report->findings[i] };

        for (; i < report->findings_count &&
               strcmp(report->findings[i].path, group.first->path) == 0;
             i++) {
            struct finding *added;

            if (!report->findings[i].blocks || !report->findings[i].opens)
                continue;
            added = ARRAY_PUSH(group.findings);
            *added = report->findings[i].finding;
            added->suppression = SUPPRESSION_NONE;
        }
        if (group.findings_count)
            repair_group(run, &group);
    }
}

static int look(struct session *session, struct error *err)
{
    const struct strings *paths = &session->options->arguments;
    const struct scan_options asked = { .threads = session->options->jobs,
                                        .policy = &session->policy };
    static const char *const here[] = { "." };
    bool named = paths->items_count > 0;

    if (session_policy_of_scan(session, err) < 0)
        return -1;
    if (!named && session->repo && !repo_root(session->repo))
        return error_set(err, ERROR_USAGE,
                         "there is no working tree here: name a folder");
    return scan_paths(session->repo, named ? paths->items : here,
                      named ? paths->items_count : 1, &asked,
                      &session->analyser, &session->report, err);
}

/* Elsewhere than on a terminal it stays a patch. */
static int say_patch(const struct mend *mend)
{
    struct text patch = buffer_view(&mend->patch);
    bool color = terminal_colors(mend->options->color, STDOUT_FILENO);
    struct buffer shown = BUFFER_EMPTY;
    int code;

    if (!color && !terminal_is(STDOUT_FILENO))
        return output_say(patch);
    patch_show(&shown, patch, color);
    code = output_say(buffer_view(&shown));
    buffer_release(&shown);
    return code;
}

static int conclude(struct run *run)
{
    const struct mend *mend = &run->mend;
    bool clean =
        mend->entries_count == 0 && mend->report->incomplete_count == 0;
    int code = EXIT_CLEAN;

    if (mend->options->diff && mend->patch.size)
        code = say_patch(mend);
    if (mend->options->diff && !mend->options->formats.items_count &&
        !mend->options->output) {
        struct buffer words = BUFFER_EMPTY;

        mend_make(&words, false, mend);
        fwrite(words.bytes, 1, words.size, stderr);
        buffer_release(&words);
    } else if (code == EXIT_CLEAN && !(clean && mend->options->quiet)) {
        code = outputs_answer(&run->session.outputs, mend_make, mend);
    }
    if (code != EXIT_CLEAN)
        return code;
    if (mend_done(mend) < mend->entries_count ||
        (mend->options->diff && mend->patch.size))
        return EXIT_FINDINGS;
    return mend->report->incomplete_count ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static int carry_out(struct run *run)
{
    struct session *session = &run->session;
    struct error err;

    if (look(session, &err) < 0 ||
        (session->repo && unstaged_read(&run->unstaged, &err) < 0))
        return complain(err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE,
                        "%s", err.message);
    progress_end(&session->progress);
    policy_apply(&session->policy, &session->report);
    report_sort(&session->report);
    run->mend.report = &session->report;
    repair_all(run);
    return conclude(run);
}

/* A link that is named would be followed: what it leads to has a name, too. */
static const char *find_link(const struct strings *paths)
{
    for (size_t i = 0; i < paths->items_count; i++) {
        struct stat about;

        if (lstat(paths->items[i], &about) == 0 && S_ISLNK(about.st_mode))
            return paths->items[i];
    }
    return NULL;
}

static int refuse(const struct options *options)
{
    const char *link = find_link(&options->arguments);

    for (size_t i = 0; i < options->arguments.items_count; i++)
        if (strcmp(options->arguments.items[i], "-") == 0)
            return complain(EXIT_USAGE, "'fix' repairs files, not standard "
                                        "input");
    if (link)
        return complain(EXIT_USAGE,
                        "%s: it is a symbolic link, and none is followed: "
                        "name what it leads to",
                        link);
    return EXIT_CLEAN;
}

int cmd_fix(const struct options *options)
{
    struct run run = { .mend = { .options = options } };
    int code = refuse(options);

    if (code != EXIT_CLEAN)
        return code;
    session_start(&run.session, options);
    code = outputs_prepare(&run.session.outputs, options);
    if (code == EXIT_CLEAN)
        code = carry_out(&run);
    importers_release(&run.importers);
    unstaged_release(&run.unstaged);
    mend_release(&run.mend);
    session_close(&run.session);
    return code;
}
