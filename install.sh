#!/bin/sh
# install.sh: builds tmpguard, installs it, and puts its hooks into a repository.
# `./install.sh --help` says how; README.md says the rest.
set -eu

usage() {
    cat <<END
Usage: ./install.sh [OPTION…] [REPOSITORY]

Builds tmpguard, installs it below a prefix, puts its hooks into REPOSITORY,
and shows what is in there already. Without REPOSITORY and --global, only the
program is installed. Doing it again updates.

  --global         hooks for all repositories of this user
  --prefix DIR     install below DIR (default: ~/.local, for root /usr/local)
  --program FILE   install this program instead of building one
  --no-packages    never install packages, only say which ones are missing
  --best-effort    a REPOSITORY that is none is a warning, not an error
  --uninstall      take the hooks and the program out again
  --dry-run        say what would be done, and do nothing
  --help           print this

With TMPGUARD_TREE_SITTER_DIR and TMPGUARD_TREE_SITTER_PYTHON_DIR, folders
with those sources, npm is not needed.
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

dry=no global=no packages=yes best_effort=no uninstall=no
prefix='' program='' repository=''
while [ $# -gt 0 ]; do
    case $1 in
    --global) global=yes ;;
    --prefix | --program)
        [ -n "${2:-}" ] || misused "option $1 needs a value"
        if [ "$1" = --prefix ]; then prefix=$2; else program=$2; fi
        shift
        ;;
    --prefix=?*) prefix=${1#*=} ;;
    --program=?*) program=${1#*=} ;;
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
[ -z "$repository" ] || repository=$(absolute "$repository")
source=$(cd "$(dirname "$0")" && pwd)
build=$source/build/install
installed=$prefix/bin/tmpguard

# A repository that is none is known before the work begins.
if [ -n "$repository" ] && ! { cd "$repository" 2>/dev/null && command -v git >/dev/null &&
    git rev-parse --git-dir >/dev/null 2>&1; }; then
    if [ -d "$repository" ] && ! command -v git >/dev/null; then
        : # git comes with the packages; tmpguard looks again
    elif [ $best_effort = yes ]; then
        say "warning: $repository is no git repository, so no hooks are put there" >&2
        repository=
    else
        fail "$repository is no git repository (git rev-parse --git-dir fails there)"
    fi
fi
cd "$source"

# ---- the parts --------------------------------------------------------------

# PACKAGE:COMMAND, or PACKAGE: where there is no command to look for.
missing_packages() {
    set -- gcc:gcc libc6-dev: cmake:cmake ninja-build:ninja pkg-config:pkg-config git:git \
        libgit2-dev: libsqlite3-dev: libdeflate-dev:
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
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
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
        fail "the packages could not be installed. Run as root: $install"
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
        fail "the build failed; its end is above"
    }
    cmake --install "$build" --strip --prefix "$stage" >>"$log" 2>&1 || fail "$(tail -n 5 "$log")"
}

# Put the staged file FILE below the prefix, by one rename, so that a hook that runs just now is not disturbed.
put_file() {
    target=$prefix/$1
    if cmp -s "$stage/$1" "$target"; then return; fi
    mkdir -p "$(dirname "$target")"
    new=$(mktemp "$target.XXXXXX")
    cp "$stage/$1" "$new"
    if [ -x "$stage/$1" ]; then chmod 755 "$new"; else chmod 644 "$new"; fi
    mv -f "$new" "$target"
    [ "$1" != bin/tmpguard ] || say "installed $target"
}

files="bin/tmpguard share/man/man1/tmpguard.1.gz share/doc/tmpguard/copyright
    share/bash-completion/completions/tmpguard share/zsh/site-functions/_tmpguard
    share/fish/vendor_completions.d/tmpguard.fish"

put_program() {
    if [ $dry = yes ]; then
        say "would install $installed"
        return
    fi
    if [ -n "$program" ]; then
        [ -x "$program" ] || fail "$program is no program"
        mkdir -p "$stage/bin"
        cp "$program" "$stage/bin/tmpguard"
    fi
    for file in $files; do
        if [ -e "$stage/$file" ]; then put_file "$file"; fi
    done
    "$installed" version >/dev/null || fail "$installed does not run"
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

take_out() {
    runner=$installed
    if [ ! -x "$runner" ]; then runner=$(command -v tmpguard) || runner=; fi
    if [ -n "$repository" ] || [ $global = yes ]; then
        [ -n "$runner" ] || fail "there is no tmpguard any more to take its hooks out: install it again first"
    fi
    if [ -n "$repository" ]; then run "$runner" -C "$repository" uninstall; fi
    if [ $global = yes ]; then run "$runner" uninstall --global; fi
    [ -e "$installed" ] || return 0
    for file in $files; do
        if [ -e "$prefix/$file" ]; then run rm "$prefix/$file"; fi
    done
    if [ -d "$prefix/share/doc/tmpguard" ]; then run rmdir "$prefix/share/doc/tmpguard"; fi
    [ $dry = yes ] || say "deleted $installed and what belongs to it"
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

if [ -z "$program" ]; then
    get_packages
    build_program
fi
put_program
if [ $global = yes ]; then run "$installed" install --global; fi
if [ -n "$repository" ]; then
    run "$installed" -C "$repository" install
    scan
fi
tell_path
if [ -z "$repository" ] && [ $global = no ]; then
    say "To put the hooks into a repository: $installed -C REPOSITORY install"
fi
