#include "hooks/git/object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hooks/git/odb.h"
#include "hooks/git/repo.h"
#include "hooks/system/sha1.h"
#include "hooks/system/sha256.h"

#define SECONDS_MAX ((int64_t)1 << 60)

int object_id_compare(const struct object_id *a, const struct object_id *b)
{
    int order = memcmp(a->bytes, b->bytes, OBJECT_ID_MAX);

    return order ? order : (int)a->size - (int)b->size;
}

bool object_id_is_zero(const struct object_id *id)
{
    for (size_t i = 0; i < OBJECT_ID_MAX; i++)
        if (id->bytes[i])
            return false;
    return true;
}

char *object_id_format(const struct object_id *id, char hex[OBJECT_HEX_MAX])
{
    static const char digits[] = "0123456789abcdef";
    size_t size = id->size;

    for (size_t i = 0; i < size; i++) {
        hex[2 * i] = digits[id->bytes[i] >> 4];
        hex[2 * i + 1] = digits[id->bytes[i] & 15];
    }
    hex[2 * size] = '\0';
    return hex;
}

/* Of each byte its value as a digit, plus one; 0: it is none. */
static const unsigned char digits_of[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
    ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
    ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* Its value, or -1. */
static int digit(char byte)
{
    return digits_of[(unsigned char)byte] - 1;
}

int object_id_parse(struct object_id *id, struct text hex)
{
    struct object_id parsed = { .size = (unsigned char)(hex.size / 2) };
    bool valid = hex.size == 40 || hex.size == 64;

    for (size_t i = 0; valid && i < hex.size; i += 2) {
        int high = digit(hex.bytes[i]), low = digit(hex.bytes[i + 1]);

        valid = high >= 0 && low >= 0;
        if (valid)
            parsed.bytes[i / 2] = (unsigned char)(high << 4 | low);
    }
    if (!valid)
        return -1;
    *id = parsed;
    return 0;
}

static const char *type_name(enum object_type type)
{
    switch (type) {
    case OBJECT_COMMIT:
        return "commit";
    case OBJECT_TREE:
        return "tree";
    case OBJECT_TAG:
        return "tag";
    case OBJECT_BLOB:
    default:
        return "blob";
    }
}

struct text object_head(char head[OBJECT_HEAD_MAX], enum object_type type,
                        size_t size)
{
    int length =
        snprintf(head, OBJECT_HEAD_MAX, "%s %zu", type_name(type), size);

    return (struct text){ head, (size_t)length + 1 };
}

void object_id_of(struct object_id *id, enum object_type type,
                  struct text bytes, size_t size)
{
    char head[OBJECT_HEAD_MAX];
    struct text start = object_head(head, type, bytes.size);

    *id = (struct object_id){ .size = (unsigned char)size };
    if (size == SHA256_SIZE)
        sha256(id->bytes, start, bytes);
    else
        sha1_plain(id->bytes, start, bytes);
}

int object_read(struct object *object, struct repo *repo,
                const struct object_id *id, size_t size_max, struct error *err)
{
    return odb_read(object, repo_odb(repo), id, size_max, err);
}

void object_release(struct object *object)
{
    if (object->owner)
        object->give_back(object->owner);
    *object = OBJECT_EMPTY;
}

static int parse_mode(uint32_t *mode, struct text digits)
{
    *mode = 0;
    if (digits.size == 0 || digits.size > 7)
        return -1;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.bytes[i] < '0' || digits.bytes[i] > '7')
            return -1;
        *mode = *mode << 3 | (uint32_t)(digits.bytes[i] - '0');
    }
    return 0;
}

