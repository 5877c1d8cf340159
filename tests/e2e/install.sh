#!/bin/sh
# tmpguard install, uninstall: with the git of this machine and the hooks that people have.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

# A commit, a merge and a push that introduce a finding are stopped, and nothing else is.
expect_gate() {
    secure fine.py
    git add fine.py
    expect_exit 0 git commit -q --allow-empty -m fine
    insecure bad.py
    git add bad.py
    expect_exit 1 git commit -q -m bad
    expect_error '^bad\.py:2:8: error: .*\[py/insecure-temporary-file\]$'
    git rm -q -f bad.py
}

expect_exit 2 "$TMPGUARD" install
expect_error '^tmpguard: not in a git repository$'
expect_exit 2 "$TMPGUARD" uninstall
ok "outside a repository there is nothing to install in"

repository first
snapshot before
expect_exit 0 "$TMPGUARD" install
expect_output '^tmpguard [0-9.]+ now checks commits, merges and pushes of this repository$'
expect_gate
ok "a commit that introduces a finding is stopped, another one is not"

snapshot installed
expect_exit 0 "$TMPGUARD" install
expect_output '^already installed'
snapshot again
expect_same installed again
ok "installing twice changes nothing"

refuses_merge
expect_error '^notes\.py:6:8: error:'
refuse_error '^side\.py'
git reset -q --hard
ok "a merge that introduces a finding is stopped"

git init -q --bare "$scratch/remote.git"
git remote add origin "$scratch/remote.git"
expect_exit 0 git push -q origin main
expect_exit 1 git push -q origin main side
expect_output '^side\.py:2:8: error:'
ok "a push of several branches is stopped for what one of them introduces"

git checkout -q side
expect_exit 0 git push -q origin main
git checkout -q main
ok "a push that sends nothing is not stopped for what is not pushed"

git worktree add -q "$scratch/linked" main -b linked 2>/dev/null
cd "$scratch/linked" || exit 1
insecure bad.py
git add bad.py
expect_exit 1 git commit -q -m bad
cd "$scratch/first" || exit 1
git worktree remove --force "$scratch/linked"
ok "the hooks fire in linked worktrees, too"

mkdir sub
cd sub || exit 1
expect_exit 0 "$TMPGUARD" install -q
expect_silence
cd .. || exit 1
mv "$scratch/first" "$scratch/moved" && cd "$scratch/moved" || exit 1
expect_gate
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 1 test -e .git/tmpguard
expect_exit 0 test -e .git/hooks/pre-commit.sample
expect_exit 1 grep -rl tmpguard .git/hooks
ok "a repository may be moved, and uninstalled from there"

expect_exit 0 "$TMPGUARD" uninstall
expect_output '^nothing is installed$'
expect_exit 0 git commit -q --allow-empty -m free
ok "uninstalling twice is fine"

repository kept
hook .git/hooks/pre-commit 'echo "before: $# $GIT_INDEX_FILE" >&2' '[ ! -e stop ] || exit 7'
hook .git/hooks/pre-push 'echo "push: $1"' 'while read -r line; do echo "got $line"; done'
hook .git/hooks/pre-merge-commit 'exit 1'
chmod -x .git/hooks/pre-merge-commit
snapshot before
expect_exit 0 "$TMPGUARD" install
expect_gate
expect_error '^before: 0 .*index'
mv .git/hooks/pre-commit .git/hooks/pre-commit.legacy 2>/dev/null &&
    hook .git/hooks/pre-commit 'exec "$0.legacy"'
expect_gate
expect_error '^before: 0 .*index'
mv -f .git/hooks/pre-commit.legacy .git/hooks/pre-commit 2>/dev/null
touch stop
expect_exit 1 git commit -q --allow-empty -m stopped
expect_error '^before: 0'
rm stop
ok "a hook that was there runs first, and its failure counts"

