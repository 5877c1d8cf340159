"""The tools that tmpguard is compared with, and how each of them is run over a folder.

Each tool reads the files that it would choose by itself. ruff as a library chooses none; it gets *.py, *.pyw and *.pyi.
What comes from npm is pinned in package-lock.json by its hash and installed below build/; bandit and pylint are
Debian's, and absent if they are not installed.
"""

import collections
import functools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NPM_FOLDER = ROOT / "build" / "peers"
MODULES = NPM_FOLDER / "node_modules"
SUFFIXES = (".py", ".pyw", ".pyi")

# What a tool said: {(path, line)} of calls, the files that it could not parse, and the mentions: {(path, line)} where it
# points at the function's name and there is no call.
Said = collections.namedtuple("Said", "lines unparsed mentions")


class Absent(Exception):
    """The tool is not here; the text says what brings it."""


def run(command, codes, **more):
    """The standard output of a command; stops unless its exit code is one of `codes`."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **more)
    if result.returncode not in codes:
        said = result.stderr.decode("utf-8", "replace")[-2000:]
        sys.exit(f"{command[0]}: exit code {result.returncode}: {said}")
    return result.stdout


def relative(path, folder):
    return os.path.relpath(os.path.join(folder, path), folder)


# ---- npm --------------------------------------------------------------------


@functools.lru_cache(maxsize=None)
def install_npm():
    """Put what package-lock.json pins below build/, unless it is there already."""
    lock = HERE / "package-lock.json"
    done = NPM_FOLDER / "package-lock.json"
    if MODULES.is_dir() and done.exists() and done.read_bytes() == lock.read_bytes():
        return
    if not shutil.which("npm") or not shutil.which("node"):
        raise Absent("npm is missing: apt-get install npm")
    shutil.rmtree(NPM_FOLDER, ignore_errors=True)
    NPM_FOLDER.mkdir(parents=True)
    shutil.copy(HERE / "package.json", NPM_FOLDER)
    shutil.copy(lock, done)
    print("npm ci in build/peers", file=sys.stderr)
    try:
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], (0,), cwd=NPM_FOLDER)
    except SystemExit as error:
        done.unlink()
        raise Absent(str(error)) from error


def npm_version(package):
    install_npm()
    return json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))["version"]


# ---- ruff -------------------------------------------------------------------


def ruff(folder, preview):
    install_npm()
    files = [os.path.join(path, name) for path, _, names in os.walk(folder) for name in names
             if name.endswith(SUFFIXES) and not os.path.islink(os.path.join(path, name))]
    output = run(["node", HERE / "ruff.js", MODULES, preview], (0,), input=json.dumps(files).encode())
    said = {relative(file, folder): one for file, one in json.loads(output).items()}
    lines, mentions = ({(path, line) for path in said for line in said[path][kind]} for kind in ("lines", "mentions"))
    return Said(lines, {path for path in said if said[path]["unparsed"]}, mentions)


# ---- pyright ----------------------------------------------------------------

CALLED = re.compile(r"[ \t)]*\(")
NAMED = re.compile(r'"(mktemp|tempnam|tmpnam)"')


def is_called(source, line, column):
    """Whether the name that ends at a place (both from 0, columns in UTF-16) is called there."""
    lines = source.split("\n")
    before = lines[line].encode("utf-16-le")[:2 * column].decode("utf-16-le", "replace")
    return CALLED.match(lines[line][len(before):]) is not None


def pyright(folder, scratch, roots=(), extra=()):
    """`roots`: folders below `folder` that are programs of their own; `extra`: folders to look for imports in."""
    install_npm()
    config = Path(scratch, "pyrightconfig.json")
    config.write_text(json.dumps({
        "include": [os.path.relpath(folder, scratch)],
        "typeCheckingMode": "off",
        "reportDeprecated": "error",
        "extraPaths": [os.path.relpath(path, scratch) for path in extra],
        "executionEnvironments": [{"root": os.path.relpath(root, scratch)} for root in roots],
    }), encoding="utf-8")
    command = ["node", "--max-old-space-size=8192", MODULES / "pyright" / "index.js", "--outputjson", "-p", config]
    said = json.loads(run(command, (0, 1)))["generalDiagnostics"]
    lines, unparsed, mentions = set(), set(), set()
    for one in said:
        path = relative(one["file"], folder)
        if one.get("rule") == "reportDeprecated" and NAMED.search(one["message"]):
            source = Path(folder, path).read_bytes().decode("utf-8-sig", "replace")
            source = source.replace("\r\n", "\n").replace("\r", "\n")
            end = one["range"]["end"]
            called = is_called(source, end["line"], end["character"])
            (lines if called else mentions).add((path, one["range"]["start"]["line"] + 1))
        elif "rule" not in one and one["severity"] == "error":
            unparsed.add(path)
    return Said(lines, unparsed, mentions)


# ---- ast-grep ---------------------------------------------------------------

def ast_grep(folder):
    install_npm()
    programs = list(MODULES.glob("@ast-grep/cli-*/ast-grep"))
    if not programs:
        raise Absent("npm has no @ast-grep/cli for this machine")
    output = run([programs[0], "scan", "--rule", HERE / "ast-grep.yml", "--no-ignore", "hidden", "--json=stream", "."], (0, 1), cwd=folder)
    said = [json.loads(line) for line in output.splitlines()]
    return Said({(relative(one["file"], folder), one["range"]["start"]["line"] + 1) for one in said}, set(), set())


# ---- Debian's ---------------------------------------------------------------


def debian_version(package):
    found = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", package],
                           capture_output=True, text=True, check=False).stdout.split()
    if found[:1] != ["installed"]:
        raise Absent(f"{package} is missing: apt-get install {package}")
    return found[1]


def bandit(folder):
    debian_version("bandit")
    output = run(["/usr/bin/bandit", "-q", "-r", "-t", "B306,B325", "-f", "json", "."], (0, 1), cwd=folder)
    said = json.loads(output)
    lines = {(relative(one["filename"], folder), one["line_number"]) for one in said["results"]}
    return Said(lines, {relative(one["filename"], folder) for one in said["errors"]}, set())


def pylint(folder):
    debian_version("pylint")
    command = ["/usr/bin/pylint", "--rcfile=/dev/null", "--disable=all", "--enable=syntax-error,deprecated-method",
               "--recursive=y", "--score=n", "--output-format=json", "."]
    said = json.loads(run(command, range(32), cwd=folder) or b"[]")
    lines = {(relative(one["path"], folder), one["line"]) for one in said if one["symbol"] == "deprecated-method"
             and re.search("mktemp|tempnam|tmpnam", one["message"])}
    return Said(lines, {relative(one["path"], folder) for one in said if one["symbol"] == "syntax-error"}, set())


# ---- all of them ------------------------------------------------------------

# A tool: its name, the function that tells its version, and the one that runs it: (folder, scratch, roots, extra).
Peer = collections.namedtuple("Peer", "name version find")

PEERS = (
    Peer("ruff, S306", lambda: npm_version("@astral-sh/ruff-wasm-nodejs"),
         lambda folder, scratch, roots, extra: ruff(folder, "stable")),
    Peer("ruff preview, S306", lambda: npm_version("@astral-sh/ruff-wasm-nodejs"),
         lambda folder, scratch, roots, extra: ruff(folder, "preview")),
    Peer("pyright, reportDeprecated", lambda: npm_version("pyright"), pyright),
    Peer("bandit, B306 and B325", lambda: debian_version("bandit"),
         lambda folder, scratch, roots, extra: bandit(folder)),
    Peer("pylint, deprecated-method", lambda: debian_version("pylint"),
         lambda folder, scratch, roots, extra: pylint(folder)),
    Peer("ast-grep, ast-grep.yml", lambda: npm_version("@ast-grep/cli"),
         lambda folder, scratch, roots, extra: ast_grep(folder)),
)
