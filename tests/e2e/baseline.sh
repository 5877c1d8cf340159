#!/bin/sh
# A baseline: what is known does not block a scan; what is new does, and every commit that introduces.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"
file=.tmpguard-baseline

repository life
insecure a.py
printf 'import os\nos.tempnam()\nos.tempnam()\n' >b.py
mkdir sub && secure sub/c.py
commit base
expect_exit 2 "$TMPGUARD" scan --baseline
expect_error "^tmpguard: $file: there is no such file; 'tmpguard baseline create' makes it"
expect_exit 2 "$TMPGUARD" baseline update
expect_exit 2 "$TMPGUARD" baseline prune
expect_exit 0 "$TMPGUARD" baseline create
expect_output "^$file: 3 known findings$"
expect_exit 0 test "$(sed -n 1p $file)" = '# tmpguard baseline 1'
expect_exit 0 test "$(grep -vc '^#' $file)" -eq 3
expect_exit 0 test "$(grep -c '^b\.py	os\.tempnam	[0-9a-f]\{32\}$' $file)" -eq 2
expect_exit 1 grep -q ':[0-9]' $file
grep -v '^#' $file >lines && expect_exit 0 env LC_ALL=C sort -c lines && rm lines
expect_exit 2 "$TMPGUARD" baseline create
expect_error "it is there already; 'tmpguard baseline update' changes it"
ok 'create writes one line for each finding, and not over one that is there'

expect_exit 0 "$TMPGUARD" scan --baseline
expect_output ', no findings, 3 known from the baseline '
refuse_output 'error:|stale'
expect_exit 1 "$TMPGUARD" scan
expect_exit 0 "$TMPGUARD" scan --baseline --format json
expect_json "len(d['findings']) == 3" "all(f['baseline'] and not f['blocks'] for f in d['findings'])" \
    "d['baseline'] == {'file': '$file', 'stale': 0}"
expect_exit 0 "$TMPGUARD" scan --baseline --show-suppressed
expect_output '^a\.py:2:8: note: .*\(known: baseline\)$'
expect_exit 0 "$TMPGUARD" scan --baseline --quiet
expect_silence
expect_exit 0 "$TMPGUARD" scan --tree HEAD --baseline
expect_exit 0 "$TMPGUARD" -C sub scan --baseline ..
expect_exit 0 "$TMPGUARD" scan a.py --baseline
refuse_output stale
expect_exit 2 "$TMPGUARD" scan --history --baseline
ok 'a scan does not block on what is known'

printf '\n\n\n# more\n' | cat - a.py >new && mv new a.py
printf 'def f():\n    os.tempnam()\n' >>b.py
expect_exit 1 "$TMPGUARD" scan --baseline --format json
expect_json "[(f['path'], f['start']['line']) for f in d['findings'] if f['blocks']] == [('b.py', 5)]"
insecure sub/d.py
expect_exit 1 "$TMPGUARD" -C sub scan --baseline
expect_output '^sub/d\.py:2:8: error:'
rm b.py
expect_exit 1 "$TMPGUARD" scan --baseline
expect_output "^2 entries of $file are stale: 'tmpguard baseline prune' takes them out$"
git checkout -q b.py
ok 'lines may move; one call more, and one elsewhere, is new; what is gone is stale'

cp $file before
expect_exit 1 "$TMPGUARD" baseline update
expect_output '^\+ sub/d\.py:2 tempfile\.mktemp$'
expect_output "^$file: 3 known findings, unchanged: it would grow by 1; repair what is new, or add it with --allow-growth$"
expect_exit 0 cmp before $file
expect_exit 1 "$TMPGUARD" baseline update --format json
expect_json "d['refused'] and not d['written']" "d['added'] == [{'path': 'sub/d.py', 'function': 'tempfile.mktemp'}]"
expect_exit 1 "$TMPGUARD" baseline update --quiet
expect_output 'unchanged'
expect_exit 0 "$TMPGUARD" baseline prune
expect_output 'unchanged; 1 found is not in it$'
expect_exit 0 cmp before $file
expect_exit 0 "$TMPGUARD" baseline update --allow-growth
expect_output "^$file: 4 known findings$"
expect_exit 0 "$TMPGUARD" scan --baseline
expect_exit 2 "$TMPGUARD" baseline prune --allow-growth
ok 'update does not grow by itself, and says what would be added'

