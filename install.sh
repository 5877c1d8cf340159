#!/bin/sh
# install.sh: builds tmpguard, installs it, and puts its hooks into a repository.
# `./install.sh --help` says how; README.md says the rest.
set -eu

usage() {
    cat <<END
Usage: ./install.sh [OPTION…] [REPOSITORY]

Builds tmpguard, installs it below a prefix, puts its hooks into REPOSITORY,
and shows what is in there already. Without REPOSITORY and an option that says
where to put hooks, only the program is installed. Doing it again updates.
It never asks anything.

What is installed
  --archive FILE   install from this archive (cpack -G TGZ), or from the one at
                   this https address, instead of building; needs --sha256
  --sha256 SUM     the checksum that the archive must have
  --program FILE   install this program instead of building one
  --prefix DIR     install below DIR (default: ~/.local, for root /usr/local)
  --no-packages    never install packages, only say which ones are missing

Where hooks are put
  --repo DIR       the same as REPOSITORY, for scripts: nothing is scanned
  --best-effort    a REPOSITORY that is none is a warning, not an error; with
                   --repo nothing else is done then
  --global         all repositories of this user
  --system         all repositories of all users of this machine
  --server DIR     a bare repository on a server: what is pushed to it

  --uninstall      take the hooks and the program out again
  --dry-run        say what would be done, and do nothing
  --help           print this

With TMPGUARD_TREE_SITTER_DIR and TMPGUARD_TREE_SITTER_PYTHON_DIR, folders
with those sources, npm is not needed for a build.
END
}

say() { printf '%s\n' "$*"; }
fail() {
    printf 'install.sh: %s\n' "$*" >&2
    exit 1
}
misused() {
    printf "install.sh: %s; see './install.sh --help'\n" "$*" >&2
    exit 2
}

# Run a command that changes something, or say it.
run() {
    if [ "$dry" = yes ]; then
        say "would run: $*"
    else
        "$@"
    fi
}

# ---- what is asked for ------------------------------------------------------

dry=no packages=yes best_effort=no uninstall=no scan=yes reach=
prefix='' program='' archive='' sum='' repository='' server=''
while [ $# -gt 0 ]; do
    option=$1
    case $1 in
    --prefix | --program | --archive | --sha256 | --repo | --server)
        [ -n "${2:-}" ] || misused "option $1 needs a value"
        value=$2
        shift
        ;;
    --prefix=?* | --program=?* | --archive=?* | --sha256=?* | --repo=?* | --server=?*)
        option=${1%%=*} value=${1#*=}
        ;;
    esac
    case $option in
    --prefix) prefix=$value ;;
    --program) program=$value ;;
    --archive) archive=$value ;;
    --sha256) sum=$value ;;
    --server) server=$value ;;
    --repo)
        [ -z "$repository" ] || misused "more than one repository"
        repository=$value scan=no
        ;;
    --global | --system)
        [ -z "$reach" ] || [ "$reach" = "$option" ] || misused "--global and --system do not go together"
        reach=$option
        ;;
    --no-packages) packages=no ;;
    --best-effort) best_effort=yes ;;
    --uninstall) uninstall=yes ;;
    --dry-run) dry=yes ;;
    --help | -h)
        usage
        exit 0
        ;;
    -*) misused "there is no option $1" ;;
    *)
        [ -z "$repository" ] || misused "more than one repository"
        [ -n "$1" ] || misused "the repository has no name"
        repository=$1
        ;;
    esac
    shift
