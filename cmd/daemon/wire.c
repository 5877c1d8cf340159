#include "cmd/daemon/wire.h"

#include <string.h>

#define MAGIC      "tmpG"
#define NUMBERS    (WIRE_FIXED_SIZE / 8)
#define PATHS_SIZE 2 /* "/" and its NUL, at least */

static void put(unsigned char *bytes, uint64_t number, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        bytes[i] = (unsigned char)(number >> 8 * i);
}

static uint64_t get(const unsigned char *bytes, unsigned size)
{
    uint64_t number = 0;

    for (unsigned i = 0; i < size; i++)
        number |= (uint64_t)bytes[i] << 8 * i;
    return number;
}

/* Bounds of the payload; false: no such kind. */
static int bounds(unsigned kind, size_t *least, size_t *most)
{
    *least = 0;
    *most = 0;
    switch (kind) {
    case WIRE_CHECK:
    case WIRE_WATCH:
    case WIRE_STATUS:
    case WIRE_STOP:
        *least = WIRE_FIXED_SIZE + PATHS_SIZE;
        *most = WIRE_REQUEST_MAX;
        return 1;
    case WIRE_ANSWER:
        *least = WIRE_ANSWER_FIXED;
        *most = WIRE_ANSWER_MAX;
        return 1;
    case WIRE_NO:
    case WIRE_STATE:
        *most = WIRE_WORDS_MAX;
        return 1;
    default:
        return 0;
    }
}

void wire_put_head(unsigned char *bytes, const struct wire_head *head)
{
    memcpy(bytes, MAGIC, 4);
    bytes[4] = WIRE_MAJOR;
    bytes[5] = (unsigned char)head->kind;
    bytes[6] = bytes[7] = 0;
    put(bytes + 8, head->size, 4);
    put(bytes + 12, head->nonce, 8);
}

int wire_get_head(struct wire_head *head, const unsigned char *bytes)
{
    size_t least, most;

    if (memcmp(bytes, MAGIC, 4) != 0 || bytes[4] != WIRE_MAJOR || bytes[6] ||
        bytes[7] || !bounds(bytes[5], &least, &most))
        return -1;
    head->kind = (enum wire_kind)bytes[5];
    head->size = (uint32_t)get(bytes + 8, 4);
    head->nonce = get(bytes + 12, 8);
    return head->size >= least && head->size <= most ? 0 : -1;
}

void wire_put_request(unsigned char *bytes, const struct wire_request *request)
{
    const uint64_t numbers[NUMBERS] = {
        request->program.place.device,
        request->program.place.inode,
        request->program.size,
        request->program.time,
        request->root.device,
        request->root.inode,
        request->folder.device,
        request->folder.inode,
        request->mounts,
        request->flags | (uint64_t)request->width << 32,
        request->mask,
    };

    for (size_t i = 0; i < NUMBERS; i++)
        put(bytes + 8 * i, numbers[i], 8);
}

static void take_numbers(struct wire_request *request,
                         const unsigned char *bytes)
{
    uint64_t numbers[NUMBERS];

    for (size_t i = 0; i < NUMBERS; i++)
        numbers[i] = get(bytes + 8 * i, 8);
    request->program = (struct wire_program){ { numbers[0], numbers[1] },
                                              numbers[2],
                                              numbers[3] };
    request->root = (struct wire_place){ numbers[4], numbers[5] };
    request->folder = (struct wire_place){ numbers[6], numbers[7] };
    request->mounts = numbers[8];
    request->flags = (uint32_t)numbers[9];
    request->width = (uint32_t)(numbers[9] >> 32);
    request->mask = numbers[10];
}

/* All bytes up to `end` are strings with a '=' in them, not as the first. */
static int are_variables(const char *at, const char *end)
{
    while (at < end) {
        const char *equals = strchr(at, '=');

        if (!equals || equals == at)
            return 0;
        at += strlen(at) + 1;
    }
    return 1;
}

int wire_get_request(struct wire_request *request, const unsigned char *bytes,
                     size_t size)
{
    const char *at, *end = (const char *)bytes + size;

    if (size < WIRE_FIXED_SIZE + PATHS_SIZE || size > WIRE_REQUEST_MAX ||
        end[-1] != '\0')
        return -1;
    take_numbers(request, bytes);
    at = (const char *)bytes + WIRE_FIXED_SIZE;
    if (*at != '/' || request->mask > 0777 ||
        request->flags & ~(uint32_t)WIRE_FLAGS)
        return -1;
    request->path = at;
    at += strlen(at) + 1;
    request->variables = at;
    request->variables_size = (size_t)(end - at);
    return are_variables(at, end) ? 0 : -1;
}

void wire_put_answer(unsigned char *bytes, int code)
{
    put(bytes, (uint64_t)code, WIRE_ANSWER_FIXED);
}

int wire_get_answer(struct wire_answer *answer, const unsigned char *bytes,
                    size_t size)
{
    uint64_t code;

    if (size < WIRE_ANSWER_FIXED || size > WIRE_ANSWER_MAX)
        return -1;
    code = get(bytes, WIRE_ANSWER_FIXED);
    if (code > WIRE_CODE_MAX)
        return -1;
    answer->code = (int)code;
    answer->out = (const char *)bytes + WIRE_ANSWER_FIXED;
    answer->out_size = size - WIRE_ANSWER_FIXED;
    return 0;
}

int wire_same_place(const struct wire_place *a, const struct wire_place *b)
{
    return a->device == b->device && a->inode == b->inode;
}

int wire_same_program(const struct wire_program *mine,
                      const struct wire_program *theirs)
{
    return wire_same_place(&mine->place, &theirs->place) &&
           mine->size == theirs->size && mine->time == theirs->time;
}
