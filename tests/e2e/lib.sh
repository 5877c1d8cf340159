# What every end-to-end script begins with: `. "$(dirname "$0")/lib.sh"`.
# The program under test is $TMPGUARD; everything else is made in $scratch,
# with a home and a git configuration of its own.
#
# A script states facts: expectations first, then `ok "the fact"`. The first
# expectation that does not hold ends the script and shows what was printed.

set -u
: "${TMPGUARD:?is the program to test}"
this_script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
case $TMPGUARD in /*) ;; *) TMPGUARD=$PWD/$TMPGUARD ;; esac

scratch=$(mktemp -d "${TMPDIR:-/tmp}/tmpguard-e2e.XXXXXX") || exit 1
trap 'chmod -R u+rwX "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
unset XDG_CACHE_HOME XDG_CONFIG_HOME XDG_STATE_HOME NO_COLOR TMPGUARD_TREE_SITTER_DIR TMPGUARD_TREE_SITTER_PYTHON_DIR
unset TMPGUARD_HOOK
# Only scripts about the daemon have one.
export TMPGUARD_NO_DAEMON=1
XDG_RUNTIME_DIR=$scratch/.session HOME=$scratch/home LC_ALL=C.UTF-8 TZ=UTC
GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
GIT_AUTHOR_NAME='Ann Author' GIT_AUTHOR_EMAIL=ann@example.org
GIT_COMMITTER_NAME='Carl Committer' GIT_COMMITTER_EMAIL=carl@example.org
export XDG_RUNTIME_DIR HOME LC_ALL TZ GIT_CONFIG_NOSYSTEM GIT_TERMINAL_PROMPT
export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
mkdir -m 700 "$XDG_RUNTIME_DIR" && mkdir "$HOME" || exit 1
# Half of what a commit costs is git asking itself whether it is time to clean up.
printf '[init]\n\tdefaultBranch = main\n[maintenance]\n\tauto = false\n' >"$HOME/.gitconfig" || exit 1
# What seals the cache is made once, before anything is compared.
mkdir -p "$HOME/.local/state" && mkdir -m 700 "$HOME/.local/state/tmpguard" || exit 1
(umask 077 && echo 'what seals the cache, 32 bytes.' >"$HOME/.local/state/tmpguard/cache.key") || exit 1
cd "$scratch" || exit 1

# The output of the last command that expect_exit ran.
out=$scratch/.out err=$scratch/.err

ok() {
    printf 'ok: %s\n' "$1"
}

# Say what went wrong, show the last output, end.
failed() {
    printf 'FAILED: %s\n' "$*"
    for file in "$out" "$err"; do
        [ -s "$file" ] && sed "s|^|    ${file##*/.}: |" "$file"
    done
    exit 1
}

# expect_exit N COMMAND…: run it, keep its output, compare the exit code.
expect_exit() {
    wanted=$1
    shift
    "$@" >"$out" 2>"$err"
    got=$?
    [ "$got" -eq "$wanted" ] || failed "exit $got, not $wanted: $*"
}

# Standard output (standard error) has a line that the extended regular
# expression matches.
expect_output() {
    grep -Eq -e "$1" "$out" || failed "no such line on standard output: $1"
}

expect_error() {
    grep -Eq -e "$1" "$err" || failed "no such line on standard error: $1"
}

refuse_output() {
    ! grep -Eq -e "$1" "$out" || failed "a line on standard output: $1"
}

refuse_error() {
    ! grep -Eq -e "$1" "$err" || failed "a line on standard error: $1"
}

expect_silence() {
    [ ! -s "$out" ] || failed "standard output is not empty"
}

# expect_json EXPRESSION…: standard output is JSON, and each Python expression
# over it, called d, is true.
expect_json() {
    python3 -I -S -c 'import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
for expression in sys.argv[2:]:
    if not eval("(" + expression + ")"):
        sys.exit("not so: " + expression)' "$out" "$@" 2>>"$err" ||
        failed "the JSON is not as expected"
}

