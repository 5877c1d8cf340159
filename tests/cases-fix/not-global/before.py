import tempfile
p = None
def f():
    global p
    p = tempfile.mktemp()
    with open(p, "w") as g:
        g.write("1")
f()
print(open(p).read())
