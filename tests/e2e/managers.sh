#!/bin/sh
# tmpguard install beside the hook managers that people have: the real ones, installed before it and after it. Those of
# npm are pinned in tests/managers, pre-commit and git-lfs are Debian's, Overcommit is run if it is in PATH. One that is
# missing here is said to be not run.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
managers=$("$(dirname "$0")/../npm" managers) || managers=
. "$(dirname "$0")/lib.sh"
PATH=${TMPGUARD%/*}:$PATH
for folder in .bin lefthook-linux-x64/bin lefthook-linux-arm64/bin @j178/prek-linux-x64-gnu; do
    if [ -d "$managers/$folder" ]; then PATH=$managers/$folder:$PATH; fi
done
export PATH XDG_CACHE_HOME="$scratch/cache"

has() { # MANAGER: it is here
    command -v "$1" >/dev/null || {
        echo "not run: with $1, which is not here"
        return 1
    }
}

# with_manager NAME: a repository with one good commit and a remote.
with_manager() {
    repository "$1"
    secure fine.py
    commit fine
    git init -q --bare "$scratch/$1.git"
    git remote add origin "$scratch/$1.git"
}

# expect_both WORD: a commit, a merge and a push of several branches are stopped for what they introduce, what is fine
# is let through, and the manager's own hook, which says WORD (or nothing), runs.
expect_both() {
    word=$1
    before=$(git rev-parse HEAD)
    secure more.py
    git add more.py
    expect_exit 0 git commit -q -m more
    cat "$err" >>"$out"
    [ -z "$word" ] || expect_output "$word"
    insecure bad.py
    git add bad.py
    expect_exit 1 git commit -q -m bad
    cat "$out" >>"$err"
    expect_error '^ *bad\.py:2:8: error: '
    git rm -q -f bad.py

    refuses_merge
    cat "$out" >>"$err"
    expect_error '^ *notes\.py:6:8: error: '
    git reset -q --hard

    expect_exit 0 git push -q origin main
    secure again.py
    commit again
    expect_exit 1 git push -q origin main side
    cat "$out" >>"$err"
    expect_error '^ *side\.py:2:8: error: '
    expect_exit 1 git -C "$scratch/${PWD##*/}.git" rev-parse -q --verify side
    expect_exit 0 git push -q origin main
    expect_exit 1 git push -q origin side
    cat "$out" >>"$err"
    expect_error '^ *side\.py:2:8: error: '
    git branch -q -D side

    # A change of the type alone.
    ln -s fine.py link.py
    commit link
    rm link.py
    insecure link.py
    git add link.py
    expect_exit 1 git commit -q -m type
    cat "$out" >>"$err"
    expect_error '^ *link\.py:2:8: error: '
    git reset -q --hard "$before"
    git push -q --no-verify -f origin main 2>/dev/null
}

# stands NAME: the manager's gate alone, after `uninstall`.
stands() {
    git commit -q --allow-empty -m alone >"$out" 2>&1
    expect_output "$1"
    insecure bad.py
    git add bad.py
    expect_exit 0 git commit -q -m free
    git reset -q --hard HEAD~2
}

list_of_hooks() { # for pre-commit and prek; WORDS… are more lines of it
    cat <<END
repos:
- repo: local
  hooks:
  - id: own
    name: own
    entry: sh -c 'echo managed'
    language: system
    always_run: true
    pass_filenames: false
    verbose: true
END
}

# ---- pre-commit and prek ------------------------------------------------------

