#!/bin/sh
# Socket activation: systemd's protocol, without systemd. The socket is whose made it, and stays.
# shellcheck disable=SC1091,SC2154 # lib.sh
units=$(cd "$(dirname "$0")/../../cmd/systemd" && pwd)
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"
socket=$XDG_RUNTIME_DIR/tmpguard/s1

# activate SOCKET [PID]: run the daemon as systemd does, with a listening socket as descriptor 3.
activate() {
    python3 -I -S -c 'import os, socket, sys
path, program = sys.argv[1:3]
os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
if os.path.exists(path):
    os.unlink(path)
os.umask(0o177)
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(20)
if listener.fileno() != 3:
    os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
pid = sys.argv[3] if len(sys.argv) > 3 else str(os.getpid())
os.environ.update(LISTEN_PID=pid, LISTEN_FDS="1", LISTEN_FDNAMES="tmpguard.socket")
os.execv(program, [program, "daemon", "run", "--idle", "60"])' "$1" "$TMPGUARD" ${2+"$2"} >"$scratch/said" 2>&1 &
    daemon=$!
}

repository work
secure a.py
git add a.py
activate "$socket"
within 10 "$TMPGUARD" daemon status --quiet
expect_exit 0 test "$(pid)" -eq $daemon
made=$(stat -c %i "$socket")
expect_exit 0 "$hook"
expect_exit 0 test "$(requests)" -eq 1
expect_exit 0 "$TMPGUARD" daemon start
expect_output '^the daemon runs already$'
ok "it answers at the socket that it was given"

expect_exit 0 "$TMPGUARD" daemon stop
within 5 gone $daemon
expect_exit 0 test "$(stat -c %i "$socket")" = "$made"
ok "it leaves the socket to who made it"

activate "$XDG_RUNTIME_DIR/tmpguard/elsewhere"
within 5 gone $daemon
expect_exit 0 grep -q 'the socket that was passed on is not ' "$scratch/said"
ok "a socket where no client looks is refused"

activate "$socket" 1
within 10 "$TMPGUARD" daemon status --quiet
# What it bound itself it takes away; the number of the file may be that of the one before.
"$TMPGUARD" daemon stop --quiet
within 5 gone $daemon
expect_exit 1 test -e "$socket"
ok "one that is meant for another process is not taken"

# As systemd does it: who listens first is another process, and stays.
python3 -I -S -c 'import os, socket, sys, time
path, program = sys.argv[1:3]
if os.path.exists(path):
    os.unlink(path)
os.umask(0o177)
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(20)
child = os.fork()
if child:
    print(child, flush=True)
    os.waitpid(child, 0)
    time.sleep(60)
if listener.fileno() != 3:
    os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(program, [program, "daemon", "run"])' "$socket" "$TMPGUARD" >"$scratch/child" 2>&1 &
manager=$!
within 10 "$TMPGUARD" daemon status --quiet
kill -STOP "$(cat "$scratch/child")"
expect_exit 0 "$TMPGUARD" daemon stop
within 5 gone "$(cat "$scratch/child")"
runs $manager || failed 'who made the socket was killed'
kill $manager
ok "what hangs is ended, and not who made its socket"

expect_exit 0 "$TMPGUARD" daemon start
before=$(pid)
activate "$socket"
sleep 0.5
runs $daemon || failed 'it ended, and would be started again'
kill -KILL "$before"
within 5 "$TMPGUARD" daemon status --quiet
expect_exit 0 test "$(pid)" -eq $daemon
expect_exit 0 "$TMPGUARD" daemon stop
ok "beside another daemon it waits for its turn"

expect_exit 0 grep -qx 'ListenStream=%t/tmpguard/s1' "$units/tmpguard.socket"
if command -v systemd-analyze >/dev/null; then
    sed "s|@CMAKE_INSTALL_FULL_BINDIR@/tmpguard|$TMPGUARD|" "$units/tmpguard.service.in" >tmpguard.service
    cp "$units/tmpguard.socket" .
    expect_exit 0 systemd-analyze --user --man=no verify ./tmpguard.service ./tmpguard.socket
    ok "systemd understands the units"
fi
