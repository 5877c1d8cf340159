#!/bin/sh
# scan --history where something is missing or broken: objects are incomplete,
# never clean; a cache changes nothing but the time.
. "$(dirname "$0")/lib.sh"

c() {
    tick
    git add -A && git commit -q --allow-empty -m "$1" || exit 1
}

# object REVISION: the loose object's file.
object() {
    id=$(git rev-parse "$1") || exit 1
    printf '.git/objects/%.2s/%s' "$id" "${id#??}"
}

# without REVISION: the object is taken away; back puts it where it was.
without() {
    file=$(object "$1")
    mv "$file" "$scratch/object" || exit 1
}

back() {
    chmod u+w "$file" 2>/dev/null
    mv -f "$scratch/object" "$file" || exit 1
}

# incomplete REASON: the last report says so, once.
incomplete() {
    expect_json "len(d['incomplete']) == 1" "'$1' in d['incomplete'][0]['reason']"
}

# cold: the past, told by the objects alone.
cold() {
    exit_code=$1
    shift
    past "$exit_code" --no-cache "$@"
}

# ---- objects

repository lost
mkdir d
insecure a.py
secure d/b.py
echo '# b' >>d/b.py
echo text >notes.txt
c one
insecure d/b.py
echo '# b' >>d/b.py
echo more >notes.txt
c two
secure a.py
secure d/b.py
echo 'x = 1' >>d/b.py
c three
cold 0 <<'END'
a.py:2 one three
d/b.py:2 two three
END

without HEAD~1:d/b.py
cold 3 <<'END'
a.py:2 one three
END
incomplete missing
expect_json "d['incomplete'][0]['path'] == 'd/b.py'" \
    "d['incomplete'][0]['reason'].startswith('blob $(git rev-parse HEAD~1:d/b.py): ')"
expect_exit 3 "$TMPGUARD" scan --no-cache --history
expect_exit 3 "$TMPGUARD" scan --no-cache --history HEAD~2..HEAD~1
back
ok 'a missing file is incomplete, and so is a range that has it'

without HEAD~1:d
cold 3 <<'END'
a.py:2 one three
END
incomplete missing
back
without HEAD:a.py
cold 1 <<'END'
a.py:2 one live
d/b.py:2 two three
END
incomplete missing
back
ok 'what is missing is taken to hold what it held before'

without HEAD~1
cold 3 </dev/null
incomplete missing
expect_json "d['incomplete'][0]['path'] == 'commit $(git rev-parse HEAD)'"
back
ok 'a missing commit is incomplete'

without HEAD:notes.txt
cold 0 <<'END'
a.py:2 one three
d/b.py:2 two three
END
back
ok 'a missing file that is no Python does not matter'

for damage in 'truncate -s 20' 'truncate -s 0' 'cp .git/HEAD' 'cp /bin/true'; do
    without HEAD~1:d/b.py
    cp "$scratch/object" "$file" && chmod u+w "$file" || exit 1
    $damage "$file"
    cold 3 <<'END'
a.py:2 one three
END
    expect_json "len(d['incomplete']) == 1"
    back
done
other=$(object HEAD:a.py)
without HEAD~1:d/b.py
cp "$other" "$file"
cold 3 <<'END'
a.py:2 one three
END
incomplete 'do not match its id'
back
ok 'a damaged object is incomplete, and so is another one in its place'

without HEAD~1:d/b.py
insecure live.py
c four
expect_exit 1 "$TMPGUARD" scan --no-cache --history
back
ok 'a live finding blocks whatever else is missing'

# ---- clones that lack something

cd "$scratch" || exit 1
git clone -q --depth 1 "file://$scratch/lost" shallow
cd shallow || exit 1
cold 1 <<'END'
live.py:2 four live
END
incomplete 'git fetch --unshallow'
git rm -q live.py
c five
cold 3 HEAD <<'END'
live.py:2 four five
END
cold 3 HEAD~1..HEAD <<'END'
live.py:2 four five
END
incomplete 'git fetch --unshallow'
secure new.py
c six
cold 0 HEAD~1..HEAD </dev/null
git fetch -q --unshallow
cold 0 HEAD <<'END'
a.py:2 one three
d/b.py:2 two three
live.py:2 four five
END
ok 'a shallow clone is incomplete where it was cut'

cd "$scratch/lost" || exit 1
git config uploadpack.allowFilter true
git clone -q --bare --filter=blob:none "file://$scratch/lost" "$scratch/partial.git"
cd "$scratch/partial.git" || exit 1
cold 3 </dev/null
expect_json "len(d['incomplete']) == 5" "all('is missing' in i['reason'] for i in d['incomplete'])"
git count-objects -v | grep -q '^count: 0$' || failed 'something was fetched'
ok 'a partial clone is incomplete, and nothing is fetched'

