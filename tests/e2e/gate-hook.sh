#!/bin/sh
# What a pre-commit hook gets from git, and the surroundings it runs in. Each row is stopped, or not, as it must be;
# where it is stopped HEAD, every ref, what is staged and each file of the working tree are as before.
#
#   the index: as it is, -a, -i, --only, -p, --amend -a      "the index that git names"
#   GIT_INDEX_FILE set by the user, with '..' in it          "an index that the user names"
#   GIT_PREFIX, from a folder below                          "from a folder below"
#   GIT_DIR: main, linked worktree, submodule, --git-dir,
#     --work-tree, a bare repository's worktree              "the git folder that git names"
#   GIT_EDITOR, GIT_REFLOG_ACTION                            "what git says beside"
#   --amend: only the amendment counts                       "an amendment"
#   unborn HEAD, SHA-1 and SHA-256                           "before the first commit"
#   intent to add                                            "intended additions"
#   unmerged; markers left and committed with -a             "conflicts"
#   nothing staged, --allow-empty, --dry-run                 "nothing staged"
#   blobs that only -a, -p and a path make                   "the index that git names"
#   an index that a hook before us rewrote                   "a hook before us"
#   env -i, stdin, stdout or all closed, no terminal         "bare surroundings"
#   no .git/hooks, a repository that cannot be written       "where nothing may be written"
#   another user's repository                                "two users"
#   the program itself writes nothing                        "not a byte is changed"
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

# Hooks that note what they are called with.
noting() {
    hooks=$(git rev-parse --git-path hooks) && mkdir -p "$hooks" || exit 1
    for name in pre-commit pre-merge-commit; do
        hook "$hooks/$name" "printf '%s index=%s dir=%s tree=%s prefix=%s editor=%s reflog=%s\n' $name \\
    \"\${GIT_INDEX_FILE-none}\" \"\${GIT_DIR-none}\" \"\${GIT_WORK_TREE-none}\" \"\${GIT_PREFIX-none}\" \\
    \"\${GIT_EDITOR-none}\" \"\${GIT_REFLOG_ACTION-none}\" >'$scratch/got'" "exec '$TMPGUARD' check"
    done
}

got() {
    grep -Eq -e "$1" "$scratch/got" || { cat "$scratch/got"; failed "the hook did not get $1"; }
}

repository index
insecure old.py
secure a.py
mkdir deep && secure deep/b.py
commit base
noting
insecure a.py
git add a.py
stopped git commit -m x
got 'pre-commit index=\.git/index dir=none tree=none prefix= editor=:'
git reset -q
stopped git commit -a -m x
got 'index=/.*/\.git/index\.lock '
stopped git commit -m x -i a.py
got 'index=/.*/\.git/index\.lock '
stopped git commit -m x a.py
got 'index=/.*/\.git/next-index-[0-9]*\.lock '
stopped git commit -m x --only a.py
got 'index=/.*/\.git/next-index-[0-9]*\.lock '
echo y >"$scratch/answers"
stopped sh -c 'git commit -p -m x <"$1"' sh "$scratch/answers"
got 'index=/.*/\.git/index\.lock '
stopped git commit --amend -a --no-edit
got 'index=/.*/\.git/index\.lock '
stopped git commit --fixup HEAD a.py
git add -A
stopped git commit --amend --no-edit
stopped git commit --fixup HEAD
secure a.py
stopped git commit -m x
stopped git commit -m x -i deep/b.py
echo '# more' >>deep/b.py
allows git commit -m x deep/b.py
git add a.py
expect_exit 0 git diff --cached --quiet
ok 'the index that git names: as it is, -a, -i, PATH, --only, -p, --amend, --fixup'

insecure named.py
mkdir -p deep
for name in .git/other deep/../.git/other "$PWD/.git/other" "$PWD/deep/../.git/other"; do
    cp .git/index .git/other
    GIT_INDEX_FILE=$name git add named.py
    stopped env GIT_INDEX_FILE="$name" git commit -m x
    stopped env GIT_INDEX_FILE="$name" git commit -m x -a
    stopped env GIT_INDEX_FILE="$name" git commit -m x --only named.py
    got 'index=/.*/\.git/next-index-[0-9]*\.lock '
    expect_exit 1 env GIT_INDEX_FILE="$name" "$TMPGUARD" check
    expect_exit 0 "$TMPGUARD" check
done
expect_exit 0 env GIT_INDEX_FILE=.git/not-there "$TMPGUARD" check
rm named.py
ok 'an index that the user names'

cd deep || exit 1
insecure c.py
git add c.py
stopped git commit -m x
got 'prefix=deep/'
expect_error '^deep/c.py:2:8: error: '
stopped git commit -m x c.py
stopped git -C .. commit -m x
git rm -q --cached c.py && rm c.py && cd .. || exit 1
ok 'from a folder below'

