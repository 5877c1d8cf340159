#!/bin/sh
# One in a hundred hits of the cache is analysed again, after the answer: rows that are sealed and wrong are found, and
# the cache is set aside.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"

repository work
secure a.py
commit base
for i in $(seq 150); do
    printf 'import tempfile\nname = tempfile.mktemp()\n# %s\n' "$i" >"m$i.py"
done
git add .

at_least() {
    [ "$(state "$1")" -ge "$2" ]
}

expect_exit 0 "$TMPGUARD" daemon start
expect_exit 1 "$hook"
# Another tree: the same answer would be given again.
secure more.py
git add more.py
expect_exit 1 "$hook"
expect_output '^m1\.py:2:8: error:'
within 10 at_least checked 1
expect_exit 0 test "$(state differed)" -eq 0
expect_exit 0 "$TMPGUARD" daemon status
expect_output '^[1-9][0-9]* hits of the cache analysed again, 0 of them differed$'
expect_exit 0 "$TMPGUARD" daemon stop
expect_exit 1 test -e "$HOME/.cache/tmpguard/cache.db.bad"
ok "what is right is looked at and stays"

git ls-files -s '*.py' | cut -d' ' -f2 >"$scratch/blobs"
expect_exit 0 "$(dirname "$TMPGUARD")/tests/plant" "$HOME/.cache/tmpguard" "$HOME/.local/state/tmpguard" \
    "$("$TMPGUARD" cache stats | sed -n 's/^build: *//p')" <"$scratch/blobs"
expect_exit 0 test "$(cat "$out")" -ge 150
expect_exit 0 "$TMPGUARD" cache verify
ok "rows that are wrong and sealed verify"

expect_exit 0 "$TMPGUARD" daemon start
"$hook" >"$out" 2>"$err"
within 10 at_least differed 1
expect_exit 0 grep -Eq 'the cache said something else of object [0-9a-f]{40} than its analysis does now' "$log"
within 5 test -e "$HOME/.cache/tmpguard/cache.db.bad"
ok "one of them is found, logged and counted, and the cache is set aside"

expect_exit 1 "$hook"
expect_exit 0 test "$(grep -c error: "$out")" -eq 150
within 10 at_least requests 2
expect_exit 0 "$TMPGUARD" daemon stop
expect_exit 0 "$TMPGUARD" cache stats
expect_output '^quarantined: *[1-9]'
expect_exit 1 "$TMPGUARD" check
expect_exit 0 test "$(grep -c error: "$out")" -eq 150
ok "the next verdict is right, from workers and from the cache"
