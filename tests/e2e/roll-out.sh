#!/bin/sh
# README.md's roll-out, word for word: one server, three people with homes of their own, and CI.
# shellcheck disable=SC1091,SC2154 # lib.sh
readme=$(cd "$(dirname "$0")/../.." && pwd)/README.md
. "$(dirname "$0")/lib.sh"
unset CI GITHUB_ACTIONS GITLAB_CI BITBUCKET_BUILD_NUMBER TF_BUILD CIRCLECI BUILDKITE TRAVIS DRONE JENKINS_URL
PATH=${TMPGUARD%/*}:$PATH
server=$scratch/project.git

# step N: the command of that line, for the server at hand.
step() {
    awk '/^## / { on = /^## Rolling it out$/ } on && /^```/ { code = !code; next } on && code' "$readme" |
        grep "# $1\." | sed "s|/srv/git/project\.git|$server|; s| *# $1\..*||"
}

# person NAME: from here on somebody else, with a home of their own.
person() {
    HOME=$scratch/home-$1
    mkdir -p "$HOME"
    GIT_AUTHOR_NAME=$1 GIT_COMMITTER_NAME=$1
    git config --global init.defaultBranch main
}

for number in 1 2 3; do
    [ "$(step $number | wc -l)" -eq 1 ] || failed "README.md has no step $number"
done

git init -q --bare "$server"
person founder
git clone -q "$server" "$scratch/founder" 2>/dev/null
cd "$scratch/founder" || exit 1
insecure old.py
secure app.py
commit start
git push -q origin HEAD:main
git -C "$server" symbolic-ref HEAD refs/heads/main

expect_exit 0 sh -c "$(step 2)"
ok "the server is set up"

for name in ann ben eve; do
    person $name
    git clone -q "$server" "$scratch/$name"
    cd "$scratch/$name" || exit 1
    find "$HOME" -not -path '*/.cache*' | sort >"$scratch/before"
    expect_exit 0 sh -c "$(step 3)"
    expect_output 'fires at commits, merges and pushes'
    find "$HOME" -not -path '*/.cache*' | sort >"$scratch/after"
    expect_exit 0 cmp "$scratch/before" "$scratch/after"
    git checkout -q -b "$name"
    secure "$name.py"
    git add "$name.py"
    expect_exit 0 git commit -q -m "$name"
    expect_exit 0 git push -q origin "$name"
    insecure "$name.py"
    expect_exit 1 git commit -q -a -m bad
    expect_error "^$name\.py:2:8: error: "
    expect_exit 0 git commit -q --no-verify -a -m bad
    expect_exit 1 git push -q origin "$name"
    expect_output '^tmpguard stopped the push\.'
    expect_exit 1 git push -q --no-verify origin "$name"
    expect_error "^remote: $name\.py:2:8: error: "
    expect_error '^remote: tmpguard rejected the push\.'
    git reset -q --hard HEAD~1
done
ok "three people: the commit, the push and the server each say no, and doctor says that they would"

rm .git/hooks/pre-push 2>/dev/null || git config --unset-all hook.tmpguard.event
expect_exit 1 tmpguard doctor
expect_exit 0 sh -c "$(step 3)"
expect_exit 0 tmpguard doctor
ok "a hook that is gone is found by doctor, and the same line brings it back"

person runner
git -C "$server" symbolic-ref HEAD refs/heads/main
git clone -q -b eve "$server" "$scratch/build"
cd "$scratch/build" || exit 1
GITHUB_ACTIONS=true GITHUB_BASE_REF=main
export GITHUB_ACTIONS GITHUB_BASE_REF
expect_exit 0 sh -c "$(step 1)"
expect_error 'checking what [0-9a-f]{12} \(GITHUB_BASE_REF\) does not have$'
insecure worse.py
commit worse
expect_exit 1 sh -c "$(step 1)"
expect_output '^worse\.py:2:8: error: '
refuse_output '^old\.py'
ok "CI says no to what a branch brings, and nothing of what was there before"
