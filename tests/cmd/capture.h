/*
 * What is written to standard output or standard error meanwhile.
 */
#ifndef TMPGUARD_TESTS_CMD_CAPTURE_H
#define TMPGUARD_TESTS_CMD_CAPTURE_H

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/buffer.h"

struct capture {
    int descriptor; /* STDOUT_FILENO or STDERR_FILENO */
    int kept, file;
};

static inline struct capture capture_start(int descriptor)
{
    struct capture capture = { descriptor, dup(descriptor),
                               memfd_create("capture", 0) };

    fflush(NULL);
    assert_true(capture.kept >= 0 && capture.file >= 0);
    dup2(capture.file, descriptor);
    return capture;
}

/* What came, as a string for free(). */
static inline char *capture_end(const struct capture *capture)
{
    struct buffer bytes = BUFFER_EMPTY;
    char part[4096];
    ssize_t size;

    fflush(NULL);
    dup2(capture->kept, capture->descriptor);
    lseek(capture->file, 0, SEEK_SET);
    while ((size = read(capture->file, part, sizeof(part))) > 0)
        buffer_append(&bytes, part, (size_t)size);
    close(capture->kept);
    close(capture->file);
    return buffer_detach(&bytes);
}

#endif