done
if [ -n "$archive" ]; then
    [ -z "$program" ] || misused "--archive and --program do not go together"
    [ -n "$sum" ] || misused "--archive needs --sha256 SUM, the checksum that it must have"
    case $sum in *[!0-9A-Fa-f]*) misused "--sha256 takes 64 hexadecimal digits" ;; esac
    [ ${#sum} -eq 64 ] || misused "--sha256 takes 64 hexadecimal digits"
elif [ -n "$sum" ]; then
    misused "--sha256 is for --archive"
fi

absolute() {
    case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$PWD/$1" ;;
    esac
}

if [ -z "$prefix" ]; then
    if [ "$(id -u)" -eq 0 ]; then
        prefix=/usr/local
    else
        prefix=${HOME:?is not set: use --prefix}/.local
    fi
fi
prefix=$(absolute "$prefix")
[ -z "$program" ] || program=$(absolute "$program")
[ -z "$server" ] || server=$(absolute "$server")
case $archive in '' | https://*) ;; *) archive=$(absolute "$archive") ;; esac
[ -z "$repository" ] || repository=$(absolute "$repository")
source=$(cd "$(dirname "$0")" && pwd)
build=$source/build/install
installed=$prefix/bin/tmpguard

# A repository that is none is known before the work begins.
if [ -n "$repository" ] && ! { cd "$repository" 2>/dev/null && command -v git >/dev/null &&
    git rev-parse --git-dir >/dev/null 2>&1; }; then
    if [ -d "$repository" ] && ! command -v git >/dev/null && [ $best_effort$scan != yesno ]; then
        : # git comes with the packages; tmpguard looks again
    elif [ $best_effort = yes ]; then
        say "warning: $repository is no git repository, so no hooks are put there" >&2
        [ $scan = yes ] || exit 0
        repository=
    else
        fail "$repository is no git repository (git rev-parse --git-dir fails there)"
    fi
fi
cd "$source"
exec </dev/null # nothing that runs from here on can ask

# ---- the parts --------------------------------------------------------------

# PACKAGE:COMMAND, or PACKAGE: where there is no command to look for.
missing_packages() {
    set -- gcc:gcc libc6-dev: cmake:cmake ninja-build:ninja pkg-config:pkg-config git:git \
        libgit2-dev: libsqlite3-dev: libdeflate-dev: libjson-c-dev:
    if [ -z "${TMPGUARD_TREE_SITTER_DIR:-}" ] || [ -z "${TMPGUARD_TREE_SITTER_PYTHON_DIR:-}" ]; then
        set -- "$@" npm:npm
    fi
    for need; do
        command=${need#*:}
        if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
        dpkg-query -W -f '${db:Status-Status}\n' "${need%%:*}" 2>/dev/null | grep -qx installed ||
            printf ' %s' "${need%%:*}"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

get_packages() {
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    install="apt-get install --no-install-recommends$missing"
    if ! command -v apt-get >/dev/null; then
        say "perhaps missing (Debian's names):$missing" >&2
        return 0
    fi
    if [ $dry = yes ]; then
        say "would run: $install"
        return 0
    fi
    if [ $packages = no ] || { [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; }; then
        fail "packages are missing. Run as root: $install"
    fi
    say "installing packages:$missing"
    as_root apt-get -qq update >"$log" 2>&1 || say "warning: apt-get update failed; going on with what is known" >&2
    # shellcheck disable=SC2086 # a list of words
    as_root apt-get -qq -y --no-install-recommends install $missing >>"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        fail "the packages could not be installed; the end of what apt-get says is above. Run as root: $install"
    }
}

configure_and_build() {
    set -- --preset release -B "$build" -G Ninja
    if [ -n "${TMPGUARD_TREE_SITTER_DIR:-}" ]; then
        set -- "$@" "-DTMPGUARD_TREE_SITTER_DIR=$TMPGUARD_TREE_SITTER_DIR"
    fi
    if [ -n "${TMPGUARD_TREE_SITTER_PYTHON_DIR:-}" ]; then
        set -- "$@" "-DTMPGUARD_TREE_SITTER_PYTHON_DIR=$TMPGUARD_TREE_SITTER_PYTHON_DIR"
    fi
    run cmake "$@" && run cmake --build "$build"
}

build_program() {
    if [ $dry = yes ]; then
        configure_and_build
        return
    fi
    say "building in $build"
    configure_and_build >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        cp "$log" "$build/log" 2>/dev/null || :
        fail "the build failed; its end is above, all of it in $build/log"
    }
    cmake --install "$build" --strip --prefix "$stage" >>"$log" 2>&1 || fail "$(tail -n 5 "$log")"
}

digest() {
    if command -v sha256sum >/dev/null; then
        sha256sum <"$1"
    elif command -v shasum >/dev/null; then
        shasum -a 256 <"$1"
    else
        openssl dgst -sha256 -r <"$1"
    fi | sed 's/[^0-9a-f].*//'
}

# The archive, with the checksum that it must have, is unpacked into the stage; nothing of another one is looked at.
unpack_archive() {
    if [ $dry = yes ]; then
        say "would check that $archive has the SHA-256 checksum $sum, and unpack it"
        return
    fi
    case $archive in
    https://*)
        if command -v curl >/dev/null; then
            curl -fsSL --proto =https --proto-redir =https -o "$work/archive" "$archive" ||
                fail "$archive could not be fetched"
        else
            wget -q --https-only -O "$work/archive" "$archive" || fail "$archive could not be fetched"
        fi
        ;;
    *) cp "$archive" "$work/archive" || fail "$archive cannot be read" ;;
    esac
    found=$(digest "$work/archive")
    [ "$found" = "$(say "$sum" | tr A-F a-f)" ] ||
        fail "$archive has the SHA-256 checksum ${found:-(none)}, not $sum: nothing was installed"
    mkdir "$work/unpacked"
    tar -xzf "$work/archive" -C "$work/unpacked" >"$log" 2>&1 || fail "$archive cannot be unpacked: $(tail -n 1 "$log")"
    for folder in "$work/unpacked" "$work/unpacked"/* "$work/unpacked"/*/usr; do
        if [ -f "$folder/bin/tmpguard" ]; then
            mv "$folder" "$stage"
            return
        fi
    done
    fail "$archive holds no bin/tmpguard"
}

# The folder and those above it; those that were not there are noted, so that they can go again.
make_folder() {
    if [ -d "$1" ]; then return; fi
    make_folder "$(dirname "$1")"
    mkdir "$1"
    say "$1" >>"$work/folders"
}

# Folders named on standard input, inner ones first; one that holds something else stays.
delete_folders() {
    sort -r | while read -r folder; do
        if [ -d "$folder" ]; then rmdir "$folder" 2>/dev/null || :; fi
    done
}

# A program that does not run here takes no other one's place.
try_program() {
    "$1" version >"$log" 2>&1 && return
    rm -f "$1"
    if [ -e "$work/folders" ]; then delete_folders <"$work/folders"; fi
    tail -n 3 "$log" >&2
    fail "${program:-${archive:-what was built in $build}} does not run on this machine, so it was not installed as $installed"
}

# Put the staged file FILE below the prefix, by one rename, so that a hook that runs just now is not disturbed.
put_file() {
    target=$prefix/$1
    if cmp -s "$stage/$1" "$target"; then return; fi
    make_folder "$(dirname "$target")"
    new=$(mktemp "$target.XXXXXX")
    cp "$stage/$1" "$new"
    if [ -x "$stage/$1" ]; then chmod 755 "$new"; else chmod 644 "$new"; fi
    if [ "$1" = bin/tmpguard ]; then try_program "$new"; fi
    mv -f "$new" "$target"
    [ "$1" != bin/tmpguard ] || say "installed $target"
}

noted=$prefix/share/doc/tmpguard/folders # that were made, so that --uninstall can delete them
files="bin/tmpguard bin/tmpguard-hook share/man/man1/tmpguard.1.gz share/doc/tmpguard/copyright
    share/bash-completion/completions/tmpguard share/zsh/site-functions/_tmpguard
    share/fish/vendor_completions.d/tmpguard.fish
    share/systemd/user/tmpguard.service share/systemd/user/tmpguard.socket"

# systemd starts the program by its path; where that has what it would read otherwise, it gets none.
point_units() {
    units=$stage/share/systemd/user
    [ -e "$units/tmpguard.service" ] || return 0
    case $installed in
    *[!A-Za-z0-9/._+-]*) rm -r "$units" ;;
    *)
        sed "s|^ExecStart=.* daemon run$|ExecStart=$installed daemon run|" "$units/tmpguard.service" >"$work/service"
        mv "$work/service" "$units/tmpguard.service"
        ;;
    esac
}

