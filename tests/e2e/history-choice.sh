#!/bin/sh
# scan --history: which commits are chosen, as git log has it, and which paths.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"

# c NAME: a commit that introduces a call, in a file of its own.
c() {
    tick
    insecure "$1.py"
    commit "$1"
}

# m NAME COMMIT: merge it.
m() {
    tick
    git merge -q --no-ff -m "$@" >/dev/null || exit 1
}

# as_git ARGUMENT…: what is introduced is introduced by the commits that git
# lists, merges aside.
as_git() {
    "$TMPGUARD" scan --history --format json "$@" >"$out" 2>"$err"
    [ $? -le 1 ] || failed "not scanned: $*"
    git rev-list --no-merges "$@" | sort >"$scratch/wanted"
    python3 -I -S -c 'import json, sys
for f in json.load(open(sys.argv[1], encoding="utf-8"))["findings"]:
    print(f["introduced"]["commit"])' "$out" | sort >"$scratch/told"
    diff -u "$scratch/wanted" "$scratch/told" >>"$err" || failed "not as git has it: $*"
}

# refuse WORDS ARGUMENT…: exit 2, one line that has the words, nothing else.
refuse() {
    words=$1
    shift
    expect_exit 2 "$TMPGUARD" scan --history "$@"
    expect_silence
    expect_error "$words"
    [ "$(wc -l <"$err")" -eq 1 ] || failed "more than one line: $*"
}

repository choice
c one
c two
git tag v1
git checkout -q -b feature/a
c three
git checkout -q -b feature/b/c v1
c four
git checkout -q main
c five
m joined feature/a
c six
git tag -a -m v2 v2
c seven
git update-ref refs/remotes/origin/main main
git checkout -q -b stale v1
c eight
git update-ref refs/remotes/origin/stale stale
git tag other/t
git checkout -q main
git branch -q -D stale
git update-ref refs/notes/x v1

for choice in --all --branches --tags --remotes '--branches=*' \
    '--branches=feature/*' --branches=feature --branches=feature/ '--branches=f*/b*' \
    '--branches=feature/?' '--branches=[fm]*' '--tags=v*' '--tags=v[^2]' --tags=other \
    --remotes=origin '--remotes=*ma*' '--remotes=origin/s*' \
    '--branches=feature/?' 'main --tags' '--tags ^main' 'v1..v2 --branches=f*' \
    'main...feature/b/c' \
    'feature/b/c main' '^v1 --all' --reflog '--reflog ^main'; do
    set -f
    # shellcheck disable=SC2086 # a list of words
    set -- $choice
    set +f
    as_git "$@"
done
ok 'branches, tags, remotes and reflogs are chosen as git chooses them'

as_git --since=@1100000004 --all
as_git --since @1100000004 --until @1100000007 --all
as_git --after=2004-11-09T11:33:25 --before='2004-11-09 11:33:27' --branches
as_git --until=@1100000003 --all
as_git --until=@1100000003 v1..main
as_git --since=@1100000007 --until=@1100000006 --all
as_git --since='1 day ago' --all
as_git --since=@1100000004 --reflog
ok 'dates are read and compared as git does'

past 1 --first-parent main <<'END'
five.py:2 five live
one.py:2 one live
seven.py:2 seven live
six.py:2 six live
three.py:2 joined live
two.py:2 two live
END
past 1 --first-parent v1..v2 <<'END'
five.py:2 five live
six.py:2 six live
three.py:2 joined live
END
ok 'by the first parent, what a branch brought is the merge that brought it'

refuse "'no date' is not a date" --since='no date'
refuse "'' is not a date|needs a value" --until=
refuse 'no branch matches' '--branches=nothing*'
refuse "no branch is called main/" --branches=main
refuse 'no tag is called' --tags=nothing
refuse 'no remote branch matches' '--remotes=x[y'
refuse "takes no value" --all=x
refuse "takes no value" --first-parent=2
refuse "takes no value" --reflog=HEAD
refuse "unknown option '--glob=x'" --glob=x
refuse "unknown option '--not'" --not
refuse "unknown option '-5'" -5
expect_exit 2 "$TMPGUARD" scan --since yesterday
expect_error "^tmpguard: '--since' needs --history$"
expect_exit 2 "$TMPGUARD" scan --branches .
expect_exit 2 "$TMPGUARD" check --since yesterday
ok 'what git would not understand, or would take for something else, is refused'

git init -q "$scratch/bare" && cd "$scratch/bare" || exit 1
insecure a.py
commit one
past 0 --tags </dev/null
past 0 --remotes </dev/null
past 1 --branches --tags <<'END'
a.py:2 one live
END
ok 'no tags at all is no error'

# ---- what becomes of what was chosen

