"""Python cut into simple statements, by a lexer that knows strings, comments and brackets and nothing else.

For history-check: the text of a statement, without blanks and comments, is what calls are counted by. A compound
statement's head is one too. Works on bytes and on any version of Python.
"""

import re

SEED = re.compile(rb"mktemp|tempnam|tmpnam")
FUNCTIONS = {b"mktemp": b"tempfile", b"tempnam": b"os", b"tmpnam": b"os"}
COMPOUND = {b"if", b"elif", b"else", b"for", b"while", b"try", b"except", b"finally", b"with", b"def", b"class",
            b"async"}
STRING = rb'''"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\\r\n|\\.|[^"\\\r\n])*"|'(?:\\\r\n|\\.|[^'\\\r\n])*\''''
COARSE = re.compile(rb"(?P<text>[^\"'#\\\r\n()\[\]{}]+|" + STRING + rb"|#[^\r\n]*|\\\r?\n)|(?P<open>[(\[{])|"
                    rb"(?P<close>[)\]}])|(?P<line>\r\n?|\n)|.", re.S)
FINE = re.compile(rb"(?P<skip>[ \t\f\r\n]+|#[^\r\n]*|\\\r?\n)|(?P<string>" + STRING +
                  rb")|(?P<name>[A-Za-z0-9_\x80-\xff]+)|(?P<other>.)", re.S)
COOKIE = re.compile(rb"(?:[ \t\f]*(?:#[^\r\n]*)?\r?\n)?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")
NAME = re.compile(rb"[A-Za-z0-9_\x80-\xff]+")
SHEBANG = re.compile(rb"#![^\n]*python")


def is_python(path, data=None):
    """By its name; without an extension by its first line, if there are bytes."""
    if path.endswith((b".py", b".pyw")):
        return True
    return data is not None and may_be_python(path) and bool(SHEBANG.match(data))


def decoded(data):
    """UTF-16 as UTF-8; anything else as it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    return data


def may_be_python(path):
    return path.endswith((b".py", b".pyw")) or b"." not in path.rsplit(b"/", 1)[-1][1:]


def logical_lines(data):
    """(start, end) of each; a line ends where no bracket is open."""
    start = depth = 0
    for token in COARSE.finditer(data):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "line" and not depth:
            yield start, token.start()
            start = token.end()
    yield start, len(data)


def simple_statements(data, start, end):
    """Each as a list of (bytes, offset), blanks and comments left out."""
    part, depth, lambdas, compound = [], 0, 0, None
    for token in FINE.finditer(data, start, end):
        text = token[0]
        if token.lastgroup == "skip":
            continue
        if compound is None:
            compound = text in COMPOUND
        depth += (text in b"([{") - (text in b")]}") if token.lastgroup == "other" else 0
        lambdas += text == b"lambda" and not depth
        colon = text == b":" and not depth
        if text == b";" and not depth or colon and compound and not lambdas:
            yield part
            part, compound = [], False
            continue
        lambdas -= colon and lambdas > 0
        part.append((text, token.start()))
    yield part


def statements_with(data, places):
    """(place, statement) of the offsets, ascending, that stand in a statement: in a string of it too, in no comment"""
    places = iter(places)
    place = next(places, None)
    for start, end in logical_lines(data):
        if place is None:
            return
        if place >= end:
            continue
        parts = None
        while place is not None and place < end:
            parts = parts if parts is not None else list(simple_statements(data, start, end))
            for part in parts:
                if any(at <= place < at + len(text) for text, at in part):
                    yield place, part
            place = next(places, None)


def key_of(part):
    return b"".join(text for text, _ in part)


def is_imported(data, module, name):
    return re.search(rb"from\s+%s\s+import\b[^#\n]*(?:\*|\b%s\b(?!\s+as\b)|\()" % (module, name), data)


def is_plain(data, part, place):
    places = [offset for _, offset in part]
    if place not in places:
        return False
    at = places.index(place) + 2
    texts = [b"", b""] + [text for text, _ in part] + [b""]
    name, module = texts[at], FUNCTIONS.get(texts[at])
    if not module or texts[at + 1] != b"(":
        return False
    if texts[at - 1] == b".":
        return (texts[at - 2] == module and texts[at - 3] != b"." and
                bool(re.search(rb"\bimport\b[^#\n]*\b%s\b" % module, data)))
    return texts[at - 1] not in (b"def", b"class") and bool(is_imported(data, module, name))


def plain_calls(data):
    """{offset of the call: (function, statement)}"""
    calls = {}
    for place, part in statements_with(data, [match.start() for match in SEED.finditer(data)]):
        if is_plain(data, part, place):
            at = [offset for _, offset in part].index(place)
            dotted = at and part[at - 1][0] == b"."
            calls[part[at - 2][1] if dotted else place] = (part[at][0], key_of(part))
    return calls


def anchor(data, start, end):
    """The first name of a call or a decorator, which tells where to look for its statement; None if it is neither."""
    if data[:end].endswith(b")") or data[:start].rstrip().endswith(b"@"):
        match = NAME.search(data, start, end)
        return match and match[0]
    return None


def statement_at(data, place):
    for _, part in statements_with(data, [place]):
        return key_of(part)
    return None


def count(data, name, key):
    """How often does `name` stand in a statement of this text?"""
    places = [match.start() for match in NAME.finditer(data) if match[0] == name]
    return sum(key_of(part) == key for _, part in statements_with(data, places))


def line_starts(data):
    return [0] + [match.end() for match in re.finditer(rb"\r\n?|\n", data)]


def offset(data, line, column):
    """Of a line and a column of characters, bytes where a cookie says so; a byte order mark is none."""
    start = line_starts(data)[line - 1]
    if line == 1 and data.startswith(b"\xef\xbb\xbf"):
        start = 3
    cookie = COOKIE.match(data)
    if cookie and not cookie[1].lower().startswith(b"utf"):
        return start + column - 1
    text = data[start:].split(b"\n", 1)[0].decode("utf-8", "surrogateescape")
    return start + len(text[:column - 1].encode("utf-8", "surrogateescape"))
