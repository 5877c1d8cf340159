import tempfile

p = tempfile.mktemp()
with open(p, "w") as f:
    f.write("x")
with open(f.name) as f:
    print(f.read())