secure sub/d.py && git mv a.py moved.py
expect_exit 1 "$TMPGUARD" scan --baseline
expect_output '^moved\.py:6:8: error:'
expect_exit 0 "$TMPGUARD" baseline update
expect_output '^> (a|sub/d)\.py to moved\.py tempfile\.mktemp$'
expect_output '^- (a|sub/d)\.py tempfile\.mktemp$'
expect_exit 0 "$TMPGUARD" scan --baseline
rm b.py
expect_exit 0 "$TMPGUARD" baseline prune
expect_output '^- b\.py os\.tempnam$'
expect_output "^$file: 1 known finding$"
touch -d @1 $file
expect_exit 0 "$TMPGUARD" baseline update
expect_output 'unchanged$'
expect_exit 0 test "$(stat -c %Y $file)" -eq 1
ok 'what moved is no growth; what is gone goes; what did not change is not written'

repository gate
insecure a.py
commit base
expect_exit 0 "$TMPGUARD" baseline create
commit baseline
guard
cp a.py copy.py && git add copy.py
refuses git commit -m x
expect_exit 0 "$TMPGUARD" baseline update --allow-growth
git add $file
refuses git commit -m x
git commit -q --no-verify -m x
expect_exit 1 "$TMPGUARD" check --commit HEAD
expect_exit 0 "$TMPGUARD" scan --baseline
expect_exit 2 "$TMPGUARD" check --baseline
ok 'no baseline excuses what a commit introduces'

repository place
insecure a.py
commit base
expect_exit 0 "$TMPGUARD" baseline create --baseline="$scratch/elsewhere"
expect_exit 0 "$TMPGUARD" scan --baseline="$scratch/elsewhere"
expect_exit 0 "$TMPGUARD" scan --baseline "$scratch/elsewhere"
expect_exit 0 "$TMPGUARD" scan --baseline "$scratch/elsewhere" a.py
expect_exit 2 "$TMPGUARD" scan --baseline "$scratch/nowhere"
expect_exit 2 "$TMPGUARD" baseline create "$scratch/elsewhere"
expect_exit 0 "$TMPGUARD" baseline update --baseline "$scratch/elsewhere"
insecure untracked.py
expect_exit 0 "$TMPGUARD" baseline create --tree HEAD
expect_output ': 1 known finding$'
mkdir sub
rm $file
expect_exit 0 "$TMPGUARD" -C sub baseline create
expect_output "^$PWD/$file: 2 known findings$"
expect_exit 0 test -f $file
mkdir "$scratch/plain" && cd "$scratch/plain" || exit 1
insecure a.py
expect_exit 0 "$TMPGUARD" baseline create
expect_exit 0 "$TMPGUARD" scan --baseline
git clone -q --bare "$scratch/place" "$scratch/bare.git"
expect_exit 2 "$TMPGUARD" -C "$scratch/bare.git" baseline create
expect_exit 0 "$TMPGUARD" -C "$scratch/bare.git" baseline create --tree main "$scratch/of-bare"
expect_exit 0 "$TMPGUARD" -C "$scratch/bare.git" scan --tree main --baseline="$scratch/of-bare"
expect_exit 2 "$TMPGUARD" baseline
expect_exit 2 "$TMPGUARD" baseline grow
ok 'the file: the usual one at the top, one that is named, outside of a repository, for a bare one'

cd "$scratch/place" || exit 1
rm -f $file untracked.py
umask 027
expect_exit 0 "$TMPGUARD" baseline create
expect_exit 0 test "$(stat -c %a $file)" = 640
umask 022
chmod 664 $file
insecure b.py
expect_exit 0 "$TMPGUARD" baseline update --allow-growth
expect_exit 0 test "$(stat -c %a $file)" = 664
expect_exit 0 test -z "$(find . -name "$file.*")"
mv $file real && ln -s real $file
for command in 'baseline update' 'baseline prune' 'baseline create' 'scan --baseline'; do
    # shellcheck disable=SC2086 # words
    expect_exit 2 "$TMPGUARD" $command
done
rm $file && mkdir $file
expect_exit 2 "$TMPGUARD" scan --baseline
rmdir $file && mv real $file
rm b.py && mkdir locked && chmod 555 . && given_away . "$HOME" "$scratch/.out" "$scratch/.err"
cp $file "$scratch/before"
expect_exit 3 somebody env HOME="$scratch" "$TMPGUARD" baseline prune --no-cache -C "$PWD"
chmod 755 . && expect_exit 0 cmp "$scratch/before" $file
ok 'modes are kept, a link is refused, a file that cannot be written stays as it is'

