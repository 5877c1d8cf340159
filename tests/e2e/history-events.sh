#!/bin/sh
# tests/bench/history-events finds nothing wrong with a right report, and
# something with a wrong one.
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/lib.sh"
check=$here/../bench/history-events
export PYTHONDONTWRITEBYTECODE=1

c() {
    tick
    git add -A && git commit -q --allow-empty -m "$1" || exit 1
}

repository repo
insecure a.py
secure b.py
c one
git checkout -q -b side
insecure side.py
c two
git checkout -q main
insecure b.py
c three
tick
git merge -q -m joined side >/dev/null || failed 'no merge'
git branch -q -D side
git mv a.py d.py
c four
secure b.py
secure d.py
c five
past 1 <<'END'
a.py:2 one five a.py d.py
b.py:2 three five
side.py:2 two live
END
cp "$out" "$scratch/report"

# judge N: the report in $scratch/changed is right (0) or wrong (1).
judge() {
    expect_exit "$1" "$check" --report "$scratch/changed" . "$TMPGUARD"
}

cp "$scratch/report" "$scratch/changed"
judge 0
expect_output '^ *3  introduced: both$'
expect_output '^ *1  introduced: a rename in the report$'
expect_output '^ *2  removed: by verdicts$'
expect_output '^ *2  ends: judged$'
refuse_output 'WRONG'
expect_exit 0 "$check" . "$TMPGUARD"
ok 'a right report is right'

# change EXPRESSION…: the report with a finding changed.
change() {
    python3 -I -S -c 'import json, sys
report = json.load(open(sys.argv[1]))
findings = report["findings"]
a, b, side = findings
for change in sys.argv[3:]:
    exec(change)
json.dump(report, open(sys.argv[2], "w"))' "$scratch/report" "$scratch/changed" "$@" || failed "no change: $*"
    judge 1
}

change 'findings.remove(side)'
expect_output '^WRONG the report lacks an introduction'
expect_output '^WRONG live in a tree and in no report'
change 'findings.append(side)'
expect_output '^WRONG introduced nothing'
change "b['introduced']['commit'] = '$(git rev-parse HEAD~4)'"
expect_output '^WRONG introduced nothing'
change "a['removed']['commit'] = '$(git rev-parse HEAD~1)'"
expect_output '^WRONG removed nothing'
change 'b["removed"] = None'
expect_output '^WRONG ends elsewhere'
change 'side["live"] = False'
expect_output '^WRONG less live than in a tree'
change 'b["live"] = True'
expect_output '^WRONG live in no tree'
change 'report["stats"]["commits"] = 1'
expect_output '^WRONG commits'
ok 'a wrong one is not'
