#include "cmd/base/member.h"

#include <stdbool.h>

struct reader {
    struct text json;
    size_t at;
    size_t depth; /* of objects and arrays */
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static char peek(struct reader *reader)
{
    while (reader->at < reader->json.size &&
           is_blank(reader->json.bytes[reader->at]))
        reader->at++;
    return reader->at < reader->json.size ? reader->json.bytes[reader->at]
                                          : '\0';
}

/* The string that begins here; false: it has no end. */
static bool take_string(struct text *string, struct reader *reader)
{
    size_t start = ++reader->at;

    for (; reader->at < reader->json.size; reader->at++) {
        char byte = reader->json.bytes[reader->at];

        if (byte == '\\') {
            reader->at++;
        } else if (byte == '"') {
            *string = text_slice(reader->json, start, reader->at++);
            return true;
        }
    }
    return false;
}

static void step(struct reader *reader, char byte)
{
    if (byte == '{' || byte == '[')
        reader->depth++;
    if ((byte == '}' || byte == ']') && reader->depth)
        reader->depth--;
    reader->at++;
}

/* Move to the value of the outermost object's member: its first byte, or '\0'
 * if there is none. */
static char seek(struct reader *reader, const char *name)
{
    struct text string;
    char byte = peek(reader);

    if (byte != '{')
        return '\0';
    for (; byte; byte = peek(reader)) {
        if (byte != '"') {
            step(reader, byte);
            continue;
        }
        if (!take_string(&string, reader))
            return '\0';
        /* A key: no value has a colon behind it. */
        if (peek(reader) != ':' || reader->depth != 1 ||
            !text_equal(string, text_of(name)))
            continue;
        reader->at++;
        return peek(reader);
    }
    return '\0';
}

int member_find(struct text *value, struct text json, const char *name)
{
    struct reader reader = { .json = json };

    return seek(&reader, name) == '"' && take_string(value, &reader);
}

int member_object(struct text *value, struct text json, const char *name)
{
    struct reader reader = { .json = json };
    struct text string;
    char byte = seek(&reader, name);
    size_t start = reader.at, depth = reader.depth;

    if (byte != '{')
        return 0;
    do {
        if (byte != '"')
            step(&reader, byte);
        else if (!take_string(&string, &reader))
            return 0;
        byte = peek(&reader);
    } while (byte && reader.depth > depth);
    *value = text_slice(json, start, reader.at);
    return reader.depth == depth;
}
