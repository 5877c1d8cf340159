#include "core/facts/graft.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"

/* The nodes of a chunk, its module among them; offsets are its own. */
struct graft {
    struct node *nodes;
    size_t count;
};

static void release_graft(void *value)
{
    struct graft *graft = value;

    free(graft->nodes);
    free(graft);
}

struct stash *graft_stash(size_t size_max)
{
    return stash_open(size_max, release_graft);
}

static struct graft *parse(const struct source *source)
{
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    struct graft *graft = NULL;
    struct syntax tree;
    struct error err;

    if (syntax_parse(&tree, source, &deadline, &err) < 0)
        return NULL;
    if (tree.errors_count == 0) {
        graft = memory_new(1, sizeof(*graft));
        graft->count = tree.nodes_count;
        graft->nodes =
            memory_resize(tree.nodes, tree.nodes_count, sizeof(*tree.nodes));
        tree.nodes = NULL;
    }
    syntax_release(&tree);
    return graft;
}

/* The nodes of a chunk, or NULL. */
static const struct graft *graft_of(struct text text, struct stash *trees)
{
    const struct encoding utf8 = { .unit = 1 };
    uint64_t hash = stash_hash(text);
    struct graft *graft = stash_get(trees, hash, text);
    struct source source;
    struct error err;

    if (graft || source_open_as(&source, text, utf8, &err) < 0)
        return graft;
    graft = parse(&source);
    source_close(&source);
    if (graft)
        stash_put(trees, hash, text, graft,
                  sizeof(*graft) + graft->count * sizeof(*graft->nodes));
    return graft;
}

/* Add a chunk's statements to those of the module. */
static void add(struct syntax *tree, const struct graft *graft, uint32_t start)
{
    uint32_t first = (uint32_t)tree->nodes_count - 1;

    for (size_t i = 1; i < graft->count; i++) {
        struct node *node = ARRAY_PUSH(tree->nodes);

        *node = graft->nodes[i];
        node->start += start;
        node->end += start;
        node->after += first;
    }
}

static void start_module(struct syntax *tree, const struct source *source,
                         const struct graft *first)
{
    *tree = (struct syntax){ .source = source };
    *ARRAY_PUSH(tree->nodes) = first->nodes[0];
}

bool graft_parse(struct syntax *tree, const struct source *source,
                 const struct condensed *condensed, struct stash *trees)
{
    *tree = (struct syntax){ .nodes = NULL };
    for (size_t i = 0; i < condensed->chunks_count; i++) {
        const struct condense_chunk *chunk = &condensed->chunks[i];
        const struct graft *graft =
            graft_of(text_slice(condensed->bytes, chunk->start,
                                chunk->start + chunk->chunk->size),
                     trees);

        if (!graft) {
            syntax_release(tree);
            return false;
        }
        if (i == 0)
            start_module(tree, source, graft);
        add(tree, graft, chunk->start);
    }
    if (tree->nodes_count == 0)
        return false;
    tree->nodes[0].end = (uint32_t)source->text.size;
    tree->nodes[0].after = (uint32_t)tree->nodes_count;
    return true;
}
