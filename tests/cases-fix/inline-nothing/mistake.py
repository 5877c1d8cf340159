import tempfile
with tempfile.NamedTemporaryFile('wb') as f:
    f.write(b"abc")
print(open(f.name).read())
