#!/bin/sh
# Every way to make a commit runs into the gate, or is known not to.
. "$(dirname "$0")/lib.sh"

repository first
guard
insecure a.py
git add a.py
refuses git commit -m x
expect_silence
expect_error '^a.py:2:8: error: Call to deprecated function tempfile.mktemp may be insecure\. \[py/insecure-temporary-file\]$'
expect_error '^ *2 \| name = tempfile.mktemp\(\)$'
expect_error '^ *= .*mkstemp'
expect_error '^tmpguard stopped the commit\.'
git rev-parse -q --verify HEAD && failed 'there is a commit'
ok 'the first commit of a repository is refused: line, reason and remedy are on standard error'

expect_exit 1 "$TMPGUARD" check
cp "$out" as-check
[ ! -s "$err" ] || failed 'there is something on standard error'
expect_output '^a.py:2:8: error: '
expect_exit 1 "$TMPGUARD" check --staged --format json
expect_json "[f['path'] for f in d['findings']] == ['a.py']" \
    "d['findings'][0]['blocks'] is True" "d['incomplete'] == []"
rm as-check
ok 'by hand the report is on standard output'

secure a.py
git add a.py
allows git commit -m x
allows git commit --allow-empty -m empty
expect_exit 0 "$TMPGUARD" check --quiet
expect_silence
ok 'mkstemp passes, and so does a commit of nothing'

insecure a.py
expect_exit 0 "$TMPGUARD" check
refuses git commit -a -m x
refuses git commit a.py -m x
refuses git commit --only a.py -m x
refuses git commit --include a.py -m x
refuses git commit --amend -a --no-edit
refuses git commit --amend --no-edit a.py
refuses git commit --fixup HEAD a.py
git add a.py
refuses git commit -m x
refuses git commit --amend --no-edit
refuses git commit --squash HEAD -m x
refuses git commit --no-edit -C HEAD
expect_exit 0 git commit --dry-run -m x
ok '-a, PATH, --only, --include, --amend, --fixup, --squash and -C are refused'

secure b.py
git add b.py
allows git commit -m b b.py
expect_exit 0 git diff-tree --no-commit-id --name-only -r HEAD
expect_output '^b.py$'
refuse_output '^a.py$'
echo '# more' >>b.py
refuses git commit -m x --include b.py
refuses git commit -m x b.py a.py
allows git commit -m x --only b.py
refuses git commit -m x
ok 'a partial commit answers for its own files, not for what else is staged'

secure a.py
git add a.py
allows git commit --allow-empty -m x
for line in $(seq 30); do echo "x$line = 1"; done >>a.py
commit base
sed 's/^x1 .*/x1 = 2/; s/^x25 .*/x25 = tempfile.mktemp()/' a.py >a.new && mv a.new a.py
printf 'y\ny\n' >answers
refuses sh -c 'git commit -p -m x <answers'
git reset -q
printf 'y\nn\n' >answers
allows sh -c 'git commit -p -m x <answers'
expect_exit 0 git diff --quiet HEAD~1 HEAD -- b.py
refuses git commit -a -m x
git checkout -q a.py
rm answers
ok '-p is refused for a part that introduces, and not for the others'

insecure a.py
commit 'past the gate'
echo '# comment' >>a.py
allows git commit -a -m x
allows git commit --amend -m y
ok 'what is in HEAD already does not block'

mkdir -p deep/er && cd deep/er || exit 1
insecure new.py
git add new.py
refuses git commit -m x
expect_error '^deep/er/new.py:2:8: error: '
refuses git commit -m x new.py
expect_exit 1 "$TMPGUARD" check
expect_output '^deep/er/new.py:2:8: error: '
cd ../.. && git rm -qrf deep || exit 1
ok 'from a folder below it is the same'

