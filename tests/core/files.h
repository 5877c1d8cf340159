/*
 * All Python files of the cases, and what the fuzzers kept.
 */
#ifndef TMPGUARD_TESTS_CORE_FILES_H
#define TMPGUARD_TESTS_CORE_FILES_H

#include "tests/test.h"

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/buffer.h"

typedef void files_visit(const char *path, struct text text, void *payload);

static inline void files_read(const char *path, struct buffer *out)
{
    FILE *file = fopen(path, "rb");
    char part[65536];

    assert_non_null(file);
    buffer_clear(out);
    for (size_t size; (size = fread(part, 1, sizeof(part), file)) > 0;)
        buffer_append(out, part, size);
    assert_false(ferror(file));
    fclose(file);
}

/* Returns how many files there were. */
static inline size_t files_each(files_visit *visit, void *payload)
{
    char cases[] = TESTS_FOLDER "/cases";
    char corpus[] = TESTS_FOLDER "/fuzz/corpus/scan";
    char *folders[] = { cases, corpus, NULL };
    FTS *walk = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    struct buffer text = BUFFER_EMPTY;
    size_t count = 0;

    assert_non_null(walk);
    for (const FTSENT *entry; (entry = fts_read(walk));) {
        struct text path = text_of(entry->fts_path);

        if (entry->fts_info != FTS_F ||
            (!text_ends_with(path, TEXT(".py")) &&
             !text_starts_with(path, text_of(corpus))))
            continue;
        files_read(entry->fts_path, &text);
        visit(entry->fts_path, buffer_view(&text), payload);
        count++;
    }
    fts_close(walk);
    buffer_release(&text);
    return count;
}

#endif
