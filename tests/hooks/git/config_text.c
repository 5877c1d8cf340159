#include "tests/hooks/sandbox.h"

#include "hooks/git/config_text.h"

/* As `git config --list -z` writes it: "section.sub.key\nvalue\0". */
static int show(const struct config_item *item, void *payload,
                struct error *err)
{
    struct buffer *out = payload;

    (void)err;
    buffer_format(out, "%s.", item->section);
    if (item->subsection)
        buffer_format(out, "%s.", item->subsection);
    for (const char *c = item->key; *c; c++)
        buffer_byte(out, (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c));
    if (item->value)
        buffer_format(out, "\n%s", item->value);
    buffer_byte(out, '\0');
    return 0;
}

static int show_line(const struct config_item *item, void *payload,
                     struct error *err)
{
    (void)err;
    buffer_format(payload, "%s=%s:%u ", item->key,
                  item->value ? item->value : "(none)", (unsigned)item->line);
    return 0;
}

static const struct {
    const char *what, *text, *want;
} values[] = {
    { "a key and a value", "[a]\nb = c\n", "b=c:2 " },
    { "on one line", "[a] b=c", "b=c:1 " },
    { "no value", "[a]\nb\n", "b=(none):2 " },
    { "an empty value", "[a]\nb =\n", "b=:2 " },
    { "quotes keep blanks", "[a]\nb = \" c \" # d\n", "b= c :2 " },
    { "blanks at the end go", "[a]\nb = c d  \t ; e\n", "b=c d:2 " },
    { "escapes", "[a]\nb = \\\"\\\\\\n\n", "b=\"\\\n:2 " },
    { "a line that goes on", "[a]\nb = c\\\nd\ne = f\n", "b=cd:2 e=f:4 " },
    { "line ends of Windows", "[a]\r\nb = c\r\nd\r\n", "b=c:2 d=(none):3 " },
    { "a mark at the start", "\xef\xbb\xbf[a]\nb = c\n", "b=c:2 " },
    { "comments", "# [x]\n; y\n[a] # z\nb = c", "b=c:4 " },
    { "an include is a section", "[include]\npath = x\n", "path=x:2 " },
    { "nothing", "", "" },
};

static void a_value_is_what_git_makes_of_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        struct buffer out = BUFFER_EMPTY;
        struct error err = { .message = "" };

        buffer_extend(&out, 0);
        if (config_text_each("f", text_of(values[i].text), show_line, &out,
                             &err) != 0 ||
            strcmp(out.bytes, values[i].want) != 0)
            fail_msg("%s: got %s (%s), want %s", values[i].what, out.bytes,
                     err.message, values[i].want);
        buffer_release(&out);
    }
}

static const struct {
    const char *what;
    struct text text;
    const char *want;
} damages[] = {
    { "a conflict",
      { "[a]\nb = c\n<<<<<<< x\n", sizeof("[a]\nb = c\n<<<<<<< x\n") - 1 },
      "f:3: not of the form KEY = VALUE" },
    { "no section",
      { "b = c\n", sizeof("b = c\n") - 1 },
      "f:1: a key before any [section]" },
    { "an open section",
      { "\n[a\nb = c\n", sizeof("\n[a\nb = c\n") - 1 },
      "f:2: not the name of a section" },
    { "an open name",
      { "[a \"b\n\"]\n", sizeof("[a \"b\n\"]\n") - 1 },
      "f:1: the quote has no end" },
    { "an open quote",
      { "[a]\nb = \"c\n", sizeof("[a]\nb = \"c\n") - 1 },
      "f:2: the quote has no end" },
    { "an escape",
      { "[a]\nb = \\q\n", sizeof("[a]\nb = \\q\n") - 1 },
      "f:2: an unknown escape behind '\\'" },
    { "words",
      { "[a]\n\nb c\n", sizeof("[a]\n\nb c\n") - 1 },
      "f:3: not of the form KEY = VALUE" },
    { "a NUL byte",
      { "[a]\nb = c\nd = \0e\n", sizeof("[a]\nb = c\nd = \0e\n") - 1 },
      "f:3: a NUL byte" },
};