int tree_next(struct tree_entry *entry, struct text *rest, size_t id_size)
{
    size_t space, end;

    if (rest->size == 0)
        return 0;
    space = text_find(*rest, ' ', 0);
    end = text_find(*rest, '\0', space);
    if (end == rest->size || rest->size - end - 1 < id_size ||
        parse_mode(&entry->mode, text_slice(*rest, 0, space)) < 0)
        return -1;
    entry->name = text_slice(*rest, space + 1, end);
    if (!entry->name.size || text_find(entry->name, '/', 0) != entry->name.size)
        return -1;
    entry->id = (struct object_id){ .size = (unsigned char)id_size };
    memcpy(entry->id.bytes, rest->bytes + end + 1, id_size);
    *rest = text_slice(*rest, end + 1 + id_size, rest->size);
    return 1;
}

/* The next line without its end; false when nothing is left. */
static bool next_line(struct text *line, struct text *rest)
{
    size_t end = text_find(*rest, '\n', 0);

    if (!rest->size)
        return false;
    *line = text_slice(*rest, 0, end);
    *rest = text_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    return true;
}

static struct text after(struct text line, struct text prefix)
{
    return text_slice(line, prefix.size, line.size);
}

/* Digits, saturated; old histories hold every kind of nonsense. */
static int64_t number(struct text *rest)
{
    int64_t value = 0;
    size_t at = 0;

    for (; at < rest->size && digit(rest->bytes[at]) >= 0 &&
           digit(rest->bytes[at]) <= 9;
         at++)
        if (value < SECONDS_MAX / 10)
            value = 10 * value + digit(rest->bytes[at]);
    *rest = text_slice(*rest, at, rest->size);
    return value;
}

static int sign(struct text *rest)
{
    int value = text_starts_with(*rest, TEXT("-")) ? -1 : 1;

    if (value < 0 || text_starts_with(*rest, TEXT("+")))
        *rest = text_slice(*rest, 1, rest->size);
    return value;
}

/* "Name <mail> 1700000000 +0100" */
static struct text person(struct text line, int64_t *date, int32_t *zone)
{
    struct text who = line, rest;
    int64_t hhmm;
    int west;

    while (who.size && who.bytes[who.size - 1] != '>')
        who.size--;
    rest = text_slice(line, who.size, line.size);
    if (text_starts_with(rest, TEXT(" ")))
        rest = after(rest, TEXT(" "));
    west = sign(&rest);
    *date = west * number(&rest);
    if (text_starts_with(rest, TEXT(" ")))
        rest = after(rest, TEXT(" "));
    west = sign(&rest);
    hhmm = number(&rest) % 10000;
    *zone = west * (int32_t)(hhmm / 100 * 60 + hhmm % 100);
    return who.size ? who : line;
}

int commit_parse(struct commit_view *commit, struct text bytes)
{
    struct text rest = bytes, line = TEXT_EMPTY;
    struct object_id parent;
    int32_t zone;

    *commit =
        (struct commit_view){ .author = TEXT_EMPTY, .subject = TEXT_EMPTY };
    if (!next_line(&line, &rest) || !text_starts_with(line, TEXT("tree ")) ||
        object_id_parse(&commit->tree, after(line, TEXT("tree "))) < 0)
        return -1;
    commit->parents = text_slice(rest, 0, 0);
    while (text_starts_with(rest, TEXT("parent "))) {
        next_line(&line, &rest);
        if (object_id_parse(&parent, after(line, TEXT("parent "))) < 0)
            return -1;
        commit->parents.size = (size_t)(rest.bytes - commit->parents.bytes);
    }
    while (next_line(&line, &rest) && line.size) {
        if (text_starts_with(line, TEXT("author ")))
            commit->author = person(after(line, TEXT("author ")), &commit->date,
                                    &commit->zone);
        else if (text_starts_with(line, TEXT("committer ")))
            person(after(line, TEXT("committer ")), &commit->committed, &zone);
    }
    while (next_line(&commit->subject, &rest) && !commit->subject.size)
        ;
    return 0;
}

int commit_next_parent(struct object_id *id, struct text *parents)
{
    struct text line;

    if (!next_line(&line, parents))
        return 0;
    if (!text_starts_with(line, TEXT("parent ")) ||
        object_id_parse(id, after(line, TEXT("parent "))) < 0)
        return 0;
    return 1;
}
