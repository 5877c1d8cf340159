import os, tempfile
def f():
    fd, p = tempfile.mkstemp(dir=None, suffix="-a.f90")
    f = os.fdopen(fd, 'w')
    f.write('1')
    f.close()
    return p[-6:]
print(f())
