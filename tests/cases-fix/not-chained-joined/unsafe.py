import os
import tempfile

def f():
    fd, a = tempfile.mkstemp("-x.txt")  # a name
    os.close(fd)
    b = a
    c = a
    return a == b == c, c[-6:]

print(f())
