#include "core/rule/rule.h"

#define MESSAGE(name) "Call to deprecated function " name " may be insecure."
#define REASON                                                                 \
    "It returns a name that does not exist yet; another user can create a "    \
    "file or a link of that name before this program opens it."

static const struct target_info targets[TARGET_COUNT] = {
    [TARGET_OS_TEMPNAM] = { "os", "tempnam", "os.tempnam",
                            MESSAGE("os.tempnam"), REASON,
                            "Use tempfile.mkstemp(dir=…, prefix=…), which "
                            "creates the file and returns it open, or "
                            "tempfile.TemporaryDirectory() for a folder." },
    [TARGET_OS_TMPNAM] = { "os", "tmpnam", "os.tmpnam", MESSAGE("os.tmpnam"),
                           REASON,
                           "Use tempfile.NamedTemporaryFile() or "
                           "tempfile.mkstemp(), which create the file." },
    [TARGET_TEMPFILE_MKTEMP] = { "tempfile", "mktemp", "tempfile.mktemp",
                                 MESSAGE("tempfile.mktemp"), REASON,
                                 "Use tempfile.mkstemp() or "
                                 "tempfile.NamedTemporaryFile(), which create "
                                 "the file, or tempfile.mkdtemp() for a "
                                 "folder; the arguments stay the same." },
};

const struct target_info *rule_target(enum target target)
{
    return &targets[target];
}

enum target rule_find(struct text module, struct text member)
{
    for (int i = 0; i < TARGET_COUNT; i++)
        if (text_equal(module, text_of(targets[i].module)) &&
            text_equal(member, text_of(targets[i].member)))
            return (enum target)i;
    return TARGET_COUNT;
}

bool rule_is_fixture(struct text parameter)
{
    return text_equal(parameter, TEXT("tmp_path_factory")) ||
           text_equal(parameter, TEXT("tmpdir_factory"));
}
