import tempfile


class Options:
    @staticmethod
    def mk():
        return tempfile.mkdtemp()


def options():
    return Options()


chosen = options()
chosen.mk()
chosen.mk = tempfile.mktemp
chosen.mk()
