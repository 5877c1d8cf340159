#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/source/piece.h"

static const char *const kinds[] = {
    [PIECE_STATEMENT] = "s",
    [PIECE_FUNCTION] = "f",
    [PIECE_CLASS] = "c",
};

/* Each piece as its kind and lines: "s0-1 c1-2+1 f2-4". */
static char *pieces_of(const char *python)
{
    struct buffer out = BUFFER_EMPTY;
    struct source source;
    struct pieces pieces;
    struct error err;

    assert_int_equal(0, source_open(&source, text_of(python), &err));
    buffer_string(&out, "");
    if (!piece_cut(&pieces, &source))
        buffer_string(&out, "unsure");
    for (size_t i = 0; i < pieces.items_count; i++) {
        const struct piece *piece = &pieces.items[i];

        buffer_format(&out, "%s%s%zu-%zu", i ? " " : "", kinds[piece->kind],
                      piece->first, piece->after);
        if (piece->members)
            buffer_format(&out, "+%zu", piece->members);
    }
    piece_release(&pieces);
    source_close(&source);
    return buffer_detach(&out);
}

static const struct {
    const char *what, *python, *pieces;
} rows[] = {
    { "each statement is one", "a\nb = 1; c\n", "s0-1 s1-2" },
    { "with its block", "if a:\n  b\n  c\nd\n", "s0-3 s3-4" },
    { "and its clauses",
      "if a:\n b\nelif c:\n d\nelse:\n e\ntry:\n f\nexcept g:\n h\nfinally:\n"
      " i\n",
      "s0-6 s6-12" },
    { "a function", "def f():\n  a\nasync def g():\n  b\n", "f0-2 f2-4" },
    { "a function on one line", "def f(): a\nb\n", "f0-1 s1-2" },
    { "decorators count", "@a\n@b\ndef f():\n  c\n@d\nclass E:\n  f\n",
      "f0-4 c4-6+1 s6-7" },
    { "a class with its members",
      "class C:\n  a = 1\n  def f(self):\n    b\n  @c\n  def g(self): d\ne\n",
      "c0-1+3 s1-2 f2-4 f4-6 s6-7" },
    { "a class on one line", "class C: a = 1\nb\n", "s0-1 s1-2" },
    { "a class in a class is a member", "class C:\n  class D:\n    a\n  b\n",
      "c0-1+2 s1-3 s3-4" },
    { "words that only start like others", "elsewhere = 1\ndefine()\n",
      "s0-1 s1-2" },
    { "nothing", "# a\n", "" },
    { "a first line that is indented", "  a\n", "unsure" },
    { "blanks of tabs and spaces mixed", "if a:\n \tb\n", "unsure" },
    { "a dollar", "a $ b\n", "unsure" },
};

static void lines_are_cut_where_statements_start(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char *got = pieces_of(rows[i].python);

        if (strcmp(got, rows[i].pieces) != 0)
            fail_msg("%s: got %s, want %s", rows[i].what, got, rows[i].pieces);
        free(got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_cut_where_statements_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
