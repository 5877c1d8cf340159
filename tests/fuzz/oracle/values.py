"""Random expressions for random programs (program.py), and the names in them.

Names have kinds, so that most programs run: F is called without arguments, and so is X, a function of the program; M
has an attribute mktemp, D is a dict of F, T a tuple of two F, O an object, C a class of objects, S a string that
names a member of M. More functions: G returns F, I takes F and returns F, R takes F, K makes a context manager that
gives F.
"""

POOL = {
    "F": ["f", "g", "h"],
    "X": ["work", "job"],
    "M": ["tempfile", "m"],
    "D": ["d"],
    "T": ["t"],
    "O": ["o"],
    "C": ["A", "B"],
    "S": ["s"],
    "G": ["get", "fetch"],
    "I": ["ident", "wrap"],
    "R": ["run", "use"],
    "K": ["held"],
}
PARAMETER = {"R": "f", "I": "g"}
ATTRIBUTES = ["a", "b"]
KEYS = ['"x"', '"y"']


class Scope:
    def __init__(self, kind, parent, indent):
        self.kind, self.parent, self.indent = kind, parent, indent
        self.known = {}  # names bound so far, by kind
        self.local = set()  # that may be assigned here
        self.outer = {}  # not its own: name -> "global" or "nonlocal"
        self.assigned = set()
        self.returns = None  # the kind that `return` gives
        self.loops = 0

    def bind(self, kind, name):
        self.known.setdefault(kind, [])
        if name not in self.known[kind]:
            self.known[kind].append(name)

    def visible(self, kind):
        """Names of that kind that can be read here."""
        names, hidden, scope = [], set(), self
        while scope:
            if scope is self or scope.kind != "class":
                names += [name for name in scope.known.get(kind, ()) if name not in hidden]
                if scope.kind == "function":
                    hidden |= scope.local
            scope = scope.parent
        return names

    def function(self):
        scope = self
        while scope.kind == "class":
            scope = scope.parent
        return scope


