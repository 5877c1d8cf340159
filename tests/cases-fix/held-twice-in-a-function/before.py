import tempfile

def f():
    a = tempfile.mktemp()
    g = open(a, "w")
    g.write("a")
    g.close()
    b = tempfile.mktemp()
    h = open(b, "w")
    h.write("bb")
    h.close()
    return open(a).read() + open(b).read()
print(f())
