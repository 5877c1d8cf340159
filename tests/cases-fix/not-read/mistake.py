import tempfile

fd, p = tempfile.mkstemp()
try:
    with open(p, "r+") as f:
        print(f.read())
except IOError:
    print("none yet")
