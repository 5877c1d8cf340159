import tempfile
make = tempfile.mkstemp
p = make()
with open(p, "w") as f:
    f.write("1")
print(open(p).read())
