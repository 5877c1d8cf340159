"""What the checks share: the project's sources and how each is compiled."""

import functools
import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("core", "store", "hooks", "cmd")


@functools.cache
def layer_of(path):
    """The layer that a file of the project belongs to, or None."""
    try:
        first = Path(path).resolve().relative_to(ROOT).parts[0]
    except ValueError:
        return None
    return first if first in LAYERS else None


@functools.cache
def room_of(path):
    """The folder of a layer that a file is in, or None."""
    parts = Path(path).resolve().relative_to(ROOT).parts if layer_of(path) else ()
    return parts[1] if len(parts) > 2 else None


def compile_commands(build):
    """(source, arguments, folder) of each file of a layer. Stops if there is none: nothing was checked."""
    entries = json.loads((Path(build) / "compile_commands.json").read_text(encoding="utf-8"))
    found = {
        entry["file"]: (entry["file"], shlex.split(entry["command"]), entry["directory"])
        for entry in entries
        if layer_of(entry["file"])
    }
    if not found:
        sys.exit(f"{build}/compile_commands.json names no source of the project")
    return sorted(found.values())


def known_headers(build):
    """What the compiler read when it made each object, as ninja has put it down; nothing without ninja."""
    try:
        result = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=False)
    except OSError:
        return {}
    known = {}
    for entry in result.stdout.split("\n\n"):
        head, *names = entry.strip().split("\n")
        if head.endswith("(VALID)"):
            known[head.partition(": #deps")[0]] = [os.path.normpath(os.path.join(build, name.strip())) for name in names]
    return known


def headers(command, known):
    """The absolute path of every file that the compiler reads for a source, itself included."""
    source, arguments, folder = command
    out = arguments.index("-o")
    if source in known.get(arguments[out + 1], ()):
        return known[arguments[out + 1]]
    arguments = [argument for argument in arguments[:out] + arguments[out + 2:] if argument != "-c"]
    result = subprocess.run(arguments + ["-M"], cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{source}: {result.stderr}")
    names = result.stdout.partition(":")[2].replace("\\\n", " ").replace("\\ ", "\0").split()
    return [os.path.normpath(os.path.join(folder, name.replace("\0", " "))) for name in names]


def map_parallel(function, items):
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(function, items))


def finish(problems, what):
    """Print and end: 1 if there is any problem."""
    for problem in problems:
        print(problem)
    print(f"{what}: {len(problems)} problems")
    sys.exit(1 if problems else 0)
