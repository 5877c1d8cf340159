#!/bin/sh
# Attempts to get a call past the gate: by objects that lie, by half an index, by another past, by variables and paths.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

object() { # where the loose object is
    echo ".git/objects/$(echo "$1" | cut -c1-2)/$(echo "$1" | cut -c3-)"
}

# lie ID OTHER: the file of the one has the bytes of the other.
lie() {
    chmod u+w "$(object "$1")"
    cp "$(object "$2")" "$(object "$1")"
}

# start NAME: a repository with the hooks, a secure file, and an insecure one that is staged.
start() {
    rm -rf "${scratch:?}/$1"
    repository "$1"
    secure fine.py
    commit base
    insecure bad.py
    git add bad.py
    expect_exit 0 "$TMPGUARD" install
}

# stays: whatever was tried, the commit is refused.
stays() {
    head=$(git rev-parse HEAD)
    git commit -q -m bad >"$out" 2>"$err" && failed 'it is committed'
    [ "$(git rev-parse HEAD)" = "$head" ] || failed 'HEAD moved'
}

start objects
lie "$(git rev-parse :bad.py)" "$(git rev-parse :fine.py)"
expect_exit 3 "$TMPGUARD" check --no-cache
expect_exit 3 "$TMPGUARD" check
stays
start objects
insecure fine.py
git add fine.py
tree=$(git write-tree)
lie "$(git rev-parse 'HEAD^{tree}')" "$tree"
expect_exit 3 "$TMPGUARD" check --no-cache
stays
start objects
other=$(git commit-tree -m other "$(git write-tree)")
lie "$(git rev-parse HEAD)" "$other"
expect_exit 3 "$TMPGUARD" check --no-cache
stays
ok "a loose object with the bytes of another one is incomplete: the file's, the tree's, the commit's"