for manager in pre-commit prek; do
    has $manager || continue
    with_manager "$manager-first"
    list_of_hooks >.pre-commit-config.yaml
    commit list
    expect_exit 0 $manager install
    snapshot was
    expect_exit 0 "$TMPGUARD" install
    expect_both '^ *managed *$'
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    expect_exit 0 $manager install
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    expect_both '^ *managed *$'
    expect_exit 0 "$TMPGUARD" uninstall
    stands '^ *managed *$'
    expect_exit 1 grep -rl tmpguard-shim .git/hooks
    ok "$manager first: both gates fire, its own install changes nothing, and uninstall leaves it alone"

    with_manager "$manager-all"
    list_of_hooks >.pre-commit-config.yaml
    commit list
    for event in pre-commit pre-merge-commit pre-push; do expect_exit 0 $manager install --hook-type $event; done
    rm -rf .git/index "$HOME/.npm"
    git reset -q
    snapshot was
    expect_exit 0 "$TMPGUARD" install
    expect_exit 0 "$TMPGUARD" uninstall
    snapshot now
    expect_same was now
    expect_exit 0 "$TMPGUARD" install
    expect_both '^ *managed *$'
    ok "$manager first, for all events: both gates fire, and uninstall restores every byte"

    with_manager "$manager-later"
    list_of_hooks >.pre-commit-config.yaml
    commit list
    expect_exit 0 "$TMPGUARD" install
    for event in pre-commit pre-merge-commit pre-push; do expect_exit 0 $manager install --hook-type $event; done
    expect_both '^ *managed *$'
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    expect_exit 0 "$TMPGUARD" uninstall
    stands '^ *managed *$'
    expect_exit 0 "$TMPGUARD" install
    for event in pre-commit pre-merge-commit pre-push; do expect_exit 0 $manager uninstall --hook-type $event; done
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    expect_both ''
    ok "$manager later: both gates fire, and tmpguard's stays when it is uninstalled"

    with_manager "$manager-into"
    { list_of_hooks && "$TMPGUARD" install --into $manager; } >.pre-commit-config.yaml
    commit list
    expect_exit 0 $manager install
    snapshot was
    expect_exit 0 "$TMPGUARD" install
    if ! modern_git; then
        expect_output '/pre-commit runs tmpguard already$'
        expect_exit 1 test -e .git/hooks/pre-commit.legacy
    fi
    expect_both 'managed$'
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    expect_exit 0 "$TMPGUARD" uninstall
    ok "$manager that is told to run tmpguard is left to it"
done

if has pre-commit && ! modern_git; then
    with_manager pre-commit-legacy
    list_of_hooks >.pre-commit-config.yaml
    commit list
    hook .git/hooks/pre-commit 'echo older >&2'
    expect_exit 0 pre-commit install
    snapshot was
    expect_exit 2 "$TMPGUARD" install
    expect_error "^tmpguard: pre-commit wrote the hook .*; 'tmpguard install --into pre-commit' shows how$"
    snapshot now
    expect_same was now
    "$TMPGUARD" install --into pre-commit >>.pre-commit-config.yaml
    commit told
    expect_exit 0 "$TMPGUARD" install
    expect_both '^ *managed *$'
    ok "pre-commit that runs another hook already is named, and then told"

    with_manager pre-commit-overwrites
    list_of_hooks >.pre-commit-config.yaml
    commit list
    expect_exit 0 "$TMPGUARD" install
    expect_exit 0 pre-commit install --overwrite
    expect_exit 1 "$TMPGUARD" status
    expect_exit 0 "$TMPGUARD" install
    expect_both '^ *managed *$'
    ok "pre-commit install --overwrite is repaired by installing again"
fi

# ---- lefthook -----------------------------------------------------------------

lefthook_list() {
    for event in pre-commit pre-merge-commit pre-push; do
        printf '%s:\n  commands:\n    own:\n      run: echo managed\n' $event
        if [ "${1:-}" = told ]; then
            "$TMPGUARD" install --into lefthook | sed -n "/^$event:\$/,/^p/{/^ *tmpguard:/,/^p/p}" | grep '^ '
        fi
    done
}

