import tempfile as t, os

fd = 7
def f():
    tmp_fd, p = t.mkstemp(*("", "a"))
    g = os.fdopen(tmp_fd, "w")
    g.write("1")
    g.close()
    return os.path.getsize(p)
print(f(), fd)
