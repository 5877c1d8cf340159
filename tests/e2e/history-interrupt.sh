#!/bin/sh
# scan --history on a terminal: progress with an estimate, and an end at once for Ctrl-C that leaves a sound cache.
# shellcheck disable=SC1091,SC2154 # lib.sh
. "$(dirname "$0")/lib.sh"

repository long
python3 -I -S - <<'END' | git fast-import --quiet || failed 'no repository'
import sys

lines = "".join("    a%d = [%%d, 'x']\n" % i for i in range(12))
out = ["reset refs/heads/main\n"]
for i in range(12000):
    body = "import tempfile\ndef f():\n" + lines % tuple(range(i, i + 12)) + "    return tempfile.mktemp('%d')\n" % i
    out.append("commit refs/heads/main\ncommitter A <a@b> %d +0000\ndata 2\nm\n" % (1100000000 + i))
    out.append("M 644 inline f%d.py\ndata %d\n%s\n" % (i % 200, len(body), body))
sys.stdout.write("".join(out))
END

cat >"$scratch/press" <<'END'
"""press WHEN PROGRAM…: run it on a terminal of 80 columns, and press Ctrl-C: after so many seconds, or with an
estimate on the screen ("estimate"). Prints how long it took to end, in seconds."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[2], sys.argv[2:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
started = time.monotonic()
shown = b""


def look(seconds):
    """Take what is shown within this time; False if the program has ended."""
    global shown
    if select.select([terminal], [], [], seconds)[0]:
        try:
            shown += os.read(terminal, 65536)
        except OSError:
            return False
    return True


def now():
    if sys.argv[1] == "estimate":
        return re.search(rb" s left", shown)
    return time.monotonic() - started >= float(sys.argv[1])


while not now():
    if not look(0.01):
        if sys.argv[1] == "estimate":
            sys.exit("it ended too soon")
        break
os.write(terminal, b"\x03")
pressed = time.monotonic()
ended = 0
while not ended:
    look(0.005)
    ended, status = os.waitpid(child, os.WNOHANG)
    if not ended and time.monotonic() - pressed > 20:
        os.kill(child, signal.SIGKILL)
        sys.exit("it does not end")
took = time.monotonic() - pressed
if os.WIFEXITED(status) and sys.argv[1] != "estimate":
    print("0.000")  # a fast machine
    sys.exit(0)
if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGINT:
    sys.exit("it ended otherwise: status %d" % status)
for line in re.split(rb"\r\x1b\[K", shown)[1:]:
    line = re.sub(rb"\^C.*", b"", line, flags=re.S)
    if not re.fullmatch(rb"[a-z ]+ (\[=*>? *\] )?\d+( of \d+)?(, \d+ (s|min) left)?", line):
        sys.exit("an odd line of progress: %r" % line)
    if len(line) > 79:
        sys.exit("too wide: %r" % line)
time.sleep(0.1)
try:
    os.killpg(child, 0)
    sys.exit("something is still running")
except ProcessLookupError:
    pass
print("%.3f" % took)
END

# press WHEN ARGUMENT…: interrupt a scan. The best of three counts: the machine may be busy.
press() {
    for _ in 1 2 3; do
        TERM=xterm expect_exit 0 python3 -I -S "$scratch/press" "$1" "$TMPGUARD" scan --history --jobs 1 --format json
        awk '{ exit !($1 < 0.2) }' "$out" && return
    done
    failed 'it takes longer than 200 ms to end'
}

press estimate
ok 'progress has an estimate, and Ctrl-C ends it within 200 ms as it ends git'

for moment in 0.05 0.3 0.9 1.4; do
    press "$moment"
done
ok 'at any moment'

expect_exit 0 "$TMPGUARD" cache stats
expect_exit 1 "$TMPGUARD" scan --history --no-cache --format json
sed '/"stats":/d' "$out" >"$scratch/without"
for _ in 1 2; do
    expect_exit 1 "$TMPGUARD" scan --history --format json
    expect_json "d['incomplete'] == []" "len(d['findings']) == 12000"
    sed '/"stats":/d' "$out" | cmp -s - "$scratch/without" || failed 'another result with the cache'
done
expect_json "d['stats']['parsed'] == 0" "d['stats']['cache_hits'] > 0"
[ ! -s "$err" ] || failed 'something was said beside the result'
ok 'the cache is sound and useful after that, and a pipe gets nothing but the result'
