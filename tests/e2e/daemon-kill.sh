#!/bin/sh
# SIGKILL of clients, workers and the daemon while commits are made: no wrong verdict, nobody hangs, nothing is left.
# TMPGUARD_ROUNDS says how often; a full run takes 1000.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"
rounds=${TMPGUARD_ROUNDS:-24}

repository work
secure a.py
commit base
hook .git/hooks/pre-commit "echo \$\$ >'$scratch/client'" "exec '$hook' check --record"
"$TMPGUARD" daemon start --quiet || failed 'it does not start'

# commits N: in the background; even numbers must not pass.
commits() {
    if [ $(($1 % 2)) -eq 0 ]; then insecure "file$1.py"; else secure "file$1.py"; fi
    for i in $(seq 200); do echo "def f$i(a): return a.mktemp($i, $1)"; done >>"file$1.py"
    git add "file$1.py"
    { timeout -s KILL 20 git commit -q -m "round $1" >"$scratch/said" 2>&1; echo $? >"$scratch/code"; } &
    commit=$!
}

# victim N: a process to be killed, if there is one.
victim() {
    daemon=$(pid)
    case $(($1 % 3)) in
    0) echo "$daemon" ;;
    1) children "${daemon:-0}" | tail -n 1 ;;
    2) cat "$scratch/client" ;;
    esac 2>/dev/null
}

stopped=0 passed=0 broken=0
for round in $(seq "$rounds"); do
    rm -f "$scratch/client"
    commits "$round"
    sleep "0.0$(od -An -N1 -tu1 /dev/urandom | tr -d ' ')"
    who=$(victim "$round")
    [ -z "$who" ] || kill -KILL "$who" 2>/dev/null
    wait $commit
    code=$(cat "$scratch/code")
    [ "$code" -lt 100 ] || failed "round $round hangs: $code"
    made=$(git log -1 --format=%s)
    if [ "$made" = "round $round" ]; then
        [ $((round % 2)) -eq 1 ] || failed "round $round passed: $(cat "$scratch/said")"
        passed=$((passed + 1))
    elif [ $((round % 2)) -eq 0 ]; then
        stopped=$((stopped + 1))
    else
        [ $((round % 3)) -eq 2 ] || failed "round $round did not pass: $(cat "$scratch/said")"
        broken=$((broken + 1))
    fi
    git reset -q --hard
done
expect_exit 0 test $stopped -eq $((rounds / 2))
ok "$rounds rounds: $stopped stopped, $passed passed, $broken clients killed"

expect_exit 0 "$TMPGUARD" cache verify
ok "the cache verifies"

within 5 "$TMPGUARD" daemon start --quiet
daemon=$(pid)
children "$daemon" >"$scratch/children"
kill -KILL "$daemon"
sleep 1
leftover() {
    for process in /proc/[0-9]*; do
        [ "$process" != "/proc/$$" ] || continue
        case $(readlink "$process/exe") in
        "$TMPGUARD" | "$hook") ;;
        *) continue ;;
        esac
        tr '\0' '\n' <"$process/environ" | grep -qxF "XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR" && echo "$process"
    done 2>/dev/null
}
left=$(leftover)
[ -z "$left" ] || { sleep 4; left=$(leftover); }
[ -z "$left" ] || failed "left over: $left"
ok "nothing is left over"
