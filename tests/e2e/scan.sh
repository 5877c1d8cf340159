#!/bin/sh
# scan: what is read, what it is called, how it is told.
. "$(dirname "$0")/lib.sh"

# paths_are WORDS: the findings of the JSON report stand in these files.
paths_are() {
    expect_json "[f['path'] for f in d['findings']] == '$1'.split()"
}

mkdir plain && cd plain || exit 1
mkdir -p a/sub .hidden empty
insecure a/b.py
insecure a/sub/c.pyw
insecure .hidden/.d.py
insecure a/notes.txt
secure a/fine.py
{ echo '#!/usr/bin/env python3' && cat a/b.py; } >a/tool
{ echo '#!/bin/sh' && cat a/b.py; } >a/shell
ln -s ../a/b.py empty/link.py
ln -s ../a empty/folder
ln -s . a/again

expect_exit 1 "$TMPGUARD" scan --format json
paths_are '.hidden/.d.py a/b.py a/sub/c.pyw a/tool'
expect_json "d['version'] == 1 and d['tool']['name'] == 'tmpguard'" \
    "set(d) == {'version', 'tool', 'findings', 'incomplete', 'stats'}" \
    "d['incomplete'] == []" \
    "d['findings'][1] == {
    'rule': 'py/insecure-temporary-file', 'function': 'tempfile.mktemp',
    'message': 'Call to deprecated function tempfile.mktemp may be insecure.',
    'path': 'a/b.py', 'start': {'line': 2, 'column': 8},
    'end': {'line': 2, 'column': 25}, 'suppression': None, 'blocks': True,
    'fingerprint': d['findings'][1]['fingerprint']}" \
    "d['findings'][1]['fingerprint'].partition(':')[2] == '1'" \
    "d['stats']['files'] == 7 and d['stats']['python_files'] == 5" \
    "all(type(d['stats'][k]) in (int, float) for k in
    ('files', 'python_files', 'parsed', 'cache_hits', 'milliseconds'))"
ok 'outside of a repository all Python files are read, hidden and by shebang too, and no link is followed'

expect_exit 1 "$TMPGUARD" scan --format json a
paths_are 'b.py sub/c.pyw tool'
expect_exit 1 "$TMPGUARD" scan --format json empty a/sub
paths_are 'a/sub/c.pyw'
expect_exit 0 "$TMPGUARD" scan empty
expect_exit 0 "$TMPGUARD" scan a/notes.txt a/shell a/fine.py
expect_exit 1 "$TMPGUARD" scan --format json empty/link.py
paths_are 'empty/link.py'
expect_exit 1 "$TMPGUARD" scan --format json -C a sub
paths_are 'c.pyw'
expect_exit 1 "$TMPGUARD" -C a scan --format json sub/c.pyw
paths_are 'sub/c.pyw'
ok 'a path named is a folder or a file, and a link that is named is followed'

expect_exit 2 "$TMPGUARD" scan a nowhere
expect_error "^tmpguard: nowhere: there is no such file"
expect_silence
expect_exit 2 "$TMPGUARD" scan a/b.py/c
expect_exit 2 "$TMPGUARD" scan --tree HEAD
expect_error '^tmpguard: not in a git repository'
expect_exit 2 "$TMPGUARD" scan --tree HEAD a
expect_exit 2 "$TMPGUARD" scan --no-such-option
expect_exit 2 "$TMPGUARD" scan --format nonsense
expect_exit 2 "$TMPGUARD" -C nowhere scan
expect_exit 2 "$TMPGUARD" scan --stdin-name x.py a
expect_exit 2 "$TMPGUARD" scan - a
ok 'what cannot be asked is exit 2'

for paths in 'a a/b.py' 'a/b.py a' 'a a' './a a/sub a/../a/b.py' \
    'a a/sub/c.pyw a/sub' "a $PWD/a" 'a/b.py a a/again/b.py'; do
    # shellcheck disable=SC2086 # a list of words
    expect_exit 1 "$TMPGUARD" scan --format json $paths
    expect_json "len(d['findings']) == 3" "d['stats']['files'] == 6 and d['stats']['python_files'] == 4"
