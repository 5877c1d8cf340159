#!/bin/sh
# Pushes to a server whose pre-receive hook asks the program: what is refused leaves nothing there.
# shellcheck disable=SC1091,SC2016,SC2154 # lib.sh; hooks are written in single quotes
. "$(dirname "$0")/lib.sh"

server=$scratch/server.git

# serve [OPTION…]: an empty server with the hook, and a clone with one finding in it that everybody has.
serve() {
    rm -rf "$server" "$scratch/work"
    git init -q --bare "$@" "$server"
    git init -q "$@" "$scratch/work"
    cd "$scratch/work" || exit 1
    git remote add origin "$server"
    insecure old.py
    commit old
    expect_exit 0 git push -q origin main
    expect_exit 0 "$TMPGUARD" install --server "$server"
}

# state FILE: all of the server, with every byte.
state() {
    {
        find "$server" -printf '%P %m %y %s\n'
        find "$server" -type f -exec cksum {} +
        git -C "$server" for-each-ref
        git -C "$server" cat-file --batch-all-objects --batch-check
    } | sort >"$scratch/$1"
}

# rejects EXPRESSION ARGUMENT…: such a push is refused for a line that matches, and the server is as it was.
rejects() {
    line=$1
    shift
    state before
    expect_exit 1 git push "$@"
    expect_error "^remote: $line"
    expect_error 'pre-receive hook declined'
    state after
    diff "$scratch/before" "$scratch/after" >>"$err" || failed 'the server has changed'
}

# accepts REF ARGUMENT…: such a push is taken, and the server's ref is what the clone's HEAD is.
accepts() {
    ref=$1
    shift
    expect_exit 0 git push "$@"
    [ "$(git -C "$server" rev-parse "$ref")" = "$(git rev-parse HEAD)" ] || failed "the server lacks $ref"
}

finding='bad\.py:2:8: error: .*\[py/insecure-temporary-file\] *$'

formats='object-format=sha1 object-format=sha256'
if git init -q --ref-format=reftable "$scratch/reftable" 2>/dev/null; then formats="$formats ref-format=reftable"; fi
for format in $formats; do
    serve "--$format"
    secure fine.py
    commit fine
    accepts main origin main
    ok "$format: a clean push is accepted"

    insecure bad.py
    commit bad
    rejects "$finding" origin main
    expect_error '^remote: tmpguard rejected the push\. Use the secure replacement, or excuse the call where it stands, commit that and push again\. *$'
    expect_error '^remote:  *2 \| name = tempfile.mktemp\(\) *$'
    ok "$format: a push that introduces a finding is refused, and nothing of it stays on the server"
    secure bad.py
    commit repaired
    accepts main origin main
    ok "$format: once it is repaired it is accepted, with the commit in between"
done

serve
git checkout -q -b good
secure fine.py
commit fine
git checkout -q -b bad main
insecure bad.py
commit bad
rejects "$finding" origin good bad
rejects "$finding" origin bad good
git checkout -q good
accepts good origin good
expect_exit 1 git -C "$server" rev-parse -q --verify refs/heads/bad
ok "of two branches one is bad, the first or the second: neither gets there"

git init -q --bare "$scratch/open.git"
git remote add open "$scratch/open.git"
git push -q open main
expect_exit 0 "$TMPGUARD" install
for branches in 'good bad' 'bad good'; do
    server=$scratch/open.git
    state before
    # shellcheck disable=SC2086 # two words
    expect_exit 1 git push -q open $branches
    expect_output '^bad\.py:2:8: error: '
    expect_output '^tmpguard stopped the push\.'
    state after
    expect_exit 0 cmp "$scratch/before" "$scratch/after"
done
server=$scratch/server.git
expect_exit 0 git push -q open good
expect_exit 0 "$TMPGUARD" uninstall
ok "the same by pre-push, where the server has no hook"

git checkout -q bad
rejects "$finding" origin HEAD:refs/heads/new/branch
rejects "$finding" origin HEAD:refs/other/place
git tag light
git tag -a -m tag heavy
rejects "$finding" origin light
rejects "$finding" origin heavy
rejects "$finding" origin good heavy :main
ok "a new branch, a ref elsewhere and tags are refused for what they bring"

git checkout -q good
accepts good origin good
accepts copy origin good:copy
git tag -a -m tag v1
expect_exit 0 git push -q origin v1
expect_exit 0 git -C "$server" rev-parse -q --verify refs/tags/v1
ok "what the server has already is accepted under other names, with its old finding"

