#!/bin/sh
# tmpguard status, doctor: each way in which a gate does not fire is named, with a repair that repairs it.
# shellcheck disable=SC1091,SC2016,SC2030,SC2031,SC2154 # lib.sh; hooks in single quotes; PATH in subshells
. "$(dirname "$0")/lib.sh"

expect_exit 2 "$TMPGUARD" status
expect_error '^tmpguard: not in a git repository$'
repository quick
expect_exit 1 "$TMPGUARD" status
expect_output '^tmpguard [0-9.]+ is not installed here .*: git looks in .*/quick/\.git/hooks$'
expect_exit 1 "$TMPGUARD" status --json
expect_json "d['version'] == 1" "d['installed'] is False" "d['fires'] is False" "d['where'].endswith('/.git/hooks')"
expect_exit 0 "$TMPGUARD" install
expect_exit 0 "$TMPGUARD" status
expect_output '^tmpguard [0-9.]+ checks commits, merges and pushes here, from '
[ "$(wc -l <"$out")" -eq 1 ] || failed "more than one line"
expect_exit 0 "$TMPGUARD" status --format json
expect_json "d['installed'] is True" "d['fires'] is True"
expect_exit 0 "$TMPGUARD" status -q
expect_silence
git worktree add -q --orphan -b other ../linked 2>/dev/null || { secure a.py && commit a && git worktree add -q ../linked; }
expect_exit 0 "$TMPGUARD" -C ../linked status
if modern_git; then
    git config hook.tmpguard.enabled false
else
    git config core.hooksPath /nowhere
fi
expect_exit 1 "$TMPGUARD" status
expect_output 'is installed but would not run .*: (core\.hooksPath is /nowhere|hook\.tmpguard\.enabled turns)'
git config --unset core.hooksPath
git config --unset hook.tmpguard.enabled
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 1 "$TMPGUARD" status
expect_output 'is not installed here'
expect_exit 2 "$TMPGUARD" status here
ok "status tells in one line, and by its exit code, whether git would run tmpguard"

# What a repair calls: tmpguard, and sudo, which has nothing to add here.
mkdir "$scratch/bin"
ln -s "$TMPGUARD" "$scratch/bin/tmpguard"
hook "$scratch/bin/sudo" 'exec "$@"'
git_here=$(command -v git)

# doctor N ARGUMENT…: as expect_exit, with the git at hand alone.
doctor() {
    wanted=$1
    shift
    expect_exit "$wanted" "$TMPGUARD" doctor --git "$git_here" "$@"
}

well() {
    doctor 0
    expect_output '^tmpguard [0-9.]+ fires at (commits, merges and pushes|what is pushed to this repository): '
    refuse_output '^error:'
    doctor 0 --json
    expect_json "d['fires'] is True" "all(c['state'] != 'fail' for c in d['checks'])"
}

