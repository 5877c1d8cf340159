#!/bin/sh
# What is staged is looked at before anyone commits; the commit after `git add` finds it done.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"

# hurry: who looks ahead, or has lost its client, has the lowest priority, and would not be done in its 30 seconds on a
# busy machine. root gives it an ordinary one.
hurry() {
    for worker in $(children "$(pid)"); do
        renice -n 0 -p "$worker"
    done >/dev/null 2>&1
}

prepared() {
    hurry
    [ "$(state prepared)" -ge "$1" ]
}

repository work
secure a.py
commit base
expect_exit 0 "$TMPGUARD" daemon start
within 5 watches 1
ok "started in a repository, it watches that"

# A megabyte of statements that all have to be looked at.
python3 -I -S -c 'print("import tempfile")
for i in range(500):
    print(f"def f{i}(a):")
    for j in range(40):
        print(f"    a.mktemp({i}, {j})  # a line of a function")' >large.py
before=$(state prepared)
within 10 prepared 1
git add large.py
within 40 prepared $((before + 1))
sleep 0.5

# took: the milliseconds that the last output tells.
took() {
    sed -n 's/.*(\([0-9]*\)\.[0-9]* ms)$/\1/p' "$out"
}

requests=$(requests) recalled=$(state recalled)
expect_exit 0 "$hook"
expect_output '^1 Python file checked, no findings'
warm=$(took)
expect_exit 0 test "$(requests)" -eq $((requests + 1))
[ "$(state recalled)" -eq "$recalled" ] || warm=0
expect_exit 0 "$TMPGUARD" check --no-cache
cold=$(took)
[ $((2 * warm)) -lt "$cold" ] || failed "$warm ms and not much less than $cold"
ok "the first commit after git add finds what was prepared ($warm ms, not $cold)"

# Without looking ahead. What is remembered of so many files is the last thing, and the largest, that a worker has to
# say; its client does not wait for all of it, and then it has the lowest priority.
"$TMPGUARD" daemon stop --quiet
repository many
blob=$(echo 'x = 1' | git hash-object -w --stdin)
seq 8000 | sed "s|.*|100644 $blob\tfolder&/file&.py|" | git update-index --index-info
git commit -q --no-verify -m many
secure a.py
git add a.py
(cd / && "$TMPGUARD" daemon start --quiet)

# idle: nobody is at work: of its children, one waits to be asked.
idle() {
    hurry
    asked=$(pid) && [ -n "$asked" ] && [ "$(children "$asked" | wc -l)" -le 1 ]
}

# recalls: somebody who asks is told what was remembered. Who asks while a worker is at it would only be in its way.
recalls() {
    recalled=$(state recalled)
    "$hook" >"$out" 2>"$err"
    within 60 idle
    [ "$(state recalled)" -gt "${recalled:-0}" ]
}
for _ in 1 2 3 4 5; do
    recalls && break
done
expect_exit 0 test "$(state recalled)" -gt 0
expect_exit 0 watches 1
cd ../work || exit 1
ok "a worker that has told its client, or whose client has gone, finishes what it has to say"

watched=$(state repositories)
"$hook" >"$out" 2>"$err"
within 20 watches $((watched + 1))
before=$(state prepared)
insecure bad.py
for i in $(seq 10); do
    echo "# $i" >>bad.py
    git add bad.py
done
within 10 prepared $((before + 1))
expect_exit 0 test "$(state prepared)" -lt $((before + 10))
expect_exit 1 "$hook"
expect_output '^bad\.py:2:8: error:'
ok "many changes in a row are looked at together, and the last one counts"

before=$(state prepared)
git commit -q --no-verify -m all
git commit -q --no-verify --allow-empty -m nothing
git status >"$out"
git add -A
snapshot one
sleep 0.5
snapshot two
expect_same one two
ok "it writes nothing in the repository"

cd "$scratch" && rm -rf work
within 5 watches "$watched"
ok "a repository that goes is forgotten"

for i in $(seq 66); do
    git init -q "$scratch/many/$i"
    (cd "$scratch/many/$i" && "$hook" >"$out" 2>&1)
done
within 5 watches 64
ok "it watches 64 at most"
