#!/usr/bin/env python3
"""check.py: what `tmpguard lsp` ($TMPGUARD) says to a client, message by message. Runs in an empty folder, which is no
repository, that it fills."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from client import EVERYTHING, Client, frame

CALL = "tempfile.mktemp()"
PLAIN = f"import tempfile\nname = {CALL}\n"
OPENED = f"import tempfile\n\np = {CALL}\nwith open(p, 'w') as f:\n    f.write('x')\n"
UNSAFE = f"import tempfile\nclass A:\n    def f(self):\n        self.p = {CALL}\n        with open(self.p, 'w') as f:\n            f.write('x')\n"


def uri_of(name):
    return (Path.cwd() / name).as_uri()


def scan(path):
    result = subprocess.run([os.environ["TMPGUARD"], "scan", "--no-cache", "--format", "json", str(path)], capture_output=True,
                            check=False)
    return json.loads(result.stdout)


def repository(name, policy=""):
    folder = Path(name)
    folder.mkdir()
    subprocess.run(["git", "init", "-q", name], check=True)
    if policy:
        (folder / ".tmpguard").write_text("[tmpguard]\n" + policy, encoding="utf-8")
    return folder


def a_session_starts_and_ends():
    client = Client(arguments=["--stdio"])
    capabilities = client.answer["capabilities"]
    assert capabilities["positionEncoding"] == "utf-16"
    assert capabilities["textDocumentSync"] == {"openClose": True, "change": 2, "save": True}
    assert capabilities["codeActionProvider"]["codeActionKinds"] == ["quickfix", "source.fixAll.tmpguard"]
    assert client.answer["serverInfo"]["name"] == "tmpguard"
    client.end()
    assert Client(encodings=["utf-32", "utf-16"]).answer["capabilities"]["positionEncoding"] == "utf-16"
    assert Client(encodings=["utf-16", "utf-8"]).answer["capabilities"]["positionEncoding"] == "utf-8"


def a_finding_is_a_diagnostic():
    client = Client()
    uri = uri_of("a.py")
    client.open(uri, PLAIN)
    (diagnostic,) = client.diagnostics(uri)
    message, remedy = diagnostic["message"].split("\n")
    assert message == "Call to deprecated function tempfile.mktemp may be insecure." and "mkstemp" in remedy
    assert diagnostic == {
        "range": {"start": {"line": 1, "character": 7}, "end": {"line": 1, "character": 24}}, "severity": 1,
        "code": "py/insecure-temporary-file", "source": "tmpguard",
        "codeDescription": {"href": "https://codeql.github.com/codeql-query-help/python/py-insecure-temporary-file/"},
        "message": diagnostic["message"]}, diagnostic
    client.open(uri, "import tempfile\nname = [\n    1,\n    tempfile.mktemp(),\n]\n")
    (diagnostic,) = client.diagnostics(uri)
    (related,) = diagnostic["relatedInformation"]
    assert related["location"] == {"uri": uri, "range": {"start": {"line": 1, "character": 0}, "end": {"line": 5, "character": 0}}}
    client.say("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert client.diagnostics(uri) == []
    client.end()


def a_client_that_can_less_is_told_less():
    client = Client(capabilities={})
    uri = uri_of("a.py")
    client.open(uri, "import tempfile\nname = [\n    tempfile.mktemp(),\n]\n")
    message = client.read()
    assert "version" not in message["params"]
    (diagnostic,) = message["params"]["diagnostics"]
    assert not {"codeDescription", "relatedInformation"} & set(diagnostic)
    assert client.actions(uri, diagnostic["range"]) == []
    client.end()
    client = Client(capabilities={"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}})
    client.open(uri, OPENED)
    repair, _ = client.actions(uri, {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 0}})
    assert "isPreferred" not in repair
    ((name, edits),) = repair["edit"]["changes"].items()
    assert name == uri and len(edits) > 2
    client.end()


def what_is_typed_is_looked_at():
    client = Client()
    uri = uri_of("typed.py")
    client.open(uri, "")
    assert client.diagnostics(uri) == []
    for at, character in enumerate(PLAIN):
        client.change(uri, (at, at, character))
    assert client.found(uri) == [CALL]
    end = len(PLAIN)
    client.change(uri, (end, end, "b = tempfile.mktemp()\n"), (0, 0, "# \U0001f600 first\r\n"))
    assert client.found(uri) == [CALL, CALL]
    client.change(uri, (client.texts[uri].text.index(CALL), client.texts[uri].text.index(CALL) + len(CALL), "1"))
    assert client.found(uri) == [CALL]
    client.versions[uri] += 1
    client.texts[uri].text = "x = 1\n"
    client.say("textDocument/didChange", {"textDocument": {"uri": uri, "version": client.versions[uri]},
                                          "contentChanges": [{"text": "x = 1\n"}]})
    assert client.found(uri) == []
    client.end()


def fast_typing_is_looked_at_once():
    client = Client()
    uri = uri_of("fast.py")
    client.open(uri, PLAIN)
    client.diagnostics(uri)
    head, message = len(PLAIN), b""
    for number in range(200):
        message += frame({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": {"uri": uri, "version": number + 2},
            "contentChanges": [{"range": client.texts[uri].range(head, head), "text": "#"}]}})
    client.write(message)
    client.versions[uri] = 201
    client.diagnostics(uri)
    client.told = []
    client.send("shutdown")
    told = 0
    while "id" not in client.read():
        told += 1
    assert told == 0
    client.say("exit", None)
    assert client.process.wait(timeout=60) == 0


def places_count_in_what_was_agreed_on():
    text = "import tempfile\ns = '\U0001f600\u00e4\u65e5'; p = tempfile.mktemp(); t = '\U0001f600'\r\nq = [tempfile.mktemp()]\r" \
        "r = tempfile.mktemp()"
    for encoding in ("utf-16", "utf-8"):
        client = Client(encodings=[encoding])
        uri = uri_of("wide.py")
        client.open(uri, text)
        assert client.found(uri) == [CALL] * 3
        client.change(uri, (21, 22, ""), (21, 21, "\U0001f601\U0001f602"))
        assert client.found(uri) == [CALL] * 3
        client.end()


def changes_at_random_keep_both_sides_equal():
    """The server's text is what ours is: a repair of all of it comes out as a scan of ours says."""
    random.seed(7)
    pieces = ["\n", "\r\n", "\r", "\U0001f600", "\u00e4", "x", " ", "'", "p = tempfile.mktemp()\n", "#", "(", ")", "\ufeff"]
    for encoding in ("utf-16", "utf-8"):
        client = Client(encodings=[encoding])
        uri = uri_of("random.py")
        client.open(uri, PLAIN)
        for _ in range(40):
            for _ in range(random.randrange(1, 6)):
                size = len(client.texts[uri].text)
                start = random.randrange(size + 1)
                end = min(size, start + random.choice([0, 0, 1, 2, 9]))
                # An end of a line is one place, also where it is two characters.
                text = client.texts[uri].text
                if "\r\n" in (text[start - 1:start + 1], text[end - 1:end + 1]):
                    continue
                client.change(uri, (start, end, random.choice(pieces)))
            Path("random.py").write_bytes(client.texts[uri].text.encode())
            report = scan("random.py")
            wanted = [f["start"]["line"] for f in report["findings"]]
            got = [d["range"]["start"]["line"] + 1 for d in client.diagnostics(uri) if d["code"] != "tmpguard/incomplete"]
            assert wanted == got or report["incomplete"], (client.texts[uri].text, wanted, got)
        client.end()


