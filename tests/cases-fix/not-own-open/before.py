import tempfile
def open(p, mode):
    print(mode)
    return __builtins__.open(p, mode)
p = tempfile.mktemp()
with open(p, "w") as f:
    f.write("1")