# somebody COMMAND…: as a user whom permissions bind; they do not bind root.
# What somebody shall write must be in a folder that was given_away.
somebody() {
    if [ "$(id -u)" -eq 0 ]; then
        chmod 755 "$scratch"
        setpriv --reuid=12345 --regid=12345 --clear-groups -- "$@"
    else
        "$@"
    fi
}

given_away() {
    [ "$(id -u)" -ne 0 ] || chown -R 12345:12345 "$@" || exit 1
}

# repository NAME: make one and go there.
repository() {
    git init -q "$scratch/$1" && cd "$scratch/$1" || exit 1
}

# snapshot FILE: everything below the current folder and of this user, with hashes, and all settings of git.
snapshot() {
    for form in '%p %m %y %l\n' ''; do
        find . "$HOME" ${also_snapshot:+$also_snapshot} \
            \( -path './.git/objects' -o -name .cache -o -name '.snapshot.*' -o -path "$out" -o -path "$err" \
            -o -path ./.out -o -path ./.err \) -prune -o ${form:+-printf "$form"} \
            -type f ${form:+-false} -exec sha256sum {} +
    done | sort >"$scratch/.snapshot.$1"
    git config --list --show-origin >>"$scratch/.snapshot.$1"
}

expect_same() {
    cmp -s "$scratch/.snapshot.$1" "$scratch/.snapshot.$2" || {
        diff "$scratch/.snapshot.$1" "$scratch/.snapshot.$2"
        failed "$1 and $2 differ"
    }
}

# hook NAME LINE…: an executable hook of somebody else.
hook() {
    name=$1
    shift
    { echo '#!/bin/sh'; printf '%s\n' "$@"; } >"$name"
    chmod +x "$name"
}

# own_hooks FOLDER: of somebody else, one that says "own" and one that wants "word" in each message.
own_hooks() {
    hook "$1/commit-msg" 'grep -q word "$1"'
    hook "$1/pre-commit" 'echo own >&2'
}

# expect_both: they run, and so does the gate. Leaves fine.py and bad.py staged.
expect_both() {
    secure fine.py
    git add fine.py
    expect_exit 1 git commit -q -m without
    expect_error '^own$'
    insecure bad.py
    git add bad.py
    expect_exit 1 git commit -q -m 'bad word'
    expect_error '^bad\.py:2:8: error:'
}

# refuses_merge: neither side has the call in a Python file, the merge alone does, in notes.py, at 6:8.
refuses_merge() {
    printf 'import tempfile\n\n\n\na = 1\n' >notes
    commit notes
    git checkout -q -b side
    printf 'name = tempfile.mktemp()\n' >>notes
    insecure side.py
    commit side
    git checkout -q main
    git mv notes notes.py
    commit python
    expect_exit 1 git merge -q --no-edit side
}

modern_git() { # git that runs hooks from its settings
    git hook list nothing 2>&1 | grep -q 'unknown hook event'
}

# again_with_new_git: the same script once more with the git that TMPGUARD_TEST_GIT names, one that runs hooks from
# its settings (2.54 or newer).
again_with_new_git() {
    if modern_git; then return; fi
    if [ -z "${TMPGUARD_TEST_GIT:-}" ]; then
        echo "not run: with a git of 2.54 or newer, since TMPGUARD_TEST_GIT names none"
        return
    fi
    cd / || exit 1
    "$TMPGUARD_TEST_GIT" version
    PATH=$(dirname "$TMPGUARD_TEST_GIT"):$PATH TMPGUARD=$TMPGUARD sh "$this_script" || exit 1
}

# guard: let the repository at hand ask the program before commits and merges.
guard() {
    hooks=$(git rev-parse --git-path hooks) && mkdir -p "$hooks" || exit 1
    for hook in pre-commit pre-merge-commit; do
        printf '#!/bin/sh\nexec "%s" check --staged\n' "$TMPGUARD" \
            >"$hooks/$hook" && chmod +x "$hooks/$hook" || exit 1
    done
}