git init -q --bare "$scratch/remote2.git"
git remote add origin "$scratch/remote2.git"
expect_exit 0 git push -q origin main
expect_output '^push: origin$'
expect_output '^got refs/heads/main [0-9a-f]+ refs/heads/main 0+$'
insecure bad.py
commit bad
expect_exit 1 git push -q origin main
expect_output '^got refs/heads/main'
expect_output '^bad\.py:2:8: error:'
git reset -q --hard HEAD~1
ok "a pre-push hook that was there reads git's lines, and so does tmpguard"

git checkout -q -b other
secure other.py
commit other
git checkout -q main
secure this.py
commit this
expect_exit 0 git merge -q --no-edit other
ok "a hook that was not executable stays off"

expect_exit 0 "$TMPGUARD" uninstall
repository kept2
cp -p ../kept/.git/hooks/* .git/hooks/
snapshot before
expect_exit 0 "$TMPGUARD" install
expect_exit 0 "$TMPGUARD" uninstall
snapshot after
expect_same before after
ok "uninstalling restores every byte, mode and name"

repository bare-hooks
rm -r .git/hooks
printf '[core]\n\tbare = false' >.git/config
snapshot before
expect_exit 0 "$TMPGUARD" install
expect_gate
git update-ref -d HEAD
rm -f .git/index .git/COMMIT_EDITMSG fine.py bad.py .git/logs -r
snapshot ignored
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 1 test -e .git/hooks
ok "a hooks folder that was not there is gone again"

if ! modern_git; then
    repository changed
    expect_exit 0 "$TMPGUARD" install
    echo '# mine' >>.git/hooks/pre-commit
    expect_exit 2 "$TMPGUARD" install
    expect_error "pre-commit is tmpguard's but was changed by hand: move it away, then install again\$"
    expect_exit 3 "$TMPGUARD" uninstall
    expect_output 'left .*/pre-commit: it was changed by hand$'
    expect_exit 0 grep -q mine .git/hooks/pre-commit
    ok "a shim that somebody edited is left alone and named"

    # older EVENT: the shim of a version that did nothing.
    older() {
        printf '# Made by an older version.\nexit 0\n' >content
        printf '#!/bin/sh\n# tmpguard-shim v1 sha256:%s\n' "$(sha256sum <content | sed 's/ .*//')" |
            cat - content >".git/hooks/$1"
        rm content
    }
    repository upgraded
    hook .git/hooks/pre-commit 'echo own >&2'
    snapshot before
    expect_exit 0 "$TMPGUARD" install
    older pre-commit
    older pre-push
    expect_exit 1 "$TMPGUARD" status
    expect_exit 0 "$TMPGUARD" install
    expect_output '^tmpguard [0-9.]+ now checks'
    expect_gate
    expect_error '^own$'
    older pre-push
    echo '# mine' >>.git/hooks/pre-commit
    snapshot edited
    expect_exit 2 "$TMPGUARD" install
    expect_error "pre-commit is tmpguard's but was changed by hand"
    snapshot again
    expect_same edited again
    ok "scripts of an older version are rewritten, but none that somebody edited"

    cd "$scratch/changed" || exit 1
    rm .git/hooks/pre-commit
    expect_exit 0 "$TMPGUARD" install
    hook .git/hooks/pre-push 'exit 0'
    expect_exit 0 "$TMPGUARD" install
    expect_gate
    expect_exit 0 test -e .git/hooks/pre-push.pre-tmpguard
    ok "installing again repairs what was removed or replaced"

    rm .git/hooks/pre-commit
    expect_exit 0 "$TMPGUARD" uninstall
    expect_exit 0 grep -q 'exit 0' .git/hooks/pre-push
    expect_exit 1 test -e .git/hooks/pre-push.pre-tmpguard
    ok "uninstalling copes with hooks that are gone"

    repository later-manager
    hook .git/hooks/pre-commit 'echo own >&2'
    snapshot before
    expect_exit 0 "$TMPGUARD" install
    # As `pre-commit install` does it.
    mv .git/hooks/pre-commit .git/hooks/pre-commit.legacy
    hook .git/hooks/pre-commit '# File generated by pre-commit: https://pre-commit.com' '"$0.legacy" && echo managed >&2'
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    expect_gate
    expect_error '^own$'
    expect_exit 0 "$TMPGUARD" uninstall
    expect_exit 0 git commit -q --allow-empty -m free
    expect_error '^own$'
    expect_error '^managed$'
    mv .git/hooks/pre-commit.legacy .git/hooks/pre-commit
    git update-ref -d HEAD
    rm -rf .git/index .git/COMMIT_EDITMSG .git/logs fine.py
    snapshot after
    expect_same before after
    ok "a manager that comes later runs tmpguard, which can still be taken out"

    repository later-husky
    expect_exit 0 "$TMPGUARD" install
    mkdir -p .husky/_
    git config core.hooksPath .husky/_
    snapshot before
    expect_exit 2 "$TMPGUARD" install
    expect_error '^tmpguard: husky manages'
    snapshot after
    expect_same before after
    expect_exit 0 "$TMPGUARD" uninstall
    expect_exit 1 test -e .git/tmpguard
    ok "a manager that hides the hooks is named when installing again"

    repository pattern
    secure fine.py
    commit fine
    expect_exit 0 "$TMPGUARD" install
    mkdir -p "$scratch/template/hooks"
    cp .git/hooks/pre-commit .git/hooks/pre-merge-commit .git/hooks/pre-push "$scratch/template/hooks"
    git -c init.templateDir="$scratch/template" clone -q "$scratch/pattern" "$scratch/cloned"
    cd "$scratch/cloned" || exit 1
    expect_gate
    expect_exit 0 "$TMPGUARD" uninstall
    expect_output 'took out .*/pre-push$'
    expect_exit 0 "$TMPGUARD" uninstall
    expect_output '^nothing is installed$'
    ok "in git's template the hooks reach every clone, and are taken out there"

    repository occupied
    hook .git/hooks/pre-commit 'exit 0'
    hook .git/hooks/pre-commit.pre-tmpguard 'exit 1'
    snapshot before
    expect_exit 2 "$TMPGUARD" install
    expect_error 'is there already: move one of them away$'
    snapshot after
    expect_same before after
    ok "nothing is overwritten, and a refusal changes nothing"

    for manager in 'lefthook:call_lefthook run "pre-commit" "$@"' 'husky:# husky' \
        "Overcommit:if [ \"\$OVERCOMMIT_DISABLE\" ]; then exit; fi" 'simple-git-hooks:# SKIP_SIMPLE_GIT_HOOKS'; do
        repository "managed-${manager%%:*}"
        hook .git/hooks/pre-commit "${manager#*:}"
        snapshot before
        expect_exit 2 "$TMPGUARD" install
        expect_error "^tmpguard: ${manager%%:*} wrote the hook .*tmpguard"
        snapshot after
        expect_same before after
    done
    repository managed-husky9
    mkdir -p .husky/_
    git config core.hooksPath .husky/_
    expect_exit 2 "$TMPGUARD" install
    expect_error '^tmpguard: husky manages'
    repository told-overcommit
    hook .git/hooks/pre-commit '# OVERCOMMIT_DISABLE' 'exec tmpguard-by-overcommit'
    expect_exit 0 "$TMPGUARD" install --into overcommit
    cp "$out" .overcommit.yml
    expect_exit 0 "$TMPGUARD" install
    expect_output '/pre-commit runs tmpguard already$'
    expect_output '^put in .*/pre-merge-commit$'
    expect_exit 2 "$TMPGUARD" install --into nothing
    expect_error "^tmpguard: no hook manager 'nothing' is known, only pre-commit, prek, husky, lefthook, "
    ok "with a hook manager the way to add tmpguard to it is said"
