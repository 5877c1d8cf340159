"""Changes of a Python file that no verdict depends on: each makes one or two files of it, or nothing where it does not
apply.
"""

import ast
import builtins
import collections
import io
import keyword
import random
import re
import sys
import tokenize

LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
SEEDS = {"mktemp", "tempnam", "tmpnam"}
OF_PYTHON = SEEDS | set(dir(builtins)) | set(keyword.kwlist) | set(keyword.softkwlist) | set(sys.stdlib_module_names)
OF_PYTHON |= {"exec", "print", "unicode", "long", "xrange", "raw_input", "reduce", "apply", "basestring", "lazy"}
# What looks at a scope as a whole, or means another thing in a function.
OF_MODULE = re.compile(r"\b(global|nonlocal|__future__|__all__|globals|locals|vars|dir|exec|eval|compile|__dict__)\b"
                       r"|\bimport\s*\(?\s*\*")
# A name put together is looked for only in a file that names its module, or the letters alone would make files suspicious.
PUT_TOGETHER = re.compile(r"""(["'])mk\1\s*\+?\s*(["'])temp\2""")
TRIES = 10  # to part a file in two
WRAPPER = "def wrapper_q():\n"
UNRELATED = "\n\ndef unrelated_q(one, two):\n    three = one + two\n    return three\n"


# A file: its name, text, layout (the same lines and columns, with LF alone), and what to add to the number of a token
# of it to have the number of that token in the original.
Piece = collections.namedtuple("Piece", "name text layout shift")


class NoTokens(Exception):
    """It cannot be told where the tokens are."""


def tokens_of(text):
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise NoTokens from error
    if any(token.type == tokenize.ERRORTOKEN and token.string.strip() for token in tokens):
        raise NoTokens
    return tokens


def words_of(text):
    """The tokens that are not layout."""
    return [token for token in tokens_of(text) if token.type not in LAYOUT and token.string.strip()]


def tree_of(text):
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def whole(text, layout=None, shift=0):
    return [Piece("program", text, layout or text, shift)]


# ---- names ------------------------------------------------------------------


def bound_names(tree):
    """The names that the file itself gives to something, but not what import statements call by its own name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.name


def fixed_names(tree, tokens):
    """The names that are said elsewhere, too: as attributes, keywords, in strings, in imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.MatchClass):
            yield from node.kwd_attrs
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        elif isinstance(node, ast.alias):
            yield from node.name.split(".")
    for before, token in zip(tokens, tokens[1:]):
        if before.string == ".":
            yield token.string
    for token in tokens:
        if token.type != tokenize.NAME:
            yield from re.findall(r"\w+", token.string)


def renamed(text, chance):
    """Other names for what the file itself names."""
    tree, tokens = tree_of(text), tokens_of(text)
    if not tree:
        return None
    fixed = OF_PYTHON | set(fixed_names(tree, tokens)) | {"_"}
    names = sorted(name for name in set(bound_names(tree)) - fixed if not name.startswith("__") and name.isascii())
    if not names:
        return None
    fresh = [f"{'_' * name.startswith('_')}v{number}_q" for number, name in enumerate(names)]
    chance.shuffle(fresh)
    # The star import of another file leaves out what begins with an underscore.
    private = [name for name in fresh if name.startswith("_")]
    public = [name for name in fresh if not name.startswith("_")]
    new = {name: (private if name.startswith("_") else public).pop() for name in names}
    lines = text.splitlines(keepends=True)
    for token in reversed(tokens):
        if token.type == tokenize.NAME and token.string in new:
            line, column = token.start
            old = lines[line - 1]
            lines[line - 1] = old[:column] + new[token.string] + old[column + len(token.string):]
    return whole("".join(lines))


# ---- layout -----------------------------------------------------------------


def commented(text, chance):
    """Comments and blank lines between statements, comments behind lines."""
    lines = text.splitlines(keepends=True)
    tokens = tokens_of(text)
    has_comment = {token.start[0] for token in tokens if token.type == tokenize.COMMENT}
    for token in reversed(tokens):
        line = token.start[0]
        if token.type not in (tokenize.NEWLINE, tokenize.NL) or line <= 2 or not lines[line - 1].endswith("\n"):
            continue
        more = ""
        if token.type == tokenize.NEWLINE and chance.random() < 0.5:
            more = chance.choice(["\n", " \t \n", "# dead\n", " " * chance.randrange(9) + "# tempfile.mktemp()\n"])
        if line not in has_comment and lines[line - 1].strip() and chance.random() < 0.5:
            lines[line - 1] = lines[line - 1][:-1] + "  # dead\n"
        lines[line - 1] += more
    return whole("".join(lines))


