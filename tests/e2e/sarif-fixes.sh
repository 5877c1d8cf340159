#!/bin/sh
# What a SARIF log says that repairs a finding is what 'tmpguard fix' writes.
# shellcheck disable=SC1091,SC2154 # lib.sh
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib.sh"
apply() { expect_exit 0 python3 -I -S "$top/tests/reports/apply.py" "$@"; }

# fixed FOLDER: the same files, repaired by fix and by the log; one finding a file.
fixed() {
    cp -r "$1" "$scratch/by-fix" && cp -r "$1" "$scratch/by-log" || exit 1
    expect_exit 1 "$TMPGUARD" scan --format sarif "$scratch/by-log"
    mv "$out" "$scratch/log"
    "$TMPGUARD" fix "$scratch/by-fix" >"$out" 2>"$err"
    apply "$scratch/log" "$scratch/by-log"
    count=$(cat "$out")
    expect_exit 0 diff -r "$scratch/by-fix" "$scratch/by-log"
    rm -r "$scratch/by-fix" "$scratch/by-log"
}

mkdir "$scratch/cases"
for case in "$top"/tests/cases-fix/*/before.py; do
    [ "$(grep -v '^ *#' "$case" | grep -c 'mktemp(')" = 1 ] || continue
    name=$(basename "$(dirname "$case")")
    mkdir "$scratch/cases/$name" && cp "$case" "$scratch/cases/$name" || exit 1
done
cd "$scratch/cases" || exit 1
fixed "$scratch/cases"
[ "$count" -ge 20 ] || failed "only $count of the cases have a fix"
ok "each case becomes what fix makes of it"

mkdir "$scratch/bytes"
cd "$scratch/bytes" || exit 1
python3 -I -S - <<'END'
import os
def write(name, content):
    os.mkdir(name)
    with open(name + "/a.py", "wb") as file:
        file.write(content)
body = "import tempfile\n\np = tempfile.mktemp()\nwith open(p, 'w') as f:\n    f.write('x')\n"
late = "import tempfile\n\nx = 1; s = '\U0001f600\u65e5\u00e4'\np = tempfile.mktemp('\u00e4')\nwith open(p, 'w') as f:\n    f.write('x')\n"
write("crlf", body.replace("\n", "\r\n").encode())
write("mixed", body.replace("\n\n", "\r\n\n").encode())
write("mark", b"\xef\xbb\xbf" + late.encode())
write("astral", late.encode())
write("latin", ("# coding: latin-1\n" + late.replace("\U0001f600\u65e5", "")).encode("latin-1"))
write("latin-joined", b"# coding: latin-1\nimport tempfile\np = tempfile.mktemp() + '\xe4.txt'\nwith open(p, 'w') as f:\n    f.write('x')\n")
write("no-end", body.rstrip("\n").encode())
END
fixed "$scratch/bytes"
[ "$count" -ge 6 ] || failed "only $count have a fix"
ok "line ends, marks, wide characters and other encodings come out the same"

# One after the other, with a look in between.
mkdir "$scratch/two"
cd "$scratch/two" || exit 1
printf '%s\n' 'from tempfile import mktemp' 'def a():' '    p = mktemp()' '    with open(p, "w") as f:' '        f.write("x")' 'def b():' \
    '    p = mktemp()' '    with open(p, "w") as f:' '        f.write("x")' '    a = mktemp(); b = mktemp()' >a.py
cp a.py whole
for fixes in 2 1 0; do
    expect_exit 1 "$TMPGUARD" scan --format sarif
    mv "$out" log
    apply log . one
    [ "$(cat "$out")" = "$fixes" ] || failed "not $fixes fixes left but $(cat "$out")"
done
cp a.py one-by-one
cp whole a.py
expect_exit 1 "$TMPGUARD" fix
expect_exit 0 diff a.py one-by-one
ok "the fix of one finding leaves the others, and all of them are what fix does"

repository staged
insecure plain.py
printf 'import tempfile\np = tempfile.mktemp()\nwith open(p, "w") as f:\n    f.write("x")\n' >opened.py
git add .
expect_exit 1 "$TMPGUARD" check --format sarif="$scratch/log"
apply "$scratch/log" .
[ "$(cat "$out")" = 1 ] || failed "what is staged has not one fix"
cp opened.py wanted
git checkout -q opened.py
expect_exit 1 "$TMPGUARD" fix
expect_exit 0 diff opened.py wanted
ok "check says it of what is staged"

git checkout -q opened.py
expect_exit 1 "$TMPGUARD" scan --format gitlab-sast="$scratch/sast"
python3 -I -S -c 'import base64, json, sys
(remedy,) = json.load(open(sys.argv[1], encoding="utf-8"))["remediations"]
sys.stdout.buffer.write(base64.b64decode(remedy["diff"]))' "$scratch/sast" >"$scratch/patch"
expect_exit 0 git apply "$scratch/patch"
expect_exit 0 diff opened.py wanted
ok "a remediation of the SAST report is a patch that git takes"

git checkout -q opened.py
cp opened.py there
"$TMPGUARD" scan --format sarif - --stdin-name opened.py <there >"$scratch/log" 2>"$err"
apply "$scratch/log" .
expect_exit 0 diff opened.py wanted
expect_exit 1 "$TMPGUARD" scan --format json --format sarif="$scratch/log" plain.py
apply "$scratch/log" .
[ "$(cat "$out")" = 0 ] || failed "a finding without a repair has a fix"
ok "scan says it of standard input, and nothing where there is no repair"
