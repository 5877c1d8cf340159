#!/bin/sh
# scan --history of repositories of every shape: what git reads is reported,
# what it lacks is incomplete; without a cache, with a new one and a warm one.
. "$(dirname "$0")/lib.sh"

c() {
    tick
    git add -A && git commit -q --allow-empty -m "$1" || exit 1
}

long() {
    seq -f '# line %g' 40 >>"$1"
}

# fill_past: a past with findings that live, that are gone and that came back.
fill_past() {
    mkdir d
    insecure a.py && long a.py
    secure d/b.py && long d/b.py
    c one
    insecure d/b.py && long d/b.py
    c two
    git checkout -q -b side
    insecure side.py
    c side
    git checkout -q main
    secure a.py && long a.py
    c three
    tick
    git merge -q -m joined side >/dev/null || failed 'no merge'
    git branch -q -d side
    secure side.py
    insecure live.py
    c four
}

whole='a.py:2 one three
d/b.py:2 two live
live.py:2 four live
side.py:2 side four'

# pasts N WHAT [ARGUMENT…]: the past in $told three times, exit code N.
pasts() {
    code=$1 what=$2
    shift 2
    rm -rf "$HOME/.cache"
    for cache in --no-cache '' ''; do
        printf '%s' "${told:+$told
}" | past "$code" $cache "$@" || failed "$what"
        sed '/"stats":/d' "$out" >"$scratch/report.$cache"
    done
    cmp -s "$scratch/report.--no-cache" "$scratch/report." || failed "$what: a cache says something else"
}

lacks() {
    expect_json "len(d['incomplete']) >= 1" "all('$1' in i['reason'] for i in d['incomplete'])"
}

repository whole
fill_past
git tag -a -m tagged v1
told=$whole
pasts 1 loose
git repack -adfq && git pack-refs --all
pasts 1 packed
git config uploadpack.allowFilter true
ok 'loose or packed, it is the same past'

# ---- what hides or adds commits for git

cp -R "$scratch/whole" "$scratch/replaced" && cd "$scratch/replaced" || exit 1
git config advice.graftFileDeprecated false
git replace HEAD~2 "$(git commit-tree -m hidden "$(git mktree </dev/null)")"
git rev-parse HEAD~1 >.git/info/grafts
git repack -adq
[ "$(git log --format=%s | wc -l)" -eq 2 ] || failed 'nothing is hidden'
pasts 1 'replaced and grafted'
git -c core.useReplaceRefs=true commit-graph write --reachable 2>/dev/null
pasts 1 'with a commit graph'
ok 'replace refs, grafts and a commit graph change nothing'

git clone -q --depth 2 "file://$scratch/whole" "$scratch/shallow"
cd "$scratch/shallow" || exit 1
told='d/b.py:2 joined live
live.py:2 four live
side.py:2 joined four'
pasts 1 shallow
lacks 'git fetch --unshallow'
cd "$scratch/whole" && git rev-parse HEAD >.git/shallow || exit 1
told=$whole
pasts 1 'shallow by mistake'
rm .git/shallow
ok 'a shallow clone names where it was cut'

# ---- objects that are elsewhere

git clone -q --shared "$scratch/whole" "$scratch/borrower"
cd "$scratch/borrower" || exit 1
pasts 1 borrowed
rm .git/objects/info/alternates
GIT_ALTERNATE_OBJECT_DIRECTORIES=$scratch/whole/.git/objects
export GIT_ALTERNATE_OBJECT_DIRECTORIES
pasts 1 'borrowed by the environment'
unset GIT_ALTERNATE_OBJECT_DIRECTORIES
expect_exit 3 "$TMPGUARD" scan --history --no-cache --format json
expect_json "d['findings'] == []" "d['incomplete'] != []"
ok 'borrowed objects are read, and missed'

cp -R "$scratch/whole" "$scratch/old" && cd "$scratch/old/.git/objects/pack" || exit 1
chmod u+w ./* && rm -f ./*.idx ./*.rev
git index-pack --index-version=1 ./*.pack >/dev/null || exit 1
cd "$scratch/old" || exit 1
pasts 1 'an old index'
rm .git/objects/pack/*.idx
expect_exit 3 "$TMPGUARD" scan --history --no-cache --format json
expect_json "d['findings'] == []" "d['incomplete'] != []"
cp -R "$scratch/whole/.git/objects/pack" "$scratch/packs" && cd "$scratch/old" || exit 1
cp "$scratch/packs"/*.idx .git/objects/pack/
git multi-pack-index write
rm .git/objects/pack/*.idx
if git cat-file -e HEAD 2>/dev/null; then
    pasts 1 'no index but that of many packs'
fi
ok 'a pack without an index that is read here is read by git'

# ---- partial clones

partly() {
    git clone -q --bare --filter="$1" "file://$scratch/whole" "$scratch/partial-$2.git"
    cd "$scratch/partial-$2.git" || exit 1
    git count-objects -v >"$scratch/count"
    told=$3
    pasts "$4" "$1"
    lacks missing
    git count-objects -v | cmp -s - "$scratch/count" || failed 'something was fetched'
}

partly blob:none none '' 3
partly tree:0 trees '' 3
partly blob:limit=60 small 'live.py:2 four live
side.py:2 side four' 1
ok 'a partial clone is incomplete, and nothing is fetched'

# ---- other formats

git init -q --object-format=sha256 "$scratch/sha256"
cd "$scratch/sha256" || exit 1
fill_past
git repack -adfq
told=$whole
pasts 1 sha256
ok 'with SHA-256 it is the same past'

if git init -q --ref-format=reftable "$scratch/reftable" 2>/dev/null; then
    cd "$scratch/reftable" || exit 1
    fill_past
    pasts 1 reftable
    ok 'with reftable it is the same past'
fi
