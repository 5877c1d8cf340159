#!/bin/sh
# tmpguard install --system: for everybody on a machine.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

# A program that is installed, for everybody, and the settings of a machine.
chmod 755 "$scratch"
mkdir -p "$scratch/usr/bin" "$scratch/etc"
cp "$TMPGUARD" "$scratch/usr/bin/tmpguard"
program=$scratch/usr/bin/tmpguard
unset GIT_CONFIG_NOSYSTEM
GIT_CONFIG_SYSTEM=$scratch/etc/gitconfig
also_snapshot="$scratch/usr $scratch/etc"
export GIT_CONFIG_SYSTEM

# A person with a home of their own, whom permissions bind.
mkdir "$scratch/people" && given_away "$scratch/people"
person() {
    somebody env HOME="$scratch/people" "$@"
}

umask 077
repository before
own_hooks .git/hooks
snapshot was
expect_exit 0 "$program" install --system
expect_output '^tmpguard [0-9.]+ now checks .* of all repositories of this machine$'
snapshot installed
expect_exit 0 "$program" install --system
expect_output '^already installed'
snapshot again
expect_same installed again
expect_both
expect_exit 0 "$program" install
expect_exit 0 "$program" uninstall
ok "--system covers every repository and runs its own hooks"

umask 022
person git init -q "$scratch/people/theirs"
cd "$scratch/people/theirs" || exit 1
printf 'import tempfile\ntempfile.mktemp()\n' | person tee bad.py >/dev/null
person git add bad.py
expect_exit 1 person git commit -q -m bad
expect_error '^bad\.py:2:1: error:'
ok "it covers other users, whatever the umask was"

cd "$scratch/before" || exit 1
rm .git/index fine.py bad.py .git/COMMIT_EDITMSG
expect_exit 0 "$program" uninstall --system
snapshot now
expect_same was now
expect_exit 0 "$program" uninstall --system
expect_output '^nothing is installed$'
ok "it leaves no trace, not even an empty file"

printf '[user]\n\tname = Everybody' >"$scratch/etc/gitconfig"
snapshot was
expect_exit 0 "$program" install --system
expect_exit 0 "$program" uninstall --system
snapshot now
expect_same was now
ok "settings of the machine are restored byte for byte"

if ! modern_git; then
    mkdir "$scratch/corporate"
    hook "$scratch/corporate/pre-commit" 'echo corporate >&2'
    chmod 755 "$scratch/corporate"
    git config --system core.hooksPath "$scratch/corporate"
    snapshot was
    expect_exit 0 "$program" install --system
    insecure bad.py
    git add bad.py
    expect_exit 1 git commit -q -m 'bad word'
    expect_error '^corporate$'
    expect_error '^bad\.py:2:8: error:'
    rm .git/index bad.py
    expect_exit 0 "$program" uninstall --system
    snapshot now
    expect_same was now
    git config --system --unset core.hooksPath
    ok "a core.hooksPath of the machine keeps its hooks"
fi

snapshot was
chmod 700 "$scratch/usr/bin"
expect_exit 2 "$program" install --system
expect_error "^tmpguard: not every user may use $scratch/usr/bin, "
chmod 777 "$scratch/usr/bin"
expect_exit 2 "$program" install --system
expect_error "^tmpguard: other users may change $scratch/usr/bin, "
chmod 755 "$scratch/usr/bin"
expect_exit 2 "$program" install --system --global
expect_error 'do not go together$'
cp "$program" "$scratch/people/tmpguard"
expect_exit 2 "$scratch/people/tmpguard" install --system
expect_error '^tmpguard: --system is for a program that is installed, as PREFIX/bin/tmpguard$'
snapshot now
expect_same was now
ok "a program that not everybody can run, or that others can change, is not installed for all"

if [ "$(id -u)" -eq 0 ]; then
    given_away "$scratch/people"
    expect_exit 3 person "$program" install --system
    expect_exit 1 test -e "$scratch/usr/lib"
    ok "a user without rights is refused, and nothing is left behind"
fi

again_with_new_git
