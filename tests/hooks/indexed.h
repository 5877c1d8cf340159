/*
 * Index files of a sandbox's repository, as bytes to tamper with.
 */
#ifndef TMPGUARD_TESTS_HOOKS_INDEXED_H
#define TMPGUARD_TESTS_HOOKS_INDEXED_H

#include "tests/hooks/sandbox.h"

#include "hooks/git/index.h"
#include "hooks/system/sha1.h"

#define INDEX ".git/index"

static inline struct buffer bytes_of_file(const char *path)
{
    struct buffer bytes = BUFFER_EMPTY;
    FILE *file = fopen(path, "rb");
    int byte;

    assert_non_null(file);
    while ((byte = fgetc(file)) != EOF)
        buffer_byte(&bytes, (char)byte);
    fclose(file);
    return bytes;
}

static inline void digest_of(unsigned char digest[SHA1_SIZE],
                             const struct buffer *bytes)
{
    sha1_plain(digest, TEXT_EMPTY, buffer_view(bytes));
}

/* Write an index: these bytes, and the checksum that belongs behind them. */
static inline void put_sealed(const char *path, const void *bytes, size_t size)
{
    struct buffer all = BUFFER_EMPTY;
    unsigned char digest[SHA1_SIZE];

    buffer_append(&all, bytes, size);
    digest_of(digest, &all);
    buffer_append(&all, digest, sizeof(digest));
    put_bytes(path, all.bytes, all.size);
    buffer_release(&all);
}

/* As git writes it with index.skipHash. */
static inline void put_unsealed(const char *path, const void *bytes,
                                size_t size)
{
    static const char zeros[SHA1_SIZE];
    struct buffer all = BUFFER_EMPTY;

    buffer_append(&all, bytes, size);
    buffer_append(&all, zeros, sizeof(zeros));
    put_bytes(path, all.bytes, all.size);
    buffer_release(&all);
}

/* "MODE ID PATH", with a '!' in front if it is unmerged, a line each; NULL if
 * there is an entry that is left to git. */
static inline char *listed(const struct index *index)
{
    struct buffer out = BUFFER_EMPTY;

    buffer_string(&out, "");
    for (uint32_t i = 0; i < index->layout.entries_count; i++) {
        struct index_entry entry;
        char hex[OBJECT_HEX_MAX];

        if (!index_layout_entry(&entry, &index->layout, i)) {
            buffer_release(&out);
            return NULL;
        }
        if (entry.is_intended)
            continue;
        buffer_format(&out, "%s%06o %s %.*s\n", entry.stage ? "!" : "",
                      entry.mode, object_id_format(&entry.id, hex),
                      (int)entry.path.size, entry.path.bytes);
    }
    return buffer_detach(&out);
}

#endif
