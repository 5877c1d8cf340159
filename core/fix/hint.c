#include "core/fix/hint.h"

/* Nobody waits longer for a sentence. */
#define HINT_TIME_MAX_MS 1000

/* As long as parsing a file takes, so many calls in it can be looked at. */
#define HINTS_A_PARSE 32

static const char *const hints_by_use[FIX_USES] = {
    [FIX_USE_OPENED] = "The name is opened here: fd, path = "
                       "tempfile.mkstemp(…), then os.fdopen(fd, …) in place of "
                       "open(path, …).",
    [FIX_USE_FOLDER] = "A folder of that name is made here: "
                       "tempfile.mkdtemp(…) makes it, for its owner only.",
    [FIX_USE_PLACE] = "Something else than a file is made of the name here: "
                      "os.path.join(tempfile.mkdtemp(…), 'name') is as free, "
                      "and nobody else can take it.",
    [FIX_USE_PASSED] = "The name is passed on here: hand on one that is taken, "
                       "by fd, path = tempfile.mkstemp(…) and os.close(fd), or "
                       "one in a folder of tempfile.mkdtemp(…).",
    [FIX_USE_RETURNED] = "The name is returned here: return the file of "
                         "tempfile.NamedTemporaryFile(…), the pair of "
                         "tempfile.mkstemp(…), or the folder of "
                         "tempfile.mkdtemp(…).",
    [FIX_USE_KEPT] = "The name is kept here for later: keep one that is taken, "
                     "by fd, path = tempfile.mkstemp(…) and os.close(fd), or "
                     "one in a folder of tempfile.mkdtemp(…).",
};

static bool take(size_t *left, size_t size)
{
    if (size > *left)
        return false;
    *left -= size;
    return true;
}

void hints_open(struct hints *hints, struct text bytes, size_t *left)
{
    struct deadline deadline = deadline_in(HINT_TIME_MAX_MS);
    struct error err;

    *hints = HINTS_EMPTY;
    hints->left = left;
    hints->is_open = take(left, bytes.size) &&
                     script_open(&hints->script, bytes, &deadline, &err) == 0;
}

const char *hints_of(struct hints *hints, const struct finding *finding)
{
    if (!hints->is_open || finding->target != TARGET_TEMPFILE_MKTEMP ||
        !take(hints->left, hints->script.source.text.size / HINTS_A_PARSE))
        return NULL;
    return hints_by_use[fix_look(&hints->script, finding).use];
}

void hints_close(struct hints *hints)
{
    if (hints->is_open)
        script_close(&hints->script);
    *hints = HINTS_EMPTY;
}