if has lefthook; then
    with_manager lefthook-first
    lefthook_list >lefthook.yml
    commit list
    expect_exit 0 lefthook install
    snapshot was
    if modern_git; then
        expect_exit 0 "$TMPGUARD" install
    else
        expect_exit 2 "$TMPGUARD" install
        expect_error "^tmpguard: lefthook wrote the hook .*; 'tmpguard install --into lefthook' shows how$"
        snapshot now
        expect_same was now
        lefthook_list told >lefthook.yml
        commit told
        expect_exit 0 "$TMPGUARD" install
        expect_output '/pre-push runs tmpguard already$'
        expect_exit 0 "$TMPGUARD" status
    fi
    expect_both '^ *managed *$'
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    expect_exit 0 lefthook install
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    expect_exit 0 "$TMPGUARD" uninstall
    ok "lefthook first: with exit 0 both gates fire; else it is named and what to add"

    with_manager lefthook-later
    lefthook_list >lefthook.yml
    commit list
    expect_exit 0 "$TMPGUARD" install
    if ! modern_git; then expect_output '^lefthook is set up here and takes these hooks away when it is installed: add '; fi
    expect_both ''
    expect_exit 0 lefthook install
    if modern_git; then
        expect_both '^ *managed *$'
        expect_exit 0 "$TMPGUARD" install
        expect_output '^already installed'
    else
        expect_exit 0 test -e .git/hooks/pre-commit.old
        expect_exit 1 "$TMPGUARD" status
        expect_exit 2 "$TMPGUARD" install
        expect_error '^tmpguard: lefthook wrote the hook '
        lefthook_list told >lefthook.yml
        commit told
        expect_exit 0 "$TMPGUARD" install
        expect_both '^ *managed *$'
    fi
    expect_exit 0 "$TMPGUARD" uninstall
    expect_exit 1 grep -rlE 'tmpguard-shim|"tmpguard"' .git/hooks .git/config
    ok "lefthook later: what it takes away is said before, and found when installing again"

    with_manager lefthook-partly
    printf 'pre-commit:\n  commands:\n    own:\n      run: echo managed\n' >lefthook.yml
    commit list
    expect_exit 0 "$TMPGUARD" install
    expect_exit 0 lefthook install
    insecure bad.py
    commit bad
    expect_exit 1 git push -q origin main
    cat "$out" >>"$err"
    expect_error '^ *bad\.py:2:8: error: '
    ok "lefthook with a pre-commit hook alone leaves the gate for pushes"
fi

# ---- husky --------------------------------------------------------------------

if has husky; then
    with_manager husky-first
    printf '{"name":"x","devDependencies":{"husky":"9"}}\n' >package.json
    expect_exit 0 husky
    printf 'echo managed' >.husky/pre-commit
    commit list
    snapshot was
    if modern_git; then
        expect_exit 0 "$TMPGUARD" install
    else
        expect_exit 2 "$TMPGUARD" install
        expect_error "^tmpguard: husky manages .*; 'tmpguard install --into husky' shows how$"
        snapshot now
        expect_same was now
        "$TMPGUARD" install --into husky >snippet
        expect_exit 0 sh snippet
        rm snippet
        commit told
        snapshot was
        expect_exit 0 "$TMPGUARD" install
        expect_output '^husky runs tmpguard already$'
        expect_exit 0 "$TMPGUARD" status
        snapshot now
        expect_same was now
    fi
    expect_both '^ *managed *$'
    expect_exit 0 husky
    expect_both '^ *managed *$'
    expect_exit 0 "$TMPGUARD" uninstall
    ok "husky first: with exit 0 both gates fire; else it is named and what to add"

    with_manager husky-later
    printf '{"name":"x","devDependencies":{"husky":"9"}}\n' >package.json
    commit list
    expect_exit 0 "$TMPGUARD" install
    if ! modern_git; then expect_output '^husky is set up here and takes these hooks away when it is installed: add '; fi
    expect_both ''
    expect_exit 0 husky
    printf 'echo managed' >.husky/pre-commit
    commit husky
    if modern_git; then
        expect_both '^ *managed *$'
    else
        expect_exit 1 "$TMPGUARD" status
        expect_exit 2 "$TMPGUARD" install
        expect_error '^tmpguard: husky manages'
        "$TMPGUARD" install --into husky | sh
        commit told
        expect_exit 0 "$TMPGUARD" install
        expect_output '^husky runs tmpguard already$'
        expect_exit 0 "$TMPGUARD" status
        expect_both '^ *managed *$'
    fi
    expect_exit 0 "$TMPGUARD" uninstall
    [ "$(git config core.hooksPath)" = .husky/_ ] || failed "core.hooksPath is not husky's any more"
    expect_exit 1 grep -rlE 'tmpguard-shim|"tmpguard"' .git/hooks .git/config
    ok "husky later: what it takes away is said before, and found when installing again"
fi

# ---- Overcommit ---------------------------------------------------------------

overcommit_list() { # WHAT TO DO WITH IT…
    own="  Own:\n    enabled: true\n    command: ['true']"
    { echo 'gemfile: false' && "$@"; } | sed "s/^PreCommit:\$/&\n$own/" >.overcommit.yml
    (
        export OVERCOMMIT_DISABLE=1
        commit overcommit
    )
    expect_exit 0 overcommit --sign
    for event in pre-commit pre-push; do overcommit --sign $event >/dev/null; done
}

