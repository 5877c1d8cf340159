#!/bin/sh
# SARIF through another's library, which viewers are made with: it keeps every field, reads the calls at their places, and
# computes the same fingerprints. 77: the library is not here.
# shellcheck disable=SC1091,SC2154 # lib.sh
top=$(cd "$(dirname "$0")/../.." && pwd)
modules=$("$top/tests/npm" viewer) || { echo "not run: there is no SARIF library to read with"; exit 77; }
. "$(dirname "$0")/lib.sh"
multitool=$modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod u+x "$multitool" || exit 1
# It brings all that it needs, but for the names of languages.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_BUNDLE_EXTRACT_BASE_DIR="$scratch/.dotnet"
logs=$scratch/logs
mkdir "$logs"

# logged N NAME COMMAND…: tmpguard ends with N and writes the log of that name.
logged() {
    wanted=$1 log=$logs/$2
    shift 2
    expect_exit "$wanted" "$TMPGUARD" "$@" --format sarif="$log"
}

mkdir "$scratch/empty"
logged 0 empty scan "$scratch/empty"
logged 1 cases scan --show-suppressed "$top/tests/cases"
logged 1 repairs scan "$top/tests/cases-fix"

repository work
python3 -I -S - <<'END'
def write(name, content):
    with open(name, "wb") as file:
        file.write(content)
call = b"tempfile.mktemp()"
head = b"import tempfile, os\n"
write(b"lf.py", head + b"name = " + call + b"\n")
write(b"crlf.py", b"import tempfile\r\nname = " + call + b"\r\n")
write(b"cr.py", b"import tempfile\r\nx = 1\rname = " + call + b"\r\n")
# The library leaves a mark out of the first line, where GitHub's action does not.
write(b"mark.py", b"\xef\xbb\xbfimport tempfile\nname = " + call + b"\n")
write(b"wide.py", head + "a = '\u65e5\u00e4\u0301', ".encode() + call + b"\n")
write(b"tab.py", head + b"if 1:\n\tname = " + call + b"\n")
write(b"no-end.py", head + b"name = " + call)
write(b"lines.py", head + b"name = tempfile.mktemp(\n    '.txt',\n)\n")
write(b"twice.py", head + b"a, b = " + call + b", " + call + b"\nc = os.tmpnam()\n    \nd = os.tempnam()\n")
write(b"same.py", head + b"p = tempfile.mktemp()\n" * 8)
write("\u202e\u00e4 %,:;#?&=.py".encode(), head + b"name = " + call + b"\n")
END
logged 1 bytes scan
expect_exit 0 python3 -I -S "$top/tests/viewer/round.py" "$multitool" --files . 'tempfile.mktemp()' 'os.tmpnam()' 'os.tempnam()' \
    "tempfile.mktemp(
    '.txt',
)" -- "$logs/bytes"
ok "it finds the calls where the log says, and computes the same fingerprints"

# The library counts UTF-16, whatever the log says.
python3 -I -S - <<'END'
def write(name, content):
    with open(name, "wb") as file:
        file.write(content)
call = b"tempfile.mktemp()"
write(b"astral.py", "import tempfile\na = '\U0001f600\u65e5', ".encode() + call + b"\n")
write(b"first.py", b"\xef\xbb\xbfimport tempfile; name = " + call + b"\n")
write(b"latin.py", b"# coding: latin-1\nimport tempfile\na = '\xe4\xff', " + call + b"\n")
write(b"controls.py", b"import tempfile\na = '\x1b[31m\x07\xc2\x9b', " + call + b"\n")
write(b"\xff.py", b"import tempfile\nname = " + call + b"\n")
write(b"excused.py", b"import tempfile\na = " + call + b"  # noqa: S306\nb = 1  # tmpguard: ignore[py/insecure-temporary-file] old\n")
write(b"large.py", b"import tempfile\n" + call + b"\n" + b"#" * (17 << 20))
END
logged 1 odd scan --unused-suppressions --show-suppressed
git add . && logged 1 staged check
rm large.py && commit all
git mv lf.py moved.py && commit moved
git rm -q tab.py && commit removed
logged 1 past scan --history
logged 1 tree scan --tree HEAD
expect_exit 0 "$TMPGUARD" baseline create
logged 0 known scan --baseline
for text in '"suppressions"' '"fixes"' '"introduced"' '"removed"' '"executionSuccessful": false' '"baseline"' 'unused-suppression'; do
    grep -q -- "$text" "$logs"/* || failed "no log has $text"
done
expect_exit 0 python3 -I -S "$top/tests/viewer/round.py" "$multitool" "$logs/empty" "$logs/cases" "$logs/repairs" "$logs/bytes" \
    "$logs/odd" "$logs/staged" "$logs/past" "$logs/tree" "$logs/known"
ok "it keeps every field of every kind of log"