def a_repair_is_what_fix_writes():
    for text, wanted in ((OPENED, "safe"), (PLAIN + "import os\nos.system(name)\n", "unsafe"), (UNSAFE, None)):
        client = Client()
        path = Path("repair.py")
        path.write_text(text, encoding="utf-8")
        uri = uri_of("repair.py")
        client.open(uri, text)
        (diagnostic,) = client.diagnostics(uri)
        actions = client.actions(uri, diagnostic["range"])
        repairs = [a for a in actions if a["title"].startswith("Repair")]
        unsafe = [] if wanted == "safe" else ["--unsafe"]
        subprocess.run([os.environ["TMPGUARD"], "fix", *unsafe, str(path)], capture_output=True, check=False)
        if path.read_text(encoding="utf-8") == text:
            assert repairs == [], repairs
            client.end()
            continue
        (repair,) = repairs
        assert repair["kind"] == "quickfix" and repair["diagnostics"] == [diagnostic]
        assert repair["title"].startswith("Repair: " if wanted == "safe" else "Repair, and look at it: ")
        assert repair.get("isPreferred", False) == (wanted == "safe")
        client.take(uri, repair)
        assert client.texts[uri].text == path.read_text(encoding="utf-8")
        assert client.found(uri) == []
        client.end()


def a_call_that_is_not_repaired_says_why():
    text = "import tempfile\ndef f():\n    return tempfile.mktemp()\n"
    can = json.loads(json.dumps(EVERYTHING))
    for disabled in (True, False):
        can["textDocument"]["codeAction"]["disabledSupport"] = disabled
        client = Client(capabilities=can)
        uri = uri_of("why.py")
        client.open(uri, text)
        (diagnostic,) = client.diagnostics(uri)
        reasons = [a["disabled"]["reason"] for a in client.actions(uri, diagnostic["range"]) if "disabled" in a]
        Path("why.py").write_text(text, encoding="utf-8")
        told = subprocess.run([os.environ["TMPGUARD"], "fix", "why.py"], capture_output=True, check=False, text=True).stdout
        assert len(reasons) == disabled and all(reason in told for reason in reasons), (reasons, told)
        client.end()


