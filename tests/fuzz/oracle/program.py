"""Random small Python programs in which calls may or may not be calls of tempfile.mktemp."""

from values import ATTRIBUTES, KEYS, PARAMETER, POOL, Scope, Values

HEADER = ["from host import maybe, times, risk, safe, Trouble, quiet", "from functools import partial",
          "from contextlib import contextmanager, suppress"]
SEEDS = ["import tempfile", "import tempfile as m", "from tempfile import mktemp", "from tempfile import mktemp as f",
         "from tempfile import *", "import tempfile, os"]


class Generator(Values):
    # ---- statements ---------------------------------------------------------------------------------------------

    def emit(self, scope, line):
        self.lines.append("    " * scope.indent + line)

    def block(self, scope, most=3, least=1):
        """An indented suite, in the same scope."""
        scope.indent += 1
        start = len(self.lines)
        for _ in range(self.random.randint(least, most)):
            self.statement(scope)
        if len(self.lines) == start:
            self.emit(scope, "pass")
        scope.indent -= 1

    def statement(self, scope):
        if self.left <= 0:
            self.emit(scope, self.call(scope, 0))
            return
        self.left -= 1
        nested = scope.indent < 4
        self.pick(5, [
            (6, self.do_assign), (6, self.do_call), (1, self.do_import), (2, self.do_store), (1, self.do_other),
            (0.5, self.do_tuple), (0.4, self.do_delete), (0.3, self.do_risk), (0.7, self.do_jump),
            (2 * nested, self.do_if), (1.2 * nested, self.do_for), (0.5 * nested, self.do_while),
            (1.6 * nested, self.do_try), (0.8 * nested, self.do_with), (0.6 * nested, self.do_match),
            (3.5 * nested, self.do_def), (1.2 * nested * (scope.kind == "module"), self.do_class),
        ])(scope)

    def do_assign(self, scope):
        value = self.value(scope, "F")
        form = self.pick(6, [(8, "{} = "), (1, "{0} = {1} = "), (1, "{}: object = "), (0.5, "{}, *_ = ")])
        if "*" in form:
            value += ", " + self.value(scope, "F", 0)
        self.emit(scope, form.format(self.target(scope, "F"), self.target(scope, "F")) + value)

    def do_other(self, scope):
        kind = self.random.choice("MDDTOOS" if scope.visible("C") else "MDDTS")
        value = self.value(scope, kind)
        self.emit(scope, f"{self.target(scope, kind)} = {value}")

    def do_tuple(self, scope):
        value = self.value(scope, "T")
        names = f"{self.target(scope, 'F')}, {self.target(scope, 'F')}"
        if self.chance(0.5):
            value = f"{self.value(scope, 'F', 1)}, {self.value(scope, 'F', 1)}"
        self.emit(scope, f"{names} = {value}")

    def do_import(self, scope):
        self.emit(scope, self.pick(7, [
            (2, lambda: f"import tempfile as {self.target(scope, 'M')}"),
            (2 * (self.targets > 0), lambda: f"from tempfile import mktemp as {self.target(scope, 'F')}"),
            (1, lambda: f"{self.target(scope, 'F')} = safe"),
        ])())

    def do_store(self, scope):
        value = self.value(scope, "F")
        C, O = (bool(scope.visible(kind)) for kind in "CO")
        self.emit(scope, self.pick(8, [
            (2, lambda: f"{self.value(scope, 'D', 0)}[{self.random.choice(KEYS)}] = {value}"),
            (0.4, lambda: f"{self.value(scope, 'D', 0)}.setdefault({self.random.choice(KEYS)}, {value})"),
            (2 * O, lambda: f"{self.value(scope, 'O', 0)}.{self.random.choice(ATTRIBUTES)} = {value}"),
            (1 * C, lambda: f"{self.value(scope, 'C', 0)}.{self.random.choice(ATTRIBUTES)} = staticmethod({value})"),
            (0.4 * O, lambda: f"setattr({self.value(scope, 'O', 0)}, {self.random.choice(ATTRIBUTES)!r}, {value})"),
        ])())

    def do_call(self, scope):
        form = self.pick(9, [(6, "{}"), (1, "_ = {}"), (0.5, "assert {} or True"), (0.5, "_ = [{}, 1]")])
        self.emit(scope, form.format(self.call(scope)))

    def do_delete(self, scope):
        names = [name for name in scope.known.get("F", ()) if name in scope.assigned]
        self.emit(scope, "del " + self.random.choice(names) if names else "pass")

    def do_risk(self, scope):
        self.emit(scope, "risk()")

    def do_jump(self, scope):
        choices = ["raise Trouble"] if scope.parent else ["pass", "risk()"]
        if scope.kind == "function":
            choices += ["return"] if not scope.returns else ["return " + self.value(scope, scope.returns)]
        if scope.loops:
            choices += ["break", "continue"]
        self.emit(scope, "if maybe():" if self.chance(0.7) else "if True:")
        scope.indent += 1
        self.emit(scope, self.random.choice(choices))
        scope.indent -= 1

    def do_if(self, scope):
        condition = self.pick(10, [(4, lambda: "maybe()"), (1, lambda: self.call(scope, 1)), (1, lambda: "maybe() or "
                               + self.walrus(scope, 1))])
        self.emit(scope, f"if {condition()}:")
        self.block(scope)
        if self.chance(0.2):
            self.emit(scope, "elif maybe():")
            self.block(scope)
        if self.chance(0.5):
            self.emit(scope, "else:")
            self.block(scope)

    def loop(self, scope, head):
        self.emit(scope, head)
        scope.loops += 1
        self.block(scope)
        scope.loops -= 1
        if self.chance(0.2):
            self.emit(scope, "else:")
            self.block(scope)

    def do_for(self, scope):
        self.loop(scope, "for _ in times():")

    def do_while(self, scope):
        self.loop(scope, "while maybe():")

    def do_try(self, scope):
        self.emit(scope, "try:")
        self.block(scope)
        handled = self.chance(0.7)
        if handled:
            self.emit(scope, self.random.choice(["except Trouble:", "except Exception:", "except Exception as x:"]))
            self.block(scope)
            if self.chance(0.25):
                self.emit(scope, "else:")
                self.block(scope)
        if not handled or self.chance(0.25):
            self.emit(scope, "finally:")
            self.block(scope)

    def do_with(self, scope):
        if scope.visible("K") and self.chance(0.6):
            self.emit(scope, f"with {self.value(scope, 'K', 0)}() as {self.target(scope, 'F')}:")
        else:
            self.emit(scope, self.random.choice(["with suppress(Exception):", "with quiet():"]))
        self.block(scope)

    def do_match(self, scope):
        if self.chance(0.4):
            value = self.value(scope, "F", 1)
            self.emit(scope, f"match {value}:")
            self.emit(scope, f"    case {self.target(scope, 'F')}:")
            scope.indent += 1
            self.block(scope)
            scope.indent -= 1
            return
        self.emit(scope, "match maybe():")
        scope.indent += 1
        for case in ("case True:", "case _:"):
            self.emit(scope, case)
            self.block(scope)
        scope.indent -= 1

    # ---- definitions --------------------------------------------------------------------------------------------

    def function_scope(self, scope):
        inner = Scope("function", scope, scope.indent)
        inner.local = {name for kind in "FFMDTOS" for name in POOL[kind] if self.chance(0.35)}
        for name in POOL["F"] + POOL["M"][1:] + POOL["D"] + POOL["O"]:
            if name in inner.local or not self.chance(0.2):
                continue
            around = scope.function()
            nonlocals = around.kind == "function" and name in around.local and any(
                name in names for names in around.known.values())
            inner.outer[name] = "nonlocal" if nonlocals else "global"
        return inner

    def declare(self, inner, start):
        """What the lines from `start` on assign to and is not local, is declared before them."""
        names = [name for name in inner.outer if name in inner.assigned]
        self.lines[start:start] = ["    " * (inner.indent + 1) + f"{inner.outer[name]} {name}" for name in names]

    def body(self, inner, returns):
        inner.returns = returns
        start = len(self.lines)
        self.block(inner)
        if returns and self.chance(0.9):
            inner.indent += 1
            self.emit(inner, f"return {self.value(inner, returns)}")
            inner.indent -= 1
        self.declare(inner, start)

    def do_def(self, scope):
        kind = self.pick(11, [(3, "X"), (0.5, "F"), (1.5, "G"), (1, "I"), (1.5, "R"), (0.7, "K")])
        if kind in "FX" and self.chance(0.15):
            self.emit(scope, "@" + self.value(scope, self.random.choice("FII"), 0))
        inner = self.function_scope(scope)
        parameter = PARAMETER.get(kind, "")
        if parameter:
            inner.outer.pop(parameter, None)
            inner.local.add(parameter)
        elif kind in "FXG" and self.chance(0.25):
            names = [name for name in POOL["F"] if name in inner.local]
            parameter = f"{names[0]}={self.value(scope, 'F', 1)}" if names else ""
        if kind == "K":
            self.emit(scope, "@contextmanager")
        self.emit(scope, f"def {self.target(scope, kind)}({parameter}):")
        if parameter:
            inner.bind("F", parameter.split("=")[0])
        if kind == "I" and self.chance(0.4):
            self.wrapper(inner)
        elif kind == "K":
            self.manager(inner)
        else:
            self.body(inner, "F" if kind in "GI" else None)
        if kind == "R" and self.chance(0.8):
            self.emit(inner, "    f()")

    def wrapper(self, inner):
        """A function that calls the one that it was given."""
        inner.outer.clear()
        self.emit(inner, "    def f():")
        self.emit(inner, "        return g()")
        self.emit(inner, "    return f")

    def manager(self, inner):
        start = len(self.lines)
        self.block(inner, most=1, least=0)
        value = self.value(inner, "F", 1)
        inner.indent += 1
        self.emit(inner, f"yield {value}")
        inner.indent -= 1
        self.declare(inner, start)

    def do_class(self, scope):
        bases = scope.visible("C")
        base = self.random.choice(bases) if bases and self.chance(0.5) else ""
        name = self.target(scope, "C")
        self.emit(scope, f"class {name}({base}):" if base and base != name else f"class {name}:")
        inner = Scope("class", scope, scope.indent + 1)
        inner.local = {"a", "b"}
        if not base:
            self.emit(inner, f"a = b = {self.random.choice(['safe', self.value(inner, 'F', 0)])}")
            inner.known["F"] = list(ATTRIBUTES)
        members = [self.class_attribute, self.class_attribute, self.class_init, self.class_init, self.class_call,
                   self.class_give, self.class_prop, self.class_plain, self.class_made, self.class_lib]
        for member in self.random.sample(members, self.random.randint(2, 6)):
            member(inner)

    def class_attribute(self, scope):
        name = self.random.choice(ATTRIBUTES)
        value = self.value(scope, "F", 1)
        if self.chance(0.2):
            self.emit(scope, f"from tempfile import mktemp as {name}")
        else:
            self.emit(scope, f"{name} = " + self.random.choice(["{}", "staticmethod({})"]).format(value))
        scope.bind("F", name)

    def class_lib(self, scope):
        self.emit(scope, f"lib = {self.value(scope, 'M', 0)}")

    def method(self, scope, head, parameter, returns, kind="O"):
        inner = self.function_scope(scope)
        for name in ("f", "self", "cls"):
            inner.outer.pop(name, None)
        self.emit(scope, head)
        if parameter:
            inner.bind(kind, parameter)
            inner.bind(kind, parameter)
        if "f=" in head:
            inner.local.add("f")
            inner.bind("F", "f")
        self.body(inner, returns)
        if self.chance(0.5) and parameter:
            self.emit(inner, f"    {parameter}.{self.random.choice(ATTRIBUTES)}()")

    def class_init(self, scope):
        inner = Scope("function", scope, scope.indent + 1)
        inner.bind("F", "f")
        inner.bind("O", "self")
        self.emit(scope, f"def __init__(self, f={self.value(scope, 'F', 0)}):")
        for name in self.random.sample(ATTRIBUTES, self.random.randint(1, 2)):
            self.emit(inner, f"self.{name} = {self.random.choice(['f', self.value(inner, 'F', 1)])}")

    def class_call(self, scope):
        self.method(scope, "def call(self):", "self", None)
        if self.chance(0.3):
            self.lines.append("    " * (scope.indent + 1) + "super().call()")

    def class_give(self, scope):
        self.method(scope, "def give(self):", "self", "F")

    def class_prop(self, scope):
        self.emit(scope, "@property")
        self.method(scope, "def prop(self):", "self", "F")

    def class_plain(self, scope):
        self.emit(scope, "@staticmethod")
        self.method(scope, f"def plain(f={self.value(scope, 'F', 0)}):", "", None)

    def class_made(self, scope):
        self.emit(scope, "@classmethod")
        self.method(scope, "def made(cls):", "cls", None, kind="C")

    def program(self):
        module = Scope("module", None, 0)
        module.local = {name for names in POOL.values() for name in names}
        self.lines = list(HEADER)
        if self.chance(0.8):
            self.emit(module, "f = g = h = safe")
            module.known["F"] = list(POOL["F"])
        for seed in SEEDS[:1] + self.random.sample(SEEDS, self.random.choice([0, 0, 1, 2])):
            self.emit(module, seed)
            module.bind("M", "m" if seed.endswith(" m") else "tempfile") if seed.startswith("import") else None
            module.bind("F", "f" if seed.endswith(" f") else "mktemp") if seed.startswith("from") else None
        size, self.left = self.left, self.left // 2
        while self.left > 0:
            self.random.choice([self.do_class, self.do_def, self.do_def, self.statement])(module)
            self.left -= 1
        self.left = size - size // 2
        while self.left > 0:
            self.random.choice([self.statement, self.statement, self.do_call, self.do_assign])(module)
            self.left -= 0.5
        return "\n".join(self.lines) + "\n"


def generate(random, size):
    return Generator(random, size).program()
