#!/bin/sh
# The cache saves time. Whatever is wrong with it, every verdict is the same.
. "$(dirname "$0")/lib.sh"

cache=$HOME/.cache/tmpguard
repository repo
for i in $(seq 20); do
    insecure "bad$i.py"
    echo "# $i" >>"bad$i.py"
    secure "good$i.py"
    echo "# not mktemp $i" >>"good$i.py"
done
git add .

# verdict COMMAND…: what it says of check and of scan, without the statistics.
verdict() {
    for what in check scan; do
        "$@" "$TMPGUARD" $what --format json 2>>"$err" </dev/null
        echo "exit $?"
    done | sed '/^  "stats":/d'
}

# same WHAT [COMMAND…]: the verdict is the one that it is without a cache.
same() {
    what=$1
    shift
    : >"$err"
    verdict "$@" >"$out"
    cmp -s "$out" "$scratch/expected" || failed "another verdict: $what"
    [ ! -s "$err" ] || failed "something on standard error: $what"
}

# fresh: a cache that knows everything.
fresh() {
    rm -rf "$HOME/.cache"
    same 'a new cache'
    [ -f "$cache/cache.db" ] || failed 'there is no cache'
}

# sql SQL…: change the cache's database.
sql() {
    python3 -I -S -c 'import sqlite3, sys
with sqlite3.connect(sys.argv[1], isolation_level=None) as database:
    for statement in sys.argv[2:]:
        print(database.execute(statement).fetchall())' "$cache/cache.db" "$@" \
        >"$out" 2>"$err" || failed "no such SQL: $*"
}

# The next run knows all from the cache, or nothing.
knows_all() {
    expect_exit 1 "$TMPGUARD" check --format json
    expect_json "d['stats']['cache_hits'] == 40" "d['stats']['parsed'] == 0"
}

knows_nothing() {
    expect_exit 1 "$@" "$TMPGUARD" check --format json
    expect_json "d['stats']['cache_hits'] == 0" "d['stats']['parsed'] == 40"
}

stats_say() {
    expect_exit 0 "$TMPGUARD" cache stats
    expect_output "$1"
}

expect_exit 1 "$TMPGUARD" check --no-cache --format json
expect_json "len(d['findings']) == 20" "d['stats']['parsed'] == 40"
[ ! -e "$HOME/.cache" ] || failed '--no-cache made a cache'
verdict env HOME=/dev/null XDG_CACHE_HOME=/dev/null >"$scratch/expected"
[ "$(grep -c '"rule"' "$scratch/expected")" -eq 40 ] || failed 'not 40 findings'
[ ! -e "$HOME/.cache" ] || failed 'somebody made a cache'

same 'a new cache'
knows_all
expect_exit 1 "$TMPGUARD" check --verbose
expect_output '^40 files of any kind, 0 blobs analysed, 40 blobs known from the cache$'
same 'a cache that knows all'
stats_say '^entries: *40$'
expect_output "^folder: *$cache\$"
expect_output '^quarantined: *0$'
expect_exit 0 "$TMPGUARD" cache stats --format json
expect_json "d['entries'] == 40 and d['quarantined'] == 0 and d['size'] > 4096" \
    "d['trouble'] is None and d['folder'] == '$cache'"
[ "$(stat -c %a "$cache")" = 700 ] || failed 'others may look into the cache'
[ "$(stat -c %a "$cache/cache.db")" = 600 ] || failed 'others may read the cache'
ok 'a second run says the same and knows all from the cache'

expect_exit 0 "$TMPGUARD" cache clear
[ -z "$(ls -A "$cache")" ] || failed 'files are left'
stats_say '^entries: *0$'
expect_exit 0 "$TMPGUARD" cache clear --quiet
expect_silence
rm -rf "$HOME/.cache"
expect_exit 0 "$TMPGUARD" cache clear
fresh
knows_all
expect_exit 2 "$TMPGUARD" cache
expect_exit 2 "$TMPGUARD" cache nonsense
ok 'cache clear deletes it, and it begins anew'

