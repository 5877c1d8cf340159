import tempfile

p = tempfile.mktemp()
try:
    with open(p, "r+") as f:
        print(f.read())
except IOError:
    print("none yet")
