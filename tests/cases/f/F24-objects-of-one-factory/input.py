import tempfile


class Options:
    pass


def safe():
    return tempfile.mkdtemp()


def options():
    return Options()


def table():
    return {"mk": tempfile.mktemp}


if __name__ == "__main__":
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