# ---- the cache

cache=$HOME/.cache/tmpguard
repository cached
for i in $(seq 12); do
    insecure "bad$i.py"
    secure "good$i.py"
    echo "# $i" | tee -a "bad$i.py" >>"good$i.py"
    c "number $i"
done
git mv bad3.py renamed.py
secure bad4.py
c last
rm -rf "$HOME/.cache"

# report [COMMAND…]: what a scan says, in both formats, without the times.
report() {
    for format in json text; do
        "$@" "$TMPGUARD" scan --history --format "$format" 2>&1 </dev/null
        echo "exit $?"
    done | sed -e '/^  "stats":/d' -e 's/ ([0-9.]* ms)$//'
}

# same WHAT [COMMAND…]: the report is the one that it is without a cache.
same() {
    what=$1
    shift
    report "$@" >"$out"
    cmp -s "$out" "$scratch/expected" || failed "another report: $what"
}

knows() {
    expect_exit 1 "$TMPGUARD" scan --history --format json
    expect_json "d['stats']['cache_hits'] == $1" "d['stats']['parsed'] == $2"
}

report env HOME=/dev/null XDG_CACHE_HOME=/dev/null >"$scratch/expected"
[ "$(grep -c '"rule"' "$scratch/expected")" -eq 12 ] || failed 'not 12 findings'
[ ! -e "$HOME/.cache" ] || failed 'somebody made a cache'
expect_exit 1 "$TMPGUARD" scan --history --no-cache --format json
sed '/"stats":/d' "$out" >"$scratch/first"
[ ! -e "$HOME/.cache" ] || failed '--no-cache made a cache'
expect_exit 1 "$TMPGUARD" scan --history --format json
expect_json "d['stats']['cache_hits'] == 0"
sed '/"stats":/d' "$out" | cmp - "$scratch/first" || failed 'a new cache says something else'
files=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["stats"]["python_files"])' "$out")
same 'a warm cache'
knows "$files" 0
ok 'a second scan prints the same bytes, and all came from the cache'

rm "$cache/cache.db"
same 'deleted'
rm -rf "$cache"
same 'deleted with its folder'
size=$(stat -c %s "$cache/cache.db")
for left in 0 100 $((size / 2)) $((size - 1)); do
    truncate -s "$left" "$cache/cache.db"
    same "cut to $left bytes"
    same "cut to $left bytes, again"
done
for at in 0 100 4096 $((size / 2)); do
    head -c 4096 /dev/urandom |
        dd of="$cache/cache.db" bs=1 seek="$at" conv=notrunc 2>/dev/null
    same "garbage from $at on"
    same "garbage from $at on, again"
done
head -c 100000 /dev/urandom >"$cache/cache.db"
same 'nothing but garbage'
knows "$files" 0
rm "$cache/cache.db"
mkdir "$cache/cache.db"
same 'a folder'
rmdir "$cache/cache.db"
same 'back'
ok 'a cache that is deleted, cut or overwritten changes nothing'

python3 -I -S -c 'import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    (value, seal), = database.execute(
        "SELECT value, seal FROM entry ORDER BY length(value) LIMIT 1")
    database.execute("UPDATE entry SET value = ?, seal = ?", (value, seal))' \
    "$cache/cache.db" || failed 'no such table'
same 'all values that of a clean file'
ok 'a clean value is not believed of another file'

cp "$TMPGUARD" "$scratch/program" && cp -R . "$scratch/theirs" &&
    given_away "$scratch/theirs" && cd "$scratch/theirs" || exit 1
for change in 'chmod 400 cache.db' 'chmod 500 .' 'chmod 400 cache.db cache.lock; chmod 500 .' 'chmod 0 cache.db' 'chmod 0 .'; do
    chmod -R u+rwX "$scratch/their" 2>/dev/null
    rm -rf "$scratch/their"
    mkdir "$scratch/their" && given_away "$scratch/their"
    TMPGUARD=$scratch/program same 'a cache of somebody else' somebody env HOME="$scratch/their"
    (cd "$scratch/their/.cache/tmpguard" && eval "$change") || exit 1
    TMPGUARD=$scratch/program same "$change" somebody env HOME="$scratch/their"
done
chmod -R u+rwX "$scratch/their"
ok 'a cache that cannot be written or read changes nothing'
