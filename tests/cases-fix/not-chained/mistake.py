import tempfile
fd, a = b = tempfile.mkstemp()
print(a == b)
