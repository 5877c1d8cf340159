#!/bin/sh
# The first push of an old project to where nothing is yet: all of its past is new, and there is a way to let it in.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"

server=$scratch/server.git

# anew: an empty server with the hook, an old project with hooks, three old calls in two files, one of them in a tag
# alone.
anew() {
    cd "$scratch" || exit 1
    rm -rf "$server" work
    git init -q --bare "$server"
    expect_exit 0 "$TMPGUARD" install --server "$server"
    repository work
    insecure gone.py
    commit first
    git tag v1
    git rm -q gone.py
    insecure old.py
    printf 'import os\nname = os.tmpnam()\nname = os.tmpnam()\n' >twice.py
    commit second
    git remote add origin "$server"
}

# with_hooks, without_hooks: those of the clone.
with_hooks() { expect_exit 0 "$TMPGUARD" install; }
without_hooks() { expect_exit 0 "$TMPGUARD" uninstall; }

# nothing_there: the server has no ref and no object.
nothing_there() {
    [ -z "$(git -C "$server" for-each-ref)" ] || failed 'the server has a ref'
    [ -z "$(git -C "$server" cat-file --batch-all-objects --batch-check)" ] || failed 'the server has an object'
}

anew
with_hooks
expect_exit 1 git push origin main
expect_output '^old\.py:2:8: error: '
expect_output '^tmpguard stopped the push\. Use the secure replacement, '
expect_output "^This is the first push to where nothing is yet, so all old calls are new\. To let them in: 'tmpguard baseline create' lists them$"
expect_output '^in \.tmpguard-baseline; commit that and push again\.$'
without_hooks
expect_exit 1 git push origin main
expect_error '^remote: tmpguard rejected the push\. Use the secure replacement, '
expect_error "^remote: in \.tmpguard-baseline; commit that and push again\. Or who runs the server lets the push in: *$"
expect_error '^remote: 2 Python files checked, 3 findings '
expect_error "^remote: 'git config hooks\.tmpguard\.firstPush accept' in its repository; it counts for the first push alone\. *$"
nothing_there
ok "it is refused on both sides, and each names the ways out"

with_hooks
expect_exit 0 "$TMPGUARD" baseline create
git add .tmpguard-baseline
expect_exit 0 git commit -q -m baseline
expect_exit 0 git push origin main
expect_output ' checked, no findings, 3 known from the baseline '
[ "$(git -C "$server" rev-parse main)" = "$(git rev-parse HEAD)" ] || failed 'the server lacks main'
expect_exit 0 git push origin v1
insecure new.py
commit new
expect_exit 1 git push -q origin main
refuse_output 'first push'
without_hooks
expect_exit 1 git push -q origin main
refuse_error 'first push'
expect_error '^remote: new\.py:2:8: error: '
ok "a baseline that is committed lets it in on both sides, and later pushes as before"

cp .tmpguard-baseline "$scratch/baseline"
expect_exit 0 "$TMPGUARD" baseline update --allow-growth
commit 'the new one is in the baseline'
expect_exit 1 git push -q origin main
expect_error '^remote: new\.py:2:8: error: '
expect_exit 1 git push -q origin main:other
ok "where something is already, no baseline that is pushed lets anything in"

anew
cp "$scratch/baseline" .tmpguard-baseline
printf 'name = os.tmpnam()\n' >>twice.py
insecure more.py
commit 'more than the baseline lists'
expect_exit 1 git push -q origin main
expect_error '^remote: more\.py:2:8: error: '
expect_error '^remote: twice\.py:[234]:8: error: '
refuse_error 'old\.py:2:8: error: '
expect_error '^remote: [0-9]+ Python files checked, 2 findings, 3 known from the baseline '
nothing_there
git reset -q --hard HEAD~1
cp "$scratch/baseline" .tmpguard-baseline
commit baseline
expect_exit 1 git push -q origin main v1
expect_error '^remote: gone\.py:2:8: error: '
refuse_error 'old\.py:2:8: error: '
git branch side v1
git checkout -q -b topic
mkdir d && secure d/fine.py
commit fine
expect_exit 0 git push -q origin main topic
expect_exit 0 git push -q origin v1 side
ok "what it does not list is refused: more of the same call, another file, what a tag alone has"