size=$(stat -c %s "$cache/cache.db")
for left in 0 1 99 100 4096 $((size / 2)) $((size - 1)); do
    fresh
    truncate -s "$left" "$cache/cache.db"
    same "cut to $left bytes"
    knows_all
done
ok 'a file that was cut is begun anew'

for at in 0 24 100 $((size / 2)) $((size - 4096)); do
    fresh
    head -c 4096 /dev/urandom |
        dd of="$cache/cache.db" bs=1 seek="$at" conv=notrunc 2>/dev/null
    same "garbage from $at on"
    same "garbage from $at on, again"
done
fresh
head -c 100000 /dev/urandom >"$cache/cache.db"
same 'nothing but garbage'
knows_all
stats_say '^quarantined: *1$'
[ -f "$cache/cache.db.bad" ] || failed 'the garbage is not set aside'
expect_exit 0 "$TMPGUARD" cache clear
[ ! -e "$cache/cache.db.bad" ] || failed 'the garbage is still there'
head -c 100000 /dev/urandom >"$cache/cache.db"
expect_exit 0 "$TMPGUARD" cache clear
for name in cache.db-wal cache.db-journal cache.db-shm; do
    fresh
    head -c 50000 /dev/urandom >"$cache/$name"
    same "garbage in $name"
done
ok 'garbage is set aside and counted'

fresh
sql "UPDATE entry SET value = x'00'"
same 'values replaced'
fresh
sql "UPDATE entry SET value = (SELECT value FROM entry ORDER BY length(value) LIMIT 1),
    seal = (SELECT seal FROM entry ORDER BY length(value) LIMIT 1)"
same 'values exchanged, with their seals'
fresh
sql "UPDATE entry SET value = substr(value, 1, length(value) - 1)"
same 'values cut'
fresh
sql 'UPDATE entry SET used = -1'
same 'times of long ago'
sql 'UPDATE entry SET used = 9223372036854775807'
same 'times of the far future'
knows_all
ok 'what does not fit its seal is not trusted'

for change in 'CREATE TABLE other (x)' 'CREATE VIEW other AS SELECT 1' \
    'CREATE TRIGGER other AFTER INSERT ON entry BEGIN DELETE FROM entry; END' \
    'DROP TABLE entry' 'DROP INDEX entry_used' 'PRAGMA user_version = 0' \
    'PRAGMA journal_mode = DELETE'; do
    fresh
    sql "$change"
    same "$change"
    same "$change, again"
done
ok 'a file of another shape is begun anew'

# untouched WHAT PATTERN: our cache is not used, and the file is left alone.
untouched() {
    cp "$cache/cache.db" "$scratch/before"
    same "$1"
    knows_nothing env
    stats_say "^not usable: .*$2"
    cmp -s "$scratch/before" "$cache/cache.db" || failed "$1 was changed"
    expect_exit 1 "$TMPGUARD" check --verbose
    expect_output "^the cache was not used: .*$2"
}

fresh
expect_exit 0 "$TMPGUARD" cache verify
expect_output '^40 entries are sound; 0 were not and are dropped$'
sql "UPDATE entry SET value = x'00' WHERE id IN (3, 5)"
expect_exit 1 "$TMPGUARD" cache verify
expect_output '^38 entries are sound; 2 were not and are dropped$'
expect_exit 0 "$TMPGUARD" cache verify
stats_say '^rejected: *2$'
sql 'UPDATE entry SET build = build + 1 WHERE id < 20'
expect_exit 0 "$TMPGUARD" cache gc
expect_output '^17 entries are dropped; 21 are left, in [0-9]* bytes$'
stats_say '^evicted: *17$'
fresh
truncate -s 8192 "$cache/cache.db"
expect_exit 1 "$TMPGUARD" cache verify
expect_output '^the file was damaged and is begun anew$'
ok 'cache verify and cache gc say what they dropped'

