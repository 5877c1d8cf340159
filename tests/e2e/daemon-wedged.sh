#!/bin/sh
# Whatever listens in the daemon's place: the verdict is right, and late by a quarter of a second at most.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"
. "${this_script%/*}/daemon-lib.sh"

repository work
secure a.py
commit base
insecure bad.py
git add bad.py
socket=$XDG_RUNTIME_DIR/tmpguard/s1
export TMPGUARD_HOOK=

# attempt COMMAND…: the verdict is right; $now is how long that took, in milliseconds.
attempt() {
    begun=$(milliseconds)
    expect_exit 1 "$@"
    now=$(($(milliseconds) - begun))
    expect_output '^bad\.py:2:8: error:'
    expect_exit 0 test "$(grep -c error: "$out")" -eq 1
}

# in_time: no later than without a daemon and a quarter of a second; a machine that does other things gets ten attempts.
in_time() {
    for left in 9 8 7 6 5 4 3 2 1 0; do
        attempt env TMPGUARD_NO_DAEMON=1 "$hook"
        alone=$now
        attempt "$hook"
        late=$((now - alone))
        [ $late -gt 250 ] || return 0
    done
    failed "late by $late ms, $left attempts left"
}

# Listens at the socket and does what its name says, for each client anew.
cat >"$scratch/impostor" <<'PYTHON'
import os, socket, struct, sys, time

path, way = sys.argv[1], sys.argv[2]
if os.path.exists(path):
    os.unlink(path)
os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
if len(sys.argv) > 3:
    os.setuid(int(sys.argv[3]))
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(0 if way == "full" else 50)
print("listens", flush=True)


def head(kind, size, nonce, major=1, magic=b"tmpG"):
    return magic + bytes([major, kind, 0, 0]) + struct.pack("<I", size) + nonce


def clean(nonce, **more):
    text = b"0 Python files checked, no findings (0.1 ms)\n"
    return head(17, 8 + len(text), nonce, **more) + bytes(8) + text


def answer(client, nonce):
    if way == "slow":
        for byte in clean(nonce):
            client.send(bytes([byte]))
            time.sleep(1)
    if way == "talks":
        client.send(head(18, 1000, nonce))
    while way == "talks":
        client.send(b"x")
        time.sleep(0.05)
    ways = {
        "garbage": os.urandom(5000),
        "zeros": bytes(5000),
        "closes": b"",
        "version": clean(nonce, major=2),
        "magic": clean(nonce, magic=b"tmpH"),
        "other": clean(bytes(8)),
        "short": clean(nonce)[:-1],
        "huge": head(17, 0xFFFFFFFF, nonce),
        "large": head(17, 4 << 20, nonce) + bytes(100),
        "code": head(17, 9, nonce) + struct.pack("<Q", 3) + b"x",
        "negative": head(17, 9, nonce) + b"\xff" * 8 + b"x",
        "kind": head(19, 8, nonce) + bytes(8),
        "request": head(1, 84, nonce) + bytes(84),
        "no": head(18, 4, nonce) + b"busy",
    }
    client.sendall(ways.get(way, b""))
    if way in ("short", "large"):
        time.sleep(30)


clients = []
while True:
    if way == "full":
        time.sleep(60)
    client, _ = listener.accept()
    clients.append(client)
    if way == "silent":
        continue
    if way == "deaf":
        client.close()
        continue
    try:
        got = b""
        while len(got) < 20:
            got += client.recv(1 << 16)
        if os.fork() == 0:
            try:
                answer(client, got[12:20])
            finally:
                os._exit(0)
        clients.remove(client)
        client.close()
    except OSError:
        pass
PYTHON

# impostor WAY [USER]: start it.
impostor() {
    : >"$scratch/said"
    python3 -I -S "$scratch/impostor" "$socket" "$@" >"$scratch/said" 2>&1 &
    impostor=$!
    trap 'kill $impostor 2>/dev/null; "$TMPGUARD" daemon stop --quiet; rm -rf "$scratch"' EXIT
    within 10 grep -q listens "$scratch/said"
}

for way in silent slow talks garbage zeros closes deaf version magic other short huge large code negative kind request no; do
    impostor $way
    in_time
    kill $impostor
    ok "$way: the verdict is right, late by $late ms"
done

impostor full
python3 -I -S -c 'import socket, sys, time
for _ in range(3):
    client = socket.socket(socket.AF_UNIX)
    client.setblocking(False)
    try:
        client.connect(sys.argv[1])
    except BlockingIOError:
        pass
    globals().setdefault("kept", []).append(client)
time.sleep(20)' "$socket" &
filler=$!
sleep 0.3
in_time
kill $impostor $filler
ok "a full backlog: the verdict is right, late by $late ms"

if [ "$(id -u)" -eq 0 ]; then
    rm -f "$socket"
    chmod 711 "$scratch"
    chown 12345 "$XDG_RUNTIME_DIR/tmpguard"
    chmod 755 "$XDG_RUNTIME_DIR"
    impostor closes 12345
    chown 0 "$XDG_RUNTIME_DIR/tmpguard"
    chmod 700 "$XDG_RUNTIME_DIR"
    in_time
    expect_exit 1 "$TMPGUARD" daemon status
    kill $impostor
    rm -f "$socket"
    ok "another user's process is not asked"

    git config --global --add safe.directory '*'
    expect_exit 1 env SUDO_UID=12345 "$hook"
    expect_output '^bad\.py:2:8: error:'
    expect_exit 1 test -S "$socket"
    ok "root of sudo asks nobody"
fi

rm -f "$socket"
expect_exit 0 "$TMPGUARD" daemon start
daemon=$(pid)
in_time
kill -STOP "$daemon"
in_time
kill -CONT "$daemon"
ok "a daemon that is stopped: the verdict is right, late by $late ms"

# Its workers are stopped as soon as there are any.
before=$(requests)
(while :; do for child in $(children "$daemon"); do kill -STOP "$child"; done; done) 2>"$scratch/stops" &
stopper=$!
in_time
kill $stopper
[ "$(requests)" -ge "$before" ] || failed 'it was not asked'
ok "workers that are stopped: the verdict is right, late by $late ms"

for child in $(children "$daemon"); do kill -CONT "$child" 2>/dev/null; done
(while :; do for child in $(children "$daemon"); do kill -KILL "$child"; done; done) 2>"$scratch/stops" &
stopper=$!
in_time
kill $stopper
ok "workers that are killed: the verdict is right, late by $late ms"
runs "$daemon" || failed 'the daemon has gone'

rm -f "$socket"
mkdir "$socket"
in_time
rmdir "$socket"
echo x >"$socket"
in_time
rm "$socket"
mkfifo "$socket"
in_time
rm "$socket"
ok "a folder, a file or a pipe in the socket's place is nobody"

kill "$daemon"
within 5 gone "$daemon"
