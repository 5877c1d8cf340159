"""What the scripts here share: a home, a runtime folder and repositories of their own, and the processes in them."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

BAD = "import tempfile\nname = tempfile.mktemp()\n# {}\n"
GOOD = "# no mktemp\nimport tempfile\nname = tempfile.mkstemp()\n# {}\n"


class Ground:
    def __init__(self, tmpguard):
        self.tmpguard = str(Path(tmpguard).resolve())
        self.hook = self.tmpguard + "-hook"
        self.root = Path(tempfile.mkdtemp(prefix="tmpguard-soak."))
        self.home, runtime = self.root / "home", self.root / "run"
        self.home.mkdir()
        runtime.mkdir(mode=0o700)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "XDG_RUNTIME_DIR": str(runtime),
                            "LC_ALL": "C.UTF-8", "TZ": "UTC", "GIT_CONFIG_NOSYSTEM": "1"}
        for who in ("AUTHOR", "COMMITTER"):
            self.environment |= {f"GIT_{who}_NAME": "A", f"GIT_{who}_EMAIL": "a@example.org"}
        self.log = self.home / ".local/state/tmpguard/daemon.log"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run([self.tmpguard, "daemon", "stop", "--quiet"])
        for process in self.processes():
            os.kill(process, 9)
        shutil.rmtree(self.root, ignore_errors=True)

    def start(self, command, folder=None, **more):
        return subprocess.Popen(command, cwd=folder or self.root, env=self.environment | more, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, command, folder=None, seconds=60, **more):
        """The exit code and what was printed."""
        process = self.start(command, folder, **more)
        try:
            said = process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return "hangs", ""
        return process.returncode, said.decode(errors="replace")

    def git(self, folder, *arguments, **more):
        code, said = self.run(["git", *arguments], folder, **more)
        if code:
            raise SystemExit(f"git {arguments}: {code}: {said}")
        return said

    def repository(self, name):
        folder = self.root / name
        folder.mkdir()
        self.git(folder, "init", "-q", "-b", "main")
        (folder / "first.py").write_text(GOOD.format("first"))
        self.git(folder, "add", ".")
        self.git(folder, "commit", "-qm", "first")
        hook = folder / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\nexec '{self.hook}' check --record\n")
        hook.chmod(0o755)
        return folder

    def state(self):
        """What the daemon says of itself, as words; none: it does not run."""
        code, said = self.run([self.tmpguard, "daemon", "status"])
        return said if code == 0 else ""

    def processes(self):
        """Of tmpguard, with this ground's environment: those that are no zombies."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(process / "exe") in (self.tmpguard, self.hook) and \
                   f"XDG_RUNTIME_DIR={self.environment['XDG_RUNTIME_DIR']}".encode() in \
                   (process / "environ").read_bytes().split(b"\0"):
                    found.append(int(process.name))
            except OSError:
                pass
        return found

    def daemons(self):
        """Their process numbers: those that no other of them started."""
        found = []
        for process in self.processes():
            try:
                words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")[1:3]
                parent = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if words == [b"daemon", b"run"] and parent not in self.processes():
                found.append(process)
        return found


def wait_until(holds, seconds):
    """Does it hold by then?"""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() >= end:
            return False
        time.sleep(0.05)
    return True