class Values:
    """Makes expressions: value_K of kind K. What comes first in a list of choices is always possible."""

    def __init__(self, random, size):
        self.random = random
        self.left = size  # statements
        self.lines = []
        self.factors = {}
        self.targets = random.randint(1, 5)  # so often something is tempfile.mktemp, not more

    # ---- choosing -----------------------------------------------------------------------------------------------

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, label, weighted):
        """One of (weight, what) pairs; what comes first is always possible, the rest is likelier in some programs."""
        weights = [weight * (index == 0 or self.factor(label, index)) for index, (weight, _) in enumerate(weighted)]
        return self.random.choices([what for _, what in weighted], weights)[0]

    def factor(self, *key):
        if key not in self.factors:
            self.factors[key] = self.random.choice([0, 0.3, 1, 3])
        return self.factors[key]

    def name(self, scope, kind):
        """A name to read: mostly one that is bound."""
        names = scope.visible(kind)
        if names and self.chance(0.99):
            return self.random.choice(names)
        return self.random.choice(POOL[kind])

    def target(self, scope, kind):
        """A name to assign to; bound from now on."""
        names = [name for name in POOL[kind] if name in scope.local or name in scope.outer] or POOL[kind][:1]
        name = self.random.choice(names)
        scope.assigned.add(name)
        if name not in scope.outer:
            scope.local.add(name)
        scope.bind(kind, name)
        return name

    # ---- expressions --------------------------------------------------------------------------------------------

    def value(self, scope, kind, depth=2):
        return getattr(self, "value_" + kind)(scope, depth)

    def value_F(self, scope, depth):
        leaf = [(3, lambda: self.name(scope, "F")), (2, lambda: self.mktemp(scope)), (1, lambda: "safe")]
        if scope.visible("X"):
            leaf.append((1, lambda: self.name(scope, "X")))
        if scope.visible("O"):
            leaf.append((2, lambda: self.name(scope, "O") + "." + self.random.choice(ATTRIBUTES)))
        if scope.visible("C"):
            leaf.append((1, lambda: self.name(scope, "C") + "." + self.random.choice(ATTRIBUTES)))
        if depth == 0:
            return self.pick(100, leaf)()
        inner = depth - 1
        F = lambda: self.value(scope, "F", inner)
        G, I, C, O = (bool(scope.visible(kind)) for kind in "GICO")
        O = O or C
        return self.pick(100, leaf + [
            (0.6, lambda: f"({F()} if maybe() else {F()})"),
            (0.3, lambda: f"(maybe() and {F()} or {F()})"),
            (0.3, lambda: f"({F()} or {F()})"),
            (0.3, lambda: self.walrus(scope, inner)),
            (0.9 * G, lambda: self.value(scope, "G", 0) + "()"),
            (0.9 * I, lambda: f"{self.value(scope, 'I', 0)}({self.argument('I')}{F()})"),
            (1, lambda: f"{self.value(scope, 'D', inner)}[{self.random.choice(KEYS)}]"),
            (0.3, lambda: f"{self.value(scope, 'D', inner)}.get({self.random.choice(KEYS)}, {F()})"),
            (0.2, lambda: f"{self.value(scope, 'D', inner)}.pop({self.random.choice(KEYS)})"),
            (0.6, lambda: f"{self.value(scope, 'T', inner)}[{self.random.choice(['0', '1', '-1'])}]"),
            (1 * O, lambda: f"{self.value(scope, 'O', inner)}.{self.member()}"),
            (0.6 * C, lambda: f"{self.value(scope, 'C', 0)}.{self.member()}"),
            (0.3, lambda: f"getattr({self.value(scope, 'M', inner)}, {self.value(scope, 'S', inner)})"),
            (0.3 * O, lambda: f"getattr({self.value(scope, 'O', inner)}, {self.random.choice(ATTRIBUTES)!r}, {F()})"),
            (0.4 * (self.targets > 0), lambda: f"{self.value(scope, 'M', inner)}.mktemp"),
            (0.3, lambda: f"partial({F()})"),
            (0.2, lambda: f"{F()}.__call__"),
            (0.5, lambda: f"(lambda: {self.call(scope, inner)})"),
            (0.2, lambda: f"(lambda f={F()}: f())"),
            (0.2, lambda: f"(lambda: {F()})()"),
            (0.2, lambda: f"(lambda g: g)({F()})"),
        ])()

    def mktemp(self, scope):
        self.targets -= 1
        return self.name(scope, "M") + ".mktemp" if self.targets >= 0 else "safe"

    def walrus(self, scope, depth):
        if scope.kind == "class":
            return self.value(scope, "F", depth)
        value = self.value(scope, "F", depth)
        return f"({self.target(scope, 'F')} := {value})"

    def argument(self, kind):
        return PARAMETER[kind] + "=" if self.chance(0.2) else ""

    def member(self):
        return self.pick(1, [(4, "a"), (3, "b"), (1, "call"), (1, "give()"), (1, "prop"), (1, "plain"), (1, "made")])

    def value_M(self, scope, depth):
        I, C = bool(scope.visible("I")), bool(scope.visible("C"))
        if depth and self.chance(0.3):
            return self.pick(2, [
                (1, lambda: f"({self.value(scope, 'M', depth - 1)} if maybe() else {self.value(scope, 'M', 0)})"),
                (1, lambda: '__import__("tempfile")'),
                (C, lambda: self.value(scope, "C", 0) + ".lib"),
                (C, lambda: self.value(scope, "O", 0) + ".lib"),
                (I, lambda: f"{self.value(scope, 'I', 0)}({self.value(scope, 'M', 0)})"),
            ])()
        return self.name(scope, "M") if scope.visible("M") else "tempfile"

    def value_D(self, scope, depth):
        if scope.visible("D") and (depth == 0 or self.chance(0.6)):
            return self.name(scope, "D")
        if depth == 0:
            return "{'x': safe, 'y': safe}"
        keys = self.random.sample(KEYS, self.random.choice([1, 2, 2, 2, 2, 2, 2]))
        pairs = [(key, self.value(scope, "F", depth - 1)) for key in keys]
        if self.chance(0.15):
            return f"dict(x={self.value(scope, 'F', depth - 1)})"
        return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"

    def value_T(self, scope, depth):
        if scope.visible("T") and (depth == 0 or self.chance(0.5)):
            return self.name(scope, "T")
        inner = max(depth - 1, 0)
        return f"({self.value(scope, 'F', inner)}, {self.value(scope, 'F', inner)})"

    def value_O(self, scope, depth):
        if scope.visible("O") and (depth == 0 or self.chance(0.6)):
            return self.name(scope, "O")
        if depth and self.chance(0.4):
            return f"{self.value(scope, 'C', 0)}({self.value(scope, 'F', depth - 1)})"
        return self.value(scope, "C", 0) + "()"

    def value_C(self, scope, depth):
        return self.name(scope, "C")

    def value_S(self, scope, depth):
        if scope.visible("S") and self.chance(0.4):
            return self.name(scope, "S")
        return self.pick(3, [(3, '"mktemp"'), (1, '"mkstemp"'), (1, '"mk" + "temp"'), (1, '"mk" "temp"')])

    def value_G(self, scope, depth):
        return self.name(scope, "G")

    def value_I(self, scope, depth):
        return self.name(scope, "I")

    def value_R(self, scope, depth):
        return self.name(scope, "R")

    def value_K(self, scope, depth):
        return self.name(scope, "K")

    def callee(self, scope, depth):
        return self.pick(12, [
            (2, lambda: self.value(scope, "F", depth)),
            (2, lambda: self.name(scope, "F")),
            (2.5 * bool(scope.visible("X")), lambda: self.name(scope, "X")),
            (1 * bool(scope.visible("O")), lambda: self.name(scope, "O") + "." + self.member()),
            (1 * bool(scope.visible("D")), lambda: self.name(scope, "D") + f"[{self.random.choice(KEYS)}]"),
        ])()

    def call(self, scope, depth=2):
        """An expression that calls something."""
        callee = self.callee(scope, depth)
        return self.pick(4, [
            (8, lambda: callee + "()"),
            (1, lambda: f"maybe() and {callee}()"),
            (1, lambda: f"({callee}() if maybe() else {self.value(scope, 'F', 0)}())"),
            (1, lambda: f"[{callee}() for _ in times()]"),
            (0.3, lambda: f"[f() for f in ({callee},)]"),
            (3 * bool(scope.visible("R")), lambda: f"{self.value(scope, 'R', 0)}({self.argument('R')}{callee})"),
            (0.5, lambda: f"(lambda f: f())({callee})"),
        ])()
