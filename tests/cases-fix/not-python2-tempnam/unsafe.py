import tempfile
import os

def f(folder):
    fd, p = tempfile.mkstemp(prefix="pre", dir=folder)
    f = os.fdopen(fd, "w")
    f.write("1")
    f.close()
    print p
f("/tmp")
