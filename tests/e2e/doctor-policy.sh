#!/bin/sh
# tmpguard status, doctor: a policy that nothing can be checked by is named, with its place and a repair that repairs it.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; words in single quotes
. "$(dirname "$0")/lib.sh"

git_here=$(command -v git)
mkdir "$scratch/bin"
ln -s "$TMPGUARD" "$scratch/bin/tmpguard"
hook "$scratch/bin/sudo" 'exec "$@"'

# misset PLACE WORDS: the gate stops, doctor and status say where and why, and all is well once the repairs were pasted.
misset() {
    git add -A
    expect_exit 1 git commit -q --allow-empty -m x
    both_say "$1" "$2"
    expect_exit 0 git commit -q --allow-empty -m x
}

both_say() {
    expect_exit 1 "$TMPGUARD" status
    expect_output "$1.*$2"
    [ "$(wc -l <"$out")" -eq 1 ] || failed 'more than one line'
    expect_exit 1 "$TMPGUARD" status --json
    expect_json "d['fires'] is False" "d['installed'] is True" "d['reason']"
    expect_exit 1 "$TMPGUARD" doctor --git "$git_here" --json
    expect_json "d['fires'] is False" \
        "all(c['id'] == 'policy' and c['repair'] for c in d['checks'] if c['state'] == 'fail')"
    expect_exit 1 "$TMPGUARD" doctor --git "$git_here"
    expect_output "^error: $1.*$2"
    sed -n '/^error: /{n;s/^  repair: //p}' "$out" >"$scratch/repairs"
    while read -r repair; do
        (PATH=$scratch/bin:$PATH && eval "$repair") >"$out" 2>"$err" </dev/null || failed "the repair fails: $repair"
    done <"$scratch/repairs"
    expect_exit 0 "$TMPGUARD" doctor --git "$git_here"
    expect_exit 0 "$TMPGUARD" status
}

repository wrong
expect_exit 0 "$TMPGUARD" install
here=$PWD
secure a.py
git add -A && git commit -q -m a || exit 1

git config hooks.tmpguard.excuses bad
misset "$here/\.git/config:[0-9]+ \(local settings\): " "'bad' of 'excuses' is none of any, tmpguard, reasoned, none"
git config hooks.tmpguard.blocks touched
git config --add hooks.tmpguard.blocks "it's
new"
misset "$here/\.git/config:[0-9]+ \(local settings\): " "of 'blocks' is none of introduced, touched"
[ "$(git config hooks.tmpguard.blocks)" = touched ] || failed 'a right value is gone, too'
git config --unset hooks.tmpguard.blocks
git config --global hooks.tmpguard.exluce vendor/
misset "$HOME/\.gitconfig:[0-9]+ \(global settings\): " "unknown key 'exluce'; did you mean 'exclude'\?"
printf '[hooks "tmpguard"]\n\tmissing\n' >>.git/config
misset "$here/\.git/config:[0-9]+ \(local settings\): " "'' of 'missing' is none of "
git config hooks.tmpguard.deadline abc
misset "$here/\.git/config:[0-9]+ \(local settings\): " "'abc' of 'deadline' is not a number of seconds from 0 to 86400"
ok "a wrong value of git's settings, in each scope, and nothing else goes"

git config hooks.tmpguard.excuses bad
git config hooks.tmpguard.blocks worse
git config --global hooks.tmpguard.nothing x
expect_exit 1 "$TMPGUARD" doctor --git "$git_here"
[ "$(grep -c '^error: ' "$out")" -eq 3 ] || failed 'not all three'
both_say "$HOME/\.gitconfig" 'unknown key'
ok "all that is wrong is told at once"

export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=hooks.tmpguard.excuses GIT_CONFIG_VALUE_0=bad
expect_exit 1 "$TMPGUARD" status
expect_exit 1 "$TMPGUARD" doctor --git "$git_here"
expect_output '^error: command line \(command settings\): '
expect_output '^  repair: unset GIT_CONFIG_COUNT '
unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
ok "one that the shell holds"

