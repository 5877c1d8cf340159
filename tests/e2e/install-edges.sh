#!/bin/sh
# tmpguard install, uninstall: what is refused says what to do instead, what is said is what was done, and what Windows
# made of a hook is taken out again.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

git init -q --bare "$scratch/served.git"
cd "$scratch/served.git" || exit 1
snapshot before
expect_exit 2 "$TMPGUARD" install
expect_error "^tmpguard: $scratch/served\.git is a bare repository, .*: .* tmpguard install --server '$scratch/served\.git'\$"
expect_silence
snapshot after
expect_same before after
expect_exit 0 "$TMPGUARD" install --server .
expect_exit 2 "$TMPGUARD" install
expect_exit 0 "$TMPGUARD" status
expect_exit 0 "$TMPGUARD" uninstall --server .
expect_output '^tmpguard no longer checks what is pushed to this server$'
git worktree add -q --orphan -b other ../tree 2>/dev/null || {
    git worktree add -q --detach ../tree "$(git commit-tree -m a "$(git hash-object -t tree -w /dev/null)")" 2>/dev/null
}
expect_exit 0 "$TMPGUARD" install
expect_exit 0 "$TMPGUARD" status
expect_exit 0 "$TMPGUARD" -C ../tree status
expect_exit 0 "$TMPGUARD" uninstall
expect_output '^tmpguard no longer checks commits, merges and pushes of this repository$'
cd "$scratch" || exit 1
git init -q inside
expect_exit 0 "$TMPGUARD" -C inside/.git install
expect_exit 0 "$TMPGUARD" -C inside/.git uninstall
ok "in a bare repository, where nothing is committed, install names --server"

if ! modern_git; then
    repository windows
    hook .git/hooks/pre-push 'exit 0'
    snapshot before
    expect_exit 0 "$TMPGUARD" install
    sed -i 's/$/\r/' .git/hooks/pre-commit .git/hooks/pre-merge-commit .git/hooks/pre-push
    expect_exit 1 "$TMPGUARD" status
    expect_exit 0 "$TMPGUARD" uninstall
    refuse_output '^left '
    snapshot after
    expect_same before after
    expect_exit 0 "$TMPGUARD" install
    rm -r .git/tmpguard
    sed -i 's/$/\r/' .git/hooks/pre-commit
    expect_exit 0 "$TMPGUARD" uninstall
    snapshot after
    expect_same before after
    expect_exit 0 "$TMPGUARD" install
    sed -i 's/$/\r/' .git/hooks/pre-commit .git/hooks/pre-push
    expect_exit 0 "$TMPGUARD" install
    expect_exit 0 "$TMPGUARD" status
    expect_exit 0 "$TMPGUARD" uninstall
    snapshot after
    expect_same before after
    ok "a hook of ours with Windows line ends is still ours"

    mkdir .git/hooks/pre-commit
    snapshot before
    expect_exit 2 "$TMPGUARD" install
    expect_error '^tmpguard: .*/\.git/hooks/pre-commit is not a regular file: move it away, then install again$'
    snapshot after
    expect_same before after
    rmdir .git/hooks/pre-commit
    ok "a folder in the place of a hook is named, with what to do"
fi

expect_exit 0 "$TMPGUARD" install --into overcommit
[ "$(grep -c 'tmpguard check --record' "$out")" -eq 1 ] || failed 'no approvals are recorded'
for manager in pre-commit husky lefthook simple-git-hooks; do
    expect_exit 0 "$TMPGUARD" install --into $manager
    expect_output 'tmpguard check --record'
done
ok "every manager's lines record what passed"

mkdir -p "$scratch/many/a" "$scratch/many/b"
git init -q "$scratch/many/a"
git init -q "$scratch/many/b"
expect_exit 0 "$TMPGUARD" install --under "$scratch/many"
expect_output "^$scratch/many/a: tmpguard [0-9.]+ now checks commits, merges and pushes of this repository\$"
expect_exit 0 "$TMPGUARD" -C "$scratch/many/b" uninstall
expect_exit 0 "$TMPGUARD" uninstall --under "$scratch/many"
expect_output "^$scratch/many/a: tmpguard no longer checks commits, merges and pushes of this repository\$"
expect_output "^$scratch/many/b: nothing is installed\$"
expect_output '^2 clones, 2 of them done, 0 failed$'
ok "of each of many clones it is said what became of it"

