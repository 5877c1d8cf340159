#!/bin/sh
# Every format says the same, whatever the bytes; files are whole or not there. SARIF is what its schema wants.
# shellcheck disable=SC1091,SC2154 # lib.sh
top=$(cd "$(dirname "$0")/../.." && pwd)
home=$HOME
. "$(dirname "$0")/lib.sh"
formats='json sarif github gitlab gitlab-sast junit html'
logs=

# told N [OPTION…] COMMAND…: tmpguard ends with N; each format of one run tells the same, and one alone those bytes.
told() {
    wanted=$1
    number=$((${number:-0} + 1))
    folder=$scratch/told/$number
    shift
    mkdir -p "$folder"
    expect_exit "$wanted" "$TMPGUARD" "$@" --format text --format json="$folder/json" --format sarif="$folder/sarif" \
        --format github="$folder/github" --format gitlab="$folder/gitlab" --format gitlab-sast="$folder/gitlab-sast" --format junit="$folder/junit" --format html="$folder/html"
    case " $* " in *" --show-suppressed "*) hidden='' ;; *) hidden=--hidden ;; esac
    # shellcheck disable=SC2086 # nothing, or a word
    expect_exit 0 python3 -I -S "$top/tests/reports/read.py" "$folder" $hidden
    logs="$logs $folder/sarif"
    for format in github gitlab; do
        "$TMPGUARD" "$@" --format "$format" >"$out" 2>"$err"
        cmp -s "$out" "$folder/$format" || failed "$format differs on standard output"
    done
}

mkdir "$scratch/empty" && cd "$scratch/empty" || exit 1
told 0 scan
if [ -s "$folder/github" ] || [ "$(cat "$folder/gitlab")" != '[]' ]; then failed "there is something in nothing"; fi
ok "an empty folder is a valid report in every format"

repository odd
python3 -I -S - <<'END'
import os
def write(name, content):
    folder = os.path.dirname(name)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(name, "wb") as file:
        file.write(content)
call = b"tempfile.mktemp()"
head = b"import tempfile, os\n"
write(b"lf.py", head + b"name = " + call + b"\n")
write(b"crlf.py", b"import tempfile\r\nname = " + call + b"\r\n")
write(b"cr.py", b"import tempfile\r\nx = 1\rname = " + call + b"\r\n")
write(b"bom.py", b"\xef\xbb\xbfimport tempfile; name = " + call + b"\n")
write(b"astral.py", head + "a = '\U0001f600\u65e5', ".encode() + call + b"\n")
write(b"latin.py", b"# coding: latin-1\nimport tempfile\na = '\xe4\xff', " + call + b"\n")
write(b"controls.py", head + b"a = '\x1b[31m\x07\xc2\x9b', " + call + b"\n")
write(b"long.py", head + b"a = '" + b"x" * 100000 + b"', " + call + b"\n")
write(b"lines.py", head + b"name = tempfile.mktemp(\n    '.txt',\n)\n")
write(b"twice.py", head + b"a, b = " + call + b", " + call + b"\nc = os.tmpnam()\n    \nd = os.tempnam()\n")
write(b"excused.py", head + b"a = " + call + b"  # noqa: S306\nb = 1  # tmpguard: ignore[py/insecure-temporary-file] old\n")
for name in (b"\xff.py", b"a b%,:;#?&=.py", b"l\nf.py", b"c\rr.py", b"\x1b[31m.py", "\u202e\u00e4\ufeff.py".encode(), b"q\"'<>&.py",
             b"c:/windows.py", b"::error::.py", b"\xef\xbf\xbf.py", b"%0A.py", b"deep/er/in.py"):
    write(name, head + b"name = " + call + b"\n")
write(b"large.py", head + call + b"\n" + b"#" * (17 << 20))
END
told 1 scan
told 1 scan --show-suppressed
told 1 scan --unused-suppressions
grep -q 'suppressions": \[{ "kind": "inSource", "justification": "noqa" }\]' "$folder/sarif" || failed "not suppressed"
grep -q '"executionSuccessful": false' "$folder/sarif" || failed "large.py is not missed"
cd / || exit 1
told 1 scan "$scratch/odd/lf.py"
cd "$scratch/odd" || exit 1
ok "paths and lines of any bytes come back from every format"

commit all
git rm -q --cached lf.py
mv lf.py moved.py
printf 'import tempfile\nother = tempfile.mktemp()\n' >new.py
git add new.py
told 1 check
commit next
told 1 scan --history
told 1 scan --tree HEAD
rm large.py
expect_exit 0 "$TMPGUARD" baseline create
told 0 scan --baseline
grep -q '"kind": "external", "justification": "baseline"' "$folder/sarif" || failed "the baseline is not told"
ok "so do the findings of a commit, of the past, and those that a baseline knows"

repository many
python3 -I -S -c 'for i in range(100):
    with open("f%02d.py" % i, "w") as file:
        file.write("import tempfile\n" + "".join("name%d = tempfile.mktemp()\n" % j for j in range(100)))'
