import tempfile


class Names:
    pass


class Base:
    mk = staticmethod(tempfile.mktemp)


class Derived(Base):
    mk = staticmethod(tempfile.mkdtemp)


def filled():
    names = Names()
    names.mk = tempfile.mktemp
    return names


names = filled()
del names.mk
names = filled()
names.mk()

Derived.mk()
del Derived.mk
Derived.mk()
