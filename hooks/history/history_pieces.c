#include "hooks/history/history_pieces.h"

#include <string.h>

#include "hooks/system/varint.h"

#define PIECE_SIZE ((size_t)4 << 20)
#define CHECK_SIZE 20

/* The key of a piece: an id that no object has. */
static struct object_id key_of(struct text name, unsigned piece)
{
    struct buffer words = BUFFER_EMPTY;
    struct object_id id;

    buffer_format(&words, "%u ", piece);
    buffer_text(&words, name);
    object_id_of(&id, OBJECT_TAG, buffer_view(&words), 32);
    buffer_release(&words);
    return id;
}

void pieces_put(struct analyser *analyser, struct text name, struct text value)
{
    struct object_id check;
    size_t at = 0;

    if (value.size > PIECES_SIZE_MAX)
        return;
    object_id_of(&check, OBJECT_BLOB, value, CHECK_SIZE);
    for (unsigned number = 0; at < value.size; number++, at += PIECE_SIZE) {
        size_t left = value.size - at;
        size_t end = left < PIECE_SIZE ? value.size : at + PIECE_SIZE;
        struct object_id key = key_of(name, number);
        struct buffer piece = BUFFER_EMPTY;

        buffer_append(&piece, check.bytes, CHECK_SIZE);
        varint_put(&piece, value.size);
        buffer_text(&piece, text_slice(value, at, end));
        analyse_remember(analyser, ANALYSE_KIND_HISTORY, &key,
                         buffer_view(&piece));
        buffer_release(&piece);
    }
}

/* What all pieces say of the whole. */
struct whole {
    char check[CHECK_SIZE];
    uint64_t size;
};

/* Append the next piece; false if it is not there, or not of the others. */
static bool get_piece(struct analyser *analyser, struct text name,
                      unsigned number, struct whole *whole,
                      struct buffer *value)
{
    struct object_id key = key_of(name, number);
    struct buffer piece = BUFFER_EMPTY;
    struct varint_reader reader;
    struct whole said = { .size = 0 };
    struct text check;

    if (!analyse_recall(analyser, ANALYSE_KIND_HISTORY, &key, &piece))
        return false;
    reader = (struct varint_reader){ .rest = buffer_view(&piece) };
    check = varint_take_bytes(&reader, CHECK_SIZE);
    memcpy(said.check, check.bytes, check.size);
    said.size = varint_take(&reader);
    if (number == 0)
        *whole = said;
    reader.bad |= said.size != whole->size || said.size > PIECES_SIZE_MAX ||
                  reader.rest.size == 0 ||
                  memcmp(said.check, whole->check, CHECK_SIZE) != 0;
    if (!reader.bad)
        buffer_text(value, reader.rest);
    buffer_release(&piece);
    return !reader.bad;
}

bool pieces_get(struct analyser *analyser, struct text name,
                struct buffer *value)
{
    size_t before = value->size;
    struct whole whole = { .size = 1 };

    for (unsigned number = 0; value->size - before < whole.size; number++)
        if (!get_piece(analyser, name, number, &whole, value)) {
            value->size = before;
            return false;
        }
    return value->size - before == whole.size;
}
