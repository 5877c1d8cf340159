import os
import tempfile
p = None
def f():
    global p
    fd, p = tempfile.mkstemp()
    with os.fdopen(fd, "w") as g:
        g.write("1")
f()
print(open(p).read())
