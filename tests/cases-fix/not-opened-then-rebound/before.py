import tempfile

p = tempfile.mktemp()
with open(p, "w") as f:
    p = "other"
    print(len(f.name) > 5)
