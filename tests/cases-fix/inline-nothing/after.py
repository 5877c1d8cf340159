import tempfile
with tempfile.NamedTemporaryFile('wb', delete=False) as f:
    f.write(b"abc")
print(open(f.name).read())