repository said
expect_exit 0 "$TMPGUARD" install
expect_exit 0 "$TMPGUARD" uninstall
if modern_git; then
    expect_output '^took hook\.tmpguard out of .*/said/\.git/config$'
fi
mkdir "$scratch/shared"
git config core.hooksPath "$scratch/shared"
if ! modern_git; then
    expect_exit 0 "$TMPGUARD" install
    expect_exit 0 "$TMPGUARD" uninstall
    expect_output "^set core\.hooksPath in .*/said/\.git/config back to $scratch/shared\$"
fi
expect_exit 0 "$TMPGUARD" install --global
expect_exit 0 "$TMPGUARD" uninstall --global
expect_output '^took (core\.hooksPath|hook\.tmpguard) out of .*/\.gitconfig$'
expect_output "^what 'tmpguard coverage' counts stays in repositories, in \.git/tmpguard/approved: "
expect_output '^tmpguard no longer checks commits, merges and pushes of all repositories of this user$'
ok "what was done is said in the words in which it was undone"

if modern_git && [ -x /usr/bin/git ] && ! PATH=/usr/bin modern_git; then
    mkdir "$scratch/bin"
    ln -s "$TMPGUARD" "$scratch/bin/tmpguard"
    PATH=$scratch/bin:$PATH
    repository both
    expect_exit 0 "$TMPGUARD" install
    expect_output "^/usr/bin/git \(.*\) does not run hooks from git's settings, so nothing is checked with it; for both: "
    sed -n "s/.* with it; for both: //p" "$out" >"$scratch/repair"
    expect_exit 1 "$TMPGUARD" doctor --git /usr/bin/git
    expect_exit 0 sh "$scratch/repair"
    expect_exit 0 "$TMPGUARD" doctor
    expect_exit 0 "$TMPGUARD" uninstall
    ok "an older git beside this one is named, with what installs for both"
fi

# A git that was built to have its settings for all users in a place of its own.
mkdir "$scratch/odd" "$scratch/elsewhere"
real=$(command -v git)
hook "$scratch/odd/git" "exec env -u GIT_CONFIG_NOSYSTEM GIT_CONFIG_SYSTEM='$scratch/elsewhere/gitconfig' '$real' \"\$@\""
(
    PATH=$scratch/odd:$PATH
    repository strict
    git config --system hooks.tmpguard.excuses none
    printf 'import tempfile\nname = tempfile.mktemp()  # noqa: S306\n' >a.py
    git add a.py
    snapshot before
    expect_exit 0 "$TMPGUARD" check
    for reach in '' --global; do
        # shellcheck disable=SC2086 # none, or one
        expect_exit 0 "$TMPGUARD" install $reach
        expect_exit 1 "$TMPGUARD" check
        # shellcheck disable=SC2086
        expect_exit 0 "$TMPGUARD" install $reach
        expect_output '^already installed'
        # shellcheck disable=SC2086
        expect_exit 0 "$TMPGUARD" uninstall $reach
        snapshot after
        expect_same before after
    done
) || exit 1
ok "settings that only git finds count from the installation on"

repository unanswered
snapshot before
expect_exit 2 "$TMPGUARD" install --output no/where
expect_exit 2 "$TMPGUARD" install --global --format html
snapshot after
expect_same before after
ok "where the answer cannot be given nothing is installed"

mkdir -p "$scratch/prefix/bin"
chmod 755 "$scratch" "$scratch/prefix" "$scratch/prefix/bin"
cp "$TMPGUARD" "$scratch/prefix/bin/tmpguard"
export GIT_CONFIG_SYSTEM="$scratch/system"
# shellcheck disable=SC2034 # of lib.sh
also_snapshot=$scratch/prefix
snapshot before
# git is told to leave these settings out, so nothing that is put there could run.
expect_exit "$(modern_git && echo 0 || echo 3)" "$scratch/prefix/bin/tmpguard" install --system
if modern_git; then
    expect_exit 0 "$scratch/prefix/bin/tmpguard" uninstall --system
else
    expect_silence
    expect_error '^tmpguard: git would not run what is in .*/prefix/lib/tmpguard/hooks: '
fi
snapshot after
expect_same before after
ok "what failed tells nothing of what it took back"
again_with_new_git
