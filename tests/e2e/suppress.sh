#!/bin/sh
# A comment excuses a call where it stands, and only a comment that says so.
. "$(dirname "$0")/lib.sh"

repository repo
guard
secure a.py
commit base

# calls COMMENT: a file whose call has this comment.
calls() {
    printf 'import tempfile\nname = tempfile.mktemp()  %s\n' "$1" >b.py
    git add b.py
}

for comment in '# tmpguard: ignore[py/insecure-temporary-file] only a name is wanted' \
    '# lgtm[py/insecure-temporary-file]' '# lgtm' '# noqa' '# noqa: S306' \
    '# noqa: E501, S306' '# nosec' '# nosec B306' '# nosec: B306' '# NOSONAR'; do
    calls "$comment"
    expect_exit 0 "$TMPGUARD" check
    expect_output '^1 Python file checked, no findings'
    expect_exit 0 "$TMPGUARD" scan
    expect_output '1 suppressed'
    expect_exit 0 "$TMPGUARD" scan --quiet
    expect_silence
done
allows git commit -m excused
ok 'an excused call passes'

expect_exit 0 "$TMPGUARD" scan --show-suppressed
expect_output '^b.py:2:8: note: .*\(suppressed: '
expect_exit 0 "$TMPGUARD" scan --format json
expect_json "len(d['findings']) == 1" "d['findings'][0]['blocks'] is False" \
    "d['findings'][0]['suppression']['kind'] != ''"
ok 'it is shown on demand, and in JSON'

for comment in '' '# nosec B999' '# noqa: F841' '# nosecurity' '# tmpguard: ignore' \
    '# tmpguard: ignore[another/rule] x' '# ignore[py/insecure-temporary-file]'; do
    calls "$comment"
    refuses git commit -m x
    expect_exit 1 "$TMPGUARD" scan
done
ok 'without its comment the call is new, and no other comment will do'

git reset -q --hard
printf 'import tempfile\n# tmpguard: ignore[py/insecure-temporary-file] above\nname = tempfile.mktemp()\nother = tempfile.mktemp()\n' >c.py
git add c.py
refuses git commit -m x
expect_error '^c.py:4:9: error: '
[ "$(grep -c ': error: ' "$err")" -eq 1 ] || failed 'not one finding'
ok 'a comment covers its own statement only'

git reset -q --hard
printf 'x = 1  # noqa: S306\ny = 2  # noqa\n' >plain.py
printf 'import tempfile\n# tmpguard: ignore[py/insecure-temporary-file] it is ours\ntempfile.mktemp()  # tmpguard: ignore\n' >used.py
expect_exit 0 "$TMPGUARD" scan
expect_exit 1 "$TMPGUARD" scan --unused-suppressions
expect_output '^plain.py:1:10: error: Unused "noqa: S306" comment: it excuses no finding. \[unused-suppression\]$'
expect_output '^used.py:3:22: error: Malformed "tmpguard: ignore" comment, '
expect_output ', 2 unused suppressions'
refuse_output '^(plain.py:2|used.py:2)'
expect_exit 1 "$TMPGUARD" scan --unused-suppressions --quiet
expect_output '^plain.py:1:10: '
expect_exit 1 "$TMPGUARD" scan --unused-suppressions --format json
expect_json "len(d['findings']) == 2" \
    "[(u['path'], u['kind'], u['problem'], u['start'], u['end']['column']) for u in d['unused_suppressions']] == [
        ('plain.py', 'noqa', 'unused', {'line': 1, 'column': 10}, 20),
        ('used.py', 'tmpguard', 'malformed', {'line': 3, 'column': 22}, 38)]"
expect_exit 0 "$TMPGUARD" scan --format json
expect_json "'unused_suppressions' not in d"
git add . && git commit -qm unused --no-verify
expect_exit 1 "$TMPGUARD" scan --unused-suppressions --tree HEAD
expect_output '^plain.py:1:10: '
expect_exit 2 "$TMPGUARD" scan --unused-suppressions --history
expect_exit 2 "$TMPGUARD" check --unused-suppressions
git rm -qf plain.py && printf 'x = 1\n' >used.py
expect_exit 0 "$TMPGUARD" scan --unused-suppressions --format json
expect_json "d['unused_suppressions'] == []"
ok 'what excuses nothing is told on demand'

rm -f ./*.py
rule='[py/insecure-temporary-file]'
printf 'from tempfile import mktemp\nfrom os import tmpnam\nfrom safe import tmpnam\n' >gives.py
printf 'from gives import mktemp, tmpnam\nmktemp()  # tmpguard: ignore%s it is ours\ntmpnam()  # lgtm%s\nx = 1  # lgtm%s\n' "$rule" "$rule" "$rule" >takes.py
expect_exit 0 "$TMPGUARD" scan
expect_output ' 1 suppressed '
expect_exit 0 "$TMPGUARD" scan --codeql-compat
expect_output ' 2 suppressed '
expect_exit 1 "$TMPGUARD" scan --unused-suppressions
expect_output '^takes.py:4:10: error: Unused "lgtm'
refuse_output '^takes.py:[23]:'
expect_output ', 1 unused suppression '
ok 'a comment is used by what comes from another file'
