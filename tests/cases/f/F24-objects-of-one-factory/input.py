import tempfile


class Options:
    pass


def safe():
    return tempfile.mkdtemp()


def options():
    return Options()


def table():
    return {"mk": tempfile.mktemp}


first = options()
second = options()
first.mk = tempfile.mktemp
second.mk = safe
first.mk()

replaced = table()
replaced["mk"] = safe
replaced["mk"]()
kept = table()
kept["mk"]()