expect_exit 0 git push -q origin :copy :v1
expect_exit 1 git -C "$server" rev-parse -q --verify refs/heads/copy
git -C "$server" config receive.denyDeletes true
state before
expect_exit 1 git push -q origin :good
expect_error 'deletion prohibited'
state after
expect_exit 0 cmp "$scratch/before" "$scratch/after"
git -C "$server" config --unset receive.denyDeletes
ok "deletions bring nothing, and git's own rules for them hold"

git commit -q --amend -m other
git -C "$server" config receive.denyNonFastForwards true
state before
expect_exit 1 git push -q origin +good
expect_error 'denying non-fast-forward'
state after
expect_exit 0 git -C "$server" config receive.denyNonFastForwards
git -C "$server" config receive.denyNonFastForwards false
accepts good origin +good
insecure bad.py
git add bad.py
git commit -q --amend -m bad
rejects "$finding" origin +good
git reset -q --hard HEAD~1
accepts good origin +good
ok "a force push is weighed against what was there, and receive.denyNonFastForwards is left alone"

git checkout -q main
git mv old.py older.py
echo '# more' >>older.py
commit renamed
accepts main origin main
cp older.py copy.py
commit copied
rejects 'copy\.py:2:8: error' origin main
git reset -q --hard HEAD~1
ok "a renamed file keeps its old finding, a copied one is refused"

secure bad.py
commit before
insecure bad.py
commit introduced
secure bad.py
commit fixed
accepts main origin main
ok "what is introduced and fixed within a push does not stand in its way"

git tag -a -m key key "$(git rev-parse HEAD:bad.py)"
git tag -a -m tree tree "HEAD^{tree}"
insecure bad.py
git add bad.py
git tag -a -m tree bad-tree "$(git write-tree)"
git reset -q --hard
expect_exit 0 git push -q origin key tree
rejects "$finding" origin bad-tree
ok "tags of blobs and trees are looked at, too"

# A push keeps its pack, or unpacks it; both with more objects than are read one by one.
for limit in 1 100000; do
    git -C "$server" config receive.unpackLimit $limit
    i=0
    while [ $i -lt 150 ]; do
        i=$((i + 1))
        printf 'import tempfile\nname = tempfile.mkstemp(%s%s)\n# mktemp\n' $limit $i >file$i.py
    done
    commit many
    insecure bad.py
    commit bad
    rejects "$finding" origin main
    git reset -q --hard HEAD~1
    accepts main origin main
done
ok "objects in quarantine are read, packed and loose"

git -C "$server" repack -q -a -d
git init -q --bare "$scratch/borrower.git"
echo "$server/objects" >"$scratch/borrower.git/objects/info/alternates"
expect_exit 0 "$TMPGUARD" install --server "$scratch/borrower.git"
git -C "$scratch/borrower.git" update-ref refs/heads/main "$(git rev-parse HEAD)"
own=$server
server=$scratch/borrower.git
git remote add borrower "$server"
insecure bad.py
commit bad
rejects "$finding" borrower main
secure bad.py
commit fixed
accepts main borrower main
server=$own
ok "a server that borrows its objects from another repository is read, too"

commits=$(git rev-parse HEAD~1 HEAD)
cd "$server" || exit 1
for lines in '' "$(printf '%040d' 0) $(printf '%040d' 0) refs/heads/none"; do
    printf '%s' "$lines" >"$scratch/lines"
    expect_exit 0 "$TMPGUARD" check --pre-receive <"$scratch/lines"
done
ok "no lines are nothing to refuse"
for lines in x "$commits" "$(printf '%064d' 0) $(printf '%064d' 0) refs/heads/none" \
    "$(printf '%040d %040d refs/heads/a b' 0 0)" "$(printf '%040d g refs/\033[31m' 0)"; do
    printf '%s\n' "$lines" >"$scratch/lines"
    expect_exit 2 "$TMPGUARD" check --pre-receive <"$scratch/lines"
    expect_error "^tmpguard: standard input: not a line of git's pre-receive hook: "
    expect_silence
    refuse_error "$(printf '\033')"
done
ok "lines that are none of git's are a usage error, and shown escaped"
repository checked-out
secure fine.py
commit fine
printf '#!/bin/sh\nexec "%s" check --pre-receive\n' "$TMPGUARD" >.git/hooks/pre-receive
chmod +x .git/hooks/pre-receive
own=$server
server=$scratch/checked-out
git clone -q "$server" "$scratch/elsewhere"
cd "$scratch/elsewhere" || exit 1
git checkout -q -b topic
insecure bad.py
commit bad
rejects "$finding" origin topic
secure bad.py
commit repaired
accepts topic origin topic
server=$own
cd "$server" || exit 1
ok "a repository that has a working tree is guarded in the same way"

