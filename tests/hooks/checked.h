/*
 * Running a check in a sandbox and saying what came out of it as one string:
 * "PATH:LINE" of each finding, "?PATH" of what is incomplete, separated by
 * blanks.
 */
#ifndef TMPGUARD_TESTS_HOOKS_CHECKED_H
#define TMPGUARD_TESTS_HOOKS_CHECKED_H

#include "tests/hooks/sandbox.h"

#include "hooks/gate/check.h"

static inline char *summary(const struct report *report)
{
    struct buffer out = BUFFER_EMPTY;

    buffer_string(&out, "");
    for (size_t i = 0; i < report->findings_count; i++)
        buffer_format(&out, "%s%s:%u", out.size ? " " : "",
                      report->findings[i].path,
                      report->findings[i].finding.range.start.line);
    for (size_t i = 0; i < report->incomplete_count; i++)
        buffer_format(&out, "%s?%s", out.size ? " " : "",
                      report->incomplete[i].path);
    return buffer_detach(&out);
}

enum what { STAGED, COMMIT, RANGE, PUSH, RECEIVE };

static inline void gate_says(struct sandbox *sandbox, enum what what,
                             const char *argument, const char *want)
{
    const struct check_options options = { .codeql_compat = false };
    struct report report = REPORT_EMPTY;
    struct analyser analyser = { .stats = &report.stats };
    struct error err = { .message = "" };
    struct repo *repo = opened(sandbox);
    int result = -1;
    char *got;

    if (what == STAGED)
        result = check_staged(repo, &options, &analyser, &report, &err);
    if (what == COMMIT)
        result =
            check_commit(repo, argument, &options, &analyser, &report, &err);
    if (what == RANGE)
        result =
            check_range(repo, argument, &options, &analyser, &report, &err);
    if (what == PUSH)
        result = check_pre_push(repo, text_of(argument), &options, &analyser,
                                &report, &err);
    if (what == RECEIVE)
        result = check_pre_receive(repo, text_of(argument), &options, &analyser,
                                   &report, &err);
    got = result < 0 ? memory_copy(err.message, strlen(err.message))
                     : summary(&report);
    if (strcmp(got, want) != 0)
        fail_msg("%s: got '%s', want '%s'", argument ? argument : "staged", got,
                 want);
    free(got);
    for (size_t i = 0; i < report.findings_count; i++) {
        assert_true(report.findings[i].blocks);
        assert_non_null(report.findings[i].excerpt);
    }
    report_release(&report);
    analyser_release(&analyser);
}

#endif
