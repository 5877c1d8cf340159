#!/bin/sh
# Every kind of change to a file, and every kind of name.
. "$(dirname "$0")/lib.sh"

repository changes
guard
insecure old.py
seq -f '# line %g' 20 >>old.py
secure fine.py
commit base

# again: back to what is committed.
again() {
    git reset -q --hard && git clean -q -f -d
}

echo '# more' >>old.py
allows git commit -a -m x
sed 's/^# line 3$/# line three/' old.py >t && mv t old.py
allows git commit -a -m x
sed '1i# first' old.py >t && mv t old.py
allows git commit -a -m x
{ sed '/mktemp/d' old.py && echo 'name = tempfile.mktemp()'; } >t && mv t old.py
allows git commit -a -m x
ok 'an old call does not block, where it stands or moved within its file'

echo 'name = tempfile.mktemp()' >>old.py
refuses git commit -a -m x
[ "$(grep -c ': error: ' "$err")" -eq 1 ] || failed 'not one finding'
again
sed 's/^name = tempfile.mktemp()/other = tempfile.mktemp()/' old.py >t && mv t old.py
refuses git commit -a -m x
again
ok 'the same call once more blocks, once, and so does another statement'

git mv old.py new.py
allows git commit -m x
git mv new.py old.py
echo '# edited' >>old.py
allows git commit -a -m x
git mv old.py new.py
echo 'again = tempfile.mktemp()' >>new.py
refuses git commit -a -m x
[ "$(grep -c ': error: ' "$err")" -eq 1 ] || failed 'not one finding'
again
cp old.py copy.py
git add copy.py
refuses git commit -m x
expect_error '^copy.py:'
again
git mv old.py old.txt
allows git commit -m x
git mv old.txt old.py
refuses git commit -m x
again
git mv old.txt old.py
git commit -q --no-verify -m back
mkdir many
for i in $(seq 50); do
    insecure "many/$i.py"
    seq "$i" 60 | sed 's/^/# /' >>"many/$i.py"
done
commit many
git mv many moved
allows git commit -m x
git checkout -q HEAD~1 many/1.py
refuses git commit -m x
again
git mv moved/1.py one.py
cp one.py two.py
git add two.py
refuses git commit -m x
[ "$(grep -c ': error: ' "$err")" -eq 1 ] || failed 'not one finding'
again
git mv moved/2.py Moved.py
allows git commit -m x
git mv Moved.py MOVED.PY
allows git commit -m x
git checkout -q --orphan orphan
refuses git commit -m x
git checkout -q -f main
git rm -q -r moved
git commit -q --no-verify -m 'back to few'
ok 'a renamed file keeps its findings, a copied one introduces them, and so does .txt to .py'

echo 'name = tempfile.mktemp()' >>fine.py
sed '/mktemp/d' old.py >t && mv t old.py
refuses git commit -a -m x
expect_error '^fine.py:'
again
ok 'a call that is cut and pasted into another file is introduced there'

git rm -q old.py
allows git commit -m x
git revert --no-commit HEAD
refuses git commit -m x
again
git revert --no-edit HEAD >/dev/null
git rm -q --cached old.py
allows git commit -m x
again
git checkout -q HEAD~1 -- old.py
git commit -q --no-verify -m back
ok 'a deleted file passes, and comes back as new'

chmod +x old.py
allows git commit -a -m x
git update-index --chmod=-x old.py
allows git commit -m x
git update-index --chmod=+x old.py
echo 'again = tempfile.mktemp()' >>old.py
refuses git commit -a -m x
again
ok 'a change of mode is none of contents'

ln -s old.py link.py
git add link.py
allows git commit -m x
rm link.py
insecure link.py
refuses git commit -a -m x
expect_error '^link.py:2:8: error: '
again
rm fine.py
ln -s old.py fine.py
allows git commit -a -m x
git checkout -q HEAD~1 fine.py
allows git commit -a -m x
rm old.py
ln -s fine.py old.py
allows git commit -a -m x
git checkout -q HEAD~1 old.py
refuses git commit -a -m x
git commit -q --no-verify -a -m back
ok 'links are passed over, and a link that becomes a file introduces what it holds'

mkdir folder.py
insecure folder.py/__init__.py
git add folder.py
refuses git commit -m x
again
git rm -q fine.py
mkdir fine.py
insecure fine.py/a.py
git add -A
refuses git commit -m x
expect_error '^fine.py/a.py:'
again
ok 'a file that becomes a folder'

