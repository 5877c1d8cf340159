#!/bin/sh
# What cannot be read or analysed is never clean: a line says what, where and
# what to do; nothing crashes, nothing hangs.
. "$(dirname "$0")/lib.sh"

# says N PATTERN COMMAND…: the exit code, and a line anywhere.
says() {
    code=$1 pattern=$2
    shift 2
    expect_exit "$code" timeout 20 "$@"
    cat "$out" "$err" >"$scratch/.both"
    grep -Eq -e "$pattern" "$scratch/.both" || failed "no such line: $pattern"
}

mkdir plain && cd plain || exit 1
insecure a.py
says 2 '^tmpguard: nowhere.py: there is no such file or folder$' "$TMPGUARD" scan nowhere.py
says 2 "^tmpguard: '': there is no such file or folder$" "$TMPGUARD" scan ''
says 2 '^tmpguard: not in a git repository' "$TMPGUARD" check
says 2 '^tmpguard: not in a git repository' "$TMPGUARD" scan --tree HEAD
says 2 '^tmpguard: not in a git repository' "$TMPGUARD" scan --history
says 2 "^tmpguard: cannot change to 'nowhere'" "$TMPGUARD" -C nowhere check
says 2 '^tmpguard: unknown option' "$TMPGUARD" check --stagd
says 2 '^tmpguard: unknown command' "$TMPGUARD" chekc
ok 'what is asked in vain is exit 2, and the line says what is wrong'

repository ours
secure a.py
commit base
says 2 'nonsense: there is no such commit' "$TMPGUARD" check --commit nonsense
says 2 'nonsense: there is no such commit' "$TMPGUARD" check --range nonsense..HEAD
says 2 'nonsense: there is no such commit' "$TMPGUARD" scan --tree nonsense
says 2 'nonsense' "$TMPGUARD" scan --history nonsense
says 2 'not a range' "$TMPGUARD" check --range HEAD
says 2 '@\{u\}: there is no such commit' "$TMPGUARD" check --range '@{u}..'
says 2 '@\{9\}: there is no such commit' "$TMPGUARD" scan --tree '@{9}'
for argument in '' -- --all -x '--output=x' "$(printf 'a\nb')" 'HEAD:a.py' '../..'; do
    says 2 . "$TMPGUARD" scan --tree "$argument"
    says 2 . "$TMPGUARD" check --commit "$argument"
done
[ -z "$(git status --porcelain)" ] || failed 'something was written'
ok 'no revision that is none is taken for one'

git init -q "$scratch/unborn" && cd "$scratch/unborn" || exit 1
expect_exit 0 "$TMPGUARD" check
expect_exit 0 "$TMPGUARD" scan
expect_exit 0 "$TMPGUARD" scan --history
says 2 'HEAD: there is no such commit' "$TMPGUARD" scan --tree HEAD
says 2 . "$TMPGUARD" check --commit HEAD
says 2 . "$TMPGUARD" check --range HEAD~1..HEAD
insecure a.py
git add a.py
expect_exit 1 "$TMPGUARD" check
ok 'a repository without a commit'

mkdir "$scratch/no-git" "$scratch/bad-git" || exit 1
# git_is COMMAND: the git in bad-git.
git_is() {
    printf '#!/bin/sh\n%s\n' "$1" >"$scratch/bad-git/git" &&
        chmod +x "$scratch/bad-git/git"
}
says 2 'cannot run git: No such file' env PATH="$scratch/no-git" "$TMPGUARD" check
git_is 'echo nonsense'
says 2 'git gave no clear answer' env PATH="$scratch/bad-git" "$TMPGUARD" check
git_is 'exit 0'
says 2 'git gave no clear answer' env PATH="$scratch/bad-git" "$TMPGUARD" check
git_is 'kill -9 $$'
says 2 'git rev-parse ended with status 137' env PATH="$scratch/bad-git" "$TMPGUARD" check
git update-index --split-index # this kind is left to git, and so is what the environment lends
mv .git/objects "$scratch/lent" && mkdir .git/objects || exit 1
GIT_ALTERNATE_OBJECT_DIRECTORIES=$scratch/lent
export GIT_ALTERNATE_OBJECT_DIRECTORIES
expect_exit 1 "$TMPGUARD" check --no-cache
for command in diff-index cat-file; do
    for end in 'exit 1' 'kill -9 $$' 'echo nonsense; exit 0'; do
        git_is "case \" \$*\" in *' $command '*) $end ;; *) exec $(command -v git) \"\$@\" ;; esac"
        says 3 incomplete env PATH="$scratch/bad-git:$PATH" "$TMPGUARD" check --no-cache
    done
