#!/bin/sh
# `.tmpguard` makes the gate stricter and never weaker; git's settings of the user may weaken it.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"

# policy LINE…: the file `.tmpguard`, staged.
policy() {
    { echo '[tmpguard]'; printf '%s\n' "$@"; } >.tmpguard && git add .tmpguard || exit 1
}

# excused FILE COMMENT: a finding that a comment excuses.
excused() {
    printf 'import tempfile\nname = tempfile.mktemp()  # %s\n' "$2" >"$1" && git add "$1" || exit 1
}
rule='py/insecure-temporary-file'

repository excuses
git commit -q --allow-empty -m base
guard
excused a.py noqa
allows git commit -m x
policy 'excuses = tmpguard'
allows git commit -m x
excused b.py noqa
refuses git commit -m x
expect_error 'The policy does not let the comment \(noqa\) excuse it'
expect_exit 1 "$TMPGUARD" check --format json
expect_json "[f['denied'] for f in d['findings']] == ['noqa']" "d['findings'][0]['blocks']"
excused b.py "tmpguard: ignore[$rule]"
allows git commit -m x
policy 'excuses = reasoned'
excused c.py "tmpguard: ignore[$rule]"
refuses git commit -m x
excused c.py "tmpguard: ignore[$rule]  # noqa"
refuses git commit -m x
excused c.py "tmpguard: ignore[$rule] a folder of our own"
allows git commit -m x
policy 'excuses = none'
excused d.py "tmpguard: ignore[$rule] a folder of our own"
refuses git commit -m x
git reset -q --hard
ok 'excuses: which comments count, in the very commit that says so'

policy 'excuses = any'
excused d.py noqa
refuses git commit -m x
git rm -q -f --cached .tmpguard
refuses git commit -m x
git rm -q -f --cached d.py
allows git commit -m 'without a policy'
excused d.py noqa
allows git commit -m x
ok 'a commit does not loosen the gate for itself; the next one is free'

repository touched
fill
policy 'blocks = touched'
allows git commit -m x
echo '# more' >>old.py
refuses git commit -a -m x
git commit -q --no-verify -a -m touched
expect_exit 1 "$TMPGUARD" check --commit HEAD
expect_exit 1 "$TMPGUARD" check --range HEAD~2..
expect_output '^[0-9]+ Python files? checked, 1 finding'
secure new.py
git add new.py
allows git commit -m x
ok 'blocks = touched: all that is in the files that a commit changes'

repository over
git commit -q --allow-empty -m base
printf 'from tempfile import mktemp\nfrom os import tmpnam\nfrom safe import tmpnam\n' >gives.py
printf 'from gives import tmpnam\ntmpnam()\n' >takes.py
git add .
expect_exit 0 "$TMPGUARD" check
expect_exit 0 "$TMPGUARD" scan
policy 'codeqlCompat'
expect_exit 1 "$TMPGUARD" check
expect_exit 1 "$TMPGUARD" scan
commit x
expect_exit 1 "$TMPGUARD" check --commit HEAD
expect_exit 1 "$TMPGUARD" scan --tree HEAD
policy 'codeqlCompat = off'
expect_exit 0 "$TMPGUARD" scan
ok 'codeqlCompat: what CodeQL reports, too'

repository range
git commit -q --allow-empty -m base
excused a.py noqa
commit excused
git tag excused
policy 'excuses = none'
commit strict
git rm -q .tmpguard
excused b.py noqa
commit loose
git tag loose
expect_exit 1 "$TMPGUARD" check --commit loose
expect_output '^b\.py:2'
expect_exit 0 "$TMPGUARD" check --range excused~1..excused
expect_exit 1 "$TMPGUARD" check --range loose~1..loose
git commit -q --allow-empty -m later
expect_exit 0 "$TMPGUARD" check --commit HEAD
git checkout -q -b side excused
policy 'excuses = none'
excused c.py noqa
commit side
expect_exit 1 "$TMPGUARD" check --range main..side
expect_exit 1 "$TMPGUARD" check --pre-push </dev/null
ok 'ranges, commits and pushes: the policy of the end and of where it began'

