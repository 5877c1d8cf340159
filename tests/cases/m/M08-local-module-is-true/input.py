def never():
    import tempfile

    if not tempfile:
        return tempfile.mktemp()
    return None


def captured():
    import tempfile

    def inner():
        if not tempfile:
            return tempfile.mktemp()
        return None

    return inner


def cleared():
    import tempfile as files

    def clear():
        nonlocal files
        files = None

    clear()
    if not files:
        import tempfile

        return tempfile.mktemp()
    return None


def given(tempfile):
    if not tempfile:
        import os

        return os.tempnam()
    return None


class C:
    import tempfile

    def method(self, tempfile=None):
        if not tempfile:
            from tempfile import mktemp

            return mktemp()
        return None
