import tempfile


class Options:
    @staticmethod
    def mk():
        return tempfile.mkdtemp()


def options():
    return Options()


chosen = options()
chosen.mk()
own = Options()
own.mk()
table = {}
table.get("mk", print)()


def use():
    return table["mk"]()