done
unset GIT_ALTERNATE_OBJECT_DIRECTORIES
odd=$(printf 'new\nline')
git init -q "$scratch/$odd"
says 2 'no newline' "$TMPGUARD" -C "$scratch/$odd" check
ok 'a git that is missing, old or dying proves nothing'

# By a user whom permissions bind.
cp "$TMPGUARD" "$scratch/program"
mkdir "$scratch/theirs" && cd "$scratch/theirs" && mkdir closed hidden || exit 1
insecure a.py
insecure secret.py
insecure script
insecure notes.txt
insecure closed/b.py
insecure hidden/c.py
chmod 0 secret.py script notes.txt closed
chmod 444 hidden
given_away .
expect_exit 1 somebody env HOME=/nonexistent "$scratch/program" scan
expect_output '^a.py:2:8: error: '
expect_output '^secret.py: incomplete: .*Permission denied'
expect_output '^script: incomplete: .*Permission denied'
expect_output '^closed: incomplete: .*Permission denied'
expect_output '^hidden/c.py: incomplete: .*Permission denied'
refuse_output '^notes.txt'
expect_output '^Not everything could be checked'
expect_exit 3 somebody env HOME=/nonexistent "$scratch/program" scan secret.py
expect_output '^secret.py: incomplete: .*Permission denied'
expect_exit 3 somebody env HOME=/nonexistent "$scratch/program" scan closed/b.py
expect_output '^closed.*: incomplete: .*Permission denied'
expect_exit 0 somebody env HOME=/nonexistent "$scratch/program" scan notes.txt
ok 'a file or folder that may not be read is incomplete, the others are scanned'

if [ "$(id -u)" -eq 0 ]; then
    git init -q "$scratch/foreign" && cd "$scratch/foreign" || exit 1
    insecure a.py
    git add a.py
    given_away .
    trust='dubious ownership.*; if you trust it, add it to git.s safe\.directory'
    says 2 "$trust" "$TMPGUARD" check
    says 2 "$trust" "$TMPGUARD" scan
    says 2 "$trust" "$TMPGUARD" scan --history
    says 2 "$trust" "$TMPGUARD" scan --tree HEAD
    ok "a repository that git refuses is refused, for git's reason"
fi

cd "$scratch/plain" || exit 1
mkfifo pipe.py && mkfifo pipe
ln -s /dev/zero zero.py
ln -s loop.py loop.py
ln -s . again
ln -s ../plain cycle
mkdir -p deep && ln -s ../.. deep/up
says 1 '^a.py:2:8: error: ' "$TMPGUARD" scan .
[ "$(grep -c ': error: ' "$out")" -eq 1 ] || failed 'not one finding'
refuse_output incomplete
says 3 '^pipe.py: incomplete: it is no regular file' "$TMPGUARD" scan pipe.py
says 3 'incomplete: it is no regular file' "$TMPGUARD" scan /dev/zero
says 3 'incomplete: it is no regular file' "$TMPGUARD" scan zero.py
says 3 '^loop.py: incomplete: ' "$TMPGUARD" scan loop.py
says 1 '^a.py:2:8: error: ' "$TMPGUARD" scan cycle
says 3 'stdin' "$TMPGUARD" scan - </dev/zero
says 3 'x.py' "$TMPGUARD" scan - --stdin-name x.py <.
long=$(head -c 4000 /dev/zero | tr '\0' x)
says 3 . "$TMPGUARD" scan "$long"
ok 'pipes, devices and cycles of links end at once'

# damaged NAME: a repository with an old version of a.py, and a new one staged.
damaged() {
    cd "$scratch" && rm -rf damaged && repository damaged
    insecure old.py
    secure a.py
    commit base
    insecure a.py
    echo 'other = 1' >b.py
    git add -A
}

# object REVISION: the file of a loose object.
object() {
    id=$(git rev-parse "$1") && file=.git/objects/$(echo "$id" | sed 's|..|&/|')
    chmod u+w "$file"
}

# undecided PATTERN: neither check nor commit passes, and both say why.
undecided() {
    says 3 "$1" "$TMPGUARD" check --no-cache
    expect_output 'incomplete: '
    guard
    before=$(git rev-parse HEAD)
    expect_exit 1 timeout 20 git -c core.fsync=none commit -q -m x
    [ "$(git rev-parse HEAD)" = "$before" ] || failed 'a commit was made'
}