repository fate
start=$clock
c one
c two
tick
git rm -q one.py
commit three
c four
tick
git rm -q two.py
commit five
past 0 "--until=@$((start + 2))" <<'END'
one.py:2 one three
two.py:2 two five
END
ok 'the removal is told that came after the last commit that was asked for'

past 0 "--since=@$((start + 5))" <<'END'
two.py:2 two five
END
past 0 "--since=@$((start + 3))" "--until=@$((start + 4))" HEAD -- one.py <<'END'
one.py:2 one three
END
ok 'the introduction is told that came before the first one'

# Without the stored snapshot of the whole it is the same.
expect_exit 1 "$TMPGUARD" scan --history
past 0 "--since=@$((start + 5))" <<'END'
two.py:2 two five
END
past 1 <<'END'
four.py:2 four live
one.py:2 one three
two.py:2 two five
END
past 0 --no-cache "--until=@$((start + 2))" <<'END'
one.py:2 one three
two.py:2 two five
END
ok 'a choice neither keeps anything nor is led astray by what was kept'

git branch -q old HEAD~1
git checkout -q -b gone
c six
tick
git commit -q --amend -m amended
git checkout -q main
git branch -q -D gone
past 1 --reflog <<'END'
four.py:2 four live
one.py:2 one three
six.py:2 six lost
six.py:2 amended lost
two.py:2 two live
END
ok 'what only a reflog has is listed and not live'

git rev-parse HEAD >"$scratch/kept"
echo 0123456789012345678901234567890123456789 "$(git rev-parse HEAD)" 'A <a@b> 1100000000 +0000	x' >>.git/logs/HEAD
"$TMPGUARD" scan --history --reflog >"$out" 2>"$err"
[ $? -eq 1 ] || failed 'not scanned'
expect_output '^reflog: incomplete: .*HEAD'
ok 'a reflog whose commits are gone is incomplete'

# ---- paths

repository paths
mkdir -p src/deep tests
insecure src/a.py
insecure src/deep/b.py
insecure tests/c.py
insecure 'x[1].py'
tick
commit one
tick
git mv tests/c.py moved.py
commit two
everything() {
    cat <<'END'
src/a.py:2 one live
src/deep/b.py:2 one live
END
}
everything | past 1 -- src
everything | past 1 --all -- src/
everything | past 1 HEAD -- src/deep src/a.py tests/../src/a.py
cd src || exit 1
everything | past 1 -- .
everything | past 1 -- deep ./a.py
everything | past 1 -- :/src
everything | past 1 -- "$scratch/paths/src"
past 1 -- ../tests <<'END'
tests/c.py:2 one live moved.py tests/c.py
END
past 1 -- '../moved.py' <<'END'
tests/c.py:2 one live moved.py tests/c.py
END
past 1 -- ':(literal)../x[1].py' <<'END'
x[1].py:2 one live
END
for nothing in dee a.p sr a.py/ a.py/x nothing; do
    past 0 -- "$nothing" </dev/null
done
expect_exit 0 "$TMPGUARD" scan --history -- nothing ../src/deep/b.pyx
expect_output "^src/nothing: note: nothing is there in commit $(git rev-parse --short=12 HEAD), and nothing was found there$"
expect_output '^src/deep/b.pyx: note: '
expect_exit 0 "$TMPGUARD" scan --history --quiet -- nothing
expect_silence
expect_exit 0 "$TMPGUARD" scan --history --format json -- nothing
expect_json "[n['path'] for n in d['notes']] == ['src/nothing']"
cd .. || exit 1
[ "$("$TMPGUARD" scan --history -- . | grep -c ': error: ')" -eq 4 ] || failed 'not all below .'
[ "$("$TMPGUARD" scan --history -- | grep -c ': error: ')" -eq 4 ] || failed 'not all'
ok 'paths are files and folders, relative to the current folder'

cd src || exit 1
refuse 'outside the repository' -- ../..
refuse 'outside the repository' -- /usr
refuse 'outside the repository' -- "$scratch/paths-not"
refuse 'outside the repository' -- ':/../x'
refuse 'empty path' -- ''
refuse 'wildcards' -- '*.py'
refuse 'wildcards' -- 'src/?'
refuse 'magic' -- ':!src'
refuse 'magic' -- ':(glob)src'
refuse 'magic' -- ':(top)src'
refuse 'no such revision' src
refuse 'no such revision' ./a.py
ok 'other pathspecs are refused'

git clone -q --bare --no-hardlinks "$scratch/paths" "$scratch/bare.git" && cd "$scratch/bare.git" || exit 1
everything | past 1 -- src
refuse 'outside the repository' -- "$scratch/bare.git/src"
ok 'in a bare repository they are relative to the top'
