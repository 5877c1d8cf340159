#!/bin/sh
# check --ci: the variables of each system lead to the commit that a build is compared with.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; commands of recipes are in single quotes
. "$(dirname "$0")/lib.sh"
unset CI GITHUB_ACTIONS GITLAB_CI BITBUCKET_BUILD_NUMBER TF_BUILD CIRCLECI BUILDKITE TRAVIS DRONE JENKINS_URL
zeros=$(printf '%040d' 0)

# What everybody has on main has a finding; the branch at hand has three commits more, the second with one.
git init -q --bare "$scratch/remote.git"
repository work
insecure old.py
commit old
git remote add origin "$scratch/remote.git"
git push -q origin main
base=$(git rev-parse HEAD)
git checkout -q -b topic
secure fine.py
commit fine
insecure bad.py
commit bad
secure more.py
commit more
git push -q origin topic
git clone -q -b topic "$scratch/remote.git" "$scratch/build"
cd "$scratch/build" || exit 1

# finds VARIABLE=VALUE…: the build introduces bad.py, and nothing else.
finds() {
    expect_exit 1 env "$@" "$TMPGUARD" check --ci
    expect_output '^bad\.py:2:8: error: .*\[py/insecure-temporary-file\]$'
    expect_output '^[23] Python files checked, 1 finding '
    expect_error "^tmpguard: .*: checking what $(echo "${since:-$base}" | cut -c1-12) \($place\) does not have\$"
}

# clean VARIABLE=VALUE…: it introduces nothing.
clean() {
    expect_exit 0 env "$@" "$TMPGUARD" check --ci
    expect_output 'no findings'
}

# unknown EXPRESSION VARIABLE=VALUE…: nothing leads to a base, for a reason that matches.
unknown() {
    reason=$1
    shift
    expect_exit 2 env "$@" "$TMPGUARD" check --ci
    expect_silence
    expect_error "^tmpguard: --ci found no base to compare with: $reason; name one with --range BASE\.\.HEAD, or the default branch with 'git remote set-head origin --auto'\$"
    [ "$(wc -l <"$err")" -eq 1 ] || failed 'more than one line'
}

# lost PLACE EXPRESSION VARIABLE=VALUE…: the base that is named there is not in the clone, and what else was looked at.
lost() {
    named=$1
    seen=$2
    shift 2
    expect_exit 3 env "$@" "$TMPGUARD" check --ci
    expect_output "^$named: incomplete: not in this clone: fetch it, or name a base with --range BASE\.\.HEAD; looked at: $seen\$"
}

# idle EXPRESSION VARIABLE=VALUE…: there is nothing to compare, for a reason that matches, and no more is said.
idle() {
    reason=$1
    shift
    expect_exit 0 env "$@" "$TMPGUARD" check --ci
    expect_silence
    expect_error "^tmpguard: [A-Za-z ]*: nothing to compare: $reason; 'tmpguard scan' checks the whole tree\$"
    [ "$(wc -l <"$err")" -eq 1 ] || failed 'more than one line'
}

printf '{"commits": [{"message": "\\"before\\": \\"x\\""}], "before": "%s", "after": ""}\n' "$base" >"$scratch/event"
printf '{"before": "%s"}\n' "$zeros" >"$scratch/event-new"
printf '{"before": "%s", "repository": {"owner": {"default_branch": "x"}, "default_branch": "main"}}\n' "$zeros" \
    >"$scratch/event-default"
place=GITHUB_BASE_REF
finds GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_BASE_REF=main
place=GITHUB_EVENT_PATH
finds GITHUB_ACTIONS=true GITHUB_BASE_REF= GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH="$scratch/event"
place=origin/HEAD
finds GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH="$scratch/event-new"
place=GITHUB_EVENT_PATH
finds GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH="$scratch/event-default"
finds GITHUB_ACTIONS=true GITHUB_EVENT_NAME=workflow_dispatch GITHUB_EVENT_PATH="$scratch/event-default"
printf '{"before": "%s", "merge_group": {"x": {"base_sha": ""}, "base_sha": "%s"}}\n' "$zeros" "$base" >"$scratch/group"
place=GITHUB_EVENT_PATH
finds GITHUB_ACTIONS=true GITHUB_EVENT_NAME=merge_group GITHUB_EVENT_PATH="$scratch/group"
ok "GitHub Actions: a pull request, a push, the first push of a branch, and a merge queue"