printf '%040d %040d refs/heads/main\n' 0 7 >"$scratch/lines"
expect_exit 3 "$TMPGUARD" check --pre-receive <"$scratch/lines"
expect_output '^refs/heads/main: incomplete: the object is missing'
ok "a new id that leads nowhere is incomplete"
expect_exit 2 "$TMPGUARD" check --pre-receive --pre-push </dev/null
expect_error 'exclude each other$'

cd "$scratch/work" || exit 1
git reset -q --hard origin/main
printf 'x = 1\n' >damaged.py
commit damaged
id=$(git rev-parse HEAD:damaged.py)
expect_exit 0 "$TMPGUARD" uninstall --server "$server"
cat >"$server/hooks/pre-receive" <<END
#!/bin/sh
rm -f "\$GIT_OBJECT_DIRECTORY/$(echo "$id" | cut -c1-2)/$(echo "$id" | cut -c3-)"
exec "$TMPGUARD" check --pre-receive
END
chmod +x "$server/hooks/pre-receive"
rejects 'damaged\.py: incomplete: ' origin main
expect_error '^remote: tmpguard rejected the push, since not everything could be checked'
ok "what cannot be read is refused"

# slow COMMAND SECONDS [ARGUMENT…]: the hook runs a git whose COMMAND takes that long, with these arguments.
slow() {
    mkdir -p "$scratch/slow"
    cat >"$scratch/slow/git" <<END
#!/bin/sh
case " \$* " in *' $1 '*) sleep $2 ;; esac
exec $(command -v git) "\$@"
END
    chmod +x "$scratch/slow/git"
    shift 2
    printf '#!/bin/sh\nPATH=%s:$PATH exec "%s" check --pre-receive %s\n' "$scratch/slow" "$TMPGUARD" "$*" \
        >"$server/hooks/pre-receive"
}

git reset -q --hard origin/main
secure fine2.py
commit fine2
late='\.: incomplete: the deadline passed before everything was checked: push again, or less at a time; who runs the server can set another .hooks\.tmpguard\.deadline. *$'
slow rev-list 1.2 --deadline 1
rejects "$late" origin main
expect_error '^remote: tmpguard rejected the push, since not everything could be checked'
git -C "$server" config hooks.tmpguard.deadline 1
slow rev-list 1.2
rejects "$late" origin main
ok "what is not compared when the deadline passes is incomplete, and refused"

slow rev-list 30
started=$(date +%s)
rejects 'tmpguard: rejected the push: the deadline passed before everything was checked: .*' origin main
[ $(($(date +%s) - started)) -lt 15 ] || failed 'the deadline is not kept'
ok "what hangs is ended a second later, and refused"

slow rev-list 1.2 --deadline 60
accepts main origin main
git -C "$server" config hooks.tmpguard.deadline 60
slow rev-list 0
secure fine3.py
commit fine3
accepts main origin main
ok "what is done in time is accepted, and the option comes before the setting"

git -C "$server" config hooks.tmpguard.onDeadline accept
secure fine4.py
commit fine4
slow rev-list 1.2 --deadline 1
accepts main origin main
expect_error '^remote: tmpguard: WARNING: the push was not checked in full, for the deadline passed; it is accepted since .hooks\.tmpguard\.onDeadline. is .accept. *$'
secure fine5.py
commit fine5
slow rev-list 20 --deadline 1
accepts main origin main
expect_error '^remote: tmpguard: WARNING: the push was not checked in full'
ok "with hooks.tmpguard.onDeadline it is accepted, with a warning"

insecure bad.py
commit bad
slow rev-list 0 --deadline 1
rejects "$finding" origin main
printf '[hooks "tmpguard"]\n\tdeadline = 1\n\tonDeadline = accept\n' | tee .gitconfig >config
git add -A && git commit -q -m settings
git -C "$server" config --remove-section hooks.tmpguard
slow rev-list 0
rejects "$finding" origin main
printf '[tmpguard]\n\tonDeadline = accept\n' >.tmpguard
commit policy
rejects "$finding" origin main
expect_error "^remote: \.tmpguard:2: note: 'onDeadline' is ignored: only git's settings can say that *\$"
ok "a finding is refused in any case, and nothing that is pushed can set a deadline"

git reset -q --hard origin/main
secure fine6.py
commit fine6
for setting in 'deadline soon' 'deadline -1' 'onDeadline maybe'; do
    # shellcheck disable=SC2086 # two words
    git -C "$server" config hooks.tmpguard.${setting% *} "${setting#* }"
    rejects "tmpguard: the server's settings are wrong, .*: $server/config:[0-9]+: '${setting#* }' of '${setting% *}' is " origin main
    git -C "$server" config --remove-section hooks.tmpguard
done
expect_exit 2 "$TMPGUARD" check --deadline 5
expect_error '^tmpguard: --deadline is for --pre-receive$'
ok "a setting that makes no sense refuses all"
again_with_new_git