put_program() {
    if [ $dry = yes ]; then
        say "would install $installed"
        return
    fi
    if [ -n "$program" ]; then
        [ -x "$program" ] || fail "$program is no program: --program takes one that is built, such as build/release/tmpguard"
        mkdir -p "$stage/bin"
        cp "$program" "$stage/bin/tmpguard"
        if [ -x "$program-hook" ]; then cp "$program-hook" "$stage/bin/tmpguard-hook"; fi
    fi
    point_units
    for file in $files; do
        if [ -e "$stage/$file" ]; then put_file "$file"; fi
    done
    "$installed" version >/dev/null || fail "$installed does not run"
    if [ -e "$work/folders" ]; then
        make_folder "$(dirname "$noted")"
        cat "$work/folders" >>"$noted"
    fi
}

tell_path() {
    case :$PATH: in
    *":$prefix/bin:"*) ;;
    *)
        say "$prefix/bin is not in your PATH. To call tmpguard by its name, add this to your shell's profile:"
        say "    export PATH=\"$prefix/bin:\$PATH\""
        ;;
    esac
}

# What is there already does not block anything, so it is no failure.
scan() {
    run "$installed" -C "$repository" scan || {
        case $? in
        1) say "These calls were there before, so they block nothing; new ones do." ;;
        *) say "The scan is incomplete: see above." ;;
        esac
    }
}

