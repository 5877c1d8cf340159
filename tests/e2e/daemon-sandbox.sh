#!/bin/sh
# What a worker may not do: what analyses files is killed when it opens one, and the verdict is the same; a worker
# writes nothing but the record of what passed.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"

repository work
secure a.py
commit base
insecure bad.py
git add bad.py

expect_exit 0 "$TMPGUARD" daemon start
expect_exit 0 "$TMPGUARD" daemon status
expect_output '^sandbox of its workers: '
sandbox=$(sed -n 's/^sandbox of its workers: //p' "$out")
expect_exit 0 grep -qF "sandbox: $sandbox" "$log"
ok "the status and the log say what there is: $sandbox"

answered=$(requests)
expect_exit 1 "$hook"
expect_output '^bad\.py:2:8: error:'
expect_exit 0 test "$(requests)" -eq $((answered + 1))
expect_exit 1 grep -q 'without a verdict' "$log"
ok "in it, a worker answers"
expect_exit 0 "$TMPGUARD" daemon stop

# Each read is cut short by a library, which opens a file to note that: nothing to the daemon and its workers, and the
# end of what may open none.
faults=$(dirname "$TMPGUARD")/tests/libfaults.so
case $sandbox in
*seccomp*)
    [ -e "$faults" ] || failed "there is no $faults"
    LD_PRELOAD=$faults FAULT_CALLS=short FAULT_AT=1 FAULT_FROM=1 FAULT_MARK=$scratch/mark \
        "$TMPGUARD" daemon run >"$scratch/said" 2>&1 &
    within 5 pid
    rm -r "$HOME/.cache/tmpguard"
    TMPGUARD_HOOK='' expect_exit 1 "$hook"
    expect_output '^bad\.py:2:8: error:'
    expect_exit 0 test "$(grep -c error: "$out")" -eq 1
    expect_exit 0 test -s "$scratch/mark"
    # Of the line about it half is there.
    within 5 grep -q ' a w' "$log"
    expect_exit 0 "$TMPGUARD" daemon stop
    ok "what analyses files and opens one is killed, and the verdict is right without it"
    ;;
*)
    ok "nothing here that kills: $sandbox"
    ;;
esac
