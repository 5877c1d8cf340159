#!/bin/sh
# Every kind of repository that git itself can commit in.
. "$(dirname "$0")/lib.sh"

git init -q --object-format=sha256 sha256 && cd sha256 || exit 1
fill
works
git init -q --object-format=sha256 ../sha256-unborn && cd ../sha256-unborn || exit 1
guard
insecure a.py
git add a.py
refuses git commit -m x
secure a.py
git add a.py
allows git commit -m x
ok 'a SHA-256 repository'

repository split
git config core.splitIndex true
fill
git update-index --split-index
works
git update-index --split-index
ls .git/sharedindex.* >/dev/null 2>&1 || failed 'the index is not split'
works
ok 'a split index'

repository four
git config index.version 4
git config core.untrackedCache true
fill
works
ok 'an index of version 4'

repository sparse
mkdir -p other/x
insecure other/old.py
insecure other/x/old.py
fill
git sparse-checkout set --no-cone '/*' '!/other/' || exit 1
works_sparse() {
    [ ! -e other/old.py ] || failed 'the checkout is not sparse'
    echo '# more' >>old.py
    allows git commit -a -m x
    echo 'again = tempfile.mktemp()' >>deep/a.py
    refuses git commit -a -m x
    git reset -q --hard
    git update-index --add --cacheinfo \
        "100644,$(git rev-parse HEAD:old.py),other/new.py" || exit 1
    refuses git commit -m x
    expect_error '^other/new.py:'
    git reset -q --hard
}
works_sparse
git sparse-checkout set --cone deep
works_sparse
git sparse-checkout set --cone --sparse-index deep
works_sparse
ok 'a sparse checkout, also with a sparse index'

repository skiphash
fill
insecure new.py
git add new.py
# index.skipHash, as newer versions of git write it.
size=$(($(wc -c <.git/index) - 20))
head -c "$size" .git/index >index && head -c 20 /dev/zero >>index &&
    mv index .git/index
expect_exit 1 "$TMPGUARD" check
expect_output '^new.py:2:8: error: '
refuses git commit -m x
git reset -q --hard
git config index.skipHash true
works
ok 'an index without a hash'

repository main
fill
git worktree add -q -b linked '../linked tree' && cd '../linked tree' || exit 1
works
cd ../main || exit 1
insecure elsewhere.py
git add elsewhere.py
cd '../linked tree' || exit 1
works
git checkout -q -b side HEAD~1
secure side.py
commit side
git checkout -q linked
secure merged.py
allows git merge -q -m merge side
git reset -q --hard HEAD~1
git merge -q --no-commit --no-ff side >/dev/null 2>&1
insecure merged.py
git add merged.py
refuses git commit -m x
git reset -q --hard
cd ../main || exit 1
refuses git commit -m x
git config extensions.worktreeConfig true
git reset -q --hard
works
ok 'a linked worktree'

git clone -q --bare ../main ../bare.git && cd ../bare.git || exit 1
git worktree add -q -b wt ../of-bare && cd ../of-bare || exit 1
guard
works
ok 'a linked worktree of a bare repository'

cd ../bare.git || exit 1
expect_exit 2 "$TMPGUARD" scan
expect_error '^tmpguard: there is no working tree here: .*--tree'
expect_exit 2 "$TMPGUARD" -C "$scratch/main/.git" scan
expect_exit 0 "$TMPGUARD" scan .
expect_exit 1 "$TMPGUARD" scan --tree HEAD
ok 'a bare repository has no working tree to scan'

repository super
git -c protocol.file.allow=always submodule add -q "$scratch/main" module 2>/dev/null ||
    failed 'no submodule'
commit module
guard
cd module || exit 1
guard
works
insecure inside.py
git add inside.py
refuses git commit -m x
git commit -q --no-verify -m past
cd .. || exit 1
allows git commit -a -m 'module: newer'
insecure beside.py
git add beside.py
refuses git commit -m x
ok 'a submodule has a gate of its own, and is no file of the one above'

repository apart
fill
cd "$scratch" || exit 1
mkdir tree
mv apart/.git apart.git
cp -R apart/. tree
git --git-dir="$scratch/apart.git" config --unset core.worktree
(
    export GIT_DIR="$scratch/apart.git" GIT_WORK_TREE="$scratch/tree"
    cd tree && works
) || exit 1
(
    GIT_DIR=$scratch/apart.git
    export GIT_DIR
    cd tree && works
) || exit 1
cd tree || exit 1
insecure named.py
git --git-dir=../apart.git --work-tree=. add named.py
refuses git --git-dir=../apart.git --work-tree=. commit -m x
cd deep || exit 1
refuses git --git-dir=../../apart.git --work-tree=.. commit -m x
ok 'GIT_DIR and GIT_WORK_TREE'

repository index
fill
cp .git/index other.index
insecure a.py
GIT_INDEX_FILE=other.index git add a.py
refuses env GIT_INDEX_FILE="$PWD/other.index" git commit -m x
expect_exit 1 env GIT_INDEX_FILE="$PWD/other.index" "$TMPGUARD" check
expect_exit 1 env GIT_INDEX_FILE=other.index "$TMPGUARD" check
expect_exit 0 "$TMPGUARD" check
ok 'GIT_INDEX_FILE'

git clone -q --shared "$scratch/main" "$scratch/shared" && cd "$scratch/shared" || exit 1
guard
works
git clone -q --depth 1 "file://$scratch/main" "$scratch/shallow" && cd "$scratch/shallow" || exit 1
guard
works
git repack -q -a -d
git pack-refs --all
works
ok 'a clone that borrows objects, a shallow one, and packed ones'

# shellcheck disable=SC2016 # the name of the folder, nothing to expand
odd=$(printf 'o\303\244d \351 $HOME `x` %%s')
mkdir "$scratch/$odd" && cd "$scratch/$odd" && git init -q || exit 1
fill
works
ok 'a repository in a folder with an odd name'

ln -s "$scratch/main" "$scratch/link" && cd "$scratch/link" || exit 1
works
expect_exit 1 "$TMPGUARD" scan --format json "$scratch/link/old.py"
expect_json "d['findings'][0]['path'] == 'old.py'"
cd "$scratch" || exit 1
expect_exit 1 "$TMPGUARD" -C link scan --format json deep old.py
expect_json "d['findings'][0]['path'] == 'old.py'"
ok 'a repository reached through a symbolic link'