# What hooks git runs, and when, is git's: commits made by cherry-pick, rebase
# and revert meet no pre-commit hook, until something stops them half-way.
repository picks
secure a.py
commit base
guard
git checkout -q -b bad
insecure a.py
commit bad
git checkout -q main
allows git cherry-pick bad
git reset -q --hard HEAD~1
expect_exit 0 git cherry-pick -n bad
refuses git commit -m x
git reset -q --hard
echo '# other' >>a.py
commit other
expect_exit 1 git cherry-pick bad
insecure a.py
git add a.py
refuses git -c core.editor=true cherry-pick --continue
secure a.py
echo '# resolved' >>a.py
git add a.py
allows git -c core.editor=true cherry-pick --continue
ok 'cherry-pick -n and --continue meet the gate'

git reset -q --hard bad
secure a.py
allows git commit -q -a -m repaired
expect_exit 0 git revert -n HEAD
refuses git commit -m x
git reset -q --hard
ok 'a revert that brings a call back meets the gate'

git reset -q --hard main
secure c.py
git add c.py
allows git commit -m c
secure d.py
git add d.py
allows git commit -m d
git tag tip
allows git -c sequence.editor="sed -i s/^pick/reword/" -c core.editor='sed -i 1s/^/re/' \
    rebase -i HEAD~2
expect_exit 0 git log -1 --format=%s
expect_output '^red$'
expect_exit 0 git -c sequence.editor='sed -i 1s/^pick/edit/' rebase -i HEAD~2
insecure c.py
refuses git commit -a --amend --no-edit
secure c.py
echo '# edited' >>c.py
allows git commit -a --amend --no-edit
expect_exit 0 git rebase --continue
expect_exit 1 git rebase \
    --exec 'echo "tempfile.mktemp()" >>d.py && git commit -q -a -m x' HEAD~1
expect_error ': error: .* \[py/insecure-temporary-file\]$'
git reset -q --hard
expect_exit 0 git rebase --abort
ok 'a rebase works with the gate, and commits made in its stops meet it'

# Merges.
repository merges
guard
secure a.py
echo 'x = 1' >both.py
commit base
git checkout -q -b side
insecure side.py
commit side
git checkout -q main
secure main.py
commit main
allows git merge -q -m merge side
git reset -q --hard HEAD~1
expect_exit 0 git merge -q --no-commit side
echo 'name = tempfile.mktemp()' >>a.py
git add a.py
refuses git commit -m x
refuses git merge --continue
expect_error '^a.py:3:8: error: '
git checkout -q HEAD a.py
allows git -c core.editor=true merge --continue
ok 'what a merge takes from a parent passes, what it adds of its own is refused'

git reset -q --hard HEAD~1
git checkout -q side
echo 'x = 2' >both.py
commit two
git checkout -q main
echo 'x = 3' >both.py
commit three
expect_exit 1 git merge side
printf 'import tempfile\nx = tempfile.mktemp()\n' >both.py
git add both.py
refuses git commit -m x
expect_error '^both.py:2:5: error: '
echo 'x = 4' >both.py
allows git commit -q -a -m resolved
ok 'the resolution of a conflict is checked'

git checkout -q -b left main
printf 'import tempfile\nname = tempfile.mktemp()\n# 1\n# 2\n# 3\n# 4\n# 5\n' >sum.py
commit left
git checkout -q -b right
echo 'name = tempfile.mktemp()' >>sum.py
commit right
git checkout -q left
sed 1aname\ =\ tempfile.mktemp\(\) sum.py >sum.new && mv sum.new sum.py
commit more
allows git merge -q -m sum right
[ "$(grep -c mktemp sum.py)" -eq 3 ] || failed 'the merge is not what it should be'
ok 'a merge of two sides that each added the same call passes'

git checkout -q -b one main && insecure one.py && commit one
git checkout -q -b two main && insecure two.py && commit two
git checkout -q main
secure three.py
git add three.py
allows git commit -m three
allows git merge -q -m octopus one two
expect_exit 0 git rev-parse -q --verify HEAD^3
git merge -q --squash right >/dev/null 2>&1
refuses git commit -m x
git reset -q --hard
ok 'an octopus passes, a squashed merge is a commit like any other'

git checkout -q -b behind HEAD~1
allows git merge -q --ff-only main
ok 'a fast-forward is none of ours'