git worktree add -q -b linked "$scratch/linked" && cd "$scratch/linked" || exit 1
insecure l.py
git add l.py
stopped git commit -m x
got "index=$scratch/index/\.git/worktrees/linked/index dir=$scratch/index/\.git/worktrees/linked tree=none"
stopped git commit -m x l.py
git -c protocol.file.allow=always submodule --quiet add "$scratch/index" module 2>/dev/null || exit 1
git rm -q -f l.py && allows git commit -m module
cd module || exit 1
noting
insecure m.py
git add m.py
stopped git commit -m x
got 'dir=/.*/modules/module tree=none'
stopped git commit -m x m.py
git commit -q -n -m past
cd .. && allows git commit -a -m 'a newer module'
cd "$scratch" && mv index/.git apart.git && mkdir -p tree/deep || exit 1
git --git-dir=apart.git worktree prune
cp -R index/. tree && cd tree || exit 1
insecure t.py
where="--git-dir=$scratch/apart.git --work-tree=$scratch/tree"
git --git-dir=../apart.git --work-tree=. add t.py
stopped git --git-dir=../apart.git --work-tree=. commit -m x
got 'tree=\.'
stopped git --git-dir=../apart.git commit -m x
cd deep || exit 1
stopped git --git-dir=../../apart.git --work-tree=.. commit -m x
where=""
cd .. && git --git-dir=../apart.git --work-tree=. reset -q --hard && rm -f t.py && mv ../apart.git .git || exit 1
git clone -q --bare . ../bare.git && git -C ../bare.git worktree add -q -b wt ../of-bare && cd ../of-bare || exit 1
noting
insecure w.py
git add w.py
stopped git commit -m x
got "index=$scratch/bare.git/worktrees/of-bare/index dir=$scratch/bare.git/worktrees/of-bare "
cd ../tree || exit 1
ok 'the git folder that git names: linked worktree, submodule, --git-dir, --work-tree, of a bare repository'

insecure e.py
git add e.py
stopped env GIT_EDITOR=true git commit
got 'editor=true reflog=none'
stopped git commit -m x
got 'editor=: '
git reset -q && rm e.py
git checkout -q -b side && secure side.py && commit side && git checkout -q -
secure mine.py && commit mine
allows git merge -q -m x side
got 'pre-merge-commit .* reflog=merge side$'
git reset -q --hard HEAD~1
ok 'what git says beside'

insecure am.py
commit 'past the gate'
echo '# more' >>am.py
git add am.py
allows git commit --amend -m amended
secure n.py
git add n.py
allows git commit --amend --no-edit
echo 'x = tempfile.mktemp()' >>n.py
stopped git commit -a --amend --no-edit
git reset -q --hard
ok 'an amendment is compared with the commit it replaces'

for format in sha1 sha256; do
    git init -q --object-format=$format "$scratch/unborn-$format" && cd "$scratch/unborn-$format" || exit 1
    noting
    secure a.py
    mkdir d && insecure d/b.py
    git add .
    stopped git commit -m x
    expect_error '^d/b.py:2:8: error: '
    stopped git commit -m x d/b.py
    secure d/b.py
    allows git commit -a -m x
    git checkout -q --orphan again
    insecure d/b.py
    stopped git commit -a -m x
done
ok 'before the first commit, SHA-1 and SHA-256'

repository intended
secure a.py
commit base
noting
insecure i.py
git add -N i.py
expect_exit 0 "$TMPGUARD" check --format json
expect_json "d['stats']['files'] == 0"
echo '# more' >>a.py
allows git commit -m x a.py
stopped git commit -a -m x
stopped git commit -m x i.py
git rm -q --cached i.py && rm i.py
ok 'intended additions count when they are added'

repository conflicts
echo 'import tempfile' >c.py
commit base
noting
git checkout -q -b side && echo 'x = tempfile.mktemp()' >>c.py && commit side
git checkout -q main && echo 'x = 1' >>c.py && commit mine
rm -f "$scratch/got"
expect_exit 1 git merge side
expect_exit 128 git commit -m x
[ ! -e "$scratch/got" ] || failed 'a hook ran for what is unmerged'
expect_exit 3 "$TMPGUARD" check
expect_output '^c.py: incomplete: the file has a merge conflict'
echo 'y = tempfile.mktemp()' >>c.py
grep -q '^<<<<<<<' c.py || failed 'there are no markers'
state >"$scratch/.before"
git commit -a -m markers >"$out" 2>"$err" && failed 'markers and a new call were committed'
expect_error '^c.py:7:5: error: |^c.py: incomplete: '
state >"$scratch/.after"
cmp -s "$scratch/.before" "$scratch/.after" || failed 'something is other than before'
[ -e .git/MERGE_HEAD ] || failed 'the merge is lost'
echo 'x = tempfile.mkstemp()' >c.py
allows git commit -a -m resolved
expect_exit 0 git rev-parse -q --verify HEAD^2
ok 'conflicts: git stops itself, markers that are left are no way around'

