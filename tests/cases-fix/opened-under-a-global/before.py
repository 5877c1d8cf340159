import os
import tempfile

fd = 7

def f():
    p = tempfile.mktemp(prefix="n%d" % fd)
    with open(p, "w") as g:
        g.write("1")
    return os.path.basename(p)[:2]

print(f(), fd)
