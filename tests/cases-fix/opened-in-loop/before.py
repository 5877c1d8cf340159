import os
import tempfile

def f(n):
    out = []
    for i in range(n):
        p = tempfile.mktemp(suffix=".%d" % i)
        with open(p, "a+b") as g:
            g.write(b"x" * i)
        out.append(os.path.getsize(p))
    return out
print(f(3))
