import tempfile


class Options:
    pass


def safe():
    return tempfile.mkdtemp()


def make():
    return Options()


def pair():
    return {"x": make()}


things = pair()
held = things["x"]
held.mk = tempfile.mktemp
new = make()
new.mk = safe
held.mk()

first = make()
first.make = tempfile.mktemp


def use():
    new = make()
    new.make = safe
    return first.make()


use()


def choose(which):
    return which


class Other:
    pass


maker = choose(Options)
one = maker()
one.mk = tempfile.mktemp
one.mk = safe
one.mk()


def table():
    return {"mk": safe}


def fill(old):
    old["mk"] = tempfile.mktemp
    new = table()
    new["mk"] = safe
    old["mk"]()


fill(table())


def many():
    while True:
        yield make()


for each in many():
    each.mk = tempfile.mktemp
    new = make()
    new.mk = safe
    each.mk()
    break
