import os
import tempfile

fd = 7

def f():
    fd, p = tempfile.mkstemp(prefix="n%d" % fd)
    with os.fdopen(fd, "w") as g:
        g.write("1")
    return os.path.basename(p)[:2]

print(f(), fd)
