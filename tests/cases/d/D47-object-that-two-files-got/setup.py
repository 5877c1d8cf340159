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
replaced = table()
kept = table()
