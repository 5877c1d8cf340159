#include "cmd/base/ci.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/base/member.h"
#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/system/disk.h"

#define DEPTH(words) "the clone lacks history: " words

#define TAG       "this run is for a tag"
#define SCHEDULED "this run was scheduled"

/* Woodpecker's variables have names that GitLab has, too: the mark decides. */
static const struct ci_system systems[] = {
    /* docs.github.com/en/actions/reference/variables-reference, and
     * docs.github.com/en/webhooks/webhook-events-and-payloads (push and
     * merge_group); Gitea and Forgejo set the same. */
    { "GitHub Actions",
      "GITHUB_ACTIONS",
      NULL,
      "GITHUB_REF_NAME",
      { { CI_TARGET, "GITHUB_BASE_REF", BASE_BRANCH, NULL, false },
        { CI_BEFORE, "GITHUB_EVENT_PATH", BASE_COMMIT, NULL, true },
        { CI_DEFAULT, "GITHUB_EVENT_PATH", BASE_BRANCH, NULL, true } },
      { { "GITHUB_REF_TYPE", "tag", TAG },
        { "GITHUB_EVENT_NAME", "schedule", SCHEDULED } },
      DEPTH("use actions/checkout with fetch-depth: 0") },
    /* docs.gitlab.com/ci/variables/predefined_variables */
    { "GitLab CI",
      "GITLAB_CI",
      NULL,
      "CI_COMMIT_BRANCH",
      { { CI_TARGET, "CI_MERGE_REQUEST_DIFF_BASE_SHA", BASE_COMMIT, NULL,
          false },
        { CI_TARGET, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", BASE_BRANCH, NULL,
          false },
        { CI_BEFORE, "CI_COMMIT_BEFORE_SHA", BASE_COMMIT, NULL, false },
        { CI_DEFAULT, "CI_DEFAULT_BRANCH", BASE_BRANCH, NULL, false } },
      { { "CI_COMMIT_TAG", NULL, TAG },
        { "CI_PIPELINE_SOURCE", "schedule", SCHEDULED } },
      DEPTH("set the variable GIT_DEPTH to 0 (as fetch-depth: 0 elsewhere)") },
    /* support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets */
    { "Bitbucket Pipelines",
      "BITBUCKET_BUILD_NUMBER",
      NULL,
      "BITBUCKET_BRANCH",
      { { CI_TARGET, "BITBUCKET_PR_DESTINATION_COMMIT", BASE_COMMIT, NULL,
          false },
        { CI_TARGET, "BITBUCKET_PR_DESTINATION_BRANCH", BASE_BRANCH, NULL,
          false } },
      { { "BITBUCKET_TAG", NULL, TAG } },
      DEPTH("set clone: depth: full (as fetch-depth: 0 elsewhere)") },
    /* learn.microsoft.com/azure/devops/pipelines/build/variables */
    { "Azure Pipelines",
      "TF_BUILD",
      NULL,
      "BUILD_SOURCEBRANCH",
      { { CI_TARGET, "SYSTEM_PULLREQUEST_TARGETBRANCH", BASE_BRANCH, NULL,
          false } },
      { { "BUILD_SOURCEBRANCH", "refs/tags/", TAG },
        { "BUILD_REASON", "Schedule", SCHEDULED } },
      DEPTH("use checkout: self with fetchDepth: 0 (fetch-depth: 0)") },
    /* circleci.com/docs/reference/variables: the base is no variable there
     * but the pipeline value pipeline.git.base_revision. */
    { "CircleCI",
      "CIRCLECI",
      NULL,
      "CIRCLE_BRANCH",
      { { CI_DEFAULT, NULL, BASE_BRANCH, NULL, false } },
      { { "CIRCLE_TAG", NULL, TAG } },
      DEPTH("use checkout with method: full (as fetch-depth: 0 elsewhere)") },
    /* docs.buildkite.com/pipelines/configure/environment-variables */
    { "Buildkite",
      "BUILDKITE",
      NULL,
      "BUILDKITE_BRANCH",
      { { CI_TARGET, "BUILDKITE_PULL_REQUEST_BASE_BRANCH", BASE_BRANCH, NULL,
          false },
        { CI_DEFAULT, "BUILDKITE_PIPELINE_DEFAULT_BRANCH", BASE_BRANCH, NULL,
          false } },
      { { "BUILDKITE_TAG", NULL, TAG },
        { "BUILDKITE_SOURCE", "schedule", SCHEDULED } },
      DEPTH("take --depth out of BUILDKITE_GIT_CLONE_FLAGS "
            "(fetch-depth: 0)") },
    /* docs.travis-ci.com/user/environment-variables */
    { "Travis CI",
      "TRAVIS",
      NULL,
      "TRAVIS_BRANCH",
      { { CI_TARGET, "TRAVIS_BRANCH", BASE_BRANCH, "TRAVIS_PULL_REQUEST",
          false },
        { CI_BEFORE, "TRAVIS_COMMIT_RANGE", BASE_RANGE, NULL, false } },
      { { "TRAVIS_TAG", NULL, TAG },
        { "TRAVIS_EVENT_TYPE", "cron", SCHEDULED } },
      DEPTH("set git: depth: false (as fetch-depth: 0 elsewhere)") },
    /* docs.drone.io/pipeline/environment/reference */
    { "Drone",
      "DRONE",
      NULL,
      "DRONE_BRANCH",
      { { CI_TARGET, "DRONE_TARGET_BRANCH", BASE_BRANCH, "DRONE_PULL_REQUEST",
          false },
        { CI_BEFORE, "DRONE_COMMIT_BEFORE", BASE_COMMIT, NULL, false },
        { CI_DEFAULT, "DRONE_REPO_BRANCH", BASE_BRANCH, NULL, false } },
      { { "DRONE_TAG", NULL, TAG },
        { "DRONE_BUILD_EVENT", "cron", SCHEDULED } },
      DEPTH("take clone: depth: away (as fetch-depth: 0 elsewhere)") },
    /* woodpecker-ci.org/docs/usage/environment */
    { "Woodpecker",
      "CI",
      "woodpecker",
      "CI_COMMIT_BRANCH",
      { { CI_TARGET, "CI_COMMIT_TARGET_BRANCH", BASE_BRANCH, NULL, false },
        { CI_BEFORE, "CI_PREV_COMMIT_SHA", BASE_COMMIT, NULL, false },
        { CI_DEFAULT, "CI_REPO_DEFAULT_BRANCH", BASE_BRANCH, NULL, false } },
      { { "CI_COMMIT_TAG", NULL, TAG },
        { "CI_PIPELINE_EVENT", "cron", SCHEDULED } },
      DEPTH("clone with partial: false and no depth (as fetch-depth: 0 "
            "elsewhere)") },
    /* jenkins.io/doc/book/pipeline/multibranch, plugins.jenkins.io/git */
    { "Jenkins",
      "JENKINS_URL",
      NULL,
      "BRANCH_NAME",
      { { CI_TARGET, "CHANGE_TARGET", BASE_BRANCH, NULL, false },
        { CI_PASSED, "GIT_PREVIOUS_SUCCESSFUL_COMMIT", BASE_COMMIT, NULL,
          false },
        { CI_BEFORE, "GIT_PREVIOUS_COMMIT", BASE_COMMIT, NULL, false },
        { CI_DEFAULT, "BRANCH_NAME", BASE_BRANCH, "BRANCH_IS_PRIMARY",
          false } },
      { { "TAG_NAME", NULL, TAG } },
      DEPTH("switch the shallow clone off, and fetch the target branch "
            "(as fetch-depth: 0 elsewhere)") },
};

