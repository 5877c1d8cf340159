import tempfile as t, os

fd = 7
def f():
    fd, p = t.mkstemp(*("", "a"))
    g = open(p, "x")
    g.write("1")
    g.close()
    return os.path.getsize(p)
print(f(), fd)