repository wrong
git commit -q --allow-empty -m base
guard
# wrong N EXPRESSION: what is staged is refused with that code, and says so.
wrong() {
    expect_exit "$1" "$TMPGUARD" check
    expect_error "$2"
    git commit -q -m x >/dev/null 2>&1 && failed 'it was committed'
    git rm -q -r -f --cached .tmpguard && rm -rf .tmpguard
}
policy 'excuse = none'
wrong 2 "^tmpguard: \.tmpguard:2: unknown key 'excuse'; did you mean 'excuses'\?"
policy 'a = b' 'zzzzzzzzzz'
wrong 2 '\.tmpguard:2: unknown key'
policy '' 'excuses = some'
wrong 2 "\.tmpguard:3: 'some' of 'excuses' is none of any, tmpguard, reasoned, none"
policy 'excuses'
wrong 2 "\.tmpguard:2: '' of 'excuses' is none of"
policy '[include]' "path = $HOME/.gitconfig"
wrong 2 '\.tmpguard:3: there is only one section here, \[tmpguard\]; no other file is included'
policy '[tmpguard "x"]' 'excuses = none'
wrong 2 '\.tmpguard:3: there is only one section here, \[tmpguard\]; .excuses. is in \[tmpguard "x"\]'
policy '<<<<<<< ours'
wrong 2 '\.tmpguard:2: not of the form KEY = VALUE'
policy 'excuses = "none'
wrong 2 '\.tmpguard:2: the quote has no end'
printf '[tmpguard]\nexcuses = no\000ne\n' >.tmpguard && git add .tmpguard
wrong 2 '\.tmpguard:2: '
{ echo '[tmpguard]' && yes '# xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' | head -n 100000; } >.tmpguard
git add .tmpguard
wrong 2 '\.tmpguard: .*over the limit of 65536'
ln -s /etc/hostname .tmpguard && git add .tmpguard
wrong 2 '\.tmpguard: it is a symbolic link, and must be a file'
mkdir .tmpguard && echo '[tmpguard]' >.tmpguard/x && git add .tmpguard/x
wrong 2 '\.tmpguard: it is a folder, and must be a file'
git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),.tmpguard"
wrong 2 '\.tmpguard: it is a submodule, and must be a file'
ok 'what is no policy is an error: nothing is checked, nothing is committed'

printf '\357\273\277[TmpGuard]\r\n\tExcuses = NONE ; all\r\n' >.tmpguard && git add .tmpguard
excused a.py noqa
expect_exit 1 "$TMPGUARD" check
git rm -q -f --cached a.py .tmpguard
head -c 65000 /dev/zero | tr '\0' '#' >.tmpguard && git add .tmpguard
expect_exit 0 "$TMPGUARD" check
git rm -q -f --cached .tmpguard && rm .tmpguard
ok 'a byte order mark, CRLF, any case, a long comment: as git reads them'

policy 'excuses = noone'
git commit -q --no-verify -m damaged
secure b.py && git add b.py
expect_exit 2 "$TMPGUARD" check
expect_exit 2 "$TMPGUARD" check --commit HEAD
policy 'excuses = none'
expect_exit 0 "$TMPGUARD" check
expect_output "^\.tmpguard: note: a parent's \.tmpguard:2: 'noone' of 'excuses' is none of"
allows git commit -m repaired
expect_exit 0 "$TMPGUARD" check --commit HEAD
expect_exit 0 "$TMPGUARD" check --range HEAD~2..HEAD
ok 'a commit can repair a policy that is damaged'

