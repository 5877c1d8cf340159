#!/bin/sh
# An answer that is remembered is given again only while all that it was made from is as it was.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"

repository work
secure a.py
printf 'import os\n' >b.py
commit base
expect_exit 0 "$TMPGUARD" install
expect_exit 0 "$TMPGUARD" daemon start

# Until the daemon has looked at what there is, and all that is there is older than a tick of the clock.
settle() {
    last=-1
    while now=$(state prepared) && [ "$now" -ne "$last" ]; do
        last=$now
        sleep 0.3
    done
}

# remembers COMMAND…: it was answered from memory; the machine may be slow, so this is tried again.
remembers() {
    for _ in 1 2 3 4 5; do
        before=$(state recalled)
        "$@" >"$out" 2>"$err"
        [ "$(state recalled)" -eq "$before" ] || return 0
        sleep 0.3
    done
    failed "never from memory: $*"
}

# change WORDS: of b.py, and a commit of it.
change() {
    echo "# $1" >>b.py
    git add b.py
    settle
    git commit -qm "$1" || failed "not committed: $1"
}

# The hook's own environment is known from the first commit on.
change one
n=1
commit_again() {
    n=$((n + 1))
    change $n
}
remembers commit_again
ok "what git add staged is known when git commit asks"

known=$(wc -l <.git/tmpguard/approved)
remembers commit_again
expect_exit 0 test "$(wc -l <.git/tmpguard/approved)" -gt "$known"
expect_exit 0 grep -q "^$(git rev-parse 'HEAD^{tree}') " .git/tmpguard/approved
ok "a commit that is answered from memory is on record"

echo '# all' >>b.py
git add b.py
settle
before=$(state recalled)
git commit -qam all
echo '# part' >>b.py
git add b.py
settle
git commit -qm part b.py
[ "$(state recalled)" -ge "$before" ] || failed 'it forgot'
expect_exit 0 grep -q "^$(git rev-parse 'HEAD^{tree}') " .git/tmpguard/approved
ok "commit -a and a commit of one file have an index of their own"

# same WHAT [VARIABLE]: the same answer as without a daemon, from a daemon that has an answer to what was before.
same() {
    env ${2:+"$2"} "$TMPGUARD" check >"$scratch/alone" 2>&1
    alone=$?
    env ${2:+"$2"} "$hook" >"$out" 2>"$err"
    with=$?
    [ $with -eq $alone ] || failed "$with with a daemon, $alone without: $1"
    cat "$out" "$err" | sed 's/ ([0-9.]* ms)//' >"$scratch/with"
    sed 's/ ([0-9.]* ms)//' "$scratch/alone" | cmp - "$scratch/with" >"$out" || failed "it prints something else: $1"
}

# known: what is there is in memory; the next change is one that it has to see.
known() {
    settle
    remembers "$hook"
}

# touched FILE COMMAND…: its times are afterwards what they were.
touched() {
    file=$1
    shift
    touch -r "$file" "$scratch/times"
    "$@"
    touch -r "$scratch/times" "$file"
}

git commit -q --no-verify --allow-empty -m again
known
secure c.py
git add c.py
same 'a file is staged'
expect_exit 0 test $alone -eq 0
known
insecure c.py
git add c.py
same 'another content is staged'
expect_exit 0 test $alone -eq 1
ok "another index"

# The same size and times; the index is written over where it is, or another takes its place.
git reset -q --hard
printf 'import tempfile\ntempfile.mkdtemp()\n' >c.py
git add c.py
cp .git/index "$scratch/good"
git write-tree >"$scratch/tree"
cp .git/index "$scratch/good.written"
printf 'import tempfile\ntempfile.mktemp( )\n' >c.py
git add c.py
cp .git/index "$scratch/bad"
git write-tree >"$scratch/tree"
cp .git/index "$scratch/bad.written"
for as in '' .written; do
    expect_exit 0 test "$(wc -c <"$scratch/good$as")" -eq "$(wc -c <"$scratch/bad$as")"
done
over() {
    cat "$1" >.git/index
}
instead() {
    cp "$1" .git/index.new
    mv .git/index.new .git/index
}
for way in over instead; do
    for as in '' .written; do
        $way "$scratch/good$as"
        known
        touched .git/index $way "$scratch/bad$as"
        same "a bad index$as, $way"
        expect_exit 0 test $alone -eq 1
        $way "$scratch/good$as"
        same "a good index$as, $way"
        expect_exit 0 test $alone -eq 0
    done
done
$way "$scratch/good"
known
before=$(state recalled)
$way "$scratch/good.written"
same 'the same tree'
[ "$(state recalled)" -gt "$before" ] || failed 'an index of the same tree is not known'
git read-tree --empty
same 'an empty index'
rm .git/index
same 'no index'
git reset -q --hard
ok "an index of the same size and the same times"

