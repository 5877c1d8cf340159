/*
 * Files of one tree as texts, decided together by link.h.
 */
#ifndef TMPGUARD_TESTS_CORE_TREE_H
#define TMPGUARD_TESTS_CORE_TREE_H

#include "tests/test.h"

#include <string.h>

#include "core/facts/link.h"

#define FILES_MAX 8

/* A tree of modules that stand side by side, and packages `x/__init__`. */
struct files {
    struct {
        const char *name, *text; /* text NULL: it cannot be read */
    } items[FILES_MAX];
    unsigned reads[FILES_MAX];
};

static inline uint32_t tree_file_named(const struct files *files,
                                       const char *start, struct text name,
                                       const char *end)
{
    struct buffer wanted = BUFFER_EMPTY;
    uint32_t found = MACHINE_FILE_NONE;

    buffer_string(&wanted, start);
    for (size_t i = 0; i < name.size; i++)
        buffer_byte(&wanted, name.bytes[i] == '.' ? '/' : name.bytes[i]);
    buffer_string(&wanted, end);
    for (uint32_t i = 0; i < FILES_MAX && files->items[i].name; i++)
        if (text_equal(buffer_view(&wanted), text_of(files->items[i].name)))
            found = i;
    buffer_release(&wanted);
    return found;
}

static inline uint32_t tree_find(void *context, uint32_t from, struct text name,
                                 bool beside)
{
    uint32_t found;

    (void)from;
    (void)beside;
    if (name.size && name.bytes[0] == '.')
        name = text_slice(name, 1, name.size);
    found = tree_file_named(context, "", name, "/__init__");
    return found != MACHINE_FILE_NONE ? found
                                      : tree_file_named(context, "", name, "");
}

static inline uint32_t tree_inside(void *context, uint32_t package,
                                   struct text name)
{
    const struct files *files = context;
    struct text folder = text_of(files->items[package].name);
    struct buffer start = BUFFER_EMPTY;
    uint32_t found;

    if (!text_ends_with(folder, TEXT("__init__")))
        return MACHINE_FILE_NONE;
    buffer_append(&start, folder.bytes, folder.size - strlen("__init__"));
    buffer_byte(&start, '\0');
    found = tree_file_named(context, start.bytes, name, "");
    buffer_release(&start);
    return found;
}

static inline int tree_read(void *context, uint32_t file, struct buffer *bytes,
                            struct error *err)
{
    struct files *files = context;

    files->reads[file]++;
    if (!files->items[file].text)
        return error_set(err, ERROR_GIT, "it cannot be read");
    buffer_string(bytes, files->items[file].text);
    return 1;
}

/* Findings as "name:line name:line", in the order of the group's files. */
static inline void tree_add_findings(const struct files *files,
                                     const struct link_result *result,
                                     struct buffer *out)
{
    for (size_t i = 0; i < result->files_count; i++)
        for (size_t j = 0; j < result->files[i].facts.findings_count; j++) {
            const struct finding *finding = &result->files[i].facts.findings[j];

            buffer_format(out, "%s%s:%u%s", out->size ? " " : "",
                          files->items[result->files[i].file].name,
                          finding->range.start.line,
                          finding->over_approximated ? "?" : "");
        }
    buffer_byte(out, '\0');
}

/* Decide file 0, with the first `count` files. */
static inline void tree_check(struct files *files, uint32_t count,
                              const char *expected)
{
    static const uint32_t numbers[FILES_MAX] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    const struct link_tree tree = { tree_find, tree_inside, tree_read, files };
    struct link_result result = LINK_RESULT_EMPTY;
    struct buffer found = BUFFER_EMPTY;
    struct link *link = link_open(&tree);
    struct error err = { .message = "" };

    assert_int_equal(0, link_run(link, numbers, count, true, &result, &err));
    tree_add_findings(files, &result, &found);
    assert_string_equal(expected, found.bytes);
    buffer_release(&found);
    link_release(&result);
    link_close(link);
}

#endif
