import os
import tempfile

fd = 7

def f():
    tmp_fd, p = tempfile.mkstemp(prefix="n%d" % fd)
    with os.fdopen(tmp_fd, "w") as g:
        g.write("1")
    return os.path.basename(p)[:2]

print(f(), fd)