place=CI_MERGE_REQUEST_DIFF_BASE_SHA
finds GITLAB_CI=true CI_MERGE_REQUEST_DIFF_BASE_SHA="$base" CI_COMMIT_BEFORE_SHA="$zeros"
place=CI_COMMIT_BEFORE_SHA
finds GITLAB_CI=true CI_COMMIT_BEFORE_SHA="$base" CI_DEFAULT_BRANCH=main
place=CI_DEFAULT_BRANCH
finds GITLAB_CI=true CI_COMMIT_BEFORE_SHA="$zeros" CI_DEFAULT_BRANCH=main
place=CI_MERGE_REQUEST_TARGET_BRANCH_NAME
finds GITLAB_CI=true CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main
ok "GitLab: a merge request, a push, and the first push of a branch"

place=BITBUCKET_PR_DESTINATION_COMMIT
finds BITBUCKET_BUILD_NUMBER=1 BITBUCKET_PR_DESTINATION_COMMIT="$(git rev-parse --short=12 "$base")"
place=BITBUCKET_PR_DESTINATION_BRANCH
finds BITBUCKET_BUILD_NUMBER=1 BITBUCKET_PR_DESTINATION_BRANCH=main
place=SYSTEM_PULLREQUEST_TARGETBRANCH
finds TF_BUILD=True SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main
finds TF_BUILD=True SYSTEM_PULLREQUEST_TARGETBRANCH=main
place=CHANGE_TARGET
finds JENKINS_URL=http://j CHANGE_TARGET=main GIT_PREVIOUS_SUCCESSFUL_COMMIT="$(git rev-parse HEAD)"
place=GIT_PREVIOUS_SUCCESSFUL_COMMIT
finds JENKINS_URL=http://j GIT_PREVIOUS_SUCCESSFUL_COMMIT="$base"
place=BUILDKITE_PULL_REQUEST_BASE_BRANCH
finds BUILDKITE=true BUILDKITE_PULL_REQUEST_BASE_BRANCH=main
place=BUILDKITE_PIPELINE_DEFAULT_BRANCH
finds BUILDKITE=true BUILDKITE_PULL_REQUEST_BASE_BRANCH= BUILDKITE_PIPELINE_DEFAULT_BRANCH=main
place=TRAVIS_BRANCH
finds TRAVIS=true TRAVIS_PULL_REQUEST=7 TRAVIS_BRANCH=main
place=TRAVIS_COMMIT_RANGE
finds TRAVIS=true TRAVIS_PULL_REQUEST=false TRAVIS_BRANCH=topic TRAVIS_COMMIT_RANGE="$base...$(git rev-parse HEAD)"
place=DRONE_TARGET_BRANCH
finds DRONE=true DRONE_PULL_REQUEST=7 DRONE_TARGET_BRANCH=main
place=DRONE_COMMIT_BEFORE
finds DRONE=true DRONE_TARGET_BRANCH=topic DRONE_COMMIT_BEFORE="$base"
place=CI_COMMIT_TARGET_BRANCH
finds CI=woodpecker CI_COMMIT_TARGET_BRANCH=main
place=CI_PREV_COMMIT_SHA
finds CI=woodpecker CI_PREV_COMMIT_SHA="$base" CI_COMMIT_BEFORE_SHA="$zeros"
place=origin/HEAD
finds CIRCLECI=true
finds JENKINS_URL=http://j GIT_PREVIOUS_COMMIT="$(git rev-parse HEAD)"
finds JENKINS_URL=http://j GIT_PREVIOUS_SUCCESSFUL_COMMIT="$(echo "$zeros" | tr 0 1)" GIT_PREVIOUS_COMMIT="$(git rev-parse HEAD)"
place=CI_REPO_DEFAULT_BRANCH
finds CI=woodpecker CI_PREV_COMMIT_SHA="$(git rev-parse HEAD)" CI_REPO_DEFAULT_BRANCH=main
ok "Bitbucket, Azure Pipelines, Jenkins, Buildkite, Travis CI, Drone, Woodpecker and CircleCI"

clean GITLAB_CI=true CI_COMMIT_BEFORE_SHA="$(git rev-parse HEAD~1)"
clean JENKINS_URL=http://j GIT_PREVIOUS_SUCCESSFUL_COMMIT="$(git rev-parse HEAD)"
expect_exit 1 env GITHUB_ACTIONS=true GITHUB_BASE_REF=main "$TMPGUARD" check --ci -q --format json
expect_json "[f['path'] for f in d['findings']] == ['bad.py']"
[ ! -s "$err" ] || failed 'there is something on standard error'
ok "what was there before does not block, and --quiet says nothing of the base"

