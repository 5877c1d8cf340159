import tempfile
with open(tempfile.mktemp(prefix="a"), "w") as f:
    f.writelines(["1", "2"])
print(len(open(f.name).read()))