fi

for folder in tracked "$scratch/outside"; do
    repository "path-${folder##*/}"
    mkdir -p "$folder"
    own_hooks "$folder"
    git config core.hooksPath "$folder"
    secure fine.py
    commit start
    snapshot before
    expect_exit 0 "$TMPGUARD" install
    expect_exit 1 git commit -q --allow-empty -m without
    expect_error '^own$'
    expect_exit 0 git commit -q --allow-empty -m 'with word'
    insecure bad.py
    git add bad.py
    expect_exit 1 git commit -q -m 'bad word'
    expect_error '^bad\.py:2:8: error:'
    git rm -q -f --cached bad.py && rm bad.py
    expect_exit 0 git diff --exit-code
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    git reset -q --hard HEAD~1
    expect_exit 0 "$TMPGUARD" uninstall
    [ "$(git config core.hooksPath)" = "$folder" ] || failed "core.hooksPath is not as it was"
    expect_exit 1 test -e .git/tmpguard
done
ok "hooks of a core.hooksPath all still run, and nothing is written there"

repository path-moved
mkdir own
hook own/commit-msg 'grep -q word "$1"'
git config core.hooksPath own
expect_exit 0 "$TMPGUARD" install
git config user.nickname Annie
mv "$scratch/path-moved" "$scratch/path-there" && cd "$scratch/path-there" || exit 1
expect_exit 0 "$TMPGUARD" install
expect_exit 1 git commit -q --allow-empty -m without
insecure bad.py
git add bad.py
expect_exit 1 git commit -q -m 'bad word'
expect_error '^bad\.py:2:8: error:'
expect_exit 0 "$TMPGUARD" uninstall
[ "$(git config core.hooksPath)" = own ] || failed "core.hooksPath is not as it was"
ok "a moved repository with a core.hooksPath is repaired by installing again"

