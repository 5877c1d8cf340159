#!/bin/sh
# install.sh, with the program that is built already; what a build would do is asked with --dry-run.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; a script in single quotes
script=$(cd "$(dirname "$0")/../.." && pwd)/install.sh
units=$(cd "$(dirname "$0")/../../cmd/systemd" && pwd)
. "$(dirname "$0")/lib.sh"

# Everything that it may leave behind is below here.
TMPDIR=$scratch/tmp
export TMPDIR
mkdir "$TMPDIR"
snapshot() {
    find "$HOME" "$scratch/repo" "$scratch/prefix" "$TMPDIR" 2>/dev/null | sort >"$scratch/$1"
}

expect_exit 0 "$script" --help
expect_output '^Usage: \./install\.sh \[OPTION…\] \[REPOSITORY\]$'
expect_exit 2 "$script" --frobnicate
expect_error "there is no option --frobnicate; see './install\.sh --help'$"
expect_exit 2 "$script" --prefix
expect_exit 2 "$script" one two
expect_exit 1 "$script" --program "$TMPGUARD" --prefix "$scratch/prefix" "$scratch"
expect_error "^install\.sh: $scratch is no git repository"
expect_exit 1 test -e "$scratch/prefix"
ok "what makes no sense is refused before the work begins"

expect_exit 0 "$script" --program "$TMPGUARD" --prefix "$scratch/prefix" --best-effort "$scratch/none"
expect_error "^warning: $scratch/none is no git repository"
expect_exit 0 "$scratch/prefix/bin/tmpguard" version
rm -r "$scratch/prefix"
ok "with --best-effort a repository that is none is a warning"

repository repo
insecure old.py
commit old
cd "$scratch" || exit 1
snapshot before
expect_exit 0 env TMPGUARD_TREE_SITTER_DIR=/some/tree TMPGUARD_TREE_SITTER_PYTHON_DIR=/some/python \
    "$script" --dry-run --no-packages --prefix "$scratch/prefix" repo
expect_output '^would run: cmake --preset release .* -DTMPGUARD_TREE_SITTER_DIR=/some/tree -DTMPGUARD_TREE_SITTER_PYTHON_DIR=/some/python$'
expect_output "^would run: $scratch/prefix/bin/tmpguard -C $scratch/repo install$"
snapshot after
expect_exit 0 cmp before after
ok "--dry-run says what would be done, and does nothing"

expect_exit 0 "$script" --program "$TMPGUARD" --prefix prefix repo
expect_output "^installed $scratch/prefix/bin/tmpguard$"
expect_output '^old\.py:2:8: error:'
expect_output '^These calls were there before, so they block nothing; new ones do\.$'
expect_output "export PATH=\"$scratch/prefix/bin:\\\$PATH\"\$"
cd repo || exit 1
insecure new.py
git add new.py
expect_exit 1 git commit -q -m new
expect_error '^new\.py:2:8: error:'
git rm -q -f new.py
expect_exit 0 cmp "$TMPGUARD-hook" ../prefix/bin/tmpguard-hook
expect_exit 0 test -z "$(ls "$TMPDIR")"
ok "one command installs, shows what is there, and stops what is new"

cd "$scratch" || exit 1
snapshot before
expect_exit 0 env PATH="$scratch/prefix/bin:$PATH" "$script" --program "$TMPGUARD" --prefix "$scratch/prefix" repo
refuse_output '^installed|PATH'
expect_output '^already installed'
snapshot after
expect_exit 0 cmp before after
ok "doing it again changes nothing"

expect_exit 0 "$script" --uninstall --dry-run --prefix "$scratch/prefix" repo
snapshot after
expect_exit 0 cmp before after
expect_exit 0 "$script" --uninstall --prefix "$scratch/prefix" repo
expect_output "^deleted $scratch/prefix/bin/tmpguard and what belongs to it below $scratch/prefix\$"
expect_exit 1 test -e "$scratch/prefix"
expect_exit 1 test -e repo/.git/tmpguard
git -C repo rev-parse -q --verify HEAD >/dev/null
cd repo || exit 1
insecure new.py
git add new.py
expect_exit 0 git commit -q -m new
ok "--uninstall takes the hooks and the program out"

(
    unset TMPGUARD_NO_DAEMON
    expect_exit 0 "$script" --program "$TMPGUARD" --prefix "$scratch/prefix"
    expect_exit 0 "$scratch/prefix/bin/tmpguard" daemon start
    expect_exit 0 "$scratch/prefix/bin/tmpguard" daemon status --format json
    process=$(sed 's/.*"pid": \([0-9]*\).*/\1/' "$out")
    expect_exit 0 kill -0 "$process"
    expect_exit 0 "$script" --uninstall --prefix "$scratch/prefix"
    expect_output "left in $HOME/.cache/tmpguard and $HOME/.local/state/tmpguard: delete that\.$"
    expect_exit 0 grep -q " $process ends: told to stop$" "$HOME/.local/state/tmpguard/daemon.log"
) || exit 1
ok "--uninstall ends the daemon, and says what is left"

