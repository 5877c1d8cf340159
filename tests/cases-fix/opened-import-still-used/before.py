import os
from tempfile import mktemp, gettempdir
def f(make=mktemp):
    return make() != gettempdir()
def g():
    p = mktemp()
    with open(p, "w") as h:
        h.write("1")
    return os.path.getsize(p)
print(f(), g())
