#!/bin/sh
# What is printed: only what is so, and nothing where there is nothing to say.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"

repository quiet
expect_exit 0 "$TMPGUARD" install
secure fine.py
echo words >README
git add .
expect_exit 0 git commit -q -m fine
expect_silence
[ ! -s "$err" ] || failed 'there is something on standard error'
expect_exit 0 "$TMPGUARD" check --commit HEAD
expect_output '^1 Python file checked, no findings '
echo more >>README
git add README
expect_exit 0 "$TMPGUARD" check
expect_output '^0 Python files checked, no findings '
printf '[tmpguard]\n\tonError = warn\n' >.tmpguard
git add .tmpguard
expect_exit 0 git commit -q -m policy
expect_error "^\.tmpguard:2: note: 'onError' is ignored: "
[ "$(grep -c note: "$err")" -eq 1 ] || failed 'it is told twice'
echo more >>README
git add README
expect_exit 0 git commit -q -m more
[ ! -s "$err" ] || failed 'it is told again'
expect_exit 0 "$TMPGUARD" check
expect_output 'note:'
echo '# more' >>.tmpguard
git add .tmpguard
expect_exit 0 "$TMPGUARD" check
[ "$(grep -c note: "$out")" -eq 1 ] || failed 'that of a parent is told, too'
insecure bad.py
git add bad.py
expect_exit 1 git commit -q -m bad
expect_error '^1 Python file checked, 1 finding '
expect_error 'note:'
ok "a commit in which nothing is found prints nothing, and only Python files are counted"

repository past
insecure a.py
commit 'thrown away'
secure a.py
git add a.py
git commit -q --amend --no-verify -m amended
git checkout -q -b topic
insecure b.py
commit topic
git mv b.py c.py
{ printf '#!/usr/bin/env python3\n'; cat c.py; } >.c
mv .c c.py
commit moved
git checkout -q main
expect_exit 1 "$TMPGUARD" scan --history --reflog
expect_output '^Live: in the tree of at least one ref$'
expect_output '^Past: in the tree of no ref$'
expect_output '= not live: no ref has it, and no commit here removed it$'
expect_output '^2 introduced, 0 removed, 1 live, 1 neither removed nor live$'
refuse_output 'merge'
expect_exit 1 "$TMPGUARD" scan --history topic
expect_output '^Live: in the tree of at least one of those chosen$'
expect_exit 0 "$TMPGUARD" scan --history --reflog main
expect_output '^Past: in the tree of none of those chosen$'
expect_output '= not live: none of those chosen has it; no commit here removed it$'
expect_exit 1 "$TMPGUARD" scan --history ^main
expect_output '^Live: in the tree of at least one ref$'
expect_exit 0 "$TMPGUARD" scan --history main..main
expect_output '^0 commits checked, no findings '
expect_exit 1 "$TMPGUARD" scan --history
expect_output '^3 commits and [0-9]+ versions of Python files checked, 1 finding '
ok "a history says of which refs something is live"

expect_output '^c\.py:3:8: error: '
expect_output '= also at b\.py$'
refuse_output '^b\.py:2:8: error: '
expect_output '^ *3 \| name = tempfile\.mktemp\(\)$'
expect_exit 1 "$TMPGUARD" scan --history --format json
expect_json "d['findings'][0]['path'] == 'b.py' and d['findings'][0]['start']['line'] == 2" \
    "d['findings'][0]['now'] == {'path': 'c.py', 'start': {'line': 3, 'column': 8}, 'end': {'line': 3, 'column': 25}}"
git checkout -q -b other topic
git mv c.py d.py
commit 'moved again'
expect_exit 1 "$TMPGUARD" scan --history
expect_output '^d\.py:3:8: error: '
git checkout -q topic
expect_exit 1 "$TMPGUARD" scan --history
expect_output '^c\.py:3:8: error: '
ok "what moved and is live is shown where it is now, in HEAD if HEAD has it"

for date in 2024-13-45 2024-02-30 20241345 '2 wekks ago'; do
    expect_exit 2 "$TMPGUARD" scan --history --since="$date"
    expect_error "^tmpguard: '$date' is not a date; as git reads them, dates are 2024-12-31, "
    [ "$(wc -l <"$err")" -eq 1 ] || failed 'more than one line'
    expect_exit 2 "$TMPGUARD" coverage --until="$date"
done
expect_exit 1 "$TMPGUARD" scan --history --since='2 weeks ago' --until=2099-12-31
ok "a day that is not in the calendar is no date"

repository damaged
insecure a.py
awk 'BEGIN { print "import tempfile"; for (i = 0; i < 3000; i++) printf "f("; print "tempfile.mktemp()" }' >deep.py
expect_exit 3 "$TMPGUARD" baseline create
expect_output '^deep\.py: incomplete: '
expect_output '^\.tmpguard-baseline: 1 known finding, not written: repair what is incomplete, or leave it out with --allow-incomplete$'
[ ! -e .tmpguard-baseline ] || failed 'it was written'
expect_exit 3 "$TMPGUARD" baseline create --format json
expect_json "not d['written'] and d['incomplete'] == 1"
expect_exit 2 "$TMPGUARD" baseline update --allow-incomplete
expect_exit 3 "$TMPGUARD" baseline create --allow-incomplete
expect_output '^\.tmpguard-baseline: 1 known finding$'
expect_exit 0 grep -q '^a\.py	' .tmpguard-baseline
ok "no baseline is made of what could not be looked at"

for command in check scan install uninstall status config doctor baseline coverage cache explain version help; do
    expect_exit 0 "$TMPGUARD" help $command
    refuse_output ' $'
done
expect_exit 2 "$TMPGUARD" help scan x
expect_error "^tmpguard: 'help' takes one command at most$"
for command in check scan version; do
    expect_exit 2 "$TMPGUARD" $command --json
    expect_error "^tmpguard: '$command' has no option '--json'; did you mean '--format json'\?$"
done
ok "help has no trailing blanks, takes one command, and --json has a hint where it is none"

repository covered
secure a.py
commit old
expect_exit 1 "$TMPGUARD" coverage
expect_output "^no hook has recorded anything here yet: 'tmpguard doctor' tells whether they fire$"
expect_exit 0 "$TMPGUARD" install
GIT_COMMITTER_DATE='2020-01-01T00:00:00Z' git commit -q --amend --no-edit --no-verify
secure b.py
git add b.py
git commit -q -m checked
secure c.py
commit 'past the hooks'
expect_exit 1 "$TMPGUARD" coverage
expect_output ' Ann Author: past the hooks$'
refuse_output ': old$'
expect_output '^3 commits, 1 with a tree that the hooks let pass, 2 without$'
expect_output "^1 of those is older than the first record \([0-9-]{10}\) and not listed; '--since [0-9-]{10}' leaves it out$"
expect_exit 1 "$TMPGUARD" coverage --verbose
expect_output ': old$'
expect_exit 1 "$TMPGUARD" coverage --json
expect_json "[c['older'] for c in d['unapproved']] == [False, True]"
expect_exit 2 "$TMPGUARD" coverage --approved /nowhere
expect_error '^tmpguard: /nowhere: there is no such file: it is what another clone has as \.git/tmpguard/approved$'
ok "coverage tells what is older than its record from what went past the hooks"