git checkout -q -b theirs
policy 'blocks = touched' && git commit -q --no-verify -m theirs
git checkout -q main 2>/dev/null || git checkout -q master
policy 'excuses = reasoned' && git commit -q --no-verify -m ours
git merge -q theirs >/dev/null 2>&1
expect_exit 3 "$TMPGUARD" check
expect_output '^\.tmpguard: incomplete: the file has a merge conflict'
git checkout -q --ours .tmpguard 2>/dev/null && git add .tmpguard
insecure c.py && git add c.py
expect_exit 1 "$TMPGUARD" check
git rm -q -f --cached c.py
ok 'a conflict in it is incomplete'

repository weaker
git commit -q --allow-empty -m base
policy 'onError = warn' 'exclude = a.py' 'missing = warn'
insecure a.py && git add a.py
expect_exit 1 "$TMPGUARD" check
expect_output "^\.tmpguard:2: note: 'onError' is ignored: .* counts only in git's system or global settings"
expect_output "^\.tmpguard:3: note: 'exclude' is ignored"
expect_output "^\.tmpguard:4: note: 'missing' is ignored"
{ echo '[tmpguard]' && seq -f 'exclude = %g' 4000 && echo 'exclude = 1'; } >.tmpguard && git add .tmpguard
expect_exit 1 "$TMPGUARD" check
expect_output "^\.tmpguard: note: 3990 more: see 'tmpguard config'$"
expect_exit 0 test "$(grep -c ': note: ' "$out")" -eq 11
git rm -q -f --cached .tmpguard && rm .tmpguard
git config hooks.tmpguard.exclude a.py
git config hooks.tmpguard.onError warn
expect_exit 1 "$TMPGUARD" check
expect_output "^\.git/config:[0-9]+: note: 'exclude' is ignored"
expect_exit 1 "$TMPGUARD" check --format json
expect_json "[n['path'][:12] for n in d['notes']] == ['.git/config:'] * 2"
expect_exit 1 "$TMPGUARD" check --quiet
refuse_output 'note:'
git config --unset hooks.tmpguard.exclude
git config --unset hooks.tmpguard.onError
ok 'what weakens the gate is ignored where it comes with the repository, and said so'

git config --global hooks.tmpguard.exclude '*.gen.py'
git config --global --add hooks.tmpguard.exclude vendor/
mkdir -p vendor/x && insecure vendor/x/a.py && insecure b.gen.py && git add -A
expect_exit 1 "$TMPGUARD" check --format json
expect_json "[f['path'] for f in d['findings']] == ['a.py']" \
    "d['notes'] == [{'path': 'hooks.tmpguard.exclude', 'note': 'left out: 2 findings and 0 incomplete files'}]"
git commit -q -m x
expect_exit 1 "$TMPGUARD" scan --format json
expect_json "[f['path'] for f in d['findings']] == ['a.py']"
expect_exit 1 "$TMPGUARD" scan --history --format json
expect_json "[f['path'] for f in d['findings']] == ['a.py']"
git mv vendor/x/a.py moved.py
expect_exit 1 "$TMPGUARD" check --format json
expect_json "[f['path'] for f in d['findings']] == ['moved.py']"
git mv b.gen.py c.gen.py
git commit -q -m moved
expect_exit 1 "$TMPGUARD" check --commit HEAD --format json
expect_json "[f['path'] for f in d['findings']] == ['moved.py']"
git reset -q --hard HEAD~
git mv a.py vendor/
expect_exit 0 "$TMPGUARD" check
git reset -q --hard
expect_exit 1 env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=hooks.tmpguard.exclude GIT_CONFIG_VALUE_0= \
    "$TMPGUARD" scan --format json
expect_json "len(d['findings']) == 3"
expect_exit 0 git -c hooks.tmpguard.exclude='*' -c "alias.try=!'$TMPGUARD' scan --tree HEAD" try
git config --global --unset-all hooks.tmpguard.exclude
ok 'exclude, by the user: findings and what is incomplete are left out and counted; what moves out of there is new'

