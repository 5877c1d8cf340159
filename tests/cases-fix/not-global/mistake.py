import tempfile
p = None
def f():
    fd, p = tempfile.mkstemp()
    with open(fd, "w") as g:
        g.write("1")
f()
print(open(p).read())
