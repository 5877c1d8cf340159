import os
from tempfile import mktemp
__all__ = ["mktemp"]
def f():
    p = mktemp()
    with open(p, "w") as g:
        g.write("1")
    return os.path.getsize(p)
print(f(), __all__[0] in globals())