static void damage_is_an_error_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(damages) / sizeof(*damages); i++) {
        struct buffer out = BUFFER_EMPTY;
        struct error err = { .message = "" };

        if (config_text_each("f", damages[i].text, show_line, &out, &err) !=
                -1 ||
            err.code != ERROR_FORMAT ||
            strcmp(err.message, damages[i].want) != 0)
            fail_msg("%s: got %s, want %s", damages[i].what, err.message,
                     damages[i].want);
        buffer_release(&out);
    }
}

static int stop(const struct config_item *item, void *payload,
                struct error *err)
{
    (void)err;
    ++*(int *)payload;
    return strcmp(item->key, "stop") == 0 ? 7 : 0;
}

static void a_visit_ends_the_reading(void **state)
{
    struct error err;
    int seen = 0;

    (void)state;
    assert_int_equal(7, config_text_each("f", TEXT("[a]\nb\nstop\nc\n<<<\n"),
                                         stop, &seen, &err));
    assert_int_equal(2, seen);
}

static void a_boolean_is_what_git_takes_for_one(void **state)
{
    (void)state;
    assert_int_equal(1, config_text_bool(NULL));
    assert_int_equal(1, config_text_bool("Yes"));
    assert_int_equal(1, config_text_bool("1"));
    assert_int_equal(0, config_text_bool(""));
    assert_int_equal(0, config_text_bool("OFF"));
    assert_int_equal(-1, config_text_bool("2"));
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void make(struct buffer *out, uint32_t seed)
{
    static const char *const parts[] = {
        "[a]",      "[a.B]", "[A \"b\"]", "[a \"x\\\"y\"]",
        "\n",       "\n",    "\r\n",      "k",
        "Key",      " = ",   "=",         "v w",
        "\"",       "\\",    "\\n",       "#",
        ";",        " ",     "\\\n",      "[",
        "]",        "7",     "-",         "[include]",
        "path = g", ".",     "k = v\n",
    };
    uint32_t count = next(&seed) % 14;

    buffer_clear(out);
    buffer_string(out, "[a]\n");
    for (uint32_t i = 0; i < count; i++)
        buffer_string(out,
                      parts[next(&seed) % (sizeof(parts) / sizeof(*parts))]);
}

/* What git says of the file "f": 0 and its list, or -1. */
static int ask_git(struct buffer *out)
{
    FILE *pipe = popen("git config --no-includes -f f -z --list 2>error", "r");
    size_t got;

    assert_non_null(pipe);
    do {
        char *to = buffer_extend(out, 4096);

        got = fread(to, 1, 4096, pipe);
        out->size -= 4096 - got;
    } while (got);
    return pclose(pipe) == 0 ? 0 : -1;
}

static void git_reads_random_files_alike(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 400; seed++) {
        struct buffer text = BUFFER_EMPTY, ours = BUFFER_EMPTY;
        struct buffer theirs = BUFFER_EMPTY;
        struct error err = { .message = "" };
        int mine, his;

        make(&text, seed);
        put_bytes("f", text.bytes, text.size);
        mine = config_text_each("f", buffer_view(&text), show, &ours, &err);
        his = ask_git(&theirs);
        if (mine != his || (mine == 0 && !text_equal(buffer_view(&ours),
                                                     buffer_view(&theirs))))
            fail_msg("seed %u: we say %d (%s, %s), git %d (%s), of:\n%s", seed,
                     mine, ours.bytes, err.message, his, theirs.bytes,
                     text.bytes);
        buffer_release(&text);
        buffer_release(&ours);
        buffer_release(&theirs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_what_git_makes_of_it),
        cmocka_unit_test(damage_is_an_error_with_its_line),
        cmocka_unit_test(a_visit_ends_the_reading),
        cmocka_unit_test(a_boolean_is_what_git_takes_for_one),
        cmocka_unit_test_setup_teardown(git_reads_random_files_alike,
                                        enter_folder, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
