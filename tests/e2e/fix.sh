#!/bin/sh
# Repairs of files: what is written, what is left alone, and what is said about it.
# shellcheck disable=SC1091,SC2059,SC2154 # lib.sh; line ends are part of a format
. "$(dirname "$0")/lib.sh"

# repairable FILE: a file that can be repaired; unsure FILE: one that --unsafe repairs; hopeless FILE: one that needs a
# person.
repairable() {
    printf 'import tempfile\np = tempfile.mktemp()\nwith open(p, "w") as f:\n    f.write("1")\n' >"$1"
}
unsure() {
    repairable "$1"
    printf 'import os\nos.rename(p, "b")\n' >>"$1"
}
hopeless() {
    printf 'import tempfile\ndef f():\n    return tempfile.mktemp()\n' >"$1"
}

mkdir plain && cd plain || exit 1
repairable a.py
chmod 751 a.py
expect_exit 0 "$TMPGUARD" fix
expect_output '^a\.py:2:5: repaired: '
expect_output '^1 finding repaired in 1 file, 0 left$'
expect_exit 0 grep -q '^fd, p = tempfile.mkstemp()$' a.py
expect_exit 0 test "$(stat -c %a a.py)" = 751
expect_exit 0 test "$(ls -A)" = a.py
expect_exit 0 "$TMPGUARD" scan
cp -p a.py before
expect_exit 0 "$TMPGUARD" fix
expect_output '^0 findings repaired in 0 files, 0 left$'
expect_exit 0 cmp a.py before
expect_exit 0 "$TMPGUARD" fix --quiet
expect_silence
ok 'a file is repaired, keeps its mode, and a second run changes nothing'

unsure a.py && hopeless b.py && rm before
cp a.py before.a && cp b.py before.b
expect_exit 1 "$TMPGUARD" fix
expect_output '^a\.py:2:5: not repaired \(--unsafe would\): .*0600'
expect_output '^b\.py:3:12: not repaired: '
expect_exit 0 cmp a.py before.a
expect_exit 0 cmp b.py before.b
expect_exit 1 "$TMPGUARD" fix --unsafe
expect_output '^a\.py:2:5: repaired \(look at it\): '
expect_exit 1 cmp -s a.py before.a
expect_exit 0 "$TMPGUARD" fix a.py
expect_exit 1 "$TMPGUARD" fix b.py
expect_exit 1 "$TMPGUARD" fix --format json b.py
expect_json "d['files'] == 0" "[(f['path'], f['line'], f['column'], f['repaired'], f['tier']) for f in d['findings']] == [('b.py', 3, 12, False, 'manual')]"
ok 'what is not certain is left alone with a reason, or repaired on demand'

expect_exit 2 "$TMPGUARD" fix --staged
expect_error 'does not change what is staged'
expect_exit 2 "$TMPGUARD" fix -
expect_exit 2 "$TMPGUARD" fix no-such-file.py
ln -s b.py link.py
expect_exit 2 "$TMPGUARD" fix link.py
expect_error 'symbolic link'
ok 'the index, standard input and links are refused'

