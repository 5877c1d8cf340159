/*
 * Any bytes as what the daemon and its clients say to each other: what is
 * taken lies within them, and comes back as it was.
 */
#include <string.h>

#include "cmd/daemon/wire.h"
#include "tests/fuzz/fuzz.h"

static void is_within(const char *part, size_t part_size, const uint8_t *bytes,
                      size_t size)
{
    const char *start = (const char *)bytes;

    HOLDS(part >= start && part <= start + size);
    HOLDS(part_size <= (size_t)(start + size - part));
}

static void read_head(const uint8_t *bytes)
{
    unsigned char again[WIRE_HEAD_SIZE];
    struct wire_head head;

    if (wire_get_head(&head, bytes) < 0)
        return;
    HOLDS(head.size <= WIRE_ANSWER_MAX);
    wire_put_head(again, &head);
    HOLDS(memcmp(bytes, again, sizeof(again)) == 0);
}

static void read_request(const uint8_t *bytes, size_t size)
{
    unsigned char again[WIRE_FIXED_SIZE];
    struct wire_request request;
    size_t used;

    if (wire_get_request(&request, bytes, size) < 0)
        return;
    wire_put_request(again, &request);
    HOLDS(memcmp(bytes, again, sizeof(again)) == 0);
    used = sizeof(again) + strlen(request.path) + 1;
    HOLDS(request.path[0] == '/');
    HOLDS(used + request.variables_size == size);
    is_within(request.variables, request.variables_size, bytes, size);
    for (size_t at = 0; at < request.variables_size;
         at += strlen(request.variables + at) + 1)
        HOLDS(strchr(request.variables + at + 1, '=') != NULL);
}

static void read_answer(const uint8_t *bytes, size_t size)
{
    struct wire_answer answer;

    if (wire_get_answer(&answer, bytes, size) < 0)
        return;
    HOLDS(answer.code >= 0 && answer.code <= WIRE_CODE_MAX);
    is_within(answer.out, answer.out_size, bytes, size);
    HOLDS(answer.out_size == size - WIRE_ANSWER_FIXED);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size >= WIRE_HEAD_SIZE)
        read_head(bytes);
    read_request(bytes, size);
    read_answer(bytes, size);
    /* As they come: the payload behind the head. */
    if (size >= WIRE_HEAD_SIZE) {
        read_request(bytes + WIRE_HEAD_SIZE, size - WIRE_HEAD_SIZE);
        read_answer(bytes + WIRE_HEAD_SIZE, size - WIRE_HEAD_SIZE);
    }
    return 0;
}