repository linked-folder
mkdir hooks
hook hooks/pre-commit 'echo linked >&2'
rm -r .git/hooks
ln -s ../hooks .git/hooks
snapshot before
expect_exit 0 "$TMPGUARD" install
expect_gate
expect_error '^linked$'
expect_exit 1 grep -rl tmpguard hooks
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 0 test -L .git/hooks
ok "a hooks folder that is a link into the work tree is left alone"

repository config-kept
expect_exit 0 "$TMPGUARD" install
git config user.nickname Annie
expect_exit 0 "$TMPGUARD" uninstall
[ "$(git config user.nickname)" = Annie ] || failed "a setting made since is lost"
expect_exit 1 git config --get-regexp '^(hook|core.hookspath)'
ok "settings made since stay"

repository program
mkdir "$scratch/bin space'd"
cp "$TMPGUARD" "$scratch/bin space'd/tmpguard"
expect_exit 0 "$scratch/bin space'd/tmpguard" install
expect_gate
mv "$scratch/bin space'd" "$scratch/bin"
expect_exit 1 git commit -q --allow-empty -m gone
expect_error '^tmpguard: the program is gone, .* git config hooks\.tmpguard\.missing warn$'
git config hooks.tmpguard.missing warn
expect_exit 0 git commit -q --allow-empty -m gone
expect_error '^tmpguard: the program is gone'
git config --unset hooks.tmpguard.missing
insecure bad.py
git add bad.py
(
    PATH=$scratch/bin:$PATH
    expect_exit 1 git commit -q -m bad
    expect_error '^bad\.py:2:8: error:'
) || exit 1
(
    TMPGUARD_BIN=$scratch/bin/tmpguard
    export TMPGUARD_BIN
    expect_exit 1 git commit -q -m bad
    expect_error '^bad\.py:2:8: error:'
) || exit 1
expect_exit 0 "$scratch/bin/tmpguard" install
expect_exit 1 git commit -q -m bad
expect_error '^bad\.py:2:8: error:'
ok "a hook that cannot find tmpguard stops the commit and says how to repair it"