def each_case_of_fix_is_repaired_alike(cases):
    count = 0
    client = Client(encodings=["utf-8"])
    for case in sorted(Path(cases).glob("*/before.py")):
        text = case.read_bytes().decode()
        path = Path("case") / case.parent.name / "a.py"
        path.parent.mkdir(parents=True)
        path.write_bytes(text.encode())
        uri = path.absolute().as_uri()
        client.open(uri, text)
        client.diagnostics(uri)
        actions = client.actions(uri, client.texts[uri].range(0, 0), ["source.fixAll"])
        subprocess.run([os.environ["TMPGUARD"], "fix", str(path)], capture_output=True, check=False)
        for action in actions:
            assert action["kind"] == "source.fixAll.tmpguard"
            client.take(uri, action)
            count += 1
        assert client.texts[uri].text.encode() == path.read_bytes(), case
    assert count > 20, count
    client.end()


def a_comment_excuses():
    rows = {
        "import tempfile\np = tempfile.mktemp()\n": "p = tempfile.mktemp()  # tmpguard: ignore[py/insecure-temporary-file]\n",
        "import tempfile\r\np = tempfile.mktemp()": "p = tempfile.mktemp()  # tmpguard: ignore[py/insecure-temporary-file]",
        "import tempfile\np = (\n    tempfile.mktemp()\n)\n": ")  # tmpguard: ignore[py/insecure-temporary-file]\n",
        "import tempfile\nif 1:\n    p = tempfile.mktemp(); q = '''\n'''\n":
            "    # tmpguard: ignore[py/insecure-temporary-file]\n    p = ",
        "import tempfile\nif 1:\r\n    p = tempfile.mktemp(); q = '''\r\n'''\r\n": None,
        "# coding: latin-1\nimport tempfile\ns = '\u00e4\u00e4'; p = tempfile.mktemp()\n":
            "p = tempfile.mktemp()  # tmpguard: ignore[py/insecure-temporary-file]\n",
    }
    for text, wanted in rows.items():
        client = Client()
        uri = uri_of("excuse.py")
        client.open(uri, text)
        (diagnostic,) = client.diagnostics(uri)
        (action,) = [a for a in client.actions(uri, diagnostic["range"]) if a["title"].startswith("Excuse")]
        assert "isPreferred" not in action
        client.take(uri, action)
        assert client.found(uri) == [], client.texts[uri].text
        assert wanted is None or wanted in client.texts[uri].text, client.texts[uri].text
        client.end()


def the_policy_holds():
    for policy, wanted, excuses in (("", [], True), ("    excuses = tmpguard\n", [CALL], True), ("    excuses = none\n", [CALL], False)):
        name = f"policy{len(policy)}"
        repository(name, policy)
        client = Client()
        uri = uri_of(name + "/a.py")
        client.open(uri, PLAIN.rstrip() + "  # noqa: S306\n")
        assert client.found(uri) == wanted, policy
        client.open(uri, PLAIN)
        (diagnostic,) = client.diagnostics(uri)
        titles = [a["title"] for a in client.actions(uri, diagnostic["range"])]
        assert any(title.startswith("Excuse") for title in titles) == excuses, titles
        client.end()
    repository("strict", "    excuses = reasoned\n")
    client = Client()
    uri = uri_of("strict/a.py")
    client.open(uri, PLAIN)
    (diagnostic,) = client.diagnostics(uri)
    (action,) = [a for a in client.actions(uri, diagnostic["range"]) if "has to stand" in a["title"]]
    client.take(uri, action)
    assert client.found(uri) == [CALL], "a reason is asked for"
    end = len(client.texts[uri].text) - 1
    client.change(uri, (end, end, " our own folder"))
    assert client.found(uri) == []
    client.end()


