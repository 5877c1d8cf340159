import os
import tempfile

def f():
    p = tempfile.mktemp()
    with open(p, "w") as g:
        g.write("1")
    return p

before = len(os.listdir("/proc/self/fd"))
f()
f()
print(len(os.listdir("/proc/self/fd")) - before)
