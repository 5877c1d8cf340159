/*
 * Histories for tests of hooks/history/history: made by a shell, scanned, and
 * written down as one line an entry.
 */
#ifndef TMPGUARD_TESTS_HOOKS_PAST_H
#define TMPGUARD_TESTS_HOOKS_PAST_H

#include "tests/hooks/sandbox.h"

#include "hooks/history/history.h"

/*
 * What a shell needs to make histories: `call` prints a file with one call,
 * `pad` a text that renames are recognised by; `c NAME` commits all there is,
 * one second later than the commit before, and `m NAME BRANCH…` merges.
 */
#define SHELL                                                                  \
    "T=$(cat .git/time 2>/dev/null || echo 1000000000); "                      \
    "tick() { T=$((T+1)); echo $T >.git/time; "                                \
    "export GIT_AUTHOR_DATE=\"$T +0100\" GIT_COMMITTER_DATE=\"$T +0100\"; }; " \
    "call() { printf 'import tempfile\\nx = tempfile.mktemp()\\n'; }; "        \
    "safe() { printf 'import tempfile\\n'; }; "                                \
    "pad() { for i in 1 2 3 4 5 6 7 8 9; do echo \"line_$i = $i\"; done; }; "  \
    "c() { tick; git add -A; git commit -q --allow-empty -m \"$1\"; }; "       \
    "m() { tick; n=$1; shift; git merge -q --no-ff -m $n \"$@\" >/dev/null; "  \
    "}; "

/*
 * Commits that do everything to files and folders that may matter: calls come
 * and go, scripts, links, folders that become files, folders in folders of
 * the same content, which git may keep as differences from each other.
 */
#define BUSY                                                                   \
    "mkdir -p a/b/c d; call >a/b/c/x.py; safe >a/b/y.py; pad >d/t; c 1;"       \
    "for n in 1 2 3 4 5 6 7 8 9; do"                                           \
    "  pad >a/b/p$n.py; { call; pad; echo $n; } >a/q$n.py;"                    \
    "  case $n in"                                                             \
    "  1) git mv a/b/c/x.py a/x.py;;"                                          \
    "  2) cp -r a/b d/b; { echo '#!/usr/bin/python'; call; } >d/run;;"         \
    "  3) { echo '#!/bin/sh'; call; } >d/run; ln -s a/x.py l.py;;"             \
    "  4) rm -r d; call >d;;"                                                  \
    "  5) rm d l.py; mkdir d; call >l.py; cp -r a d/a;;"                       \
    "  6) cp -r d a/b/d; rm a/q2.py; safe >a/q3.py;;"                          \
    "  7) mkdir e; cp -r a/b/d e; rm -r a/b/d; safe >a/x.py;;"                 \
    "  8) git checkout -q -b side HEAD~2; call >a/side.py;;"                   \
    "  esac; c $n; done; git tag -m t t;"

static inline void make(const char *commands)
{
    struct buffer line = BUFFER_EMPTY;

    buffer_format(&line, "%s%s", SHELL, commands);
    sh(line.bytes);
    buffer_release(&line);
}

static inline void scan_with(struct sandbox *sandbox, struct report *report,
                             const struct history_options *options)
{
    struct analyser analyser = { .stats = &report->stats };
    struct error err = { .message = "" };

    *report = REPORT_EMPTY;
    if (history_scan(opened(sandbox), options, &analyser, report, &err) < 0)
        fail_msg("history_scan: %s", err.message);
    analyser_release(&analyser);
}

static inline void scan_range(struct sandbox *sandbox, struct report *report,
                              const char *const *revisions, size_t count)
{
    const struct history_options options = { .revisions = revisions,
                                             .revisions_count = count };

    scan_with(sandbox, report, &options);
}

/* One line an entry: PATH:LINE INTRODUCED REMOVED|live|lost [PATHS]. */
static inline char *lines_of(const struct report *report)
{
    struct buffer lines = BUFFER_EMPTY;

    for (size_t i = 0; i < report->findings_count; i++) {
        const struct report_finding *finding = &report->findings[i];
        const char *end = finding->live      ? "live"
                          : finding->removed ? finding->removed->subject
                                             : "lost";

        buffer_format(&lines, "%s:%u %s %s", finding->path,
                      finding->finding.range.start.line,
                      finding->introduced->subject, end);
        for (size_t p = 0; finding->paths_count > 1 && p < finding->paths_count;
             p++)
            buffer_format(&lines, " %s", finding->paths[p]);
        buffer_byte(&lines, '\n');
    }
    return buffer_detach(&lines);
}

static inline void expect_with(void **state,
                               const struct history_options *options,
                               const char *expected)
{
    struct report report;
    char *lines;

    scan_with(*state, &report, options);
    lines = lines_of(&report);
    if (strcmp(lines, expected) != 0)
        fail_msg("got:\n%swant:\n%s", lines, expected);
    if (report.incomplete_count)
        fail_msg("incomplete: %s: %s", report.incomplete[0].path,
                 report.incomplete[0].reason);
    free(lines);
    report_release(&report);
}

static inline void expect_range(void **state, const char *const *revisions,
                                size_t count, const char *expected)
{
    const struct history_options options = { .revisions = revisions,
                                             .revisions_count = count };

    expect_with(state, &options, expected);
}

static inline void expect(void **state, const char *commands,
                          const char *expected)
{
    make(commands);
    expect_range(state, NULL, 0, expected);
}

#define in_repository(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

#endif
