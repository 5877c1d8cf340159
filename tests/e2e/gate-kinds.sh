#!/bin/sh
# Paths and names, and every kind of repository and index that libgit2 cannot read or reads otherwise: the gate stops
# what introduces a call, lets through what does not, and leaves everything as it was.
#
#   core.quotePath, names of any byte, diff settings of the user        "names and settings"
#   symlinks, submodules, a link that becomes a file                    "types" (more in changes.sh)
#   ownership                                                           gate-hook.sh, "two users"
#   split, sparse, v4, without a hash, UNTR, EOIE, IEOT                 "formats of the index" (more in repositories.sh)
#   FSMN: core.fsmonitor is never run                                   "a file system monitor"
#   SHA-256                                                             "SHA-256" (more in repositories.sh)
#   reftable (git of 2.45 or newer, as TMPGUARD_TEST_GIT)               "reftable"
#   worktreeConfig, relativeWorktrees, preciousObjects, unknown ones    "extensions"
#   partial clone: what is promised is not fetched, and not clean       "a partial clone"
#   commit-graph, multi-pack-index, bitmaps, reverse index              "what git keeps beside packs"
#   shallow, grafts, replace refs: the bytes that are committed count   "another past"
#   alternates: relative, nested, of the environment                    "borrowed objects"
#   includeIf, core.ignoreCase, precomposeUnicode                       "settings that change nothing"
#   a large blob                                                        "a large file"
#   GIT_OBJECT_DIRECTORY, GIT_COMMON_DIR                                "folders of the environment"
#   an index that is damaged                                            "a damaged index"
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

# both_ways: a call is stopped as it is, with -a and by its path; something secure is not.
both_ways() {
    insecure call.py
    git add call.py
    stopped git commit -m x
    stopped git commit -m x call.py
    git rm -q --cached call.py && rm call.py
    echo 'again = tempfile.mktemp()' >>deep/a.py
    stopped git commit -a -m x
    stopped git commit -m x deep
    git checkout -q deep/a.py
    echo '# more' >>deep/a.py
    allows git commit -q -a -m x
    secure other.py
    git add other.py
    allows git commit -q -m x
    git rm -q other.py && allows git commit -q -m x
}

repository names
fill
for setting in core.quotePath=true color.ui=always diff.noprefix=true diff.external=/bin/false diff.renames=copies \
    diff.relative=true diff.ignoreSubmodules=all core.pager=false log.showSignature=true \
    status.relativePaths=true; do
    git config "${setting%%=*}" "${setting#*=}"
done
both_ways
for name in "$(printf '\303\251.py')" "$(printf '\351.py')" "$(printf 'new\nline.py')" "$(printf 't\tab.py')" ' a.py' '-x.py' '"q".py' ':x.py' \
    'a\b.py' "$(printf '%0200d.py' 1)"; do
    insecure "./$name"
    git add -A
    stopped git commit -m x
    expect_exit 1 "$TMPGUARD" check --format json
    expect_json "len(d['findings']) == 1" "d['stats']['files'] == 1"
    git rm -q --cached -- "./$name" && rm "./$name"
done
ok 'names and settings'

ln -s old.py link.py
git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),sub.py"
git add link.py
allows git commit -q -m x
rm link.py && insecure link.py
stopped git commit -m x link.py
git checkout -q link.py
git update-index --cacheinfo "100644,$(git rev-parse HEAD:old.py),sub.py"
stopped git commit -m x
git reset -q
ok 'types'

repository formats
fill
for change in 'update-index --index-version 2' 'update-index --index-version 4' 'update-index --force-untracked-cache' \
    'update-index --split-index' 'update-index --no-split-index' 'config index.recordEndOfIndexEntries true' \
    'config index.threads 4' 'config index.recordOffsetTable true' 'config index.skipHash true' 'config feature.manyFiles true' \
    'config core.splitIndex true' 'sparse-checkout set --cone --sparse-index deep' 'sparse-checkout disable'; do
    # shellcheck disable=SC2086
    git $change 2>/dev/null || failed "git $change"
    both_ways
done
ok 'formats of the index'