insecure intended.py
git add -N intended.py
echo '# other' >>fine.py
git add fine.py
allows git commit -m x
refuses git commit -a -m x
expect_error '^intended.py:'
refuses git commit -m x intended.py
git add intended.py
refuses git commit -m x
again
ok 'what is only intended to be added counts when it is added'

insecure staged.py
git add staged.py
secure staged.py
refuses git commit -m x
git add staged.py
insecure staged.py
allows git commit -m x
again
rm staged.py
expect_exit 0 "$TMPGUARD" check
again
for flag in assume-unchanged skip-worktree; do
    insecure fine.py
    git add fine.py
    git update-index "--$flag" fine.py
    refuses git commit -m x
    git update-index "--no-$flag" fine.py
    again
done
ok 'the index counts, not the working tree, and no flag hides an entry'

printf '#!/usr/bin/env python3\nimport tempfile\ntempfile.mktemp()\n' >tool
git add tool
refuses git commit -m x
expect_error '^tool:3:'
sed '1s/.*/#!\/bin\/sh/' tool >t && mv t tool
git add tool
allows git commit -m x
sed '1s/.*/#!\/usr\/bin\/python/' tool >t && mv t tool
refuses git commit -a -m x
again
ok 'a script is Python by its first line, and introduces what it holds when it becomes Python'

# Nothing on standard error steers a terminal: no C0 or C1 control, no DEL.
expect_harmless() {
    ! LC_ALL=C grep -q "$(printf '[\001-\011\013-\037\177]\|\302[\200-\237]')" \
        "$err" || failed 'a control character on standard error'
}

# names_it NAME PATTERN EXPRESSION: the pattern is how text shows the name, the
# expression is what holds of the JSON report.
names_it() {
    insecure "$1"
    git add -A
    refuses git commit -m x
    expect_error "^$2:2:8: error: "
    expect_harmless
    expect_exit 1 "$TMPGUARD" check --format json
    expect_json "len(d['findings']) == 1 and d['incomplete'] == []" "$3"
    git commit -q --no-verify -m past
    echo '# more' >>"$1"
    allows git commit -a -m x
    echo 'again = tempfile.mktemp()' >>"$1"
    refuses git commit -a -m x
    again
}

names_it 'with space.py' 'with space.py' "d['findings'][0]['path'] == 'with space.py'"
names_it '-dash.py' '-dash.py' True
names_it '"quoted".py' '"quoted".py' True
names_it ':(glob)*.py' ':\(glob\)\*.py' True
names_it 'back\slash.py' '.*' "d['findings'][0]['path'] == 'back\\\\slash.py'"
names_it 'ünïcode.py' 'ünïcode.py' "d['findings'][0]['path'] == 'ünïcode.py'"
names_it "$(printf 'new\nline.py')" 'new.*line.py' \
    "d['findings'][0]['path'] == 'new\\nline.py'"
names_it "$(printf 'tab\there.py')" 'tab.*here.py' True
names_it "$(printf 'esc\033]0;owned\007\033[31m.py')" 'esc.*owned.*.py' True
names_it "$(printf 'c1\302\2332J.py')" 'c1.*2J.py' True
names_it "$(printf 'latin\351.py')" 'latin.*.py' \
    "d['findings'][0]['path_bytes'] == 'bGF0aW7pLnB5'"
ok 'any name will do, and none reaches the terminal raw'

printf 'import tempfile\nname = tempfile.mktemp() # \033[2J\033]0;owned\007 \302\233\n' >esc.py
git add esc.py
refuses git commit -m x
expect_harmless
again
ok 'no line of source reaches the terminal raw'

printf 'import tempfile\nname = tempfile.mktemp()\n' >crlf.py
sed 's/$/\r/' crlf.py >t && mv t crlf.py
git add crlf.py
refuses git commit -m x
again
printf 'wide.py text eol=crlf working-tree-encoding=UTF-16\n' >.gitattributes
printf 'import tempfile\nname = tempfile.mktemp()\n' | iconv -t UTF-16 >wide.py
git add -A 2>/dev/null
refuses git commit -m x
again
git config core.autocrlf true
insecure crlf.py
git add crlf.py 2>/dev/null
refuses git commit -m x
git config --unset core.autocrlf
again
git config filter.wipe.clean 'sed s/mktemp/mkstemp/'
echo 'filtered.py filter=wipe' >.gitattributes
git add .gitattributes
git commit -q --no-verify -m attributes
insecure filtered.py
git add filtered.py
allows git commit -m x
ok 'what is checked are the bytes that git stores, whatever filters made them'
