#!/bin/sh
# tmpguard install --template: in git's template, for every clone made from now on.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

# expect_guarded: the clone at hand stops a commit that introduces a finding.
expect_guarded() {
    insecure bad.py
    git add bad.py
    expect_exit 1 git commit -q -m bad
    expect_error '^bad\.py:2:8: error:'
    git rm -q -f bad.py
}

repository origin
secure fine.py
commit fine
cd "$scratch" || exit 1
snapshot was
expect_exit 0 "$TMPGUARD" install --template
expect_output '^tmpguard [0-9.]+ now checks .* of every repository that is made from now on$'
snapshot installed
expect_exit 0 "$TMPGUARD" install --template
expect_output '^already installed'
snapshot again
expect_same installed again
git clone -q origin clone
cd clone || exit 1
expect_guarded
echo ignored >>.git/info/exclude || failed "there is no .git/info/exclude"
git init -q --bare "$scratch/remote.git"
git remote add remote "$scratch/remote.git"
insecure bad.py
commit bad
expect_exit 1 git push -q remote main
expect_output '^bad\.py:2:8: error:'
repository new
expect_guarded
ok "every clone that is made from then on is guarded"

expect_exit 0 "$TMPGUARD" install
expect_exit 0 "$TMPGUARD" install
expect_output '^already installed'
expect_guarded
expect_exit 1 git config --get-regexp '^hook\.tmpguard'
expect_exit 0 "$TMPGUARD" uninstall
expect_exit 0 git commit -q --allow-empty -m free
expect_exit 1 grep -rl tmpguard .git/hooks
ok "such a clone can be installed in and uninstalled, and has each hook once"

rm -rf "$scratch/new" "$scratch/clone" "$scratch/remote.git"
cd "$scratch" || exit 1
expect_exit 0 "$TMPGUARD" uninstall --template
snapshot now
expect_same was now
expect_exit 0 "$TMPGUARD" uninstall --template
expect_output '^nothing is installed$'
expect_exit 0 "$TMPGUARD" install --template
expect_exit 0 "$TMPGUARD" uninstall --template
expect_output "^clones that were made with it keep their hooks: 'tmpguard uninstall' in each takes them out, "
ok "it leaves no trace"

expect_exit 0 "$TMPGUARD" install --global
expect_exit 0 "$TMPGUARD" install --template
expect_exit 0 "$TMPGUARD" uninstall --template
expect_exit 0 "$TMPGUARD" uninstall --global
snapshot now
expect_same was now
ok "it goes together with --global"

mkdir -p mine/hooks mine/info
own_hooks mine/hooks
echo '*.log' >mine/info/exclude
git config --global init.templateDir "$scratch/mine"
snapshot was
expect_exit 2 "$TMPGUARD" install --template "$scratch/other"
expect_error "^tmpguard: init\.templateDir is $scratch/mine, not $scratch/other: "
snapshot now
expect_same was now
expect_exit 0 "$TMPGUARD" install --template
[ "$(git config --global init.templateDir)" = "$scratch/mine" ] || failed "init.templateDir was replaced"
expect_exit 0 "$TMPGUARD" install --template mine
expect_output '^already installed'
git clone -q origin clone
cd clone || exit 1
expect_guarded
expect_error '^own$'
expect_exit 1 git commit -q --allow-empty -m without
expect_exit 0 git commit -q --allow-empty -m 'with word'
expect_exit 0 grep -q '[.]log' .git/info/exclude
cd "$scratch" || exit 1
rm -rf clone
expect_exit 0 "$TMPGUARD" uninstall --template
snapshot now
expect_same was now
ok "a template that is set is added to, never replaced, and restored"

hook mine/hooks/pre-push 'exit 0'
hook mine/hooks/pre-push.pre-tmpguard 'exit 1'
snapshot was
expect_exit 2 "$TMPGUARD" install --template
expect_error 'pre-push.* is there already: move one of them away$'
snapshot now
expect_same was now
git config --global init.templateDir mine
expect_exit 2 "$TMPGUARD" install --template
expect_error 'make it an absolute path$'
git config --global --unset init.templateDir
expect_exit 2 env GIT_TEMPLATE_DIR="$scratch/mine" "$TMPGUARD" install --template
expect_error 'GIT_TEMPLATE_DIR is set'
ok "what is in the way is refused, and nothing is changed"

mkdir -p 'a folder/of mine'
snapshot was
expect_exit 2 "$TMPGUARD" install --template 'a folder/of min'
expect_error '^tmpguard: there is no folder .*/a folder/of min: make it first, or leave it out'
snapshot now
expect_same was now
expect_exit 0 "$TMPGUARD" install --template 'a folder/of mine'
[ "$(git config --global init.templateDir)" = "$scratch/a folder/of mine" ] || failed "init.templateDir is not set"
git clone -q origin clone
cd clone || exit 1
expect_guarded
cd "$scratch" || exit 1
rm -rf clone
expect_exit 0 "$TMPGUARD" uninstall --template
snapshot now
expect_same was now
ok "where none is set, the folder that is named is set, if it is there"

# all_of FOLDER: what a repository has that is made now, but for hooks of ours.
all_of() {
    rm -rf "$scratch/made"
    git init -q "$scratch/made"
    (cd "$scratch/made/.git" && find . ! -name pre-commit ! -name pre-merge-commit ! -name pre-push -printf '%p %m %y\n' &&
        find . -type f ! -name pre-commit ! -name pre-merge-commit ! -name pre-push -exec sha256sum {} +) | sort >"$scratch/.snapshot.$1"
    rm -rf "$scratch/made"
}
all_of without
snapshot was
expect_exit 0 "$TMPGUARD" install --template
all_of with
diff .snapshot.without .snapshot.with >>"$err" || failed "a new repository has not what git gives"
expect_exit 0 grep -q 'description' .snapshot.with
expect_exit 0 "$TMPGUARD" uninstall --template
snapshot now
expect_same was now
expect_exit 0 "$TMPGUARD" install --template
echo '# mine' >>"$HOME/.config/tmpguard/template/description"
expect_exit 0 "$TMPGUARD" uninstall --template
expect_exit 0 grep -q mine "$HOME/.config/tmpguard/template/description"
[ "$(find "$HOME/.config/tmpguard" -type f | wc -l)" -eq 1 ] || failed "something else is left"
rm -r "$HOME/.config/tmpguard"
ok "a repository that is made has all that git gives without it, and no trace of that is left"

expect_exit 0 "$TMPGUARD" install --template
echo '# mine' >>"$HOME/.config/tmpguard/template/hooks/pre-push"
expect_exit 2 "$TMPGUARD" install --template
expect_error "pre-push is tmpguard's but was changed by hand"
expect_exit 3 "$TMPGUARD" uninstall --template
expect_output 'left .*/pre-push: it was changed by hand$'
expect_exit 0 grep -q mine "$HOME/.config/tmpguard/template/hooks/pre-push"
ok "a script of the template that somebody edited is left alone and named"

again_with_new_git