rm -f ./* && repairable a.py && ln a.py other
cp a.py before
expect_exit 1 "$TMPGUARD" fix
expect_output 'not repaired: it has other names'
expect_exit 0 cmp a.py before
rm other before
if [ "$(id -u)" -ne 0 ]; then
    chmod 500 .
    expect_exit 1 "$TMPGUARD" fix
    expect_output 'not repaired: cannot make a file beside it'
    chmod 700 .
fi
ok 'what cannot be replaced whole is not touched'

# Line ends, a mark, an encoding, no end of the last line: all other bytes stay.
rm -f ./*
for end in '\n' '\r\n' '\r'; do
    for head in '' '\357\273\277' '# -*- coding: latin-1 -*-\344'"$end" "#!/usr/bin/python$end"; do
        printf "$head"'import tempfile'"$end"'p = tempfile.mktemp() # \344'"$end"'f = open(p, "w") ; f.close()' >a.py
        printf "$head"'import os'"$end"'import tempfile'"$end"'fd, p = tempfile.mkstemp() # \344'"$end"'f = os.fdopen(fd, "w") ; f.close()' >wanted
        cp a.py before.py
        expect_exit 0 "$TMPGUARD" fix a.py
        expect_exit 0 cmp a.py wanted
        mv before.py a.py
        expect_exit 1 "$TMPGUARD" fix --diff a.py
        cp "$out" patch.diff
        expect_exit 0 git apply patch.diff
        expect_exit 0 cmp a.py wanted
    done
done
ok 'line ends, marks, encodings and a missing last line end are kept, by a patch, too'

cd .. && repository life
mkdir sub
repairable a.py && repairable 'sub/a b.py' && hopeless sub/c.py
commit base
expect_exit 1 "$TMPGUARD" -C sub fix --diff ..
cp "$out" patch.diff
expect_error '^sub/c\.py:3:12: not repaired: '
expect_exit 0 git apply --check patch.diff
expect_exit 0 patch -p1 --dry-run -i patch.diff
git diff --exit-code >/dev/null || failed '--diff wrote something'
printf '# \033]0;title\007\nimport tempfile\np = tempfile.mktemp()\nwith open(p, "w") as f:\n    f.write("x")\n' >"$scratch/hostile.py"
expect_exit 1 "$TMPGUARD" fix --diff --color always "$scratch/hostile.py"
expect_output '^ # \\x1b]0;title\\x07$'
expect_exit 1 "$TMPGUARD" fix --diff "$scratch/hostile.py"
grep -q "$(printf '\033]0')" "$out" || failed 'a patch has other bytes than the file'
git apply patch.diff && git stash -q
expect_exit 1 "$TMPGUARD" fix
git diff >fixed
git checkout -q . && git apply patch.diff
git diff >patched
expect_exit 0 cmp fixed patched
git checkout -q .
ok 'a patch does what fix does, and git and patch take it'

echo '# mine' >>a.py
expect_exit 1 "$TMPGUARD" fix
expect_output '^a\.py:2:5: not repaired: the file has changes that are not staged'
expect_exit 0 test "$(tail -n 1 a.py)" = '# mine'
expect_exit 0 grep -q mktemp a.py
expect_exit 0 "$TMPGUARD" fix --allow-dirty a.py
expect_exit 0 test "$(tail -n 1 a.py)" = '# mine'
expect_exit 1 grep -q mktemp a.py
git checkout -q . && touch a.py
expect_exit 0 "$TMPGUARD" fix a.py
git diff --cached --exit-code || failed 'something was staged'
ok 'changes that are not staged are never lost, and nothing is staged'

git checkout -q . && rm -r sub
printf 'from tempfile import mktemp\ndef f():\n    p = mktemp()\n    with open(p, "w") as g:\n        g.write("1")\n' >a.py
cp a.py pkg.py
printf 'from pkg import mktemp\n' >user.py
expect_exit 0 "$TMPGUARD" fix a.py pkg.py --allow-dirty
expect_exit 0 grep -qx 'from tempfile import mkstemp' a.py
expect_exit 0 grep -qx 'from tempfile import mktemp, mkstemp' pkg.py
ok 'an import that another file may rely on stays'

mkdir pkg
printf 'from tempfile import mktemp\ndef f():\n    p = mktemp()\n    with open(p, "w") as g:\n        g.write("1")\n' >pkg/a.py
printf 'from .a import *\n' >pkg/__init__.py
printf 'from pkg import mktemp\n' >user.py
git add . && git -c color.ui=always commit -q -m star --no-verify
git config color.ui always
expect_exit 0 "$TMPGUARD" fix pkg/a.py
expect_exit 0 grep -qx 'from tempfile import mktemp, mkstemp' pkg/a.py
ok 'so does one that another file takes by a star'

git checkout -q . && cp pkg/a.py before
expect_exit 2 "$TMPGUARD" fix --format sarif pkg/a.py
expect_exit 2 "$TMPGUARD" fix --format=json=/nonexistent/x pkg/a.py
expect_exit 2 "$TMPGUARD" fix --output /nonexistent/x pkg/a.py
expect_exit 0 cmp pkg/a.py before
ok 'nothing is written where the report could not be'