printf '[tmpguard]\n\texcuses = reasonable\n' >.tmpguard
misset '\.tmpguard:2 \(of what is staged\): ' "'reasonable' of 'excuses' is none of "
printf '[tmpguard]\n\texcuses = reasoned\n\tblock = touched\n' >.tmpguard
misset '\.tmpguard:3 \(of what is staged\): ' "unknown key 'block'"
[ "$(git show :.tmpguard)" = "$(printf '[tmpguard]\n\texcuses = reasoned\n')" ] || failed 'something else is gone'
printf '[tmpguard]\n\texcuses = worse\n' >.tmpguard
git add .tmpguard
printf '[tmpguard]\n\texcuses = reasoned\n' >.tmpguard
both_say '\.tmpguard:2 \(of what is staged\): ' "'worse' of 'excuses' is none of "
[ "$(git show :.tmpguard)" = "$(cat .tmpguard)" ] || failed 'what was right on disk is not staged'
hook "$scratch/bin/write" 'printf "[tmpguard]\n\texcuses = none\n" >"$1"'
export GIT_EDITOR="$scratch/bin/write"
printf '[tmpguard\n' >.tmpguard
misset '\.tmpguard:1: ' ''
git rm -q --cached .tmpguard
rm .tmpguard
ln -s a.py .tmpguard
git add .tmpguard
expect_exit 1 "$TMPGUARD" doctor --git "$git_here"
expect_output '^error: \.tmpguard: it is a symbolic link, and must be a file'
expect_output '^  advice: make \.tmpguard a regular file'
git rm -q -f .tmpguard
git commit -q -n -m none
ok "a wrong .tmpguard that is staged, in each way"

git worktree add -q ../beside 2>/dev/null
printf '[tmpguard]\n\tnone = 1\n' >../beside/.tmpguard
git -C ../beside add .tmpguard
expect_exit 0 "$TMPGUARD" status
expect_exit 1 "$TMPGUARD" -C ../beside status
expect_exit 1 "$TMPGUARD" doctor --git "$git_here"
expect_output "^error: \.tmpguard:2 \(of what is staged\): .* \(in .*/beside\)\$"
git -C ../beside rm -q -f .tmpguard
expect_exit 0 "$TMPGUARD" doctor --git "$git_here"
ok "and in each worktree, which doctor looks at, and status does not"

git init -q --bare "$scratch/server.git"
git remote add origin "$scratch/server.git"
expect_exit 0 "$TMPGUARD" install --server "$scratch/server.git"
git -C "$scratch/server.git" config hooks.tmpguard.deadline abc
expect_exit 1 git push -q origin main
expect_error "^remote: tmpguard: the server's settings are wrong, .*: $scratch/server\.git/config:[0-9]+: 'abc' of 'deadline' is not a number"
cd "$scratch/server.git" || exit 1
both_say "$scratch/server\.git/config:[0-9]+ \(local settings\): " "'abc' of 'deadline' is not"
git config hooks.tmpguard.deadline 86401
both_say "$scratch/server\.git/config:[0-9]+ \(local settings\): " "'86401' of 'deadline' is not"
cd "$here" || exit 1
expect_exit 0 git push -q origin main
printf '[tmpguard]\n\tnone = 1\n' >.tmpguard
commit wrong
expect_exit 0 "$TMPGUARD" uninstall --server "$scratch/server.git"
git push -q --no-verify origin main
expect_exit 0 "$TMPGUARD" install --server "$scratch/server.git"
expect_exit 0 "$TMPGUARD" -C "$scratch/server.git" status
expect_exit 0 "$TMPGUARD" -C "$scratch/server.git" doctor --git "$git_here"
expect_output '^warning: \.tmpguard:2 \(of what is in HEAD\): '
expect_output '^  advice: push a commit that repairs it'
ok "the settings of a server, which says to who pushes whose they are"
again_with_new_git
