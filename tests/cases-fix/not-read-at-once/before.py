import tempfile

def f():
    p = tempfile.mktemp()
    with open(p) as g:
        return g.read()

try:
    f()
except IOError:
    print("none yet")