cd "$scratch" || exit 1
repository anywhere
own_hooks .git/hooks
snapshot before
cd "$scratch" || exit 1
expect_exit 0 "$TMPGUARD" install --global
expect_output '^tmpguard [0-9.]+ now checks .* of all repositories of this user$'
cd "$scratch/anywhere" || exit 1
snapshot installed
expect_exit 0 "$TMPGUARD" install --global
expect_output '^already installed'
snapshot again
expect_same installed again
expect_both
rm .git/index fine.py bad.py .git/COMMIT_EDITMSG
expect_exit 0 "$TMPGUARD" uninstall --global
snapshot after
expect_same before after
ok "--global covers every repository, runs its own hooks, and leaves no trace"

repository both
expect_exit 0 "$TMPGUARD" install --global
expect_exit 0 "$TMPGUARD" install
expect_gate
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 0 "$TMPGUARD" uninstall --global
expect_exit 0 git commit -q --allow-empty -m free
ok "for a repository and for all at once"

if modern_git; then
    for setting in hook.tmpguard.enabled hook.pre-commit.enabled hook.pre-push.enabled; do
        repository "off-$setting"
        git config $setting false
        snapshot before
        if [ $setting = hook.tmpguard.enabled ]; then
            expect_exit 2 "$TMPGUARD" install
            expect_error 'has a hook\.tmpguard that is not known'
        else
            expect_exit 3 "$TMPGUARD" install
            expect_error 'another setting is in the way'
        fi
        snapshot after
        expect_same before after
        git config --unset $setting
        git config --global $setting false
        expect_exit 3 "$TMPGUARD" install
        expect_error 'another setting is in the way'
        git config --global --unset $setting
        expect_exit 0 "$TMPGUARD" install
        expect_gate
    done
    ok "a hook or an event that is turned off in git's settings is a refusal"

    repository order
    hook .git/hooks/pre-commit 'echo script >&2; exit 1'
    git config hook.aaa.command 'echo configured >&2; false'
    git config hook.aaa.event pre-commit
    expect_exit 0 "$TMPGUARD" install
    insecure bad.py
    git add bad.py
    expect_exit 1 git commit -q -m bad
    expect_error '^configured$'
    expect_error '^bad\.py:2:8: error:'
    expect_error '^script$'
    expect_exit 0 git hook list pre-commit
    expect_exit 0 "$TMPGUARD" uninstall
    expect_exit 0 git status
    expect_exit 0 git hook list pre-commit
    refuse_output tmpguard
    expect_output '^aaa$'
    ok "hooks in git's settings and in its folder all run, and others stay when ours goes"

    repository wherever
    secure fine.py
    commit fine
    expect_exit 0 "$TMPGUARD" install
    git worktree add -q "$scratch/wherever-linked" -b linked
    git clone -q --bare . "$scratch/wherever.git"
    git -C "$scratch/wherever.git" worktree add -q "$scratch/of-bare" main
    cd "$scratch/of-bare" || exit 1
    expect_exit 0 "$TMPGUARD" install
    for tree in "$scratch/wherever-linked" "$scratch/of-bare"; do
        cd "$tree" || exit 1
        expect_gate
    done
    ok "hooks in git's settings fire in linked worktrees, also in those of a bare repository"
fi

if [ "$(id -u)" -eq 0 ] && ! modern_git; then
    repository read-only
    given_away . "$HOME"
    chmod 755 "$scratch" && chmod 555 .git/hooks
    snapshot before
    expect_exit 3 somebody "$TMPGUARD" install
    expect_error '^tmpguard: cannot write .*/\.git/hooks/pre-commit.*Permission denied$'
    snapshot after
    expect_same before after
    ok "a hooks folder that cannot be written to is a failure that leaves nothing behind"
fi

again_with_new_git