repository monitor
fill
hook "$scratch/watch" "echo ran >>'$scratch/monitored'" "printf 'token\\0/\\0'"
git config core.fsmonitor "$scratch/watch"
git update-index --fsmonitor
grep -q FSMN .git/index || failed 'the index knows of no monitor'
insecure call.py
git add call.py
rm -f "$scratch/monitored"
expect_exit 1 "$TMPGUARD" check
cp .git/index .git/other
head -c 100 .git/index >.git/cut
expect_exit 1 env GIT_INDEX_FILE=.git/other "$TMPGUARD" check
GIT_INDEX_FILE=.git/cut "$TMPGUARD" check >"$out" 2>"$err" && failed 'an index that is cut is clean'
GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.fsmonitor GIT_CONFIG_VALUE_0=$scratch/watch
export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
expect_exit 1 "$TMPGUARD" check
unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
[ ! -e "$scratch/monitored" ] || failed 'the file system monitor was run'
git config core.fsmonitor true
expect_exit 1 "$TMPGUARD" check
git config --unset core.fsmonitor
git rm -q --cached call.py && rm call.py
both_ways
ok 'a file system monitor is never run'

git init -q --object-format=sha256 "$scratch/sha256" && cd "$scratch/sha256" || exit 1
fill
both_ways
git update-index --split-index && both_ways
git repack -adq && git pack-refs --all && both_ways
ok 'SHA-256'

reftable() {
    PATH=$(dirname "$TMPGUARD_TEST_GIT"):$PATH
    export PATH
    git init -q --ref-format=reftable "$scratch/reftable" && cd "$scratch/reftable" || exit 1
    insecure first.py
    git add .
    guard
    stopped git commit -m x
    git rm -q --cached first.py && rm first.py
    fill
    both_ways
    git worktree add -q "$scratch/reftable-linked" && cd "$scratch/reftable-linked" || exit 1
    both_ways
    ok 'reftable'
}
if [ -n "${TMPGUARD_TEST_GIT:-}" ] && "$TMPGUARD_TEST_GIT" init -h 2>&1 | grep -q ref-format; then
    (reftable) || exit 1
else
    echo 'not run: reftable, which takes a git of 2.45 or newer; TMPGUARD_TEST_GIT names none'
fi

repository extensions
fill
git config core.repositoryFormatVersion 1
for extension in noop=true preciousObjects=true worktreeConfig=true partialClone=origin objectFormat=sha1; do
    git config "extensions.${extension%=*}" "${extension#*=}"
    both_ways
done
git worktree add -q -b linked "$scratch/extended" && cd "$scratch/extended" || exit 1
git config --worktree core.sparseCheckout false
both_ways
cd "$scratch/extensions" || exit 1
insecure call.py
git add call.py
git config extensions.strange true
expect_exit 2 "$TMPGUARD" check
expect_error 'strange'
git config --file .git/config --unset extensions.strange
git config --file .git/config core.repositoryFormatVersion 99
expect_exit 2 "$TMPGUARD" check
expect_error '99'
ok 'extensions: those that git knows, and none that it does not'

repository promised
insecure old.py
secure a.py
mkdir deep && secure deep/a.py
commit base
git config uploadpack.allowFilter true && git config uploadpack.allowAnySHA1InWant true
git clone -q --filter=blob:none "file://$scratch/promised" "$scratch/partial" && cd "$scratch/partial" || exit 1
guard
both_ways
git clone -q --filter=blob:none --no-checkout "file://$scratch/promised" "$scratch/hollow" && cd "$scratch/hollow" || exit 1
git read-tree HEAD
stored() { git count-objects -v | sed -n 's/^\(count\|in-pack\): //p'; }
other=$(printf 'import tempfile\nx = tempfile.mktemp()\nz = 1\n' | git hash-object -w --stdin)
git update-index --cacheinfo "100644,$other,a.py"
after=$(stored)
# What a.py was before is promised: whether the call is new cannot be told.
expect_exit 3 "$TMPGUARD" check --no-cache
expect_output '^a.py: incomplete: '
[ "$(stored)" = "$after" ] || failed 'something was fetched'
git update-index --add --cacheinfo "100644,$other,new.py"
expect_exit 1 "$TMPGUARD" check --no-cache
expect_output '^new.py:2:5: error: '
[ "$(stored)" = "$after" ] || failed 'something was fetched'
ok 'a partial clone: what is promised is not fetched, and not clean'

