import os
import tempfile

def f():
    fd, a = tempfile.mkstemp()
    g = os.fdopen(fd, "w")
    g.write("a")
    g.close()
    fd, b = tempfile.mkstemp()
    h = os.fdopen(fd, "w")
    h.write("bb")
    h.close()
    return open(a).read() + open(b).read()
print(f())
