#!/bin/sh
# Which commands of git meet the gate, how often, and with what end; a stopped one leaves everything as it was.
#
#   commit, -a, -p, -i PATH, PATH, --amend, --allow-empty, --fixup         "commit in its forms"
#   commit -n, core.hooksPath=/dev/null                                    "what skips on purpose"
#   merge and pull: true, octopus, fast-forward, --no-verify, conflict     "merges and pulls"
#   concluding a merge, merge --continue, --squash, --no-commit            "conclusions of a merge"
#   cherry-pick, revert, -e, -n, --continue                                "cherry-pick and revert"
#   rebase: picks, squash, fixup, autosquash, --continue, edit, reword,
#     --exec                                                               "rebase"
#   rebase --apply, am                                                     "patches"
#   stash, notes, commit-tree, fast-import, filter-branch                  "what makes commits beside"
#   clone, worktree add, switch                                            "what only checks out"
# Pushes are in push.sh and server scripts.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

git config --global user.name A && git config --global user.email a@example.org || exit 1
git config --global advice.detachedHead false
git config --global core.editor true

# Hooks that note that they ran.
gate() {
    for name in pre-commit pre-merge-commit; do
        hook ".git/hooks/$name" "echo $name >>'$scratch/ran'" "exec '$TMPGUARD' check"
    done
}

# meets 'HOOK…' COMMAND…: these hooks run, and git ends well; not stopped by what it does.
meets() {
    hooks=$1
    shift
    : >"$scratch/ran"
    expect_exit 0 "$@"
    [ "$(paste -sd' ' "$scratch/ran")" = "$hooks" ] || failed "$(paste -sd' ' "$scratch/ran") ran, not $hooks: $*"
}

# halts 'HOOK…' COMMAND…: these hooks run, and the last one stops git.
halts() {
    hooks=$1
    shift
    : >"$scratch/ran"
    stopped "$@"
    [ "$(paste -sd' ' "$scratch/ran")" = "$hooks" ] || failed "$(paste -sd' ' "$scratch/ran") ran, not $hooks: $*"
}

repository forms
secure a.py
secure b.py
commit base
gate
echo '# 1' >>a.py
meets pre-commit git commit -a -m x
echo '# 2' >>a.py
meets pre-commit git commit -m x a.py
echo '# 3' >>a.py
meets pre-commit git commit -m x -i a.py
echo '# 4' >>a.py
echo y >"$scratch/answers"
meets pre-commit sh -c 'git commit -p -m x <"$1"' sh "$scratch/answers"
meets pre-commit git commit --amend -m y
meets pre-commit git commit --allow-empty -m z
echo '# 5' >>a.py
meets pre-commit git commit --fixup HEAD a.py
insecure a.py
halts pre-commit git commit -a -m x
halts pre-commit git commit -m x a.py
halts pre-commit git commit -m x -i a.py
halts pre-commit sh -c 'git commit -p -m x <"$1"' sh "$scratch/answers"
halts pre-commit git commit --amend -a --no-edit
halts pre-commit git commit --fixup HEAD -a
ok 'commit in its forms: -a, PATH, -i, -p, --amend, --allow-empty, --fixup'

meets '' git commit -a -n -m skipped
insecure b.py
meets '' git -c core.hooksPath=/dev/null commit -a -m skipped
expect_exit 1 "$TMPGUARD" check --range HEAD~2..HEAD
expect_exit 1 "$TMPGUARD" check --commit HEAD
ok 'what skips on purpose: -n and another hooks path, and a range finds it'

repository merges
secure a.py
commit base
gate
for side in one two three bad; do
    git checkout -q -b $side main && secure $side.py && commit $side
done
# Two halves that are a call only together.
git checkout -q -b name main
printf 'import tempfile\ndef give():\n    return tempfile.mkstemp\n' >give.py
printf 'import give\nname = give.give()()\n' >take.py
commit name
git checkout -q -b half name && printf 'import tempfile\ndef give():\n    return tempfile.mktemp\n' >give.py && git add -A &&
    git commit -q -n -m half
git checkout -q main && secure m.py && commit main
meets pre-merge-commit git merge -q -m x one
meets pre-merge-commit git merge -q -m x two three
git checkout -q -b behind main~1
meets '' git merge -q --ff-only main
git checkout -q main
git checkout -q -b loud main && secure l.py && commit loud && git checkout -q -b side2 main~1 && secure s2.py && commit s2
meets '' git merge -q --no-verify -m x loud
meets pre-merge-commit git -c pull.rebase=false pull -q --no-edit . bad
git checkout -q -b ahead && secure ah.py && commit ahead && git checkout -q -
meets '' git pull -q . ahead
git checkout -q -b left main && echo 'x = 1' >both.py && commit left
git checkout -q -b right main && echo 'x = 2' >both.py && commit right
: >"$scratch/ran"
expect_exit 1 git merge left
[ ! -s "$scratch/ran" ] || failed 'a hook ran for a conflict'
echo 'import tempfile; x = tempfile.mktemp()' >both.py
git add both.py
halts pre-commit git commit -m x
halts pre-commit git -c core.editor=true merge --continue
[ -e .git/MERGE_HEAD ] || failed 'the merge is lost'
echo 'x = 3' >both.py
git add both.py
meets pre-commit git -c core.editor=true merge --continue
expect_exit 0 git rev-parse -q --verify HEAD^2
ok 'merges and pulls: true, octopus, fast-forward, --no-verify, with a conflict'

