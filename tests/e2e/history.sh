#!/bin/sh
# scan --history: each call of the past, who introduced it and who removed it.
. "$(dirname "$0")/lib.sh"

# c MESSAGE: commit all there is.
c() {
    tick
    git add -A && git commit -q --allow-empty -m "$1" || exit 1
}

# m MESSAGE COMMIT…: merge them.
m() {
    tick
    git merge -q --no-ff -m "$@" >/dev/null || exit 1
}

# merge COMMIT: begin a merge that somebody completes with c.
merge() {
    git merge -q --no-commit --no-ff "$1" >/dev/null 2>&1
}

# call: one finding, at its line 2.
call() {
    printf 'import tempfile\nname = tempfile.mktemp()\n'
}

# pad: a text that renames are recognised by.
pad() {
    seq -f 'line_%g = 1' 20
}

# ---- one line of commits

repository line
past 0 </dev/null
ok 'a repository without commits has no past'

insecure a.py
c one
echo text >notes.txt
c two
past 1 <<'END'
a.py:2 one live
END
expect_json "d['findings'][0]['blocks'] is True" \
    "d['findings'][0]['removed'] is None" "d['stats']['commits'] == 2"
ok 'the root commit introduces what it holds, and what lives blocks'

secure a.py
c three
past 0 <<'END'
a.py:2 one three
END
expect_json "d['findings'][0]['blocks'] is False" \
    "d['findings'][0]['introduced']['commit'] == '$(git rev-parse HEAD~2)'" \
    "d['findings'][0]['removed']['commit'] == '$(git rev-parse HEAD)'" \
    "d['findings'][0]['introduced']['author'] == 'Ann Author <ann@example.org>'" \
    "d['findings'][0]['introduced']['date'].startswith('2004-11-09T11:33:21')"
ok 'what was removed names its commits and blocks nothing'

insecure a.py
c four
git rm -q a.py
c five
past 0 <<'END'
a.py:2 one three
a.py:2 four five
END
expect_exit 0 "$TMPGUARD" scan --history
[ "$(grep -c ': error: ' "$out")" -eq 2 ] || failed 'not two findings'
ok 'what comes back is a second entry'

expect_exit 0 "$TMPGUARD" scan --history
expect_output '^a.py:2:8: error: .*\[py/insecure-temporary-file\]$'
expect_output 'introduced .* 2004-11-09 Ann Author .*: four$'
expect_output 'removed .*: five$'
expect_exit 0 "$TMPGUARD" scan --history HEAD
ok 'the text names both commits'

mkdir sub
cd sub || exit 1
past 0 <<'END'
a.py:2 one three
a.py:2 four five
END
cd "$scratch" || exit 1
past 0 -C line <<'END'
a.py:2 one three
a.py:2 four five
END
expect_exit 2 "$TMPGUARD" scan --history
ok 'the folder does not matter as long as it is in a repository'

repository same
{ pad; call; } >a.py
c one
{ call; pad; echo; } >a.py
c two
{ call; pad; call; } >a.py
c three
past 1 <<'END'
a.py:22 one live
a.py:24 three live
END
ok 'a call that moves is one entry, its double a second one'

# ---- moving files

repository moves
{ call; pad; } >a.py
c one
mkdir d
git mv a.py d/b.py
c two
git mv d/b.py c.py
echo last = 1 >>c.py
c three
past 1 <<'END'
a.py:2 one live a.py c.py d/b.py
END
cp c.py copy.py
c four
git rm -q c.py
c five
past 1 <<'END'
a.py:2 one five a.py c.py d/b.py
copy.py:2 four live
END
ok 'a rename is one entry with all names, a copy a second one'

git mv copy.py copy.txt
c six
git mv copy.txt again.py
c seven
secure again.py
insecure other.py
c eight
past 1 <<'END'
a.py:2 one five a.py c.py d/b.py
again.py:2 seven eight
copy.py:2 four six
other.py:2 eight live
END
ok 'no longer Python is removed, Python again is introduced, pasted elsewhere too'

repository script
{ echo '#!/bin/sh'; call; } >run
c one
{ echo '#!/usr/bin/env python3'; call; } >run
c two
ln -s run link.py
c three
rm link.py run
ln -s nowhere run
c four
past 0 <<'END'
run:3 two four
END
ok 'a shebang makes it Python, a link is no file'

