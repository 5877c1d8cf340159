from os import mkdir
from tempfile import mktemp
def f():
    d = mktemp()

    mkdir(d)
f()