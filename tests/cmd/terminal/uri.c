#include "tests/test.h"

#include "cmd/terminal/uri.h"

static const struct {
    const char *what, *path, *uri;
    bool below;
} paths[] = {
    { "letters, digits and slashes stay", "pkg/a-1_b.~c.py", "pkg/a-1_b.~c.py",
      true },
    { "a blank, a percent sign, a hash", "a b%#?.py", "a%20b%25%23%3F.py",
      true },
    { "a colon, which would begin a scheme", "c:/a.py", "c%3A/a.py", true },
    { "bytes, UTF-8 or not", "\xC3\xA4\xFF.py", "%C3%A4%FF.py", true },
    { "control characters", "a\n\x1B", "a%0A%1B", true },
    { "an absolute path", "/a b.py", "file:///a%20b.py", false },
    { "a path out of the root", "../a.py", "../a.py", false },
    { "two dots that are none", "..a.py", "..a.py", true },
};

static void a_path_becomes_a_reference_that_loses_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        struct buffer out = BUFFER_EMPTY;

        uri_append(&out, paths[i].path);
        if (!text_equal(buffer_view(&out), text_of(paths[i].uri)) ||
            uri_is_below(paths[i].path) != paths[i].below)
            fail_msg("%s: %s", paths[i].what, out.bytes);
        buffer_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_becomes_a_reference_that_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
