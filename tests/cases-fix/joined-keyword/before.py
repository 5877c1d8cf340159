import os, tempfile
def f():
    p = tempfile.mktemp(dir=None, suffix="-a") + '.f90'
    f = open(p, 'w')
    f.write('1')
    f.close()
    return p[-6:]
print(f())