damaged
object :a.py
truncate -s 10 "$file"
undecided '^a.py: incomplete: the object is damaged: .*git fsck'
damaged
object :a.py
truncate -s 0 "$file"
undecided '^a.py: incomplete: the object is damaged: .*git fsck'
damaged
object :a.py
head -c 100 /dev/urandom >"$file"
undecided '^a.py: incomplete: the object is damaged: .*git fsck'
damaged
object :a.py
rm -f "$file"
undecided '^a.py: incomplete: the object is missing .*git fsck'
damaged
object :b.py
cp "$file" "$scratch/other"
object :a.py
cp "$scratch/other" "$file"
undecided '^a.py: incomplete: the object is damaged: .*git fsck'
damaged
printf 'blob 99999999999\0import tempfile\ntempfile.mktemp()' >raw
object :a.py
python3 -I -S -c 'import sys, zlib
open(sys.argv[1], "wb").write(zlib.compress(open("raw", "rb").read()))' "$file"
rm raw
undecided '^a.py: incomplete: .*over the limit'
ok 'a loose object that is cut, garbage, missing or another one proves nothing'

damaged
object HEAD:a.py
truncate -s 10 "$file"
says 3 '^a.py: incomplete: its version before: ' "$TMPGUARD" check --no-cache
damaged
object HEAD:
truncate -s 10 "$file"
says 3 . "$TMPGUARD" check --no-cache
says 3 . "$TMPGUARD" scan --tree HEAD
damaged
object HEAD
truncate -s 10 "$file"
says 3 . "$TMPGUARD" check --no-cache
says 3 . "$TMPGUARD" scan --tree HEAD
damaged
echo garbage >.git/HEAD
says 2 . "$TMPGUARD" check --no-cache
damaged
echo 0000000000000000000000000000000000000001 >.git/refs/heads/main
says 3 'HEAD: the object is missing' "$TMPGUARD" check --no-cache
damaged
echo '[core' >>.git/config
says 2 'bad config line' "$TMPGUARD" check --no-cache
ok 'what was there before must be known as well'

repository packed
secure a.py
seq 300 >>a.py
secure b.py
commit one
echo '# two' >>a.py
commit two
git repack -q -a -d -f
chmod u+w .git/objects/pack/*
pack=$(ls .git/objects/pack/*.pack) index=${pack%.pack}.idx
cp "$pack" "$scratch/good.pack"
cp "$index" "$scratch/good.idx"
git verify-pack -v "$index" | grep -E '^[0-9a-f]{40} ' >"$scratch/objects"
grep -q ' 1 [0-9a-f]*$' "$scratch/objects" || failed 'the pack has no delta'
needed=$(git rev-parse HEAD HEAD: HEAD:a.py HEAD:b.py)
while read -r id _ _ _ offset _; do
    cp "$scratch/good.pack" "$pack"
    printf '\377\0\377\0\377\0' |
        dd of="$pack" bs=1 seek=$((offset + 4)) conv=notrunc 2>/dev/null
    says 3 'incomplete: ' "$TMPGUARD" scan --history --no-cache
    case $needed in
    *$id*) says 3 'incomplete: ' "$TMPGUARD" scan --tree HEAD --no-cache ;;
    esac
    refuse_output 'error:'
done <"$scratch/objects"
head -c $(($(wc -c <"$scratch/good.pack") / 2)) "$scratch/good.pack" >"$pack"
says 3 . "$TMPGUARD" scan --tree HEAD --no-cache
says 3 . "$TMPGUARD" scan --history --no-cache
rm -f "$pack"
says 3 . "$TMPGUARD" scan --tree HEAD --no-cache
cp "$scratch/good.pack" "$pack"
head -c 2000 /dev/urandom >"$index"
says 3 . "$TMPGUARD" scan --tree HEAD --no-cache
cp "$scratch/good.idx" "$index"
expect_exit 0 "$TMPGUARD" scan --history --no-cache
ok 'a damaged pack proves nothing'

for cut in 0 5 11 50 100; do
    damaged
    head -c $cut .git/index >index && mv index .git/index
    if [ $cut -gt 0 ]; then
        says 3 . "$TMPGUARD" check --no-cache
    fi
done
damaged
head -c 500 /dev/urandom >.git/index
says 3 'index' "$TMPGUARD" check --no-cache
damaged
printf 'DIRC\0\0\0\143' >index && tail -c +9 .git/index >>index && mv index .git/index
says 3 'index' "$TMPGUARD" check --no-cache
damaged
rm .git/index && mkdir .git/index
says 3 . "$TMPGUARD" check --no-cache
ok 'a broken index is no empty one'

damaged
git commit -q --no-verify -m two
git checkout -q -b side HEAD~1
echo 'x = 1' >a.py
commit side
git merge -q main >/dev/null 2>&1
says 3 '^a.py: incomplete: .*conflict' "$TMPGUARD" check --no-cache
ok 'a conflict proves nothing'
