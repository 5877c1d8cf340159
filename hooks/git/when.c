#include "hooks/git/when.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/when_form.h"

#define SETTING "tmpguard.date"
#define ANSWER  "--max-age="

#define FORMS                                                                  \
    "2024-12-31, '2024-12-31 23:59', '2 weeks ago', yesterday, @1700000000"

static int not_a_date(const char *date, struct error *err)
{
    return error_set(
        err, ERROR_USAGE,
        "'%.200s' is not a date; as git reads them, dates are " FORMS, date);
}

/* The one place where git says that it is no date. */
static int check(const char *date, struct error *err)
{
    struct buffer setting = BUFFER_EMPTY, ignored = BUFFER_EMPTY;
    struct error reason;
    int status;

    buffer_format(&setting, SETTING "=%s", date);
    status = gitpipe_run(&ignored,
                         (const char *const[]){ "-c", setting.bytes, "config",
                                                "--type=expiry-date", SETTING,
                                                NULL },
                         TEXT_EMPTY, &reason);
    buffer_release(&setting);
    buffer_release(&ignored);
    if (status == 0)
        return 0;
    return not_a_date(date, err);
}

static int read_answer(int64_t *seconds, const char *answer, struct error *err)
{
    char *end;
    long long read;

    if (!answer || strncmp(answer, ANSWER, strlen(ANSWER)) != 0)
        return error_set(err, ERROR_GIT, "git gave no date");
    errno = 0;
    read = strtoll(answer + strlen(ANSWER), &end, 10);
    if (errno || *end != '\n')
        return error_set(err, ERROR_GIT, "git gave no date");
    *seconds = read;
    return 0;
}

int when_parse(int64_t *seconds, const char *date, struct error *err)
{
    struct buffer option = BUFFER_EMPTY, out = BUFFER_EMPTY;
    int status;

    if (!when_is_form(date))
        return not_a_date(date, err);
    if (check(date, err) < 0)
        return -1;
    buffer_format(&option, "--since=%s", date);
    status = gitpipe_run(
        &out, (const char *const[]){ "rev-parse", option.bytes, NULL },
        TEXT_EMPTY, err);
    if (status > 0)
        status = error_set(err, ERROR_GIT, "git gave no date");
    if (status == 0)
        status = read_answer(seconds, out.bytes, err);
    buffer_release(&option);
    buffer_release(&out);
    return status;
}
