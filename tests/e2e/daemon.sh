#!/bin/sh
# The daemon starts, answers, and ends; a commit never depends on it.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"

repository work
insecure old.py
commit old
expect_exit 1 "$TMPGUARD" daemon status
expect_exit 1 "$TMPGUARD" daemon status --format json
expect_json "d['running'] is False" "d['pid'] is None" "d['socket'].startswith('/')"
expect_exit 0 "$TMPGUARD" daemon stop
ok "no daemon runs at first, and to stop none is fine"

expect_exit 0 "$TMPGUARD" daemon start
expect_exit 0 "$TMPGUARD" daemon status --format json
expect_json "d['running'] is True" "d['pid'] > 1" "d['version'] == '0.1.0'" \
    "d['socket'] == '$XDG_RUNTIME_DIR/tmpguard/s1'" "len(d['sandbox']) > 0"
daemon=$(pid)
expect_exit 0 test -S "$XDG_RUNTIME_DIR/tmpguard/s1"
expect_exit 0 test "$(stat -c %a "$XDG_RUNTIME_DIR/tmpguard")" = 700
expect_exit 0 test "$(stat -c %a "$XDG_RUNTIME_DIR/tmpguard/s1")" = 600
expect_exit 0 "$TMPGUARD" daemon start
expect_output '^the daemon runs already$'
expect_exit 0 test "$(pid)" = "$daemon"
ok "it is started once, and status says where it is"

insecure bad.py
git add bad.py
before=$(requests)
expect_exit 1 "$hook"
expect_output '^bad\.py:2:8: error:'
expect_exit 1 "$hook" check --record
expect_exit 1 "$hook" check --staged
expect_exit 0 test "$(requests)" -eq $((before + 3))
expect_exit 0 "$hook" version
expect_output '^tmpguard 0\.1\.0$'
expect_exit 2 "$hook" check --nonsense
expect_exit 1 "$hook" check --no-daemon
expect_exit 1 env TMPGUARD_NO_DAEMON=1 "$hook"
expect_exit 0 test "$(requests)" -eq $((before + 3))
ok "tmpguard-hook asks it for the gate of a commit, and for nothing else"

git rm -q --cached bad.py
secure good.py
git add good.py
expect_exit 0 "$hook" check --record
expect_silence
expect_exit 0 test -s .git/tmpguard/approved
rm -r .git/tmpguard
(umask 002 && "$hook" check --record) || failed 'it is not recorded'
expect_exit 0 test "$(stat -c %a .git/tmpguard .git/tmpguard/approved | tr '\n' ' ')" = '775 664 '
ok "what passes is recorded as tmpguard does"

stands=$(readlink "/proc/$daemon/cwd")
expect_exit 0 test "$stands" = /
for descriptor in "/proc/$daemon/fd/"*; do
    target=$(readlink "$descriptor")
    case $target in
    '' | /dev/null | "$log" | "$XDG_RUNTIME_DIR/tmpguard/daemon.lock" | socket:* | anon_inode:* | "$HOME/.cache/tmpguard"*) ;;
    *) failed "the daemon has $descriptor -> $target" ;;
    esac
done
tr '\0' '\n' <"/proc/$daemon/environ" | sed 's/=.*//' | sort >"$out"
refuse_output '^GIT|^LC_|^TMPGUARD$|^TERM$'
ok "its descriptors, folder and environment are its own"

repository apart
secure good.py
git add good.py
git config hooks.tmpguard.daemon off
watched=$(state repositories)
expect_exit 0 "$hook"
expect_exit 0 test "$(requests)" -eq $((before + 6))
watches "$watched" || failed 'the repository is watched'
expect_exit 0 "$TMPGUARD" config daemon
expect_output '^off'
git config --unset hooks.tmpguard.daemon
ok "where the policy wants none, it does not answer"

expect_exit 0 "$TMPGUARD" daemon stop
expect_output '^the daemon has ended$'
gone "$daemon" || failed "it still runs"
expect_exit 1 test -e "$XDG_RUNTIME_DIR/tmpguard/s1"
expect_exit 1 "$TMPGUARD" daemon status
expect_exit 0 env TMPGUARD_NO_DAEMON=1 "$hook"
expect_output '^1 Python file checked, no findings'
expect_exit 0 grep -q 'begins, version 0\.1\.0; sandbox: [a-zA-Z]' "$log"
expect_exit 0 grep -q 'ends: told to stop$' "$log"
expect_exit 0 test "$(stat -c %a "$log")" = 600
expect_exit 1 grep -q mktemp "$log"
ok "it is stopped, leaves no socket, and its log holds no source"

expect_exit 0 "$TMPGUARD" daemon start --idle 1
daemon=$(pid)
within 5 gone "$daemon"
expect_exit 1 test -e "$XDG_RUNTIME_DIR/tmpguard/s1"
expect_exit 0 grep -q 'ends: nobody asked$' "$log"
for wrong in 0 -1 x ''; do
    expect_exit 2 "$TMPGUARD" daemon start --idle="$wrong"
done
expect_exit 2 "$TMPGUARD" daemon stop --idle 5
ok "when nobody asks, it ends"

expect_exit 2 "$TMPGUARD" daemon
expect_exit 2 "$TMPGUARD" daemon restart
expect_exit 2 "$TMPGUARD" daemon start now
ok "other words are refused"