# What is staged stays; what it is compared with does not.
printf 'import tempfile\ntempfile.mktemp()\n' >old.py
git add old.py
git commit -q --no-verify -m old
new=$(git rev-parse HEAD) old=$(git rev-parse HEAD~1)
point() {
    echo "$1" >.git/refs/heads/main
}
known
touched .git/refs/heads/main point "$old"
same 'the branch moved'
expect_exit 0 test $alone -eq 1
point "$new"
same 'the branch moved back'
expect_exit 0 test $alone -eq 0
known
git branch other "$old"
touched .git/HEAD git symbolic-ref HEAD refs/heads/other
same 'HEAD is another branch'
expect_exit 0 test $alone -eq 1
git symbolic-ref HEAD refs/heads/main
known
git pack-refs --all
same 'refs are packed'
known
echo "$old" >.git/MERGE_HEAD
same 'a merge begins'
rm .git/MERGE_HEAD
git reset -q --hard
ok "another HEAD, another branch, a merge"

printf 'import tempfile\ntempfile.mktemp()  # tmpguard: ignore[py/insecure-temporary-file] it is a test\n' >excused.py
git add excused.py
known
git config hooks.tmpguard.excuses none
same 'the policy of the repository'
expect_exit 0 test $alone -eq 1
settle
git config hooks.tmpguard.excuses any
settle
"$hook" >"$out" 2>&1
git config --global hooks.tmpguard.excuses none
same 'settings that git has read'
expect_exit 0 test $alone -eq 1
git config --global --unset hooks.tmpguard.excuses
settle
git config --unset hooks.tmpguard.excuses
same 'the policy is gone'
expect_exit 0 test $alone -eq 0
known
git config --global hooks.tmpguard.blocks all
same "the user's policy"
git config --global --unset hooks.tmpguard.blocks
known
printf '[include]\n\tpath = %s/more\n' "$scratch" >>.git/config
same 'settings are included'
known
printf '[hooks "tmpguard"]\n\texcuses = none\n' >"$scratch/more"
same 'from a file that came'
expect_exit 0 test $alone -eq 1
git config --remove-section include
rm -f "$scratch/more"
known
printf '[tmpguard]\n\texcuses = none\n' >.tmpguard
git add .tmpguard
same 'a policy in the tree'
expect_exit 0 test $alone -eq 1
git rm -qf .tmpguard
git reset -q --hard
printf '*.py diff\n' >.gitattributes
known
printf '*.py -diff -text working-tree-encoding=UTF-16\n' >.gitattributes
same 'attributes'
rm .gitattributes
ok "another policy, other settings, other attributes"

insecure d.py
git add d.py
expect_exit 1 "$hook"
git init -q "$scratch/elsewhere"
settle
"$hook" >"$out" 2>&1
for variable in GIT_DIR="$scratch/elsewhere/.git" GIT_INDEX_FILE="$scratch/none" GIT_CONFIG_GLOBAL="$scratch/none" \
    HOME="$scratch/elsewhere" XDG_CONFIG_HOME="$scratch/elsewhere" GIT_OBJECT_DIRECTORY="$scratch/none" PATH=/none \
    GITHEAD_0000000000000000000000000000000000000000=x GIT_WORK_TREE="$scratch/elsewhere" NO_COLOR=1 LANG=de; do
    "$hook" >"$out" 2>&1
    same "with $variable" "$variable"
done
ok "another environment"

settle
"$hook" >"$out" 2>&1
blob=$(git rev-parse :d.py)
object=.git/objects/$(echo "$blob" | cut -c1-2)/$(echo "$blob" | cut -c3-)
mv "$object" "$scratch/object"
same 'an object is gone'
mv "$scratch/object" "$object"
mv .git/objects "$scratch/objects"
mkdir .git/objects
same 'all objects are gone'
rmdir .git/objects
mv "$scratch/objects" .git/objects
mv .git .moved
same 'the repository is gone'
mv .moved .git
git reset -q --hard
ok "what is gone is not remembered"

git worktree add -q "$scratch/linked" "$new"
cd "$scratch/linked" || exit 1
secure linked.py
git add linked.py
"$hook" >"$out" 2>&1
known
insecure linked.py
git add linked.py
same 'a linked worktree'
expect_exit 0 test $alone -eq 1
git reset -q --hard
known
git checkout -q "$old"
same 'another commit in it'
cd ../work || exit 1
ok "a linked worktree"

known
chmod 000 .git/config
same 'settings that cannot be read'
chmod 644 .git/config
known
mkdir -p "$scratch/target"
mv .git "$scratch/target/.git"
ln -s "$scratch/target/.git" .git
same 'the git folder is a link'
rm .git
mv "$scratch/target/.git" .git
ok "other modes and links"
