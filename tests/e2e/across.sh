#!/bin/sh
# Calls that a change arms in another file: what one file gives, another calls.
. "$(dirname "$0")/lib.sh"

# put FILE LINE…: write and stage it.
put() {
    file=$1
    shift
    case $file in */*) mkdir -p "${file%/*}" ;; esac
    printf '%s\n' "$@" >"$file"
    git add "$file" || failed "cannot stage $file"
}

commit() {
    git commit -qm "$1" || failed "cannot commit"
}

check() {
    "$TMPGUARD" check "$@"
}

new_repository() {
    cd "$scratch" || failed "no folder"
    git init -q "$1" || failed "no repository"
    cd "$1" || failed "no repository"
}

new_repository arms
put use.py 'import make' '' 'make.name()'
put other.py 'x = 1'
commit first
put make.py 'import tempfile' '' 'name = tempfile.mktemp'
expect_exit 1 check
expect_output '^use\.py:3:1: error: Call to deprecated function tempfile\.mktemp'
expect_exit 1 check --no-cache
expect_output '^use\.py:3:1: error: '
ok "a new file that gives a function another name arms the calls of unchanged files"

commit second
expect_exit 1 check --commit HEAD
expect_output '^use\.py:3:1: error: '
expect_exit 1 check --range HEAD~1..HEAD
expect_output '^use\.py:3:1: error: '
ok "a commit and a range say the same of it"

put other.py 'x = 2'
expect_exit 0 check
expect_exit 0 check --no-cache
put make.py 'import tempfile' '' '# a comment' 'name = tempfile.mktemp'
expect_exit 0 check
ok "what was armed before stops no other commit"

put more.py 'from make import name as label' '' 'label()'
expect_exit 1 check
expect_output '^more\.py:3:1: error: '
refuse_output '^use\.py'
ok "a new file that calls it by another name is stopped, although it never says mktemp"

commit third
put make.py 'name = str'
expect_exit 0 check
commit fourth
put make.py 'import tempfile' '' 'name = tempfile.mktemp'
expect_exit 1 check
expect_output '^more\.py:3:1: error: '
expect_output '^use\.py:3:1: error: '
ok "what was taken away and comes back is new, in every file that calls it"

new_repository passes
put help.py 'def run(function):' '    return function()'
commit first
put use.py 'import help' 'import tempfile' '' 'help.run(tempfile.mktemp)'
expect_exit 1 check
expect_output '^help\.py:2:12: error: '
ok "a function that is passed to an unchanged file is called there"

new_repository lib
put lib/__init__.py ''
put lib/case.py 'class Case:' '    def mktemp(self):' '        return "name"'
put test_a.py 'from lib.case import Case' '' 'class A(Case):' '    def test(self):' '        self.mktemp()'
commit first
put lib/case.py 'import tempfile' '' 'class Case:' '    mktemp = staticmethod(tempfile.mktemp)'
expect_exit 1 check
expect_output '^test_a\.py:5:9: error: '
commit second
put lib/case.py 'class Case:' '    def mktemp(self):' '        return "name"'
expect_exit 0 check
ok "a base class decides what its unchanged heirs call"

new_repository moves
put make.py 'import tempfile' '' 'name = tempfile.mktemp'
put use.py 'import make' '' 'make.name()'
commit first
git mv use.py used.py
expect_exit 0 check
git mv make.py made.py && put used.py 'import made' '' 'made.name()'
expect_exit 1 check
ok "a renamed file keeps such findings as long as the call is the same"

new_repository broken
put make.py 'import tempfile' '' 'name = tempfile.mktemp'
put use.py 'import make' '' 'make.name()'
commit first
put use.py 'import make' '' 'make.name()' 'make.name(1)'
expect_exit 1 check
cp "$out" first
for cache in "$HOME"/.cache/tmpguard/cache.db*; do
    printf 'garbage' | dd of="$cache" bs=1 seek=4096 conv=notrunc 2>/dev/null
done
expect_exit 1 check
sed 's/([0-9.]* ms)//' first >first.text
sed 's/([0-9.]* ms)//' "$out" | cmp - first.text || failed "a damaged cache changes what is said"
ok "a damaged cache changes nothing"