anew
echo 'damaged' >>"$scratch/baseline"
cp "$scratch/baseline" .tmpguard-baseline
commit damaged
expect_exit 1 git push -q origin main
expect_error '^remote: tmpguard: \.tmpguard-baseline:[0-9]+: damaged'
nothing_there
rm .tmpguard-baseline
ln -s "$scratch/baseline" .tmpguard-baseline
commit link
expect_exit 1 git push -q origin main
expect_error '^remote: old\.py:2:8: error: '
ok "a damaged baseline lets nothing in, and a link is none"

anew
git -C "$server" config hooks.tmpguard.firstPush accept
printf '[tmpguard]\n\tfirstPush = accept\n' >.tmpguard
git config hooks.tmpguard.firstPush accept
commit policy
with_hooks
expect_exit 1 git push -q origin main
expect_output "^.*config:[0-9]+: note: 'firstPush' is ignored: it makes the gate weaker, "
expect_output "^\.tmpguard:2: note: 'firstPush' is ignored: only git's settings can say that$"
git config --unset hooks.tmpguard.firstPush
expect_exit 0 git -c hooks.tmpguard.firstPush=accept push origin main v1
expect_output "^hooks\.tmpguard\.firstPush: note: it is 'accept', and nothing was here before: what is pushed was not checked$"
expect_error "^remote: hooks\.tmpguard\.firstPush: note: it is 'accept', and nothing was here before: what is pushed was not checked *$"
without_hooks
insecure new.py
commit new
expect_exit 1 git push -q origin main
expect_error '^remote: new\.py:2:8: error: '
ok "the server's own setting lets the first push in unchecked, and no other; a clone's own does not, the user's does"

anew
git -C "$server" config hooks.tmpguard.firstPush check
expect_exit 0 "$TMPGUARD" baseline create
cp .tmpguard-baseline "$scratch/baseline"
commit baseline
expect_exit 1 git push -q origin main
expect_error '^remote: old\.py:2:8: error: '
refuse_error 'baseline create'
git -C "$server" config hooks.tmpguard.baseline "$scratch/baseline"
expect_exit 0 git push -q origin main
expect_error ' known from the baseline '
secure fine.py
commit fine
expect_exit 0 git push -q origin main
refuse_error ' known from the baseline '
git checkout -q --orphan island
git rm -q -r --cached .
rm -f twice.py .tmpguard-baseline
insecure more.py
commit island
expect_exit 1 git push -q origin island
expect_error '^remote: more\.py:2:8: error: '
refuse_error 'old\.py:2:8: error: '
git rm -q more.py
commit 'old.py alone'
expect_exit 0 git push -q origin island
ok "with 'check' no pushed baseline counts, but one that the server names"

anew
secure fine.py
git -C "$server" config hooks.tmpguard.baseline relative
expect_exit 1 git push -q origin main
expect_error "^remote: tmpguard: .*config:[0-9]+: 'relative' of 'baseline' is not an absolute path"
git -C "$server" config hooks.tmpguard.baseline /nowhere/at/all
expect_exit 1 git push -q origin main
expect_error '^remote: tmpguard: .*hooks\.tmpguard\.baseline: /nowhere/at/all: there is no such file'
nothing_there
ok "a server's baseline that cannot be read lets nothing in"

# What is known of one tip may block another, in either order.
anew
rm -f old.py twice.py
printf 'import tempfile\na = 1\nb = 2\nname = tempfile.mktemp()\n' >a.py
commit one
"$TMPGUARD" baseline create && mv .tmpguard-baseline "$scratch/baseline"
git -C "$server" config hooks.tmpguard.baseline "$scratch/baseline"
expect_exit 0 git push -q origin main
sed 's/^a = 1$/name = tempfile.mktemp()/' a.py >both && mv both a.py
git checkout -q -b more
commit 'one more, known from the baseline'
cp a.py ..
git checkout -q --orphan apart
git show main:a.py >a.py
commit 'one, all new'
mv ../a.py a.py
commit 'one more, and the baseline knows but one'
expect_exit 0 git push -q origin more:try
git push -q origin :try
expect_exit 1 git push -q origin apart
expect_exit 1 git push -q origin more apart
expect_exit 1 git push -q origin apart more
ok "what is known of one branch blocks of another that has more of it"