if has overcommit; then
    with_manager overcommit-first
    overcommit_list echo PreCommit:
    expect_exit 0 overcommit --install
    if modern_git; then
        expect_exit 0 "$TMPGUARD" install
    else
        expect_exit 2 "$TMPGUARD" install
        expect_error '^tmpguard: Overcommit wrote the hook '
        overcommit_list "$TMPGUARD" install --into overcommit
        expect_exit 0 "$TMPGUARD" install
        expect_output '/pre-push runs tmpguard already$'
        refuse_output 'takes these hooks away'
        expect_exit 0 "$TMPGUARD" status
    fi
    expect_both '\[Own\] OK$'
    expect_exit 0 "$TMPGUARD" install
    expect_output '^already installed'
    expect_exit 0 "$TMPGUARD" uninstall
    ok "Overcommit first: with exit 0 both gates fire; else it is named and what to add"

    with_manager overcommit-later
    overcommit_list echo PreCommit:
    expect_exit 0 "$TMPGUARD" install
    if ! modern_git; then expect_output '^Overcommit is set up here and takes these hooks away when it is installed: add '; fi
    expect_exit 0 overcommit --install
    if modern_git; then
        expect_both '\[Own\] OK$'
    else
        expect_exit 1 "$TMPGUARD" status
        expect_exit 2 "$TMPGUARD" install
        expect_error '^tmpguard: Overcommit wrote the hook '
        overcommit_list "$TMPGUARD" install --into overcommit
        expect_exit 0 "$TMPGUARD" install
        expect_both '\[Own\] OK$'
    fi
    ok "Overcommit later: what it takes away is said before, and found when installing again"
fi

# ---- simple-git-hooks -----------------------------------------------------------

if has simple-git-hooks && ! modern_git; then
    with_manager simple
    printf '{"name":"x","version":"1.0.0","simple-git-hooks":{"pre-commit":"echo managed"}}\n' >package.json
    commit list
    expect_exit 0 simple-git-hooks
    expect_exit 2 "$TMPGUARD" install
    expect_error '^tmpguard: simple-git-hooks wrote the hook '
    printf '{"name":"x","version":"1.0.0","simple-git-hooks":{"pre-commit":"echo managed && tmpguard check"}}\n' >package.json
    expect_exit 0 simple-git-hooks
    commit told
    expect_exit 0 "$TMPGUARD" install
    expect_both '^ *managed *$'
    ok "simple-git-hooks is told by its own configuration"
fi

# ---- git-lfs --------------------------------------------------------------------

# expect_lfs: a large file reaches the remote.
expect_lfs() {
    git lfs track '*.bin' >/dev/null
    echo "large $1" >large.bin
    git add .gitattributes large.bin
    expect_exit 0 git commit -q -m large
    expect_exit 0 git push -q origin main
    object=$(git lfs ls-files --long | sed -n '1s/ .*//p')
    expect_exit 0 test -n "$object"
    expect_exit 0 find "$scratch/${PWD##*/}.git/lfs" -name "$object"
    expect_output "$object"
}

if has git-lfs; then
    with_manager lfs-first
    expect_exit 0 git lfs install --local
    snapshot was
    expect_exit 0 "$TMPGUARD" install
    expect_exit 0 "$TMPGUARD" uninstall
    snapshot now
    expect_same was now
    expect_exit 0 "$TMPGUARD" install
    expect_lfs first
    expect_both ''
    ok "git-lfs first: large files are pushed, and the gate fires"

    with_manager lfs-later
    expect_exit 0 "$TMPGUARD" install
    if modern_git; then
        expect_exit 0 git lfs install --local
    else
        expect_exit 2 git lfs install --local
        cat "$out" >>"$err"
        expect_error 'Hook already exists: pre-push'
        expect_exit 0 git lfs update --force
        expect_exit 1 "$TMPGUARD" status
        expect_exit 0 "$TMPGUARD" install
        expect_output 'kept .*/pre-push\.pre-tmpguard, which runs first$'
    fi
    expect_lfs later
    expect_both ''
    ok "git-lfs later: it refuses to overwrite, and after its update --force installing again keeps both"
fi

again_with_new_git
