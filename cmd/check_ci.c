#include "cmd/check_ci.h"

#include <stdlib.h>

#include "cmd/ci.h"
#include "cmd/complain.h"
#include "core/buffer.h"
#include "hooks/git/repo.h"

#define REMOTE_HEAD "origin/HEAD"

/* The search for the base, and what came of each place so far. */
struct search {
    struct repo *repo;
    struct object_id base;
    struct buffer seen;
    bool missing; /* one was named that this clone lacks */
    bool lacks_target;
};

static const char *const outcomes[] = {
    [BASE_IS_THERE] = "found",
    [BASE_IS_NONE] = "there was none",
    [BASE_IS_MISSING] = "not in this clone",
    [BASE_HAS_ALL] = "has all of HEAD",
};

static void note(struct search *search, const char *place, const char *value,
                 const char *outcome)
{
    buffer_format(&search->seen, "%s%s", search->seen.size ? ", " : "", place);
    if (value)
        buffer_format(&search->seen, "=%.80s", value);
    buffer_format(&search->seen, " (%s)", outcome);
}

/* 1, 0, or -1 and *err. */
static int try_variable(struct search *search, const struct ci_base *place,
                        struct error *err)
{
    char *value = ci_value(place);
    enum base_found found = BASE_IS_NONE;
    int result = 0;

    if (!value) {
        note(search, place->variable, NULL, "says nothing");
        return 0;
    }
    result =
        base_find(&found, &search->base, search->repo, place->kind, value, err);
    if (result == 0) {
        note(search, place->variable, value, outcomes[found]);
        if (found == BASE_IS_MISSING) {
            search->missing = true;
            search->lacks_target |= place->kind == BASE_BRANCH;
        }
        result = found == BASE_IS_THERE;
    }
    free(value);
    return result;
}

static int try_default(struct search *search, struct error *err)
{
    enum base_found found;

    if (base_default(&found, &search->base, search->repo, err) < 0)
        return -1;
    note(search, REMOTE_HEAD, NULL, outcomes[found]);
    return found == BASE_IS_THERE;
}

/* Without the target of a request, what the last push of it brought would be
 * too little. */
static bool is_too_late(const struct search *search, enum base_kind kind)
{
    return search->lacks_target && (kind == BASE_COMMIT || kind == BASE_EVENT);
}

static int find(struct search *search, const struct ci_system *system,
                const char **place, struct error *err)
{
    int found = 0;

    for (size_t i = 0; i < CI_BASES_MAX && found == 0; i++) {
        if (!system->bases[i].variable)
            break;
        if (is_too_late(search, system->bases[i].kind))
            continue;
        *place = system->bases[i].variable;
        found = try_variable(search, &system->bases[i], err);
    }
    if (found == 0) {
        *place = REMOTE_HEAD;
        found = try_default(search, err);
    }
    return found;
}

static int run(struct session *session, const struct object_id *base,
               const struct check_options *asked, struct error *err)
{
    char hex[OBJECT_HEX_MAX];
    struct buffer range = BUFFER_EMPTY;
    int result;

    buffer_format(&range, "%s..HEAD", object_id_format(base, hex));
    result = check_range(session->repo, range.bytes, asked, &session->analyser,
                         &session->report, err);
    buffer_release(&range);
    return result;
}

static int refuse(struct session *session, const struct search *search,
                  const struct ci_system *system, struct error *err)
{
    struct buffer reason = BUFFER_EMPTY;

    if (!search->missing || !repo_is_shallow(session->repo))
        return error_set(err, ERROR_USAGE,
                         "--ci found no base to compare with: %.360s; name one "
                         "with --range BASE..HEAD",
                         search->seen.bytes);
    buffer_format(&reason, "%s; looked at: %s", system->remedy,
                  search->seen.bytes);
    report_incomplete(&session->report, ".", reason.bytes);
    buffer_release(&reason);
    return 0;
}

static int nowhere(struct error *err)
{
    struct buffer marks = BUFFER_EMPTY;
    size_t count;
    const struct ci_system *systems = ci_systems(&count);

    for (size_t i = 0; i < count; i++)
        buffer_format(&marks, "%s%s%s%s", i ? ", " : "", systems[i].mark,
                      systems[i].value ? "=" : "",
                      systems[i].value ? systems[i].value : "");
    error_set(err, ERROR_USAGE,
              "--ci knows no such system: none of %s is set; name the base "
              "with --range BASE..HEAD",
              marks.bytes);
    buffer_release(&marks);
    return -1;
}

int check_ci(struct session *session, const struct check_options *asked,
             struct error *err)
{
    struct search search = { .repo = session->repo };
    const struct ci_system *system = ci_here();
    const char *place = NULL;
    char hex[OBJECT_HEX_MAX];
    int found;

    if (!system)
        return nowhere(err);
    found = find(&search, system, &place, err);
    if (found == 1 && !session->options->quiet)
        complain(0, "%s: checking what %.12s (%s) does not have", system->name,
                 object_id_format(&search.base, hex), place);
    if (repo_is_shallow(session->repo))
        session->unfinished = system->remedy;
    if (found == 1)
        found = run(session, &search.base, asked, err);
    else if (found == 0)
        found = refuse(session, &search, system, err);
    buffer_release(&search.seen);
    return found;
}