cd "$scratch" || exit 1
HOME=$scratch/home PATH=$PATH expect_exit 0 "$script" --program "$TMPGUARD" --prefix "$scratch/prefix" --global
cd repo || exit 1
insecure more.py
git add more.py
expect_exit 1 git commit -q -m more
cd "$scratch" || exit 1
expect_exit 0 "$script" --uninstall --prefix "$scratch/prefix" --global
expect_exit 1 git config --global --get-regexp '^(core.hookspath|hook)'
ok "--global is for every repository"

# ---- for teams ----------------------------------------------------------------

# As cpack -G TGZ makes it, and a real one where this is a build folder.
made=made/tmpguard-0.1.0-Linux/usr
mkdir -p $made/bin $made/share/doc/tmpguard $made/share/systemd/user
cp "$TMPGUARD" "$TMPGUARD-hook" $made/bin
echo licence >$made/share/doc/tmpguard/copyright
cp "$units/tmpguard.socket" $made/share/systemd/user
sed 's|@.*@|/usr/bin|' "$units/tmpguard.service.in" >$made/share/systemd/user/tmpguard.service
tar -czf made.tar.gz -C made tmpguard-0.1.0-Linux
sum=$(sha256sum <made.tar.gz | sed 's/ .*//')
for archive in made.tar.gz cpack; do
    if [ $archive = cpack ]; then
        if ! [ -f "${TMPGUARD%/*}/CPackConfig.cmake" ] || ! command -v cpack >/dev/null; then
            echo "not run: with an archive of cpack, which is not here"
            continue
        fi
        expect_exit 0 env -C "${TMPGUARD%/*}" cpack -G TGZ -B "$scratch/packed"
        archive=$(echo packed/tmpguard-*.tar.gz)
        sum=$(sha256sum <"$archive" | tr a-f A-F | sed 's/ .*//')
    fi
    expect_exit 0 "$script" --archive "$archive" --sha256 "$sum" --prefix "$scratch/prefix" --repo repo
    expect_output "^installed $scratch/prefix/bin/tmpguard$"
    refuse_output '^old\.py'
    expect_exit 0 test -s prefix/share/doc/tmpguard/copyright
    expect_exit 0 test -x prefix/bin/tmpguard-hook
    expect_exit 0 grep -qx "ExecStart=$scratch/prefix/bin/tmpguard daemon run" prefix/share/systemd/user/tmpguard.service
    expect_exit 0 cmp "$units/tmpguard.socket" prefix/share/systemd/user/tmpguard.socket
    expect_exit 0 "$scratch/prefix/bin/tmpguard" -C repo status
    expect_exit 0 test -z "$(ls "$TMPDIR")"
    expect_exit 0 "$script" --uninstall --prefix "$scratch/prefix" --repo=repo
    expect_exit 1 test -e prefix
    mkdir -p own/share/man
    find own | sort >own.before
    expect_exit 0 "$script" --archive "$archive" --sha256 "$sum" --prefix "$scratch/own"
    expect_exit 0 "$script" --archive "$archive" --sha256 "$sum" --prefix "$scratch/own"
    expect_exit 0 "$script" --uninstall --prefix "$scratch/own"
    find own | sort >own.after
    expect_exit 0 cmp own.before own.after
done
expect_exit 1 env PATH=/usr/bin:/bin "$script" --uninstall --prefix "$scratch/none" repo
expect_error "^install\.sh: there is neither $scratch/none/bin/tmpguard nor a tmpguard in PATH to take the hooks out: "
ok "an archive with the right checksum is installed"

sum=$(sha256sum <made.tar.gz | sed 's/ .*//')
snapshot before
expect_exit 1 "$script" --archive made.tar.gz --sha256 "$(echo "$sum" | tr 0-9 1-90)" --prefix "$scratch/prefix"
expect_error "^install\.sh: $scratch/made\.tar\.gz has the SHA-256 checksum $sum, not .*: nothing was installed$"
expect_exit 2 "$script" --archive made.tar.gz --prefix "$scratch/prefix"
expect_error '^install\.sh: --archive needs --sha256 SUM'
expect_exit 2 "$script" --archive made.tar.gz --sha256 1234 --prefix "$scratch/prefix"
expect_exit 2 "$script" --archive made.tar.gz --sha256 "g${sum#?}" --prefix "$scratch/prefix"
expect_exit 2 "$script" --sha256 "$sum" --prefix "$scratch/prefix"
expect_exit 1 "$script" --archive none.tar.gz --sha256 "$sum" --prefix "$scratch/prefix"
expect_error 'cannot be read$'
echo no archive >text
expect_exit 1 "$script" --archive text --sha256 "$(sha256sum <text | sed 's/ .*//')" --prefix "$scratch/prefix"
expect_error 'cannot be unpacked'
tar -czf empty.tar.gz text
expect_exit 1 "$script" --archive empty.tar.gz --sha256 "$(sha256sum <empty.tar.gz | sed 's/ .*//')" --prefix "$scratch/prefix"
expect_error 'holds no bin/tmpguard$'
rm text empty.tar.gz
snapshot after
expect_exit 0 cmp before after
ok "an archive with another checksum, or with none, is not touched"