repository names
insecure "$(printf 'a\nb.py')"
insecure "$(printf '\377.py')"
insecure '-x "y".py'
c one
expect_exit 1 "$TMPGUARD" scan --history --format json
expect_json "sorted(f['path'] for f in d['findings']) == ['-x \"y\".py', 'a\nb.py', '\ufffd.py']" \
    "[f['path_bytes'] for f in d['findings'] if 'path_bytes' in f] == ['/y5weQ==']"
ok 'names are any bytes'

# ---- merges

repository sides
secure a.py
secure b.py
c base
git checkout -q -b one
insecure a.py
c left
git checkout -q -b two main
insecure b.py
c right
m joined one
past 1 <<'END'
a.py:2 left live
b.py:2 right live
END
ok 'a merge introduces nothing that a side has'

git checkout -q main
m late one
secure a.py
c repaired
git branch -q -D one two
past 0 <<'END'
a.py:2 left repaired
END
ok 'what only a deleted branch had is not past'

repository both
secure a.py
c base
git checkout -q -b one
insecure a.py
c left
git checkout -q -b two main
insecure a.py
c right
m joined one
past 1 <<'END'
a.py:2 left live
a.py:2 right live
END
secure a.py
c repaired
git branch -q -D one
past 0 main two <<'END'
a.py:2 left repaired
a.py:2 right repaired
END
ok 'what two sides added alike is two entries that one repair ends'

expect_exit 0 "$TMPGUARD" scan --history main two
[ "$(grep -c ': error: ' "$out")" -eq 1 ] || failed 'not one finding'
expect_output ' introduced [0-9a-f]{12} .*: right$'
expect_output ' also introduced by [0-9a-f]{12} .*: left$'
[ "$(grep -c '= removed  ' "$out")" -eq 1 ] || failed 'not one repair'
expect_output '^1 introduced, 1 removed, 0 live$'
expect_output ', 1 finding \('
expect_exit 0 "$TMPGUARD" scan --history --quiet main two
expect_output '^a.py:2:8: error: '
refuse_output 'finding|^Past|^year'
ok 'the text shows it once, with both commits'

repository ends
pad >a.py
c base
git checkout -q -b one
{ call; pad; } >a.py
c left
git checkout -q main
{ pad; call; } >a.py
c right
m joined one
[ "$(grep -c mktemp a.py)" -eq 2 ] || failed 'git merged otherwise'
past 1 <<'END'
a.py:2 left live
a.py:22 right live
END
ok 'two calls from two sides are both known after the merge'

repository evil
pad >a.py
secure b.py
c base
git checkout -q -b one
echo left = 1 >>b.py
c left
git checkout -q main
echo right = 1 >>a.py
c right
merge one
insecure c.py
{ call; pad; } >a.py
c evil
past 1 <<'END'
a.py:2 evil live
c.py:2 evil live
END
ok 'what only the merge has it introduced'

git checkout -q -b three
echo three = 1 >>a.py
c three
git checkout -q main
echo four = 1 >>b.py
c four
merge three
secure a.py
secure c.py
c good
git branch -q -D three
past 0 <<'END'
a.py:2 evil good
c.py:2 evil good
END
ok 'what only the merge lacks it removed'

repository doubles
{ call; pad; } >a.py
c base
git checkout -q -b one
echo one = 1 >b.py
c left
git checkout -q main
echo two = 2 >c.py
c right
merge one
call >>a.py
c evil
past 1 <<'END'
a.py:2 base live
a.py:24 evil live
END
ok 'a merge that doubles an old call introduces one'

repository moved
{ call; pad; } >a.py
c base
git checkout -q -b one
git mv a.py b.py
c left
git checkout -q main
echo more = 1 >>a.py
c right
m joined one
past 1 <<'END'
a.py:2 base live a.py b.py
END
ok 'a rename on one side survives the merge'

repository ours
insecure a.py
c base
git checkout -q -b one
secure a.py
c repaired
git checkout -q main
echo more >b
c right
tick
git merge -q -s ours -m ours one
past 1 <<'END'
a.py:2 base live
END
expect_exit 1 "$TMPGUARD" scan --history
expect_output '^     = live$'
expect_output '^     = removed elsewhere [0-9a-f]{12} .*: repaired$'
expect_exit 1 "$TMPGUARD" scan --history --format json
expect_json "d['findings'][0]['removed'] is None" \
    "d['findings'][0]['removed_elsewhere']['subject'] == 'repaired'"
