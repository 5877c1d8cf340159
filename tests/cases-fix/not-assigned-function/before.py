import tempfile
tempfile.mktemp = lambda: "/dev/null"
p = tempfile.mktemp()
with open(p, "w") as f:
    f.write("1")
print(p)