awk 'BEGIN { print "import tempfile"; for (i = 0; i < 3000; i++) printf "f("; print "tempfile.mktemp()" }' >deep.py
git add deep.py
expect_exit 3 "$TMPGUARD" check
git config --global hooks.tmpguard.onError warn
expect_exit 0 "$TMPGUARD" check
expect_error '^tmpguard: WARNING: what is incomplete was not checked; it passes since .*onError.* \(.*gitconfig\)'
expect_exit 0 "$TMPGUARD" check --quiet
expect_error '^tmpguard: WARNING'
expect_exit 3 "$TMPGUARD" scan deep.py
git config --global hooks.tmpguard.onError block
guard
expect_exit 1 git commit -m x
expect_exit 1 git -c hooks.tmpguard.onErrors=warn commit -m x
allows git -c hooks.tmpguard.onError=warn commit -m x
expect_error '^tmpguard: WARNING: .*\(command line\)$'
git reset -q --soft HEAD~ && rm .git/hooks/*
git config --global hooks.tmpguard.onError warn
insecure c.py && git add c.py
expect_exit 1 "$TMPGUARD" check
git rm -q -f --cached c.py && rm c.py
git config hooks.tmpguard.onError block
expect_exit 3 "$TMPGUARD" check
git config --unset hooks.tmpguard.onError
policy 'onError = block'
expect_exit 3 "$TMPGUARD" check
git rm -q -f --cached .tmpguard deep.py && rm .tmpguard deep.py
git config --global --unset hooks.tmpguard.onError
ok 'onError = warn, by the user: what is incomplete passes loudly, a finding and a scan do not'

git config hooks.tmpguard.onErrors warn
expect_exit 2 "$TMPGUARD" check
expect_error "^tmpguard: \.git/config:[0-9]+: unknown key 'onerrors'; did you mean 'onError'\?"
expect_exit 2 "$TMPGUARD" scan
git config --unset hooks.tmpguard.onErrors
git config --global hooks.tmpguard.excuses any
policy 'excuses = none'
excused d.py noqa
expect_exit 1 "$TMPGUARD" check
git rm -q -f --cached d.py .tmpguard && rm d.py .tmpguard
git config --global hooks.tmpguard.excuses none
git config hooks.tmpguard.excuses any
excused d.py noqa
expect_exit 1 "$TMPGUARD" check
expect_exit 0 env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=hooks.tmpguard.excuses GIT_CONFIG_VALUE_0=any "$TMPGUARD" check
ok "of the user's settings the last one holds; what comes with the repository only adds"
git config --unset hooks.tmpguard.excuses
git config --global --unset hooks.tmpguard.excuses

for way in 'include.path' 'includeIf.gitdir:**/weaker/**.path'; do
    printf '[hooks "tmpguard"]\n\texcuses = none\n' >"$HOME/more"
    git config --global "$way" more
    expect_exit 1 "$TMPGUARD" check
    # shellcheck disable=SC2088 # git's own ~
    git config --global "$way" "~/more"
    expect_exit 1 "$TMPGUARD" check
    git config --global --unset "$way"
done
expect_exit 0 "$TMPGUARD" check
git config extensions.worktreeConfig true
git config --worktree hooks.tmpguard.excuses none
expect_exit 1 "$TMPGUARD" check
git config --worktree --unset hooks.tmpguard.excuses
mkdir -p "$HOME/.config/git" && git config -f "$HOME/.config/git/config" hooks.tmpguard.excuses none
expect_exit 1 "$TMPGUARD" check
rm "$HOME/.config/git/config"
git config -f "$scratch/system" hooks.tmpguard.excuses none
(unset GIT_CONFIG_NOSYSTEM && export GIT_CONFIG_SYSTEM="$scratch/system" && expect_exit 1 "$TMPGUARD" check) || exit 1
GIT_CONFIG_GLOBAL=$scratch/system expect_exit 1 "$TMPGUARD" check
expect_exit 1 git -c hooks.tmpguard.excuses=none -c "alias.try=!'$TMPGUARD' check" try
expect_exit 0 "$TMPGUARD" check
ok "every place of git's settings counts: included, of a worktree, of the system, of a command line"

policy 'excuses = none'
commit policy
expect_exit 1 "$TMPGUARD" scan --format json
expect_json "[f['path'] for f in d['findings']] == ['a.py', 'b.gen.py', 'd.py', 'vendor/x/a.py']"
expect_exit 1 "$TMPGUARD" scan --tree HEAD --format json
expect_json "'d.py' in [f['path'] for f in d['findings'] if f['blocks']]"
expect_exit 1 "$TMPGUARD" scan --history --format json
expect_json "'d.py' in [f['path'] for f in d['findings'] if f['blocks']]"
cd vendor && expect_exit 1 "$TMPGUARD" scan ../d.py && cd .. || exit 1
ln -sf /etc/hostname .tmpguard
expect_exit 2 "$TMPGUARD" scan
expect_error '\.tmpguard: it is a symbolic link'
ok 'a scan follows the policy of what it scans'

git rm -q -r --cached .tmpguard && rm .tmpguard
policy 'excuses = reasoned' 'onError = warn' 'blocks = introduced'
git config hooks.tmpguard.blocks touched
git config --global hooks.tmpguard.exclude vendor/
expect_exit 0 "$TMPGUARD" config
expect_output "^excuses +none +a parent's \.tmpguard:2$"
expect_output '^blocks +touched +\.git/config:[0-9]+ \(local\)$'
expect_output '^onError +block +\(usual\)$'
expect_output '^deadline +none +\(usual\)$'
expect_output '^exclude +vendor/ +.*/home/\.gitconfig:[0-9]+ \(global\)$'
expect_output '^\.tmpguard:2: excuses = reasoned: it is not stricter than what holds already$'
expect_output '^\.tmpguard:3: onError = warn: it makes the gate weaker'
expect_exit 0 "$TMPGUARD" config --format json
expect_json "d['values'] == {'excuses': 'none', 'blocks': 'touched', 'codeqlCompat': 'false', 'onError': 'block', 'missing': 'block', 'deadline': None, 'onDeadline': 'reject', 'firstPush': 'baseline', 'baseline': None, 'daemon': 'auto', 'exclude': ['vendor/']}" \
    "[(s['scope'], s['key'], s['without_effect'] is None) for s in d['settings']] == [('global', 'exclude', True), ('local', 'blocks', True), ('tree', 'excuses', False), ('tree', 'onError', False), ('tree', 'blocks', False), ('tree', 'excuses', True)]"