# refuses COMMAND…: git does not do it, since a finding is introduced.
refuses() {
    expect_exit 1 "$@"
    expect_error ': error: .* \[py/insecure-temporary-file\]$'
}

# allows COMMAND…: git does it, and there is a commit more, or another one.
allows() {
    before=$(git rev-parse -q --verify HEAD)
    expect_exit 0 "$@"
    [ "$(git rev-parse -q --verify HEAD)" != "$before" ] ||
        failed "no commit was made: $*"
}

# insecure FILE: one finding, at 2:8.
insecure() {
    printf 'import tempfile\nname = tempfile.mktemp()\n' >"$1"
}

# secure FILE: none.
secure() {
    printf 'import tempfile\nname = tempfile.mkstemp()\n' >"$1"
}

# commit MESSAGE: everything in the working tree, past any hook.
commit() {
    git add -A && git commit -q --no-verify -m "$1" || exit 1
}

# tick: the next commit is a second younger than the last.
clock=1100000000
tick() {
    clock=$((clock + 1))
    export GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000"
}

# past N [ARGUMENT…]: scan --history ends with N and tells what standard input
# has, a line a finding: PATH:LINE INTRODUCED REMOVED|live|lost [PATHS…], the
# commits by their subjects, the paths if they are several.
past() {
    wanted=$1
    shift
    expect_exit "$wanted" "$TMPGUARD" scan --history --format json "$@"
    python3 -I -S -c 'import json, sys
for f in json.load(open(sys.argv[1], encoding="utf-8"))["findings"]:
    place = "%s:%d" % (f["path"], f["start"]["line"])
    end = "live" if f["live"] else (f["removed"] or {"subject": "lost"})["subject"]
    print(place, f["introduced"]["subject"], end, *(f["paths"] if len(f["paths"]) > 1 else []))' \
        "$out" >"$scratch/told" || failed "no history in JSON"
    diff -u - "$scratch/told" >>"$err" || failed "another past: $*"
}

# fill: a first commit with a finding, and the gate.
fill() {
    insecure old.py
    secure a.py
    mkdir -p deep && secure deep/a.py
    commit base
    guard
}

# works: what is old passes, what is new is refused, here and in a folder.
works() {
    echo '# more' >>old.py
    allows git commit -a -m x
    insecure new.py
    git add new.py
    refuses git commit -m x
    expect_error '^new.py:2:8: error: '
    git rm -q --cached new.py
    rm new.py
    echo 'name = tempfile.mktemp()' >>deep/a.py
    refuses git commit -a -m x
    expect_error '^deep/a.py:3:8: error: '
    refuses git commit -m x deep/a.py
    git add deep/a.py
    expect_exit 1 "$TMPGUARD" check --format json
    expect_json "[f['path'] for f in d['findings']] == ['deep/a.py']" \
        "d['incomplete'] == []" "d['stats']['files'] == 1"
    cd deep && refuses git commit -m x && cd .. || exit 1
    git reset -q --hard
    expect_exit 1 "$TMPGUARD" scan --format json --tree HEAD
    expect_json "[f['path'] for f in d['findings']] == ['old.py']" \
        "d['incomplete'] == []"
}

# state: HEAD, every ref, what is staged, and each file of the working tree. Of another repository than that of the
# folder, if $where has options for git.
state() {
    # shellcheck disable=SC2086
    {
        git ${where:-} rev-parse -q --verify HEAD
        git ${where:-} for-each-ref
        git ${where:-} ls-files -s -v
        find "$(git ${where:-} rev-parse --git-dir)" -maxdepth 1 -name '*.lock'
    }
    find . -name .git -prune -o -printf '%p %m %y %l %T@\n' | sort
    find . -name .git -prune -o -type f -exec sha256sum {} + | sort
}

# stopped COMMAND…: git does not do it, since a finding is introduced, and nothing is other than before.
stopped() {
    state >"$scratch/.before"
    refuses "$@"
    state >"$scratch/.after"
    cmp -s "$scratch/.before" "$scratch/.after" || {
        diff "$scratch/.before" "$scratch/.after"
        failed "something is other than before: $*"
    }
}
