#include "cmd/daemon/memo.h"

#include <string.h>

/* The numbers as they are here: who writes it is the process that reads it,
 * or a child of it. */
struct fixed {
    uint32_t code, rests;
    int64_t clock_ns;
    struct object_id tree;
    struct index_shape shape;
    struct sight_mark index;
};

struct fixed_sight {
    uint64_t way;
    struct sight_mark mark;
};

static void put_text(struct buffer *out, struct text text)
{
    uint32_t size = (uint32_t)text.size;

    buffer_append(out, &size, sizeof(size));
    buffer_text(out, text);
}

/* With a NUL that the size does not count. */
static void put_string(struct buffer *out, struct text text)
{
    put_text(out, text);
    buffer_byte(out, '\0');
}

void memo_encode(struct buffer *out, const struct memo *memo,
                 const struct sight *sights, size_t sights_count)
{
    struct fixed fixed;

    memset(&fixed, 0, sizeof(fixed));
    fixed.code = memo->code;
    fixed.rests = memo->rests;
    fixed.clock_ns = memo->clock_ns;
    fixed.tree = memo->tree;
    fixed.shape = memo->shape;
    fixed.index = memo->index;
    buffer_append(out, &fixed, sizeof(fixed));
    put_string(out, memo->git_dir);
    put_string(out, memo->common_dir);
    put_string(out, memo->root);
    put_string(out, memo->index_path);
    put_text(out, memo->out);
    for (size_t i = 0; i < sights_count; i++) {
        const struct fixed_sight head = { sights[i].way, sights[i].mark };

        if (text_equal(sights[i].path, memo->index_path))
            continue;
        buffer_append(out, &head, sizeof(head));
        put_string(out, sights[i].path);
        put_string(out, sights[i].real);
    }
}

static bool take(void *to, size_t size, struct text *rest)
{
    if (rest->size < size)
        return false;
    memcpy(to, rest->bytes, size);
    *rest = text_slice(*rest, size, rest->size);
    return true;
}

static bool take_text(struct text *text, struct text *rest)
{
    uint32_t size;

    if (!take(&size, sizeof(size), rest) || rest->size < size)
        return false;
    *text = text_slice(*rest, 0, size);
    *rest = text_slice(*rest, size, rest->size);
    return true;
}

static bool take_string(struct text *text, struct text *rest)
{
    char end;

    return take_text(text, rest) && take(&end, 1, rest) && end == '\0' &&
           text_find(*text, '\0', 0) == text->size;
}

int memo_decode(struct memo *memo, struct text bytes)
{
    struct fixed fixed;

    *memo = (struct memo){ .code = 0 };
    if (bytes.size > MEMO_SIZE_MAX || !take(&fixed, sizeof(fixed), &bytes) ||
        !take_string(&memo->git_dir, &bytes) ||
        !take_string(&memo->common_dir, &bytes) ||
        !take_string(&memo->root, &bytes) ||
        !take_string(&memo->index_path, &bytes) ||
        !take_text(&memo->out, &bytes))
        return -1;
    memo->code = fixed.code;
    memo->rests = fixed.rests != 0;
    memo->clock_ns = fixed.clock_ns;
    memo->tree = fixed.tree;
    memo->shape = fixed.shape;
    memo->index = fixed.index;
    memo->sights = bytes;
    return memo->tree.size == memo->shape.id_size &&
                   (memo->tree.size == 20 || memo->tree.size == 32)
               ? 0
               : -1;
}

int memo_next_sight(struct sight *sight, struct text *rest)
{
    struct fixed_sight head;

    if (!rest->size)
        return 0;
    *sight = (struct sight){ .doubt = NULL };
    if (!take(&head, sizeof(head), rest) || head.way > SIGHT_REAL ||
        !take_string(&sight->path, rest) || !take_string(&sight->real, rest))
        return -1;
    sight->way = (enum sight_way)head.way;
    sight->mark = head.mark;
    return 1;
}