expect_exit 0 "$script" --program "$TMPGUARD" --prefix "$scratch/prefix"
printf '#!/bin/sh\nexit 127\n' >broken && chmod +x broken
snapshot before
expect_exit 1 "$script" --program broken --prefix "$scratch/prefix"
expect_error "^install\.sh: $scratch/broken does not run on this machine, so it was not installed as $scratch/prefix/bin/tmpguard\$"
snapshot after
expect_exit 0 cmp before after
expect_exit 0 prefix/bin/tmpguard version
expect_exit 1 "$script" --program broken --prefix "$scratch/new/prefix"
expect_exit 1 test -e new
rm broken
ok "a program that does not run here takes no other one's place"

mkdir plain
snapshot before
expect_exit 0 "$script" --repo plain --best-effort --prefix "$scratch/prefix"
expect_error "^warning: $scratch/plain is no git repository, so no hooks are put there$"
expect_exit 0 test "$(cat "$out" "$err" | wc -l)" -eq 1
expect_exit 0 "$script" --repo "$scratch/none" --best-effort --prefix "$scratch/prefix"
expect_exit 0 test "$(cat "$out" "$err" | wc -l)" -eq 1
expect_exit 1 "$script" --repo plain --prefix "$scratch/prefix"
snapshot after
expect_exit 0 cmp before after
expect_exit 0 "$script" --program "$TMPGUARD" --prefix "$scratch/prefix" --repo repo --best-effort
expect_exit 0 prefix/bin/tmpguard -C repo status
ok "a bootstrap script gets one warning and exit code 0 where there is no repository"

git init -q --bare server.git
expect_exit 0 "$script" --dry-run --archive made.tar.gz --sha256 "$sum" --prefix "$scratch/new" --server server.git --repo repo --global
expect_output "^would check that $scratch/made\.tar\.gz has the SHA-256 checksum $sum, and unpack it$"
expect_output "^would install $scratch/new/bin/tmpguard$"
expect_output "^would run: $scratch/new/bin/tmpguard install --global$"
expect_output "^would run: $scratch/new/bin/tmpguard install --server $scratch/server\.git$"
expect_output "^would run: $scratch/new/bin/tmpguard -C $scratch/repo install$"
expect_exit 1 test -e new
ok "--dry-run tells of all of it"

expect_exit 0 "$script" --program "$TMPGUARD" --prefix "$scratch/prefix" --server server.git
cd repo || exit 1
insecure pushed.py
git add pushed.py
git commit -q --no-verify -m pushed
expect_exit 1 git push -q --no-verify "$scratch/server.git" HEAD:main
expect_error 'pushed\.py:2:8: error:'
git reset -q --hard HEAD~1
cd "$scratch" || exit 1
expect_exit 0 "$script" --uninstall --prefix "$scratch/prefix" --server server.git --repo repo
expect_exit 1 grep -rl tmpguard-shim server.git/hooks
printf '#!/bin/sh\ncase $1 in install) exit 9 ;; esac\n' >older && chmod +x older
expect_exit 1 "$script" --program older --prefix "$scratch/old" --server server.git
expect_error 'knows no install --server: it is an older version$'
rm -r older old
ok "--server hands over to the program, if it can do it"

(
    unset GIT_CONFIG_NOSYSTEM
    GIT_CONFIG_SYSTEM=$scratch/machine
    export GIT_CONFIG_SYSTEM
    chmod 755 "$scratch"
    expect_exit 0 "$script" --program "$TMPGUARD" --prefix "$scratch/prefix" --system
    expect_exit 0 git config --system --list
    expect_output tmpguard
    expect_exit 0 "$script" --uninstall --prefix "$scratch/prefix" --system
    expect_exit 1 test -e machine
    expect_exit 2 "$script" --program "$TMPGUARD" --prefix "$scratch/prefix" --system --global
) || exit 1
ok "--system is for all users"

# A user without rights on a machine with nothing.
mkdir tools
for tool in sh cat dirname grep mktemp rm env git tail; do ln -s "$(command -v $tool)" tools/$tool; done
printf '#!/bin/sh\necho 1000\n' >tools/id
printf '#!/bin/sh\nexit 1\n' >tools/dpkg-query
printf '#!/bin/sh\necho called >&2\nexit 1\n' >tools/apt-get
chmod +x tools/id tools/dpkg-query tools/apt-get
expect_exit 1 env PATH="$scratch/tools" "$script" --prefix "$scratch/prefix"
expect_error '^install\.sh: packages are missing\. Run as root: apt-get install --no-install-recommends gcc .*libgit2-dev.* npm$'
printf '#!/bin/sh\necho 0\n' >tools/id
expect_exit 1 env PATH="$scratch/tools" "$script" --prefix "$scratch/prefix" --no-packages
expect_error '^install\.sh: packages are missing'
expect_exit 1 env PATH="$scratch/tools" "$script" --prefix "$scratch/prefix"
expect_error '^install\.sh: the packages could not be installed'
ok "without rights it says which packages to install"
