#!/bin/sh
# install --server: where servers of each kind look for the hook, and out again without a trace.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

server=$scratch/server.git

# snapshot FILE: all of a server, with its settings.
snapshot() {
    {
        find "$server" -printf '%P %m %y %l\n'
        find "$server" -type f -exec cksum {} +
        [ ! -e "$server/config" ] || git -C "$server" config --list --show-origin
    } | sort >"$scratch/$1"
}

# unchanged A B: two snapshots are the same.
unchanged() {
    diff "$scratch/$1" "$scratch/$2" >>"$err" || failed "$1 and $2 differ"
}

# fresh: an empty server, and a clone with a clean commit and a branch `bad` that brings a finding.
fresh() {
    rm -rf "$server" "$scratch/work"
    git init -q --bare "$server"
    repository work
    git remote add origin "$server"
    secure fine.py
    commit fine
    git checkout -q -b bad
    insecure bad.py
    commit bad
}

# guarded: the server takes what is clean, and nothing else.
guarded() {
    expect_exit 0 git push -q origin main
    [ "$(git -C "$server" rev-parse main)" = "$(git rev-parse main)" ] || failed 'a clean push did not get there'
    expect_exit 1 git push -q origin bad
    expect_error '^remote: bad\.py:2:8: error: .*\[py/insecure-temporary-file\] *$'
    expect_error '^remote: tmpguard rejected the push\.'
    expect_exit 1 git -C "$server" rev-parse -q --verify refs/heads/bad
}

# installed: it goes in, a second time changes nothing, it works, it goes out, and all is as before.
installed() {
    snapshot before
    expect_exit 0 "$TMPGUARD" install --server "$server"
    expect_output '^tmpguard [0-9.]+ now checks what is pushed to this server$'
    snapshot once
    expect_exit 0 "$TMPGUARD" install --server "$server"
    expect_output '^already installed'
    snapshot twice
    unchanged once twice
    [ $# -eq 0 ] || "$@"
    expect_exit 0 "$TMPGUARD" uninstall --server "$server"
    [ ! -e "$server/objects" ] || rm -rf "$server"/objects/?? "$server/refs/heads/main" "$server"/logs
    snapshot after
    unchanged before after
    expect_exit 0 "$TMPGUARD" uninstall --server "$server"
    expect_output '^nothing is installed$'
}

fresh
installed guarded
cd "$scratch" || exit 1
expect_exit 0 "$TMPGUARD" install -q --server server.git -C .
expect_silence
cd "$scratch/work" || exit 1
guarded
GIT_DIR=$scratch/work/.git expect_exit 0 "$TMPGUARD" uninstall --server ../server.git
expect_exit 0 git push -q origin bad
ok "a bare repository gets the hook, once, and loses it without a trace"

fresh
rm -r "$server/hooks"
installed guarded
expect_exit 1 test -e "$server/hooks"
ok "a hooks folder that was not there is gone again"

fresh
hook "$server/hooks/pre-receive" 'while read -r old new ref; do echo "own: $ref $(pwd)"; done' '[ ! -e stop ] || exit 7'
installed guarded
expect_exit 0 "$TMPGUARD" install --server "$server"
expect_exit 0 git push -q origin main
expect_error "^remote: own: refs/heads/main $server *\$"
touch "$server/stop"
expect_exit 1 git push -q origin main:other
expect_error 'pre-receive hook declined'
expect_exit 1 git -C "$server" rev-parse -q --verify refs/heads/other
rm "$server/stop"
expect_exit 1 git push -q origin bad
expect_error '^remote: own: refs/heads/bad'
expect_error '^remote: bad\.py:2:8: error: '
ok "a hook that was there reads the lines first, and its failure counts"

if ! modern_git; then
    echo '# mine' >>"$server/hooks/pre-receive"
    expect_exit 2 "$TMPGUARD" install --server "$server"
    expect_error "pre-receive is tmpguard's but was changed by hand"
    expect_exit 3 "$TMPGUARD" uninstall --server "$server"
    expect_output 'left .*/pre-receive: it was changed by hand$'
    ok "a hook that somebody edited since is left alone and named"
fi

for folder in shared "$scratch/shared"; do
    fresh
    (cd "$server" && mkdir -p "$folder")
    git -C "$server" config core.hooksPath "$folder"
    (cd "$server" && hook "$folder/pre-receive" 'cat >/dev/null; echo "shared"')
    (cd "$server" && hook "$folder/update" '[ "$1" != refs/heads/stop ]')
    cp "$(cd "$server" && cd "$folder" && pwd)/pre-receive" "$scratch/pre-receive.was"
    installed guarded
    expect_exit 0 "$TMPGUARD" install --server "$server"
    expect_exit 0 git push -q origin main
    expect_error '^remote: shared *$'
    expect_exit 1 git push -q origin main:stop
    expect_exit 1 git push -q origin bad
    case $folder in
    /*) expect_exit 0 cmp "$folder/pre-receive" "$scratch/pre-receive.was" ;;
    esac
done
ok "hooks of a core.hooksPath all still run, and one outside of the server is not written to"

# As Gitea and Forgejo have it: their hook runs those of a folder.
fresh
mkdir "$server/hooks/pre-receive.d"
hook "$server/hooks/pre-receive" 'data=$(cat)' 'for hook in "$(dirname "$0")"/pre-receive.d/*; do' \
    '    test -x "$hook" || continue' '    printf "%s\n" "$data" | "$hook" || exit' 'done'
hook "$server/hooks/pre-receive.d/gitea" 'while read -r old new ref; do echo "gitea: $ref"; done'
cp "$server/hooks/pre-receive" "$scratch/pre-receive.was"
installed guarded
expect_exit 0 "$TMPGUARD" install --server "$server"
expect_exit 0 test -x "$server/hooks/pre-receive.d/50-tmpguard"
expect_exit 0 cmp "$server/hooks/pre-receive" "$scratch/pre-receive.was"
expect_exit 0 git push -q origin main
expect_error '^remote: gitea: refs/heads/main *$'
rm -r "$server/tmpguard"
expect_exit 0 "$TMPGUARD" uninstall --server "$server"
expect_exit 1 test -e "$server/hooks/pre-receive.d/50-tmpguard"
ok "where a hook runs those of pre-receive.d, it is one of them"

fresh
mkdir "$server/hooks/pre-receive.d"
installed guarded
ok "a pre-receive.d that nothing runs is not taken for a place"

# As GitLab has it: Gitaly runs custom_hooks/pre-receive.d, git itself does not.
fresh
gitaly() {
    cat >"$scratch/gitaly" <<'END'
#!/bin/sh
lines=$(cat)
for hook in "$1"/pre-receive.d/*; do
    [ -x "$hook" ] || continue
    printf '%s\n' "$lines" | "$hook" || exit
done
END
    hook "$server/hooks/pre-receive" "exec sh '$scratch/gitaly' '$1'"
    guarded
    rm "$server/hooks/pre-receive"
}
mkdir "$server/custom_hooks"
installed gitaly "$server/custom_hooks"
expect_exit 1 test -e "$server/custom_hooks/pre-receive.d"
mkdir "$server/custom_hooks/pre-receive.d"
hook "$server/custom_hooks/pre-receive.d/10-own" 'cat >/dev/null'
installed gitaly "$server/custom_hooks"
expect_exit 0 "$TMPGUARD" install --server "$server"
hook "$server/hooks/pre-receive" "GL_PROTOCOL=web exec sh '$scratch/gitaly' '$server/custom_hooks'"
expect_exit 1 git push -q origin bad:web
expect_error '^remote: GL-HOOK-ERR: bad\.py:2:8: error: '
[ "$(grep '^remote:' "$err" | grep -vc '^remote: GL-HOOK-ERR: ')" -eq 0 ] || failed 'a line that a browser does not show'
rm "$server/hooks/pre-receive"
expect_exit 0 "$TMPGUARD" uninstall --server "$server"
hook "$server/custom_hooks/pre-receive.d/50-tmpguard" 'exit 0'
snapshot before
expect_exit 2 "$TMPGUARD" install --server "$server"
expect_error "50-tmpguard is not tmpguard's: move it away, then install again\$"
snapshot after
unchanged before after
ok "GitLab's custom_hooks of a repository get a file in pre-receive.d"

fresh
repositories=$server
for server in "$scratch/gitaly.d" "$scratch/all/custom_hooks"; do
    mkdir -p "$server"
    [ "${server##*/}" = custom_hooks ] || mkdir "$server/custom_hooks"
    all=$server
    in_all() {
        place=$all
        [ "${all##*/}" = custom_hooks ] || place=$all/custom_hooks
        server=$repositories
        gitaly "$place"
        server=$all
    }
    installed in_all
