import tempfile as t, os

fd = 7
def f():
    p = t.mktemp(*("", "a"))
    g = open(p, "x")
    g.write("1")
    g.close()
    return os.path.getsize(p)
print(f(), fd)
