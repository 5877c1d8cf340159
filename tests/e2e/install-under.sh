#!/bin/sh
# tmpguard install --under: in many clones at once.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

expect_guarded() { # CLONE
    insecure "$1/bad.py"
    git -C "$1" add bad.py
    expect_exit 1 git -C "$1" commit -q -m bad
    expect_error '^bad\.py:2:8: error:'
    git -C "$1" rm -q -f bad.py
}

mkdir -p all/deep/down outside
for clone in all/a all/deep/b all/deep/down/c outside/d; do
    git init -q "$clone"
    secure "$clone/fine.py"
    git -C "$clone" add fine.py
    git -C "$clone" commit -q -m fine
done
git init -q --bare all/bare.git
git -C all/a worktree add -q "$scratch/all/a-linked" 2>/dev/null
git -c protocol.file.allow=always -C all/deep/b submodule --quiet add "$scratch/all/a" sub
git -C all/deep/b commit -q -m sub
ln -s ../outside all/link
mkdir all/nothing all/nothing/.git all/by-link
ln -s "$scratch/outside/d/.git" all/by-link/.git
hook all/a/.git/hooks/pre-commit 'echo own >&2'
git -C all/deep/b status >/dev/null # so that its index is as it will be
snapshot was
expect_exit 0 "$TMPGUARD" install --under all
expect_output "^all/a: tmpguard [0-9.]+ now checks"
expect_output "^all/deep/b/sub: tmpguard"
expect_output '^all/by-link/\.git: left alone, since it is a symbolic link$'
expect_output '^4 clones, 4 of them done, 0 failed$'
refuse_output 'outside|bare|nothing|linked'
snapshot installed
expect_exit 0 "$TMPGUARD" install --under "$scratch/all/"
expect_output '^4 clones, 4 of them done, 0 failed$'
snapshot again
expect_same installed again
ok "all clones below a folder, submodules too, no link followed, nothing twice"

for clone in all/a all/a-linked all/deep/b all/deep/b/sub all/deep/down/c; do expect_guarded "$clone"; done
insecure outside/d/bad.py
git -C outside/d add bad.py
expect_exit 0 git -C outside/d commit -q -m bad
git -C outside/d reset -q --hard HEAD~1
ok "each of them stops what is introduced, and no other one does"

expect_exit 0 "$TMPGUARD" uninstall --under all
expect_output '^4 clones, 4 of them done, 0 failed$'
for clone in all/a all/deep/b all/deep/b/sub all/deep/down/c; do
    expect_exit 1 git -C "$clone" config --get-regexp '^hook|hookspath'
    hooks=$(cd "$clone" && cd "$(git rev-parse --git-common-dir)" && pwd)
    expect_exit 1 grep -rl tmpguard "$hooks/hooks"
    expect_exit 1 test -e "$hooks/tmpguard"
done
expect_exit 0 grep -q own all/a/.git/hooks/pre-commit
ok "uninstall --under takes all of it out"

mkdir all/deep/down/c/.git/hooks/pre-push
git -C all/deep/b config hook.tmpguard.command mine
snapshot was
expect_exit 3 "$TMPGUARD" install --quiet --under all
expect_output '^all/.*: failed: '
expect_output '^4 clones, 3 of them done, 1 failed$'
expect_error '^tmpguard: not all clones could be done$'
expect_guarded all/a
expect_guarded all/deep/b/sub
expect_exit 0 "$TMPGUARD" uninstall --under all
rmdir all/deep/down/c/.git/hooks/pre-push
git -C all/deep/b config --unset hook.tmpguard.command
ok "one that fails is named and does not stop the others, and the exit code tells"

(
    cd all/deep/down/c || exit 1
    GIT_DIR=$scratch/outside/d/.git
    export GIT_DIR
    expect_exit 0 "$TMPGUARD" -C "$scratch" install --under all --format json --output report
) || exit 1
expect_guarded all/a
expect_exit 1 test -e outside/d/.git/tmpguard
expect_exit 0 test -e report
ok "what the environment says of a repository does not count, and the current folder stays"

expect_exit 2 "$TMPGUARD" install --under "$scratch/none"
expect_error "^tmpguard: $scratch/none is no folder$"
expect_exit 2 "$TMPGUARD" install --under all --global
expect_error 'do not go together$'
expect_exit 0 "$TMPGUARD" install --under all/nothing
expect_output '^0 clones, 0 of them done, 0 failed$'
ok "a folder that is none is refused, one without clones is not"

if [ "$(id -u)" -eq 0 ]; then
    mkdir shut
    git init -q shut/open
    git init -q shut/closed/inner
    given_away shut "$HOME"
    chmod 755 "$scratch" && chmod 0 shut/closed
    expect_exit 3 somebody "$TMPGUARD" install --under shut
    expect_output '^shut/closed: failed: cannot look into it$'
    expect_output '^shut/open: tmpguard'
    expect_output '^1 clone, 1 of them done, 0 failed$'
    ok "a folder that cannot be looked into is a failure"

    mkdir mixed
    git init -q mixed/theirs
    given_away mixed/theirs
    expect_exit 3 "$TMPGUARD" install --under mixed
    expect_output '^mixed/theirs: failed: .*dubious ownership'
    ok "a clone that git refuses is a failure"
fi

again_with_new_git
