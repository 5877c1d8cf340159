#!/bin/sh
# A commit without a daemon starts one for the next, and waits for nothing; only one ever runs, and it ends when it is
# not what clients look for any more.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"

repository work
secure a.py
commit base
"$TMPGUARD" install --quiet || failed 'it cannot be installed'

change() {
    echo "# $1" >>a.py
    git add a.py
}

TMPGUARD_NO_DAEMON=1 git commit -q --allow-empty -m none
git -c hooks.tmpguard.daemon=off commit -q --allow-empty -m none
printf '[tmpguard]\n\tdaemon = off\n' >.tmpguard
git add .tmpguard && git commit -q -m none
git rm -q .tmpguard && git commit -q -m none
"$TMPGUARD" check --record
sleep 0.5
expect_exit 1 "$TMPGUARD" daemon status
ok "where it is not wanted, or nobody asked for it, none is started"

change 1
before=$(milliseconds)
# Whatever it started holds neither end of this pipe.
said=$(git commit -q -m one 2>&1)
took=$(($(milliseconds) - before))
printf '%s' "$said" >"$out"
expect_silence
within 5 "$TMPGUARD" daemon status --quiet
[ $took -lt 4000 ] || failed "the commit took $took ms"
daemon=$(pid)
children "$daemon" >"$out"
expect_exit 0 test "$(wc -l <"$out")" -le 2
ok "the first commit starts one and does not wait ($took ms)"

before=$(requests)
within 5 watches 1
change 2
git commit -q -m two 2>"$err"
expect_exit 0 test "$(requests)" -eq $((before + 1))
expect_exit 0 test "$(git log --format=%s -1)" = two
ok "the next one asks it"

# The session's folder is gone: what runs has no name there any more.
mv "$XDG_RUNTIME_DIR/tmpguard" "$scratch/taken"
change 3
git commit -q -m three 2>"$err"
within 5 "$TMPGUARD" daemon status --quiet
[ "$(pid)" != "$daemon" ] || failed 'it still answers'
"$TMPGUARD" daemon stop --quiet
mv "$scratch/taken/s1" "$scratch/taken/away"
kill -CONT "$daemon"
ok "a daemon whose socket is out of sight is replaced"
kill "$daemon"
within 5 gone "$daemon"
expect_exit 0 test -S "$scratch/taken/away"
ok "SIGTERM ends one, and it takes no socket away that is not where it was"

bin=$scratch/bin
mkdir "$bin"
cp "$TMPGUARD" "$bin/tmpguard"
cp "$hook" "$bin/tmpguard-hook"
expect_exit 0 "$bin/tmpguard" daemon start
daemon=$(pid)
before=$(requests)
insecure bad.py
git add bad.py
expect_exit 1 "$hook"
expect_output '^bad\.py:2:8: error:'
expect_exit 0 test "$(requests)" -eq "$before"
runs "$daemon" || failed 'a client of another installation ends it'
ok "it does not answer for another program"

cp "$TMPGUARD" "$bin/new"
mv "$bin/new" "$bin/tmpguard"
expect_exit 1 "$bin/tmpguard-hook"
expect_output '^bad\.py:2:8: error:'
within 5 gone "$daemon"
expect_exit 0 grep -q 'ends: the program was replaced$' "$log"
ok "a program that was replaced is not asked, and ends"

expect_exit 0 "$bin/tmpguard" daemon start
daemon=$(pid)
expect_exit 0 "$TMPGUARD" daemon start
expect_output '^the daemon has started$'
gone "$daemon" || failed 'the other one still runs'
"$TMPGUARD" daemon stop --quiet
ok "to start one ends that of another program"

# 30 clients at once, none of which finds one.
git reset -q --hard
for i in $(seq 30); do
    (
        "$hook" >"$scratch/out.$i" 2>&1
        echo $? >"$scratch/code.$i"
    ) &
done
wait
for i in $(seq 30); do
    expect_exit 0 test "$(cat "$scratch/code.$i")" -eq 0
done
within 5 "$TMPGUARD" daemon status --quiet
sleep 1
expect_exit 0 test "$(daemons)" -eq 1
ok "of 30 clients at once all have their verdict, and one daemon runs"

# All at once again: some are told that it is busy, none is wrong.
insecure bad.py
git add bad.py
for i in $(seq 30); do
    (
        "$hook" >"$scratch/out.$i" 2>&1
        echo $? >"$scratch/code.$i"
    ) &
done
wait
for i in $(seq 30); do
    expect_exit 0 test "$(cat "$scratch/code.$i")" -eq 1
done
expect_exit 0 test "$(daemons)" -eq 1
ok "and so it is with one that runs"

daemon=$(pid)
children "$daemon" >"$scratch/children"
kill -KILL "$daemon"
within 5 gone "$daemon"
while read -r child; do within 5 gone "$child"; done <"$scratch/children"
expect_exit 1 "$hook"
expect_output '^bad\.py:2:8: error:'
within 5 "$TMPGUARD" daemon status --quiet
ok "one that is killed leaves no process, and a socket that is in nobody's way"

daemon=$(pid)
kill -STOP "$daemon"
expect_exit 0 "$TMPGUARD" daemon stop
within 1 gone "$daemon"
ok "stop ends one that does not listen, too"