repository damage
insecure a.py
commit base
expect_exit 0 "$TMPGUARD" baseline create
cp $file good
# wrong EXPRESSION: standard input is no baseline, for that reason.
wrong() {
    cat >$file
    cp $file bad
    expect_exit 2 "$TMPGUARD" scan --baseline
    expect_error "^tmpguard: $file:$1"
    expect_exit 2 "$TMPGUARD" baseline update --allow-growth
    expect_exit 2 "$TMPGUARD" baseline prune
    expect_exit 0 cmp bad $file
}
{ cat good && printf '<<<<<<< HEAD\n=======\n>>>>>>> x\n'; } | wrong '4: a merge conflict: keep the lines of both sides'
sed 's/.$//' good | wrong '1: (not a baseline|a baseline of another version)'
sed '1s/1$/2/' good | wrong '1: a baseline of another version: this one knows version 1'
head -c -5 good | wrong '3: damaged'
sed '3s/tempfile/tempfiles/' good | wrong '3: an unknown function'
sed '3s/^/\\q/' good | wrong '3: damaged: the path is malformed'
sed '3s/^a.py//' good | wrong '3: damaged: the path is malformed'
{ cat good && printf 'a\000b\ttempfile.mktemp\t%032d\n' 0; } | wrong '4: damaged: the path is malformed'
: | wrong '1: not a baseline'
printf '# other\n' | wrong '1: not a baseline'
{ head -n 1 good && head -c 17000000 /dev/zero; } >$file
expect_exit 2 "$TMPGUARD" scan --baseline
expect_error 'over the limit of 16777216 bytes'
sed 's/$/\r/' good >$file
expect_exit 0 "$TMPGUARD" scan --baseline
{ sed -n 1p good && echo '# a comment' && echo && sed -n 3p good; } >$file
expect_exit 0 "$TMPGUARD" scan --baseline
ok 'a damaged or unmerged file is an error with its line, and is left as it is'

repository names
newline=$(printf 'new\nline.py')
for name in "$newline" '#hash.py' '<<<<<<< a.py' 'tab	.py' 'back\\slash\x41.py' 'é.py' "$(printf 'latin\351.py')" ' blank .py'; do
    insecure "$name"
done
expect_exit 0 "$TMPGUARD" baseline create
expect_output ': 8 known findings$'
expect_exit 0 test "$(grep -vc '^#' $file)" -eq 8
expect_exit 1 grep -q '[^ -~	]' $file
grep -v '^#' $file >"$scratch/lines" && expect_exit 0 env LC_ALL=C sort -c "$scratch/lines"
expect_exit 0 "$TMPGUARD" scan --baseline
expect_output 'no findings, 8 known'
expect_exit 0 "$TMPGUARD" baseline update
expect_output 'unchanged$'
ok 'any path is one line, and comes back'

repository merge
for name in a c e g i; do insecure $name.py; done
commit base
expect_exit 0 "$TMPGUARD" baseline create
commit baseline
git checkout -q -b side
insecure b.py
expect_exit 0 "$TMPGUARD" baseline update --allow-growth
commit b
git checkout -q main
insecure f.py
rm i.py
expect_exit 0 "$TMPGUARD" baseline update --allow-growth
commit f
expect_exit 0 git merge -q -m x side
expect_exit 0 "$TMPGUARD" scan --baseline
expect_output 'no findings, 6 known'
refuse_output stale
ok 'two branches that change it merge'

repository incomplete
insecure a.py
commit base
expect_exit 0 "$TMPGUARD" baseline create
awk 'BEGIN { print "import tempfile"; for (i = 0; i < 3000; i++) printf "f("; print "tempfile.mktemp()" }' >a.py
expect_exit 3 "$TMPGUARD" scan --baseline
refuse_output stale
cp $file before
expect_exit 3 "$TMPGUARD" baseline prune
expect_output '^a\.py: incomplete: '
expect_exit 3 "$TMPGUARD" baseline update
expect_exit 0 cmp before $file
insecure b.py
expect_exit 1 "$TMPGUARD" baseline update
expect_exit 3 "$TMPGUARD" baseline update --allow-growth
expect_exit 0 test "$(grep -vc '^#' $file)" -eq 2
ok 'of what cannot be read nothing is taken out'

repository unanswered
insecure a.py
for answer in --format=sarif --output=no/where; do
    expect_exit 2 "$TMPGUARD" baseline create $answer
    expect_exit 1 test -e $file
done
ok 'where the answer cannot be given nothing is done'

repository policy
printf 'import tempfile\ntempfile.mktemp()  # noqa\n' >a.py
printf '[tmpguard]\nexcuses = none\n' >.tmpguard
insecure vendored.py
git config --global hooks.tmpguard.exclude vendored.py
expect_exit 0 "$TMPGUARD" baseline create
expect_output ': 1 known finding$'
expect_exit 0 grep -q '^a\.py	' $file
expect_exit 0 "$TMPGUARD" scan --baseline
git config --global hooks.tmpguard.nothing x
rm $file
expect_exit 2 "$TMPGUARD" baseline create
git config --global --remove-section hooks.tmpguard
ok 'it holds what blocks by the policy'
