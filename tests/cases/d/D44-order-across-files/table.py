import tempfile


def safe():
    return tempfile.mkdtemp()


early = {"mk": safe}
later = {"mk": safe}


class Options:
    mk = staticmethod(safe)


options = Options()


def use():
    return later["mk"]()
