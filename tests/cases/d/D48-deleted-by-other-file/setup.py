import tempfile


class Names:
    mk = staticmethod(tempfile.mktemp)


class Plain:
    pass


def plain():
    return Plain()


names = Names()
names.mk = tempfile.mkdtemp

own = Plain()
own.mk = tempfile.mktemp

got = plain()
got.mk = tempfile.mktemp

table = {"mk": tempfile.mktemp}
both = {"mk": tempfile.mktemp}