expect_exit 0 "$TMPGUARD" config BLOCKS
expect_exit 0 test "$("$TMPGUARD" config exclude)" = vendor/
expect_exit 2 "$TMPGUARD" config blcoks
expect_error "unknown key 'blcoks'; did you mean 'blocks'\?"
expect_exit 2 "$TMPGUARD" config excuses none
git config hooks.tmpguard.block touched
expect_exit 2 "$TMPGUARD" config
expect_error "^tmpguard: \.git/config:[0-9]+: unknown key 'block'"
mkdir "$scratch/outside" && cd "$scratch/outside" || exit 1
expect_exit 0 "$TMPGUARD" config
expect_output '^exclude +vendor/ '
git config --global --unset hooks.tmpguard.exclude
git init -q --bare "$scratch/bare.git" && cd "$scratch/weaker" || exit 1
git push -q "$scratch/bare.git" HEAD:main
expect_exit 0 "$TMPGUARD" -C "$scratch/bare.git" config excuses
expect_output '^none$'
ok 'config shows what holds, where it comes from, and what has no effect'

git init -q --bare "$scratch/server.git" && cd "$scratch/server.git" || exit 1
git config hooks.tmpguard.deadline 60
git config hooks.tmpguard.onDeadline accept
git config hooks.tmpguard.missing warn
expect_exit 0 "$TMPGUARD" check --pre-receive </dev/null
expect_exit 0 "$TMPGUARD" config
expect_output '^deadline +60 +/.*/config:[0-9]+ \(local\)$'
expect_output '^onDeadline +accept '
refuse_output 'without effect'
git config hooks.tmpguard.deadline soon
expect_exit 2 "$TMPGUARD" config
ok 'the settings of a server are known'

