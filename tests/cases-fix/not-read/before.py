import tempfile

p = tempfile.mktemp()
with open(p, "r+") as f:
    print(f.read())
