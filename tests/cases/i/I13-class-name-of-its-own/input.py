import tempfile

mk = tempfile.mkdtemp


def build():
    mk = tempfile.mktemp

    class Own:
        mk = mk
        path = mk()

    class Around:
        path = mk()

    return Own, Around