expect_exit 2 "$TMPGUARD" check --ci
expect_error '^tmpguard: --ci knows no such system: none of GITHUB_ACTIONS, GITLAB_CI, .*, CI=woodpecker, JENKINS_URL is set; name the base with --range BASE\.\.HEAD$'
expect_exit 2 env CI=true "$TMPGUARD" check --ci
expect_exit 2 env GITHUB_ACTIONS=true "$TMPGUARD" check --ci --staged
expect_error 'exclude each other$'
ok "outside of every system that is known, that is said"

git checkout -q -B main origin/main
idle 'main \(GITHUB_EVENT_PATH\) has all of HEAD' \
    GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH="$scratch/event-default"
idle 'the default branch \(origin/HEAD\) has all of HEAD' \
    GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH="$scratch/event-new"
idle 'main \(GITHUB_EVENT_PATH\) has all of HEAD' \
    GITHUB_ACTIONS=true GITHUB_EVENT_NAME=workflow_dispatch GITHUB_EVENT_PATH="$scratch/event-default"
idle 'main \(CI_DEFAULT_BRANCH\) has all of HEAD' GITLAB_CI=true CI_COMMIT_BEFORE_SHA="$zeros" CI_DEFAULT_BRANCH=main
idle 'main \(GITHUB_BASE_REF\) has all of HEAD' GITHUB_ACTIONS=true GITHUB_BASE_REF=main
idle 'the default branch \(origin/HEAD\) has all of HEAD' CIRCLECI=true CIRCLE_BRANCH=main
expect_exit 0 env CIRCLECI=true "$TMPGUARD" check --ci --format json
expect_json "d['findings'] == [] and d['incomplete'] == []"
expect_exit 0 env CIRCLECI=true "$TMPGUARD" check --ci -q
[ ! -s "$err" ] || failed 'there is something on standard error'
ok "a branch that has nothing new passes, with one line that says why nothing was compared"

git checkout -q topic
idle 'this run is for a tag \(GITHUB_REF_TYPE\)' GITHUB_ACTIONS=true GITHUB_REF_TYPE=tag GITHUB_EVENT_NAME=push \
    GITHUB_EVENT_PATH="$scratch/event-new"
idle 'this run was scheduled \(GITHUB_EVENT_NAME\)' GITHUB_ACTIONS=true GITHUB_EVENT_NAME=schedule \
    GITHUB_EVENT_PATH=/nowhere
idle 'this run is for a tag \(CI_COMMIT_TAG\)' GITLAB_CI=true CI_COMMIT_TAG=v1 CI_COMMIT_BEFORE_SHA="$zeros"
idle 'this run was scheduled \(CI_PIPELINE_SOURCE\)' GITLAB_CI=true CI_PIPELINE_SOURCE=schedule \
    CI_COMMIT_BEFORE_SHA="$zeros"
for name in BITBUCKET_BUILD_NUMBER=1,BITBUCKET_TAG=v1 TF_BUILD=True,BUILD_SOURCEBRANCH=refs/tags/v1 \
    TF_BUILD=True,BUILD_REASON=Schedule CIRCLECI=true,CIRCLE_TAG=v1 BUILDKITE=true,BUILDKITE_TAG=v1 \
    BUILDKITE=true,BUILDKITE_SOURCE=schedule TRAVIS=true,TRAVIS_TAG=v1 TRAVIS=true,TRAVIS_EVENT_TYPE=cron \
    DRONE=true,DRONE_TAG=v1 DRONE=true,DRONE_BUILD_EVENT=cron CI=woodpecker,CI_COMMIT_TAG=v1 \
    CI=woodpecker,CI_PIPELINE_EVENT=cron JENKINS_URL=http://j,TAG_NAME=v1; do
    idle "this run (is for a tag|was scheduled) .*" "${name%%,*}" "${name#*,}"
done
place=CI_MERGE_REQUEST_TARGET_BRANCH_NAME
finds GITLAB_CI=true CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_COMMIT_TAG=v1
ok "so do tags and scheduled runs, but no merge request"

git checkout -q main
ones=$(echo "$zeros" | tr 0 1)
place=CI_COMMIT_BEFORE_SHA
git checkout -q -B main topic
git update-ref refs/remotes/origin/main HEAD
since=$base finds GITLAB_CI=true CI_COMMIT_BEFORE_SHA="$base" CI_DEFAULT_BRANCH=main CI_COMMIT_BRANCH=main
place=GITHUB_EVENT_PATH
printf '{"before": "%s", "repository": {"default_branch": "main"}}\n' "$base" >"$scratch/event-main"
since=$base finds GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH="$scratch/event-main"
place=GIT_PREVIOUS_COMMIT
since=$base finds JENKINS_URL=http://j GIT_PREVIOUS_COMMIT="$base" BRANCH_NAME=main BRANCH_IS_PRIMARY=true
unset since
ok "a push to the default branch is compared with what was there before"