fresh
for how in --recache --verify-cache; do
    expect_exit 1 "$TMPGUARD" check $how --format json
    expect_json "d['stats']['cache_hits'] == 0" "d['stats']['parsed'] == 40" "d['incomplete'] == []"
    expect_exit 1 "$TMPGUARD" scan $how --format json
    expect_json "d['stats']['cache_hits'] == 0" "d['incomplete'] == []"
done
git commit -q --no-verify -m all
expect_exit 1 "$TMPGUARD" scan --history --verify-cache
expect_exit 1 "$TMPGUARD" scan --history --verify-cache
git reset -q --soft HEAD~1 2>/dev/null || git update-ref -d HEAD
expect_exit 2 "$TMPGUARD" scan --no-cache --recache
knows_all
mkdir ../clean && secure ../clean/fine.py && echo '# mktemp' >>../clean/fine.py
expect_exit 0 "$TMPGUARD" scan ../clean --verify-cache
expect_exit 0 "$TMPGUARD" scan ../clean --verify-cache
expect_exit 3 env XDG_CACHE_HOME=/dev/null "$TMPGUARD" scan ../clean --verify-cache
expect_output 'the cache could not be verified'
ok '--recache and --verify-cache analyse all anew'

fresh
rm -rf "$HOME/.local/state/tmpguard"
same 'without the key of the seals'
knows_all
stats_say '^rejected: *[1-9]'
[ "$(stat -c %a%s "$HOME/.local/state/tmpguard/cache.key")" = 60032 ] || failed 'no key of 32 bytes'
chmod 644 "$HOME/.local/state/tmpguard/cache.key"
knows_nothing env
stats_say '^not usable: .*cache.key'
expect_exit 3 "$TMPGUARD" cache verify
expect_exit 3 "$TMPGUARD" cache gc
chmod 600 "$HOME/.local/state/tmpguard/cache.key"
rm -rf "$scratch/other"
expect_exit 1 env XDG_STATE_HOME="$scratch/other" "$TMPGUARD" check --format json
expect_json "d['stats']['cache_hits'] == 0"
[ -f "$scratch/other/tmpguard/cache.key" ] || failed 'XDG_STATE_HOME does not count'
ok 'what another key sealed is not trusted'

fresh
sql 'PRAGMA user_version = 1000'
untouched 'a newer schema' 'written by a newer tmpguard'
expect_exit 0 "$TMPGUARD" cache clear
rm -rf "$cache" && mkdir -p "$cache"
sql 'CREATE TABLE bookmarks (url)' "INSERT INTO bookmarks VALUES ('x')"
untouched 'a foreign database' "another program's database"
expect_exit 3 "$TMPGUARD" cache clear
expect_error "another program's database"
cmp -s "$scratch/before" "$cache/cache.db" || failed 'clear deleted it'
sql 'PRAGMA application_id = 42'
untouched 'a foreign database with an id' "another program's database"
ok "a newer version's and another program's file is left as it is"

fresh
mv "$cache/cache.db" "$scratch/target"
ln -s "$scratch/target" "$cache/cache.db"
untouched 'a link' 'not a regular file'
rm "$cache/cache.db"
ln -s "$scratch/nowhere" "$cache/cache.db"
same 'a dangling link'
[ ! -e "$scratch/nowhere" ] || failed 'the link was followed'
for name in cache.db cache.lock cache.db-wal; do
    fresh
    rm -f "$cache/$name"
    mkfifo "$cache/$name"
    same "a pipe for $name" timeout 20
    rm "$cache/$name"
    mkdir "$cache/$name"
    same "a folder for $name"
done
fresh
mv "$cache" "$scratch/elsewhere"
ln -s "$scratch/elsewhere" "$cache"
same 'a link for the folder'
knows_nothing env
rm "$cache"
echo >"$cache"
same 'a file for the folder'
stats_say '^not usable: '
rm "$cache"
fresh
ln "$cache/cache.db" "$scratch/hard"
same 'a second name'
rm "$scratch/hard"
chmod 777 "$cache"
knows_nothing env
stats_say '^not usable: .*others may write'
chmod 700 "$cache"
chmod 666 "$cache/cache.db"
knows_nothing env
ok 'links, pipes and files that others may write are not used'

