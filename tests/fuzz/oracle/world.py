"""Running a program many times, to see from where it calls tempfile.mktemp.

Conditions that the analysis cannot know, numbers of iterations and exceptions are random in each run. Behind a run,
the world outside calls what the module exports. A run ends early when it took too many steps.
"""

import collections
import contextlib
import signal
import sys
import types

FILE = "<program>"
NAME = "prog"
STEPS_MAX = 300
DEPTH_MAX = 120
SECONDS_MAX = 2


class Stop(BaseException):
    """The run is too long."""


class Trouble(Exception):
    """What programs raise and catch."""


class World:
    """What surrounds the program in one run: modules `host` and `tempfile`, and the random choices."""

    def __init__(self, random, places):
        self.random, self.places = random, places
        self.steps = 0
        self.likely = random.choice([0.2, 0.5, 0.8])
        self.risky = random.choice([0, 0.3, 0.7])

    def step(self):
        self.steps += 1
        if self.steps > STEPS_MAX:
            raise Stop

    def maybe(self):
        self.step()
        return self.random.random() < self.likely

    def times(self):
        self.step()
        return range(self.random.randint(0, 3))

    def risk(self):
        self.step()
        if self.random.random() < self.risky:
            raise Trouble

    def safe(self, *_, **__):
        self.step()
        return self.random.choice(["", "safe"])

    @contextlib.contextmanager
    def quiet(self):
        try:
            yield
        except Exception:
            if not self.maybe():
                raise

    def mktemp(self, suffix="", prefix="tmp", dir=None):
        """What stands for tempfile.mktemp. As a method of an object of the program it is no such call."""
        self.step()
        if getattr(type(suffix), "__module__", None) != NAME:
            frame = sys._getframe(2)
            if frame.f_code.co_filename == FILE:
                self.places.add((frame.f_code, frame.f_lasti))
        if not isinstance(suffix, str):
            raise TypeError("not a string")
        return self.random.choice(["", "name"])

    def modules(self):
        host = types.ModuleType("host")
        for name in ("maybe", "times", "risk", "safe", "quiet"):
            setattr(host, name, getattr(self, name))
        host.Trouble = Trouble
        fake = types.ModuleType("tempfile")
        # A Python function, as the real one.
        fake.mktemp = lambda *args, **named: self.mktemp(*args, **named)
        fake.mkstemp = lambda *args, **named: self.safe()
        return {"host": host, "tempfile": fake}

    # ---- what others do with the module -------------------------------------------------------------------------

    def call(self, function):
        self.step()
        for arguments in ((), (self.safe,)):
            try:
                return function(*arguments)
            except TypeError:
                continue
        return None

    def visit(self, value, depth=2):
        """Call it, or an attribute of it; then what that gave."""
        try:
            if isinstance(value, (types.FunctionType, types.MethodType, type)):
                value = self.call(value)
            if getattr(type(value), "__module__", None) == NAME:
                names = [name for name in dir(value) if not name.startswith("_")]
                value = getattr(value, self.random.choice(names)) if names else None
        except Exception:
            return
        if depth:
            self.visit(value, depth - 1)

    def visit_all(self, names):
        own = [name for name, value in names.items() if name[0] != "_" and (
            getattr(value, "__module__", None) == NAME or getattr(type(value), "__module__", None) == NAME)]
        for _ in range(self.random.randint(0, 4) if own else 0):
            self.visit(names.get(self.random.choice(own)))


@contextlib.contextmanager
def surrounded(world):
    """The world's modules in place of the real ones, and limits of calls, depth and time."""
    modules = world.modules()
    real = {name: sys.modules.get(name) for name in modules}
    calls = 0

    def profile(frame, event, _argument):
        nonlocal calls
        calls += event == "call"
        if calls > STEPS_MAX * 4 and frame.f_code.co_filename == FILE:
            raise Stop

    def alarm(_number, frame):
        """Only in the program: what is around it is to end in order."""
        while frame and frame.f_code.co_filename != FILE:
            frame = frame.f_back
        if frame:
            raise Stop

    signal.signal(signal.SIGALRM, alarm)
    signal.setitimer(signal.ITIMER_REAL, SECONDS_MAX, 0.2)
    depth = sys.getrecursionlimit()
    sys.modules.update(modules)
    sys.setrecursionlimit(DEPTH_MAX)
    sys.setprofile(profile)
    try:
        yield
    except (Stop, Exception):
        pass
    finally:
        sys.setprofile(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.setrecursionlimit(depth)
        for name, module in real.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def run_once(code, random, places):
    names = {"__name__": NAME, "__builtins__": __builtins__}
    world = World(random, places)
    with surrounded(world):
        exec(code, names)
        world.visit_all(names)


def position(code, last):
    """(line, column, end line, end column) of the expression, as tmpguard counts them."""
    line, end_line, column, end_column = list(code.co_positions())[last // 2]
    return line, column + 1, end_line, end_column + 1


def calls_of(text, random, runs):
    """How often a call of tempfile.mktemp came from where: {range: number of runs}."""
    code = compile(text, FILE, "exec")
    seen = collections.Counter()
    for _ in range(runs):
        places = set()
        run_once(code, random, places)
        seen.update(position(*place) for place in places)
    return seen
