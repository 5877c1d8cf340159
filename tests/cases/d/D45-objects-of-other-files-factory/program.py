import tempfile

from setup import first, second


def safe():
    return tempfile.mkdtemp()


first.mk = tempfile.mktemp
second.mk = safe
first.mk()


def use():
    first.make = tempfile.mktemp
    second.make = safe
    return first.make()
