#!/bin/sh
# A byte of a pack or of its index that changed: scan --history says the same
# as before, or that it is incomplete. tests/bench/history-flips changes them,
# here each 41st; with EVERY=1 in the environment each.
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/lib.sh"
export PYTHONDONTWRITEBYTECODE=1

c() {
    tick
    git add -A && git commit -q --allow-empty -m "$1" || exit 1
}

# long FILE: more lines, so that versions are stored as differences.
long() {
    seq -f '# line %g' 30 >>"$1"
}

repository repo
mkdir d
insecure a.py && long a.py
secure d/b.py && long d/b.py
echo text >notes.txt
c one
insecure d/b.py && long d/b.py
c two
git checkout -q -b side
insecure side.py && long side.py
c side
git checkout -q main
secure a.py && long a.py
c three
tick
git merge -q -m joined side >/dev/null || failed 'no merge'
git branch -q -d side
secure side.py && long side.py
insecure live.py
c four
git tag -a -m tagged v1
git repack -adfq
past 1 <<'END'
a.py:2 one three
d/b.py:2 two live
live.py:2 four live
side.py:2 side four
END
expect_exit 0 "$here/../bench/history-flips" --every "${EVERY:-41}" . "$TMPGUARD"
refuse_output 'WRONG'
expect_output '^ *[0-9]+  incomplete$'
expect_output '^ *[0-9]+  same$'
ok 'a byte that changed is noticed, or changes nothing'
