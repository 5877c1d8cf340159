#!/bin/sh
# tests/bench/history-check finds nothing wrong with a right report, and
# something with a wrong one.
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/lib.sh"
check=$here/../bench/history-check
export PYTHONDONTWRITEBYTECODE=1

c() {
    tick
    git add -A && git commit -q --allow-empty -m "$1" || exit 1
}

repository repo
insecure a.py
{ seq -f 'x%g = 1' 20; echo '# mktemp()'; } >b.py
c one
git checkout -q -b side
cat a.py >>b.py
c two
git checkout -q main
cat a.py b.py >new && mv new b.py
c three
tick
git merge -q -m joined side >/dev/null || failed 'no merge'
git branch -q -D side
git mv a.py d.py
echo last = 1 >>d.py
c four
cp d.py e.py
c five
secure d.py
c six
past 1 <<'END'
a.py:2 one six a.py d.py
b.py:2 three live
b.py:23 two live
e.py:2 five live
END
cp "$out" "$scratch/report"

# judge N: the report in $scratch/changed is right (0) or wrong (1).
judge() {
    expect_exit "$1" "$check" . "$TMPGUARD" "$scratch/changed"
}

cp "$scratch/report" "$scratch/changed"
judge 0
expect_output '^ *5  commits that gain or lose: both$'
expect_output '^ *4  introduced: by text$'
refuse_output 'WRONG|text only|report only'
expect_exit 0 "$check" . "$TMPGUARD"
ok 'a right report is right'

# change EXPRESSION…: the report with one finding changed, f.
change() {
    python3 -I -S -c 'import json, sys
report = json.load(open(sys.argv[1]))
findings = report["findings"]
a, b, side, e = findings
for change in sys.argv[3:]:
    exec(change)
json.dump(report, open(sys.argv[2], "w"))' "$scratch/report" "$scratch/changed" "$@" || failed "no change: $*"
    judge 1
}

change 'findings.remove(side)'
expect_output '^WRONG the report lacks a gain'
change 'b["introduced"], e["introduced"] = e["introduced"], b["introduced"]'
expect_output '^WRONG not introduced'
change "a['introduced']['commit'] = '$(git rev-parse HEAD~1)'"
change "a['removed']['commit'] = '$(git rev-parse HEAD~1)'"
expect_output '^WRONG not removed'
change 'e["live"] = False'
expect_output '^WRONG not live'
change 'a["live"] = True'
expect_output '^WRONG live'
change 'a["start"]["line"] = 1' 'a["end"]["line"] = 1'
expect_output '^WRONG no call there'
change 'report["stats"]["commits"] = 1'
expect_output '^WRONG commits'
ok 'a wrong one is not'
