#!/bin/sh
# tmpguard coverage: which commits have a tree that the hooks let pass, whichever way git commits.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"

record() {
    cat "$(git rev-parse --git-common-dir)/tmpguard/approved" 2>/dev/null
}

# The tree of HEAD is in the record, or is not.
approved() {
    record | grep -q "^$(git rev-parse 'HEAD^{tree}') " || failed "HEAD's tree is not approved: $1"
}

unapproved() {
    ! record | grep -q "^$(git rev-parse 'HEAD^{tree}') " || failed "HEAD's tree is approved: $1"
}

# A commit that changes things, so that its tree is a new one.
count=0
change() {
    count=$((count + 1))
    echo "$count" >>"${1:-words}"
    git add "${1:-words}"
}

repository covered
expect_exit 2 "$TMPGUARD" coverage
expect_error "^tmpguard: your current branch 'main' does not have any commits yet"
change
# As new as the first record, however long it takes to get there.
GIT_COMMITTER_DATE="@$(($(date +%s) + 3600)) +0000" git commit -q -m before
expect_exit 0 "$TMPGUARD" install
change
expect_exit 0 "$TMPGUARD" check
[ -z "$(record)" ] || failed "a check by hand is recorded"
expect_exit 0 git commit -q -m as-is
approved as-is
ok "what a hook lets pass is recorded, a check by hand is not"

echo more >>words
expect_exit 0 git commit -q -a -m all
approved '-a'
mkdir -p deep/er
for file in a deep/b deep/er/c; do echo 1 >$file; done
git add .
expect_exit 0 git commit -q -m folders
approved folders
change
echo 2 >>deep/er/c
expect_exit 0 git commit -q -m partial deep/er/c
approved '--only'
echo 2 >>deep/b
expect_exit 0 git commit -q -i -m include deep/b
approved '--include'
git rm -q -r deep
expect_exit 0 git commit -q -m delete
approved delete
git mv a b
expect_exit 0 git commit -q -m rename
approved rename
echo x >intended
git add -N intended
change
expect_exit 0 git commit -q -m intent
approved intent-to-add
git rm -q --cached intended
rm intended
change
expect_exit 0 git commit -q --amend -m amended
approved amend
expect_exit 0 git commit -q --allow-empty -m empty
approved empty
git worktree add -q ../linked -b linked 2>/dev/null
cd ../linked || exit 1
change
expect_exit 0 git commit -q -m linked
approved 'linked worktree'
cd ../covered || exit 1
change other
git commit -q -m main
expect_exit 0 git merge -q --no-edit linked
approved merge
git config index.version 4
git update-index --index-version 4 --split-index
change
expect_exit 0 git commit -q -m split
approved 'split index'
git update-index --no-split-index
ok "the tree is the one that git commits, whichever way it commits"

total=$(record | wc -l)
insecure bad.py
git add bad.py
expect_exit 1 git commit -q -m bad
[ "$(record | wc -l)" -eq "$total" ] || failed "what is stopped is recorded"
expect_exit 0 git commit -q --no-verify -m 'past the hook'
unapproved --no-verify
git rm -q bad.py
expect_exit 0 git commit -q -m 'good again'
change
expect_exit 0 env GIT_AUTHOR_NAME='Eve Else' GIT_AUTHOR_EMAIL=eve@example.org \
    git -c core.hooksPath=/dev/null -c hook.tmpguard.enabled=false commit -q -m "$(printf 'no \033[31mhooks')"
unapproved 'no hooks'
expect_exit 1 "$TMPGUARD" coverage
expect_output '^[0-9a-f]{12} [0-9-]{10} Ann Author: past the hook$'
expect_output '^[0-9a-f]{12} [0-9-]{10} Eve Else: no .x1b\[31mhooks$'
expect_output '^[0-9a-f]{12} [0-9-]{10} Ann Author: before$'
[ "$(grep -c '^[0-9a-f]\{12\} ' "$out")" -eq 3 ] || failed "other commits are named"
expect_output '^ +2 of +[0-9]+  Ann Author <ann@example\.org>$'
expect_output '^ +1 of +1  Eve Else <eve@example\.org>$'
expect_output '^[0-9]+ commits, [0-9]+ with a tree that the hooks let pass, 3 without$'
ok "commits that went past the hooks are named, with a summary by author"

expect_exit 1 "$TMPGUARD" coverage --json
expect_json "d['version'] == 1" "len(d['unapproved']) == 3" "d['commits'] == d['approved'] + 3" \
    "d['unapproved'][0]['author'] == 'Eve Else'" "d['unapproved'][0]['merge'] is False" \
    "d['unapproved'][0]['commit'] == '$(git rev-parse HEAD)'" \
    "[a['commits'] - a['approved'] for a in d['authors']] == [2, 1]"
expect_exit 1 "$TMPGUARD" coverage --format json HEAD~1..HEAD
expect_json "d['commits'] == 1" "d['approved'] == 0"
expect_exit 0 "$TMPGUARD" coverage HEAD~2..HEAD~1
expect_output '^1 commit, 1 with a tree'
expect_exit 0 "$TMPGUARD" coverage -q HEAD~2..HEAD~1
expect_silence
expect_exit 0 "$TMPGUARD" coverage HEAD..HEAD
expect_output '^0 commits, '
expect_exit 0 "$TMPGUARD" coverage --until 2001-01-01
expect_output '^0 commits, '
expect_exit 2 "$TMPGUARD" coverage --since 'no date'
expect_exit 2 "$TMPGUARD" coverage nowhere
expect_error '^tmpguard: .*nowhere'
expect_exit 2 "$TMPGUARD" coverage -- --output=here
[ ! -e here ] || failed "git took an option"
ok "a range, a time, JSON, and what is no revision"

git clone -q . ../clone
cd ../clone || exit 1
expect_exit 1 "$TMPGUARD" coverage HEAD~2..HEAD~1
expect_exit 0 "$TMPGUARD" coverage HEAD~2..HEAD~1 --approved ../covered/.git/tmpguard/approved
expect_exit 2 "$TMPGUARD" coverage --approved nowhere
cd ../covered || exit 1
ok "records of other clones count if they are named"

cp .git/tmpguard/approved "$scratch/kept"
chmod 000 .git/tmpguard/approved
change
expect_exit 0 git commit -q -m unwritable
chmod 644 .git/tmpguard/approved
rm .git/tmpguard/approved
mkdir .git/tmpguard/approved
change
expect_exit 0 git commit -q -m folder
rmdir .git/tmpguard/approved
change
expect_exit 0 git commit -q -m there
approved 'a new record'
ok "a record that cannot be written stops nothing"

expect_exit 0 "$TMPGUARD" install
approved 'installed again'
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 1 test -e .git/tmpguard
expect_exit 0 "$TMPGUARD" install --global
change
expect_exit 0 git commit -q -m global
approved --global
expect_exit 0 "$TMPGUARD" uninstall --global
expect_exit 1 test -e .git/tmpguard
ok "uninstalling takes the record out"

if git init -q --object-format=sha256 "$scratch/sha256" 2>/dev/null; then
    cd "$scratch/sha256" || exit 1
    expect_exit 0 "$TMPGUARD" install
    mkdir -p a/b
    echo 1 >a/b/c
    echo 2 >d
    git add .
    expect_exit 0 git commit -q -m one
    approved sha256
    echo 2 >>a/b/c
    echo 3 >>d
    expect_exit 0 git commit -q -m two d
    approved 'sha256, partial'
    expect_exit 0 "$TMPGUARD" coverage
    ok "SHA-256, too"
fi

again_with_new_git
