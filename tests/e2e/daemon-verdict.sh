#!/bin/sh
# The same verdict, byte for byte, with and without the daemon: on every case, staged in a repository of its own, and
# on what git's hook may be given. With TMPGUARD_CASES_EVERY=N it is one case in N.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
cases=$(cd "$(dirname "$0")/../cases" && pwd)
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"
"$TMPGUARD" daemon start --quiet || failed 'it does not start'

# same COMMAND…: what the program and tmpguard-hook say and return, but for the time they took.
same() {
    expect_exit 0 true
    "$TMPGUARD" check --no-cache >"$scratch/plain.out" 2>"$scratch/plain.err"
    echo "exit $?" >>"$scratch/plain.out"
    TMPGUARD_HOOK='' "$hook" >"$scratch/asked.out" 2>"$scratch/asked.err"
    echo "exit $?" >>"$scratch/asked.out"
    sed -i 's/ ([0-9.]* ms)$//' "$scratch/plain.out" "$scratch/asked.out"
    diff "$scratch/plain.out" "$scratch/asked.out" || failed "another verdict: $1"
    diff "$scratch/plain.err" "$scratch/asked.err" || failed "another complaint: $1"
}

count=0 seen=0 every=${TMPGUARD_CASES_EVERY:-1}
repository case
for folder in "$cases"/*/*/; do
    seen=$((seen + 1))
    [ $((seen % every)) -eq 0 ] || continue
    rm -rf "$scratch/case/files" .git/index
    cp -R "$folder" files || exit 1
    git add -f . 2>/dev/null || failed "cannot stage $folder"
    same "$folder"
    count=$((count + 1))
done
expect_exit 0 test $((count * every)) -gt 400
answered=$(requests)
expect_exit 0 test "$answered" -ge $count
ok "$count cases, cold"

rm -rf files .git/index
cp -R "$cases" files
git add -f . 2>/dev/null
same 'all cases'
same 'all cases, warm'
ok "all of them in one commit"

repository kinds
insecure old.py
secure a.py
mkdir deep && secure deep/b.py
commit base
git branch side
insecure a.py
commit ours
git checkout -q side
insecure deep/b.py
commit theirs
hook .git/hooks/pre-commit \
    '"$TMPGUARD" check --no-cache 2>&1 | sed "s/ ([0-9.]* ms)$//" >"$scratch/plain"' \
    '"$hook" check 2>&1 | sed "s/ ([0-9.]* ms)$//" >"$scratch/asked"'
cp .git/hooks/pre-commit .git/hooks/pre-merge-commit
export TMPGUARD hook scratch

# commits COMMAND…: git runs the hook, and both say the same.
commits() {
    rm -f "$scratch/plain" "$scratch/asked"
    before=$(requests)
    "$@" >"$out" 2>"$err"
    expect_exit 0 test -s "$scratch/plain"
    expect_exit 0 cmp "$scratch/plain" "$scratch/asked"
    expect_exit 0 test "$(requests)" -eq $((before + 1))
}

insecure new.py
git add new.py
commits git commit -q -m as-is
echo '# more' >>deep/b.py
commits git commit -q -a -m all
echo '# more' >>deep/b.py
insecure deep/c.py
git add deep/c.py
commits git commit -q -m only deep/b.py
commits git commit -q --amend --no-edit
(cd deep && commits git commit -q -m below --allow-empty)
commits git merge -q main -m merge
git worktree add -q ../linked 2>/dev/null
cd ../linked || exit 1
insecure tree.py
git add tree.py
commits git commit -q -m linked
commits git --git-dir="$scratch/kinds/.git" --work-tree="$scratch/kinds" commit -q -a --allow-empty -m elsewhere
ok "as it is, -a, a path, --amend, from a folder below, a merge, a linked worktree, another work tree"

cd ../kinds || exit 1
insecure café.py
git add café.py
for setting in LC_ALL=C LC_ALL=C.UTF-8 TERM=dumb NO_COLOR=1 COLUMNS=20 GIT_INDEX_FILE=.git/index GIT_TRACE=1; do
    expect_exit 0 true
    env "$setting" "$TMPGUARD" check 2>&1 | sed 's/ ([0-9.]* ms)$//; s/^[0-9:.]* //' >"$scratch/plain"
    env "$setting" "$hook" 2>&1 | sed 's/ ([0-9.]* ms)$//; s/^[0-9:.]* //' >"$scratch/asked"
    expect_exit 0 cmp "$scratch/plain" "$scratch/asked"
done
expect_exit 0 cmp "$scratch/plain" "$scratch/asked"
ok "whatever the environment says"

if command -v script >/dev/null; then
    for columns in 40 100 '100; export VTE_VERSION=7006'; do
        for program in "$TMPGUARD check" "$hook"; do
            script -qec "stty cols $columns; TERM=xterm $program" /dev/null </dev/null
        done | sed 's/ ([0-9.]* ms)//' >"$scratch/both"
        half=$(($(wc -l <"$scratch/both") / 2))
        head -n $half "$scratch/both" >"$scratch/plain"
        tail -n $half "$scratch/both" >"$scratch/asked"
        expect_exit 0 grep -q "$(printf '\033')" "$scratch/plain"
        expect_exit 0 cmp "$scratch/plain" "$scratch/asked"
    done
    expect_exit 0 grep -q "$(printf '\033]8;;file:')" "$scratch/plain"
    ok "on a terminal, narrow and wide, and on one that makes links"
fi

git config core.fsmonitor "touch $scratch/ran; false"
git config diff.external "touch $scratch/ran"
same 'settings with commands'
expect_exit 1 test -e "$scratch/ran"
git config --unset core.fsmonitor
git config --unset diff.external
ok "no command of the repository's settings is run"

if [ "$(id -u)" -eq 0 ]; then
    chown -R 12345 "$scratch/kinds"
    same 'a repository of another user'
    expect_exit 0 grep -q 'exit [23]' "$scratch/asked.out"
    chown -R 0 "$scratch/kinds"
    ok "a repository of another user is refused as without it"
fi

printf '[tmpguard]\n\tnonsense = 1\n' >.tmpguard
git add .tmpguard
same 'a wrong policy'
git rm -qf .tmpguard
head -c 5000000 /dev/zero | tr '\0' '#' >large.py
echo 'import tempfile; tempfile.mktemp()' >>large.py
git add large.py
same 'a file that is too large'
expect_exit 0 grep -q 'incomplete' "$scratch/plain.out"
git rm -qf --cached large.py
chmod 000 .git/objects/??/* 2>/dev/null
same 'objects that cannot be read'
ok "what is refused or incomplete is left to the program itself"

cd "$scratch" || exit 1
same 'no repository'
ok "and so is a folder without a repository"