git checkout -q -b apart main && secure ap.py && commit apart && git checkout -q -b concluding main && secure co.py && commit co
expect_exit 0 git merge -q --no-commit apart
meets pre-commit git commit -q -m x
expect_exit 0 git rev-parse -q --verify HEAD^2
git reset -q --hard HEAD~1
expect_exit 0 git merge -q --no-commit apart
insecure co.py
git add co.py
halts pre-commit git commit -m x
git merge --abort 2>/dev/null || git reset -q --hard
expect_exit 0 git merge -q --squash half
: >"$scratch/ran"
refuses git commit -m x
grep -qx pre-commit "$scratch/ran" || failed 'no hook ran'
git reset -q --hard
meets '' git merge -q --squash apart
meets pre-commit git commit -q -m x
git clean -qfd
ok 'conclusions of a merge: --no-commit, --continue, --squash'

# What a merge itself brings about is stopped before there is a commit.
git checkout -q -b arming name
echo '# more' >>take.py
commit arming
git checkout -q -b arms name~1 && printf 'import tempfile\ndef give():\n    return tempfile.mktemp\n' >give.py && commit arms
expect_exit 1 git merge arming
git checkout -q --ours give.py && git add give.py
: >"$scratch/ran"
refuses git commit -m x
git merge --abort
ok 'a call that stands in neither side is stopped in the conclusion'

repository picks
secure a.py
commit base
gate
git checkout -q -b bad && insecure bad.py && commit bad
git checkout -q main
meets '' git cherry-pick bad
meets '' git revert --no-edit HEAD
meets '' git -c core.editor=true revert -e HEAD
meets '' git -c core.editor=true cherry-pick -e HEAD~1
git reset -q --hard main~4
expect_exit 0 git cherry-pick -n bad
halts pre-commit git commit -m x
git reset -q --hard
echo '# mine' >>a.py && commit mine
git checkout -q -b conflict main~1 && echo 'x = 1' >>a.py && commit theirs && git checkout -q main
expect_exit 1 git cherry-pick conflict
insecure a.py && git add a.py
halts pre-commit git -c core.editor=true cherry-pick --continue
[ -e .git/CHERRY_PICK_HEAD ] || failed 'the cherry-pick is lost'
secure a.py && echo '# done' >>a.py && git add a.py
meets pre-commit git -c core.editor=true cherry-pick --continue
ok 'cherry-pick and revert meet no hook, -n and --continue do'

repository rebases
secure a.py
commit base
gate
for n in 1 2 3; do secure $n.py && commit $n; done
meets '' git rebase -q --no-ff HEAD~3
echo '# fixed' >>2.py && git add 2.py
meets pre-commit git commit -q --fixup HEAD~1
meets '' git -c sequence.editor=: rebase -q -i --autosquash HEAD~4
meets 'pre-commit pre-commit' git -c sequence.editor='sed -i s/^pick/reword/' -c core.editor='sed -i 1s/^/re/' rebase -q -i HEAD~2
expect_exit 0 git -c sequence.editor='sed -i 1s/^pick/edit/' rebase -q -i HEAD~1
insecure 3.py
halts pre-commit git commit -a --amend --no-edit
git add 3.py
meets '' git rebase --continue
expect_exit 1 "$TMPGUARD" check --commit HEAD
git reset -q --hard HEAD~1
echo 'x = 1' >both.py && commit both
git checkout -q -b side HEAD~1 && echo 'x = 2' >both.py && commit side
expect_exit 1 git rebase main
insecure both.py && git add both.py
meets '' git -c core.editor=true rebase --continue
expect_exit 1 "$TMPGUARD" check --commit HEAD
git reset -q --hard HEAD~1
: >"$scratch/ran"
expect_exit 1 git rebase --exec 'echo "name = tempfile.mktemp()" >>1.py && git commit -q -a --amend --no-edit' HEAD~1
[ "$(cat "$scratch/ran")" = pre-commit ] || failed 'no hook ran in --exec'
git reset -q --hard && expect_exit 0 git rebase --abort
ok 'rebase: picks, autosquash and --continue meet no hook, reword and --exec do; a check of the commit finds it'

git checkout -q main && git checkout -q -b patches && insecure p.py && commit patch
git format-patch -q -1 --stdout >"$scratch/patch" && git checkout -q main
meets '' git am -q "$scratch/patch"
expect_exit 1 "$TMPGUARD" check --commit HEAD
git reset -q --hard HEAD~1
git checkout -q patches && meets '' git rebase -q --apply --no-ff main
git checkout -q main
ok 'patches: am and rebase --apply meet no hook that is ours'

insecure s.py
git add s.py
meets '' git stash -q
meets '' git stash pop -q
meets '' git notes add -m note
halts pre-commit git commit -m x
git reset -q && rm s.py
meets '' git update-ref refs/heads/plumbed "$(git commit-tree -m x "patches^{tree}")"
meets '' sh -c 'git fast-export patches | sed s/refs.heads.patches/refs.heads.imported/ | git fast-import --quiet'
meets '' env FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch -f --msg-filter 'cat; echo filtered' HEAD~1..HEAD
meets '' git clone -q . "$scratch/cloned"
meets '' git worktree add -q "$scratch/added" HEAD
meets '' git switch -q patches
ok 'what makes commits beside, and what only checks out'
