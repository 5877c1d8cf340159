#include "tests/test.h"

#include <string.h>

#include "cmd/lsp/lsp_stream.h"

/* What comes of a stream that is fed in pieces of so many bytes: the bodies,
 * each behind a '|', and '!' if it is broken. */
static void read_in_pieces(struct buffer *out, struct text bytes, size_t piece)
{
    struct lsp_stream stream = { .used = 0 };
    struct error err;
    struct text body;
    int found = 0;

    for (size_t at = 0; at < bytes.size && found >= 0; at += piece) {
        size_t rest = bytes.size - at < piece ? bytes.size - at : piece;

        lsp_stream_feed(&stream, text_slice(bytes, at, at + rest));
        while ((found = lsp_stream_next(&stream, &body, &err)) == 1) {
            buffer_byte(out, '|');
            buffer_text(out, body);
        }
    }
    if (found < 0)
        buffer_byte(out, '!');
    lsp_stream_release(&stream);
}

static const struct {
    const char *what, *bytes, *want;
} rows[] = {
    { "a message", "Content-Length: 2\r\n\r\n{}", "|{}" },
    { "two", "Content-Length: 2\r\n\r\n{}Content-Length: 1\r\n\r\nx", "|{}|x" },
    { "an empty one", "Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\nx",
      "||x" },
    { "the beginning of one", "Content-Length: 3\r\n\r\n{}", "" },
    { "a name in another case", "content-length:2\r\n\r\n{}", "|{}" },
    { "blanks around the number", "Content-Length: \t2 \r\n\r\n{}", "|{}" },
    { "other headers",
      "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n"
      "Content-Length: 2\r\nX: y\r\n\r\n{}",
      "|{}" },
    { "the same length twice",
      "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", "|{}" },
    { "two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "!" },
    { "no length", "X: y\r\n\r\n{}", "!" },
    { "no header at all", "\r\n\r\n{}", "!" },
    { "no colon", "Content-Length 2\r\n\r\n{}", "!" },
    { "no number", "Content-Length: \r\n\r\n{}", "!" },
    { "a negative number", "Content-Length: -2\r\n\r\n{}", "!" },
    { "a number with more behind it", "Content-Length: 2x\r\n\r\n{}", "!" },
    { "a number that overflows",
      "Content-Length: 18446744073709551618\r\n\r\n{}", "!" },
    { "the largest body", "Content-Length: 67108864\r\n\r\n{}", "" },
    { "one that is larger", "Content-Length: 67108865\r\n\r\n{}", "!" },
    { "lines that end with LF", "Content-Length: 2\nX: y\r\n\r\n{}", "!" },
    { "a CR within a line", "Content-Length: 2\rX: y\r\n\r\n{}", "!" },
};

static void messages_come_out_whole_in_pieces_of_any_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        for (size_t piece = 1; piece < 30; piece++) {
            struct buffer out = BUFFER_EMPTY;

            buffer_string(&out, "");
            read_in_pieces(&out, text_of(rows[i].bytes), piece);
            if (!text_equal(buffer_view(&out), text_of(rows[i].want)))
                fail_msg("%s: in pieces of %zu: got %s", rows[i].what, piece,
                         out.bytes);
            buffer_release(&out);
        }
}

static void a_header_without_an_end_is_broken_once_it_is_too_long(void **state)
{
    struct lsp_stream stream = { .used = 0 };
    struct error err;
    struct text body;

    (void)state;
    for (size_t i = 0; i < LSP_HEADER_MAX - 1; i++)
        lsp_stream_feed(&stream, TEXT("x"));
    assert_int_equal(0, lsp_stream_next(&stream, &body, &err));
    lsp_stream_feed(&stream, TEXT("x"));
    assert_int_equal(-1, lsp_stream_next(&stream, &body, &err));
    assert_int_equal(ERROR_FORMAT, err.code);
    lsp_stream_release(&stream);
    lsp_stream_release(&stream);
}

static void what_is_framed_is_read(void **state)
{
    struct lsp_stream stream = { .used = 0 };
    struct buffer out = BUFFER_EMPTY;
    struct error err;
    struct text body;

    (void)state;
    lsp_stream_frame(&out, TEXT("\0\r\n\r\nx"));
    lsp_stream_feed(&stream, buffer_view(&out));
    assert_true(lsp_stream_is_within(&stream));
    assert_int_equal(1, lsp_stream_next(&stream, &body, &err));
    assert_true(text_equal(body, TEXT("\0\r\n\r\nx")));
    assert_false(lsp_stream_is_within(&stream));
    buffer_release(&out);
    lsp_stream_release(&stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_come_out_whole_in_pieces_of_any_size),
        cmocka_unit_test(a_header_without_an_end_is_broken_once_it_is_too_long),
        cmocka_unit_test(what_is_framed_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