# ill ID REASON: doctor says so, and following its repairs makes it well.
ill() {
    before=$(find . -path ./.git/worktrees -prune -o -printf '%p %s %m %T@\n' | sort)
    doctor 1
    expect_output "^error: $2"
    grep -A1 -E "^error: $2" "$out" | grep -q '^  repair: .' || failed "no repair for $1"
    grep -v -E '^(error|warning|ok): |^  (repair|advice): |^tmpguard ' "$out" >"$err" && failed "something else is said"
    [ "$before" = "$(find . -path ./.git/worktrees -prune -o -printf '%p %s %m %T@\n' | sort)" ] ||
        failed "doctor wrote in the repository"
    doctor 1 --json
    expect_json "d['fires'] is False" \
        "any(c['id'] == '$1' and c['state'] == 'fail' and c['repair'] for c in d['checks'])"
    doctor 1 -q
    sed -n '/^error: /{n;s/^  repair: //p}' "$out" >"$scratch/repairs"
    while read -r repair; do
        (PATH=$scratch/bin:$PATH && eval "$repair") >"$out" 2>"$err" || failed "the repair fails: $repair"
    done <"$scratch/repairs"
    [ $# -lt 3 ] || eval "$3"
    well
}

expect_exit 2 "$TMPGUARD" -C / doctor
expect_error '^tmpguard: not in a git repository$'
expect_exit 2 "$TMPGUARD" doctor here
expect_exit 2 "$TMPGUARD" doctor --git git
repository patient
secure a.py
commit a
ill "$(modern_git && echo hook.present || echo hook.present)" 'there is no hook pre-commit in .*/patient/\.git/hooks'
cd "$scratch" || exit 1
expect_exit 0 "$TMPGUARD" -C patient uninstall
expect_exit 1 "$TMPGUARD" -C patient doctor --git "$git_here"
expect_output "^  repair: ($TMPGUARD|tmpguard) -C $scratch/patient install\$"
sed -n 's/^  repair: //p' "$out" | grep -m1 install >"$scratch/repairs"
expect_exit 0 env -i HOME="$HOME" PATH="$PATH" sh "$scratch/repairs"
cd patient || exit 1
well
ok "where nothing is installed, doctor says what to do, and that does it, from anywhere"

"$TMPGUARD" doctor --json >"$out" 2>"$err"
expect_json "len(d['gits']) >= 1" "all(g['path'].startswith('/') and g['version'] for g in d['gits'])" \
    "d['gits'][0]['path'] == '$git_here'" "d['canary'] is True" \
    "[c['id'] for c in d['checks']].count('canary') == 3"
mkdir "$scratch/own" && snapshot before
export TMPDIR="$scratch/own" # others run here, too
doctor 0 -q
expect_output '^warning: GIT_CONFIG_NOSYSTEM is set in this shell'
refuse_output '^tmpguard'
(unset GIT_CONFIG_NOSYSTEM && doctor 0 -q && expect_silence) || exit 1
snapshot after
expect_same before after
[ -z "$(find "$TMPDIR" -mindepth 1)" ] || failed "a folder is left"
unset TMPDIR
ok "it looks with every git found, and leaves nothing behind"

TMPGUARD_CANARY=abc123 expect_exit 4 "$TMPGUARD" check
expect_error '^tmpguard: canary abc123 [0-9.]+$'
TMPGUARD_CANARY='a;b' expect_exit 4 "$TMPGUARD" check --range nonsense
expect_error '^tmpguard: canary - '
TMPGUARD_CANARY='' expect_exit 4 "$TMPGUARD" check --pre-push
head=$(git rev-parse HEAD)
for word in '' abc 'a b'; do
    export TMPGUARD_CANARY="$word"
    git commit -q --allow-empty -m canary >"$out" 2>"$err" && failed "a commit passed"
    unset TMPGUARD_CANARY
done
[ "$head" = "$(git rev-parse HEAD)" ] || failed "a commit was made"
ok "with the canary's variable nothing ever passes, whatever it holds"

if ! modern_git; then
    for event in pre-commit pre-merge-commit pre-push; do
        rm .git/hooks/$event
        ill hook.present "there is no hook $event in .*/\.git/hooks$"
        chmod -x .git/hooks/$event
        ill hook.executable ".*/hooks/$event: it is not executable, so git ignores it$"
        sed -i 's/$/\r/' .git/hooks/$event
        ill hook.line-ends ".*/hooks/$event: its lines end as on Windows \(CRLF\), so it cannot run, and git waits "
    done
    ok "a hook that is deleted, not executable or has CRLF line ends"

    sed -i '2a exit 0' .git/hooks/pre-push
    ill hook.edited '.*/hooks/pre-push: it is tmpguard.s, but was changed by hand$'
    expect_exit 0 grep -q '^exit 0' .git/hooks/pre-push.changed
    rm .git/hooks/pre-push.changed
    echo '# mine' >>.git/hooks/pre-commit
    expect_exit 1 "$TMPGUARD" status
    ill hook.edited '.*/pre-commit: it is tmpguard.s, but was changed by hand$'
    expect_exit 0 "$TMPGUARD" status
    expect_exit 0 "$TMPGUARD" uninstall
    expect_output '/\.git/hooks/pre-commit\.changed is a hook that was changed by hand: look at it, and delete it$'
    expect_exit 0 "$TMPGUARD" install
    rm .git/hooks/pre-commit.changed
    ok "a hook that somebody edited is not what was installed, whether it fires or not"

    for event in pre-commit pre-push; do
        hook .git/hooks/$event 'exit 0'
        ill hook.owner ".*/hooks/$event: it is of somebody else, and does not run tmpguard$"
        [ -e .git/hooks/$event.pre-tmpguard ] || failed "the other hook is lost"
        rm .git/hooks/$event .git/hooks/$event.pre-tmpguard
        expect_exit 0 "$TMPGUARD" install
    done
    ok "a hook that somebody replaced"

    content='first=nothing
program='\'"$TMPGUARD"\''
exec "$program" check'
    printf '#!/bin/sh\n# tmpguard-shim v1 sha256:%s\n%s\n' \
        "$(printf '%s\n' "$content" | sha256sum | cut -d' ' -f1)" "$content" >.git/hooks/pre-commit
    ill hook.version '.*/hooks/pre-commit: another version of tmpguard wrote it$'
    ok "a hook of another version"

    # shadowed VALUE SCOPE FILE [GIT-CONFIG-OPTION…]: whoever set core.hooksPath keeps it, and their hooks run.
    shadowed() {
        value=$1 scope=$2 file=$3
        shift 3
        git config "$@" core.hooksPath "$value"
        expect_exit 1 "$TMPGUARD" status
        ill hooks-path "core\.hooksPath is $value \($scope settings, $file\), which hides "
        expect_exit 0 "$TMPGUARD" status
        expect_exit 0 "$TMPGUARD" uninstall
        [ "$(git config "$@" core.hooksPath)" = "$value" ] || failed "core.hooksPath is not what it was"
        git config "$@" --unset core.hooksPath
        expect_exit 0 "$TMPGUARD" install
    }
    mkdir empty-hooks
    hook empty-hooks/post-commit 'touch ran'
    shadowed empty-hooks local '.*/patient/\.git/config'
    shadowed "$PWD/empty-hooks" global '.*/\.gitconfig' --global
    shadowed /dev/null local '.*/patient/\.git/config'
    unset GIT_CONFIG_NOSYSTEM
    export GIT_CONFIG_SYSTEM="$scratch/system"
    shadowed /nowhere system '.*/system' --system
    unset GIT_CONFIG_SYSTEM
    export GIT_CONFIG_NOSYSTEM=1
    git config core.hooksPath empty-hooks
    ill hooks-path 'core\.hooksPath is empty-hooks '
    expect_exit 0 git commit -q --allow-empty -m x
    expect_exit 0 rm ran
    rm -r .git/tmpguard
    ill hook.present 'there is no hook pre-commit in .*/\.git/tmpguard/hooks$'
    expect_exit 0 "$TMPGUARD" uninstall
    expect_exit 0 "$TMPGUARD" install
    git worktree add -q ../beside
    git config extensions.worktreeConfig true
    git -C ../beside config --worktree core.hooksPath /nowhere
    ill hooks-path 'core\.hooksPath is /nowhere \(worktree settings, .*/config\.worktree\), which hides .*\(in .*/beside\)$'
    expect_exit 0 "$TMPGUARD" uninstall
    [ "$(git -C ../beside config core.hooksPath)" = /nowhere ] || failed "core.hooksPath is not what it was"
    git -C ../beside config --worktree --unset core.hooksPath
    git config --unset extensions.worktreeConfig
    expect_exit 0 "$TMPGUARD" install
    export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/nowhere
    ill hooks-path 'core\.hooksPath is /nowhere \(command settings, the environment\), which hides ' 'unset GIT_CONFIG_COUNT'
    rm .git/hooks/pre-push
    mkdir .git/hooks/pre-push
    ill hook.edited '.*/\.git/hooks/pre-push: .* is not a regular file$'
    rmdir .git/hooks/pre-push.changed
    ok "a core.hooksPath that hides the hooks, in each scope, is named with its file"

    # The same where an installation for all repositories is hidden.
    repository of-all
    secure a.py
    commit a
    expect_exit 0 "$TMPGUARD" install --global
    well
    git config core.hooksPath /nowhere
    doctor 1
    expect_output '^error: there is no hook pre-commit in /nowhere$'
    expect_output "^  repair: ($TMPGUARD|tmpguard) install\$"
    git config --unset core.hooksPath
    rm "$HOME/.config/tmpguard/hooks/pre-push"
    ill hook.present 'there is no hook pre-push in .*/\.config/tmpguard/hooks$'
    hook .git/hooks/reference-transaction :
    doctor 0
    expect_output '^warning: .*/\.git/hooks/reference-transaction does not run: core\.hooksPath is .* \(global settings\)$'
    expect_exit 0 "$TMPGUARD" uninstall --global
    cd ../patient || exit 1
    ok "for all repositories: what is missing there, and hooks that it hides"

    mkdir "$scratch/old program"
    cp "$TMPGUARD" "$scratch/old program/tmpguard"
    "$scratch/old program/tmpguard" install >"$out" 2>"$err" || failed "install"
    rm "$scratch/old program/tmpguard"
    ill program.present 'the program that the hooks run is gone: .*/old program/tmpguard$'
    cp "$TMPGUARD" "$scratch/old program/tmpguard"
    "$scratch/old program/tmpguard" install >"$out" 2>"$err" || failed "install"
    hook "$scratch/old program/tmpguard" 'if [ "$1" = version ]; then echo tmpguard 0.0.1; exit; fi' \
        'echo "tmpguard: canary $TMPGUARD_CANARY 0.0.1" >&2; exit 4'
    ill program.version 'the hooks run another version, 0\.0\.1, not [0-9.]+: .*/old program/tmpguard$'
    "$scratch/old program/tmpguard" version >"$out"
    cp "$TMPGUARD" "$scratch/old program/tmpguard"
    "$scratch/old program/tmpguard" install >"$out" 2>"$err" || failed "install"
    : >"$scratch/old program/tmpguard"
    ill program.runs 'the program that the hooks run does not run here: .*/old program/tmpguard$'
    ok "a program that is gone, old or broken"

    git config hooks.tmpguard.missing warn
    doctor 0
    expect_output '^warning: where the program is gone, git goes on without a check: .*/patient/\.git/config\)$'
    git config --unset hooks.tmpguard.missing
    ok "the setting that lets git go on without the program"

    rm .git/hooks/pre-commit
    hook .git/hooks/pre-commit "'$TMPGUARD' check || echo never mind"
    doctor 1
    expect_output '^error: pre-commit runs tmpguard and passes although that fails: '
    expect_output '^  advice: let the hook end with the exit code of tmpguard$'
    hook .git/hooks/pre-commit "'$TMPGUARD' check"
    well
    doctor 0 --verbose
    expect_output '^ok: .*/pre-commit: it is of somebody else, and runs tmpguard$'
    doctor 0 --no-canary
    expect_output '^warning: .*/pre-commit: it is of somebody else, which is told to run tmpguard; whether it does was not tried$'
    printf '%s\n' "'$TMPGUARD' check" >.git/hooks/pre-commit
    well
    rm .git/hooks/pre-commit
    hook .git/hooks/pre-commit '# lefthook' 'call_lefthook() { :; }' 'call_lefthook run "$0"'
    doctor 1
    expect_output '^error: .*/pre-commit: it is of lefthook, and does not run tmpguard$'
    expect_output '^  advice: add to lefthook\.yml '
    refuse_output '^  repair: .*lefthook'
    ok "a hook of somebody else, or of a manager, is asked whether it runs tmpguard"

    hook .git/hooks/pre-commit '# File generated by pre-commit: https://pre-commit.com' '"$0.legacy"'
    ill hook.owner '.*/pre-commit: it is of pre-commit, and does not run tmpguard$'
    [ -e .git/hooks/pre-commit.legacy ] || failed "it is not kept as the manager keeps it"
    rm .git/hooks/pre-commit.legacy
    ok "a manager that runs what stood in its place needs no more than to install again"

    rm .git/hooks/pre-commit
    hook .git/hooks/pre-commit 'touch ran' '[ "$1" = "" ] || exit 1'
    expect_exit 0 "$TMPGUARD" install
    well
    [ ! -e ran ] || failed "the hook that was kept ran"
    expect_exit 0 git commit -q --allow-empty -m x
    expect_exit 0 test -e ran
    rm ran
    ok "a hook that was kept does not run for the canary, and does for a commit"
fi

if modern_git; then
    git config hook.tmpguard.enabled false
    ill config-hook.enabled 'hook\.tmpguard\.enabled turns tmpguard.s hook off \(local settings, .*/patient/\.git/config\)$'
    git config --global hook.tmpguard.enabled off
    ill config-hook.enabled 'hook\.tmpguard\.enabled turns tmpguard.s hook off \(global settings, .*/\.gitconfig\)$'
    for event in pre-commit pre-merge-commit pre-push; do
        git config --unset hook.tmpguard.event "$event"
        ill config-hook.event "hook\.tmpguard\.event does not name $event \(local settings, .*/patient/\.git/config\)$"
    done
    git config hook.tmpguard.command "$TMPGUARD check"
    ill config-hook.command 'hook\.tmpguard\.command is not what this version writes \(local settings, '
    git config --unset hook.tmpguard.command
    doctor 1
    expect_output '^error: hook\.tmpguard has events and no command \(local settings, '
    sed -n '/^error: hook.tmpguard has events/{n;s/^  repair: //p;q}' "$out" >"$scratch/repairs"
    (PATH=$scratch/bin:$PATH && . "$scratch/repairs") >"$out" 2>"$err" || failed "the repair fails"
    well
    ok "a hook in git's settings that is off, or lacks an event or its command"

    mkdir "$scratch/old program"
    cp "$TMPGUARD" "$scratch/old program/tmpguard"
    "$scratch/old program/tmpguard" install >"$out" 2>"$err" || failed "install"
    rm "$scratch/old program/tmpguard"
    ill program.present 'the program that the hooks run is gone: .*/old program/tmpguard$'
    ok "its program is gone"

    git config core.hooksPath /nowhere
    well
    git config --unset core.hooksPath
    expect_exit 0 "$TMPGUARD" uninstall
    expect_exit 0 "$TMPGUARD" install --global
    well
    git config --global hook.tmpguard.command false
    ill config-hook.command 'hook\.tmpguard\.command is not what this version writes \(global settings, .*/\.gitconfig\)$'
    expect_exit 0 "$TMPGUARD" uninstall --global
    expect_exit 0 "$TMPGUARD" install
    ok "a core.hooksPath does not hide it, and it may be one for all repositories"

    if [ -n "${old_git:-}" ]; then
        git_here=$old_git
        ill config-hook.git 'this git, [0-9.]+, does not run hooks from its settings, where tmpguard is installed: '
        expect_exit 0 "$TMPGUARD" doctor
        ok "an older git beside it is named, and both are well after the repair"
        git_here=$(command -v git)
    fi
else
    old_git=$git_here
    export old_git
fi

if [ "$(id -u)" -eq 0 ]; then
    repository foreign
    secure a.py
    commit a
    expect_exit 0 "$TMPGUARD" install
    given_away .
    doctor 1
    expect_output '^error: git refuses the repository: .*dubious ownership'
    sed -n 's/^  repair: //p' "$out" | head -n 1 >"$scratch/repairs"
    expect_exit 0 sh "$scratch/repairs"
    well
    git config --global --unset-all safe.directory
    ok "a repository of somebody else that git refuses"

    repository mounted
    secure a.py
    commit a
    expect_exit 0 "$TMPGUARD" install
    if modern_git; then
        : # it is in git's settings, not in a file
    elif unshare -m true 2>/dev/null &&
        unshare -m sh -c "mount --bind .git/hooks .git/hooks && mount -o remount,bind,noexec .git/hooks" 2>/dev/null; then
        # shellcheck disable=SC2317 # called by way of expect_exit
        on_noexec() {
            unshare -m sh -c 'mount --bind .git/hooks .git/hooks && mount -o remount,bind,noexec .git/hooks &&
                "$0" doctor --git "$1"' "$TMPGUARD" "$git_here"
        }
        expect_exit 1 on_noexec
        expect_output '^error: .*/\.git/hooks: no program can run on this file system \(noexec\)$'
        expect_output '^  repair: sudo mount -o remount,exec .*/mounted/\.git/hooks$'
        ok "hooks on a file system without programs"
    else
        echo "not run: hooks on a file system without programs, since none can be mounted here"
    fi
fi

repository kinds
secure a.py
commit a
expect_exit 0 "$TMPGUARD" install
git update-index --split-index
git config core.splitIndex true
git config index.sparse true
git clone -q --depth 1 "file://$PWD" ../shallow
doctor 0 --verbose
expect_output '^ok: note: the index is split'
expect_output '^ok: note: the index is sparse'
doctor 0
refuse_output note
cd ../shallow || exit 1
expect_exit 0 "$TMPGUARD" install
doctor 0 --verbose
expect_output '^ok: note: a shallow clone'
ok "what makes a check slower is noted"

cd ../kinds || exit 1
mkdir sub
(
    cd sub && export GIT_DIR=../.git GIT_WORK_TREE=..
    doctor 0
    expect_output '^warning: GIT_DIR is set in this shell'
) || exit 1
git worktree add -q ../gone 2>/dev/null
rm -r ../gone
doctor 0 --verbose
expect_output '^ok: note: the folder of this worktree is not there: .*/gone'
expect_output ': 1 worktree, 1 git$'
ok "variables of the shell, and a worktree that is not there"

git init -q --bare "$scratch/served.git"
cd "$scratch/served.git" || exit 1
doctor 1
expect_output '^error: there is no hook pre-receive in .*/served\.git/hooks$'
expect_output "^  repair: ($TMPGUARD|tmpguard) install --server .*/served\.git\$"
PATH=$scratch/bin:$PATH expect_exit 1 "$TMPGUARD" -C / -C "$PWD" doctor --git "$git_here"
expect_output '^  repair: tmpguard install --server .*/served\.git$'
expect_exit 0 "$TMPGUARD" install --server .
well
if ! modern_git; then
    chmod -x hooks/pre-receive
    ill hook.executable '.*/served\.git/hooks/pre-receive: it is not executable, so git ignores it$'
    rm hooks/pre-receive
    ill hook.present 'there is no hook pre-receive in .*/served\.git/hooks$'
fi
expect_exit 0 "$TMPGUARD" uninstall --server .
mkdir custom_hooks
expect_exit 0 "$TMPGUARD" install --server .
well
chmod -x custom_hooks/pre-receive.d/50-tmpguard
ill hook.executable '.*/custom_hooks/pre-receive\.d/50-tmpguard: it is not executable, so git ignores it$'
expect_exit 0 "$TMPGUARD" status
expect_output 'checks what is pushed here, from '
expect_exit 0 "$TMPGUARD" uninstall --server .
expect_exit 1 "$TMPGUARD" status
expect_output 'is not installed here'
rmdir custom_hooks
expect_exit 0 "$TMPGUARD" install --server .
expect_exit 0 "$TMPGUARD" status
expect_exit 0 "$TMPGUARD" uninstall --server .
cd "$scratch/kinds" && git clone -q --bare . "$scratch/with-trees.git" && cd "$scratch/with-trees.git" || exit 1
git worktree add -q ../tree 2>/dev/null
expect_exit 0 "$TMPGUARD" -C ../tree install
expect_exit 0 "$TMPGUARD" status
expect_output 'checks commits, merges and pushes here, from '
well
ok "a bare repository: the hook for what is pushed to it, and where GitLab looks"

repository managed
secure a.py
commit a
mkdir -p .husky/_
for event in pre-commit pre-merge-commit pre-push; do
    hook .husky/_/$event '. "${0%/*}/h"'
done
printf 'sh -e ".husky/${0##*/}" "$@"\n' >.husky/_/h
git config core.hooksPath .husky/_
if ! modern_git; then
    doctor 1
    expect_output '^error: .*/\.husky/_/pre-commit: it is of husky, and does not run tmpguard$'
    expect_output '^  advice: add the line '
    PATH=$scratch/bin:$PATH
    ill hook.owner '.*/\.husky/_/pre-commit: it is of husky, and does not run tmpguard$'
    expect_exit 0 grep -qx 'tmpguard check --record' .husky/pre-merge-commit
    doctor 0 --verbose
    expect_output '^ok: .*/\.husky/_/pre-commit: it is of husky, and runs tmpguard$'
    doctor 0 --no-canary
    expect_output '^warning: .*/\.husky/_/pre-commit: it is of husky, which is told to run tmpguard; whether it does was not'
    expect_exit 0 "$TMPGUARD" status
    ok "a manager that is told to run tmpguard is asked whether it does"
fi

again_with_new_git
