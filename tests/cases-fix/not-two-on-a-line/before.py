import tempfile
a, b = tempfile.mktemp(), tempfile.mktemp()
print(a != b, type(a))