ok 'a merge that ignores the repair leaves the call alive'

repository roots
insecure a.py
c one
git checkout -q --orphan other
git rm -q -rf .
insecure b.py
c two
git checkout -q main
tick
git merge -q --allow-unrelated-histories -m joined other
past 1 <<'END'
a.py:2 one live
b.py:2 two live
END
ok 'each root introduces what it holds'

# ---- where a commit is reached from

repository refs
secure a.py
c base
for ref in tags/light remotes/origin/x notes/x stash x/y; do
    insecure "${ref##*/}.py"
    c "in-$ref"
    git update-ref "refs/$ref" HEAD
    git reset -q --hard HEAD~1
done
insecure inner.py
c in-tag
tick
git tag -a -m inner inner
git tag -a -m outer outer inner 2>/dev/null
git tag -d inner >/dev/null
git reset -q --hard HEAD~1
git tag blob "$(git rev-parse HEAD:a.py)"
git tag tree "HEAD^{tree}"
insecure nowhere.py
c nowhere
git reset -q --hard HEAD~1
past 1 <<'END'
inner.py:2 in-tag live
light.py:2 in-tags/light live
stash.py:2 in-stash live
x.py:2 in-remotes/origin/x live
x.py:2 in-notes/x live
y.py:2 in-x/y live
END
ok 'every ref counts, a tag of a tag too; what none reaches does not'

git pack-refs --all
git gc -q
past 1 <<'END'
inner.py:2 in-tag live
light.py:2 in-tags/light live
stash.py:2 in-stash live
x.py:2 in-remotes/origin/x live
x.py:2 in-notes/x live
y.py:2 in-x/y live
END
ok 'packed is the same'

git checkout -q --detach
insecure detached.py
c detached
past 1 HEAD <<'END'
detached.py:2 detached live
END
expect_exit 1 "$TMPGUARD" scan --history --format json
expect_json "len(d['findings']) == 7"
ok 'a detached HEAD counts'

cp "$out" "$scratch/whole"
cd "$scratch" || exit 1
git clone -q --bare --no-hardlinks refs bare.git
git clone -q --mirror -s refs borrowed.git
git -C refs worktree add -q "$scratch/linked" HEAD
for place in borrowed.git linked; do
    cd "$scratch/$place" || exit 1
    expect_exit 1 "$TMPGUARD" scan --history --format json
    sed '/"stats":/d' "$scratch/whole" >"$scratch/.one"
    sed '/"stats":/d' "$out" | cmp -s - "$scratch/.one" || failed "not the same in $place"
done
cd "$scratch/bare.git" || exit 1
expect_exit 1 "$TMPGUARD" scan --history
ok 'bare, borrowed and linked repositories are repositories'

# ---- ranges

repository range
insecure a.py
c one
git tag v1
secure a.py
insecure b.py
c two
git tag v2
insecure c.py
secure b.py
c three
git checkout -q -b side v1
insecure s.py
c side
git checkout -q main
past 1 v1..v2 <<'END'
a.py:2 one two
b.py:2 two live
END
past 1 v2 ^v1 <<'END'
a.py:2 one two
b.py:2 two live
END
past 1 v2.. <<'END'
b.py:2 two three
c.py:2 three live
END
past 1 main...side <<'END'
a.py:2 one live
b.py:2 two three
c.py:2 three live
s.py:2 side live
END
past 1 v1 <<'END'
a.py:2 one live
END
past 0 v1..v1 </dev/null
ok 'a range lists what its commits introduce and remove'

for wrong in nothing v1..nothing ^nothing --alles -n1 HEAD:a.py; do
    expect_exit 2 "$TMPGUARD" scan --history "$wrong"
    expect_silence
done
expect_exit 2 "$TMPGUARD" scan --history --tree HEAD
ok 'what is no revision is an error of use'

# ---- whose bytes count

repository replaced
secure a.py
c one
insecure a.py
c two
git replace HEAD HEAD~1
git rev-parse HEAD >.git/info/grafts
past 1 <<'END'
a.py:2 two live
END
ok 'neither replace refs nor grafts hide anything'

git init -q --object-format=sha256 "$scratch/sha256"
cd "$scratch/sha256" || exit 1
insecure a.py
c one
secure a.py
c two
past 0 <<'END'
a.py:2 one two
END
ok 'SHA-256 is a hash, too'