done
expect_exit 1 "$TMPGUARD" scan --format json a/b.py a
paths_are 'a/b.py a/sub/c.pyw a/tool'
ln -s b.py a/b.txt
expect_exit 1 "$TMPGUARD" scan --format json a/b.txt a/b.py
paths_are 'a/b.py'
rm a/b.txt
ok 'each file is reported once, however often it is named'

expect_exit 1 "$TMPGUARD" scan - --stdin-name 'some/x.py' <a/b.py
expect_output '^some/x.py:2:8: error: .* \[py/insecure-temporary-file\]$'
expect_exit 1 "$TMPGUARD" scan - <a/b.py
expect_exit 0 "$TMPGUARD" scan - --stdin-name x.txt <a/b.py
expect_exit 1 "$TMPGUARD" scan - --stdin-name tool <a/tool
expect_exit 0 "$TMPGUARD" scan - <a/fine.py
expect_exit 0 "$TMPGUARD" scan - </dev/null
expect_exit 3 "$TMPGUARD" scan - --stdin-name x.py <&-
expect_output '^x.py: incomplete: '
ok 'standard input is scanned under the name that it is given'

expect_exit 1 "$TMPGUARD" scan a/b.py
expect_output '^a/b.py:2:8: error: Call to deprecated function tempfile.mktemp may be insecure\. \[py/insecure-temporary-file\]$'
expect_output '^ *2 \| name = tempfile.mktemp\(\)$'
expect_output 'mkstemp|NamedTemporaryFile'
printf 'import tempfile\np = tempfile.mktemp()\nwith open(p, "w") as f:\n    pass\n' >opened.py
expect_exit 1 "$TMPGUARD" scan opened.py
expect_output '^ +=  ?The name is opened here: fd, path = tempfile\.mkstemp'
expect_exit 1 "$TMPGUARD" scan - <opened.py
expect_output '^ +=  ?The name is opened here: '
rm opened.py
expect_exit 0 "$TMPGUARD" scan --quiet empty
expect_silence
expect_exit 1 "$TMPGUARD" scan -q a
expect_output '^b.py:2:8: error: '
ok 'the text names place, line and remedy; --quiet has nothing to say of nothing'

escape=$(printf '\033')
expect_exit 1 "$TMPGUARD" scan --color always a
expect_output "$escape"
for options in '--color never' '--color auto' ''; do
    # shellcheck disable=SC2086 # a list of words
    expect_exit 1 "$TMPGUARD" scan $options a
    refuse_output "$escape"
done
expect_exit 1 env NO_COLOR=1 "$TMPGUARD" scan --color always a
expect_output "$escape"
expect_exit 2 "$TMPGUARD" scan --color sometimes a
ok 'colours are for terminals, or on demand'

expect_exit 1 "$TMPGUARD" scan --format json --output report.json a
expect_silence
cp report.json "$out"
paths_are 'b.py sub/c.pyw tool'
expect_exit 1 "$TMPGUARD" scan --format json=one.json --format text a
expect_output '^b.py:2:8: error: '
cp one.json "$out"
paths_are 'b.py sub/c.pyw tool'
echo 'longer than any report of nothing could ever be, and then some' >old
expect_exit 0 "$TMPGUARD" scan --quiet --output old empty
[ ! -s old ] || failed 'something is left of the file before'
expect_exit 2 "$TMPGUARD" scan --output nowhere/report a
expect_exit 2 "$TMPGUARD" scan --output . a
expect_exit 2 "$TMPGUARD" scan --output new nowhere
[ ! -e new ] || failed 'a run that checked nothing left a file'
rm -f report.json one.json old
ok 'reports go to the files that are named'