#define SYSTEMS_COUNT (sizeof(systems) / sizeof(*systems))

const struct ci_system *ci_systems(size_t *count)
{
    *count = SYSTEMS_COUNT;
    return systems;
}

static const char *said(const char *variable)
{
    const char *value = getenv(variable);

    return value && value[0] ? value : NULL;
}

static bool says(const char *variable, const char *wanted)
{
    const char *value = said(variable);

    return value && strcmp(value, wanted) == 0;
}

const struct ci_system *ci_here(void)
{
    for (size_t i = 0; i < SYSTEMS_COUNT; i++)
        if (systems[i].value ? says(systems[i].mark, systems[i].value)
                             : said(systems[i].mark) != NULL)
            return &systems[i];
    return NULL;
}

/* Of a pull request, "before" is what the last push to it found. */
static bool has_before(void)
{
    return says("GITHUB_EVENT_NAME", "push") ||
           says("GITHUB_EVENT_NAME", "merge_group");
}

/* Of a merge queue's event the group has it; none has both. */
static bool find_before(struct text *before, struct text event)
{
    struct text group;

    if (says("GITHUB_EVENT_NAME", "push"))
        return member_find(before, event, "before");
    return member_object(&group, event, "merge_group") &&
           member_find(before, group, "base_sha");
}

static bool find_default(struct text *branch, struct text event)
{
    struct text repository;

    return member_object(&repository, event, "repository") &&
           member_find(branch, repository, "default_branch");
}

static int read_event(char **value, const char *path, enum ci_role role)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct text found = TEXT_EMPTY;
    struct error ignored;
    int result = 0;

    if (role == CI_BEFORE && !has_before())
        return 0;
    if (path && disk_read(&bytes, path, &ignored) == 1 &&
        (role == CI_BEFORE ? find_before(&found, buffer_view(&bytes))
                           : find_default(&found, buffer_view(&bytes))) &&
        found.size) {
        *value = memory_copy(found.bytes, found.size);
        result = 1;
    }
    buffer_release(&bytes);
    return result == 0 && role == CI_BEFORE ? -1 : result;
}

int ci_value(char **value, const struct ci_base *base)
{
    const char *when = base->when ? said(base->when) : "";
    const char *word = base->variable ? said(base->variable) : NULL;

    if (base->in_event)
        return read_event(value, word, base->role);
    if (!word || !when || strcmp(when, "false") == 0)
        return 0;
    *value = memory_copy(word, strlen(word));
    return 1;
}

static bool holds(const struct ci_idle *idle)
{
    const char *word = said(idle->variable);
    size_t size = idle->value ? strlen(idle->value) : 0;

    if (!word || !size)
        return word != NULL;
    return strncmp(word, idle->value, size) == 0 &&
           (idle->value[size - 1] == '/' || !word[size]);
}

const struct ci_idle *ci_idle(const struct ci_system *system)
{
    for (size_t i = 0; i < CI_IDLE_MAX && system->idle[i].variable; i++)
        if (holds(&system->idle[i]))
            return &system->idle[i];
    return NULL;
}

static const char *short_name(const char *branch)
{
    static const char heads[] = "refs/heads/";
    size_t size = sizeof(heads) - 1;

    return strncmp(branch, heads, size) == 0 ? branch + size : branch;
}

bool ci_is_branch(const struct ci_system *system, const char *name)
{
    const char *branch = said(system->branch);

    return branch && strcmp(short_name(branch), short_name(name)) == 0;
}