done
server=$repositories
ok "and so do those of all repositories of a node"

fresh
repository sources
mkdir "$scratch/folder"
for place in "$scratch/sources" "$scratch/sources/.git" "$scratch/folder"; do
    expect_exit 2 "$TMPGUARD" install --server "$place"
    expect_error "^tmpguard: $place is no bare repository, and no folder of server hooks\$"
done
expect_exit 2 "$TMPGUARD" install --server "$scratch/nowhere"
expect_error "^tmpguard: cannot enter $scratch/nowhere: No such file or directory; --server takes the folder of a bare repository "
expect_exit 2 "$TMPGUARD" install --server "$server" --global
expect_error 'do not go together$'
ok "anything else is refused"

cd "$scratch/work" || exit 1
mkdir "$scratch/bin"
cp "$TMPGUARD" "$scratch/bin/tmpguard"
expect_exit 0 "$scratch/bin/tmpguard" install --server "$server"
guarded
rm "$scratch/bin/tmpguard"
expect_exit 1 git push -q origin main:gone
expect_error '^remote: tmpguard: the program is gone, so nothing was checked and git stops\. .* git config hooks\.tmpguard\.missing warn *$'
[ "$(grep -c 'remote: tmpguard' "$err")" -eq 1 ] || failed 'more than one line'
expect_exit 1 git -C "$server" rev-parse -q --verify refs/heads/gone
git -C "$server" config hooks.tmpguard.missing warn
expect_exit 0 git push -q origin main:gone
expect_error '^remote: tmpguard: the program is gone'
git -C "$server" config --remove-section hooks.tmpguard
expect_exit 0 "$TMPGUARD" install --server "$server"
guarded
ok "a hook whose program is gone refuses pushes with one line, and installing again repairs it"

git -C "$server" config hooks.tmpguard.deadline soon
expect_exit 1 git push -q origin main:late
expect_error "^remote: tmpguard: the server's settings are wrong, .*: $server/config:[0-9]+: 'soon' of 'deadline' is not a number "
git -C "$server" config hooks.tmpguard.deadline 30
expect_exit 0 git push -q origin main:late
ok "the hook's deadline is that of the settings"

mv "$server" "$scratch/moved.git"
server=$scratch/moved.git
git remote set-url origin "$server"
insecure worse.py
commit worse
guarded
git -C "$server" config --remove-section hooks.tmpguard
expect_exit 0 "$TMPGUARD" uninstall --server "$server"
expect_exit 1 grep -rl tmpguard "$server/hooks" "$server/config"
ok "a server may be moved, and uninstalled from there"
again_with_new_git
