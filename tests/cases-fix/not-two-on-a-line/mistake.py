import tempfile
a, b = tempfile.mkstemp(), tempfile.mkstemp()
print(a != b, type(a))