def appended(text, _):
    """A function behind the rest that has nothing to do with it."""
    return whole(text + "\n" * (not text.endswith("\n")) + UNRELATED)


def means_the_same_in_a_function(tree):
    """Module names that a class body binds as well, or that hide a builtin, are looked up in other places there."""
    module, classes = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            classes.update(bound_names(ast.Module(node.body, [])))
            classes.update(name.name.split(".")[0] for name in ast.walk(node) if isinstance(name, ast.alias))
    for statement in tree.body:
        module.update(bound_names(ast.Module([statement], [])))
    return not module & set(dir(builtins)) and not module & classes


def wrapped(text, _):
    """All of it in a function."""
    tree = tree_of(text)
    if not tree or OF_MODULE.search(text) or not means_the_same_in_a_function(tree):
        return None
    inside = set()
    for token in tokens_of(text):
        if token.type == tokenize.STRING:
            inside.update(range(token.start[0] + 1, token.end[0] + 1))
    lines = [line if number in inside or not line.strip() else "    " + line
             for number, line in enumerate(text.splitlines(keepends=True), 1)]
    result = WRAPPER + "".join(lines)
    return whole(result, shift=1 - len(words_of(WRAPPER + "    pass\n"))) if tree_of(result) else None


def with_crlf(text, _):
    """Lines that end with CRLF."""
    return whole(text.replace("\n", "\r\n"), text)


def with_cr(text, _):
    """Lines that end with CR alone."""
    return whole(text.replace("\n", "\r"), text)


# ---- two files --------------------------------------------------------------


class Names:
    """What some statements of a module bind, mention and delete."""

    def __init__(self, statements):
        self.bound, self.said, self.deleted = set(), set(), set()
        for statement in statements:
            # What an import calls by its own name is bound as well.
            self.bound.update(bound_names(ast.Module([statement], [])))
            for node in ast.walk(statement):
                if isinstance(node, ast.alias):
                    self.bound.add((node.asname or node.name).split(".")[0])
                elif isinstance(node, ast.Name):
                    self.said.add(node.id)
                    if isinstance(node.ctx, ast.Del):
                        self.deleted.add(node.id)


def may_part(first, second):
    """Neither file may bind what the other one reads as a name of its own, nor take away what the other one needs."""
    return not first.bound & second.bound and not second.bound & first.said and not first.deleted


def split(text, chance):
    """A second file with the rest, which imports from the first what it mentions."""
    tree = tree_of(text)
    if not tree or OF_MODULE.search(text) or len(tree.body) < 2:
        return None
    places = list(range(1, len(tree.body)))
    chance.shuffle(places)
    for at in places[:TRIES]:
        first, second = Names(tree.body[:at]), Names(tree.body[at:])
        begins = [tree.body[at], *getattr(tree.body[at], "decorator_list", [])]
        line = tree.body[at - 1].end_lineno
        rest = "".join(text.splitlines(keepends=True)[line:])
        if PUT_TOGETHER.search(rest) and "tempfile" not in rest:
            continue
        if line < min(node.lineno for node in begins) and may_part(first, second):
            return parted(text, line, sorted(first.bound & second.said), f"first_{chance.randrange(10 ** 9)}_q")
    return None


def parted(text, line, names, name):
    lines = text.splitlines(keepends=True)
    first, rest = "".join(lines[:line]), "".join(lines[line:])
    header = f"from {name} import {', '.join(names)}\n" if names else f"import {name}\n"
    shift = len(words_of(first)) - len(words_of(header))
    return [Piece(name, first, first, 0), Piece("program", header + rest, header + rest, shift)]


CHANGES = {"names": renamed, "comments": commented, "function behind": appended, "wrapped": wrapped,
           "CRLF": with_crlf, "CR": with_cr, "two files": split}


def changed(text, kind, seed):
    """The pieces, or None."""
    return CHANGES[kind](text, random.Random(f"{seed} {kind}"))
