#include "cmd/commands/check_ci.h"

#include <stdlib.h>

#include "cmd/base/ci.h"
#include "cmd/terminal/complain.h"
#include "core/base/buffer.h"
#include "hooks/git/repo.h"

#define REMOTE_HEAD "origin/HEAD"

/* The search for the base, and what came of each place so far. */
struct search {
    struct repo *repo;
    const struct ci_system *system;
    struct object_id base;
    const char *place;  /* that leads to it */
    struct buffer seen; /* all that was looked at */
    struct buffer
        nothing; /* why there is nothing to compare; empty: there is */
    struct buffer missing; /* a base that is named, and not in this clone */
    const char *missing_place;
    bool is_request;
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

static void note_missing(struct search *search, const char *place,
                         const char *value)
{
    if (search->missing_place)
        return;
    search->missing_place = place;
    buffer_format(&search->missing, "%.80s", value);
}

static void note_all(struct search *search, const char *place,
                     const char *value)
{
    buffer_format(&search->nothing, "%.80s (%s) has all of HEAD", value, place);
}

/* Of a branch that a push was to, a clone may lack the remote's name. */
static bool is_own(const struct search *search, const struct ci_base *place,
                   const char *value)
{
    return place->role == CI_DEFAULT && ci_is_branch(search->system, value);
}

/* What a run that is repeated was made of before. 1, 0, or -1 and *err. */
static int is_head(const struct search *search, struct error *err)
{
    struct object_id head, tree;
    int found = repo_head(&head, &tree, search->repo, err);

    return found == 1 ? object_id_compare(&head, &search->base) == 0 : found;
}

static int try_value(struct search *search, const struct ci_base *place,
                     const char *value, struct error *err)
{
    enum base_found found = BASE_IS_NONE;
    int same = 0;

    if (base_find(&found, &search->base, search->repo, place->kind, value,
                  err) < 0)
        return -1;
    if (found == BASE_IS_THERE && place->role == CI_BEFORE)
        same = is_head(search, err);
    if (same != 0) {
        note(search, place->variable, value, "is HEAD itself");
        return same < 0 ? -1 : 0;
    }
    if (found == BASE_IS_MISSING && is_own(search, place, value))
        found = BASE_HAS_ALL;
    note(search, place->variable, value, outcomes[found]);
    if (found == BASE_IS_MISSING)
        note_missing(search, place->variable, value);
    if (found == BASE_HAS_ALL)
        note_all(search, place->variable, value);
    search->place = place->variable;
    return found == BASE_IS_THERE;
}

/* 1, 0, or -1 and *err. */
static int try_variable(struct search *search, const struct ci_base *place,
                        struct error *err)
{
    char *value = NULL;
    int said = ci_value(&value, place), result = 0;

    if (said != 0 && place->role == CI_TARGET)
        search->is_request = true;
    if (said == 1) {
        result = try_value(search, place, value, err);
    } else {
        note(search, place->variable, NULL,
             said < 0 ? "cannot be read" : "says nothing");
        if (said < 0)
            note_missing(search, place->variable, "the event");
    }
    free(value);
    return result;
}

/* Those of one role, until one is there, or has all. */
static int try_role(struct search *search, enum ci_role role, struct error *err)
{
    int found = 0;

    for (size_t i = 0; i < CI_BASES_MAX && found == 0 && !search->nothing.size;
         i++) {
        const struct ci_base *base = &search->system->bases[i];

        if (!base->variable)
            break;
        if (base->role == role)
            found = try_variable(search, base, err);
    }
    return found;
}

static int try_remote(struct search *search, struct error *err)
{
    enum base_found found;

    if (base_default(&found, &search->base, search->repo, err) < 0)
        return -1;
    note(search, REMOTE_HEAD, NULL, outcomes[found]);
    if (found == BASE_HAS_ALL)
        note_all(search, REMOTE_HEAD, "the default branch");
    search->place = REMOTE_HEAD;
    return found == BASE_IS_THERE;
}

static bool is_idle(struct search *search)
{
    const struct ci_idle *idle = ci_idle(search->system);

    if (idle)
        buffer_format(&search->nothing, "%s (%s)", idle->what, idle->variable);
    return idle != NULL;
}

/*
 * A request is compared with its target, and with nothing else: what the last
 * push of it brought would be too little. A push is compared with what was
 * there before it, and else with the default branch.
 */
static int find(struct search *search, struct error *err)
{
    int found = try_role(search, CI_TARGET, err);

    if (found != 0 || search->is_request || is_idle(search))
        return found;
    found = try_role(search, CI_PASSED, err);
    if (found == 0)
        found = try_role(search, CI_BEFORE, err);
    if (found == 0)
        found = try_role(search, CI_DEFAULT, err);
    if (found == 0 && !search->nothing.size)
        found = try_remote(search, err);
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

/* One that is named should be there. */
static void lack(struct session *session, const struct search *search)
{
    struct buffer path = BUFFER_EMPTY, reason = BUFFER_EMPTY;

    buffer_format(&path, "%s=%s", search->missing_place, search->missing.bytes);
    if (repo_is_shallow(session->repo))
        buffer_string(&reason, search->system->remedy);
    else
        buffer_string(&reason, "not in this clone: fetch it, or name a base "
                               "with --range BASE..HEAD");
    buffer_format(&reason, "; looked at: %s", search->seen.bytes);
    report_incomplete(&session->report, path.bytes, reason.bytes);
    session->unfinished = NULL;
    buffer_release(&path);
    buffer_release(&reason);
}

static int conclude(struct session *session, const struct search *search,
                    struct error *err)
{
    /* What is new since a base that is lost, nobody can tell. */
    if (search->missing_place) {
        lack(session, search);
        return 0;
    }
    if (!search->nothing.size)
        return error_set(err, ERROR_USAGE,
                         "--ci found no base to compare with: %.300s; name one "
                         "with --range BASE..HEAD, or the default branch with "
                         "'git remote set-head origin --auto'",
                         search->seen.bytes);
    session->nothing = true;
    if (!session->options->quiet)
        complain(0,
                 "%s: nothing to compare: %s; 'tmpguard scan' checks the "
                 "whole tree",
                 search->system->name, search->nothing.bytes);
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
    struct search search = { .repo = session->repo, .system = ci_here() };
    char hex[OBJECT_HEX_MAX];
    int found;

    if (!search.system)
        return nowhere(err);
    found = find(&search, err);
    if (found == 1 && !session->options->quiet)
        complain(0, "%s: checking what %.12s (%s) does not have",
                 search.system->name, object_id_format(&search.base, hex),
                 search.place);
    if (repo_is_shallow(session->repo))
        session->unfinished = search.system->remedy;
    if (found == 1)
        found = run(session, &search.base, asked, err);
    else if (found == 0)
        found = conclude(session, &search, err);
    buffer_release(&search.seen);
    buffer_release(&search.nothing);
    buffer_release(&search.missing);
    return found;
}
