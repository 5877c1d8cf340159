from os import mkdir
from tempfile import mkdtemp
def f():
    d = mkdtemp()

f()