# Without blocks, since a run without findings must fail as well.
for paths in a empty; do
    "$TMPGUARD" scan $paths >/dev/full 2>"$err"
    [ $? -eq 3 ] || failed 'a full standard output is not exit 3'
    expect_error '^tmpguard: cannot write .*No space left'
    expect_exit 3 "$TMPGUARD" scan --output /dev/full $paths
    { sleep 0.1 && "$TMPGUARD" scan $paths 2>"$err"; echo $? >code; } | :
    [ "$(cat code)" -eq 3 ] || failed 'a closed pipe is not exit 3'
    expect_error '^tmpguard: cannot write .*Broken pipe'
    "$TMPGUARD" scan $paths >&- 2>"$err"
    [ $? -eq 3 ] || failed 'a closed standard output is not exit 3'
    "$TMPGUARD" scan $paths >&- 2>&- <&-
    [ $? -eq 3 ] || failed 'three closed streams are not exit 3'
done
"$TMPGUARD" scan a | head -n 1 >"$out"
expect_output '^b.py:2:8: error: '
"$TMPGUARD" version >/dev/full 2>"$err"
[ $? -eq 3 ] || failed 'version to a full standard output is not exit 3'
rm -f code
ok 'a report that cannot be written is exit 3, and nothing hangs or crashes'

repository repo
mkdir -p a/deep 'a folder'
insecure a/b.py
insecure a/deep/c.py
insecure 'a folder/d.py'
commit first
insecure a/untracked.py
rm a/b.py
expect_exit 1 "$TMPGUARD" scan --format json --tree HEAD
expect_json "[f['path'] for f in d['findings']] ==
    ['a folder/d.py', 'a/b.py', 'a/deep/c.py']"
expect_exit 1 "$TMPGUARD" scan --format json
expect_json "[f['path'] for f in d['findings']] ==
    ['a folder/d.py', 'a/deep/c.py', 'a/untracked.py']"
expect_exit 2 "$TMPGUARD" scan --tree nonsense
expect_error '^tmpguard: nonsense: there is no such commit'
expect_exit 2 "$TMPGUARD" scan --tree --output
ok '--tree reads a commit, otherwise the working tree is read, untracked files too'

cd a || exit 1
expect_exit 1 "$TMPGUARD" scan --format json
paths_are 'a/deep/c.py a/untracked.py'
expect_exit 1 "$TMPGUARD" scan --format json deep ../a/deep/c.py
paths_are 'a/deep/c.py'
expect_exit 1 "$TMPGUARD" scan --format json --tree HEAD
expect_json "len(d['findings']) == 3"
expect_exit 1 "$TMPGUARD" -C .. scan --format json 'a folder'
expect_json "d['findings'][0]['path'] == 'a folder/d.py'"
expect_exit 1 "$TMPGUARD" scan --format json ../../plain/a/b.py
paths_are '../../plain/a/b.py'
cd .. || exit 1
ok 'paths are relative to the root of the repository wherever one stands'

git -c protocol.file.allow=always submodule add -q "$scratch/repo" module 2>"$err" ||
    failed 'no submodule'
expect_exit 1 "$TMPGUARD" scan --format json
expect_json "not any(f['path'].startswith('module') for f in d['findings'])"
expect_exit 1 "$TMPGUARD" scan --format json module
expect_json "len(d['findings']) == 3"
ok 'a submodule is another repository, unless it is named'

# A name with a newline, an escape sequence and a byte that is no UTF-8.
mkdir odd && cd odd || exit 1
insecure "$(printf 'new\nline.py')"
insecure "$(printf 'esc\033[31m.py')"
insecure "$(printf 'latin\351.py')"
expect_exit 1 "$TMPGUARD" scan --color never .
refuse_output "$escape"
[ "$(grep -c ': error: ' "$out")" -eq 3 ] || failed 'not three findings'
expect_exit 1 "$TMPGUARD" scan --format json .
expect_json "sorted(f['path'] for f in d['findings']) ==
    ['odd/esc\\x1b[31m.py', 'odd/latin\\ufffd.py', 'odd/new\\nline.py']" "[f['path_bytes'] for f in d['findings'] if 'latin' in f['path']]
    == ['b2RkL2xhdGlu6S5weQ==']"
ok 'no name reaches the terminal raw, and JSON has its exact bytes'