# hooks install|uninstall: by the program, wherever they were asked for. A version that cannot do it says so.
hooks() {
    if [ -n "$reach" ]; then run "$runner" "$1" "$reach"; fi
    if [ -n "$server" ]; then
        if [ $dry = no ] && ! "$runner" help "$1" | grep -q -e ' --server '; then
            fail "$runner knows no $1 --server: it is an older version"
        fi
        run "$runner" "$1" --server "$server"
    fi
    if [ -n "$repository" ]; then run "$runner" -C "$repository" "$1"; fi
}

take_out() {
    runner=$installed
    if [ ! -x "$runner" ]; then runner=$(command -v tmpguard) || runner=; fi
    if [ -n "$repository$reach$server" ]; then
        [ -n "$runner" ] ||
            fail "there is neither $installed nor a tmpguard in PATH to take the hooks out: install it again first"
    fi
    hooks uninstall
    [ -e "$installed" ] || return 0
    if [ $dry = no ]; then "$installed" daemon stop >/dev/null 2>&1 || :; fi
    for file in $files; do
        if [ -e "$prefix/$file" ]; then run rm "$prefix/$file"; fi
    done
    if [ $dry = yes ]; then
        say "would delete the folders that were made for them, where nothing else is in them"
    else
        folders=$prefix/share/doc/tmpguard
        if [ -e "$noted" ]; then folders=$(cat "$noted" && rm "$noted"); fi
        say "$folders" | delete_folders
        say "deleted $installed and what belongs to it below $prefix"
    fi
    left=
    for folder in "${XDG_CACHE_HOME:-${HOME:-}/.cache}/tmpguard" "${XDG_STATE_HOME:-${HOME:-}/.local/state}/tmpguard"; do
        if [ -d "$folder" ]; then left="${left:+$left and }$folder"; fi
    done
    if [ -n "$left" ]; then say "What was remembered is left in $left: delete that."; fi
    say "Hooks in other repositories stop every commit from now on: if there are any, install again, run"
    say "'tmpguard uninstall' in each of them, and then this."
}

# ---- doing it ---------------------------------------------------------------

if [ $uninstall = yes ]; then
    take_out
    exit 0
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/tmpguard-install.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
log=$work/log stage=$work/stage

if [ -n "$archive" ]; then
    unpack_archive
elif [ -z "$program" ]; then
    get_packages
    build_program
fi
put_program
runner=$installed
hooks install
if [ -n "$repository" ] && [ $scan = yes ]; then scan; fi
tell_path
if [ -z "$repository$reach$server" ]; then
    say "To put the hooks into a repository: $installed -C REPOSITORY install"
fi
