import tempfile


class Names:
    mk = staticmethod(tempfile.mktemp)


class Plain:
    pass


names = Names()
names.mk = tempfile.mkdtemp
names.mk()
del names.mk
names.mk()

plain = Plain()
plain.mk = tempfile.mktemp
plain.mk()
del plain.mk
if hasattr(plain, "mk"):
    plain.mk()

table = {"mk": tempfile.mktemp}
table["mk"]()
del table["mk"]
if "mk" in table:
    table["mk"]()

both = {"mk": tempfile.mktemp}
if names:
    del both["mk"]
both["mk"]()
