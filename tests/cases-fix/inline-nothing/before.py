import tempfile
with open(tempfile.mktemp(), 'wb') as f:
    f.write(b"abc")
print(open(f.name).read())