start packed
git commit -q --no-verify -m bad
git repack -q -a -d -f --window=0
python3 -I -S - .git/objects/pack/*.idx "$(git rev-parse HEAD:bad.py)" "$(git rev-parse HEAD:fine.py)" <<'END'
import hashlib, os, sys
name, one, two = sys.argv[1], bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3])
data = bytearray(open(name, "rb").read())
count = int.from_bytes(data[8 + 255 * 4:8 + 256 * 4], "big")
names = 8 + 1024
at = [(bytes(data[names + 20 * i:names + 20 * i + 20])) for i in range(count)]
offsets = names + count * 24
a, b = offsets + 4 * at.index(one), offsets + 4 * at.index(two)
data[a:a + 4], data[b:b + 4] = data[b:b + 4], data[a:a + 4]
data[-20:] = hashlib.sha1(data[:-20]).digest()
os.chmod(name, 0o644)
open(name, "wb").write(data)
END
expect_exit 3 "$TMPGUARD" check --no-cache --commit HEAD
expect_exit 3 "$TMPGUARD" check --no-cache --range HEAD~1..HEAD
ok "so is a pack whose index leads to another object"

# ---- half an index

start index
git reset -q
rm bad.py
echo words >words.txt
git add words.txt
cp .git/index "$scratch/whole"
size=$(stat -c %s .git/index)
length=0
while [ "$length" -lt "$size" ]; do
    head -c "$length" "$scratch/whole" >.git/index
    "$TMPGUARD" check --no-cache >"$out" 2>"$err"
    code=$?
    git ls-files -s >/dev/null 2>&1
    agrees=$?
    if [ "$code" -eq 0 ] && [ "$agrees" -ne 0 ]; then failed "of $size bytes $length are called clean"; fi
    length=$((length + 1))
done
ok "an index that is cut at whatever length is not called clean unless git reads it"
cp "$scratch/whole" .git/index
python3 -I -S - "$TMPGUARD" <<'END' || failed 'half an index with a right checksum is called clean'
import hashlib, subprocess, sys
whole = open(".git/index", "rb").read()[:-20]
for length in range(12, len(whole)):
    open(".git/index", "wb").write(whole[:length] + hashlib.sha1(whole[:length]).digest())
    code = subprocess.run([sys.argv[1], "check", "--no-cache"], capture_output=True).returncode
    if code == 0 and subprocess.run(["git", "ls-files", "-s"], capture_output=True).returncode != 0:
        sys.exit("%d of %d" % (length, len(whole)))
END
ok "nor is one that has the checksum of what is left"

# ---- variables

start variables
for name in BIN=/bin/true CANARY= CANARY=abc HOOK=1 SKIP=1 NO_CACHE=1 DAEMON=/nowhere CONFIG=/dev/null; do
    head=$(git rev-parse HEAD)
    env "TMPGUARD_$name" git commit -q -m bad >"$out" 2>"$err" && failed "it is committed: TMPGUARD_$name"
    [ "$(git rev-parse HEAD)" = "$head" ] || failed "HEAD moved: TMPGUARD_$name"
done
git init -q --bare "$scratch/there.git"
git push -q --no-verify "$scratch/there.git" main
git commit -q --no-verify -m bad
for name in BIN=/bin/true CANARY= CANARY=abc SKIP=1; do
    env "TMPGUARD_$name" git push -q "$scratch/there.git" main >"$out" 2>"$err" && failed "it is pushed: TMPGUARD_$name"
done
[ "$(git -C "$scratch/there.git" rev-parse main)" = "$(git rev-parse HEAD~1)" ] || failed 'it is there'
git reset -q --soft HEAD~1
ok "no variable of tmpguard's lets a commit or a push pass"

mkdir "$scratch/empty"
objects=$PWD/.git/objects
refuses env GIT_OBJECT_DIRECTORY="$scratch/empty" GIT_ALTERNATE_OBJECT_DIRECTORIES="$objects" git commit -m bad
refuses env GIT_NAMESPACE=other git commit -m bad
refuses env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=tmpguard.excuses GIT_CONFIG_VALUE_0=any git commit -m bad
refuses env GIT_CONFIG_GLOBAL=/dev/null git commit -m bad
refuses env GIT_REPLACE_REF_BASE=refs/heads/ git commit -m bad
refuses env GIT_NO_REPLACE_OBJECTS=1 git commit -m bad
refuses env GIT_LITERAL_PATHSPECS=1 git commit -m bad
refuses env GIT_DIFF_OPTS=-u0 GIT_EXTERNAL_DIFF=/bin/true git commit -m bad
refuses env GIT_TRACE=1 GIT_TRACE2=1 git commit -m bad
# An alternate that lies: the object is nowhere else.
id=$(git rev-parse :bad.py)
mkdir -p "$scratch/lies/$(echo "$id" | cut -c1-2)"
cp "$(object "$(git rev-parse :fine.py)")" "$scratch/lies/$(echo "$id" | cut -c1-2)/$(echo "$id" | cut -c3-)"
mv "$(object "$id")" "$scratch/kept"
expect_exit 3 env GIT_ALTERNATE_OBJECT_DIRECTORIES="$scratch/lies" "$TMPGUARD" check --no-cache
GIT_ALTERNATE_OBJECT_DIRECTORIES=$scratch/lies git commit -q -m bad >"$out" 2>"$err" && failed 'an alternate lies'
mv "$scratch/kept" "$(object "$id")"
ok "nor do git's: objects, namespace, settings, replacements"

# ---- shims

mkdir "$scratch/fake" "$scratch/fake/objects"
for name in tmpguard tmpguard-hook cat sh dirname env mktemp sed; do hook "$scratch/fake/$name" 'exit 0'; done
refuses env PATH="$scratch/fake:$PATH" git commit -m bad
real=$(command -v git)
refuses env PATH=/nowhere "$real" commit -m bad
refuses env PATH= "$real" commit -m bad
hook "$scratch/evil" 'exit 0'
refuses env BASH_ENV="$scratch/evil" ENV="$scratch/evil" git commit -m bad
refuses env IFS=/ git commit -m bad
refuses env IFS=e CDPATH="$scratch/fake:." git commit -m bad
refuses env CDPATH="$scratch" HOME=/nowhere git commit -m bad
refuses env SHELLOPTS=noexec POSIXLY_CORRECT=1 git commit -m bad
refuses env LC_ALL=nonsense LANG=nonsense git commit -m bad
mkdir .git/tmp && cd .git/tmp && expect_exit 128 git commit -m bad
cd ../.. || exit 1
ok "shims do not mind PATH, BASH_ENV, IFS, CDPATH and the like"

# ---- another past

git commit -q --no-verify -m bad
bad=$(git rev-parse HEAD)
secure more.py
commit more
git remote add origin "$scratch/there.git"
git fetch -q origin
head=$(git rev-parse HEAD)
base=$(git rev-parse HEAD~2)
line="refs/heads/main $head refs/heads/main $base"
expect_exit 1 "$TMPGUARD" check --pre-push <<END
$line
END
mkdir -p .git/info
echo "$head $base" >.git/info/grafts
expect_exit 1 "$TMPGUARD" check --pre-push <<END
$line
END
expect_exit 1 "$TMPGUARD" check --range "$base..HEAD"
rm .git/info/grafts
echo "$head $base" >"$scratch/grafts"
expect_exit 1 env GIT_GRAFT_FILE="$scratch/grafts" "$TMPGUARD" check --range "$base..HEAD"
git replace "$bad" "$base"
git replace -f "$head" "$base" 2>/dev/null
expect_exit 1 "$TMPGUARD" check --range "$base..$head"
expect_exit 1 "$TMPGUARD" check --pre-push <<END
$line
END
git update-ref "refs/other/$bad" "$base"
expect_exit 1 env GIT_REPLACE_REF_BASE=refs/other/ "$TMPGUARD" check --range "$base..$head"
ok "grafts and replacements make no other past"

# ---- a server

server=$scratch/server.git
git init -q --bare "$server"
git --no-replace-objects push -q --no-verify "$server" "$base:refs/heads/main"
expect_exit 0 "$TMPGUARD" install --server "$server"
git update-ref "refs/replace/$head" "$base"
# They bring nothing themselves, and what is behind them is not what they say.
expect_exit 0 git --no-replace-objects push -q --no-verify "$server" 'refs/replace/*:refs/replace/*'
expect_exit 1 git --no-replace-objects push -q --no-verify "$server" "$head:refs/heads/main"
expect_error '^remote: bad\.py:2:8: error: '
git -C "$server" for-each-ref --format='delete %(refname)' refs/replace | git -C "$server" update-ref --stdin
expect_exit 1 git --no-replace-objects push -q --no-verify "$server" "$head:refs/heads/main" 'refs/replace/*:refs/replace/*'
expect_error '^remote: bad\.py:2:8: error: '
git for-each-ref --format='delete %(refname)' refs/replace refs/other | git update-ref --stdin
tag=$(git mktag <<END
object $(git rev-parse "$head^{tree}")
type tree
tag deep
tagger A <a@b> 1 +0000

x
END
)
tag=$(printf 'object %s\ntype tag\ntag deeper\ntagger A <a@b> 1 +0000\n\nx\n' "$tag" | git mktag)
expect_exit 1 git --no-replace-objects push -q --no-verify "$server" "$tag:refs/tags/deeper"
expect_error '^remote: bad\.py:2:8: error: '
i=0
while [ $i -lt 1500 ]; do
    echo "create refs/many/$i $base"
    i=$((i + 1))
done | git update-ref --stdin
git update-ref refs/many/zzz "$head"
expect_exit 1 git --no-replace-objects push -q --no-verify "$server" 'refs/many/*:refs/heads/many/*'
expect_error '^remote: bad\.py:2:8: error: '
[ "$(git -C "$server" for-each-ref | wc -l)" -eq 1 ] || failed 'some of the refs are there'
git update-ref -d refs/many/zzz
git -C "$server" config hooks.tmpguard.deadline 30
expect_exit 0 git --no-replace-objects push -q --no-verify "$server" 'refs/many/*:refs/heads/many/*'
expect_exit 1 env GIT_NAMESPACE=other git --no-replace-objects push -q --no-verify "$server" "$head:refs/heads/main"
expect_exit 1 git -c protocol.version=2 push -q --no-verify --atomic "$server" "$head:refs/heads/one" "$base:refs/heads/two"
expect_exit 1 git push -q --no-verify --receive-pack='env GIT_NAMESPACE=other git-receive-pack' "$server" "$head:refs/heads/main"
expect_error 'bad\.py:2:8: error: '
ok "a server: replacements, a tag of a tag of a tree, many refs, a namespace"
