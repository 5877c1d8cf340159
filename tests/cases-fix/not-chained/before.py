import tempfile
a = b = tempfile.mktemp()
print(a == b)
