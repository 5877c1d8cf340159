import os
import tempfile

def f(n):
    out = []
    for i in range(n):
        fd, p = tempfile.mkstemp(suffix=".%d" % i)
        with os.fdopen(fd, "a+b") as g:
            g.write(b"x" * i)
        out.append(os.path.getsize(p))
    return out
print(f(3))