rm -f "$scratch/got"
expect_exit 1 git commit -m nothing
got '^pre-commit '
allows git commit --allow-empty -m empty
insecure dry.py
git add dry.py
rm -f "$scratch/got"
expect_exit 0 git commit --dry-run -m x
[ ! -e "$scratch/got" ] || failed 'a dry run runs hooks'
git reset -q && rm dry.py
ok 'nothing staged'

# A formatter in the same hook: what it adds is what is committed.
hook .git/hooks/pre-commit 'git add -u' "exec '$TMPGUARD' check"
secure f.py
git add f.py
insecure f.py
state >"$scratch/.before"
refuses git commit -m x
expect_error '^f.py:2:8: error: '
git reset -q && rm f.py
hook .git/hooks/pre-commit "sed -i 's/mktemp/mkstemp/' f.py && git add f.py && exec '$TMPGUARD' check"
insecure f.py
git add f.py
allows git commit -m formatted
ok 'a hook before us'

noting
insecure g.py
git add g.py
here=/usr/bin:/bin
git config user.name C && git config user.email c@example.org
stopped env -i HOME="$HOME" PATH=$here git commit -m x
stopped env -i PATH=$here git commit -m x
stopped sh -c 'exec git commit -m x <&-'
stopped setsid git commit -m x
state >"$scratch/.before"
sh -c 'exec git commit -q -m x <&- >&- 2>&-' && failed 'committed with all closed'
state >"$scratch/.after"
cmp -s "$scratch/.before" "$scratch/.after" || failed 'all closed: something is other than before'
expect_exit 1 setsid "$TMPGUARD" check
"$TMPGUARD" check >&- 2>"$err" && failed 'a report that could not be written is clean'
git reset -q && rm g.py
secure g.py
git add g.py
allows sh -c 'exec setsid env -i HOME="$HOME" PATH=/usr/bin:/bin git commit -m x <&-'
ok 'bare surroundings: no environment, no streams, no terminal'

repository locked
rm -rf .git/hooks
secure a.py
commit base
insecure b.py
git add b.py
expect_exit 1 "$TMPGUARD" check
cd .. && given_away locked && chmod -R a-w locked && cd locked || exit 1
cp "$TMPGUARD" "$scratch/program"
expect_exit 1 somebody env HOME=/nonexistent "$scratch/program" check
expect_output '^b.py:2:8: error: '
chmod -R u+w .
ok 'where nothing may be written, and without a folder of hooks'

if [ "$(id -u)" -eq 0 ]; then
    mkdir "$scratch/mine" && cd "$scratch/mine" && git init -q && secure a.py && commit base && insecure a.py && git add . || exit 1
    chmod 755 . && chmod -R a+rX .
    expect_exit 2 somebody env HOME=/nonexistent "$scratch/program" check
    expect_error 'dubious ownership'
    mkdir "$scratch/their-home" && given_away "$scratch/their-home"
    somebody env HOME="$scratch/their-home" git config --global safe.directory "$scratch/mine"
    expect_exit 1 somebody env HOME="$scratch/their-home" "$scratch/program" check
    expect_exit 1 "$TMPGUARD" check
    given_away .git
    expect_exit 2 "$TMPGUARD" check
    chown -R 0:0 . && given_away a.py .git/index .git/objects
    expect_exit 1 "$TMPGUARD" check
    ok 'two users: what git refuses is refused, what it is told to trust is not'
else
    echo 'not run: two users, which takes root'
fi

repository untouched
secure a.py
mkdir d && secure d/b.py
commit base
insecure d/b.py
secure c.py
git add .
echo '# unstaged' >>a.py
every_byte() {
    find . -printf '%p %m %u %y %l %s %T@ %C@\n' | sort
    find . -type f -exec sha256sum {} + | sort
}
every_byte >"$scratch/.bytes"
for arguments in check 'check --staged --no-daemon' 'check --no-cache' 'check --format json'; do
    # shellcheck disable=SC2086
    expect_exit 1 "$TMPGUARD" $arguments
    every_byte >"$scratch/.bytes.now"
    cmp -s "$scratch/.bytes" "$scratch/.bytes.now" || failed "$arguments changed something"
done
ok 'not a byte is changed, neither in the working tree nor in the git folder'