# Without the remote's refs, its branch is known by its name alone; another branch of that name here is not the remote's.
git init -q "$scratch/alone"
git -C "$scratch/alone" fetch -q "$scratch/remote.git" topic
git -C "$scratch/alone" checkout -q -b main FETCH_HEAD
(
    cd "$scratch/alone" || exit 1
    idle 'main \(CI_DEFAULT_BRANCH\) has all of HEAD' GITLAB_CI=true CI_COMMIT_BEFORE_SHA="$zeros" \
        CI_DEFAULT_BRANCH=main CI_COMMIT_BRANCH=main
    lost CI_DEFAULT_BRANCH=main 'CI_MERGE.* CI_DEFAULT_BRANCH=main \(not in this clone\), .*' GITLAB_CI=true \
        CI_COMMIT_BEFORE_SHA="$zeros" CI_DEFAULT_BRANCH=main CI_COMMIT_BRANCH=topic
    lost DRONE_TARGET_BRANCH=main 'DRONE_TARGET_BRANCH=main \(not in this clone\)' DRONE=true DRONE_PULL_REQUEST=7 \
        DRONE_TARGET_BRANCH=main DRONE_BRANCH=main
) || exit 1
ok "what only this clone calls the target is no reason to pass"

git update-ref refs/remotes/origin/main "$base"
git checkout -q -B main origin/main
lost 'GITHUB_BASE_REF=no\\x1bne' 'GITHUB_BASE_REF=.*' GITHUB_ACTIONS=true "GITHUB_BASE_REF=no$(printf '\033')ne"
lost "CI_COMMIT_BEFORE_SHA=$ones" \
    'CI_MERGE.*CI_COMMIT_BEFORE_SHA=1+ \(not in this clone\), CI_DEFAULT_BRANCH=main \(has all of HEAD\)' \
    GITLAB_CI=true CI_COMMIT_BEFORE_SHA="$ones" CI_DEFAULT_BRANCH=main
lost GITHUB_BASE_REF=--all '.*' GITHUB_ACTIONS=true GITHUB_BASE_REF=--all
lost 'GITHUB_EVENT_PATH=the event' '.*GITHUB_EVENT_PATH \(cannot be read\).*' GITHUB_ACTIONS=true \
    GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH=/nowhere
# What the last push to a request found is not its base: a push before may have brought the finding. Nor is another
# branch, which may have what its target has not.
git checkout -q topic
last=$(git rev-parse HEAD)
printf '{"action": "synchronize", "before": "%s"}\n' "$last" >"$scratch/event"
lost GITHUB_BASE_REF=gone 'GITHUB_BASE_REF=gone \(not in this clone\)' GITHUB_ACTIONS=true \
    GITHUB_EVENT_NAME=pull_request GITHUB_BASE_REF=gone GITHUB_EVENT_PATH="$scratch/event"
lost CHANGE_TARGET=gone 'CHANGE_TARGET=gone \(not in this clone\)' JENKINS_URL=http://j CHANGE_TARGET=gone \
    GIT_PREVIOUS_SUCCESSFUL_COMMIT="$last"
lost DRONE_TARGET_BRANCH=gone '.*' DRONE=true DRONE_PULL_REQUEST=7 DRONE_TARGET_BRANCH=gone DRONE_COMMIT_BEFORE="$last"
lost CI_COMMIT_TARGET_BRANCH=gone '.*' CI=woodpecker CI_COMMIT_TARGET_BRANCH=gone CI_PREV_COMMIT_SHA="$last"
git symbolic-ref --delete refs/remotes/origin/HEAD
unknown 'GITHUB_BASE_REF \(says nothing\), GITHUB_EVENT_PATH \(says nothing\), .*' GITHUB_ACTIONS=true \
    GITHUB_EVENT_NAME=pull_request_target GITHUB_EVENT_PATH="$scratch/event"
unknown 'origin/HEAD \(not in this clone\)' CIRCLECI=true
git remote set-head origin --auto >/dev/null
place=origin/HEAD
finds CIRCLECI=true
ok "a base that is named and cannot be read is incomplete, and without any nothing is called clean"

