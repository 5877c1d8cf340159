#!/bin/sh
# install.sh, with the program that is built already; what a build would do is asked with --dry-run.
# shellcheck disable=SC1091,SC2154 # lib.sh
script=$(cd "$(dirname "$0")/../.." && pwd)/install.sh
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
expect_exit 1 test -e "$scratch/prefix/bin/tmpguard"
expect_exit 1 test -e repo/.git/tmpguard
git -C repo rev-parse -q --verify HEAD >/dev/null
cd repo || exit 1
insecure new.py
git add new.py
expect_exit 0 git commit -q -m new
ok "--uninstall takes the hooks and the program out"

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
