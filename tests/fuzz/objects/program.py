"""Random rows of statements about objects and tables that functions make, and which of their calls happened."""

import sys
import tempfile

HEAD = '''import tempfile


def safe():
    return "x"


class Plain:
    pass


class Classy:
    mk = staticmethod(safe)


class Risky:
    mk = staticmethod(tempfile.mktemp)


def make():
    return Plain()


def classy():
    return Classy()


def risky():
    return Risky()


def table():
    return {"mk": safe}


def filled():
    o = Plain()
    o.mk = tempfile.mktemp
    return o


def pair():
    return {"x": make(), "y": make()}


one = make()


def shared():
    return one


def same(x):
    return x


def arm(x):
    x.mk = tempfile.mktemp


def disarm(x):
    x.mk = safe


def drop(x):
    del x.mk


def call(x):
    return x.mk()


box = Plain()
bag = {}
'''
OBJECTS, TABLES = "abcd", "tu"
VALUES = ["tempfile.mktemp", "safe"]
MAKERS = ["make()", "classy()", "risky()", "filled()", "shared()", "Plain()", "Classy()", "Risky()"]
# How often, and what: o, p are objects, t a table, v a function, m what makes an object.
FORMS = [
    (4, "{o} = {m}"), (6, "{o}.mk = {v}"), (8, "{o}.mk()"), (2, "del {o}.mk"), (1, "arm({o})"), (1, "disarm({o})"),
    (1, "drop({o})"), (1, "call({o})"), (1, "{o} = {p}"), (1, "{o} = same({p})"), (2, "{t} = table()"), (1, "{t} = {{}}"),
    (1, '{t} = {{"mk": {v}}}'), (2, '{t}["mk"] = {v}'), (3, '{t}["mk"]()'), (1, 'del {t}["mk"]'), (1, "{t} = pair()"),
    (0.5, '{o} = {t}["x"]'), (0.5, '{t}["x"].mk = {v}'), (0.5, '{t}["x"].mk()'), (0.5, '{t}["y"].mk()'),
    (0.5, '{t}["x"] = {o}'), (0.5, "box.o = {o}"), (0.5, 'bag["o"] = {o}'), (0.3, "{o} = box.o"), (0.3, '{o} = bag["o"]'),
    (0.3, "box.o.mk()"), (0.3, 'bag["o"].mk()'), (0.3, "box.o.mk = {v}"), (0.3, "Classy.mk = staticmethod({v})"),
    (0.3, "Risky.mk = staticmethod({v})"), (0.3, "del Classy.mk"), (0.3, "Classy.mk()"), (0.3, "one.mk()"),
]


def statement(chance):
    form = chance.choices([form for _, form in FORMS], [weight for weight, _ in FORMS])[0]
    return form.format(o=chance.choice(OBJECTS), p=chance.choice(OBJECTS), t=chance.choice(TABLES),
                       v=chance.choice(VALUES), m=chance.choice(MAKERS))


def run(text, line, names, happened):
    """Run a text that begins on that line; add the lines with calls of tempfile.mktemp."""
    def recorded():
        happened.add(sys._getframe(1).f_lineno)
        return "x"

    real, tempfile.mktemp = tempfile.mktemp, recorded
    try:
        exec(compile("\n" * (line - 1) + text, "program", "exec"), names)
    finally:
        tempfile.mktemp = real


def generate(chance):
    """A program, and the lines with calls that happened in it: a statement that raises is left out."""
    begin = [f"{name} = {chance.choice(MAKERS)}" for name in chance.sample(OBJECTS, 3)]
    begin += [f"{name} = {chance.choice(['table()', 'pair()'])}" for name in TABLES]
    kept, names, happened = HEAD.splitlines(), {}, set()
    run(HEAD, 1, names, happened)
    for line in begin + [statement(chance) for _ in range(chance.randint(6, 22))]:
        try:
            run(line, len(kept) + 1, names, happened)
        except (AttributeError, KeyError, NameError, TypeError):
            continue
        kept.append(line)
    return "\n".join(kept) + "\n", happened
