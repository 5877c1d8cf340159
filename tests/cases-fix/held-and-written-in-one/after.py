import os
import tempfile

def f():
    fd, fn = tempfile.mkstemp()
    os.fdopen(fd, 'w').write("abc")
    return open(fn).read()
print(f())
