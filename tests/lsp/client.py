"""A client of `tmpguard lsp`, for tests: it keeps the text of documents itself, and applies what the server offers."""

import json
import os
import re
import subprocess

EVERYTHING = {
    "textDocument": {"publishDiagnostics": {"versionSupport": True, "relatedInformation": True, "codeDescriptionSupport": True},
                     "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}},
                                    "isPreferredSupport": True}},
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}


def frame(message):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


class Text:
    """A document by the positions of LSP."""

    def __init__(self, text, encoding):
        self.text, self.encoding = text, encoding

    def lines(self):
        return [0] + [match.end() for match in re.finditer("\r\n|\n|\r", self.text)]

    def units(self, text):
        return len(text.encode("utf-8" if self.encoding == "utf-8" else "utf-16-le")) // (1 if self.encoding == "utf-8" else 2)

    def place(self, offset):
        line = max(i for i, start in enumerate(self.lines()) if start <= offset)
        return {"line": line, "character": self.units(self.text[self.lines()[line]:offset])}

    def offset(self, place):
        starts = self.lines()
        offset = starts[place["line"]]
        left = place["character"]
        while left > 0:
            left -= self.units(self.text[offset])
            offset += 1
        assert left == 0
        return offset

    def range(self, start, end):
        return {"start": self.place(start), "end": self.place(end)}

    def of(self, range_):
        return self.text[self.offset(range_["start"]):self.offset(range_["end"])]

    def apply(self, edits):
        cuts = sorted(((self.offset(e["range"]["start"]), self.offset(e["range"]["end"]), e["newText"]) for e in edits),
                      key=lambda cut: cut[:2])
        for start, end, text in reversed(cuts):
            self.text = self.text[:start] + text + self.text[end:]


class Client:
    def __init__(self, capabilities=None, encodings=None, arguments=(), initialize=True, **options):
        self.process = subprocess.Popen([os.environ["TMPGUARD"], "lsp", *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.number, self.versions, self.texts, self.told = 0, {}, {}, []
        self.encoding = "utf-16"
        if initialize:
            can = json.loads(json.dumps(EVERYTHING if capabilities is None else capabilities))
            if encodings:
                can["general"] = {"positionEncodings": encodings}
            self.answer = self.ask("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": can})["result"]
            self.encoding = self.answer["capabilities"]["positionEncoding"]
            self.say("initialized", {})

    # ---- messages

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def read(self):
        """The next message, or None at the end."""
        header = b""
        while not header.endswith(b"\r\n\r\n"):
            byte = self.process.stdout.read(1)
            if not byte:
                assert header == b""
                return None
            header += byte
        (length,) = re.findall(rb"^Content-Length: (\d+)\r\n", header)
        message = json.loads(self.process.stdout.read(int(length)))
        assert message.pop("jsonrpc") == "2.0"
        return message

    def say(self, method, params):
        self.write(frame({"jsonrpc": "2.0", "method": method, "params": params}))

    def send(self, method, params=None):
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method}
        if params is not None:
            message["params"] = params
        self.write(frame(message))
        return self.number

    def ask(self, method, params=None):
        number = self.send(method, params)
        while True:
            message = self.read()
            assert message is not None, self.process.stderr.read()
            if "method" in message:
                self.told.append(message)
            else:
                assert message["id"] == number, message
                return message

    # ---- documents

    def open(self, uri, text, language="python"):
        self.versions[uri], self.texts[uri] = 1, Text(text, self.encoding)
        self.say("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}})

    def change(self, uri, *edits):
        """Each edit is (start, end, text), offsets of the text as it is then."""
        self.versions[uri] += 1
        changes = []
        for start, end, with_ in edits:
            text = self.texts[uri]
            changes.append({"range": text.range(start, end), "text": with_})
            text.text = text.text[:start] + with_ + text.text[end:]
        self.say("textDocument/didChange",
                 {"textDocument": {"uri": uri, "version": self.versions[uri]}, "contentChanges": changes})

    def diagnostics(self, uri):
        """Those of the version at hand."""
        while True:
            message = self.told.pop(0) if self.told else self.read()
            assert message is not None, self.process.stderr.read()
            assert message["method"] == "textDocument/publishDiagnostics", message
            params = message["params"]
            if params["uri"] == uri and params.get("version", self.versions[uri]) == self.versions[uri]:
                return params["diagnostics"]

    def found(self, uri):
        """The code that is found."""
        return [self.texts[uri].of(d["range"]) for d in self.diagnostics(uri)]

    def actions(self, uri, range_, only=None):
        context = {"diagnostics": []} | ({"only": only} if only else {})
        answer = self.ask("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": range_, "context": context})
        return answer["result"]

    def take(self, uri, action):
        """Apply an action's edit to our text, and tell the server."""
        (change,) = action["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": uri, "version": self.versions[uri]}
        before = self.texts[uri].text
        self.texts[uri].apply(change["edits"])
        after = self.texts[uri].text
        self.texts[uri].text = before
        self.change(uri, (0, len(before), after))

    def end(self):
        assert self.ask("shutdown")["result"] is None
        self.say("exit", None)
        self.process.stdin.close()
        code = self.process.wait(timeout=60)
        assert code == 0, (code, self.process.stderr.read())
        assert self.process.stderr.read() == b""
        self.process.stdout.close()
        self.process.stderr.close()
