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
    expect_output '^1 file checked, no findings'
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