told 1 scan
[ "$(grep -o '"automationDetails": { "id": "[^"]*" }' "$folder/sarif" | tr -d '\n')" = \
    '"automationDetails": { "id": "tmpguard/" }"automationDetails": { "id": "tmpguard/2/" }' ] || failed "not two runs"
ok "10,000 findings are two runs"

repository vectors
printf 'import tempfile\nname = tempfile.mktemp()\n' >a.py
printf 'import tempfile\r\nname = tempfile.mktemp()\r\n' >b.py
printf 'import tempfile\nname = tempfile.mktemp()' >c.py
{ echo 'import tempfile'; for _ in 1 2 3 4 5 6 7 8; do echo 'p = tempfile.mktemp()'; done; } >d.py
printf '\357\273\277import tempfile\nname = tempfile.mktemp()\n' >e.py
told 1 scan
grep -o '"primaryLocationLineHash": "[^"]*"' "$folder/sarif" | cut -d'"' -f4 >hashes
printf '%s\n' 5f4b71b397eaf35e:1 5f4b71b397eaf35e:1 b1049f7d86a3efe8:1 c59d1bc7c4aebfaa:1 c59d1bc7c4aebfaa:2 \
    c59d1bc7c4aebfaa:3 c59d1bc7c4aebfaa:4 c0f596d916419eab:1 >wanted
expect_exit 0 diff wanted - <<END
$(sed -n '1,8p' hashes)
END
[ "$(sed -n '12p' hashes)" = 5f4b71b397eaf35e:1 ] || failed "a mark at the front changes the second line"
ok "fingerprints are those of CodeQL's action"

cd "$scratch/odd" || exit 1
for format in text $formats; do
    expect_exit 3 "$TMPGUARD" scan --format "$format" --output /dev/full
    expect_error '^tmpguard: cannot write the report to /dev/full: No space left on device$'
    expect_exit 2 "$TMPGUARD" scan --format "$format=no/file"
    "$TMPGUARD" scan --format "$format" >&- 2>"$err"
    [ $? -eq 3 ] || failed "closed standard output is not 3 with $format"
    echo kept >report
    (ulimit -f 1; exec "$TMPGUARD" scan --format "$format" --output report "$scratch/many" >"$out" 2>"$err")
    [ $? -eq 3 ] || failed "a report that is cut is not 3 with $format"
    [ "$(cat report)" = kept ] || failed "a cut $format takes the place of the old file"
    [ "$(find . -maxdepth 1 -name 'report*')" = ./report ] || failed "something is left of a cut $format"
    rm report
done
ok "a report that cannot be written is 3, and leaves the old one"

# A file system of 64 KiB, where this user may have one.
if unshare -rm true 2>/dev/null; then
    mkdir "$scratch/small"
    for format in text $formats; do
        # shellcheck disable=SC2016 # for the shell within
        unshare -rm sh -c 'mount -t tmpfs -o size=64k none "$1" && echo kept >"$1/report" && cd "$3" &&
            { "$2" scan --format "$4=$1/report"; code=$?; cat "$1/report"; ls -A "$1"; exit $code; }' \
            - "$scratch/small" "$TMPGUARD" "$scratch/many" "$format" >"$out" 2>"$err"
        [ $? -eq 3 ] || failed "a full file system is not 3 with $format"
        [ "$(cat "$out")" = "kept
report" ] || failed "a full file system has $format in place of the old file, or beside it"
    done
    ok "so is a full file system"
else
    echo "not run: a full file system, since unshare -rm is not allowed here"
fi

cd "$scratch/vectors" || exit 1
printf 'import tempfile\np = tempfile.mktemp()\nwith open(p, "w") as f:\n    f.write("x")\n' >opened.py
commit vectors
for command in 'fix --diff' 'fix --format json' 'doctor' 'doctor --json' 'status' 'coverage' 'coverage --json' 'config' 'cache stats' \
    'cache stats --format json' 'daemon status' 'explain' 'version' 'help' 'help scan'; do
    # shellcheck disable=SC2086 # a list of words
    "$TMPGUARD" $command >/dev/full 2>"$err"
    [ $? -eq 3 ] || failed "a full disk is not 3 with $command"
    # shellcheck disable=SC2086
    "$TMPGUARD" $command >&- 2>"$err"
    [ $? -eq 3 ] || failed "closed standard output is not 3 with $command"
done
ok "answers that cannot be written are 3, too"

expect_exit 1 "$TMPGUARD" scan --format sarif "$top/tests/cases"
mkdir -p "$scratch/told" && cp "$out" "$scratch/told/cases"
[ "$(grep -c '"ruleId"' "$out")" -ge 500 ] || failed "the cases have no findings"
expect_exit 1 "$TMPGUARD" scan --format sarif "$top/tests/cases-fix"
cp "$out" "$scratch/told/repairs"
[ "$(grep -c '"fixes"' "$out")" -ge 20 ] || failed "what can be repaired has no fixes"
command -v node >/dev/null || { echo "not run: node is missing, which validates SARIF: apt-get install nodejs"; exit 77; }
modules=$(HOME=$home "$top/tests/npm" reports) || { echo "not run: no schema to validate with"; exit 77; }
# shellcheck disable=SC2086 # a list
expect_exit 0 node "$top/tests/reports/validate.js" "$modules" "$scratch/told/cases" "$scratch/told/repairs" $logs
ok "SARIF is what its schema wants, of every case too"
