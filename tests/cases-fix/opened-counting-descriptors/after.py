import os
import tempfile

def f():
    fd, p = tempfile.mkstemp()
    with os.fdopen(fd, "w") as g:
        g.write("1")
    return p

before = len(os.listdir("/proc/self/fd"))
f()
f()
print(len(os.listdir("/proc/self/fd")) - before)
