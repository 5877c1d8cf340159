#include "cmd/ci.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/member.h"
#include "core/buffer.h"
#include "core/memory.h"
#include "hooks/system/disk.h"

#define DEPTH(words) "the clone lacks history: " words

/* Woodpecker's variables have names that GitLab has, too: the mark decides. */
static const struct ci_system systems[] = {
    /* docs.github.com/en/actions/reference/variables-reference, and
     * docs.github.com/en/webhooks/webhook-events-and-payloads (push and
     * merge_group); Gitea and Forgejo set the same. */
    { "GitHub Actions",
      "GITHUB_ACTIONS",
      NULL,
      { { "GITHUB_BASE_REF", BASE_BRANCH, NULL },
        { "GITHUB_EVENT_PATH", BASE_EVENT, NULL } },
      DEPTH("use actions/checkout with fetch-depth: 0") },
    /* docs.gitlab.com/ci/variables/predefined_variables */
    { "GitLab CI",
      "GITLAB_CI",
      NULL,
      { { "CI_MERGE_REQUEST_DIFF_BASE_SHA", BASE_COMMIT, NULL },
        { "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", BASE_BRANCH, NULL },
        { "CI_COMMIT_BEFORE_SHA", BASE_COMMIT, NULL },
        { "CI_DEFAULT_BRANCH", BASE_BRANCH, NULL } },
      DEPTH("set the variable GIT_DEPTH to 0 (as fetch-depth: 0 elsewhere)") },
    /* support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets */
    { "Bitbucket Pipelines",
      "BITBUCKET_BUILD_NUMBER",
      NULL,
      { { "BITBUCKET_PR_DESTINATION_COMMIT", BASE_COMMIT, NULL },
        { "BITBUCKET_PR_DESTINATION_BRANCH", BASE_BRANCH, NULL } },
      DEPTH("set clone: depth: full (as fetch-depth: 0 elsewhere)") },
    /* learn.microsoft.com/azure/devops/pipelines/build/variables */
    { "Azure Pipelines",
      "TF_BUILD",
      NULL,
      { { "SYSTEM_PULLREQUEST_TARGETBRANCH", BASE_BRANCH, NULL } },
      DEPTH("use checkout: self with fetchDepth: 0 (fetch-depth: 0)") },
    /* circleci.com/docs/reference/variables: the base is no variable there
     * but the pipeline value pipeline.git.base_revision. */
    { "CircleCI",
      "CIRCLECI",
      NULL,
      { { NULL, BASE_BRANCH, NULL } },
      DEPTH("use checkout with method: full (as fetch-depth: 0 elsewhere)") },
    /* docs.buildkite.com/pipelines/configure/environment-variables */
    { "Buildkite",
      "BUILDKITE",
      NULL,
      { { "BUILDKITE_PULL_REQUEST_BASE_BRANCH", BASE_BRANCH, NULL },
        { "BUILDKITE_PIPELINE_DEFAULT_BRANCH", BASE_BRANCH, NULL } },
      DEPTH("take --depth out of BUILDKITE_GIT_CLONE_FLAGS "
            "(fetch-depth: 0)") },
    /* docs.travis-ci.com/user/environment-variables */
    { "Travis CI",
      "TRAVIS",
      NULL,
      { { "TRAVIS_BRANCH", BASE_BRANCH, "TRAVIS_PULL_REQUEST" },
        { "TRAVIS_COMMIT_RANGE", BASE_RANGE, NULL } },
      DEPTH("set git: depth: false (as fetch-depth: 0 elsewhere)") },
    /* docs.drone.io/pipeline/environment/reference */
    { "Drone",
      "DRONE",
      NULL,
      { { "DRONE_TARGET_BRANCH", BASE_BRANCH, "DRONE_PULL_REQUEST" },
        { "DRONE_COMMIT_BEFORE", BASE_COMMIT, NULL },
        { "DRONE_REPO_BRANCH", BASE_BRANCH, NULL } },
      DEPTH("take clone: depth: away (as fetch-depth: 0 elsewhere)") },
    /* woodpecker-ci.org/docs/usage/environment */
    { "Woodpecker",
      "CI",
      "woodpecker",
      { { "CI_COMMIT_TARGET_BRANCH", BASE_BRANCH, NULL },
        { "CI_PREV_COMMIT_SHA", BASE_COMMIT, NULL },
        { "CI_REPO_DEFAULT_BRANCH", BASE_BRANCH, NULL } },
      DEPTH("clone with partial: false and no depth (as fetch-depth: 0 "
            "elsewhere)") },
    /* jenkins.io/doc/book/pipeline/multibranch, plugins.jenkins.io/git */
    { "Jenkins",
      "JENKINS_URL",
      NULL,
      { { "CHANGE_TARGET", BASE_BRANCH, NULL },
        { "GIT_PREVIOUS_SUCCESSFUL_COMMIT", BASE_COMMIT, NULL } },
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

const struct ci_system *ci_here(void)
{
    for (size_t i = 0; i < SYSTEMS_COUNT; i++) {
        const char *value = said(systems[i].mark);

        if (value &&
            (!systems[i].value || strcmp(value, systems[i].value) == 0))
            return &systems[i];
    }
    return NULL;
}

/* Of a pull request, "before" is what the last push to it found. */
static int find_before(struct text *before, struct text event)
{
    const char *name = said("GITHUB_EVENT_NAME");
    struct text group;

    if (name && strcmp(name, "push") == 0)
        return member_find(before, event, "before");
    if (name && strcmp(name, "merge_group") == 0 &&
        member_object(&group, event, "merge_group"))
        return member_find(before, group, "base_sha");
    return 0;
}

/* An event that cannot be read says nothing. */
static char *read_event(const char *path)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct text before;
    struct error ignored;
    char *value = NULL;

    if (disk_read(&bytes, path, &ignored) == 1 &&
        find_before(&before, buffer_view(&bytes)) && before.size)
        value = memory_copy(before.bytes, before.size);
    buffer_release(&bytes);
    return value;
}

char *ci_value(const struct ci_base *base)
{
    const char *when = base->when ? said(base->when) : "";
    const char *value = base->variable ? said(base->variable) : NULL;

    if (!value || !when || strcmp(when, "false") == 0)
        return NULL;
    return base->kind == BASE_EVENT ? read_event(value)
                                    : memory_copy(value, strlen(value));
}
