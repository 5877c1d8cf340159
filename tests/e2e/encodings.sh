#!/bin/sh
# Whatever codec of Python's a file is declared to be in: where Python reads a
# call of mktemp out of it, the file is not clean. What is in strings and
# comments only does not matter.
. "$(dirname "$0")/lib.sh"

mkdir tree && cd tree || exit 1
cat >"$scratch/files.py" <<'PYTHON'
"""Write a file for each way in which each codec can hide a call; print those in which Python sees one."""
import ast, base64, codecs, encodings, encodings.aliases, pkgutil, sys, unicodedata, warnings

warnings.simplefilter("ignore")
LETTERS = "é中表功가Жªжλא"
# What is a letter of ASCII in a name: (what it is, the character).
ALIKE = [(unicodedata.normalize("NFKC", one), one) for one in map(chr, (*range(0xa0, 0x3100), *range(0xf900, 0x10000), 0x1d426))
         if unicodedata.normalize("NFKC", one).isascii() and ("a" + one).isidentifier()]


def alike(letter, codec):
    """Another character of the codec that is this letter in a name, or starts with it."""
    for form, one in ALIKE:
        if form.startswith(letter):
            try:
                one.encode(codec)
                return form, one
            except (UnicodeError, LookupError):
                pass
    return None


def programs(codec):
    """(how, text) of programs that call a target."""
    yield "plain", "import tempfile\ntempfile.mktemp()\n"
    for module, member in (("tempfile", "mktemp"), ("os", "tempnam"), ("os", "tmpnam")):
        for word in (module, member):
            for letter in sorted(set(word)):
                if (found := alike(letter, codec)) and found[0] in word:
                    other = word.replace(found[0], found[1], 1)
                    a, b = (other, member) if word is module else (module, other)
                    yield f"{word}-{letter}", f"import {module}\n{a}.{b}()\n"
    for letter in LETTERS:
        yield f"alias-{ord(letter):x}", f"import tempfile as {letter}\n{letter}.mktemp()\n"
        yield f"braces-{ord(letter):x}", f"import tempfile as {letter}\nf'{{{letter}.mktemp()}}'\n"


def crafted():
    hidden = "\nimport tempfile\ntempfile.mktemp()\n"
    yield "utf-7", b"#+" + base64.b64encode(hidden.encode("utf-16-be")).rstrip(b"=") + b"-\n"
    for codec, escape in (("unicode_escape", r"\n"), ("unicode_escape", r"\x0a"), ("raw_unicode_escape", r"\u000a")):
        yield codec, hidden.replace("\n", escape).replace("mktemp", r"\u006dktemp").join("#\n").encode()
    yield "hz", b"import tempfile\ntempfile.~{#m#k#t#e#m#p~}()\n"
    for codec in ("shift_jis_2004", "shift_jisx0213", "johab"):
        yield codec, b"import tempfile\nx = '\\'; tempfile.mktemp() #'\n"


def calls(data):
    """Does Python read a call of a target out of it?"""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, LookupError, UnicodeError):
        return False
    return any(isinstance(node, ast.Attribute) and node.attr in ("mktemp", "tempnam", "tmpnam") for node in ast.walk(tree))


number = 0
for codec in [*(module.name for module in pkgutil.iter_modules(encodings.__path__)), *encodings.aliases.aliases, "shift-jis", "EUC-JP"]:
    try:
        codecs.lookup(codec)
    except LookupError:
        continue
    heads = [f"# coding: {codec}\n".encode()]
    found = [(how, heads[0] + body) for name, body in crafted() if codecs.lookup(codec) == codecs.lookup(name) for how in ["crafted"]]
    for how, text in programs(codec):
        try:
            found.append((how, heads[0] + text.encode(codec)))
        except (UnicodeError, LookupError, TypeError, AttributeError, AssertionError):
            pass
    for how, data in found:
        number += 1
        if calls(data):
            name = f"{codec}.{how}.{number}.py"
            with open(name, "wb") as file:
                file.write(data)
            print(name)
