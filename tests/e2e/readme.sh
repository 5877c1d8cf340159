#!/bin/sh
# Each block of code in README.md does what it says: run as it stands, with other folders at most.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; words of README.md are in single quotes
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib.sh"
PATH=${TMPGUARD%/*}:$PATH
done=$scratch/.done

# all: each block by its heading (or "" above the first one) and number there; block HEADING NUMBER: what is in it.
all() {
    awk '/^## / { at = substr($0, 4); n = 0 } /^```/ { if (!open) print at "/" ++n; open = !open }' "$top/README.md"
}
block() {
    printf '%s/%s\n' "$1" "$2" >>"$done"
    awk -v at="$1" -v number="$2" '
        /^## / { here = substr($0, 4); n = 0 }
        /^```/ { if (!open) n++; open = !open; next }
        open && here == at && n == number' "$top/README.md"
}

# elsewhere HEADING NUMBER TEST: that test runs it.
elsewhere() {
    [ -e "$top/tests/e2e/$3.sh" ] || failed "there is no tests/e2e/$3.sh"
    printf '%s/%s\n' "$1" "$2" >>"$done"
}

# each EXIT…: run the commands of a block, a line each, that may end so.
each() {
    while read -r line; do
        sh -c "$line" >"$out" 2>"$err"
        got=$?
        case " $* " in *" $got "*) ;; *) failed "exit $got: $line" ;; esac
    done
}

for word in install.sh tests/run; do
    block '' 1 | grep -q "^[./]*$word " || failed "README.md begins without $word"
    expect_exit 0 test -x "$top/$word"
done
ok 'what it begins with is there'

timeless() {
    sed 's/([0-9.]* ms)/(TIME)/' "$1"
}
repository looks
expect_exit 0 "$TMPGUARD" install
printf 'import tempfile\n\n\ndef export(text):\n    path = tempfile.mktemp()\n    with open(path, "w") as file:\n        file.write(text)\n' >export.py
echo old >other
git add other && git commit -qm other
git add export.py
block 'What it looks like' 1 >transcript
expect_exit 0 grep -q "^\$ git commit -am 'Export to a name'$" transcript
expect_exit 1 git commit -am 'Export to a name'
sed 1d transcript >said
timeless said >wanted
timeless "$err" >got
expect_exit 0 diff wanted got
expect_exit 0 test ! -s "$out"
ok 'a commit is refused in these words'

elsewhere 'Rolling it out' 1 roll-out
mkdir "$scratch/srv" && git init -q --bare "$scratch/srv/project.git" && git init -q --bare "$scratch/srv/two.git"
block 'On a server' 1 | sed "s|/srv/git/|$scratch/srv/|g; s/ # .*//; s/; uninstall.*//" >lines
expect_exit 0 test "$(wc -l <lines)" -eq 2
each 0 <lines
for name in project two; do
    expect_exit 0 test -x "$scratch/srv/$name.git/hooks/pre-receive"
done
ok 'servers get their hook, one or many'

repository past
mkdir src && insecure src/a.py && secure setup.py && commit one
git tag v1
git checkout -q -b release/1 && insecure b.py && commit two
git checkout -q main && secure src/a.py && commit three
git tag v2
block 'The past' 1 | sed 's/  *# .*//' >"$scratch/lines"
expect_exit 0 test "$(wc -l <"$scratch/lines")" -eq 7
each 0 1 <"$scratch/lines"
expect_exit 1 sh -c "$(sed -n 1p "$scratch/lines")"
expect_output '^2 introduced, 0 removed, 2 live$'
expect_exit 0 sh -c "$(sed -n 2p "$scratch/lines")"
expect_output '^1 introduced, 1 removed, 0 live$'
ok 'the past is chosen as it is said'

repository covered
secure a.py && commit base
git branch base
expect_exit 0 "$TMPGUARD" install
for name in $(seq 17); do git commit -q --allow-empty -m "$name"; done
GIT_AUTHOR_NAME='Eve Else' GIT_AUTHOR_EMAIL=eve@example.org
for name in $(seq 13); do
    echo "$name" >file && git add file && git commit -q -m "$name"
done
echo more >file && git add file
git commit -q --no-verify -m 'Quick fix'
export GIT_AUTHOR_NAME='Ann Author' GIT_AUTHOR_EMAIL=ann@example.org
git update-ref refs/remotes/origin/main base
block 'Does every clone have it?' 1 >transcript
expect_exit 0 grep -q '^\$ tmpguard coverage origin/main\.\.main$' transcript
expect_exit 1 "$TMPGUARD" coverage origin/main..main
sed '1d; s/^[0-9a-f]* [-0-9]* /ID DATE /' transcript >wanted
sed 's/^[0-9a-f]* [-0-9]* /ID DATE /' "$out" >got
expect_exit 0 diff wanted got
ok 'who never ran the hooks is told so'

repository excused
{ echo 'import tempfile' && block 'Excusing a finding' 1; } >a.py
expect_exit 0 "$TMPGUARD" scan
expect_output '1 suppressed'
block Policy 1 >.tmpguard
expect_exit 0 "$TMPGUARD" scan
printf 'import tempfile\nname = tempfile.mktemp()  # noqa: S306\n' >b.py
expect_exit 1 "$TMPGUARD" scan
mv .tmpguard elsewhere
expect_exit 0 "$TMPGUARD" scan
ok 'a comment excuses, and a policy asks for a reason'

block Reports 1 | sed 's/  *# .*//' | each 0
expect_exit 0 python3 -m json.tool tmpguard.sarif
block Repairs 1 >sides
cut -c1-38 sides | sed 's/ *$//' >left
cut -c39- sides >right
{ printf 'import os\nimport tempfile\n' && cat left && echo '    file.write("1")'; } >repaired.py
{ printf 'import os\nimport tempfile\n' && cat right && echo '    file.write("1")'; } >wanted
expect_exit 0 "$TMPGUARD" fix repaired.py
expect_exit 0 diff wanted repaired.py
ok 'a report is written, and a call repaired as it is shown'

for number in 1 2 3; do
    block 'In an editor' "$number" >setting
    expect_exit 0 grep -q tmpguard setting
    expect_exit 0 grep -q '"lsp"' setting
done
expect_exit 0 python3 -c '
import sys, tomllib
settings = tomllib.load(open(sys.argv[1], "rb"))
server = settings["language-server"]["tmpguard"]
assert [server["command"], *server["args"]] == ["tmpguard", "lsp"]
assert settings["language"][0]["language-servers"] == ["tmpguard"]' setting
expect_exit 0 sh -c 'printf "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}" | tmpguard lsp; test $? -le 1'
ok 'what editors are told starts the language server'

for number in 1 2; do
    preset=$(block 'Building by hand, and without a network' "$number" | sed -n 's/.*cmake --preset \([a-z]*\).*/\1/p')
    expect_exit 0 grep -q "\"name\": \"$preset\"" "$top/CMakePresets.json"
done
for name in TMPGUARD_TREE_SITTER_DIR TMPGUARD_TREE_SITTER_PYTHON_DIR; do
    expect_exit 0 grep -q "$name" -r "$top/cmake"
done
elsewhere 'Building by hand, and without a network' 1 install-sh
ok 'the presets that it is built with are there'

cd "$scratch/looks" || exit 1
block Uninstalling 1 | grep -v install.sh | sed 's/   *.*//' | each 0
expect_exit 0 git commit -qm 'without the gate'
expect_exit 0 test ! -e .git/hooks/pre-commit
elsewhere Uninstalling 1 install-sh
ok 'it goes as it came'

block 'The sources' 1 | awk '/^[a-z]/ { layer = $1 } /^  [a-z]/ { print layer $1 }' | sort >rooms
(cd "$top" && find core store hooks cmd -mindepth 1 -maxdepth 1 -type d) | sed 's|$|/|' |
    grep -Ev '^cmd/(completion|systemd)/$' | sort >found
expect_exit 0 diff rooms found
ok 'the rooms are those that are there'

"$TMPGUARD" help | sed -n '/^Commands$/,/^$/s/^  \([a-z]*\) .*/\1/p' >commands
expect_exit 0 test "$(wc -l <commands)" -ge 16
while read -r name; do
    expect_exit 0 "$TMPGUARD" help "$name"
    cp "$out" by-help
    expect_exit 0 "$TMPGUARD" "$name" --help
    cmp -s by-help "$out" || failed "'$name --help' says something else"
    expect_output "tmpguard $name( |$)"
    case $name in help | version) continue ;; esac
    grep -Eq "(tmpguard |\`)$name([^a-z]|$)" "$top/README.md" || failed "README.md does not name 'tmpguard $name'"
done <commands
ok 'each command has its help, by both ways, and a place in README.md'

all | sort -u >wanted
sort -u "$done" >got
expect_exit 0 diff wanted got
ok 'no block is left out'