git clone -q --depth 1 -b topic "file://$scratch/remote.git" "$scratch/shallow"
cd "$scratch/shallow" || exit 1
expect_exit 3 env GITHUB_ACTIONS=true GITHUB_BASE_REF=main "$TMPGUARD" check --ci
expect_output '^GITHUB_BASE_REF=main: incomplete: the clone lacks history: use actions/checkout with fetch-depth: 0; looked at: GITHUB_BASE_REF=main \(not in this clone\)$'
[ "$(grep -c 'lacks history' "$out")" -eq 1 ] || failed 'the advice is there twice'
expect_exit 3 env GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH="$scratch/event-main" "$TMPGUARD" check --ci
expect_output '^GITHUB_EVENT_PATH=[0-9a-f]{40}: incomplete: the clone lacks history'
expect_exit 3 env GITLAB_CI=true CI_MERGE_REQUEST_DIFF_BASE_SHA="$base" "$TMPGUARD" check --ci
expect_output '^CI_MERGE_REQUEST_DIFF_BASE_SHA=[0-9a-f]{40}: incomplete: the clone lacks history: set the variable GIT_DEPTH to 0 .*fetch-depth: 0'
git fetch -q --depth 1 origin main:refs/remotes/origin/main
expect_exit 3 env GITHUB_ACTIONS=true GITHUB_BASE_REF=main "$TMPGUARD" check --ci
expect_output 'incomplete: a parent is not in this clone \(shallow'
expect_output '^the clone lacks history: use actions/checkout with fetch-depth: 0$'
git fetch -q --unshallow origin
place=GITHUB_BASE_REF
finds GITHUB_ACTIONS=true GITHUB_BASE_REF=main
ok "a shallow clone that lacks the base is incomplete, with the remedy"

git init -q "$scratch/empty"
cd "$scratch/empty" || exit 1
expect_exit 2 env CIRCLECI=true "$TMPGUARD" check --ci
cd "$scratch" || exit 1
expect_exit 2 env CIRCLECI=true "$TMPGUARD" check --ci
expect_error '^tmpguard: not in a git repository$'
ok "without commits, and outside a repository, there is nothing to compare"

recipes=$(dirname "$this_script")/../../.ci/recipes
expect_exit 2 "$TMPGUARD" check --ci -C "$scratch/work"
systems=$(sed 's/.*none of \(.*\) is set.*/\1/' "$err" | tr ',' '\n' | wc -l)
[ "$systems" -eq "$(find "$recipes" -type f | wc -l)" ] || failed "$systems systems have another number of recipes"
for recipe in "$recipes"/*; do
    [ "$(grep -v '^ *[#/]' "$recipe" | grep -c "tmpguard check --ci\( --format [^ ]*\)*'\{0,1\}\$")" -eq 1 ] || failed "$recipe does not run it"
    [ "$(tail -c 1 "$recipe" | wc -l)" -eq 1 ] || failed "$recipe has no end"
done
if python3 -c 'import yaml' 2>/dev/null; then
    expect_exit 0 python3 -c 'import sys, yaml
for name in sys.argv[1:]:
    if not isinstance(yaml.safe_load(open(name, encoding="utf-8")), dict):
        sys.exit(name)' "$recipes"/*.yml
fi
ok "there is a recipe for each system that is known, and it runs the check"

# does N NAME COMMAND: a command of a recipe, as it stands there, ends with N.
does() {
    grep -qF -- "$3" "$recipes/$2" || failed "$2 does not say: $3"
    expect_exit "$1" env GITLAB_CI=true GITHUB_ACTIONS=true GITHUB_BASE_REF=main \
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main PATH="${TMPGUARD%/*}:$PATH" sh -c "$3"
}
cd "$scratch/build" || exit 1
does 1 github.yml 'tmpguard check --ci --format github'
expect_output '^::error file=bad\.py,line=2,col=8,endColumn=25,title=py/insecure-temporary-file::'
does 0 github.yml 'tmpguard scan --format sarif=tmpguard.sarif || [ $? -eq 1 ]'
grep -q '"uri": "old\.py"' tmpguard.sarif || failed "no finding in tmpguard.sarif"
grep -q 'sarif_file: tmpguard\.sarif$' "$recipes/github.yml" || failed "another file is uploaded"
does 1 gitlab.yml 'tmpguard check --ci --format text --format gitlab=gl-code-quality-report.json'
expect_output '^bad\.py:2:8: error'
grep -q '"path": "bad\.py"' gl-code-quality-report.json || failed "no finding for the merge request"
does 0 gitlab.yml 'tmpguard scan --format gitlab-sast=gl-sast-report.json || [ $? -eq 1 ]'
grep -q '"file": "old\.py"' gl-sast-report.json || failed "no finding in the SAST report"
grep -q 'sast: gl-sast-report\.json$' "$recipes/gitlab.yml" || failed "GitLab is told of another file"
ok "those with reports write what the system reads"