def what_other_files_give_counts():
    folder = repository("given")
    (folder / "names.py").write_text("from tempfile import mktemp as temp_name\n", encoding="utf-8")
    text = "from names import temp_name\nname = temp_name()\n"
    client = Client(encodings=["utf-8"])
    uri = uri_of("given/use.py")
    client.open(uri, text)
    (diagnostic,) = client.diagnostics(uri)
    assert diagnostic["range"]["start"] == {"line": 1, "character": 7}
    client.change(uri, (0, 0, "import os\n"))
    (diagnostic,) = client.diagnostics(uri)
    assert diagnostic["range"]["start"]["line"] == 2
    (action,) = [a for a in client.actions(uri, diagnostic["range"]) if a["title"].startswith("Excuse")]
    client.take(uri, action)
    assert client.found(uri) == [] and "ignore[" in client.texts[uri].text
    client.change(uri, (0, len(client.texts[uri].text), text))
    assert len(client.diagnostics(uri)) == 1
    # What is on disk counts when the file is saved.
    (folder / "names.py").write_text("from tempfile import mkstemp as temp_name\n", encoding="utf-8")
    client.say("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert client.diagnostics(uri) == []
    client.end()


# What the file's own functions are handed by others, or find stored in what the file made.
HANDED = ("D37", "D38", "D39", "D44", "D49-")


def several_files_are_as_a_scan_of_the_tree_has_them(cases):
    looked = 0
    for case in sorted((Path(cases).parent / "cases" / "d").iterdir()):
        folder = repository(case.name)
        shutil.copytree(case, folder, dirs_exist_ok=True)
        scanned = scan(folder)["findings"]
        client = Client(encodings=["utf-32"])
        for path in sorted(folder.rglob("*.py")):
            uri = uri_of(path)
            name = str(path.relative_to(folder))
            wanted = {(f["start"]["line"] - 1, f["start"]["column"] - 1) for f in scanned if f["path"] == name and not f["suppression"]}
            client.open(uri, path.read_text(encoding="utf-8"))
            got = {(d["range"]["start"]["line"], d["range"]["start"]["character"]) for d in client.diagnostics(uri)}
            assert got <= wanted and (got == wanted or case.name.startswith(HANDED)), (path, got, wanted)
            looked += 1
        client.end()
    assert looked > 100


def what_is_left_out_is_and_a_save_reads_the_policy_anew():
    folder = repository("excluded")
    (folder / "deep").mkdir()
    git = ["git", "config", "--global", "hooks.tmpguard.exclude"]
    client = Client()
    uris = [uri_of("excluded/deep/a.py"), uri_of("excluded/not/there/yet.py")]
    for uri in uris:
        client.open(uri, PLAIN)
        assert client.found(uri) == [CALL]
    subprocess.run([*git, "deep"], check=True)
    for uri, wanted in zip(uris, ([], [CALL])):
        client.say("textDocument/didSave", {"textDocument": {"uri": uri}})
        assert client.found(uri) == wanted
    subprocess.run([*git[:3], "--unset", git[3]], check=True)
    client.say("workspace/didChangeConfiguration", {"settings": {}})
    assert client.found(uris[0]) == [CALL]
    client.end()


def a_policy_that_is_wrong_is_said():
    repository("wrong", "    excuses = sometimes\n")
    client = Client()
    uri = uri_of("wrong/a.py")
    client.open(uri, PLAIN)
    (diagnostic,) = client.diagnostics(uri)
    assert diagnostic["code"] == "tmpguard/incomplete" and "sometimes" in diagnostic["message"], diagnostic
    client.end()


def only_python_is_looked_at():
    client = Client()
    for name, language, text, count in (("a.txt", "python", PLAIN, 0), ("a.pyi", "python", PLAIN, 0), ("a.py", "plaintext", PLAIN, 1),
                                        ("script", "python", "#!/usr/bin/python3\n" + PLAIN, 1), ("script2", "python", PLAIN, 0)):
        uri = uri_of(name)
        client.open(uri, text, language)
        assert len(client.diagnostics(uri)) == count, name
    for language, count in (("python", 1), ("plaintext", 0)):
        client.open("untitled:Untitled-1", PLAIN, language)
        assert len(client.diagnostics("untitled:Untitled-1")) == count
    name = "file://" + str(Path.cwd()) + "/a%20b%C3%A4%ff.py"
    client.open(name, PLAIN)
    assert client.found(name) == [CALL]
    client.end()


def what_cannot_be_looked_at_is_never_clean():
    client = Client()
    uri = uri_of("large.py")
    client.open(uri, PLAIN + "#" * (5 << 20))
    (diagnostic,) = client.diagnostics(uri)
    assert diagnostic["code"] == "tmpguard/incomplete" and "limit" in diagnostic["message"], diagnostic
    assert diagnostic["severity"] == 2
    client.open(uri, PLAIN + "(" * 1000)
    assert "tmpguard/incomplete" in [d["code"] for d in client.diagnostics(uri)]
    client.open(uri, PLAIN)
    assert client.found(uri) == [CALL]
    # Changes that cannot be made: what is there is not known any more, until all of it is said.
    for change in ({}, {"text": 1}, {"range": {}, "text": ""}, {"range": {"start": {"line": -1, "character": 0}}, "text": ""},
                   {"range": {"start": {"line": 1, "character": 1}, "end": {"line": 0, "character": 0}}, "text": ""}):
        client.say("textDocument/didChange", {"textDocument": {"uri": uri, "version": 1}, "contentChanges": [change]})
        (diagnostic,) = client.diagnostics(uri)
        assert diagnostic["code"] == "tmpguard/incomplete", change
        client.say("textDocument/didChange", {"textDocument": {"uri": uri, "version": 1}, "contentChanges": [{"text": PLAIN}]})
        assert client.found(uri) == [CALL]
    # So is every document if a message cannot be read.
    for body in (b"{", b"[]", b"\xff", b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", b""):
        client.write(frame(body))
        answer = client.read()
        assert answer["id"] is None and answer["error"]["code"] == -32700, answer
        (diagnostic,) = client.diagnostics(uri)
        assert diagnostic["code"] == "tmpguard/incomplete"
        client.open(uri, PLAIN)
        assert client.found(uri) == [CALL]
    client.end()


def a_nul_and_half_a_pair_hide_nothing():
    client = Client()
    uri = uri_of("nul.py")
    for text in ("\0\n", "'\ud83d'\n", "\ufeff"):
        client.open(uri, text + PLAIN)
        assert len(client.diagnostics(uri)) == 1, text
    client.end()


def many_findings_are_cut_and_counted():
    client = Client()
    uri = uri_of("many.py")
    client.open(uri, "import tempfile\n" + "a = tempfile.mktemp()\n" * 1234)
    told = client.diagnostics(uri)
    assert len(told) == 1001 and told[-1]["message"].endswith("234"), told[-1]
    client.end()


def actions_are_those_of_the_place():
    text = "import tempfile, os\na = tempfile.mktemp(); os.mkdir(a); b = tempfile.mktemp()\nx = 1\nc = tempfile.mktemp()\n"
    client = Client()
    uri = uri_of("places.py")
    client.open(uri, text)
    first, second, third = client.diagnostics(uri)

    def about(range_, only=None):
        got = []
        for action in client.actions(uri, range_, only):
            got += [d for d in action["diagnostics"] if d not in got]
        return got

    assert about(first["range"]) == [first] and about(third["range"]) == [third]
    assert about(client.texts[uri].range(20, 20)) == [first, second], "the line"
    assert about(client.texts[uri].range(text.index("x = 1"), text.index("x = 1"))) == []
    assert about(client.texts[uri].range(0, len(text))) == [first, second, third]
    assert about(first["range"], ["quickfix"]) == [first] and about(first["range"], [""]) == [first]
    assert about(first["range"], ["refactor"]) == [] and about(first["range"], ["quick"]) == []
    answer = client.ask("textDocument/codeAction", {"textDocument": {"uri": "file:///not/open.py"}, "range": first["range"],
                                                    "context": {"diagnostics": []}})
    assert answer["error"]["code"] == -32602
    client.end()


def requests_have_their_errors():
    client = Client(initialize=False)
    assert client.ask("textDocument/codeAction", {})["error"]["code"] == -32002
    client.say("textDocument/didOpen", {"textDocument": {"uri": "file:///a.py", "languageId": "python", "version": 1, "text": PLAIN}})
    assert "result" in client.ask("initialize", {"capabilities": {}})
    assert client.ask("initialize", {"capabilities": {}})["error"]["code"] == -32600
    assert client.ask("textDocument/hover", {})["error"]["code"] == -32601
    assert client.ask("$/unknown")["error"]["code"] == -32601
    assert client.ask("textDocument/didOpen", {})["error"]["code"] == -32601
    client.say("$/unknown", {})
    client.say("textDocument/hover", {})
    client.write(frame({"jsonrpc": "2.0", "id": 99, "result": None}))
    client.write(frame({"jsonrpc": "2.0"}))
    client.write(frame({"jsonrpc": "2.0", "id": "text", "method": "nothing"}))
    assert client.read()["id"] == "text"
    for message in ({"id": [1], "method": "shutdown"}, {"id": True, "method": "shutdown"}, {"id": 1, "method": 2}):
        client.write(frame(message))
        answer = client.read()
        assert answer["error"]["code"] == -32600, answer
    for params in (None, [], 3, {"textDocument": 1}, {"textDocument": {"uri": 1}}):
        for method in ("didOpen", "didChange", "didSave", "didClose"):
            client.say("textDocument/" + method, params)
    client.number = 100
    assert client.ask("shutdown")["result"] is None
    assert client.ask("shutdown")["error"]["code"] == -32600
    client.say("exit", None)
    assert client.process.wait(timeout=60) == 0


def what_was_not_worked_on_can_be_cancelled():
    client = Client()
    uri = uri_of("cancel.py")
    client.open(uri, OPENED)
    client.diagnostics(uri)
    ask = {"jsonrpc": "2.0", "method": "textDocument/codeAction", "params": {
        "textDocument": {"uri": uri}, "range": client.texts[uri].range(0, 0), "context": {"diagnostics": []}}}
    client.write(frame({**ask, "id": "a"}) + frame({**ask, "id": "b"}) +
                 frame({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "b"}}) + frame({**ask, "id": "c"}))
    answers = {answer["id"]: answer for answer in (client.read() for _ in range(3))}
    assert answers["b"]["error"]["code"] == -32800, answers
    assert "result" in answers["a"] and "result" in answers["c"]
    client.say("$/cancelRequest", {"id": "long ago"})
    client.end()


def the_end_has_a_code():
    def ends(data, code, error=b""):
        result = subprocess.run([os.environ["TMPGUARD"], "lsp"], input=data, capture_output=True, check=False)
        assert result.returncode == code, (data[:200], result)
        assert (error in result.stderr and result.stderr.count(b"\n") == 1) if error else result.stderr == b"", result
        return result.stdout

    exits = frame({"jsonrpc": "2.0", "method": "exit"})
    start = frame({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
    shut = frame({"jsonrpc": "2.0", "id": 2, "method": "shutdown"})
    ends(start + shut + exits, 0)
    ends(start + shut + exits + b"what is behind is not read", 0)
    ends(start + exits, 1)
    ends(exits, 1)
    ends(shut + exits, 1)
    ends(b"", 1, b"exit")
    ends(start + shut, 1, b"exit")
    for broken in (b"hello\r\n\r\n", b"Content-Length: x\r\n\r\n", b"Content-Length: 99999999\r\n\r\n", b"\n" * 5000,
                   b"Content-Length: 1\nContent-Length: 1\r\n\r\nx"):
        assert ends(start + broken, 1, b"message").startswith(b"Content-Length"), "what came before is answered"
    ends(b"Content-Length: 10\r\n\r\n{", 1, b"exit")
    with open("/dev/full", "wb") as full:
        result = subprocess.run([os.environ["TMPGUARD"], "lsp"], input=start, stdout=full, stderr=subprocess.PIPE, check=False)
        assert result.returncode == 3 and b"No space" in result.stderr, result


def main():
    cases = sys.argv[1]
    for test in [value for value in globals().values() if callable(value) and getattr(value, "__module__", "") == "__main__"]:
        if test in (uri_of, scan, repository, main):
            continue
        if test in (each_case_of_fix_is_repaired_alike, several_files_are_as_a_scan_of_the_tree_has_them):
            test(cases)
        else:
            test()
        print("ok:", test.__name__.replace("_", " "), flush=True)


main()
