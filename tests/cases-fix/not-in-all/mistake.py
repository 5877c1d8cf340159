import os
from tempfile import mkstemp
__all__ = ["mktemp"]
def f():
    fd, p = mkstemp()
    with os.fdopen(fd, "w") as g:
        g.write("1")
    return os.path.getsize(p)
print(f(), __all__[0] in globals())