knows_nothing env HOME=/nonexistent
knows_nothing env HOME=/proc
expect_exit 1 env XDG_CACHE_HOME=relative "$TMPGUARD" check
[ ! -e relative ] || failed 'a cache in the current folder'
expect_exit 1 env XDG_CACHE_HOME="$scratch/xdg" "$TMPGUARD" check
[ -f "$scratch/xdg/tmpguard/cache.db" ] || failed 'XDG_CACHE_HOME does not count'
ok 'the cache is where XDG_CACHE_HOME or HOME say, if they can'

# By a user whom permissions bind.
cp "$TMPGUARD" "$scratch/program" && cp -R . "$scratch/theirs" &&
    given_away "$scratch/theirs" && cd "$scratch/theirs" || exit 1
as_somebody() {
    somebody env HOME="$scratch/their" "$@"
}
theirs() {
    chmod -R u+rwX "$scratch/their" 2>/dev/null
    rm -rf "$scratch/their"
    mkdir "$scratch/their" && given_away "$scratch/their"
    TMPGUARD=$scratch/program same 'a cache of somebody else' as_somebody
    [ -f "$scratch/their/.cache/tmpguard/cache.db" ] || failed 'somebody has no cache'
}
for change in 'chmod 400 cache.db' 'chmod 0 cache.db' 'chmod 500 .' 'chmod 0 .' \
    'chmod 400 cache.db . cache.lock' 'chmod 0 cache.lock' 'chmod 0 ..' \
    'rm -rf ../tmpguard; chmod 500 ..'; do
    theirs
    (cd "$scratch/their/.cache/tmpguard" && eval "$change") || exit 1
    TMPGUARD=$scratch/program same "$change" as_somebody
    expect_exit 0 as_somebody "$scratch/program" cache stats
    expect_output '^not usable: |^entries: '
done
cd "$scratch/repo" || exit 1
ok 'a cache that cannot be written or read does no harm'

# A full disk: a small file system if one can be had, and a limit in any case.
for blocks in 0 1 16 80; do
    rm -rf "$HOME/.cache"
    : >"$err"
    (ulimit -f "$blocks" && verdict env) | cat >"$out"
    cmp -s "$out" "$scratch/expected" || failed "another verdict: $blocks blocks"
    same "after $blocks blocks"
done
fresh
(ulimit -f 1 && verdict env) | cat >"$out"
cmp -s "$out" "$scratch/expected" || failed 'another verdict: no growth'
if mkdir "$scratch/small" && mount -t tmpfs -o size=64k none "$scratch/small" 2>/dev/null; then
    trap 'umount "$scratch/small" && rm -rf "$scratch"' EXIT
    for fill in 0 40 60 64; do
        rm -rf "$scratch/small/cache" "$scratch/small/fill"
        head -c "${fill}k" /dev/zero >"$scratch/small/fill" 2>/dev/null
        same "a disk with $fill of 64 k full" env XDG_CACHE_HOME="$scratch/small/cache"
    done
    umount "$scratch/small"
    trap 'rm -rf "$scratch"' EXIT
fi
ok 'a full disk does no harm'

rm -rf "$HOME/.cache"
for i in 1 2 3 4 5 6 7 8; do
    verdict env >"$scratch/run$i" &
done
wait
for i in 1 2 3 4 5 6 7 8; do
    cmp -s "$scratch/run$i" "$scratch/expected" || failed "run $i of 8 at once differs"
done
same 'after eight at once'
knows_all
ok 'eight runs at once say the same'

for i in 1 3 5 7; do
    rm -rf "$HOME/.cache"
    timeout -s KILL "0.00$i" "$TMPGUARD" scan >/dev/null 2>&1
    same "after one that was killed in ${i} ms"
    knows_all
done
ok 'one that is killed leaves nothing that matters'
