import tempfile
with tempfile.NamedTemporaryFile("w", prefix="a", delete=False) as f:
    f.writelines(["1", "2"])
print(len(open(f.name).read()))
