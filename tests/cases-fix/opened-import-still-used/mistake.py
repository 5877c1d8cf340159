import os
from tempfile import mkstemp, gettempdir
def f(make=mktemp):
    return make() != gettempdir()
def g():
    fd, p = mkstemp()
    with os.fdopen(fd, "w") as h:
        h.write("1")
    return os.path.getsize(p)
print(f(), g())