PYTHON
python3 "$scratch/files.py" >"$scratch/hidden" || exit 1
count=$(wc -l <"$scratch/hidden")
[ "$count" -gt 1000 ] || failed "only $count files"
"$TMPGUARD" scan --no-cache --format json . >"$scratch/report"
code=$?
cat >"$scratch/judge.py" <<'PYTHON'
import json, sys

with open(sys.argv[1]) as file:
    report = json.load(file)
with open(sys.argv[2]) as file:
    hidden = set(file.read().split("\n")) - {""}
said = {one["path"] for one in report["findings"]} | {one["path"] for one in report["incomplete"]}
for one in sorted(hidden - said):
    print("clean:", one)
PYTHON
python3 "$scratch/judge.py" "$scratch/report" "$scratch/hidden" >"$out"
[ ! -s "$out" ] || failed 'Python sees a call there'
[ "$code" -eq 1 ] || failed "exit code $code"
ok "$count files in which Python sees a call by any of its codecs: none is clean"

mkdir "$scratch/harmless" && cd "$scratch/harmless" || exit 1
python3 - <<'PYTHON' || exit 1
import codecs, encodings, pkgutil

for codec in (module.name for module in pkgutil.iter_modules(encodings.__path__)):
    for letter in "é中表功가Жα":
        text = f"# coding: {codec}\n# {letter}{letter}\nimport tempfile\nx = '{letter}', f'{letter}{{x}}', '''\n{letter}'''\n" \
               f"tempfile.mktemp()  # {letter}\n"
        try:
            ascii_as_it_is = bytes(range(128)).decode(codec) == "".join(map(chr, range(128)))
            if ascii_as_it_is and not codec.startswith(("idna", "johab", "iso2022", "hz", "utf_7", "unicode_", "raw_unicode_")):
                data = text.encode(codec)
                compile(data, "x", "exec")
                with open(f"{codec}-{ord(letter):x}.py", "wb") as file:
                    file.write(data)
        except (UnicodeError, LookupError, TypeError, SyntaxError):
            pass
PYTHON
set -- *.py
count=$#
[ "$count" -gt 50 ] || failed "only $count files"
expect_exit 1 "$TMPGUARD" scan --no-cache .
expect_output "^$count Python files checked, $count findings"
ok "$count files with other letters in strings and comments alone are read"

cd "$scratch" && mkdir one && cd one || exit 1
printf '# coding: utf-7\n+AG0-ktemp = 1\n' >a.py
expect_exit 3 "$TMPGUARD" scan --no-cache .
expect_output "a.py: incomplete: the encoding 'utf-7' hides what the bytes say; save the file as UTF-8"
printf '# coding: latin-1\n\272s.x()\n' >a.py
expect_exit 3 "$TMPGUARD" scan --no-cache .
expect_output "a.py: incomplete: names in the encoding 'latin-1' are not read; save the file as UTF-8"
printf '# coding: latin-1\nimport tempfile as \351\n' >a.py
printf '# coding: latin-1\nfrom a import \351\n\351.mktemp()\n' >b.py
expect_exit 3 "$TMPGUARD" scan --no-cache .
expect_output "b.py: incomplete: names in the encoding 'latin-1'"
printf 'import tempfile\n\303\251 = tempfile.mktemp\n' >a.py
printf '# coding: latin-1\nfrom a import \351\n\351()\n' >b.py
expect_exit 3 "$TMPGUARD" scan --no-cache .
expect_output "b.py: incomplete: names in the encoding 'latin-1'"
git init -q . && git add a.py && git -c user.name=x -c user.email=x@y commit -qm one && git add b.py || exit 1
expect_exit 3 "$TMPGUARD" check
rm -rf .git
printf "# coding: latin-1\nfrom a import get\nget('\351')  # \351\n" >b.py
expect_exit 0 "$TMPGUARD" scan --no-cache .
rm b.py
printf '# coding: latin-1\nimport tempfile as \351\n\351.mktemp()\n' >a.py
expect_exit 1 "$TMPGUARD" scan --no-cache .
expect_output '^a.py:3:1: error: '
printf '# coding: utf-7\nx = 1\n' >a.py
expect_exit 0 "$TMPGUARD" scan --no-cache .
ok 'it is said which encoding it is, and what to do'
