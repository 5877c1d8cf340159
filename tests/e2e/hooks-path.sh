#!/bin/sh
# tmpguard install where core.hooksPath is set, in each scope of git's settings, absolute and relative.
# shellcheck disable=SC1091,SC2016,SC2088,SC2154 # lib.sh; ~ is for git; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"
unset GIT_CONFIG_NOSYSTEM
GIT_CONFIG_SYSTEM=$scratch/etc/gitconfig
also_snapshot=$scratch/etc
export GIT_CONFIG_SYSTEM
mkdir "$scratch/etc"

# expect_guarded WORD [OPTION…]: here, a commit and a push that introduce a finding are stopped, and the hooks of the
# core.hooksPath run, too: one says WORD, another wants "word" in each message.
expect_guarded() {
    word=$1
    secure fine.py
    git add fine.py
    expect_exit 1 git commit -q --allow-empty -m without
    expect_error "^$word$"
    expect_exit 0 git commit -q --allow-empty -m 'with word'
    insecure bad.py
    git add bad.py
    expect_exit 1 git commit -q -m 'bad word'
    expect_error "^$word$"
    expect_error '^bad\.py:2:8: error:'
    git commit -q --no-verify -m 'bad word'
    expect_exit 1 git push -q "$scratch/remote.git" HEAD:refs/heads/some
    expect_output '^bad\.py:2:8: error:'
    git reset -q --hard HEAD~2
}

# own FOLDER WORD: hooks of somebody else.
own() {
    mkdir -p "$1"
    hook "$1/pre-commit" "echo $2 >&2"
    hook "$1/commit-msg" 'grep -q word "$1"'
}

start() { # NAME
    repository "$1"
    own own-hooks relative
    own "$scratch/elsewhere" absolute
    secure start.py
    commit start
}
git init -q --bare "$scratch/remote.git"

for scope in --local --global --system --worktree; do
    for folder in own-hooks "$scratch/elsewhere"; do
        start "at$scope-${folder##*/}"
        word=relative
        [ "$folder" = own-hooks ] || word=absolute
        [ $scope != --worktree ] || git config extensions.worktreeConfig true
        git config $scope core.hooksPath "$folder"
        snapshot was
        expect_exit 0 "$TMPGUARD" install
        [ -z "$(git status --porcelain)" ] || failed "something was written to the work tree"
        snapshot installed
        expect_exit 0 "$TMPGUARD" install
        expect_output '^already installed'
        snapshot again
        expect_same installed again
        expect_exit 0 "$TMPGUARD" uninstall
        snapshot now
        expect_same was now
        expect_exit 0 "$TMPGUARD" install
        expect_guarded $word
        expect_exit 0 "$TMPGUARD" status
        git worktree add -q "$scratch/linked" -b linked
        cd "$scratch/linked" || exit 1
        insecure bad.py
        git add bad.py
        expect_exit 1 git commit -q -m 'bad word'
        expect_error '^bad\.py:2:8: error:'
        cd "$OLDPWD" || exit 1
        git worktree remove --force "$scratch/linked"
        expect_exit 0 "$TMPGUARD" uninstall
        expect_exit 1 test -e .git/tmpguard
        [ "$(git config $scope core.hooksPath)" = "$folder" ] || failed "core.hooksPath is not as it was"
        if [ $scope = --global ] || [ $scope = --system ]; then git config $scope --unset core.hooksPath; fi
    done
done
ok "core.hooksPath of a repository, a user, a machine and a worktree, absolute and relative"

start each
git config extensions.worktreeConfig true
git worktree add -q "$scratch/with" -b with
git worktree add -q "$scratch/without" -b without
git -C "$scratch/with" config --worktree core.hooksPath "$scratch/elsewhere"
snapshot was
expect_exit 0 "$TMPGUARD" install
cd "$scratch/with" || exit 1
expect_guarded absolute
cd "$scratch/each" || exit 1
for tree in "$scratch/without" "$scratch/each"; do
    cd "$tree" || exit 1
    insecure bad.py
    git add bad.py
    expect_exit 1 git commit -q -m bad
    expect_error '^bad\.py:2:8: error:'
    git rm -q -f bad.py
done
cd "$scratch/with" || exit 1
expect_exit 0 "$TMPGUARD" install
expect_output '^already installed'
cd "$scratch/each" || exit 1
git worktree remove --force "$scratch/without"
expect_exit 0 "$TMPGUARD" uninstall
[ "$(git -C "$scratch/with" config core.hooksPath)" = "$scratch/elsewhere" ] || failed "core.hooksPath is not as it was"
expect_exit 1 test -e .git/tmpguard
ok "each worktree has its own, and one installation is for all of them"

git -C "$scratch/with" config --worktree --unset core.hooksPath
expect_exit 0 "$TMPGUARD" install
git -C "$scratch/with" config --worktree core.hooksPath "$scratch/elsewhere"
cd "$scratch/with" || exit 1
if modern_git; then
    expect_guarded absolute
else
    expect_exit 1 "$TMPGUARD" status
    expect_exit 0 "$TMPGUARD" install
    expect_guarded absolute
fi
git -C "$scratch/each" worktree remove --force "$scratch/with"
cd "$scratch/each" || exit 1
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 1 test -e .git/tmpguard/worktrees/with/install
ok "a core.hooksPath that a worktree gets later is found when installing again"

if ! modern_git; then
    start passing
    expect_exit 2 git -c core.hooksPath="$scratch/elsewhere" -c "alias.guard=!\"$TMPGUARD\" install" guard
    expect_error "^tmpguard: core\.hooksPath is $scratch/elsewhere by git -c or by the environment"
    expect_exit 2 env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=own-hooks "$TMPGUARD" install
    expect_error '^tmpguard: core\.hooksPath is own-hooks by git -c or by the environment'
    expect_exit 1 test -e .git/tmpguard
    ok "one that is set for a command alone is refused, since it hides every hook"
fi

start tilde
own "$HOME/my-hooks" home
git config --global core.hooksPath '~/my-hooks'
expect_exit 0 "$TMPGUARD" install
expect_guarded home
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 0 "$TMPGUARD" install --global
expect_guarded home
expect_exit 0 "$TMPGUARD" uninstall --global
[ "$(git config --global core.hooksPath)" = '~/my-hooks' ] || failed "core.hooksPath is not as it was"
git config --global --unset core.hooksPath
ok "one below the home folder is git's ~"

again_with_new_git
