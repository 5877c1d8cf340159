import tempfile
def f(p=tempfile.mkstemp()):
    with open(p, "w") as g:
        g.write("1")
    return len(p) > 5
print(f())