cd "$scratch/names" && git reset -q --hard && git clean -qfd && cp -R . "$scratch/kept" && cd "$scratch/kept" || exit 1
for command in 'commit-graph write --reachable' 'repack -adqb' 'multi-pack-index write' 'repack -dq' 'pack-refs --all' \
    'gc -q --prune=now'; do
    # shellcheck disable=SC2086
    git $command 2>/dev/null || failed "git $command"
    both_ways
done
ok 'what git keeps beside packs'

git clone -q --depth 1 "file://$scratch/names" "$scratch/shallow" && cd "$scratch/shallow" || exit 1
guard
both_ways
cd "$scratch/kept" || exit 1
insecure call.py
git add call.py
git replace -f "$(git rev-parse :call.py)" "$(git rev-parse HEAD:deep/a.py)"
stopped git commit -m x
git replace -d "$(git rev-parse :call.py)" >/dev/null
git replace "$(git rev-parse 'HEAD^{tree}')" "$(git write-tree)"
stopped git commit -m x
git replace -d "$(git rev-parse 'HEAD^{tree}')" >/dev/null
git rm -q --cached call.py && rm call.py
ok 'another past: shallow, replaced'

git clone -q --shared "$scratch/kept" "$scratch/borrower" && git clone -q --shared "$scratch/borrower" "$scratch/second" &&
    cd "$scratch/second" || exit 1
guard
both_ways
echo "../../../borrower/.git/objects" >.git/objects/info/alternates
both_ways
insecure call.py
git add call.py
mv .git/objects/info/alternates "$scratch/lent"
expect_exit 1 env GIT_ALTERNATE_OBJECT_DIRECTORIES="$scratch/borrower/.git/objects:$scratch/kept/.git/objects" "$TMPGUARD" check
"$TMPGUARD" check >"$out" 2>"$err" && failed 'without the objects it is clean'
mv "$scratch/lent" .git/objects/info/alternates
stopped git commit -m x
ok 'borrowed objects'

cd "$scratch/kept" || exit 1
git config includeIf.gitdir:/.path /nonexistent
git config core.ignoreCase true
git config core.precomposeUnicode true
git config core.symlinks false
git config core.fileMode false
git config core.autocrlf true
both_ways
git config --unset core.autocrlf
ok 'settings that change nothing'

# More than is read at all, and more than is parsed.
{ echo 'import tempfile'; head -c 5000000 /dev/zero | tr '\0' '#'; echo; echo 'x = tempfile.mktemp()'; } >large.py
git add large.py
state >"$scratch/.before"
git commit -q -m x >"$out" 2>"$err" && failed 'a large file with a call was committed'
expect_error '^large.py: incomplete: '
state >"$scratch/.after"
cmp -s "$scratch/.before" "$scratch/.after" || failed 'something is other than before'
git rm -q --cached large.py && rm large.py
ok 'a large file'

insecure call.py
git add call.py
mv .git/objects "$scratch/objects"
expect_exit 1 env GIT_OBJECT_DIRECTORY="$scratch/objects" "$TMPGUARD" check
mv "$scratch/objects" .git/objects
git worktree add -q "$scratch/kept-linked" && cd "$scratch/kept-linked" || exit 1
insecure call.py
git add call.py
expect_exit 1 env GIT_DIR="$scratch/kept/.git/worktrees/kept-linked" GIT_COMMON_DIR="$scratch/kept/.git" "$TMPGUARD" check
expect_output '^call.py:2:8: error: '
ok 'folders of the environment'

cd "$scratch/kept" || exit 1
cp .git/index "$scratch/index"
size=$(wc -c <.git/index)
for at in 0 4 8 11 60 72 100 $((size - 30)) $((size - 100)); do
    cp "$scratch/index" .git/index
    printf '\377' | dd of=.git/index bs=1 seek="$at" conv=notrunc 2>/dev/null
    expect_listing=$(git diff-index --cached --name-only HEAD 2>/dev/null) || expect_listing=damaged
    "$TMPGUARD" check --no-cache >"$out" 2>"$err" && case $expect_listing in *call.py* | damaged) failed "byte $at: clean" ;; esac
done
cp "$scratch/index" .git/index
head -c $((size / 2)) "$scratch/index" >.git/index
"$TMPGUARD" check >"$out" 2>"$err" && failed 'an index that is cut is clean'
cp "$scratch/index" .git/index
stopped git commit -m x
ok 'a damaged index is never clean'