# obeys: here, in every way to commit, the policy of that commit holds.
obeys() {
    git commit -q --no-verify --allow-empty -m base
    guard
    policy 'excuses = none'
    excused a.py noqa
    echo "# $PWD" >>b.py && git add b.py
    refuses git commit -m x
    allows git commit -m x b.py
    git rm -q -f --cached a.py
    allows git commit -m policy
    git add a.py
    refuses git commit -m x
    refuses git commit -m x a.py
    refuses git commit -a -m x
    mkdir -p sub && cd sub && refuses git commit -m x && cd .. || exit 1
    git rm -q -f --cached a.py && rm -f a.py
    git commit -q --no-verify --allow-empty -m end
}

repository ways
obeys
git worktree add -q ../linked 2>/dev/null && cd ../linked || exit 1
git rm -q .tmpguard && git commit -q --no-verify -m none
obeys
repository split
git config core.splitIndex true
obeys
repository sha256 2>/dev/null
rm -rf .git && git init -q --object-format=sha256 .
obeys
repository fourth
git config index.version 4
obeys
git clone -q --no-local --depth 1 "file://$scratch/ways" "$scratch/shallow" && cd "$scratch/shallow" || exit 1
git rm -q .tmpguard && git commit -q --no-verify -m none
obeys
cp -r "$scratch/ways" "$scratch/separate" && cd "$scratch/separate" || exit 1
mv .git ../separate.git && echo "gitdir: $scratch/separate.git" >.git
git rm -q .tmpguard && git commit -q --no-verify -m none
obeys
ok 'commits of a part and of all, in folders, worktrees, split indexes, SHA-256, shallow and separate repositories'

git init -q --bare "$scratch/hub.git"
printf '#!/bin/sh\nexec "%s" check --pre-receive\n' "$TMPGUARD" >"$scratch/hub.git/hooks/pre-receive"
chmod +x "$scratch/hub.git/hooks/pre-receive"
repository pushes
git commit -q --allow-empty -m base
policy 'excuses = none' && commit policy
expect_exit 0 git push -q "$scratch/hub.git" HEAD:main
git rm -q .tmpguard
excused a.py noqa
commit 'loose and insecure'
expect_exit 1 git push -q "$scratch/hub.git" HEAD:main
expect_error '^remote: a\.py:2:8: error: '
git reset -q --hard HEAD~
git rm -q .tmpguard && git commit -q -m loose
expect_exit 0 git push -q "$scratch/hub.git" HEAD:main
excused a.py noqa && git commit -q -m excused
expect_exit 0 git push -q "$scratch/hub.git" HEAD:main
policy 'excuse = none' && git commit -q -m wrong
expect_exit 1 git push -q "$scratch/hub.git" HEAD:main
expect_error "^remote: tmpguard: \.tmpguard:2: unknown key 'excuse'"
ok 'a server judges a push by what it has and by what comes'

repository none
secure a.py
commit a
git init -q --separate-git-dir="$scratch/none.git" .
echo '# more' >>a.py && git add a.py
if command -v strace >/dev/null; then
    ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" strace -f -e trace=execve -o "$scratch/trace" "$TMPGUARD" check --no-cache >"$out" 2>"$err" || failed 'check'
    ! grep -q '"config"' "$scratch/trace" || failed 'git config was asked'
    ok 'where nothing is set no git is asked for settings'
fi
