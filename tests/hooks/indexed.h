/*
 * Index files of a sandbox's repository, as bytes to tamper with.
 */
#ifndef TMPGUARD_TESTS_HOOKS_INDEXED_H
#define TMPGUARD_TESTS_HOOKS_INDEXED_H

#include "tests/hooks/sandbox.h"

#include "hooks/index.h"
#include "hooks/sha1.h"

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
    FILE *pipe;

    if (sha1_is_there()) {
        sha1(digest, TEXT_EMPTY, buffer_view(bytes));
        return;
    }
    put_bytes(".digested", bytes->bytes, bytes->size);
    pipe = popen("sha1sum .digested", "r");
    assert_non_null(pipe);
    for (size_t i = 0; i < SHA1_SIZE; i++) {
        unsigned byte;

        assert_int_equal(1, fscanf(pipe, "%2x", &byte));
        digest[i] = (unsigned char)byte;
    }
    pclose(pipe);
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

/* As git writes it with index.skipHash: what libgit2 leaves to git. */
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

/* "MODE ID PATH", with a '!' in front if it is unmerged, a line each. */
static inline char *listed(const struct index *index)
{
    struct buffer out = BUFFER_EMPTY;

    buffer_string(&out, "");
    for (size_t i = 0; i < index->entries_count; i++) {
        const struct index_entry *entry = &index->entries[i];
        char hex[OBJECT_HEX_MAX];

        buffer_format(&out, "%s%06o %s %s\n", entry->unmerged ? "!" : "",
                      entry->mode, object_id_format(&entry->id, hex),
                      entry->path);
    }
    return buffer_detach(&out);
}

#endif
